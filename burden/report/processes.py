"""Where the long pieces of an audit are worked out: in turn here, or by other processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InTurn(Executor):
    """Everything here, when it is asked for.

    Examples
    --------
    >>> InTurn().submit(pow, 2, 3).result()
    8
    """

    def submit(self, work: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> Future[T]:
        """Do it now; what goes wrong is raised here."""
        done: Future[T] = Future()
        done.set_result(work(*args, **options))
        return done


@contextmanager
def other_processes() -> Iterator[Executor]:
    """As many processes as there are processors; they start at once, to be ready when needed.

    For programs only: a script that calls it must guard its own main part, as each process starts by
    reading it (see :mod:`multiprocessing`).
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=context, initializer=_ready) as pool:
        for _ in range(os.cpu_count() or 1):
            pool.submit(_nothing)
        _look_through_less()
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _ready() -> None:
    """Read what an audit needs."""
    import burden.report.audit  # noqa: F401

    _look_through_less()


def _nothing() -> None:
    """What a process is first asked, so that it starts."""


def _look_through_less() -> None:
    """Look less often for what memory can be given back: an audit keeps nearly all that it makes."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
