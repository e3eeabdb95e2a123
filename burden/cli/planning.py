"""Verbs about what would change: the plan, its replay, scenarios."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    from burden.simplify.planning.exact import Progress

scenarios = typer.Typer(help="Apply scenarios, or compare them with today.", no_args_is_help=True)
app.add_typer(scenarios, name="scenario")

Limit = Annotated[list[str] | None, typer.Option(help="A number, or level=number such as decree=2; may be repeated.")]
ScenarioPath = Annotated[Path, typer.Argument(help="A scenario in TOML.")]


@app.command()
def plan(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    max_acts: Limit = None,
    max_gateways: Limit = None,
    reuse: Annotated[str, typer.Option(help="Widest class of reuse: same, derivable or harmonise.")] = "harmonise",
    without: Annotated[list[str] | None, typer.Option(help="Authority not to be asked; may be repeated.")] = None,
    harmonise_protected: Annotated[
        bool, typer.Option("--harmonise-protected", help="Agree on definitions in protected tools as well.")
    ] = False,
    focus: Annotated[str, typer.Option(help="Narrow as `burden audit` does.")] = "",
    seconds: Annotated[float, typer.Option(help="Time after which the best plan so far is given.", min=0)] = 600.0,
    gap: Annotated[float, typer.Option(help="Share of the burden left that needs no proof.", min=0, max=1)] = 0.0,
    folder: Annotated[Path | None, typer.Option("--output", "-o", help="Folder to write the plan into.")] = None,
    form: Printed = Format.text,
    lang: Lang = Language.en,
) -> None:
    """Find the least burden that still gives every authority what it is owed, with its proof."""
    import burden as bd
    from burden.model.focus import focused

    with faults_shown(lang):
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        inv, ptf = focused(inv, ptf, focus) if focus else (inv, ptf)
        with _watching() as watch:
            found = bd.simplify.plan(
                inv, ptf, reuse=reuse, max_acts=_limit(max_acts), max_gateways=_limit(max_gateways),  # type: ignore[arg-type]
                without=without or (), harmonise_protected=harmonise_protected, seconds=seconds, gap=gap, watch=watch,
            )  # fmt: skip
        replay = bd.simplify.verify(found, inv, ptf)
        print_table(found.measures, form, None)
        if folder:
            bd.simplify.write_plan(found, folder)
    said = found.summary
    typer.echo(
        f"{said['saved']:,.1f} h a year saved of {said['today']:,.1f} with {len(found.acts)} acts to amend and "
        f"{len(found.gateways)} gateways to open; {found.stopped}, gap {said['gap']:.2%}; "
        f"{'replayed and verified' if replay.holds else 'the replay found faults'}.",
        err=True,
    )
    raise typer.Exit(0 if replay.holds else 1)


@app.command()
def verify(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    folder: Annotated[Path, typer.Argument(help="Folder of a plan that `burden plan` wrote.")],
    focus: Annotated[str, typer.Option(help="The same as when the plan was found.")] = "",
    form: Printed = Format.text,
    output: Output = None,
) -> None:
    """Replay a written plan without the solver: every demand served, nothing protected touched, the saving true."""
    import burden as bd
    from burden.model.focus import focused

    with faults_shown():
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        inv, ptf = focused(inv, ptf, focus) if focus else (inv, ptf)
        replay = bd.simplify.verify(bd.simplify.read_plan(folder), inv, ptf)
        print_table(replay.checks if replay.holds else replay.faults, form, output)
    typer.echo("verified" if replay.holds else f"{len(replay.faults)} faults", err=True)
    raise typer.Exit(0 if replay.holds else 1)


@scenarios.command(name="apply")
def apply_scenario(
    inventory: InventoryPath,
    scenario: ScenarioPath,
    portfolio: PortfolioPath,
    folder: Annotated[Path, typer.Option("--output", "-o", help="Folder for the inventory once changed.")],
) -> None:
    """Write the inventory and the portfolio as they are once a scenario is applied."""
    import burden as bd

    with faults_shown():
        from burden.sources.tables import write_table

        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        changed, units = bd.simplify.apply(bd.simplify.read_scenario(scenario), inv, ptf)
        bd.write(changed, folder)
        write_table(units.units, folder / "portfolio.csv")
    typer.echo(f"The inventory once changed is {folder}, its portfolio {folder / 'portfolio.csv'}")


@scenarios.command()
def compare(
    inventory: InventoryPath,
    portfolio: PortfolioPath,
    scenario: Annotated[list[Path], typer.Argument(help="Scenarios in TOML.")],
    form: Printed = Format.text,
    output: Output = None,
    lang: Lang = Language.en,
) -> None:
    """Hours of each scenario and of each of its levers beside those of today, with their range."""
    import burden as bd

    with faults_shown(lang):
        inv, ptf = read_both(inventory, portfolio)
        assert ptf is not None
        inv = bd.with_roles_resolved(inv, ptf)
        read = [bd.simplify.read_scenario(path) for path in scenario]
        found = bd.simplify.compare(inv, ptf, read)
        steps = {(s.name, n): step for s in read for n, step in enumerate(s.steps, start=1)}
        titles = {(s.name, 0): s.title(lang) for s in read}
        told = {key: bd.simplify.sentence(step, inv, language=lang) for key, step in steps.items()} | titles
        keys = zip(found["scenario"], found["step"], strict=True)
        print_table(found.assign(what=[told[key] for key in keys]), form, output)


def _limit(given: list[str] | None) -> int | dict[str, int] | None:
    """A limit as the user writes it: a number, or numbers by level."""
    if not given:
        return None
    if len(given) == 1 and given[0].isdecimal():
        return int(given[0])
    found = {}
    for part in given:
        level, equals, number = part.partition("=")
        if not equals or not number.isdecimal():
            raise ValueError(f"{part!r} is not a limit. Write a number, or level=number such as decree=2.")
        found[level] = int(number)
    return found


@contextmanager
def _watching() -> Iterator[Callable[[Progress], bool]]:
    """Say where a search stands, and let Ctrl-C stop it with the best plan so far."""
    asked = threading.Event()
    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set()) if in_main else None
    began = time.monotonic()
    try:
        with Console(stderr=True).status("Planning") as status:

            def watch(now: Progress) -> bool:
                status.update(
                    f"Planning for {time.monotonic() - began:,.0f} s: {now.best:,.0f} h left at best, "
                    f"at least {now.bound:,.0f} h, gap {now.gap:.1%}. Ctrl-C keeps the best so far."
                )
                return asked.is_set()

            yield watch
    finally:
        if in_main:
            signal.signal(signal.SIGINT, before)
