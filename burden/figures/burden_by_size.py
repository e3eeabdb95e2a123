"""Hours for ten staff, a place or a person by size: what does not depend on size weighs on the small."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, NullLocator

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

Floats = npt.NDArray[np.float64]
_SAME = 1e-6
_KEY_PT = 190.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Sizes from the smallest, the rows of today's size and of the thresholds, and what is unmeasured."""

    rows: pd.DataFrame
    now: int
    turns: list[int]
    unmeasured: int

    @property
    def population(self) -> str:
        return str(self.rows["population_id"].iloc[0])

    @property
    def each(self) -> float:
        return float(self.rows["each"].iloc[0])

    def at(self, row: int, column: str = "hours_each") -> float:
        return float(self.rows[column].iloc[row])


@style.look()
def burden_by_size(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """Hours for so many members by size, with their range, the part that has no size, and thresholds.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.size.curve` gives.
    labels : mapping
        Names of the obligations, and of populations other than staff, persons and places.

    Returns
    -------
    Axes
        Both axes by multiples, as sizes and hours are compared by ratio. A full line for the
        hours, a band from their lowest to their highest, a broken line for the part that does not
        depend on size, a dot at today's size, a number above each threshold, named in the note.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table)
    if read.rows.empty:
        return frame.nothing_to_show(ax, _why_not(table, language), language)
    ax = frame.new_axes(ax, height_in=7.0)
    _draw(ax, read, labels, language)
    return frame.finish(
        ax, title=_finding(read, labels, language), note=_note(read, labels, language),
        alt=_alt(read, labels, language), above_pt=14.0 if read.turns else 0.0,
    )  # fmt: skip


def _read(table: pd.DataFrame) -> _Reading:
    drawn = table[(table["hours_each"] > 0) & table["size"].notna()].sort_values("factor", kind="stable")
    drawn = drawn.reset_index(drop=True)
    now = int(np.argmin(np.abs(drawn["factor"].to_numpy() - 1.0))) if len(drawn) else 0
    changes = (drawn["starts"] != "") | (drawn["stops"] != "")
    turns = [int(i) for i in drawn.index[changes]]
    unmeasured = int(drawn["rows_unmeasured"].iloc[now]) if len(drawn) else 0
    return _Reading(drawn, now, turns, unmeasured)


def _why_not(table: pd.DataFrame, language: str) -> Text:
    if table["size"].isna().all():
        return text("Nothing to show: the size of this structure is not known.")
    return known.no_duration(int(table["rows_unmeasured"].max()), language)


def _draw(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str) -> None:
    size = read.rows["size"].to_numpy(dtype=float)
    low, central, high = (_positive(read.rows[f"hours_each{b}"]) for b in ("_low", "", "_high"))
    fixed = _positive(read.rows["fixed_each"])
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.fill_between(size, low, high, color=style.PALETTE[4], alpha=0.45, linewidth=0)
    ax.plot(size, fixed, color=style.PALETTE[1], linewidth=2.0, linestyle=(0, (5, 2)))
    ax.plot(size, central, color=style.MAIN, linewidth=2.8)
    ax.plot([size[read.now]], [central[read.now]], "o", color=style.MAIN, markersize=9)
    _axes(ax, read, labels, language)
    _thresholds(ax, read, language)
    _keys(ax, read, size, language)
    _values(ax, read, size, central, language)


def _positive(column: pd.Series) -> Floats:
    """What an axis of multiples can show: nothing is below its foot."""
    return column.where(column > 0).to_numpy(dtype=float)


def _axes(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str) -> None:
    size = read.rows["size"].to_numpy(dtype=float)
    whole = frame.size_pt(ax)[0]
    # Room at the right for the names of the lines.
    reach = np.log(size[-1] / size[0]) if len(size) > 1 else np.log(4.0)
    ax.set_xlim(size[0] * 0.97, size[0] * np.exp(reach / max(1.0 - (_KEY_PT + 12) / whole, 0.3)))
    ax.set_xlabel(_population(read.population, labels, language), loc="left")
    words = text("Hours a year for {members}", members=_members(read, read.each, labels, language))
    ax.set_ylabel(words.render(language), loc="top")
    formatter = FuncFormatter(lambda value, _: lettering.number(value, language))
    drawn = read.rows[["fixed_each", "hours_each_low", "hours_each"]]
    ax.set_ylim(0.8 * float(drawn.where(drawn > 0).min().min()), 1.25 * float(read.rows["hours_each_high"].max()))
    ax.xaxis.set_major_locator(FixedLocator(_round_numbers(float(size[0]), float(size[-1]))))
    ax.yaxis.set_major_locator(LogLocator(base=10, subs=(1.0, 3.0)))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(formatter)
    ax.grid(axis="y")
    ax.spines["bottom"].set_bounds(ax.get_xlim()[0], float(size[-1]))


def _round_numbers(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten within bounds."""
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    return [m * 10.0**p for p in powers for m in (1, 2, 5) if low <= m * 10.0**p <= high * 1.0001]


def _thresholds(ax: Axes, read: _Reading, language: str) -> None:
    """A line at each threshold, its size above it; two that are too near share a label."""
    width = frame.size_pt(ax)[0]
    low, high = ax.get_xlim()
    taken = -np.inf
    for row in read.turns:
        size = read.at(row, "size")
        ax.axvline(size, color=style.MUTED, linewidth=1.0, linestyle=(0, (2, 2)), zorder=1)
        words = lettering.number(round(size, 6), language)
        at = width * np.log(size / low) / np.log(high / low)
        half = lettering.width_pt(words, size=style.NOTE_PT, weight="bold") / 2 + 3
        if at - half < taken:
            continue
        taken = at + half
        ax.annotate(
            words, (size, 1.0), (0, 3), xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
            va="bottom", fontsize=style.NOTE_PT, weight="bold",
        )  # fmt: skip


def _keys(ax: Axes, read: _Reading, size: Floats, language: str) -> None:
    """The names of the lines and of the band, at their right end."""
    ends = [
        (read.at(-1), text("hours a year"), style.MAIN, "bold"),
        (read.at(-1, "hours_each_high"), text("at their highest"), style.MUTED, "normal"),
        (read.at(-1, "hours_each_low"), text("at their lowest"), style.MUTED, "normal"),
        (read.at(-1, "fixed_each"), text("what does not depend on size"), style.PALETTE[1], "bold"),
    ]
    shown = sorted(((e, w, c, b) for e, w, c, b in ends if e > 0), key=lambda end: end[0])
    height = frame.size_pt(ax)[1]
    low, high = np.log(ax.get_ylim())
    heights: list[float] = []
    for end, words, colour, weight in shown:
        wanted = (np.log(end) - low) / (high - low) * height
        heights.append(max(wanted, heights[-1] + 15.0) if heights else wanted)
        ax.annotate(
            words.render(language), (size[-1], end), (8, heights[-1] - wanted), textcoords="offset points",
            va="center", color=colour, weight=weight, fontsize=style.NOTE_PT + 0.5, annotation_clip=False,
        )  # fmt: skip


def _values(ax: Axes, read: _Reading, size: Floats, central: Floats, language: str) -> None:
    """Hours at the smallest size and at today's."""
    for row in dict.fromkeys([0, read.now]):
        words = lettering.hours(read.at(row), language)
        side = "left" if row == 0 else "center"
        ax.annotate(
            words, (size[row], central[row]), (3 if row == 0 else 0, 9), textcoords="offset points", ha=side,
            weight="bold", bbox={**style.UNDER_TEXT, "alpha": 0.8},
        )  # fmt: skip


def _population(population: str, labels: Mapping[str, str], language: str) -> str:
    names = {
        "staff": text("Size: members of staff"), "person": text("Size: persons supported in the year"),
        "place": text("Size: places"),
    }  # fmt: skip
    if population in names:
        return names[population].render(language)
    return text("Size: {population}", population=lettering.name_of(population, labels, language)).render(language)


def _members(read: _Reading, number: float, labels: Mapping[str, str], language: str) -> Text:
    """So many members of what size is counted in."""
    said = lettering.number(round(number, 6), language)
    many = 1 if number <= 1 else 2
    words = {
        "staff": plural_text("{n} member of staff", "{n} members of staff", many, n=said),
        "person": plural_text("{n} person supported", "{n} persons supported", many, n=said),
        "place": plural_text("{n} place", "{n} places", many, n=said),
    }  # fmt: skip
    if read.population in words:
        return words[read.population]
    return text("{n} ({population})", n=said, population=lettering.name_of(read.population, labels, language))


def _finding(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    each = _members(read, read.each, labels, language)
    small = lettering.hours(read.at(0), language)
    values = {"each": each, "small": small, "size": lettering.number(read.at(0, "size"), language)}
    if read.now == 0:
        return text("{small} a year for {each}, at a size of {size}", **values).render(language)
    return text(
        "{small} a year for {each} at a size of {size}, against {now} at today's {today}: {share} of today's hours do "
        "not depend on size",
        **values,
        now=lettering.hours(read.at(read.now), language),
        today=_members(read, read.at(read.now, "size"), labels, language),
        share=lettering.share(read.at(read.now, "fixed_share"), language),
    ).render(language)


def _note(read: _Reading, labels: Mapping[str, str], language: str) -> list[str]:
    said = [
        text("One structure made smaller and larger: persons, places, staff and events are multiplied; its services, "
             "contracts and calls stay as many. Both axes go by multiples."),
        text("Band: every duration at its lowest, every one at its highest. What does not depend on size: counted once "
             "for each operator, service, contract or call."),
    ]  # fmt: skip
    lines = [s.render(language) for s in said]
    if read.unmeasured:
        lines.append(plural_text(
            "{n} line without a known duration is left out of the hours.",
            "{n} lines without a known duration are left out of the hours.",
            read.unmeasured, n=lettering.number(read.unmeasured, language),
        ).render(language))  # fmt: skip
    return lines + [_turn(read, row, labels, language) for row in read.turns]


def _turn(read: _Reading, row: int, labels: Mapping[str, str], language: str) -> str:
    """What starts or stops at a threshold, and the hours of the step where both sides are drawn."""
    before, after = (read.rows.iloc[max(row - 1, 0)], read.rows.iloc[row])
    size = lettering.number(round(float(after["size"]), 6), language)
    named = [lettering.name_of(o, labels, language) for o in (after["starts"] or after["stops"]).split("|")]
    values = {"size": size, "tools": lettering.listed(named, language)}
    near = abs(float(after["size"]) / float(before["size"]) - 1.0) < _SAME
    step = float(after["hours_per_year"]) - float(before["hours_per_year"])
    hours = lettering.hours(abs(step), language)
    if not after["starts"]:
        return text("From {size} on, no longer: {tools}.", **values).render(language)
    if not near or not step > 0:
        return text("From {size} on: {tools}.", **values).render(language)
    return text("From {size} on: {tools} ({hours} a year).", **values, hours=hours).render(language)


def _alt(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    rows = sorted({0, read.now, *read.turns, len(read.rows) - 1})
    parts = []
    for row in rows:
        least, most = (read.at(row, f"hours_each{b}") for b in ("_low", "_high"))
        size = _members(read, read.at(row, "size"), labels, language).render(language)
        values = lettering.hours(read.at(row), language), lettering.hours_range(least, most, language)
        parts.append(f"{size}, {values[0]} ({values[1]})")
    joined = known.joined(parts, language)
    return text("Curve of the hours for {each} by size: {values}.",
                each=_members(read, read.each, labels, language), values=joined).render(language)  # fmt: skip
