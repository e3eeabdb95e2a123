"""What the draws assume, stated in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Assumptions:
    """What the draws assume; nobody has measured the two shares.

    Attributes
    ----------
    draws : int
        How many draws.
    seed : int
        Same seed, same draws, on any machine.
    table_share : float
        Share of the variance of a standard time that is common to all lines that rest on the table.
    respondent_share : float
        Share of the variance of any minute that is common to one type of respondent.

    Raises
    ------
    ValueError
        If a share is negative, the shares exceed one, or there is no draw.

    Examples
    --------
    >>> round(Assumptions().own_share, 3)
    0.333
    """

    draws: int = 10_000
    seed: int = 1
    table_share: float = 1 / 3
    respondent_share: float = 1 / 3

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ValueError(f"{self.draws} draws: at least one is needed")
        if min(self.table_share, self.respondent_share) < 0 or self.table_share + self.respondent_share > 1 + 1e-12:
            raise ValueError("the two shares must be zero or more and must not exceed one together")

    @property
    def own_share(self) -> float:
        """Share of the variance of a standard time that is the obligation's own."""
        return max(0.0, 1.0 - self.table_share - self.respondent_share)
