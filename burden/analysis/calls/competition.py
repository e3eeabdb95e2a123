"""What a competition costs: winners, losers, authority; by number of candidates; where it breaks even.

::

    cost = A + n × (c + a) + m × (h + b)

A for the call as a whole, c and a for one file and its examination, h and b for one hearing on both
sides, n candidates of whom m are heard. The amount under which the call costs more than it
allocates is the cost itself: a call that chooses well may be worth it, but the choice must then
bring more than the whole amount. What follows from the award (visits, reports) is apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from burden.analysis.calls.effort import effort
from burden.analysis.calls.given import File, Triple, given_file, with_file
from burden.analysis.calls.priced import PARTIES, QUANTILES, priced
from burden.analysis.calls.rounds import AllTimes, Round, round_of
from burden.analysis.calls.steps import Procedure, absent, name_of, steps_of
from burden.analysis.ledger import BOUNDS
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.model.inventory import Inventory

_DEFAULT = Assumptions()


def cost(
    inv: Inventory,
    procedure: Procedure,
    *,
    candidates: int,
    awards: int,
    amount_eur: float,
    duration_years: float,
    shortlisted: int | None = None,
    file_hours: Triple | None = None,
    file_eur_per_h: float = math.nan,
    year: int | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Hours and euros of one round of a procedure, winners and losers apart.

    Parameters
    ----------
    procedure : str or sequence of Step
        See :func:`burden.analysis.calls.steps.steps_of`.
    candidates, awards : int
        Files received, files chosen.
    amount_eur, duration_years : float
        Euros allocated in all over the whole award (NaN when unknown), and how long it lasts.
    shortlisted : int, optional
        Candidates heard; all of them when None.
    file_hours : tuple of float, optional
        Low, central and high hours of one application, instead of the inventory's.
    file_eur_per_h : float
        Cost of one of these hours.
    year : int, optional
        Year of the tariffs.

    Returns
    -------
    DataFrame
        One row per ``party``: ``winners``, ``losers``, ``authority``, ``total``. The arguments come
        back as columns. ``hours`` and ``eur`` of choosing, with ``_low`` and ``_high`` (every line
        at its bound) and ``_p10``, ``_p50``, ``_p90`` of the draws; ``award_hours`` and
        ``award_eur`` that follow from the award; ``hours_per_award``, ``eur_per_award`` and
        ``hours_per_award_year``; ``share_of_amount`` (euros per euro allocated, with bounds and
        draws), ``share_of_hours`` of the party in the total; ``rows`` behind it, of which
        ``rows_unmeasured`` are left out and ``rows_assumed`` rest on a standard time;
        ``absent_ids``, steps that the inventory lacks.

    Raises
    ------
    KeyError
        If no step of the procedure is in the inventory.
    ValueError
        If the numbers do not fit one another (see :class:`~burden.analysis.calls.rounds.Round`).

    Examples
    --------
    >>> import burden as bd
    >>> found = cost(bd.example("four-tools"), "CPOM", candidates=5, awards=1, amount_eur=10_000, duration_years=5)
    >>> found["party"].tolist()
    ['winners', 'losers', 'authority', 'total']
    """
    file = given_file(file_hours, file_eur_per_h)
    one = round_of(
        candidates=candidates, awards=awards, amount_eur=amount_eur, duration_years=duration_years,
        shortlisted=shortlisted,
    )  # fmt: skip
    return costs(inv, procedure, [one], file=file, year=year, assumed=assumed)


def costs(
    inv: Inventory,
    procedure: Procedure,
    rounds: Sequence[Round],
    *,
    file: File | None = None,
    year: int | None = None,
    assumed: Assumptions = _DEFAULT,
    times: Sequence[AllTimes] | None = None,
) -> pd.DataFrame:
    """The rows of :func:`cost` for several rounds of one procedure.

    Parameters
    ----------
    times : sequence of mapping, optional
        How often each kind of step is done in each round, where it is not what the round says.
    """
    steps = steps_of(inv, procedure)
    lines = with_file(effort(inv, steps, year=year), file)
    found = priced(inv, lines, times or [r.times() for r in rounds], assumed)
    told = pd.DataFrame([vars(r) for r in rounds]).loc[found["round"]].reset_index(drop=True)
    told.insert(0, "procedure", name_of(procedure))
    frame = pd.concat([told, found.drop(columns="round")], axis=1)
    frame = frame.assign(file_h=file.hours[1] if file else np.nan, absent_ids="|".join(absent(inv, steps)))
    return _with_ratios(frame)


def _with_ratios(frame: pd.DataFrame) -> pd.DataFrame:
    awards, amount = frame["awards"].astype("float64"), frame["amount_eur"]
    known = awards.where(awards > 0)
    total = frame["hours"].where(frame["party"] == "total").bfill(limit=len(PARTIES) - 1)
    ratios = {
        "hours_per_award": frame["hours"] / known,
        "eur_per_award": frame["eur"] / known,
        "hours_per_award_year": frame["hours"] / known / frame["duration_years"],
        "share_of_hours": frame["hours"] / total.where(total > 0),
    }
    for bound in (*BOUNDS, *(f"_{q}" for q in QUANTILES)):
        ratios[f"share_of_amount{bound}"] = frame[f"eur{bound}"] / amount.where(amount > 0)
    return frame.assign(**ratios)


def curve(
    inv: Inventory,
    procedure: Procedure,
    *,
    awards: int,
    amount_eur: float,
    duration_years: float,
    candidates: Iterable[int] = range(1, 31),
    shortlisted: int | None = None,
    file_hours: Triple | None = None,
    file_eur_per_h: float = math.nan,
    year: int | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """The cost of a call by its number of candidates.

    Parameters
    ----------
    shortlisted : int, optional
        Candidates heard, or all where there are fewer; all of them when None.

    Returns
    -------
    DataFrame
        The rows of :func:`cost` for each number of candidates, in the order given.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> len(curve(inv, "CPOM", awards=1, amount_eur=10_000, duration_years=5, candidates=[1, 2]))
    8
    """
    rounds = [
        round_of(
            candidates=n, awards=awards, amount_eur=amount_eur, duration_years=duration_years,
            shortlisted=None if shortlisted is None else min(shortlisted, n),
        )
        for n in candidates
    ]  # fmt: skip
    file = given_file(file_hours, file_eur_per_h)
    return costs(inv, procedure, rounds, file=file, year=year, assumed=assumed)
