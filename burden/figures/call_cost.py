"""The cost of a call by its number of candidates, against what it allocates."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.numbers import format_currency
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.figures import frame, known, lettering, style
from burden.model.messages import Text, plural_text, text

Floats = npt.NDArray[np.float64]

_ROOM = 1.12
"""Height of the axes over what is highest in them."""
_END_PT, _LINE_PT = 116.0, 16.0
_PATTERN = {"fr": "#,##0\u00a0¤", "en": "¤#,##0"}


@dataclass(frozen=True, eq=False)
class _Reading:
    """Euros by number of candidates: the middle of the draws and where eight in ten lie."""

    candidates: Floats
    low: Floats
    middle: Floats
    high: Floats
    losers: Floats
    amount: float
    awards: int
    unmeasured: int

    @property
    def crossing(self) -> int | None:
        """First number of candidates at which the cost reaches what is allocated."""
        reached = np.flatnonzero(self.middle >= self.amount)
        return int(self.candidates[reached[0]]) if reached.size else None


@style.look()
def call_cost(
    table: pd.DataFrame,
    *,
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """What choosing costs by number of candidates, with the amount that the call allocates.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.calls.curve` gives: one award or more of a given amount.

    Returns
    -------
    Axes
        A line for the middle of the draws, a band in which eight in ten lie, a broken line for the
        part of those who are not chosen, a level line for the amount. Where cost and amount cross,
        the number of candidates is named. The height of the line is itself the amount under which
        the call costs more than it allocates.
    """
    whole = table[table["party"] == "total"]
    whole = whole[whole["eur_p50"].notna()].sort_values("candidates", kind="stable")
    if whole.empty:
        return frame.nothing_to_show(ax, known.nothing() if table.empty else _no_cost(), language)
    read = _read(whole, table[table["party"] == "losers"])
    ax = frame.new_axes(ax, height_in=6.4)
    _draw(ax, read, language)
    return frame.finish(ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, language))


def euros(value: float, language: str) -> str:
    r"""An amount without false precision: three digits from 1,000 €.

    Examples
    --------
    >>> euros(23456, "en"), euros(23456, "fr") == "23\u202f500\u00a0€"
    ('€23,500', True)
    """
    if abs(value) >= 1000:
        value = round(value, 2 - math.floor(math.log10(abs(value))))
    return str(format_currency(round(value), "EUR", _PATTERN[language], locale=language, currency_digits=False))


def _no_cost() -> Text:
    return text("Nothing to show: the cost of an hour is not known.")


def _read(whole: pd.DataFrame, losers: pd.DataFrame) -> _Reading:
    lost = losers.set_index("candidates")["eur_p50"].reindex(whole["candidates"])
    first = whole.iloc[0]
    return _Reading(
        candidates=whole["candidates"].to_numpy(dtype=float),
        low=whole["eur_p10"].to_numpy(dtype=float),
        middle=whole["eur_p50"].to_numpy(dtype=float),
        high=whole["eur_p90"].to_numpy(dtype=float),
        losers=lost.to_numpy(dtype=float),
        amount=float(first["amount_eur"]),
        awards=int(first["awards"]),
        unmeasured=int(whole["rows_unmeasured"].max()),
    )


def _draw(ax: Axes, read: _Reading, language: str) -> None:
    ax.fill_between(read.candidates, read.low, read.high, color=style.LIGHT, alpha=0.75, linewidth=0)
    ax.plot(read.candidates, read.middle, color=style.MAIN, linewidth=2.8)
    ax.plot(read.candidates, read.losers, color=style.MAIN, linewidth=1.6, linestyle=(0, (5, 3)))
    frame.hours_axis(ax, text("Candidates"), language)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True, steps=[1, 2, 5, 10]))
    ax.set_ylabel(text("Cost of choosing, all parties").render(language))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: euros(value, language)))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    top = max(read.high[-1], read.amount if _shown(read) else 0.0)
    ax.set_ylim(0, _ROOM * top)
    _names(ax, read, language)
    if _shown(read):
        _amount(ax, read, language)


def _shown(read: _Reading) -> bool:
    """Whether the amount is of the order of the costs: a level line far above would flatten them."""
    return not math.isnan(read.amount) and read.amount < 3 * read.high[-1]


def _names(ax: Axes, read: _Reading, language: str) -> None:
    """What the lines are, at their right end, none over another."""
    ends = [(read.losers[-1], text("of which those not chosen").render(language)),
            (read.middle[-1], text("all, likely").render(language))]  # fmt: skip
    if _shown(read):
        said = plural_text(
            "{amount} allocated, one award", "{amount} allocated, {n} awards", read.awards,
            amount=euros(read.amount, language), n=lettering.number(read.awards, language),
        )  # fmt: skip
        ends.append((read.amount, said.render(language)))
    ends = sorted((height, lettering.wrapped(words, into_pt=_END_PT, size=style.NOTE_PT)) for height, words in ends)
    widest = max(lettering.width_pt(part, size=style.NOTE_PT) for _, words in ends for part in words.split("\n"))
    first, last = float(read.candidates[0]), float(read.candidates[-1])
    width, height = frame.size_pt(ax)
    ax.set_xlim(first, last + max((last - first) * (widest + 14) / max(width - widest - 14, 1.0), 1e-9))
    ax.spines["bottom"].set_bounds(first, last)
    ax.set_xticks([t for t in ax.get_xticks() if first <= t <= last])
    per_pt, below = ax.get_ylim()[1] / height, 0.0
    for end, words in ends:
        half = 0.5 * _LINE_PT * (words.count("\n") + 1) * per_pt
        at = max(end, below + half)
        below = at + half
        ax.annotate(words, (last, at), (8, 0), textcoords="offset points", va="center", fontsize=style.NOTE_PT,
                    linespacing=1.05)  # fmt: skip


def _amount(ax: Axes, read: _Reading, language: str) -> None:
    """The level of what is allocated, and where the cost crosses it."""
    first, last = float(read.candidates[0]), float(read.candidates[-1])
    ax.plot([first, last], [read.amount, read.amount], color=style.PALETTE[1], linewidth=2.0)
    if read.crossing is None:
        return
    cost = float(read.middle[read.candidates == read.crossing][0])
    ax.plot([read.crossing, read.crossing], [0, cost], color=style.MUTED, linewidth=1.0, linestyle=(0, (1, 2)))
    ax.plot([read.crossing], [cost], "o", color=style.PALETTE[1], markersize=9)
    words = _candidates(read.crossing, language)
    ax.annotate(words, (read.crossing, 0), (6, 6), textcoords="offset points", va="bottom", fontsize=style.NOTE_PT,
                weight="bold", bbox=dict(style.UNDER_TEXT))  # fmt: skip


def _candidates(number: int, language: str) -> str:
    return plural_text(
        "{n} candidate", "{n} candidates", number, n=lettering.number(number, language)
    ).render(language)  # fmt: skip


def _finding(read: _Reading, language: str) -> str:
    last = int(read.candidates[-1])
    if math.isnan(read.amount):
        return text(
            "With {candidates}, a call for less than {cost} costs more than it allocates",
            candidates=_candidates(last, language), cost=euros(float(read.middle[-1]), language),
        ).render(language)  # fmt: skip
    if read.crossing is None:
        return text(
            "With {candidates}, choosing costs {share} of the {amount} allocated",
            candidates=_candidates(last, language), amount=euros(read.amount, language),
            share=lettering.share(float(read.middle[-1] / read.amount), language) if read.amount else "?",
        ).render(language)  # fmt: skip
    return text(
        "From {candidates} on, choosing costs more than the {amount} it allocates",
        candidates=_candidates(read.crossing, language), amount=euros(read.amount, language),
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    key = text(
        "Band: eight chances in ten. The height of the line is also the amount under which the call costs more than "
        "it allocates. Applying, hearing and examining only; what follows from the award is not counted."
    )
    missing = plural_text(
        "{n} line without a known duration is left out: the cost is higher.",
        "{n} lines without a known duration are left out: the cost is higher.",
        read.unmeasured, n=lettering.number(read.unmeasured, language),
    )  # fmt: skip
    return [key.render(language), _between(read, language), missing.render(language) if read.unmeasured else ""]


def _between(read: _Reading, language: str) -> str:
    """Between which numbers of candidates the crossing is likely to lie."""
    early, late = (np.flatnonzero(bound >= read.amount) for bound in (read.high, read.low))
    if read.crossing is None or not late.size:
        return ""
    said = text(
        "Cost and amount cross between {early} and {late} candidates, eight chances in ten.",
        early=lettering.number(float(read.candidates[early[0]]), language),
        late=lettering.number(float(read.candidates[late[0]]), language),
    )
    return said.render(language)


def _alt(read: _Reading, language: str) -> str:
    parts = []
    for place in np.unique(np.linspace(0, len(read.candidates) - 1, 6).astype(int)):
        cost, low, high = (euros(float(v[place]), language) for v in (read.middle, read.low, read.high))
        parts.append(
            text(
                "{candidates}, {cost} (from {low} to {high})",
                candidates=_candidates(int(read.candidates[place]), language), cost=cost, low=low, high=high,
            ).render(language)
        )  # fmt: skip
    return text("Cost by number of candidates: {values}.", values=known.joined(parts, language)).render(language)
