"""Authorities and instruments apart, the rest together: *others*, and what is not stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from burden.figures import lettering
from burden.model.messages import plural_text

OTHER, UNSTATED = "\0other", "\0unstated"
"""Keys that no identifier can be."""


def stated(column: pd.Series) -> pd.Series:
    """The identifiers, with a key of their own for the rows that state none."""
    return column.astype(object).fillna(UNSTATED)


def apart(ranked: Iterable[object], most: int) -> list[object]:
    """The first ones; all of them where a single one would be left to group."""
    all_of_them = list(ranked)
    return all_of_them if len(all_of_them) <= most + 1 else all_of_them[:most]


def others(column: pd.Series, kept: Sequence[object]) -> pd.Series:
    """The identifiers kept, one common key for all others."""
    return column.where(column.isin(list(kept)), OTHER)


def authority_name(authority: object, labels: Mapping[str, str], language: str, grouped: int) -> str:
    """Name of an authority, or how many are grouped as others."""
    if authority == OTHER:
        return plural_text(
            "{n} other authority", "{n} other authorities", grouped, n=lettering.number(grouped, language)
        ).render(language)
    return lettering.name_of("" if authority == UNSTATED else authority, labels, language)


def instrument_name(instrument: object, labels: Mapping[str, str], language: str, grouped: int) -> str:
    """Name of an instrument, or how many are grouped as others."""
    if instrument == OTHER:
        return plural_text(
            "{n} other instrument", "{n} other instruments", grouped, n=lettering.number(grouped, language)
        ).render(language)
    given = "" if instrument == UNSTATED else instrument
    return lettering.name_of(given, labels, language, codes="instrument")
