"""Verbs that print one measure."""

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
    PortfolioPath,
    Printed,
    faults_shown,
    print_table,
    read_both,
)


@app.command()
def cost(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    by: Annotated[list[str] | None, typer.Option(help="Column to group by; may be repeated.")] = None,
    year: Annotated[int | None, typer.Option(help="Year of the tariffs; the latest when absent.")] = None,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Hours and euros a year, by any column of the units, the lines or the obligations."""
    import burden as bd

    with faults_shown():
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        print_table(bd.cost.standard_cost(bd.with_roles_resolved(inv, ptf), ptf, by=by or [], year=year), form, output)


@app.command()
def repeats(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    reuse: Annotated[str, typer.Option(help="Widest class counted: same, derivable or harmonise.")] = "harmonise",
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Information asked more than once: how often, by whom, and the hours of the repeats."""
    import burden as bd
    from burden.analysis.askings import reuse_named

    with faults_shown():
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        found = bd.redundancy.repeated(bd.with_roles_resolved(inv, ptf), ptf, reuse=reuse_named(reuse))
        print_table(found[found["repeats_per_year"] > 0], form, output)


@app.command()
def calendar(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    year: Annotated[int, typer.Option(help="Calendar year of the deadlines.", min=1990, max=2100)],
    weeks: Annotated[bool, typer.Option("--weeks", help="The hours of each week instead of the deadlines.")] = False,
    lead_days: Annotated[int, typer.Option(help="Working days over which the work of a deadline is spread.")] = 10,
    operator: Annotated[str, typer.Option(help="Only this operator of the portfolio.")] = "",
    form: Printed = Format.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="An .ics calendar to subscribe to, or a table.")
    ] = None,
    lang: Lang = Language.fr,
) -> None:
    """Deadlines of a year as a table or as an .ics calendar, or the hours of each week."""
    import burden as bd

    with faults_shown(lang):
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        inv = bd.with_roles_resolved(inv, ptf)
        due = bd.calendar.deliveries(inv, ptf, year=year, lead_days=lead_days)
        if operator:
            if operator not in set(due["operator_id"]):
                raise KeyError(f"no operator {operator!r}; there are {', '.join(sorted(set(due['operator_id'])))}")
            due = due[due["operator_id"] == operator]
        if weeks:
            print_table(bd.calendar.weekly_load(due), form, output)
        elif output and output.suffix.lower() == ".ics":
            from burden.report.calendar_file import write_calendar

            written = write_calendar(due, output, inv=inv, language=lang)
            dated = due[due["dating"] == "dated"].drop_duplicates(["operator_id", "obligation_id", "due"])
            typer.echo(f"{len(dated)} dated deadlines are in {written}")
        else:
            print_table(due[due["dating"] == "dated"], form, output)


@app.command()
def overlap(
    inventory: InventoryPath,
    threshold: Annotated[float, typer.Option(help="Smallest Jaccard index kept.")] = 0.2,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Obligations that share information, pair by pair."""
    import burden as bd

    with faults_shown():
        inv, _ = read_both(inventory, None)
        print_table(bd.redundancy.overlap(inv, threshold=threshold), form, output)


@app.command()
def graph(
    inventory: InventoryPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .graphml, .gexf or .json file.")],
    portfolio: AnyPortfolio = None,
) -> None:
    """Write the graph of obligations for another tool."""
    with faults_shown():
        from burden import graph as network

        inv, ptf = read_both(inventory, portfolio)
        network.write_graph(network.build(inv, portfolio=ptf), output)
