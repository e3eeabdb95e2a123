"""Normal scores that depend on the seed, the factor and the draw alone.

Counter-based numbers (Philox) give the same scores whatever the order, the chunk or the machine.
Common factors, which carry most of the error, are stratified: one draw in each of as many equal
slices of probability. Own factors take 16 random bits and a table of scores.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Scores = npt.NDArray[np.float32]
_COMMON, _OWN = 0, 1


@cache
def _by_bits() -> Scores:
    return ndtri((np.arange(65_536) + 0.5) / 65_536).astype(np.float32)


def common(seed: int, factor: int, draws: int) -> Scores:
    """Scores of a factor that many lines share, stratified over the draws."""
    generator = np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, factor, _COMMON]))
    return ndtri((generator.permutation(draws) + 0.5) / draws).astype(np.float32)


def own(seed: int, factors: npt.NDArray[np.int64], draws: int) -> Scores:
    """Scores of factors of their own: one row per factor, one column per draw.

    Examples
    --------
    >>> own(1, np.array([7]), 100)[0, :50].tolist() == own(1, np.array([7]), 50)[0].tolist()
    True
    """
    words = -(-draws // 4)
    bits = np.empty((len(factors), words), dtype="<u8")
    for row, factor in enumerate(factors):
        bits[row] = np.random.Philox(key=seed, counter=[0, 0, int(factor), _OWN]).random_raw(words)
    return np.asarray(_by_bits()[bits.view("<u2")[:, :draws]])
