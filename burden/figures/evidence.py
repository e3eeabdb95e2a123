"""How far redundancy depends on what was verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.analysis.askings import Reuse
from burden.figures import frame, known, lettering, style
from burden.model.inventory import EVIDENCE_LADDER
from burden.model.messages import Text, plural_text, text

_NO_LABELS: Mapping[str, str] = MappingProxyType({})
_NAME_PT = 230.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Steps from verified to all rows, surest first; redundancy NaN where nothing can be told."""

    steps: pd.DataFrame
    reuse: str
    unmeasured: int

    @property
    def known(self) -> pd.DataFrame:
        return self.steps[self.steps["redundancy"].notna()]


@style.look()
def evidence_range(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] = _NO_LABELS,
    language: str = "fr",
    reuse: Reuse = "harmonise",
    ax: Axes | None = None,
) -> Axes:
    """The share of hours that repeats, from verified rows only to all rows.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.redundancy.by_evidence` gives: ``evidence``, ``reuse``,
        ``redundancy`` (cautious), ``redundancy_high`` (bold), ``obligations``, ``requests`` and,
        where known, ``unmeasured``.
    labels : mapping
        Names of the steps of evidence, in place of those of the code list.
    reuse : str
        Class of reuse shown: ``same``, ``derivable`` or ``harmonise``.

    Returns
    -------
    Axes
        One row per step, each with the surer ones: a full dot for the cautious share, a line to
        a hollow dot for the bold one.
    """
    read = _read(table, reuse)
    if read.known.empty:
        return frame.nothing_to_show(ax, _without(read), language)
    names = [_step(s, labels, language) for s in read.steps["evidence"]]
    ax = frame.new_axes(ax, height_in=2.5 + 0.75 * len(names))
    _draw(ax, read, names, language)
    return frame.finish(ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, names, language))


def _read(table: pd.DataFrame, reuse: str) -> _Reading:
    rows = table[table["reuse"] == reuse]
    order = rows["evidence"].map({e: i for i, e in enumerate(EVIDENCE_LADDER)})
    rows = rows.assign(_order=order).sort_values("_order", kind="stable").drop(columns="_order")
    unknown = rows["unmeasured"].iloc[-1] if len(rows) and "unmeasured" in rows else 0
    return _Reading(steps=rows.reset_index(drop=True), reuse=reuse, unmeasured=int(unknown))


def _without(read: _Reading) -> Text:
    if read.steps.empty:
        return known.nothing()
    return text("Nothing to show: the hours of the repeats are not known.")


def _step(evidence: str, labels: Mapping[str, str], language: str) -> str:
    name = lettering.name_of(evidence, labels, language, codes="evidence")
    if evidence == EVIDENCE_LADDER[0]:
        return text("Verified: {evidence}", evidence=name).render(language)
    if evidence == EVIDENCE_LADDER[-1]:
        return text("+ {evidence}: all rows", evidence=name).render(language)
    return text("+ {evidence}", evidence=name).render(language)


def _beside(row: pd.Series, language: str) -> str:
    obligations, requests = int(row["obligations"]), int(row["requests"])
    return text(
        "{obligations}, {items}",
        obligations=plural_text(
            "{n} obligation", "{n} obligations", obligations, n=lettering.number(obligations, language)
        ),
        items=plural_text("{n} item", "{n} items", requests, n=lettering.number(requests, language)),
    ).render(language)


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> None:
    rows = read.steps
    high = rows["redundancy_high"].fillna(rows["redundancy"]).to_numpy(dtype=float)
    low = rows["redundancy"].to_numpy(dtype=float)
    y = range(len(rows))
    ax.hlines(y, low, high, color=style.MAIN, linewidth=3)
    ax.plot(high, y, "o", color=style.PAPER, markeredgecolor=style.MAIN, markeredgewidth=2, markersize=10)
    ax.plot(low, y, "o", color=style.MAIN, markersize=11)
    said = [_said(a, b, language) for a, b in zip(low, high, strict=True)]
    frame.hours_axis(ax, text("Share of the hours that repeats information already given"), language)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: lettering.share(v, language)))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ends = [0.0 if e != e else float(e) for e in high]  # noqa: PLR0124 - NaN
    frame.room_for(ax, ends, [lettering.width_pt(s, weight="bold") + 4 for s in said])
    for at, end, words in zip(y, ends, said, strict=True):
        frame.value_label(ax, words, (end, at), gap_pt=12, weight="bold")
    counts = [_beside(row, language) for _, row in rows.iterrows()]
    labels = [lettering.wrapped(n, into_pt=_NAME_PT) + "\n" + c for n, c in zip(names, counts, strict=True)]
    ax.set_yticks(y, labels, linespacing=1.2, fontsize=style.NOTE_PT + 0.5)
    ax.set_ylim(len(rows) - 0.4, -0.6)


def _said(low: float, high: float, language: str) -> str:
    if low != low:  # noqa: PLR0124 - NaN
        return text("not known").render(language)
    return lettering.shares(low, high, language)


def _finding(read: _Reading, language: str) -> str:
    share = {
        str(row["evidence"]): _said(row["redundancy"], row["redundancy_high"], language)
        for _, row in read.known.iterrows()
    }
    surest, all_rows = EVIDENCE_LADDER[0], EVIDENCE_LADDER[-1]
    if surest in share and all_rows in share:
        return text(
            "On verified rows {first} of the hours repeat what was given already; on all rows {last}",
            first=share[surest],
            last=share[all_rows],
        ).render(language)
    widest = list(share)[-1]
    rows = {surest: text("verified rows"), all_rows: text("all rows")}.get(widest, text("the rows known"))
    return text("On {rows} {share} of the hours repeat what was given already", rows=rows, share=share[widest]).render(
        language
    )


def _note(read: _Reading, language: str) -> list[str]:
    key = text("● cautious, the dearest asking is kept; ○ bold, the cheapest is kept.")
    left_out = ""
    if read.unmeasured:
        left_out = plural_text(
            "{n} asking without a known number or time, left out.",
            "{n} askings without a known number or time, left out.",
            read.unmeasured,
            n=lettering.number(read.unmeasured, language),
        ).render(language)
    return [_meaning(read.reuse).render(language), key.render(language), left_out]


def _meaning(reuse: str) -> Text:
    if reuse == "same":
        return text("Counted as repeats: what can be given once today.")
    if reuse == "derivable":
        return text("Counted as repeats: what can be given once, or summed from something finer.")
    return text("Counted as repeats: what can be given once, after agreement on perimeter, unit or date.")


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = [
        f"{name}, {_said(row['redundancy'], row['redundancy_high'], language)}"
        for name, (_, row) in zip(names, read.steps.iterrows(), strict=True)
    ]
    said = text("Share of repeated hours by evidence: {values}.", values=known.joined(parts, language))
    return said.render(language)
