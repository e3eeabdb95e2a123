"""Pairs of lists that share items, against a count of every pair of sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from burden.analysis.overlaps import overlapping_pairs

Sets = list[set[int]]


def table(sets: Sets, items: int) -> sparse.csr_array:
    made = np.zeros((len(sets), items))
    for row, items_asked in enumerate(sets):
        made[row, sorted(items_asked)] = 1.0
    return sparse.csr_array(made)


def expected(sets: Sets, threshold: float) -> dict[tuple[int, int], int]:
    asked = np.zeros((len(sets), 61), dtype=int)
    for row, items_asked in enumerate(sets):
        asked[row, sorted(items_asked)] = 1
    shared, size = asked @ asked.T, asked.sum(axis=1)
    union = size[:, None] + size - shared
    kept = np.triu((shared > 0) & (shared >= threshold * union), k=1)
    return {(i, j): int(shared[i, j]) for i, j in zip(*(k.tolist() for k in np.nonzero(kept)), strict=True)}


def found(sets: Sets, items: int, threshold: float) -> dict[tuple[int, int], int]:
    pairs = overlapping_pairs(table(sets, items), threshold=threshold)
    return {(a, b): s for a, b, s in pairs[["a", "b", "shared"]].itertuples(index=False, name=None)}


@given(st.lists(st.sets(st.integers(0, 12)), max_size=15), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
@settings(max_examples=5, deadline=None)
def test_pairs_are_those_of_the_sets(sets: Sets, threshold: float) -> None:
    assert found(sets, 13, threshold) == expected(sets, threshold)


@pytest.mark.parametrize("threshold", [0.34, 0.5, 0.8, 1.0])
def test_many_rows_of_many_sizes_lose_no_pair(threshold: float) -> None:
    # Nested lists of very different sizes are where a filter on common items could lose a pair.
    rng = np.random.default_rng(int(threshold * 100))
    popular = 1.0 / np.arange(1, 61)
    forms = [rng.choice(60, 30, replace=False, p=popular / popular.sum()) for _ in range(80)]
    sets: Sets = [set(forms[i % 80][rng.random(30) < rng.uniform(0.1, 1.0)].tolist()) for i in range(2_100)]
    assert found(sets, 60, threshold) == expected(sets, threshold)


def test_measures_of_three_items_and_two_of_them_and_another() -> None:
    # {0, 1, 2} and {1, 2, 3, 4}: 2 shared of 5.
    row = overlapping_pairs(table([{0, 1, 2}, {1, 2, 3, 4}], 5)).iloc[0]
    measures = row[["shared", "jaccard", "overlap", "containment_a_b", "containment_b_a"]].tolist()
    assert measures == pytest.approx([2, 2 / 5, 2 / 3, 2 / 3, 1 / 2])
