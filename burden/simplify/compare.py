"""Scenarios beside today: what each saves, together and lever by lever, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis import ledger
from burden.analysis.uncertainty import Assumptions, draws
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify.levers import Case
from burden.simplify.scenario import Scenario, apply

Floats = npt.NDArray[np.float64]
_DEFAULT = Assumptions()


def compare(
    inv: Inventory,
    ptf: Portfolio,
    scenarios: Sequence[Scenario],
    *,
    side: str | None = "respondent",
    assumed: Assumptions = _DEFAULT,
    by_lever: bool = True,
) -> pd.DataFrame:
    """Hours of each scenario beside those of today.

    The same draws serve today and every scenario, so that a saving has a range of its own.

    Parameters
    ----------
    by_lever : bool
        Whether each lever is pulled alone and last too; the time this takes grows with the square of
        their number.

    Returns
    -------
    DataFrame
        One row per scenario, then per lever of it: ``scenario``, ``step`` (0 for the whole),
        ``lever``, ``hours_per_year`` after the whole, ``saved_h`` (the whole, or the lever pulled
        alone), ``last_h`` (what the lever adds when it is pulled last), ``saved_p10``,
        ``saved_p50``, ``saved_p90`` and ``saves_share``, the share of draws in which hours fall.
        Savings of levers do not add up to that of the whole where two levers touch the same hours.

    Raises
    ------
    InventoryError
        If a lever does not fit the inventory.
    """
    today = _hours((inv, ptf), side)
    drawn = _drawn((inv, ptf), inv, side, assumed)
    rows: list[dict[str, object]] = []
    for scenario in scenarios:
        whole = apply(scenario, inv, ptf)
        after = _hours(whole, side)
        rows.append(
            {"scenario": scenario.name, "step": 0, "lever": "", "hours_per_year": after, "saved_h": today - after,
             "last_h": np.nan, **_ranges(drawn - _drawn(whole, inv, side, assumed))}
        )  # fmt: skip
        for number, step in enumerate(scenario.steps if by_lever else (), start=1):
            alone = _alone(scenario, number, inv, ptf)
            rows.append(
                {"scenario": scenario.name, "step": number, "lever": step.lever, "hours_per_year": np.nan,
                 "saved_h": np.nan if alone is None else today - _hours(alone, side),
                 "last_h": _last(scenario, number, inv, ptf, after, side)}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _alone(scenario: Scenario, number: int, inv: Inventory, ptf: Portfolio) -> Case | None:
    """The lever pulled on today's inventory; none where it needs one before it."""
    try:
        return scenario.steps[number - 1].apply(inv, ptf)
    except InventoryError:
        return None


def _last(scenario: Scenario, number: int, inv: Inventory, ptf: Portfolio, after: float, side: str | None) -> float:
    """What the whole would take without this lever, less what it takes with it."""
    others = tuple(s for n, s in enumerate(scenario.steps, start=1) if n != number)
    try:
        return _hours(apply(replace(scenario, steps=others), inv, ptf), side) - after
    except InventoryError:
        return float("nan")


def _hours(case: Case, side: str | None) -> float:
    totals = ledger.totals(*case, by=["side"])
    chosen = totals if side is None else totals[totals["side"] == side]
    return float(chosen["hours_per_year"].sum())


def _drawn(case: Case, numbered_as: Inventory, side: str | None, assumed: Assumptions) -> Floats:
    found = draws(*case, side=side, assumed=assumed, numbered_as=numbered_as).to_numpy(dtype=np.float64)
    return found[0] if len(found) else np.zeros(assumed.draws)


def _ranges(saved: Floats) -> dict[str, float]:
    low, middle, high = np.quantile(saved, [0.1, 0.5, 0.9])
    return {"saved_p10": low, "saved_p50": middle, "saved_p90": high, "saves_share": float((saved > 0).mean())}
