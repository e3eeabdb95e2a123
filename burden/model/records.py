"""From rows of text to a typed table, with every fault of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype
from pandas.api.types import pandas_dtype

from burden.model import schema
from burden.model.cells import read_cell
from burden.model.findings import Finding, Place
from burden.model.messages import text

_DTYPES = {"number": "float64", "integer": "Int64", "boolean": "boolean", "date": "datetime64[s]"}


@dataclass(frozen=True)
class Record:
    """One row as it arrived: its file, its line, its cells by column name."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Records:
    """A typed table and, row by row, the file and line it came from."""

    frame: pd.DataFrame
    places: pd.DataFrame


def dtype(column: schema.Column) -> str:
    """The pandas type of a column."""
    return _DTYPES.get(column.type, "str")


def empty(table: str) -> pd.DataFrame:
    """A table without rows, with the right columns and types.

    Examples
    --------
    >>> empty("silos").columns.tolist()
    ['silo_id', 'name_fr', 'name_en']
    """
    return _empty(table).copy(deep=False)


@cache
def _empty(table: str) -> pd.DataFrame:
    # Inventories have many tables and fill few: the blank ones are made once. Copies are shallow,
    # and pandas copies a table before it changes one of them.
    columns = schema.tables()[table].columns
    return pd.DataFrame({c.column: pd.Series(dtype=dtype(c)) for c in columns.values()})


@cache
def _dtypes(table: str) -> dict[str, ExtensionDtype | np.dtype[Any]]:
    return {c.column: pandas_dtype(dtype(c)) for c in schema.tables()[table].columns.values()}


def read_records(table: str, records: Iterable[Record]) -> tuple[Records, list[Finding]]:
    """Type the rows of one table.

    Returns
    -------
    tuple
        The rows that have a key (a faulty cell of theirs is empty), and every fault found. A cell
        of a key that need not be filled says something when it is empty: the whole tool, nobody
        in particular.
    """
    spec = schema.tables()[table]
    rows: list[dict[str, object]] = []
    places: list[tuple[str, int]] = []
    findings: list[Finding] = []
    known: dict[tuple[str, str], object] = {}
    for record in records:
        row, found = _read_row(spec, record, known)
        findings += [fault for faults in found.values() for fault in faults]
        if all(row[k] is not None or _may_be_empty(spec.columns[k], found.get(k, [])) for k in spec.primary_key):
            rows.append(row)
            places.append((record.file, record.line))
    frame = typed(table, pd.DataFrame(rows, columns=list(spec.columns)))
    return Records(frame, pd.DataFrame(places, columns=["file", "line"])), findings


def _read_row(
    spec: schema.Table, record: Record, known: dict[tuple[str, str], object]
) -> tuple[dict[str, object], dict[str, list[Finding]]]:
    """The values of a row, and its faults by column; a cell read before without a fault is in ``known``."""
    row: dict[str, object] = {}
    found: dict[str, list[Finding]] = {}
    for name, column in spec.columns.items():
        raw = record.cells.get(name, "")
        if (name, raw) not in known:
            value, faults = read_cell(column, raw, Place(record.file, record.line, name))
            if faults:
                row[name], found[name] = value, faults
                continue
            known[name, raw] = value
        row[name] = known[name, raw]
    return row, found


def _may_be_empty(column: schema.Column, faults: list[Finding]) -> bool:
    """Whether a row has its key although this cell of it has no value."""
    return column.type == "list" or (not column.required and not faults)


