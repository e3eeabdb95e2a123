"""Bounds for numbers that have none: factors by what a number measures and how sure it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory

Floats = npt.NDArray[np.float64]


def factors(inv: Inventory, applies_to: str, evidence: pd.Series) -> Floats:
    """Low and high multiple of each number, from the table ``spreads``.

    Returns
    -------
    array of float, shape (numbers, 2)
        1 and 1 where the table has no row: no spread is known, and none is made up. NaN is never
        returned; :func:`unspread` counts these.
    """
    rows = inv.spreads[inv.spreads["applies_to"] == applies_to].set_index("evidence")
    found = rows[["low_factor", "high_factor"]].reindex(evidence.astype(object)).to_numpy(dtype="float64")
    return np.where(np.isnan(found), 1.0, found)


def bounded(inv: Inventory, applies_to: str, triple: Floats, evidence: pd.Series) -> Floats:
    """Low, central and high, where a number that stands alone takes the spread of its evidence.

    Parameters
    ----------
    triple : array of float, shape (numbers, 3)
        Low, central, high; equal where only one value exists.
    """
    low, central, high = triple.T
    alone = (low == central) & (high == central)
    spread = factors(inv, applies_to, evidence)
    return np.column_stack(
        [np.where(alone, central * spread[:, 0], low), central, np.where(alone, central * spread[:, 1], high)]
    )


def unspread(triple: Floats) -> npt.NDArray[np.bool_]:
    """Which numbers above zero have no range at all, and stand as if they were certain."""
    low, central, high = triple.T
    return np.asarray((low == high) & (central > 0))
