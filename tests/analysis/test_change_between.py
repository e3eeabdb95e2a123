"""Two audits: what is scope, what changed, what is estimated otherwise; the three sum to the difference."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import change, ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios


def hours(inv: Inventory, ptf: Portfolio) -> float:
    """Known hours of those who answer."""
    sums = ledger.totals(inv, ptf, by=["side"])
    return float(sums.loc[sums["side"] == "respondent", "hours_per_year"].sum())


def moved(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Amounts by tool and kind, those of nothing left out."""
    rows = frame[frame["amount"] != 0]
    return {(o, k): a for o, k, a in rows[["obligation_id", "kind", "amount"]].itertuples(index=False, name=None)}


@pytest.fixture
def yearly() -> Inventory:
    """A asks one item of an hour once a year, B another."""
    return inventory([obligation("A"), obligation("B")], [asks("A", "days"), asks("B", "ftes")])


@pytest.fixture
def two_homes() -> Portfolio:
    return portfolio({"unit_id": "u"}, {"unit_id": "v"})


@given(before=inventories(), after=inventories(), first=portfolios(), then=portfolios())
@settings(max_examples=3, deadline=None)
def test_the_three_kinds_sum_to_the_difference(
    before: Inventory, after: Inventory, first: Portfolio, then: Portfolio
) -> None:
    frame = change.between((before, first), (after, then))
    assert frame["amount"].sum() == pytest.approx(hours(after, then) - hours(before, first), rel=1e-9, abs=1e-6)


@given(before=inventories(), after=inventories(), ptf=portfolios())
@settings(max_examples=3, deadline=None)
def test_the_kinds_of_each_tool_sum_to_its_difference(before: Inventory, after: Inventory, ptf: Portfolio) -> None:
    frame = change.between((before, ptf), (after, ptf))
    sums = frame.groupby("obligation_id").agg(amount=("amount", "sum"), b=("before", "first"), a=("after", "first"))
    assert (sums["amount"] - (sums["a"] - sums["b"])).abs().max() < 1e-6 or sums.empty


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=3, deadline=None)
def test_an_audit_has_not_moved_from_itself(inv: Inventory, ptf: Portfolio) -> None:
    assert change.between((inv, ptf), (inv, ptf)).empty


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=3, deadline=None)
def test_other_minutes_alone_are_a_re_estimate(inv: Inventory, ptf: Portfolio) -> None:
    longer = with_tables(inv, {"requests": inv.requests.assign(minutes=inv.requests["minutes"].fillna(7.0) * 3)})
    frame = change.between((inv, ptf), (longer, ptf))
    assert set(frame["kind"]) <= {"re-estimate"}


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=3, deadline=None)
def test_another_period_alone_is_a_real_change(inv: Inventory, ptf: Portfolio) -> None:
    faster = with_tables(inv, {"obligations": inv.obligations.assign(period="P1M")})
    frame = change.between((inv, ptf), (faster, ptf))
    assert set(frame["kind"]) <= {"real"}


@given(inv=inventories(), ptf=portfolios(unknown=False))
@settings(max_examples=3, deadline=None)
def test_units_under_other_names_are_scope_alone(inv: Inventory, ptf: Portfolio) -> None:
    others = portfolio_from_frame("others", ptf.units.assign(unit_id="x" + ptf.units["unit_id"]))
    frame = change.between((inv, ptf), (inv, others))
    assert frame["amount"].sum() == pytest.approx(0.0, abs=1e-9)
    assert set(frame["kind"]) <= {"scope"}


def test_every_month_instead_of_every_year_is_eleven_real_hours_each(yearly: Inventory, two_homes: Portfolio) -> None:
    monthly = with_tables(yearly, {"obligations": yearly.obligations.assign(period=["P1M", "P1Y"])})
    frame = change.between((yearly, two_homes), (monthly, two_homes))
    assert moved(frame) == {("A", "real"): 22.0}
    assert frame["reasons"].tolist() == ["period"]


def test_twelve_times_an_hour_is_once_twelve_hours(yearly: Inventory, two_homes: Portfolio) -> None:
    # The total does not move, and both movements are said.
    monthly = with_tables(yearly, {"obligations": yearly.obligations.assign(period=["P1M", "P1Y"])})
    longer = with_tables(yearly, {"requests": yearly.requests.assign(minutes=[720.0, 60.0])})
    frame = change.between((monthly, two_homes), (longer, two_homes))
    assert moved(frame) == {("A", "real"): -22.0, ("A", "re-estimate"): 22.0}


def test_twice_as_often_and_twice_as_long_is_real_at_the_old_minutes(yearly: Inventory, two_homes: Portfolio) -> None:
    # Two homes: 2 h before; twice as often at 1 h is 4 h, then 8 h at 2 h each.
    after = with_tables(yearly, {
        "obligations": yearly.obligations.assign(period=["P6M", "P1Y"]),
        "requests": yearly.requests.assign(minutes=[120.0, 60.0]),
    })  # fmt: skip
    assert moved(change.between((yearly, two_homes), (after, two_homes))) == {
        ("A", "real"): 2.0, ("A", "re-estimate"): 4.0,
    }  # fmt: skip


