"""Verbs that write the drafting kit, and check it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from burden.cli.app import app
from burden.cli.terminal import InventoryPath, Lang, Language, PortfolioPath, faults_shown, read_both, read_versions

if TYPE_CHECKING:
    from burden.model.messages import Text


@app.command()
def report(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the kit.")] = Path("kit"),
    focus: Annotated[
        str, typer.Option(help="Narrow to a silo, instrument, actor, function or home-intervention.")
    ] = "",
    lang: Annotated[str, typer.Option(help="fr, en or both.")] = "fr",
    formats: Annotated[str, typer.Option(help="Some of docx, odt, pdf and html, with commas.")] = "docx,odt,pdf,html",
    styles: Annotated[
        list[Path] | None, typer.Option(help="A .docx or .odt whose styles to use; may be repeated.")
    ] = None,
    before: Annotated[Path | None, typer.Option(help="Earlier inventory: say what changed since.")] = None,
    before_portfolio: Annotated[
        Path | None, typer.Option(help="Who was audited then; the same portfolio when absent.")
    ] = None,
) -> None:
    """Write the drafting kit: note, report, recommendations, tools, operators, changes, each checked."""
    languages = _languages(lang)
    with faults_shown(languages[0]), Console(stderr=True).status("Reading") as status:
        from burden.report import audit as auditing
        from burden.report import versions
        from burden.report.kit.write import write_kit
        from burden.report.processes import other_processes

        def say(step: Text) -> None:
            status.update(step.render(languages[0]))

        with other_processes() as pool:
            if before:
                found = versions.compared(
                    *read_versions(before, inventory, before_portfolio, portfolio), focus=focus, on_step=say,
                    executor=pool,
                )  # fmt: skip
            else:
                inv, ptf = read_both(inventory, portfolio)
                assert ptf is not None
                found = auditing.run(inv, ptf, focus=focus, on_step=say, executor=pool)
            written = write_kit(
                found, output, languages=languages, formats=[f for f in formats.split(",") if f],
                styles={path.suffix.removeprefix("."): path for path in styles or ()}, on_step=say, executor=pool,
            )  # fmt: skip
    typer.echo(f"The kit is {written}")


def _languages(lang: str) -> list[str]:
    if lang not in ("fr", "en", "both"):
        raise typer.BadParameter(f"{lang!r} is not one of fr, en, both.")
    return ["fr", "en"] if lang == "both" else [lang]


@app.command(name="check-report")
def check_report(
    folder: Annotated[Path, typer.Argument(help="Folder of a kit that `burden report` wrote.")],
    lang: Lang = Language.en,
) -> None:
    """Check a kit, edited or not: no change lost or added, every number its figure, every source there.

    What a sentence claims beyond its figures is a warning, which leaves the exit code at 0.
    """
    with faults_shown(lang):
        from burden.report.kit.checks import check_kit

        found = check_kit(folder)
    errors = [f for f in found if f.severity == "error"]
    warnings = [f for f in found if f.severity != "error"]
    for finding in (*errors, *warnings):
        typer.echo(finding.render(lang))
    counts = (
        f"{len(errors)} errors, {len(warnings)} warnings" if errors else f"The kit holds; {len(warnings)} warnings."
    )
    typer.echo(counts if found else "The kit holds.", err=True)
    raise typer.Exit(1 if errors else 0)
