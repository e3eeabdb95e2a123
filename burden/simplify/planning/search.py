"""The search for a plan, whatever its size.

A small problem is solved to the end. For a large one, prices are sought that prove a bound
(:mod:`burden.simplify.planning.bound`); the columns found with them are rounded to choices, the best of
which is improved part by part; what the bound leaves open in the end is solved as a smaller problem.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from burden.simplify.planning import exact
from burden.simplify.planning.bound import Descent, decided
from burden.simplify.planning.exact import Found, Progress, Watch, columns_of
from burden.simplify.planning.greedy import repaired, rounded_greedily
from burden.simplify.planning.polish import better, neighbour, slots_settled
from burden.simplify.planning.problem import Booleans, Choice, Floats, Problem, faults, lean, nothing, weight
from burden.simplify.planning.reduce import Reduced, Settled, reduced

SMALL = 12_000
"""Columns up to which a problem is solved at once."""
_LOOK, _STEPS, _LEAST = 40, 480, 2e-4
"""Steps between looks at the bound, steps at most before choices are improved, gain that is worth 80 more."""
_FREE, _IN_VAIN = 24, 4
"""Permits freed together at first, and tries without gain before the rest is solved to the end."""


def search(
    problem: Problem,
    *,
    seconds: float = np.inf,
    gap: float = 0.0,
    watch: Watch | None = None,
    start: Choice | None = None,
) -> Found:
    """The least weight that can be found, and the proof of how far from the least it can be at most.

    Parameters
    ----------
    seconds : float
        Time after which the best choice so far is given.
    gap : float
        Share of the weight that needs no proof.
    watch : callable, optional
        Told where the search stands; returning True stops it with the best choice so far.
    start : Choice, optional
        A choice to begin from.

    Returns
    -------
    Found
        Its choice can always be done; ``stopped`` is ``optimal``, ``gap``, ``time`` or ``asked``.

    Examples
    --------
    >>> from burden.simplify.planning.problem import problem_of
    >>> two = problem_of([0, 1], [2.0, 3.0], [1.0, 1.0], links=[(0, 1, 0.0, []), (1, 0, 0.0, [])])
    >>> found = search(two)
    >>> found.best, found.bound, found.stopped
    (4.0, 4.0, 'optimal')
    """
    run = _Run(reduced(problem), seconds, gap, watch)
    given = start is not None and not faults(problem, start)
    run.offer(repaired(run.small, run.reduced.lowered(start)) if start is not None and given else nothing(run.small))
    run.prove(exact.trivial(run.small))
    if _is_small(run.small, Settled.nothing(run.small)):
        run.end_with(run.small, Settled.nothing(run.small))
    else:
        _large(run)
    return run.found(start if given else None)


@dataclass(eq=False)
class _Run:
    """A search under way: what is known so far, and whether it is to go on."""

    reduced: Reduced
    seconds: float
    gap: float
    watch: Watch | None

    def __post_init__(self) -> None:
        self.began = time.monotonic()
        self.small = self.reduced.problem
        self.choice = nothing(self.small)
        self.best = weight(self.small, self.choice)
        self.bound = -np.inf
        self.asked = False

    def offer(self, choice: Choice) -> None:
        """Keep a choice if it is the best and can be done."""
        self.choice = better(self.small, self.choice, choice)
        self.best = weight(self.small, self.choice)

    def prove(self, bound: float) -> None:
        """Keep a bound if it is the best."""
        self.bound = max(self.bound, min(bound, self.best))

    @property
    def progress(self) -> Progress:
        """Where the search stands, in weights of the whole problem."""
        constant = self.reduced.constant
        return Progress(time.monotonic() - self.began, self.best + constant, self.bound + constant)

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self.seconds - (time.monotonic() - self.began))

    def over(self) -> bool:
        """Whether to stop: asked to, out of time, or near enough."""
        progress = self.progress
        self.asked = self.asked or (self.watch is not None and self.watch(progress))
        return self.asked or self.left <= 0 or progress.gap <= max(self.gap, 1e-9)

    def over_within(self, _: Progress) -> bool:
        """The same, asked from within the search of a part."""
        return self.over()

    def end_with(self, rest: Problem, settled: Settled) -> None:
        """Solve what is left; whatever is better than the best so far is known to be in it."""
        remains = reduced(rest, settled)
        constant = remains.constant

        def told(inner: Progress) -> bool:
            self.prove(inner.bound + constant)
            self.best = min(self.best, inner.best + constant)
            return self.over()

        start = repaired(remains.problem, remains.lowered(self.choice))
        found = exact.solve(remains.problem, start=start, seconds=self.left, gap=self.gap, watch=told)
        self.offer(lean(self.small, repaired(self.small, remains.lifted(found.choice))))
        self.prove(found.bound + constant)

    def found(self, start: Choice | None) -> Found:
        """The result in terms of the whole problem."""
        whole = self.reduced.whole
        choice = lean(whole, repaired(whole, self.reduced.lifted(self.choice)))
        choice = better(whole, nothing(whole) if start is None else start, choice)
        best = weight(whole, choice)
        bound = min(self.bound + self.reduced.constant, best)
        proven = Progress(0.0, best, bound).gap
        stopped = "optimal" if proven <= 1e-6 else "gap" if proven <= self.gap else "asked" if self.asked else "time"
        return Found(choice, best, bound, stopped)


def _is_small(problem: Problem, settled: Settled) -> bool:
    return columns_of(reduced(problem, settled).problem).end <= SMALL


def _large(run: _Run) -> None:
    at = columns_of(run.small)
    run.offer(_rounded(run, np.ones(at.end)))
    if run.over():
        return
    descent = Descent.of(run.small)
    if not (_descended(run, descent) or _slots_improved(run) or _permits_improved(run, descent)):
        run.end_with(*_undecided(run, descent))


def _rounded(run: _Run, columns: Floats) -> Choice:
    at = columns_of(run.small)
    return rounded_greedily(
        run.small, columns[: at.collected], columns[at.collected : at.link], columns[at.permit :]
    )  # fmt: skip


def _descended(run: _Run, descent: Descent) -> bool:
    """Prove a bound, and round on the way; whether the search is over."""
    before = -np.inf
    while descent.steps < _STEPS:
        for _ in range(2):
            if _looked(run, descent):
                return True
        run.offer(_rounded(run, descent.average))
        if run.over():
            return True
        if descent.bound - before <= _LEAST * abs(descent.bound):
            break
        before = descent.bound
    return False


def _looked(run: _Run, descent: Descent) -> bool:
    for _ in range(_LOOK // 8):
        descent.step(8)
        if run.over():
            break
    descent.look()
    run.prove(descent.bound)
    return run.over()


def _slots_improved(run: _Run) -> bool:
    """Improve the slots with the permits as they are; whether the search is over."""
    for choice in slots_settled(run.small, run.choice, seconds=run.left, watch=run.over_within):
        run.offer(choice)
        if run.over():
            return True
    return False


def _permits_improved(run: _Run, descent: Descent) -> bool:
    """Free some permits at a time, until that is in vain; whether the search is over."""
    random = np.random.default_rng(0)
    many, in_vain = float(_FREE), 0
    while in_vain < _IN_VAIN:
        doubtful = _doubtful(run, descent)
        free = np.zeros(len(doubtful), dtype=bool)
        free[random.permutation(np.flatnonzero(doubtful))[: int(many)]] = True
        before = run.best
        run.offer(neighbour(run.small, run.choice, free, seconds=run.left, watch=run.over_within))
        if run.over() or _looked(run, descent):
            return True
        gained = run.best < before * (1 - 1e-6)
        in_vain, many = (0, many) if gained else (in_vain + 1, many * 1.5)
        if many > doubtful.sum() or _is_small(*_undecided(run, descent)):
            break
    return False


def _doubtful(run: _Run, descent: Descent) -> Booleans:
    """Permits that are partly used in the relaxation, or otherwise than in the best choice."""
    share = descent.average[columns_of(run.small).permit :]
    return np.asarray(((share > 0.01) & (share < 0.99)) | ((share > 0.5) != run.choice.permits))


def _undecided(run: _Run, descent: Descent) -> tuple[Problem, Settled]:
    """The problem without what the bound already rules out in any better choice."""
    problem, at = run.small, columns_of(run.small)
    must, never = decided(descent.relaxation, descent.best_prices, run.best - descent.bound)
    links = np.flatnonzero(~never[at.link : at.permit])
    rest = replace(
        problem,
        closable=problem.closable & ~must[: at.collected],
        only_merged=problem.only_merged & ~must[: at.collected],
        slot=problem.slot[links],
        source=problem.source[links],
        link_weight=problem.link_weight[links],
        link_needs=problem.link_needs[links],
    )
    some = Settled.nothing(problem)
    return rest, replace(some, open=~never[at.permit :], collected=must[at.collected : at.link])
