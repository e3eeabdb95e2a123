"""Contributions written by hand or drawn at random, without an inventory."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from hypothesis import strategies as st

from burden.report.shared.cells import HOURS, LABELS, MEASURES

_REQUIRED = {"accounts": "ars", "survey": "drees"}


class Unit(NamedTuple):
    """One unit: two hours a year of accounts, half an hour of survey per person."""

    operator: str
    actor: str
    territory: str
    persons: int


def contributions(units: list[Unit]) -> pd.DataFrame:
    """What :func:`burden.report.shared.cells.contributions` gives for these units."""
    rows = []
    for unit in units:
        labels = {"operator_id": unit.operator, "actor_id": unit.actor, "territory": unit.territory}
        rows.append(labels | {"population_id": "unit", "units": 1.0})
        for tool, population, hours in (("accounts", "unit", 2.0), ("survey", "person", unit.persons / 2)):
            asked = {"obligation_id": tool, "required_by_id": _REQUIRED[tool], "line": tool}
            rows.append(labels | asked | {"population_id": population} | dict.fromkeys(HOURS, hours))
    frame = pd.DataFrame(rows, columns=["operator_id", *LABELS, *MEASURES, "line", "population_id"])
    frame = frame.assign(type=frame["actor_id"], profile="0")
    return frame.assign(quantity=frame.groupby(["actor_id", "territory", "population_id"]).ngroup())


units = st.builds(
    Unit,
    operator=st.sampled_from("ABCDEFGH"),
    actor=st.sampled_from(["home", "service", "school"]),
    territory=st.sampled_from(["17", "33", "44"]),
    persons=st.integers(0, 40),
)
portfolios = st.lists(units, min_size=4, max_size=16)
