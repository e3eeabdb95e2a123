"""What few texts give: savings by how many acts are amended, and by the highest that may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.figures import amounts, frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

_LEVELS: Mapping[str, Text] = MappingProxyType(
    {
        "nothing": text("nothing"),
        "agreement": text("agreements between authorities"),
        "order": text("orders as well"),
        "decree": text("decrees as well"),
        "law": text("laws as well"),
    }
)
_CURVE = 0.6
"""Part of the width that the curve takes; the levels stand right of it."""
_HALF, _TINY, _ROUNDING = 0.5, 1e-9, 1e-6
_LINE_PT, _HEAD_PT, _BAR_PT = 17.0, 46.0, 13.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Points by number of acts, and by highest level; what the plan saves at the most."""

    acts: pd.DataFrame
    levels: pd.DataFrame
    measure: str

    @property
    def total(self) -> float:
        """The most that any point saves."""
        # Levels know no other limit: they may go beyond the acts that a plan was allowed.
        return float(max(self.acts["saved"].max(), self.levels["saved"].max() if len(self.levels) else 0.0))

    @property
    def every(self) -> int:
        """Acts amended when all are allowed."""
        return int(self.acts["number"].iloc[-1])

    @property
    def half(self) -> pd.Series:
        """The fewest acts worked out that give half; the most, where none do."""
        enough = self.acts[self.acts["saved"] >= _HALF * self.total - _TINY]
        return enough.iloc[0] if len(enough) else self.acts.iloc[-1]

    def unproven(self, points: pd.DataFrame) -> pd.DataFrame:
        """Those that are not proven to be the best."""
        return points[points["bound_saved"] > points["saved"] + _ROUNDING * self.total]

    def said(self, value: float, language: str) -> str:
        """An amount, and its share of what can be saved."""
        whole = amounts.amount(value, self.measure, language)
        return text("{tool} ({share})", tool=whole, share=lettering.share(value / self.total, language)).render(
            language
        )


@style.look()
def plan_front(
    table: pd.DataFrame,
    *,
    measure: str = amounts.HOURS,
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """Savings by number of acts to amend; beside it, by the highest level of text that may change.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.simplify.front` gives.
    measure : str
        What the plan weighs: ``hours_per_year`` or ``cost_eur_per_year``.

    Returns
    -------
    Axes
        Steps that rise at each number of acts worked out, from none to those of the plan. A light
        bar over a point is what its plan is not proven to leave aside. On the right, one bar per
        level up to which texts may change.
    """
    acts = table[table["by"] == "acts"] if len(table) else table
    if acts.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    if not table["saved"].max() > _TINY:
        return frame.nothing_to_show(ax, amounts.nothing_saved(), language)
    read = _read(table, measure)
    ax = frame.new_axes(ax, height_in=6.8)
    _draw(ax, read, language)
    _levels(ax, read, language)
    return frame.finish(ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, language))


def _read(table: pd.DataFrame, measure: str) -> _Reading:
    acts = table[table["by"] == "acts"]
    acts = acts.assign(number=acts["allowed"].astype(int)).sort_values("number", ignore_index=True)
    levels = table[(table["by"] == "level") & table["allowed"].isin(list(_LEVELS))].set_index("allowed")
    return _Reading(acts, levels.reindex([level for level in _LEVELS if level in levels.index]), measure)


def _draw(ax: Axes, read: _Reading, language: str) -> None:
    number, saved = (read.acts[c].to_numpy(dtype=float) for c in ("number", "saved"))
    last = max(read.every, 1)
    part = _CURVE if len(read.levels) else 1.0
    ax.plot(number, saved, color=style.MAIN, linewidth=2.5, drawstyle="steps-post", clip_on=False)
    unproven = read.unproven(read.acts)
    ax.vlines(unproven["number"], unproven["saved"], unproven["bound_saved"], color=style.LIGHT, linewidth=7, zorder=1)
    ax.plot(number, saved, "o", color=style.MAIN, markersize=6.5, clip_on=False)
    ax.set_xlim(0, last / part)
    ax.set_ylim(0, 1.14 * max(read.total, float(unproven["bound_saved"].max()) if len(unproven) else 0.0))
    _axes(ax, last, part, read.measure, language)
    _names(ax, read, part, language)


