"""What does not depend on size, and what that costs a small structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.ledger import BOUNDS
from burden.analysis.size.parts import PARTS, growing, parts, sizes
from burden.model.cells import nearest
from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame
from burden.model.profiles import quantities
from burden.model.reshape import resized

HOURS = [f"hours_per_year{b}" for b in BOUNDS]
FACTORS = tuple(float(f) for f in np.unique([*np.geomspace(0.1, 1.0, 11), *np.geomspace(1.0, 4.0, 7)]))
"""From a tenth of the size to four times it, the size itself among them."""

_JUST_BELOW, _JUST_AT = 1.0 - 1e-9, 1.0 + 1e-12


def fixed_and_variable(
    inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ("operator_id",), built: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Hours that do not depend on size, and those that do, of the one who answers.

    Parameters
    ----------
    by : sequence of str
        Columns of the units to keep apart; none gives the whole portfolio.
    built : DataFrame, optional
        A ledger of the same inventory and portfolio with these columns; worked out when absent.

    Returns
    -------
    DataFrame
        One row per group: the ``by`` columns, ``hours_per_year`` and its parts ``fixed_h``,
        ``member_h`` and ``event_h`` (see :data:`~burden.analysis.size.parts.PARTS`), each with
        bounds; ``fixed_share`` with bounds (the low one takes the low fixed hours and the high
        others); ``rows_unmeasured`` and, of these, ``fixed_unmeasured``. A part that nothing
        makes is 0; one of which nothing is measured is NaN. One-off hours are left out.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> fixed_and_variable(inv, ptf)["fixed_share"].tolist()
    [1.0]
    """
    by = list(by)
    frame = ledger.build(inv, ptf, by=by) if built is None else built
    own = frame[frame["side"] == "respondent"]
    untimed = own[["hours_per_year", "once_h"]].isna().any(axis=1)
    own = own.assign(part=own["population_id"].map(parts(inv)), unmeasured=untimed.astype("int64"))
    keys = [own[c] for c in by] if by else [pd.Series(0, index=own.index)]
    told = own.groupby(keys, dropna=False, sort=True)[HOURS].sum(min_count=1)
    told["rows_unmeasured"] = own.groupby(keys, dropna=False, sort=True)["unmeasured"].sum()
    for part in PARTS:
        rows = own[own["part"] == part]
        grouped = rows.groupby([k.loc[rows.index] for k in keys], dropna=False, sort=True)
        sums = grouped[HOURS].sum(min_count=1)
        # Nothing of this part falls on the group: a known zero.
        absent = told.index.difference(sums.index)
        sums = sums.reindex(told.index)
        sums.loc[absent] = 0.0
        told[[f"{part}_h{b}" for b in BOUNDS]] = sums.to_numpy()
        if part == "fixed":
            told["fixed_unmeasured"] = grouped["unmeasured"].sum().reindex(told.index).fillna(0).astype("int64")
    told = _with_share(told).reset_index(drop=not by)
    kept = [f"{part}_h{b}" for part in PARTS for b in BOUNDS]
    shares = [f"fixed_share{b}" for b in BOUNDS]
    return told[[*by, *HOURS, *kept, *shares, "rows_unmeasured", "fixed_unmeasured"]]


def _with_share(told: pd.DataFrame) -> pd.DataFrame:
    """The fixed part of the hours; the rest is taken at its other end for the bounds."""
    for bound, other in zip(BOUNDS, reversed(BOUNDS), strict=True):
        fixed = told[f"fixed_h{bound}"]
        whole = fixed + told[[f"member_h{other}", f"event_h{other}"]].sum(axis=1)
        told[f"fixed_share{bound}"] = (fixed / whole).where(whole > 0)
    return told


def curve(
    inv: Inventory,
    ptf: Portfolio,
    unit_id: str,
    *,
    factors: Iterable[float] | None = None,
    per: str = "staff",
    each: float = 10.0,
) -> pd.DataFrame:
    """The same structure smaller and larger: hours by size, and what the fixed ones make of them.

    Its places, persons, staff and events are multiplied; what it has one of stays. Thresholds
    apply by themselves. Unless factors are given, both sides of every threshold are among them.

    Parameters
    ----------
    unit_id : str
        A unit; an operator is taken with all its services, all multiplied alike, a service alone.
    factors : iterable of float, optional
        Multiples of the size; :data:`FACTORS` and the thresholds between them when absent.
    per : str
        Population that size is counted in: ``staff``, ``person``, ``place``…
    each : float
        Members for which ``hours_each`` is given: ten staff, one place.

    Returns
    -------
    DataFrame
        One row per factor: ``unit_id``, ``factor``, ``population_id``, ``size`` (NaN when
        unknown), ``hours_per_year``, ``fixed_h``, ``hours_each`` and ``fixed_each`` (for ``each``
        members) with bounds, ``fixed_share``, ``obligations`` that occur, ``starts`` and ``stops``
        (those that occur or no longer occur, compared with the factor before, joined by ``|``),
        ``rows_unmeasured``.

    Raises
    ------
    KeyError
        If the unit is not in the portfolio.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> found = curve(inv, ptf, ptf.units["unit_id"].iloc[0], factors=[0.5, 1.0], per="place", each=1)
    >>> found["hours_per_year"].round(2).tolist()
    [3.04, 3.04]
    """
    structure = structure_of(inv, ptf, unit_id)
    multiples = sorted(set(_all_factors(inv, structure) if factors is None else factors))
    copies = at_sizes(inv, ptf, unit_id, multiples)
    names = [str(i) for i in range(len(multiples))]
    hours = fixed_and_variable(inv, copies, by=["operator_id"]).set_index("operator_id").reindex(names)
    members = hours.index.to_series().map(_size(inv, copies, per)).to_numpy(dtype=float)
    starts, stops, count = _changes(inv, copies, names)
    frame = hours.reset_index(drop=True).assign(
        unit_id=unit_id, factor=multiples, population_id=per, size=members, each=each, obligations=count,
        starts=starts, stops=stops,
    )  # fmt: skip
    for bound in BOUNDS:
        whole = frame["size"].where(frame["size"] > 0)
        frame[f"hours_each{bound}"] = frame[f"hours_per_year{bound}"] * each / whole
        frame[f"fixed_each{bound}"] = frame[f"fixed_h{bound}"] * each / whole
    measures = [f"{m}{b}" for m in ("hours_per_year", "fixed_h", "hours_each", "fixed_each") for b in BOUNDS]
    first = ["unit_id", "factor", "population_id", "size", "each"]
    return frame[[*first, *measures, "fixed_share", "obligations", "starts", "stops", "rows_unmeasured"]]


