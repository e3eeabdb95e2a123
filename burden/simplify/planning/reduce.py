"""A smaller problem with the same choices, when some things are settled or settle themselves.

A slot that nothing can serve is always collected: it keeps its tool, and what is taken from it asks
nothing of it any more. Settling permits or slots makes more of the others settle themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from burden.simplify.planning.problem import REGISTER, Booleans, Choice, Integers, Problem, completed


@dataclass(frozen=True, eq=False)
class Settled:
    """What is decided beforehand: permits used, permits that are open to choice, slots.

    All slots of a tool that a used merge ends must be settled as served, and the clauses that this
    merge and the served slots need must hold by used permits.
    """

    used: Booleans
    open: Booleans
    collected: Booleans
    served: Booleans

    @classmethod
    def nothing(cls, problem: Problem) -> Settled:
        """All permits open, no slot settled."""
        permits, slots = len(problem.permit_weight), len(problem.tool)
        never = np.zeros(slots, dtype=bool)
        return cls(np.zeros(permits, dtype=bool), np.ones(permits, dtype=bool), never, never)


@dataclass(frozen=True, eq=False)
class Reduced:
    """A smaller problem: its slots, links and permits are some of those of the whole, tools are all.

    Attributes
    ----------
    settled : Settled
        With what settles itself: all slots and permits that are not in the smaller problem.
    constant : float
        Weight of what is settled, of the slots served excepted.
    """

    whole: Problem
    problem: Problem
    settled: Settled
    slots: Integers
    links: Integers
    permits: Integers
    constant: float

    def lifted(self, choice: Choice) -> Choice:
        """A choice of the smaller problem as one of the whole; its faults are for the caller to check."""
        collected, permits = self.settled.collected.copy(), self.settled.used.copy()
        collected[self.slots] = choice.collected
        permits[self.permits] = choice.permits
        kept = choice.kept.copy()
        kept[_merged(self.whole, self.settled.used)] = False
        return completed(self.whole, collected, kept, permits)

    def lowered(self, choice: Choice) -> Choice:
        """A choice of the whole as one of the smaller problem."""
        return completed(self.problem, choice.collected[self.slots], choice.kept, choice.permits[self.permits])


def reduced(problem: Problem, settled: Settled | None = None) -> Reduced:
    """The problem without what is settled, and without what settles itself in consequence."""
    settled, closable, possible = _consequences(problem, settled or Settled.nothing(problem))
    slots = np.flatnonzero(~settled.collected & ~settled.served)
    links, permits = np.flatnonzero(possible), np.flatnonzero(settled.open)
    place = np.full(len(problem.tool), REGISTER, dtype=np.int64)
    place[slots] = np.arange(len(slots))
    source = problem.source[links]
    asks = np.flatnonzero(problem.clauses @ settled.used <= 0)
    only_merged = problem.only_merged.copy()
    only_merged[_merged(problem, settled.used)] = False
    smaller = replace(
        problem,
        tool=problem.tool[slots],
        collected_weight=problem.collected_weight[slots],
        closable=closable,
        only_merged=only_merged & closable,
        slot=place[problem.slot[links]],
        source=np.where(source >= 0, place[source], REGISTER),
        link_weight=problem.link_weight[links],
        clauses=_part(problem.clauses, asks, permits),
        link_needs=_part(problem.link_needs, links, asks),
        end_needs=_part(_of_rows(problem.end_needs, closable), None, asks),
        permit_needs=_part(problem.permit_needs, permits, asks),
        permit_weight=problem.permit_weight[permits],
        merged=problem.merged[permits],
        into=problem.into[permits],
        limits=_part(problem.limits, None, permits),
        limit=problem.limit - problem.limits @ settled.used,
    )
    constant = problem.collected_weight[settled.collected].sum() + problem.permit_weight[settled.used].sum()
    return Reduced(problem, smaller, settled, slots, links, permits, float(constant))


def _merged(problem: Problem, permits: Booleans) -> Integers:
    """Tools that the merges among some permits end."""
    merged = problem.merged[permits]
    return merged[merged >= 0]


def _part(matrix: sparse.csr_array, rows: Integers | None, columns: Integers) -> sparse.csr_array:
    some = matrix if rows is None else matrix[rows]
    return sparse.csr_array(some[:, columns])


def _of_rows(matrix: sparse.csr_array, rows: Booleans) -> sparse.csr_array:
    """The matrix with the other rows emptied."""
    return sparse.csr_array(sparse.diags_array(rows.astype(float)) @ matrix)


def _consequences(problem: Problem, settled: Settled) -> tuple[Settled, Booleans, Booleans]:
    """What else is settled, which tools may still end, and which links are still possible."""
    opened, closable = settled.open & ~settled.used, problem.closable.copy()
    into = problem.into[settled.used]
    closable[into[into >= 0]] = False
    over = _merged(problem, settled.used)
    opened &= (problem.merged < 0) | ~np.isin(problem.merged, over) & ~np.isin(problem.into, over)
    while True:
        possible, ends, opened = _within_reach(problem, settled, opened)
        linked = np.zeros(len(problem.tool), dtype=bool)
        linked[problem.slot[possible]] = True
        collected = ~settled.served & (settled.collected | ~linked)
        open_to_end = closable & ends
        open_to_end[problem.tool[collected]] = False
        merges = np.flatnonzero(opened & (problem.merged >= 0))
        by_merge = np.zeros(len(closable), dtype=bool)
        by_merge[problem.merged[merges]] = True
        open_to_end &= ~problem.only_merged | by_merge
        open_to_end[over] = True
        still = opened.copy()
        still[merges] = open_to_end[problem.merged[merges]]
        if (still == opened).all() and (open_to_end == closable).all():
            return Settled(settled.used, opened, collected, settled.served), closable, possible
        opened, closable = still, open_to_end


def _within_reach(problem: Problem, settled: Settled, opened: Booleans) -> tuple[Booleans, Booleans, Booleans]:
    """Links that are possible with the permits that are used or open, ends of tools, and permits."""
    size = np.diff(problem.limits.indptr)
    left = problem.limit - problem.limits @ settled.used
    limits = sparse.coo_array(problem.limits)
    beyond = limits.coords[1][limits.data > left[limits.coords[0]] + 1e-9] if size.any() else []
    opened = opened.copy()
    opened[beyond] = False
    while True:
        lacking = (problem.clauses @ (settled.used | opened) <= 0).astype(float)
        still = opened & (problem.permit_needs @ lacking <= 0)
        if (still == opened).all():
            break
        opened = still
    from_slot = problem.source >= 0
    possible = np.asarray(problem.link_needs @ lacking <= 0)
    possible &= ~(settled.collected | settled.served)[problem.slot]
    possible &= ~from_slot | ~settled.served[problem.source]
    return possible, np.asarray(problem.end_needs @ lacking <= 0), opened
