"""The inventory: read-only tables, and what gives another inventory back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from burden.model import schema
from burden.model.cells import nearest
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.model.records import (
    Records,
    duplicate_keys,
    empty,
    place_of,
    repeated_keys,
    typed,
    without_duplicates,
)
from burden.model.remembered import remembered

EVIDENCE_LADDER = ("text", "old_text", "secondary", "recalled")
"""Evidence on a fact, from the surest to the least sure."""


@dataclass(frozen=True, eq=False)
class Inventory:
    """Tables of one or several silos; ``inv.obligations`` is a frame of your own, inv keeps its.

    Parameters
    ----------
    name : str
        What it is called in a report.
    records : mapping of str to Records
        Typed rows by table; an absent table is empty.
    """

    name: str
    records: Mapping[str, Records] = field(repr=False)

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table.startswith("_") or table not in schema.tables():
            guess = nearest(table, schema.tables())
            hint = f": did you mean {guess!r}?" if guess else ""
            raise AttributeError(f"an inventory has no table {table!r}{hint}")
        return self[table]

    def __getitem__(self, table: str) -> pd.DataFrame:
        records = self.records.get(table)
        return empty(table) if records is None else records.frame.copy(deep=False)

    def place(self, table: str, row: int, column: str = "") -> Place:
        """Where one row came from."""
        return place_of(self.records[table].places, row, column)


def from_frames(name: str, frames: Mapping[str, pd.DataFrame]) -> Inventory:
    """An inventory from tables in memory.

    Returns
    -------
    Inventory
        Read-only; a table that is not given is empty, with its columns.

    Raises
    ------
    InventoryError
        If a key stands twice or a reference names nothing.

    Examples
    --------
    >>> from_frames("empty", {}).obligations.empty
    True
    """
    records = {
        table: Records(frame := typed(table, frames[table]), _memory_places(name, table, len(frame)))
        for table in frames
    }
    inv = Inventory(name, records)
    faults = [f for t, r in records.items() for f in duplicate_keys(t, r)] + dangling_references(inv)
    if faults:
        raise InventoryError(faults)
    return inv


def _memory_places(name: str, table: str, length: int) -> pd.DataFrame:
    return pd.DataFrame({"file": f"{name}/{table}", "line": range(1, length + 1)})


def frames(inv: Inventory) -> dict[str, pd.DataFrame]:
    """The tables that have rows, by name, in the order of the schema."""
    return {t: inv[t] for t in schema.tables() if len(inv[t])}


def with_tables(inv: Inventory, changed: Mapping[str, pd.DataFrame], *, name: str = "") -> Inventory:
    """The inventory with some tables replaced; places follow the rows' index.

    The frames keep the index of the tables they were taken from, so that a row still knows
    its file and line; rows with another index are new and have no place.
    """
    records = dict(inv.records)
    for table, frame in changed.items():
        places = records[table].places if table in records else _memory_places(name, table, 0)
        if not frame.index.equals(places.index):
            places = places.reindex(frame.index).fillna({"file": inv.name, "line": 0})
            places = places.astype({"line": "int64"}).reset_index(drop=True)
        records[table] = Records(typed(table, frame), places)
    return Inventory(name or inv.name, records)


def select(
    inv: Inventory,
    *,
    silo: str | Sequence[str] | None = None,
    actor: str | Sequence[str] | None = None,
    instrument: str | Sequence[str] | None = None,
    obligation: str | Sequence[str] | None = None,
    evidence: str | None = None,
) -> Inventory:
    """The part of an inventory that answers a question; the vocabulary stays whole.

    Parameters
    ----------
    silo, actor, instrument, obligation : str or sequence of str, optional
        Keep the obligations of these silos, that fall on these actors (or on a type more general
        than theirs), of these instruments, with these identifiers.
    evidence : str, optional
        Keep rows at least as sure as this step of ``text``, ``old_text``, ``secondary``,
        ``recalled``: obligations, their duties and their requests each on their own evidence.

    Returns
    -------
    Inventory
        A new one; the one given does not change.

    Raises
    ------
    KeyError
        If a value is not in the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> bd.select(inv, instrument="cpom").obligations["obligation_id"].tolist()
    ['CPOM']
    """
    kept = inv.obligations
    for column, value in (("silo_id", silo), ("instrument", instrument), ("obligation_id", obligation)):
        kept = _only(kept, column, value)
    if actor is not None:
        on_actor = obligations_on(inv, [actor] if isinstance(actor, str) else actor)
        kept = kept[kept["obligation_id"].isin(on_actor)]
    if evidence is not None:
        kept = at_least(kept, evidence)
    changed = {"obligations": kept}
    ids = set(kept["obligation_id"])
    for table in _of_obligations():
        frame = inv[table]
        # A row that names no obligation is about none in particular.
        frame = frame[frame["obligation_id"].isin(ids) | frame["obligation_id"].isna()]
        rated = evidence is not None and table in ("duties", "requests")
        changed[table] = at_least(frame, evidence) if rated and evidence else frame
    changed |= _naming_only(inv, ids)
    feeds = inv.feeds
    both = feeds["from_obligation_id"].isin(ids) & feeds["to_obligation_id"].isin(ids)
    changed["feeds"] = feeds[both]
    return with_tables(inv, changed)


def _of_obligations() -> list[str]:
    """Tables whose rows are about one obligation."""
    return [t for t, spec in schema.tables().items() if t != "obligations" and "obligation_id" in spec.columns]


def _naming_only(inv: Inventory, obligations: set[str]) -> dict[str, pd.DataFrame]:
    """Tables whose rows list obligations, with those that are left."""
    pruned = {}
    for table, spec in schema.tables().items():
        lists = [
            c.column for c in spec.columns.values() if c.type == "list" and c.foreign_key.startswith("obligations.")
        ]
        if lists and table in inv.records:
            frame = inv[table]
            for column in lists:
                frame[column] = ["|".join(o for o in ids.split("|") if o in obligations) for ids in frame[column]]
            pruned[table] = frame
    return pruned


def _only(frame: pd.DataFrame, column: str, value: str | Sequence[str] | None) -> pd.DataFrame:
    if value is None:
        return frame
    wanted = [value] if isinstance(value, str) else list(value)
    known = set(frame[column].dropna())
    if missing := [w for w in wanted if w not in known]:
        raise KeyError(f"{column} {missing[0]!r} is not in the inventory; it has {sorted(known)}")
    return frame[frame[column].isin(wanted)]


def at_least(frame: pd.DataFrame, evidence: str) -> pd.DataFrame:
    """The rows at least as sure as a step of the evidence ladder.

    Raises
    ------
    ValueError
        If the step is not on the ladder.
    """
    if evidence not in EVIDENCE_LADDER:
        raise ValueError(f"evidence {evidence!r} is not one of {', '.join(EVIDENCE_LADDER)}")
    sure = EVIDENCE_LADDER[: EVIDENCE_LADDER.index(evidence) + 1]
    return frame[frame["evidence"].isin(sure)]


def more_general(inv: Inventory, actor: str) -> list[str]:
    """An actor type and the more general types it is an instance of, nearest first.

    Raises
    ------
    KeyError
        If the actor is not in the inventory.
    """
    parents = _parents(inv)
    if actor not in parents:
        raise KeyError(f"actor {actor!r} is not in the inventory; it has {sorted(parents)}")
    chain: list[str] = []
    while actor and actor not in chain:
        chain.append(actor)
        actor = parents.get(actor, "")
    return chain


@remembered
def _parents(inv: Inventory) -> dict[str, str]:
    actors = inv.actors
    return dict(zip(actors["actor_id"].to_numpy(), actors["parent_id"].fillna("").to_numpy(), strict=True))


def obligations_on(inv: Inventory, actors: Iterable[str]) -> list[str]:
    """Obligations that fall on actors of these types, under whatever condition."""
    types = {t for a in actors for t in more_general(inv, a)}
    duties = inv.duties
    return list(dict.fromkeys(duties.loc[duties["actor_id"].isin(types), "obligation_id"]))


def dangling_references(inv: Inventory) -> list[Finding]:
    """References that name a row which does not exist, each with the nearest name."""
    findings: list[Finding] = []
    known: dict[tuple[str, str], set[str]] = {}
    for table, spec in schema.tables().items():
        for column in spec.columns.values():
            target = column.refers_to
            if target and table in inv.records and len(inv.records[table].frame):
                if target not in known:
                    known[target] = set(inv[target[0]][target[1]].dropna())
                findings += _dangling(inv, column, target[0], known[target])
    return findings


def _dangling(inv: Inventory, column: schema.Column, target: str, known: set[str]) -> Iterator[Finding]:
    told = schema.named(target)
    for row, cell in enumerate(inv.records[column.table].frame[column.column].tolist()):
        for value in cell.split("|") if column.type == "list" else [cell]:
            if value in known or value == "" or pd.isna(value):
                continue
            guess = nearest(value, known)
            yield Finding(
                "reference",
                "error",
                inv.place(column.table, row, column.column),
                text("'{value}' is not in {table}.", value=value, table=told),
                text("Did you mean '{guess}'?", guess=guess)
                if guess
                else text("Add a row to {table}, or correct the identifier.", table=told),
                value=value,
            )


def merge(inventories: Sequence[Inventory], *, name: str = "") -> Inventory:
    """Several inventories as one, by identifier; a row that several hold alike stands once.

    Returns
    -------
    Inventory
        A new one; those given do not change.

    Raises
    ------
    InventoryError
        If one identifier has two different rows: both are shown.
    """
    merged, faults = merge_partial(inventories, name=name)
    if faults:
        raise InventoryError(faults)
    return merged


def merge_partial(inventories: Sequence[Inventory], *, name: str = "") -> tuple[Inventory, list[Finding]]:
    """Several inventories as one, the first of two different rows standing, and every conflict."""
    merged: dict[str, Records] = {}
    faults: list[Finding] = []
    for table in schema.tables():
        parts = [i.records[table] for i in inventories if table in i.records]
        if parts:
            records, conflicts = _merged(table, parts)
            merged[table] = without_duplicates(table, records)
            faults += conflicts
    return Inventory(name or " + ".join(i.name for i in inventories), merged), faults


def _merged(table: str, parts: Sequence[Records]) -> tuple[Records, list[Finding]]:
    frame = pd.concat([p.frame for p in parts], ignore_index=True)
    places = pd.concat([p.places for p in parts], ignore_index=True)
    repeated = frame.duplicated()
    if repeated.any():
        frame, places = (f[~repeated].reset_index(drop=True) for f in (frame, places))
    records = Records(typed(table, frame), places)
    conflicts = [_conflict(table, records, *rows) for rows in repeated_keys(table, records.frame)]
    return records, conflicts


def _conflict(table: str, records: Records, here: int, there: int) -> Finding:
    key = schema.tables()[table].primary_key[0]
    other = place_of(records.places, there)
    ours, theirs = (_shown(records.frame, row) for row in (here, there))
    shown = "; ".join(f"{c}: '{ours[c]}' ≠ '{theirs[c]}'" for c in ours if ours[c] != theirs[c])
    return Finding(
        "conflict",
        "error",
        place_of(records.places, here, key),
        text(
            "'{value}' differs from {other} ({differences}).",
            value=ours[key],
            other=other.text(),
            differences=shown,
        ),
        text("Make the two rows agree, or give one another identifier."),
        value=ours[key],
        related=(other,),
    )


def _shown(frame: pd.DataFrame, row: int) -> dict[str, str]:
    return {str(c): "" if pd.isna(value := cells[row]) else str(value) for c, cells in frame.items()}


def difference(before: Inventory, after: Inventory) -> pd.DataFrame:
    """What changed between two inventories.

    Returns
    -------
    DataFrame
        One row per row added or removed, and per cell changed: ``table``, ``key``, ``change``
        (``added``, ``removed``, ``changed``), ``column``, ``before``, ``after``.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> bd.difference(inv, inv).empty
    True
    """
    given = [table for table in schema.tables() if table in before.records or table in after.records]
    rows = [row for table in given for row in _table_difference(table, before[table], after[table])]
    return pd.DataFrame(rows, columns=["table", "key", "change", "column", "before", "after"])


def _table_difference(
    table: str, before: pd.DataFrame, after: pd.DataFrame
) -> list[tuple[str, str, str, str, str, str]]:
    key = list(schema.tables()[table].primary_key)
    old, new = (f.astype(object).fillna("").astype(str).set_index(key, drop=False) for f in (before, after))

    def shown(k: object) -> str:
        return " · ".join(str(p) for p in (k if isinstance(k, tuple) else (k,)) if p != "")

    rows = [(table, shown(k), "removed", "", "", "") for k in old.index.difference(new.index)]
    rows += [(table, shown(k), "added", "", "", "") for k in new.index.difference(old.index)]
    common = old.index.intersection(new.index)
    then, now = old.loc[common].to_numpy(), new.loc[common, old.columns].to_numpy()
    for i, j in zip(*(then != now).nonzero(), strict=True):
        rows.append((table, shown(common[i]), "changed", str(old.columns[j]), str(then[i, j]), str(now[i, j])))
    return rows
