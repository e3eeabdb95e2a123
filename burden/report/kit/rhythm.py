"""How often, and by when, in words."""

from __future__ import annotations

import datetime as dt
import re

from babel.units import format_unit

from burden.figures import days
from burden.model.messages import text
from burden.model.periods import EVENT, ONCE, Deadline, parse_deadlines

_PART = re.compile(r"(\d+)([YMWDH])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}


def period_name(period: str, language: str) -> str:
    """How often something is due.

    Examples
    --------
    >>> period_name("P5Y", "en"), period_name("event", "en")
    ('every 5 years', 'at each event')
    """
    if period == EVENT:
        return text("at each event").render(language)
    if period == ONCE:
        return text("once").render(language)
    known = {"P1Y": text("every year"), "P1M": text("every month"), "P1W": text("every week")}
    if period in known:
        return known[period].render(language)
    return text("every {duration}", duration=duration(period, language)).render(language)


def duration(written: str, language: str) -> str:
    r"""A length of time in words.

    Examples
    --------
    >>> duration("+P8D", "fr"), duration("PT72H", "en")
    ('8\xa0jours', '72 hours')
    """
    found = _PART.findall(written)
    return " ".join(str(format_unit(int(n), _UNITS[u], locale=language)) for n, u in found)


def deadline_name(rule: str, language: str) -> str:
    """By when something is due: a rule of the inventory in words, as it is where it cannot be read.

    Examples
    --------
    >>> deadline_name("N-1:10-31|event+P8D", "en")
    '31 October of the year before; 8 days after the event'
    """
    try:
        parts = parse_deadlines(rule)
    except ValueError:
        return rule
    return text("; ").render(language).join(_deadline(part, language) for part in parts)


def _deadline(part: Deadline, language: str) -> str:
    if part.month is not None and part.day is not None:
        day = days.day(dt.date(2000, part.month, part.day), language)
        of = {
            -1: text("{day} of the year before", day=day), 0: text("{day} of the year itself", day=day),
            1: text("{day} of the year after", day=day),
        }  # fmt: skip
        other = text("{day}, year N{offset}", day=day, offset=f"{part.year_offset:+d}")
        return of.get(part.year_offset, other).render(language)
    length = duration(part.delay, language)
    event = part.anchor == "event"
    if not re.search(r"[1-9]", part.delay):
        return (text("at the event") if event else text("at the term")).render(language)
    if part.delay.startswith("-"):
        said = (
            text("{length} before the event", length=length)
            if event
            else text("{length} before the term", length=length)
        )
    else:
        said = (
            text("{length} after the event", length=length) if event else text("{length} after the term", length=length)
        )
    return said.render(language)
