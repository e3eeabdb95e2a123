"""Hours for one place, one person supported, ten staff: what each size bears."""

from __future__ import annotations

import pandas as pd

from burden.analysis import ledger
from burden.analysis.size.alike import alike, portions
from burden.analysis.size.parts import sizes
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame
from burden.model.profiles import quantities

_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
PER = {"place": ("h_per_place", 1.0), "person": ("h_per_person", 1.0), "staff": ("h_per_10_staff", 10.0)}
"""Population → name of the hours for so many of its members."""


def per_place(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Hours a year of each unit and of each operator, for a place, a person and ten staff.

    Persons followed by two services of an operator count twice, as do those of two units.

    Returns
    -------
    DataFrame
        Operators first (``level`` ``operator``: their own row and all their services), then units
        (``unit``) type by type, as only what is of one type compares, the smallest staff first:
        ``operator_id``, ``unit_id`` and ``actor_id`` (missing for an operator without a row of its
        own), ``units`` (rows of the portfolio: of an operator, its own and its services),
        ``alike`` (how many there are: units alike and alone under their operator are one row, the
        first being shown), ``place``, ``person``, ``staff`` (NaN where unknown), ``hours_per_year`` of the one
        who answers, ``h_per_place``, ``h_per_person``, ``h_per_10_staff``, each with bounds (NaN
        where the size is unknown or nought), ``rows_unmeasured``.

    Examples
    --------
    >>> import burden as bd
    >>> found = per_place(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> found["level"].tolist()
    ['operator', 'unit']
    """
    kept, count = alike(ptf)
    one = portfolio_from_frame(ptf.name, kept)
    hours = _hours(inv, one)
    numbers = quantities(inv, one)
    named = kept[["operator_id", "unit_id", "actor_id"]]
    units = named.assign(level="unit", units=1, alike=count, **{p: sizes(numbers, p) for p in PER})
    units = units.merge(hours, on="unit_id", how="left", sort=False)
    # Nothing falls on a unit that the ledger does not have.
    units[_HOURS] = units[_HOURS].where(units["rows_unmeasured"].notna(), 0.0)
    units["rows_unmeasured"] = units["rows_unmeasured"].fillna(0).astype("int64")
    found = pd.concat([_operators(inv, units), units], ignore_index=True)
    for population, (name, members) in PER.items():
        size = found[population].where(found[population] > 0)
        for bound in _BOUNDS:
            found[f"{name}{bound}"] = found[f"hours_per_year{bound}"] * members / size
    measures = [f"{name}{b}" for name, _ in PER.values() for b in _BOUNDS]
    kept_columns = ["level", "operator_id", "unit_id", "actor_id", "units", "alike", *PER, *_HOURS, *measures]
    types = {a: i for i, a in enumerate(inv.actors["actor_id"])}
    type_of = found["actor_id"].map(types).where(found["level"] == "unit", -1)
    ordered = found.assign(type=type_of).sort_values(
        ["level", "type", "staff", "person", "place"], kind="stable", na_position="last"
    )
    return ordered[[*kept_columns, "rows_unmeasured"]].reset_index(drop=True)


def _hours(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    parts = []
    for portion in portions(ptf):
        sums = ledger.totals(inv, portion, by=["unit_id", "side"])
        parts.append(sums.loc[sums["side"] == "respondent", ["unit_id", *_HOURS, "rows_unmeasured"]])
    return pd.concat(parts, ignore_index=True)


def _operators(inv: Inventory, units: pd.DataFrame) -> pd.DataFrame:
    """Operators with all that falls on them: sizes of their own row, else summed over their services."""
    own_row = is_operator(inv, units)
    grouped = units.groupby("operator_id", sort=False)
    told = grouped[_HOURS].sum(min_count=1)
    told["rows_unmeasured"] = grouped["rows_unmeasured"].sum()
    own = units[own_row].drop_duplicates("operator_id").set_index("operator_id")
    services = units[~own_row].groupby("operator_id")
    for population in PER:
        summed = services[population].agg(lambda n: n.sum(skipna=False)).reindex(told.index)
        told[population] = summed.where(~told.index.isin(own.index), own[population].reindex(told.index))
    told["units"] = grouped["units"].sum()
    # Units alike stand alone under their operator: there are as many operators.
    told["alike"] = grouped["alike"].first()
    rows = told.reset_index().assign(level="operator")
    named = own.reindex(told.index)
    return rows.assign(unit_id=named["unit_id"].to_numpy(), actor_id=named["actor_id"].to_numpy())


def unknown_sizes(found: pd.DataFrame) -> pd.DataFrame:
    """How many sizes are known, of operators and of units.

    Parameters
    ----------
    found : DataFrame
        What :func:`per_place` gives.

    Returns
    -------
    DataFrame
        One row per ``level`` × ``population_id``: ``known`` and ``unknown``.

    Examples
    --------
    >>> import burden as bd
    >>> found = per_place(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> unknown_sizes(found)[["known", "unknown"]].sum(axis=1).tolist()
    [1, 1, 1, 1, 1, 1]
    """
    rows = []
    for level, table in found.groupby("level", sort=False):
        each = table["alike"].to_numpy()
        for population in PER:
            known = table[population].notna().to_numpy()
            rows.append((level, population, int(each[known].sum()), int(each[~known].sum())))
    return pd.DataFrame(rows, columns=["level", "population_id", "known", "unknown"])
