"""What a place, a person or ten staff bear, what does not depend on size, where duties start."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import ledger, size
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.model.reshape import resized, split
from tests.analysis.inventories import Row, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories

FIX, PER, STAFF = obligation("FIX"), obligation("PER", per="person"), obligation("STF", per="operator")
EVENT = obligation("EVT", per="incident", period="event")


def takes(tool: str, minutes: float | None, **more: Any) -> Row:
    return {"obligation_id": tool, "activity": "checking", "side": "respondent", "minutes": minutes, **more}


def told(*tools: Row, minutes: dict[str, float | None] | None = None, duties: list[Row] | None = None) -> Inventory:
    """One hour for a home, six minutes a person, half an hour an incident, unless given."""
    each = {"FIX": 60.0, "PER": 6.0, "EVT": 30.0, "STF": 120.0, **(minutes or {})}
    bounds = {"minutes_low": 0.5, "minutes_high": 2.0}
    effort = [
        takes(name, m, **{b: None if m is None else m * f for b, f in bounds.items()})
        for name, m in each.items()
        if name in {t["obligation_id"] for t in tools}
    ]
    return inventory(list(tools), [], duties, activities=effort)


BOTH = told(FIX, PER)
LIMIT = {"threshold_population_id": "staff", "threshold_minimum": 50.0}
AT_50 = told(STAFF, PER, duties=[duty("STF", "operator", **LIMIT), duty("PER")])


def with_operator(staff: float = 100.0, persons: float = 40.0, **more: Any) -> Portfolio:
    return portfolio(
        {"unit_id": "op", "actor_id": "association", "operator_id": "op", **more},
        {"unit_id": "a", "operator_id": "op", "person": persons, "staff": staff},
    )


# --- hours for a place, a person, ten staff


def row(found: pd.DataFrame, level: str, name: str) -> pd.Series:
    return found[(found["level"] == level) & (found[f"{level}_id"] == name)].iloc[0]


def test_hours_for_a_person_fall_as_a_home_grows() -> None:
    found = size.per_place(BOTH, portfolio({"unit_id": "a", "person": 10.0}, {"unit_id": "b", "person": 40.0}))
    # One hour, and six minutes a person: 2 h for 10, 5 h for 40.
    assert [row(found, "unit", u)["h_per_person"] for u in "ab"] == pytest.approx([0.2, 0.125])


def test_ten_staff_are_ten() -> None:
    found = size.per_place(BOTH, portfolio({"person": 10.0, "staff": 20.0}))
    assert found["h_per_10_staff"].tolist() == pytest.approx([1.0, 1.0])


def test_bounds_are_those_of_the_hours() -> None:
    found = row(size.per_place(BOTH, portfolio({"unit_id": "a", "person": 10.0})), "unit", "a")
    assert [found[f"h_per_person{b}"] for b in ("_low", "_high")] == pytest.approx([0.1, 0.4])


def test_an_operator_has_the_hours_of_all_its_units_and_their_sizes() -> None:
    found = row(size.per_place(BOTH, portfolio({"person": 10.0}, {"person": 40.0})), "operator", "op")
    assert (found["hours_per_year"], found["person"], found["units"]) == (7.0, 50.0, 2)


def test_an_operator_keeps_the_size_of_its_own_row() -> None:
    found = row(size.per_place(BOTH, with_operator(staff=100.0)), "operator", "op")
    assert (found["unit_id"], found["staff"]) == ("op", 100.0)


def test_an_unknown_size_gives_no_ratio_and_is_counted() -> None:
    found = size.per_place(BOTH, portfolio({"person": 10.0}, {}))
    assert found["h_per_10_staff"].isna().all()
    counted = size.unknown_sizes(found).set_index(["level", "population_id"])
    assert counted.loc[("unit", "person")].tolist() == [1, 1]


def test_no_person_is_no_division() -> None:
    assert np.isnan(row(size.per_place(BOTH, portfolio({"unit_id": "a", "person": 0.0})), "unit", "a")["h_per_person"])


def test_an_unmeasured_line_is_counted_beside_the_hours() -> None:
    found = size.per_place(told(FIX, PER, minutes={"PER": None}), portfolio({"unit_id": "a", "person": 10.0}))
    assert row(found, "unit", "a")[["hours_per_year", "rows_unmeasured"]].tolist() == [1.0, 1]


def test_a_unit_that_owes_nothing_has_no_hour() -> None:
    nothing = told(FIX, duties=[duty("FIX", "ehpad")])
    found = row(size.per_place(nothing, portfolio({"unit_id": "a", "person": 2.0})), "unit", "a")
    assert (found["hours_per_year"], found["h_per_person"]) == (0.0, 0.0)


def alone(number: int) -> Portfolio:
    units = [{"unit_id": f"u{i}", "operator_id": f"u{i}", "actor_id": "mecs", "person": 10.0} for i in range(number)]
    return portfolio_from_frame("alike", pd.DataFrame(units))


def test_units_alike_and_alone_are_one_row() -> None:
    found = size.per_place(BOTH, alone(3))
    assert found["alike"].tolist() == [3, 3]
    assert size.unknown_sizes(found)["known"].sum() == 6


# --- what depends on size


def test_hours_are_parted_by_what_they_are_counted_per() -> None:
    found = size.fixed_and_variable(told(FIX, PER, EVENT), portfolio({"person": 10.0, "incident": 4.0})).iloc[0]
    assert found[["fixed_h", "member_h", "event_h"]].tolist() == pytest.approx([1.0, 1.0, 2.0])
    assert found["fixed_share"] == pytest.approx(0.25)


def test_the_low_share_takes_the_rest_at_its_highest() -> None:
    found = size.fixed_and_variable(BOTH, portfolio({"person": 10.0})).iloc[0]
    # 0.5 of 0.5 + 2, then 2 of 2 + 0.5.
    assert found[["fixed_share_low", "fixed_share_high"]].tolist() == pytest.approx([0.2, 0.8])


def test_a_part_that_nothing_makes_is_nought_and_one_that_nobody_timed_is_unknown() -> None:
    found = size.fixed_and_variable(told(FIX, PER, minutes={"PER": None}), portfolio({"person": 10.0})).iloc[0]
    assert found["event_h"] == 0.0
    assert np.isnan(found["member_h"])


def test_the_parts_of_no_group_are_those_of_the_portfolio() -> None:
    ptf = portfolio({"person": 10.0}, {"person": 30.0, "operator_id": "other"})
    whole = size.fixed_and_variable(BOTH, ptf, by=[]).iloc[0]
    assert whole["fixed_h"] == size.fixed_and_variable(BOTH, ptf)["fixed_h"].sum() == 2.0


@settings(deadline=None, max_examples=4)
@given(st.floats(0.1, 4.0), st.floats(0.1, 4.0))
def test_two_operators_that_differ_in_size_alone_show_the_fixed_hours(one: float, other: float) -> None:
    if abs(one - other) < 0.05:
        return
    ptf = portfolio({"person": 30.0, "incident": 2.0})
    inv = told(FIX, PER, EVENT)
    hours = [ledger.totals(inv, resized(ptf, f))["hours_per_year"].iloc[0] for f in (one, other)]
    each = (hours[1] - hours[0]) / (other - one)
    assert hours[0] - each * one == pytest.approx(size.fixed_and_variable(inv, ptf)["fixed_h"].iloc[0])


@settings(deadline=None, max_examples=4)
@given(inventories(), st.data())
def test_an_operator_split_in_two_never_bears_less_unless_a_threshold_stops_applying(
    inv: Inventory, data: st.DataObject
) -> None:
    unsized = inv.duties.assign(threshold_population_id=None, threshold_minimum=None)
    inv = with_tables(inv, {"duties": unsized})
    numbers = {p: data.draw(st.integers(0, 4)) for p in ("person", "staff", "admission", "cpom")}
    whole = portfolio(
        {"unit_id": "op", "actor_id": "association"} | numbers, {"unit_id": "a"} | numbers, {"unit_id": "b"} | numbers
    )
    halves = split(inv, whole, "op", {"x": ["a"], "y": ["b"]})
    before, after = (ledger.totals(inv, p)["hours_per_year"].fillna(0.0).iloc[0] for p in (whole, halves))
    assert after >= before - 1e-9


def test_splitting_below_a_threshold_lowers_the_total() -> None:
    inv = told(STAFF, duties=[duty("STF", "operator", **LIMIT)])
    whole = portfolio(
        {"unit_id": "op", "actor_id": "association"}, {"unit_id": "a", "staff": 30.0}, {"unit_id": "b", "staff": 30.0}
    )
    halves = split(inv, whole, "op", {"x": ["a"], "y": ["b"]})
    assert ledger.totals(inv, whole)["hours_per_year"].tolist() == [2.0]
    assert ledger.totals(inv, halves)["hours_per_year"].fillna(0.0).tolist() == [0.0]


# --- the curve


def test_the_curve_multiplies_persons_and_not_the_home() -> None:
    found = size.curve(BOTH, portfolio({"unit_id": "a", "person": 10.0}), "a", factors=[0.5, 2.0], per="person", each=1)
    assert found["hours_per_year"].tolist() == pytest.approx([1.5, 3.0])
    assert found["hours_each"].tolist() == pytest.approx([0.3, 0.15])
    assert found["fixed_each"].tolist() == pytest.approx([0.2, 0.05])


def test_a_threshold_applies_by_itself_and_is_named() -> None:
    found = size.curve(AT_50, with_operator(), "op", factors=[0.4, 0.5, 0.6])
    assert found["size"].tolist() == [40.0, 50.0, 60.0]
    assert found["starts"].tolist() == ["", "STF", ""]
    assert found["hours_per_year"].tolist() == pytest.approx([1.6, 4.0, 4.4])


def test_both_sides_of_a_threshold_are_among_the_sizes() -> None:
    found = size.curve(AT_50, with_operator(staff=70.0), "op")
    at = int(np.flatnonzero(found["starts"] == "STF")[0])
    assert found["size"].iloc[[at - 1, at]].tolist() == pytest.approx([50.0, 50.0])
    assert found["hours_per_year"].iloc[at] - found["hours_per_year"].iloc[at - 1] == pytest.approx(2.0)


def test_what_stops_above_a_size_is_named() -> None:
    small = {"threshold_population_id": "staff", "threshold_maximum": 50.0}
    inv = told(STAFF, duties=[duty("STF", "operator", **small)])
    assert size.curve(inv, with_operator(), "op", factors=[0.4, 0.6])["stops"].tolist() == ["", "STF"]


def test_a_service_is_taken_without_its_operator() -> None:
    found = size.curve(AT_50, with_operator(), "a", factors=[1.0])
    assert found["hours_per_year"].tolist() == pytest.approx([4.0])


def test_contracts_and_calls_do_not_grow() -> None:
    inv = told(obligation("FIX", per="cpom"))
    found = size.curve(inv, portfolio({"unit_id": "a", "cpom": 2.0, "staff": 10.0}), "a", factors=[0.5, 1.0])
    assert found["hours_per_year"].tolist() == [2.0, 2.0]


def test_an_unknown_size_leaves_hours_without_a_ratio() -> None:
    found = size.curve(BOTH, portfolio({"unit_id": "a", "person": 10.0}), "a", factors=[1.0])
    assert found["hours_per_year"].tolist() == [2.0]
    assert found[["size", "hours_each"]].isna().all(axis=None)


def test_a_unit_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'home'"):
        size.curve(BOTH, portfolio({"unit_id": "home"}), "hone")


# --- thresholds


def test_a_threshold_has_its_step_and_its_evidence() -> None:
    found = size.thresholds(AT_50, with_operator(staff=80.0)).iloc[0]
    assert found[["population_id", "limit", "way", "obligation_id"]].tolist() == ["staff", 50.0, "starts", "STF"]
    assert found[["step_h_low", "step_h", "step_h_high"]].tolist() == pytest.approx([1.0, 2.0, 4.0])
    assert (found["size"], found["side"], found["evidence"]) == (80.0, "above", "text")


def test_the_step_is_worked_out_at_the_threshold() -> None:
    # Six minutes for each of 50 staff at the threshold, whatever the staff today.
    inv = told(obligation("PER", per="staff"), duties=[duty("PER", "operator", **LIMIT)])
    for staff, side in ((20.0, "below"), (400.0, "above")):
        found = size.thresholds(inv, with_operator(staff=staff)).iloc[0]
        assert (found["step_h"], found["side"]) == (pytest.approx(5.0), side)


def test_a_duty_that_stops_with_size_has_a_negative_step() -> None:
    small = {"threshold_population_id": "staff", "threshold_maximum": 50.0}
    found = size.thresholds(told(STAFF, duties=[duty("STF", "operator", **small)]), with_operator()).iloc[0]
    assert (found["way"], found["step_h"]) == ("stops", pytest.approx(-2.0))


def test_an_unknown_size_has_an_unknown_step() -> None:
    ptf = portfolio({"unit_id": "op", "actor_id": "association"}, {"unit_id": "a"})
    found = size.thresholds(AT_50, ptf).iloc[0]
    assert found["side"] == "unknown"
    assert np.isnan(found["step_h"])


def test_a_threshold_of_another_regime_is_not_of_this_unit() -> None:
    inv = told(STAFF, duties=[duty("STF", "operator", required_tags="eprd", **LIMIT)])
    assert size.thresholds(inv, with_operator()).empty


def test_hours_that_nobody_timed_make_an_unknown_step() -> None:
    inv = told(STAFF, minutes={"STF": None}, duties=[duty("STF", "operator", **LIMIT)])
    found = size.thresholds(inv, with_operator()).iloc[0]
    assert np.isnan(found["step_h"])
    assert found["rows_unmeasured"] == 1


def test_an_article_is_the_first_of_the_obligation() -> None:
    tool = obligation("STF", per="operator", legal_base_ids="b1|b2")
    bases = [{"legal_base_id": b, "citation": f"art. {b}", "level": "law", "evidence": "text"} for b in ("b1", "b2")]
    inv = inventory([tool], [], [duty("STF", "operator", **LIMIT)], legal_bases=bases)
    assert size.limits(inv)["citation"].tolist() == ["art. b1"]


# --- a regime in proportion to size


def test_the_small_are_lightened_and_the_large_are_not() -> None:
    ptf = portfolio({"operator_id": "small", "staff": 10.0}, {"operator_id": "large", "staff": 90.0})
    found = size.proportionate(BOTH, ptf, obligations=["FIX"], under=50, times_rarer=2)
    assert found["operator_id"].tolist() == ["small", "large"]
    assert found["saved_h"].tolist() == [0.5, 0.0]
    assert found["after_each"].tolist() == pytest.approx([0.5, 1 / 9])


def test_a_share_of_the_items_leaves_the_other_work() -> None:
    items = [{"obligation_id": "FIX", "concept_id": c, "label_fr": c, "minutes": 60.0} for c in ("days", "ftes")]
    inv = inventory([FIX], items, activities=[takes("FIX", 30.0)])
    found = size.proportionate(inv, portfolio({"staff": 10.0}), obligations=["FIX"], under=50, items_share=0.25)
    # Two hours of items and half an hour of checking: a quarter of the items stays.
    assert found[["hours_per_year", "after_h", "saved_h"]].iloc[0].tolist() == [2.5, 1.0, 1.5]


def test_the_size_may_be_that_of_each_unit() -> None:
    ptf = portfolio({"unit_id": "a", "staff": 10.0}, {"unit_id": "b", "staff": 90.0})
    found = size.proportionate(BOTH, ptf, obligations=["FIX"], under=50, times_rarer=2, sized_by="unit")
    assert found.set_index("unit_id")["concerned"].to_dict() == {"a": "yes", "b": "no"}
    whole = size.proportionate(BOTH, ptf, obligations=["FIX"], under=50, times_rarer=2)
    assert whole[["size", "saved_h"]].iloc[0].tolist() == [100.0, 0.0]


def test_a_size_that_nobody_knows_may_save_all_or_nothing() -> None:
    found = size.proportionate(BOTH, portfolio({}), obligations=["FIX"], under=50, times_rarer=2).iloc[0]
    assert (found["saved_h_low"], found["saved_h_high"]) == (0.0, 1.0)
    assert np.isnan(found["saved_h"])


def test_an_event_has_no_period_to_lengthen() -> None:
    with pytest.raises(ValueError, match="EVT has no period to lengthen: it is due by event"):
        size.proportionate(told(EVENT), portfolio({}), obligations=["EVT"], under=50, times_rarer=2)


@pytest.mark.parametrize("wrong", [{"times_rarer": 0.5}, {"items_share": 1.5}])
def test_a_parameter_out_of_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"more often|not a share"):
        size.proportionate(BOTH, portfolio({}), obligations=["FIX"], under=50, **wrong)


def test_a_tool_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="obligation 'BUD' is not in the inventory"):
        size.proportionate(BOTH, portfolio({}), obligations=["BUD"], under=50)


def test_copies_at_several_sizes_are_operators_apart() -> None:
    copies = size.at_sizes(BOTH, with_operator(), "op", [0.5, 1.0]).units
    assert copies.groupby("operator_id")["staff"].sum().to_dict() == {"0": 50.0, "1": 100.0}