def test_a_unit_that_comes_is_scope(yearly: Inventory, two_homes: Portfolio) -> None:
    three = portfolio({"unit_id": "u"}, {"unit_id": "v"}, {"unit_id": "w"})
    frame = change.between((yearly, two_homes), (yearly, three))
    assert moved(frame) == {("A", "scope"): 1.0, ("B", "scope"): 1.0}
    assert set(frame["reasons"]) == {"units"}


def test_a_tool_that_goes_is_scope(yearly: Inventory, two_homes: Portfolio) -> None:
    without = inventory([obligation("A")], [asks("A", "days")])
    frame = change.between((yearly, two_homes), (without, two_homes))
    assert moved(frame) == {("B", "scope"): -2.0}
    assert frame["reasons"].tolist() == ["tool_removed"]


def test_a_tool_that_ceases_to_fall_on_a_unit_has_changed(yearly: Inventory, two_homes: Portfolio) -> None:
    elsewhere = with_tables(yearly, {"duties": yearly.duties.assign(actor_id=["essms", "ehpad"])})
    frame = change.between((yearly, two_homes), (elsewhere, two_homes))
    assert moved(frame) == {("B", "real"): -2.0}
    assert frame["reasons"].tolist() == ["duties"]


def test_an_item_added_is_real_at_its_own_minutes(yearly: Inventory, two_homes: Portfolio) -> None:
    more = inventory(
        [obligation("A"), obligation("B")],
        [asks("A", "days"), asks("A", "project", 30.0), asks("B", "ftes")],
    )
    frame = change.between((yearly, two_homes), (more, two_homes))
    assert moved(frame) == {("A", "real"): 1.0}
    assert frame["reasons"].tolist() == ["items"]


def test_more_persons_are_a_real_change() -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days", grain="person")])
    frame = change.between((inv, portfolio({"person": 3})), (inv, portfolio({"person": 5})))
    assert moved(frame) == {("A", "real"): 2.0}
    assert frame["reasons"].tolist() == ["quantities"]


def test_a_number_that_becomes_known_is_a_re_estimate() -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days", grain="person")])
    frame = change.between((inv, portfolio({"person": None})), (inv, portfolio({"person": 5})))
    assert moved(frame) == {("A", "re-estimate"): 5.0}
    assert frame[["rows_unmeasured_before", "rows_unmeasured_after"]].to_numpy().tolist() == [[1, 0]]


def test_minutes_that_become_known_are_a_re_estimate_and_counted(two_homes: Portfolio) -> None:
    before = inventory([obligation("A")], [asks("A", "days", None)])
    after = inventory([obligation("A")], [asks("A", "days")])
    frame = change.between((before, two_homes), (after, two_homes))
    assert moved(frame) == {("A", "re-estimate"): 2.0}
    assert frame["rows_unmeasured_before"].tolist() == [1]


def test_standard_times_of_another_version_are_a_re_estimate(two_homes: Portfolio) -> None:
    def at(minutes: float) -> Inventory:
        standard = {"activity": "obtaining_data", "side": "respondent", "complexity": "simple", "minutes": minutes}
        return inventory([obligation("A")], [asks("A", "days", None, complexity="simple")], standard_times=[standard])

    frame = change.between((at(30.0), two_homes), (at(90.0), two_homes))
    assert moved(frame) == {("A", "re-estimate"): 2.0}
    assert frame["reasons"].tolist() == ["standard_times"]


def test_another_legal_base_has_a_reason_and_a_date_without_hours(two_homes: Portfolio) -> None:
    bases = [
        {"legal_base_id": "old", "citation": "a", "level": "decree"},
        {"legal_base_id": "new", "citation": "b", "level": "law", "valid_from": "2025-07-01"},
    ]
    old, new = (
        inventory([obligation("A", legal_base_ids=b)], [asks("A", "days")], legal_bases=bases) for b in ("old", "new")
    )
    frame = change.between((old, two_homes), (new, two_homes))
    assert frame[["kind", "amount", "reasons"]].to_numpy().tolist() == [["real", 0.0, "legal_bases"]]
    assert frame["since"].tolist() == [pd.Timestamp("2025-07-01")]


def test_surer_minutes_have_a_reason_without_hours(yearly: Inventory, two_homes: Portfolio) -> None:
    surer = with_tables(yearly, {"requests": yearly.requests.assign(minutes_evidence="measured")})
    frame = change.between((yearly, two_homes), (surer, two_homes))
    assert set(frame["reasons"]) == {"evidence"}
    assert moved(frame) == {}


def test_another_hourly_cost_is_a_re_estimate_in_euros(two_homes: Portfolio) -> None:
    def at(cost: float, year: int) -> Inventory:
        tariff = {"staff_grade": "manager", "year": year, "eur_per_h": cost}
        return inventory([obligation("A")], [asks("A", "days", staff_grade="manager")], tariffs=[tariff])

    frame = change.between((at(30.0, 2024), two_homes), (at(40.0, 2025), two_homes), measure="cost_eur_per_year")
    assert moved(frame) == {("A", "re-estimate"): 20.0}


