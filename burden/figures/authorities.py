"""Hours a year by authority, and by what instrument it asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from burden.figures import frame, groups, known, lettering, style
from burden.model.messages import Text, plural_text, text

Floats = npt.NDArray[np.float64]

_BAR = 0.64
_NAME_PT = 210.0
_MOST_OF = 2 / 3


@dataclass(frozen=True, eq=False)
class _Reading:
    """Hours per authority (rows, most first) × instrument (columns, most first, others last)."""

    hours: pd.DataFrame
    bounds: pd.DataFrame
    incomplete: pd.Series
    authorities: pd.Series
    silent: int
    grouped: tuple[int, int]
    unmeasured: int

    @property
    def ranged(self) -> npt.NDArray[np.bool_]:
        """Authorities whose low and high sums are known and differ; NaN compares as false."""
        low, high = self.bounds.to_numpy(dtype=float).T
        return np.asarray(high > low)

    @property
    def total(self) -> float:
        return float(self.hours.to_numpy().sum())


@style.look()
def burden_by_authority(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 8,
    instruments: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Stacked bars: hours a year by authority, and by instrument in each.

    Parameters
    ----------
    table : DataFrame
        ``required_by_id``, ``instrument``, ``hours_per_year``, and where they are known
        ``hours_per_year_low``, ``hours_per_year_high`` and ``rows_unmeasured``: what
        ``standard_cost(inv, ptf, by=["required_by_id", "instrument"])`` gives. Finer rows are summed.
    labels : mapping
        Names of the authorities; instruments are named from the code list unless given here.
    most, instruments : int
        Authorities and instruments drawn apart, at most; the rest is summed as *others*.

    Returns
    -------
    Axes
        The title says how few authorities make two thirds of the hours. A thin line under a bar
        runs from the low to the high estimate.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, most, min(instruments, len(style.PALETTE)))
    if not read.total > 0:
        return frame.nothing_to_show(ax, known.no_duration(read.unmeasured, language), language)
    names = [groups.authority_name(a, labels, language, read.grouped[0]) for a in read.hours.index]
    rows = [lettering.wrapped(n, into_pt=_NAME_PT, lines=3) for n in names]
    ax = frame.new_axes(ax, height_in=2.6 + sum(0.34 + 0.19 * (r.count("\n") + 1) for r in rows))
    legend_pt = _draw(ax, read, rows, labels, language)
    return frame.finish(
        ax,
        title=_finding(read, labels, language),
        note=_note(read, language),
        alt=_alt(read, names, labels, language),
        above_pt=legend_pt,
    )


def _read(table: pd.DataFrame, most: int, instruments: int) -> _Reading:
    every = table.assign(authority=groups.stated(table["required_by_id"]), open=known.incomplete(table))
    rows = every[every["hours_per_year"].notna()].copy()
    rows["instrument"] = groups.stated(rows["instrument"])
    whole = rows.groupby("authority")["hours_per_year"].sum().sort_values(ascending=False, kind="stable")
    first = groups.apart(whole.index, most)
    rows["authority"] = groups.others(rows["authority"], first)
    every["authority"] = groups.others(every["authority"], first)
    of_tool = rows.groupby("instrument")["hours_per_year"].sum().sort_values(ascending=False, kind="stable")
    tools = list(of_tool.index[:instruments])
    rows["instrument"] = groups.others(rows["instrument"], tools)
    hours = rows.pivot_table(
        index="authority", columns="instrument", values="hours_per_year", aggfunc="sum", fill_value=0.0
    )
    order = [a for a in [*first, groups.OTHER] if a in hours.index]
    hours = hours.loc[order, [t for t in [*tools, groups.OTHER] if t in hours.columns]]
    return _Reading(
        hours=hours,
        bounds=_bounds(rows).loc[order],
        incomplete=every.groupby("authority")["open"].any().reindex(order),
        silent=int(table["required_by_id"].nunique() - whole.drop(groups.UNSTATED, errors="ignore").size),
        authorities=whole.drop(groups.UNSTATED, errors="ignore"),
        grouped=(len(whole) - len(first), len(of_tool) - len(tools)),
        unmeasured=known.unmeasured_rows(table),
    )


def _bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """Low and high sums per authority, NaN unless every row of the authority has its bound."""
    columns = ["hours_per_year_low", "hours_per_year_high"]
    given = rows.reindex(columns=["authority", *columns])
    return given.groupby("authority")[columns].agg(_whole_sum)


def _whole_sum(values: pd.Series) -> float:
    return float(values.sum(skipna=False))


def _look(column: int, instrument: object) -> dict[str, str]:
    if instrument == groups.OTHER:
        return {"facecolor": style.OTHER, "hatch": style.OTHER_HATCH, "hatchcolor": style.RULE}
    colour = style.PALETTE[column]
    return {"facecolor": colour, "hatch": style.HATCHES[column], "hatchcolor": style.ink_on(colour)}


def _draw(ax: Axes, read: _Reading, rows: list[str], labels: Mapping[str, str], language: str) -> float:
    y = _positions(rows)
    left = np.zeros(len(rows))
    for column, instrument in enumerate(read.hours):
        width = read.hours[instrument].to_numpy()
        look = _look(column, instrument)
        ax.barh(y, width, _BAR, left=left, edgecolor=style.MUTED, linewidth=0.5, **look)  # type: ignore[arg-type]
        left = left + width
    ax.set_yticks(y, rows)
    ax.set_ylim(y[-1] + 0.75, -0.6)
    frame.hours_axis(ax, text("Hours a year"), language)
    _ranges(ax, read, y)
    _totals(ax, read, y, language)
    legend_pt = _legend(ax, read, labels, language)
    _inside(ax, read, y, labels, language)
    return legend_pt


def _positions(rows: list[str]) -> Floats:
    """Middles of the bars: a name of three lines takes more room than a name of one."""
    lines = np.array([row.count("\n") + 1 for row in rows], dtype=float)
    step = np.maximum(1.0, (lines[1:] + lines[:-1]) / 3.4)
    return np.concatenate([[0.0], np.cumsum(step)])


def _ranges(ax: Axes, read: _Reading, y: Floats) -> None:
    under = y + _BAR / 2 + 0.1
    low, high = read.bounds.to_numpy().T
    sure = read.ranged
    ax.hlines(under[sure], low[sure], high[sure], color=style.INK, linewidth=1.2)
    for ends in (low, high):
        ax.plot(ends[sure], under[sure], "|", color=style.INK, markersize=6, markeredgewidth=1.2)


def _totals(ax: Axes, read: _Reading, y: Floats, language: str) -> None:
    sums = read.hours.sum(axis=1).to_numpy()
    said = [known.at_least(s, o, language) for s, o in zip(sums, read.incomplete, strict=True)]
    frame.room_for(
        ax,
        [*sums, *read.bounds.iloc[:, 1].fillna(0.0)],
        [lettering.width_pt(s, weight="bold") for s in said] + [2.0] * len(sums),
    )
    for at, end, words in zip(y, sums, said, strict=True):
        frame.value_label(ax, words, (end, at), weight="bold")


def _inside(
    ax: Axes,
    read: _Reading,
    y: Floats,
    labels: Mapping[str, str],
    language: str,
) -> None:
    """Name the instrument in every segment wide enough for it."""
    width, _ = frame.size_pt(ax)
    per_hour = width / ax.get_xlim()[1]
    size = 9.5
    hours = read.hours.to_numpy(dtype=float)
    for row, at in enumerate(y):
        start = 0.0
        for column, instrument in enumerate(read.hours):
            value = float(hours[row, column])
            name = lettering.wrapped(
                groups.instrument_name(instrument, labels, language, read.grouped[1]),
                into_pt=value * per_hour - 12, size=size, lines=2,
            )  # fmt: skip
            if "…" not in name:
                colour = _look(column, instrument)["facecolor"]
                ax.text(
                    start + value / 2,
                    at,
                    name,
                    ha="center",
                    va="center",
                    fontsize=size,
                    linespacing=1.0,
                    color=style.ink_on(colour),
                    bbox={"facecolor": colour, "edgecolor": "none", "pad": 2},
                )
            start += value


def _legend(ax: Axes, read: _Reading, labels: Mapping[str, str], language: str) -> float:
    """One key above the bars, over the whole width; its height in points."""
    names = [groups.instrument_name(i, labels, language, read.grouped[1]) for i in read.hours]
    handles = [
        Patch(edgecolor=style.MUTED, linewidth=0.5, label=name, **_look(column, instrument))  # type: ignore[arg-type]
        for column, (instrument, name) in enumerate(zip(read.hours, names, strict=True))
    ]
    left, _, width = frame.margins_pt(ax)
    cell = max(lettering.width_pt(n, size=style.NOTE_PT) for n in names) + 46
    columns = max(1, min(len(names), int(width // cell)))
    legend = ax.legend(
        handles=[handles[i] for c in range(columns) for i in range(c, len(handles), columns)],
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        ncols=columns,
        borderpad=0,
        borderaxespad=0,
        handlelength=2.4,
        handleheight=1.1,
        columnspacing=1.4,
    )
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    total = known.total_hours(read.total, read.unmeasured, language)
    every = len(read.authorities) + read.silent
    part = (read.authorities / read.total).cumsum()
    if read.authorities.empty:
        return text("No authority is stated for the {total}", total=total).render(language)
    first = lettering.name_of(read.authorities.index[0], labels, language)
    if every == 1:
        return _single(first, float(part.iloc[0]), total, language)
    few = int((part < _MOST_OF - 1e-9).sum()) + 1
    few = 1 if few > len(read.authorities) / 2 else few
    return plural_text(
        "The first of {every} authorities, {authority}, makes {share} of the {total}",
        "{n} authorities of {every} make {share} of the {total}",
        few,
        n=lettering.number(few, language),
        every=lettering.number(every, language),
        authority=first,
        share=lettering.share(float(part.iloc[few - 1]), language),
        total=total,
    ).render(language)


def _single(authority: str, part: float, total: Text, language: str) -> str:
    if part > 1 - 1e-9:
        whole = text("One authority asks for all of the {total}: {authority}", authority=authority, total=total)
        return whole.render(language)
    share = lettering.share(part, language)
    made = text("{authority} makes {share} of the {total}", authority=authority, share=share, total=total)
    return made.render(language)


def _note(read: _Reading, language: str) -> list[str]:
    said = ["", known.unmeasured_note(read.unmeasured, language)]
    if read.ranged.any():
        said[0] = text("Thin line under a bar: from the low to the high estimate.").render(language)
    if read.silent:
        said.append(
            plural_text(
                "{n} authority is not drawn: none of its lines has a known duration.",
                "{n} authorities are not drawn: none of their lines has a known duration.",
                read.silent,
                n=lettering.number(read.silent, language),
            ).render(language)
        )
    return said


def _alt(read: _Reading, names: list[str], labels: Mapping[str, str], language: str) -> str:
    parts = []
    for name, (_, row) in zip(names, read.hours.iterrows(), strict=True):
        value = float(row.sum())
        main = groups.instrument_name(row.idxmax(), labels, language, read.grouped[1])
        parts.append(
            text(
                "{authority}, {hours}, first for {instrument}",
                authority=name,
                hours=lettering.hours(value, language),
                instrument=main,
            ).render(language)
        )
    return text(
        "Stacked bars of the hours a year by authority and instrument: {values}.",
        values=known.joined(parts, language),
    ).render(language)
