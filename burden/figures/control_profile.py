"""When and on what proof each authority or policy asks, and how much of it has a known use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from burden.analysis.control import PROOFS, TIMINGS
from burden.figures import frame, grid, groups, known, lettering, style
from burden.model import schema
from burden.model.messages import Text, plural_text, text

Way = tuple[str, str]
"""A timing and a proof."""

_SIZE = 10.5
_NAME_PT, _HOURS_PT, _USE_PT, _ROW_PT, _HEAD_PT = 172.0, 66.0, 118.0, 36.0, 98.0
_BAR_PT, _TIMING_PT = 62.0, 22.0
_DRAWN = 0.005
"""Least share of some row for a way of asking to have a column of its own."""
_USES = {"observed": style.MAIN, "stated": style.LIGHT, "none_found": style.PALETTE[5], "unknown": style.PAPER}


@dataclass(frozen=True, eq=False)
class _Reading:
    """Hours per group (rows, most first) × way of asking, shares by known use, what is left out."""

    hours: pd.DataFrame
    whole: pd.Series
    incomplete: pd.Series
    uses: pd.DataFrame
    total: pd.Series
    use_of_all: pd.Series
    grouped: int
    unmeasured: int

    @property
    def ways(self) -> list[Way]:
        """Ways of asking that weigh in some row, as a reader goes through them."""
        shares = self.hours.div(self.whole, axis=0).max()
        return [(t, p) for t in TIMINGS for p in PROOFS if shares.get((t, p), 0.0) >= _DRAWN]


@style.look()
def control_profile(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    by: str = "required_by_id",
    language: str = "fr",
    most: int = 9,
    ax: Axes | None = None,
) -> Axes:
    """A table-figure: share of each group's hours by timing and proof, and how much is known to be used.

    Parameters
    ----------
    table : DataFrame
        What :func:`burden.analysis.control.profile` gives for one column.
    labels : mapping
        Names of the groups.
    by : str
        That column: ``required_by_id``, ``silo_id``…
    most : int
        Groups drawn apart, at most; the rest is summed as *others*.

    Returns
    -------
    Axes
        One row per group, one column per way of asking, the darker the larger its share of the
        group's hours. The bar on the right parts the hours by what is known of their use.
    """
    if table.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(table, by, most)
    if not read.total.sum() > 0:
        return frame.nothing_to_show(ax, known.no_duration(read.unmeasured, language), language)
    names = [_name(g, labels, language, read.grouped) for g in read.hours.index]
    height = _HEAD_PT + _ROW_PT * len(names)
    given = ax is not None
    ax = frame.new_axes(ax, height_in=height / 72 + 2.3)
    _draw(ax, read, names, language)
    frame.finish(ax, title=_finding(read, language), note=_note(read, language), alt=_alt(read, names, language))
    return ax if given else grid.at_height(ax, height)


def _read(table: pd.DataFrame, by: str, most: int) -> _Reading:
    open_rows = known.incomplete(table)
    rows = table.assign(group=groups.stated(table[by]), open=open_rows).fillna({"hours_per_year": 0.0})
    whole = rows.groupby("group")["hours_per_year"].sum().sort_values(ascending=False, kind="stable")
    first = groups.apart(whole[whole > 0].index, most)
    rows["group"] = groups.others(rows["group"], first)
    hours = rows.pivot_table(
        index="group", columns=["timing", "proof"], values="hours_per_year", aggfunc="sum", fill_value=0.0
    )
    drawn = set(hours.index[hours.sum(axis=1) > 0])
    order = [g for g in [*first, groups.OTHER] if g in drawn]
    columns = {u: "none_found_h_per_year" if u == "none_found" else f"{u}_use_h_per_year" for u in _USES}
    used = rows.assign(**{use: rows[column].fillna(0.0) for use, column in columns.items()})
    uses = used.groupby("group")[list(_USES)].sum()
    return _Reading(
        hours=hours.loc[order],
        whole=hours.loc[order].sum(axis=1),
        incomplete=rows.groupby("group")["open"].any().reindex(order),
        uses=uses.div(uses.sum(axis=1), axis=0).loc[order],
        total=hours.sum(),
        use_of_all=uses.sum() / uses.to_numpy().sum() if uses.to_numpy().sum() > 0 else uses.sum(),
        grouped=len(whole[whole > 0]) - len(first),
        unmeasured=known.unmeasured_rows(table),
    )


def _name(group: object, labels: Mapping[str, str], language: str, grouped: int) -> str:
    if group == groups.OTHER:
        return plural_text("{n} other", "{n} others", grouped, n=lettering.number(grouped, language)).render(language)
    return lettering.name_of("" if group == groups.UNSTATED else group, labels, language)


_TIMING_HEADS: Mapping[str, Text] = {
    "ex_ante": text("before"), "continuous": text("throughout"), "ex_post": text("after"), "unknown": Text("?"),
}  # fmt: skip
_PROOF_HEADS: Mapping[str, Text] = {
    "declaration": text("declared"), "document": text("document"), "third_party_attestation": text("attested"),
    "inspection": text("on site"), "unknown": Text("?"),
}  # fmt: skip


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> None:
    ax.axis("off")
    width = frame.size_pt(ax)[0]
    ways = read.ways
    side = (width - _NAME_PT - _HOURS_PT - _USE_PT) / max(len(ways), 1)
    ax.set_xlim(0, width)
    ax.set_ylim(_HEAD_PT + _ROW_PT * len(names), 0)
    _heads(ax, ways, side, width, language)
    for row, name in enumerate(names):
        top = _HEAD_PT + row * _ROW_PT
        middle = top + _ROW_PT / 2
        said = lettering.wrapped(name, into_pt=_NAME_PT - 10, size=_SIZE, lines=2)
        if "…" in said:
            said = lettering.wrapped(lettering.short(name), into_pt=_NAME_PT - 10, size=_SIZE, lines=2)
        ax.text(0, middle, said, va="center", fontsize=_SIZE, linespacing=1.05)
        hours = known.at_least(float(read.whole.iloc[row]), bool(read.incomplete.iloc[row]), language)
        ax.text(_NAME_PT + _HOURS_PT - 8, middle, hours, va="center", ha="right", fontsize=_SIZE)
        shares = read.hours.iloc[row] / read.whole.iloc[row]
        for column, way in enumerate(ways):
            _cell(ax, (_NAME_PT + _HOURS_PT + column * side, top), side, float(shares[way]))
        _use(ax, read.uses.iloc[row], (width - _USE_PT + 12, middle), language)


def _heads(ax: Axes, ways: list[Way], side: float, width: float, language: str) -> None:
    """Timing over the columns of its proofs, and what the other columns are."""
    start, foot = _NAME_PT + _HOURS_PT, _HEAD_PT - 6
    for column, (_, proof) in enumerate(ways):
        word = _PROOF_HEADS[proof].render(language)
        fitted = lettering.fitting_size([word], into_pt=foot - _TIMING_PT - 6, size=_SIZE)
        ax.text(start + (column + 0.5) * side, foot, word, ha="center", va="bottom", rotation=90, fontsize=fitted)
    for timing in TIMINGS:
        columns = [i for i, (t, _) in enumerate(ways) if t == timing]
        if columns:
            left, right = start + columns[0] * side + 2, start + (columns[-1] + 1) * side - 2
            head = _TIMING_HEADS[timing].render(language)
            fitted = lettering.fitting_size([head], into_pt=right - left, size=_SIZE, weight="bold")
            ax.text((left + right) / 2, _TIMING_PT - 6, head, ha="center", va="baseline", weight="bold",
                    fontsize=fitted)  # fmt: skip
            ax.plot([left, right], [_TIMING_PT, _TIMING_PT], color=style.MUTED, linewidth=0.9)
    ends = ((text("Hours a year"), start - 8, "right"), (text("Known use"), width - _USE_PT + 12, "left"))
    for words, at, align in ends:
        ax.text(at, foot, words.render(language), ha=align, va="bottom", fontsize=_SIZE)


def _cell(ax: Axes, corner: tuple[float, float], side: float, share: float) -> None:
    left, top = corner
    colour = style.SHADES(share) if share > 0 else style.PAPER
    box = Rectangle((left + 1, top + 1), side - 2, _ROW_PT - 2, facecolor=colour, edgecolor=style.RULE, linewidth=0.5)
    ax.add_patch(box)
    if share > 0:
        said = f"{share * 100:.0f}" if share >= _DRAWN else "<1"
        ax.text(left + side / 2, top + _ROW_PT / 2, said, ha="center", va="center", fontsize=_SIZE,
                color=style.ink_on(colour))  # fmt: skip


def _use(ax: Axes, shares: pd.Series, at: tuple[float, float], language: str) -> None:
    left, middle = at
    start = left
    for use, colour in _USES.items():
        part = float(shares[use]) * _BAR_PT
        hatch = "////" if use == "none_found" else ""
        ax.add_patch(
            Rectangle((start, middle - 6), part, 12, facecolor=colour, hatch=hatch, hatchcolor=style.INK, linewidth=0)
        )
        start += part
    ax.add_patch(Rectangle((left, middle - 6), _BAR_PT, 12, fill=False, edgecolor=style.MUTED, linewidth=0.8))
    ax.text(left + _BAR_PT + 6, middle, _use_said(shares, language), va="center", fontsize=_SIZE)


def _use_said(shares: pd.Series, language: str) -> str:
    """The share of known use; unknown is not zero."""
    if float(shares["unknown"]) > 1 - 1e-9:
        return "?"
    return lettering.share(float(shares["observed"] + shares["stated"]), language)


def _way_name(way: Way, language: str) -> str:
    """A proof and its timing, in the words of the code lists."""
    named = [
        text("not stated").render(language) if value == "unknown" else schema.code_name(codes, value, language)
        for codes, value in (("proof", way[1]), ("timing", way[0]))
    ]
    return ", ".join(named)


def _finding(read: _Reading, language: str) -> str:
    main = read.total.idxmax()
    said = text(
        "{share} of the {total} are asked in one way: {way}",
        share=lettering.share(float(read.total.max() / read.total.sum()), language),
        total=known.total_hours(float(read.total.sum()), read.unmeasured, language),
        way=_way_name((str(main[0]), str(main[1])), language),  # type: ignore[index]
    )
    if float(read.use_of_all["unknown"]) > 1 - 1e-9:
        return text("{finding}; nobody wrote down what they are used for", finding=said).render(language)
    seen, stated = (lettering.share(float(read.use_of_all[use]), language) for use in ("observed", "stated"))
    return text(
        "{finding}; a use was observed for {seen}, only stated by a text for {stated}",
        finding=said, seen=seen, stated=stated,
    ).render(language)  # fmt: skip


def _note(read: _Reading, language: str) -> list[str]:
    key = text("In the cells: % of the hours of the row, by when they are asked (top) and on what proof (below).")
    use = text(
        "Bar: dark, a use was observed; light, a text states one; hatched, somebody looked and found none; white or ?, "
        "nobody wrote it down."
    )
    missing = read.hours.drop(columns=read.ways).to_numpy().sum()
    small = ""
    if missing > 0:
        part = lettering.share(float(missing / read.total.sum()), language)
        small = text("Ways of asking too small to be drawn: {share} of the hours.", share=part).render(language)
    limit = text("How a tool asks does not say why: a document may serve the person followed as much as a control.")
    last = " ".join(s for s in (small, known.unmeasured_note(read.unmeasured, language)) if s)
    return [key.render(language), use.render(language), limit.render(language), last]


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = []
    for row, name in enumerate(names):
        shares = (read.hours.iloc[row] / read.whole.iloc[row]).sort_values(ascending=False, kind="stable")
        said = [
            f"{_way_name((str(t), str(p)), language)} {lettering.share(float(s), language)}"
            for (t, p), s in shares.items()
            if s >= _DRAWN
        ]
        use = text("known use {share}", share=_use_said(read.uses.iloc[row], language)).render(language)
        parts.append(f"{name} ({lettering.hours(float(read.whole.iloc[row]), language)}): {', '.join(said)}, {use}")
    joined = known.joined(parts, language)
    return text("Shares of hours by timing and proof: {values}.", values=joined).render(language)
