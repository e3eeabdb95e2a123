"""How few make most of it: Pareto and Gini; how many ask of one operator; what direct work loses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.analysis.redundancy import borne, recipients_of
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio

DIRECT_GRADE = "professional"
"""Grade of those who accompany, educate or care: their hours of paper are taken from direct work."""

_HOURS = [f"hours_per_year{b}" for b in ("_low", "", "_high")]
_AUDIENCES = ("internal", "public")


def pareto(frame: pd.DataFrame, *, value: str) -> pd.DataFrame:
    """Rows from the largest value down, with their share and the running share.

    Unknown values (NaN) are left out, not counted as zero.

    Returns
    -------
    DataFrame
        The rows with ``share``, ``cumulative_share`` and ``rank`` added.

    Examples
    --------
    >>> pareto(pd.DataFrame({"h": [10.0, 30.0]}), value="h")["cumulative_share"].tolist()
    [0.75, 1.0]
    """
    known = frame[frame[value].notna()].sort_values(value, ascending=False, kind="stable")
    share = known[value] / known[value].sum()
    ranked = known.assign(share=share, cumulative_share=share.cumsum(), rank=range(1, len(known) + 1))
    return ranked.reset_index(drop=True)


def gini(values: pd.Series) -> float:
    """Gini coefficient of known values: 0 when all are equal, towards 1 when one holds all.

    Returns
    -------
    float
        From 0 to 1; NaN where nothing is known.

    Examples
    --------
    >>> gini(pd.Series([1.0, 1.0, 1.0]))
    0.0
    """
    ordered = np.sort(values.dropna().to_numpy(dtype=float))
    total = ordered.sum()
    if not total:
        return float("nan")
    count = len(ordered)
    weighted = (np.arange(1, count + 1) * ordered).sum()
    # Rounding may leave equal values a hair below zero.
    return max(0.0, float(2 * weighted / (count * total) - (count + 1) / count))


def by_obligation(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Tools from the heaviest to the lightest, in hours of the one who answers.

    Returns
    -------
    DataFrame
        One row per obligation that occurs and whose hours are known: ``obligation_id``, ``required_by_id``,
        ``instrument``, hours a year with bounds, ``rows_unmeasured``, ``share``,
        ``cumulative_share``, ``rank``.

    Examples
    --------
    >>> import burden as bd
    >>> by_obligation(bd.example("four-tools"), bd.example_portfolio("four-tools"))["rank"].tolist()
    [1, 2, 3, 4]
    """
    return _ranked(_occurring(inv, ptf), ptf, ["obligation_id", "required_by_id", "instrument"])


