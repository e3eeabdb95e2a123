"""Which factor a total's uncertainty comes from: first-order Sobol indices, worked out exactly.

Given the factors, a total is a sum of functions of one normal score each, so the mean of the total
given one factor is a sum of integrals, taken by Gauss–Hermite quadrature rather than by draws.
(Sobol, 1993; Saltelli et al., Global Sensitivity Analysis, 2008.)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.uncertainty import pert
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, cells
from burden.analysis.uncertainty.simulation import simulated, weights
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
_DEFAULT = Assumptions()
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


def contributions(
    inv: Inventory,
    ptf: Portfolio,
    *,
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Share of the variance of the total that each factor alone explains.

    Returns
    -------
    DataFrame
        One row per factor, largest first: ``factor`` (``standard_times``, ``respondent``,
        ``obligation``, ``quantity``, ``hourly_cost``, ``jointly``), ``factor_id`` (type of
        respondent or obligation) and ``variance_share``. ``jointly`` is what only several factors
        together explain; the shares add up to one. Nothing where nothing varies.

    Examples
    --------
    >>> import burden as bd
    >>> contributions(bd.example("four-tools"), bd.example_portfolio("four-tools"))["factor"].tolist()
    []
    """
    known = cells(inv, ptf, (), measure, side)
    total = next((drawn[0] for _, drawn in simulated(known, assumed)), np.zeros(1))
    variance = float(np.var(total, dtype=np.float64))
    if variance <= 1e-12 * float(np.mean(total, dtype=np.float64)) ** 2:
        return pd.DataFrame({"factor": pd.Series(dtype="str"), "factor_id": pd.Series(dtype="str"),
                             "variance_share": pd.Series(dtype="float64")})  # fmt: skip
    rows = [(factor, name, part / variance) for factor, name, part in _parts(inv, known, assumed) if part > 0]
    frame = pd.DataFrame(rows, columns=["factor", "factor_id", "variance_share"])
    frame = frame.sort_values("variance_share", ascending=False, kind="stable")
    jointly = pd.DataFrame({"factor": ["jointly"], "factor_id": [""],
                            "variance_share": [1.0 - frame["variance_share"].sum()]})  # fmt: skip
    return pd.concat([frame, jointly], ignore_index=True)


def _parts(inv: Inventory, known: Cells, assumed: Assumptions) -> list[tuple[str, str, float]]:
    """Variance of the mean of the total given each factor."""
    shares = weights(known.from_table, assumed)
    mean = _mean_given(known.values, np.zeros(len(known.values)))[:, 0]
    multiple = _multiple_means(known)
    table, respondent, own = (_mean_given(known.values, w.astype(np.float64)) * multiple[:, None] for w in shares)
    rows = [("standard_times", "", _variance(table.sum(axis=0)))]
    rows += [
        ("respondent", name, _variance(respondent[known.respondent == a].sum(axis=0)))
        for a, name in enumerate(known.respondents)
    ]
    names = inv.obligations["obligation_id"].to_numpy()
    for place in np.unique(known.obligation):
        rows.append(("obligation", str(names[place]), _variance(own[known.obligation == place].sum(axis=0))))
    return rows + _multiples(known, mean, multiple)


def _multiples(known: Cells, mean: Floats, multiple: Floats) -> list[tuple[str, str, float]]:
    """Variance that quantities and the cost of an hour explain."""
    priced = np.where(known.priced, _mean(known.price_values[None])[0], 1.0)
    rows = []
    for a, name in enumerate(known.respondents):
        rows_of = np.flatnonzero(known.quantity_respondent == a)
        counted = [(known.quantity == q) @ (mean * priced) * known.quantity_values[q] for q in rows_of]
        rows.append(("quantity", name, _variance_on_grid(np.sum(counted, axis=0)) if counted else 0.0))
    price = known.price_values * float((mean * multiple / priced)[known.priced].sum())
    return [*rows, ("hourly_cost", "", _variance_on_grid(price))]


def _multiple_means(known: Cells) -> Floats:
    """Mean of what multiplies each cell."""
    quantity = np.append(_mean(known.quantity_values), 1.0)[known.quantity]
    return np.asarray(quantity * np.where(known.priced, _mean(known.price_values[None])[0], 1.0))


def _mean_given(values: Floats, weight: Floats) -> Floats:
    """Mean of each cell given a score of weight ``weight``: one row per cell, one column per node."""
    found = np.empty((len(values), len(_NODES)))
    for w in np.unique(weight):
        points = w * _NODES[:, None] + np.sqrt(max(0.0, 1.0 - w**2)) * _NODES[None, :]
        on_grid = np.array([_interpolation(row).T @ _WEIGHTS for row in points])
        chosen = weight == w
        found[chosen] = values[chosen] @ on_grid.T
    return found


def _interpolation(scores: Floats) -> Floats:
    """Weights of the grid points at each score: one row per score."""
    position = np.clip((scores + pert.LIMIT) / (2 * pert.LIMIT), 0, 1) * (pert.SCORES - 1)
    below = np.minimum(position.astype(int), pert.SCORES - 2)
    weight = np.zeros((len(scores), pert.SCORES))
    rows = np.arange(len(scores))
    weight[rows, below] = 1.0 - (position - below)
    weight[rows, below + 1] = position - below
    return weight


def _mean(values: Floats) -> Floats:
    return np.asarray(values @ (_interpolation(_NODES).T @ _WEIGHTS))


def _variance(at_nodes: Floats) -> float:
    return float(_WEIGHTS @ at_nodes**2 - (_WEIGHTS @ at_nodes) ** 2)


def _variance_on_grid(values: Floats) -> float:
    return _variance(_interpolation(_NODES) @ values)
