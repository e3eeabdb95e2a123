"""Days as a reader writes them."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date


def day(date: dt.date, language: str) -> str:
    """A day without its year.

    Examples
    --------
    >>> day(dt.date(2027, 5, 1), "fr"), day(dt.date(2027, 5, 1), "en")
    ('1er mai', '1 May')
    """
    return _written(date, "d MMMM", language)


def full_day(date: dt.date, language: str) -> str:
    """A day with its weekday and its year.

    Examples
    --------
    >>> full_day(dt.date(2027, 4, 30), "fr"), full_day(dt.date(2027, 4, 30), "en")
    ('vendredi 30 avril 2027', 'Friday 30 April 2027')
    """
    return _written(date, "EEEE d MMMM y", language)


def month(date: dt.date, language: str) -> str:
    """The month of a day, shortened.

    Examples
    --------
    >>> month(dt.date(2027, 1, 1), "fr"), month(dt.date(2027, 1, 1), "en")
    ('janv.', 'Jan')
    """
    return str(format_date(date, "LLL", locale=language))


def _written(date: dt.date, pattern: str, language: str) -> str:
    # French says the first of a month as an ordinal; the locale data do not.
    if language == "fr" and date.day == 1:
        pattern = pattern.replace("d ", "d'er' ")
    return str(format_date(date, pattern, locale=language))
