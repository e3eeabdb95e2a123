"""How often, and by when: ISO 8601 durations, ``event``, ``once``; deadline rules."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from fractions import Fraction

EVENT, ONCE = "event", "once"
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_DAY = re.compile(r"N(?:([+-]\d+))?:(\d{2})-(\d{2})", re.ASCII)
_RELATIVE = re.compile(
    r"(event|term)([+-])(P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?)?)", re.ASCII
)
_YEARS = (Fraction(1), Fraction(1, 12), Fraction(7, 365), Fraction(1, 365))


def years(period: str) -> Fraction:
    """Length of a duration in years, with 12 months, 365 days and 365/7 weeks to the year.

    Raises
    ------
    ValueError
        If the text is not an ISO 8601 duration of whole years, months, weeks or days above zero.

    Examples
    --------
    >>> years("P6M")
    Fraction(1, 2)
    """
    match = _DURATION.fullmatch(period)
    parts = [int(p or 0) for p in match.groups()] if match else []
    length = sum((n * unit for n, unit in zip(parts, _YEARS, strict=False)), Fraction(0))
    if length <= 0:
        raise ValueError(f"{period!r} is not a period")
    return length


def per_year(period: str) -> float:
    """Occurrences a year for one counted member; an event counts once, as its number is yearly.

    ``once`` recurs zero times a year: its effort is one-off.

    Examples
    --------
    >>> per_year("P1M"), per_year("P5Y"), per_year("event"), per_year("once")
    (12.0, 0.2, 1.0, 0.0)
    """
    if period == EVENT:
        return 1.0
    if period == ONCE:
        return 0.0
    return float(1 / years(period))


def is_period(value: str) -> bool:
    """Whether the text is a period.

    Examples
    --------
    >>> is_period("P1Y"), is_period("anual")
    (True, False)
    """
    if value in (EVENT, ONCE):
        return True
    try:
        return years(value) > 0
    except ValueError:
        return False


@dataclass(frozen=True)
class Deadline:
    """One due date: a day of a year counted from year N, or a delay from an event or a term."""

    year_offset: int = 0
    month: int | None = None
    day: int | None = None
    anchor: str = ""
    delay: str = ""


def parse_deadlines(rule: str) -> tuple[Deadline, ...]:
    """The due dates of a rule, in order.

    Raises
    ------
    ValueError
        If a part is not ``N-1:10-31`` or ``event+P8D``, or names a day that no year has.

    Examples
    --------
    >>> parse_deadlines("N-1:10-31|event+P8D")
    (Deadline(year_offset=-1, month=10, day=31, anchor='', delay=''), \
Deadline(year_offset=0, month=None, day=None, anchor='event', delay='+P8D'))
    """
    return tuple(_deadline(part) for part in rule.split("|"))


def _deadline(part: str) -> Deadline:
    if relative := _RELATIVE.fullmatch(part):
        anchor, sign, delay = relative.groups()
        return Deadline(anchor=anchor, delay=sign + delay)
    match = _DAY.fullmatch(part)
    if not match:
        raise ValueError(f"{part!r} is not a deadline")
    offset, month, day = int(match[1] or 0), int(match[2]), int(match[3])
    # 2000 is a leap year: 29 February is a date that some years have.
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2000, month)[1]:
        raise ValueError(f"{part!r} names a day that does not exist")
    return Deadline(year_offset=offset, month=month, day=day)
