"""The controls that pile up on one structure over some years: their hours, and what several look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from burden.figures import frame, known, lettering, style
from burden.figures.hour_prices import span
from burden.model.messages import Text, plural_text, text

_NAME_PT = 232.0
_BAR = 0.62
_PARTS: Mapping[str, tuple[Text, str, str]] = MappingProxyType(
    {
        "common": (text("on what another control looks at too, at most"), style.PALETTE[0], ""),
        "rest": (text("on what it alone looks at"), style.PALETTE[4], ""),
        "unwritten": (text("criteria not written down"), style.PAPER, "//"),
    }
)
"""Part of the hours → name, colour, hatch."""


@dataclass(frozen=True, eq=False)
class _Reading:
    """Controls drawn, most hours first, with the parts of their hours; sums over all of them."""

    drawn: pd.DataFrame
    all: pd.DataFrame
    unmeasured: int

    @property
    def left(self) -> int:
        return len(self.all) - len(self.drawn)

    def total(self, column: str) -> float:
        return float(self.all[column].sum())


@style.look()
def control_stack(
    table: pd.DataFrame,
    *,
    actor: str,
    labels: Mapping[str, str],
    language: str = "fr",
    years: float = 5,
    most: int = 14,
    ax: Axes | None = None,
) -> Axes:
    """Bars: hours of one structure for each of its controls, and how many of its criteria others share.

    Parameters
    ----------
    table : DataFrame
        The rows of one group of units of what :func:`burden.analysis.coverage.in_common` gives.
    actor : str
        Name of the type of structure, as it is to be read.
    labels : mapping
        Names of the obligations.
    years : float
        Length of the pile.
    most : int
        Controls drawn, at most, those with most hours first; the others are counted in the note.

    Returns
    -------
    Axes
        One bar a control: dark for what another control looks at too, light for the rest; beside
        it, its hours and their range, how often it comes and on how many criteria. Hours of
        authorities and euros paid to others are in the note, apart.
    """
    if table.empty:
        return frame.nothing_to_show(ax, text("Nothing to show: no control falls on this structure."), language)
    read = _read(table, most)
    if read.drawn.empty:
        return frame.nothing_to_show(ax, known.no_duration(read.unmeasured, language), language)
    names = [lettering.name_of(o, labels, language) for o in read.drawn["obligation_id"]]
    ax = frame.new_axes(ax, height_in=2.7 + 0.52 * len(names))
    legend_pt = _draw(ax, read, names, language)
    return frame.finish(
        ax, title=_finding(read, actor, years, language), note=_note(read, labels, language),
        alt=_alt(read, names, language), above_pt=legend_pt,
    )  # fmt: skip


def _read(table: pd.DataFrame, most: int) -> _Reading:
    rows = table.sort_values("respondent_h", ascending=False, kind="stable", na_position="last")
    written = rows["criteria"].notna()
    common = rows["common_respondent_h"].fillna(0.0)
    rows = rows.assign(
        common_h=common.where(written, 0.0), rest_h=(rows["respondent_h"] - common).where(written, 0.0),
        unwritten_h=rows["respondent_h"].mask(written, 0.0),
    )  # fmt: skip
    timed = rows[rows["respondent_h"] > 0]
    return _Reading(timed.head(most).reset_index(drop=True), rows, known.unmeasured_rows(rows, "respondent_h"))


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> float:
    rows = read.drawn
    y = np.arange(len(rows), dtype=float)
    left = np.zeros(len(rows))
    for part in _PARTS:
        width = rows[f"{part}_h"].to_numpy(dtype=float)
        ax.barh(y, width, _BAR, left=left, **_look(part))  # type: ignore[arg-type]
        left = left + width
    ax.set_yticks(y, [lettering.wrapped(n, into_pt=_NAME_PT, lines=2, size=style.NOTE_PT) for n in names],
                  fontsize=style.NOTE_PT, linespacing=1.0)  # fmt: skip
    ax.set_ylim(len(rows) - 0.5, -0.6)
    frame.hours_axis(ax, text("Hours of the structure"), language)
    said = [_hours(row, language) for _, row in rows.iterrows()]
    beside = [_criteria(row, language) for _, row in rows.iterrows()]
    room = [
        max(lettering.width_pt(s, weight="bold"), lettering.width_pt(b, size=style.NOTE_PT - 0.5)) + 4
        for s, b in zip(said, beside, strict=True)
    ]
    frame.room_for(ax, left.tolist(), room)
    for at, end, words, more in zip(y, left, said, beside, strict=True):
        _beside(ax, words, more, (float(end), float(at)))
    return _legend(ax, read, language)


def _beside(ax: Axes, words: str, more: str, at: tuple[float, float]) -> None:
    """Hours over what is counted, right of a bar."""
    lines = ((words, 6.2, "bold", style.NOTE_PT + 0.5), (more, -6.2, "normal", style.NOTE_PT - 0.5))
    for said, up, weight, size in lines:
        ax.annotate(
            said, at, (7, up), textcoords="offset points", va="center", weight=weight, fontsize=size,
            bbox=dict(style.UNDER_TEXT),
        )  # fmt: skip


def _look(part: str) -> dict[str, object]:
    _, colour, hatch = _PARTS[part]
    return {"facecolor": colour, "hatch": hatch, "hatchcolor": style.MUTED, "edgecolor": style.MUTED, "linewidth": 0.6}


def _hours(row: pd.Series, language: str) -> str:
    mark = known.at_least(float(row["respondent_h"]), int(row["rows_unmeasured"]) > 0, language)
    low, high = float(row["respondent_h_low"]), float(row["respondent_h_high"])
    return f"{mark} ({lettering.hours_range(low, high, language)})"


def _criteria(row: pd.Series, language: str) -> str:
    """How often it comes, how many criteria it has and how many of them others look at."""
    number = float(row["occurrences"])
    times = plural_text("{n} time", "{n} times", 1 if number == 1 else 2, n=lettering.number(number, language))
    if pd.isna(row["criteria"]):
        return text("{times}; criteria not written down", times=times).render(language)
    every, common = int(row["criteria"]), int(row["common"])
    return plural_text(
        "{times}; {n} criterion, {common} in common", "{times}; {n} criteria, {common} in common", every, times=times,
        n=lettering.number(every, language), common=lettering.number(common, language),
    ).render(language)  # fmt: skip


def _legend(ax: Axes, read: _Reading, language: str) -> float:
    used = [p for p in _PARTS if read.drawn[f"{p}_h"].sum() > 0]
    handles = [Patch(label=_PARTS[p][0].render(language), **_look(p)) for p in used]  # type: ignore[arg-type]
    left, _, width = frame.margins_pt(ax)
    cells = [lettering.width_pt(_PARTS[p][0].render(language), size=style.NOTE_PT) + 46 for p in used]
    columns = max(1, min(len(used), int(width // max(cells))))
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        handlelength=2.4, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, actor: str, years: float, language: str) -> str:
    total = read.total("respondent_h")
    values = {
        "years": lettering.number(years, language),
        "n": lettering.number(len(read.all), language),
        "actor": actor,
        "hours": known.at_least(total, read.unmeasured > 0, language),
        "common": lettering.share(read.total("common_h") / total, language),
    }
    return plural_text(
        "{actor}: in {years} years {n} control or evaluation, {hours}, up to {common} of them on what another control "
        "looks at too",
        "{actor}: in {years} years {n} controls and evaluations, {hours}, up to {common} of them on what another "
        "control looks at too",
        len(read.all), **values,
    ).render(language)  # fmt: skip


def _note(read: _Reading, labels: Mapping[str, str], language: str) -> list[str]:
    authority = read.total("authority_h")
    said = [
        text("Controls: what inspects, evaluates or attests, and every tool that the inventory ties to a criterion. In "
             "brackets, the range of the hours; how often each comes is what the portfolio says."),
        text("In common: both are taken to look at the same part of a criterion; they may look at different parts, and "
             "then nothing is looked at twice."),
        text("Not in the bars: {hours} of the authorities.", hours=lettering.hours(authority, language)),
    ]  # fmt: skip
    lines = [s.render(language) for s in said]
    lines += [_paid(row, labels, language) for _, row in read.all.iterrows() if row["external_eur_high"] > 0]
    if read.left:
        rest = float(read.all["respondent_h"].sum() - read.drawn["respondent_h"].sum())
        lines.append(plural_text(
            "Not drawn: {n} control with {hours}.", "Not drawn: {n} controls with {hours}.", read.left,
            n=lettering.number(read.left, language), hours=lettering.hours(rest, language),
        ).render(language))  # fmt: skip
    return [*lines, known.unmeasured_note(read.unmeasured, language)]


def _paid(row: pd.Series, labels: Mapping[str, str], language: str) -> str:
    """Euros paid to others for one control, apart from the hours."""
    low, high = float(row["external_eur_low"]), float(row["external_eur_high"])
    name = lettering.name_of(row["obligation_id"], labels, language)
    return text("Paid to others, apart: {euros} ({name}).", euros=span(low, high, language), name=name).render(language)


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = [
        f"{name}, {_hours(row, language)}, {_criteria(row, language)}"
        for name, (_, row) in zip(names, read.drawn.iterrows(), strict=True)
    ]
    return text("Hours of the structure by control: {values}.", values=known.joined(parts, language)).render(language)
