"""Small inventories of controls and criteria, written row by row, for numbers that are worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from burden.model.inventory import Inventory
from tests.analysis.inventories import Row, asks, inventory, obligation

Covers = Mapping[str, Mapping[str, float | tuple[float, float, float]]]
"""Tool → criterion → share covered, alone or between its bounds."""


def controlled(covers: Covers, *, tools: list[Row] | None = None, minutes: float = 60.0, **tables: Any) -> Inventory:
    """Tools that cover criteria; each takes an hour a year of one establishment unless given."""
    given = [obligation(name) for name in covers] if tools is None else tools
    criteria = dict.fromkeys(c for of_tool in covers.values() for c in of_tool)
    requests = tables.pop("requests", [asks(t["obligation_id"], "days", minutes) for t in given])
    return inventory(
        given, requests, criteria=[{"criterion_id": c} for c in criteria],
        coverages=[covering(t, c, share) for t, of_tool in covers.items() for c, share in of_tool.items()],
        **tables,
    )  # fmt: skip


def covering(tool: str, criterion: str, share: float | tuple[float, float, float]) -> Row:
    low, central, high = share if isinstance(share, tuple) else (None, share, None)
    return {"obligation_id": tool, "criterion_id": criterion, "coverage_low": low, "coverage": central,
            "coverage_high": high}  # fmt: skip


@st.composite
def bounded(draw: st.DrawFn) -> tuple[float, float, float]:
    share = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
    low, central, high = sorted(draw(st.tuples(share, share, share)))
    return low, central, high


def covers(*, tools: str = "ABC", criteria: str = "klm") -> st.SearchStrategy[dict[str, Any]]:
    """Random coverages of a few tools and criteria; each tool mentions one criterion at least."""
    of_tool = st.dictionaries(st.sampled_from(criteria), bounded(), min_size=1)
    return st.fixed_dictionaries(dict.fromkeys(tools, of_tool))
