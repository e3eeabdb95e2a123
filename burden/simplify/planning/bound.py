"""A weight below which no choice can be, for problems too large to be solved to the end.

Any prices π ≥ 0 on the rows ``A x ≥ low`` of the model give a bound (Lagrange)::

    low·π + Σ min(d, 0),   d = cost − Aᵀπ,   over the columns that are free (d for those fixed at 1)

whatever the prices and however they were found: no solver has to be trusted. Good prices are found
by the primal-dual hybrid gradient (Chambolle and Pock, *J. Math. Imaging Vision* 40, 2011), with the
diagonal steps of Pock and Chambolle (*ICCV* 2011), restarted from its averages (Applegate et al.,
*NeurIPS* 2021). The price of a row about a slot is counted in weights of that slot, which is what
makes a few hundred steps enough. The columns it ends with, between 0 and 1, say what to try.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from burden.simplify.planning.exact import Model, columns_of, model
from burden.simplify.planning.problem import Booleans, Floats, Integers, Problem

_OTHERS, _PACE = 10.0, 0.5
"""Price of a row about no slot, in mean slots, and steps in prices against those in columns (tried out)."""
_ROUNDING = 1e-10
"""Share of the sums that rounding may have added."""


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The model with columns between 0 and 1, and the lengths of the steps in prices and columns."""

    model: Model
    transposed: sparse.csr_array
    price_step: Floats
    column_step: Floats
    first_slot: int
    first_link: int
    slots: int
    links: Integers
    start_of_slot: Integers
    slot_with_links: Integers
    slot_of_link: Integers


def relaxation(problem: Problem) -> Relaxation:
    """The relaxation of a problem."""
    made, at = model(problem), columns_of(problem)
    transposed = sparse.csr_array(made.matrix.T)
    price = _prices(problem)
    other = _OTHERS * (price.mean() if len(price) else 1.0)
    scale = np.append(price, other)[made.row_slot]
    size = np.asarray(abs(made.matrix).sum(axis=1))
    magnitude = np.asarray(abs(transposed) @ scale)
    links = np.argsort(problem.slot, kind="stable")
    slot = problem.slot[links]
    start = np.flatnonzero(np.r_[True, slot[1:] != slot[:-1]][: len(slot)])
    return Relaxation(
        made,
        transposed,
        _PACE * scale / np.maximum(size, 1e-12),
        1.0 / (_PACE * np.maximum(magnitude, 1e-12)),
        at.collected,
        at.link,
        len(problem.tool),
        links,
        start,
        slot[start],
        problem.slot,
    )


def _prices(problem: Problem) -> Floats:
    """What the price of a row about each slot is likely to be near."""
    weight = np.abs(problem.collected_weight)
    typical = weight[weight > 0].mean() if (weight > 0).any() else 1.0
    return np.maximum(weight, 1e-3 * typical)


@dataclass(eq=False)
class Descent:
    """Where the search for prices stands; what it found best, and its bound."""

    relaxation: Relaxation
    columns: Floats
    prices: Floats
    best_prices: Floats
    bound: float = -np.inf
    steps: int = 0

    def __post_init__(self) -> None:
        self._columns, self._prices, self._since = np.zeros_like(self.columns), np.zeros_like(self.prices), 0

    @classmethod
    def of(cls, problem: Problem) -> Descent:
        """Begin with everything collected and no price."""
        relaxed, at = relaxation(problem), columns_of(problem)
        columns = np.zeros(at.end)
        columns[: at.link] = 1.0
        prices = np.zeros(len(relaxed.model.low))
        return cls(relaxed, columns, prices, prices)

    def step(self, count: int) -> None:
        """Take a few steps."""
        relaxed, made = self.relaxation, self.relaxation.model
        columns, prices = self.columns, self.prices
        value = relaxed.transposed @ prices
        for _ in range(count):
            new = np.clip(columns - relaxed.column_step * (made.cost - value), made.lower, made.upper)
            ahead = 2 * new - columns
            prices = np.maximum(prices + relaxed.price_step * (made.low - made.matrix @ ahead), 0.0)
            value, columns = relaxed.transposed @ prices, new
            self._columns += columns
            self._prices += prices
        self.steps += count
        self._since += count
        self.columns, self.prices = columns, prices

    def look(self) -> None:
        """Work out the bound of where the steps led and of their average; restart if it is time."""
        average = self._prices / max(self._since, 1)
        here, there = self._offer(self.prices), self._offer(average)
        if self._since >= max(80, 0.3 * self.steps):
            if there > here:
                self.columns, self.prices = self._columns / self._since, average
            self._columns, self._prices = np.zeros_like(self.columns), np.zeros_like(self.prices)
            self._since = 0

    def _offer(self, prices: Floats) -> float:
        value, better = bound(self.relaxation, prices)
        if value > self.bound:
            self.bound, self.best_prices = value, better
        return value

    @property
    def average(self) -> Floats:
        """Columns between 0 and 1, averaged since the last restart."""
        return self._columns / self._since if self._since else self.columns


def bound(relaxed: Relaxation, prices: Floats) -> tuple[float, Floats]:
    """The bound of some prices, those of serving each slot being set to the best there are."""
    made = relaxed.model
    prices = np.maximum(prices, 0.0)
    prices[: relaxed.slots] = 0.0
    left = made.cost - relaxed.transposed @ prices
    slots = slice(relaxed.first_slot, relaxed.first_slot + relaxed.slots)
    links = slice(relaxed.first_link, relaxed.first_link + len(relaxed.links))
    serving = left[slots].copy()
    if len(relaxed.links):
        lightest = np.minimum.reduceat(left[links][relaxed.links], relaxed.start_of_slot)
        serving[relaxed.slot_with_links] = np.minimum(serving[relaxed.slot_with_links], lightest)
    serving = np.maximum(serving, 0.0)
    prices[: relaxed.slots] = serving
    left[slots] -= serving
    left[links] -= serving[relaxed.slot_of_link]
    parts = made.low * prices, np.minimum(made.lower * left, made.upper * left)
    lost = _ROUNDING * sum(float(np.abs(p).sum()) for p in parts)
    return float(sum(float(p.sum()) for p in parts)) - lost, prices


def decided(relaxed: Relaxation, prices: Floats, slack: float) -> tuple[Booleans, Booleans]:
    """Free columns that must be 1, and those that must be 0, in whatever is better than bound + slack.

    A column on the other side of its reduced cost adds that much to the bound.
    """
    left = relaxed.model.cost - relaxed.transposed @ prices
    margin = slack * (1 + 1e-6) + 1e-9
    free = relaxed.model.lower < relaxed.model.upper
    return free & (left < -margin), free & (left > margin)
