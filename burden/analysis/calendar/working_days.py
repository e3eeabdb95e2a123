"""Days on which an office works in France: Monday to Friday, public holidays left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]


def public_holidays(year: int) -> tuple[dt.date, ...]:
    """The public holidays of metropolitan France (code du travail, art. L. 3133-1), in order.

    Whit Monday is one of them even where it is worked as the day of solidarity. What only some
    départements observe (Alsace, Moselle, overseas) is left out.

    Returns
    -------
    tuple of date
        Eleven days.

    Examples
    --------
    >>> len(public_holidays(2027)), public_holidays(2027)[1].isoformat()
    (11, '2027-03-29')
    """
    return tuple(sorted(holidays.country_holidays("FR", years=year)))


def working_days(year: int) -> pd.DatetimeIndex:
    """The working days of a year, in order.

    Returns
    -------
    DatetimeIndex
        Monday to Friday, without public holidays.

    Examples
    --------
    >>> len(working_days(2027)), working_days(2027)[0].date().isoformat()
    (254, '2027-01-04')
    """
    first, end = np.datetime64(f"{year:04d}-01-01", "D"), np.datetime64(f"{year + 1:04d}-01-01", "D")
    every = np.arange(first, end)
    return pd.DatetimeIndex(every[np.is_busday(every, busdaycal=_office([year]))].astype("datetime64[s]"))


def last_working_days(days: Iterable[dt.date], *, before: int = 0) -> list[dt.date]:
    """For each day, the last working day that is not after it, or one so many working days earlier.

    Parameters
    ----------
    before : int
        Working days to go back from there.

    Returns
    -------
    list of date
        One day for each day given.

    Examples
    --------
    >>> last_working_days([dt.date(2027, 5, 1), dt.date(2027, 3, 29)])
    [datetime.date(2027, 4, 30), datetime.date(2027, 3, 26)]
    """
    given = list(days)
    years = {d.year for d in given}
    office = _office(sorted(years | {y - 1 for y in years}))
    days = np.array(given, dtype="datetime64[D]")
    found = np.busday_offset(days, -before, roll="backward", busdaycal=office)
    return [dt.date.fromisoformat(str(d)) for d in found]


def _office(years: Iterable[int]) -> np.busdaycalendar:
    closed = [day for year in years for day in public_holidays(year)]
    return np.busdaycalendar(holidays=np.array(closed, dtype="datetime64[D]"))
