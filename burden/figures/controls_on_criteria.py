"""Which control looks at which criterion, and how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from burden.figures import frame, grid, known, lettering, style
from burden.model.messages import plural_text, text

_SIZE = 10.5
_NAME_PT, _EDGE_PT, _HEAD_PT, _ROW_PT = 236.0, 8.0, 172.0, 31.0
_MOST_RADIUS_PT, _WRITTEN_IN_PT, _LEAST_RADIUS_PT = 14.0, 7.0, 3.5


@dataclass(frozen=True, eq=False)
class _Reading:
    """Controls (rows) × criteria (columns): shares covered, NaN where not mentioned; what is left out."""

    covers: pd.DataFrame
    seen_by: pd.Series
    every_criterion: int
    every_control: int
    assumed: int
    every_row: int

    @property
    def several(self) -> int:
        return int((self.seen_by >= 2).sum())


@style.look()
def controls_on_criteria(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 12,
    criteria: int = 14,
    ax: Axes | None = None,
) -> Axes:
    """Control × criterion: a disc the larger and darker, the more of the criterion is looked at.

    Parameters
    ----------
    table : DataFrame
        ``obligation_id``, ``criterion_id``, ``coverage`` and ``evidence``: what
        :func:`burden.analysis.coverage.coverages` gives.
    labels : mapping
        Names of the obligations and of the criteria.
    most, criteria : int
        Controls and criteria drawn, at most: those that look at most criteria, and those that most
        controls look at, first. What is left out is counted in the note, not in the title.

    Returns
    -------
    Axes
        Numbers in the discs are per cent of the criterion; an empty ring is a criterion that is
        cited without being looked at. The last row counts the controls that look at each.
    """
    looked = table[table["coverage"].fillna(0.0) > 0]
    if looked.empty:
        return frame.nothing_to_show(ax, text("Nothing to show: no control has a criterion written down."), language)
    read = _read(table, looked, most, criteria)
    names = [lettering.name_of(o, labels, language) for o in read.covers.index]
    heads = [lettering.name_of(c, labels, language) for c in read.covers.columns]
    height = _HEAD_PT + _ROW_PT * (len(names) + 1)
    given = ax is not None
    ax = frame.new_axes(ax, height_in=height / 72 + 2.1)
    _draw(ax, read, names, heads, language)
    frame.finish(
        ax, title=_finding(read, labels, language), note=_note(read, language), alt=_alt(read, names, heads, language)
    )
    return ax if given else grid.at_height(ax, height)


def _read(table: pd.DataFrame, looked: pd.DataFrame, most: int, criteria: int) -> _Reading:
    seen_by = looked["criterion_id"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    shown = list(seen_by.index[:criteria])
    within = looked[looked["criterion_id"].isin(shown)]
    weight = within.groupby("obligation_id")["coverage"].agg(["size", "sum"])
    order = list(weight.sort_values(["size", "sum"], ascending=False, kind="stable").index[:most])
    covers = table.pivot(index="obligation_id", columns="criterion_id", values="coverage")
    return _Reading(
        covers=covers.reindex(index=order, columns=shown),
        seen_by=seen_by,
        every_criterion=int(table["criterion_id"].nunique()),
        every_control=int(looked["obligation_id"].nunique()),
        assumed=int((table["evidence"] == "assumed").sum()),
        every_row=len(table),
    )


def _draw(ax: Axes, read: _Reading, names: list[str], heads: list[str], language: str) -> None:
    ax.axis("off")
    width = frame.size_pt(ax)[0]
    side = (width - _NAME_PT - _EDGE_PT) / max(len(heads), 1)
    bottom = _HEAD_PT + _ROW_PT * len(names)
    ax.set_xlim(0, width)
    ax.set_ylim(bottom + _ROW_PT, 0)
    centres = [_NAME_PT + (i + 0.5) * side for i in range(len(heads))]
    lines = 2 if side >= 2.6 * _SIZE else 1
    for x, head in zip(centres, heads, strict=True):
        said = lettering.wrapped(head, into_pt=_HEAD_PT - 10, size=_SIZE, lines=lines)
        ax.text(x, _HEAD_PT - 6, said, rotation=90, ha="center", va="bottom", fontsize=_SIZE, linespacing=1.0,
                multialignment="left")  # fmt: skip
    for row, name in enumerate(names):
        y = _HEAD_PT + (row + 0.5) * _ROW_PT
        ax.plot([0, width], [y - _ROW_PT / 2] * 2, color=style.RULE, linewidth=0.6, zorder=0)
        said = lettering.wrapped(name, into_pt=_NAME_PT - 10, size=_SIZE, lines=2)
        ax.text(0, y, said, va="center", fontsize=_SIZE, linespacing=1.0)
        for x, value in zip(centres, read.covers.iloc[row], strict=True):
            if pd.notna(value):
                _disc(ax, (x, y), float(value), min(side / 2 - 2, _MOST_RADIUS_PT))
    _counts(ax, read, centres, (bottom, width), language)


def _disc(ax: Axes, at: tuple[float, float], value: float, most_pt: float) -> None:
    """Area in proportion to what is covered; a ring where the criterion is only cited."""
    x, y = at
    radius = max(most_pt * value**0.5, _LEAST_RADIUS_PT)
    colour = style.SHADES(0.25 + 0.75 * value) if value > 0 else style.PAPER
    ax.scatter([x], [y], s=(2 * radius) ** 2, color=[colour], edgecolors=style.MUTED, linewidths=0.8)
    if not value:
        return
    said = f"{value * 100:.0f}"
    if radius >= _WRITTEN_IN_PT:
        ax.text(x, y, said, ha="center", va="center", fontsize=_SIZE - 1.5, color=style.ink_on(colour))
    else:
        ax.text(x + radius + 1.5, y, said, va="center", fontsize=_SIZE - 2.5)


def _counts(ax: Axes, read: _Reading, centres: list[float], end: tuple[float, float], language: str) -> None:
    """How many controls look at each criterion, those not drawn with them."""
    bottom, width = end
    ax.plot([0, width], [bottom] * 2, color=style.MUTED, linewidth=1.0)
    y = bottom + _ROW_PT / 2
    ax.text(0, y, text("Controls that look at it").render(language), va="center", weight="bold", fontsize=_SIZE)
    for x, criterion in zip(centres, read.covers.columns, strict=True):
        said = lettering.number(float(read.seen_by[criterion]), language)
        ax.text(x, y, said, ha="center", va="center", weight="bold", fontsize=_SIZE)


def _finding(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    first = read.seen_by.index[0]
    values = {
        "every": lettering.number(read.every_criterion, language),
        "criterion": lettering.name_of(first, labels, language),
        "times": lettering.number(float(read.seen_by.iloc[0]), language),
    }
    if not read.several:
        return text("None of the {every} criteria is looked at by two controls", every=values["every"]).render(language)
    return plural_text(
        "{n} criterion of {every} is looked at by two controls or more; “{criterion}” by {times}",
        "{n} criteria of {every} are looked at by two controls or more; “{criterion}” by {times}",
        read.several, n=lettering.number(read.several, language), **values,
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    key = text("In the discs: % of the criterion that the control looks at. Empty ring: cited, not looked at.")
    said = [key.render(language)]
    if read.assumed:
        part = lettering.share(read.assumed / read.every_row, language)
        judged = text("{share} of these coverages are judgements, not readings of a text.", share=part)
        said.append(judged.render(language))
    left = [read.every_control - len(read.covers), len(read.seen_by) - len(read.covers.columns)]
    if any(left):
        controls, criteria = (lettering.number(n, language) for n in left)
        counted = text(
            "Counted but not drawn: controls that look at less ({controls}), criteria that fewer look at ({criteria}).",
            controls=controls, criteria=criteria,
        )  # fmt: skip
        said.append(counted.render(language))
    limit = text(
        "All structures together: one of them meets some of these controls, and two controls may look at different "
        "parts of a criterion."
    )
    return [*said, limit.render(language)]


def _alt(read: _Reading, names: list[str], heads: list[str], language: str) -> str:
    parts = []
    for row, name in enumerate(names):
        said = [
            f"{head} {lettering.share(float(value), language)}"
            for head, value in zip(heads, read.covers.iloc[row], strict=True)
            if pd.notna(value)
        ]
        parts.append(f"{name}: {', '.join(said)}")
    joined = known.joined(parts, language)
    return text("What each control looks at: {values}.", values=joined).render(language)
