"""Cells that a spreadsheet would run: found in workbooks, made inert in CSV files."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from burden.sources.extent import Formula, ods_sheets, workbook_fault

_RUNS = re.compile(r"'*[=+\-@\t\r]")


def inert(value: str) -> str:
    """A text that no spreadsheet runs when it opens a CSV file: after an apostrophe, if it would.

    Examples
    --------
    >>> inert("=1+1"), inert("l'an"), inert("'quoted'"), inert("'=1+1")
    ("'=1+1", "l'an", "'quoted'", "''=1+1")
    """
    return f"'{value}" if _RUNS.match(value) else value


def alive(value: str) -> str:
    """The text that was made inert; any other is left as it is.

    Examples
    --------
    >>> alive("'=1+1"), alive("''=1+1"), alive("'quoted'"), alive("-5")
    ('=1+1', "'=1+1", "'quoted'", '-5')
    """
    return value[1:] if value.startswith("'") and _RUNS.match(value) else value


def formulas(path: Path) -> list[Formula]:
    """Every formula of an .xlsx or .ods; none of a file that cannot be opened, which reading reports."""
    if workbook_fault(path, path.name):
        return []
    return ods_sheets(path).formulas if path.suffix.lower() == ".ods" else list(_of_xlsx(path))


def _of_xlsx(path: Path) -> Iterator[Formula]:
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.row, cell.column, str(getattr(cell.value, "text", cell.value))
        book.close()
