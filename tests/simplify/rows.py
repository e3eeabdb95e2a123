"""Three tools that overlap, on one home of ten persons."""

from __future__ import annotations

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio

TEXTS = [
    {"legal_base_id": "decree-1", "citation": "Décret 1", "level": "decree", "amended_by_id": "ars"},
    {"legal_base_id": "custom", "citation": "Usage", "level": "local_practice"},
]


def tools() -> Inventory:
    """BUD and ACC ask for days and staff, the project is asked by BUD alone; each item takes an hour."""
    return inventory(
        [obligation("BUD", legal_base_ids="decree-1"), obligation("ACC", legal_base_ids="custom"),
         obligation("CALL", per="incident", period="event"), obligation("GRANT", per="admission", period="event")],
        [asks("BUD", "days"), asks("BUD", "ftes"), asks("BUD", "project"),
         asks("ACC", "days"), asks("ACC", "ftes", reference_period="december_31"), asks("CALL", "project", 600.0),
         asks("GRANT", "project", 60.0)],
        [duty("BUD"), duty("ACC"), duty("CALL"), duty("GRANT", excluded_tags="cpom")],
        recipients=[{"obligation_id": "BUD", "authority_id": "ars"},
                    {"obligation_id": "ACC", "authority_id": "departement"}],
        holdings=[{"authority_id": "ars", "concept_id": "days", "register": "SI", "status": "operational"}],
        legal_bases=TEXTS,
    )  # fmt: skip


def home() -> Portfolio:
    return portfolio({"incident": 2.0, "admission": 1.0, "person": 10.0})
