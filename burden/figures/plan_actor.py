"""What one actor bears today and after a plan, and why the rest stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from burden.figures import amounts, frame, grid, groups, known, lettering, style
from burden.model.messages import Text, plural_text, text
from burden.simplify.planning.untouched import WHY

GONE = ("taken", "ended")
"""Reasons of what the plan takes away; all others are reasons why something stays."""

_SMALL, _TINY = 0.005, 1e-9
_NAME_PT, _SIZE, _LEADING_PT, _PAD_PT, _HEAD_PT, _BAR_PT = 262.0, 10.5, 13.0, 9.0, 30.0, 17.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Rows by group (``today``, ``after``, ``open``), reasons why the rest stays, and the sums."""

    by_group: pd.DataFrame
    grouped: int
    reasons: pd.DataFrame
    small: int
    today: float
    after: float
    unmeasured: int
    measure: str

    @property
    def saved(self) -> float:
        """What the plan takes away."""
        return self.today - self.after

    def amount(self, value: float, language: str) -> str:
        """A sum in words."""
        return amounts.amount(value, self.measure, language)


@style.look()
def plan_actor(
    today: pd.DataFrame,
    after: pd.DataFrame,
    untouched: pd.DataFrame,
    *,
    actor: str,
    labels: Mapping[str, str],
    by: str = "required_by_id",
    measure: str = amounts.HOURS,
    language: str = "fr",
    most: int = 7,
    ax: Axes | None = None,
) -> Axes:
    """Bars of what one actor bears today and after a plan, and of why the rest stays.

    Parameters
    ----------
    today, after : DataFrame
        What :func:`burden.analysis.ledger.totals` gives ``by`` one column, before the plan and once
        its scenario is applied, for the portfolio of the actor alone and for the sides that the
        plan weighs.
    untouched : DataFrame
        ``untouched`` of :func:`burden.simplify.plan` for the same portfolio.
    actor : str
        Name of the actor, as it is to be read.
    labels : mapping
        Names of the authorities; instruments are named from the code list unless given here.
    by : str
        ``required_by_id`` or ``instrument``.
    measure : str
        What the plan weighs: ``hours_per_year`` or ``cost_eur_per_year``.
    most : int
        Groups drawn apart, at most; the rest is summed as *others*.

    Returns
    -------
    Axes
        Above, one bar per authority or instrument, the largest first: dark is what stays, hatched
        what goes. Below, on the same scale, why the rest stays. ``≥`` marks a sum that misses lines
        of unknown duration.
    """
    if today.empty or not today[measure].sum() > 0:
        missing = known.unmeasured_rows(today, measure) if len(today) else 0
        return frame.nothing_to_show(ax, known.no_duration(missing, language), language)
    read = _read(today, after, untouched, by, measure, most)
    rows = [_group(g, read, by, labels, language) for g in read.by_group.index]
    whys = [_why(r, read, language) for r in read.reasons.index]
    said = [_fitted(name) for name in [*rows, *whys]]
    given, heights = ax is not None, [_LEADING_PT * (name.count("\n") + 1) + _PAD_PT for name in said]
    whole = sum(heights) + _HEAD_PT * (1 + bool(whys))
    ax = frame.new_axes(ax, height_in=whole / 72 + 2.4)
    legend_pt = _draw(ax, read, by, said, heights, language)
    frame.finish(
        ax, title=_finding(read, actor, language), note=_note(read, language),
        alt=_alt(read, rows, whys, language), above_pt=legend_pt,
    )  # fmt: skip
    return ax if given else grid.at_height(ax, whole)


def _read(
    today: pd.DataFrame, after: pd.DataFrame, untouched: pd.DataFrame, by: str, measure: str, most: int
) -> _Reading:
    now = today.assign(group=groups.stated(today[by]), open=known.incomplete(today))
    then = after.assign(group=groups.stated(after[by]))
    sums = now.groupby("group").agg(today=(measure, "sum"), open=("open", "any"))
    sums["after"] = then.groupby("group")[measure].sum().reindex(sums.index).fillna(0.0)
    ranked = sums[sums["today"] > 0].sort_values("today", ascending=False, kind="stable")
    first = groups.apart(ranked.index, most)
    key = groups.others(ranked.index.to_series(), first)
    drawn = ranked.groupby(key).agg({"today": "sum", "after": "sum", "open": "any"})
    reasons, small = _reasons(untouched)
    return _Reading(
        by_group=drawn.reindex([g for g in [*first, groups.OTHER] if g in drawn.index]),
        grouped=len(ranked) - len(first),
        reasons=reasons,
        small=small,
        today=float(sums["today"].sum()),
        after=float(sums["after"].sum()),
        unmeasured=known.unmeasured_rows(today, measure),
        measure=measure,
    )


