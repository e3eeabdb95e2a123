"""From how many services on a multi-year contract takes fewer hours than it spares."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.analysis.cpom import break_even
from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

_NO_LABELS: Mapping[str, str] = MappingProxyType({})
_WITHOUT = "without"
_LABEL_PT, _LINE_PT = 205.0, 14.5
_LOOKS = ((style.PALETTE[2], "-"), (style.PALETTE[1], "-"), (style.PALETTE[3], "-."), (style.PALETTE[0], ":"))


@dataclass(frozen=True, eq=False)
class _Line:
    """One curve: how far from no contract, its range, its hours, from how many services it pays."""

    case: str
    services: Sequence[int]
    moved: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    hours: Sequence[float]
    from_on: float
    sure_from: float

    @property
    def end(self) -> float:
        """How far it lies from no contract for the most services drawn."""
        return float(self.moved[-1])


@style.look()
def critical_size(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] = _NO_LABELS,
    language: str = "fr",
    own: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Hours a year that each contract adds or spares, by number of services that it covers.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.cpom.critical_size` gives; the first size when it has several.
    labels : mapping
        Names of the contracts.
    own : int, optional
        Services of the operator audited, marked on the axis.

    Returns
    -------
    Axes
        The level line is no contract. Each contract is a line at the median of its difference with
        it, errors in common; the band holds eight draws in ten. A dot marks where a contract begins
        to pay.
    """
    if table.empty or not table["hours_per_year"].notna().any():
        return frame.nothing_to_show(ax, known.nothing(), language)
    table = table[table["size"] == table["size"].iloc[0]]
    lines = _lines(table)
    ax = frame.new_axes(ax, height_in=6.8)
    _draw(ax, lines, own, language)
    _name(ax, lines, labels, language)
    return frame.finish(
        ax, title=_finding(lines, labels, language), note=_note(language), alt=_alt(lines, labels, language, own)
    )


def _lines(table: pd.DataFrame) -> list[_Line]:
    """No contract first, then each contract by how far it lies from it."""
    base = table[table["case"] == _WITHOUT].sort_values("services")
    services = base["services"].astype(int).tolist()
    level = [0.0] * len(services)
    pays = break_even(table).set_index("case")
    lines = [_Line(_WITHOUT, services, level, level, level, base["p50"].tolist(), math.nan, math.nan)]
    for case in dict.fromkeys(table.loc[table["case"] != _WITHOUT, "case"]):
        one = table[table["case"] == case].sort_values("services")
        moved, low, high = (one[f"difference_{q}"].tolist() for q in ("p50", "p10", "p90"))
        first, sure = (float(pays[c][case]) for c in ("services_likely", "services_sure"))
        lines.append(_Line(str(case), services, moved, low, high, one["p50"].tolist(), first, sure))
    return lines


def _draw(ax: Axes, lines: list[_Line], own: int | None, language: str) -> None:
    most = max(lines[0].services)
    for line, (colour, dash) in zip(lines[1:], _looks(len(lines) - 1), strict=True):
        ax.fill_between(line.services, line.low, line.high, color=colour, alpha=0.22, linewidth=0)
        ax.plot(line.services, line.moved, color=colour, linewidth=2.6, linestyle=dash)
        if not math.isnan(line.from_on):
            place = list(line.services).index(int(line.from_on))
            ax.plot(line.from_on, line.moved[place], "o", color=colour, markersize=10, markeredgecolor=style.PAPER)
    ax.plot([0, *lines[0].services], [0.0, *lines[0].moved], color=style.INK, linewidth=2.0, linestyle=(0, (5, 3)))
    frame.hours_axis(ax, text("Number of services that the contract covers"), language)
    ax.grid(axis="x", visible=False)
    ax.grid(axis="y")
    ax.xaxis.set_major_locator(MaxNLocator(min(most, 15), integer=True, steps=[1, 2, 5, 10]))
    low, high = (pick(bound) for pick, bound in ((min, _bounds(lines, "low")), (max, _bounds(lines, "high"))))
    room = 0.12 * (high - low)
    ax.set_ylim(low - room, high + room)
    ax.set_ylabel(text("Difference with no contract, hours a year").render(language))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(value, language)))
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    width, _ = frame.size_pt(ax)
    ax.set_xlim(0, most / max(1 - (_LABEL_PT + 16) / width, 0.3))
    ax.set_xticks([n for n in ax.get_xticks() if 0 < n <= most])
    _mark(ax, own, most, language)


