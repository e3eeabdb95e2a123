"""Draws of several portfolios with common errors, so that their difference has a sign and a range."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import cells
from burden.analysis.uncertainty.simulation import simulated
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio, portfolio_from_frame

_DEFAULT = Assumptions()
_BETWEEN = "\x1f"
"""Stands in no identifier."""


def together(
    inv: Inventory,
    portfolios: Mapping[str, Portfolio],
    *,
    obligations: Collection[str] | None = None,
    certain: Sequence[str] = (),
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Totals of several portfolios, drawn with the same errors.

    The errors of an obligation, of a type of respondent and of the standard times are the same in
    every portfolio: what differs between two rows is what differs between the portfolios.

    Parameters
    ----------
    obligations : collection of str, optional
        Those that are added up; all when absent. Their errors do not depend on the choice.
    certain : sequence of str
        Populations whose numbers are a hypothesis rather than an estimate, and are not drawn.
    side : str or None
        Side of the counter; both when None.

    Returns
    -------
    DataFrame
        One row per portfolio (its name in the index), one column per draw. What is unmeasured is
        left out, as everywhere.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> drawn = together(inv, {"once": ptf, "again": ptf})
    >>> float((drawn.loc["once"] - drawn.loc["again"]).abs().max())
    0.0
    """
    whole, case_of = stacked(portfolios)
    drawn = by_operator(
        inv, whole, obligations=obligations, certain=certain, measure=measure, side=side, assumed=assumed
    )  # fmt: skip
    totals = drawn.groupby([case_of[o] for o in drawn.index], sort=False).sum()
    return totals.reindex(list(portfolios), fill_value=0.0)


def by_operator(
    inv: Inventory,
    ptf: Portfolio,
    *,
    obligations: Collection[str] | None = None,
    certain: Sequence[str] = (),
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Totals of each operator of a portfolio, drawn with the same errors; see :func:`together`.

    Returns
    -------
    DataFrame
        One row per operator that owes something, one column per draw.
    """
    narrow = inv if obligations is None else select(inv, obligation=_in_order(inv, obligations))
    known = cells(narrow, ptf, ["operator_id"], measure, side, numbered_as=inv, certain=certain)
    total = np.zeros((len(known.groups), assumed.draws))
    for groups, drawn in simulated(known, assumed):
        total[groups] = drawn
    return pd.DataFrame(total, index=known.groups["operator_id"].astype("str").tolist())


def stacked(portfolios: Mapping[str, Portfolio]) -> tuple[Portfolio, dict[str, str]]:
    """Several portfolios as one, so that they are worked out at once.

    Returns
    -------
    Portfolio
        Every unit of each; identifiers of units and operators have the name of theirs before them.
    dict of str to str
        Operator there → name of its portfolio.
    """
    frames: list[pd.DataFrame] = []
    case_of: dict[str, str] = {}
    for name, ptf in portfolios.items():
        units = ptf.units
        units["unit_id"] = name + _BETWEEN + units["unit_id"]
        units["operator_id"] = name + _BETWEEN + units["operator_id"]
        case_of |= dict.fromkeys(units["operator_id"], name)
        frames.append(units)
    return portfolio_from_frame("together", pd.concat(frames, ignore_index=True)), case_of


def _in_order(inv: Inventory, obligations: Collection[str]) -> list[str]:
    return [str(o) for o in inv.obligations["obligation_id"] if o in obligations]
