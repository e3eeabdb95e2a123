"""What to ask the owner of a tool about its use: questions, never verdicts."""

from __future__ import annotations

import pandas as pd

from burden.analysis import ledger
from burden.analysis.use.known import HOURS, ITEM, by_tool, rows_of
from burden.analysis.use.readers import (
    QUASI_AUTOMATIC,
    is_protected,
    quasi_automatic,
    read_only_by_reports,
    weakest,
)
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

QUESTIONS = (
    "none_found", "read_only_by_reports", "use_unknown", "not_observed", "quasi_automatic", "items_none_found",
)  # fmt: skip
"""Kinds of questions, from what is known best; the first four exclude one another."""

COLUMNS = [
    "obligation_id", "authority_id", "question", "concept_ids", "outcome_change_share",
    *HOURS, "rows_unmeasured", "evidence",
]  # fmt: skip


def questions(inv: Inventory, ptf: Portfolio, *, limit: float = QUASI_AUTOMATIC) -> pd.DataFrame:
    """What to ask the authority that requires each tool, the heaviest first.

    ``none_found``: somebody looked for a use and found none. ``read_only_by_reports``: no use is
    known but that another report takes it up. ``use_unknown``: nothing is written of its use.
    ``not_observed``: a text states a use that nobody has observed. ``quasi_automatic``: the
    outcome hardly ever changes. ``items_none_found``: no use was found for some items of a tool.

    Parameters
    ----------
    limit : float
        Share of outcomes changed up to which a use is called quasi-automatic.

    Returns
    -------
    DataFrame
        One row per obligation × kind: ``obligation_id``, ``authority_id`` that requires it,
        ``question``, ``concept_ids`` joined by ``|`` (items only), ``outcome_change_share``
        (quasi-automatic only: the lowest), ``hours_per_year`` with its bounds (of the items, for
        items), ``rows_unmeasured``, ``evidence`` (weakest of the rows of ``uses`` or ``feeds`` that
        the question rests on; of the obligation itself where there is no such row). What is
        protected is in no question.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> questions(inv, ptf)["question"].unique().tolist()
    ['use_unknown']
    """
    tools = by_tool(inv, ptf)
    tools = tools[~is_protected(tools)].rename(columns={"required_by_id": "authority_id"})
    automatic = (
        quasi_automatic(inv, limit=limit)
        .groupby("obligation_id")
        .agg(outcome_change_share=("outcome_change_share", "min"), evidence=("evidence", weakest))
    )
    parts = [
        _of_tools(inv, tools),
        tools.merge(automatic.reset_index(), on="obligation_id").assign(question="quasi_automatic"),
        _of_items(inv, ptf, tools),
    ]
    frame = pd.concat([p.reindex(columns=COLUMNS) for p in parts if len(p)] or [pd.DataFrame(columns=COLUMNS)])
    frame = frame.assign(concept_ids=frame["concept_ids"].astype("str").fillna(""))
    frame["outcome_change_share"] = frame["outcome_change_share"].astype("float64")
    return frame.sort_values("hours_per_year", ascending=False, kind="stable").reset_index(drop=True)


def _of_tools(inv: Inventory, tools: pd.DataFrame) -> pd.DataFrame:
    """The question about each whole tool whose use is not observed."""
    reports = read_only_by_reports(inv).set_index("obligation_id")["evidence"].astype("str")
    asked = tools[tools["known_use"] != "observed"]
    kind = asked["known_use"].map({"none_found": "none_found", "unknown": "use_unknown", "stated": "not_observed"})
    copied = (kind == "use_unknown") & asked["obligation_id"].isin(reports.index)
    of_obligations = dict(zip(inv.obligations["obligation_id"], inv.obligations["evidence"], strict=True))
    rests_on = of_obligations | rows_of(inv).groupby("obligation_id")["evidence"].agg(weakest).to_dict()
    evidence = asked["obligation_id"].map(rests_on).astype("str")
    return asked.assign(
        question=kind.mask(copied, "read_only_by_reports"),
        evidence=evidence.mask(copied, asked["obligation_id"].map(reports.to_dict()).astype("str")),
    )


def _of_items(inv: Inventory, ptf: Portfolio, tools: pd.DataFrame) -> pd.DataFrame:
    """Items for which somebody found no use, in tools for which that was not said as a whole."""
    rows = rows_of(inv)
    rows = rows[rows["concept_id"].notna()]
    sheltered = inv.requests[is_protected(inv.requests)]
    kept = pd.concat([rows.loc[rows["known_use"] != "none_found", ITEM], sheltered[ITEM]]).drop_duplicates()
    unread = rows[rows["known_use"] == "none_found"].merge(kept, on=ITEM, how="left", indicator=True)
    unread = unread[unread["_merge"] == "left_only"]
    found = unread.groupby(ITEM)["evidence"].agg(weakest).reset_index()
    hours = ledger.totals(inv, ptf, by=["obligation_id", "line", "what"])
    hours = hours[hours["line"] == "item"].rename(columns={"what": "concept_id"})
    timed = found.merge(hours[[*ITEM, *HOURS, "rows_unmeasured"]], on=ITEM)
    grouped = timed.groupby("obligation_id")
    frame = grouped[[*HOURS]].sum(min_count=1)
    frame["rows_unmeasured"] = grouped["rows_unmeasured"].sum()
    frame["concept_ids"] = grouped["concept_id"].agg("|".join)
    frame["evidence"] = grouped["evidence"].agg(weakest)
    wanted = tools.loc[tools["known_use"] != "none_found", ["obligation_id", "authority_id"]]
    return wanted.merge(frame.reset_index(), on="obligation_id").assign(question="items_none_found")