def by_requester(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Authorities that require, from the heaviest to the lightest, in hours of the one who answers.

    Returns
    -------
    DataFrame
        One row per authority whose hours are known: ``required_by_id``, ``obligations``, hours a
        year with bounds, ``rows_unmeasured``, ``share``, ``cumulative_share``, ``rank``.

    Examples
    --------
    >>> import burden as bd
    >>> by_requester(bd.example("four-tools"), bd.example_portfolio("four-tools"))["required_by_id"].tolist()
    ['ars', 'cnsa', 'drees']
    """
    inv = _occurring(inv, ptf)
    ranked = _ranked(inv, ptf, ["required_by_id"])
    count = inv.obligations.groupby("required_by_id")["obligation_id"].nunique()
    ranked.insert(1, "obligations", ranked["required_by_id"].map(count).fillna(0).astype("int64"))
    return ranked


def _occurring(inv: Inventory, ptf: Portfolio) -> Inventory:
    """What occurs at least once in the portfolio: a tool that never does is not a light one."""
    return select(inv, obligation=borne(inv, ptf))


def _ranked(inv: Inventory, ptf: Portfolio, by: list[str]) -> pd.DataFrame:
    sums = ledger.totals(inv, ptf, by=[*by, "side"])
    own = sums.loc[sums["side"] == "respondent", [*by, *_HOURS, "rows_unmeasured"]]
    return pareto(own, value="hours_per_year")


def fewest(ranked: pd.DataFrame, *, share: float) -> int:
    """How few of the heaviest rows make at least a share of the whole.

    Parameters
    ----------
    ranked : DataFrame
        What :func:`pareto` gives.

    Returns
    -------
    int
        A number of rows.

    Examples
    --------
    >>> fewest(pareto(pd.DataFrame({"h": [10.0, 30.0, 60.0]}), value="h"), share=0.6)
    1
    """
    return int((ranked["cumulative_share"] < share - 1e-9).sum()) + 1 if len(ranked) else 0


def summary(ranked: pd.DataFrame, *, shares: Sequence[float] = (0.5, 0.8)) -> pd.DataFrame:
    """Concentration in one row: Gini, and how few make half, four fifths.

    Parameters
    ----------
    ranked : DataFrame
        What :func:`by_obligation` or :func:`by_requester` gives; rows without known hours are
        left out.

    Returns
    -------
    DataFrame
        One row: ``known`` rows, ``hours_per_year``, ``gini`` (rows at zero hours are counted, as
        they are owed), ``make_50`` and ``make_80`` (fewest rows for that share, in per cent),
        ``first_share`` and ``first_five_share``.

    Examples
    --------
    >>> import burden as bd
    >>> ranked = by_obligation(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> summary(ranked)[["known", "make_50", "make_80"]].to_numpy().tolist()
    [[4, 2, 3]]
    """
    ranked = ranked[ranked["hours_per_year"].notna()]
    share = ranked["share"]
    row: dict[str, float] = {
        "known": len(ranked), "hours_per_year": float(ranked["hours_per_year"].sum()),
        "gini": gini(ranked["hours_per_year"]),
    }  # fmt: skip
    row |= {f"make_{round(100 * s)}": fewest(ranked, share=s) for s in shares}
    row |= {"first_share": float(share.head(1).sum()), "first_five_share": float(share.head(5).sum())}
    return pd.DataFrame([row])


def counterparts(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """With how many authorities each operator has to deal, all of its units together.

    :func:`burden.graph.counterparts` counts them for a type of actor; an operator with several
    types meets some of them more than once. Persons and bodies who are only informed (works
    council, parents) are left out. A role counts as one authority: resolve roles first
    (:func:`burden.model.competences.with_roles_resolved`).

    Returns
    -------
    DataFrame
        One row per operator, most authorities first: ``operator_id``, ``units``,
        ``obligations``, ``requiring``, ``receiving`` and ``authorities`` (either),
        ``authority_ids`` joined by ``|``.

    Examples
    --------
    >>> import burden as bd
    >>> counterparts(bd.example("four-tools"), bd.example_portfolio("four-tools"))["authorities"].tolist()
    [4]
    """
    due = ledger.occurrences(inv, ptf, by=["operator_id"])
    due = due[due["quantity"].isna() | (due["quantity"] > 0)]
    due = due[["operator_id", "obligation_id"]].drop_duplicates()
    level = inv.authorities.set_index("authority_id")["level"]
    required = inv.obligations[["obligation_id", "required_by_id"]].set_axis(["obligation_id", "authority_id"], axis=1)
    required = required[~required["authority_id"].map(level).isin(_AUDIENCES)]
    asking = due.merge(required, on="obligation_id")
    reached = due.merge(recipients_of(inv), on="obligation_id")
    either = pd.concat([asking, reached], ignore_index=True).groupby("operator_id")["authority_id"]
    told = pd.DataFrame({
        "units": ptf.units.groupby("operator_id").size(),
        "obligations": due.groupby("operator_id")["obligation_id"].nunique(),
        "requiring": asking.groupby("operator_id")["authority_id"].nunique(),
        "receiving": reached.groupby("operator_id")["authority_id"].nunique(),
        "authorities": either.nunique(),
    }).fillna(0).astype("int64")  # fmt: skip
    ids = either.agg(lambda a: "|".join(sorted(set(a))))
    told["authority_ids"] = [str(ids.get(o, "")) for o in told.index]
    told = told.rename_axis("operator_id").reset_index()
    return told.sort_values(["authorities", "operator_id"], ascending=[False, True], ignore_index=True)


def direct_work(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Full-time posts that answering takes from direct work, by operator.

    ::

        etpt = hours a year of the grade / 1,607

    Direct work is that of the grade ``professional`` (educational, social or care staff); who
    answers what is often assumed, and what it would otherwise do is not measured.

    Returns
    -------
    DataFrame
        One row per operator × ``work`` (``direct``; ``other``: direction, managers,
        administrative staff; ``unknown``: lines without a grade): hours a year of the one who
        answers and ``etpt``, with bounds, ``share`` of the operator's hours, ``rows_unmeasured``.

    Examples
    --------
    >>> import burden as bd
    >>> direct_work(bd.example("four-tools"), bd.example_portfolio("four-tools"))["work"].tolist()
    ['unknown']
    """
    sums = ledger.totals(inv, ptf, by=["operator_id", "staff_grade", "side"])
    own = sums[sums["side"] == "respondent"]
    grade = own["staff_grade"].astype(object)
    work = np.select([grade == DIRECT_GRADE, grade.notna()], ["direct", "other"], "unknown")
    grouped = own.assign(work=work).groupby(["operator_id", "work"], sort=True)
    told = grouped[_HOURS].sum(min_count=1)
    told["rows_unmeasured"] = grouped["rows_unmeasured"].sum()
    whole = told.groupby(level="operator_id")["hours_per_year"].transform("sum")
    told["share"] = (told["hours_per_year"] / whole).where(whole > 0)
    posts = {h.replace("hours_per_year", "etpt"): told[h] / HOURS_PER_FULL_TIME_YEAR for h in _HOURS}
    told = told.assign(**posts).reset_index()
    return told[["operator_id", "work", *_HOURS, *posts, "share", "rows_unmeasured"]]
