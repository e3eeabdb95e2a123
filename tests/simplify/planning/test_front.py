"""The district's saving against what may change."""

from __future__ import annotations

import pandas as pd
import pytest

from burden.model.inventory import Inventory
from burden.simplify import plan
from burden.simplify.planning.front import front
from tests.analysis.inventories import asks
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.rows import home, received, rules, tool


@pytest.fixture(scope="module")
def points(worked: Case) -> pd.DataFrame:
    return front(worked[0])


def saved(points: pd.DataFrame, by: str) -> dict[str, float]:
    chosen = points[points["by"] == by]
    return dict(zip(chosen["allowed"], chosen["saved"].round(9), strict=True))


def test_hours_saved_by_each_number_of_acts(points: pd.DataFrame) -> None:
    # The practice of ACC and gateways are no acts; the order frees PLAN's meeting and visits, the decree SUR.
    assert saved(points, "acts") == {"0": 11.0, "1": 13.0, "2": 14.0}


def test_hours_saved_up_to_each_level(points: pd.DataFrame) -> None:
    assert saved(points, "level") == {"nothing": 3.0, "agreement": 10.0, "order": 12.0, "decree": 14.0, "law": 14.0}


def test_the_acts_amended_are_within_the_number_allowed(points: pd.DataFrame) -> None:
    by_acts = points[points["by"] == "acts"]
    assert by_acts["acts"].tolist() == [0, 1, 2]


def test_nothing_opens_no_gateway(points: pd.DataFrame) -> None:
    assert points.loc[points["allowed"] == "nothing", ["acts", "gateways"]].to_numpy().tolist() == [[0, 0]]


def test_more_is_never_worse(points: pd.DataFrame) -> None:
    assert all(points.loc[points["by"] == by, "saved"].is_monotonic_increasing for by in ("acts", "level"))


def test_every_point_is_proven(points: pd.DataFrame) -> None:
    assert points["bound_saved"].tolist() == pytest.approx(points["saved"].tolist())


def test_the_last_number_of_acts_saves_what_the_plan_does(worked: Case, points: pd.DataFrame) -> None:
    assert saved(points, "acts")["2"] == pytest.approx(worked[0].summary["saved"])


def under_law() -> Inventory:
    """BUD (2 h) under a law and ACC (1 h) under a decree, in other units than SUR, which comes each month."""
    return rules(
        [tool("BUD", legal_base_ids="law"), tool("ACC", legal_base_ids="decree"), tool("SUR", period="P1M")],
        [asks("BUD", "days", 120.0), asks("ACC", "days", unit="hours"), asks("SUR", "days", unit="days")],
        recipients=[*received("BUD", "caf"), *received("ACC", "caf"), *received("SUR", "caf")],
    )


def test_no_point_goes_beyond_what_the_plan_was_allowed_by_level() -> None:
    found = plan(under_law(), home(), max_acts={"law": 0})
    assert front(found)["saved"].max() == pytest.approx(found.summary["saved"])


def test_no_point_goes_beyond_what_the_plan_was_allowed_in_all() -> None:
    found = plan(under_law(), home(), max_acts=1)
    assert front(found)["saved"].max() == pytest.approx(found.summary["saved"])


def test_no_point_opens_more_gateways_than_the_plan_may(worked: Case) -> None:
    _, inv, ptf = worked
    assert front(plan(inv, ptf, max_gateways=1))["gateways"].max() == 1
