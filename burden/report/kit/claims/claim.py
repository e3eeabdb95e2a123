"""One claim of a sentence that may not hold."""

from __future__ import annotations

from dataclasses import dataclass

from burden.model.messages import Text


@dataclass(frozen=True)
class Claim:
    """Words that claim something, why it may not hold, what to do.

    Attributes
    ----------
    led : bool
        Whether it rests on what leads to figures alone.
    """

    value: str
    fault: Text
    remedy: Text
    led: bool = False
