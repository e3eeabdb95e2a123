"""What a reader can work out of hidden numbers: the attack that a shared bundle must withstand.

The attacker knows the inventory, hence what each hour is proportional to; which types of structure,
regimes and territories there are; every number shown, unrounded; that nothing is negative; and that a
hidden cell has one unit at least. All of it is linear in the quantities of the portfolio, and the
narrowest range of a hidden number is the answer of two linear programs. Quantities and numbers are
counted in shares of their true value, so that the truth is 1 everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from burden.report.shared.cells import Cells

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_NEGLIGIBLE = 1e-7
_SOLVED, _UNBOUNDED = 0, 3


@dataclass(frozen=True, eq=False)
class Range:
    """Into what range a number can be brought.

    Attributes
    ----------
    low, high : float
        In shares of the true value.
    told_by : frozenset of int
        The cells shown that set the range.
    worlds : tuple of arrays
        Quantities that agree with every number shown and reach the ends.
    """

    low: float
    high: float
    told_by: frozenset[int]
    worlds: tuple[Floats, ...] = field(repr=False)

    @property
    def width(self) -> float:
        """High less low, in shares of the true value."""
        return self.high - self.low


def shown_numbers(cells: Cells, hidden: Iterable[int]) -> Mask:
    """Which of ``cells.numbers`` stand in cells that are not hidden."""
    found: Mask = (cells.numbers["ever_shown"] & ~cells.numbers["cell"].isin(list(hidden))).to_numpy()
    return found


def reach(cells: Cells, shown: Mask, number: int) -> Range:
    """The narrowest range into which the numbers shown bring one number.

    Parameters
    ----------
    shown : array of bool
        Which of ``cells.numbers`` the attacker sees.
    number : int
        Position of the number attacked.
    """
    counted = _counted(cells)
    positions, floors = np.flatnonzero(shown), np.flatnonzero(~shown & counted)
    least = 1.0 / cells.numbers["value"].to_numpy()[floors]
    wanted = cells.shares[[number]].toarray().ravel()
    ends, told, worlds = [], set[int](), []
    for sign in (1.0, -1.0):
        best, world, duals = _least(sign * wanted, cells.shares[positions], cells.shares[floors], least)
        ends.append(sign * best)
        worlds += world
        told |= set(positions[np.abs(duals) > _NEGLIGIBLE].tolist())
    low, high = _readable(cells, np.array([number]), *(np.array([end]) for end in ends))
    told_by = frozenset(cells.numbers["cell"].to_numpy()[sorted(told)].tolist())
    return Range(float(low[0]), float(high[0]), told_by, tuple(worlds))


def _counted(cells: Cells) -> Mask:
    found: Mask = (cells.numbers["measure"] == "units").to_numpy()
    return found


def _least(
    wanted: Floats, seen: sparse.csr_array, least: sparse.csr_array, floors: Floats
) -> tuple[float, list[Floats], Floats]:
    """The least that a sum of quantities can be, quantities that make it, the dual of each number seen."""
    program = partial(
        linprog, wanted, A_eq=seen, b_eq=np.ones(seen.shape[0]), A_ub=-least, b_ub=-floors, method="highs"
    )
    # Presolve may not tell "no end" from "no solution", and the simplex may stall.
    for how in ({}, {"options": {"presolve": False}}, {"method": "highs-ipm"}):
        found = program(**how)
        if found.status == _UNBOUNDED:
            return -math.inf, [], np.zeros(seen.shape[0])
        if found.status == _SOLVED and found.fun is not None and found.x is not None:
            return float(found.fun), [found.x], np.asarray(found.eqlin.marginals, dtype=np.float64)
    # What is not proved to lie further off is taken to lie at the truth.
    return float(wanted.sum()), [], np.zeros(seen.shape[0])


def _readable(cells: Cells, numbers: npt.NDArray[np.int64], low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Units are whole: the range of a number of units ends on whole numbers."""
    value, whole = cells.numbers["value"].to_numpy()[numbers], _counted(cells)[numbers]
    up, down = np.ceil(low * value - _NEGLIGIBLE) / value, np.floor(high * value + _NEGLIGIBLE) / value
    return np.where(whole, up, low), np.where(whole, down, high)


class Doubt:
    """The numbers not yet known to be safe.

    Quantities that agree with what is shown still do once less is shown: the worlds found for one
    number settle many others, which need no program of their own.

    Parameters
    ----------
    numbers : iterable of int
        Positions of the numbers to be kept from the reader.
    width_share : float
        Width of the narrowest range allowed.
    """

    def __init__(self, cells: Cells, numbers: Iterable[int], width_share: float) -> None:
        self._cells, self._width = cells, width_share - _NEGLIGIBLE
        self._numbers = np.array(sorted(numbers), dtype=np.int64)
        self._shares = cells.shares[self._numbers]
        self._low, self._high = np.ones(len(self._numbers)), np.ones(len(self._numbers))

    def next(self) -> int | None:
        """A number still in doubt."""
        low, high = _readable(self._cells, self._numbers, self._low, self._high)
        left = np.flatnonzero(high - low < self._width)
        return int(self._numbers[left[-1]]) if len(left) else None

    def settles(self, number: int, found: Range) -> bool:
        """Take in an attack on a number; whether the number withstood it."""
        for world in found.worlds:
            reached = self._shares @ world
            self._low, self._high = np.minimum(self._low, reached), np.maximum(self._high, reached)
        withstood = found.width >= self._width
        if withstood:
            self.leave(number)
        return withstood

    def leave(self, number: int) -> None:
        """Look at a number no longer."""
        kept = self._numbers != number
        self._numbers, self._shares = self._numbers[kept], self._shares[kept]
        self._low, self._high = self._low[kept], self._high[kept]


def protected(cells: Cells) -> list[int]:
    """Positions of the numbers of sensitive cells, which a reader must not work out."""
    sensitive = cells.frame.index[cells.frame["sensitive"]]
    return np.flatnonzero(cells.numbers["cell"].isin(sensitive)).tolist()


def exposed(cells: Cells, shown: Mask, width_share: float) -> list[int]:
    """The sensitive numbers that can be brought into too narrow a range, or stand there for all to see."""
    doubt, found = Doubt(cells, protected(cells), width_share), []
    while (number := doubt.next()) is not None:
        if not doubt.settles(number, reach(cells, shown, number)):
            found.append(number)
            doubt.leave(number)
    return found
