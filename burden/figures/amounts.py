"""What a plan weighs, hours or euros a year, as a reader writes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from burden.figures import lettering
from burden.figures.call_cost import euros
from burden.model.messages import Text, text

HOURS, EUROS = "hours_per_year", "cost_eur_per_year"

SAVED: Mapping[str, Text] = MappingProxyType({HOURS: text("Hours saved a year"), EUROS: text("Euros saved a year")})
"""Name of an axis of savings, by measure."""

A_YEAR: Mapping[str, Text] = MappingProxyType({HOURS: text("Hours a year"), EUROS: text("Euros a year")})
"""Name of an axis of what is borne, by measure."""


def amount(value: float, measure: str, language: str) -> str:
    r"""A quantity with the unit of the measure.

    Examples
    --------
    >>> amount(12, "hours_per_year", "en"), amount(12, "cost_eur_per_year", "en")
    ('12\xa0h', '€12')
    """
    return euros(value, language) if measure == EUROS else lettering.hours(value, language)


def between(low: float, high: float, measure: str, language: str) -> str:
    r"""Two bounds with the unit of the measure.

    Examples
    --------
    >>> between(3, 5, "hours_per_year", "en"), between(3, 5, "cost_eur_per_year", "en")
    ('3–5\xa0h', '€3–€5')
    """
    if measure == EUROS:
        return f"{euros(low, language)}–{euros(high, language)}"
    return lettering.hours_range(low, high, language)


def nothing_saved() -> Text:
    """Why a plan has no figure."""
    return text("Nothing to show: nothing can be saved under the limits set.")
