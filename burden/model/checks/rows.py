"""From rows at fault to findings, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from burden.model import schema
from burden.model.findings import Finding, Place, Severity
from burden.model.inventory import Inventory
from burden.model.messages import Text

Said = Callable[[Any], tuple[Text, Text]]
"""From a row to the fault and its remedy."""


def at_rows(
    inv: Inventory, table: str, rows: pd.DataFrame, column: str,
    *, check: str, severity: Severity, said: Said,
) -> list[Finding]:  # fmt: skip
    """One finding per row; ``rows`` keeps the index of the table, other columns may be added."""
    if rows.empty:
        return []
    places = inv.records[table].places
    files, lines = places["file"].tolist(), places["line"].tolist()
    return [
        Finding(
            check, severity, Place(files[index], lines[index] or None, column),
            *said(row), value=None if pd.isna(value := getattr(row, column)) else value,
        )
        for index, row in zip(rows.index.tolist(), rows.itertuples(), strict=True)
    ]  # fmt: skip


def values_of(inv: Inventory, table: str, column: str) -> dict[str, Any]:
    """A column of a table by its identifier; cells without a value are left out."""
    frame = inv[table]
    known = frame[frame[column].notna()]
    return dict(zip(known[schema.tables()[table].primary_key[0]], known[column], strict=True))


def parts(series: pd.Series) -> pd.Series:
    """The members of list cells, each on the index of its row."""
    split = series[series != ""].str.split("|").explode()
    return split[split != ""]


def chain(parents: dict[str, str], start: str) -> list[str]:
    """An identifier, its parent, the parent's parent; ends before it would repeat one."""
    found: list[str] = []
    at = start
    while at and at not in found:
        found.append(at)
        at = parents.get(at, "")
    return found
