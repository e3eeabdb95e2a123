"""Criterion × tool: what each covers, what it alone sees, how far one answers another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.cells import nearest
from burden.model.inventory import Inventory

Floats = npt.NDArray[np.float64]
_COVERAGE = ["coverage_low", "coverage", "coverage_high"]


def coverages(inv: Inventory) -> pd.DataFrame:
    """The rows of ``coverages`` whose tool is in the inventory, bounds completed.

    Returns
    -------
    DataFrame
        ``obligation_id``, ``criterion_id``, ``coverage_low``, ``coverage``, ``coverage_high``
        (shares; a value without bounds bounds itself), ``evidence``, in the order of the table.
    """
    rows = inv.coverages
    rows = rows[rows["obligation_id"].isin(inv.obligations["obligation_id"])]
    central = rows["coverage"]
    low = np.minimum(rows["coverage_low"].fillna(central), central)
    high = np.maximum(rows["coverage_high"].fillna(central), central)
    kept = rows.assign(coverage_low=low, coverage_high=high)
    return kept[["obligation_id", "criterion_id", *_COVERAGE, "evidence"]].reset_index(drop=True)


def covered(inv: Inventory) -> pd.DataFrame:
    """Criterion × tool: the share of the criterion that the tool covers.

    Returns
    -------
    DataFrame
        One row per criterion, one column per tool, both in the order of the inventory and only
        where a row of ``coverages`` names them: the central share, 0 where the criterion is cited
        without being looked at, NaN where the tool does not mention it.

    Examples
    --------
    >>> import burden as bd
    >>> covered(bd.example("four-tools")).empty
    True
    """
    rows = coverages(inv)
    table = rows.pivot(index="criterion_id", columns="obligation_id", values="coverage")
    criteria = [c for c in inv.criteria["criterion_id"] if c in table.index]
    tools = [o for o in inv.obligations["obligation_id"] if o in table.columns]
    return table.reindex(index=criteria, columns=tools).rename_axis(columns=None)


def unique_view(inv: Inventory, obligation: str) -> pd.DataFrame:
    """The criteria that one tool alone looks at.

    Returns
    -------
    DataFrame
        One row per criterion that it covers and that no other tool of the inventory covers:
        ``criterion_id``, its coverage with bounds, and ``cited_by``, the tools that cite the
        criterion without looking at it, joined by ``|``.

    Raises
    ------
    KeyError
        If the obligation is not in the inventory.
    """
    _known(inv, obligation)
    rows = coverages(inv)
    own = rows[(rows["obligation_id"] == obligation) & (rows["coverage"] > 0)]
    others = rows[rows["obligation_id"] != obligation]
    seen = set(others.loc[others["coverage"] > 0, "criterion_id"])
    alone = own[~own["criterion_id"].isin(seen)]
    cited = others.groupby("criterion_id")["obligation_id"].agg("|".join)
    return alone[["criterion_id", *_COVERAGE]].assign(
        cited_by=[str(cited.get(c, "")) for c in alone["criterion_id"]],
    ).reset_index(drop=True)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Recognition:
    """How far what one tool looks at is looked at by another.

    Attributes
    ----------
    of, by : str
        The tool to be recognised, and the one that would stand for it.
    low, value, high : float
        Mean over the criteria of ``of``; NaN when it covers none.
    criteria : int
        Criteria that ``of`` covers.
    rows : DataFrame
        One row per criterion: ``criterion_id``, ``coverage_of``, ``coverage_by`` (0 where it is
        cited, NaN where it is not mentioned) and ``answered`` with bounds.
    """

    of: str
    by: str
    low: float
    value: float
    high: float
    criteria: int
    rows: pd.DataFrame = field(repr=False)


def recognised(inv: Inventory, of: str, by: str) -> Recognition:
    """How far the criteria of one tool are answered by another.

    ::

        answered_k = min(coverage_by / coverage_of, 1)         mean over the criteria k of ``of``

    A criterion that ``by`` cites without covering it, or does not mention, counts 0. A criterion
    that ``of`` itself only cites is none of its criteria. The table says how much of a criterion
    each covers, not which part: the formula takes the parts to be the same as far as they can be,
    and so is what may be recognised at most. The low bound takes them to be as different as they
    can be, ``max(0, coverage_of + coverage_by − 1) / coverage_of``, with the low coverage of
    ``by``; both meet where ``of`` covers its criteria in full.

    Returns
    -------
    Recognition
        The share answered, its low bound, and what each criterion gives to it.

    Raises
    ------
    KeyError
        If a tool is not in the inventory.
    """
    for tool in (of, by):
        _known(inv, tool)
    rows = coverages(inv)
    asked = rows[(rows["obligation_id"] == of) & (rows["coverage"] > 0)]
    detail = asked.merge(rows[rows["obligation_id"] == by], on="criterion_id", how="left", suffixes=("_of", "_by"))
    answered = detail.assign(**_answered(detail, same=of == by))
    low, value, high = (float(answered[f"answered{b}"].mean()) for b in ("_low", "", "_high"))
    kept = ["criterion_id", "coverage_of", "coverage_by", "answered_low", "answered", "answered_high"]
    return Recognition(of, by, low, value, high, len(answered), answered[kept])


def recognitions(inv: Inventory) -> pd.DataFrame:
    """Every two tools that look at a common criterion: how far one answers the other.

    Returns
    -------
    DataFrame
        One row per ordered pair, the best answered first: ``of``, ``by``, ``criteria`` of ``of``,
        ``common`` ones, ``recognised_low``, ``recognised``, ``recognised_high`` (see
        :func:`recognised`).

    Examples
    --------
    >>> import burden as bd
    >>> recognitions(bd.example("four-tools")).empty
    True
    """
    rows = coverages(inv)
    asked = rows[rows["coverage"] > 0]
    pairs = asked.merge(rows[rows["coverage_high"] > 0], on="criterion_id", suffixes=("_of", "_by"))
    pairs = pairs[pairs["obligation_id_of"] != pairs["obligation_id_by"]]
    pairs = pairs.assign(**_answered(pairs, same=False), common=(pairs["coverage_by"] > 0).astype("int64"))
    values = ["answered_low", "answered", "answered_high"]
    sums = pairs.groupby(["obligation_id_of", "obligation_id_by"], sort=True)[["common", *values]].sum().reset_index()
    sums = sums.rename(columns={"obligation_id_of": "of", "obligation_id_by": "by"})
    criteria = sums["of"].map(asked["obligation_id"].value_counts())
    shares = {v.replace("answered", "recognised"): sums[v] / criteria for v in values}
    told = sums[["of", "by"]].assign(criteria=criteria.astype("int64"), common=sums["common"], **shares)
    return told.sort_values(["recognised", "criteria"], ascending=False, kind="stable").reset_index(drop=True)


def _answered(pairs: pd.DataFrame, *, same: bool) -> dict[str, Floats]:
    """Part of each criterion of ``of`` that ``by`` looks at too, with bounds."""
    of_low, of, by_low, by, by_high = (
        pairs[c].fillna(0.0).to_numpy(dtype=float)
        for c in ("coverage_low_of", "coverage_of", "coverage_low_by", "coverage_by", "coverage_high_by")
    )
    nested = np.minimum(by / of, 1.0)
    if same:
        return {"answered_low": nested, "answered": nested, "answered_high": nested}
    # Both bounds divide by the least that ``of`` may cover: nothing of it may be answered, or all.
    least = np.where(of_low > 0, of_low, 1.0)
    apart = np.where(of_low > 0, np.maximum(of_low + by_low - 1.0, 0.0) / least, 0.0)
    most = np.where(of_low > 0, np.minimum(by_high / least, 1.0), by_high > 0)
    # (1 + x) − 1 may differ from x in the last digit: bounds hold the value all the same.
    return {"answered_low": np.minimum(apart, nested), "answered": nested, "answered_high": np.maximum(most, nested)}


def _known(inv: Inventory, obligation: str) -> None:
    tools = set(inv.obligations["obligation_id"])
    if obligation not in tools:
        guess = nearest(obligation, tools)
        hint = f": did you mean {guess!r}?" if guess else ""
        raise KeyError(f"obligation {obligation!r} is not in the inventory{hint}")
