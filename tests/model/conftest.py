"""A small inventory without a fault, and the means to change it row by row."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.model.records import Records, typed

# A slow machine is not a fault of what is tested.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Changes = Mapping[str, Row | list[Row]]

_READ = {"evidence": "text", "source_id": "casf"}


def _activity(name: str) -> Row:
    return {"obligation_id": "BUD", "activity": name, "side": "respondent", "complexity": "simple",
            "staff_grade": "administrative", **_READ}  # fmt: skip


def _standard(name: str, complexity: str = "simple", minutes: float = 3.0) -> Row:
    return {"activity": name, "side": "respondent", "complexity": complexity, "minutes": minutes,
            "evidence": "assumed"}  # fmt: skip


SOUND: Tables = {
    "authorities": [
        {"authority_id": "departement", "name_fr": "Département", "level": "departement", **_READ},
        {"authority_id": "government", "name_fr": "Gouvernement", "level": "state", **_READ},
    ],
    "silos": [{"silo_id": "child-protection", "name_fr": "protection de l'enfance"}],
    "actors": [
        {"actor_id": "essms", "name_fr": "ESSMS", "kind": "establishment", **_READ},
        {"actor_id": "mecs", "name_fr": "MECS", "kind": "establishment", "parent_id": "essms", **_READ},
    ],
    "populations": [
        {"population_id": "establishment", "name_fr": "établissements", "grain": "establishment"}
    ],
    "legal_bases": [
        {"legal_base_id": "r314-3", "citation": "CASF, art. R. 314-3", "level": "decree",
         "amended_by_id": "government", **_READ},
    ],
    "sources": [{"source_id": "casf", "citation": "CASF", "url": "https://example.org/casf"}],
    "concepts": [
        {"concept_id": "capacity", "name_fr": "capacité", "kind": "quantity", "additive": "stock",
         "personal": False, **_READ},
    ],
    "obligations": [
        {"obligation_id": "BUD", "name_fr": "Budget", "silo_id": "child-protection", "instrument": "budget",
         "required_by_id": "departement", "legal_base_ids": "r314-3", "period": "P1Y",
         "deadline": "N-1:10-31", "population_id": "establishment", "timing": "ex_ante",
         "item_list": "complete", **_READ},
    ],
    "duties": [{"obligation_id": "BUD", "actor_id": "essms", **_READ}],
    "recipients": [{"obligation_id": "BUD", "authority_id": "departement"}],
    "requests": [
        {"obligation_id": "BUD", "label_fr": "Capacité autorisée", "concept_id": "capacity",
         "grain": "establishment", "reference_period": "december_31", "perimeter": "whole",
         "unit": "places", "complexity": "simple", "staff_grade": "administrative", **_READ},
    ],
    "activities": [
        _activity(a) for a in ("familiarisation", "filling_in_forms", "checking", "transmitting")
    ],
    "standard_times": [
        *(_standard(a) for a in
          ("familiarisation", "obtaining_data", "filling_in_forms", "checking", "transmitting")),
        _standard("checking", "medium", 5.0),
    ],
    "tariffs": [{"staff_grade": "administrative", "year": 2024, "eur_per_h": 30.0, "evidence": "assumed"}],
}  # fmt: skip


def changed(tables: Tables, changes: Changes) -> Tables:
    """Cells change the first row of a table; a list adds rows, each like the first but for its cells."""
    result = copy.deepcopy(tables)
    for table, change in changes.items():
        rows = result.setdefault(table, [])
        if isinstance(change, list):
            like = rows[0] if rows else {}
            rows.extend({**like, **row} for row in change)
        else:
            rows[0] = {**rows[0], **change}
    return result


def of_tables(tables: Tables) -> Inventory:
    """As a folder would be read: ``obligations.csv`` from line 2 on. Nothing is refused."""
    records = {}
    for table, rows in tables.items():
        columns = list(schema.tables()[table].columns)
        frame = typed(table, pd.DataFrame(rows, columns=columns, dtype=object))
        places = pd.DataFrame({"file": f"{table}.csv", "line": range(2, len(rows) + 2)})
        records[table] = Records(frame, places)
    return Inventory("small", records)


@pytest.fixture(scope="session")
def sound() -> Callable[..., Inventory]:
    """The sound inventory with changes: ``sound(duties={"share": 0})``, ``sound(tags=[{…}])``."""

    def build(**changes: Row | list[Row]) -> Inventory:
        return of_tables(changed(SOUND, changes))

    return build


@pytest.fixture(scope="session")
def units() -> Callable[..., Portfolio]:
    """A portfolio from rows; type ``mecs`` and operator ``asso`` unless said otherwise."""

    def build(*rows: Row) -> Portfolio:
        filled = [{"unit_id": f"u{i}", "operator_id": "asso", "actor_id": "mecs", **row} for i, row in enumerate(rows)]
        return portfolio_from_frame("units.csv", pd.DataFrame(filled))

    return build
