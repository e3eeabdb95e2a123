"""PERT quantiles along a grid of normal scores, without a special function per line.

A PERT distribution (Malcolm et al., 1959) between low and high with its mode at the central value is
low + (high − low) × Beta(1 + 4λ, 5 − 4λ), where λ is the place of the mode between the two. Its
shape depends on λ alone, so quantiles are tabulated once over λ and interpolated.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, ndtr

Floats = npt.NDArray[np.float64]

SCORES = 145
"""Points of the grid of normal scores."""
LIMIT = 4.5
"""The grid runs from −4.5 to 4.5: beyond lies one draw in 150,000."""
_SHAPES = 129


def grid() -> Floats:
    """The normal scores at which quantiles are tabulated."""
    return np.linspace(-LIMIT, LIMIT, SCORES)


@cache
def _shapes() -> Floats:
    """Quantiles of the unit PERT: shapes × scores."""
    place = np.linspace(0.0, 1.0, _SHAPES)[:, None]
    return np.asarray(betaincinv(1.0 + 4.0 * place, 5.0 - 4.0 * place, ndtr(grid())), dtype=np.float64)


def quantiles(low: Floats, central: Floats, high: Floats) -> Floats:
    """Values at each normal score of the grid, one row per triple.

    Raises
    ------
    ValueError
        If a central value lies outside its bounds.

    Examples
    --------
    >>> values = quantiles(np.array([0.0]), np.array([1.0]), np.array([2.0]))
    >>> round(float(values[0, SCORES // 2]), 6)
    1.0
    """
    if not ((low <= central) & (central <= high)).all():
        raise ValueError("a central value lies outside its bounds")
    width = high - low
    place = np.divide(central - low, width, out=np.zeros_like(width), where=width > 0)
    position = place * (_SHAPES - 1)
    below = np.minimum(position.astype(np.int64), _SHAPES - 2)
    part = (position - below)[:, None]
    shapes = _shapes()
    unit = shapes[below] * (1.0 - part) + shapes[below + 1] * part
    return np.asarray(low[:, None] + width[:, None] * unit)
