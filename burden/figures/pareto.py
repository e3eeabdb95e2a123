"""Few obligations make most of the hours: the curve, with the heaviest named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.analysis.concentration import fewest, gini, pareto
from burden.figures import frame, known, lettering, style
from burden.model.messages import plural_text, text

Floats = npt.NDArray[np.float64]

_NAME_PT, _LINE_PT, _GAP_PT = 330.0, 30.0, 26.0
_HALF = 0.5
_STEPS = (0.5, 0.8)


@dataclass(frozen=True, eq=False)
class _Reading:
    """Obligations from the heaviest to the lightest, and how uneven they are."""

    ranked: pd.DataFrame
    gini: float
    unknown: int
    unmeasured: int


@style.look()
def pareto_curve(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    named: int = 5,
    ax: Axes | None = None,
) -> Axes:
    """Running share of the hours, from the heaviest obligation to the lightest.

    Parameters
    ----------
    table : DataFrame
        ``obligation_id`` and ``hours_per_year``, and ``rows_unmeasured`` where known: what
        :func:`burden.analysis.concentration.by_obligation` gives. One row per obligation.
    labels : mapping
        Names of the obligations.
    named : int
        How many of the heaviest are named on the curve.

    Returns
    -------
    Axes
        A curve that rises the faster, the fewer make most; an even load would be the straight
        line. The names give the share of each. The title says how few make half.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table)
    if read.ranked.empty or not read.ranked["hours_per_year"].sum() > 0:
        return frame.nothing_to_show(ax, known.no_duration(read.unmeasured, language), language)
    ax = frame.new_axes(ax, height_in=6.6)
    _draw(ax, read, labels, language, min(named, len(read.ranked)))
    return frame.finish(
        ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, labels, language, named)
    )


def _read(table: pd.DataFrame) -> _Reading:
    ranked = pareto(table.drop(columns=["share", "cumulative_share", "rank"], errors="ignore"), value="hours_per_year")
    return _Reading(
        ranked=ranked,
        gini=gini(ranked["hours_per_year"]),
        unknown=int(table["hours_per_year"].isna().sum()),
        unmeasured=known.unmeasured_rows(table),
    )


def _draw(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str, named: int) -> None:
    share = read.ranked["cumulative_share"].to_numpy(dtype=float)
    every = len(share)
    ax.plot([0, every], [0, 1], color=style.MUTED, linewidth=1.0, linestyle=(0, (4, 3)))
    ax.plot(np.arange(every + 1), [0.0, *share], color=style.MAIN, linewidth=2.5)
    ax.plot(np.arange(1, named + 1), share[:named], "o", color=style.MAIN, markersize=7)
    frame.hours_axis(ax, text("Obligations, from the heaviest to the lightest"), language)
    ticks = MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, every)
    ax.set_xticks([t for t in ticks if 0 <= t <= every])
    ax.set_ylim(0, 1.04)
    ax.set_ylabel(text("Share of the hours a year").render(language))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.share(value, language)))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    # Where there are few obligations, the names stand beside the curve and not under it.
    room = max(1 - (_NAME_PT + _GAP_PT) / frame.size_pt(ax)[0], 0.2)
    ax.set_xlim(0, max(every * 1.02, named / room))
    _names(ax, read, labels, language, named)


def _names(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str, named: int) -> None:
    """The heaviest, in the room under the curve, each tied to its point."""
    width, height = frame.size_pt(ax)
    per_x, per_y = ax.get_xlim()[1] / width, ax.get_ylim()[1] / height
    share = read.ranked["cumulative_share"].to_numpy(dtype=float)[:named]
    at_x = named + _GAP_PT * per_x
    heights = _apart(share, step=_LINE_PT * per_y, least=0.5 * _LINE_PT * per_y)
    rows = read.ranked.head(named)
    for point, end, y, (_, row) in zip(range(1, named + 1), share, heights, rows.iterrows(), strict=True):
        name = lettering.name_of(row["obligation_id"], labels, language)
        words = text(
            "{tool} ({share})", tool=name, share=lettering.share(float(row["share"]), language)
        ).render(language)  # fmt: skip
        into = min(_NAME_PT, width - at_x / per_x - 6)
        said = lettering.wrapped(words, into_pt=into, size=style.NOTE_PT, lines=2)
        ax.plot([point, at_x - 4 * per_x], [end, y], color=style.MUTED, linewidth=0.8, zorder=1)
        ax.text(at_x, y, said, va="center", fontsize=style.NOTE_PT, linespacing=1.0, bbox=dict(style.UNDER_TEXT))


def _apart(ends: Floats, *, step: float, least: float) -> list[float]:
    """Heights of labels, each at its point or lower, none nearer than a step to the one above."""
    heights: list[float] = []
    for end in ends[::-1]:
        heights.append(min(float(end), heights[-1] - step) if heights else float(end))
    # Where the lowest would leave the axes, the whole column moves up.
    lift = max(0.0, least - heights[-1])
    return [h + lift for h in heights][::-1]


def _finding(read: _Reading, language: str) -> str:
    few = fewest(read.ranked, share=_HALF)
    part = float(read.ranked["cumulative_share"].iloc[few - 1])
    return plural_text(
        "{n} obligation of {every} makes {share} of the {total}",
        "{n} obligations of {every} make {share} of the {total}",
        few,
        n=lettering.number(few, language),
        every=lettering.number(len(read.ranked), language),
        share=lettering.share(part, language),
        total=known.total_hours(float(read.ranked["hours_per_year"].sum()), read.unmeasured, language),
    ).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    steps = [lettering.number(fewest(read.ranked, share=s), language) for s in _STEPS]
    counted = text(
        "Half of the hours: {half}; four fifths: {most}. Gini index: {gini} (0, all alike; 1, one has all).",
        half=steps[0], most=steps[1], gini=lettering.number(read.gini, language),
    )  # fmt: skip
    key = text("Broken line: what the curve would be if all took the same time. In brackets, the share of each.")
    return [counted.render(language), key.render(language), _left_out(read, language)]


def _left_out(read: _Reading, language: str) -> str:
    said = []
    if read.unknown:
        said.append(plural_text(
            "{n} obligation without any known duration is not on the curve.",
            "{n} obligations without any known duration are not on the curve.",
            read.unknown, n=lettering.number(read.unknown, language),
        ))  # fmt: skip
    if read.unmeasured:
        said.append(plural_text(
            "{n} line without a known duration is left out of the hours.",
            "{n} lines without a known duration are left out of the hours.",
            read.unmeasured, n=lettering.number(read.unmeasured, language),
        ))  # fmt: skip
    return " ".join(sentence.render(language) for sentence in said)


def _alt(read: _Reading, labels: Mapping[str, str], language: str, named: int) -> str:
    parts = [
        f"{lettering.name_of(row['obligation_id'], labels, language)}, "
        f"{lettering.hours(float(row['hours_per_year']), language)}, {lettering.share(float(row['share']), language)}"
        for _, row in read.ranked.head(named).iterrows()
    ]
    joined = known.joined(parts, language)
    return text("Running share of the hours, the heaviest first: {values}.", values=joined).render(language)
