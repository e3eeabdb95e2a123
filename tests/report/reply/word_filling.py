"""Fill in a Word form as a person does: text typed in the yellow cells, a choice taken from its list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from burden.model.cells import folded
from burden.report.reply.form import HEADER, SHEETS, in_every_language
from tests.report.reply.filling import Line


def filled_word(path: Path, *lines: Line, date: str = "2026-03-12", given_by: str = "Finance department") -> Path:
    """A form with replies: identifier of the line (of the last part after a +) and cells by code."""
    document = docx.Document(str(path))
    for code, value in (("date", date), ("given_by", given_by)):
        put(cell_of(document.tables[0], in_every_language(HEADER[code])), value)
    for named, cells in lines:
        table = table_of(document, named)
        if named.startswith("+"):
            put(cell_of(table, labels("row")), named[1:])
        for code, value in cells.items():
            put(cell_of(table, labels(code)), value)
    document.save(str(path))
    return path


def labels(code: str) -> set[str]:
    return {word for sheet in SHEETS for c in sheet.columns if c.code == code for word in in_every_language(c.label)}


def pairs(table: Table) -> Iterator[tuple[_Cell, _Cell]]:
    """Labels and values: a cell that spans columns counts once."""
    for row in table.rows:
        cells = [_Cell(tc, table) for tc in row._tr.tc_lst]
        yield from zip(cells[::2], cells[1::2], strict=False)


def cell_of(table: Table, named: Any) -> _Cell:
    return next(value for label, value in pairs(table) if folded(label.text) in named)


def table_of(document: Any, named: str) -> Table:
    """The table of a line; the first empty one of the last part after a +."""
    lines = [t for t in document.tables if any(folded(label.text) in labels("row") for label, _ in pairs(t))]
    wanted = "" if named.startswith("+") else named
    return next(t for t in lines if cell_of(t, labels("row")).text == wanted)


def put(cell: _Cell, value: str) -> None:
    """Type into a cell, a paragraph a line, or take a choice."""
    choice = cell._tc.find(".//" + qn("w:sdt"))
    if choice is None:
        first, *others = value.split("\n")
        cell.paragraphs[0].add_run(first)
        for line in others:
            cell.add_paragraph(line)
        return
    choice.find(".//" + qn("w:t")).text = value
    placeholder = choice.find(".//" + qn("w:showingPlcHdr"))
    placeholder.getparent().remove(placeholder)