def test_the_authority_s_side_is_apart(two_homes: Portfolio) -> None:
    def checking(minutes: float) -> Inventory:
        work = {"obligation_id": "A", "activity": "formal_check", "side": "authority", "minutes": minutes}
        return inventory([obligation("A")], [asks("A", "days")], activities=[work])

    before, after = (checking(30.0), two_homes), (checking(60.0), two_homes)
    assert change.between(before, after)["amount"].sum() == 0
    assert moved(change.between(before, after, side="authority")) == {("A", "re-estimate"): 1.0}


def test_nobody_in_common_is_all_scope(yearly: Inventory) -> None:
    one = portfolio({"unit_id": "u"})
    none = portfolio_from_frame("none", portfolio({"unit_id": "x"}).units.iloc[:0])
    assert moved(change.between((yearly, one), (yearly, none))) == {("A", "scope"): -1.0, ("B", "scope"): -1.0}


def test_another_measure_is_refused(yearly: Inventory, two_homes: Portfolio) -> None:
    with pytest.raises(KeyError, match="no measure 'hours'"):
        change.between((yearly, two_homes), (yearly, two_homes), measure="hours")


def test_its_rows_are_the_steps_of_a_bridge(yearly: Inventory, two_homes: Portfolio) -> None:
    monthly = with_tables(yearly, {"obligations": yearly.obligations.assign(period=["P1M", "P1Y"])})
    frame = change.between((yearly, two_homes), (monthly, two_homes))
    steps = list(frame[["obligation_id", "kind", "amount"]].itertuples(index=False, name=None))
    assert change.bridge(hours(yearly, two_homes), steps)["level"].iloc[-1] == hours(monthly, two_homes)


def test_one_more_duty_on_the_same_units_is_no_change(two_homes: Portfolio) -> None:
    # Two duties that both concern a unit make one obligation.
    once = inventory([obligation("A")], [asks("A", "days")])
    twice = inventory([obligation("A")], [asks("A", "days")], [duty("A"), duty("A", "mecs")])
    assert change.between((once, two_homes), (twice, two_homes))["amount"].tolist() == [0.0]


def test_each_measure_and_side_alone_is_as_with_the_others(yearly: Inventory, two_homes: Portfolio) -> None:
    monthly = with_tables(yearly, {"obligations": yearly.obligations.assign(period=["P1M", "P1Y"])})
    before, after = (yearly, two_homes), (monthly, two_homes)
    every = change.every_between(before, after)
    for (measure, side), rows in every.groupby(["measure", "side"]):
        own = change.between(before, after, measure=str(measure), side=str(side))
        pd.testing.assert_frame_equal(rows.drop(columns=["measure", "side"]).reset_index(drop=True), own)


def test_less_of_one_tool_and_more_of_another_stay_apart(yearly: Inventory, two_homes: Portfolio) -> None:
    # A twice a year instead of once, B every two years: 2 h more, 1 h less, for two homes.
    other = with_tables(yearly, {"obligations": yearly.obligations.assign(period=["P6M", "P2Y"])})
    kinds = change.by_kind(change.between((yearly, two_homes), (other, two_homes))).set_index("kind")
    assert kinds.loc["real", ["less", "more", "amount", "tools"]].tolist() == [1.0, 2.0, 1.0, 2]
    assert kinds.loc[["scope", "re-estimate"], ["less", "more"]].to_numpy().sum() == 0


def test_a_line_that_becomes_known_is_listed_with_its_hours(two_homes: Portfolio) -> None:
    before = inventory([obligation("A")], [asks("A", "days", None), asks("A", "ftes")])
    after = inventory([obligation("A")], [asks("A", "days"), asks("A", "ftes")])
    known = change.unknowns((before, two_homes), (after, two_homes))
    assert known[["what", "became", "after"]].to_numpy().tolist() == [["days", "known", 2.0]]
    assert known["before"].isna().all()
    lost = change.unknowns((after, two_homes), (before, two_homes))
    assert lost[["what", "became", "before"]].to_numpy().tolist() == [["days", "unknown", 2.0]]


def test_an_unknown_that_goes_with_its_line_or_unit_did_not_become_known(two_homes: Portfolio) -> None:
    before = inventory([obligation("A")], [asks("A", "days", None), asks("A", "ftes")])
    after = inventory([obligation("A")], [asks("A", "ftes")])
    assert change.unknowns((before, two_homes), (after, two_homes)).empty
    per_person = inventory([obligation("A", per="person")], [asks("A", "days", grain="person")])
    both = portfolio({"unit_id": "u", "person": 3}, {"unit_id": "v", "person": None})
    assert change.unknowns((per_person, both), (per_person, portfolio({"unit_id": "u", "person": 3}))).empty
