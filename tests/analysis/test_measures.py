"""Concentration, intents, changes of a stock and estimates, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from burden.analysis import change
from burden.analysis.concentration import gini, pareto
from burden.analysis.estimates import typical
from burden.analysis.intents import formal_concepts
from tests.analysis.inventories import asks, inventory, obligation


def test_gini_of_one_holding_all_of_four() -> None:
    # (n − 1) / n when one of n holds everything.
    assert gini(pd.Series([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)


def test_gini_of_one_two_three() -> None:
    # Mean absolute difference over twice the mean: (8/9) / (2 × 2) = 2/9.
    assert gini(pd.Series([3.0, 1.0, 2.0])) == pytest.approx(2 / 9)


def test_gini_leaves_unknown_values_out() -> None:
    assert gini(pd.Series([1.0, np.nan, 3.0])) == pytest.approx(gini(pd.Series([1.0, 3.0])))


def test_gini_of_nothing_is_unknown() -> None:
    assert np.isnan(gini(pd.Series([0.0, 0.0])))


def test_pareto_leaves_unknown_values_out() -> None:
    rows = pareto(pd.DataFrame({"tool": ["a", "b", "c"], "h": [1.0, np.nan, 3.0]}), value="h")
    assert rows["tool"].tolist() == ["c", "a"]
    assert rows[["share", "cumulative_share", "rank"]].to_numpy().tolist() == [[0.75, 0.75, 1], [0.25, 1, 2]]


def test_formal_concepts_of_two_tools_that_share_an_item() -> None:
    # {A, B} → days; {A} → days, ftes; {B} → days, project; {} → all three.
    inv = inventory(
        [obligation("A"), obligation("B")],
        [asks("A", "days"), asks("A", "ftes"), asks("B", "days"), asks("B", "project")],
    )
    assert formal_concepts(inv)[["extent", "intent"]].to_numpy().tolist() == [
        ["A|B", "days"], ["A", "days|ftes"], ["B", "days|project"], ["", "days|ftes|project"],
    ]  # fmt: skip


def test_requirements_in_force_on_each_date() -> None:
    inv = inventory(
        [
            obligation("OLD", valid_to=pd.Timestamp("2020-12-31")),
            obligation("NEW", valid_from=pd.Timestamp("2020-12-31")),
        ],
        [asks("OLD", "days"), asks("NEW", "days"), asks("NEW", "ftes")],
    )
    rows = change.requirements(inv, on=["2020-12-30", "2020-12-31", "2021-01-01"])
    assert rows["requirements"].tolist() == [1, 3, 2]
    assert rows["change"].tolist()[1:] == [2, -1]


def test_a_review_cannot_decide_more_than_there_is() -> None:
    with pytest.raises(ValueError, match="4 decisions on a stock of 3"):
        change.review({"kept": 4}, total=3)


def test_bridge_gives_one_subtotal_a_kind() -> None:
    rows = change.bridge(100, [("a", "real", -10.0), ("b", "scope", 5.0), ("c", "real", -1.0)])
    assert rows["level"].tolist() == [100, 90, 95, 94, 94, 94]
    assert rows.loc[rows["label"] == "total", ["kind", "amount"]].to_numpy().tolist() == [["scope", 5], ["real", -11]]


def test_bridge_refuses_a_kind_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="'guess' is not one of"):
        change.bridge(1, [("a", "guess", 1.0)])


def test_cuts_as_shares() -> None:
    rows = change.cuts(pd.DataFrame({"b": [300.0, 100.0], "c": [60.0, 50.0]}), burden="b", cut="c")
    assert rows[["cut_share", "burden_share"]].to_numpy().tolist() == [[0.2, 0.75], [0.5, 0.25]]


def test_typical_is_the_median_with_its_dispersion() -> None:
    # Median 15, absolute deviations 5, 5, 5, 5, 0: dispersion 5 / 15.
    estimate = typical([10, 20, 10, 20, 15])
    assert (estimate.value, estimate.dispersion, estimate.answers) == (15, pytest.approx(1 / 3), 5)


@pytest.mark.parametrize("answers", [[], [1.0, float("nan")], [-1.0]])
def test_typical_refuses_what_is_no_answer(answers: list[float]) -> None:
    with pytest.raises(ValueError, match="numbers of zero or more"):
        typical(answers)
