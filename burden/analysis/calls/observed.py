"""Real calls: how many files for an award, and what the competition costs for what it allocates."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from burden.analysis.calls.competition import costs
from burden.analysis.calls.effort import effort
from burden.analysis.calls.priced import QUANTILES
from burden.analysis.calls.rounds import Round
from burden.analysis.calls.steps import PROCEDURES, SELECTION, Step
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.model.inventory import Inventory

_DEFAULT = Assumptions()
_OF_CALL = [
    "call_id", "name_fr", "authority_id", "silo_id", "obligation_id", "year", "amount_eur", "duration_years", "awards",
    "candidates", "evidence", "source_id", "note",
]  # fmt: skip
_HOURS = ["hours", "hours_low", "hours_high", *(f"hours_{q}" for q in QUANTILES)]
_EUR = [c.replace("hours", "eur") for c in _HOURS]
_COSTS = [*_HOURS, *_EUR, "losers_hours", "losers_share", "rows", "rows_unmeasured", "rows_assumed"]


def observed(
    inv: Inventory,
    *,
    steps: Mapping[str, tuple[Step, ...]] = PROCEDURES,
    year: int | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Real calls that operators answer, with what applying and examining cost.

    The hours of a file are those of the obligation that answering is, with the steps of the
    procedure it opens, where there is one; they are not those of that very call.

    Parameters
    ----------
    steps : mapping of str to tuple of Step
        The steps of each procedure.

    Returns
    -------
    DataFrame
        One row per call whose ``obligation_id`` is told: what ``calls`` says of it,
        ``candidates_per_award``, ``success_share``, ``amount_per_award_eur``; ``hours`` and ``eur``
        of the competition with bounds and draws; ``losers_hours`` and ``losers_share`` of them;
        ``share_of_amount`` that the competition eats, with bounds and draws;
        ``break_even_file_h``, hours of one file at which the competition would cost all that the
        call allocates. NaN where the number it takes is unknown.

    Examples
    --------
    >>> import burden as bd
    >>> observed(bd.example("four-tools")).empty
    True
    """
    calls = inv.calls
    calls = calls[calls["obligation_id"].notna()][_OF_CALL].reset_index(drop=True)
    candidates, awards, amount = (calls[c].astype("float64") for c in ("candidates", "awards", "amount_eur"))
    calls = calls.assign(
        candidates_per_award=candidates / awards.where(awards > 0),
        success_share=awards / candidates.where(candidates > 0),
        amount_per_award_eur=amount / awards.where(awards > 0),
    )
    # Nobody counted the candidates of the others: their costs are not known.
    counted = calls[candidates >= 1].groupby("obligation_id", sort=False)
    parts = [_costs_of(inv, str(obligation), own, steps, year, assumed) for obligation, own in counted]
    known = pd.concat(parts) if parts else pd.DataFrame(columns=[*_COSTS, "break_even_file_h"], dtype="float64")
    found = pd.concat([calls, known.reindex(calls.index)], axis=1)
    for column in _EUR:
        found[column.replace("eur", "share_of_amount")] = found[column] / amount.where(amount > 0)
    return found


def untied(inv: Inventory) -> pd.DataFrame:
    """Calls that no obligation of the inventory is the answer to, mostly as public bodies answer them.

    Returns
    -------
    DataFrame
        One row per such call, with its columns in ``calls``.

    Examples
    --------
    >>> import burden as bd
    >>> untied(bd.example("four-tools")).empty
    True
    """
    calls = inv.calls
    return calls[calls["obligation_id"].isna()][_OF_CALL].reset_index(drop=True)


def selection_of(obligation: str, steps: Mapping[str, tuple[Step, ...]]) -> tuple[Step, ...]:
    """What answering an obligation sets off until the choice: its procedure's steps, or itself alone.

    Examples
    --------
    >>> [s.obligation_id for s in selection_of("FR-AUT-01", PROCEDURES)]
    ['FR-AUT-02', 'FR-AUT-01', 'FR-AUT-03']
    """
    for procedure in steps.values():
        if any(s.obligation_id == obligation and s.each == "candidate" for s in procedure):
            return tuple(s for s in procedure if s.each in SELECTION)
    return (Step(obligation),)


def _costs_of(
    inv: Inventory,
    obligation: str,
    calls: pd.DataFrame,
    steps: Mapping[str, tuple[Step, ...]],
    year: int | None,
    assumed: Assumptions,
) -> pd.DataFrame:
    """The costs of the calls that one obligation answers, all at once."""
    procedure = selection_of(obligation, steps)
    number = calls["candidates"].astype("int64")
    counted = calls["awards"].notna() & (calls["awards"] <= number)
    # How many won does not change the cost of choosing: only who bore it.
    won = calls["awards"].where(counted, 0).astype("int64")
    rounds = [Round(n, w, n, math.nan, 1.0) for n, w in zip(number.tolist(), won.tolist(), strict=True)]
    frame = costs(inv, procedure, rounds, year=year, assumed=assumed)
    total = frame[frame["party"] == "total"].set_index(calls.index)
    losers = frame[frame["party"] == "losers"].set_index(calls.index)
    found = total[[*_HOURS, *_EUR, "rows", "rows_unmeasured", "rows_assumed"]].assign(
        losers_hours=losers["hours"].where(counted), losers_share=losers["share_of_hours"].where(counted),
        break_even_file_h=_break_even_files(inv, procedure, calls, total["eur"], year),
    )  # fmt: skip
    return found[[*_COSTS, "break_even_file_h"]]


def _break_even_files(
    inv: Inventory, procedure: tuple[Step, ...], calls: pd.DataFrame, total_eur: pd.Series, year: int | None
) -> pd.Series:
    """Hours of one file at which the competition would cost the whole amount, the rest being as it is."""
    lines = effort(inv, procedure, year=year)
    mine = lines[(lines["each"] == "candidate") & (lines["party"] == "candidate") & lines["eur"].notna()]
    hours, eur = float(mine["h"].sum()), float(mine["eur"].sum())
    if not hours > 0 or not eur > 0:
        return pd.Series(math.nan, index=calls.index)
    number = calls["candidates"].astype("float64")
    others = total_eur - number * eur
    left = (calls["amount_eur"].astype("float64") - others) / number
    return left.clip(lower=0.0) * hours / eur
