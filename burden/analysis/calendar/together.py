"""Deadlines that fall together, and the weeks that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from burden.analysis.calendar.deliveries import HOURS, is_incomplete
from burden.analysis.calendar.due import DATED
from burden.analysis.calendar.weeks import weekly_load

PEAK = 1.1
"""How many times the median week a peak is, unless asked otherwise: a tenth more.

What has no day is spread evenly and levels every week, so that little more already stands out.
"""


def collisions(
    deliv: pd.DataFrame,
    *,
    by: Sequence[str] = ("operator_id",),
    within: Literal["day", "week"] = "day",
    at_least: int = 2,
) -> pd.DataFrame:
    """Days or weeks on which several tools fall due for the same operator.

    Parameters
    ----------
    deliv : DataFrame
        What :func:`burden.analysis.calendar.deliveries` gives.
    within : str
        ``day``: the same legal date; ``week``: the same ISO week.
    at_least : int
        Fewest different tools.

    Returns
    -------
    DataFrame
        One row per ``by`` × day or week, most tools first: ``due`` (the day, or the Monday of the
        week), ``work_by`` (the earliest), ``obligations`` (different tools), ``occurrences``
        (deliveries expected), ``authorities`` that receive them, ``hours`` of these deliveries
        with bounds, ``unmeasured`` (tools whose hours are not all known), ``obligation_ids``
        (most hours first), ``authority_ids``.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.analysis import calendar
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> for tool in ("ERRD", "TDB"):
    ...     inv = calendar.moved(inv, tool, "N+1:04-30")
    >>> found = collisions(calendar.deliveries(inv, ptf, year=2027))
    >>> found[["obligations", "obligation_ids"]].to_numpy().tolist()
    [[2, 'TDB|ERRD']]
    """
    by = list(by)
    dated = deliv[deliv["dating"] == DATED].sort_values("hours", ascending=False, kind="stable")
    dated = dated.assign(incomplete=is_incomplete(dated))
    if within == "week":
        dated["due"] = dated["due"] - pd.to_timedelta(dated["due"].dt.day_of_week, unit="D")
    key = [*by, "due"]
    tools = dated.groupby(key, dropna=False)["obligation_id"].nunique()
    several = tools[tools >= at_least].rename("obligations").reset_index()
    dated = dated.merge(several, on=key)
    grouped = dated.groupby(key, dropna=False)
    found = grouped[["occurrences", *HOURS]].sum(min_count=1).join(grouped[["work_by", "obligations"]].min())
    found["obligation_ids"] = grouped["obligation_id"].agg(_united)
    found["authority_ids"] = grouped["recipient_ids"].agg(_united)
    unknown = dated[dated["incomplete"]].groupby(key, dropna=False)["obligation_id"].nunique()
    found["unmeasured"] = unknown.reindex(found.index, fill_value=0)
    found["authorities"] = [len([a for a in ids.split("|") if a]) for ids in found["authority_ids"]]
    order = {"obligations": False, "hours": False, "due": True}
    found = found.reset_index().sort_values(list(order), ascending=list(order.values()), kind="stable")
    columns = ["due", "work_by", "obligations", "occurrences", "authorities", *HOURS, "unmeasured"]
    return found[[*by, *columns, "obligation_ids", "authority_ids"]].reset_index(drop=True)


def _united(ids: pd.Series) -> str:
    return "|".join(dict.fromkeys(i for joined in ids.dropna() for i in joined.split("|") if i))


def peaks(deliv: pd.DataFrame, *, by: Sequence[str] = ("operator_id",), multiple: float = PEAK) -> pd.DataFrame:
    """Weeks whose hours are more than so many times those of the median week.

    The median is taken over the weeks of the year that have a working day.

    Parameters
    ----------
    deliv : DataFrame
        What :func:`burden.analysis.calendar.deliveries` gives.
    multiple : float
        Of the median week.

    Returns
    -------
    DataFrame
        Rows of :func:`burden.analysis.calendar.weekly_load`, heaviest first, with ``median_h``,
        ``times_median`` and ``obligation_ids``: the dated tools worked on in that week, most hours
        first. What has no day is the same in every week and makes no peak.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.analysis import calendar
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> year = calendar.deliveries(calendar.moved(inv, "ERRD", "N+1:04-30"), ptf, year=2027)
    >>> peaks(year)[["iso_week", "obligation_ids"]].to_numpy().tolist()
    [['2027-W16', 'ERRD'], ['2027-W17', 'ERRD']]
    """
    by = list(by)
    load = weekly_load(deliv, by=by)
    open_weeks = load[load["working_days"] > 0]
    if by:
        median = open_weeks.groupby(by, dropna=False)["total_h"].median().rename("median_h").reset_index()
        load = load.merge(median, on=by, how="left")
    else:
        load = load.assign(median_h=open_weeks["total_h"].median())
    load["times_median"] = load["total_h"] / load["median_h"].where(load["median_h"] > 0)
    found = load[load["total_h"] > multiple * load["median_h"]]
    found = found.sort_values("total_h", ascending=False, kind="stable")
    return found.merge(_worked_on(deliv, by), on=[*by, "week"], how="left").fillna({"obligation_ids": ""})


def _worked_on(deliv: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Dated tools whose work falls in each week, most hours first."""
    each = weekly_load(deliv[deliv["dating"] == DATED], by=[*by, "obligation_id"])
    each = each[each["dated_h"] > 0].sort_values("dated_h", ascending=False, kind="stable")
    joined = each.groupby([*by, "week"], dropna=False)["obligation_id"].agg("|".join)
    return joined.rename("obligation_ids").reset_index().astype({"week": "datetime64[s]"})
