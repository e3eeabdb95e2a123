"""Better choices near a known one: parts of it are freed and solved to the end, the rest stays.

With the permits and the tools settled, the slots fall apart into small problems, each about one piece
of information. With some permits free, only the slots that they may serve have to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from burden.simplify.planning import exact
from burden.simplify.planning.exact import Watch
from burden.simplify.planning.greedy import repaired
from burden.simplify.planning.problem import (
    Booleans,
    Choice,
    Floats,
    Integers,
    Problem,
    faults,
    holding,
    lean,
    nothing,
    weight,
)
from burden.simplify.planning.reduce import Settled, reduced

BATCH = 12_000
"""Links of the slots that are solved together; HiGHS takes more than twice the time for twice as many."""

CLOSE, NODES = 1e-4, 500
"""Gap and size of the search tree at which a part is left for the next one."""


def better(problem: Problem, one: Choice, other: Choice) -> Choice:
    """The lighter of two choices, the second only if it can be done."""
    return other if weight(problem, other) < weight(problem, one) and not faults(problem, other) else one


def neighbour(problem: Problem, choice: Choice, free: Booleans, *, seconds: float, watch: Watch) -> Choice:
    """The best choice in which only some permits, and the slots that they may serve, are other ones."""
    settled = around(problem, choice, free)
    small = reduced(problem, settled)
    if not len(small.slots) and not len(small.permits):
        return choice
    start = repaired(small.problem, small.lowered(choice))
    found = exact.solve(small.problem, start=start, seconds=seconds, gap=CLOSE, nodes=NODES, watch=watch)
    return better(problem, choice, lean(problem, repaired(problem, small.lifted(found.choice))))


def around(problem: Problem, choice: Choice, free: Booleans) -> Settled:
    """What stays when some permits are free."""
    merge = problem.merged >= 0
    allowed = sparse.csr_array(problem.clauses @ sparse.diags_array(free.astype(float)))
    needing = problem.link_needs @ (allowed.sum(axis=1) > 0).astype(float) > 0
    possible = holding(problem, choice.permits | free)
    touched = np.zeros(len(problem.tool), dtype=bool)
    touched[problem.slot[needing & possible]] = True
    # With them, all that is taken from the same slots, or that they may be taken from.
    part = _parts(problem, np.flatnonzero(possible))
    slots = np.isin(part, part[touched])
    # A merge is free with all the slots of its tool, or not at all.
    over = np.zeros(len(problem.kept_weight), dtype=bool)
    over[problem.tool[slots]] = True
    used = np.flatnonzero(choice.permits & merge)
    loose = used[over[problem.merged[used]] | over[problem.into[used]]]
    tools = np.zeros_like(over)
    tools[problem.merged[loose]] = True
    slots |= tools[problem.tool]
    opened = free.copy()
    opened[loose] = True
    tight = np.flatnonzero(choice.permits & merge & ~opened)
    needed = np.asarray(problem.permit_needs[tight].sum(axis=0)) > 0
    held = np.asarray(problem.clauses[np.flatnonzero(needed)].sum(axis=0)) > 0
    opened &= ~(held & choice.permits)
    return Settled(choice.permits & ~opened, opened, choice.collected & ~slots, ~choice.collected & ~slots)


def batches(problem: Problem, choice: Choice) -> Iterator[tuple[Integers, Integers]]:
    """Slots and links that have nothing to do with others, once permits and tools are settled."""
    possible = np.flatnonzero(holding(problem, choice.permits))
    part, slot = _parts(problem, possible), problem.slot[possible]
    size = np.bincount(part[slot], minlength=int(part.max(initial=-1)) + 1)
    batch = np.cumsum(size) // BATCH
    of_slot, of_link = batch[part], batch[part[slot]]
    slots, links = np.argsort(of_slot, kind="stable"), np.argsort(of_link, kind="stable")
    for number in np.unique(of_link):
        first, last = np.searchsorted(of_slot[slots], [number, number + 1])
        begin, end = np.searchsorted(of_link[links], [number, number + 1])
        yield slots[first:last], possible[links[begin:end]]


def _parts(problem: Problem, links: Integers) -> Integers:
    """Number of the part that each slot is in when slots are joined by some links."""
    slot, source = problem.slot[links], problem.source[links]
    pair = slot[source >= 0], source[source >= 0]
    graph = sparse.coo_array((np.ones(len(pair[0])), pair), shape=(len(problem.tool), len(problem.tool)))
    return np.asarray(csgraph.connected_components(graph, directed=False)[1], dtype=np.int64)


def slots_settled(problem: Problem, choice: Choice, *, seconds: float, watch: Watch) -> Iterator[Choice]:
    """Better and better choices with the same permits and tools."""
    # A slot of a tool that ends may still be collected, at the price of keeping the tool.
    price = problem.collected_weight + np.where(choice.kept, 0.0, problem.kept_weight)[problem.tool]
    for slots, links in batches(problem, choice):
        part = _alone(problem, slots, links, price)
        start = repaired(part, replace(nothing(part), collected=choice.collected[slots]))
        found = exact.solve(part, start=start, seconds=seconds, gap=CLOSE, nodes=NODES, watch=watch)
        collected = choice.collected.copy()
        collected[slots] = found.choice.collected
        new = repaired(problem, Choice(collected, choice.link, choice.kept, choice.permits))
        choice = better(problem, choice, new)
        yield choice


def _alone(problem: Problem, slots: Integers, links: Integers, price: Floats) -> Problem:
    """Some slots and links as a problem without permits, in one tool that stays."""
    place = np.full(len(problem.tool) + 1, -1, dtype=np.int64)
    place[slots] = np.arange(len(slots))

    def none(rows: int) -> sparse.csr_array:
        return sparse.csr_array((rows, 0))

    return Problem(
        tool=np.zeros(len(slots), dtype=np.int64),
        collected_weight=price[slots],
        kept_weight=np.zeros(1),
        closable=np.zeros(1, dtype=bool),
        only_merged=np.zeros(1, dtype=bool),
        slot=place[problem.slot[links]],
        source=place[problem.source[links]],
        link_weight=problem.link_weight[links],
        clauses=none(0),
        link_needs=none(len(links)),
        end_needs=none(1),
        permit_needs=none(0),
        permit_weight=np.zeros(0),
        merged=np.zeros(0, dtype=np.int64),
        into=np.zeros(0, dtype=np.int64),
        limits=none(0),
        limit=np.zeros(0),
    )
