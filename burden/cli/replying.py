"""Verbs of the contradictory procedure: send forms, read replies, decide, apply."""

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
    PortfolioPath,
    Printed,
    faults_shown,
    print_table,
    read_both,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from burden.model.findings import Finding

reply = typer.Typer(
    help="Contradictory procedure: forms to those concerned, their replies, what each changes.", no_args_is_help=True
)
app.add_typer(reply, name="reply")

LayerPath = Annotated[Path, typer.Option("--layer", help="Folder that `burden reply read` wrote.")]


@reply.command()
def forms(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    audit: Annotated[Path | None, typer.Option(help="Folder of the audit whose figures are sent.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Authority or operator to write to; may be repeated.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the forms.")] = Path("replies"),
    formats: Annotated[str, typer.Option(help="xlsx, docx or both with a comma.")] = "xlsx,docx",
    lang: Lang = Language.fr,
) -> None:
    """Write one reply form per authority that the findings concern, and one for the operator."""
    chosen = [form for form in formats.split(",") if form]
    if unknown := set(chosen) - {"xlsx", "docx"}:
        raise typer.BadParameter(f"{unknown.pop()!r} is not one of xlsx, docx.")
    with faults_shown(lang), Console(stderr=True).status("Writing the forms"):
        from burden.report import reply as replies

        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        tables = replies.audited_tables(audit, inv, ptf) if audit else None
        draft = replies.draft(inv, ptf, tables=tables, language=lang)
        written = replies.write_forms(draft, output, only=only or (), formats=chosen)
    typer.echo(f"{len({path.stem for path in written})} forms are in {output}, as {' and '.join(chosen)}")


@reply.command()
def read(
    form: Annotated[list[Path], typer.Argument(help="Forms that came back, .xlsx, .ods or .docx.")],
    inventory: Annotated[Path, typer.Option(help="Inventory that the forms were written from.")],
    portfolio: PortfolioPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the layer.")] = Path("layer"),
    keep_faulty: Annotated[
        bool, typer.Option("--keep-faulty", help="Keep replies that cannot be read, as unread, and write the others.")
    ] = False,
    printed: Printed = Format.text,
    lang: Lang = Language.fr,
) -> None:
    """Read forms, show what each reply would change, and write a layer; the inventory is not touched."""
    with faults_shown(lang):
        from burden.report import reply as replies

        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        found = replies.read_forms(form, inv, ptf, language=lang)
        _print_doubts((f for f in found.findings if keep_faulty or f.severity != "error"), lang)
        layer = replies.write_layer(found, output, inv, ptf, forms=form, keep_faulty=keep_faulty)
        columns = ["reply_id", "row", "agreement", "column", "old", "new", "evidence", "objection", "decision"]
        print_table(layer.replies[columns], printed, None)
    typer.echo(
        f"{len(layer.said)} replies are in {output}; decide with `burden reply decide`, or write accepted or refused, "
        "and why, into its replies.csv.",
        err=True,
    )


def _print_doubts(findings: Iterable[Finding], language: str) -> None:
    for finding in findings:
        typer.echo(finding.render(language), err=True)


@reply.command()
def decide(
    layer: LayerPath,
    accept: Annotated[list[str] | None, typer.Option(help="reply_id accepted; may be repeated.")] = None,
    refuse: Annotated[list[str] | None, typer.Option(help="reply_id refused; may be repeated.")] = None,
    reason: Annotated[str, typer.Option(help="Why; a refusal must say it.")] = "",
    lang: Lang = Language.fr,
) -> None:
    """Accept or refuse replies; what the layer said before is kept beside it."""
    with faults_shown(lang):
        from burden.report import reply as replies

        decided = replies.decide(
            replies.read_layer(layer), accept=accept or (), refuse=dict.fromkeys(refuse or (), reason),
            reasons=dict.fromkeys(accept or (), reason),
        )  # fmt: skip
        replies.save_layer(decided, layer)
    typer.echo(", ".join(f"{count} {name}" for name, count in decided.replies["decision"].value_counts().items()))


@reply.command()
def apply(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    layer: LayerPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the audit run again.")],
    corrected: Annotated[
        Path | None, typer.Option(help="Folder for the corrected inventory and its portfolio as well.")
    ] = None,
    focus: Annotated[str, typer.Option(help="Narrow as `burden audit` does.")] = "",
    printed: Printed = Format.text,
    lang: Lang = Language.fr,
) -> None:
    """Run the audit again with the accepted replies; its report says what was said and what each changed."""
    with faults_shown(lang):
        import burden as bd
        from burden.report import reply as replies
        from burden.sources.tables import write_table

        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        said = replies.read_layer(layer)
        with Console(stderr=True).status("Applying the replies") as status:
            found = replies.replied(
                inv, ptf, said, focus=focus, on_step=lambda step: status.update(step.render(lang))
            )  # fmt: skip
            report = found.write(output, language=lang, on_step=lambda step: status.update(step.render(lang)))
        if corrected:
            bd.write(replies.apply(inv, said, ptf), corrected)
            units = replies.apply_numbers(ptf, said).units
            write_table(units, corrected / "portfolio.csv")
        print_table(found.tables["replies_headline"].drop(columns=["name_fr", "name_en"]), printed, None)
    typer.echo(f"The report is {report}")
