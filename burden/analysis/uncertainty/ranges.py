"""P10, P50 and P90 of totals, and how far they hang on what is assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, cells
from burden.analysis.uncertainty.simulation import simulated
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

_QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
_DEFAULT = Assumptions()


def ranges(
    inv: Inventory,
    ptf: Portfolio,
    *,
    by: Sequence[str] = (),
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Likely range of a total, and of every group.

    Eight draws in ten lie between ``p10`` and ``p90``. The central value takes every number at its
    most likely; where ranges reach further up than down, the total is more likely above it.

    Parameters
    ----------
    by : sequence of str
        Columns to group by, as in :func:`burden.analysis.ledger.totals`.
    measure : str
        ``hours_per_year`` or ``cost_eur_per_year``.
    side : str or None
        Side of the counter; both when None.

    Returns
    -------
    DataFrame
        One row per group: the ``by`` columns, ``central``, ``p10``, ``p50``, ``p90``, ``rows``,
        ``rows_unmeasured`` (left out), ``rows_without_range`` (taken as if they were certain).
        Groups whose rows are all unmeasured are NaN.

    Raises
    ------
    KeyError
        If a column to group by does not exist.
    ValueError
        If the measure is neither of the two.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> ranges(inv, ptf)["central"].round(2).tolist()
    [3.04]
    """
    return ranges_of(cells(inv, ptf, by, measure, side), assumed)


def ranges_of(known: Cells, assumed: Assumptions) -> pd.DataFrame:
    """The ranges of cells already gathered."""
    found = np.full((len(known.groups), len(_QUANTILES)), np.nan)
    for groups, drawn in simulated(known, assumed):
        found[groups] = np.quantile(drawn, list(_QUANTILES.values()), axis=1).T
    found[known.groups["central"].isna().to_numpy()] = np.nan
    before = list(known.groups).index("central") + 1
    frame = known.groups.copy()
    for offset, name in enumerate(_QUANTILES):
        frame.insert(before + offset, name, found[:, offset])
    return frame


def draws(
    inv: Inventory,
    ptf: Portfolio,
    *,
    by: Sequence[str] = (),
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
    numbered_as: Inventory | None = None,
) -> pd.DataFrame:
    """The draws themselves, for questions of one's own.

    Parameters
    ----------
    numbered_as : Inventory, optional
        Inventory whose obligations and actors number the draws: two inventories numbered as one
        have the same draws for what they share, so that their difference can be drawn.

    Returns
    -------
    DataFrame
        One row per group (its ``by`` values in the index), one column per draw.
    """
    known = cells(inv, ptf, by, measure, side, numbered_as=numbered_as)
    parts = [drawn for _, drawn in simulated(known, assumed)]
    values = np.concatenate(parts) if parts else np.empty((0, assumed.draws))
    index = pd.MultiIndex.from_frame(known.groups[list(by)]) if by else None
    return pd.DataFrame(values, index=index)


def sensitivity(
    inv: Inventory,
    ptf: Portfolio,
    *,
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """The total when errors are each line's own, partly shared as assumed, or wholly shared.

    Returns
    -------
    DataFrame
        One row per case: ``case`` (``own``, ``assumed``, ``shared``), ``central``, ``p10``,
        ``p50``, ``p90`` and the counts of :func:`ranges`.
    """
    known = cells(inv, ptf, (), measure, side)
    cases: Mapping[str, Assumptions] = {
        "own": replace(assumed, table_share=0.0, respondent_share=0.0),
        "assumed": assumed,
        "shared": replace(assumed, table_share=1.0, respondent_share=0.0),
    }
    parts = [ranges_of(known, case).assign(case=name) for name, case in cases.items()]
    frame = pd.concat(parts, ignore_index=True)
    return frame[["case", *frame.columns.drop("case")]]
