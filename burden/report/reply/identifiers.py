"""What a line of a form is about: a readable identifier, and the state in which it was shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.sources.rows import cell_text

REPLIED_TO = ("obligations", "requests", "activities")
"""Tables whose rows a form shows."""
NUMBERS = "portfolio"
MEASURES = "measures"
MEASURE_KEY = ("kind", "obligation_id", "source_kind", "source_id", "register")
"""What identifies a measure from one plan to another; its number does not."""


@dataclass(frozen=True)
class Row:
    """A row of the inventory, a number of the portfolio or a measure that a reply may be about.

    Attributes
    ----------
    about : str
        A table of the inventory, ``portfolio`` or ``measures``.
    key : tuple of str
        What identifies it there.
    index : int
        Its label in the table; -1 for a number or a measure.
    state : str
        Changes when the row does.
    """

    identifier: str
    about: str
    key: tuple[str, ...]
    index: int = -1
    state: str = ""


def identifier(about: str, *key: str) -> str:
    """The identifier of a row, as a form writes it.

    Examples
    --------
    >>> identifier("requests", "ES", "Effectif")
    'requests/ES/Effectif'
    """
    return "/".join((about, *key))


def rows_of(inv: Inventory, ptf: Portfolio) -> dict[str, Row]:
    """Every row that a reply may be about, by identifier; measures aside, which no table has.

    Examples
    --------
    >>> import burden as bd
    >>> rows = rows_of(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> rows["obligations/ES"].key
    ('ES',)
    """
    found = [row for table in REPLIED_TO for row in _rows_of_table(table, inv[table])]
    found += _numbers(ptf)
    return {row.identifier: row for row in found}


def _rows_of_table(table: str, frame: pd.DataFrame) -> Iterable[Row]:
    keys = list(schema.tables()[table].primary_key)
    cells = [[cell_text(v) for v in frame[column].tolist()] for column in frame]
    named = [cells[list(frame.columns).index(k)] for k in keys]
    for index, (key, values) in enumerate(zip(zip(*named, strict=True), zip(*cells, strict=True), strict=True)):
        yield Row(identifier(table, *key), table, key, index, _digest("\x1f".join(values)))


def _numbers(ptf: Portfolio) -> Iterable[Row]:
    units = ptf.units
    for population in ptf.populations:
        for unit, number in zip(units["unit_id"], units[population], strict=True):
            key = (str(unit), population)
            yield Row(identifier(NUMBERS, *key), NUMBERS, key, -1, _digest(cell_text(number)))


def measure_row(inv: Inventory, named: str) -> Row | None:
    """The measure that an identifier names, if what it is about is still in the inventory."""
    about, *key = named.split("/", 5)
    if about != MEASURES or len(key) != len(MEASURE_KEY):
        return None
    _, obligation, kind, source, _ = key
    tools, authorities = set(inv.obligations["obligation_id"]), set(inv.authorities["authority_id"])
    known = obligation in tools and (not source or source in (tools if kind != "register" else authorities))
    return Row(named, MEASURES, tuple(key)) if known else None


def state_of(inv: Inventory) -> str:
    """A short mark of all rows of an inventory: it changes when one of them does.

    Examples
    --------
    >>> import burden as bd
    >>> state_of(bd.example("four-tools")) == state_of(bd.example("four-tools"))
    True
    """
    marks = []
    for table in schema.tables():
        frame = inv[table]
        cells = [[cell_text(v) for v in frame[column].tolist()] for column in frame]
        marks += sorted(table + "\x1f" + "\x1f".join(row) for row in zip(*cells, strict=True))
    return _digest("\x1e".join(marks), size=6)


def shown_state(cells: Iterable[str]) -> str:
    """A mark of what a line shows, to see whether somebody wrote over it."""
    return _digest("\x1f".join(" ".join(c.split()) for c in cells), size=3)


def _digest(content: str, *, size: int = 4) -> str:
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
