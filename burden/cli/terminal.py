"""What every verb shares: its options, how it reads, how it says what is wrong, how it prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    import pandas as pd

    from burden.model.findings import Finding
    from burden.model.inventory import Inventory
    from burden.model.portfolio import Portfolio


class Format(StrEnum):
    """How a table is printed."""

    text = "text"
    csv = "csv"
    json = "json"
    md = "md"


class Language(StrEnum):
    """Language of a report or of messages."""

    fr = "fr"
    en = "en"


InventoryPath = Annotated[Path, typer.Argument(help="Folder of CSV tables, folder of such folders, or workbook.")]
PortfolioPath = Annotated[Path, typer.Option("--portfolio", "-p", help="Who is audited: a CSV file or workbook.")]
AnyPortfolio = Annotated[Path | None, typer.Option("--portfolio", "-p", help="Who is concerned, if it matters.")]
Printed = Annotated[Format, typer.Option("--format", "-f", help="How the table is printed.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write there instead of printing.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is read.")]


@contextmanager
def faults_shown(language: str = "en") -> Iterator[None]:
    """Bad input is said in full on standard error and ends with code 1, without a traceback."""
    from burden.model.findings import InventoryError
    from burden.model.messages import plural_text

    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        yield
    except InventoryError as error:
        for finding in error.findings:
            errors.print(finding.render(language))
        count = len(error.findings)
        said = plural_text("{n} fault; nothing was written.", "{n} faults; nothing was written.", count, n=count)
        errors.print(said.render(language))
        raise typer.Exit(1) from None
    except (KeyError, ValueError, OSError) as error:
        errors.print(str(error.args[0]) if isinstance(error, KeyError) else str(error))
        raise typer.Exit(1) from None


def read_both(inventory: Path, portfolio: Path | None) -> tuple[Inventory, Portfolio | None]:
    """Read both, so that the faults of both are shown together."""
    import burden as bd

    faults: list[bd.Finding] = []
    inv, ptf = _read_each(inventory, portfolio, faults)
    if inv is not None and ptf is not None:
        faults += _misfits(inv, ptf)
    if faults or inv is None:
        raise bd.InventoryError(faults)
    return inv, ptf


def _read_each(
    inventory: Path, portfolio: Path | None, faults: list[Finding]
) -> tuple[Inventory | None, Portfolio | None]:
    """What can be read of the two; the faults of the other are added to those known."""
    import burden as bd

    inv, ptf = None, None
    try:
        inv = bd.read(inventory)
    except bd.InventoryError as error:
        faults += error.findings
    try:
        ptf = bd.read_portfolio(portfolio) if portfolio else None
    except bd.InventoryError as error:
        faults += error.findings
    return inv, ptf


def _misfits(inv: Inventory, ptf: Portfolio) -> list[Finding]:
    from burden.model.portfolio import portfolio_findings

    return [f for f in portfolio_findings(inv, ptf) if f.severity == "error"]


def read_versions(
    before: Path, after: Path, before_portfolio: Path | None, portfolio: Path | None
) -> tuple[tuple[Inventory, Portfolio], tuple[Inventory, Portfolio]]:
    """Read an earlier and a later version, so that the faults of both are shown together.

    Where one portfolio serves both, what it counts and the earlier inventory did not is left out there.
    """
    import burden as bd
    from burden.model.findings import Finding, Place
    from burden.model.messages import text
    from burden.model.portfolio import known_to

    faults: list[Finding] = []
    new, now = _read_each(after, portfolio, faults)
    old, then = _read_each(before, before_portfolio, faults)
    if portfolio is None:
        fault, remedy = text("it is not said who is audited."), text("Give the portfolio of the later version.")
        faults.append(Finding("no portfolio", "error", Place("--portfolio"), fault, remedy))
    if before_portfolio is None and old is not None and now is not None:
        then = known_to(old, now)
    faults += [f for inv, ptf in ((old, then), (new, now)) if inv and ptf for f in _misfits(inv, ptf)]
    if faults or old is None or then is None or new is None or now is None:
        raise bd.InventoryError(faults)
    return (old, then), (new, now)


def print_table(frame: pd.DataFrame, form: Format, output: Path | None) -> None:
    """Print a table in the form asked for, or write it to a file."""
    written = _written(frame, form)
    if output:
        output.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


def _written(frame: pd.DataFrame, form: Format) -> str:
    if form is Format.csv:
        from burden.sources.tables import table_csv

        return table_csv(frame)
    if form is Format.json:
        return str(frame.to_json(orient="records", force_ascii=False, indent=1, date_format="iso")) + "\n"
    if form is Format.md:
        return _markdown(frame)
    return frame.to_string(index=False, na_rep="unknown", max_colwidth=70, float_format="{:,.2f}".format) + "\n"


def _markdown(frame: pd.DataFrame) -> str:
    def line(cells: list[str]) -> str:
        return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"

    head = line([str(c) for c in frame.columns]) + line(["---"] * frame.shape[1])
    shown = frame.astype(object).where(frame.notna(), "")
    return head + "".join(line([str(v) for v in row]) for row in shown.itertuples(index=False))
