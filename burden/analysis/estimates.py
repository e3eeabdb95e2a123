"""What several people's estimates say together, or that they say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DISPERSION_LIMIT = 0.5


@dataclass(frozen=True)
class Estimate:
    """A typical value, or none when the answers are too scattered.

    Attributes
    ----------
    value : float
        The median, NaN when there is no estimate.
    dispersion : float
        Median absolute deviation over the median.
    answers : int
        Number of answers.
    """

    value: float
    dispersion: float
    answers: int

    @property
    def enough(self) -> bool:
        """Whether the answers agree enough to give a value."""
        return not np.isnan(self.value)


def typical(answers: Sequence[float], *, limit: float = DISPERSION_LIMIT) -> Estimate:
    """The typical entity's value: the median, unless the answers scatter too much.

    The EU impact assessment guidelines (SEC(2005)791, box 4) take the typical entity rather than
    the mean, and give no estimate when answers are too far apart. The guard is the median
    absolute deviation over the median, at most ``limit``.

    Raises
    ------
    ValueError
        If there is no answer, or one is negative or missing.

    Examples
    --------
    >>> typical([10, 10, 10, 10, 30]).value
    10.0
    >>> typical([10, 20, 50, 2, 5]).enough
    False
    """
    values = np.asarray(answers, dtype=float)
    if values.size == 0 or np.isnan(values).any() or (values < 0).any():
        raise ValueError("answers must be numbers of zero or more, at least one")
    median = float(np.median(values))
    deviation = float(np.median(np.abs(values - median)))
    dispersion = deviation / median if median else (0.0 if deviation == 0 else np.inf)
    value = median if dispersion <= limit else float("nan")
    return Estimate(value, dispersion, int(values.size))
