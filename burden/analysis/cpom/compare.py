"""One operator without a contract and with one: hours, tools, counterparts, and who carries them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis import ledger
from burden.analysis.concentration import counterparts
from burden.analysis.cpom.cases import WITHOUT, Cases
from burden.analysis.cpom.contract import CYCLE_YEARS
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.together import together
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio

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


def compare(inv: Inventory, found: Cases, *, assumed: Assumptions = _DEFAULT) -> pd.DataFrame:
    """What an operator owes without a contract and with one, a year and over a cycle of five.

    Hours are those of the tools that the contract touches; every other tool is the same in each
    case. Meetings that nobody has timed are in no hours: ``rows_unmeasured`` counts them, and what
    is saved is what they may take before the contract costs more than it saves.

    Parameters
    ----------
    found : Cases
        What is compared (:func:`~burden.analysis.cpom.cases`).

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
    drawn = {
        side: together(inv, found.portfolios, obligations=found.touched, certain=CERTAIN, side=side, assumed=assumed)
        for side in SIDES
    }  # fmt: skip
    rows: list[dict[str, object]] = []
    for case, one in found.portfolios.items():
        every = ledger.totals(inv, one, by=["side", "obligation_id"])
        tally = _tally(inv, one, found.operator)
        allowed = found.lawful or case != WITHOUT
        rows += [
            {"case": case, "side": side, "lawful": allowed}
            | _hours(every[every["side"] == side], found.touched) | tally | differences(drawn[side], case)
            for side in SIDES
        ]  # fmt: skip
    return pd.DataFrame(rows)


def _hours(every: pd.DataFrame, tools: Sequence[str]) -> dict[str, object]:
    """Hours of the tools touched and of every tool, on one side."""
    part = every[every["obligation_id"].isin(tools)]
    sums = {c: float(part[c].sum(min_count=1)) if len(part) else 0.0 for c in (*_HOURS, *_ONCE)}
    once = sums["once_h"]
    return {
        **{c: sums[c] for c in _HOURS}, **{c: sums[c] for c in _ONCE},
        "once_h_per_year": once / CYCLE_YEARS,
        "hours_per_cycle": CYCLE_YEARS * sums["hours_per_year"] + once,
        "all_hours_per_year": float(every["hours_per_year"].sum()),
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


def shift(inv: Inventory, found: Cases) -> pd.DataFrame:
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
    narrow = _narrowed(inv, found.touched)
    parts = [_carried(narrow, one).assign(case=case) for case, one in found.portfolios.items()]
    frame = pd.concat(parts, ignore_index=True)
    whole = frame.groupby(["case", "side"])["hours_per_year"].transform("sum")
    frame["share"] = frame["hours_per_year"] / whole.where(whole > 0)
    return frame[["case", "side", "level", "staff_grade", *_HOURS, "share", "rows_unmeasured"]]


def hours_by_tool(inv: Inventory, found: Cases) -> pd.DataFrame:
    """The tools that the contract touches, one by one.

    Returns
    -------
    DataFrame
        One row per tool × case in which it is owed: ``obligation_id``, ``case``, hours a year of
        the one who answers with bounds, ``rows_unmeasured``.
    """
    narrow = _narrowed(inv, found.touched)
    by = ["side", "obligation_id"]
    parts = [ledger.totals(narrow, one, by=by).assign(case=case) for case, one in found.portfolios.items()]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[(frame["side"] == "respondent") & frame["obligation_id"].isin(found.touched)]
    return frame[["obligation_id", "case", *_HOURS, "rows_unmeasured"]].reset_index(drop=True)


def _narrowed(inv: Inventory, tools: Sequence[str]) -> Inventory:
    return select(inv, obligation=list(tools)) if tools else inv


def _carried(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    kind: Mapping[str, str] = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    lines = ledger.build(inv, ptf, by=["actor_id"])
    level = [_LEVELS.get(str(kind.get(a)), str(kind.get(a))) for a in lines["actor_id"]]
    return ledger.summed(lines.assign(level=level), ["side", "level", "staff_grade"])