def _axes(ax: Axes, last: int, part: float, measure: str, language: str) -> None:
    """Numbers of acts under the curve alone, and a grid that stops with it."""
    label = text("Number of texts to amend: laws, decrees, orders").render(language)
    width, _ = frame.size_pt(ax)
    ax.set_xlabel(lettering.wrapped(label, into_pt=part * width), loc="left")
    ticks = MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]).tick_values(0, last)
    ax.set_xticks([t for t in ticks if 0 <= t <= last])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.number(value, language)))
    ax.spines["bottom"].set_bounds(0, last)
    ax.set_ylabel(amounts.SAVED[measure].render(language))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.number(value, language)))
    heights = [h for h in ax.get_yticks() if 0 < h <= ax.get_ylim()[1]]
    ax.hlines(heights, 0, last, color=style.RULE, linewidth=0.6, zorder=0)


def _names(ax: Axes, read: _Reading, part: float, language: str) -> None:
    """Points in words under their steps, as many as there is room for; the last over its own."""
    width, height = frame.size_pt(ax)
    per_x, per_y = ax.get_xlim()[1] / width, ax.get_ylim()[1] / height
    last = read.acts.iloc[-1]
    ax.annotate(
        _point(last, read, language), (read.every, float(last["saved"])), (0 if read.every else 9, 8),
        textcoords="offset points", ha="right" if read.every else "left", va="bottom", fontsize=style.NOTE_PT,
        weight="bold", bbox=dict(style.UNDER_TEXT),
    )  # fmt: skip
    taken: list[float] = []
    half = int(read.half["number"])
    ranked = sorted(read.acts.iloc[:-1].iterrows(), key=lambda row: row[1]["number"] != half)
    for _, row in ranked:
        at, saved = float(row["number"]), float(row["saved"])
        words = _point(row, read, language)
        weight = "bold" if at == half else "normal"
        wide = lettering.width_pt(words, size=style.NOTE_PT, weight=weight) + 12
        fits = at / per_x + wide < part * width and saved / per_y > _LINE_PT + 6
        if not fits or any(abs(saved - other) < _LINE_PT * per_y for other in taken):
            continue
        taken.append(saved)
        ax.annotate(
            words, (at, saved), (9, -5), textcoords="offset points", va="top", fontsize=style.NOTE_PT, weight=weight,
            bbox=dict(style.UNDER_TEXT),
        )  # fmt: skip


def _point(row: pd.Series, read: _Reading, language: str) -> str:
    return text("{acts}: {saved}", acts=_acts(int(row["number"]), language),
                saved=read.said(float(row["saved"]), language)).render(language)  # fmt: skip


def _acts(number: int, language: str) -> Text:
    return plural_text("{n} text", "{n} texts", number, n=lettering.number(number, language))


def _levels(ax: Axes, read: _Reading, language: str) -> None:
    """One bar per level, its name over it and its saving after it, right of the curve."""
    if not len(read.levels):
        return
    width, height = frame.size_pt(ax)
    left, right = _CURVE + 34 / width, 1.0
    into = (right - left) * width
    head = text("What may change").render(language)
    ax.text(left, 1, lettering.wrapped(head, into_pt=into, weight="bold", lines=2), transform=ax.transAxes,
            va="top", weight="bold", linespacing=1.1)  # fmt: skip
    said = [read.said(float(v), language) for v in read.levels["saved"]]
    longest = into - max(lettering.width_pt(s, size=style.NOTE_PT) for s in said) - 10
    per_unit = longest / width / max(float(read.levels["bound_saved"].max()), read.total)
    step = (1 - _HEAD_PT / height) / len(read.levels)
    for row, (level, point) in enumerate(read.levels.iterrows()):
        foot = 1 - _HEAD_PT / height - (row + 1) * step + 12 / height
        name = lettering.wrapped(_LEVELS[str(level)].render(language), into_pt=into, size=style.NOTE_PT, lines=1)
        ax.text(left, foot + (_BAR_PT + 4) / height, name, transform=ax.transAxes, va="bottom", fontsize=style.NOTE_PT)
        for value, colour in ((float(point["bound_saved"]), style.LIGHT), (float(point["saved"]), style.MAIN)):
            wide = max(value * per_unit, 1.5 / width)
            ax.add_patch(Rectangle((left, foot), wide, _BAR_PT / height, facecolor=colour, transform=ax.transAxes))
        end = left + max(float(point["bound_saved"]) * per_unit, 1.5 / width)
        ax.annotate(said[row], (end, foot + _BAR_PT / 2 / height), (5, 0), xycoords="axes fraction",
                    textcoords="offset points", va="center", fontsize=style.NOTE_PT)  # fmt: skip


