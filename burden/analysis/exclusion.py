"""Which two obligations one unit can owe together: duties under exclusive regimes never meet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory, more_general


def compatible(inv: Inventory, a: pd.Series, b: pd.Series) -> npt.NDArray[np.bool_]:
    """Whether some unit, with its operator, can owe both obligations of each pair.

    Two duties exclude one another when one requires a tag that the other excludes, or a tag of
    the same regime but another (budget or EPRD), or when they fall on types neither of which is
    an instance of the other; an operator and its establishments can owe different things
    together. An obligation without duties is not known to be excluded from anything.

    Returns
    -------
    array of bool
        One value per pair.
    """
    duties = _duties(inv)
    classes, of_obligation = _classes(duties)
    lineage = {actor: more_general(inv, actor) for actor in inv.duties["actor_id"].unique()}
    known: dict[tuple[int, int], bool] = {}
    result = np.empty(len(a), dtype=bool)
    for i, (left, right) in enumerate(zip(a, b, strict=True)):
        key = (of_obligation.get(left, -1), of_obligation.get(right, -1))
        if key not in known:
            known[key] = -1 in key or any(_meet(lineage, x, y) for x in classes[key[0]] for y in classes[key[1]])
        result[i] = known[key]
    return result


_Duty = tuple[str, str, frozenset[str], frozenset[str], frozenset[tuple[str, str]]]


def _duties(inv: Inventory) -> dict[str, frozenset[_Duty]]:
    kind = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    regime = dict(zip(inv.tags["tag_id"], inv.tags["regime"].fillna(""), strict=True))
    gathered: dict[str, set[_Duty]] = {}
    for duty in inv.duties.itertuples():
        required = frozenset(t for t in str(duty.required_tags).split("|") if t)
        excluded = frozenset(t for t in str(duty.excluded_tags).split("|") if t)
        regimes = frozenset((regime[t], t) for t in required if regime.get(t))
        actor = str(duty.actor_id)
        gathered.setdefault(str(duty.obligation_id), set()).add(
            (actor, str(kind.get(actor, "")), required, excluded, regimes)
        )
    return {o: frozenset(d) for o, d in gathered.items()}


def _classes(duties: dict[str, frozenset[_Duty]]) -> tuple[list[frozenset[_Duty]], dict[str, int]]:
    distinct = list(dict.fromkeys(duties.values()))
    position = {d: i for i, d in enumerate(distinct)}
    return distinct, {o: position[d] for o, d in duties.items()}


def _meet(lineage: Mapping[str, list[str]], x: _Duty, y: _Duty) -> bool:
    if x[2] & y[3] or y[2] & x[3]:
        return False
    if any(r == s and t != u for r, t in x[4] for s, u in y[4]):
        return False
    if x[1] != y[1]:
        return {x[1], y[1]} == {"operator", "establishment"}
    return x[0] in lineage[y[0]] or y[0] in lineage[x[0]]
