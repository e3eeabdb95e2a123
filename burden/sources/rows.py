"""Rows of text, whatever file they came from, and the text of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

import pandas as pd

from burden.model.findings import Finding, Place
from burden.model.messages import text

CELL_LIMIT = 131_072
"""Longest cell that is read, in characters; a spreadsheet cell holds at most 32,767."""

Value: TypeAlias = str | bool | int | float | date | timedelta | None
"""What a cell of a table or of a workbook can hold."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML, so no workbook and no document, can hold; some of them drive a terminal."""

_EXACT_BELOW = 1e15


@dataclass(frozen=True)
class Row:
    """One row as it stands in a file: the line it starts on, its cells."""

    line: int
    cells: tuple[str, ...]

    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [c for c in self.cells if c and not c.isspace()]


def shown(value: str) -> str:
    """The beginning of a value, short enough for a message.

    Examples
    --------
    >>> len(shown("x" * 1000))
    60
    """
    return value if len(value) <= 60 else value[:59] + "…"


def character(found: str) -> str:
    """The name of a character that cannot be shown.

    Examples
    --------
    >>> character(chr(7))
    'U+0007'
    """
    return f"U+{ord(found):04X}"


def unfit_cells(row: Row, file: str) -> Iterator[Finding]:
    """Cells of a row that are longer than the limit, or hold characters that cannot be written again."""
    for cell in row.cells:
        if match := NOT_XML.search(cell):
            yield Finding(
                "file",
                "error",
                Place(file, row.line),
                text("the text holds the control character {character}.", character=character(match[0])),
                text("Remove it."),
                value=repr(shown(cell)),
            )
        if len(cell) > CELL_LIMIT:
            yield Finding(
                "file",
                "error",
                Place(file, row.line),
                text("a cell holds {length} characters; {limit} are read.", length=len(cell), limit=CELL_LIMIT),
                text("Shorten the cell, or close the quotation mark that was left open in it."),
                value=shown(cell),
            )


def cell_text(value: Value | time) -> str:
    """The text of a value, as a cell of a file: nothing lost, nothing added.

    Examples
    --------
    >>> cell_text(12.0), cell_text(0.1), cell_text(True), cell_text(None)
    ('12', '0.1', 'true', '')
    >>> cell_text(datetime(2025, 12, 31)), cell_text(datetime(2025, 12, 31, 8, 30))
    ('2025-12-31', '2025-12-31 08:30:00')
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, time) and pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < _EXACT_BELOW else repr(number)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)
