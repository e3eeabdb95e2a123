"""The command line: one verb, one function; the only place that prints."""

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

    from burden.model.inventory import Inventory
    from burden.model.portfolio import Portfolio

app = typer.Typer(
    help="Audit the burden of required tools: what is owed, what it takes, what is asked twice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


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
def _faults_shown(language: str = "en") -> Iterator[None]:
    """Bad input is said in full on standard error and ends with code 1, without a traceback."""
    from burden.model.findings import InventoryError

    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        yield
    except InventoryError as error:
        for finding in error.findings:
            errors.print(finding.render(language))
        count = len(error.findings)
        errors.print(f"{count} {'fault' if count == 1 else 'faults'}; nothing was written.")
        raise typer.Exit(1) from None
    except (KeyError, ValueError, OSError) as error:
        errors.print(str(error.args[0]) if isinstance(error, KeyError) else str(error))
        raise typer.Exit(1) from None


def _read(inventory: Path, portfolio: Path | None) -> tuple[Inventory, Portfolio | None]:
    """Read both, so that the faults of both are shown together."""
    import burden as bd
    from burden.model.portfolio import portfolio_findings

    findings: list[bd.Finding] = []
    inv, ptf = None, None
    try:
        inv = bd.read(inventory)
    except bd.InventoryError as error:
        findings += error.findings
    try:
        ptf = bd.read_portfolio(portfolio) if portfolio else None
    except bd.InventoryError as error:
        findings += error.findings
    if inv is not None and ptf is not None:
        findings += [f for f in portfolio_findings(inv, ptf) if f.severity == "error"]
    if findings or inv is None:
        raise bd.InventoryError(findings)
    return inv, ptf


def _print(frame: pd.DataFrame, form: Format, output: Path | None) -> None:
    written = _written(frame, form)
    if output:
        output.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)


def _written(frame: pd.DataFrame, form: Format) -> str:
    if form is Format.csv:
        return frame.to_csv(index=False, lineterminator="\n")
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
    with _faults_shown(lang), Console(stderr=True).status("Reading") as status:
        from burden.report import audit as auditing

        inv, ptf = _read(inventory, portfolio)
        assert ptf is not None
        found = auditing.run(inv, ptf, focus=focus, on_step=lambda step: status.update(step.render(lang)))
        report = found.write(output, language=lang, on_step=lambda step: status.update(step.render(lang)))
    typer.echo(f"The report is {report}")


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

    with _faults_shown(lang):
        inv, ptf = _read(inventory, portfolio)
        found = finding_table(findings(inv, portfolio=ptf), language=lang)
        if form is Format.text and not output:
            whole = bd.completeness(inv)
            _print(whole[whole["rows"] > 0], form, None)
            typer.echo()
        _print(found, form, output)
        counts = found["severity"].value_counts()
        said = ", ".join(f"{int(counts.get(s, 0))} {s}s" for s in ("error", "warning", "note"))
    typer.echo(said, err=True)
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
    with _faults_shown():
        from burden import graph
        from burden.analysis import verification

        inv, _ = _read(inventory, None)
        if summary:
            typer.echo(verification.inventory_summary(inv))
            return
        if actor:
            frame = graph.owed_by(graph.build(inv), actor)
        else:
            frame = verification.verify_first(inv) if verify else verification.evidence_by_silo(inv)
        _print(frame, form, output)


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

    with _faults_shown():
        inv, ptf = _read(inventory, portfolio)
        assert ptf is not None
        _print(bd.cost.standard_cost(bd.with_roles_resolved(inv, ptf), ptf, by=by or [], year=year), form, output)


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

    with _faults_shown():
        inv, ptf = _read(inventory, portfolio)
        assert ptf is not None
        found = bd.redundancy.repeated(bd.with_roles_resolved(inv, ptf), ptf, reuse=reuse_named(reuse))
        _print(found[found["repeats_per_year"] > 0], form, output)


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

    with _faults_shown(lang):
        inv, ptf = _read(inventory, portfolio)
        assert ptf is not None
        inv = bd.with_roles_resolved(inv, ptf)
        due = bd.calendar.deliveries(inv, ptf, year=year, lead_days=lead_days)
        if operator:
            if operator not in set(due["operator_id"]):
                raise KeyError(f"no operator {operator!r}; there are {', '.join(sorted(set(due['operator_id'])))}")
            due = due[due["operator_id"] == operator]
        if weeks:
            _print(bd.calendar.weekly_load(due), form, output)
        elif output and output.suffix.lower() == ".ics":
            from burden.report.calendar_file import write_calendar

            written = write_calendar(due, output, inv=inv, language=lang)
            dated = due[due["dating"] == "dated"].drop_duplicates(["operator_id", "obligation_id", "due"])
            typer.echo(f"{len(dated)} dated deadlines are in {written}")
        else:
            _print(due[due["dating"] == "dated"], form, output)


@app.command()
def overlap(
    inventory: InventoryPath,
    threshold: Annotated[float, typer.Option(help="Smallest Jaccard index kept.")] = 0.2,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Obligations that share information, pair by pair."""
    import burden as bd

    with _faults_shown():
        inv, _ = _read(inventory, None)
        _print(bd.redundancy.overlap(inv, threshold=threshold), form, output)


@app.command()
def graph(
    inventory: InventoryPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .graphml, .gexf or .json file.")],
    portfolio: AnyPortfolio = None,
) -> None:
    """Write the graph of obligations for another tool."""
    with _faults_shown():
        from burden import graph as network

        inv, ptf = _read(inventory, portfolio)
        network.write_graph(network.build(inv, portfolio=ptf), output)


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(help="Identifier of a key figure; `list` lists them.")],
    bundle: Annotated[Path, typer.Option("--audit", help="Folder of the audit.")] = Path("audit"),
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Show the formula, the rows and the sources behind a key figure of an audit."""
    with _faults_shown():
        from burden.report.trace import read_figures, rows_behind, sources_behind

        figures = read_figures(bundle)
        if figure == "list":
            _print(figures[["id", "value", "low", "high", "unit"]], form, output)
            return
        said, rows = rows_behind(bundle, figure)
        if form is Format.text and not output:
            typer.echo(said)
        _print(rows, form, output)
        cited = sources_behind(bundle, rows)
        if form is Format.text and not output and len(cited):
            typer.echo("\nSources")
            _print(cited, form, output)


@app.command()
def schema(
    table: Annotated[str, typer.Argument(help="One table; all of them when absent.")] = "",
    table_schema: Annotated[bool, typer.Option("--table-schema", help="As a Table Schema descriptor.")] = False,
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Describe the tables of an inventory: columns, types, units, codes, examples."""
    import json

    with _faults_shown():
        from burden.model import schema as tables

        if table and table not in tables.tables():
            raise KeyError(f"no table {table!r}; there are {', '.join(tables.tables())}")
        if table_schema:
            wanted = [table] if table else list(tables.tables())
            described = json.dumps({t: tables.table_schema(t) for t in wanted}, ensure_ascii=False, indent=1)
            typer.echo(described)
            return
        frame = tables.documentation()
        _print(frame[frame["table"] == table] if table else frame, form, output)


@app.command()
def new(
    path: Annotated[Path, typer.Argument(help="The .xlsx or .ods file to create.")],
    lang: Lang = Language.fr,
) -> None:
    """Create a blank workbook to fill in an inventory of one's own."""
    import burden as bd

    with _faults_shown(lang):
        bd.blank_workbook(path, language=lang)
    typer.echo(f"Fill in {path}, then run: burden check {path}")
