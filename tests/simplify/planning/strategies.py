"""Tiny inventories drawn at random, in which things do repeat and some obligations can end."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import Row, asks, duty, portfolio
from tests.simplify.planning.rows import AUTHORITIES, concept, meeting, received, rules, tool

CONCEPTS: list[Row] = [
    concept("days"), concept("staff", additive="stock"), concept("report", "text", "no"),
    concept("names", "text", "no", personal=True), concept("capacity", "status", "no"), concept("costs", "amount"),
]  # fmt: skip
NUMBERS = {"person": 6.0, "under_2": 2.0, "incident": 3.0}


@st.composite
def tools(draw: st.DrawFn, name: str, concepts: list[str], authorities: list[str]) -> dict[str, list[Row]]:
    """One obligation with its items, recipients, duties and work beside the items."""
    plain, yes = (st.sampled_from([a, a, a, b]) for a, b in (("", "x"), (True, False)))
    obligation = tool(
        name, per=draw(st.sampled_from(["establishment"] * 4 + ["person"])),
        period=draw(st.sampled_from(["P1Y", "P1Y", "P1Y", "P6M", "event"])),
        protected=draw(st.sampled_from([False, False, False, True, None])),
        item_list=draw(st.sampled_from(["complete", "partial"])),
        instrument=draw(st.sampled_from(["budget", "budget", "inspection"])),
        legal_base_ids=draw(st.sampled_from(["", "order", "decree", "custom|law"])),
    )  # fmt: skip
    asked = draw(st.lists(st.sampled_from(concepts), min_size=1, max_size=4, unique=True))
    facets: list[dict[str, Any]] = [{}, {}, {}, {"unit": "days"}, {"unit": "unspecified"}, {"grain": "person"},
                                    {"reference_period": "realised_month"}, {"protected": True}]  # fmt: skip
    minutes = st.sampled_from([30.0, 60.0, 90.0, None])
    reached = draw(st.sets(st.sampled_from(authorities), min_size=1, max_size=2))
    sent = None if draw(plain) == "" else "on_request"
    return {
        "obligations": [obligation],
        "requests": [asks(name, c, draw(minutes), **draw(st.sampled_from(facets))) for c in asked],
        "duties": [duty(name, share=1.0 if draw(yes) else 0.5)],
        "recipients": received(name, *sorted(reached), mode=sent),
        "activities": [meeting(name, draw(st.sampled_from([60.0, 240.0])))] if draw(yes) else [],
    }


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """Three to five obligations, three to six concepts, two or three authorities, a register, an exchange."""
    concepts = CONCEPTS[: draw(st.integers(3, 6))]
    known = [str(c["concept_id"]) for c in concepts]
    authorities = ["ars", "departement", "court"][: draw(st.integers(2, 3))]
    count = draw(st.integers(3, 5))
    parts = [draw(tools(f"o{number}", known, authorities)) for number in range(count)]
    one = {t: [row for part in parts for row in part[t]] for t in parts[0]}
    held = {"authority_id": "ars", "concept_id": draw(st.sampled_from(known)), "register": "R",
            "grain": "establishment", "period": draw(st.sampled_from(["P1Y", "P1M", None])), "status": "lawful",
            "filled_by_ids": draw(st.sampled_from(["", "o0"]))}  # fmt: skip
    passed = {"from_authority_id": "ars", "to_authority_id": "departement",
              "concept_id": draw(st.sampled_from(known)),
              "status": draw(st.sampled_from(["operational", "planned", "barred"]))}  # fmt: skip
    return rules(
        one.pop("obligations"), one.pop("requests"), one.pop("duties"),
        authorities=[a for a in AUTHORITIES if a["authority_id"] in {*authorities, "caf", "court"}],
        concepts=concepts, holdings=[held], exchanges=[passed], **one,
    )  # fmt: skip


def portfolios() -> st.SearchStrategy[Portfolio]:
    """One home or two, with or without the operator itself."""
    unit = NUMBERS | {"actor_id": "mecs"}
    return st.sampled_from(
        [portfolio(unit), portfolio(unit, unit), portfolio(unit, dict.fromkeys(NUMBERS) | {"actor_id": "operator"})]
    )
