"""Rows of a table that make one edge together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pandas as pd

from burden.model import schema

Row: TypeAlias = dict[str, Any]


def grouped(table: pd.DataFrame, *keys: str) -> dict[tuple[str, ...], list[Row]]:
    """Rows by the values of the keys; what is missing in a row is ``""``.

    Plain dictionaries: one frame per edge would cost a hundred times as much.

    Examples
    --------
    >>> grouped(pd.DataFrame({"k": ["a", "b", "a"], "v": [1, None, 2]}), "k")
    {('a',): [{'k': 'a', 'v': 1.0}, {'k': 'a', 'v': 2.0}], ('b',): [{'k': 'b', 'v': ''}]}
    """
    filled = table.astype(object).where(table.notna(), "")
    columns = [str(c) for c in filled]
    found: dict[tuple[str, ...], list[Row]] = {}
    for values in filled.itertuples(index=False, name=None):
        row = dict(zip(columns, values, strict=True))
        found.setdefault(tuple(row[k] for k in keys), []).append(row)
    return found


def surest(rows: Iterable[Row]) -> str:
    """The surest evidence of several rows; nothing when none says.

    Examples
    --------
    >>> surest([{"evidence": "recalled"}, {"evidence": "text"}])
    'text'
    """
    said = {row["evidence"] for row in rows} - {""}
    return next((step for step in schema.codes("evidence") if step in said), "")


def joined(rows: Iterable[Row], column: str, separator: str = "|") -> str:
    """The values of a column, row by row.

    Examples
    --------
    >>> joined([{"status": "lawful"}, {"status": ""}], "status")
    'lawful|'
    """
    return separator.join(row[column] for row in rows)
