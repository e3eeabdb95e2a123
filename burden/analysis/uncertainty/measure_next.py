"""What to measure next: the few inputs whose precision would narrow the total most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, cells
from burden.analysis.uncertainty.simulation import Common, Draws, cell_draws, common_draws
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
_DEFAULT = Assumptions()
_WIDTH = (0.1, 0.9)
_OF_CELLS = ("group", "obligation", "respondent", "from_table", "quantity", "priced", "values")
_LEAST = 1e-9
"""Part of the range below which what goes is rounding."""


def measure_next(
    inv: Inventory,
    ptf: Portfolio,
    *,
    count: int = 5,
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Inputs to measure, the one that would narrow the total most first.

    Measuring an input replaces its draws by their mean, and nothing else: a time that is measured
    is still multiplied by a number that is drawn, a number still multiplies times that are drawn,
    and the cost of an hour, which no measurement of a respondent tells, stays drawn. Each row takes
    the input that narrows most what the rows above it leave, so ``width_share`` never rises; inputs
    that would narrow nothing are not given.

    Returns
    -------
    DataFrame
        At most ``count`` rows: ``input`` (``time`` of an obligation, with what it pays to others
        where euros are asked for; ``number`` at a type of respondent), ``input_id``, ``mean`` (what
        the obligation takes a year, NaN for a number), ``variance_share`` (covariance of the
        obligation, its numbers drawn too, with the total over the variance of the total: over all
        obligations it adds up to one; NaN for a number), ``p10`` and ``p90`` of the total once this
        one and those above it are measured, ``width_share`` of today's range that is left.

    Notes
    -----
    Draws of one obligation at a time are held, and those of the respondents: memory does not grow
    with the obligations. Each row goes once over all of them.

    Examples
    --------
    >>> import burden as bd
    >>> measure_next(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    return _chosen(_drawn(cells(inv, ptf, ["obligation_id"], measure, side), assumed), count)


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What every step draws from.

    ``times`` are the cells of ``known`` without what multiplies their times, ``first`` the first
    cell of each obligation, ``multiples`` the draws of quantities and their means.
    """

    known: Cells
    times: Cells
    first: npt.NDArray[np.int64]
    common: Common
    multiples: Draws
    mean_multiples: Draws
    assumed: Assumptions

    def cells_of(self, obligation: int) -> slice:
        return slice(*self.first[obligation : obligation + 2])

    def total_of(self, obligation: int) -> Floats:
        drawn = cell_draws(self.known, self.common, self.assumed, self.cells_of(obligation))
        return np.asarray(drawn.sum(axis=0, dtype=np.float64))


@dataclass(frozen=True, eq=False)
class _Measured:
    """Which times, by obligation, and which numbers, by respondent, are measured already."""

    times: npt.NDArray[np.bool_]
    numbers: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Step:
    """An input and the total once it is measured."""

    kind: str
    place: int
    p10: float
    p90: float
    left: Floats


def _drawn(every: Cells, assumed: Assumptions) -> _Drawn:
    # What takes nothing adds nothing, drawn or not: a third of a real inventory (identifiers).
    some = every.values.any(axis=1)
    known = replace(every, **{name: getattr(every, name)[some] for name in _OF_CELLS})
    common = common_draws(known, assumed)
    # The last row, where −1 points, multiplies what has a certain number.
    multiples = np.append(common.quantities, np.ones((1, assumed.draws), dtype=np.float32), axis=0)
    certain = np.full_like(known.quantity, -1)
    return _Drawn(
        known=known,
        times=replace(known, quantity=certain, priced=np.zeros_like(known.priced)),
        first=np.searchsorted(known.group, np.arange(len(known.groups) + 1)),
        common=common,
        multiples=multiples,
        mean_multiples=_mean(multiples),
        assumed=assumed,
    )


def _chosen(drawn: _Drawn, count: int) -> pd.DataFrame:
    names, respondents = drawn.known.groups["obligation_id"].tolist(), drawn.known.respondents
    measured = _Measured(np.zeros(len(names), dtype=bool), np.zeros(len(respondents), dtype=bool))
    total = sum((drawn.total_of(o) for o in range(len(names))), np.zeros(drawn.assumed.draws))
    rows: list[tuple[str | float, ...]] = []
    left, today = total, _spread(total)
    width = today
    while len(rows) < count and (step := _best(drawn, measured, left, width - _LEAST * today)):
        left, width = step.left, step.p90 - step.p10
        is_time = step.kind == "time"
        (measured.times if is_time else measured.numbers)[step.place] = True
        name = str(names[step.place]) if is_time else respondents[step.place]
        worth = _worth(drawn.total_of(step.place), total) if is_time else (np.nan, np.nan)
        rows.append((step.kind, name, *worth, step.p10, step.p90, width / today))
    columns = ["input", "input_id", "mean", "variance_share", "p10", "p90", "width_share"]
    return pd.DataFrame(rows, columns=columns)


def _best(drawn: _Drawn, measured: _Measured, left: Floats, width: float) -> _Step | None:
    """The input whose measurement leaves the narrowest range, if narrower than ``width``."""
    best = None
    for kind, place, removed in _removed(drawn, measured):
        after = left - removed
        low, high = (float(q) for q in np.quantile(after, _WIDTH))
        if high - low < width:
            best, width = _Step(kind, place, low, high, after), high - low
    return best


def _removed(drawn: _Drawn, measured: _Measured) -> Iterator[tuple[str, int, Draws]]:
    """What each input not measured yet would take away from the total, draw by draw."""
    known = drawn.known
    # Of a time and its number that are both measured, what they take away together goes once.
    counted = np.append(measured.numbers[known.quantity_respondent], False)[:, None]
    multiples = np.where(counted, drawn.mean_multiples, drawn.multiples)
    multiplied = np.zeros_like(multiples)
    for obligation in range(len(known.groups)):
        piece = drawn.cells_of(obligation)
        time, mean = _times(drawn, piece)
        for quantity, row in zip(known.quantity[piece], mean if measured.times[obligation] else time, strict=True):
            multiplied[quantity] += row
        if not measured.times[obligation]:
            time -= mean
            time *= multiples[known.quantity[piece]]
            yield "time", obligation, time.sum(axis=0)
    multiplied *= drawn.multiples - drawn.mean_multiples
    for respondent in np.flatnonzero(~measured.numbers):
        yield "number", int(respondent), multiplied[:-1][known.quantity_respondent == respondent].sum(axis=0)


def _times(drawn: _Drawn, piece: slice) -> tuple[Draws, Draws]:
    """Draws of the times of some cells, and their means, at the cost of an hour where it multiplies them."""
    time = cell_draws(drawn.times, drawn.common, drawn.assumed, piece)
    mean = np.repeat(_mean(time), drawn.assumed.draws, axis=1)
    for each in (time, mean):
        each[drawn.known.priced[piece]] *= drawn.common.price
    return time, mean


def _mean(draws: Draws) -> Draws:
    """Mean of each row, kept as a column."""
    return np.asarray(draws.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32))


def _worth(own: Floats, total: Floats) -> tuple[float, float]:
    """Mean of an obligation, and its share of the variance of the total."""
    away = total - total.mean()
    return float(own.mean()), float(own @ away) / float(away @ away)


def _spread(total: Floats) -> float:
    low, high = np.quantile(total, _WIDTH)
    return float(high - low)
