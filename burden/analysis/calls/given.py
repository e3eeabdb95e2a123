"""Hours of a file that somebody measured or supposes, in the place of the inventory's."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from burden.analysis.ledger import BOUNDS

Triple = tuple[float, float, float]
_GIVEN = "given"


@dataclass(frozen=True)
class File:
    """Hours of one application as somebody measured or supposes them, instead of the inventory's.

    Attributes
    ----------
    hours : tuple of float
        Low, central, high.
    eur_per_h : float
        Cost of one of these hours; the euros are unknown without it.
    """

    hours: Triple
    eur_per_h: float = math.nan

    def __post_init__(self) -> None:
        low, central, high = self.hours
        if not 0 <= low <= central <= high:
            raise ValueError(f"hours of a file {self.hours}: write low, central and high, in that order")


def given_file(hours: Triple | None, eur_per_h: float) -> File | None:
    """The file given, if one is.

    Raises
    ------
    ValueError
        If the three numbers of hours are not in order.
    """
    return None if hours is None else File(hours, eur_per_h)


def with_file(lines: pd.DataFrame, file: File | None) -> pd.DataFrame:
    """One line of the hours given, in the place of all that applying takes."""
    if file is None:
        return lines
    applying = (lines["each"] == "candidate") & (lines["party"] == "candidate")
    if not applying.any():
        return lines
    given = lines[applying].head(1).assign(
        line="activity", what=_GIVEN, label_fr=None, staff_grade=None, minutes_basis=_GIVEN, number_evidence=_GIVEN,
        times=1.0,
    )  # fmt: skip
    for bound, hours in zip(BOUNDS, file.hours, strict=True):
        given[f"h{bound}"], given[f"eur{bound}"] = hours, hours * file.eur_per_h
    return pd.concat([given, lines[~applying]], ignore_index=True)
