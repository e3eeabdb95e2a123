"""What a table knows, and what it leaves out: the notes under the figures."""

from __future__ import annotations

import math

import pandas as pd

from burden.figures import lettering
from burden.model.messages import Text, plural_text, text


def unmeasured_rows(table: pd.DataFrame, value: str = "hours_per_year") -> int:
    """Lines without a figure: as the table counts them, else its rows where the value is NaN."""
    if "rows_unmeasured" in table:
        return int(table["rows_unmeasured"].fillna(0).sum())
    return int(table[value].isna().sum())


def unmeasured_note(rows: int, language: str) -> str:
    """How many lines are in no total; nothing where all are measured.

    Examples
    --------
    >>> unmeasured_note(23, "en")
    '23 lines without a known duration, left out of the hours; ≥ marks the sums they miss.'
    """
    if not rows:
        return ""
    return plural_text(
        "{n} line without a known duration, left out of the hours; ≥ marks the sums it misses.",
        "{n} lines without a known duration, left out of the hours; ≥ marks the sums they miss.",
        rows,
        n=lettering.number(rows, language),
    ).render(language)


def at_least(value: float, incomplete: bool, language: str) -> str:
    r"""Hours, marked where some lines of theirs have no known duration.

    Examples
    --------
    >>> at_least(40, True, "en"), at_least(float("nan"), True, "en")
    ('≥\xa040\xa0h', '?\xa0h')
    """
    if math.isnan(value):
        return f"?{lettering.NO_BREAK_SPACE}h"
    mark = f"≥{lettering.NO_BREAK_SPACE}" if incomplete else ""
    return mark + lettering.hours(value, language)


def incomplete(table: pd.DataFrame) -> pd.Series:
    """Rows whose hours miss something, or everything."""
    nothing_known = table["hours_per_year"].isna()
    if "rows_unmeasured" not in table:
        return nothing_known
    return nothing_known | (table["rows_unmeasured"].fillna(0) > 0)


def no_duration(rows: int, language: str) -> Text:
    """Why there is nothing to draw."""
    if not rows:
        return nothing()
    return plural_text(
        "Nothing to show: the duration of the only line is not known.",
        "Nothing to show: the duration of none of the {n} lines is known.",
        rows,
        n=lettering.number(rows, language),
    )


def nothing() -> Text:
    """There is no row."""
    return text("Nothing to show: the table has no row.")


def total_hours(value: float, unmeasured: int, language: str) -> Text:
    r"""The sum of the hours a year; called known where some are not.

    Examples
    --------
    >>> total_hours(40, 2, "en").render("en")
    '40\xa0h a year that are known'
    """
    hours = lettering.hours(value, language)
    if unmeasured:
        return text("{hours} a year that are known", hours=hours)
    return text("{hours} a year", hours=hours)


def joined(parts: list[str], language: str) -> str:
    """Clauses in a row, for alternative texts."""
    return text("; ").render(language).join(parts)
