"""Verbs about an inventory itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from burden.cli.app import app
from burden.cli.terminal import (
    AnyPortfolio,
    Format,
    InventoryPath,
    Lang,
    Language,
    Output,
    Printed,
    faults_shown,
    print_table,
    read_both,
)


@app.command()
def check(
    inventory: InventoryPath,
    portfolio: AnyPortfolio = None,
    form: Printed = Format.text,
    output: Output = None,
    lang: Lang = Language.en,
) -> None:
    """Check an inventory: completeness, then every finding with its place and remedy."""
    import burden as bd
    from burden.model.checks import findings
    from burden.model.findings import finding_table
    from burden.model.messages import plural_text

    with faults_shown(lang):
        inv, ptf = read_both(inventory, portfolio)
        said = findings(inv, portfolio=ptf)
        found = finding_table(said, language=lang)
        if form is Format.text and not output:
            whole = bd.completeness(inv)
            print_table(whole[whole["rows"] > 0], form, None)
            typer.echo()
            # Line by line: a table would cut the remedies.
            for finding in said:
                typer.echo(f"{finding.severity}: {finding.render(lang)}")
        else:
            print_table(found, form, output)
        counts = found["severity"].value_counts()
        errors, warnings, notes = (int(counts.get(s, 0)) for s in ("error", "warning", "note"))
        told = (
            plural_text("{n} error", "{n} errors", errors, n=errors),
            plural_text("{n} warning", "{n} warnings", warnings, n=warnings),
            plural_text("{n} note", "{n} notes", notes, n=notes),
        )
    typer.echo(", ".join(t.render(lang) for t in told), err=True)
    raise typer.Exit(1 if counts.get("error", 0) else 0)


@app.command()
def show(
    inventory: InventoryPath,
    actor: Annotated[str, typer.Option(help="Show what falls on this type of actor.")] = "",
    verify: Annotated[bool, typer.Option("--verify", help="List what is worth reading again first.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Both tables in Markdown, for a README.")] = False,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Show how sure an inventory is, what to verify first, or what falls on one type of actor."""
    with faults_shown():
        from burden import graph
        from burden.analysis import verification

        inv, _ = read_both(inventory, None)
        if summary:
            typer.echo(verification.inventory_summary(inv))
            return
        if actor:
            frame = graph.owed_by(graph.build(inv), actor)
        else:
            frame = verification.verify_first(inv) if verify else verification.evidence_by_silo(inv)
        print_table(frame, form, output)


@app.command()
def schema(
    table: Annotated[str, typer.Argument(help="One table; all of them when absent.")] = "",
    table_schema: Annotated[bool, typer.Option("--table-schema", help="As a Table Schema descriptor.")] = False,
    glossary: Annotated[bool, typer.Option("--glossary", help="The words, in French and in English.")] = False,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Describe the tables of an inventory: columns, types, units, codes, examples."""
    import json

    with faults_shown():
        from burden.model import schema as tables
        from burden.model.glossary import glossary as words

        if glossary:
            print_table(words(), Format.md if form is Format.text else form, output)
            return
        if table and table not in tables.tables():
            raise KeyError(f"no table {table!r}; there are {', '.join(tables.tables())}")
        if table_schema:
            wanted = [table] if table else list(tables.tables())
            described = json.dumps({t: tables.table_schema(t) for t in wanted}, ensure_ascii=False, indent=1)
            typer.echo(described)
            return
        frame = tables.documentation()
        print_table(frame[frame["table"] == table] if table else frame, form, output)


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="The .xlsx or .ods file to create.")],
    lang: Lang = Language.fr,
) -> None:
    """Create a blank workbook to fill in an inventory of one's own."""
    import burden as bd
    from burden.model.messages import text

    with faults_shown(lang):
        bd.blank_workbook(path, language=lang)
    command = f"burden check {path}" + (f" --lang {lang}" if lang is not Language.en else "")
    typer.echo(text("Fill in {path}, then run: {command}", path=path, command=command).render(lang))
