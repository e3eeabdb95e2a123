"""The audit as a folder: report, tables, charts, graph, and every key figure as data."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from burden import __version__, figures, graph
from burden.model.findings import Finding, InventoryError, Place, finding_table
from burden.model.messages import Text, text
from burden.report.audit import Audit
from burden.report.content import Chart, Section
from burden.report.html import render_html
from burden.report.sections import sections

_MARK = "audit.json"
_SHEET_NAME_LENGTH = 31


def write_bundle(
    audit: Audit, folder: str | Path, *, language: str = "fr", on_step: Callable[[Text], None] | None = None
) -> Path:
    """Write the bundle of an audit.

    The folder holds ``report.html``, ``audit.json`` (key figures), ``tables/`` (CSV and one
    workbook), ``figures/`` (SVG and PNG) and ``graph.graphml``. It is written beside and put in
    place once complete; an earlier bundle is replaced, anything else is left alone.

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
    target = Path(folder)
    if target.exists() and any(target.iterdir()) and not (target / _MARK).exists():
        raise InventoryError([_occupied(target)])
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        new = Path(scratch) / "new"
        new.mkdir()
        say(text("Writing the report"))
        _write(audit, new, language)
        old = Path(scratch) / "old"
        if target.exists():
            target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    return target / "report.html"


def _occupied(target: Path) -> Finding:
    return Finding(
        "occupied", "error", Place(str(target)),
        text("the folder holds files that are not an audit; nothing was written."),
        text("Give another folder, or empty this one."),
    )  # fmt: skip


def _write(audit: Audit, folder: Path, language: str) -> None:
    content = sections(audit, language)
    drawings = _draw(content, folder / "figures")
    page = render_html(audit, content, drawings, language)
    (folder / "report.html").write_text(page, encoding="utf-8")
    write_data(audit, folder, language=language)
    graph.write_graph(audit.graph, folder / "graph.graphml")


def write_data(audit: Audit, folder: Path, *, language: str = "fr") -> None:
    """Write ``audit.json`` and ``tables/``: what every number of a document leads to."""
    (folder / _MARK).write_text(audit_json(audit), encoding="utf-8")
    _write_tables(audit, folder / "tables", language)


def _draw(content: tuple[Section, ...], folder: Path) -> dict[str, str]:
    """Save every chart; give back the drawings for the page."""
    folder.mkdir()
    drawn = [b for section in content for b in section.blocks if isinstance(b, Chart)]
    return {c.id: figures.save(c.axes, folder / c.id)[0].read_text(encoding="utf-8") for c in drawn}


def audit_json(audit: Audit) -> str:
    """Every key figure, as JSON."""
    found = {
        "burden": __version__,
        "inventory": audit.inventory.name,
        "portfolio": audit.portfolio.name,
        "figures": [figure.as_json() for figure in audit.figures.values()],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _write_tables(audit: Audit, folder: Path, language: str) -> None:
    folder.mkdir()
    findings = finding_table(audit.findings, language=language)
    tables = {**audit.tables, "recipients": audit.inventory.recipients, "findings": findings}
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    _write_workbook(tables, folder / "tables.xlsx")


def _write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Every table on a sheet of its own."""
    workbook = Workbook(write_only=True)
    for name, frame in tables.items():
        sheet = workbook.create_sheet(name[:_SHEET_NAME_LENGTH])
        sheet.append([str(column) for column in frame])
        cells = frame.astype(object).where(frame.notna(), None)
        for row in cells.itertuples(index=False, name=None):
            sheet.append([_inert(value) for value in row])
    workbook.save(path)


def _inert(value: object) -> object:
    """A text that a spreadsheet would run as a formula is written so that it does not."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value
