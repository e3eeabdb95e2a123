"""Repeats on groups of units equal repeats worked out one unit, one duty, one member at a time."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import ledger
from burden.analysis.once import Tally, once
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis import exploded
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios
from tests.benchmarks import data

MEASURES = [f.name for f in fields(Tally)]


@pytest.mark.parametrize("identifiers", [False, True])
@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_tallies_equal_the_exploded_ones(inv: Inventory, ptf: Portfolio, identifiers: bool) -> None:
    grouped = once(inv, ptf, identifiers=identifiers)
    world = exploded.world(inv, ptf)
    for reuse, tally in grouped.tallies.items():
        one_by_one = exploded.once(world, reuse, identifiers=identifiers)
        for i, actor in enumerate(grouped.actors):
            for j, concept in enumerate(grouped.concepts):
                expected = one_by_one.get((actor, concept), exploded.Tally())
                for measure in MEASURES:
                    assert getattr(tally, measure)[i, j] == pytest.approx(
                        getattr(expected, measure), rel=1e-9, abs=1e-12
                    ), (reuse, actor, concept, measure)


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_unmeasured_askings_are_those_with_an_unknown_number_or_time(inv: Inventory, ptf: Portfolio) -> None:
    assert once(inv, ptf).unmeasured == exploded.unmeasured(exploded.world(inv, ptf))


@given(inv=inventories(), ptf=portfolios(unknown=False))
@settings(max_examples=5, deadline=None)
def test_hours_today_are_those_of_the_ledgers_items(inv: Inventory, ptf: Portfolio) -> None:
    hours = once(inv, ptf, identifiers=True, reuses=("same",)).tallies["same"].hours.sum()
    of_items = ledger.totals(inv, ptf, by=["line"]).set_index("line")["hours_per_year"].get("item", 0.0)
    assert hours == pytest.approx(0.0 if pd.isna(of_items) else of_items, rel=1e-9, abs=1e-12)


def test_a_dense_register_tallies_as_exploded() -> None:
    # Items that twenty tools ask, exceptions, events that some units have none of.
    inv = data.inventory(3, obligations=40, items=10, concepts=20)
    units = data.portfolio(4, units=30, exceptions=0.3, obligations=40).units
    sizes = [c for c in units if units[c].dtype == float]
    ptf = portfolio_from_frame("small", units.assign(**{c: units[c] // 12 for c in sizes}))
    grouped, world = once(inv, ptf), exploded.world(inv, ptf)
    for reuse, tally in grouped.tallies.items():
        one_by_one = exploded.once(world, reuse)
        for measure in MEASURES:
            expected = np.array(
                [[getattr(one_by_one.get((a, c), exploded.Tally()), measure) for c in grouped.concepts]
                 for a in grouped.actors]
            )  # fmt: skip
            np.testing.assert_allclose(getattr(tally, measure), expected, rtol=1e-9, atol=1e-12)


def test_what_a_tool_asks_twice_of_one_concept_is_listed_once() -> None:
    inv = inventory([obligation("A")], [asks("A", "days"), asks("A", "days", unit="hours", label_fr="in hours")])
    asked = once(inv, portfolio({})).askings[["actor_id", "concept_id", "obligation_id"]]
    assert asked.to_numpy().tolist() == [["mecs", "days", "A"]]
