"""Relations of the inventory as edges, one per pair of nodes and relation."""

from __future__ import annotations

from typing import TypeAlias

from burden.graph.falls import falls_on
from burden.graph.nodes import Plain
from burden.graph.rows import grouped, joined, surest
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Edge: TypeAlias = tuple[str, str, str, dict[str, Plain]]


def edges(inv: Inventory, portfolio: Portfolio | None) -> list[Edge]:
    """Every edge, by source, target and relation."""
    found = _founds(inv) + _requires(inv) + _reaches(inv) + _asks(inv) + _holds(inv) + _may_pass(inv)
    found += _feeds(inv) + _plays(inv) + _parents(inv)
    found += [
        _edge("obligation", o, "falls_on", "actor", a, **attributes) for o, a, attributes in falls_on(inv, portfolio)
    ]
    return sorted(found, key=lambda edge: edge[:3])


def _edge(kind: str, source: object, relation: str, to: str, target: object, **attributes: Plain) -> Edge:
    # The relation stands twice: as key for networkx, as attribute for formats without keys.
    return f"{kind}:{source}", f"{to}:{target}", relation, {"relation": relation} | attributes


def _founds(inv: Inventory) -> list[Edge]:
    obligations = inv.obligations
    return [
        _edge("legal_base", base, "founds", "obligation", obligation, rank=rank)
        for obligation, bases in zip(obligations["obligation_id"], obligations["legal_base_ids"], strict=True)
        for rank, base in enumerate(dict.fromkeys(filter(None, bases.split("|"))), start=1)
    ]


def _requires(inv: Inventory) -> list[Edge]:
    known = inv.obligations.dropna(subset="required_by_id")
    return [
        _edge("authority", authority, "requires", "obligation", obligation)
        for authority, obligation in zip(known["required_by_id"], known["obligation_id"], strict=True)
    ]


def _reaches(inv: Inventory) -> list[Edge]:
    table = inv.recipients
    return [
        _edge("obligation", obligation, "reaches", "authority", authority, mode=mode)
        for obligation, authority, mode in zip(
            table["obligation_id"], table["authority_id"], table["mode"].fillna(""), strict=True
        )
    ]


def _asks(inv: Inventory) -> list[Edge]:
    table = inv.requests[["obligation_id", "concept_id", "label_fr", "grain", "evidence"]]
    return [
        _edge(
            "obligation", obligation, "asks", "concept", concept,
            count=len(rows),
            labels=joined(rows, "label_fr", " | "),
            grains="|".join(sorted({row["grain"] for row in rows} - {""})),
            evidence=surest(rows),
        )
        for (obligation, concept), rows in grouped(
            table.sort_values("label_fr"), "obligation_id", "concept_id"
        ).items()
    ]  # fmt: skip


def _holds(inv: Inventory) -> list[Edge]:
    table = inv.holdings.sort_values("register")
    return [
        _edge(
            "authority", authority, "holds", "concept", concept,
            count=len(rows),
            registers=joined(rows, "register", " | "),
            statuses=joined(rows, "status"),
            evidence=surest(rows),
        )
        for (authority, concept), rows in grouped(table, "authority_id", "concept_id").items()
    ]  # fmt: skip


def _may_pass(inv: Inventory) -> list[Edge]:
    # A barred exchange says that the information may not be passed.
    table = inv.exchanges[inv.exchanges["status"] != "barred"].sort_values("concept_id")
    return [
        _edge(
            "authority", source, "may_pass", "authority", target,
            count=len(rows),
            concepts=joined(rows, "concept_id"),
            statuses=joined(rows, "status"),
            legal_bases=joined(rows, "legal_base_id"),
            evidence=surest(rows),
        )
        for (source, target), rows in grouped(table, "from_authority_id", "to_authority_id").items()
    ]  # fmt: skip


def _feeds(inv: Inventory) -> list[Edge]:
    table = inv.feeds
    return [
        _edge("obligation", source, "feeds", "obligation", target, evidence=evidence)
        for source, target, evidence in zip(
            table["from_obligation_id"], table["to_obligation_id"], table["evidence"].fillna(""), strict=True
        )
    ]


def _plays(inv: Inventory) -> list[Edge]:
    return [
        _edge(
            "authority", authority, "plays", "authority", role,
            actors=joined(rows, "actor_id"),
            evidence=surest(rows),
        )
        for (authority, role), rows in grouped(
            inv.competences.sort_values("actor_id"), "authority_id", "role_id"
        ).items()
    ]  # fmt: skip


def _parents(inv: Inventory) -> list[Edge]:
    return [
        _edge(kind, child, relation, kind, parent)
        for table, kind, relation in (("actors", "actor", "is_a"), ("authorities", "authority", "belongs_to"))
        for child, parent in inv[table].dropna(subset="parent_id")[[f"{kind}_id", "parent_id"]].itertuples(index=False)
    ]
