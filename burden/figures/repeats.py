"""The information asked again and again, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

Floats = npt.NDArray[np.float64]

_NAME_PT, _WHO_PT = 170.0, 215.0
_LOW, _HIGH = "repeat_h_per_year", "repeat_h_per_year_high"


@dataclass(frozen=True, eq=False)
class _Reading:
    """Repeated concepts, most hours first, and what they are a part of."""

    shown: pd.DataFrame
    every: int
    total: float
    unmeasured: int


@style.look()
def repeated_information(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """The most repeated information: hours of the repeats, and who asks.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.redundancy.repeated` gives: ``concept_id``,
        ``repeat_h_per_year`` (cautious), ``repeat_h_per_year_high`` (bold), ``obligations``,
        ``authorities`` and ``authority_ids``. Rows of several actor types are summed per concept.
    labels : mapping
        Names of the concepts and of the authorities.
    most : int
        Concepts shown, at most.

    Returns
    -------
    Axes
        Bars are the cautious estimate (the dearest asking stays), whiskers reach the bold one
        (the cheapest stays). Concepts without repeats, or whose repeats have no known hours, are
        not drawn; the latter are counted in the note.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, most)
    if read.shown.empty:
        return frame.nothing_to_show(ax, _without_hours(read), language)
    names = [lettering.name_of(c, labels, language) for c in read.shown["concept_id"]]
    who = [_who(row, labels, language) for _, row in read.shown.iterrows()]
    beside = [
        lettering.some_of(some, language, after=asked, into_pt=_WHO_PT, size=style.NOTE_PT, lines=3)
        for asked, some in who
    ]
    rows = [lettering.wrapped(n, into_pt=_NAME_PT, lines=3) for n in names]
    ax = frame.new_axes(ax, height_in=2.3 + 0.68 * len(rows))
    _draw(ax, read, rows, beside, language)
    return frame.finish(
        ax,
        title=_finding(read, language),
        note=_note(read, language),
        alt=_alt(read, names, who, language),
        above_pt=16.0,
    )


def _read(table: pd.DataFrame, most: int) -> _Reading:
    grouped = table.groupby("concept_id", sort=True)
    sums = grouped[[_LOW, _HIGH]].sum(min_count=1)
    sums[["obligations", "authorities"]] = grouped[["obligations", "authorities"]].max()
    sums["authority_ids"] = grouped["authority_ids"].agg(_united)
    known_rows = sums[sums[_LOW].notna()]
    repeats = known_rows[known_rows[_HIGH].fillna(known_rows[_LOW]) > 0]
    repeats = repeats.sort_values([_LOW, _HIGH], ascending=False, kind="stable").reset_index()
    return _Reading(
        shown=repeats.head(most),
        every=len(repeats),
        total=float(repeats[_LOW].sum()),
        unmeasured=len(sums) - len(known_rows),
    )


def _united(ids: pd.Series) -> str:
    return "|".join(sorted({a for joined in ids.dropna() for a in joined.split("|")}))


def _without_hours(read: _Reading) -> Text:
    if read.unmeasured:
        return text("Nothing to show: the hours of the repeats are not known.")
    return text("Nothing to show: no information is asked twice.")


def _who(row: pd.Series, labels: Mapping[str, str], language: str) -> tuple[str, list[str]]:
    """How many ask, and their short names."""
    ids = [a for a in str(row["authority_ids"]).split("|") if a]
    short = [lettering.short(lettering.name_of(a, labels, language)) for a in ids]
    # The shortest first: more of them are read.
    names = sorted(short, key=lambda name: (len(name), name))
    obligations = int(row["obligations"])
    asked = plural_text("{n} obligation", "{n} obligations", obligations, n=lettering.number(obligations, language))
    if not names:
        return asked.render(language), []
    count = len(names)
    said = plural_text(
        "{obligations}, {n} authority:",
        "{obligations}, {n} authorities:",
        count,
        obligations=asked,
        n=lettering.number(count, language),
    )
    return said.render(language), names


def _bounds(read: _Reading) -> tuple[Floats, Floats]:
    """Cautious and bold hours; a bold estimate that is not known adds nothing."""
    low = read.shown[_LOW].to_numpy(dtype=float)
    high = read.shown[_HIGH].to_numpy(dtype=float)
    return low, np.fmax(low, high)


def _draw(ax: Axes, read: _Reading, rows: list[str], beside: list[str], language: str) -> None:
    y = np.arange(len(rows))
    low, high = _bounds(read)
    ax.barh(y, low, 0.5, color=style.MAIN, edgecolor=style.INK, linewidth=0.5)
    ax.hlines(y, low, high, color=style.INK, linewidth=1.4)
    wide = high > low
    ax.plot(high[wide], y[wide], "|", color=style.INK, markersize=9)
    ax.set_yticks(y, rows)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    for at, words in zip(y, beside, strict=True):
        ax.annotate(
            words, (1, at), (10, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            va="center", fontsize=style.NOTE_PT, color=style.INK, linespacing=1.1, annotation_clip=False,
        )  # fmt: skip
    ax.annotate(
        text("Who asks").render(language), (1, 1), (10, 6), xycoords="axes fraction",
        textcoords="offset points", va="bottom", weight="bold", annotation_clip=False,
    )  # fmt: skip
    frame.hours_axis(ax, text("Hours of repeats a year"), language)
    said = [lettering.hours_range(a, b, language) for a, b in zip(low, high, strict=True)]
    frame.room_for(ax, list(high), [lettering.width_pt(s) for s in said])
    for at, end, words in zip(y, high, said, strict=True):
        frame.value_label(ax, words, (end, float(at)))


def _finding(read: _Reading, language: str) -> str:
    shown = len(read.shown)
    low, high = (float(bound.sum()) for bound in _bounds(read))
    values = {
        "n": lettering.number(shown, language),
        "every": lettering.number(read.every, language),
        "hours": lettering.hours_range(low, high, language),
    }
    if read.every > shown and read.total > 0:
        return plural_text(
            "{n} piece of information of {every} makes {share} of the hours of repeats ({hours} a year)",
            "{n} pieces of information of {every} make {share} of the hours of repeats ({hours} a year)",
            shown,
            share=lettering.share(low / read.total, language),
            **values,
        ).render(language)
    return plural_text(
        "{n} piece of information is asked again: {hours} of repeats a year",
        "{n} pieces of information are asked again: {hours} of repeats a year",
        shown,
        **values,
    ).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    key = text("Bar: cautious, the dearest asking is kept. Whisker: bold, the cheapest is kept.")
    left_out = ""
    if read.unmeasured:
        left_out = plural_text(
            "{n} repeated item without known hours, left out.",
            "{n} repeated items without known hours, left out.",
            read.unmeasured,
            n=lettering.number(read.unmeasured, language),
        ).render(language)
    return [key.render(language), left_out]


def _alt(read: _Reading, names: list[str], who: list[tuple[str, list[str]]], language: str) -> str:
    parts = [
        f"{name}, {lettering.hours_range(low, high, language)}, {asked} {', '.join(askers)}".rstrip()
        for name, (asked, askers), low, high in zip(names, who, *_bounds(read), strict=True)
    ]
    return text(
        "Bars of the hours a year that repeat what was given already: {values}.",
        values=known.joined(parts, language),
    ).render(language)
