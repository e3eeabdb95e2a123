"""Fill in a form as an authority would: in its own words, in the yellow columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from burden.model.cells import folded
from burden.model.findings import Finding
from burden.report.reply.form import HEADER, MORE, SHEETS, in_every_language
from burden.report.reply.workbook_form import HEADER_LINE

Line = tuple[str, dict[str, Any]]


def filled(path: Path, *lines: Line, date: Any = "2026-03-12", given_by: str = "Finance department") -> Path:
    """A form with replies: identifier of the line (of the last sheet after a +) and cells by code."""
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(max_row=12):
        for code, value in (("date", date), ("given_by", given_by)):
            if folded(str(row[0].value)) in in_every_language(HEADER[code]):
                row[1].value = value
    for named, cells in lines:
        sheet, at = _line(book, named)
        for code, value in cells.items():
            cell = sheet.cell(at, _column(sheet, code))
            cell.value = value
            if isinstance(value, str) and value.startswith("'="):
                # As somebody who wants a text types it: the apostrophe is no part of it.
                cell.value, cell.data_type, cell.quotePrefix = value[1:], "s", True
    book.save(path)
    return path


def _line(book: Any, named: str) -> tuple[Any, int]:
    if named.startswith("+"):
        sheet = book.worksheets[-1]
        at = next(r for r in range(HEADER_LINE + 1, 99) if not any(c.value for c in sheet[r]))
        sheet.cell(at, 1).value = named[1:] or None
        return sheet, at
    return next((s, r[0].row) for s in book.worksheets for r in s.iter_rows() if r[0].value == named)


def _column(sheet: Any, code: str) -> int:
    labels = {w for s in SHEETS for c in s.columns if c.code == code for w in in_every_language(c.label)}
    return next(c.column for c in sheet[HEADER_LINE] if folded(str(c.value)) in labels)


def sheet_of(book: Any, identifier: str) -> Any:
    """The sheet that has some identifier of :data:`SHEETS`."""
    spec = next(s for s in (*SHEETS, MORE) if s.id == identifier)
    return next(s for s in book.worksheets if folded(s.title) in in_every_language(spec.name))


def places(findings: tuple[Finding, ...], check: str) -> list[tuple[str, int | None, str]]:
    """Where the findings of a check are."""
    return [(f.place.file, f.place.line, f.place.column) for f in findings if f.check == check]
