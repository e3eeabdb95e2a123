"""What obliges: the strongest text behind each tool, and the tools that no law or regulation requires."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from burden.analysis.redundancy import borne
from burden.analysis.use.known import HOURS, hours_by_tool
from burden.analysis.use.readers import weakest
from burden.model import schema
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

NOT_BINDING = ("circular", "convention", "local_practice")
"""Levels under law and regulation. A convention binds those who signed it, and they may change it."""

UNKNOWN = "unknown"
"""No legal base is cited: not known, which is not the same as none."""


def strongest_level(inv: Inventory) -> pd.DataFrame:
    """The strongest level among the legal bases that each obligation cites.

    From the strongest: EU law, law, decree, order, circular, convention, local practice.

    Returns
    -------
    DataFrame
        One row per obligation: ``obligation_id``, ``level`` (``unknown`` where nothing is cited),
        ``legal_base_ids`` of that level joined by ``|``, ``cited`` (how many bases in all),
        ``amended_by_ids`` (who can change the bases of that level, joined by ``|``; empty where
        nobody is named), ``legal_evidence`` (weakest of the bases of that level), ``evidence`` (of
        the obligation).

    Examples
    --------
    >>> import burden as bd
    >>> strongest_level(bd.example("four-tools"))["level"].tolist()
    ['unknown', 'unknown', 'unknown', 'unknown']
    """
    rank = {code: i for i, code in enumerate(schema.codes("legal_level"))}
    cited = inv.obligations["legal_base_ids"].str.split("|").explode().rename("legal_base_id")
    pairs = inv.obligations[["obligation_id"]].join(cited)
    pairs = pairs.merge(inv.legal_bases[["legal_base_id", "level", "amended_by_id", "evidence"]], on="legal_base_id")
    pairs["rank"] = pairs["level"].map(rank)
    counted = pairs.groupby("obligation_id").size()
    strongest = pairs[pairs["rank"] == pairs.groupby("obligation_id")["rank"].transform("min")]
    rows = strongest.groupby("obligation_id").agg(
        level=("level", "first"),
        legal_base_ids=("legal_base_id", _listed),
        amended_by_ids=("amended_by_id", _listed),
        legal_evidence=("evidence", weakest),
    )
    rows["cited"] = counted.reindex(rows.index).astype("int64")
    frame = inv.obligations[["obligation_id", "evidence"]].merge(rows.reset_index(), on="obligation_id", how="left")
    empty: Mapping[str, object] = {
        "level": UNKNOWN, "cited": 0, "legal_base_ids": "", "amended_by_ids": "", "legal_evidence": "",
    }  # fmt: skip
    frame = frame.fillna(dict(empty)).astype({"cited": "int64"})
    return frame[["obligation_id", "level", "legal_base_ids", "cited", "amended_by_ids", "legal_evidence", "evidence"]]


def _listed(values: pd.Series) -> str:
    return "|".join(dict.fromkeys(values.dropna()))


def not_legally_required(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Tools that rest only on a circular, a convention or local practice, as far as the inventory cites.

    Returns
    -------
    DataFrame
        One row per such obligation that falls on the portfolio, most hours first: the columns of
        :func:`strongest_level`, ``required_by_id``, ``instrument``, ``protected``, and the hours a
        year of those who answer with their bounds and ``rows_unmeasured``. Tools that cite nothing
        are not among them.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> not_legally_required(inv, ptf).empty
    True
    """
    levels = strongest_level(inv)
    resting = levels[levels["level"].isin(NOT_BINDING) & levels["obligation_id"].isin(borne(inv, ptf))]
    known = inv.obligations[["obligation_id", "required_by_id", "instrument", "protected"]]
    frame = resting.merge(known, on="obligation_id").merge(hours_by_tool(inv, ptf), on="obligation_id", how="left")
    frame["rows_unmeasured"] = frame["rows_unmeasured"].fillna(0).astype("int64")
    return frame.sort_values("hours_per_year", ascending=False, kind="stable").reset_index(drop=True)


def by_level(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Hours a year of those who answer, by the strongest level behind each tool.

    Returns
    -------
    DataFrame
        One row per level, strongest first, ``unknown`` last: ``level``, ``obligations`` that fall
        on the portfolio, ``hours_per_year`` with its bounds, ``share`` of the known hours,
        ``rows_unmeasured``.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> by_level(inv, ptf)[["level", "obligations"]].to_numpy().tolist()
    [['unknown', 4]]
    """
    levels = strongest_level(inv)[["obligation_id", "level"]]
    fallen = levels[levels["obligation_id"].isin(borne(inv, ptf))]
    frame = fallen.merge(hours_by_tool(inv, ptf), on="obligation_id", how="left")
    grouped = frame.groupby("level")
    rows = grouped[list(HOURS)].sum(min_count=1)
    rows.insert(0, "obligations", grouped.size())
    rows["rows_unmeasured"] = grouped["rows_unmeasured"].sum().astype("int64")
    rows["share"] = rows["hours_per_year"] / rows["hours_per_year"].sum()
    order = [level for level in (*schema.codes("legal_level"), UNKNOWN) if level in rows.index]
    return rows.loc[order, ["obligations", *HOURS, "share", "rows_unmeasured"]].reset_index()
