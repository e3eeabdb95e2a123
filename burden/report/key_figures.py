"""Key figures: the numbers a report may print, each with its range, formula and rows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from burden.figures import days, euros, lettering
from burden.model.messages import Text, text

Tables = Mapping[str, pd.DataFrame]
"""Results of an audit by name."""

UNITS: Mapping[str, Text] = {
    "h": text("h"),
    "eur": text("€"),
    "etpt": text("full-time posts"),
    "obligations": text("obligations"),
    "authorities": text("authorities"),
    "items": text("items"),
    "concepts": text("pieces of information"),
    "lines": text("lines"),
    "silos": text("silos"),
    "modes": text("modes of allocation"),
    "structures": text("types of structure"),
    "services": text("services"),
    "operators": text("operators"),
    "answers": text("answers"),
    "staff": text("members of staff"),
    "person": text("persons supported"),
    "place": text("places"),
    "calls": text("calls"),
    "texts": text("texts"),
    "exchanges": text("exchanges"),
    "measures": text("measures"),
    "faults": text("faults"),
    "replies": text("replies"),
    "bodies": text("bodies"),
    "candidates": text("candidates"),
    "awards": text("awards"),
    "criteria": text("criteria"),
    "controls": text("controls"),
    "index": text("index from 0 to 1"),
    "years": text("years"),
    "inputs": text("inputs"),
    "year": text("year"),
    "deadlines": text("deadlines"),
    "day": text("day"),
    "working_days": text("working days"),
    "eur_per_h": text("€ an hour"),
    "share": text("%"),
}
"""Units in which a key figure may be counted."""


@dataclass(frozen=True)
class Rows:
    """The rows behind a figure: a table of the bundle and the values that pick them.

    Attributes
    ----------
    table : str
        Name of a table of the bundle, such as ``ledger``.
    where : mapping of str to tuple of str
        Column → values kept; several columns must all hold.
    """

    table: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, tables: Tables) -> pd.DataFrame:
        """The rows themselves."""
        frame = tables[self.table]
        for column, values in self.where.items():
            frame = frame[frame[column].astype("str").isin(values)]
        return frame


@dataclass(frozen=True)
class KeyFigure:
    """One number of a report.

    Attributes
    ----------
    id : str
        Identifier that leads from a sentence to ``audit.json`` and to the rows.
    name : Text
        What it is.
    value, low, high : float
        Central value and range; NaN where unknown. Shares are between 0 and 1.
    unit : str
        One of :data:`UNITS`.
    counting_unit : str
        What was counted: obligations, items, items × frequency, hours.
    scope : Text
        Of whom and of what.
    formula : str
        How it was worked out.
    evidence : str
        The weakest evidence that it rests on.
    unmeasured : int
        Rows that it leaves out for want of a figure.
    rows : Rows
        What it was worked out from.
    """

    id: str
    name: Text
    value: float
    unit: str
    formula: str
    rows: Rows
    counting_unit: str
    scope: Text
    evidence: str = "recalled"
    low: float = math.nan
    high: float = math.nan
    unmeasured: int = 0

    def shown(self, language: str, bound: str = "value") -> str:
        """The number as a reader reads it: three significant digits, spaces and commas of the language.

        Examples
        --------
        >>> rows = Rows("ledger")
        >>> hours = KeyFigure("hours", text("hours"), 12345.6, "h", "", rows, "hours", text("all"))
        >>> hours.shown("en")
        '12,300'
        """
        if self.unit == "eur_per_h":
            return euros(getattr(self, bound), language)
        if self.unit == "year":
            return str(int(getattr(self, bound)))
        if self.unit == "day":
            # A day is a number such as 20270430.
            return days.day(dt.datetime.strptime(str(int(getattr(self, bound))), "%Y%m%d").date(), language)
        return number(getattr(self, bound), language, share=self.unit == "share")

    @property
    def governs(self) -> int:
        """The number that a noun after it follows: French has the singular below two, English at one alone."""
        value = round(self.value, 1)
        return 1 if value == 1 else 0 if value < 2 else 2

    def as_json(self) -> dict[str, Any]:
        """The figure as plain data; an unknown number is null."""

        def known(value: float) -> float | None:
            return None if math.isnan(value) else float(value)

        return {
            "id": self.id,
            "name": {language: self.name.render(language) for language in ("en", "fr")},
            "value": known(self.value),
            "low": known(self.low),
            "high": known(self.high),
            "unit": self.unit,
            "unit_name": {language: UNITS[self.unit].render(language) for language in ("en", "fr")},
            "counting_unit": self.counting_unit,
            "scope": {language: self.scope.render(language) for language in ("en", "fr")},
            "formula": self.formula,
            "evidence": self.evidence,
            "unmeasured": self.unmeasured,
            "rows": {"table": self.rows.table, "where": {k: list(v) for k, v in self.rows.where.items()}},
        }


def number(value: float, language: str, *, share: bool = False) -> str:
    r"""A number for a reader, as the charts write it; a share in per cent.

    Examples
    --------
    >>> number(0.4795, "en", share=True), number(12345.6, "fr"), number(float("nan"), "en")
    ('48%', '12\u202f300', 'unknown')
    """
    if math.isnan(value):
        return text("unknown").render(language)
    return lettering.share(value, language) if share else lettering.number(value, language)


def by_id(figures: Iterable[KeyFigure]) -> dict[str, KeyFigure]:
    """Figures by identifier.

    Raises
    ------
    ValueError
        If two figures have one identifier.
    """
    found: dict[str, KeyFigure] = {}
    for figure in figures:
        if figure.id in found:
            raise ValueError(f"two figures are called {figure.id!r}")
        found[figure.id] = figure
    return found


def figure_of(
    identifier: str, name: str, value: float, unit: str, formula: str, rows: Rows, counting_unit: str, **more: float
) -> KeyFigure:
    """A key figure whose scope is set with those of its audit."""
    return KeyFigure(
        identifier,
        text(name),
        float(value),
        unit,
        formula,
        rows,
        counting_unit,
        Text(""),
        **more,  # type: ignore[arg-type]
    )


def records(frame: pd.DataFrame, *key: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows of a small table by key."""
    return {tuple(str(row[k]) for k in key): {str(c): v for c, v in row.items()} for row in frame.to_dict("records")}
