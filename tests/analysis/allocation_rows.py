"""Small inventories of modes of allocation, written row by row, for numbers that are worked by hand."""

from __future__ import annotations

from typing import Any

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import inventory, obligation, portfolio

Row = dict[str, Any]

SILOS = [{"silo_id": s} for s in ("s", "elderly", "disability")]


def mode(name: str, **more: Any) -> Row:
    """A mode of help at home, priced 20 € an hour by the département unless said otherwise."""
    return {
        "allocation_id": name, "silo_id": "s", "actor_id": "mecs", "at_home": "yes", "price_unit": "hour",
        "value": 20.0, "value_kind": "price", "year": 2024, "funder_ids": "departement",
        "pricing_authority_ids": "departement", "control_authority_ids": "departement", **more,
    }  # fmt: skip


def service(name: str, function: str = "F1", **more: Any) -> Row:
    """A service of a first function, in silo ``s``."""
    return {
        "service_id": name, "function_id": function, "silo_id": "s", "structure_fr": "type",
        "mapping_status": "proposed", "funder_ids": "departement", "price_unit": "hour", **more,
    }  # fmt: skip


def told(*modes: Row, services: list[Row] | None = None, **tables: Any) -> Inventory:
    """These modes, with a yearly budget of one hour for whoever answers and thirty minutes of an officer."""
    activities = tables.pop("activities", [
        {"obligation_id": "BUD", "activity": "checking", "side": "respondent", "minutes": 60.0,
         "minutes_low": 30.0, "minutes_high": 120.0},
        {"obligation_id": "BUD", "activity": "formal_check", "side": "authority", "minutes": 30.0},
    ])  # fmt: skip
    frames = {
        "silos": SILOS, "functions": [{"function_id": "F1"}, {"function_id": "F2"}],
        "activities": activities, **tables,
    }  # fmt: skip
    if modes:
        frames["allocations"] = list(modes)
    if services:
        frames["services"] = services
    return inventory(frames.pop("obligations", [obligation("BUD")]), [], frames.pop("duties", None), **frames)


def two_homes(**more: Any) -> Portfolio:
    """Two MECS of one operator, for 10 and 30 persons."""
    return portfolio({"person": 10.0, **more}, {"person": 30.0, **more})
