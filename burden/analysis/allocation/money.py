"""Administrative hours for each 1,000 € that a mode allocates.

::

    hours per 1,000 € = 1,000 × Σ hours of the mode's obligations on its units
                        ÷ Σ value × units per member and year × members
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.allocation.modes import listed, modes, values
from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio, is_operator
from burden.model.profiles import quantities

MONEY_OF_KIND: Mapping[str, str] = MappingProxyType(
    {
        "price": "", "part_of_cost": "", "supplement": "", "average_cost": "", "compensation": "",
        "floor_price": "at_most", "ceiling": "at_least",
    }
)  # fmt: skip
"""What the hours per 1,000 € are when the money is the value times the volume: exact (empty); at
most, as more than a floor is paid; at least, as less than a ceiling is paid. Other kinds of value
allocate no money by themselves."""

_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
_COLUMNS = [
    "allocation_id", "name_fr", "name_en", "silo_id", "actor_id", "value_kind", "year", "units",
    "volume_per_year", "eur_per_year_low", "eur_per_year", "eur_per_year_high",
    *_HOURS, "obligations", "obligations_counted", "rows_unmeasured", "operator_h_per_year",
    "h_per_1000_eur_low", "h_per_1000_eur", "h_per_1000_eur_high", "bound", "refused",
]  # fmt: skip


def hours_per_1000_eur(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Administrative hours, of those who answer, per 1,000 € allocated by each mode.

    The hours are those of the mode's obligations on the units of its type in the portfolio. An
    obligation that several modes share is in the hours of each: modes do not add up. What falls
    on the operator is apart (``operator_h_per_year``): it serves all its units, and no text says
    how to share it out.

    Returns
    -------
    DataFrame
        One row per mode: ``units`` of its type, ``volume_per_year`` (units of price),
        ``eur_per_year`` and ``hours_per_year`` with bounds, ``obligations`` of the mode and
        ``obligations_counted`` that fall on those units, ``rows_unmeasured`` left out of the
        hours, ``h_per_1000_eur`` with bounds (the low one is the fewest hours on the most money),
        ``bound`` (``at_most`` where the money is a floor, ``at_least`` where it is a ceiling or
        some line has no known hours, ``undetermined`` where both ways are open) and ``refused``
        (a key of ``REFUSALS``, empty where there is a figure).

    Examples
    --------
    >>> import burden as bd
    >>> hours_per_1000_eur(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    frame = modes(inv, at_home=None).drop(columns=["value_low", "value", "value_high", "year"])
    known = values(inv)
    frame = frame.merge(known[known["latest"]].drop(columns="evidence"), on="allocation_id", how="left")
    frame = _with_volume(inv, ptf, frame)
    frame = _with_hours(inv, ptf, frame)
    for bound in _BOUNDS:
        frame[f"eur_per_year{bound}"] = frame[f"value{bound}"] * frame["volume_per_year"]
    frame["refused"] = _refused(frame)
    for bound, inverse in zip(_BOUNDS, reversed(_BOUNDS), strict=True):
        ratio = 1000.0 * frame[f"hours_per_year{bound}"] / frame[f"eur_per_year{inverse}"]
        frame[f"h_per_1000_eur{bound}"] = ratio.mask(frame["refused"] != "")
    frame["bound"] = _bound(frame)
    return frame[_COLUMNS]


def _bound(frame: pd.DataFrame) -> pd.Series:
    """Hours that miss some lines are at least so many, whatever the money is."""
    bound = frame["value_kind"].map(lambda kind: MONEY_OF_KIND.get(kind, ""))
    missing = frame["rows_unmeasured"] > 0
    bound = bound.mask(missing & (bound == "at_most"), "undetermined").mask(missing & (bound == ""), "at_least")
    return bound.mask(frame["refused"] != "", "").astype("str")


def units_of(inv: Inventory, ptf: Portfolio) -> dict[str, np.ndarray]:
    """Units of the portfolio that are of each type of actor with a mode, or of a more special type."""
    lineage = {a: set(more_general(inv, a)) for a in ptf.units["actor_id"].unique()}
    of_unit = ptf.units["actor_id"].map(lineage)
    wanted = inv.allocations["actor_id"].dropna().unique()
    return {a: np.array([a in types for types in of_unit], dtype=bool) for a in wanted}


def _with_volume(inv: Inventory, ptf: Portfolio, frame: pd.DataFrame) -> pd.DataFrame:
    """Units of the type, and units of price a year: NaN unless every unit states its number."""
    rule = inv.allocations.set_index("allocation_id")
    members = quantities(inv, ptf)
    of_type = units_of(inv, ptf)
    rows = []
    for allocation, actor in zip(frame["allocation_id"], frame["actor_id"], strict=True):
        mask = of_type.get(str(actor), np.zeros(len(members), dtype=bool))
        population = rule.loc[allocation, "volume_population_id"]
        each = rule.loc[allocation, "units_per_member_year"]
        stated = bool(pd.notna(population) and pd.notna(each))
        total = members.loc[mask, str(population)].sum(skipna=False) * each if stated else np.nan
        rows.append((int(mask.sum()), stated, float(total)))
    told = pd.DataFrame(rows, columns=["units", "volume_stated", "volume_per_year"], index=frame.index)
    return pd.concat([frame, told], axis=1)


def _with_hours(inv: Inventory, ptf: Portfolio, frame: pd.DataFrame) -> pd.DataFrame:
    totals = ledger.totals(inv, ptf, by=["actor_id", "obligation_id", "side"])
    totals = totals[totals["side"] == "respondent"]
    types = {a: set(more_general(inv, a)) for a in totals["actor_id"].unique()}
    totals = totals.assign(on_operator=is_operator(inv, totals))
    rows = []
    for actor, ids in zip(frame["actor_id"], frame["obligation_ids"], strict=True):
        asked = totals[totals["obligation_id"].isin(listed(ids))]
        own = np.array([actor in types[a] for a in asked["actor_id"]], dtype=bool)
        mine, operators = asked[own], asked[~own & asked["on_operator"].to_numpy(dtype=bool)]
        rows.append(
            (
                *mine[_HOURS].sum(min_count=1),
                int(mine["obligation_id"].nunique()),
                int(mine["rows_unmeasured"].sum()),
                operators["hours_per_year"].sum(min_count=1),
            )
        )
    names = [*_HOURS, "obligations_counted", "rows_unmeasured", "operator_h_per_year"]
    return pd.concat([frame, pd.DataFrame(rows, columns=names, index=frame.index)], axis=1)


def _refused(frame: pd.DataFrame) -> pd.Series:
    """The first reason that holds, from the mode to the portfolio to the hours."""
    kind = frame["value_kind"].fillna("")
    volume = frame["volume_per_year"]
    has_value = frame["value_low"].notna() | frame["value_high"].notna()
    conditions = {
        "no_actor": frame["actor_id"].isna(),
        "no_unit": frame["units"] == 0,
        "no_value": ~has_value,
        "point_value": kind == "point_value",
        "kind_unknown": ~kind.isin(list(MONEY_OF_KIND)),
        "no_volume_rule": ~frame["volume_stated"],
        "volume_unknown": volume.isna(),
        "no_money": ~(volume * frame[["value_low", "value_high"]].max(axis=1) > 0),
        "no_obligation": frame["obligations_counted"] == 0,
        # A sum of known zeros beside lines that nobody timed is not a known zero.
        "no_hours": ~((frame["hours_per_year"] > 0) | (frame["rows_unmeasured"] == 0)),
    }
    why = np.select([c.to_numpy(dtype=bool) for c in conditions.values()], list(conditions), "")
    return pd.Series(why, index=frame.index, dtype="str")
