"""What must be known of a workbook before it is opened: its size, its merged cells.

The reader of cells lays every sheet out as a full rectangle, so one stray cell in the last corner
of a sheet would ask for more memory than there is, and it ends the whole program rather than fail.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from burden.model.findings import Finding
from burden.model.messages import text
from burden.sources.archive import PICTURES, Elements, RefusedError, archive_fault, parse_part

RECTANGLE_LIMIT = 5_000_000
"""Largest sheet that is read, in cells from A1 to its last filled corner."""

_SAVE_AGAIN = text("Open it in a spreadsheet and save it again as .xlsx or .ods.")
_CHUNK = 1 << 20
_TAIL = 4096
_XLSX_FAULTY = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt=[\"']e[\"']|</(?:\w+:)?f>\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,9})")

Merge = tuple[int, int, int]
"""First row, last row, column of cells merged downwards, from 0."""

Formula = tuple[str, int, int, str]
"""Sheet, line, column (both from 1) and the formula itself."""


def workbook_fault(path: Path, file: str) -> Finding | None:
    """Why the file cannot be opened as a workbook, if it cannot."""
    damaged = text("the file is not a workbook, is damaged, or is locked by a password."), _SAVE_AGAIN
    return archive_fault(path, file, damaged, watch=_watcher)


def _watcher(name: str) -> Elements:
    return OdsSheets() if name == "content.xml" else _XlsxPart()


def _refused() -> RefusedError:
    return RefusedError(
        text(
            "the workbook is too large, or a cell is filled far from the others; {limit} cells are read.",
            limit=RECTANGLE_LIMIT,
        ),
        text("Delete the rows and columns beyond the table, and save it again."),
    )


@dataclass
class _Rectangle:
    """From A1 to the last filled corner, and the cells that merging fills."""

    rows: int = 0
    columns: int = 0
    merged: int = 0

    def fill(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        if self.rows * self.columns > RECTANGLE_LIMIT:
            raise _refused()

    def merge(self, rows: int) -> None:
        self.merged += max(rows, 0)
        if self.merged > RECTANGLE_LIMIT:
            raise _refused()


class _XlsxPart:
    """Any part of an .xlsx: which of them are sheets is for the file to say, and it may lie."""

    def __init__(self) -> None:
        self.rectangle = _Rectangle()
        self.row = self.column = 0
        self.in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Follow rows and cells, which may leave out where they stand."""
        if name == "row":
            self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        elif name == "c":
            self.column += 1
            if "r" in attributes:
                self.row, self.column = _row_and_column(attributes["r"])
            self.in_cell = True
        elif self.in_cell:
            self.rectangle.fill(self.row, self.column)
        elif name == "mergeCell":
            ends = [_row_and_column(end)[0] for end in attributes.get("ref", "").split(":")]
            self.rectangle.merge(ends[-1] - ends[0])
        elif name == "Relationship" and attributes.get("Target", "").lower().endswith(PICTURES):
            self._is_drawing(attributes.get("Type", ""))

    def end(self, name: str) -> None:
        """Leave a cell."""
        if name == "c":
            self.in_cell = False

    def _is_drawing(self, kind: str) -> None:
        if not kind.endswith(("/vmlDrawing", "/legacyDrawing", "/image")):
            raise RefusedError(
                text("the workbook gives a drawing for a sheet."),
                _SAVE_AGAIN,
            )


def _row_and_column(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    return int(found[2]), column_number(found[1].upper())


def column_number(letters: str) -> int:
    """The number of a spreadsheet column.

    Examples
    --------
    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def has_faulty_cells(path: Path) -> bool:
    """Whether an .xlsx holds error values (#REF!) or formulas whose result was never stored."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if "sheet" in entry.filename.lower() and entry.filename.endswith(".xml"):
                with archive.open(entry) as stream:
                    if any(_XLSX_FAULTY.search(chunk) for chunk in _chunks(stream)):
                        return True
    return False


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that what lies across two of them is seen."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_TAIL:]


@dataclass
class OdsSheets:
    """The sheets of an .ods as their elements pass: cells merged downwards, formulas."""

    merges: dict[str, list[Merge]] = field(default_factory=dict)
    formulas: list[Formula] = field(default_factory=list)
    _rectangle: _Rectangle = field(default_factory=_Rectangle)
    _sheet: str = ""
    _above: int = 0
    _at: int = 0
    _width: int = 0
    _repeated: int = 1
    _depth: int = 0
    """How deep within a row: 1 is the row, 2 a cell of it."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Enter a sheet, a row, a cell, or what fills a cell."""
        if self._depth or name == "table-row":
            self._depth += 1
        elif name == "table":
            self._sheet, self._above, self._rectangle = attributes.get("name", ""), 0, _Rectangle()
        if self._depth == 1:
            self._at = self._width = 0
            self._repeated = int(attributes.get("number-rows-repeated", "1"))
        elif self._depth == 2:
            self._start_cell(attributes)
        elif self._depth == 3:
            self._fill()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        span = int(attributes.get("number-rows-spanned", "1"))
        if span > 1:
            self._rectangle.merge(span)
            self.merges.setdefault(self._sheet, []).append((self._above, self._above + span - 1, self._at))
        if formula := attributes.get("formula"):
            self.formulas.append((self._sheet, self._above + 1, self._at + 1, formula))
        self._at += int(attributes.get("number-columns-repeated", "1"))
        if attributes.get("value-type"):
            self._fill()

    def _fill(self) -> None:
        self._width = max(self._width, self._at)
        self._rectangle.fill(self._above + self._repeated, self._width)

    def end(self, name: str) -> None:  # noqa: ARG002
        """Leave a row, or what it holds."""
        if self._depth == 1:
            self._above += self._repeated
        self._depth = max(self._depth - 1, 0)


def ods_sheets(path: Path) -> OdsSheets:
    """What is merged and computed in an .ods."""
    sheets = OdsSheets()
    parse_part(path, "content.xml", sheets)
    return sheets
