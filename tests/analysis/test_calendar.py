"""Deliveries of a year, its weeks, its collisions: worked by hand, then for any small inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import calendar, ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

YEAR = 2027


def due(rule: str | None = None, *, hours: float = 12.0, year: int = YEAR, **more: Any) -> pd.DataFrame:
    """Deliveries of one tool of one home that takes so many hours at a time."""
    settings_ = {k: more.pop(k) for k in ("lead_days", "by", "side") if k in more}
    inv = inventory([obligation("A", deadline=rule, **more)], [asks("A", "days", 60 * hours)])
    return calendar.deliveries(inv, portfolio({}), year=year, **settings_)


def days(frame: pd.DataFrame, column: str = "due") -> list[str]:
    return [str(d.date()) for d in frame[column]]


# --- when an obligation falls due ---------------------------------------------------------------


def test_a_yearly_tool_with_a_day_falls_once() -> None:
    row = due("N:06-30").iloc[0]
    assert (row["due"], row["dating"], row["hours"], row["occurrences"]) == (
        pd.Timestamp("2027-06-30"), "dated", 12, 1,
    )  # fmt: skip


def test_a_half_yearly_tool_with_two_days_falls_twice_with_half_the_hours_each() -> None:
    found = due("N-1:10-31|N+1:04-30", period="P6M")
    assert days(found) == ["2027-04-30", "2027-10-31"]
    assert found["hours"].tolist() == [12, 12]
    assert found["occurrences"].tolist() == [1, 1]


def test_the_parts_of_a_yearly_rule_share_its_hours() -> None:
    found = due("N:03-31|N:06-30|N:09-30")
    assert found["hours"].tolist() == pytest.approx([4, 4, 4])


def test_a_monthly_tool_without_a_day_is_spread_with_its_twelve_deliveries() -> None:
    row = due(period="P1M", hours=1).iloc[0]
    assert (row["dating"], row["why_spread"], row["occurrences"], row["hours"]) == ("spread", "no_deadline", 12, 12)
    assert pd.isna(row["due"])


def test_a_tool_of_every_three_years_takes_a_third_of_a_delivery_each_year() -> None:
    row = due("N:06-30", period="P3Y").iloc[0]
    assert (row["dating"], row["hours"], row["occurrences"]) == ("dated", pytest.approx(4), pytest.approx(1 / 3))


@pytest.mark.parametrize(("rule", "exercise"), [("N-1:10-31", 2028), ("N:10-31", 2027), ("N+1:10-31", 2026)])
def test_a_day_falls_every_year_whatever_the_year_it_is_about(rule: str, exercise: int) -> None:
    row = due(rule).iloc[0]
    assert (str(row["due"].date()), row["exercise"]) == ("2027-10-31", exercise)


@pytest.mark.parametrize("rule", ["event+P8D", "term-P4M", "event+P15D|event+P1M"])
def test_what_counts_from_an_event_or_a_term_has_no_day(rule: str) -> None:
    found = due(rule)
    assert found["why_spread"].tolist() == ["event"]
    assert found["hours"].tolist() == [12]


def test_a_tool_due_at_events_without_a_deadline_has_no_day() -> None:
    assert due(period="event")["why_spread"].tolist() == ["event"]


def test_of_a_rule_with_a_day_and_an_event_each_takes_half() -> None:
    found = due("N:06-30|event+P8D")
    assert found["dating"].tolist() == ["dated", "spread"]
    assert found["hours"].tolist() == [6, 6]


def test_more_deliveries_than_days_leave_the_rest_without_a_day() -> None:
    found = due("N:06-30", period="P1M", hours=1)
    assert found["occurrences"].tolist() == pytest.approx([1, 11])
    assert found["why_spread"].tolist() == ["", "too_few_days"]


def test_what_is_due_once_belongs_to_no_year() -> None:
    assert due("N:06-30", period="once").empty


def test_what_is_done_once_for_a_yearly_tool_is_in_no_hours() -> None:
    inv = inventory(
        [obligation("A", deadline="N:06-30")],
        [asks("A", "days", 60)],
        activities=[{"obligation_id": "A", "activity": "familiarisation", "side": "respondent", "one_off": True,
                     "minutes": 600.0}],
    )  # fmt: skip
    assert calendar.deliveries(inv, portfolio({}), year=YEAR)["hours"].tolist() == [1]


def test_what_occurs_never_is_not_due() -> None:
    inv = inventory([obligation("A", per="person", deadline="N:06-30")], [asks("A", "days")])
    assert calendar.deliveries(inv, portfolio({"person": 0}), year=YEAR).empty


def test_the_side_of_the_authority_is_apart() -> None:
    inv = inventory(
        [obligation("A", deadline="N:06-30")],
        [asks("A", "days", 60)],
        activities=[{"obligation_id": "A", "activity": "meeting", "side": "authority", "minutes": 180.0}],
    )
    found = [calendar.deliveries(inv, portfolio({}), year=YEAR, side=s)["hours"].item()
             for s in ("respondent", "authority")]  # fmt: skip
    assert found == [1, 3]


def test_units_of_one_kind_are_one_row_with_their_deliveries() -> None:
    inv = inventory([obligation("A", deadline="N:06-30")], [asks("A", "days", 60)])
    found = calendar.deliveries(inv, portfolio({}, {}, {"actor_id": "ehpad"}), year=YEAR)
    assert dict(zip(found["actor_id"], found["occurrences"], strict=True)) == {"mecs": 2, "ehpad": 1}


def test_hours_that_rest_on_standard_times_are_told() -> None:
    standard = [{"activity": "obtaining_data", "side": "respondent", "complexity": "simple", "minutes": 30.0}]
    requests = [asks("A", "days", 60), asks("A", "ftes", None, complexity="simple")]
    inv = inventory([obligation("A", deadline="N:06-30")], requests, standard_times=standard)
    found = calendar.deliveries(inv, portfolio({}), year=YEAR)
    assert found[["hours", "hours_assumed"]].to_numpy().tolist() == [[1.5, 0.5]]


# --- unknown is not zero ------------------------------------------------------------------------


def test_unknown_hours_stay_a_row_without_a_number() -> None:
    inv = inventory([obligation("A", deadline="N:06-30")], [asks("A", "days", None)])
    row = calendar.deliveries(inv, portfolio({}), year=YEAR).iloc[0]
    assert np.isnan(row["hours"])
    assert row["lines_unmeasured"] == 1


def test_a_tool_without_any_line_is_due_all_the_same() -> None:
    inv = inventory([obligation("A", deadline="N:06-30"), obligation("B")], [asks("B", "days")])
    row = calendar.deliveries(inv, portfolio({}), year=YEAR).iloc[0]
    assert (row["obligation_id"], row["lines"]) == ("A", 0)
    assert np.isnan(row["hours"])


def test_an_unknown_number_is_an_unknown_number_of_deliveries() -> None:
    inv = inventory([obligation("A", per="person", deadline="N:06-30")], [asks("A", "days")])
    row = calendar.deliveries(inv, portfolio({"person": None}), year=YEAR).iloc[0]
    assert np.isnan(row["occurrences"])


def test_unknown_hours_are_counted_in_their_week_and_in_none() -> None:
    inv = inventory(
        [obligation("A", deadline="N:06-30"), obligation("B")], [asks("A", "days", None), asks("B", "ftes", None)]
    )
    load = calendar.weekly_load(calendar.deliveries(inv, portfolio({}), year=YEAR)).set_index("iso_week")
    assert load.loc["2027-W26", ["deadlines", "deadlines_unmeasured", "spread_unmeasured"]].tolist() == [1, 1, 1]
    assert load["total_h"].isna().all()


def test_what_can_be_dated_is_counted_with_the_reason_of_the_rest() -> None:
    inv = inventory(
        [obligation("A", deadline="N:06-30"), obligation("B"), obligation("C", deadline="event+P8D")],
        [asks("A", "days", 60), asks("B", "days", 180), asks("C", "days", None)],
    )
    found = calendar.by_dating(calendar.deliveries(inv, portfolio({}), year=YEAR)).set_index("why_spread")
    assert found["share"].fillna(-1).to_dict() == {"": 0.25, "event": -1, "no_deadline": 0.75}
    assert found["unmeasured"].to_dict() == {"": 0, "event": 1, "no_deadline": 0}


# --- closed days --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "legal", "work_by"),
    [
        ("N:05-01", "2027-05-01", "2027-04-30"),  # a Saturday and a holiday
        ("N-1:10-31", "2027-10-31", "2027-10-29"),  # a Sunday
        ("N:03-29", "2027-03-29", "2027-03-26"),  # Easter Monday
        ("N:01-01", "2027-01-01", "2026-12-31"),
        ("N:06-30", "2027-06-30", "2027-06-30"),
    ],
)
def test_a_deadline_on_a_closed_day_keeps_its_date_and_ends_the_work_before(
    rule: str, legal: str, work_by: str
) -> None:
    found = due(rule)
    assert (days(found), days(found, "work_by")) == ([legal], [work_by])


@pytest.mark.parametrize(
    ("year", "legal", "work_by"), [(2027, "2027-02-28", "2027-02-26"), (2028, "2028-02-29", "2028-02-29")]
)
def test_29_february_is_the_last_of_the_month_in_other_years(year: int, legal: str, work_by: str) -> None:
    found = due("N:02-29", year=year)
    assert (days(found), days(found, "work_by")) == ([legal], [work_by])


def test_the_public_holidays_are_the_eleven_of_the_labour_code() -> None:
    known = [d.isoformat()[5:] for d in calendar.public_holidays(2024)]
    assert known == ["01-01", "04-01", "05-01", "05-08", "05-09", "05-20", "07-14", "08-15", "11-01", "11-11", "12-25"]


@given(year=st.integers(1990, 2090))
@settings(max_examples=5, deadline=None)
def test_no_working_day_is_a_weekend_or_a_holiday(year: int) -> None:
    known = calendar.working_days(year)
    assert not set(known.day_of_week) & {5, 6}
    assert not set(known.date) & set(calendar.public_holidays(year))
    assert len(known) > 245


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)), before=st.integers(0, 40))
@settings(max_examples=5, deadline=None)
def test_working_days_count_back_one_by_one(day: dt.date, before: int) -> None:
    (last,) = calendar.last_working_days([day])
    (earlier,) = calendar.last_working_days([day], before=before)
    between = [d.date() for y in {earlier.year, last.year} for d in calendar.working_days(y)]
    assert sum(earlier < d <= last for d in between) == before


# --- the weeks ----------------------------------------------------------------------------------


def weeks(deliv: pd.DataFrame) -> dict[str, float]:
    """Hours of the weeks that have some."""
    load = calendar.weekly_load(deliv)
    return {w: h for w, h in zip(load["iso_week"], load["total_h"], strict=True) if h > 0}


def test_ten_hours_before_a_friday_are_two_weeks_of_five() -> None:
    assert weeks(due("N:04-30", hours=10)) == {"2027-W16": pytest.approx(5), "2027-W17": pytest.approx(5)}


def test_with_one_day_of_lead_all_of_it_is_done_on_the_last() -> None:
    assert weeks(due("N:05-01", hours=10, lead_days=1)) == {"2027-W17": pytest.approx(10)}


def test_the_deadline_is_counted_in_the_week_of_its_legal_date() -> None:
    load = calendar.weekly_load(due("N:03-29")).set_index("iso_week")
    assert load.loc[["2027-W12", "2027-W13"], "deadlines"].tolist() == [0, 1]
    assert load.loc[["2027-W12", "2027-W13"], "dated_h"].tolist() == pytest.approx([6, 0])


def test_what_would_begin_before_january_is_done_at_the_end_of_the_year() -> None:
    # 4 and 5 January, then the last eight working days of December.
    found = weeks(due("N:01-05", hours=10))
    assert found == {"2027-W01": pytest.approx(2), "2027-W51": pytest.approx(3), "2027-W52": pytest.approx(5)}


def test_a_deadline_of_new_year_has_all_its_work_at_the_end_of_the_year() -> None:
    assert weeks(due("N:01-01", hours=10)) == {"2027-W51": pytest.approx(5), "2027-W52": pytest.approx(5)}


def test_what_has_no_day_follows_the_working_days() -> None:
    load = calendar.weekly_load(due(hours=254))
    assert load["spread_h"].tolist() == pytest.approx(load["working_days"].tolist())


def test_the_weeks_are_mondays_cut_at_the_ends_of_the_year() -> None:
    load = calendar.weekly_load(due())
    assert days(load, "week")[0] == "2026-12-28"
    assert load["working_days"].iloc[[0, 1, -1]].tolist() == [0, 5, 5]


ONE_HOUR = due(hours=1)


@given(year=st.integers(1990, 2090))
@settings(max_examples=5, deadline=None)
def test_the_weeks_hold_every_working_day_of_the_year(year: int) -> None:
    load = calendar.weekly_load(ONE_HOUR.assign(year=year))
    assert load["working_days"].sum() == len(calendar.working_days(year))
    assert load["total_h"].sum() == pytest.approx(1, abs=1e-12)


def test_the_lead_is_told_in_the_weeks() -> None:
    assert set(calendar.weekly_load(due("N:06-30", lead_days=7))["lead_days"]) == {7}


@pytest.mark.parametrize("lead", [0, 255])
def test_a_lead_that_no_year_has_is_refused(lead: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 254"):
        due("N:06-30", lead_days=lead)


def test_two_years_at_once_are_refused() -> None:
    both = pd.concat([due("N:06-30"), due("N:06-30", year=2028)])
    with pytest.raises(ValueError, match="one year at a time"):
        calendar.weekly_load(both)


@pytest.mark.parametrize("measure", [calendar.weekly_load, calendar.peaks, calendar.collisions, calendar.by_dating])
@pytest.mark.parametrize("by", [(), ("operator_id",)], ids=["whole", "operators"])
def test_nothing_due_is_no_row(measure: Callable[..., pd.DataFrame], by: tuple[str, ...]) -> None:
    found = measure(due(period="once"), by=by)
    assert found.empty
    assert set(by) <= set(found.columns)


def test_operators_are_apart() -> None:
    inv = inventory([obligation("A", deadline="N:06-30")], [asks("A", "days", 60)])
    deliv = calendar.deliveries(inv, portfolio({"operator_id": "x"}, {"operator_id": "y"}, {"operator_id": "y"}),
                                year=YEAR)  # fmt: skip
    assert calendar.weekly_load(deliv).groupby("operator_id")["total_h"].sum().to_dict() == pytest.approx(
        {"x": 1, "y": 2}
    )


RULES = ["N:06-30", "N-1:10-31|N+1:04-30", "N:02-29", "N:01-01", "N:12-31", "event+P8D", "N:05-01|event+P1M", None]


@st.composite
def dated_inventories(draw: st.DrawFn) -> Inventory:
    inv = draw(inventories())
    rules = [draw(st.sampled_from(RULES)) for _ in range(len(inv.obligations))]
    return with_tables(inv, {"obligations": inv.obligations.assign(deadline=rules)})


def year_of_ledger(inv: Inventory, ptf: Portfolio, side: str) -> pd.Series:
    found = ledger.totals(inv, ptf, by=["side"]).set_index("side")
    return found.reindex([side])[[f"hours_per_year{b}" for b in ("_low", "", "_high")]].iloc[0]


@given(
    inv=dated_inventories(), ptf=portfolios(), year=st.integers(2020, 2040), lead=st.integers(1, 250),
    side=st.sampled_from(["respondent", "authority"]),
)  # fmt: skip
@settings(max_examples=5, deadline=None)
def test_the_sum_of_weekly_loads_equals_the_year(
    inv: Inventory, ptf: Portfolio, year: int, lead: int, side: str
) -> None:
    deliv = calendar.deliveries(inv, ptf, year=year, lead_days=lead, side=side)
    load = calendar.weekly_load(deliv)
    found = [load[f"total_h{b}"].sum() for b in ("_low", "", "_high")]
    assert found == pytest.approx(year_of_ledger(inv, ptf, side).fillna(0.0).tolist(), rel=1e-9, abs=1e-9)


@given(inv=dated_inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_the_weeks_of_all_are_the_sum_of_the_weeks_of_each(inv: Inventory, ptf: Portfolio) -> None:
    deliv = calendar.deliveries(inv, ptf, year=YEAR)
    apart = calendar.weekly_load(deliv, by=["operator_id", "actor_id"])
    whole = calendar.weekly_load(deliv, by=())
    if len(deliv):
        by_week = apart.groupby("week")["total_h"].sum()
        assert whole["total_h"].fillna(0.0).tolist() == pytest.approx(by_week.tolist(), rel=1e-9, abs=1e-9)


@given(inv=dated_inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_other_identifiers_change_no_week(inv: Inventory, ptf: Portfolio) -> None:
    tables = ("obligations", "duties", "requests", "activities", "recipients")
    renamed = with_tables(inv, {t: inv[t].assign(obligation_id=_flipped(inv[t]["obligation_id"])) for t in tables})
    exempt = _flipped(ptf.units["exempt_obligation_ids"])
    units = ptf.units.assign(operator_id="x" + ptf.units["operator_id"], exempt_obligation_ids=exempt)
    known = portfolio_from_frame("renamed", units)
    before, after = (
        calendar.weekly_load(calendar.deliveries(told, whom, year=YEAR), by=())
        for told, whom in ((inv, ptf), (renamed, known))
    )
    measures = ["dated_h", "spread_h", "total_h", "deadlines", "deadlines_unmeasured", "spread_unmeasured"]
    for measure in measures if len(before) else ():
        assert after[measure].tolist() == pytest.approx(before[measure].tolist(), nan_ok=True)


def _flipped(ids: pd.Series) -> pd.Series:
    return ids.str.replace("o", "z", regex=False)


def test_twelve_times_an_hour_is_once_twelve_hours() -> None:
    often, long = due(period="P1M", hours=1), due("N:06-30", hours=12)
    assert calendar.weekly_load(often)["total_h"].sum() == pytest.approx(12)
    assert calendar.weekly_load(long)["total_h"].sum() == pytest.approx(12)


# --- what falls together ------------------------------------------------------------------------


def three_tools() -> pd.DataFrame:
    """A and B on 30 April for two authorities, C on the 28th, D without a day."""
    inv = inventory(
        [obligation("A", deadline="N+1:04-30"), obligation("B", deadline="N:04-30", required_by_id="departement"),
         obligation("C", deadline="N:04-28"), obligation("D")],
        [asks("A", "days", 60), asks("B", "days", 120), asks("C", "days", None), asks("D", "days", 60)],
    )  # fmt: skip
    return calendar.deliveries(inv, portfolio({}, {"actor_id": "ehpad"}), year=YEAR)


def test_two_tools_on_one_day_are_a_collision_with_their_authorities_and_hours() -> None:
    row = calendar.collisions(three_tools()).iloc[0]
    assert (str(row["due"].date()), row["obligations"], row["occurrences"], row["hours"]) == ("2027-04-30", 2, 4, 6)
    assert row["obligation_ids"] == "B|A"
    assert set(row["authority_ids"].split("|")) == {"ars", "departement"}


def test_within_a_week_the_third_joins_and_its_unknown_hours_are_counted() -> None:
    row = calendar.collisions(three_tools(), within="week").iloc[0]
    assert (str(row["due"].date()), row["obligations"], row["hours"], row["unmeasured"]) == ("2027-04-26", 3, 6, 1)


def test_one_tool_of_two_services_is_no_collision() -> None:
    inv = inventory([obligation("A", deadline="N:06-30")], [asks("A", "days")])
    deliv = calendar.deliveries(inv, portfolio({}, {"actor_id": "ehpad"}), year=YEAR)
    assert calendar.collisions(deliv).empty


def test_two_operators_do_not_collide() -> None:
    inv = inventory(
        [obligation("A", deadline="N:06-30"), obligation("B", deadline="N:06-30")],
        [asks("A", "days"), asks("B", "days")], [duty("A", "mecs"), duty("B", "ehpad")],
    )  # fmt: skip
    ptf = portfolio({"operator_id": "x"}, {"operator_id": "y", "actor_id": "ehpad"})
    deliv = calendar.deliveries(inv, ptf, year=YEAR)
    assert calendar.collisions(deliv).empty
    assert len(calendar.collisions(deliv, by=())) == 1


def test_a_peak_is_a_week_beyond_a_multiple_of_the_median_with_its_tools() -> None:
    inv = inventory(
        [obligation("A", deadline="N:04-30"), obligation("B")], [asks("A", "days", 600), asks("B", "days", 254 * 60)]
    )
    found = calendar.peaks(calendar.deliveries(inv, portfolio({}), year=YEAR), multiple=1.5)
    assert found["iso_week"].tolist() == ["2027-W16", "2027-W17"]
    assert found["times_median"].tolist() == pytest.approx([2, 2])
    assert found["obligation_ids"].tolist() == ["A", "A"]


def test_weeks_that_are_all_alike_have_no_peak() -> None:
    assert calendar.peaks(due(), multiple=1.01).empty


# --- moving a deadline --------------------------------------------------------------------------


def crowded() -> Inventory:
    return inventory(
        [obligation("A", deadline="N:04-30"), obligation("B", deadline="N:04-30")],
        [asks("A", "days", 600), asks("B", "days", 600)],
    )


def test_moving_one_of_two_halves_the_peak() -> None:
    found = calendar.effect_of_moving(
        crowded(), portfolio({}), year=YEAR, obligation_id="B", deadline="N:06-30", lead_days=5
    )
    row = found.peaks.iloc[0]
    assert (row["peak_h_before"], row["peak_h_after"], row["change_h"]) == (20, 10, -10)


def test_the_inventory_that_was_given_stays_as_it_was() -> None:
    inv = crowded()
    calendar.moved(inv, "B", "N:06-30")
    assert inv.obligations["deadline"].tolist() == ["N:04-30", "N:04-30"]


@given(month=st.integers(1, 12), day=st.integers(1, 28), offset=st.sampled_from(["", "-1", "+1"]))
@settings(max_examples=5, deadline=None)
def test_moving_a_deadline_keeps_the_hours_of_the_year(month: int, day: int, offset: str) -> None:
    found = calendar.effect_of_moving(
        crowded(), portfolio({}), year=YEAR, obligation_id="B", deadline=f"N{offset}:{month:02d}-{day:02d}", by=()
    )
    assert found.weeks["total_h_after"].sum() == pytest.approx(20, abs=1e-9)
    assert found.weeks["change_h"].sum() == pytest.approx(0, abs=1e-9)


def test_moving_what_is_not_there_names_the_nearest() -> None:
    inv = inventory([obligation("BUDGET")], [asks("BUDGET", "days")])
    with pytest.raises(KeyError, match="did you mean 'BUDGET'"):
        calendar.moved(inv, "BUDGETS", "N:06-30")


def test_moving_to_what_is_no_deadline_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a deadline"):
        calendar.moved(crowded(), "B", "30 juin")
