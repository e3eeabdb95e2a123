"""Size thresholds that a change of portfolio crosses: duties that start or stop with size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory, select, with_tables
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles, quantities

_SIZE = ["threshold_population_id", "threshold_minimum", "threshold_maximum"]
COLUMNS = [
    "obligation_id", "actor_ids", "population_id", "minimum", "maximum", "direction",
    "units_before", "units_after", "size_before", "size_after", "unit_ids_before", "unit_ids_after",
]  # fmt: skip


def thresholds_crossed(inv: Inventory, before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """Duties with a size threshold that fall on other units in one portfolio than in another.

    The two portfolios are taken whole: operators grouped into one, split or resized. A duty whose
    size is unknown on one side is named as well, as nobody can say that it does not move.

    Returns
    -------
    DataFrame
        One row per obligation × threshold that moves: ``actor_ids`` of the duty, the
        ``population_id`` counted, ``minimum`` (from this size on) and ``maximum`` (below this
        size); ``direction`` (``starts``: fell on no unit before; ``stops``: falls on none after;
        ``more`` or ``fewer`` units; ``other`` units; ``unknown``); ``units_before`` and
        ``units_after`` on which it falls, ``size_before`` and ``size_after`` of the largest unit
        of that type, and the identifiers of the units, joined by ``|``.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> thresholds_crossed(inv, ptf, ptf).empty
    True
    """
    sized = inv.duties[inv.duties["threshold_population_id"].notna()]
    rows = [
        row
        for _, duties in sized.groupby(_SIZE, sort=False, dropna=False)
        for row in _moved(_only(inv, duties), before, after)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _only(inv: Inventory, duties: pd.DataFrame) -> Inventory:
    """The inventory with the duties of one threshold."""
    narrow = select(inv, obligation=list(dict.fromkeys(duties["obligation_id"])))
    return with_tables(narrow, {"duties": duties})


def _moved(inv: Inventory, before: Portfolio, after: Portfolio) -> list[dict[str, object]]:
    then, now = _sides(inv, before), _sides(inv, after)
    first = inv.duties.iloc[0]
    rows: list[dict[str, object]] = []
    for obligation in inv.obligations["obligation_id"]:
        direction = _direction(then[obligation], now[obligation])
        if direction:
            borne_by = inv.duties.loc[inv.duties["obligation_id"] == obligation, "actor_id"]
            rows.append({
                "obligation_id": obligation, "actor_ids": "|".join(dict.fromkeys(borne_by)),
                "population_id": first["threshold_population_id"], "minimum": first["threshold_minimum"],
                "maximum": first["threshold_maximum"], "direction": direction,
                **_told("before", then[obligation]), **_told("after", now[obligation]),
            })  # fmt: skip
    return rows


@dataclass(frozen=True)
class _Side:
    """Units on which a duty falls, units of which nobody can say, size of the largest that could bear it."""

    falls_on: tuple[str, ...]
    unknown: tuple[str, ...]
    largest: float


def _sides(inv: Inventory, ptf: Portfolio) -> dict[str, _Side]:
    """On which units each obligation falls, under duties of one threshold."""
    ids = ptf.units["unit_id"].to_numpy(dtype=object)
    applies = _applies(inv, ptf)
    size = quantities(inv, ptf)[str(inv.duties["threshold_population_id"].iloc[0])].to_numpy(dtype="float64")
    could = _applies(with_tables(inv, {"duties": inv.duties.assign(**dict.fromkeys(_SIZE))}), ptf) > 0
    found = {}
    for place, obligation in enumerate(inv.obligations["obligation_id"]):
        known = size[could[:, place] & ~np.isnan(size)]
        found[str(obligation)] = _Side(
            tuple(map(str, ids[np.nan_to_num(applies[:, place]) > 0])),
            tuple(map(str, ids[np.isnan(applies[:, place])])),
            float(known.max()) if len(known) else float("nan"),
        )
    return found


def _applies(inv: Inventory, ptf: Portfolio) -> npt.NDArray[np.float64]:
    known = profiles(inv, ptf)
    return known.applies[known.of_unit]


def _direction(then: _Side, now: _Side) -> str:
    before, after = then.falls_on, now.falls_on
    if then.unknown != now.unknown:
        return "unknown"
    if before == after:
        return ""
    if not before or not after:
        return "starts" if after else "stops"
    if len(before) == len(after):
        return "other"
    return "more" if len(after) > len(before) else "fewer"


def _told(when: str, side: _Side) -> dict[str, object]:
    return {
        f"units_{when}": len(side.falls_on), f"size_{when}": side.largest,
        f"unit_ids_{when}": "|".join(side.falls_on),
    }  # fmt: skip
