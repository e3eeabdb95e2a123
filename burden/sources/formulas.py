"""Cells of a workbook that hold a formula, for where only what people wrote themselves may be read."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl

from burden.sources.extent import workbook_fault

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Formula = tuple[str, int, int, str]
"""Sheet, line, column (both from 1) and the formula itself."""


def formulas(path: Path) -> list[Formula]:
    """Every formula of an .xlsx or .ods; none of a file that cannot be opened, which reading reports."""
    if workbook_fault(path, path.name):
        return []
    return list(_of_ods(path) if path.suffix.lower() == ".ods" else _of_xlsx(path))


def _of_xlsx(path: Path) -> Iterator[Formula]:
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.row, cell.column, str(getattr(cell.value, "text", cell.value))
        book.close()


def _of_ods(path: Path) -> Iterator[Formula]:
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        sheet, line = "", 1
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                sheet, line = element.get(f"{_TABLE}name", ""), 1
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                for column, formula in _of_row(element):
                    yield sheet, line, column, formula
                line += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                element.clear()


def _of_row(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 1
    for cell in row:
        if formula := cell.get(f"{_TABLE}formula"):
            yield column, formula
        column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
