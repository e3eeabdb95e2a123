"""Other portfolios from one: other regimes, operators grouped or split, other sizes.

Each function gives a new portfolio and leaves its own as it was. Nothing here changes an
inventory: what is owed follows from the tags and quantities of the units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame


def retagged(
    ptf: Portfolio,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    units: Iterable[str] | None = None,
) -> Portfolio:
    """The units with tags added and removed.

    Parameters
    ----------
    units : iterable of str, optional
        Units that change; all of them when absent.

    Raises
    ------
    KeyError
        If a unit is not in the portfolio.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["u"], "operator_id": ["o"], "actor_id": ["mecs"], "tags": ["budget"]})
    >>> ptf = portfolio_from_frame("one", units)
    >>> retagged(ptf, add=["eprd", "cpom"], remove=["budget"]).units["tags"].item()
    'cpom|eprd'
    """
    frame = ptf.units
    chosen = _chosen(frame, "unit_id", units)
    gone, more = set(remove), set(add)
    frame["tags"] = [
        "|".join(sorted((set(tags.split("|")) - {""} - gone) | more)) if change else tags
        for tags, change in zip(frame["tags"], chosen, strict=True)
    ]
    return portfolio_from_frame(ptf.name, frame)


def resized(ptf: Portfolio, factor: float, *, populations: Iterable[str] | None = None) -> Portfolio:
    """The units with their quantities multiplied: the same structure, smaller or larger.

    Parameters
    ----------
    populations : iterable of str, optional
        Quantities that change with size; every one when absent.

    Raises
    ------
    ValueError
        If the factor is negative.
    """
    if factor < 0:
        raise ValueError(f"a size cannot be multiplied by {factor}")
    frame = ptf.units
    columns = list(ptf.populations if populations is None else populations)
    changed = pd.concat([frame.drop(columns=columns), frame[columns] * factor], axis=1)
    return portfolio_from_frame(ptf.name, changed[list(frame)])


def grouped(
    inv: Inventory,
    ptf: Portfolio,
    operators: Iterable[str],
    *,
    into: str,
    quantities: Mapping[str, float] | None = None,
) -> Portfolio:
    """Several operators as one: their units under one name, their own rows added up into one.

    Parameters
    ----------
    operators : iterable of str
        Identifiers of the operators to group.
    into : str
        Identifier of the operator that results.
    quantities : mapping, optional
        Numbers of the resulting operator that are not the sum of those before: one CPOM, say,
        where there were three.

    Returns
    -------
    Portfolio
        The resulting operator has every tag of those before; a number that one of them does not
        know is unknown.

    Raises
    ------
    KeyError
        If an operator is not in the portfolio.
    """
    frame = ptf.units
    chosen = _chosen(frame, "operator_id", operators)
    frame.loc[chosen, "operator_id"] = into
    own = chosen & is_operator(inv, frame)
    if not own.any():
        return portfolio_from_frame(ptf.name, frame)
    rows = frame[own]
    one = rows.iloc[[0]].assign(unit_id=into, name=None, evidence="assumed", source_id=None, note=None)
    one["tags"] = "|".join(sorted({t for tags in rows["tags"] for t in tags.split("|") if t}))
    one[ptf.populations] = rows[ptf.populations].sum(skipna=False).to_numpy()
    for population, number in (quantities or {}).items():
        one[population] = number
    return portfolio_from_frame(ptf.name, pd.concat([one, frame[~own]], ignore_index=True))


def split(inv: Inventory, ptf: Portfolio, operator: str, parts: Mapping[str, Iterable[str]]) -> Portfolio:
    """One operator as several: each takes some units, and a row of its own.

    Numbers of the operator's own row (staff, grants, agreements) are shared out in equal parts.

    Parameters
    ----------
    parts : mapping of str to iterable of str
        New operator → its units; every unit of the operator must be in one of them.

    Raises
    ------
    KeyError
        If the operator or a unit is not in the portfolio.
    ValueError
        If a unit of the operator is in no part, or in two.
    """
    frame = ptf.units
    of_operator = _chosen(frame, "operator_id", [operator])
    own = of_operator & is_operator(inv, frame)
    new = [(unit, name) for name, units in parts.items() for unit in units]
    below = frame.loc[of_operator & ~own, "unit_id"].tolist()
    if sorted(unit for unit, _ in new) != sorted(below):
        raise ValueError(f"each unit of {operator!r} must be in one part: {', '.join(sorted(below))}")
    owner = dict(new)
    frame["operator_id"] = [owner.get(u, o) for u, o in zip(frame["unit_id"], frame["operator_id"], strict=True)]
    rows = [frame[own].assign(unit_id=name, operator_id=name) for name in parts]
    for row in rows:
        row[ptf.populations] = row[ptf.populations] / len(parts)
    return portfolio_from_frame(ptf.name, pd.concat([*rows, frame[~own]], ignore_index=True))


def _chosen(frame: pd.DataFrame, column: str, wanted: Iterable[str] | None) -> pd.Series:
    if wanted is None:
        return pd.Series(np.ones(len(frame), dtype=bool), index=frame.index)
    names, known = list(wanted), set(frame[column])
    if missing := [n for n in names if n not in known]:
        raise KeyError(f"{column} {missing[0]!r} is not in the portfolio")
    return frame[column].isin(names)
