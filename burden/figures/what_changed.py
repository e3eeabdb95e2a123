"""What moved between two versions of an audit: less and more, real change and re-estimate apart."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, text

KIND_NAMES: Mapping[str, Text] = MappingProxyType(
    {"scope": text("Scope"), "real": text("Real change"), "re-estimate": text("Re-estimate")}
)
"""What a reader calls the kinds of change."""
KIND_MEANINGS: Mapping[str, Text] = MappingProxyType(
    {
        "scope": text("tools and units that are on one side only"),
        "real": text("other duties, periods, items, quantities"),
        "re-estimate": text("other minutes, or unknowns that became known"),
    }
)
"""What each kind is made of."""
_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"scope": (style.PALETTE[4], ""), "real": (style.MAIN, ""), "re-estimate": (style.PALETTE[5], "//")}
)
_NAME_PT, _BAR, _GAP_PT = 225.0, 0.56, 7.0
Moved = dict[str, tuple[float, float]]
"""Hours less and more by kind."""


@style.look()
def what_changed(
    kinds: pd.DataFrame, *, before: float, after: float, language: str = "fr", ax: Axes | None = None
) -> Axes:
    """Bars of the hours that are less (left) and more (right) than before, kind by kind.

    Parameters
    ----------
    kinds : DataFrame
        What :func:`burden.analysis.change.by_kind` gives of the hours.
    before, after : float
        Hours a year that were known, and are known now.

    Returns
    -------
    Axes
        One row per kind: scope, real change, re-estimate. They are not added up: only what is real
        was saved, or came on top.
    """
    moved = _read(kinds)
    if not any(less > 0 or more > 0 for less, more in moved.values()):
        return frame.nothing_to_show(ax, text("Nothing to show: no hour moved between the two versions."), language)
    ax = frame.new_axes(ax, height_in=4.6)
    _draw(ax, moved, language)
    return frame.finish(
        ax, title=_finding(moved, language), note=_note(before, after, language), alt=_alt(moved, language)
    )  # fmt: skip


def _read(kinds: pd.DataFrame) -> Moved:
    """Hours less and more, kind by kind."""
    told = {str(row["kind"]): (float(row["less"]), float(row["more"])) for row in kinds.to_dict("records")}
    return {kind: told.get(kind, (0.0, 0.0)) for kind in KIND_NAMES}


def _draw(ax: Axes, moved: Moved, language: str) -> None:
    for y, (kind, (less, more)) in enumerate(moved.items()):
        colour, hatch = _LOOKS[kind]
        for value in (-less, more):
            ax.barh(y, value, _BAR, facecolor=colour, hatch=hatch, hatchcolor=style.MUTED, edgecolor=style.MUTED,
                    linewidth=0.6)  # fmt: skip
    names = [
        f"{KIND_NAMES[k].render(language)}\n"
        + lettering.wrapped(KIND_MEANINGS[k].render(language), into_pt=_NAME_PT, size=style.NOTE_PT, lines=2)
        for k in moved
    ]
    ax.set_yticks(range(len(names)), names, fontsize=style.NOTE_PT, linespacing=1.15)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.axvline(0, color=style.INK, linewidth=1.0)
    frame.hours_axis(ax, text("Hours a year less, or more, than before"), language)
    ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(value, language, unit=False)))
    _label(ax, list(moved.values()), language)


def _signed(value: float, language: str, *, unit: bool = True) -> str:
    size = (lettering.hours if unit else lettering.number)(abs(value), language)
    return size if not value else f"{'+' if value > 0 else '−'}{size}"


def _label(ax: Axes, ends: list[tuple[float, float]], language: str) -> None:
    """Write each value beyond the end of its bar, and make room for it."""
    less = [_signed(-low, language) if low else "" for low, _ in ends]
    more = [_signed(high, language) if high or not low else "" for low, high in ends]
    width = frame.size_pt(ax)[0]
    left, right = (max(lettering.width_pt(s) + 2 * _GAP_PT for s in said) / width for said in (less, more))
    lowest, highest = max(low for low, _ in ends), max(high for _, high in ends)
    span = (lowest + highest) / max(1 - left - right, 0.2)
    ax.set_xlim(-lowest - left * span, highest + right * span)
    for y, ((low, high), said, told) in enumerate(zip(ends, less, more, strict=True)):
        frame.value_label(ax, told, (high, y), gap_pt=_GAP_PT)
        if said:
            ax.annotate(said, (-low, y), (-_GAP_PT, 0), textcoords="offset points", va="center", ha="right",
                        bbox=dict(style.UNDER_TEXT))  # fmt: skip


def _finding(moved: Moved, language: str) -> str:
    scope, estimated = (lettering.hours(sum(moved[k]), language) for k in ("scope", "re-estimate"))
    if not any(moved["real"]):
        return text(
            "No hour really changed: {scope} a year are another scope, {estimated} are only estimated otherwise",
            scope=scope, estimated=estimated,
        ).render(language)  # fmt: skip
    less, more = (lettering.hours(value, language) for value in moved["real"])
    return text(
        "{less} a year really less, {more} really more; {estimated} are only estimated otherwise",
        less=less, more=more, estimated=estimated,
    ).render(language)  # fmt: skip


def _note(before: float, after: float, language: str) -> list[str]:
    then, now = (known.at_least(v, False, language) for v in (before, after))
    return [text(
        "Known before: {before} a year; known now: {after}. The bars are not to be added up: only a real change is "
        "time saved or time added.", before=then, after=now,
    ).render(language)]  # fmt: skip


def _alt(moved: Moved, language: str) -> str:
    parts = [
        text(
            "{kind} ({meaning}): {less} less, {more} more", kind=KIND_NAMES[kind].render(language),
            meaning=KIND_MEANINGS[kind].render(language), less=lettering.hours(less, language),
            more=lettering.hours(more, language),
        ).render(language)
        for kind, (less, more) in moved.items()
    ]  # fmt: skip
    return text("Hours a year by kind: {values}.", values=known.joined(parts, language)).render(language)
