"""The weeks of a year: the work before dated deadlines, over what has no date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.figures import days, frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

Floats = npt.NDArray[np.float64]

_LABEL_PT, _GAP_PT, _LINES = 225.0, 12.0, 4
_LINE_PT = 1.25 * style.NOTE_PT
_BAR_DAYS = 5.6
_HEIGHT_IN, _DAYS, _MONTHS = 5.4, 366, 12


@dataclass(frozen=True, eq=False)
class _Reading:
    """One row per week, in order; the peaks to name, one per run of weeks, heaviest first."""

    weeks: pd.DataFrame
    peaks: pd.DataFrame
    median: float

    @property
    def busiest(self) -> pd.Series:
        """On a tie the last, where the deadline is."""
        return _heaviest_first(self.weeks).iloc[0]

    @property
    def year(self) -> int:
        return int((self.weeks["week"].iloc[-1]).year)


@style.look()
def weekly_load(
    table: pd.DataFrame,
    *,
    peaks: pd.DataFrame,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 3,
    ax: Axes | None = None,
) -> Axes:
    """Stacked bars, one a week: the hours that have no date, and over them those before a deadline.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.calendar.weekly_load` gives; rows of several operators are
        summed per week (``by=()`` counts a tool that several owe once).
    peaks : DataFrame
        What :func:`burden.analysis.calendar.peaks` gives of the same deliveries: the weeks to name,
        with ``obligation_ids``. Of several weeks in a row the heaviest is named.
    labels : mapping
        Names of the obligations.
    most : int
        Peaks named, at most.

    Returns
    -------
    Axes
        A line marks the median week. The title says how heavy the busiest week is beside it, and
        which share of the hours can be dated at all.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, peaks, most)
    if not read.weeks["total_h"].sum() > 0:
        return frame.nothing_to_show(ax, text("Nothing to show: the hours of no tool are known."), language)
    ax = frame.new_axes(ax, height_in=_HEIGHT_IN)
    above = _draw(ax, read, language)
    frame.finish(
        ax,
        title=_finding(read, language),
        note=_note(read, language),
        alt=_alt(read, labels, language),
        above_pt=above,
    )
    # Last, as it needs the height that the title and the note leave.
    _name_peaks(ax, read, labels, language)
    return ax


def _read(table: pd.DataFrame, peaks: pd.DataFrame, most: int) -> _Reading:
    summed = ["dated_h", "spread_h", "total_h", "deadlines", "deadlines_unmeasured", "spread_unmeasured"]
    weeks = table.groupby("week", sort=True)
    frame_ = weeks[summed].sum().join(weeks[["working_days", "lead_days"]].first()).reset_index()
    median = float(frame_.loc[frame_["working_days"] > 0, "total_h"].median())
    return _Reading(frame_, _named(peaks, most), median)


def _named(peaks: pd.DataFrame, most: int) -> pd.DataFrame:
    """The heaviest week of each run of weeks; on a tie the last one, where the deadline is."""
    ordered = peaks.sort_values("week")
    run = (ordered["week"].diff() > pd.Timedelta(days=7)).cumsum()
    heaviest = _heaviest_first(ordered)
    first = heaviest.groupby(run.reindex(heaviest.index), sort=False).head(1)
    return first.head(most).reset_index(drop=True)


def _heaviest_first(weeks: pd.DataFrame) -> pd.DataFrame:
    # Rounded, so that sums of the same hours in another order are a tie.
    order = weeks.assign(_hours=weeks["total_h"].round(6)).sort_values(["_hours", "week"], ascending=False)
    return order.drop(columns="_hours")


def _draw(ax: Axes, read: _Reading, language: str) -> float:
    weeks = read.weeks
    at = _middles(read)
    dated, spread = (weeks[c].to_numpy(dtype=float) for c in ("dated_h", "spread_h"))
    ax.bar(at, spread, _BAR_DAYS, color=style.LIGHT, edgecolor=style.INK, linewidth=0.4)
    ax.bar(at, dated, _BAR_DAYS, bottom=spread, color=style.MAIN, edgecolor=style.INK, linewidth=0.4)
    ax.set_xlim(0, _DAYS)
    _months(ax, read.year, language)
    ax.set_ylabel(text("Hours a week").render(language))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.number(value, language)))
    ax.grid(axis="y")
    _median_line(ax, read, language)
    return _legend(ax, read, language)


def _middles(read: _Reading) -> Floats:
    """Day of the year of the middle of each working week, from 0; cut at the ends of the year."""
    first = np.datetime64(f"{read.year}-01-01")
    since = (read.weeks["week"].to_numpy() - first) / np.timedelta64(1, "D")
    return np.clip(since + 2.5, _BAR_DAYS / 2, 365 - _BAR_DAYS / 2)


def _months(ax: Axes, year: int, language: str) -> None:
    starts = [dt.date(year, m + 1, 1) for m in range(_MONTHS)]
    firsts = [(s - starts[0]).days for s in starts]
    called = [days.month(s, language) for s in starts]
    ax.set_xticks([f + 15 for f in firsts], called)
    ax.set_xticks([*firsts, 365], minor=True)
    ax.tick_params(axis="x", which="major", length=0)
    ax.tick_params(axis="x", which="minor", length=5, color=style.MUTED)


def _median_line(ax: Axes, read: _Reading, language: str) -> None:
    ax.axhline(read.median, color=style.INK, linewidth=1.2, linestyle=(0, (5, 3)))
    said = text("median\nweek\n{hours}", hours=lettering.hours(read.median, language)).render(language)
    ax.annotate(
        said, (1, read.median), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        va="center", fontsize=style.NOTE_PT, linespacing=1.15, annotation_clip=False,
    )  # fmt: skip


def _legend(ax: Axes, read: _Reading, language: str) -> float:
    total = float(read.weeks["total_h"].sum())
    kinds = (("dated_h", style.MAIN, text("before a dated deadline ({hours}, {share})")),
             ("spread_h", style.LIGHT, text("no known date, spread evenly ({hours}, {share})")))  # fmt: skip
    handles = []
    for column, colour, template in kinds:
        hours = float(read.weeks[column].sum())
        share = lettering.share(hours / total, language)
        values = {"hours": lettering.hours(hours, language), "share": share}
        said = Text(template.template, values).render(language)
        handles.append(Patch(facecolor=colour, edgecolor=style.INK, linewidth=0.4, label=said))
    left, _, _ = frame.margins_pt(ax)
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=6), ncols=2, columnspacing=1.6,
        handlelength=1.2, handletextpad=0.5,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _name_peaks(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str) -> None:
    """Names in a row over the bars, each with a line to its week."""
    peaks = read.peaks.sort_values("week")
    if peaks.empty:
        return
    top = float(read.weeks["total_h"].max())
    width, height = frame.size_pt(ax)
    middle = dict(zip(read.weeks["week"], _middles(read), strict=True))
    at = [float(middle[w]) for w in peaks["week"]]
    into = min(_LABEL_PT, (width - _GAP_PT * len(at)) / len(at))
    said = [_peak_words(row, labels, language, into) for _, row in peaks.iterrows()]
    lefts = _apart([x / _DAYS * width - into / 2 for x in at], into + _GAP_PT, width - into)
    room = 2 * _GAP_PT + max(s.count("\n") + 1 for s in said) * _LINE_PT
    highest = top / max(1 - room / height, 0.3)
    ax.set_yticks([t for t in ax.get_yticks() if 0 <= t <= top])
    ax.set_ylim(0, highest)
    y = top + _GAP_PT * highest / height
    for x, hours, words, left in zip(at, peaks["total_h"], said, lefts, strict=True):
        below = float(np.clip(x, (left + 8) / width * _DAYS, (left + into - 8) / width * _DAYS))
        ax.plot([x, below], [float(hours), y], color=style.MUTED, linewidth=0.9)
        ax.text(
            left / width * _DAYS, y, words, va="bottom", fontsize=style.NOTE_PT, linespacing=1.2,
            bbox=dict(style.UNDER_TEXT),
        )  # fmt: skip


def _apart(lefts: list[float], step: float, last: float) -> list[float]:
    """Where labels begin: as near as can be to where they would, in order, one clear of the other."""
    placed: list[float] = []
    for left in lefts:
        placed.append(max(left, placed[-1] + step if placed else 4.0))
    limit = last
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - step
    return placed


def _peak_words(row: pd.Series, labels: Mapping[str, str], language: str, into_pt: float) -> str:
    ids = [o for o in row["obligation_ids"].split("|") if o]
    tools = [lettering.short(lettering.name_of(o, labels, language)) for o in ids]
    hours = lettering.hours(float(row["total_h"]), language)
    week = days.day(row["week"], language)
    opening = text("Week of {day}, {hours}:", day=week, hours=hours).render(language)
    return lettering.some_of(tools, language, into_pt=into_pt - 8, size=style.NOTE_PT, lines=_LINES, after=opening)


def _finding(read: _Reading, language: str) -> str:
    total = float(read.weeks["total_h"].sum())
    dated = float(read.weeks["dated_h"].sum())
    if not dated > 0:
        return text(
            "None of the {hours} a year can be dated: on paper each week is alike",
            hours=lettering.hours(total, language),
        ).render(language)
    busiest = read.busiest
    return text(
        "The week of {day} takes {hours}, {times} times the median week; {share} of the year's hours have a date",
        day=days.day(busiest["week"], language),
        hours=lettering.hours(float(busiest["total_h"]), language),
        times=lettering.number(float(busiest["total_h"]) / read.median, language) if read.median else "?",
        share=lettering.share(dated / total, language),
    ).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    lead = int(read.weeks["lead_days"].iloc[0])
    assumed = plural_text(
        "Assumption: the work before a deadline takes its last working day.",
        "Assumption: the work before a deadline is spread over its last {n} working days.",
        lead,
        n=lettering.number(lead, language),
    )
    rest = text("What counts from an event, or has no deadline, is spread evenly: real weeks vary more.")
    return [assumed.render(language), rest.render(language), _left_out(read, language)]


def _left_out(read: _Reading, language: str) -> str:
    unknown = int(read.weeks["deadlines_unmeasured"].sum() + read.weeks["spread_unmeasured"].max())
    if not unknown:
        return ""
    return plural_text(
        "{n} tool or deadline has hours that are not all known; what is unknown is left out.",
        "{n} tools or deadlines have hours that are not all known; what is unknown is left out.",
        unknown,
        n=lettering.number(unknown, language),
    ).render(language)


def _alt(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    peaks = [_peak_sentence(row, labels, language) for _, row in read.peaks.iterrows()]
    open_weeks = read.weeks[read.weeks["working_days"] > 0]["total_h"]
    values = {
        "year": str(read.year),
        "low": lettering.hours(float(open_weeks.min()), language),
        "high": lettering.hours(float(open_weeks.max()), language),
        "median": lettering.hours(read.median, language),
        "deadlines": lettering.number(int(read.weeks["deadlines"].sum()), language),
    }
    said = text(
        "Bars of the hours of each week of {year}, from {low} to {high}, {median} in the median week; "
        "{deadlines} dated deadlines.",
        **values,
    ).render(language)
    return " ".join([said, *peaks])


def _peak_sentence(row: pd.Series, labels: Mapping[str, str], language: str) -> str:
    tools = [lettering.name_of(o, labels, language) for o in row["obligation_ids"].split("|") if o]
    return text(
        "Week of {day}, {hours}: {tools}.",
        day=days.day(row["week"], language),
        hours=lettering.hours(float(row["total_h"]), language),
        tools=lettering.listed(tools, language),
    ).render(language)
