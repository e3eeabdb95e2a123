"""The verb that compares two versions of an audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from burden.cli.app import app
from burden.cli.terminal import (
    Format,
    Lang,
    Language,
    Printed,
    faults_shown,
    print_table,
    read_versions,
)

if TYPE_CHECKING:
    from burden.model.messages import Text
    from burden.report.audit import Audit

AUDITED = "Inventory, or folder of an audit"


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help=f"{AUDITED}: the earlier version.")],
    after: Annotated[Path, typer.Argument(help=f"{AUDITED}: the later version.")],
    portfolio: Annotated[
        Path | None, typer.Option("--portfolio", "-p", help="Who is audited; needed to compare inventories.")
    ] = None,
    before_portfolio: Annotated[
        Path | None, typer.Option(help="Who was audited then; the same portfolio when absent.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the audit of the later version.")
    ] = None,
    focus: Annotated[str, typer.Option(help="Narrow both as `burden audit` does.")] = "",
    form: Printed = Format.text,
    lang: Lang = Language.fr,
) -> None:
    """Compare two versions of an audit: tools added and removed, real changes and re-estimates apart.

    Two audits that were written, rather than their inventories, tell their figures and their tools side by
    side; real changes and re-estimates can then not be told apart.
    """
    with faults_shown(lang):
        from burden.report import versions
        from burden.report.processes import other_processes

        if versions.is_bundle(before) or versions.is_bundle(after):
            _compare_bundles(before, after, output, form, lang)
            return
        then, now = read_versions(before, after, before_portfolio, portfolio)
        with Console(stderr=True).status("Comparing") as status, other_processes() as pool:

            def say(step: Text) -> None:
                status.update(step.render(lang))

            found = versions.compared(then, now, focus=focus, on_step=say, executor=pool)
            report = found.write(output, language=lang, on_step=say, executor=pool) if output else None
        moves = found.tables["versions_moves"]
        if len(moves) or form is not Format.text:
            print_table(moves, form, None)
    typer.echo(_said(found), err=True)
    if report:
        typer.echo(f"The report is {report}")


def _compare_bundles(before: Path, after: Path, output: Path | None, form: Format, lang: Language) -> None:
    import pandas as pd

    from burden.model.findings import Finding, InventoryError, Place
    from burden.model.messages import text
    from burden.report import versions

    if output:
        fault = text("two written audits are compared without writing another.")
        remedy = text("Leave --output out, or give the two inventories.")
        raise InventoryError([Finding("not written", "error", Place(str(output)), fault, remedy)])
    found = versions.compare_bundles(before, after)
    for doubt in found.doubts:
        typer.echo(doubt.render(lang), err=True)
    own, other = ("name_fr", "name_en") if lang is Language.fr else ("name_en", "name_fr")
    tools = found.tools[found.tools["change"] != "same"]
    named = tools.assign(figure=tools["obligation_id"], unit="h", name=tools[own].fillna(tools[other]))
    figures = found.figures.assign(change="", name=found.figures[own])
    columns = ["figure", "name", "change", "unit", "before", "after"]
    print_table(pd.concat([figures[columns], named[columns]], ignore_index=True), form, None)
    typer.echo(
        "What really changed, and what is only estimated otherwise, the folders of two audits do not tell apart: "
        "give the two inventories for that.",
        err=True,
    )


def _said(found: Audit) -> str:
    """The hours of those who answer, each kind apart."""
    hours = found.tables["versions_summary"].query("measure == 'hours'")
    if found.tables["versions_moves"].empty or hours.empty:
        return "Nothing that is counted differs between the two versions."
    kinds = ", ".join(f"{k} {less:,.2f} less and {more:,.2f} more" for k, less, more in
                      hours[["kind", "less", "more"]].itertuples(index=False, name=None))  # fmt: skip
    before, after = (f"{hours[c].iloc[0]:,.2f}" for c in ("before", "after"))
    return f"{before} h a year before, {after} after: {kinds}. A re-estimate is neither saved nor added."
