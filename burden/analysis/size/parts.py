"""Which hours depend on size: what a line is counted per tells."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "fixed": ("operator", "establishment", "contract", "call"),
        "member": ("place", "person", "staff_member"),
        "event": ("event",),
    }
)
"""Part of the hours → what they are counted per.

``fixed``: once for each operator, establishment, contract or call, whatever its size. ``member``:
for each place, person or member of staff. ``event``: for each event; the inventory does not say
which events follow size (incidents do, inspections may not), so these hours are kept apart.
"""


def parts(inv: Inventory) -> dict[str, str]:
    """Population → part of the hours.

    Examples
    --------
    >>> import burden as bd
    >>> parts(bd.example("four-tools"))["establishment"]
    'fixed'
    """
    of_grain = {grain: part for part, grains in PARTS.items() for grain in grains}
    populations = inv.populations[["population_id", "grain"]]
    return {str(p): of_grain[str(g)] for p, g in populations.itertuples(index=False)}


def growing(inv: Inventory, ptf: Portfolio) -> list[str]:
    """Populations of a portfolio that grow with size: its places, persons, staff and events."""
    known = parts(inv)
    return [p for p in ptf.populations if known[p] != "fixed"]


def sizes(numbers: pd.DataFrame, population: str) -> pd.Series:
    """Size of each unit; unknown everywhere when nobody counts that population."""
    if population in numbers:
        return numbers[population]
    return pd.Series(float("nan"), index=numbers.index)
