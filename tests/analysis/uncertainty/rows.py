"""Small inventories with ranges, and draws few enough to be quick."""

from __future__ import annotations

from typing import Any

from burden.analysis.uncertainty import Assumptions
from burden.model.inventory import Inventory
from tests.analysis.inventories import asks, inventory, obligation

FEW = Assumptions(draws=2_000)
SPREADS = [
    {"applies_to": kind, "evidence": "assumed", "low_factor": 0.5, "high_factor": 2.0}
    for kind in ("quantity", "minutes", "tariff", "external")
]
TARIFFS = [{"staff_grade": "director", "year": 2024, "eur_per_h": 50.0, "evidence": "assumed"}]


def timed(name: str, low: float, central: float, high: float, **more: Any) -> dict[str, Any]:
    """A number of days to give, with a range of minutes."""
    return asks(name, "days", central, minutes_low=low, minutes_high=high, minutes_evidence="elicited",
                staff_grade="director", **more)  # fmt: skip


def ranged(*triples: tuple[float, float, float], per: str = "establishment", **tables: Any) -> Inventory:
    """One tool per triple, each with one item."""
    names = [f"T{i}" for i in range(len(triples))]
    return inventory(
        [obligation(n, per=per) for n in names],
        [timed(n, *t) for n, t in zip(names, triples, strict=True)],
        **tables,
    )