def structure_of(inv: Inventory, ptf: Portfolio, unit_id: str) -> Portfolio:
    """One unit, or an operator with all its services.

    Returns
    -------
    Portfolio
        That structure alone.

    Raises
    ------
    KeyError
        If it is neither a unit nor an operator of the portfolio.
    """
    units = ptf.units
    whole = units["operator_id"] == unit_id
    own = units["unit_id"] == unit_id
    if not (own | whole).any():
        guess = nearest(unit_id, {*units["unit_id"], *units["operator_id"]})
        hint = f": did you mean {guess!r}?" if guess else ""
        raise KeyError(f"unit {unit_id!r} is not in the portfolio{hint}")
    if (own & is_operator(inv, units)).any():
        whole = units["operator_id"] == units.loc[own, "operator_id"].iloc[0]
    return portfolio_from_frame(unit_id, units[whole if whole.any() else own])


def at_sizes(inv: Inventory, ptf: Portfolio, unit_id: str, factors: Sequence[float]) -> Portfolio:
    """One structure at several sizes: a portfolio in which each copy is an operator of its own.

    Returns
    -------
    Portfolio
        The operator of a copy is named by its place among the factors (``0``, ``1``…).

    Raises
    ------
    KeyError
        If the unit is not in the portfolio.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> at_sizes(inv, ptf, ptf.units["unit_id"].iloc[0], [0.5, 1.0]).units["operator_id"].tolist()
    ['0', '1']
    """
    structure = structure_of(inv, ptf, unit_id)
    populations = growing(inv, structure)
    frames = []
    for i, factor in enumerate(factors):
        units = resized(structure, factor, populations=populations).units
        frames.append(units.assign(operator_id=str(i), unit_id=units["unit_id"] + f"@{i}"))
    return portfolio_from_frame(structure.name, pd.concat(frames, ignore_index=True))


def _all_factors(inv: Inventory, structure: Portfolio) -> list[float]:
    """The usual factors, and both sides of every threshold that one of the units crosses between them."""
    numbers = quantities(inv, structure)
    types = [set(more_general(inv, a)) for a in structure.units["actor_id"]]
    found = list(FACTORS)
    sized = inv.duties[inv.duties["threshold_population_id"].notna()]
    for duty in sized.to_dict("records"):
        for limit in (duty["threshold_minimum"], duty["threshold_maximum"]):
            for row, lineage in enumerate(types):
                size = numbers[str(duty["threshold_population_id"])].iloc[row]
                if duty["actor_id"] in lineage and pd.notna(limit) and size > 0:
                    factor = float(limit) / size
                    found += [f for f in (factor * _JUST_BELOW, factor * _JUST_AT) if FACTORS[0] < f < FACTORS[-1]]
    return found


def _size(inv: Inventory, ptf: Portfolio, population: str) -> dict[str, float]:
    """Size of each operator: what its own row says or adds up, else the sum over its units."""
    members = sizes(quantities(inv, ptf), population)
    units = ptf.units
    own_row = is_operator(inv, units)
    summed = members.groupby(units["operator_id"]).agg(lambda n: n.sum(skipna=False))
    own = members[own_row].groupby(units.loc[own_row, "operator_id"]).first()
    return {str(o): float(own.get(o, n)) for o, n in summed.items()}


def _changes(inv: Inventory, copies: Portfolio, names: Sequence[str]) -> tuple[list[str], list[str], list[int]]:
    """Obligations that start and that stop at each size, and how many occur."""
    often = ledger.occurrences(inv, copies, by=["operator_id"])
    occurs = often[often["quantity"].isna() | (often["quantity"] > 0)]
    held = occurs.groupby("operator_id")["obligation_id"].agg(set)
    due: list[set[str]] = [held.get(name, set()) for name in names]
    order = list(inv.obligations["obligation_id"])
    before = [due[0], *due[:-1]] if due else []
    starts = ["|".join(o for o in order if o in now - then) for now, then in zip(due, before, strict=True)]
    stops = ["|".join(o for o in order if o in then - now) for now, then in zip(due, before, strict=True)]
    return starts, stops, [len(d) for d in due]
