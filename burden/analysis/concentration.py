"""How few make most of it: Pareto and Gini."""

from __future__ import annotations

import numpy as np
import pandas as pd


def pareto(frame: pd.DataFrame, *, value: str) -> pd.DataFrame:
    """Rows from the largest value down, with their share and the running share.

    Unknown values (NaN) are left out, not counted as zero.

    Returns
    -------
    DataFrame
        The rows with ``share``, ``cumulative_share`` and ``rank`` added.

    Examples
    --------
    >>> pareto(pd.DataFrame({"h": [10.0, 30.0]}), value="h")["cumulative_share"].tolist()
    [0.75, 1.0]
    """
    known = frame[frame[value].notna()].sort_values(value, ascending=False, kind="stable")
    share = known[value] / known[value].sum()
    ranked = known.assign(share=share, cumulative_share=share.cumsum(), rank=range(1, len(known) + 1))
    return ranked.reset_index(drop=True)


def gini(values: pd.Series) -> float:
    """Gini coefficient of known values: 0 when all are equal, towards 1 when one holds all.

    Examples
    --------
    >>> gini(pd.Series([1.0, 1.0, 1.0]))
    0.0
    """
    ordered = np.sort(values.dropna().to_numpy(dtype=float))
    total = ordered.sum()
    if not total:
        return float("nan")
    count = len(ordered)
    weighted = (np.arange(1, count + 1) * ordered).sum()
    # Rounding may leave equal values a hair below zero.
    return max(0.0, float(2 * weighted / (count * total) - (count + 1) / count))
