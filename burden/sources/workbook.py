"""Workbooks (.xlsx, .ods): to rows of text, sheet by sheet; from an inventory; blank, to fill in."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from openpyxl import Workbook
from openpyxl.cell import Cell

from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.sources.extent import Merge, has_faulty_cells, ods_sheets, workbook_fault
from burden.sources.ods import write_ods
from burden.sources.placing import placed_file
from burden.sources.rows import Row, cell_text, unfit_cells
from burden.sources.sheets import TableSheet, table_sheets, unwritable
from burden.sources.xlsx import write_xlsx

SUFFIXES = (".xlsx", ".xlsm", ".ods")
"""Workbooks that are read."""

_WRITERS = {".xlsx": write_xlsx, ".ods": write_ods}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, what findings call it, its rows."""

    name: str
    file: str
    rows: tuple[Row, ...]


def is_workbook(path: Path) -> bool:
    """Whether the suffix is that of a workbook that can be read."""
    return path.suffix.lower() in SUFFIXES


def read_workbook_rows(path: Path, file: str) -> tuple[list[Sheet], list[Finding]]:
    """The sheets of a workbook as rows of text; line numbers are those of the sheet.

    Numbers and dates keep their precision (``12.0`` is ``12``); cells merged downwards hold their
    value in each row; an error value and a formula without a stored result are findings.

    Parameters
    ----------
    path : Path
        An ``.xlsx``, ``.xlsm`` or ``.ods`` file.
    file : str
        What the findings call it.
    """
    if fault := workbook_fault(path, file):
        return [], [fault]
    try:
        laid_out = _laid_out(path)
        faulty = _faulty_cells(path, file) if has_faulty_cells(path) else []
    except Exception as error:
        return [], [_unreadable(file, error)]
    except BaseException as error:
        # A panic of the reader's Rust code derives from BaseException, beside KeyboardInterrupt.
        if type(error).__name__ != "PanicException":
            raise
        return [], [_unreadable(file, error)]
    sheets = [Sheet(name, _sheet_file(file, name), tuple(_rows(values, merges))) for name, values, merges in laid_out]
    findings = [f for s in sheets for row in s.rows for f in unfit_cells(row, s.file)]
    return sheets, findings + faulty


def _sheet_file(file: str, sheet: str) -> str:
    return f"{file} [{sheet}]"


def _unreadable(file: str, error: BaseException) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file),
        text("the workbook is damaged ({error}).", error=str(error)[:200]),
        text("Open it in a spreadsheet and save it again as .xlsx or .ods."),
    )


def _laid_out(path: Path) -> list[tuple[str, list[list[Any]], Sequence[Merge]]]:
    sheets: list[tuple[str, list[list[Any]], Sequence[Merge]]] = []
    with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
        downwards = ods_sheets(path).merges if path.suffix.lower() == ".ods" else {}
        for meta in workbook.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            merges = downwards.get(meta.name) or _merges(sheet.merged_cell_ranges)
            sheets.append((meta.name, sheet.to_python(skip_empty_area=False), merges))
    return sheets


def _merges(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Merge]:
    return [(top, bottom, column) for (top, column), (bottom, _) in ranges or [] if bottom > top]


def _rows(values: list[list[Any]], merges: Sequence[Merge]) -> Iterator[Row]:
    for top, bottom, column in merges:
        for below in values[top + 1 : bottom + 1]:
            if column < len(below) and below[column] in ("", None):
                below[column] = values[top][column]
    for line, cells in enumerate(values, start=1):
        yield Row(line, tuple(cell_text(c) for c in cells))


def _faulty_cells(path: Path, file: str) -> list[Finding]:
    """Cells that the fast reader gives as empty though they are not."""
    with warnings.catch_warnings(action="ignore"):
        results = openpyxl.load_workbook(path, read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(path, read_only=True)
        findings = list(_empty_results(results, formulas, file))
    results.close()
    formulas.close()
    return findings


def _empty_results(results: Workbook, formulas: Workbook, file: str) -> Iterator[Finding]:
    for result, formula in zip(results.worksheets, formulas.worksheets, strict=True):
        for result_row, formula_row in zip(result.iter_rows(), formula.iter_rows(), strict=True):
            for cell, written in zip(result_row, formula_row, strict=True):
                if cell.data_type == "e" or (written.data_type == "f" and cell.value is None):
                    yield _faulty_cell(_sheet_file(file, result.title), cell, str(written.value))


def _faulty_cell(file: str, cell: Cell, written: str) -> Finding:
    value = str(cell.value or written)
    return Finding(
        "cell",
        "error",
        Place(file, cell.row, cell.coordinate),
        text("'{value}' is an error, or a formula without a stored result.", value=value),
        text("Correct the formula, or write its result in its place."),
        value=value,
    )


def write_workbook(inv: Inventory, path: str | Path, *, language: str = "fr") -> Path:
    """Write an inventory as a workbook, .xlsx or .ods by its suffix.

    One sheet a table that is required or has rows, with guidance above a frozen header row; a
    first sheet that explains, a last one with the code lists (drop-down lists in .xlsx). Text is
    never written as a formula.

    Parameters
    ----------
    inv : Inventory
        What to write.
    path : str or Path
        A file that does not exist yet.
    language : str
        ``fr`` or ``en``: of headers, sheet names and code names; both are read back.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InventoryError
        If the file exists, has another suffix, or a text does not fit a cell of a workbook.
    """
    return _write(Path(path), table_sheets(inv, language=language, every=False), language)


def blank_workbook(path: str | Path, *, language: str = "fr") -> Path:
    """Write a workbook to fill in: every table, guidance and code lists, no row.

    Parameters
    ----------
    path : str or Path
        A file that does not exist yet, ``.xlsx`` or ``.ods``.
    language : str
        ``fr`` or ``en``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InventoryError
        If the file exists or has another suffix.
    """
    return _write(Path(path), table_sheets(Inventory("", {}), language=language, every=True), language)


def _write(path: Path, sheets: list[TableSheet], language: str) -> Path:
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise InventoryError([_not_writable(path.name)])
    if path.exists():
        raise InventoryError([_exists(path.name)])
    if findings := list(unwritable(sheets, path.name)):
        raise InventoryError(findings)
    with placed_file(path) as fresh:
        writer(fresh, sheets, language=language)
    return path


def _not_writable(file: str) -> Finding:
    return Finding(
        "file",
        "error",
        Place(file),
        text("a workbook is written as .xlsx or .ods."),
        text("Give the file one of these suffixes."),
    )


def _exists(file: str) -> Finding:
    return Finding(
        "exists",
        "error",
        Place(file),
        text("the file exists already."),
        text("Give another name; it is not written over."),
    )
