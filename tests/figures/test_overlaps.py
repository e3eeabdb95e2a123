from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from burden.figures import alt_text, overlap_matrix, title_of

Labels = dict[str, str]
NBSP, THIN = "\u00a0", "\u202f"


def order(ax: Axes, labels: Labels) -> str:
    """Identifiers from top to bottom."""
    identifier = {name: i for i, name in labels.items()}
    names = [t.get_text().replace("\n", " ") for t in ax.texts]
    return "".join(identifier[n] for n in names if n in identifier)


def test_the_title_counts_the_pairs_that_share_half(pairs: pd.DataFrame, labels: Labels) -> None:
    assert title_of(overlap_matrix(pairs, labels=labels, language="en")) == (
        "2 pairs of obligations have at least half of their information in common"
    )


def test_the_title_in_french(pairs: pd.DataFrame, labels: Labels) -> None:
    assert title_of(overlap_matrix(pairs, labels=labels)) == (
        "2 paires d'obligations ont au moins la moitié de leurs informations en commun"
    )


def test_without_such_a_pair_the_title_gives_the_closest(pairs: pd.DataFrame, labels: Labels) -> None:
    assert title_of(overlap_matrix(pairs.tail(2), labels=labels)) == (
        f"Aucune paire d'obligations n'a la moitié de ses informations en commun{THIN};"
        f" les plus proches en ont 10{NBSP}% en commun"
    )


def test_near_obligations_stand_side_by_side(pairs: pd.DataFrame) -> None:
    short = {k: f"Outil {k}" for k in "ABCD"}
    ordered = order(overlap_matrix(pairs, labels=short), short)

    assert {frozenset(ordered[:2]), frozenset(ordered[2:])} == {frozenset("AC"), frozenset("BD")}


def test_blocks_are_framed(pairs: pd.DataFrame, labels: Labels) -> None:
    ax = overlap_matrix(pairs, labels=labels)
    frames = [p for p in ax.patches if isinstance(p, Rectangle)]

    assert [(p.get_xy(), p.get_width()) for p in frames] == [((-0.5, -0.5), 2), ((1.5, 1.5), 2)]


def test_the_index_is_written_in_per_cent(pairs: pd.DataFrame, labels: Labels) -> None:
    said = [t.get_text() for t in overlap_matrix(pairs, labels=labels).texts]

    assert [said.count(n) for n in ("80", "50", "10", "5")] == [2, 2, 2, 0]


def test_an_unknown_index_is_left_out(pairs: pd.DataFrame, labels: Labels) -> None:
    pairs.loc[1, "jaccard"] = np.nan

    title = title_of(overlap_matrix(pairs, labels=labels, language="en"))

    assert title.startswith("1 pair of obligations has")


def test_what_is_left_out_is_counted(pairs: pd.DataFrame, labels: Labels) -> None:
    assert "2 obligations that overlap less are left out." in alt_text(
        overlap_matrix(pairs, labels=labels, language="en", most=2)
    )


def test_the_closest_are_named(pairs: pd.DataFrame, labels: Labels) -> None:
    labels |= {"A": "Budget", "C": "Rapport"}

    ax = overlap_matrix(pairs, labels=labels, language="en")

    assert "Closest: Budget and Rapport (80%)." in alt_text(ax)


def test_one_pair_stays_legible(pairs: pd.DataFrame, labels: Labels, illegible: Callable[[Axes], list[str]]) -> None:
    assert illegible(overlap_matrix(pairs.head(1), labels=labels)) == []


def test_forty_obligations_stay_legible(illegible: Callable[[Axes], list[str]]) -> None:
    names = {f"o{i:02}": f"Programme d'investissement et plan de financement, volet {i}" for i in range(40)}
    table = pd.DataFrame(
        [(a, b, 1 / (1 + abs(int(a[1:]) - int(b[1:])))) for a, b in combinations(names, 2)],
        columns=["a", "b", "jaccard"],
    )

    assert illegible(overlap_matrix(table, labels=names)) == []


def test_no_pair_is_said(pairs: pd.DataFrame, labels: Labels) -> None:
    assert alt_text(overlap_matrix(pairs.head(0), labels=labels, language="en")) == (
        "Nothing to show: no two obligations share any information."
    )
