"""Which obligations ask for the same: a matrix ordered so that its blocks show."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform

from burden.figures import frame, known, lettering, style
from burden.model.messages import plural_text, text

Floats = npt.NDArray[np.float64]

_NAME_PT = 265.0
_HALF = 0.5
_BLOCK = 0.25
"""Average Jaccard index at which obligations are framed together."""
_WRITTEN = 0.1
"""Least index written in its cell; below, the shade alone says how little it is."""


@dataclass(frozen=True, eq=False)
class _Reading:
    """Obligations in the order of their blocks, their indices, and what is left out."""

    obligations: list[str]
    jaccard: Floats
    blocks: list[tuple[int, int]]
    every: int
    half: int
    closest: pd.Series


@style.look()
def overlap_matrix(
    pairs: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    language: str = "fr",
    most: int = 16,
    ax: Axes | None = None,
) -> Axes:
    """Obligation × obligation: the share of information in common, near ones side by side.

    The order is that of the leaves of a hierarchical clustering on 1 − Jaccard (average linkage,
    optimal leaf ordering: Bar-Joseph, Gifford, Jaakkola 2001, *Bioinformatics* 17, S22-S29).

    Parameters
    ----------
    pairs : DataFrame
        What :func:`burden.analysis.redundancy.overlap` gives: ``a``, ``b``, ``jaccard``. A pair
        that is not in the table shares nothing.
    labels : mapping
        Names of the obligations.
    most : int
        Obligations shown, at most: those of the closest pairs first.

    Returns
    -------
    Axes
        The darker, the more in common; the number in a cell is the Jaccard index in per cent.
        Frames hold obligations joined at an average index of 25 % or more.
    """
    rows = pairs[pairs["jaccard"].notna() & (pairs["jaccard"] > 0)]
    if rows.empty:
        return frame.nothing_to_show(ax, text("Nothing to show: no two obligations share any information."), language)
    read = _read(rows, most)
    names = [lettering.name_of(o, labels, language) for o in read.obligations]
    ax = frame.new_axes(ax, height_in=2.4 + 0.36 * max(len(names), 3))
    _draw(ax, read, names, language)
    return frame.finish(
        ax,
        title=_finding(read, language),
        note=_note(read, names, labels, language),
        alt=_alt(read, names, language),
    )


def _read(rows: pd.DataFrame, most: int) -> _Reading:
    ordered = rows.sort_values(["jaccard", "a", "b"], ascending=[False, True, True], kind="stable")
    every = list(dict.fromkeys(ordered[["a", "b"]].to_numpy().ravel()))
    shown = every[:most]
    position = {o: i for i, o in enumerate(shown)}
    inside = ordered[ordered["a"].isin(shown) & ordered["b"].isin(shown)]
    index = np.eye(len(shown))
    a, b = (inside[c].map(position).to_numpy(dtype=int) for c in ("a", "b"))
    index[a, b] = index[b, a] = inside["jaccard"].to_numpy(dtype=float)
    tree = linkage(squareform(1 - index, checks=False), "average", optimal_ordering=True)
    order = leaves_list(tree)
    return _Reading(
        obligations=[shown[i] for i in order],
        jaccard=index[np.ix_(order, order)],
        blocks=_blocks(fcluster(tree, 1 - _BLOCK, "distance")[order]),
        every=len(every),
        half=int((ordered["jaccard"] >= _HALF).sum()),
        closest=ordered.iloc[0],
    )


def _blocks(family: npt.NDArray[np.signedinteger]) -> list[tuple[int, int]]:
    """First and last position of each family of two or more."""
    starts = [0, *(np.flatnonzero(np.diff(family)) + 1), len(family)]
    return [(int(a), int(b) - 1) for a, b in itertools.pairwise(starts) if b - a >= 2]


def _draw(ax: Axes, read: _Reading, names: list[str], language: str) -> None:
    count = len(names)
    shade = read.jaccard.copy()
    np.fill_diagonal(shade, np.nan)
    colours = style.SHADES.with_extremes(bad="#D9D9D9")
    ax.pcolormesh(
        np.arange(count + 1) - 0.5, np.arange(count + 1) - 0.5, shade, cmap=colours, vmin=0, vmax=1,
        edgecolor=style.PAPER, linewidth=0.6,
    )  # fmt: skip
    ax.set(xlim=(-0.5, count - 0.5), ylim=(count - 0.5, -0.5))
    numbers = [lettering.number(i, language) for i in range(1, count + 1)]
    ax.set_yticks(range(count), numbers, fontsize=style.NOTE_PT)
    ax.set_xticks(range(count), numbers)
    ax.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.tick_params(axis="both", length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    _names(ax, names)
    _numbers(ax, read)
    for start, end in read.blocks:
        side = end - start + 1
        ax.add_patch(
            Rectangle(
                (start - 0.5, start - 0.5),
                side,
                side,
                fill=False,
                edgecolor=style.INK,
                linewidth=2.2,
                clip_on=False,
            )
        )


def _names(ax: Axes, names: list[str]) -> None:
    for at, name in enumerate(names):
        ax.annotate(
            lettering.wrapped(name, into_pt=_NAME_PT, size=style.NOTE_PT, lines=2),
            (0, at), (-24, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            ha="right", va="center", fontsize=style.NOTE_PT, linespacing=1.1, annotation_clip=False,
        )  # fmt: skip


def _numbers(ax: Axes, read: _Reading) -> None:
    for i, j in zip(*np.nonzero(read.jaccard >= _WRITTEN), strict=True):
        if i != j:
            value = float(read.jaccard[i, j])
            ax.text(
                j, i, f"{value * 100:.0f}", ha="center", va="center", fontsize=style.NOTE_PT - 0.5,
                color=style.ink_on(style.SHADES(value)),
            )  # fmt: skip


def _finding(read: _Reading, language: str) -> str:
    if not read.half:
        part = lettering.share(float(read.closest["jaccard"]), language)
        return text("No two obligations share half of what they ask; the closest share {share}", share=part).render(
            language
        )
    return plural_text(
        "{n} pair of obligations has at least half of its information in common",
        "{n} pairs of obligations have at least half of their information in common",
        read.half,
        n=lettering.number(read.half, language),
    ).render(language)


def _note(read: _Reading, names: list[str], labels: Mapping[str, str], language: str) -> list[str]:
    key = text("Numbers in the cells: % of the information of both that both ask (Jaccard index).")
    said = [key.render(language)]
    if read.blocks:
        part = lettering.share(_BLOCK, language)
        frames = text("Frames: obligations with {share} or more in common on average.", share=part)
        said.append(frames.render(language))
    left_out = read.every - len(names)
    if left_out:
        said.append(
            plural_text(
                "{n} obligation that overlaps less is left out.",
                "{n} obligations that overlap less are left out.",
                left_out,
                n=lettering.number(left_out, language),
            ).render(language)
        )
    closest = text(
        "Closest: {a} and {b} ({share}).",
        a=lettering.name_of(read.closest["a"], labels, language),
        b=lettering.name_of(read.closest["b"], labels, language),
        share=lettering.share(float(read.closest["jaccard"]), language),
    )
    return [" ".join(said), closest.render(language)]


def _alt(read: _Reading, names: list[str], language: str) -> str:
    parts = [lettering.listed(names[a : b + 1], language) for a, b in read.blocks]
    count = len(names)
    matrix = plural_text(
        "Matrix of {n} obligation.", "Matrix of {n} obligations.", count, n=lettering.number(count, language)
    ).render(language)
    if not parts:
        return matrix
    groups = text("Groups that ask for much the same: {values}.", values=known.joined(parts, language))
    return f"{matrix} {groups.render(language)}"
