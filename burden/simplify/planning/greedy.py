"""Choices that can be done, from guesses of what is best: quick, and near the best when the guesses are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from burden.simplify.planning.problem import Booleans, Choice, Floats, Problem, completed, holding, lean

LEAST = 0.03
"""Share of a permit below which it is not worth a try."""


def permits_from(problem: Problem, share: Floats) -> Booleans:
    """Acts and gateways in the order of their shares, as far as the limits allow; no merges."""
    used, limited = np.zeros(len(share), dtype=bool), _Limited(problem)
    order = np.argsort(-share, kind="stable")
    for permit in order[(share[order] >= LEAST) & (problem.merged[order] < 0)]:
        used[permit] = limited.takes(permit)
    return used


def with_merges(problem: Problem, permits: Booleans, kept: Booleans, share: Floats) -> tuple[Booleans, Booleans]:
    """Permits with the likely merges, as far as the limits allow, and the tools that are kept then."""
    permits, limited = permits.copy(), _Limited(problem, permits)
    ended, grown = np.zeros(len(kept), dtype=bool), np.zeros(len(kept), dtype=bool)
    order = np.argsort(-share, kind="stable")
    for permit in order[(share[order] >= 0.5) & (problem.merged[order] >= 0)]:
        merged, into = problem.merged[permit], problem.into[permit]
        if not (ended[merged] or ended[into] or grown[merged]) and limited.takes(permit):
            ended[merged], grown[into], permits[permit] = True, True, True
    return permits, (kept | grown) & ~ended


class _Limited:
    """What the limits still allow."""

    def __init__(self, problem: Problem, used: Booleans | None = None) -> None:
        self.limits = sparse.csc_array(problem.limits)
        self.left = problem.limit + 1e-9 - (0.0 if used is None else problem.limits @ used)

    def takes(self, permit: int) -> bool:
        """Whether one more permit is allowed; if so, it is counted."""
        part = slice(*self.limits.indptr[permit : permit + 2])
        rows, counted = self.limits.indices[part], self.limits.data[part]
        allowed = bool((counted <= self.left[rows]).all())
        if allowed:
            self.left[rows] -= counted
        return allowed


def repaired(problem: Problem, choice: Choice) -> Choice:
    """The choice as far as it can be done: tools kept and slots collected again where it cannot.

    Limits must hold already.
    """
    while True:
        choice = completed(problem, choice.collected, choice.kept, choice.permits)
        kept, permits = choice.kept, choice.permits
        lacking = (problem.clauses @ permits <= 0).astype(float)
        merge = problem.merged >= 0
        wrong = merge & (kept[problem.merged] | ~kept[problem.into])
        fewer = permits & ~wrong & ~(problem.permit_needs @ lacking > 0)
        by_merge = np.zeros(len(kept), dtype=bool)
        by_merge[problem.merged[fewer & merge]] = True
        more = kept | ~problem.closable | (problem.only_merged & ~by_merge) | (problem.end_needs @ lacking > 0)
        if (fewer == permits).all() and (more == kept).all():
            return choice
        choice = replace(choice, kept=more, permits=fewer)


def thinned(problem: Problem, choice: Choice) -> Choice:
    """The choice with slots no longer collected that nothing is taken from and that can be served.

    The heaviest first, from the source that most others would take from; in each round, all those
    that no heavier one would take from.
    """
    possible = np.flatnonzero(holding(problem, choice.permits))
    slot, source, taken = problem.slot[possible], problem.source[possible], problem.link_weight[possible]
    saves = taken < problem.collected_weight[slot]
    # One more place, the last one, stands for the registers.
    rank = np.full(len(problem.tool) + 1, -1)
    rank[np.argsort(problem.collected_weight, kind="stable")] = np.arange(len(problem.tool))
    collected = np.append(choice.collected, True)
    stays = np.zeros(len(collected), dtype=bool)
    stays[problem.source[choice.link[choice.link >= 0]]] = True
    stays[-1] = True
    while True:
        loose = collected & ~stays
        fits = saves & loose[slot] & collected[source] & (stays[source] | (rank[source] < rank[slot]))
        wanted = np.zeros(len(collected), dtype=bool)
        wanted[source[fits & loose[source]]] = True
        fits &= ~wanted[slot]
        if not fits.any():
            choice = replace(choice, collected=collected[:-1], link=np.where(collected[:-1], -1, choice.link))
            return completed(problem, choice.collected, choice.kept, choice.permits)
        asked = np.bincount(source[fits] % len(collected), minlength=len(collected))
        order = np.flatnonzero(fits)
        order = order[np.lexsort((source[order], -asked[source[order]], taken[order], slot[order]))]
        first = order[np.r_[True, slot[order][1:] != slot[order][:-1]]]
        collected[slot[first]] = False
        stays[source[first]] = True


def rounded_greedily(problem: Problem, kept: Floats, collected: Floats, permits: Floats) -> Choice:
    """A choice that can be done from columns between 0 and 1."""
    used = permits_from(problem, permits)
    used, stay = with_merges(problem, used, kept >= 0.5, permits)
    choice = Choice(collected >= 0.5, np.full(len(collected), -1, dtype=np.int64), stay, used)
    return lean(problem, repaired(problem, thinned(problem, repaired(problem, choice))))
