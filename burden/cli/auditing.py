"""Verbs that write an audit, share what may be of it, and explain it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from burden.cli.app import app
from burden.cli.terminal import (
    Format,
    InventoryPath,
    Lang,
    Language,
    Output,
    PortfolioPath,
    Printed,
    faults_shown,
    print_table,
    read_both,
)

if TYPE_CHECKING:
    from burden.model.messages import Text


@app.command()
def audit(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the bundle.")] = Path("audit"),
    focus: Annotated[
        str, typer.Option(help="Narrow to a silo, instrument, actor, function or home-intervention.")
    ] = "",
    lang: Lang = Language.fr,
) -> None:
    """Audit a portfolio: report, tables, charts, graph and key figures in one folder."""
    with faults_shown(lang), Console(stderr=True).status("Reading") as status:
        from burden.report.processes import other_processes

        def say(step: Text) -> None:
            status.update(step.render(lang))

        with other_processes() as pool:
            from burden.report import audit as auditing

            inv, ptf = read_both(inventory, portfolio)
            assert ptf is not None
            found = auditing.run(inv, ptf, focus=focus, on_step=say, executor=pool)
            report = found.write(output, language=lang, on_step=say, executor=pool)
    typer.echo(f"The report is {report}")


@app.command()
def share(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the shared bundle.")] = Path("shared"),
    at_least: Annotated[int, typer.Option(min=3, help="Operators that a number must cover to be shown.")] = 5,
    lang: Lang = Language.fr,
) -> None:
    """Write a bundle that may be shared: nobody named, small cells hidden, and a statement of what is."""
    with faults_shown(lang), Console(stderr=True).status("Reading") as status:
        from burden.report import shared

        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        status.update("Hiding what says too much of too few")
        report = shared.run(inv, ptf, at_least=at_least).write(output, language=lang)
    typer.echo(f"The report is {report}; it begins with what is hidden.")


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(help="Identifier of a key figure; `list` lists them.")],
    bundle: Annotated[Path, typer.Option("--audit", help="Folder of the audit.")] = Path("audit"),
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Show the formula, the rows and the sources behind a key figure of an audit."""
    with faults_shown():
        from burden.report.trace import read_figures, rows_behind, sources_behind

        figures = read_figures(bundle)
        if figure == "list":
            print_table(figures[["id", "value", "low", "high", "unit"]], form, output)
            return
        said, rows = rows_behind(bundle, figure)
        if form is Format.text and not output:
            typer.echo(said)
        print_table(rows, form, output)
        cited = sources_behind(bundle, rows)
        if form is Format.text and not output and len(cited):
            typer.echo("\nSources")
            print_table(cited, form, output)