def _bounds(lines: list[_Line], which: str) -> list[float]:
    return [value for line in lines for value in getattr(line, which)]


def _signed(value: float, language: str) -> str:
    return f"+{lettering.number(value, language)}" if value > 0 else lettering.number(value, language)


def _mark(ax: Axes, own: int | None, most: int, language: str) -> None:
    """How many services those audited have."""
    if own is None or not 0 < own <= most:
        return
    ax.axvline(own, color=style.MUTED, linewidth=1.0, linestyle=(0, (2, 2)), zorder=0)
    words = plural_text("here: {n} service", "here: {n} services", own, n=own).render(language)
    ax.annotate(
        words, (own, 0), (5, 5), xycoords=("data", "axes fraction"), textcoords="offset points",
        fontsize=style.NOTE_PT, color=style.MUTED, bbox=dict(style.UNDER_TEXT),
    )  # fmt: skip


def _looks(count: int) -> list[tuple[str, str]]:
    return [_LOOKS[i % len(_LOOKS)] for i in range(count)]


def _name(ax: Axes, lines: list[_Line], labels: Mapping[str, str], language: str) -> None:
    """Each curve named right of its end, none over another."""
    _, height = frame.size_pt(ax)
    bottom, top = ax.get_ylim()
    per_pt = (top - bottom) / height
    said = [lettering.wrapped(_said(line, labels, language), into_pt=_LABEL_PT, size=style.NOTE_PT) for line in lines]
    tall = [(words.count("\n") + 1) * _LINE_PT * per_pt for words in said]
    floor, middle = bottom, {}
    for i in sorted(range(len(lines)), key=lambda i: lines[i].end):
        middle[i] = max(lines[i].end, floor + tall[i] / 2)
        floor = middle[i] + tall[i] / 2 + 4 * per_pt
    if floor > top:
        ax.set_ylim(bottom, floor)
    for i, line in enumerate(lines):
        ax.text(
            line.services[-1], middle[i], said[i], va="center", fontsize=style.NOTE_PT, linespacing=1.15,
            bbox=dict(style.UNDER_TEXT), transform=ax.transData + frame.shifted(ax, left_pt=-9),
        )  # fmt: skip


def _shown(case: str, labels: Mapping[str, str], language: str) -> str:
    named = {
        _WITHOUT: text("No contract"),
        "law": text("CPOM, documents limited"),
        "practice": text("CPOM, every document kept"),
    }
    if case in labels:
        return labels[case]
    return named[case].render(language) if case in named else case


def _said(line: _Line, labels: Mapping[str, str], language: str) -> str:
    name = _shown(line.case, labels, language)
    if line.case == _WITHOUT:
        return name
    return text("{contract}: {when}", contract=name, when=_when(line)).render(language)


def _when(line: _Line) -> Text:
    most = max(line.services)
    if math.isnan(line.from_on):
        return text("never fewer hours, up to {n} services", n=most)
    first = int(line.from_on)
    if line.sure_from == line.from_on:
        return plural_text("fewer hours from {n} service on", "fewer hours from {n} services on", first, n=first)
    if math.isnan(line.sure_from):
        return plural_text(
            "fewer hours from {n} service on, not surely", "fewer hours from {n} services on, not surely",
            first, n=first,
        )  # fmt: skip
    return plural_text(
        "fewer hours from {n} service on, surely from {m}", "fewer hours from {n} services on, surely from {m}",
        first, n=first, m=int(line.sure_from),
    )  # fmt: skip


def _finding(lines: list[_Line], labels: Mapping[str, str], language: str) -> str:
    said = [_said(line, labels, language) for line in lines[1:]]
    return ". ".join(said)


def _note(language: str) -> list[str]:
    notes = (
        text("Line: median. Band: eight draws in ten. Dot: where it begins to pay; surely: nine draws in ten."),
        text("Durations are assumed. Meetings, which nobody has timed, are in no curve."),
        text("Service: average of those audited. Work on the contract: counted once, however many services it covers."),
    )
    return [n.render(language) for n in notes]


def _alt(lines: list[_Line], labels: Mapping[str, str], language: str, own: int | None) -> str:
    services = list(lines[0].services)
    place = services.index(own) if own is not None and own in services else len(services) - 1
    parts = [
        f"{_shown(line.case, labels, language)}, {lettering.hours(float(line.hours[place]), language)}"
        for line in lines
    ]
    return text(
        "Hours a year for {n} services: {values}.", n=services[place], values=known.joined(parts, language)
    ).render(language)  # fmt: skip
