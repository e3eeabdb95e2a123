"""How often each unit and each operator is asked something, unit by unit, for the replay of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.askings import COARSE
from burden.model.inventory import Inventory
from burden.model.periods import EVENT, ONCE, per_year
from burden.model.portfolio import Portfolio, is_operator
from burden.model.profiles import profiles

Floats = npt.NDArray[np.float64]
Row = Mapping[Any, Any]


class Rhythm:
    """Times a year that the subjects of an item are asked it: units, or operators where it is about them.

    What falls on an operator about its establishments or their members falls on each of its units;
    what its own number exceeds theirs by stays with it.
    """

    def __init__(self, inv: Inventory, ptf: Portfolio) -> None:
        known = profiles(inv, ptf)
        self._applies = known.applies[known.of_unit]
        self._numbers = known.quantities
        self._place = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
        self._period = dict(zip(inv.obligations["obligation_id"], inv.obligations["period"], strict=True))
        self._own = is_operator(inv, ptf.units).to_numpy(dtype=bool)
        self._operator = pd.factorize(ptf.units["operator_id"])[0]
        self._head = np.full(self._operator.max(initial=-1) + 1, -1, dtype=np.int64)
        self._head[self._operator[self._own]] = np.flatnonzero(self._own)

    def covered(self, obligation: str, into: str) -> bool:
        """Whether another obligation surely falls on all on whom one does, at least as often."""
        own, other = (self._applies[:, self._place[o]] for o in (obligation, into))
        one, another = (str(self._period[o]) for o in (obligation, into))
        as_often = EVENT not in (one, another) and per_year(another) >= per_year(one)
        return as_often and bool((other[np.nan_to_num(own, nan=1.0) > 0] == 1).all())

    def demanded(self, row: Row) -> Floats | None:
        """How often an item is asked of each; none where that is not known."""
        obligation = str(row["obligation_id"])
        share, number = self._applies[:, self._place[obligation]], self._number(row)
        falls = np.nan_to_num(share, nan=1.0) > 0
        unsure = (np.isnan(share) & (np.nan_to_num(number, nan=1.0) > 0)) | (falls & np.isnan(number))
        if unsure.any() or self._period[obligation] == ONCE:
            return None
        return self._times(row, falls, number, obligation)

    def given(self, row: Row) -> Floats:
        """How often an item is surely asked of each: of all of them, in a number that is known."""
        obligation = str(row["obligation_id"])
        surely = self._applies[:, self._place[obligation]] == 1
        return self._times(row, surely, self._number(row), obligation)

    def _number(self, row: Row) -> Floats:
        population = str(row["population_id"])
        if population not in self._numbers:
            return np.full(len(self._numbers), np.nan)
        return self._numbers[population].to_numpy(dtype=float)

    def _times(self, row: Row, falls: npt.NDArray[np.bool_], number: Floats, obligation: str) -> Floats:
        number = np.nan_to_num(number)
        one_body = row["subject"] in COARSE and bool(row["lasting"])
        together = one_body and row["subject"] == "operator"
        counted = self._by_operator(falls, number) if together else self._by_unit(falls, number)
        counted = np.minimum(counted, 1.0) if one_body else np.sign(counted)
        return counted * per_year(str(self._period[obligation]))

    def _by_operator(self, falls: npt.NDArray[np.bool_], number: Floats) -> Floats:
        return np.asarray(np.bincount(self._operator, np.where(falls, number, 0.0), len(self._head)), dtype=float)

    def _by_unit(self, falls: npt.NDArray[np.bool_], number: Floats) -> Floats:
        below = np.bincount(self._operator, np.where(self._own, 0.0, number), len(self._head))
        members = np.where(self._own, np.maximum(number - below[self._operator], 0.0), number)
        head = self._head[self._operator]
        return np.where((falls & ~self._own) | ((head >= 0) & falls[head]), members, 0.0)
