"""One operator without a contract and with one: hours, tools, counterparts, and who carries them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis import ledger
from burden.analysis.concentration import counterparts
from burden.analysis.cpom.contract import CYCLE_YEARS, lawful, of_operator, with_contract, without_contract
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.together import together
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio

WITHOUT, TODAY = "without", "today"
SIDES = ("respondent", "authority")
CERTAIN = ("cpom", "cpom_service", "cpom_renewal")
"""The number of contracts is the hypothesis itself: it is not drawn."""

Floats = npt.NDArray[np.float64]
_DEFAULT = Assumptions()
_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
_ONCE = [f"once_h{b}" for b in _BOUNDS]
_TALLY = ["obligations", "requiring", "receiving", "authorities", "authority_ids"]
_LEVELS = {"operator": "operator", "establishment": "establishment"}


def cases(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variants: Sequence[str] = ("law", "practice"),
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
    contracts: int = 1,
) -> dict[str, Portfolio]:
    """The operator alone: without a contract, as it is today if it has one, and under each variant."""
    ptf = of_operator(ptf, operator)
    found = {WITHOUT: without_contract(inv, ptf, operator)}
    if any("cpom" in tags.split("|") for tags in ptf.units["tags"]):
        found[TODAY] = ptf
    kept = None if units is None else list(units)
    fields = None if silos is None else list(silos)
    for variant in variants:
        found[variant] = with_contract(
            inv, ptf, operator, variant=variant, silos=fields, units=kept, contracts=contracts
        )  # fmt: skip
    return found


def touched(inv: Inventory, portfolios: Iterable[Portfolio]) -> list[str]:
    """Obligations that are owed more often, less often or by another type in one of the portfolios.

    Returns
    -------
    list of str
        In the order of the inventory; the difference between the portfolios lies in them alone.
    """
    owed = [_owed(inv, p) for p in portfolios]
    if not owed:
        return []
    every = owed[0].index
    for one in owed[1:]:
        every = every.union(one.index)
    tables = [one.reindex(every).fillna(0.0) for one in owed]
    moved = np.zeros(len(every), dtype=bool)
    for one in tables[1:]:
        moved |= ~np.isclose(one.to_numpy(dtype=float), tables[0].to_numpy(dtype=float)).all(axis=1)
    found = set(every[moved].get_level_values("obligation_id"))
    return [str(o) for o in inv.obligations["obligation_id"] if o in found]


def _owed(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """How often each type of respondent owes each obligation, and how many units do not know how often."""
    due = ledger.occurrences(inv, ptf, by=["actor_id"])
    unknown = due["units"].where(due["quantity"].isna(), 0.0)
    columns = ["occurrences_per_year", "occurrences_once"]
    due = due.assign(unknown=unknown, **{c: due[c].fillna(0.0) for c in columns})
    return due.groupby(["obligation_id", "population_id", "actor_id"])[["unknown", *columns]].sum()


def compare(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variants: Sequence[str] = ("law", "practice"),
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
    contracts: int = 1,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """What an operator owes without a contract and with one, a year and over a cycle of five.

    Hours are those of the tools that the contract touches; every other tool is the same in each
    case. Meetings that nobody has timed are in no hours: ``rows_unmeasured`` counts them, and what
    is saved is what they may take before the contract costs more than it saves.

    Parameters
    ----------
    variants : sequence of str
        Contracts compared (:data:`~burden.analysis.cpom.VARIANTS`).
    silos, units, contracts
        See :func:`~burden.analysis.cpom.with_contract`.

    Returns
    -------
    DataFrame
        One row per case (``without``; ``today`` where the operator has a contract; each variant)
        × ``side``: ``lawful`` (whether the operator may be in this case); ``hours_per_year`` with
        bounds; ``once_h`` with bounds, done once when a tool starts, and ``once_h_per_year``
        spread over the cycle; ``hours_per_cycle``; ``all_hours_per_year`` of every tool;
        ``obligations`` on the operator and its units, authorities ``requiring``, ``receiving`` and
        either (``authorities``, ``authority_ids``); ``difference_p10``, ``_p50``, ``_p90`` with
        ``without`` in hours a year, with common draws, and ``less_share``, the share of draws
        with fewer hours than without; ``rows_unmeasured``.
    """
    found = cases(inv, ptf, operator, variants=variants, silos=silos, units=units, contracts=contracts)
    allowed = {WITHOUT: lawful(inv, ptf, operator, units=None if units is None else list(units))}
    tools = touched(inv, found.values())
    drawn = {
        side: together(inv, found, obligations=tools, certain=CERTAIN, side=side, assumed=assumed)
        for side in SIDES
    }  # fmt: skip
    rows = [
        {"case": case, "side": side, "lawful": allowed.get(case, True)}
        | _hours(inv, one, tools, side) | _tally(inv, one, operator) | differences(drawn[side], case)
        for case, one in found.items()
        for side in SIDES
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _hours(inv: Inventory, ptf: Portfolio, tools: Sequence[str], side: str) -> dict[str, object]:
    """Hours of the tools touched and of every tool, on one side."""
    everything = ledger.totals(inv, ptf, by=["side", "obligation_id"])
    everything = everything[everything["side"] == side]
    part = everything[everything["obligation_id"].isin(tools)]
    sums = {c: float(part[c].sum(min_count=1)) if len(part) else 0.0 for c in (*_HOURS, *_ONCE)}
    once = sums["once_h"]
    return {
        **{c: sums[c] for c in _HOURS}, **{c: sums[c] for c in _ONCE},
        "once_h_per_year": once / CYCLE_YEARS,
        "hours_per_cycle": CYCLE_YEARS * sums["hours_per_year"] + once,
        "all_hours_per_year": float(everything["hours_per_year"].sum()),
        "rows_unmeasured": int(part["rows_unmeasured"].sum()),
    }  # fmt: skip


def _tally(inv: Inventory, ptf: Portfolio, operator: str) -> dict[str, object]:
    told = counterparts(with_roles_resolved(inv, ptf), ptf).set_index("operator_id").loc[operator]
    return {c: told[c] for c in _TALLY}


def differences(drawn: pd.DataFrame | Mapping[str, Floats], case: str, *, base: str = WITHOUT) -> dict[str, float]:
    """Range of the difference between two cases drawn together, and how often it is a saving."""
    of = drawn.loc if isinstance(drawn, pd.DataFrame) else drawn
    gap = np.asarray(of[case], dtype=float) - np.asarray(of[base], dtype=float)
    p10, p50, p90 = np.quantile(gap, [0.1, 0.5, 0.9])
    less = float((gap < 0).mean()) if case != base else float("nan")
    return {"difference_p10": p10, "difference_p50": p50, "difference_p90": p90, "less_share": less}


def shift(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variants: Sequence[str] = ("law", "practice"),
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
    contracts: int = 1,
) -> pd.DataFrame:
    """Who carries the tools that the contract touches, in each case.

    What the contract asks weighs on the operator as a whole, what the budget asks on each service:
    the inventory says on whom a duty falls, not who in the house does the work.

    Returns
    -------
    DataFrame
        One row per case × ``side`` × ``level`` (``operator``: head office; ``establishment``) ×
        ``staff_grade`` (NaN where nobody said): ``hours_per_year`` with bounds, ``share`` of the
        side's hours in that case, ``rows_unmeasured``.
    """
    found = cases(inv, ptf, operator, variants=variants, silos=silos, units=units, contracts=contracts)
    narrow = _narrowed(inv, touched(inv, found.values()))
    parts = [_carried(narrow, one).assign(case=case) for case, one in found.items()]
    frame = pd.concat(parts, ignore_index=True)
    whole = frame.groupby(["case", "side"])["hours_per_year"].transform("sum")
    frame["share"] = frame["hours_per_year"] / whole.where(whole > 0)
    return frame[["case", "side", "level", "staff_grade", *_HOURS, "share", "rows_unmeasured"]]


def hours_by_tool(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variants: Sequence[str] = ("law", "practice"),
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The tools that the contract touches, one by one.

    Returns
    -------
    DataFrame
        One row per tool × case in which it is owed: ``obligation_id``, ``case``, hours a year of
        the one who answers with bounds, ``rows_unmeasured``.
    """
    found = cases(inv, ptf, operator, variants=variants, silos=silos, units=units)
    tools = touched(inv, found.values())
    narrow = _narrowed(inv, tools)
    parts = [ledger.totals(narrow, one, by=["side", "obligation_id"]).assign(case=case) for case, one in found.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[(frame["side"] == "respondent") & frame["obligation_id"].isin(tools)]
    return frame[["obligation_id", "case", *_HOURS, "rows_unmeasured"]].reset_index(drop=True)


def _narrowed(inv: Inventory, tools: Sequence[str]) -> Inventory:
    return select(inv, obligation=list(tools)) if tools else inv


def _carried(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    kind: Mapping[str, str] = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    lines = ledger.build(inv, ptf, by=["actor_id"])
    level = [_LEVELS.get(str(kind.get(a)), str(kind.get(a))) for a in lines["actor_id"]]
    return ledger.summed(lines.assign(level=level), ["side", "level", "staff_grade"])
