"""The measures that save most: how much, between which bounds, and what is lost without each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke
from matplotlib.ticker import MaxNLocator

from burden.analysis.concentration import fewest, pareto
from burden.figures import amounts, frame, grid, groups, known, lettering, style
from burden.model.messages import Text, plural_text, text

_MOST_OF_IT, _TINY = 0.8, 1e-9
_NAME_PT, _COLUMN_PT, _SIZE, _LEADING_PT, _PAD_PT = 280.0, 64.0, 10.0, 13.0, 11.0
_BAR_PT, _HEAD_PT = 17.0, 40.0
_EDGED: tuple[AbstractPathEffect, ...] = (Stroke(linewidth=4.2, foreground=style.INK), Normal())
"""A pale line with a dark edge: it shows on a dark bar and on paper."""
_COLUMNS = ("lost", "survives_share")


@dataclass(frozen=True, eq=False)
class _Reading:
    """Measures drawn apart, most saved first; the others summed; all of them."""

    apart: pd.DataFrame
    rest: pd.DataFrame
    every: pd.DataFrame
    measure: str

    @property
    def total(self) -> float:
        """What they save together."""
        return float(self.every["saved"].sum())

    @property
    def columns(self) -> list[str]:
        """What is said on the right of the bars."""
        return [c for c in _COLUMNS if c in self.apart]

    @property
    def head_pt(self) -> float:
        """Room for what the columns are."""
        return _HEAD_PT if self.columns else _PAD_PT / 2

    def amount(self, value: float, language: str) -> str:
        """A saving in words."""
        return amounts.amount(value, self.measure, language)


@style.look()
def plan_measures(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    measure: str = amounts.HOURS,
    language: str = "fr",
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Bars of what each measure of a plan saves, its likely range, and what is lost if it is refused.

    Parameters
    ----------
    table : DataFrame
        ``measures`` of :func:`burden.simplify.plan`. With ``p10``, ``p90`` and ``survives_share`` of
        :func:`burden.simplify.robustness` each bar has its range and how often the measure is in the
        best plan; with ``lost`` of :func:`burden.simplify.refusals`, what no other source makes up
        for. Values may be missing.
    labels : mapping
        Names of the obligations and of the authorities that hold registers.
    measure : str
        What the plan weighs: ``hours_per_year`` or ``cost_eur_per_year``.
    most : int
        Measures drawn apart, at most; the rest is summed in one bar.

    Returns
    -------
    Axes
        One bar per measure, most saved first. Its dark part is lost if the measure is refused; the
        hatched part is saved in another way.
    """
    rows = table[table["saved"] > _TINY] if len(table) else table
    if rows.empty:
        return frame.nothing_to_show(ax, amounts.nothing_saved(), language)
    read = _read(rows, most, measure)
    names = [_name(row, labels, language) for _, row in read.apart.iterrows()]
    if len(read.rest):
        names.append((_others(read, language), ""))
    given, parts = ax is not None, [_in_lines(*name) for name in names]
    heights = [_LEADING_PT * len(tool + way) + _PAD_PT for tool, way in parts]
    whole = sum(heights) + read.head_pt
    ax = frame.new_axes(ax, height_in=whole / 72 + 2.4)
    legend_pt = _draw(ax, read, parts, heights, language)
    frame.finish(
        ax, title=_finding(read, language), note=_note(read, language),
        alt=_alt(read, names, language), above_pt=legend_pt,
    )  # fmt: skip
    return ax if given else grid.at_height(ax, whole)


def _read(rows: pd.DataFrame, most: int, measure: str) -> _Reading:
    ranked = rows.sort_values(["saved", "obligation_id"], ascending=[False, True], kind="stable", ignore_index=True)
    shown = len(groups.apart(ranked.index, most))
    apart = ranked.head(shown).dropna(axis="columns", how="all")
    return _Reading(apart, ranked.iloc[shown:], ranked, measure)


def _name(row: pd.Series, labels: Mapping[str, str], language: str) -> tuple[str, str]:
    """The tool that asks less, and where it takes what it asked."""
    tool = lettering.name_of(row["obligation_id"], labels, language)
    return tool, _way(row, labels, language).render(language)


def _way(row: pd.Series, labels: Mapping[str, str], language: str) -> Text:
    number = int(row["items"])
    source = lettering.name_of(row["source_id"], labels, language) if row["source_id"] else ""
    if row["kind"] == "end":
        return text("ends, as all that it asks is given elsewhere")
    if row["kind"] == "merge":
        return text("becomes part of: {source}", source=source)
    if row["source_kind"] == "register":
        source = text("register “{register}” ({holder})", register=row["register"],
                      holder=lettering.short(source)).render(language)  # fmt: skip
    return plural_text(
        "{n} item from: {source}", "{n} items from: {source}", number, n=lettering.number(number, language),
        source=source,
    )  # fmt: skip


