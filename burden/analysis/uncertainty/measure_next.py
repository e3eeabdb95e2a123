"""What to measure next: the few inputs whose precision would narrow the total most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, cells
from burden.analysis.uncertainty.simulation import cell_draws, common_draws
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
_DEFAULT = Assumptions()
_WIDTH = (0.1, 0.9)


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

    Measuring an input replaces its draws by their mean. ``variance_share`` is the covariance of an
    obligation with the total over the variance of the total: over all obligations it adds up to one.

    Returns
    -------
    DataFrame
        At most ``count`` rows: ``input`` (``time`` of an obligation, ``number`` at a type of
        respondent), ``input_id``, ``mean`` (what it takes), ``variance_share`` (NaN for a
        number), ``p10`` and ``p90`` of the total once this one and those above it are measured,
        ``width_share`` of the range that is left.

    Examples
    --------
    >>> import burden as bd
    >>> measure_next(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    known = cells(inv, ptf, ["obligation_id"], measure, side)
    inputs = _inputs(known, assumed)
    return _chosen(inputs, count)


@dataclass(frozen=True, eq=False)
class _Inputs:
    """Draws of the total and of what each input adds to it."""

    total: Floats
    kinds: list[tuple[str, str]]
    means: Floats
    reductions: Floats
    covariances: Floats
    drawn: npt.NDArray[np.float32]


def _inputs(known: Cells, assumed: Assumptions) -> _Inputs:
    """What each obligation's time and each respondent's numbers add to the total, draw by draw."""
    names = known.groups["obligation_id"].tolist()
    kinds = [("time", str(o)) for o in names] + [("number", a) for a in known.respondents]
    drawn = np.zeros((len(kinds), assumed.draws), dtype=np.float32)
    common = common_draws(known, assumed)
    for cell in range(len(known.values)):
        value = cell_draws(known, common, assumed, slice(cell, cell + 1))[0]
        drawn[known.group[cell]] += value
        if (quantity := known.quantity[cell]) >= 0:
            multiple = common.quantities[quantity]
            drawn[len(names) + known.respondent[cell]] += value * (1 - multiple.mean() / multiple)
    total = drawn[: len(names)].sum(axis=0, dtype=np.float64)
    away = drawn - drawn.mean(axis=1, keepdims=True)
    covariances = away @ (total - total.mean()) / assumed.draws
    reductions = 2 * covariances - (away.astype(np.float64) ** 2).mean(axis=1)
    return _Inputs(total, kinds, drawn.mean(axis=1), reductions, covariances, away)


def _chosen(inputs: _Inputs, count: int) -> pd.DataFrame:
    variance = float(np.var(inputs.total))
    width = _spread(inputs.total)
    left, rows = inputs.total.copy(), []
    best = np.argsort(-inputs.reductions, kind="stable")
    for place in best[inputs.reductions[best] > 1e-9 * max(variance, 1e-300)][:count] if variance > 0 else []:
        kind, name = inputs.kinds[place]
        left = left - inputs.drawn[place]
        low, high = np.quantile(left, _WIDTH)
        is_time = kind == "time"
        rows.append((kind, name, float(inputs.means[place]) if is_time else np.nan,
                     float(inputs.covariances[place]) / variance if is_time else np.nan,
                     low, high, (high - low) / width))  # fmt: skip
    columns = ["input", "input_id", "mean", "variance_share", "p10", "p90", "width_share"]
    return pd.DataFrame(rows, columns=columns)


def _spread(total: Floats) -> float:
    low, high = np.quantile(total, _WIDTH)
    return float(high - low)
