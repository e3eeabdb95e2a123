"""Share of the hours by what is known of their use, per instrument or authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from burden.analysis.use import STATUSES
from burden.figures import frame, groups, known, lettering, style
from burden.model.messages import Text, plural_text, text

STATUS_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "observed": text("use observed"),
        "stated": text("use stated by a text, not observed"),
        "none_found": text("looked for, none found"),
        "unknown": text("use not known"),
    }
)
"""What a reader calls each status of use."""

_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "observed": (style.PALETTE[0], ""),
        "stated": (style.PALETTE[4], ""),
        "none_found": (style.PALETTE[3], "\\\\"),
        "unknown": (style.PAPER, "//"),
    }
)
_NAME_PT = 200.0
_BAR = 0.68
_WHOLE = "\0all"


@dataclass(frozen=True, eq=False)
class _Reading:
    """Hours per group (rows: all of them first, then most first, others last) × status."""

    hours: pd.DataFrame
    incomplete: pd.Series
    column: str
    grouped: int
    silent: int
    unmeasured: int

    @property
    def shares(self) -> pd.DataFrame:
        return self.hours.div(self.hours.sum(axis=1), axis=0)

    @property
    def total(self) -> float:
        return float(self.hours.iloc[0].sum())


@style.look()
def known_use(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 9,
    ax: Axes | None = None,
) -> Axes:
    """Bars of equal length: of the hours of each group, how many serve a use, and how well known.

    Parameters
    ----------
    table : DataFrame
        What ``share_of_hours(inv, ptf, by=["instrument"])`` or ``by=["required_by_id"]`` gives.
    labels : mapping
        Names of the authorities; instruments are named from the code list unless given here.
    most : int
        Groups drawn apart, at most; the rest is summed as *others*.

    Returns
    -------
    Axes
        One bar for all tools, then one per group, most hours first, its hours beside it. What is
        not known is paper with hatches: neither used nor useless. Groups whose hours are not known
        are counted in the note.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, most)
    if not read.total > 0:
        return frame.nothing_to_show(ax, known.no_duration(read.unmeasured, language), language)
    names = [_name(g, read, labels, language) for g in read.hours.index]
    rows = [_fitted(n) for n in names]
    ax = frame.new_axes(ax, height_in=2.5 + 0.5 * len(rows))
    legend_pt = _draw(ax, read, rows, language)
    return frame.finish(
        ax, title=_finding(read, language), note=_note(read, language),
        alt=_alt(read, names, language), above_pt=legend_pt,
    )  # fmt: skip


def _read(table: pd.DataFrame, most: int) -> _Reading:
    column = "instrument" if "instrument" in table else "required_by_id"
    rows = table.assign(group=groups.stated(table[column]), open=known.incomplete(table))
    whole = rows.groupby("group")["hours_per_year"].sum().sort_values(ascending=False, kind="stable")
    drawn = whole[whole > 0]
    first = groups.apart(drawn.index, most)
    rows = rows[rows["group"].isin(drawn.index)]
    rows["group"] = groups.others(rows["group"], first)
    # Cells without a known hour are left blank; the group is marked as incomplete.
    hours = rows.pivot_table(index="group", columns="known_use", values="hours_per_year", aggfunc="sum")
    hours = hours.reindex(columns=STATUSES).fillna(0.0)
    order = [g for g in [*first, groups.OTHER] if g in hours.index]
    every = pd.DataFrame([hours.sum()], index=[_WHOLE])
    open_groups = rows.groupby("group")["open"].any().reindex(order)
    unmeasured = known.unmeasured_rows(table)
    return _Reading(
        hours=pd.concat([every, hours.loc[order]]),
        incomplete=pd.concat([pd.Series({_WHOLE: unmeasured > 0}), open_groups]),
        column=column,
        grouped=len(drawn) - len(first),
        silent=len(whole) - len(drawn),
        unmeasured=unmeasured,
    )


def _name(group: object, read: _Reading, labels: Mapping[str, str], language: str) -> str:
    if group == _WHOLE:
        return text("All tools").render(language)
    if read.column == "instrument":
        return groups.instrument_name(group, labels, language, read.grouped)
    return groups.authority_name(group, labels, language, read.grouped)


def _fitted(name: str) -> str:
    """A name in two lines, by its initials where it does not fit."""
    whole = lettering.wrapped(name, into_pt=_NAME_PT, lines=2)
    return lettering.wrapped(lettering.short(name), into_pt=_NAME_PT, lines=2) if "…" in whole else whole


