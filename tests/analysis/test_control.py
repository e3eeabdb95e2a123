"""Hours by timing and proof, and the three descriptors, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import control, ledger
from burden.analysis.explain import traced_ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import Row, asks, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

STANCES = {
    "DOCUMENT": {"timing": "ex_ante", "proof": "document"},
    "DECLARED": {"timing": "ex_post", "proof": "declaration", "required_by_id": "departement"},
    "AUTHORISED": {"timing": "ex_ante", "proof": "declaration", "instrument": "authorisation"},
    "ADVANCE": {"timing": "ex_ante", "proof": "declaration"},
    "UNTIMED": {"timing": None, "proof": "declaration"},
    "VISITED": {"timing": "continuous", "proof": "inspection"},
}
HOURS = dict(zip(STANCES, (1, 2, 3, 4, 5, 5), strict=True))
"""Twenty hours a year: 2 like trust, 9 like control, 4 in advance, 5 that cannot be told."""


def told(uses: list[Row] | None = None, **more: Any) -> Inventory:
    check = {"obligation_id": "DOCUMENT", "activity": "checking", "side": "authority", "minutes": 30.0}
    return inventory(
        [obligation(name, **facets) for name, facets in STANCES.items()],
        [asks(name, "days", 60.0 * hours) for name, hours in HOURS.items()],
        activities=[check], **({"uses": uses} if uses else {}), **more,
    )  # fmt: skip


def use(tool: str, *, known_by: str = "stated", what: str = "decision", item: str | None = None) -> Row:
    return {"obligation_id": tool, "concept_id": item, "use": what, "known_by": known_by}


def shares(inv: Inventory, *names: str) -> list[float]:
    row = control.triptych(inv, portfolio({}), by=[]).iloc[0]
    return [float(row[f"{n}_share"]) for n in names]


def test_each_tool_has_one_stance() -> None:
    found = control.stances(told()).set_index("obligation_id")["stance"].to_dict()
    assert found == {
        "DOCUMENT": "control", "DECLARED": "trust", "AUTHORISED": "control", "ADVANCE": "advance",
        "UNTIMED": "unknown", "VISITED": "control",
    }  # fmt: skip


def test_a_document_without_a_timing_is_like_control() -> None:
    inv = inventory([obligation("A", proof="document")], [asks("A", "days")])
    assert control.stances(inv)["stance"].tolist() == ["control"]


def test_shares_are_those_of_the_hours() -> None:
    assert shares(told(), "trust", "control", "advance", "unknown_stance") == [0.1, 0.45, 0.2, 0.25]


def test_a_document_alone_is_counted_apart_in_control() -> None:
    assert shares(told(), "document") == [0.05]


def test_an_authorisation_is_more_than_a_document() -> None:
    facets = {"timing": "ex_ante", "proof": "document", "instrument": "authorisation"}
    assert shares(inventory([obligation("A", **facets)], [asks("A", "days")]), "control", "document") == [1, 0]


def test_what_is_not_classed_may_be_either() -> None:
    row = control.triptych(told(), portfolio({}), by=[]).iloc[0]
    bounds = row[["trust_share_low", "trust_share_high", "control_share_low", "control_share_high"]]
    assert bounds.tolist() == pytest.approx([2 / 20, 7 / 20, 9 / 20, 14 / 20])


def test_a_low_share_sets_low_hours_against_the_high_hours_of_the_rest() -> None:
    tools = [obligation("A", timing="ex_post", proof="declaration"), obligation("B", proof="document")]
    asked = [asks("A", "days", 60, minutes_low=30, minutes_high=90),
             asks("B", "days", 60, minutes_low=30, minutes_high=270)]  # fmt: skip
    row = control.triptych(inventory(tools, asked), portfolio({}), by=[]).iloc[0]
    # Half an hour of five, one hour of two, an hour and a half of two.
    assert row[["trust_share_low", "trust_share", "trust_share_high"]].tolist() == [0.1, 0.5, 0.75]


def test_a_share_of_nothing_classed_is_unknown_between_nothing_and_all() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    row = control.triptych(inv, portfolio({}), by=[]).iloc[0]
    assert np.isnan(row["trust_share"])
    assert row[["trust_share_low", "trust_share_high"]].tolist() == [0, 1]


def test_a_share_of_unmeasured_hours_is_unknown() -> None:
    inv = inventory([obligation("A", timing="ex_post", proof="document")], [asks("A", "days", None)])
    row = control.triptych(inv, portfolio({}), by=[]).iloc[0]
    assert row[["control_share_low", "control_share", "control_share_high"]].isna().all()
    assert row["rows_unmeasured"] == 1


def test_hours_of_the_authority_are_set_against_those_asked() -> None:
    row = control.triptych(told(), portfolio({}), by=[]).iloc[0]
    assert (row["authority_h_per_year"], row["authority_h_per_hour"]) == (0.5, 0.5 / 20)


def test_a_use_seen_by_somebody_is_not_one_stated_by_a_text() -> None:
    inv = told([use("DOCUMENT", known_by="observed"), use("DECLARED")])
    assert shares(inv, "observed_use", "known_use", "unknown_use") == [0.05, 0.15, 0.85]


def test_a_use_looked_for_and_not_found_is_neither_known_nor_unknown() -> None:
    inv = told([use("VISITED", what="none_found", known_by="observed")])
    assert shares(inv, "known_use", "none_found", "unknown_use") == [0, 0.25, 0.75]


def test_without_any_row_on_use_its_share_is_unknown_not_zero() -> None:
    row = control.triptych(told(), portfolio({}), by=[]).iloc[0]
    assert np.isnan(row["known_use_share"])
    assert row[["known_use_share_low", "known_use_share_high"]].tolist() == [0, 1]


def test_a_profile_crosses_timing_and_proof_within_each_group() -> None:
    rows = control.profile(told(), portfolio({}), by="required_by_id")
    ars = rows[rows["required_by_id"] == "ars"]
    assert ars[["timing", "proof", "hours_per_year", "group_h_per_year"]].to_numpy().tolist() == [
        ["ex_ante", "declaration", 7, 18], ["ex_ante", "document", 1, 18],
        ["continuous", "inspection", 5, 18], ["unknown", "declaration", 5, 18],
    ]  # fmt: skip


def test_shares_of_a_profile_are_of_the_hours_of_the_group() -> None:
    rows = control.profile(told(), portfolio({}), by="required_by_id")
    ars = rows[rows["required_by_id"] == "ars"]
    assert ars["share"].tolist() == pytest.approx([7 / 18, 1 / 18, 5 / 18, 5 / 18])


def test_a_profile_by_operator_keeps_operators_apart() -> None:
    rows = control.profile(told(), portfolio({}, {"operator_id": "other"}), by="operator_id")
    assert rows.groupby("operator_id")["hours_per_year"].sum().to_dict() == {"op": 20, "other": 20}


def test_a_profile_may_be_of_several_columns() -> None:
    rows = control.profile(told(), portfolio({}), by=["silo_id", "instrument"])
    assert rows.loc[rows["instrument"] == "authorisation", "hours_per_year"].tolist() == [3]


def test_one_off_hours_are_in_no_profile() -> None:
    inv = inventory([obligation("A", period="once", timing="ex_ante", proof="document")], [asks("A", "days")])
    assert control.profile(inv, portfolio({}), by="silo_id")["hours_per_year"].tolist() == [0]


def test_a_column_that_exists_nowhere_is_named() -> None:
    with pytest.raises(KeyError, match="no column 'sillo'"):
        control.profile(told(), portfolio({}), by="sillo")


def test_a_ledger_that_lacks_the_units_column_is_refused() -> None:
    built = ledger.build(told(), portfolio({}), by=["actor_id"])
    with pytest.raises(KeyError, match="no column 'operator_id'"):
        control.profile(told(), portfolio({}), by="operator_id", built=built)


def test_a_ledger_built_before_gives_the_same_shares() -> None:
    built = traced_ledger(told(), portfolio({}))
    again = control.triptych(told(), portfolio({}), by="required_by_id", built=built)
    pd.testing.assert_frame_equal(again, control.triptych(told(), portfolio({}), by="required_by_id"))


def test_twelve_times_an_hour_is_once_twelve_hours() -> None:
    facets = {"timing": "ex_post", "proof": "declaration"}
    often = inventory([obligation("A", period="P1M", **facets)], [asks("A", "days", 60)])
    long = inventory([obligation("A", period="P1Y", **facets)], [asks("A", "days", 720)])
    one, other = (control.profile(i, portfolio({}), by="silo_id") for i in (often, long))
    pd.testing.assert_frame_equal(one, other)


def test_twice_the_persons_take_twice_the_hours_and_the_same_share() -> None:
    facets = {"per": "person", "timing": "ex_post", "proof": "declaration"}
    inv = inventory([obligation("A", **facets)], [asks("A", "days", 30)])
    one, two = (control.profile(inv, portfolio({"person": n}), by="silo_id").iloc[0] for n in (7, 14))
    assert (two["hours_per_year"], two["share"]) == (2 * one["hours_per_year"], one["share"])


@st.composite
def classed(draw: st.DrawFn) -> Inventory:
    """A random inventory whose tools have a timing and a proof, or not."""
    inv = draw(inventories())
    tools = inv.obligations
    drawn = st.lists(
        st.tuples(st.sampled_from([*control.TIMINGS[:3], None]), st.sampled_from([*control.PROOFS[:4], None])),
        min_size=len(tools), max_size=len(tools),
    )  # fmt: skip
    facets = draw(drawn)
    timing, proof = ([f[i] for f in facets] for i in (0, 1))
    return with_tables(inv, {"obligations": tools.assign(timing=timing, proof=proof)})


@given(inv=classed(), ptf=portfolios())
@settings(max_examples=4, deadline=None)
def test_a_profile_keeps_every_hour(inv: Inventory, ptf: Portfolio) -> None:
    sides = ledger.totals(inv, ptf, by=["side"]).set_index("side")["hours_per_year"]
    rows = control.profile(inv, ptf, by=["required_by_id", "actor_id"])
    assert rows["hours_per_year"].sum() == pytest.approx(np.nan_to_num(sides.get("respondent", 0.0)), rel=1e-9)
    assert rows["authority_h_per_year"].sum() == pytest.approx(np.nan_to_num(sides.get("authority", 0.0)), rel=1e-9)


@given(inv=classed(), ptf=portfolios())
@settings(max_examples=4, deadline=None)
def test_stances_part_all_hours(inv: Inventory, ptf: Portfolio) -> None:
    rows = control.triptych(inv, ptf, by="required_by_id")
    parts = rows[["trust_share", "control_share", "advance_share", "unknown_stance_share"]].sum(axis=1)
    told = rows["trust_share"].notna()
    assert parts[told].tolist() == pytest.approx([1.0] * int(told.sum()))


@given(inv=classed(), ptf=portfolios())
@settings(max_examples=4, deadline=None)
def test_renaming_tools_changes_no_share(inv: Inventory, ptf: Portfolio) -> None:
    tables = {t: inv[t] for t in ("obligations", "duties", "requests", "recipients", "activities")}
    renamed = with_tables(inv, {t: f.assign(obligation_id="z-" + f["obligation_id"]) for t, f in tables.items()})
    units = ptf.units
    exempt = ["|".join(f"z-{o}" for o in ids.split("|") if o) for ids in units["exempt_obligation_ids"]]
    other = Portfolio(ptf.name, units.assign(exempt_obligation_ids=pd.Series(exempt, dtype="str")))
    pd.testing.assert_frame_equal(
        control.triptych(renamed, other, by="instrument"), control.triptych(inv, ptf, by="instrument")
    )


@given(inv=classed(), ptf=portfolios(), factor=st.floats(1.0, 4.0))
@settings(max_examples=4, deadline=None)
def test_wider_times_never_narrow_a_share(inv: Inventory, ptf: Portfolio, factor: float) -> None:
    minutes = inv.requests["minutes"]
    wider = inv.requests.assign(minutes_low=minutes / factor, minutes_high=minutes * factor)
    narrow, wide = (
        control.triptych(i, ptf, by=[])[["trust_share_low", "trust_share_high"]]
        for i in (inv, with_tables(inv, {"requests": wider}))
    )
    if len(narrow) and narrow.notna().all(axis=None):
        assert wide["trust_share_low"].item() <= narrow["trust_share_low"].item() + 1e-9
        assert wide["trust_share_high"].item() >= narrow["trust_share_high"].item() - 1e-9
