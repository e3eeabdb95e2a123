"""How heavy those who answer say that a tool is, beside the hours that it takes.

The columns ``learning``, ``compliance`` and ``psychological`` of ``perceptions`` are the three costs
of the three-item scale of experienced administrative burden: one question on finding out what is
required, one on doing it, one on what it does to people (S. Jilke, M. Bækgaard, P. Herd and
D. Moynihan, "Short and sweet: Measuring experiences of administrative burden", *Journal of
Behavioral Public Administration*, 2024). The authors validated it, with a single-item version, on
users of social welfare, not on organisations that report to authorities, nor tool by tool, nor in
French: scores compare tools within one survey, not surveys. Answers from 1 to 5 are a choice of
this package; answers on another range must be brought to it before they are entered.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from burden.analysis.use.known import HOURS, hours_by_tool
from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

COSTS = ("learning", "compliance", "psychological")
"""The three costs, one item of the scale each."""

MINIMUM_ANSWERS = 5
"""Answers under which nothing is said of a tool: a convention, which also keeps answers anonymous."""


def limits() -> tuple[float, float]:
    """Lowest and highest answer that ``perceptions`` takes.

    Returns
    -------
    tuple of float
        Lowest, highest.

    Examples
    --------
    >>> limits()
    (1.0, 5.0)
    """
    column = schema.tables()["perceptions"].columns[COSTS[0]]
    assert column.minimum is not None
    assert column.maximum is not None
    return column.minimum, column.maximum


def perceived(
    inv: Inventory, *, by: Sequence[str] = ("obligation_id",), minimum: int = MINIMUM_ANSWERS
) -> pd.DataFrame:
    """How heavy each tool is felt to be: means of answers, weighted by how many answered.

    Parameters
    ----------
    by : sequence of str
        Columns of ``perceptions`` to keep apart: ``obligation_id``, ``actor_id``, ``date``.
    minimum : int
        Fewer answers than this are *not enough data*.

    Returns
    -------
    DataFrame
        One row per group, the heaviest first: the ``by`` columns, ``answers``, the mean of each of
        :data:`COSTS`, ``score`` (mean of the three, over the rows that have all three),
        ``answers_scored`` behind it, ``first_date``, ``last_date``, and ``status``: ``enough`` or
        ``not_enough_data``. A score without enough answers is NaN.

    Examples
    --------
    >>> import burden as bd
    >>> perceived(bd.example("four-tools")).empty
    True
    """
    rows = inv.perceptions
    rows = rows[rows["obligation_id"].isin(inv.obligations["obligation_id"])]
    values = rows.assign(score=rows[list(COSTS)].mean(axis=1, skipna=False), answers=rows["answers"].astype("float64"))
    grouped = values.groupby(list(by), sort=True)
    frame = grouped.agg(answers=("answers", "sum"), first_date=("date", "min"), last_date=("date", "max"))
    for column in (*COSTS, "score"):
        known = values.assign(weight=values["answers"].where(values[column].notna(), 0.0))
        known["sum"] = (known[column] * known["weight"]).fillna(0.0)
        sums = known.groupby(list(by), sort=True)[["sum", "weight"]].sum()
        frame[column] = sums["sum"] / sums["weight"].where(sums["weight"] > 0)
        frame["answers_scored"] = sums["weight"]
    enough = frame["answers_scored"] >= minimum
    frame["score"] = frame["score"].where(enough)
    frame["status"] = np.where(enough, "enough", "not_enough_data")
    frame = frame.astype({"answers": "int64", "answers_scored": "int64", "status": "str"}).reset_index()
    columns = [*by, "answers", *COSTS, "score", "answers_scored", "first_date", "last_date", "status"]
    return frame.sort_values("score", ascending=False, kind="stable")[columns].reset_index(drop=True)


def gap(inv: Inventory, ptf: Portfolio, *, minimum: int = MINIMUM_ANSWERS) -> pd.DataFrame:
    """Tools felt heavier, or lighter, than their hours say.

    Ranks are among the tools that have both enough answers and known hours; 1 is the heaviest, and
    tools that are alike share the mean of their ranks.

    Returns
    -------
    DataFrame
        One row per tool that somebody answered about, those felt heavier than measured first:
        ``obligation_id``, ``answers_scored``, ``score``, ``hours_per_year`` with its bounds,
        ``rows_unmeasured``, ``perceived_rank``, ``hours_rank``, ``rank_gap`` (hours rank −
        perceived rank: above zero is felt heavier), ``status``: ``compared``, ``not_enough_data`` or
        ``hours_unknown``.

    Examples
    --------
    >>> import burden as bd
    >>> gap(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    felt = perceived(inv, minimum=minimum)[["obligation_id", "answers_scored", "score"]]
    frame = felt.merge(hours_by_tool(inv, ptf), on="obligation_id", how="left")
    frame["rows_unmeasured"] = frame["rows_unmeasured"].fillna(0).astype("int64")
    both = frame["score"].notna() & frame["hours_per_year"].notna()
    frame["perceived_rank"] = frame["score"].where(both).rank(ascending=False)
    frame["hours_rank"] = frame["hours_per_year"].where(both).rank(ascending=False)
    frame["rank_gap"] = frame["hours_rank"] - frame["perceived_rank"]
    status = pd.Series("compared", index=frame.index, dtype="str")
    status = status.mask(frame["hours_per_year"].isna(), "hours_unknown")
    frame["status"] = status.mask(frame["score"].isna(), "not_enough_data")
    columns = [
        "obligation_id", "answers_scored", "score", *HOURS, "rows_unmeasured",
        "perceived_rank", "hours_rank", "rank_gap", "status",
    ]  # fmt: skip
    return frame.sort_values("rank_gap", ascending=False, kind="stable")[columns].reset_index(drop=True)
