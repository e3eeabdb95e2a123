"""Controls that pile up on one unit over some years, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from burden.analysis.coverage import stack, stack_change, stack_totals
from burden.model.inventory import Inventory
from tests.analysis.coverage_rows import controlled
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio


def piled() -> Inventory:
    """A visit of two hours and 1,000 € every other year, checked in one; a survey of an hour, due each year."""
    tools = [
        obligation("VISIT", period="P2Y", instrument="inspection", external_eur=1000.0),
        obligation("SURVEY", proof="inspection", required_by_id="departement"),
    ]
    check = {"obligation_id": "VISIT", "activity": "checking", "side": "authority", "minutes": 60.0}
    asked = [asks("VISIT", "days", 120), asks("SURVEY", "days", 60)]
    return controlled({"VISIT": {"k": 0.5, "l": 0.0}}, tools=tools, requests=asked, activities=[check])


def test_what_comes_every_other_year_comes_two_and_a_half_times_in_five() -> None:
    rows = stack(piled(), portfolio({})).set_index("obligation_id")
    assert rows["occurrences"].to_dict() == {"VISIT": 2.5, "SURVEY": 5}


def test_hours_of_both_sides_and_euros_are_those_of_all_years() -> None:
    row = stack(piled(), portfolio({})).set_index("obligation_id").loc["VISIT"]
    assert (row["respondent_h"], row["authority_h"]) == (5, 2.5)


def test_euros_paid_to_others_need_no_tariff() -> None:
    row = stack(piled(), portfolio({}), years=2).set_index("obligation_id").loc["VISIT"]
    assert row[["external_eur_low", "external_eur", "external_eur_high"]].tolist() == [1000, 1000, 1000]


def test_a_pile_is_that_of_one_unit_however_many_there_are() -> None:
    one, three = (stack(piled(), portfolio(*[{}] * n)).drop(columns="units") for n in (1, 3))
    pd.testing.assert_frame_equal(one, three)


def test_a_control_without_a_criterion_covers_an_unknown_number_of_them() -> None:
    rows = stack(piled(), portfolio({})).set_index("obligation_id")
    assert rows.loc["VISIT", "criteria"] == 1
    assert pd.isna(rows.loc["SURVEY", "criteria"])


def test_totals_of_a_pile() -> None:
    row = stack_totals(stack(piled(), portfolio({}))).iloc[0]
    counted = row[["controls", "authorities", "criteria", "without_criteria", "occurrences", "respondent_h"]]
    assert counted.tolist() == [2, 2, 1, 1, 7.5, 10]


def reform() -> Inventory:
    """Before, an evaluation of six hours every two years; after, one of four every year; a visit in both."""
    tools = [obligation("OLD", period="P2Y", instrument="evaluation"), obligation("NEW", instrument="evaluation"),
             obligation("VISIT", instrument="inspection")]  # fmt: skip
    duties = [duty("OLD", required_tags="budget"), duty("NEW", required_tags="eprd"), duty("VISIT")]
    asked = [asks("OLD", "days", 360), asks("NEW", "days", 240), asks("VISIT", "days")]
    return inventory(tools, asked, duties)


@pytest.fixture
def changed() -> pd.DataFrame:
    before, after = (portfolio({"tags": tag}) for tag in ("budget", "eprd"))
    return stack_change(reform(), before, after, years=4).set_index("obligation_id")


def test_a_reform_takes_some_controls_and_brings_others(changed: pd.DataFrame) -> None:
    assert changed["in"].to_dict() == {"NEW": "after", "OLD": "before", "VISIT": "both"}


def test_what_a_reform_changes_is_seen_in_hours(changed: pd.DataFrame) -> None:
    assert (changed["respondent_h_before"].sum(), changed["respondent_h_after"].sum()) == (12 + 4, 16 + 4)


def test_what_stands_on_one_side_only_is_unknown_on_the_other(changed: pd.DataFrame) -> None:
    assert np.isnan(changed.loc["NEW", "respondent_h_before"])
