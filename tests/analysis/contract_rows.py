"""A small inventory of a budget and a contract, for numbers that are worked by hand."""

from __future__ import annotations

from typing import Any

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import Row, asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import ACTORS, POPULATIONS

TAGS: list[Row] = [
    {"tag_id": "budget", "regime": "financial"}, {"tag_id": "eprd", "regime": "financial"},
    {"tag_id": "cpom"}, {"tag_id": "mandatory_cpom"},
    {"tag_id": "cpom_documents_limited", "regime": "documents"},
    {"tag_id": "cpom_documents_kept", "regime": "documents"},
    {"tag_id": "cpom_review_yearly", "regime": "review"}, {"tag_id": "cpom_review_midterm", "regime": "review"},
    {"tag_id": "cpom_yearly_amendment"},
]  # fmt: skip
COUNTED: list[Row] = [
    *POPULATIONS,
    {"population_id": "cpom_service", "grain": "establishment"},
    {"population_id": "cpom_renewal", "grain": "event"},
]
TOOLS = [
    obligation("BUDGET"), obligation("ACCOUNTS"),
    obligation("CONTRACT", per="cpom", period="P5Y", instrument="cpom", required_by_id="departement"),
    obligation("REVIEW", per="cpom", instrument="cpom"),
    obligation("MIDTERM", per="cpom", period="P5Y", instrument="cpom"),
    obligation("EPRD", per="cpom"),
]  # fmt: skip
DUTIES = [
    duty("BUDGET", required_tags="budget", excluded_tags="cpom_documents_limited"),
    duty("ACCOUNTS", required_tags="budget"),
    duty("CONTRACT", "operator", required_tags="cpom"),
    duty("REVIEW", "operator", required_tags="cpom", excluded_tags="cpom_review_midterm"),
    duty("MIDTERM", "operator", required_tags="cpom|cpom_review_midterm"),
    duty("EPRD", "operator", required_tags="eprd"),
]
MINUTES = {"BUDGET": 60.0, "ACCOUNTS": 60.0, "CONTRACT": 300.0, "REVIEW": 120.0, "MIDTERM": 60.0, "EPRD": 180.0}
"""Hours a year: 1 a budget, 1 accounts, 1 the contract, 2 a yearly review, 0.2 a mid-term review, 3 an EPRD."""


def budget_and_contract(minutes: dict[str, float] | None = None, **more: Any) -> Inventory:
    """Budgets on services, the cycle of a contract on their operator."""
    known = MINUTES | (minutes or {})
    requests = [
        asks(tool, "days", known[tool], **({"population_id": "cpom"} if tool == "EPRD" else {}))
        for tool in known
    ]  # fmt: skip
    tables: dict[str, Any] = {"tags": TAGS, "populations": COUNTED, "actors": ACTORS} | more
    return inventory(TOOLS, requests, DUTIES, **tables)


def association(services: int = 3, tags: str = "budget", **own: Any) -> Portfolio:
    """An operator with its row and so many homes."""
    below = [{"unit_id": f"s{i}", "tags": tags} for i in range(services)]
    return portfolio({"unit_id": "op", "actor_id": "association", **own}, *below)
