"""Dated deliveries of a year: who hands in what, by which day, and the hours it takes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.analysis import ledger
from burden.analysis.calendar.due import due_dates
from burden.analysis.calendar.working_days import last_working_days, working_days
from burden.analysis.redundancy import recipients_of
from burden.model.inventory import Inventory
from burden.model.periods import ONCE
from burden.model.portfolio import Portfolio

LEAD_DAYS = 10
"""Working days over which the work of a dated delivery is spread, up to its deadline: two weeks.

An assumption: nobody has measured when the work is done.
"""

HOURS = ["hours_low", "hours", "hours_high"]
_OF_LEDGER = {"hours_per_year_low": HOURS[0], "hours_per_year": HOURS[1], "hours_per_year_high": HOURS[2]}
_SHARED = [*HOURS, "hours_assumed", "occurrences"]


def deliveries(
    inv: Inventory,
    ptf: Portfolio,
    *,
    year: int,
    by: Sequence[str] = ("operator_id", "actor_id"),
    side: str = "respondent",
    lead_days: int = LEAD_DAYS,
) -> pd.DataFrame:
    """What falls due in a calendar year, and the work before it.

    The hours are those of the ledger, as a mean year has them: what falls due every three years
    takes a third of its hours on its day each year (``occurrences`` says a third). A rule that
    gives a day makes a *dated* delivery; what counts from an event or has no deadline is *spread*
    over the working days of the year, as nobody can tell its day. Effort made once is left out:
    it is ``once_h`` of :func:`burden.analysis.ledger.totals`.

    Parameters
    ----------
    year : int
        The calendar year of the deadlines. ``N-1:10-31`` falls in it for the year after it.
    by : sequence of str
        Unit columns to keep apart (see :func:`burden.analysis.ledger.occurrences`).
    side : str
        ``respondent``, or ``authority`` for the hours of those who receive.
    lead_days : int
        Working days over which the work of a dated delivery is spread, the last one included.

    Returns
    -------
    DataFrame
        One row per group of units × obligation × due date, and one per group × obligation for
        what is spread: the ``by`` columns, ``obligation_id``, ``period``, ``instrument``,
        ``required_by_id``, ``recipient_ids``, ``dating``, ``why_spread``, ``exercise`` (year N of
        the rule), ``due`` (the legal date), ``work_by`` (the last working day until then),
        ``work_from``, ``occurrences`` (deliveries expected; NaN where no number is known),
        ``hours_low``, ``hours``, ``hours_high``, ``hours_assumed`` (those that rest on standard
        times), ``lines`` of effort, ``lines_unmeasured`` that are in no hours, ``lead_days`` and
        ``year``. Hours are NaN where no line is measured, and where there is none.

    Raises
    ------
    ValueError
        If ``lead_days`` is not between 1 and the working days of the year.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.analysis import calendar
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> dated = calendar.moved(inv, "ERRD", "N+1:04-30")
    >>> deliveries(dated, ptf, year=2027)[["obligation_id", "dating", "work_by"]].head(2)
      obligation_id  dating    work_by
    0          ERRD   dated 2027-04-30
    1          CPOM  spread        NaT
    """
    known = len(working_days(year))
    if not 1 <= lead_days <= known:
        raise ValueError(f"lead_days is {lead_days}: write a number of working days from 1 to {known}")
    owed = _owed(inv, ptf, list(by), side)
    frame = owed.merge(due_dates(inv.obligations, year), on="obligation_id", sort=False)
    frame[_SHARED] = frame[_SHARED].mul(frame.pop("part"), axis=0)
    frame = frame.merge(_facts(inv), on="obligation_id", how="left", sort=False)
    frame = _with_work(frame, lead_days).assign(lead_days=lead_days, year=year)
    frame = frame.sort_values(["due", "hours"], ascending=[True, False], kind="stable", na_position="last")
    return frame[[*by, *COLUMNS]].reset_index(drop=True)


COLUMNS = [
    "obligation_id", "period", "instrument", "required_by_id", "recipient_ids", "dating", "why_spread",
    "exercise", "due", "work_by", "work_from", "occurrences", *HOURS, "hours_assumed",
    "lines", "lines_unmeasured", "lead_days", "year",
]  # fmt: skip
"""Columns of :func:`deliveries`, after those of the units."""


def _owed(inv: Inventory, ptf: Portfolio, by: list[str], side: str) -> pd.DataFrame:
    """Occurrences and hours a year of each group × recurring obligation; what never occurs is left out."""
    key = [*by, "obligation_id"]
    own = inv.obligations.loc[inv.obligations["period"] != ONCE, ["obligation_id", "population_id"]]
    often = ledger.occurrences(inv, ptf, by=by).merge(own, on=["obligation_id", "population_id"])
    times = often.groupby(key, dropna=False, sort=False)["occurrences_per_year"].sum(min_count=1)
    frame = times.rename("occurrences").reset_index()
    frame = frame.merge(_hours(inv, ptf, by, side), on=key, how="left", sort=False)
    counts = ["lines", "lines_unmeasured"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    never = (frame["occurrences"] == 0) & ~(frame["hours"] > 0) & (frame["lines_unmeasured"] == 0)
    return frame[~never]


def _hours(inv: Inventory, ptf: Portfolio, by: list[str], side: str) -> pd.DataFrame:
    lines = ledger.build(inv, ptf, by=by)
    lines = lines[lines["side"] == side].rename(columns=_OF_LEDGER)
    lines["hours_assumed"] = lines["hours"].where(lines["minutes_basis"] == "assumed", 0.0)
    lines["lines_unmeasured"] = lines["hours"].isna().astype("int64")
    grouped = lines.groupby([*by, "obligation_id"], dropna=False, sort=False)
    sums = grouped[[*HOURS, "hours_assumed"]].sum(min_count=1)
    return sums.assign(lines=grouped.size(), lines_unmeasured=grouped["lines_unmeasured"].sum()).reset_index()


def _facts(inv: Inventory) -> pd.DataFrame:
    """What a reader of the calendar wants to know of an obligation, beside its day."""
    reached = recipients_of(inv).drop_duplicates().groupby("obligation_id")["authority_id"].agg("|".join)
    facts = inv.obligations[["obligation_id", "period", "instrument", "required_by_id"]]
    ids = facts["obligation_id"].map(reached.to_dict()).astype("str").fillna("")
    return facts.assign(recipient_ids=ids)


def _with_work(frame: pd.DataFrame, lead_days: int) -> pd.DataFrame:
    """The days between which the work of each dated delivery is done."""
    days = frame["due"].dropna().drop_duplicates()
    dates = [d.date() for d in days]
    work = {"work_by": last_working_days(dates), "work_from": last_working_days(dates, before=lead_days - 1)}
    columns = {name: pd.Series(found, dtype="datetime64[s]") for name, found in work.items()}
    known = pd.DataFrame({"due": days.reset_index(drop=True), **columns})
    return frame.merge(known, on="due", how="left", sort=False)


def by_dating(deliv: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """How much of the year has a day, and why the rest has none.

    Parameters
    ----------
    deliv : DataFrame
        What :func:`deliveries` gives.
    by : sequence of str
        Columns of it to keep apart.

    Returns
    -------
    DataFrame
        One row per ``by`` × ``dating`` × ``why_spread``: ``obligations``, hours with their bounds,
        ``share`` of the known hours, ``unmeasured`` (obligations of which some line, or all,
        has no known hours).

    Examples
    --------
    >>> import burden as bd
    >>> year = deliveries(bd.example("four-tools"), bd.example_portfolio("four-tools"), year=2027)
    >>> by_dating(year)[["dating", "why_spread", "obligations", "share"]].to_numpy().tolist()
    [['spread', 'no_deadline', 4, 1.0]]
    """
    by = list(by)
    grouped = deliv.groupby([*by, "dating", "why_spread"], dropna=False)
    found = grouped[HOURS].sum(min_count=1)
    found.insert(0, "obligations", grouped["obligation_id"].nunique())
    incomplete = deliv[is_incomplete(deliv)].groupby([*by, "dating", "why_spread"], dropna=False)
    found["unmeasured"] = incomplete["obligation_id"].nunique().reindex(found.index, fill_value=0)
    found = found.reset_index()
    whole = found.groupby(by, dropna=False)["hours"].transform("sum") if by else found["hours"].sum()
    return found.assign(share=found["hours"] / whole)


def is_incomplete(deliv: pd.DataFrame) -> pd.Series:
    """Deliveries of which a line has no known hours, or that have no line at all."""
    return deliv["hours"].isna() | (deliv["lines_unmeasured"] > 0)
