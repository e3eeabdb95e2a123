"""The price of an hour of help: dots by year and mode, and the modes that give no such price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.numbers import format_currency, format_decimal
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from burden.analysis.allocation import reasons
from burden.figures import frame, known, lettering, style
from burden.model import schema
from burden.model.messages import plural_text, text

Floats = npt.NDArray[np.float64]

_NAME_PT = 240.0
_WHOLE_FROM = 1000.0
_WHOLE: Mapping[str, str] = MappingProxyType({"en": "¤#,##0", "fr": "#,##0\u00a0¤"})
_MARKERS: Mapping[str, str] = MappingProxyType({"price": "o", "floor_price": ">", "compensation": "D"})
_BOUNDS = ["eur_per_h_low", "eur_per_h_high"]


@dataclass(frozen=True, eq=False)
class _Reading:
    """Priced rows by mode, the dearest first; refused modes once each; the year best known.

    The year and the range are those of prices: what a relative is paid is drawn, and is none.
    """

    priced: pd.DataFrame
    order: list[str]
    refused: pd.DataFrame
    year: int
    range: tuple[float, float]

    @property
    def modes(self) -> int:
        return int(_prices_only(self.priced)["allocation_id"].nunique())


def _prices_only(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["value_kind"] != "compensation"]


@style.look()
def price_of_an_hour(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """Dots: euros per hour by mode of allocation and year; the modes without such a price under it.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.allocation.hour_prices` gives.
    labels : mapping
        Names of the authorities.

    Returns
    -------
    Axes
        One row per mode, with who pays. Prices stay in euros of their year. The title gives the
        range within the one year that most modes state, as prices of two years do not compare.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, language)
    if not read.modes:
        return frame.nothing_to_show(ax, text("Nothing to show: no mode states a price per hour."), language)
    names = [_row_name(read, mode, labels, language) for mode in read.order]
    note = _note(read, language)
    ax = frame.new_axes(ax, height_in=2.6 + 0.62 * len(names) + 0.3 * len(note))
    _draw(ax, read, names, language)
    return frame.finish(
        ax,
        title=_finding(read, language),
        note=note,
        alt=_alt(read, labels, language),
        above_pt=22.0,
    )


def _read(table: pd.DataFrame, language: str) -> _Reading:
    named = table.assign(name=_names(table, language))
    priced = named[named["refused"] == ""].copy()
    priced["eur"] = priced["eur_per_h"].fillna(priced["eur_per_h_high"])
    latest = priced[priced["latest"]].set_index("allocation_id")["eur"]
    order = list(latest.sort_values(ascending=False, kind="stable").index)
    refused = named[named["refused"] != ""].drop_duplicates("allocation_id")
    prices = _prices_only(priced)
    stated = prices.dropna(subset="year").groupby("year")["allocation_id"].nunique()
    if stated.empty:
        return _Reading(priced, order, refused, 0, (float(prices["eur"].min()), float(prices["eur"].max())))
    year = int(stated[stated == stated.max()].index.max())
    same = prices[prices["year"] == year]
    return _Reading(priced, order, refused, year, (float(same[_BOUNDS[0]].min()), float(same[_BOUNDS[1]].max())))


def _names(table: pd.DataFrame, language: str) -> pd.Series:
    return table["name_fr"] if language == "fr" else table[f"name_{language}"].fillna(table["name_fr"])


def _of(read: _Reading, mode: str) -> pd.DataFrame:
    return read.priced[read.priced["allocation_id"] == mode].sort_values("year", kind="stable")


def _payers(row: pd.Series, labels: Mapping[str, str], language: str) -> str:
    names = [lettering.short(lettering.name_of(f, labels, language)) for f in row["funder_ids"].split("|") if f]
    if pd.notna(row["paid_by_person"]) and row["paid_by_person"]:
        names.append(text("the person").render(language))
    return lettering.listed(names, language) if names else text("not stated").render(language)


def _row_name(read: _Reading, mode: str, labels: Mapping[str, str], language: str) -> str:
    row = _of(read, mode).iloc[-1]
    name = lettering.wrapped(row["name"], into_pt=_NAME_PT, size=11, lines=2)
    payers = text("paid by: {names}", names=_payers(row, labels, language)).render(language)
    return f"{name}\n{lettering.wrapped(payers, into_pt=_NAME_PT, size=11, lines=2)}"


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> None:
    y = np.arange(len(names), dtype=float)
    for at, mode in zip(y, read.order, strict=True):
        _dots(ax, _of(read, mode), at)
    ax.set_yticks(y, names, fontsize=11)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlabel(text("Euros per hour, in euros of each year").render(language), loc="left")
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: lettering.number(value, language)))
    ax.grid(axis="x")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    said = [_prices(_of(read, mode), language) for mode in read.order]
    ends = [float(_of(read, mode)[_BOUNDS[1]].max()) for mode in read.order]
    frame.room_for(ax, ends, [lettering.width_pt(s) for s in said])
    for at, end, words in zip(y, ends, said, strict=True):
        frame.value_label(ax, words, (end, float(at)), gap_pt=11.0)
    _legend(ax, read, language)


def _dots(ax: Axes, rows: pd.DataFrame, at: float) -> None:
    low, high = (rows[b].to_numpy(dtype=float) for b in _BOUNDS)
    ax.hlines(at, low.min(), high.max(), color=style.MUTED, linewidth=1.2)
    marker = _MARKERS.get(str(rows["value_kind"].iloc[-1]), "o")
    for value, top, latest in zip(low, high, rows["latest"], strict=True):
        fill = style.MAIN if latest else style.PAPER
        ax.plot(
            sorted({value, top}), [at] * len({value, top}), marker, markersize=8, color=fill,
            markeredgecolor=style.MAIN, markeredgewidth=1.3, zorder=3,
        )  # fmt: skip


def _legend(ax: Axes, read: _Reading, language: str) -> None:
    """What the shapes are, above the drawing over its whole width."""
    used = [k for k in _MARKERS if k in set(read.priced["value_kind"].fillna(""))]
    handles = [
        Line2D(
            [], [], linestyle="", marker=_MARKERS[k], markersize=8, color=style.MAIN,
            label=schema.code_name("value_kind", k, language),
        )
        for k in used
    ]  # fmt: skip
    if not read.priced["latest"].all():
        handles.append(
            Line2D([], [], linestyle="", marker="o", markersize=8, color=style.PAPER,
                   markeredgecolor=style.MAIN, label=text("earlier years (hollow)").render(language))
        )  # fmt: skip
    left, _, _ = frame.margins_pt(ax)
    ax.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), borderpad=0, borderaxespad=0,
        bbox_transform=ax.transAxes + frame.shifted(ax, left_pt=left, up_pt=4), ncols=len(handles),
        columnspacing=1.4, handletextpad=0.3,
    )  # fmt: skip


def euros(value: float, language: str) -> str:
    r"""A price with its cents, without them from 1,000 €.

    Returns
    -------
    str
        As the language writes an amount.

    Examples
    --------
    >>> euros(24.5, "en"), euros(24.5, "fr"), euros(13523, "en")
    ('€24.50', '24,50\xa0€', '€13,523')
    """
    if abs(value) < _WHOLE_FROM:
        return str(format_currency(value, "EUR", locale=language))
    pattern = _WHOLE[language]
    return str(format_currency(round(value), "EUR", pattern, locale=language, currency_digits=False))


def span(low: float, high: float, language: str) -> str:
    r"""Two prices with one sign; one where they are alike.

    Examples
    --------
    >>> span(4.59, 6.89, "en"), span(25, 25, "en")
    ('€4.59–6.89', '€25.00')
    """
    if low == high:
        return euros(high, language)
    pattern = "#,##0.00" if abs(high) < _WHOLE_FROM else "#,##0"
    if language == "fr":
        return f"{format_decimal(low, pattern, locale=language)}–{euros(high, language)}"
    return f"{euros(low, language)}–{format_decimal(high, pattern, locale=language)}"


def _prices(rows: pd.DataFrame, language: str) -> str:
    """The first and the last price, with their years."""
    said = []
    for _, row in rows.iloc[sorted({0, len(rows) - 1})].iterrows():
        year = text("undated").render(language) if pd.isna(row["year"]) else str(row["year"])
        said.append(f"{span(row[_BOUNDS[0]], row[_BOUNDS[1]], language)} ({year})")
    return " → ".join(said)


def _finding(read: _Reading, language: str) -> str:
    modes, left = read.modes, len(read.refused)
    low, high = (euros(value, language) for value in read.range)
    first = plural_text(
        "{n} mode prices an hour of this help", "{n} modes price an hour of this help", modes,
        n=lettering.number(modes, language),
    )  # fmt: skip
    span = (
        text("from {low} to {high} in {year}", low=low, high=high, year=read.year)
        if read.year
        else text("from {low} to {high}", low=low, high=high)
    )
    if not left:
        return text("{modes}, {span}", modes=first, span=span).render(language)
    return plural_text(
        "{modes}, {span}; {n} other gives no price per hour",
        "{modes}, {span}; {n} others give no price per hour",
        left, modes=first, span=span, n=lettering.number(left, language),
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    said = [text("Prices of two years are not compared: nothing is brought to the euros of one year.")]
    if len(_prices_only(read.priced)) < len(read.priced):
        said.append(text("What a relative is paid is drawn, and is not counted as a price."))
    lines = [s.render(language) for s in said]
    if read.refused.empty:
        return lines
    lines.append(text("No price per hour:").render(language))
    by_reason: dict[str, list[str]] = {}
    for name, reason in zip(read.refused["name"], reasons(read.refused["refused"], language), strict=True):
        by_reason.setdefault(reason, []).append(name)
    colon, between = text("{reason}: {names}.").template_in(language), text("; ").render(language)
    return lines + [f"– {colon.format(reason=why, names=between.join(names))}" for why, names in by_reason.items()]


def _alt(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    parts = []
    for mode in read.order:
        rows = _of(read, mode)
        prices = ", ".join(_prices(rows.iloc[[i]], language) for i in range(len(rows)))
        parts.append(f"{rows['name'].iloc[-1]}, {_payers(rows.iloc[-1], labels, language)}, {prices}")
    return text(
        "Dots of the euros per hour of each mode, by year: {values}.", values=known.joined(parts, language)
    ).render(language)
