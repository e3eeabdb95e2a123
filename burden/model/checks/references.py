"""What names what: keys, references, hierarchies, and what nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from burden.model import schema
from burden.model.checks.rows import at_rows, chain, parts, values_of
from burden.model.findings import Finding
from burden.model.inventory import Inventory, dangling_references
from burden.model.messages import text
from burden.model.records import duplicate_keys

_VOCABULARY = ("authorities", "silos", "populations", "tags", "concepts", "legal_bases", "sources")


def duplicate_key(inv: Inventory) -> list[Finding]:
    """Two rows of one table stand under one identifier."""
    return [f for table, records in inv.records.items() for f in duplicate_keys(table, records)]


def reference(inv: Inventory) -> list[Finding]:
    """A reference names a row that does not exist."""
    return dangling_references(inv)


def hierarchy(inv: Inventory) -> Iterator[Finding]:
    """A row is its own ancestor."""
    for table in ("authorities", "actors", "populations"):
        yield from _own_ancestors(inv, table)


def _own_ancestors(inv: Inventory, table: str) -> list[Finding]:
    frame, key = inv[table], schema.tables()[table].primary_key[0]
    parents = values_of(inv, table, "parent_id")
    chains = {i: chain(parents, i) for i in parents}
    circles = {i: [*found, i] for i, found in chains.items() if parents.get(found[-1]) == i}
    return at_rows(
        inv, table, frame[frame[key].isin(list(circles))], "parent_id", check="hierarchy", severity="error",
        said=lambda r: (
            text("the row is its own ancestor: {chain}.", chain=" → ".join(circles[getattr(r, key)])),
            text("Empty or correct one parent_id of the circle."),
        ),
    )  # fmt: skip


def population_within(inv: Inventory) -> list[Finding]:
    """A population counts something else than the larger population that contains it."""
    populations = inv.populations
    wider = populations["parent_id"].map(values_of(inv, "populations", "grain"))
    wrong = wider.notna() & (wider != populations["grain"])
    return at_rows(
        inv, "populations", populations.assign(wider=wider)[wrong], "grain",
        check="population within", severity="error",
        said=lambda r: (
            text("'{population}' counts '{grain}', and '{parent}' that contains it counts '{other}'.",
                 population=r.population_id, grain=r.grain, parent=r.parent_id, other=r.wider),
            text("Give both the same grain, or empty parent_id."),
        ),
    )  # fmt: skip


def feed_of_itself(inv: Inventory) -> Iterator[Finding]:
    """An obligation feeds itself, or an authority passes information to itself."""
    columns = {
        "feeds": ("from_obligation_id", "to_obligation_id"),
        "exchanges": ("from_authority_id", "to_authority_id"),
    }
    for table, (start, end) in columns.items():
        yield from _both_sides(inv, table, start, end)


def _both_sides(inv: Inventory, table: str, start: str, end: str) -> list[Finding]:
    frame = inv[table]
    return at_rows(
        inv, table, frame[frame[start] == frame[end]], end, check="feed of itself", severity="warning",
        said=lambda r: (
            text("'{value}' is on both sides.", value=getattr(r, end)),
            text("Correct one of the two, or delete the row."),
        ),
    )  # fmt: skip


def unused(inv: Inventory) -> Iterator[Finding]:
    """Nothing refers to a row of the vocabulary."""
    named = _named(inv)
    for table in _VOCABULARY:
        yield from _unnamed(inv, table, named[table])


def _unnamed(inv: Inventory, table: str, named: set[str]) -> list[Finding]:
    frame, key = inv[table], schema.tables()[table].primary_key[0]
    return at_rows(
        inv, table, frame[~frame[key].isin(named)], key, check="unused", severity="note",
        said=lambda r: (
            text("nothing refers to '{value}'.", value=getattr(r, key)),
            text("Delete the row if no other inventory needs it."),
        ),
    )  # fmt: skip


def _named(inv: Inventory) -> dict[str, set[str]]:
    """Identifiers by table that some row refers to."""
    named: dict[str, set[str]] = {table: set() for table in schema.tables()}
    for table, spec in schema.tables().items():
        for column in spec.columns.values():
            if column.refers_to and table in inv.records:
                cells = inv[table][column.column].dropna()
                named[column.refers_to[0]] |= set(parts(cells) if column.type == "list" else cells)
    return named


def exchange_of_nothing(inv: Inventory) -> list[Finding]:
    """An authority passes information that it neither holds nor receives."""
    exchanges, obligations = inv.exchanges, inv.obligations
    asked = inv.requests[["obligation_id", "concept_id"]].drop_duplicates()
    required = obligations[["obligation_id", "required_by_id"]].rename(columns={"required_by_id": "authority_id"})
    held = set(zip(inv.holdings["authority_id"], inv.holdings["concept_id"], strict=True))
    reached = pd.concat([required, inv.recipients[["obligation_id", "authority_id"]]])
    players = inv.competences[["role_id", "authority_id"]].rename(columns={"authority_id": "player"})
    received = asked.merge(reached, on="obligation_id").merge(
        players, left_on="authority_id", right_on="role_id", how="left"
    )
    for receiver in ("authority_id", "player"):
        held |= set(zip(received[receiver], received["concept_id"], strict=True))
    pairs = zip(exchanges["from_authority_id"], exchanges["concept_id"], strict=True)
    return at_rows(
        inv, "exchanges", exchanges[[pair not in held for pair in pairs]], "from_authority_id",
        check="exchange of nothing", severity="warning",
        said=lambda r: (
            text("'{authority}' neither holds nor receives '{concept}' that it would pass.",
                 authority=r.from_authority_id, concept=r.concept_id),
            text("Add to holdings the register it stands in, or delete the exchange."),
        ),
    )  # fmt: skip


def asked_by_nobody(inv: Inventory) -> Iterator[Finding]:
    """A held or exchanged piece of information is asked by no obligation."""
    asked = set(inv.requests["concept_id"])
    for table in ("holdings", "exchanges"):
        frame = inv[table]
        yield from at_rows(
            inv, table, frame[frame["concept_id"].notna() & ~frame["concept_id"].isin(asked)], "concept_id",
            check="asked by nobody", severity="note",
            said=lambda r: (
                text("no obligation asks for '{concept}'.", concept=r.concept_id),
                text("Code the requests that it could answer, or leave it for another inventory."),
            ),
        )  # fmt: skip