def _reasons(untouched: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Why the rest stays, the largest first, and how many reasons are too small to stand apart."""
    stays = untouched[~untouched["reason"].isin(GONE) & (untouched["weight"] > _TINY)].set_index("reason")
    stays = stays[["weight", "share"]].sort_values("weight", ascending=False, kind="stable")
    small = int((stays["share"] < _SMALL).sum())
    if small < 2:
        return stays, 0
    rest = stays.tail(small).sum().to_frame(groups.OTHER).T
    return pd.concat([stays.head(-small), rest]), small


def _group(group: object, read: _Reading, by: str, labels: Mapping[str, str], language: str) -> str:
    named = groups.instrument_name if by == "instrument" else groups.authority_name
    return named(group, labels, language, read.grouped)


def _why(reason: object, read: _Reading, language: str) -> str:
    if reason == groups.OTHER:
        number = lettering.number(read.small, language)
        return plural_text("{n} other reason", "{n} other reasons", read.small, n=number).render(language)
    known_reason = WHY.get(str(reason))
    return known_reason.render(language) if known_reason else str(reason)


def _fitted(name: str) -> str:
    """A name in three lines, by its initials where it does not fit."""
    whole = lettering.wrapped(name, into_pt=_NAME_PT, size=_SIZE, lines=3)
    return lettering.wrapped(lettering.short(name), into_pt=_NAME_PT, size=_SIZE, lines=3) if "…" in whole else whole


def _draw(ax: Axes, read: _Reading, by: str, names: list[str], heights: list[float], language: str) -> float:
    first, starts = len(read.by_group), []
    at = 0.0
    for row, height in enumerate(heights):
        at += _HEAD_PT if row in (0, first) else 0.0
        starts.append(at)
        at += height
    middle = np.array(starts) + np.array(heights) / 2
    ax.set_yticks(middle, names, fontsize=_SIZE, linespacing=1.1)
    ax.set_ylim(at, 0.0)
    _bars(ax, read, middle)
    frame.hours_axis(ax, amounts.A_YEAR[read.measure], language)
    ends = [*read.by_group["today"], *read.reasons["weight"]]
    said = [_moved(row, read, language) for _, row in read.by_group.iterrows()]
    said += [_part(row, read, language) for _, row in read.reasons.iterrows()]
    frame.room_for(ax, ends, [lettering.width_pt(s) for s in said])
    for place, end, words in zip(middle, ends, said, strict=True):
        frame.value_label(ax, words, (float(end), float(place)))
    heads = [text("What each instrument asks") if by == "instrument" else text("What each authority asks")]
    if len(read.reasons):
        heads.append(text("Why the rest stays"))
    for start, head in zip([starts[0], *starts[first : first + 1]], heads, strict=True):
        _head(ax, start, head.render(language))
    return _legend(ax, language)


def _head(ax: Axes, start: float, words: str) -> None:
    """What the rows under it are, left of the bars, as the names are."""
    ax.annotate(words, (0, start), (-4, 3), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right",
                va="bottom", weight="bold", fontsize=_SIZE, annotation_clip=False)  # fmt: skip


def _bars(ax: Axes, read: _Reading, middle: np.ndarray) -> None:
    first = len(read.by_group)
    before, then = (read.by_group[c].to_numpy(dtype=float) for c in ("today", "after"))
    kept = np.minimum(before, then)
    ax.barh(middle[:first], kept, _BAR_PT, **_look("stays"))
    ax.barh(middle[:first], before - kept, _BAR_PT, left=kept, **_look("goes"))
    ax.barh(middle[first:], read.reasons["weight"].to_numpy(dtype=float), _BAR_PT, **_look("stays"))


def _look(part: str) -> dict[str, Any]:
    colour, hatch = (style.MAIN, "") if part == "stays" else (style.PALETTE[5], "////")
    return {"facecolor": colour, "hatch": hatch, "hatchcolor": style.INK, "edgecolor": style.MUTED, "linewidth": 0.6}


def _moved(row: pd.Series, read: _Reading, language: str) -> str:
    """Today, after, and the difference; one number where nothing goes."""
    now = f"≥{lettering.NO_BREAK_SPACE}" * bool(row["open"]) + read.amount(float(row["today"]), language)
    saved = float(row["today"] - row["after"])
    if saved <= _TINY * read.today:
        return text("{today}, nothing goes", today=now).render(language)
    then, gone = (read.amount(value, language) for value in (float(row["after"]), saved))
    return text("{today} → {after} (−{saved})", today=now, after=then, saved=gone).render(language)


def _part(row: pd.Series, read: _Reading, language: str) -> str:
    share = lettering.share(float(row["share"]), language)
    return text("{tool} ({share})", tool=read.amount(float(row["weight"]), language), share=share).render(language)


def _legend(ax: Axes, language: str) -> float:
    """What dark and hatched are, above the bars; its height in points."""
    named: dict[str, Text] = {"stays": text("stays"), "goes": text("goes with the plan")}
    handles = [Patch(label=name.render(language), **_look(part)) for part, name in named.items()]
    left, _, _ = frame.margins_pt(ax)
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(handles), borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        handlelength=2.4, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, actor: str, language: str) -> str:
    now = read.amount(read.today, language)
    if read.saved <= _TINY:
        found = text("{actor}: the plan takes nothing from the {today} a year", actor=actor, today=now)
    else:
        found = text(
            "{actor}: {saved} of {today} a year would go, {share}",
            actor=actor, saved=read.amount(read.saved, language), today=now,
            share=lettering.share(read.saved / read.today, language),
        )  # fmt: skip
    if "beside_items" not in read.reasons.index:
        return found.render(language)
    part = lettering.share(float(read.reasons["share"]["beside_items"]), language)
    return text("{finding}; {share} is work beside the items, which stays", finding=found, share=part).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    scale = text("Both parts are on the same scale, and both sides of the counter are counted as the plan counts them.")
    return [scale.render(language), known.unmeasured_note(read.unmeasured, language)]


def _alt(read: _Reading, rows: list[str], whys: list[str], language: str) -> str:
    groups_said = [
        f"{name}, {_moved(row, read, language)}" for name, (_, row) in zip(rows, read.by_group.iterrows(), strict=True)
    ]
    said = text("Today and after: {values}.", values=known.joined(groups_said, language)).render(language)
    if not whys:
        return said
    reasons = [
        f"{name}, {_part(row, read, language)}" for name, (_, row) in zip(whys, read.reasons.iterrows(), strict=True)
    ]
    why = text("Why the rest stays: {values}.", values=known.joined(reasons, language)).render(language)
    return f"{said} {why}"
