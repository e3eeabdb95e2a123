"""A home under three authorities, with one change of each kind to be made; worked by hand.

======  ==============  ====================================  ============  =====================================
tool    sent to         asks (hours a year)                   beside items  what the plan does
======  ==============  ====================================  ============  =====================================
BUD     ars             days 1, staff 1, names 1, capacity 1                capacity from the register of the ARS
ACC     departement     days 1, staff 1                       meeting 5     ends: BUD has both
SUR     caf             staff 1, in another unit, half as                   staff from BUD, once defined alike
                        often
PLAN    ars             report 1, visits 1; list not read in  meeting 2     becomes part of REP, with visits
                        full
REP     ars             report 0.5                                          stays
GUARD   ars             days 1, half as often; protected                    days from BUD
CARE    departement     names 1, half as often; protected                   names from BUD
BOOK    persons         leaflet 1                                           stays
======  ==============  ====================================  ============  =====================================

Today 19.5 h; saved 14: ACC 7, PLAN 3, and one each by BUD, SUR, GUARD and CARE.
"""

from __future__ import annotations

from typing import Any

from burden.model.inventory import Inventory
from tests.analysis.inventories import Row, asks
from tests.simplify.planning.rows import concept, meeting, received, rules, tool

SAVED = {"ACC<": 7.0, "PLAN<REP": 3.0, "BUD<ars": 1.0, "CARE<BUD": 1.0, "GUARD<BUD": 1.0, "SUR<BUD": 1.0}
RARE: dict[str, Any] = {"period": "P2Y"}


def district(changed: dict[str, Row] | None = None, **tables: Any) -> Inventory:
    """The inventory, some obligations changed or some tables in the place of its own."""
    tools = {
        "BUD": {}, "ACC": {"legal_base_ids": "custom"},
        "SUR": {**RARE, "instrument": "statistical_survey", "legal_base_ids": "decree", "proof": "inspection"},
        "PLAN": {"item_list": "partial"}, "REP": {}, "GUARD": {**RARE, "protected": True},
        "CARE": {**RARE, "protected": True}, "BOOK": {},
    }  # fmt: skip
    more = changed or {}
    given = {
        "recipients": [*received("ACC", "departement"), *received("SUR", "caf"), *received("CARE", "departement"),
                       *received("BOOK", "persons")],
        "activities": [meeting("ACC", 300.0), meeting("PLAN", 120.0)],
        "holdings": [register()],
        "concepts": [
            *(concept(c) for c in ("days", "staff", "visits")), concept("names", "text", "no", personal=True),
            concept("capacity", "status", "no"), concept("report", "text", "no"), concept("leaflet", "text", "no"),
        ],
    }  # fmt: skip
    requests = tables.pop("requests", asked())
    return rules([tool(n, **{**o, **more.get(n, {})}) for n, o in tools.items()], requests, **given | tables)


def register(**more: Any) -> Row:
    return {"authority_id": "ars", "concept_id": "capacity", "register": "FINESS", "grain": "establishment",
            "period": "P1Y", "status": "operational", **more}  # fmt: skip


def asked(**changed: Row) -> list[Row]:
    """The items, those named as ``BUD_days`` changed."""
    rows = [
        *(asks("BUD", c) for c in ("days", "staff", "names", "capacity")), asks("ACC", "days"), asks("ACC", "staff"),
        asks("SUR", "staff", 120.0, unit="fte"), asks("PLAN", "report"), asks("PLAN", "visits"),
        asks("REP", "report", 30.0), asks("GUARD", "days", 120.0), asks("CARE", "names", 120.0),
        asks("BOOK", "leaflet"),
    ]  # fmt: skip
    return [{**row, **changed.get(f"{row['obligation_id']}_{row['label_fr']}", {})} for row in rows]
