"""Standard Cost Model totals: hours first, euros after, full-time equivalents last."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.analysis import ledger
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

HOURS_PER_FULL_TIME_YEAR = 1_607
"""Legal yearly working time of a full-time post in France (code du travail, art. L. 3121-41)."""


def standard_cost(inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = (), year: int | None = None) -> pd.DataFrame:
    """What the obligations of a portfolio take a year.

    Parameters
    ----------
    by : sequence of str
        Columns to group by: of the units, of the lines, of the obligations (see
        :func:`burden.analysis.ledger.totals`).
    year : int, optional
        Year of the tariffs; the latest known when absent.

    Returns
    -------
    DataFrame
        One row per group, most hours first: hours, euros and full-time equivalents (``etpt``) a
        year with bounds, one-off hours and euros apart, ``rows`` counted, ``rows_unmeasured``
        left out of the hours for want of a figure and ``rows_without_eur`` left out of the euros
        for want of a tariff.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> standard_cost(inv, ptf, by=["instrument"]).shape[0]
    4
    """
    frame = ledger.totals(inv, ptf, by=by, year=year)
    frame["etpt"] = frame["hours_per_year"] / HOURS_PER_FULL_TIME_YEAR
    return frame.sort_values("hours_per_year", ascending=False, kind="stable").reset_index(drop=True)


def annualised_cost_canada(
    *, cost_eur: float, times: float, businesses: float, periods_per_year: int, start_year: int
) -> float:
    """Annualised administrative cost by Canada's statutory formula, in 2012 money.

    ::

        A × 0.142378 ÷ 1.07^(B − 2012),  A = Σ over F = 1 … 10·G of C·D·E ÷ 1.07^(F ÷ G)

    Ten years of cost at 7 %, spread over ten equal yearly amounts.

    Parameters
    ----------
    cost_eur : float
        C, cost of the activity once, in currency units.
    times : float
        D, times it is done in a period.
    businesses : float
        E, how many do it.
    periods_per_year : int
        G, periods in a year.
    start_year : int
        B, first year.

    Returns
    -------
    float
        A year's cost, in the currency units of ``cost_eur``.

    References
    ----------
    Red Tape Reduction Regulations, SOR/2015-202.

    Examples
    --------
    >>> round(
    ...     annualised_cost_canada(
    ...         cost_eur=30, times=2, businesses=1000, periods_per_year=1, start_year=2012
    ...     ),
    ...     2,
    ... )
    60000.21
    """
    each = cost_eur * times * businesses
    present = sum(each / 1.07 ** (f / periods_per_year) for f in range(1, 10 * periods_per_year + 1))
    return float(present * 0.142378 / 1.07 ** (start_year - 2012))
