"""The audit as a folder: report, tables, charts, graph, and every key figure as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from burden import __version__, graph
from burden.model.findings import finding_table
from burden.model.messages import Text, text
from burden.report.audit import Audit
from burden.report.content import charts_of
from burden.report.drawings import draw
from burden.report.html import render_html
from burden.report.names import name_of_audited
from burden.report.processes import InTurn
from burden.report.sections import sections
from burden.sources.formulas import inert
from burden.sources.in_place import write_in_place
from burden.sources.tables import write_table
from burden.sources.xlsx import write_cell
from burden.sources.zips import undate

_MARK = "audit.json"
_SHEET_NAME_LENGTH = 31


def write_bundle(
    audit: Audit,
    folder: str | Path,
    *,
    language: str = "fr",
    on_step: Callable[[Text], None] | None = None,
    executor: Executor | None = None,
) -> Path:
    """Write the bundle of an audit.

    The folder holds ``report.html``, ``audit.json`` (key figures), ``tables/`` (CSV and one
    workbook), ``figures/`` (SVG and PNG) and ``graph.graphml``. It is written beside and put in
    place once complete; an earlier bundle is replaced, anything else is left alone.

    Parameters
    ----------
    executor : Executor, optional
        Where charts are drawn and tables written (:mod:`burden.report.processes`).

    Returns
    -------
    Path
        The report.

    Raises
    ------
    InventoryError
        If the folder exists and is not a bundle.
    """
    say = on_step or (lambda _: None)

    def write(new: Path) -> None:
        say(text("Writing the report"))
        _write(audit, new, language, executor or InTurn())

    occupied = text("the folder holds files that are not an audit; nothing was written.")
    return write_in_place(folder, write, mark=_MARK, occupied=occupied) / "report.html"


def _write(audit: Audit, folder: Path, language: str, executor: Executor) -> None:
    data = write_data(audit, folder, language=language, executor=executor)
    content = sections(audit, language)
    drawings = draw(charts_of(content), folder / "figures", executor=executor)
    title = text("Audit of administrative burden: {name}", name=name_of_audited(audit.portfolio))
    page = render_html(title, content, drawings, language)
    (folder / "report.html").write_text(page, encoding="utf-8")
    data.result()
    graph.write_graph(audit.graph, folder / "graph.graphml")


def write_data(audit: Audit, folder: Path, *, executor: Executor, language: str = "fr") -> Future[None]:
    """Write ``audit.json`` and ``tables/``: what every number of a document leads to.

    Returns
    -------
    Future
        Done when the tables are written.
    """
    (folder / _MARK).write_text(audit_json(audit), encoding="utf-8")
    findings = finding_table(audit.findings, language=language)
    tables = {**audit.tables, "recipients": audit.inventory.recipients, "findings": findings}
    return executor.submit(write_tables, tables, folder / "tables")


def audit_json(audit: Audit) -> str:
    """Every key figure, as JSON."""
    found = {
        "burden": __version__,
        "inventory": audit.inventory.name,
        "portfolio": audit.portfolio.name,
        "inputs": dict(audit.inputs),
        "figures": [figure.as_json() for figure in audit.figures.values()],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables by name: a CSV file each, and one workbook."""
    folder.mkdir()
    for name, frame in tables.items():
        write_table(frame, folder / f"{name}.csv")
    _write_workbook(tables, folder / "tables.xlsx")


def _write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Every table on a sheet of its own."""
    workbook = Workbook(write_only=True)
    for name, frame in tables.items():
        sheet = workbook.create_sheet(name[:_SHEET_NAME_LENGTH])
        sheet.append([str(column) for column in frame])
        cells = frame.astype(object).where(frame.notna(), None)
        for row in cells.itertuples(index=False, name=None):
            sheet.append([_cell(sheet, value) for value in row])
    workbook.save(path)
    undate(path)


def _cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """A text that a spreadsheet would run as a formula is a cell of its own, said to be text."""
    if not isinstance(value, str) or inert(value) == value:
        return value
    cell = WriteOnlyCell(sheet)
    write_cell(cell, value)
    return cell
