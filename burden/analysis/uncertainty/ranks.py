"""How often a finding keeps its rank."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, cells
from burden.analysis.uncertainty.simulation import simulated
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

_DEFAULT = Assumptions()


def ranks(
    inv: Inventory,
    ptf: Portfolio,
    *,
    by: Sequence[str] = ("obligation_id",),
    top: Sequence[int] = (5, 10),
    measure: str = "hours_per_year",
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Probability that each group is among the heaviest.

    Returns
    -------
    DataFrame
        One row per group with a known value, heaviest first: the ``by`` columns, ``central``,
        ``rank``, and ``top_5_share`` … the share of draws in which it is among the 5 heaviest.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> ranks(inv, ptf, top=[4])["top_4_share"].tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    known = cells(inv, ptf, by, measure, side)
    limits = [min(k, len(known.groups)) for k in top]
    thresholds = _thresholds(known, assumed, limits)
    shares = np.zeros((len(known.groups), len(limits)))
    for groups, drawn in simulated(known, assumed):
        for column, threshold in enumerate(thresholds):
            shares[groups, column] = (drawn >= threshold).mean(axis=1)
    frame = known.groups[[*by, "central"]].assign(**{f"top_{k}_share": shares[:, i] for i, k in enumerate(top)})
    frame = frame[frame["central"].notna()].sort_values("central", ascending=False, kind="stable")
    frame.insert(len(by) + 1, "rank", np.arange(1, len(frame) + 1))
    return frame.reset_index(drop=True)


def _thresholds(known: Cells, assumed: Assumptions, limits: Sequence[int]) -> list[npt.NDArray[np.float32]]:
    """Value of the k-th heaviest group in each draw, kept up to date block after block."""
    most = max(limits, default=0)
    heaviest = np.full((most, assumed.draws), -np.inf, dtype=np.float32)
    for _, drawn in simulated(known, assumed):
        together = np.concatenate([heaviest, drawn])
        heaviest = -np.partition(-together, most - 1, axis=0)[:most]
    ordered = -np.sort(-heaviest, axis=0)
    return [ordered[k - 1] for k in limits]
