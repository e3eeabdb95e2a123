"""From the text of a cell to its value: French office habits first, then type and constraints.

Types and constraints are read by frictionless from the Table Schema of the table; what arrives
from an office (decimal commas, French labels, ``oui``) is first brought to its plain form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from math import isfinite
from typing import Any

import frictionless
from rapidfuzz import process

from burden.model import schema
from burden.model.findings import Finding, Place
from burden.model.messages import Text, text
from burden.model.periods import is_period, parse_deadlines

_TRUE = {"true", "vrai", "oui", "yes", "1", "x"}
_FALSE = {"false", "faux", "non", "no", "0"}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2007]+")
_OTHERS = re.compile(r"[^a-z0-9]+")


def plain(value: str) -> str:
    r"""Text without the spaces, line ends and zero-width marks that offices leave around it.

    Examples
    --------
    >>> plain("  Capacité\u00a0 autorisée ")
    'Capacité autorisée'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", value).replace("\ufeff", "")).strip()


# Headers and labels come back again and again.
@lru_cache(maxsize=10_000)
def folded(value: str) -> str:
    """Text without case, accents and punctuation, to compare headers and labels.

    Examples
    --------
    >>> folded("Périodicité "), folded("legal_base-IDs")
    ('periodicite', 'legal base ids')
    """
    bare = unicodedata.normalize("NFKD", plain(value).casefold())
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c)).replace("œ", "oe")
    return _OTHERS.sub(" ", bare).strip()


def nearest(value: str, choices: Iterable[str]) -> str:
    """The choice that the text most likely meant, or nothing.

    Examples
    --------
    >>> nearest("anual", ["annual", "event"])
    'annual'
    """
    found = process.extractOne(value, list(choices), processor=folded, score_cutoff=70)
    return str(found[0]) if found else ""


def did_you_mean(value: str, choices: Iterable[str], otherwise: Text) -> Text:
    """A remedy: the nearest choice, or another advice when none is near."""
    guess = nearest(value, choices)
    return text("Did you mean '{guess}'?", guess=guess) if guess else otherwise


def _plain_number(value: str) -> str:
    bare = _SPACES.sub("", value)
    return bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare


def _plain_boolean(value: str) -> str:
    low = folded(value)
    return "true" if low in _TRUE else "false" if low in _FALSE else value


def _plain_date(value: str) -> str:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(value, pattern).date().isoformat()
        except ValueError:
            continue
    return value


def _plain_list(value: str) -> str:
    parts = (plain(p) for p in re.split(r"[|;]", value))
    return "|".join(p for p in parts if p)


_PLAIN_BY_TYPE: dict[str, Callable[[str], str]] = {
    "number": _plain_number,
    "integer": _plain_number,
    "boolean": _plain_boolean,
    "date": _plain_date,
    "list": _plain_list,
    "deadline": _plain_list,
}


@cache
def _code_by_label(code_list: str) -> dict[str, str]:
    names = {folded(n): c.code for c in schema.codes(code_list).values() for n in (c.name_fr, c.name_en)}
    return names | {folded(c): c for c in schema.codes(code_list)}


@cache
def _reader(table: str, column: str) -> Callable[[str], tuple[Any, Any]]:
    """What reads a cell of a column; frictionless would make it anew for each cell."""
    descriptor = schema.field(schema.tables()[table].columns[column])
    # The example is documentation; frictionless would validate it as a value.
    field = frictionless.Field.from_descriptor({k: v for k, v in descriptor.items() if k != "example"})
    return field.create_cell_reader()


def to_plain(column: schema.Column, raw: str) -> str:
    """The plain form of a cell: what the Table Schema of the column expects.

    Examples
    --------
    >>> columns = schema.tables()["requests"].columns
    >>> to_plain(columns["minutes"], "1 234,5"), to_plain(columns["unit"], "Équivalents temps plein")
    ('1234.5', 'fte')
    """
    value = plain(raw)
    if not value:
        return column.default
    if column.code_list:
        return _code_by_label(column.code_list).get(folded(value), value)
    if column.type == "string" and column.column not in schema.tables()[column.table].primary_key:
        return "\n".join(plain(line) for line in raw.splitlines()).strip()
    return _PLAIN_BY_TYPE.get(column.type, str)(value)


def read_cell(column: schema.Column, raw: str, place: Place) -> tuple[Any, list[Finding]]:
    """Value of a cell and what is wrong with it; a faulty cell has no value.

    Returns
    -------
    tuple
        The typed value (``None`` when empty or faulty) and the findings, each at ``place``.
    """
    plain_value = to_plain(column, raw)
    value, notes = _reader(column.table, column.column)(plain_value)
    if isinstance(value, Decimal) and not isfinite(float(value)):
        value, notes = None, {"type": ""}
    faults = [Finding("cell", "error", place, *_said(column, kind, plain_value), value=raw) for kind in notes or {}]
    if not faults and plain_value and (said := _rule_fault(column, plain_value)):
        faults = [Finding("cell", "error", place, *said, value=raw)]
    return (None if faults else value), faults


def _rule_fault(column: schema.Column, value: str) -> tuple[Text, Text] | None:
    if column.type == "period" and not is_period(value):
        return (
            text("'{value}' is not a period.", value=_short(value)),
            text("Write P1Y, P6M, P1M, event or once."),
        )
    if column.type == "deadline":
        try:
            parse_deadlines(value)
        except ValueError:
            return (
                text("'{value}' is not a deadline.", value=_short(value)),
                text("Write N-1:10-31, N+1:04-30 or event+P8D, with a day that exists."),
            )
    return None


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "…"


def _said(column: schema.Column, kind: str, value: str) -> tuple[Text, Text]:
    shown = _short(value)
    if kind == "required":
        return (
            text("the cell is empty and must not be."),
            text("Write a value, for instance {example}.", example=column.example),
        )
    if kind == "enum":
        choices = list(schema.codes(column.code_list))
        remedy = did_you_mean(value, choices, text("Write one of: {codes}.", codes=schema.choices(column.code_list)))
        return text("'{value}' is not a code of this list.", value=shown), remedy
    if kind == "minimum":
        return (
            text("{value} is below the minimum {limit}.", value=shown, limit=f"{column.minimum:g}"),
            text("Correct the number, or leave the cell empty if it is unknown."),
        )
    if kind == "maximum":
        return (
            text("{value} is above the maximum {limit}.", value=shown, limit=f"{column.maximum:g}"),
            text("Correct the number, or leave the cell empty if it is unknown."),
        )
    if kind == "pattern":
        return (
            text("'{value}' is not an identifier.", value=shown),
            text("Use letters without accents, digits, - and _, without spaces; several are joined by |."),
        )
    return _type_fault(column, shown)


def _type_fault(column: schema.Column, shown: str) -> tuple[Text, Text]:
    if column.type == "date":
        return (
            text("'{value}' is not a date.", value=shown),
            text("Write it as 2025-12-31 or 31/12/2025, with a day that exists."),
        )
    if column.type == "boolean":
        return text("'{value}' is neither true nor false.", value=shown), text("Write true or false.")
    return (
        text("'{value}' is not a number.", value=shown),
        text("Write digits only, without a unit, for instance {example}.", example=column.example or "12.5"),
    )
