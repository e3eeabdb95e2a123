"""How a form says what the inventory holds: numbers with their range, uses, periods, measures."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.figures.known_use import STATUS_NAMES
from burden.model import schema
from burden.model.messages import Text, text
from burden.report.names import Names

BASES: Mapping[str, Text] = MappingProxyType(
    {
        "given": text("given"),
        "assumed": text("standard time, an assumption"),
        "identifier": text("none counted: a name or a number"),
        "none": text("none is known"),
    }
)
"""Where the minutes of a line come from."""

PERIODS: Mapping[str, Text] = MappingProxyType(
    {
        "P1Y": text("every year"),
        "P6M": text("every six months"),
        "P3M": text("every three months"),
        "P1M": text("every month"),
        "event": text("at each event"),
        "once": text("once"),
    }
)
"""The commonest periods; the others are shown as they are written."""

_YEARS = re.compile(r"P(?P<years>\d+)Y")
_MEASURES: Mapping[str, Text] = MappingProxyType(
    {
        "share": text("“{tool}” takes from “{source}” what both ask"),
        "register": text("“{tool}” takes from the register “{source}” what it holds"),
        "merge": text("“{tool}” becomes part of “{source}”"),
        "end": text("“{tool}” ends: all that it asks is given elsewhere"),
    }
)


def exact(value: float, language: str) -> str:
    """A number with all its digits.

    Examples
    --------
    >>> exact(12.5, "fr"), exact(float("nan"), "en")
    ('12,5', 'unknown')
    """
    if math.isnan(value):
        return text("unknown").render(language)
    plain = f"{value:.10g}"
    return plain.replace(".", ",") if language == "fr" else plain


def with_range(low: float, central: float, high: float, language: str) -> str:
    """A number and, where they differ from it, its bounds.

    Examples
    --------
    >>> with_range(2, 10, 120, "en"), with_range(10, 10, 10, "en")
    ('10 (2-120)', '10')
    """
    said = exact(central, language)
    if math.isnan(central) or math.isnan(low) or math.isnan(high) or low == central == high:
        return said
    return f"{said} ({exact(low, language)}-{exact(high, language)})"


def use_said(status: str, uses: str, language: str) -> str:
    """What is known of a use, and which uses."""
    said = STATUS_NAMES[status].render(language)
    named = [schema.code_name("use", u, language) for u in uses.split("|") if u]
    if not named:
        return said
    return text("{status}: {uses}", status=said, uses=", ".join(named)).render(language)


def protected_said(protected: Any, reason: Any, language: str) -> str:
    """Whether something is protected, and why."""
    if pd.isna(protected):
        return text("unknown").render(language)
    said = (text("yes") if protected else text("no")).render(language)
    if not isinstance(reason, str):
        return said
    return text("{yes}: {reason}", yes=said, reason=reason).render(language)


def period_said(period: str, language: str) -> str:
    """How often, in words where it has some."""
    if period in PERIODS:
        return PERIODS[period].render(language)
    if match := _YEARS.fullmatch(period):
        return text("every {years} years", years=match["years"]).render(language)
    return period


def measure_said(measure: Mapping[str, Any], names: Names, language: str) -> str:
    """What a measure does."""
    tool = names.of("obligations", measure["obligation_id"])
    source = str(measure["register"]) or names.of("obligations", measure["source_id"])
    return text(_MEASURES[str(measure["kind"])].template, tool=tool, source=source).render(language)


def some(named: Collection[str], language: str, *, count: int = 4) -> str:
    """Names in a row, the first ones of many.

    Examples
    --------
    >>> some(["a", "b", "c"], "en", count=2)
    'a, b, … (3)'
    """
    first = ", ".join(list(named)[:count])
    return first if len(named) <= count else text("{first}, … ({all})", first=first, all=len(named)).render(language)