def _finding(read: _Reading, language: str) -> str:
    total = amounts.amount(read.total, read.measure, language)
    half = int(read.half["number"])
    share = lettering.share(float(read.half["saved"]) / read.total, language)
    number, every = (lettering.number(n, language) for n in (half, read.every))
    if not half:
        few = text("Without a single text, {share} of the {saved} a year that can be saved", share=share, saved=total)
    elif half == read.every:
        few = plural_text(
            "{n} text gives {share} of the {saved} a year that can be saved",
            "{n} texts give {share} of the {saved} a year that can be saved",
            half, n=number, share=share, saved=total,
        )  # fmt: skip
    else:
        few = plural_text(
            "{n} text of {every} gives {share} of the {saved} a year that can be saved",
            "{n} texts of {every} give {share} of the {saved} a year that can be saved",
            half, n=number, every=every, share=share, saved=total,
        )  # fmt: skip
    if "decree" not in read.levels.index or "law" not in read.levels.index:
        return few.render(language)
    decree, law = (float(read.levels["saved"][level]) for level in ("decree", "law"))
    if not law > decree + _TINY:
        return few.render(language)
    low = lettering.share(decree / read.total, language)
    return text("{finding}; without a law, {share}", finding=few, share=low).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    said = [text(
        "Each point: the best choice of so many texts; exchanges to open come on top, even those that take a decree or "
        "a law of their own."
    )]  # fmt: skip
    if len(read.levels):
        said.append(text("On the right, each bar allows what the bars above it do."))
    if "nothing" in read.levels.index:
        said.append(text(
            "With nothing: what arguably need not be given again today (code of relations between the public and the "
            "administration, L.\u00a0113-12 and L.\u00a0114-8), or hangs on practice, circulars and contracts."
        ))  # fmt: skip
    if "law" in read.levels.index and read.levels["saved"]["law"] < (1 - _ROUNDING) * read.total:
        said.append(text("A text whose level is not known, or of EU law, is in the curve and in no bar on the right."))
    if len(read.unproven(read.acts)) or len(read.unproven(read.levels)):
        said.append(text("Light: not proven to be out of reach; no choice saves more than its end."))
    return [" ".join(s.render(language) for s in said)]


def _alt(read: _Reading, language: str) -> str:
    points = [_with_exchanges(_acts(int(row["number"]), language), row, read, language)
              for _, row in read.acts.iterrows()]  # fmt: skip
    levels = [_with_exchanges(_LEVELS[str(level)], row, read, language) for level, row in read.levels.iterrows()]
    said = text("By number of texts: {values}.", values=known.joined(points, language)).render(language)
    if not levels:
        return said
    higher = text("By what may change: {values}.", values=known.joined(levels, language))
    return f"{said} {higher.render(language)}"


def _with_exchanges(what: Text, row: pd.Series, read: _Reading, language: str) -> str:
    number = int(row["gateways"])
    exchanges = plural_text("{n} exchange", "{n} exchanges", number, n=lettering.number(number, language))
    saved = amounts.amount(float(row["saved"]), read.measure, language)
    return text("{what} and {exchanges}, {saved}", what=what, exchanges=exchanges, saved=saved).render(language)
