"""What the main tools ask in common: an UpSet figure.

Lex, Gehlenborg, Strobelt, Vuillemot, Pfister (2014). UpSet: Visualization of Intersecting Sets.
*IEEE Transactions on Visualization and Computer Graphics* 20(12), 1983-1992.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from burden.figures import frame, known, lettering, style
from burden.model.messages import plural_text, text

Group = tuple[tuple[str, ...], int]
"""Tools, and how many pieces of information exactly these ask."""

_NAME_PT = 250.0


@dataclass(frozen=True, eq=False)
class _Reading:
    """Tools, their sizes, and the groups of concepts that exactly the same tools ask."""

    sizes: pd.Series
    groups: list[Group]
    shown: list[Group]
    tools_left_out: int

    @property
    def every(self) -> int:
        return sum(count for _, count in self.groups)

    @property
    def shared(self) -> int:
        return sum(count for tools, count in self.groups if len(tools) > 1)


@style.look()
def tool_sets(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    tools: Sequence[str] | None = None,
    most: int = 6,
    groups: int = 14,
    ax: Axes | None = None,
) -> Axes:
    """Which pieces of information the main tools ask in common.

    Parameters
    ----------
    table : DataFrame
        ``obligation_id`` and ``concept_id``, one row per information a tool asks, such as
        ``inv.requests`` or :func:`burden.analysis.askings.items`; repeated rows count once.
    labels : mapping
        Names of the obligations.
    tools : sequence of str, optional
        Obligations compared; the ``most`` that ask the most information when absent.
    groups : int
        Combinations of tools shown, at most.

    Returns
    -------
    Axes
        A frame that holds two drawings: above, how many pieces of information exactly these
        tools ask; below, which tools (linked dots). What several ask stands first, dark; what
        one alone asks follows, light.
    """
    rows = table[["obligation_id", "concept_id"]].dropna().drop_duplicates()
    if tools is not None:
        rows = rows[rows["obligation_id"].isin(list(tools))]
    if rows.empty:
        return frame.nothing_to_show(ax, known.nothing(), language)
    read = _read(rows, tools, most, groups)
    names = [lettering.name_of(o, labels, language) for o in read.sizes.index]
    ax = frame.new_axes(ax, height_in=4.4 + 0.5 * len(names))
    headings_pt = _draw(ax, read, names, language)
    return frame.finish(
        ax,
        title=_finding(read, names, language),
        note=_note(read, language),
        alt=_alt(read, names, language),
        above_pt=headings_pt,
    )


def _read(rows: pd.DataFrame, tools: Sequence[str] | None, most: int, groups: int) -> _Reading:
    sizes = rows["obligation_id"].value_counts().sort_index()
    if tools is not None:
        sizes = sizes.reindex(list(dict.fromkeys(tools)), fill_value=0)
    sizes = sizes.sort_values(ascending=False, kind="stable")
    main = sizes.head(len(sizes) if tools is not None else most)
    kept = rows[rows["obligation_id"].isin(main.index)].sort_values("obligation_id")
    asked_by = Counter(tuple(part["obligation_id"]) for _, part in kept.groupby("concept_id"))
    ordered = sorted(asked_by.items(), key=lambda g: (len(g[0]) == 1, -g[1], len(g[0]), g[0]))
    # The largest groups stay, in the order just given.
    largest = set(sorted(range(len(ordered)), key=lambda i: (-ordered[i][1], i))[:groups])
    shown = [group for i, group in enumerate(ordered) if i in largest]
    return _Reading(sizes=main, groups=ordered, shown=shown, tools_left_out=len(sizes) - len(main))


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> float:
    ax.axis("off")
    below = (0.42 * len(names)) / (0.42 * len(names) + 2.0)
    matrix = ax.inset_axes((0, 0, 1, below - 0.02))
    bars = ax.inset_axes((0, below, 1, 1 - below))
    _bars(bars, read, language)
    _matrix(matrix, read, names, language)
    for part in (bars, matrix):
        part.set_xlim(-0.6, len(read.shown) - 0.4)
    return _headings(ax, bars, read, language)


def _bars(bars: Axes, read: _Reading, language: str) -> None:
    alone = [len(tools) == 1 for tools, _ in read.shown]
    colours = [style.LIGHT if a else style.MAIN for a in alone]
    heights = [count for _, count in read.shown]
    x = range(len(heights))
    bars.bar(x, heights, 0.62, color=colours, edgecolor=style.INK, linewidth=0.5)
    for at, height in zip(x, heights, strict=True):
        bars.annotate(
            lettering.number(float(height), language), (at, float(height)), (0, 3),
            textcoords="offset points", ha="center",
        )  # fmt: skip
    bars.set_ylim(0, max(heights) * 1.12)
    bars.set_xticks([])
    bars.yaxis.set_major_locator(MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]))
    bars.set_ylabel(text("Pieces of information").render(language))
    bars.spines["bottom"].set_visible(False)


def _headings(ax: Axes, bars: Axes, read: _Reading, language: str) -> float:
    """Over the dark and the light bars, what they are, where there is room; its height in points."""
    several = sum(len(tools) > 1 for tools, _ in read.shown)
    alone = len(read.shown) - several
    column = frame.size_pt(ax)[0] / (len(read.shown) + 0.2)
    for start, columns, said in (
        (0, several, text("by several tools: {n}", n=lettering.number(read.shared, language))),
        (several, alone, text("by one alone: {n}", n=lettering.number(read.every - read.shared, language))),
    ):
        words = said.render(language)
        if columns and lettering.width_pt(words, weight="bold") < columns * column - 6:
            bars.annotate(
                words, (start - 0.4, 1), (0, 4), xycoords=("data", "axes fraction"),
                textcoords="offset points", weight="bold", annotation_clip=False,
            )  # fmt: skip
    return 18.0


def _matrix(matrix: Axes, read: _Reading, names: list[str], language: str) -> None:
    row = {tool: i for i, tool in enumerate(read.sizes.index)}
    rows = [
        lettering.wrapped(
            text("{tool} ({n})", tool=name, n=lettering.number(float(size), language)).render(language),
            into_pt=_NAME_PT, size=style.NOTE_PT, lines=2,
        )
        for name, size in zip(names, read.sizes, strict=True)
    ]  # fmt: skip
    matrix.set_yticks(range(len(rows)), rows, fontsize=style.NOTE_PT)
    matrix.set(ylim=(len(rows) - 0.5, -0.5), xticks=[])
    matrix.tick_params(axis="y", length=0)
    for spine in matrix.spines.values():
        spine.set_visible(False)
    for i in range(0, len(rows), 2):
        matrix.axhspan(i - 0.5, i + 0.5, color="#F0F0F0", linewidth=0)
    for x, (tools, _) in enumerate(read.shown):
        at = sorted(row[t] for t in tools)
        colour = style.MAIN if len(at) > 1 else style.LIGHT
        matrix.plot([x] * len(rows), range(len(rows)), "o", color="#D4D4D4", markersize=7)
        matrix.plot([x] * len(at), at, "-o", color=colour, markersize=11, linewidth=2.5, markeredgecolor=style.INK)


def _finding(read: _Reading, names: list[str], language: str) -> str:
    if len(names) == 1:
        return plural_text(
            "{tool} asks for {n} piece of information",
            "{tool} asks for {n} pieces of information",
            read.every,
            tool=names[0],
            n=lettering.number(read.every, language),
        ).render(language)
    values = {
        "every": lettering.number(read.every, language),
        "tools": lettering.number(len(names), language),
    }
    if not read.shared:
        none = text("These {tools} tools have none of their {every} pieces of information in common", **values)
        return none.render(language)
    return plural_text(
        "{n} of the {every} pieces of information that these {tools} tools ask is asked by several of them",
        "{n} of the {every} pieces of information that these {tools} tools ask are asked by several of them",
        read.shared,
        n=lettering.number(read.shared, language),
        **values,
    ).render(language)


def _note(read: _Reading, language: str) -> list[str]:
    said = [
        text("Linked dots: asked by exactly these tools. Light: by one alone. In brackets: how many in all.").render(
            language
        )
    ]
    missing = len(read.groups) - len(read.shown)
    if missing:
        items = read.every - sum(count for _, count in read.shown)
        said.append(
            plural_text(
                "{n} smaller combination ({items} of the pieces of information) is not drawn.",
                "{n} smaller combinations ({items} of the pieces of information) are not drawn.",
                missing,
                n=lettering.number(missing, language),
                items=lettering.number(items, language),
            ).render(language)
        )
    if read.tools_left_out:
        said.append(
            plural_text(
                "{n} tool that asks less is left out.",
                "{n} tools that ask less are left out.",
                read.tools_left_out,
                n=lettering.number(read.tools_left_out, language),
            ).render(language)
        )
    return [said[0], " ".join(said[1:])]


def _alt(read: _Reading, names: list[str], language: str) -> str:
    name = dict(zip(read.sizes.index, names, strict=True))
    parts = [
        text(
            "{n} by {tools}",
            n=lettering.number(float(count), language),
            tools=lettering.listed([name[t] for t in tools], language),
        ).render(language)
        for tools, count in read.shown
    ]
    return text(
        "Pieces of information by the tools that ask them: {values}.", values=known.joined(parts, language)
    ).render(language)
