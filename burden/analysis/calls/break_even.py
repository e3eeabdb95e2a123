"""Where a call breaks even: the least amount, the most candidates."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from burden.analysis.calls.effort import effort
from burden.analysis.calls.given import Triple, given_file, with_file
from burden.analysis.calls.rounds import round_of
from burden.analysis.calls.steps import SELECTION, Procedure, name_of, steps_of
from burden.analysis.ledger import BOUNDS
from burden.model.inventory import Inventory


def break_even_amount(
    inv: Inventory,
    procedure: Procedure,
    *,
    candidates: int,
    awards: int,
    shortlisted: int | None = None,
    file_hours: Triple | None = None,
    file_eur_per_h: float = math.nan,
    year: int | None = None,
) -> pd.DataFrame:
    """The amount under which a call costs more than it allocates.

    ::

        amount = A + n × (c + a) + m × (h + b)

    Returns
    -------
    DataFrame
        One row: ``procedure``, ``candidates``, ``shortlisted``, ``awards`` and, each with
        ``_low`` and ``_high``, ``fixed_eur`` (A), ``per_candidate_eur`` (c + a),
        ``per_shortlisted_eur`` (h + b), ``amount_eur`` in all and ``amount_per_award_eur``. Lines
        that nobody timed are left out, so that the amount is at least this
        (``rows_unmeasured``).

    Examples
    --------
    >>> import burden as bd
    >>> found = break_even_amount(
    ...     bd.example("four-tools"), "CPOM", candidates=5, awards=1, file_hours=(1, 2, 3), file_eur_per_h=40
    ... )
    >>> found[["amount_eur_low", "amount_eur", "amount_eur_high"]].values.tolist()
    [[200.0, 400.0, 600.0]]
    """
    one = round_of(
        candidates=candidates, awards=awards, amount_eur=math.nan, duration_years=1.0, shortlisted=shortlisted
    )
    file = given_file(file_hours, file_eur_per_h)
    lines = with_file(effort(inv, steps_of(inv, procedure), year=year), file)
    each = _each_eur(lines)
    row: dict[str, object] = {
        "procedure": name_of(procedure), "candidates": one.candidates, "shortlisted": one.shortlisted, "awards": awards,
    }  # fmt: skip
    for bound in BOUNDS:
        fixed, per_candidate, per_shortlisted = (each[k + bound] for k in SELECTION)
        amount = fixed + one.candidates * per_candidate + one.shortlisted * per_shortlisted
        row |= {
            f"fixed_eur{bound}": fixed, f"per_candidate_eur{bound}": per_candidate,
            f"per_shortlisted_eur{bound}": per_shortlisted, f"amount_eur{bound}": amount,
            f"amount_per_award_eur{bound}": amount / awards if awards else math.nan,
        }  # fmt: skip
    choosing = lines["each"].isin(SELECTION)
    return pd.DataFrame([row | {"rows_unmeasured": int(lines.loc[choosing, "h"].isna().sum())}])


def _each_eur(lines: pd.DataFrame) -> Mapping[str, float]:
    """Euros of both sides for one call, one candidate, one candidate heard; NaN where none is known."""
    found = {}
    for each in SELECTION:
        mine = lines[lines["each"] == each]
        for bound in BOUNDS:
            found[each + bound] = float(mine[f"eur{bound}"].sum(min_count=1)) if len(mine) else 0.0
    return found


def break_even_candidates(
    inv: Inventory,
    procedure: Procedure,
    *,
    amount_eur: float,
    shortlisted: int | None = None,
    file_hours: Triple | None = None,
    file_eur_per_h: float = math.nan,
    year: int | None = None,
) -> pd.DataFrame:
    """The number of candidates from which a call costs as much as it allocates.

    ::

        n = (amount − A) / (c + a + h + b)           when every candidate is heard
        n = (amount − A − m × (h + b)) / (c + a)     when m are

    Returns
    -------
    DataFrame
        One row: ``procedure``, ``amount_eur``, ``shortlisted`` (missing when all are heard),
        ``candidates_low`` (every line at its high bound), ``candidates``, ``candidates_high``: not
        rounded, and zero where even a call without candidates costs more.

    Examples
    --------
    >>> import burden as bd
    >>> found = break_even_candidates(
    ...     bd.example("four-tools"), "CPOM", amount_eur=1000, file_hours=(1, 2, 5), file_eur_per_h=40
    ... )
    >>> found[["candidates_low", "candidates", "candidates_high"]].values.tolist()
    [[5.0, 12.5, 25.0]]
    """
    none = break_even_amount(
        inv, procedure, candidates=1, awards=0, shortlisted=None, file_hours=file_hours,
        file_eur_per_h=file_eur_per_h, year=year,
    ).iloc[0]  # fmt: skip
    row: dict[str, object] = {"procedure": name_of(procedure), "amount_eur": amount_eur, "shortlisted": shortlisted}
    for bound, inverse in zip(BOUNDS, reversed(BOUNDS), strict=True):
        heard = float(none[f"per_shortlisted_eur{inverse}"])
        fixed = float(none[f"fixed_eur{inverse}"]) + (0.0 if shortlisted is None else shortlisted * heard)
        each = float(none[f"per_candidate_eur{inverse}"]) + (heard if shortlisted is None else 0.0)
        left = max(0.0, amount_eur - fixed)
        row[f"candidates{bound}"] = left / each if each else math.inf
    return pd.DataFrame([row])
