"""How often each step is done, by whom, in one round of a procedure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from burden.analysis.calls.steps import Each


class Times(NamedTuple):
    """How often one step is done by the winners, by the losers, by the authority."""

    winners: float
    losers: float
    authority: float

    def plus(self, other: Times) -> Times:
        """Both together."""
        return Times(*(a + b for a, b in zip(self, other, strict=True)))

    def by(self, *, candidate: float, authority: float) -> Times:
        """A part of the work of those who apply, and of the authority's."""
        return Times(self.winners * candidate, self.losers * candidate, self.authority * authority)


@dataclass(frozen=True)
class Round:
    """One call and what it allocates.

    Attributes
    ----------
    candidates, awards : int
        Files received and chosen.
    shortlisted : int
        Candidates heard, or kept for the second stage.
    amount_eur : float
        Euros allocated in all, over the whole award; NaN when unknown.
    duration_years : float
        Years that an award lasts.

    Raises
    ------
    ValueError
        If there are fewer candidates than awards, the shortlist does not lie between the two, the
        amount is negative or the duration is not above zero.
    """

    candidates: int
    awards: int
    shortlisted: int
    amount_eur: float
    duration_years: float

    def __post_init__(self) -> None:
        if not 0 <= self.awards <= self.shortlisted <= self.candidates or self.candidates < 1:
            raise ValueError(
                f"{self.candidates} candidates, {self.shortlisted} heard, {self.awards} awards: "
                "awards must not exceed those heard, nor these the candidates"
            )
        if self.amount_eur < 0 or math.isinf(self.amount_eur) or not 0 < self.duration_years < math.inf:
            raise ValueError("the amount must be zero or more, and the duration more than zero")

    def times(self) -> dict[Each, Times]:
        """How often each kind of step is done."""
        won, lost = self.awards, self.candidates - self.awards
        years = won * self.duration_years
        return {
            "call": Times(0.0, 0.0, 1.0),
            "candidate": Times(won, lost, self.candidates),
            "shortlisted": Times(won, self.shortlisted - won, self.shortlisted),
            "award": Times(won, 0.0, won),
            "award_year": Times(years, 0.0, years),
        }


AllTimes = Mapping[Each, Times]
"""How often each kind of step is done in one round."""


def round_of(
    *, candidates: int, awards: int, amount_eur: float, duration_years: float, shortlisted: int | None
) -> Round:
    """A round in which, unless told otherwise, every candidate is heard."""
    heard = candidates if shortlisted is None else shortlisted
    return Round(candidates, awards, heard, float(amount_eur), float(duration_years))
