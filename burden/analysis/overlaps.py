"""All pairs of sets that share items, exactly, above a Jaccard threshold."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn  # type: ignore[import-untyped]

_PLAIN_PRODUCT_UP_TO = 2_000
_LOWEST = 1 / 3
_STEP = 1_000
_LEFT_OUT = 0.7
"""Share of the commonest items of each row that the first pass leaves out, in thresholds."""


def overlapping_pairs(table: sparse.csr_array, *, threshold: float = 0.0) -> pd.DataFrame:
    """Pairs of rows of a 0/1 table that share an item, with their overlap measures.

    Up to 2,000 rows, or below a threshold of one third, the whole product ``A·Aᵀ`` is taken.
    Beyond, pairs below the threshold are dropped while multiplying: with ``a`` and ``b`` items of
    which ``s`` shared, a Jaccard index of at least ``t`` means ``s ≥ t/(1+t)·(a+b)``. Leave out the
    share ``r`` of commonest items of each row: shared items that one of the two rows leaves out are
    all left out by the row whose limit is the rarer, so they are at most ``r·max(a, b)``. As no row
    is more than ``1/t`` times the other, the rarer items, which meet far less often, still share at
    least ``(t − r)/√t·√(ab)`` for ``r ≥ t(1−t)/(1+t)``. What passes is then counted exactly. (Prefix
    filter of the set-similarity joins that Mann, Augsten and Bouros compared in 2016.)

    Parameters
    ----------
    table : csr_array of float, shape (rows, items)
    threshold : float
        Smallest Jaccard index kept.

    Returns
    -------
    DataFrame
        One row per pair ``a < b`` of row numbers: ``shared``, ``jaccard``, ``overlap``
        (shared / smaller set), ``containment_a_b`` and ``containment_b_a`` (share of the first
        that the second holds).

    Examples
    --------
    >>> table = sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 1], [0, 0, 1]]))
    >>> overlapping_pairs(table)[["a", "b", "shared"]].to_numpy().tolist()
    [[0, 1, 2], [1, 2, 1]]
    """
    size = np.asarray(table.sum(axis=1), dtype=float)
    if threshold < _LOWEST or table.shape[0] <= _PLAIN_PRODUCT_UP_TO:
        a, b, shared = _whole_product(table)
    else:
        a, b, shared = _product_above(table, size, threshold)
    union = size[a] + size[b] - shared
    frame = pd.DataFrame(
        {
            "a": a,
            "b": b,
            "shared": shared.astype("int64"),
            "jaccard": shared / union,
            "overlap": shared / np.minimum(size[a], size[b]),
            "containment_a_b": shared / size[a],
            "containment_b_a": shared / size[b],
        }
    )
    return frame[frame["jaccard"] >= threshold].reset_index(drop=True)


_Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]


def _whole_product(table: sparse.csr_array) -> _Pairs:
    product = sparse.coo_array(sparse.triu(table @ table.T, k=1))
    return product.row.astype(np.int64), product.col.astype(np.int64), product.data.astype(float)


def _product_above(table: sparse.csr_array, size: npt.NDArray[np.float64], threshold: float) -> _Pairs:
    root = np.sqrt(np.maximum(size, 1.0))
    left_out = _LEFT_OUT * threshold
    rare = sparse.csr_matrix(sparse.diags_array(1.0 / root) @ _rarest(table, left_out)).astype(np.float32)
    # Single precision is off by less than this; the exact count below decides.
    least = (threshold - left_out) / np.sqrt(threshold) - 1e-4
    parts = [_pairs_from(rare, start, float(least)) for start in range(0, rare.shape[0], _STEP)]
    a, b = np.concatenate(parts, axis=1)
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    return a, b, np.asarray(table[a].multiply(table[b]).sum(axis=1), dtype=float)


def _pairs_from(rare: sparse.csr_matrix, start: int, least: float) -> npt.NDArray[np.int64]:
    """Pairs of some rows with themselves and those that follow: half of the product is enough."""
    rest = rare[start:]
    product = sparse.coo_array(
        sp_matmul_topn(rest[:_STEP], rest.T.tocsr(), top_n=rest.shape[0], threshold=least, sort=False, n_threads=2)
    )
    upper = product.row < product.col
    return np.stack([product.row[upper], product.col[upper]]).astype(np.int64) + start


def _rarest(table: sparse.csr_array, left_out: float) -> sparse.csr_array:
    """The table without the commonest items of each row, a fixed share of them at most."""
    common = np.argsort(np.argsort(-np.asarray(table.sum(axis=0)), kind="stable"))
    rows = sparse.coo_array(table)
    order = np.lexsort((common[rows.col], rows.row))
    row, column = rows.row[order], rows.col[order]
    count = np.bincount(row, minlength=table.shape[0])
    place = np.arange(len(row)) - (np.cumsum(count) - count)[row]
    kept = place >= np.floor(left_out * count)[row]
    return sparse.csr_array((np.ones(kept.sum()), (row[kept], column[kept])), shape=table.shape)
