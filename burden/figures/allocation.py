"""Modes of allocation by policy, as a table to be read together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from burden.analysis.allocation import spread
from burden.analysis.allocation.modes import AT_HOME
from burden.figures import frame, known, lettering, style
from burden.figures.hour_prices import span
from burden.model import schema
from burden.model.messages import Text, plural_text, text

_SIZE, _HEAD_SIZE = 9.5, 10.5
_LINE = 1.22
_HEAD_PT, _GAP_PT, _PAD_PT = 84.0, 8.0, 8.0
_MANY = 3

_HEADS: Mapping[str, Text] = {
    "funder_ids": text("who funds"),
    "pricing_authority_ids": text("who prices"),
    "tariff_form": text("form of the tariff"),
    "price_unit": text("counted by"),
    "worth": text("value and year"),
    "opening": text("way in"),
    "cpom": text("multi-year contract (CPOM)"),
    "budget_cycle": text("budget and accounts"),
    "control_authority_ids": text("who controls"),
    "evaluation": text("evaluation"),
}
_CODES = {"cpom": "cpom_rule", "evaluation": "evaluation_rule"}
_UNSETTLED = {"", "unspecified"}


@dataclass(frozen=True, eq=False)
class _Reading:
    """Facet × policy → how many modes say what; what many policies share; modes left out."""

    silos: list[str]
    cells: dict[tuple[str, str], Counter[str]]
    shared: dict[str, set[str]]
    modes: pd.DataFrame
    outside: int


@style.look()
def allocation_modes(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    ax: Axes | None = None,
) -> Axes:
    """A table-figure: how each policy pays for, opens, controls and evaluates a family of services.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.allocation.modes` gives, of several policies.
    labels : mapping
        Names of the policies (``silos``) and of the authorities.

    Returns
    -------
    Axes
        One column per policy, one row per facet; each cell lists what its modes say, the most
        frequent first, with the number of modes where several say it. Bold is what at least three
        policies share. Modes outside every policy are counted in the note.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table.assign(worth=_worths(table, language)))
    if not read.silos:
        return frame.nothing_to_show(ax, text("Nothing to show: no mode belongs to a policy."), language)
    given = ax is not None
    width = frame.size_pt(ax)[0] if ax is not None else 0.965 * style.WIDTH_IN * 72
    cell_pt = (width - _HEAD_PT) / len(read.silos)
    rows = _rows(read, labels, language, cell_pt)
    height = sum(_height(row) for row in rows)
    if not given:
        ax = frame.new_axes(None, height_in=height / 72 + 2.5)
    assert ax is not None
    _draw(ax, rows, width, height, cell_pt)
    return frame.finish(
        ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, labels, language)
    )


def _read(table: pd.DataFrame) -> _Reading:
    inside = table[table["silo_id"].notna()]
    silos = list(dict.fromkeys(inside["silo_id"]))
    cells: dict[tuple[str, str], Counter[str]] = {}
    shared: dict[str, set[str]] = {}
    for facet in _HEADS:
        held: Counter[str] = Counter()
        for silo in silos:
            said = inside.loc[inside["silo_id"] == silo, facet].fillna("")
            parts = said.str.split("|").explode() if facet.endswith("_ids") else said
            cells[facet, silo] = Counter(parts)
            held.update(set(parts))
        shared[facet] = {value for value, times in held.items() if times >= _MANY and value not in _UNSETTLED}
    return _Reading(silos, cells, shared, inside, len(table) - len(inside))


def _worths(table: pd.DataFrame, language: str) -> list[str]:
    """Value of each mode in words, with its unit and its year; empty where it is not known."""
    return [_worth(row, language) for _, row in table.iterrows()]


def _worth(row: pd.Series, language: str) -> str:
    bounds = row[["value_low", "value_high"]].fillna(row["value"])
    if bounds.isna().any():
        return ""
    amount = span(float(bounds["value_low"]), float(bounds["value_high"]), language)
    unit = schema.code_name("price_unit", row["price_unit"], language)
    if pd.isna(row["year"]):
        return text("{amount} ({unit}, undated)", amount=amount, unit=unit).render(language)
    return text("{amount} ({unit}, {year})", amount=amount, unit=unit, year=int(row["year"])).render(language)


_Line = tuple[str, bool]
_Cell = list[_Line]


def _rows(read: _Reading, labels: Mapping[str, str], language: str, cell_pt: float) -> list[list[_Cell]]:
    """Cells of lines to draw, the heads first; a line is bold or not."""
    into = cell_pt - _GAP_PT
    counts = read.modes["silo_id"].value_counts()
    heads: list[_Cell] = [[]]
    for silo in read.silos:
        name = _counted(lettering.name_of(silo, labels, language), int(counts[silo]))
        heads.append(_lines(name, into, True, _HEAD_SIZE))
    rows = [heads]
    for facet, head in _HEADS.items():
        row = [_lines(head.render(language), _HEAD_PT - _GAP_PT, True, _SIZE)]
        name_of = _namer(facet, labels, language)
        for silo in read.silos:
            cell: _Cell = []
            for value, times in read.cells[facet, silo].most_common():
                bold = value in read.shared[facet]
                cell += _lines(_counted(name_of(value), times), into, bold, _SIZE)
            row.append(cell)
        rows.append(row)
    return rows


def _namer(facet: str, labels: Mapping[str, str], language: str) -> Callable[[str], str]:
    """Names of the values of a facet, authorities by their initials; an empty list is nobody."""
    if facet.endswith("_ids"):
        nobody = text("no authority").render(language)
        return lambda value: lettering.short(lettering.name_of(value, labels, language)) if value else nobody
    if facet == "worth":
        unknown = text("value not known").render(language)
        return lambda value: value or unknown
    return lambda value: lettering.name_of(value, {}, language, codes=_CODES.get(facet, facet))


def _counted(name: str, times: int) -> str:
    return f"{name} ({times})" if times > 1 else name


def _lines(sentence: str, into_pt: float, bold: bool, size: float) -> _Cell:
    weight = "bold" if bold else "normal"
    wrapped = lettering.wrapped(sentence, into_pt=into_pt - 6, size=size, weight=weight, lines=5)
    return [(line if i == 0 else f"  {line}", bold) for i, line in enumerate(wrapped.split("\n"))]


def _height(row: list[_Cell]) -> float:
    return max(len(cell) for cell in row) * _SIZE * _LINE + 2 * _PAD_PT


def _draw(ax: Axes, rows: list[list[_Cell]], width: float, height: float, cell_pt: float) -> None:
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.axis("off")
    top = 0.0
    for number, row in enumerate(rows):
        if number:
            ax.plot([0, width], [top, top], color=style.MUTED if number == 1 else style.RULE, linewidth=0.8)
        for column, cell in enumerate(row):
            left = 0.0 if column == 0 else _HEAD_PT + (column - 1) * cell_pt
            for i, (line, bold) in enumerate(cell):
                ax.text(
                    left, top + _PAD_PT + i * _SIZE * _LINE, line, va="top",
                    fontsize=_SIZE if number else _HEAD_SIZE, weight="bold" if bold else "normal",
                )  # fmt: skip
        top += _height(row)


def _finding(read: _Reading, language: str) -> str:
    ways = dict(zip(*(spread(read.modes)[c] for c in ("facet", "ways")), strict=True))
    count = len(read.modes)
    number = lettering.number(count, language)
    modes = plural_text("{n} mode of allocation", "{n} modes of allocation", count, n=number)
    if read.modes["at_home"].isin(AT_HOME).all():
        modes = plural_text("{n} way to pay for help at home", "{n} ways to pay for help at home", count, n=number)
    silos = plural_text("{n} policy", "{n} policies", len(read.silos), n=lettering.number(len(read.silos), language))
    forms, units, cycles = ways["tariff_form"], ways["price_unit"], ways["budget_cycle"]
    said = text(
        "{modes} in {silos}: {forms}, {units}, {cycles}",
        modes=modes,
        silos=silos,
        forms=plural_text("{n} form of tariff", "{n} forms of tariff", forms, n=forms),
        units=plural_text("{n} unit of price", "{n} units of price", units, n=units),
        cycles=plural_text("{n} budget cycle", "{n} budget cycles", cycles, n=cycles),
    )
    return said.render(language)


def _note(read: _Reading, language: str) -> list[str]:
    said = [text("In brackets, modes that say so where several do. Bold: shared by at least three policies.")]
    lines = [s.render(language) for s in said]
    if read.outside:
        lines.append(
            plural_text(
                "{n} mode outside of these policies is not drawn.",
                "{n} modes outside of these policies are not drawn.",
                read.outside,
                n=lettering.number(read.outside, language),
            ).render(language)
        )
    return lines


def _alt(read: _Reading, labels: Mapping[str, str], language: str) -> str:
    parts = []
    for silo in read.silos:
        said = []
        for facet, head in _HEADS.items():
            name_of = _namer(facet, labels, language)
            values = [_counted(name_of(v), n) for v, n in read.cells[facet, silo].most_common()]
            said.append(f"{head.render(language)} ({', '.join(values)})")
        parts.append(f"{lettering.name_of(silo, labels, language)}, {', '.join(said)}")
    return text("Table of policies and facets: {values}.", values=known.joined(parts, language)).render(language)
