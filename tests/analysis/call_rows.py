"""A call worked by hand: applying, hearing, publishing, reporting; other tools beside it.

One file takes 10 h of a manager at 40 € and 2 h of the authority at 30 €; one hearing 1 h and half
an hour; the call itself 5 h of the authority; a winner reports twice a year, 1 h each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from burden.analysis.calls import Step
from burden.model.inventory import Inventory
from tests.analysis.inventories import Row, asks, duty, inventory, obligation
from tests.analysis.strategies import ACTORS, POPULATIONS

STEPS = (Step("PUBLISH", "call", "published"), Step("APPLY"), Step("HEAR", "shortlisted"), Step("REPORT", "award_year"))
TERMS: dict[str, Any] = {"amount_eur": 32_400.0, "duration_years": 2.0}
_POPULATIONS = [
    *POPULATIONS,
    {"population_id": "answered", "grain": "call"},
    {"population_id": "answered_here", "grain": "call", "parent_id": "answered"},
    {"population_id": "published", "grain": "call"},
    {"population_id": "sender", "grain": "operator"},
]
_TARIFFS: list[Row] = [
    {"staff_grade": "manager", "year": 2024, "eur_per_h": 40.0},
    {"staff_grade": "authority_officer", "year": 2024, "eur_per_h": 30.0},
]


def work(tool: str, minutes: float | None, *, side: str = "authority", activity: str = "checking", **more: Any) -> Row:
    """An activity of one side."""
    grade = "manager" if side == "respondent" else "authority_officer"
    return {"obligation_id": tool, "activity": activity, "side": side, "minutes": minutes, "staff_grade": grade, **more}


def item(tool: str, concept: str, minutes: float | None, **more: Any) -> Row:
    """An item that a manager writes."""
    return asks(tool, concept, minutes, staff_grade="manager", **more)


def call(
    *,
    obligations: Sequence[Row] = (),
    requests: Sequence[Row] = (),
    activities: Sequence[Row] = (),
    calls: Sequence[Row] = (),
    **tables: Any,
) -> Inventory:
    """The tools of a call, with others."""
    tools = [
        obligation("APPLY", period="event", per="answered"), obligation("HEAR", period="event", per="answered"),
        obligation("PUBLISH", per="sender"), obligation("REPORT", period="P6M", per="cpom"), *obligations,
    ]  # fmt: skip
    bound = [duty(str(o["obligation_id"]), "departement" if o["obligation_id"] == "PUBLISH" else "operator")
             for o in tools]  # fmt: skip
    asked = [
        item("APPLY", "project", 600), item("PUBLISH", "project", 300, population_id="published", label_fr="specs"),
        item("PUBLISH", "days", 900), item("REPORT", "days", 60), *requests,
    ]  # fmt: skip
    asked[1]["staff_grade"] = asked[2]["staff_grade"] = "authority_officer"
    done = [work("APPLY", 120), work("HEAR", 60, side="respondent"), work("HEAR", 30), *activities]
    frames: dict[str, Any] = {
        "activities": done, "populations": _POPULATIONS, "tariffs": _TARIFFS,
        "actors": [*ACTORS, {"actor_id": "departement", "kind": "public_authority"}], **tables,
    }  # fmt: skip
    if calls:
        frames["calls"] = list(calls)
    return inventory(tools, asked, bound, **frames)
