"""The common core: functions that several policies fulfil, under which names, funders and prices."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from burden.analysis.allocation.modes import listed, paying_for, values
from burden.model.inventory import Inventory


def common_core(inv: Inventory) -> pd.DataFrame:
    """Functions by the number of policies that pay for them.

    Returns
    -------
    DataFrame
        One row per function, the most shared first: ``function_id``, ``name_fr``, ``name_en``,
        ``serafin_code``, ``silos`` and ``silo_ids``, ``structures`` (types of service, by the name
        they have there) and ``services`` that fulfil it, ``names_fr`` (the different names it
        bears), ``funders`` and ``funder_ids``, ``price_units``, ``modes`` that pay for it and
        ``priced`` (how many of them have a value), ``agreed`` (services whose mapping is agreed,
        not only proposed). Lists are joined by ``|``. A service outside every policy of the
        inventory counts as a service, not as a policy.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> common_core(from_frames("none", {})).empty
    True
    """
    services = inv.services
    grouped = services.groupby("function_id")
    core = inv.functions[["function_id", "name_fr", "name_en", "serafin_code"]].set_index("function_id")
    core["silo_ids"] = grouped["silo_id"].agg(_union)
    core["structures"] = grouped["structure_fr"].nunique()
    core["services"] = grouped.size()
    core["names_fr"] = grouped["name_fr"].agg(_union)
    core["funder_ids"] = grouped["funder_ids"].agg(_union)
    core["price_units"] = grouped["price_unit"].agg(_union)
    core["allocation_ids"] = grouped["allocation_ids"].agg(_union)
    core["agreed"] = services[services["mapping_status"] == "agreed"].groupby("function_id").size()
    lists = ["silo_ids", "names_fr", "funder_ids", "price_units", "allocation_ids"]
    core[lists] = core[lists].fillna("").astype("str")
    core[["structures", "services", "agreed"]] = core[["structures", "services", "agreed"]].fillna(0).astype("int64")
    for many, one in (("silos", "silo_ids"), ("funders", "funder_ids"), ("modes", "allocation_ids")):
        core[many] = core[one].map(lambda ids: len(listed(ids))).astype("int64")
    has_value = _with_value(inv)
    core["priced"] = core["allocation_ids"].map(lambda ids: len(set(listed(ids)) & has_value)).astype("int64")
    ordered = core.sort_values(["silos", "structures", "services"], ascending=False, kind="stable")
    return ordered.reset_index()


def function_prices(inv: Inventory) -> pd.DataFrame:
    """What each function is called and paid under each mode.

    Returns
    -------
    DataFrame
        One row per function × mode that pays for it: ``function_id``, ``allocation_id``,
        ``silo_id`` (of the services), ``structure_fr``, ``names_fr``, ``funder_ids``,
        ``price_unit``, ``value_low``, ``value``, ``value_high``, ``value_kind``, ``year`` of the
        latest value (euros per unit of price; NaN when unknown).
    """
    keys = ["function_id", "allocation_id", "silo_id"]
    rows = paying_for(inv).groupby(keys, sort=False, dropna=False)
    named = rows.agg(structure_fr=("structure_fr", _union), names_fr=("name_fr", _union)).reset_index()
    of_mode = inv.allocations[["allocation_id", "funder_ids", "price_unit", "value_kind"]]
    latest = values(inv)
    latest = latest[latest["latest"]][["allocation_id", "value_low", "value", "value_high", "year"]]
    frame = named.merge(of_mode, on="allocation_id", how="left").merge(latest, on="allocation_id", how="left")
    return frame.sort_values("function_id", kind="stable").reset_index(drop=True)


def _with_value(inv: Inventory) -> set[str]:
    known = values(inv)
    known = known[known["value_low"].notna() | known["value_high"].notna()]
    return set(known["allocation_id"])


def _union(cells: Iterable[object]) -> str:
    """The different parts of list cells, in order of first appearance."""
    parts = (p for cell in cells if isinstance(cell, str) for p in listed(cell))
    return "|".join(dict.fromkeys(parts))
