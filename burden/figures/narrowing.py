"""How the likely range of a total narrows as inputs are measured, the most useful first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, text

_NO_LABELS: Mapping[str, str] = MappingProxyType({})
_NAME_PT = 250.0
TODAY = "today"
"""The input of the first row: nothing measured yet."""


@style.look()
def narrowing(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] = _NO_LABELS,
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """The likely range today, then once each input is measured.

    Parameters
    ----------
    table : DataFrame
        One row per step, in order: ``input`` (``today``, ``time``, ``number``), ``input_id``,
        ``p10``, ``p90`` in hours a year (see :func:`burden.analysis.uncertainty.measure_next`).
    labels : mapping
        Names of obligations and of types of respondent.

    Returns
    -------
    Axes
        One row per step: a line from P10 to P90.
    """
    rows = table[table["p10"].notna() & table["p90"].notna()].reset_index(drop=True)
    if rows.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    names = [_step(row, labels).render(language) for _, row in rows.iterrows()]
    ax = frame.new_axes(ax, height_in=2.3 + 0.6 * len(rows))
    said = [lettering.hours_range(row["p10"], row["p90"], language) for _, row in rows.iterrows()]
    _draw(ax, rows, names, said, language)
    meaning = text(
        "Eight chances in ten that the total lies on the line. Each row adds a measurement to those above; where the "
        "line will then lie, only the measurement can say."
    )
    alt = text(
        "Likely range: {values}.",
        values=known.joined([f"{n}, {s}" for n, s in zip(names, said, strict=True)], language),
    )
    return frame.finish(
        ax, title=_finding(rows, said, language), note=[meaning.render(language)], alt=alt.render(language)
    )


def _step(row: pd.Series, labels: Mapping[str, str]) -> Text:
    name = labels.get(str(row["input_id"]), str(row["input_id"]))
    if row["input"] == TODAY:
        return text("Today")
    if row["input"] == "time":
        return text("+ timed: {name}", name=name)
    return text("+ counted: {name}", name=name)


def _draw(ax: Axes, rows: pd.DataFrame, names: list[str], said: list[str], language: str) -> None:
    y = range(len(rows))
    ax.hlines(y, rows["p10"], rows["p90"], color=style.MAIN, linewidth=9)
    frame.hours_axis(ax, text("Hours a year"), language)
    frame.room_for(ax, rows["p90"].tolist(), [lettering.width_pt(s, weight="bold") + 4 for s in said])
    for at, end, words in zip(y, rows["p90"], said, strict=True):
        frame.value_label(ax, words, (end, at), gap_pt=10, weight="bold")
    ax.set_yticks(y, [lettering.wrapped(n, into_pt=_NAME_PT) for n in names], fontsize=style.NOTE_PT + 0.5)
    ax.set_ylim(len(rows) - 0.4, -0.6)


def _finding(rows: pd.DataFrame, said: list[str], language: str) -> str:
    measured = len(rows) - 1
    if not measured:
        return text("The total is likely to be {range} a year", range=said[0]).render(language)
    width = rows["p90"] - rows["p10"]
    share = lettering.share(1 - float(width.iloc[-1] / width.iloc[0]), language)
    return text(
        "{n} measurements would narrow the likely range by {share}: from {first} to {last} a year",
        n=measured,
        share=share,
        first=said[0],
        last=said[-1],
    ).render(language)
