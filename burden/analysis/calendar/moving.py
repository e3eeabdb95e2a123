"""A deadline moved to another day, and what it does to the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from burden.analysis.calendar.deliveries import LEAD_DAYS, deliveries
from burden.analysis.calendar.weeks import weekly_load
from burden.model.cells import nearest
from burden.model.inventory import Inventory, with_tables
from burden.model.periods import parse_deadlines
from burden.model.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class Moving:
    """What moving a deadline changes.

    Attributes
    ----------
    weeks : DataFrame
        One row per group × week: ``total_h_before``, ``total_h_after``, ``change_h``.
    peaks : DataFrame
        One row per group: the heaviest week and its hours before (``week_before``,
        ``peak_h_before``) and after (``week_after``, ``peak_h_after``), and ``change_h``.
    """

    weeks: pd.DataFrame
    peaks: pd.DataFrame


def moved(inv: Inventory, obligation_id: str, deadline: str) -> Inventory:
    """The inventory with the deadline of one obligation replaced.

    Parameters
    ----------
    deadline : str
        A rule such as ``N+1:06-30``; several parts are joined by ``|``.

    Returns
    -------
    Inventory
        A new one; the one given does not change.

    Raises
    ------
    KeyError
        If the obligation is not in the inventory.
    ValueError
        If the rule is not a deadline.

    Examples
    --------
    >>> import burden as bd
    >>> moved(bd.example("four-tools"), "ERRD", "N+1:06-30").obligations["deadline"].tolist()[1]
    'N+1:06-30'
    """
    obligations = inv.obligations
    known = obligations["obligation_id"]
    if obligation_id not in set(known):
        guess = nearest(obligation_id, known)
        hint = f": did you mean {guess!r}?" if guess else ""
        raise KeyError(f"obligation {obligation_id!r} is not in the inventory{hint}")
    parse_deadlines(deadline)
    rules = obligations["deadline"].mask(known == obligation_id, deadline)
    return with_tables(inv, {"obligations": obligations.assign(deadline=rules)})


def effect_of_moving(
    inv: Inventory,
    ptf: Portfolio,
    *,
    year: int,
    obligation_id: str,
    deadline: str,
    by: Sequence[str] = ("operator_id",),
    side: str = "respondent",
    lead_days: int = LEAD_DAYS,
) -> Moving:
    """The weeks of a year before and after a deadline is moved; the year's hours stay the same.

    Parameters
    ----------
    by : sequence of str
        Unit columns to keep apart.

    Returns
    -------
    Moving
        Hours of each week before and after, and how far the peak of the year moves.

    Raises
    ------
    KeyError, ValueError
        As :func:`moved` and :func:`burden.analysis.calendar.deliveries`.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> inv = moved(moved(inv, "ERRD", "N+1:04-30"), "TDB", "N+1:04-30")
    >>> effect = effect_of_moving(inv, ptf, year=2027, obligation_id="TDB", deadline="N+1:06-30")
    >>> bool(effect.peaks["change_h"].item() < 0)
    True
    """
    before, after = (
        weekly_load(deliveries(told, ptf, year=year, by=by, side=side, lead_days=lead_days), by=by)
        for told in (inv, moved(inv, obligation_id, deadline))
    )
    key = [*by, "week"]
    weeks = before[[*key, "total_h"]].merge(after[[*key, "total_h"]], on=key, suffixes=("_before", "_after"))
    weeks["change_h"] = weeks["total_h_after"] - weeks["total_h_before"]
    return Moving(weeks, _peak_change(before, after, list(by)))


def _peak_change(before: pd.DataFrame, after: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    found = _heaviest(before, by, "before")
    later = _heaviest(after, by, "after")
    found = found.merge(later, on=by) if by else found.join(later)
    return found.assign(change_h=found["peak_h_after"] - found["peak_h_before"])


def _heaviest(load: pd.DataFrame, by: list[str], when: str) -> pd.DataFrame:
    # On a tie the last, where the deadline is; rounded, as sums in another order differ by a hair.
    ordered = load.assign(_hours=load["total_h"].round(6)).sort_values(["_hours", "week"], ascending=False)
    first = ordered.drop_duplicates(by) if by else ordered.head(1)
    names = {"week": f"week_{when}", "total_h": f"peak_h_{when}"}
    return first[[*by, "week", "total_h"]].rename(columns=names).reset_index(drop=True)
