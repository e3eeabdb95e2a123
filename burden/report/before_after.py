"""The headline figures of two states of one audit, side by side: what they were, what they are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.figures.known_use import STATUS_NAMES
from burden.model.inventory import Inventory
from burden.model.messages import LANGUAGES, Text, text
from burden.model.portfolio import Portfolio
from burden.report.audited import audited
from burden.report.content import Reading
from burden.report.key_figures import UNITS, KeyFigure, by_id, number
from burden.report.parts import legal_force, owed, protected, repeats, unknown, use

Json = Mapping[str, Any]
"""A figure as plain data (:meth:`burden.report.key_figures.KeyFigure.as_json`)."""
_PARTS = (owed, repeats, use, protected, legal_force, unknown)
HEADLINE = (
    "owed.obligations", "owed.authorities", "burden.hours", "burden.assumed_share", "burden.eur",
    "burden.authority_hours", "repeats.same.hours", "repeats.harmonise.hours", "use.observed", "use.stated",
    "use.unknown", "protected.tools", "protected.hours", "legal.tools", "unknown.lines",
)  # fmt: skip
"""Key figures that are shown before and after."""
COLUMNS = {
    "name": text("Figure"), "before": text("Before"), "after": text("After"), "change": text("Difference"),
    "unit": text("Unit"),
}  # fmt: skip
"""Headers of a table of figures before and after."""
_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "repeats.same.hours": text("hours a year of what is asked again, the same"),
        "repeats.harmonise.hours": text("hours a year of what is asked again, definitions once agreed"),
        **{f"use.{s}": text("share of the hours: {status}", status=STATUS_NAMES[s]) for s in STATUS_NAMES},
    }
)
"""Names that tell apart figures which share one in the report."""
_NOTHING = 1e-9


def headline(inv: Inventory, ptf: Portfolio) -> dict[str, KeyFigure]:
    """The headline figures of an audit, without the rest of it.

    Examples
    --------
    >>> import burden as bd
    >>> headline(bd.example("four-tools"), bd.example_portfolio("four-tools"))["owed.obligations"].value
    4.0
    """
    looked_at = audited(inv, ptf)
    tables: dict[str, pd.DataFrame] = {}
    for part in _PARTS:
        tables |= part.tables(looked_at, tables)
    known = by_id(f for part in _PARTS for f in part.key_figures(tables))
    return {name: known[name] for name in HEADLINE if name in known}


def side_by_side(before: Mapping[str, KeyFigure], after: Mapping[str, KeyFigure]) -> pd.DataFrame:
    """Figures before and after; what one side does not have is unknown there.

    Returns
    -------
    DataFrame
        One row per headline figure: ``figure``, ``name_fr``, ``name_en``, ``unit``, ``before``,
        ``after``.
    """
    return written_side_by_side(*({k: f.as_json() for k, f in side.items()} for side in (before, after)))


def written_side_by_side(before: Mapping[str, Json], after: Mapping[str, Json]) -> pd.DataFrame:
    """The same of figures as ``audit.json`` has them."""
    rows: list[dict[str, object]] = []
    for name in HEADLINE:
        figure = before.get(name) or after.get(name)
        if figure is not None:
            values = {k: f[name]["value"] if name in f else None for k, f in (("before", before), ("after", after))}
            own = _NAMES.get(name)
            names = {f"name_{lang}": own.render(lang) if own else figure["name"][lang] for lang in LANGUAGES}
            rows.append({"figure": name, **names, "unit": figure["unit"], **values})
    frame = pd.DataFrame(rows, columns=["figure", "name_fr", "name_en", "unit", "before", "after"])
    return frame.astype({"before": "float64", "after": "float64"})


def differ(before: object, after: object) -> bool:
    """Whether two values are not the same, one of them unknown included.

    Examples
    --------
    >>> differ(1.0, 1.0), differ(1.0, float("nan")), differ(float("nan"), float("nan"))
    (False, True, False)
    """
    one, other = float(str(before)), float(str(after))
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) != math.isnan(other)
    return abs(one - other) > _NOTHING


def shown(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    """Figures before and after, each in its own unit, and the change: rounding may hide it."""
    name, language = ("name_fr" if reading.language == "fr" else "name_en"), reading.language
    rows = []
    for row in frame.to_dict("records"):
        share, by = row["unit"] == "share", float(row["after"] - row["before"])
        unit = "" if share else UNITS[str(row["unit"])].render(language)
        said = [number(float(row[k]), language, share=share) for k in ("before", "after")]
        by = 0.0 if abs(by) <= _NOTHING * max(1.0, abs(float(row["before"]))) else by
        rows.append((str(row[name]), *said, change_shown(by, language, share=share), unit))
    return pd.DataFrame(rows, columns=list(COLUMNS), index=frame.index)


def change_shown(by: float, language: str, *, share: bool = False) -> str:
    """A difference with its sign; that of two shares in points.

    Examples
    --------
    >>> change_shown(-2.5, "en"), change_shown(0.25, "en", share=True), change_shown(0.0, "en")
    ('−2.5', '+25 points', '0')
    """
    if math.isnan(by):
        return text("unknown").render(language)
    if not by:
        return "0"
    size = number(abs(by) * (100 if share else 1), language)
    said = text("{points} points", points=size).render(language) if share else size
    return f"+{said}" if by > 0 else f"−{said}"
