"""From the bytes of a CSV file to its rows, as French offices really write them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import BinaryIO

from burden.model.cells import folded
from burden.model.findings import Finding, Place
from burden.model.messages import Text, text
from burden.sources.formulas import alive
from burden.sources.rows import CELL_LIMIT, Row, shown, unfit_cells

ROW_LIMIT = 1_000_000
"""Longest row that is read, in characters, its line ends included."""

ROWS_LIMIT = 1_000_000
"""Most rows that are read of one file, empty ones aside; a spreadsheet has no more."""

HEADER_ROWS = 20
"""The header row is one of the first so many."""

_HEADER_LIMIT = 5_000
_FAULT_LIMIT = 20
_CHUNK = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
_DECLARED = re.compile(r"sep=([,;\t|])\s*")
_TWICE_ENCODED = re.compile("Ã[\u00a0§¨©ª«®´¹»¼€‰¢¯¶]|â€[™œ“”˜\u009d¦]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_EMPTY = (text("the file is empty."), text("Write a header row and rows, or remove the file."))


class _RowTooLongError(Exception):
    """A row passed the limit while it was being read."""


def read_rows(stream: BinaryIO, file: str, *, headings: Collection[str] = ()) -> tuple[list[Row], list[Finding]]:
    r"""The rows of a CSV file, read piece by piece whatever its size.

    UTF-8 with or without byte-order mark, UTF-16 with one, else Windows-1252 (a superset of
    printable Latin-1); commas, semicolons, tabs or bars.

    Parameters
    ----------
    stream : binary file
        Can be read twice from its start.
    file : str
        What the findings call it.
    headings : collection of str, optional
        Folded names of the columns, to tell the delimiter by.

    Returns
    -------
    tuple
        The rows, each with the physical line it starts on, and every fault of the file.

    Examples
    --------
    >>> rows, findings = read_rows(io.BytesIO("nom;âge\nZoé;7".encode("latin-1")), "people.csv")
    >>> [row.cells for row in rows], findings
    ([('nom', 'âge'), ('Zoé', '7')], [])
    """
    encoding, fault = _encoding(stream)
    if fault:
        return [], [Finding("file", "error", Place(file), *fault)]
    stream.seek(0)
    decoded = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        lines = iter(lambda: decoded.readline(ROW_LIMIT + 1), "")
        start = list(islice(lines, HEADER_ROWS))
        declared = _DECLARED.fullmatch(start[0])
        delimiter = declared[1] if declared else _delimiter(start, headings)
        rows, findings = _rows(chain(start, lines), delimiter, file)
        rows = rows[1:] if declared else rows
        return rows, findings if rows or findings else [Finding("file", "error", Place(file), *_EMPTY)]
    finally:
        decoded.detach()


def _encoding(stream: BinaryIO) -> tuple[str, tuple[Text, Text] | None]:
    head = stream.read(4)
    if head.startswith(_SIGNATURES):
        return "", (
            text("the file is a workbook or a document, not a CSV file."),
            text("Open it and save it as 'CSV UTF-8', or give its true suffix back to it."),
        )
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        content = _content(stream, encoding)
        if content == "text":
            return encoding, None
        if content == "empty":
            return "", _EMPTY
        if content == "binary":
            break
    return "", (
        text("the file is not text that can be read."),
        text("Open it in a spreadsheet and save it as 'CSV UTF-8'."),
    )


def _content(stream: BinaryIO, encoding: str) -> str:
    """What the bytes are in this encoding: text, empty, binary, or undecodable."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    found = "empty"
    try:
        while chunk := stream.read(_CHUNK):
            part = decoder.decode(chunk)
            if "\0" in part:
                return "binary"
            if found == "empty" and part.strip("\ufeff \t\r\n"):
                found = "text"
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "undecodable"
    return found


def _delimiter(start: list[str], headings: Collection[str]) -> str:
    short = [line for line in start if len(line) < _HEADER_LIMIT]

    def score(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(short, delimiter=delimiter, skipinitialspace=True)
        return max(((sum(folded(c) in headings for c in row), len(row)) for row in rows), default=(0, 0))

    return max(_DELIMITERS, key=score)


def _rows(lines: Iterator[str], delimiter: str, file: str) -> tuple[list[Row], list[Finding]]:
    """Row by row, so that a line that cannot be read costs itself and not what follows."""
    rows: list[Row] = []
    findings: list[Finding] = []
    pending: deque[str] = deque()
    line = 1
    misread = 0
    while misread < _FAULT_LIMIT and len(rows) < ROWS_LIMIT:
        taken: list[str] = []
        try:
            cells = _next_row(_fed(lines, pending, taken), delimiter)
        except _RowTooLongError:
            return rows, [*findings, _row_too_long(file, line, taken[0])]
        except csv.Error as error:
            findings.append(_misread(error, file, line, taken[0]))
            if "field limit" in str(error) and len(taken) > 1:
                break
            misread += 1
            pending.extendleft(reversed(taken[1:]))
            line += 1
            continue
        if cells is None:
            return rows, findings
        row = Row(line, tuple(alive(c) for c in cells))
        rows += [row] if row.filled() else []
        findings += chain(unfit_cells(row, file), _twice_encoded(findings, file, line, taken))
        line += len(taken)
    return rows, [*findings, _given_up(file, line)]


def _next_row(lines: Iterator[str], delimiter: str) -> tuple[str, ...] | None:
    cells = next(csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True), None)
    return None if cells is None else tuple(cells)


def _fed(lines: Iterator[str], pending: deque[str], taken: list[str]) -> Iterator[str]:
    size = 0
    while line := pending.popleft() if pending else next(lines, ""):
        taken.append(line)
        size += len(line)
        if size > ROW_LIMIT:
            raise _RowTooLongError
        yield line


def _row_too_long(file: str, line: int, start: str) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file, line),
        text("a row has more than {limit} characters; the file was not read beyond it.", limit=ROW_LIMIT),
        text("Shorten the cell, or close the quotation mark that was left open in it."),
        value=shown(start),
    )


def _misread(error: csv.Error, file: str, line: int, start: str) -> Finding:
    if "field limit" in str(error):
        fault = text(
            "a cell holds more than the {limit} characters that are read; the line was not read.", limit=CELL_LIMIT
        )
        remedy = text("Shorten the cell, or close the quotation mark that was left open in it.")
    else:
        fault = text("a quotation mark is left open, or text follows one that closes a cell; the line was not read.")
        remedy = text('Write "" for a quotation mark inside a cell, and close the cell with one.')
    return Finding("file", "error", Place(file, line), fault, remedy, value=shown(start.rstrip("\r\n")))


def _given_up(file: str, line: int) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file, line),
        text("the file was not read from here on: too many lines above have faults, or it is too long."),
        text("Save the file again from a spreadsheet as 'CSV UTF-8'."),
    )


def _twice_encoded(findings: list[Finding], file: str, line: int, taken: list[str]) -> Iterator[Finding]:
    match = next((m for part in taken if (m := _TWICE_ENCODED.search(part))), None)
    if match and not any(f.check == "encoding" for f in findings):
        yield Finding(
            "encoding",
            "error",
            Place(file, line),
            text("'{value}' is an accented letter that was saved in one encoding and read in another.", value=match[0]),
            text("Open the original file again and save it as 'CSV UTF-8'."),
            value=shown(taken[0].rstrip("\r\n")),
        )
