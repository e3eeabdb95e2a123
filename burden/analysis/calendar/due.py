"""When an obligation falls due within a calendar year, as far as its period and deadline say."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from burden.model.periods import EVENT, ONCE, Deadline, parse_deadlines, per_year

DATED, SPREAD = "dated", "spread"
COLUMNS = ["obligation_id", "dating", "why_spread", "exercise", "due", "part"]


@dataclass(frozen=True)
class _Fall:
    """A part of a year's effort: on a day, or on none for a reason."""

    part: float
    exercise: int | None = None
    due: dt.date | None = None
    why: str = ""


def due_dates(obligations: pd.DataFrame, year: int) -> pd.DataFrame:
    """What part of a year's effort falls on which day, obligation by obligation.

    A rule counts from a year N: ``N-1:10-31`` falls on 31 October of each year, for the year that
    follows. A day is one delivery. The parts of a rule share the year equally; where a tool falls
    due more often than its rule has days, each day takes one delivery and the rest has no day. A
    tool due every three years takes a third of one delivery each year, for want of knowing which.
    29 February falls on the 28th in a year that has none.

    Parameters
    ----------
    obligations : DataFrame
        Of an inventory; those due ``once`` are left out, as they belong to no year.

    Returns
    -------
    DataFrame
        One row per obligation × day, and one for what has no day: ``obligation_id``, ``dating``
        (``dated``, ``spread``), ``why_spread`` (``event``: counted from an event or a term;
        ``no_deadline``; ``too_few_days``), ``exercise`` (the year N), ``due``, ``part`` of the
        year. The parts of an obligation sum to one.

    Raises
    ------
    ValueError
        If a rule is not a deadline.
    """
    rows = [
        (obligation, DATED if fall.due else SPREAD, fall.why, fall.exercise, fall.due, fall.part)
        for obligation, period, rule in obligations[["obligation_id", "period", "deadline"]].itertuples(
            index=False, name=None
        )
        for fall in _falls(period, "" if pd.isna(rule) else rule, year)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"exercise": "Int64", "due": "datetime64[s]", "part": "float64"})


def _falls(period: str, rule: str, year: int) -> Iterator[_Fall]:
    if period == ONCE:
        return
    deadlines = parse_deadlines(rule) if rule else ()
    days = [d for d in deadlines if not d.anchor]
    times = max(per_year(period), float(len(deadlines))) if days else 1.0
    # A tool due every five years on one day still takes its whole yearly mean on that day.
    times = max(times, 1.0)
    for deadline in days:
        yield _Fall(1.0 / times, year - deadline.year_offset, _day(deadline, year))
    left = 1.0 - len(days) / times
    if left > 1e-12:
        yield _Fall(left, why=_why(period, len(deadlines) > len(days), bool(days)))


def _why(period: str, relative: bool, some_days: bool) -> str:
    if relative or period == EVENT:
        return "event"
    return "too_few_days" if some_days else "no_deadline"


def _day(deadline: Deadline, year: int) -> dt.date:
    month, day = deadline.month or 1, deadline.day or 1
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
