"""Sizes at which duties start or stop, and what staying on one side of them is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.size.alike import alike
from burden.analysis.size.parts import growing
from burden.model.inventory import Inventory, more_general, select
from burden.model.portfolio import FIXED, Portfolio, portfolio_from_frame
from burden.model.profiles import quantities

BOUNDS = ("_low", "", "_high")
HOURS = [f"hours_per_year{b}" for b in BOUNDS]
_STEPS = [f"step_h{b}" for b in BOUNDS]
_SIDES = {"at": 1.0 + 1e-12, "below": 1.0 - 1e-9}
_COLUMNS = [
    "population_id", "limit", "way", "obligation_id", "actor_id", "unit_id", "units", "size", "side", *_STEPS,
    "rows_unmeasured", "evidence", "source_id", "legal_base_ids", "citation",
]  # fmt: skip


def limits(inv: Inventory) -> pd.DataFrame:
    """The sizes at which duties start or stop, as the inventory has them.

    Returns
    -------
    DataFrame
        One row per duty and limit, the smallest first: ``population_id``, ``limit``, ``way``
        (``starts`` from this size on, or ``stops``), ``obligation_id``, ``actor_id``,
        ``evidence`` and ``source_id`` of the duty, ``legal_base_ids`` of the obligation and
        ``citation`` of the first of them.

    Examples
    --------
    >>> import burden as bd
    >>> limits(bd.example("four-tools")).empty
    True
    """
    sized = inv.duties[inv.duties["threshold_population_id"].notna()]
    kept = sized[["threshold_population_id", "obligation_id", "actor_id", "evidence", "source_id"]]
    ways = {"starts": "threshold_minimum", "stops": "threshold_maximum"}
    parts_found = [kept.assign(limit=sized[column].astype("float64"), way=way) for way, column in ways.items()]
    rows = pd.concat(parts_found, ignore_index=True).rename(columns={"threshold_population_id": "population_id"})
    # From nought on is no limit.
    rows = rows[rows["limit"] > 0]
    bases = dict(zip(inv.obligations["obligation_id"], inv.obligations["legal_base_ids"], strict=True))
    cited = dict(zip(inv.legal_bases["legal_base_id"], inv.legal_bases["citation"], strict=True))
    rows = rows.assign(legal_base_ids=[bases.get(o, "") for o in rows["obligation_id"]])
    rows = rows.assign(citation=[str(cited.get(b.split("|")[0], "")) for b in rows["legal_base_ids"]])
    ordered = rows.sort_values(["population_id", "limit", "obligation_id"], kind="stable").reset_index(drop=True)
    return ordered[[c for c in _COLUMNS if c in ordered]]


def thresholds(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """What each threshold makes start for the units of a portfolio, in hours a year.

    The step is worked out at the threshold: the unit is brought to that size and just below it,
    its places, persons, staff and events multiplied alike, and the hours of the obligation
    compared. It is what staying under is worth to one that stands there; other duties and what
    the size itself costs are not in it.

    Returns
    -------
    DataFrame
        One row per duty and limit × unit on which the duty may fall: the columns of
        :func:`limits`, ``unit_id`` (of the first where ``units`` are alike), ``size`` today,
        ``side`` (``above`` from the limit on, ``below``, ``unknown``), ``step_h`` with bounds
        (more hours above than below when positive; NaN where the size is unknown or nought, or
        nothing is measured), ``rows_unmeasured`` of the obligation on the side where it falls.

    Examples
    --------
    >>> import burden as bd
    >>> thresholds(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    rows = limits(inv)
    if rows.empty:
        return pd.DataFrame(columns=_COLUMNS)
    narrow = select(inv, obligation=list(dict.fromkeys(rows["obligation_id"])))
    units, count = _whole_units(narrow, ptf)
    crossing = _crossings(narrow, rows, units, count)
    if crossing.empty:
        return pd.DataFrame(columns=_COLUMNS)
    copies = _copies(narrow, units, crossing)
    kept = crossing[_falls(narrow, units, copies, crossing)]
    stepped = pd.concat([kept, _steps(narrow, copies, kept)], axis=1)
    return stepped[_COLUMNS].sort_values(["population_id", "limit"], kind="stable").reset_index(drop=True)


def _whole_units(inv: Inventory, ptf: Portfolio) -> tuple[pd.DataFrame, pd.Series]:
    """Units with every number written out, so that each stands by itself; how many are alike."""
    units = ptf.units
    numbers = quantities(inv, ptf)
    written = pd.concat([units[[c for c in units if c in FIXED]], numbers], axis=1)
    return alike(portfolio_from_frame(ptf.name, written.assign(operator_id=units["unit_id"])))


def _crossings(inv: Inventory, rows: pd.DataFrame, units: pd.DataFrame, count: pd.Series) -> pd.DataFrame:
    """Each limit with the units of the type that the duty falls on, and where they stand."""
    lineage = {a: set(more_general(inv, a)) for a in units["actor_id"].unique()}
    found: list[dict[Any, Any]] = []
    for row in rows.to_dict("records"):
        for place in np.flatnonzero([row["actor_id"] in lineage[a] for a in units["actor_id"]]):
            size = float(units[row["population_id"]].iloc[place])
            side = "unknown" if np.isnan(size) else ("above" if size >= row["limit"] else "below")
            named = {"unit_id": units["unit_id"].iloc[place], "units": int(count.iloc[place]), "place": int(place)}
            found.append({**row, **named, "size": size, "side": side})
    return pd.DataFrame(found)


def _copies(inv: Inventory, units: pd.DataFrame, crossing: pd.DataFrame) -> Portfolio:
    """Each unit of known size brought to the limit, and just below it; the place of the crossing names the copy."""
    known = crossing[crossing["size"] > 0]
    scaled = growing(inv, portfolio_from_frame("", units))
    copies = []
    for side, nudge in _SIDES.items():
        rows = units.iloc[known["place"].to_numpy()].reset_index(drop=True)
        rows[scaled] = rows[scaled].mul((known["limit"] / known["size"] * nudge).to_numpy(), axis=0)
        copies.append(rows.assign(unit_id=[f"{side}@{i}" for i in known.index], operator_id="copy"))
    return portfolio_from_frame("", pd.concat(copies, ignore_index=True))


def _falls(inv: Inventory, units: pd.DataFrame, copies: Portfolio, crossing: pd.DataFrame) -> pd.Series:
    """Whether the obligation may fall on the unit, on one side or the other; its size may be unknown."""
    every = pd.concat([ledger.occurrences(inv, p, by=["unit_id"]) for p in (copies, portfolio_from_frame("", units))])
    held = set(every[["unit_id", "obligation_id"]].itertuples(index=False, name=None))
    unknown = crossing["size"].isna()
    names = [
        [unit] if missing else [f"{side}@{i}" for side in _SIDES]
        for i, unit, missing in zip(crossing.index, crossing["unit_id"], unknown, strict=True)
    ]
    due = [any((n, o) in held for n in ns) for ns, o in zip(names, crossing["obligation_id"], strict=True)]
    return pd.Series(due, index=crossing.index, dtype=bool)


def _steps(inv: Inventory, copies: Portfolio, crossing: pd.DataFrame) -> pd.DataFrame:
    """Hours of the obligation at the limit less those just below it, for each crossing."""
    measured = ledger.totals(inv, copies, by=["unit_id", "obligation_id", "side"])
    own = measured[measured["side"] == "respondent"].set_index(["unit_id", "obligation_id"])
    at, below = (
        own.reindex(pd.MultiIndex.from_arrays([[f"{s}@{i}" for i in crossing.index], crossing["obligation_id"]]))
        for s in _SIDES
    )
    none = at["rows"].isna().to_numpy() & below["rows"].isna().to_numpy()
    told = {
        step: np.where(none, np.nan, _hours(at, hours) - _hours(below, hours))
        for step, hours in zip(_STEPS, HOURS, strict=True)
    }
    unmeasured = np.fmax(at["rows_unmeasured"].to_numpy(dtype=float), below["rows_unmeasured"].to_numpy(dtype=float))
    return pd.DataFrame({**told, "rows_unmeasured": np.nan_to_num(unmeasured).astype("int64")}, index=crossing.index)


def _hours(side: pd.DataFrame, column: str) -> np.ndarray:
    """Hours on one side: none where the obligation does not fall, unknown where none is measured."""
    hours = side[column].to_numpy(dtype=float)
    return np.where(side["rows"].isna().to_numpy(), 0.0, hours)
