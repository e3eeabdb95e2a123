"""The tables and key figures of a shared bundle: cells with those hidden left empty, and what is asked."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.analysis import redundancy
from burden.analysis.explain import FORMULAS
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of
from burden.report.shared.attack import Mask
from burden.report.shared.cells import MEASURED, NEVER_SHOWN, TABLES, Cells

_DIGITS = 3
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "by_actor": text("hours a year of a type of structure").template,
        "by_authority": text("hours a year that an authority requires").template,
        "by_territory": text("hours a year in a territory").template,
    }
)


def tables_shown(cells: Cells, hidden: Collection[int]) -> dict[str, pd.DataFrame]:
    """The shared tables, by name.

    Returns
    -------
    dict of str to DataFrame
        Labels, measures to three significant digits (units in full), ``unmeasured`` and
        ``hidden``: a hidden cell is empty and says so, an unknown number is empty and does not.
        Rows keep the index of their cell.
    """
    found = {}
    for table, key in TABLES.items():
        if table == NEVER_SHOWN:
            continue
        rows = cells.frame[cells.frame["table"] == table]
        away = pd.Series(rows.index.isin(list(hidden)), index=rows.index)
        values = rows[list(MEASURED[table])].apply(lambda c: c if c.name == "units" else c.map(_rounded))
        shown = rows[list(key)].join(values.mask(away, np.nan))
        found[table] = shown.assign(unmeasured=rows["unmeasured"].mask(away).astype("Int64"), hidden=away)
    return found


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def numbers_shown(cells: Cells, tables: Tables) -> Mask:
    """Which of ``cells.numbers`` a reader of the tables sees: what they hold, whatever was meant."""
    shown = np.zeros(len(cells.numbers), dtype=bool)
    table_of = cells.frame["table"]
    for at, (cell, measure) in enumerate(zip(cells.numbers["cell"], cells.numbers["measure"], strict=True)):
        frame = tables.get(table_of[cell])
        shown[at] = frame is not None and measure in frame and not math.isnan(frame[measure][cell])
    return shown


def structure(inv: Inventory) -> dict[str, pd.DataFrame]:
    """What the tools that are named ask, whoever they fall on: no number of the portfolio is in it."""
    cited = set(inv.obligations["source_id"].dropna())
    return {
        "askers": redundancy.askers(inv),
        "overlap": redundancy.overlap(inv),
        "sets": redundancy.sets(inv).rename("value").rename_axis("measure").reset_index(),
        "sources": inv.sources[inv.sources["source_id"].isin(cited)].reset_index(drop=True),
    }


def key_figures(tables: Tables, operators: int) -> list[KeyFigure]:
    """Key figures of what is shared; one that is hidden has no value."""
    sets = tables["sets"].set_index("measure")["value"]
    totals = Rows("totals")
    return [
        figure_of("shared.operators", text("operators covered").template, operators, "operators",
            "count of operators", totals, "operators"),
        _figure("shared.hours", text("hours a year").template, tables["totals"], totals),
        figure_of("shared.obligations", text("tools named").template, sets["obligations"], "obligations",
            "tools that enough operators owe and whose lists are known", Rows("overlap"), "obligations"),
        figure_of("shared.items", text("items asked").template, sets["items_asked"], "items",
            "sum over obligations of their distinct concepts, identifiers left out", Rows("askers"), "items"),
        figure_of("shared.concepts", text("distinct pieces of information").template, sets["items_distinct"],
            "concepts", "size of the union of the lists", Rows("askers"), "concepts"),
        *(f for table in _NAMES for f in _of_table(tables, table)),
    ]  # fmt: skip


def _of_table(tables: Tables, table: str) -> list[KeyFigure]:
    """The hours of each row of a table with one label."""
    (label,) = TABLES[table]
    frame = tables[table]
    return [
        _figure(f"shared.{table}.{name}.hours", _NAMES[table], frame[frame[label] == name],
            Rows(table, {label: (str(name),)}))
        for name in frame[label]
    ]  # fmt: skip


def _figure(identifier: str, name: str, row: pd.DataFrame, rows: Rows) -> KeyFigure:
    ends = {b: float(row[f"hours_per_year_{b}"].iloc[0]) for b in ("low", "high") if f"hours_per_year_{b}" in row}
    value, unmeasured = float(row["hours_per_year"].iloc[0]), row["unmeasured"].fillna(0).iloc[0]
    formula = FORMULAS["hours_per_year"]
    return figure_of(identifier, name, value, "h", formula, rows, "hours", unmeasured=int(unmeasured), **ends)


def is_hidden(figure: KeyFigure, tables: Tables) -> bool:
    """Whether a key figure has no value because its cell is hidden."""
    rows = figure.rows.of(tables)
    return math.isnan(figure.value) and "hidden" in rows and bool(rows["hidden"].any())
