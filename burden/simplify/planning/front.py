"""What more acts would bring: hours saved against how many texts, and how high, must change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from burden.simplify.planning.exact import Found, Watch
from burden.simplify.planning.formulation import ALL, Formulation, Terms, by_level, limited
from burden.simplify.planning.plan import Plan
from burden.simplify.planning.problem import Choice, weight
from burden.simplify.planning.rules import BINDING, UNKNOWN
from burden.simplify.planning.search import search
from burden.simplify.planning.tidy import tidied

LEVELS = ("nothing", "agreement", "order", "decree", "law")
"""Highest level of what may change. Practice, circulars and contracts may: who made them can change
them. ``nothing`` opens no gateway either, ``agreement`` those that take a convention.
"""


def front(plan: Plan, *, seconds: float = np.inf, watch: Watch | None = None) -> pd.DataFrame:
    """The best plan for each number of acts, and for each level up to which texts may change.

    Everything else is allowed as in the plan given. Numbers of acts grow as 0, 1, 2, 3, 5, 8 and so
    on, up to those of the plan.

    Parameters
    ----------
    seconds : float
        Time for each point.

    Returns
    -------
    DataFrame
        One row per point: ``by`` (``acts`` or ``level``), ``allowed`` (a number, or one of
        :data:`LEVELS`), ``acts`` amended (law and regulation), ``gateways`` opened, ``saved`` (a
        year of the transition taken off), ``bound_saved`` (no plan on these terms saves more),
        ``gap``.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> front(bd.simplify.plan(inv, ptf))["saved"].round(2).tolist()
    [0.33, 0.37, 0.17, 0.33, 0.33, 0.33, 0.33]
    """
    rows = []
    last: Choice | None = None
    for by, allowed, terms in _points(plan):
        stated = limited(plan.stated, terms)
        # What few acts allow, more acts allow as well.
        found = search(stated.problem, seconds=seconds, start=last if by == "acts" else None, watch=watch)
        found = tidied(stated, found)
        last = found.choice
        rows.append({"by": by, "allowed": allowed, **_used(stated, found.choice), **_saved(stated, found)})
    return pd.DataFrame(rows).astype({"allowed": "str"})


def _points(plan: Plan) -> Iterator[tuple[str, object, Terms]]:
    acts, gateways = by_level(plan.terms.max_acts), by_level(plan.terms.max_gateways)
    many = int(plan.acts["level"].isin([*BINDING, UNKNOWN]).sum())
    for number in _growing(many):
        yield "acts", number, replace(plan.terms, max_acts=acts | {ALL: number})
    for place, level in enumerate(LEVELS):
        allowed = LEVELS[2 : place + 1]
        barred = {name: 0 for name in (*BINDING, UNKNOWN) if name not in allowed}
        closed = barred | ({"convention": 0} if level == "nothing" else {})
        yield "level", level, replace(plan.terms, max_acts=acts | barred, max_gateways=gateways | closed)


def _growing(many: int) -> list[int]:
    """0, 1, 2, 3, 5, 8 … and the last.

    Examples
    --------
    >>> _growing(10)
    [0, 1, 2, 3, 5, 8, 10]
    """
    numbers, following = [0], (1, 2)
    while following[0] < many:
        numbers.append(following[0])
        following = (following[1], sum(following))
    return list(dict.fromkeys([*numbers, many]))


def _used(stated: Formulation, choice: Choice) -> dict[str, int]:
    used = stated.permits[choice.permits]
    binding = used["level"].isin([*BINDING, UNKNOWN]) & (used["kind"] == "act")
    return {"acts": int(binding.sum()), "gateways": int((used["kind"] == "gateway").sum())}


def _saved(stated: Formulation, found: Found) -> dict[str, float]:
    today = stated.problem.today
    return {"saved": today - weight(stated.problem, found.choice), "bound_saved": today - found.bound, "gap": found.gap}
