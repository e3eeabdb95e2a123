"""The key figures on what changed: totals before and after, each kind apart, tools, lines that became known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from burden.figures.what_changed import KIND_NAMES
from burden.model.messages import Text, text
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of
from burden.report.versions.changes import CHANGES

MEASURE_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "hours": text("hours a year"),
        "eur": text("cost a year"),
        "authority_hours": text("hours a year on the authorities' side"),
    }
)
"""What a reader calls what is compared."""
_FORMULAS: Mapping[str, str] = MappingProxyType(
    {
        "scope": "(all of later − tools and units on both sides) − (the same of earlier)",
        "real": "duties, periods, items and quantities of later at minutes of earlier − earlier, on both sides",
        "re-estimate": "later − duties, periods, items and quantities of later at minutes of earlier, on both sides",
    }
)


def key_figures(tables: Tables) -> list[KeyFigure]:
    """Every figure on what changed."""
    summary = tables["versions_summary"]
    found: list[KeyFigure] = []
    for measure, rows in summary.groupby("measure", sort=False):
        found += [*_totals(str(measure), rows), *(f for _, row in rows.iterrows() for f in _kind(str(measure), row))]
    return [*found, *_tools(tables), *_lines(tables)]


def _unit(measure: str) -> str:
    return "eur" if measure == "eur" else "h"


def _totals(measure: str, rows: pd.DataFrame) -> Iterator[KeyFigure]:
    behind, row = Rows("versions_summary", {"measure": (measure,)}), rows.iloc[0]
    names = {
        "before": text("{measure}, earlier version", measure=MEASURE_NAMES[measure]),
        "after": text("{measure}, later version", measure=MEASURE_NAMES[measure]),
    }
    for state, name in names.items():
        figure = figure_of(f"versions.{measure}.{state}", "", row[state], _unit(measure), "sum of the ledger", behind,
                           "hours", unmeasured=int(row[f"rows_unmeasured_{state}"]))  # fmt: skip
        yield replace(figure, name=name)


def _kind(measure: str, row: pd.Series) -> Iterator[KeyFigure]:
    kind = str(row["kind"])
    behind = Rows("versions_moves", {"measure": (measure,), "kind": (kind,)})
    said = {"measure": MEASURE_NAMES[measure], "kind": KIND_NAMES[kind]}
    parts = {
        "": ("amount", text("{kind}: {measure}, more than before or less (negative)", **said), ""),
        ".less": ("less", text("{kind}: {measure}, less than before", **said), "; tools with less, without sign"),
        ".more": ("more", text("{kind}: {measure}, more than before", **said), "; tools with more"),
    }
    for part, (column, name, summed) in parts.items():
        figure = figure_of(f"versions.{measure}.{kind}{part}", "", row[column], _unit(measure),
                           f"{_FORMULAS[kind]}{summed}", behind, "hours")  # fmt: skip
        yield replace(figure, name=name)


def _tools(tables: Tables) -> Iterator[KeyFigure]:
    counts = tables["versions_tools"]["change"].value_counts()
    for change, name in CHANGES.items():
        figure = figure_of(f"versions.tools.{change}", "", counts.get(change, 0), "obligations",
                           "count of tools owed in either version", Rows("versions_tools", {"change": (change,)}),
                           "obligations")  # fmt: skip
        yield replace(figure, name=text("tools, by what became of them: {change}", change=name))


def _lines(tables: Tables) -> Iterator[KeyFigure]:
    frame = tables["versions_unknown"]
    names = {
        "known": (text("lines not known before that are known now"), text("hours a year that they now count for")),
        "unknown": (text("lines known before that no longer are"), text("hours a year that they no longer count for")),
    }
    for became, (lines, hours) in names.items():
        rows, behind = frame[frame["became"] == became], Rows("versions_unknown", {"became": (became,)})
        moved = abs(float((rows["after"].fillna(0.0) - rows["before"].fillna(0.0)).sum()))
        yield figure_of(f"versions.{became}.lines", lines.template, len(rows), "lines",
                        "lines of the ledger whose hours are unknown on one side only", behind, "lines")  # fmt: skip
        yield figure_of(f"versions.{became}.hours", hours.template, moved, "h",
                        "known hours of these lines, later − earlier, without sign", behind, "hours")  # fmt: skip
