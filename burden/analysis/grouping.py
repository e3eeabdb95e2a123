"""Several operators as one: what it saves, what it moves, and what nobody knows of its price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from burden.analysis import ledger
from burden.analysis.concentration import counterparts
from burden.analysis.cpom.cases import touched
from burden.analysis.cpom.compare import CERTAIN, SIDES, differences
from burden.analysis.cpom.contract import covered, of_operator, with_contract
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.together import together
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame
from burden.model.reshape import grouped, retagged

APART, GROUPED = "apart", "grouped"

_DEFAULT = Assumptions()
_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
_SEVERAL = "multi_establishment"


def groupings(
    inv: Inventory,
    ptf: Portfolio,
    operators: Sequence[str],
    *,
    into: str = GROUPED,
    with_cpom: str | None = None,
) -> dict[str, Portfolio]:
    """The operators alone: as they are, as one, and both under contracts.

    Parameters
    ----------
    into : str
        Identifier of the operator that results.
    with_cpom : str, optional
        A contract (:data:`burden.analysis.cpom.VARIANTS`): each operator under one of its own,
        then the one operator under one contract. An operator without a service that a contract
        could cover stays without.

    Returns
    -------
    dict of str to Portfolio
        Each case by name.

    Raises
    ------
    KeyError
        If an operator is not in the portfolio.
    ValueError
        If fewer than two are named, or one is named twice.
    """
    if len(set(operators)) != len(operators) or len(operators) < 2:
        raise ValueError("name two operators or more, each once")
    rows = pd.concat([of_operator(ptf, o).units for o in operators], ignore_index=True)
    apart = portfolio_from_frame(ptf.name, rows)
    one = _several(inv, grouped(inv, apart, operators, into=into))
    found = {APART: apart, GROUPED: one}
    if with_cpom is not None:
        under = apart
        for operator in operators:
            if covered(inv, apart, operator):
                under = with_contract(inv, under, operator, variant=with_cpom)
        found[f"{APART}_{with_cpom}"] = under
        found[f"{GROUPED}_{with_cpom}"] = with_contract(inv, one, into, variant=with_cpom)
    return found


def _several(inv: Inventory, ptf: Portfolio) -> Portfolio:
    """An operator of two services or more says so: some duties fall on these alone."""
    below = (~is_operator(inv, ptf.units)).sum()
    known = _SEVERAL in set(inv.tags["tag_id"])
    return retagged(ptf, add=[_SEVERAL]) if below > 1 and known else ptf


def compare_grouping(
    inv: Inventory,
    ptf: Portfolio,
    operators: Sequence[str],
    *,
    into: str = GROUPED,
    with_cpom: str | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """What several operators owe apart and as one, without a contract and with one.

    Numbers of the operators' own rows (grants, agreements, processing of data) are added up.
    Duties that start or stop with size are named by
    :func:`burden.analysis.thresholds.thresholds_crossed`. What merging itself takes once (treaty,
    transfer of authorisations, harmonised agreements) has no source: ``merging_h`` is unknown.

    Returns
    -------
    DataFrame
        One row per case (``apart``, ``grouped``, and both under the contract) × ``side``:
        ``operators``; ``hours_per_year`` with bounds, of the tools that grouping touches;
        ``operator_hours_per_year`` and ``unit_hours_per_year`` of them, on the operators' own rows
        and on their units; ``all_hours_per_year`` of every tool; ``obligations`` summed over
        operators; ``pairs`` of an operator and an authority that it deals with, and distinct
        ``authorities``; the difference with ``apart`` in hours a year (common draws) and
        ``less_share``; ``merging_h`` (NaN); ``rows_unmeasured``.

    Raises
    ------
    KeyError, ValueError
        See :func:`groupings`.
    """
    found = groupings(inv, ptf, operators, into=into, with_cpom=with_cpom)
    tools = touched(inv, found)
    drawn = {
        side: together(inv, found, obligations=tools, certain=CERTAIN, side=side, assumed=assumed) for side in SIDES
    }
    rows = [
        {"case": case, "side": side, **_tally(inv, one), **_hours(inv, one, tools, side),
         **differences(drawn[side], case, base=APART), "merging_h": _merging(case)}
        for case, one in found.items()
        for side in SIDES
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _merging(case: str) -> float:
    """Nothing where nothing is merged; elsewhere nobody knows."""
    return 0.0 if case.startswith(APART) else float("nan")


def _tally(inv: Inventory, ptf: Portfolio) -> dict[str, int]:
    told = counterparts(with_roles_resolved(inv, ptf), ptf)
    distinct = {a for ids in told["authority_ids"] for a in ids.split("|") if a}
    return {
        "operators": len(told), "obligations": int(told["obligations"].sum()),
        "pairs": int(told["authorities"].sum()), "authorities": len(distinct),
    }  # fmt: skip


def _hours(inv: Inventory, ptf: Portfolio, tools: Sequence[str], side: str) -> dict[str, object]:
    every = ledger.totals(inv, ptf, by=["side"])
    whole = every.loc[every["side"] == side, "hours_per_year"].sum()
    if not tools:
        zero: Mapping[str, float] = dict.fromkeys((*_HOURS, "operator_hours_per_year", "unit_hours_per_year"), 0.0)
        return {**zero, "all_hours_per_year": float(whole), "rows_unmeasured": 0}
    lines = ledger.build(select(inv, obligation=list(tools)), ptf, by=["actor_id"])
    lines = lines[lines["side"] == side]
    own = is_operator(inv, lines)
    sums = ledger.summed(lines, []).iloc[0]
    return {
        **{c: float(sums[c]) for c in _HOURS},
        "operator_hours_per_year": float(lines.loc[own, "hours_per_year"].sum()),
        "unit_hours_per_year": float(lines.loc[~own, "hours_per_year"].sum()),
        "all_hours_per_year": float(whole),
        "rows_unmeasured": int(sums["rows_unmeasured"]),
    }
