"""Ranges of what a plan saves, and how often its measures are in the best plan."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from burden.analysis.uncertainty import Assumptions
from burden.model.inventory import Inventory
from burden.simplify import Plan, plan
from burden.simplify.planning.robustness import robustness
from tests.analysis.inventories import Row, asks
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.rows import home, meeting, rules, tool, two_tools

FEW = Assumptions(draws=60)


def ranged(low: float, high: float) -> Row:
    return {"minutes_low": low, "minutes_high": high, "minutes_evidence": "elicited"}


@pytest.fixture(scope="module")
def sure(worked: Case) -> pd.DataFrame:
    return robustness(*worked, solved=2, assumed=FEW)


def test_without_ranges_a_saving_is_one_number(worked: Case, sure: pd.DataFrame) -> None:
    found = worked[0]
    expected = [found.summary["saved"], *found.measures["saved"]]
    assert all(sure[c].tolist() == pytest.approx(expected) for c in ("saved", "p10", "p50", "p90"))


def test_the_whole_comes_first_and_then_each_measure(worked: Case, sure: pd.DataFrame) -> None:
    assert sure["measure"].tolist() == ["", *worked[0].measures["measure"]]


def test_without_ranges_every_measure_survives(sure: pd.DataFrame) -> None:
    assert sure["survives_share"].iloc[1:].tolist() == [1.0] * 6


def test_the_whole_neither_survives_nor_fails(sure: pd.DataFrame) -> None:
    assert np.isnan(sure["survives_share"].iloc[0])


def test_nothing_is_said_of_survival_when_nothing_is_solved(worked: Case) -> None:
    assert robustness(*worked, solved=0, assumed=FEW)["survives_share"].isna().all()


def ended() -> tuple[Inventory, Plan]:
    """ACC ends, with its two items and a meeting of one to nine hours."""
    meetings = [meeting("ACC", 300.0) | ranged(60.0, 540.0)]
    inv = two_tools(activities=meetings)
    return inv, plan(inv, home())


@pytest.fixture(scope="module")
def spread() -> pd.DataFrame:
    inv, found = ended()
    return robustness(found, inv, home(), solved=5, assumed=FEW)


def test_the_range_of_an_end_is_that_of_its_meeting(spread: pd.DataFrame) -> None:
    whole = spread.iloc[0]
    # Two items of one hour, and a meeting that takes between one and nine.
    assert 3.0 < whole["p10"] < whole["p50"] < whole["p90"] < 11.0
    assert whole["p50"] == pytest.approx(7.0, abs=1.0)


def test_the_range_of_the_whole_is_that_of_its_only_measure(spread: pd.DataFrame) -> None:
    columns = ["saved", "p10", "p50", "p90"]
    assert spread.loc[0, columns].tolist() == pytest.approx(spread.loc[1, columns].tolist())


def test_a_measure_that_is_best_whatever_the_hours_survives(spread: pd.DataFrame) -> None:
    assert spread["survives_share"].iloc[1] == 1.0


def test_a_measure_survives_where_its_own_item_is_the_dearer() -> None:
    # Each of the two could serve the other: ACC goes, a minute dearer; BUD takes half an hour to an hour and a half.
    inv = rules(
        [tool("BUD", proof="inspection"), tool("ACC", proof="inspection")],
        [asks("BUD", "days", 60.0, **ranged(30.0, 90.0)), asks("ACC", "days", 61.0)],
    )
    found = plan(inv, home())
    survives = robustness(found, inv, home(), solved=20, assumed=FEW)["survives_share"].iloc[1]
    assert 0.2 <= survives <= 0.8


def test_an_item_that_moves_saves_nothing_in_any_draw() -> None:
    # PLAN becomes part of REP; days is asked there already, visits take there what they took.
    inv = rules(
        [tool("PLAN", item_list="partial"), tool("REP")],
        [asks("PLAN", "days"), asks("REP", "days"), asks("PLAN", "visits", **ranged(10.0, 500.0))],
        activities=[meeting("PLAN", 120.0)],
    )
    whole = robustness(plan(inv, home()), inv, home(), solved=0, assumed=FEW).iloc[0]
    assert [whole["p10"], whole["p90"]] == pytest.approx([3.0, 3.0])


def test_a_plan_without_changes_saves_nothing_in_any_draw() -> None:
    inv = two_tools()
    none = robustness(plan(inv, home(), max_acts=0, max_gateways=0), inv, home(), solved=1, assumed=FEW)
    assert none[["saved", "p10", "p50", "p90"]].to_numpy().tolist() == [[0.0] * 4]
