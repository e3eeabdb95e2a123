"""A portfolio from a CSV file or the first sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from burden.model.cells import did_you_mean, plain
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.model.portfolio import Portfolio, read_units
from burden.model.records import Record
from burden.sources.delimited import read_rows
from burden.sources.headers import portfolio_headings, read_portfolio_records
from burden.sources.rows import Row
from burden.sources.workbook import is_workbook, read_workbook_rows


def read_portfolio(path: str | Path, *, name: str = "") -> Portfolio:
    """Who is audited: one row a unit, with its type, tags and quantities.

    Parameters
    ----------
    path : str or Path
        A CSV file, or a workbook whose first sheet with rows is the portfolio. A header that is
        not a fixed column names a population of the inventory.
    name : str, optional
        What reports call it; the name of the file without its suffix.

    Returns
    -------
    Portfolio
        Read-only; a number left empty is unknown.

    Raises
    ------
    InventoryError
        With every fault: place, value, remedy.

    Examples
    --------
    >>> read_portfolio("no/such.csv")
    Traceback (most recent call last):
    burden.model.findings.InventoryError: no/such.csv: there is no such file. Check the path.
    """
    path = Path(path)
    if not path.is_file():
        raise InventoryError([_no_such_file(path)])
    file, rows, findings = _first_table(path)
    records, faults = read_portfolio_records(rows, file)
    findings += faults
    if not records:
        raise InventoryError(findings or [_no_units(file)])
    findings += _twice(records, file)
    try:
        portfolio = read_units(name or path.stem, file, records)
    except InventoryError as error:
        known = {f.check for f in findings}
        findings += [f for f in error.findings if f.place.line is not None or f.check not in known]
    if findings:
        raise InventoryError(findings)
    return portfolio


def _no_such_file(path: Path) -> Finding:
    there = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    return Finding(
        "file",
        "error",
        Place(str(path)),
        text("there is no such file."),
        did_you_mean(path.name, there, text("Check the path.")),
        value=path.name,
    )


def _first_table(path: Path) -> tuple[str, Sequence[Row], list[Finding]]:
    if not is_workbook(path):
        with path.open("rb") as stream:
            return path.name, *read_rows(stream, path.name, headings=portfolio_headings())
    sheets, findings = read_workbook_rows(path, path.name)
    first = next((s for s in sheets if any(r.filled() for r in s.rows)), None)
    return (first.file, first.rows, findings) if first else (path.name, (), findings)


def _no_units(file: str) -> Finding:
    return Finding(
        "no rows",
        "error",
        Place(file),
        text("the portfolio has no unit."),
        text("Write one row a unit below the header row."),
    )


def _twice(records: Sequence[Record], file: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for record in records:
        unit = plain(record.cells.get("unit_id", ""))
        if unit and first.setdefault(unit, record.line) != record.line:
            there = Place(file, first[unit], "unit_id")
            yield Finding(
                "duplicate key",
                "error",
                Place(file, record.line, "unit_id"),
                text("'{value}' already stands at {other}.", value=unit, other=there.text()),
                text("Keep one of the two rows, or give one another identifier."),
                value=unit,
                related=(there,),
            )
