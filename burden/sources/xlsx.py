"""Write the sheets of an inventory as .xlsx."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from burden.model import schema
from burden.model.messages import text
from burden.sources.rows import Value
from burden.sources.sheets import (
    CODE_HEADERS,
    CODES_SHEET,
    HEADER_LINE,
    TableSheet,
    boolean_words,
    code_rows,
    read_me_name,
    read_me_rows,
)
from burden.sources.zips import undate

_HEADER = PatternFill("solid", fgColor="DDE5EE")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMATS = {"number": "General", "integer": "0", "date": "yyyy-mm-dd"}
_FIRST_DATE = date(1900, 3, 1)
_LAST_ROW = 1_048_576


def write_xlsx(path: Path, sheets: Sequence[TableSheet], *, language: str) -> None:
    """Write a workbook with guidance, table sheets and drop-down lists."""
    book = openpyxl.Workbook()
    read_me = book.active
    read_me.title = read_me_name(language)
    for line, cells in enumerate(read_me_rows(sheets, language), start=1):
        _write_row(read_me, line, cells)
    read_me["A1"].font = Font(bold=True, size=14)
    for letter, width in zip("ABC", (28, 14, 90), strict=True):
        read_me.column_dimensions[letter].width = width
    ranges = _code_ranges(language)
    for sheet in sheets:
        _write_table(book.create_sheet(sheet.name), sheet, ranges, language)
    codes = book.create_sheet(CODES_SHEET)
    for line, row in enumerate((CODE_HEADERS, *code_rows()), start=1):
        _write_row(codes, line, row)
    _head(codes, 1)
    book.save(path)
    undate(path)


def _write_row(sheet: Worksheet, line: int, values: Sequence[Value]) -> None:
    for column, value in enumerate(values, start=1):
        if value is not None:
            write_cell(sheet.cell(line, column), value)


def write_cell(cell: Cell, value: Value) -> None:
    """A value as what it is; text is never taken for a formula, an error value or an escape."""
    if isinstance(value, date):
        # Spreadsheets believe that 1900 was a leap year: earlier days are safe as text only.
        cell.value = value if value >= _FIRST_DATE else value.isoformat()
        cell.number_format = _FORMATS["date"]
        return
    if isinstance(value, float):
        # Given a float, openpyxl keeps 16 digits of it; 17 are needed.
        cell.value = repr(value)
        cell.data_type = "n"
        return
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _ESCAPED.sub("_x005F_", value)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _write_table(sheet: Worksheet, table: TableSheet, ranges: Mapping[str, str], language: str) -> None:
    _write_row(sheet, HEADER_LINE - 1, table.guidance)
    _write_row(sheet, HEADER_LINE, table.headers)
    for line, row in enumerate(table.rows, start=HEADER_LINE + 1):
        _write_row(sheet, line, row)
    for cell in sheet[HEADER_LINE - 1]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(italic=True, size=9)
    _head(sheet, HEADER_LINE)
    for at, column in enumerate(table.columns, start=1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 28
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.type, "@")
        if choices := _choices(column, ranges, language):
            _add_drop_down(sheet, letter, choices, language)


def _head(sheet: Worksheet, line: int) -> None:
    for cell in sheet[line]:
        cell.font = Font(bold=True)
        cell.fill = _HEADER
    sheet.freeze_panes = f"A{line + 1}"


def _choices(column: schema.Column, ranges: Mapping[str, str], language: str) -> str:
    if column.type == "boolean":
        return '"' + ",".join(boolean_words(language)) + '"'
    return ranges.get(column.code_list, "")


def _code_ranges(language: str) -> dict[str, str]:
    """Where the names of each code list stand on the sheet of code lists."""
    letter = "C" if language == "fr" else "D"
    lines: dict[str, list[int]] = {}
    for line, row in enumerate(code_rows(), start=2):
        lines.setdefault(row[0], []).append(line)
    sheet = quote_sheetname(CODES_SHEET)
    return {name: f"{sheet}!${letter}${at[0]}:${letter}${at[-1]}" for name, at in lines.items()}


def _add_drop_down(sheet: Worksheet, letter: str, choices: str, language: str) -> None:
    validation = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    validation.error = text("Choose a value of the list.").render(language)
    validation.add(f"{letter}{HEADER_LINE + 1}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(validation)
