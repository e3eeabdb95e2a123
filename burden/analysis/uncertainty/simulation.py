"""Draws of every group, block by block: memory depends on neither the draws nor the obligations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from burden.analysis.uncertainty import pert, scores
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells

Draws = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
_BLOCK = 1 << 22
"""Numbers held at once, per array."""
_TABLE, _PRICE, _RESPONDENT, _QUANTITY = 0, 1, 1 << 20, 1 << 40


def simulated(known: Cells, assumed: Assumptions) -> Iterator[tuple[Integers, Draws]]:
    """Groups and their draws, a block at a time; each group comes once.

    Yields
    ------
    groups : array of int
        Rows of ``known.groups``.
    draws : array of float, shape (groups, draws)
    """
    common = common_draws(known, assumed)
    size = max(1, _BLOCK // assumed.draws)
    count = len(known.groups)
    start = np.searchsorted(known.group, np.arange(count + 1))
    first = 0
    while first < count:
        last = max(first + 1, int(np.searchsorted(start, start[first] + size, side="right")) - 1)
        last = min(last, count)
        yield np.arange(first, last), _totals(known, common, assumed, start, first, last, size)
        first = last


def _totals(
    known: Cells, common: Common, assumed: Assumptions, start: Integers, first: int, last: int, size: int
) -> Draws:
    """Draws of consecutive groups; a group larger than a block is added up piece by piece."""
    total = np.zeros((last - first, assumed.draws), dtype=np.float32)
    for begin in range(start[first], start[last], size):
        piece = slice(begin, min(begin + size, start[last]))
        drawn = cell_draws(known, common, assumed, piece)
        group = known.group[piece] - first
        edges = np.flatnonzero(np.diff(group, prepend=-1))
        total[group[edges]] += np.add.reduceat(drawn, edges, axis=0)
    return total


@dataclass(frozen=True, eq=False)
class Common:
    """Draws of the factors that many cells share.

    Attributes
    ----------
    table : array of float, shape (draws,)
        Normal scores of the standard times.
    respondents : array of float, shape (respondents, draws)
        Normal scores of each type of respondent.
    quantities : array of float, shape (quantity_values, draws)
        Multiples of quantities; those of one type of respondent rise and fall together.
    price : array of float, shape (draws,)
        Multiples of the cost of an hour.
    """

    table: Draws
    respondents: Draws
    quantities: Draws
    price: Draws


def common_draws(known: Cells, assumed: Assumptions) -> Common:
    """Draw the factors that many cells share."""
    number = known.respondent_number

    def drawn(factors: Iterable[int]) -> Draws:
        rows = [scores.common(assumed.seed, factor, assumed.draws) for factor in factors]
        return np.array(rows, dtype=np.float32).reshape(-1, assumed.draws)

    return Common(
        table=drawn([_TABLE])[0],
        respondents=drawn(_RESPONDENT + int(a) for a in number),
        quantities=_at(known.quantity_values, drawn(_QUANTITY + int(a) for a in number[known.quantity_respondent])),
        price=_at(known.price_values[None], drawn([_PRICE]))[0],
    )


def cell_draws(known: Cells, common: Common, assumed: Assumptions, piece: slice) -> Draws:
    """Draws of some cells: own, respondent's and table's scores together, then what multiplies them."""
    table, respondent, own = weights(known.from_table[piece], assumed)
    factor, of_cell = np.unique(known.obligation[piece], return_inverse=True)
    score = scores.own(assumed.seed, factor, assumed.draws)[of_cell]
    score *= own[:, None]
    score += respondent[:, None] * common.respondents[known.respondent[piece]]
    score += table[:, None] * common.table
    drawn = _at(known.values[piece], score)
    if (counted := known.quantity[piece] >= 0).any():
        drawn[counted] *= common.quantities[known.quantity[piece][counted]]
    if not np.all(common.price == 1.0):
        drawn[known.priced[piece]] *= common.price
    return drawn


def weights(from_table: npt.NDArray[np.bool_], assumed: Assumptions) -> tuple[Draws, Draws, Draws]:
    """Weights of the table's, the respondent's and the obligation's own score, whose squares add to one."""
    table = np.where(from_table, assumed.table_share, 0.0)
    respondent = np.full(len(from_table), assumed.respondent_share)
    own = np.maximum(0.0, 1.0 - table - respondent)
    shares = (table, respondent, own)
    return tuple(np.sqrt(s).astype(np.float32) for s in shares)  # type: ignore[return-value]


def _at(values: npt.NDArray[np.float64], score: Draws) -> Draws:
    """Values at normal scores, each row between the points of its own grid."""
    step = np.float32((pert.SCORES - 1) / (2 * pert.LIMIT))
    position = (score + np.float32(pert.LIMIT)) * step
    np.clip(position, 0, np.float32(pert.SCORES - 1.001), out=position)
    below = position.astype(np.int32)
    position -= below
    below += (np.arange(len(values), dtype=np.int32) * pert.SCORES)[:, None]
    flat = values.astype(np.float32).ravel()
    # Kept in one expression of two gathers: the grid is small and stays in the cache.
    low = flat.take(below)
    below += 1
    high = flat.take(below)
    high -= low
    high *= position
    high += low
    return high