def _in_lines(tool: str, way: str) -> tuple[list[str], list[str]]:
    """Three lines at most for the tool, and four for its source."""
    first, second = (
        lettering.wrapped(part, into_pt=_NAME_PT, size=_SIZE, lines=most).split("\n")
        for part, most in ((tool, 3), (way, 4))
    )
    return first, second if way else []


def _others(read: _Reading, language: str) -> str:
    number = len(read.rest)
    return plural_text(
        "{n} other measure", "{n} other measures", number, n=lettering.number(number, language)
    ).render(language)  # fmt: skip


def _draw(
    ax: Axes, read: _Reading, parts: list[tuple[list[str], list[str]]], heights: list[float], language: str
) -> float:
    ends = np.cumsum([read.head_pt, *heights])
    middle = (ends[1:] + ends[:-1]) / 2
    ax.set_yticks([])
    ax.set_ylim(float(ends[-1]), 0.0)
    for at, (tool, way) in zip(middle, parts, strict=True):
        _names(ax, float(at), tool, way)
    _bars(ax, read, middle)
    frame.hours_axis(ax, amounts.SAVED[read.measure], language)
    reach = _reach(read)
    said = [_said(row, read, language) for _, row in read.apart.iterrows()]
    if len(read.rest):
        said.append(read.amount(float(read.rest["saved"].sum()), language))
    right = _COLUMN_PT * len(read.columns)
    frame.room_for(ax, reach, [lettering.width_pt(s, size=style.NOTE_PT) + right for s in said])
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(0, max(reach))
    ax.set_xticks([t for t in ticks if 0 <= t <= max(reach)])
    ax.spines["bottom"].set_bounds(0, max(reach))
    for at, end, words in zip(middle, reach, said, strict=True):
        ax.annotate(words, (end, float(at)), (7, 0), textcoords="offset points", va="center", fontsize=style.NOTE_PT,
                    bbox=dict(style.UNDER_TEXT))  # fmt: skip
    _columns(ax, read, middle, language)
    return _legend(ax, read, language)


def _names(ax: Axes, at: float, tool: list[str], way: list[str]) -> None:
    """The tool and, paler, where it takes what it asked, left of the bars."""
    top = _LEADING_PT * len(tool + way) / 2
    for lines, start, colour in ((tool, 0, style.INK), (way, len(tool), style.MUTED)):
        for number, line in enumerate(lines, start=start):
            ax.annotate(
                line, (0, at), (-_NAME_PT - 6, top - _LEADING_PT * (number + 0.5)), xycoords=("axes fraction", "data"),
                textcoords="offset points", va="center_baseline", fontsize=_SIZE, color=colour, annotation_clip=False,
            )  # fmt: skip


def _said(row: pd.Series, read: _Reading, language: str) -> str:
    """What a measure saves, and between which bounds."""
    saved = read.amount(float(row["saved"]), language)
    if "p10" not in row or math.isnan(row["p10"] + row["p90"]):
        return saved
    between = amounts.between(float(row["p10"]), float(row["p90"]), read.measure, language)
    return text("{tool} ({share})", tool=saved, share=between).render(language)


def _reach(read: _Reading) -> list[float]:
    """Where each bar ends, or its range where that goes further."""
    ends = read.apart[[c for c in ("saved", "p90") if c in read.apart]].max(axis=1).tolist()
    return [*ends, float(read.rest["saved"].sum())] if len(read.rest) else ends


def _bars(ax: Axes, read: _Reading, middle: np.ndarray) -> None:
    drawn = middle[: len(read.apart)]
    saved = read.apart["saved"].to_numpy(dtype=float)
    if "lost" in read.apart:
        told = read.apart["lost"].notna().to_numpy()
        lost = read.apart["lost"].fillna(0.0).clip(lower=0.0).to_numpy(dtype=float).clip(max=saved)
        ax.barh(drawn, lost, _BAR_PT, **_look("lost"))
        ax.barh(drawn[told], (saved - lost)[told], _BAR_PT, left=lost[told], **_look("made_up"))
        ax.barh(drawn[~told], saved[~told], _BAR_PT, **_look("untold"))
    else:
        ax.barh(drawn, saved, _BAR_PT, **_look("lost"))
    if "p10" in read.apart and "p90" in read.apart:
        low, high = (read.apart[c].to_numpy(dtype=float) for c in ("p10", "p90"))
        ax.hlines(drawn, low, high, color=style.PALETTE[5], linewidth=2.2, zorder=3, path_effects=_EDGED)
    if len(read.rest):
        ax.barh(middle[-1:], [float(read.rest["saved"].sum())], _BAR_PT, **_look("rest"))


