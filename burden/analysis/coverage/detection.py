"""What the n-th control of one criterion adds: a scenario, whose parameters nobody has measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.coverage.controls import ALIKE, HOURS, looks, on_criteria
from burden.analysis.coverage.criteria import coverages
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
Repeats = Literal["same_look", "new_look"]
_BOUNDS = ("_low", "", "_high")


@dataclass(frozen=True)
class Scenario:
    """A parameter of a scenario: low, central and high value, and how sure they are.

    Raises
    ------
    ValueError
        If the values are not shares in rising order.
    """

    low: float
    central: float
    high: float
    evidence: str = "assumed"

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.central <= self.high <= 1.0:
            raise ValueError(f"{self.low}, {self.central}, {self.high} are not shares in rising order")


ASSUMED_DETECTION = Scenario(0.3, 0.5, 0.8)
"""Chance that one look at the whole of a criterion sees a fault that is there: assumed."""

ASSUMED_BLIND_SPOT = Scenario(0.0, 0.1, 0.3)
"""Share of the faults that every control misses, however many there are: assumed."""


def marginal_detection(
    inv: Inventory,
    ptf: Portfolio,
    *,
    detection: Scenario,
    blind_spot: Scenario,
    cycle_years: float,
    repeats: Repeats = "same_look",
    by: Sequence[str] = ALIKE,
) -> pd.DataFrame:
    """What each further control of a criterion adds to the chance of seeing a fault.

    ::

        p_n = (1 − b) × (1 − Π_{k ≤ n} (1 − q_k))        q_k = d × coverage_k × looks_k
        marginal_n = p_n − p_{n−1}

    with d the chance that a full look sees the fault, b the share of the faults that all controls
    miss (their dependence), and looks_k whether control k comes within the cycle: 1, or the chance
    that it does where it comes less than once. Controls are taken from the one that sees most to
    the one that sees least; another order gives the same sum and other parts. In the bounds each
    control has its own d and coverage, anywhere between low and high.

    Parameters
    ----------
    detection, blind_spot : Scenario
        d and b, such as :data:`ASSUMED_DETECTION` and :data:`ASSUMED_BLIND_SPOT`.
    cycle_years : float
        Years within which a fault is to be seen.
    repeats : str
        ``same_look``: a control that comes several times in a cycle looks once, as the same look
        by the same eyes misses the same; ``new_look``: each of its looks is independent.
    by : sequence of str
        Columns of the units that tell which are alike.

    Returns
    -------
    DataFrame
        One row per group of units × criterion × ``order`` n: ``obligation_id``, its coverage,
        ``looks_per_cycle``, ``detection`` (p_n) and ``marginal_detection`` with bounds, ``hours``
        of both sides in a cycle spent on the criterion with bounds (see
        :func:`~burden.analysis.coverage.controls.on_criteria`), ``hours_per_point`` (for one
        point of marginal detection; NaN where there is no bound), then the parameters:
        ``full_look_*``, ``blind_spot_*``, ``cycle_years``, ``repeats``, ``parameters_evidence``. A
        control whose number of looks is unknown comes last, and what it adds is NaN.

    Raises
    ------
    ValueError
        If the cycle is not longer than zero.

    References
    ----------
    Independent inspections in parallel: probability that at least one of them detects, as in the
    reliability of redundant systems; b is the common-cause (beta) factor of Fleming (1975).
    """
    if not cycle_years > 0:
        raise ValueError(f"a cycle of {cycle_years} years is no cycle")
    by = list(by)
    rows = on_criteria(looks(inv, ptf, by=by), coverages(inv))
    rows = rows[rows["coverage_high"] > 0]
    rows = rows.assign(looks_per_cycle=rows["looks_per_year"] * cycle_years)
    for bound, d in zip(_BOUNDS, (detection.low, detection.central, detection.high), strict=True):
        rows[f"seen{bound}"] = _seen(d * rows[f"coverage{bound}"], rows["looks_per_cycle"], repeats)
        rows[f"hours{bound}"] = rows[[h for h in HOURS if h.endswith(f"h_per_year{bound}")]].sum(
            axis=1, min_count=1
        ) * cycle_years  # fmt: skip
    keys = [*by, "criterion_id"]
    rows = rows.sort_values("seen", ascending=False, kind="stable", na_position="last")
    rows = _in_order(rows, keys, blind_spot)
    return _told(rows, keys).assign(**_parameters(detection, blind_spot, cycle_years, repeats))


def _seen(each: pd.Series, often: pd.Series, repeats: Repeats) -> pd.Series:
    """Chance that one control sees the fault within a cycle; a part of a look is the chance of one."""
    if repeats == "same_look":
        return each * often.clip(upper=1.0)
    whole = np.floor(often)
    missed: pd.Series = (1.0 - each) ** whole * (1.0 - (often - whole) * each)
    return 1.0 - missed


def _in_order(rows: pd.DataFrame, keys: list[str], blind_spot: Scenario) -> pd.DataFrame:
    """Chances that all of the controls before missed the fault, and what each adds."""
    rank = rows.groupby(keys, sort=False, dropna=False).cumcount() + 1
    missed = {b: (1.0 - rows[f"seen{b}"]) for b in _BOUNDS}
    by = [rows[k] for k in keys]
    after = {b: missed[b].groupby(by, sort=False, dropna=False).cumprod() for b in _BOUNDS}
    before = {b: after[b].groupby(by, sort=False, dropna=False).shift(1).where(rank > 1, 1.0) for b in _BOUNDS}
    seeable = dict(zip(_BOUNDS, (1 - blind_spot.high, 1 - blind_spot.central, 1 - blind_spot.low), strict=True))
    opposite = {"_low": "_high", "": "", "_high": "_low"}
    added = {f"marginal_detection{b}": seeable[b] * rows[f"seen{b}"] * before[opposite[b]] for b in _BOUNDS}
    seen = {f"detection{b}": (seeable[b] * (1.0 - after[b])).where(rows["seen"].notna()) for b in _BOUNDS}
    points = {b: 100.0 * added[f"marginal_detection{b}"] for b in _BOUNDS}
    price = {f"hours_per_point{b}": rows[f"hours{b}"] / points[opposite[b]].where(points[opposite[b]] > 0)
             for b in _BOUNDS}  # fmt: skip
    return rows.assign(order=rank, **seen, **added, **price)


_COLUMNS = [
    "order", "obligation_id", "coverage_low", "coverage", "coverage_high", "looks_per_cycle",
    *(f"{what}{b}" for what in ("detection", "marginal_detection", "hours", "hours_per_point") for b in _BOUNDS),
]  # fmt: skip


def _told(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Criteria with most controls first, each from the first control to the last."""
    count = rows.groupby(keys, dropna=False)["order"].transform("max") if len(rows) else rows["order"]
    ordered = rows.assign(_count=-count).sort_values(["_count", *keys, "order"], kind="stable")
    return ordered[[*keys, *_COLUMNS]].reset_index(drop=True)


def _parameters(
    detection: Scenario, blind_spot: Scenario, cycle_years: float, repeats: Repeats
) -> dict[str, float | str]:
    """The scenario, on every row."""
    named = {"full_look": detection, "blind_spot": blind_spot}
    values = {f"{n}{b}": v for n, s in named.items() for b, v in zip(_BOUNDS, (s.low, s.central, s.high), strict=True)}
    evidence = "|".join(dict.fromkeys(s.evidence for s in named.values()))
    return {**values, "cycle_years": cycle_years, "repeats": repeats, "parameters_evidence": evidence}
