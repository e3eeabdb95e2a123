"""Work out what may be shared of a portfolio, and write it once it withstands the attack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from burden import __version__
from burden.model.competences import with_roles_resolved
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory, select, with_tables
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.model.pseudonyms import pseudonymised
from burden.report.bundle import write_tables
from burden.report.html import render_html
from burden.report.key_figures import KeyFigure, by_id
from burden.report.shared import pages, statement
from burden.report.shared.attack import exposed
from burden.report.shared.cells import LABELS, NEVER_SHOWN, OTHER, Cells, Rule, cells, contributions, folded
from burden.report.shared.hiding import hidden_cells
from burden.report.shared.tables import is_hidden, key_figures, numbers_shown, structure, tables_shown
from burden.sources.in_place import write_in_place

MARK = "hidden.json"


@dataclass(frozen=True, eq=False)
class Shared:
    """What may be shared, and what it is checked against.

    Attributes
    ----------
    rule : Rule
        When a cell says too much.
    tables : dict of str to DataFrame
        Every table that is written.
    figures : dict of str to KeyFigure
        Key figures; a hidden one has no value.
    inventory : Inventory
        The tools that are named.
    cells : Cells
        The cells before any was hidden: not to be shared.
    hidden : frozenset of int
        The cells hidden.
    counts : dict
        Cells, and cells hidden, per table.
    """

    rule: Rule
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    figures: Mapping[str, KeyFigure] = field(repr=False)
    inventory: Inventory = field(repr=False)
    cells: Cells = field(repr=False)
    hidden: frozenset[int] = field(repr=False)
    counts: dict[str, dict[str, int]] = field(repr=False)

    def write(self, folder: str | Path, *, language: str = "fr") -> Path:
        """Write the bundle; see :func:`write_shared`."""
        return write_shared(self, folder, language=language)


def run(inv: Inventory, ptf: Portfolio, *, at_least: int = 5) -> Shared:
    """Work out what may be shared of a portfolio.

    Parameters
    ----------
    at_least : int
        Operators that a number must cover; 1 hides nothing.

    Returns
    -------
    Shared
        The tables that may be shared, the cells hidden and the statement; ``write_shared`` puts them into a
        folder.

    Raises
    ------
    InventoryError
        If the portfolio has too few operators, or one that makes nearly all of it.
    """
    if at_least < 1:
        raise ValueError(f"a number covers at least 1 operator, not {at_least}")
    rule = Rule(at_least)
    ptf = pseudonymised(ptf)
    operators = int(ptf.units["operator_id"].nunique())
    if operators < at_least:
        raise InventoryError([_too_few(operators, at_least)])
    inv = with_roles_resolved(inv, _of_common_types(ptf, at_least))
    found = cells(folded(contributions(inv, ptf), at_least), rule)
    if found.frame.loc[found.frame["table"] == "totals", "sensitive"].any():
        raise InventoryError([_one_makes_all(rule)])
    hidden = frozenset(hidden_cells(found, rule)) if at_least > 1 else frozenset[int]()
    shown = tables_shown(found, hidden)
    named = sorted(set(shown["by_obligation"]["obligation_id"]) - {OTHER})
    kept = select(inv, obligation=named) if named else with_tables(inv, {"obligations": inv.obligations[:0]})
    tables = {**shown, **structure(kept)}
    scope = text("{operators} operators, one year", operators=operators)
    figures = by_id(replace(f, scope=scope) for f in key_figures(tables, operators))
    return Shared(rule, tables, figures, kept, found, hidden, statement.counts(found, hidden))


def _of_common_types(ptf: Portfolio, at_least: int) -> Portfolio:
    """The units whose type enough operators have: a rare one would show in who plays a role."""
    units = ptf.units
    operators = units.groupby("actor_id")["operator_id"].transform("nunique")
    return Portfolio(ptf.name, units[operators >= at_least].reset_index(drop=True))


def _too_few(operators: int, at_least: int) -> Finding:
    return Finding(
        "too few operators", "error", Place("portfolio"),
        text("operators: {operators}; a number that is shared must cover at least {k}.",
             operators=operators, k=at_least),
        text("Share a portfolio of more operators, such as all those of a département; or send the audit as it is, "
             "with the consent of those whom it describes: a pseudonym would not make them anonymous."),
    )  # fmt: skip


def _one_makes_all(rule: Rule) -> Finding:
    return Finding(
        "dominance", "error", Place("portfolio"),
        text("one operator makes more than {share}% of the units or hours: every total would describe it.",
             share=round(100 * rule.dominance_share)),
        text("Take it out of the portfolio, or ask for its consent and send the audit as it is."),
    )  # fmt: skip


def exposures(shared: Shared) -> list[Finding]:
    """Attack the tables as they stand; what gives way, and where.

    Returns
    -------
    list of Finding
        One per number of too few operators that a reader could bring into too narrow a range.
    """
    found = shared.cells
    shown = numbers_shown(found, shared.tables)
    numbers = exposed(found, shown, shared.rule.width_share) if shared.rule.at_least > 1 else []
    return [_exposure(found.frame.loc[found.numbers["cell"][n]], str(found.numbers["measure"][n])) for n in numbers]


def _exposure(cell: pd.Series, measure: str) -> Finding:
    label = " · ".join(str(cell[c]) for c in (*LABELS, "type") if pd.notna(cell[c]))
    table = "portfolio" if cell["table"] == NEVER_SHOWN else f"{cell['table']}.csv"
    return Finding(
        "exposed", "error", Place(table, column=measure),
        text("the number hidden at '{label}' can be worked out from those shown; nothing was written.", label=label),
        text("Hide one more cell beside it, or leave the table out."),
    )  # fmt: skip


def write_shared(shared: Shared, folder: str | Path, *, language: str = "fr") -> Path:
    """Write a shared bundle, once its tables withstand the attack.

    The folder holds ``report.html``, ``audit.json`` (key figures, hidden ones without a value),
    ``hidden.json`` (the statement in both languages) and ``tables/``.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    InventoryError
        If a hidden number can be worked out, or the folder holds something else than a shared
        bundle; nothing is then written.
    """
    if found := exposures(shared):
        raise InventoryError(found)
    occupied = text("the folder holds files that are not a shared bundle; nothing was written.")
    return (
        write_in_place(folder, lambda new: _write(shared, new, language), mark=MARK, occupied=occupied) / "report.html"
    )


def _write(shared: Shared, folder: Path, language: str) -> None:
    page = render_html(pages.TITLE, pages.sections(shared, language), {}, language)
    (folder / "report.html").write_text(page, encoding="utf-8")
    told = [f.as_json() | {"suppressed": is_hidden(f, shared.tables)} for f in shared.figures.values()]
    _write_json({"burden": __version__, "figures": told}, folder / "audit.json")
    _write_json(statement.as_json(shared.rule, shared.counts), folder / MARK)
    write_tables(shared.tables, folder / "tables")


def _write_json(told: object, path: Path) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