def _look(part: str) -> dict[str, Any]:
    colour, hatch = {
        "lost": (style.MAIN, ""), "made_up": (style.LIGHT, "//"), "untold": (style.PAPER, ""),
        "rest": (style.OTHER, style.OTHER_HATCH),
    }[part]  # fmt: skip
    line = style.MUTED if part == "rest" else style.PAPER
    return {"facecolor": colour, "hatch": hatch, "hatchcolor": line, "edgecolor": style.MUTED, "linewidth": 0.6}


def _columns(ax: Axes, read: _Reading, middle: np.ndarray, language: str) -> None:
    """What is lost without a measure, and how often it is in the best plan, at the right."""
    heads = {"lost": text("Lost if refused"), "survives_share": text("In the best plan")}
    for place, column in enumerate(reversed(read.columns)):
        move = (-place * _COLUMN_PT, 0)
        head = lettering.wrapped(heads[column].render(language), into_pt=_COLUMN_PT - 8, size=_SIZE, lines=3)
        ax.annotate(head, (1, 1), (move[0], -2), xycoords="axes fraction", textcoords="offset points", ha="right",
                    va="top", fontsize=_SIZE, color=style.MUTED, linespacing=1.05)  # fmt: skip
        for at, value in zip(middle, read.apart[column], strict=False):
            ax.annotate(_cell(column, float(value), read, language), (1, at), move, textcoords="offset points",
                        xycoords=("axes fraction", "data"), ha="right", va="center", fontsize=_SIZE)  # fmt: skip


def _cell(column: str, value: float, read: _Reading, language: str) -> str:
    if math.isnan(value):
        return "?"
    if column == "lost":
        return read.amount(max(value, 0.0), language)
    return lettering.share(value, language)


def _legend(ax: Axes, read: _Reading, language: str) -> float:
    """What the parts of a bar and the line over it are; its height in points."""
    named = {}
    if "lost" in read.apart:
        named = {"lost": text("lost if the measure is refused"), "made_up": text("then saved in another way")}
        if read.apart["lost"].isna().any():
            named["untold"] = text("refusal not worked out")
    handles: list[Artist] = [Patch(label=name.render(language), **_look(part)) for part, name in named.items()]
    if "p10" in read.apart:
        likely = text("likely range").render(language)
        handles.append(Line2D([], [], color=style.PALETTE[5], linewidth=2.2, label=likely, path_effects=_EDGED))
    if not handles:
        return 0.0
    left, _, _ = frame.margins_pt(ax)
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(handles), borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        handlelength=2.4, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, language: str) -> str:
    few, every = fewest(pareto(read.every, value="saved"), share=_MOST_OF_IT), len(read.every)
    total = read.amount(read.total, language)
    if every == 1:
        return text("A single measure saves {saved} a year", saved=total).render(language)
    part = float(read.every["saved"].head(few).sum()) / read.total
    number = lettering.number(few, language)
    return plural_text(
        "{n} measure of {every} saves {share} of the {saved} a year that the plan saves",
        "{n} measures of {every} save {share} of the {saved} a year that the plan saves",
        few, n=number, every=lettering.number(every, language), share=lettering.share(part, language), saved=total,
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    said = []
    if "p10" in read.apart:
        said.append(text(
            "Bar: at standard times. In brackets, and as a likely range: eight chances in ten, as a line may take much "
            "longer than its standard time and hardly less."
        ))  # fmt: skip
    if "survives_share" in read.apart:
        said.append(text("In the best plan: share of the draws of all times in which the measure belongs to it."))
    if "lost" in read.apart:
        said.append(text("Losses do not add up: two measures may need the same text or stand in for one another."))
    return [" ".join(s.render(language) for s in said)]


def _alt(read: _Reading, names: list[tuple[str, str]], language: str) -> str:
    parts = []
    for (tool, way), (_, row) in zip(names, read.apart.iterrows(), strict=False):
        said = [_said(row, read, language)]
        if "lost" in row and not math.isnan(row["lost"]):
            lost = read.amount(max(float(row["lost"]), 0.0), language)
            said.append(text("{lost} lost if refused", lost=lost).render(language))
        if "survives_share" in row and not math.isnan(row["survives_share"]):
            kept = lettering.share(float(row["survives_share"]), language)
            said.append(text("in the best plan in {share} of the draws", share=kept).render(language))
        parts.append(f"{tool}, {way}, {', '.join(said)}")
    if len(read.rest):
        parts.append(f"{_others(read, language)}, {read.amount(float(read.rest['saved'].sum()), language)}")
    return text("Savings by measure: {values}.", values=known.joined(parts, language)).render(language)