def _draw(ax: Axes, read: _Reading, rows: list[str], language: str) -> float:
    y = np.arange(len(rows), dtype=float)
    y[1:] += 0.35
    left = np.zeros(len(rows))
    for status in STATUSES:
        width = read.shares[status].to_numpy(dtype=float)
        ax.barh(y, width, _BAR, left=left, **_look(status))  # type: ignore[arg-type]
        left = left + width
    ax.set_yticks(y, rows)
    ax.get_yticklabels()[0].set_fontweight("bold")
    ax.set_ylim(y[-1] + 0.6, -0.6)
    frame.hours_axis(ax, text("Share of the hours a year"), language)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: lettering.share(v, language)))
    ax.grid(visible=False)
    said = [
        known.at_least(float(h), bool(o), language)
        for h, o in zip(read.hours.sum(axis=1), read.incomplete, strict=True)
    ]
    frame.room_for(ax, [1.0] * len(said), [lettering.width_pt(s, weight="bold") for s in said])
    ax.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0])
    ax.spines["bottom"].set_bounds(0.0, 1.0)
    for at, words in zip(y, said, strict=True):
        frame.value_label(ax, words, (1.0, float(at)), weight="bold")
    legend_pt = _legend(ax, read, language)
    _inside(ax, read, y, language)
    return legend_pt


def _look(status: str) -> dict[str, object]:
    colour, hatch = _LOOKS[status]
    return {
        "facecolor": colour, "hatch": hatch, "hatchcolor": style.MUTED if colour == style.PAPER else style.PAPER,
        "edgecolor": style.MUTED, "linewidth": 0.6,
    }  # fmt: skip


def _inside(ax: Axes, read: _Reading, y: np.ndarray, language: str) -> None:
    """The share in every segment wide enough for it."""
    per_whole = frame.size_pt(ax)[0] / ax.get_xlim()[1]
    shares = read.shares
    for row, at in enumerate(y):
        start = 0.0
        for status in STATUSES:
            part = float(shares[status].iloc[row])
            words = lettering.share(part, language)
            if part * per_whole > lettering.width_pt(words, size=style.NOTE_PT) + 10:
                colour = _LOOKS[status][0]
                ax.text(
                    start + part / 2, float(at), words, ha="center", va="center", fontsize=style.NOTE_PT,
                    color=style.ink_on(colour), bbox={"facecolor": colour, "edgecolor": "none", "pad": 2},
                )  # fmt: skip
            start += part


def _legend(ax: Axes, read: _Reading, language: str) -> float:
    """What the fills mean, above the bars; its height in points."""
    used = [s for s in STATUSES if read.hours[s].sum() > 0]
    handles = [Patch(label=STATUS_NAMES[s].render(language), **_look(s)) for s in used]  # type: ignore[arg-type]
    left, _, width = frame.margins_pt(ax)
    cells = [lettering.width_pt(STATUS_NAMES[s].render(language), size=style.NOTE_PT) + 46 for s in used]
    columns = len(used) if sum(cells) <= width else max(1, int(width // max(cells)))
    legend = ax.legend(
        handles=[handles[i] for c in range(columns) for i in range(c, len(handles), columns)],
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4),
        handlelength=2.4, handleheight=1.1, columnspacing=1.4,
    )  # fmt: skip
    return frame.height_pt(legend) + 8


def _finding(read: _Reading, language: str) -> str:
    part = read.shares.iloc[0]
    total = known.total_hours(read.total, read.unmeasured, language)
    if part["unknown"] > 1 - 1e-9:
        return text("Of the {total}, the use of none is known", total=total).render(language)
    shown = {s: lettering.share(float(part[s]), language) for s in STATUSES}
    if part["none_found"] > 0:
        return text(
            "Of the {total}, {observed} serve a use that was observed, {stated} one that a text states; "
            "for {none_found} none was found, of {unknown} nothing is known",
            total=total, **shown,
        ).render(language)  # fmt: skip
    return text(
        "Of the {total}, {observed} serve a use that was observed and {stated} one that a text states; "
        "of {unknown} the use is not known",
        total=total, **shown,
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    said = [
        text("Not known is not unused: nobody has written down what it is for.").render(language),
        known.unmeasured_note(read.unmeasured, language),
    ]
    if read.silent:
        said.append(_silent(read, lettering.number(read.silent, language)).render(language))
    return said


def _silent(read: _Reading, number: str) -> Text:
    if read.column == "instrument":
        return plural_text(
            "{n} instrument is not drawn: none of its lines has a known duration.",
            "{n} instruments are not drawn: none of their lines has a known duration.",
            read.silent, n=number,
        )  # fmt: skip
    return plural_text(
        "{n} authority is not drawn: none of its lines has a known duration.",
        "{n} authorities are not drawn: none of their lines has a known duration.",
        read.silent, n=number,
    )  # fmt: skip


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = []
    for name, (_, row) in zip(names, read.shares.iterrows(), strict=True):
        said = [f"{STATUS_NAMES[s].render(language)} {lettering.share(float(row[s]), language)}" for s in STATUSES]
        parts.append(f"{name}, {', '.join(said)}")
    return text(
        "Bars of the share of the hours by what is known of their use: {values}.",
        values=known.joined(parts, language),
    ).render(language)
