"""Other ways to hold a competition: a letter first, one file for several funders, longer awards.

Each compares a case with today's, everything else equal. What is supposed is an argument and comes
back as a column.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from burden.analysis.calls.competition import costs
from burden.analysis.calls.priced import PARTIES
from burden.analysis.calls.rounds import AllTimes, Round, Times, round_of
from burden.analysis.calls.steps import Each, Procedure
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.model.inventory import Inventory

_DEFAULT = Assumptions()
TODAY = "today"


def two_stage(
    inv: Inventory,
    procedure: Procedure,
    *,
    candidates: int,
    shortlisted: int,
    awards: int,
    amount_eur: float,
    duration_years: float,
    letter_share: float,
    letter_reading_share: float,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """A short letter from all, then the full file from a shortlist.

    ::

        candidates  today n × c            two stages  n × l × c + m × c
        authority   today n × a            two stages  n × r × a + m × a

    Hearings, and the call itself, are as many in both: m are heard. It saves when the share of a
    file that the letter takes is below 1 − m / n.

    Parameters
    ----------
    candidates, shortlisted, awards : int
        Letters received, full files asked for (and heard), files chosen.
    amount_eur, duration_years : float
        Euros allocated in all, and for how long.
    letter_share, letter_reading_share : float
        What writing and reading a letter take, as a share of writing and examining a full file.

    Returns
    -------
    DataFrame
        The rows of :func:`burden.analysis.calls.competition.cost` for each ``case`` (``today``,
        ``two_stage``), the two shares, and ``saved_hours`` and ``saved_eur`` against today.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1.

    Examples
    --------
    >>> import burden as bd
    >>> found = two_stage(
    ...     bd.example("four-tools"), "CPOM", candidates=10, shortlisted=2, awards=1, amount_eur=1e5,
    ...     duration_years=5, letter_share=0.1, letter_reading_share=0.1,
    ... )
    >>> total = found[found["party"] == "total"].set_index("case")["hours"]
    >>> round(float(total["two_stage"] / total["today"]), 3)
    0.3
    """
    _shares(letter_share=letter_share, letter_reading_share=letter_reading_share)
    one = round_of(
        candidates=candidates, awards=awards, amount_eur=amount_eur, duration_years=duration_years,
        shortlisted=shortlisted,
    )  # fmt: skip
    now = one.times()
    letters = now["candidate"].by(candidate=letter_share, authority=letter_reading_share)
    then = {**now, "candidate": letters.plus(now["shortlisted"])}
    found = _compared(inv, procedure, [one, one], [now, then], "two_stage", assumed)
    return found.assign(letter_share=letter_share, letter_reading_share=letter_reading_share)


def shared_file(
    inv: Inventory,
    procedure: Procedure,
    *,
    funders: int,
    candidates: int,
    awards: int,
    amount_eur: float,
    duration_years: float,
    common_share: float,
    joint_examination_share: float,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """One file for several funders of one project, instead of a file for each.

    ::

        candidates  today k × c            shared  (s + k × (1 − s)) × c
        authority   today k × a            shared  (j + k × (1 − j)) × a

    Each funder keeps its call and its hearing.

    Parameters
    ----------
    funders : int
        Funders to whom the same candidates apply for the same project.
    candidates, awards : int
        Of each funder's call.
    amount_eur : float
        Euros that all funders allocate together.
    common_share, joint_examination_share : float
        Share of the file that is common to all funders, and of its examination that one does for all.

    Returns
    -------
    DataFrame
        The rows of :func:`burden.analysis.calls.competition.cost` for each ``case`` (``today``,
        ``shared_file``), of all funders' calls together, the parameters, ``saved_hours`` and
        ``saved_eur`` against today. ``rows`` are those of one call.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, or there is no funder.

    Examples
    --------
    >>> import burden as bd
    >>> found = shared_file(
    ...     bd.example("four-tools"), "CPOM", funders=4, candidates=5, awards=1, amount_eur=1e5,
    ...     duration_years=1, common_share=1.0, joint_examination_share=0.0,
    ... )
    >>> total = found[found["party"] == "winners"].set_index("case")["hours"]
    >>> round(float(total["shared_file"] / total["today"]), 3)
    0.25
    """
    _shares(common_share=common_share, joint_examination_share=joint_examination_share)
    if funders < 1:
        raise ValueError(f"{funders} funders: at least one is needed")
    one = round_of(
        candidates=candidates, awards=awards, amount_eur=amount_eur, duration_years=duration_years, shortlisted=None
    )
    now: dict[Each, Times] = {
        each: times.by(candidate=funders, authority=funders) for each, times in one.times().items()
    }
    files = one.times()["candidate"].by(
        candidate=common_share + funders * (1 - common_share),
        authority=joint_examination_share + funders * (1 - joint_examination_share),
    )
    found = _compared(inv, procedure, [one, one], [now, {**now, "candidate": files}], "shared_file", assumed)
    return found.assign(funders=funders, common_share=common_share, joint_examination_share=joint_examination_share)


def longer_award(
    inv: Inventory,
    procedure: Procedure,
    *,
    years_today: float,
    years_then: float,
    candidates: int,
    awards: int,
    amount_eur_per_year: float,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """The same yearly amount allocated for longer: fewer calls a year.

    ::

        cost a year = cost of a call / years that an award lasts

    Parameters
    ----------
    years_today, years_then : float
        Years that an award lasts.
    candidates, awards : int
        Of each call.
    amount_eur_per_year : float
        Euros that all awards receive a year.

    Returns
    -------
    DataFrame
        The rows of :func:`burden.analysis.calls.competition.cost` for each ``case`` (``today``,
        ``longer_award``), with ``hours_per_year`` and ``eur_per_year``; ``saved_hours`` and
        ``saved_eur`` are those of a year.

    Raises
    ------
    ValueError
        If a duration is not above zero.

    Examples
    --------
    >>> import burden as bd
    >>> found = longer_award(
    ...     bd.example("four-tools"), "CPOM", years_today=1, years_then=5, candidates=5, awards=1,
    ...     amount_eur_per_year=1e4,
    ... )
    >>> total = found[found["party"] == "total"].set_index("case")["hours_per_year"]
    >>> round(float(total["longer_award"] / total["today"]), 3)
    0.2
    """
    rounds = [
        round_of(
            candidates=candidates, awards=awards, amount_eur=amount_eur_per_year * years, duration_years=years,
            shortlisted=None,
        )
        for years in (years_today, years_then)
    ]  # fmt: skip
    found = _compared(inv, procedure, rounds, [r.times() for r in rounds], "longer_award", assumed, per_year=True)
    return found.assign(amount_eur_per_year=amount_eur_per_year)


def _compared(
    inv: Inventory,
    procedure: Procedure,
    rounds: Sequence[Round],
    times: Sequence[AllTimes],
    case: str,
    assumed: Assumptions,
    *,
    per_year: bool = False,
) -> pd.DataFrame:
    """Today and another case, with what the other saves."""
    found = costs(inv, procedure, rounds, times=times, assumed=assumed)
    found.insert(0, "case", [c for c in (TODAY, case) for _ in PARTIES])
    years = found["duration_years"] if per_year else 1.0
    spent = {measure: found[measure] / years for measure in ("hours", "eur")}
    if per_year:
        found = found.assign(hours_per_year=spent["hours"], eur_per_year=spent["eur"])
    for measure, each in spent.items():
        today = pd.Series(each.iloc[: len(PARTIES)].tolist() * 2)
        found[f"saved_{measure}"] = (today - each).where(found["case"] == case, math.nan)
    return found


def _shares(**shares: float) -> None:
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is {share}: write a share between 0 and 1")
