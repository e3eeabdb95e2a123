"""Small inventories written row by row, for numbers that are worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from burden.model.inventory import Inventory, from_frames
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis.strategies import ACTORS, CONCEPTS, POPULATIONS, TAGS, named

Row = dict[str, Any]


def obligation(name: str, *, period: str = "P1Y", per: str = "establishment", **more: Any) -> Row:
    """A tool; counted per establishment and due every year unless said otherwise."""
    return {
        "obligation_id": name, "silo_id": "s", "instrument": "budget", "required_by_id": "ars",
        "period": period, "population_id": per, "item_list": "complete", **more,
    }  # fmt: skip


def duty(obligation: str, actor: str = "essms", **more: Any) -> Row:
    """A tool falls on a type of actor."""
    return {"obligation_id": obligation, "actor_id": actor, "share": 1.0, **more}


def asks(obligation: str, concept: str, minutes: float | None = 60.0, **facets: Any) -> Row:
    """An item with every facet settled: one establishment, one past year, all of its activity."""
    return {
        "obligation_id": obligation, "concept_id": concept, "label_fr": concept, "minutes": minutes,
        "grain": "establishment", "reference_period": "realised_year", "perimeter": "whole",
        "unit": "count", **facets,
    }  # fmt: skip


def inventory(
    obligations: Sequence[Row], requests: Sequence[Row], duties: Sequence[Row] | None = None, **tables: Any
) -> Inventory:
    """These tools, on every establishment unless duties are given."""
    due = [duty(o["obligation_id"]) for o in obligations] if duties is None else duties
    frames = {
        "authorities": named([
            {"authority_id": "ars", "level": "ars"}, {"authority_id": "departement", "level": "departement"},
            {"authority_id": "works_council", "level": "internal"},
        ]),
        "silos": named([{"silo_id": "s"}]),
        "populations": named(POPULATIONS), "actors": named(ACTORS), "tags": named(TAGS),
        "concepts": named(CONCEPTS), "obligations": named(list(obligations)), "duties": named(list(due)),
        "requests": named(list(requests)),
    }  # fmt: skip
    return from_frames("by hand", frames | {t: named(rows) for t, rows in tables.items()})


def portfolio(*units: Row) -> Portfolio:
    """Units, each a MECS of one operator unless said otherwise."""
    default = {"operator_id": "op", "actor_id": "mecs", "tags": ""}
    rows = [{"unit_id": f"u{i}", **default, **u} for i, u in enumerate(units)]
    return portfolio_from_frame("by hand", pd.DataFrame(rows))
