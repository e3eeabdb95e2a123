"""Which controls fall on one unit, how often they look, what they take, and what several look at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.coverage.criteria import coverages
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

ALIKE = ("actor_id", "tags")
"""Units of one type and one regime: what falls on one of them falls on the others."""

INSTRUMENTS = ("inspection", "evaluation")
PROOFS = ("inspection", "third_party_attestation")
_MEMBERS = ("person", "staff_member", "place")
"""Grains of which one member is looked at each time, not the unit."""
_BOUNDS = ("_low", "", "_high")
HOURS = [f"{side}_h_per_year{b}" for side in ("respondent", "authority") for b in _BOUNDS]
EXTERNAL = [f"external_eur_per_year{b}" for b in _BOUNDS]


def controls(inv: Inventory) -> list[str]:
    """The tools that control or evaluate.

    Those that ``coverages`` names, and those whose instrument is an inspection or an evaluation,
    or whose proof is an inspection or an attestation by a third party.

    Returns
    -------
    list of str
        Identifiers of obligations, in the order of the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> controls(bd.example("four-tools"))
    []
    """
    tools = inv.obligations
    named = tools["obligation_id"].isin(inv.coverages["obligation_id"])
    kept = named | tools["instrument"].isin(INSTRUMENTS) | tools["proof"].isin(PROOFS)
    return list(tools.loc[kept, "obligation_id"])


def looks(inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ALIKE) -> pd.DataFrame:
    """How often each control looks at one unit, and what that takes a year.

    A control counted per operator, establishment, event, contract or call looks at the unit each
    time it occurs. One counted per person, staff member or place looks at one of them each time:
    its looks are those at one member, at its own period.

    Parameters
    ----------
    by : sequence of str
        Columns of the units that tell which are alike. With the default, controls that exclude one
        another by regime are not taken to fall on one unit.

    Returns
    -------
    DataFrame
        One row per group of units × control that occurs there again and again: the ``by`` columns,
        ``obligation_id``, ``units`` concerned, ``looks_per_year`` and ``occurrences_per_year`` at
        one unit, ``respondent_h_per_year``, ``authority_h_per_year`` and
        ``external_eur_per_year`` of one unit, each with bounds, ``rows_unmeasured``. Means over
        the units whose number is known; NaN where none is, or where nothing is measured.

    Examples
    --------
    >>> import burden as bd
    >>> looks(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    by = list(by)
    often = _often(inv, ptf, by)
    taken = _taken(inv, ptf, by)
    frame = often.merge(taken, on=[*by, "obligation_id"], how="left", sort=False)
    for column in [*HOURS, *EXTERNAL]:
        frame[column] = frame[column] / frame["known_units"].where(frame["known_units"] > 0)
    frame["rows_unmeasured"] = frame["rows_unmeasured"].fillna(0).astype("int64")
    kept = [*by, "obligation_id", "units", "looks_per_year", "occurrences_per_year", *HOURS, *EXTERNAL]
    return frame[[*kept, "rows_unmeasured"]].reset_index(drop=True)


def _often(inv: Inventory, ptf: Portfolio, by: list[str]) -> pd.DataFrame:
    """Occurrences and looks at one unit a year; controls that never occur, or only once, left out."""
    rows = ledger.occurrences(inv, ptf, by=by)
    own = inv.obligations[["obligation_id", "population_id"]]
    rows = rows.merge(own, on=["obligation_id", "population_id"])
    rows = rows[rows["obligation_id"].isin(controls(inv))]
    rows = rows[(rows["quantity"].isna() | (rows["quantity"] > 0)) & (rows["per_year"] > 0)]
    grain = rows["population_id"].map(inv.populations.set_index("population_id")["grain"])
    known = rows["quantity"].notna()
    rows = rows.assign(
        member=grain.isin(_MEMBERS), known_units=rows["units"].where(known, 0),
        times=rows["occurrences_per_year"].where(known),
    )  # fmt: skip
    grouped = rows.groupby([*by, "obligation_id"], sort=False, dropna=False)
    sums = grouped[["units", "known_units"]].sum()
    sums["times"] = grouped["times"].sum(min_count=1)
    sums[["member", "per_year"]] = grouped[["member", "per_year"]].first()
    per_unit = sums["times"] / sums["known_units"].where(sums["known_units"] > 0)
    at_one = sums["per_year"].where(sums["member"].astype(bool), per_unit)
    return sums.assign(occurrences_per_year=per_unit, looks_per_year=at_one).reset_index()


def _taken(inv: Inventory, ptf: Portfolio, by: list[str]) -> pd.DataFrame:
    """Hours of both sides and euros paid to others, by group of units and control."""
    keys = [*by, "obligation_id"]
    sums = ledger.totals(inv, ptf, by=[*keys, "side", "line"])
    parts = []
    for side in ("respondent", "authority"):
        rows = sums[sums["side"] == side]
        hours = rows.groupby(keys, dropna=False)[[f"hours_per_year{b}" for b in _BOUNDS]].sum(min_count=1)
        parts.append(hours.add_prefix(f"{side}_").rename(columns=lambda c: c.replace("_hours_per", "_h_per")))
    paid = sums[sums["line"] == "external"].groupby(keys, dropna=False)
    euros = paid[[f"cost_eur_per_year{b}" for b in _BOUNDS]].sum(min_count=1)
    parts.append(euros.rename(columns=lambda c: str(c).replace("cost_eur", "external_eur")))
    parts.append(sums.groupby(keys, dropna=False)[["rows_unmeasured"]].sum())
    return pd.concat(parts, axis=1).reindex(columns=[*HOURS, *EXTERNAL, "rows_unmeasured"]).reset_index()


def overlapping_controls(
    inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ALIKE, at_least: int = 2
) -> pd.DataFrame:
    """Criteria that several controls of one unit look at.

    Each tool counts once in the coverages, however often it comes. Of what they cover, at least
    ``excess_over_one`` is looked at twice (their parts being as different as they can be) and at
    most ``excess_over_best`` (being the same as far as they can be).

    Parameters
    ----------
    by : sequence of str
        Columns of the units that tell which are alike (see :func:`looks`).
    at_least : int
        Keep the criteria that so many tools cover.

    Returns
    -------
    DataFrame
        One row per group of units × criterion, the most looked at first: the ``by`` columns,
        ``criterion_id``, ``controls`` (tools that cover it), ``cited_only`` (tools that cite it
        without covering it), ``looks_per_year`` (sum of those known) and ``looks_unknown`` (tools
        whose number is not known), ``coverage_sum`` and ``coverage_best`` with bounds,
        ``excess_over_one``, ``excess_over_best``, ``respondent_h_per_year`` and
        ``authority_h_per_year`` spent on it (see :func:`on_criteria`), ``obligation_ids``.
    """
    by = list(by)
    rows = on_criteria(looks(inv, ptf, by=by), coverages(inv))
    keys = [*by, "criterion_id"]
    looking = rows[rows["coverage"] > 0]
    grouped = looking.groupby(keys, sort=False, dropna=False)
    told = grouped[["coverage_low", "coverage", "coverage_high"]].sum().rename(columns=_renamed("sum"))
    told = told.join(grouped[["coverage_low", "coverage", "coverage_high"]].max().rename(columns=_renamed("best")))
    told["controls"] = grouped.size()
    told["looks_per_year"] = grouped["looks_per_year"].sum(min_count=1)
    told["looks_unknown"] = grouped["looks_per_year"].agg(lambda n: int(n.isna().sum()))
    told[HOURS] = grouped[HOURS].sum(min_count=1)
    told["obligation_ids"] = grouped["obligation_id"].agg("|".join)
    cited = rows[rows["coverage"] == 0].groupby(keys, dropna=False).size()
    told["cited_only"] = cited.reindex(told.index).fillna(0).astype("int64")
    told["excess_over_one"] = np.maximum(told["coverage_sum"] - 1.0, 0.0)
    told["excess_over_best"] = told["coverage_sum"] - told["coverage_best"]
    kept = told[told["controls"] >= at_least].reset_index()
    order = ["controls", "coverage_sum"]
    kept = kept.sort_values(order, ascending=False, kind="stable").reset_index(drop=True)
    return kept[[*keys, *_OVERLAP]]


_OVERLAP = [
    "controls", "cited_only", "looks_per_year", "looks_unknown",
    *(f"coverage_{what}{b}" for what in ("sum", "best") for b in _BOUNDS),
    "excess_over_one", "excess_over_best", *HOURS, "obligation_ids",
]  # fmt: skip


def _renamed(what: str) -> dict[str, str]:
    return {f"coverage{b}": f"coverage_{what}{b}" for b in _BOUNDS}


def on_criteria(control: pd.DataFrame, covers: pd.DataFrame) -> pd.DataFrame:
    """The controls of a group of units by criterion, with the hours spent on each.

    The hours of a control are shared out between its criteria in proportion to what it covers of
    each: a convention, by which the hours of the criteria add up to those of the controls.

    Returns
    -------
    DataFrame
        One row per group of units × control × criterion: the columns of :func:`looks`, hours
        being those shared out (NaN where the control covers none), and the coverages.
    """
    rows = control.merge(covers, on="obligation_id", sort=False)
    whole = covers.groupby("obligation_id")["coverage"].sum()
    total = rows["obligation_id"].map(whole)
    part = rows["coverage"] / total.where(total > 0)
    return rows.assign(**{h: rows[h] * part for h in HOURS})
