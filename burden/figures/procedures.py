"""Hours of each way of allocating the same award: winners, losers and authority apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

PARTY_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "winners": text("those chosen"),
        "losers": text("those not chosen"),
        "authority": text("the authority"),
    }
)
"""What a reader calls each party."""

_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "winners": (style.PALETTE[0], ""),
        "losers": (style.PALETTE[3], "\\\\"),
        "authority": (style.PALETTE[4], ""),
    }
)
_NAME_PT, _BAR = 215.0, 0.68


@dataclass(frozen=True, eq=False)
class _Reading:
    """Hours per procedure (rows, most first) × party, with what is likely and what is left out."""

    hours: pd.DataFrame
    whole: pd.DataFrame
    silent: list[str]

    @property
    def unmeasured(self) -> int:
        return int(self.whole["rows_unmeasured"].sum())


@style.look()
def procedures(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """Bars of the hours it takes to choose, per procedure.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.calls.procedures` gives.
    labels : mapping
        Names of the procedures.

    Returns
    -------
    Axes
        One bar per procedure, most hours first, in parts: those chosen, those not chosen, the
        authority. Its end says the hours, and between which they are likely to lie. A procedure
        whose file is not known is named in the note.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table)
    if read.hours.empty:
        missing = int(table["rows_unmeasured"].sum())
        return frame.nothing_to_show(ax, known.no_duration(missing, language), language)
    names = [_name(row, labels) for _, row in read.whole.iterrows()]
    ax = frame.new_axes(ax, height_in=2.6 + 0.68 * len(names))
    legend_pt = _draw(ax, read, names, language)
    return frame.finish(
        ax, title=_finding(read, labels, language), note=_note(read, labels, language),
        alt=_alt(read, names, language), above_pt=legend_pt,
    )  # fmt: skip


def _read(table: pd.DataFrame) -> _Reading:
    whole = table[table["party"] == "total"].set_index("procedure")
    drawn = whole[whole["hours"] > 0].sort_values("hours", ascending=False, kind="stable")
    hours = table.pivot_table(index="procedure", columns="party", values="hours", aggfunc="sum")
    hours = hours.reindex(index=drawn.index, columns=list(PARTY_NAMES))
    return _Reading(hours=hours, whole=drawn, silent=[str(p) for p in whole.index if p not in drawn.index])


def _name(row: pd.Series, labels: Mapping[str, str]) -> str:
    return labels.get(str(row.name), str(row.name))


def _candidates(row: pd.Series, language: str) -> str:
    number = int(row["candidates"])
    return plural_text(
        "{n} candidate", "{n} candidates", number, n=lettering.number(number, language)
    ).render(language)  # fmt: skip


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> float:
    y = np.arange(len(names), dtype=float)
    left = np.zeros(len(names))
    for party in PARTY_NAMES:
        width = read.hours[party].fillna(0.0).to_numpy(dtype=float)
        ax.barh(y, width, _BAR, left=left, **_look(party))  # type: ignore[arg-type]
        left = left + width
    rows = [
        f"{lettering.wrapped(name, into_pt=_NAME_PT, size=style.NOTE_PT, lines=2)}\n{_candidates(row, language)}"
        for name, (_, row) in zip(names, read.whole.iterrows(), strict=True)
    ]
    ax.set_yticks(y, rows, fontsize=style.NOTE_PT, linespacing=1.1)
    ax.set_ylim(len(names) - 0.4, -0.6)
    frame.hours_axis(ax, text("Hours of one call, until the choice"), language)
    said = [_said(row, language) for _, row in read.whole.iterrows()]
    frame.room_for(ax, left.tolist(), [lettering.width_pt(s) for s in said])
    for at, end, words in zip(y, left, said, strict=True):
        frame.value_label(ax, words, (float(end), float(at)))
    return _legend(ax, language)


def _said(row: pd.Series, language: str) -> str:
    hours = known.at_least(float(row["hours"]), bool(row["rows_unmeasured"] > 0), language)
    likely = lettering.hours_range(float(row["hours_p10"]), float(row["hours_p90"]), language)
    return text("{hours} (likely {range})", hours=hours, range=likely).render(language)


def _look(party: str) -> dict[str, object]:
    colour, hatch = _LOOKS[party]
    return {"facecolor": colour, "hatch": hatch, "hatchcolor": style.PAPER, "edgecolor": style.MUTED, "linewidth": 0.6}


def _legend(ax: Axes, language: str) -> float:
    """What the fills mean, above the bars; its height in points."""
    handles = [Patch(label=name.render(language), **_look(party)) for party, name in PARTY_NAMES.items()]  # type: ignore[arg-type]
    left, _, _ = frame.margins_pt(ax)
    legend = ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(handles), borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        handlelength=2.4, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    rivals = read.whole[read.whole["candidates"] > 1]
    compared = rivals if len(rivals) > 1 else read.whole
    first, last = compared.iloc[0], compared.iloc[-1]
    said: dict[str, str] = {
        "heavy": _name(first, labels), "light": _name(last, labels),
        "most": lettering.hours(float(first["hours"]), language),
        "least": lettering.hours(float(last["hours"]), language),
    }  # fmt: skip
    if len(compared) == 1:
        only = text("Choosing by {procedure} takes {hours}", procedure=said["heavy"], hours=said["most"])
        return only.render(language)
    if compared["candidates"].nunique() == 1 and first["candidates"] > 1:
        number = lettering.number(int(first["candidates"]), language)
        return text(
            "With {n} candidates, choosing takes from {least} ({light}) to {most} ({heavy})", n=number, **said
        ).render(language)
    return text(
        "For the same award, choosing takes from {least} ({light}) to {most} ({heavy})", **said
    ).render(language)  # fmt: skip


def _note(read: _Reading, labels: Mapping[str, str], language: str) -> list[str]:
    meaning = text(
        "Hours at standard times. In brackets, where eight chances in ten lie: a line may take much longer than its "
        "standard time and hardly less. What follows from the award (visits, reports) is not in the bars."
    )
    unknown = ""
    if read.silent:
        listed = lettering.listed([labels.get(p, p) for p in read.silent], language)
        said = text("Not drawn, as the hours of a file are not known: {procedures}.", procedures=listed)
        unknown = said.render(language)
    return [meaning.render(language), unknown, known.unmeasured_note(read.unmeasured, language)]


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = []
    numbers = [_candidates(row, language) for _, row in read.whole.iterrows()]
    for name, number, (_, row) in zip(names, numbers, read.hours.iterrows(), strict=True):
        said = [
            f"{words.render(language)} {known.at_least(float(row[party]), False, language)}"
            for party, words in PARTY_NAMES.items()
        ]
        each = text("{name}, {candidates}: {values}", name=name, candidates=number, values=", ".join(said))
        parts.append(each.render(language))
    return text("Hours by procedure: {values}.", values=known.joined(parts, language)).render(language)
