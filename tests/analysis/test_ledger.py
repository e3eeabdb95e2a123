"""The ledger on profiles equals the ledger worked out unit by unit; its formula by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import cost, ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis import exploded
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

MEASURES = ["hours_per_year", "cost_eur_per_year", "burden_eur_per_year", "once_h", "once_eur"]


def known_sum(rows: list[exploded.Row], measure: str) -> float:
    """Sum of what is known; NaN when nothing is."""
    known = [r[measure] for r in rows if r[measure] is not None]
    return sum(known) if known else float("nan")


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_totals_equal_the_exploded_ones(inv: Inventory, ptf: Portfolio) -> None:
    rows = exploded.ledger(exploded.world(inv, ptf))
    totals = ledger.totals(inv, ptf).iloc[0]
    for measure in MEASURES:
        known = known_sum(rows, measure)
        # Nothing at an unknown price is a known zero for one unit; with units that owe something, it is unknown.
        if not (known == 0 and np.isnan(totals[measure])):
            assert totals[measure] == pytest.approx(known, rel=1e-9, nan_ok=True), measure


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_totals_by_unit_line_and_side_equal_the_exploded_ones(inv: Inventory, ptf: Portfolio) -> None:
    rows = exploded.ledger(exploded.world(inv, ptf))
    by = ["unit_id", "obligation_id", "line", "side"]
    totals = ledger.totals(inv, ptf, by=by)
    grouped: dict[tuple[str, ...], list[exploded.Row]] = {}
    for r in rows:
        grouped.setdefault((r["unit"]["unit_id"], r["obligation"], r["line"], r["side"]), []).append(r)
    assert set(totals[by].itertuples(index=False, name=None)) == set(grouped)
    columns = [*by, "hours_per_year", "rows_unmeasured"]
    for *key, hours, unmeasured in totals[columns].itertuples(index=False, name=None):
        mine = grouped[tuple(key)]
        assert hours == pytest.approx(known_sum(mine, "hours_per_year"), rel=1e-9, nan_ok=True)
        assert unmeasured == sum(r["hours_per_year"] is None or r["once_h"] is None for r in mine)


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_rows_without_a_cost_are_those_whose_hours_are_known(inv: Inventory, ptf: Portfolio) -> None:
    rows = exploded.ledger(exploded.world(inv, ptf))
    expected = sum(
        None not in (r["hours_per_year"], r["once_h"]) and None in (r["cost_eur_per_year"], r["once_eur"]) for r in rows
    )
    by_unit = ledger.totals(inv, ptf, by=["unit_id"])
    assert by_unit["rows_without_eur"].sum() == expected


@given(inv=inventories(), ptf=portfolios(unknown=False))
@settings(max_examples=5, deadline=None)
def test_deliveries_are_equal_to_the_integer(inv: Inventory, ptf: Portfolio) -> None:
    # Whole shares and whole periods, so that each delivery is a whole one.
    whole = with_tables(inv, {
        "duties": inv.duties.assign(share=1.0),
        "obligations": inv.obligations.assign(period=inv.obligations["period"].replace("P2Y", "P1Y")),
    })  # fmt: skip
    rows = exploded.ledger(exploded.world(whole, ptf))
    frame = ledger.build(whole, ptf)
    recurring = frame.loc[~frame["one_off"], "occurrences_per_year"].sum()
    assert recurring == sum(r["deliveries"] or 0 for r in rows)


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_totals_do_not_depend_on_the_grouping(inv: Inventory, ptf: Portfolio) -> None:
    at_once = ledger.totals(inv, ptf)[MEASURES].iloc[0].fillna(0.0)
    in_parts = ledger.totals(inv, ptf, by=["actor_id", "territory", "instrument", "what"])[MEASURES].sum()
    assert in_parts.tolist() == pytest.approx(at_once.tolist(), rel=1e-9)


def hours(inv: Inventory, ptf: Portfolio) -> float:
    return float(cost.standard_cost(inv, ptf)["hours_per_year"].item())


def test_twelve_times_an_hour_is_once_twelve_hours() -> None:
    often = inventory([obligation("A", period="P1M")], [asks("A", "days", 60)])
    long = inventory([obligation("A", period="P1Y")], [asks("A", "days", 720)])
    assert hours(often, portfolio({})) == hours(long, portfolio({})) == 12


def test_twice_the_persons_take_twice_the_hours() -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days", 30)])
    assert (hours(inv, portfolio({"person": 7})), hours(inv, portfolio({"person": 14}))) == (3.5, 7)


def test_a_share_counts_for_that_share() -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days")], [duty("A", share=0.25)])
    assert hours(inv, portfolio({"person": 8})) == 2


def priced() -> Inventory:
    """Two hours at 40 € plus a quarter, 100 € paid to others, a fifth of it done anyway."""
    return inventory(
        [obligation("A", external_eur=100.0, usual_share=0.2)],
        [asks("A", "days", 120, staff_grade="director")],
        tariffs=[{"staff_grade": "director", "year": 2025, "eur_per_h": 40.0, "overhead_share": 0.25}],
    )


def test_cost_is_hours_at_the_tariff_with_overhead_and_what_is_paid_to_others() -> None:
    row = ledger.totals(priced(), portfolio({})).iloc[0]
    assert row["cost_eur_per_year"] == 2 * 40 * 1.25 + 100


def test_burden_is_the_part_beyond_business_as_usual() -> None:
    assert ledger.totals(priced(), portfolio({}))["burden_eur_per_year"].item() == pytest.approx(200 * 0.8)


def test_burden_is_unknown_where_business_as_usual_is() -> None:
    inv = inventory([obligation("A")], [asks("A", "days", 0)])
    row = ledger.totals(inv, portfolio({})).iloc[0]
    assert row["cost_eur_per_year"] == 0
    assert np.isnan(row["burden_eur_per_year"])


def test_a_payment_without_bounds_bounds_itself() -> None:
    row = ledger.totals(priced(), portfolio({})).iloc[0]
    assert (row["cost_eur_per_year_low"], row["cost_eur_per_year_high"]) == (200, 200)


def test_hours_without_a_tariff_are_counted_not_priced_at_zero() -> None:
    inv = inventory([obligation("A")], [asks("A", "days"), asks("A", "ftes", 0)])
    row = ledger.totals(inv, portfolio({})).iloc[0]
    assert (row["hours_per_year"], row["rows_without_eur"], row["rows_unmeasured"]) == (1, 1, 0)


def test_hours_of_no_grade_stand_on_a_row_of_their_own() -> None:
    inv = inventory([obligation("A")], [asks("A", "days", staff_grade="director"), asks("A", "ftes", 30)])
    rows = ledger.totals(inv, portfolio({}), by=["staff_grade"])[["staff_grade", "hours_per_year"]]
    assert rows.fillna("none").to_numpy().tolist() == [["director", 1], ["none", 0.5]]


def test_units_of_no_known_territory_stand_on_a_row_of_their_own() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    rows = ledger.totals(inv, portfolio({"territory": "33"}, {}, {}), by=["territory"])
    assert rows["hours_per_year"].tolist() == [1, 2]


def test_the_tariff_of_the_year_asked() -> None:
    tariffs = [{"staff_grade": "director", "year": y, "eur_per_h": e} for y, e in ((2024, 30.0), (2025, 40.0))]
    inv = inventory([obligation("A")], [asks("A", "days", staff_grade="director")], tariffs=tariffs)
    spent = [cost.standard_cost(inv, portfolio({}), year=y)["cost_eur_per_year"].item() for y in (2024, None)]
    assert spent == [30, 40]


def test_an_unknown_number_raises_the_unmeasured_and_changes_no_other_row() -> None:
    inv = inventory([obligation("A", per="person"), obligation("B")], [asks("A", "days"), asks("B", "ftes")])
    known, unknown = (
        ledger.totals(inv, portfolio({"person": 4}, {"person": n}), by=["unit_id", "obligation_id"])
        for n in (2, np.nan)
    )
    changed = (known["unit_id"] == "u1") & (known["obligation_id"] == "A")
    pd.testing.assert_frame_equal(known[~changed], unknown[~changed])
    assert unknown.loc[changed, ["rows", "rows_unmeasured"]].to_numpy().tolist() == [[1, 1]]
    assert unknown.loc[changed, "hours_per_year"].isna().all()


def test_an_unknown_time_raises_the_unmeasured_and_changes_no_other_row() -> None:
    requests = [asks("A", "days", None), asks("A", "ftes", 30), asks("A", "project", 60)]
    inv, told = inventory([obligation("A")], requests), ["hours_per_year", "rows", "rows_unmeasured"]
    assert ledger.totals(inv, portfolio({}))[told].to_numpy().tolist() == [[1.5, 3, 1]]
    assert ledger.totals(inv, portfolio({}), by=["obligation_id"])[told].to_numpy().tolist() == [[1.5, 3, 1]]


def test_a_one_off_whose_number_is_unknown_is_unmeasured() -> None:
    start = {"obligation_id": "A", "activity": "familiarisation", "side": "respondent", "minutes": 60.0,
             "one_off": True}  # fmt: skip
    inv = inventory([obligation("A", per="person")], [asks("A", "days", 0)], activities=[start])
    row = ledger.totals(inv, portfolio({}), by=["line"]).set_index("line").loc["activity"]
    assert (row["rows_unmeasured"], row["hours_per_year"]) == (1, 0)
    assert np.isnan(row["once_h"])


def test_no_event_takes_no_time_even_where_its_time_is_unknown() -> None:
    inv = inventory([obligation("A", per="incident", period="event")], [asks("A", "days", None)])
    row = ledger.totals(inv, portfolio({"incident": 0})).iloc[0]
    assert (row["hours_per_year"], row["rows_unmeasured"]) == (0, 0)


def test_a_threshold_with_an_unknown_size_is_unmeasured() -> None:
    sized = duty("A", threshold_population_id="person", threshold_minimum=50)
    inv = inventory([obligation("A")], [asks("A", "days")], [sized])
    row = ledger.totals(inv, portfolio({}, {"person": 49}, {"person": 50})).iloc[0]
    assert (row["hours_per_year"], row["rows_unmeasured"]) == (1, 1)


def test_one_off_effort_is_apart() -> None:
    start = {"obligation_id": "A", "activity": "familiarisation", "side": "respondent", "minutes": 90.0,
             "one_off": True}  # fmt: skip
    inv = inventory([obligation("A", period="P1M")], [asks("A", "days")], activities=[start])
    row = ledger.totals(inv, portfolio({})).iloc[0]
    assert (row["hours_per_year"], row["once_h"]) == (12, 1.5)


def test_what_is_owed_once_is_one_off() -> None:
    inv = inventory([obligation("A", period="once")], [asks("A", "days")])
    row = ledger.totals(inv, portfolio({})).iloc[0]
    assert (row["hours_per_year"], row["once_h"]) == (0, 1)


def test_a_column_that_exists_nowhere_is_named() -> None:
    with pytest.raises(KeyError, match=r"no column 'sillo' to group by; there are actor_id, channel, complexity, "):
        ledger.totals(priced(), portfolio({}), by=["sillo"])


def test_an_inventory_without_duties_owes_nothing() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")], [])
    row = ledger.totals(inv, portfolio({})).iloc[0]
    assert (row["rows"], row["rows_unmeasured"]) == (0, 0)


def test_an_inventory_without_obligations_owes_nothing() -> None:
    row = ledger.totals(inventory([], []), portfolio({})).iloc[0]
    assert (row["rows"], row["rows_unmeasured"]) == (0, 0)


def test_a_portfolio_without_units_owes_nothing() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    row = ledger.totals(inv, portfolio_from_frame("none", portfolio({}).units.iloc[:0])).iloc[0]
    assert (row["rows"], row["rows_unmeasured"]) == (0, 0)


def test_what_does_not_fit_in_memory_at_once_is_counted_once_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    # Half an hour for each of 4 and 6 persons, an hour for each home twice a year.
    inv = inventory(
        [obligation("A", per="person"), obligation("B", period="P6M")], [asks("A", "days", 30), asks("B", "ftes")]
    )
    monkeypatch.setattr(ledger, "_HELD", 1)
    by = ["unit_id", "obligation_id"]
    rows = ledger.totals(inv, portfolio({"person": 4}, {"person": 6}), by=by)[[*by, "hours_per_year"]]
    assert rows.to_numpy().tolist() == [["u0", "A", 2], ["u0", "B", 2], ["u1", "A", 3], ["u1", "B", 2]]


def test_occurrences_are_members_times_a_year_unit_by_unit() -> None:
    inv = inventory(
        [obligation("A", per="person"), obligation("B", period="once")], [asks("A", "days"), asks("B", "days")]
    )
    rows = ledger.occurrences(inv, portfolio({"person": 4}, {"person": 6}), by=["unit_id"])
    assert list(rows) == [
        "unit_id", "obligation_id", "population_id", "units", "quantity", "per_year", "occurrences_per_year",
        "occurrences_once",
    ]  # fmt: skip
    assert rows.to_numpy().tolist() == [
        ["u0", "A", "person", 1, 4, 1, 4, 0], ["u1", "A", "person", 1, 6, 1, 6, 0],
        ["u0", "B", "establishment", 1, 1, 0, 0, 1], ["u1", "B", "establishment", 1, 1, 0, 0, 1],
    ]  # fmt: skip


def test_a_unit_of_which_neither_duty_nor_number_is_known_is_one_unit() -> None:
    sized = duty("A", threshold_population_id="person", threshold_minimum=50)
    inv = inventory([obligation("A", per="person")], [asks("A", "days")], [sized])
    rows = ledger.occurrences(inv, portfolio({}, {"person": 60}, {}), by=[])
    assert rows[["units", "quantity"]].fillna(-1).to_numpy().tolist() == [[1, 60], [2, -1]]


def test_occurrences_keep_unknown_members_on_a_row_of_their_own() -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days")])
    rows = ledger.occurrences(inv, portfolio({"person": 3}, {"person": 5}, {}), by=[])
    assert rows[["units", "quantity"]].fillna(-1).to_numpy().tolist() == [[2, 8], [1, -1]]


def test_full_time_posts_are_hours_over_1607() -> None:
    inv = inventory([obligation("A")], [asks("A", "days", 1607 * 60)])
    assert cost.standard_cost(inv, portfolio({}))["etpt"].item() == 1


def test_units_of_one_type_in_two_operators_stay_apart_by_operator_in_order() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    units = pd.DataFrame({"unit_id": ["a", "b", "c"], "operator_id": ["y", "y", "x"], "actor_id": "mecs"})
    rows = ledger.totals(inv, portfolio_from_frame("three", units), by=["operator_id"])
    assert rows[["operator_id", "hours_per_year"]].to_numpy().tolist() == [["x", 1], ["y", 2]]
