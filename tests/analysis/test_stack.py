"""What the controls of one unit have in common, what recognising would save, what a reform changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import coverage
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio
from tests.analysis.coverage_rows import controlled, covers
from tests.analysis.inventories import duty, obligation, portfolio

ONE = portfolio({})
TWO = {"A": {"k": 1.0, "l": 1.0}, "B": {"k": 0.5, "m": 1.0}}
"""A sees all of k and l, B half of k and all of m; each takes an hour a year."""


def shared(inv: Inventory, ptf: Portfolio = ONE) -> pd.DataFrame:
    return coverage.in_common(inv, ptf, years=5).set_index("obligation_id")


def saving(inv: Inventory, of: str, by: str, ptf: Portfolio = ONE) -> pd.Series:
    found = coverage.recognition_savings(inv, ptf, years=5)
    return found[(found["of"] == of) & (found["by_id"] == by)].iloc[0]


# --- in common


def test_criteria_are_in_common_or_looked_at_alone() -> None:
    found = shared(controlled(TWO))
    assert found.loc["A", ["common", "alone"]].tolist() == [1, 1]
    assert found[["common_ids", "alone_ids"]].loc["B"].tolist() == ["k", "m"]


def test_the_share_in_common_is_what_both_cover() -> None:
    # Half of k, of the two criteria of A; all of the half that B covers, of one and a half.
    found = shared(controlled(TWO))
    assert found["common_share"].to_dict() == pytest.approx({"A": 0.25, "B": 1 / 3})


def test_hours_in_common_are_those_of_the_years() -> None:
    found = shared(controlled(TWO)).loc["A"]
    assert (found["respondent_h"], found["common_respondent_h"]) == (5.0, pytest.approx(1.25))


def test_two_halves_may_be_apart() -> None:
    found = shared(controlled({"A": {"k": 0.5}, "B": {"k": 0.5}})).loc["A"]
    assert [found[f"common_share{b}"] for b in ("_low", "", "_high")] == [0.0, 1.0, 1.0]


def test_parts_too_large_to_be_apart_are_in_common_at_least() -> None:
    found = shared(controlled({"A": {"k": 0.8}, "B": {"k": 0.7}})).loc["A"]
    # At least 0.5 of the 0.8 is looked at twice.
    assert found["common_share_low"] == pytest.approx(0.5 / 0.8)


def test_the_others_together_may_see_what_none_of_them_sees() -> None:
    found = shared(controlled({"A": {"k": 1.0}, "B": {"k": 0.5}, "C": {"k": 0.5}})).loc["A"]
    assert [found[f"common_share{b}"] for b in ("", "_high")] == [0.5, 1.0]


def test_a_control_without_criteria_is_not_said_to_have_none() -> None:
    tools = [obligation("A"), obligation("B"), obligation("C", instrument="inspection")]
    found = shared(controlled(TWO, tools=tools)).loc["C"]
    assert found[["criteria", "common", "alone"]].isna().all()
    assert np.isnan(found["common_respondent_h"])


def test_a_control_of_other_units_is_not_in_common() -> None:
    inv = controlled(TWO, duties=[duty("A", "mecs"), duty("B", "ehpad")])
    found = coverage.in_common(inv, portfolio({"actor_id": "mecs"}, {"actor_id": "ehpad"}))
    assert found["common"].tolist() == [0, 0]
    assert found["common_respondent_h"].tolist() == [0.0, 0.0]


def test_what_one_sees_alone_is_its_unique_view() -> None:
    inv = controlled(TWO)
    for tool, row in shared(inv).iterrows():
        alone = coverage.unique_view(select(inv, obligation=["A", "B"]), str(tool))
        assert row["alone_ids"].split("|") == alone["criterion_id"].tolist()


@settings(deadline=None, max_examples=3)
@given(covers())
def test_bounds_are_in_order_and_within_the_hours(drawn: Any) -> None:
    found = shared(controlled(drawn)).dropna(subset="common_share")
    low, central, high = (found[f"common_share{b}"] for b in ("_low", "", "_high"))
    assert ((low >= 0) & (low <= central) & (central <= high + 1e-12) & (high <= 1 + 1e-12)).all()


# --- recognition


def test_recognition_saves_the_hours_of_what_both_look_at() -> None:
    found = saving(controlled(TWO), "A", "B")
    assert (found["criteria"], found["answered"], found["left"], found["left_ids"]) == (2, 1, 1, "l")
    assert (found["answered_share"], found["saved_respondent_h"]) == (pytest.approx(0.25), pytest.approx(1.25))


def test_one_that_comes_less_often_stands_for_as_many_only() -> None:
    tools = [obligation("A"), obligation("B", period="P5Y")]
    found = saving(controlled({"A": {"k": 1.0}, "B": {"k": 1.0}}, tools=tools), "A", "B")
    assert found["times_share"] == pytest.approx(0.2)
    assert [found[f"saved_respondent_h{b}"] for b in ("_low", "", "_high")] == pytest.approx([1.0, 1.0, 5.0])


def test_one_that_comes_more_often_stands_for_all() -> None:
    tools = [obligation("A"), obligation("B", period="P5Y")]
    found = saving(controlled({"A": {"k": 1.0}, "B": {"k": 1.0}}, tools=tools), "B", "A")
    assert found["times_share"] == 1.0
    assert found["saved_respondent_h"] == pytest.approx(1.0)


def test_controls_with_nothing_in_common_are_no_pair() -> None:
    assert coverage.recognition_savings(controlled({"A": {"k": 1.0}, "B": {"l": 1.0}}), ONE).empty


def test_the_authority_and_the_euros_are_apart() -> None:
    tools = [obligation("A", external_eur=1000.0, external_evidence="assumed"), obligation("B")]
    check = [{"obligation_id": "A", "activity": "checking", "side": "authority", "minutes": 120.0}]
    found = saving(controlled({"A": {"k": 1.0}, "B": {"k": 1.0}}, tools=tools, activities=check), "A", "B")
    assert (found["saved_authority_h"], found["saved_external_eur"]) == (10.0, 5000.0)


@pytest.mark.parametrize(("of", "by", "weaker"), [("A", "B", True), ("B", "A", False), ("A", "C", None)])
def test_a_weaker_proof_is_said_and_an_unknown_one_too(of: str, by: str, weaker: bool | None) -> None:
    tools = [obligation("A", proof="inspection"), obligation("B", proof="declaration"), obligation("C")]
    found = saving(controlled({t: {"k": 1.0} for t in "ABC"}, tools=tools), of, by)["weaker_proof"]
    assert (None if found is pd.NA else bool(found)) == weaker


def test_what_must_stay_is_said() -> None:
    tools = [obligation("A", protected=True), obligation("B")]
    inv = controlled({"A": {"k": 1.0}, "B": {"k": 1.0}}, tools=tools)
    assert bool(saving(inv, "A", "B")["protected"])
    assert saving(inv, "B", "A")["protected"] is pd.NA


@settings(deadline=None, max_examples=3)
@given(covers())
def test_a_saving_is_at_most_the_hours_of_the_control(drawn: Any) -> None:
    found = coverage.recognition_savings(controlled(drawn), ONE, years=5)
    low, central, high = (found[f"saved_respondent_h{b}"].fillna(0.0) for b in ("_low", "", "_high"))
    assert ((low <= central + 1e-12) & (central <= high + 1e-12) & (high <= 5.0 + 1e-9)).all()


# --- the reform


@pytest.fixture
def regimes() -> Inventory:
    """Before, an evaluation every five years; after, another each year. C stays."""
    tools = [obligation("OLD", period="P5Y"), obligation("NEW"), obligation("C")]
    duties = [duty("OLD", required_tags="evaluation_2002"), duty("NEW", required_tags="evaluation_2022"), duty("C")]
    tags = [{"tag_id": t} for t in ("evaluation_2002", "evaluation_2022", "budget")]
    return controlled({t: {"k": 1.0} for t in ("OLD", "NEW", "C")}, tools=tools, duties=duties, tags=tags)


def test_the_reform_changes_the_regime_of_the_same_units(regimes: Inventory) -> None:
    since = portfolio({"tags": "evaluation_2022|budget"})
    found = coverage.evaluation_reform(regimes, since).set_index("obligation_id")
    assert found["in"].to_dict() == {"OLD": "before", "NEW": "after", "C": "both"}
    assert (found.loc["OLD", "respondent_h_before"], found.loc["NEW", "respondent_h_after"]) == (1.0, 5.0)


def test_a_unit_under_neither_regime_has_no_reform(regimes: Inventory) -> None:
    assert coverage.evaluation_reform(regimes, portfolio({"tags": "budget"})).empty
