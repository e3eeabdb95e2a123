"""Who asks what of one actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from burden.figures import frame, groups, known, lettering, style
from burden.model.messages import plural_text, text

_NAME_PT = 200.0
_HEAD_PT, _CELL_PT = 10.0, 11.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Cells (authority × instrument), row and column sums: ``hours``, ``obligations``, ``open``."""

    cells: pd.DataFrame
    of_authority: pd.DataFrame
    of_instrument: pd.DataFrame
    whole: pd.Series
    ranking: pd.Series
    grouped: tuple[int, int]
    authorities: int
    unmeasured: int


@style.look()
def load_on_actor(
    table: pd.DataFrame,
    *,
    actor: str,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 8,
    instruments: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Authority × instrument: how many obligations each asks of one actor, and their hours.

    Parameters
    ----------
    table : DataFrame
        ``required_by_id``, ``instrument``, ``obligation_id``, ``hours_per_year`` and, where known,
        ``rows_unmeasured``: what ``standard_cost(inv, ptf, by=["required_by_id", "instrument",
        "obligation_id"])`` gives for a portfolio of that actor (or the rows of one ``actor_id``).
    actor : str
        Name of the actor, as it is to be read.
    labels : mapping
        Names of the authorities; instruments are named from the code list unless given here.
    most, instruments : int
        Authorities and instruments apart, at most; the rest is summed as *others*.

    Returns
    -------
    Axes
        Each cell holds hours a year and the number of obligations; the darker, the more hours.
        ``≥`` marks a sum that misses lines of unknown duration.

    Raises
    ------
    ValueError
        If the table holds rows of several actors.
    """
    if "actor_id" in table and table["actor_id"].nunique() > 1:
        raise ValueError(f"rows of {table['actor_id'].nunique()} actors: keep those of one actor_id")
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, most, instruments)
    rows = [groups.authority_name(a, labels, language, read.grouped[0]) for a in read.of_authority.index]
    heads = [groups.instrument_name(i, labels, language, read.grouped[1]) for i in read.of_instrument.index]
    ax = frame.new_axes(ax, height_in=2.9 + 0.52 * (len(rows) + 1))
    _draw(ax, read, rows, heads, language)
    return frame.finish(
        ax,
        title=_finding(read, actor, labels, language),
        note=_note(read, language),
        alt=_alt(read, rows, heads, language),
    )


def _read(table: pd.DataFrame, most: int, instruments: int) -> _Reading:
    rows = table.assign(
        authority=groups.stated(table["required_by_id"]),
        tool=groups.stated(table["instrument"]),
        open=known.incomplete(table),
    )
    by_authority, by_tool = _summed(rows, ["authority"]), _summed(rows, ["tool"])
    first, tools = groups.apart(by_authority.index, most), groups.apart(by_tool.index, instruments)
    rows["authority"] = groups.others(rows["authority"], first)
    rows["tool"] = groups.others(rows["tool"], tools)
    return _Reading(
        cells=_summed(rows, ["authority", "tool"]),
        of_authority=_summed(rows, ["authority"]).reindex([*first, groups.OTHER]).dropna(how="all"),
        of_instrument=_summed(rows, ["tool"]).reindex([*tools, groups.OTHER]).dropna(how="all"),
        whole=_summed(rows.assign(all=""), ["all"]).iloc[0],
        ranking=by_authority["hours"].drop(groups.UNSTATED, errors="ignore"),
        grouped=(len(by_authority) - len(first), len(by_tool) - len(tools)),
        authorities=int(table["required_by_id"].nunique()),
        unmeasured=known.unmeasured_rows(table),
    )


def _summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    grouped = rows.groupby(by, sort=True)
    sums = grouped["hours_per_year"].sum(min_count=1).to_frame("hours")
    sums["obligations"] = grouped["obligation_id"].nunique()
    sums["open"] = grouped["open"].any()
    return sums.sort_values(["hours", "obligations"], ascending=False, na_position="last", kind="stable")


def _draw(ax: Axes, read: _Reading, rows: list[str], heads: list[str], language: str) -> None:
    height, width = len(rows) + 1, len(heads) + 1
    total = text("Total").render(language)
    ax.set(xlim=(-0.5, width - 0.5), ylim=(height - 0.5, -0.5))
    names = [lettering.wrapped(r, into_pt=_NAME_PT, lines=3) for r in rows]
    ax.set_yticks(range(height), [*names, total])
    ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.tick_params(axis="both", length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.set_xticks([])
    column_pt = frame.size_pt(ax)[0] / width - 7
    words = [word for head in [*heads, total] for word in head.split()]
    size = lettering.fitting_size(words, into_pt=column_pt, size=_HEAD_PT)
    wrapped = [lettering.wrapped(h, into_pt=column_pt, size=size, lines=4) for h in [*heads, total]]
    ax.set_xticks(range(width), wrapped, fontsize=size)
    sums = pd.concat([read.of_authority, read.of_instrument, read.whole.to_frame().T])
    written = [_hours(row, language) for _, row in sums.iterrows()]
    size = lettering.fitting_size(written, into_pt=column_pt, size=_CELL_PT, weight="bold")
    _cells(ax, read, language, size)
    _sums(ax, read, language, size)


def _each(cells: pd.DataFrame) -> Iterator[tuple[Any, Any, pd.Series]]:
    for authority, tool in cells.index:
        yield authority, tool, cells.loc[(authority, tool)]


def _cells(ax: Axes, read: _Reading, language: str, size: float) -> None:
    at_row = {a: i for i, a in enumerate(read.of_authority.index)}
    at_column = {t: i for i, t in enumerate(read.of_instrument.index)}
    largest = float(np.nan_to_num(read.cells["hours"].max()))
    for authority, tool, cell in _each(read.cells):
        x, y = at_column[tool], at_row[authority]
        unknown = bool(np.isnan(cell["hours"]))
        part = 0.0 if unknown or not largest else float(np.sqrt(cell["hours"] / largest))
        shade = style.PAPER if unknown else style.SHADES(part)
        edge = {"edgecolor": style.MUTED, "linestyle": ":"} if unknown else {"edgecolor": style.RULE}
        ax.add_patch(Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=shade, **edge))  # type: ignore[arg-type]
        _write(ax, x, y, cell, language, size, colour=style.ink_on(shade))


def _sums(ax: Axes, read: _Reading, language: str, size: float) -> None:
    right, bottom = len(read.of_instrument), len(read.of_authority)
    for y, (_, row) in enumerate(read.of_authority.iterrows()):
        _write(ax, right, y, row, language, size, weight="bold")
    for x, (_, column) in enumerate(read.of_instrument.iterrows()):
        _write(ax, x, bottom, column, language, size, weight="bold")
    _write(ax, right, bottom, read.whole, language, size, weight="bold")
    ax.plot([right - 0.5] * 2, [-0.5, bottom + 0.5], color=style.MUTED, linewidth=0.8)
    ax.plot([-0.5, right + 0.5], [bottom - 0.5] * 2, color=style.MUTED, linewidth=0.8)


def _write(
    ax: Axes,
    x: int,
    y: int,
    cell: pd.Series,
    language: str,
    size: float,
    *,
    colour: str = style.INK,
    weight: str = "normal",
) -> None:
    ax.annotate(
        _hours(cell, language), (x, y), (0, 1), textcoords="offset points", ha="center", va="bottom",
        color=colour, fontsize=size, weight=weight,
    )  # fmt: skip
    ax.annotate(
        _obligations(int(cell["obligations"]), language), (x, y), (0, -2), textcoords="offset points",
        ha="center", va="top", color=colour, fontsize=0.85 * size,
    )  # fmt: skip


def _hours(cell: pd.Series, language: str) -> str:
    return known.at_least(float(cell["hours"]), bool(cell["open"]), language)


def _obligations(count: int, language: str) -> str:
    said = plural_text("{n} oblig.", "{n} oblig.", count, n=lettering.number(count, language))
    return said.render(language)


def _finding(read: _Reading, actor: str, labels: Mapping[str, str], language: str) -> str:
    count = int(read.whole["obligations"])
    owed = plural_text("{n} obligation", "{n} obligations", count, n=lettering.number(count, language))
    towards = plural_text(
        "{n} authority", "{n} authorities", read.authorities, n=lettering.number(read.authorities, language)
    )
    total = float(read.whole["hours"])
    if np.isnan(total) or total <= 0 or read.ranking.empty:
        return text(
            "{actor}: {obligations} to {authorities}", actor=actor, obligations=owed, authorities=towards
        ).render(language)
    sum_of_all = known.total_hours(total, read.unmeasured, language)
    if read.authorities == 1:
        return text(
            "{actor}: {obligations} to {authorities}, {total}",
            actor=actor,
            obligations=owed,
            authorities=towards,
            total=sum_of_all,
        ).render(language)
    first = read.ranking.index[0]
    return text(
        "{actor}: {obligations} to {authorities}; {first} takes {share} of the {total}",
        actor=actor,
        obligations=owed,
        authorities=towards,
        first=lettering.name_of(first, labels, language),
        share=lettering.share(float(read.ranking.iloc[0]) / total, language),
        total=sum_of_all,
    ).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    key = text("In each cell: hours a year and number of obligations; the darker, the more hours.")
    return [key.render(language), known.unmeasured_note(read.unmeasured, language)]


def _alt(read: _Reading, rows: list[str], heads: list[str], language: str) -> str:
    at_row = dict(zip(read.of_authority.index, rows, strict=True))
    at_column = dict(zip(read.of_instrument.index, heads, strict=True))
    parts = [
        text(
            "{authority}, {instrument}, {hours}, {obligations}",
            authority=at_row[authority],
            instrument=at_column[tool],
            hours=_hours(cell, language),
            obligations=_obligations(int(cell["obligations"]), language),
        ).render(language)
        for authority, tool, cell in _each(read.cells)
    ]
    return text("Table of authorities and instruments: {values}.", values=known.joined(parts, language)).render(
        language
    )