def _has_key(table: str, frame: pd.DataFrame) -> pd.Series:
    """Rows whose key has every cell that it needs."""
    spec = schema.tables()[table]
    return frame[[k for k in spec.primary_key if spec.columns[k].required]].notna().all(axis=1)


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a table in schema order and of schema types; absent ones are empty.

    An empty cell of a column that has a default is that default, as it is when read from a file.
    An empty list is a known, empty list: list columns hold ``""`` instead of a missing value.
    """
    columns = schema.tables()[table].columns
    if list(frame) == list(columns) and _is_typed(table, frame):
        return frame.reset_index(drop=True)
    if not len(frame):
        return empty(table)
    rows = pd.RangeIndex(len(frame))
    cells = {
        name: _typed_cells(column, frame[name]) if name in frame else _of_nothing(column, rows)
        for name, column in columns.items()
    }
    return pd.DataFrame(cells, index=rows)


def _is_typed(table: str, frame: pd.DataFrame) -> bool:
    """Whether columns have their types already, and no empty cell that would be filled."""
    if any(found != wanted for found, wanted in zip(frame.dtypes, _dtypes(table).values(), strict=True)):
        return False
    filled = [c.column for c in schema.tables()[table].columns.values() if c.default or c.type == "list"]
    return not any(frame[column].isna().any() for column in filled)


def _typed_cells(column: schema.Column, series: pd.Series) -> Any:
    if column.type == "date":
        return pd.to_datetime(series).astype("datetime64[s]").array
    if column.type == "number" and series.dtype != np.float64:
        series = pd.to_numeric(series.astype(object)).astype("float64")
    told = series.astype(_dtypes(column.table)[column.column])
    nothing = _said_by_nothing(column)
    return (told if nothing is None else told.fillna(nothing)).array


def _of_nothing(column: schema.Column, rows: pd.RangeIndex) -> Any:
    """The cells of a column that was not given."""
    return pd.Series(_said_by_nothing(column), index=rows, dtype=_dtypes(column.table)[column.column]).array


def _said_by_nothing(column: schema.Column) -> float | bool | str | None:
    """What an empty cell of a column says."""
    if column.type == "number" and column.default:
        return float(column.default)
    if column.type == "boolean" and column.default:
        return column.default == "true"
    return "" if column.type == "list" else None


def repeated_keys(table: str, frame: pd.DataFrame) -> list[tuple[int, int]]:
    """Rows whose key another row of the table already has, each with the first such row."""
    key = list(schema.tables()[table].primary_key)
    if not frame.duplicated(key).any():
        return []
    known = frame[_has_key(table, frame)]
    repeated = known.loc[known.duplicated(key, keep=False), key].astype(object).fillna("")
    first: dict[tuple[object, ...], int] = {}
    keys = zip(repeated.index, repeated.itertuples(index=False, name=None), strict=True)
    return [(row, origin) for row, k in keys if (origin := first.setdefault(k, row)) != row]


def duplicate_keys(table: str, records: Records) -> list[Finding]:
    """Rows whose key another row of the table already has, both places shown."""
    key = list(schema.tables()[table].primary_key)
    frame, places = records.frame, records.places
    return [
        Finding(
            "duplicate key",
            "error",
            place_of(places, row, key[0]),
            text(
                "'{value}' already stands at {other}.",
                value=" · ".join(str(v) for v in frame.loc[row, key] if v != "" and pd.notna(v)),
                other=place_of(places, first).text(),
            ),
            text("Keep one of the two rows, or give one another identifier."),
            value=frame.loc[row, key[0]],
            related=(place_of(places, first),),
        )
        for row, first in repeated_keys(table, frame)
    ]


def without_duplicates(table: str, records: Records) -> Records:
    """The first row of each key; rows whose key is not known all stay."""
    repeated = records.frame.duplicated(list(schema.tables()[table].primary_key))
    if not repeated.any():
        return records
    kept = ~(repeated & _has_key(table, records.frame))
    return Records(records.frame[kept].reset_index(drop=True), records.places[kept.to_numpy()].reset_index(drop=True))


def place_of(places: pd.DataFrame, row: int, column: str = "") -> Place:
    """The place of one row; a row that came from no file has no line."""
    return Place(str(places["file"][row]), int(places["line"][row]) or None, column)
