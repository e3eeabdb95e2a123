"""Small inventories for plans, and what the package says of them in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from burden.model import schema
from burden.model.inventory import Inventory, frames, from_frames
from burden.model.portfolio import Portfolio
from burden.simplify.planning.demands import Demands, demands
from burden.simplify.planning.formulation import Formulation, Terms, formulate
from burden.simplify.planning.plan import faced
from tests.analysis.inventories import Row, asks, inventory, obligation, portfolio

BOTH = {"respondent": 1.0, "authority": 1.0}
AUTHORITIES: list[Row] = [
    {"authority_id": "ars", "level": "ars"},
    {"authority_id": "departement", "level": "departement"},
    {"authority_id": "caf", "level": "social_security"},
    {"authority_id": "court", "level": "judiciary"},
    {"authority_id": "pricing", "level": "role"},
    {"authority_id": "persons", "level": "public"},
]
TEXTS: list[Row] = [
    {"legal_base_id": "law", "citation": "Loi", "level": "law", "amended_by_id": "court"},
    {"legal_base_id": "decree", "citation": "Décret", "level": "decree", "amended_by_id": "caf"},
    {"legal_base_id": "order", "citation": "Arrêté", "level": "order", "amended_by_id": "ars"},
    {"legal_base_id": "custom", "citation": "Usage", "level": "local_practice", "amended_by_id": "departement"},
]


def tool(name: str, **more: Any) -> Row:
    """A yearly declaration to the ARS that nothing protects, resting on an order."""
    return obligation(name, **{"protected": False, "proof": "declaration", "legal_base_ids": "order"} | more)


def concept(name: str, kind: str = "quantity", additive: str = "flow", **more: Any) -> Row:
    return {"concept_id": name, "kind": kind, "additive": additive, **more}


def received(obligation: str, *authorities: str, mode: str | None = None) -> list[Row]:
    return [{"obligation_id": obligation, "authority_id": a, "mode": mode} for a in authorities]


def meeting(obligation: str, minutes: float, side: str = "respondent") -> Row:
    return {"obligation_id": obligation, "activity": "meeting", "side": side, "minutes": minutes}


def rules(
    obligations: Sequence[Row], requests: Sequence[Row], duties: Sequence[Row] | None = None, **tables: Any
) -> Inventory:
    """An inventory with the authorities and the texts above, and the concepts that are asked."""
    concepts = [concept(name) for name in dict.fromkeys(r["concept_id"] for r in requests)]
    given = {"authorities": AUTHORITIES, "legal_bases": TEXTS, "concepts": concepts} | tables
    return inventory(obligations, requests, duties, **{t: rows for t, rows in given.items() if rows})


def home(**numbers: float | None) -> Portfolio:
    """One home of ten persons."""
    return portfolio({"person": 10.0, **numbers})


def two_tools(**tables: Any) -> Inventory:
    """BUD, for the ARS, and ACC, for the département, ask the same two things, an hour each; ACC takes a meeting."""
    more = {"recipients": received("ACC", "departement"), "activities": [meeting("ACC", 300.0)]} | tables
    return rules(
        [tool("BUD"), tool("ACC", legal_base_ids="custom")],
        [asks("BUD", "days"), asks("BUD", "staff"), asks("ACC", "days"), asks("ACC", "staff")],
        **more,
    )


def demanded(inv: Inventory, ptf: Portfolio, **terms: Any) -> Demands:
    """What is demanded, in hours of both sides, in the widest class of reuse."""
    before, ptf = faced(inv, ptf)
    return demands(before, ptf, **{"reuse": "harmonise", "measure": "hours_per_year", "sides": BOTH} | terms)


def stated(inv: Inventory, ptf: Portfolio, **terms: Any) -> Formulation:
    before, ptf = faced(inv, ptf)
    return formulate(before, ptf, Terms(**terms))


def sources(found: Demands, obligation: str, label: str) -> dict[str, str]:
    """From where an item can be taken, other obligations or ``register <row>``, and in what class."""
    slots, links = found.slots, found.links
    (slot,) = slots.index[(slots["obligation_id"] == obligation) & (slots["label_fr"] == label)]
    own = links[links["slot"] == slot]
    tools = slots["obligation_id"].to_numpy()
    names = [
        f"register {r}" if s < 0 else str(tools[s]) for s, r in zip(own["source"], own["register"], strict=True)
    ]  # fmt: skip
    return dict(zip(names, own["reuse"], strict=True))


def reason(found: Demands, obligation: str, label: str) -> str:
    """Why an item cannot be taken from elsewhere."""
    slots = found.slots
    chosen = slots[(slots["obligation_id"] == obligation) & (slots["label_fr"] == label)]
    return str(chosen["reason"].item())


def needs(found: Formulation, obligation: str, label: str, source: str) -> list[set[str]] | None:
    """What must be permitted to take an item from an obligation: sets of which one is enough.

    An act stands under its name, a gateway as ``from>to`` with its level. None where it cannot be.
    """
    slots, links = found.demands.slots, found.links
    label_of, tool_of = (slots[c].to_numpy() for c in ("label_fr", "obligation_id"))
    for number, (slot, origin, reuse) in enumerate(zip(links["slot"], links["source"], links["reuse"], strict=True)):
        asked = (tool_of[slot], label_of[slot], tool_of[origin]) == (obligation, label, source)
        if asked and origin >= 0 and reuse != "moved":
            return clauses(found, number)
    return None


def clauses(found: Formulation, link: int) -> list[set[str]]:
    problem = found.problem
    needed = problem.link_needs[[link]].nonzero()[1]
    return [{_permit(found, p) for p in problem.clauses[[c]].nonzero()[1]} for c in needed]


def _permit(found: Formulation, number: int) -> str:
    row = found.permits.iloc[number]
    if row["kind"] == "gateway":
        return f"{row['from_authority_id']}>{row['to_authority_id']} {row['level']}"
    return str(row["legal_base_id"] or f"{row['obligation_id']} into {row['into']}")


def renamed(inv: Inventory, ptf: Portfolio, names: Mapping[str, str]) -> tuple[Inventory, Portfolio]:
    """The same inventory and portfolio under other identifiers, whose order is another as well."""

    def cell(value: object) -> object:
        return "|".join(names.get(part, part) for part in value.split("|")) if isinstance(value, str) else value

    tables = {
        name: table.assign(**{c: table[c].map(cell) for c in _identifiers(name) if c in table})
        for name, table in frames(inv).items()
    }
    units = ptf.units
    exempt = units["exempt_obligation_ids"].map(cell)
    return from_frames("renamed", tables), Portfolio("renamed", units.assign(exempt_obligation_ids=exempt))


def _identifiers(table: str) -> list[str]:
    return [name for name, c in schema.tables()[table].columns.items() if c.type in ("identifier", "list")]


def backwards(inv: Inventory) -> dict[str, str]:
    """Another name for every obligation, concept, authority and text, in the opposite order."""
    known = [str(i) for t in ("obligations", "concepts", "authorities", "legal_bases") for i in inv[t].iloc[:, 0]]
    return {name: f"z{len(known) - number:03}" for number, name in enumerate(sorted(known))}


def hours(found: pd.DataFrame) -> dict[str, float]:
    """What each measure saves."""
    return {f"{o}<{s}": float(h) for o, s, h in found[["obligation_id", "source_id", "saved"]].to_numpy()}
