"""The tables of an inventory, as data: ``tables.csv``, ``columns.csv``, ``codes.csv``, and their words, ``terms.csv``.

This is the one copy. Reading, types, checks, the blank workbook, the documentation and
``burden schema`` all come from it. In: nothing of the user. Out: what a table, a column or a code is
and what it is called, in French and English.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.model.messages import Name


@dataclass(frozen=True)
class Code:
    """One value of a closed list."""

    list: str
    code: str
    name_fr: str
    name_en: str
    part_of: str

    def name(self, language: str) -> str:
        """Name in the reader's language."""
        return self.name_fr if language == "fr" else self.name_en


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    table: str
    column: str
    type: str
    unit: str
    required: bool
    minimum: float | None
    maximum: float | None
    code_list: str
    foreign_key: str
    default: str
    label_fr: str
    aliases: tuple[str, ...]
    description: str
    description_fr: str
    example: str

    @property
    def refers_to(self) -> tuple[str, str] | None:
        """Table and column that the values name, if they name any."""
        if not self.foreign_key:
            return None
        table, column = self.foreign_key.split(".")
        return table, column


@dataclass(frozen=True)
class Table:
    """One table: what a row is, what identifies it, its columns in order."""

    table: str
    required: bool
    primary_key: tuple[str, ...]
    name_fr: str
    description: str
    description_fr: str
    columns: Mapping[str, Column]


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(StringIO(resources.files(__package__).joinpath(name).read_text("utf-8")))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _column(row: dict[str, str]) -> Column:
    values: dict[str, Any] = dict(row)
    values["required"] = row["required"] == "true"
    values["minimum"] = _number(row["minimum"])
    values["maximum"] = _number(row["maximum"])
    values["aliases"] = tuple(a for a in row["aliases"].split("|") if a)
    return Column(**values)


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name, required ones first.

    Examples
    --------
    >>> tables()["obligations"].primary_key
    ('obligation_id',)
    """
    columns: dict[str, dict[str, Column]] = {}
    for row in _rows("columns.csv"):
        columns.setdefault(row["table"], {})[row["column"]] = _column(row)
    return MappingProxyType(
        {
            row["table"]: Table(
                table=row["table"],
                required=row["required"] == "true",
                primary_key=tuple(row["primary_key"].split("|")),
                name_fr=row["name_fr"],
                description=row["description"],
                description_fr=row["description_fr"],
                columns=MappingProxyType(columns[row["table"]]),
            )
            for row in _rows("tables.csv")
        }
    )


@cache
def codes(code_list: str) -> Mapping[str, Code]:
    """The values of one closed list, in order.

    Examples
    --------
    >>> list(codes("timing"))
    ['ex_ante', 'continuous', 'ex_post']
    """
    return MappingProxyType({row["code"]: Code(**row) for row in _rows("codes.csv") if row["list"] == code_list})


def code_name(code_list: str, code: object, language: str) -> str:
    """Name of a code in the reader's language; the code itself when it is not in the list."""
    known = codes(code_list).get(str(code))
    return known.name(language) if known else str(code)


def named(table: str) -> Name:
    """What a table is called where a reader is sent to it.

    Examples
    --------
    >>> named("silos").render("fr")
    '«\u202fpolitiques\u202f» (silos)'
    """
    return Name(table, french=f"«\u202f{tables()[table].name_fr}\u202f» ({table})")


def choices(code_list: str) -> Name:
    """The values of one closed list, as a remedy gives them.

    Examples
    --------
    >>> choices("timing").render("fr")
    '«\u202fex_ante\u202f» (avant), «\u202fcontinuous\u202f» (en continu), «\u202fex_post\u202f» (après)'
    """
    listed = codes(code_list).values()
    return Name(
        ", ".join(c.code for c in listed), french=", ".join(f"«\u202f{c.code}\u202f» ({c.name_fr})" for c in listed)
    )


@cache
def terms() -> tuple[Mapping[str, str], ...]:
    """The words of the field that tables and reports use, with what others call them.

    Returns
    -------
    tuple of mapping
        One per term: ``term``, then ``name``, ``field`` (what it is called elsewhere) and
        ``definition``, each ending in ``_fr`` or ``_en``.

    Examples
    --------
    >>> [t["name_fr"] for t in terms() if t["term"] == "exchange"]
    ['échange']
    """
    return tuple(MappingProxyType(row) for row in _rows("terms.csv"))


def documentation() -> pd.DataFrame:
    """The data dictionary.

    Returns
    -------
    DataFrame
        One row per column of each table: ``table``, ``column``, ``type``, ``unit``,
        ``required``, ``codes`` or ``refers to``, ``label_fr``, ``description``, ``example``.

    Examples
    --------
    >>> documentation().query("table == 'silos'")["column"].tolist()
    ['silo_id', 'name_fr', 'name_en']
    """
    return pd.DataFrame(
        {
            "table": c.table,
            "column": c.column,
            "key": c.column in t.primary_key,
            "type": c.type,
            "unit": c.unit,
            "required": c.required,
            "codes": " ".join(codes(c.code_list)) if c.code_list else "",
            "refers_to": c.foreign_key,
            "default": c.default,
            "label_fr": c.label_fr,
            "description": c.description,
            "description_fr": c.description_fr,
            "example": c.example,
        }
        for t in tables().values()
        for c in t.columns.values()
    )


_TABLE_SCHEMA_TYPE = {"number": "number", "integer": "integer", "boolean": "boolean", "date": "date"}
IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9_.:-]*"
_PATTERN = {"identifier": IDENTIFIER, "list": rf"{IDENTIFIER}(\|{IDENTIFIER})*"}


def field(column: Column) -> dict[str, Any]:
    """One column as a Table Schema field descriptor."""
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if column.code_list:
        constraints["enum"] = list(codes(column.code_list))
    if column.type in _PATTERN:
        constraints["pattern"] = _PATTERN[column.type]
    return {
        "name": column.column,
        "type": _TABLE_SCHEMA_TYPE.get(column.type, "string"),
        "title": column.label_fr,
        "description": column.description,
        "example": column.example,
        "constraints": constraints,
    }


def table_schema(table: str) -> dict[str, Any]:
    """One table as a Table Schema descriptor (specs.frictionlessdata.io/table-schema).

    List columns and the composite keys that hold one cannot be foreign keys in Table Schema;
    the checks of this package hold them.

    Examples
    --------
    >>> table_schema("silos")["primaryKey"]
    ['silo_id']
    """
    spec = tables()[table]
    keys = [
        {"fields": [c.column], "reference": {"resource": target[0], "fields": [target[1]]}}
        for c in spec.columns.values()
        if (target := c.refers_to) and c.type != "list"
    ]
    return {
        "fields": [field(c) for c in spec.columns.values()],
        "primaryKey": list(spec.primary_key),
        "foreignKeys": keys,
        "missingValues": [""],
    }
