"""A regime in proportion to size: a scenario whose parameters are stated, none of them a recommendation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.size.parts import sizes
from burden.model.cells import nearest
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, is_operator
from burden.model.profiles import quantities

_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]


def proportionate(
    inv: Inventory,
    ptf: Portfolio,
    *,
    obligations: Sequence[str],
    under: float,
    population: str = "staff",
    times_rarer: float = 1.0,
    items_share: float = 1.0,
    sized_by: Literal["operator", "unit"] = "operator",
    each: float = 10.0,
) -> pd.DataFrame:
    """What lighter obligations below a size would change, for the small and for the large.

    ::

        hours after = hours × (items_share for an item, 1 for the rest) / times_rarer

    of the obligations named, for those below the size; the others stay as they are. The items
    that stay are taken to be of average length.

    Parameters
    ----------
    obligations : sequence of str
        What is made lighter; protected ones are not left out by themselves.
    under : float
        Size below which the regime applies.
    population : str
        What size is counted in.
    times_rarer : float
        2 for every other year instead of every year.
    items_share : float
        Share of the items that is still asked.
    sized_by : str
        Whether the size is that of the operator, services together, or of the unit.
    each : float
        Members for which hours are given: ten staff.

    Returns
    -------
    DataFrame
        One row per operator or unit, the smallest first: ``size``, ``concerned`` (``yes``, ``no``,
        ``unknown``), ``hours_per_year``, ``after_h``, ``saved_h`` with bounds, ``saved_share``,
        ``hours_each`` and ``after_each`` (for ``each`` members), ``rows_unmeasured``. Where the
        size is unknown, from nothing to all may be saved and the central value is NaN.

    Raises
    ------
    KeyError
        If an obligation is not in the inventory.
    ValueError
        If a parameter is out of range, or something without a period is to be made rarer.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> proportionate(inv, ptf, obligations=["CPOM"], under=50, times_rarer=2)["concerned"].tolist()
    ['unknown']
    """
    _check(inv, obligations, times_rarer, items_share)
    key = f"{sized_by}_id"
    frame = ledger.build(inv, ptf, by=[key])
    own = frame[frame["side"] == "respondent"]
    named = own["obligation_id"].isin(list(obligations))
    kept = np.where(own["line"] == "item", items_share, 1.0) / times_rarer
    light = own[_HOURS].mul(np.where(named, 1.0 - kept, 0.0), axis=0)
    own = own.assign(**{f"light{b}": light[h] for b, h in zip(_BOUNDS, _HOURS, strict=True)})
    own["untimed"] = own[["hours_per_year", "once_h"]].isna().any(axis=1).astype("int64")
    grouped = own.groupby(key, sort=True)
    told = grouped[[*_HOURS, *(f"light{b}" for b in _BOUNDS)]].sum(min_count=1)
    told["rows_unmeasured"] = grouped["untimed"].sum()
    told = _applied(told.assign(size=_sizes(inv, ptf, population, key).reindex(told.index)), under)
    whole = told["size"].where(told["size"] > 0)
    told["hours_each"], told["after_each"] = (told[h] * each / whole for h in ("hours_per_year", "after_h"))
    measures = [f"{m}{b}" for m in ("after_h", "saved_h") for b in _BOUNDS]
    columns = [key, "size", "concerned", *_HOURS, *measures, "saved_share", "hours_each", "after_each"]
    ordered = told.reset_index().sort_values("size", kind="stable", na_position="last")
    return ordered[[*columns, "rows_unmeasured"]].reset_index(drop=True)


def _check(inv: Inventory, obligations: Sequence[str], times_rarer: float, items_share: float) -> None:
    periods = dict(zip(inv.obligations["obligation_id"], inv.obligations["period"], strict=True))
    for name in obligations:
        if name not in periods:
            guess = nearest(name, set(periods))
            hint = f": did you mean {guess!r}?" if guess else ""
            raise KeyError(f"obligation {name!r} is not in the inventory{hint}")
        if times_rarer != 1.0 and periods[name] in ("event", "once"):
            raise ValueError(f"{name} has no period to lengthen: it is due by {periods[name]}")
    if times_rarer < 1.0:
        raise ValueError(f"{times_rarer} times rarer would be more often")
    if not 0.0 <= items_share <= 1.0:
        raise ValueError(f"{items_share} is not a share of the items")


def _sizes(inv: Inventory, ptf: Portfolio, population: str, key: str) -> pd.Series:
    """Size of each operator, of its own row or summed over its services, or of each unit."""
    units = ptf.units
    members = sizes(quantities(inv, ptf), population)
    if key == "unit_id":
        return pd.Series(members.to_numpy(), index=units["unit_id"])
    own = is_operator(inv, units)
    summed = members[~own].groupby(units.loc[~own, "operator_id"]).agg(lambda n: n.sum(skipna=False))
    given = members[own].groupby(units.loc[own, "operator_id"]).first()
    return given.combine_first(summed) if len(given) else summed


def _applied(told: pd.DataFrame, under: float) -> pd.DataFrame:
    """Savings where the regime applies; from nothing to all where nobody knows whether it does."""
    size = told["size"]
    concerned = np.where(size.isna(), "unknown", np.where(size < under, "yes", "no"))
    applies = {"_low": {"yes": 1.0, "no": 0.0, "unknown": 0.0}, "": {"yes": 1.0, "no": 0.0, "unknown": np.nan},
               "_high": {"yes": 1.0, "no": 0.0, "unknown": 1.0}}  # fmt: skip
    told = told.assign(concerned=concerned)
    for bound in _BOUNDS:
        told[f"saved_h{bound}"] = told[f"light{bound}"] * told["concerned"].map(applies[bound])
        told[f"after_h{bound}"] = told[f"hours_per_year{bound}"] - told[f"saved_h{bound}"]
    told["saved_share"] = (told["saved_h"] / told["hours_per_year"]).where(told["hours_per_year"] > 0)
    return told
