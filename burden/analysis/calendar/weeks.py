"""The weeks of a year and the hours that fall in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.calendar.deliveries import HOURS, is_incomplete
from burden.analysis.calendar.due import DATED
from burden.analysis.calendar.working_days import working_days

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_BOUNDS = ("_low", "", "_high")
COLUMNS = [
    "week", "iso_week", "working_days",
    *(f"{kind}_h{bound}" for kind in ("dated", "spread", "total") for bound in _BOUNDS),
    "deadlines", "deadlines_unmeasured", "spread_unmeasured", "lead_days",
]  # fmt: skip
"""Columns of :func:`weekly_load`, after those it is kept apart by."""


def weekly_load(deliv: pd.DataFrame, *, by: Sequence[str] = ("operator_id",)) -> pd.DataFrame:
    """Hours of each ISO week of the year: those before a deadline, those that have no day.

    The weeks are those of the calendar year, cut at its ends; they sum to the hours of the year.
    The work of a dated delivery is spread over ``lead_days`` working days up to its deadline. What
    would begin before 1 January is put on the last working days of the same year, where the work
    on the next January's deadline will be.

    Parameters
    ----------
    deliv : DataFrame
        What :func:`burden.analysis.calendar.deliveries` gives.
    by : sequence of str
        Columns of it to keep apart; none gives the whole portfolio.

    Returns
    -------
    DataFrame
        One row per ``by`` × week: ``week`` (its Monday, which may be in the year before),
        ``iso_week``, ``working_days`` within the year, ``dated_h``, ``spread_h``, ``total_h`` with
        their bounds, ``deadlines`` (obligation × due date, in the week of the legal date),
        ``deadlines_unmeasured`` (those whose hours are not all known), ``spread_unmeasured``
        (obligations without a day whose hours are not all known), ``lead_days``. Hours are NaN
        where the group has no known hour at all.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.analysis import calendar
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> load = weekly_load(calendar.deliveries(inv, ptf, year=2027))
    >>> len(load), load["working_days"].sum().item(), round(load["total_h"].sum().item(), 2)
    (53, 254, 3.04)
    """
    by = list(by)
    if deliv.empty:
        return _no_week(deliv, by)
    year = _only_year(deliv)
    days = working_days(year)
    weeks = mondays_of(year)
    group, labels = _groups(deliv, by)
    frame = labels.loc[labels.index.repeat(len(weeks))].reset_index(drop=True)
    frame["week"] = np.tile(weeks.to_numpy(), len(labels))
    frame["iso_week"] = np.tile([_iso(w) for w in weeks], len(labels))
    in_week = np.bincount(_week_of(days, weeks), minlength=len(weeks))
    frame["working_days"] = np.tile(in_week, len(labels))
    for column, hours in _loads(deliv, group, len(labels), days, weeks).items():
        frame[column] = hours.ravel()
    for column, count in _counts(deliv, group, len(labels), weeks).items():
        frame[column] = count.ravel().astype("int64")
    return frame.assign(lead_days=int(deliv["lead_days"].iloc[0]))[[*by, *COLUMNS]]


def _no_week(deliv: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    kinds = {c: "float64" if "_h" in c else "int64" for c in COLUMNS}
    kinds |= {"week": "datetime64[s]", "iso_week": "str"}
    return deliv[by].join(pd.DataFrame({c: pd.Series(dtype=kind) for c, kind in kinds.items()}))


def _only_year(deliv: pd.DataFrame) -> int:
    years = deliv["year"].unique()
    if len(years) != 1:
        raise ValueError(f"these deliveries are of {len(years)} years: take one year at a time")
    return int(years[0])


def mondays_of(year: int) -> pd.DatetimeIndex:
    """The Monday of each week that has a day in the year.

    Examples
    --------
    >>> [mondays_of(2027)[i].date().isoformat() for i in (0, 1, -1)]
    ['2026-12-28', '2027-01-04', '2027-12-27']
    """
    first = dt.date(year, 1, 1)
    first -= dt.timedelta(days=first.weekday())
    return pd.date_range(first, dt.date(year, 12, 31), freq="7D", unit="s")


def _iso(monday: pd.Timestamp) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def _week_of(days: pd.DatetimeIndex, weeks: pd.DatetimeIndex) -> Integers:
    return (weeks.searchsorted(days, side="right") - 1).astype(np.int64)


def _groups(deliv: pd.DataFrame, by: list[str]) -> tuple[Integers, pd.DataFrame]:
    if not by:
        return np.zeros(len(deliv), dtype=np.int64), pd.DataFrame(index=range(1))
    group = deliv.groupby(by, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    return group, deliv[by].take(first).reset_index(drop=True)


def _loads(
    deliv: pd.DataFrame, group: Integers, groups: int, days: pd.DatetimeIndex, weeks: pd.DatetimeIndex
) -> dict[str, Floats]:
    """Hours as groups × weeks, by kind and bound."""
    dated = (deliv["dating"] == DATED).to_numpy()
    code, ends = pd.factorize(deliv.loc[dated, "work_by"])
    windows = _windows(pd.DatetimeIndex(ends), int(deliv["lead_days"].iloc[0]), days, weeks)
    even = np.bincount(_week_of(days, weeks), minlength=len(weeks)) / len(days)
    found: dict[str, Floats] = {}
    for column, bound in zip(HOURS, _BOUNDS, strict=True):
        hours = deliv[column].to_numpy(dtype=float)
        known = np.nan_to_num(hours)
        pairs = group[dated] * len(ends) + code
        by_end = np.bincount(pairs, weights=known[dated], minlength=groups * len(ends))
        rest = np.bincount(group[~dated], weights=known[~dated], minlength=groups)
        nothing = np.bincount(group[~np.isnan(hours)], minlength=groups) == 0
        on_days, without = by_end.reshape(groups, len(ends)) @ windows, np.outer(rest, even)
        for kind, values in (("dated", on_days), ("spread", without), ("total", on_days + without)):
            values[nothing] = np.nan
            found[f"{kind}_h{bound}"] = values
    return found


def _windows(ends: pd.DatetimeIndex, lead: int, days: pd.DatetimeIndex, weeks: pd.DatetimeIndex) -> Floats:
    """Share of the work that each week has before each end, as ends × weeks; rows sum to one."""
    last = days.searchsorted(ends, side="right") - 1
    on = (last[:, None] - np.arange(lead)[None, :]) % len(days)
    shares = np.zeros((len(ends), len(weeks)))
    np.add.at(shares, (np.arange(len(ends))[:, None], _week_of(days, weeks)[on]), 1.0 / lead)
    return shares


def _counts(deliv: pd.DataFrame, group: Integers, groups: int, weeks: pd.DatetimeIndex) -> dict[str, Integers]:
    """Deadlines as groups × weeks; what has no day and no known hours is the same in every week."""
    incomplete = is_incomplete(deliv).to_numpy()
    dated = (deliv["dating"] == DATED).to_numpy()

    def deadlines(kept: npt.NDArray[np.bool_]) -> Integers:
        rows = deliv.loc[kept, ["obligation_id", "due"]].assign(group=group[kept]).drop_duplicates()
        at = rows["group"].to_numpy() * len(weeks) + _week_of(pd.DatetimeIndex(rows["due"]), weeks)
        return np.bincount(at, minlength=groups * len(weeks)).reshape(groups, len(weeks))

    rest = deliv.loc[~dated & incomplete, ["obligation_id"]].assign(group=group[~dated & incomplete])
    each = np.bincount(rest.drop_duplicates()["group"], minlength=groups)
    return {
        "deadlines": deadlines(dated),
        "deadlines_unmeasured": deadlines(dated & incomplete),
        "spread_unmeasured": np.repeat(each[:, None], len(weeks), axis=1),
    }
