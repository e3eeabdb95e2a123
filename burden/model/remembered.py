"""What is worked out from tables that never change, remembered as long as they are held."""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

P = ParamSpec("P")
T = TypeVar("T")


def remembered(work: Callable[P, T]) -> Callable[P, T]:
    """The function, which works once for the same inventory and portfolio, given in this order.

    What it returns must not hold on to what it was given, or nothing is ever forgotten; a frame is
    for its caller to copy, shallow, before handing it on.

    Examples
    --------
    >>> import burden as bd
    >>> counted = []
    >>> size = remembered(lambda inv: counted.append(inv.name) or len(inv.obligations))
    >>> inv = bd.example("four-tools")
    >>> size(inv), size(inv), len(counted)
    (4, 4, 1)
    """
    known: MutableMapping[Hashable, Any] = WeakKeyDictionary()

    # By place alone: what is given by name would be no part of what is remembered.
    @wraps(work)
    def recalled(*given: Hashable) -> T:
        held = known
        *first, last = given
        for read_only in first:
            held = held.setdefault(read_only, WeakKeyDictionary())
        if last not in held:
            held[last] = cast("Callable[..., T]", work)(*given)
        return cast("T", held[last])

    return cast("Callable[P, T]", recalled)
