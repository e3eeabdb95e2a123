"""What one hour of comparable help costs under each mode, where its value can be turned into hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from burden.analysis.allocation.modes import AT_HOME, modes, paying_for, values
from burden.analysis.allocation.refusals import OF_KIND, OF_UNIT
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.model.inventory import Inventory

HOURS_IN_UNIT: Mapping[str, float] = MappingProxyType({"hour": 1.0, "fte_year": float(HOURS_PER_FULL_TIME_YEAR)})
"""Units of price whose hours a text fixes; every other unit is refused."""

_BOUNDS = ("_low", "", "_high")
_COLUMNS = [
    "allocation_id", "name_fr", "name_en", "silo_id", "funder_ids", "paid_by_person",
    "pricing_authority_ids", "tariff_form", "function_ids", "price_unit", "value_kind", "year", "latest",
    "eur_per_h_low", "eur_per_h", "eur_per_h_high", "refused", "evidence", "source_id",
]  # fmt: skip


def hour_prices(
    inv: Inventory,
    *,
    functions: Sequence[str] | None = None,
    at_home: Sequence[str] | None = AT_HOME,
    silos: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What one hour costs under each mode, in euros of the year stated, never brought to another.

    A value is turned into euros per hour when it is the price of a unit whose hours are fixed: an
    hour, or a full-time year of 1,607 hours. What is a supplement, a ceiling, a part of the cost,
    or counted in days, places or measures is refused, with the reason.

    Parameters
    ----------
    functions : sequence of str, optional
        Compare the modes that pay for these functions: help with essential acts and with
        household tasks (``SC02``, ``SC03``) is what a home-help hour is made of.
    at_home, silos
        See :func:`burden.analysis.allocation.modes`.

    Returns
    -------
    DataFrame
        One row per mode and year known, and one per mode without a value: the mode, ``year``,
        ``latest``, ``eur_per_h_low``, ``eur_per_h``, ``eur_per_h_high`` (NaN where refused; the
        central value alone is NaN where the source gives only two bounds), ``function_ids`` among
        those asked, ``refused`` (a key of ``REFUSALS``, empty where there is a price),
        ``evidence``.

    Raises
    ------
    KeyError
        If a function is not in the inventory.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> rows = {"allocation_id": ["A", "B"], "name_fr": ["a", "b"], "at_home": ["yes", "yes"],
    ...         "price_unit": ["hour", "day"], "value": [20.0, 60.0], "value_kind": ["price", "price"],
    ...         "evidence": ["text", "text"]}
    >>> found = hour_prices(from_frames("two", {"allocations": pd.DataFrame(rows)}))
    >>> found["eur_per_h"].tolist(), found["refused"].tolist()
    ([20.0, nan], ['', 'day'])
    """
    chosen = modes(inv, at_home=at_home, silos=silos, functions=functions)
    chosen = chosen.drop(columns=["value_low", "value", "value_high", "year", "evidence"])
    paid = paying_for(inv, functions).groupby("allocation_id")["function_id"]
    function_ids = {str(mode): "|".join(sorted(set(f))) for mode, f in paid}
    chosen["function_ids"] = chosen["allocation_id"].map(lambda a: function_ids.get(a, "")).astype("str")
    frame = chosen.merge(values(inv), on="allocation_id", how="left", sort=False)
    frame["refused"] = _refused(frame)
    hours = frame["price_unit"].map(lambda unit: HOURS_IN_UNIT.get(unit, float("nan"))).astype("float64")
    for bound in _BOUNDS:
        frame[f"eur_per_h{bound}"] = (frame[f"value{bound}"] / hours).mask(frame["refused"] != "")
    return frame[_COLUMNS]


def _refused(frame: pd.DataFrame) -> pd.Series:
    """The first reason that holds: what the value is, then its unit, then that it is unknown."""
    kind, unit = (frame[c].fillna("") for c in ("value_kind", "price_unit"))
    has_value = frame["value_low"].notna() | frame["value_high"].notna()
    of_unit = unit.map(lambda u: OF_UNIT.get(u, "")).mask(unit == "", "unit_unknown")
    why = kind.map(lambda k: OF_KIND.get(k, ""))
    why = why.mask(why == "", of_unit)
    why = why.mask((why == "") & ~has_value & (frame["tariff_form"] == "free_price"), "free_price")
    why = why.mask((why == "") & ~has_value, "no_value")
    return why.mask((why == "") & (kind == ""), "kind_unknown").astype("str")
