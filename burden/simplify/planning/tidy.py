"""Among the choices of one weight, the one that asks least of others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import highspy
import numpy as np

from burden.simplify.planning.exact import Found, columns_of, handed, model, rounded
from burden.simplify.planning.formulation import Formulation
from burden.simplify.planning.problem import faults, lean, weight

EFFORT: Mapping[str, float] = MappingProxyType(
    {
        "local_practice": 1,
        "convention": 1,
        "circular": 2,
        "order": 4,
        "decree": 8,
        "unknown": 8,
        "law": 16,
        "eu_law": 64,
    }
)
"""How hard an act of each level is to move: only their order matters, no hour hangs on it."""

_REUSE = {"moved": 0.0, "same": 0.001, "derivable": 0.002, "harmonise": 0.003}
_LARGEST = 5_000


def tidied(stated: Formulation, found: Found) -> Found:
    """The same weight with the fewest and lowest acts and gateways, and the surest sources.

    A problem of more than 5,000 links, or one whose optimum is not proven, stays as it is.
    """
    problem = stated.problem
    if found.stopped != "optimal" or len(problem.slot) > _LARGEST:
        return found
    made, at = model(problem), columns_of(problem)
    effort = np.zeros(at.end)
    effort[at.link : at.permit] = stated.links["reuse"].map(_REUSE).to_numpy(dtype=float)
    effort[at.permit :] = stated.permits["level"].map(EFFORT).fillna(1.0).to_numpy(dtype=float)
    solver = handed(made, cost=effort)
    chosen = np.flatnonzero(made.cost)
    most = found.best + 1e-9 * max(1.0, abs(found.best))
    solver.addRow(-highspy.kHighsInf, most, len(chosen), chosen.astype(np.int32), made.cost[chosen])
    solver.run()
    column = solver.getSolution().col_value
    if not len(column):
        return found
    choice = lean(problem, rounded(problem, np.asarray(column)))
    same = weight(problem, choice) <= most + 1e-9 and not faults(problem, choice)
    return (
        Found(choice, weight(problem, choice), min(found.bound, weight(problem, choice)), found.stopped)
        if same
        else found
    )
