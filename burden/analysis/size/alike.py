"""Units that are alike in all that counts are worked out once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from burden.model.portfolio import Portfolio, portfolio_from_frame

_NAMES = ("unit_id", "operator_id", "name", "evidence", "source_id", "note")
_MOST = 2_000


def alike(ptf: Portfolio) -> tuple[pd.DataFrame, pd.Series]:
    """One unit for all those that are alike and alone under their operator, and how many they are.

    Returns
    -------
    DataFrame
        Units, the first of each kind.
    Series
        How many units each stands for, in the same order.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["a", "b"], "operator_id": ["a", "b"], "actor_id": ["mecs"] * 2})
    >>> alike(portfolio_from_frame("two", units))[1].tolist()
    [2]
    """
    units = ptf.units
    alone = ~units["operator_id"].duplicated(keep=False)
    keys = units[[c for c in units if c not in _NAMES]]
    kind = keys.groupby(list(keys), dropna=False, sort=False).ngroup().to_numpy()
    # A unit beside others of its operator is only like itself.
    kind = np.where(alone, kind, len(units) + np.arange(len(units)))
    first = ~pd.Series(kind, index=units.index).duplicated()
    count = pd.Series(kind).map(pd.Series(kind).value_counts())
    kept = units[first].reset_index(drop=True)
    return kept, count[first.to_numpy()].reset_index(drop=True)


def portions(ptf: Portfolio, *, most: int = _MOST) -> Iterator[Portfolio]:
    """The portfolio in portions of whole operators, of so many units or little more.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["a", "b", "c"], "operator_id": ["x", "y", "x"], "actor_id": ["mecs"] * 3})
    >>> [part.units["unit_id"].tolist() for part in portions(portfolio_from_frame("three", units), most=1)]
    [['a', 'c'], ['b']]
    """
    units = ptf.units
    operator = pd.factorize(units["operator_id"])[0]
    before = np.cumsum(np.bincount(operator)) - np.bincount(operator)
    for _, rows in units.groupby(before[operator] // most, sort=True):
        yield portfolio_from_frame(ptf.name, rows)
