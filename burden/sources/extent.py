"""What must be known of a workbook before it is opened: its size, its merged cells.

A workbook is a zip of XML. The reader of cells lays every sheet out as a full rectangle, so one
stray cell in the last corner of a sheet would ask for more memory than there is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from burden.model.findings import Finding, Place
from burden.model.messages import text
from burden.sources.rows import CELL_LIMIT

RECTANGLE_LIMIT = 5_000_000
"""Largest sheet that is read, in cells from A1 to its last filled corner."""

UNPACKED_LIMIT = 300_000_000
"""Largest workbook that is read, in bytes once unpacked."""

_CHUNK = 1 << 20
_TAIL = 4096
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*?(/?)>")
_XLSX_FAULTY = re.compile(rb"<(?:\w+:)?c\s[^>]*\bt=[\"']e[\"']|</(?:\w+:)?f>\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Merge = tuple[int, int, int]
"""First row, last row, column of cells merged downwards, from 0."""


def workbook_fault(path: Path, file: str) -> Finding | None:
    """Why the file cannot be opened as a workbook, if it cannot."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(e.file_size for e in entries) > UNPACKED_LIMIT:
                return _too_large(file)
            for entry in entries:
                if entry.filename.endswith(".xml"):
                    with archive.open(entry) as stream:
                        if _longest_text(stream) > 4 * CELL_LIMIT:
                            return _long_cell(file)
            spread = [_sheet_extent(archive, e) for e in entries]
    except Exception:
        # Zip, zlib and XML each have their own errors; whichever it is, the file is damaged.
        return Finding(
            "file",
            "error",
            Place(file),
            text("the file is not a workbook, is damaged, or is locked by a password."),
            text("Open it in a spreadsheet and save it again as .xlsx or .ods."),
        )
    return _too_large(file) if max(spread, default=0) > RECTANGLE_LIMIT else None


def _too_large(file: str) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file),
        text(
            "the workbook is too large, or a cell is filled far from the others; {limit} cells are read.",
            limit=RECTANGLE_LIMIT,
        ),
        text("Delete the rows and columns beyond the table, and save it again."),
    )


def _long_cell(file: str) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file),
        text("a cell holds more than the {limit} characters that are read.", limit=CELL_LIMIT),
        text("Shorten the cell."),
    )


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that what lies across two of them is seen."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_TAIL:]


def _longest_text(stream: IO[bytes]) -> int:
    longest = running = 0
    while chunk := stream.read(_CHUNK):
        first, *others = chunk.split(b"<")
        running += len(first)
        longest = max(longest, running, *(len(o) for o in others))
        running = len(others[-1]) if others else running
    return longest


def _sheet_extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    if entry.filename == "content.xml":
        with archive.open(entry) as stream:
            return max((rows * columns for _, rows, columns, _ in _ods_tables(stream)), default=0)
    if _is_xlsx_sheet(entry):
        with archive.open(entry) as stream:
            return _xlsx_extent(stream)
    return 0


def _is_xlsx_sheet(entry: zipfile.ZipInfo) -> bool:
    return "sheet" in entry.filename.lower() and entry.filename.endswith(".xml")


def _xlsx_extent(stream: IO[bytes]) -> int:
    rows = columns = 0
    for chunk in _chunks(stream):
        for letters, number, empty in _XLSX_CELL.findall(chunk):
            if not empty:
                rows, columns = max(rows, int(number)), max(columns, column_number(letters.decode()))
    return rows * columns


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
            if _is_xlsx_sheet(entry):
                with archive.open(entry) as stream:
                    if any(_XLSX_FAULTY.search(chunk) for chunk in _chunks(stream)):
                        return True
    return False


def ods_merges(path: Path) -> dict[str, list[Merge]]:
    """Cells merged downwards in each sheet of an .ods."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        return {name: merges for name, _, _, merges in _ods_tables(stream)}


def _ods_tables(stream: IO[bytes]) -> Iterator[tuple[str, int, int, list[Merge]]]:
    """Each sheet: its name, its rows and columns up to the last filled ones, its merged cells."""
    above = rows = columns = 0
    merges: list[Merge] = []
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            above = rows = columns = 0
            merges = []
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            width, spans = _ods_row(element)
            merges += [(above, above + span - 1, column) for column, span in spans]
            above += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            if width:
                rows, columns = above, max(columns, width)
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), rows, columns, merges


def _ods_row(row: ElementTree.Element) -> tuple[int, list[tuple[int, int]]]:
    at = width = 0
    spans: list[tuple[int, int]] = []
    for cell in row:
        span = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if span > 1:
            spans.append((at, span))
        at += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            width = at
    return width, spans
