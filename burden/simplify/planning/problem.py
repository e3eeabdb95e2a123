"""The plan as arrays: what may be collected where, taken from where, closed, and what that takes.

Nothing here knows of obligations or laws. A *tool* holds *slots*, each of which is collected there or
served through a *link*, from a collected slot of another tool or from a register. A link, a merge or
the end of a tool may need *permits* (an act to amend, a gateway between two authorities, a merge): a
*clause* is a set of permits of which one is enough. Limits bound weighted numbers of permits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
REGISTER = -1
"""Source of a link that needs no slot collected elsewhere."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A simplification to be chosen at the least weight (hours or euros a year).

    Attributes
    ----------
    tool : array of int, shape (slots,)
        Tool of each slot.
    collected_weight : array of float, shape (slots,)
        Weight of a slot as long as it is collected.
    kept_weight : array of float, shape (tools,)
        Weight of a tool as long as it is kept, beside its slots.
    closable, only_merged : array of bool, shape (tools,)
        Whether a tool may end, and whether only by a merge into another.
    slot, source : array of int, shape (links,)
        The slot served, and the slot that must be collected, or :data:`REGISTER`.
    link_weight : array of float, shape (links,)
        Weight of serving a slot in this way (what a moved item takes in its new tool).
    clauses : sparse bool, shape (clauses, permits)
        Permits of which one is enough.
    link_needs, end_needs, permit_needs : sparse bool, shape (links | tools | permits, clauses)
        Clauses that must all hold.
    permit_weight : array of float, shape (permits,)
        Transition, amortised.
    merged, into : array of int, shape (permits,)
        Tools of a permit that is a merge; -1 for the others.
    limits : sparse float, shape (limits, permits)
    limit : array of float, shape (limits,)
        What the weighted number of permits may not exceed.
    """

    tool: Integers
    collected_weight: Floats
    kept_weight: Floats
    closable: Booleans
    only_merged: Booleans
    slot: Integers
    source: Integers
    link_weight: Floats
    clauses: sparse.csr_array
    link_needs: sparse.csr_array
    end_needs: sparse.csr_array
    permit_needs: sparse.csr_array
    permit_weight: Floats
    merged: Integers
    into: Integers
    limits: sparse.csr_array
    limit: Floats

    @property
    def today(self) -> float:
        """Weight when nothing changes."""
        return float(self.collected_weight.sum() + self.kept_weight.sum())


@dataclass(frozen=True, eq=False)
class Choice:
    """A solution: what is collected and kept, the link that serves each other slot, permits used.

    Attributes
    ----------
    collected : array of bool, shape (slots,)
    link : array of int, shape (slots,)
        Link that serves a slot; -1 where it is collected.
    kept : array of bool, shape (tools,)
    permits : array of bool, shape (permits,)
    """

    collected: Booleans
    link: Integers
    kept: Booleans
    permits: Booleans


def nothing(problem: Problem) -> Choice:
    """Everything as it is today."""
    slots = len(problem.tool)
    return Choice(
        np.ones(slots, dtype=bool),
        np.full(slots, -1, dtype=np.int64),
        np.ones(len(problem.kept_weight), dtype=bool),
        np.zeros(len(problem.permit_weight), dtype=bool),
    )


def weight(problem: Problem, choice: Choice) -> float:
    """Weight of a choice, transition included."""
    used = choice.link[choice.link >= 0]
    return float(
        problem.collected_weight[choice.collected].sum()
        + problem.kept_weight[choice.kept].sum()
        + problem.link_weight[used].sum()
        + problem.permit_weight[choice.permits].sum()
    )


def faults(problem: Problem, choice: Choice) -> list[str]:
    """What makes a choice impossible; nothing when it can be done.

    Examples
    --------
    >>> one = problem_of([0], [2.0], [1.0])
    >>> faults(one, nothing(one))
    []
    """
    holds = problem.clauses @ choice.permits > 0
    served = np.flatnonzero(choice.link >= 0)
    link = choice.link[served]
    source = problem.source[link]
    from_slot = source >= 0
    ended, permits = np.flatnonzero(~choice.kept), np.flatnonzero(choice.permits)
    merges = permits[problem.merged[permits] >= 0]
    by_merge = np.isin(ended, problem.merged[merges])
    checks: Sequence[tuple[str, Iterable[np.intp | np.int64]]] = (
        ("slot neither collected nor served", np.flatnonzero(~choice.collected & (choice.link < 0))),
        ("link of another slot", served[problem.slot[link] != served]),
        ("source not collected", served[from_slot][~choice.collected[source[from_slot]]]),
        ("slot collected by a tool that ends", np.flatnonzero(choice.collected & ~choice.kept[problem.tool])),
        ("tool that may not end", ended[~problem.closable[ended]]),
        ("tool that may only be merged", ended[problem.only_merged[ended] & ~by_merge]),
        ("merge into a tool that ends", merges[~choice.kept[problem.into[merges]]]),
        ("merge of a tool that stays", merges[choice.kept[problem.merged[merges]]]),
        ("link without what it needs", served[_lacking(problem.link_needs, link, holds)]),
        ("end without what it needs", ended[_lacking(problem.end_needs, ended, holds)]),
        ("permit without what it needs", permits[_lacking(problem.permit_needs, permits, holds)]),
        ("limit exceeded", np.flatnonzero(problem.limits @ choice.permits > problem.limit + 1e-9)),
    )
    return [f"{fault}: {int(number)}" for fault, numbers in checks for number in numbers]


def _lacking(needs: sparse.csr_array, rows: npt.NDArray[np.integer], holds: Booleans) -> Booleans:
    return np.asarray(needs[rows] @ (~holds).astype(float) > 0)


def holding(problem: Problem, permits: Booleans) -> Booleans:
    """Links whose needs hold under some permits."""
    holds = problem.clauses @ permits > 0
    return ~_lacking(problem.link_needs, np.arange(len(problem.slot)), holds)


def completed(problem: Problem, collected: Booleans, kept: Booleans, permits: Booleans) -> Choice:
    """The choice with each slot that is not collected served by its lightest possible link.

    A slot that no link serves is collected again, and its tool kept.
    """
    from_slot = problem.source >= 0
    possible = holding(problem, permits) & (~from_slot | collected[problem.source])
    order = np.lexsort((problem.link_weight, problem.slot))
    order = order[possible[order] & ~collected[problem.slot[order]]]
    slots, first = np.unique(problem.slot[order], return_index=True)
    link = np.full(len(problem.tool), -1, dtype=np.int64)
    link[slots] = order[first]
    collected = link < 0
    kept = kept.copy()
    kept[problem.tool[collected]] = True
    return Choice(collected, link, kept, permits)


def lean(problem: Problem, choice: Choice) -> Choice:
    """The choice without what saves nothing: slots without weight stay, permits that nothing uses go."""
    light = (problem.collected_weight <= 0) & choice.kept[problem.tool]
    collected = choice.collected | light
    link = np.where(collected, -1, choice.link)
    permits = choice.permits & ((problem.merged < 0) | ~choice.kept[problem.merged])
    return Choice(collected, link, choice.kept, _without_idle(problem, link, choice.kept, permits))


def _without_idle(problem: Problem, link: Integers, kept: Booleans, permits: Booleans) -> Booleans:
    """Permits of which each is the only one of some clause that is needed, the last ones given up first."""
    needed = np.zeros(problem.clauses.shape[0])
    needed += np.asarray(problem.link_needs[link[link >= 0]].sum(axis=0))
    needed += np.asarray(problem.end_needs[np.flatnonzero(~kept)].sum(axis=0))
    needed += np.asarray(problem.permit_needs[np.flatnonzero(permits)].sum(axis=0))
    holding_it = np.asarray(problem.clauses @ permits)
    within = sparse.csc_array(problem.clauses)
    ends = (problem.merged >= 0) & problem.only_merged[problem.merged] if len(problem.only_merged) else permits & False
    permits = permits.copy()
    for permit in np.flatnonzero(permits & ~ends)[::-1]:
        own = problem.permit_needs.indices[slice(*problem.permit_needs.indptr[permit : permit + 2])]
        clauses = within.indices[slice(*within.indptr[permit : permit + 2])]
        needed[own] -= 1
        if (holding_it[clauses[needed[clauses] > 0]] <= 1).any():
            needed[own] += 1
        else:
            permits[permit] = False
            holding_it[clauses] -= 1
    return permits


def table(rows: Sequence[Iterable[int]], columns: int) -> sparse.csr_array:
    """A sparse table of zeros and ones from the columns set in each row.

    Examples
    --------
    >>> table([[0, 2], []], 3).toarray().tolist()
    [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    sets = [sorted(set(row)) for row in rows]
    indices = np.array([c for row in sets for c in row], dtype=np.int64)
    start = np.cumsum([0, *(len(row) for row in sets)])
    return sparse.csr_array((np.ones(len(indices)), indices, start), shape=(len(sets), columns))


def problem_of(
    tool: Sequence[int],
    collected_weight: Sequence[float],
    kept_weight: Sequence[float],
    *,
    closable: Sequence[bool] | None = None,
    only_merged: Sequence[bool] | None = None,
    links: Sequence[tuple[int, int, float, Sequence[int]]] = (),
    clauses: Sequence[Iterable[int]] = (),
    end_needs: Sequence[Iterable[int]] | None = None,
    permits: Sequence[tuple[float, int, int, Sequence[int]]] = (),
    limits: Sequence[tuple[dict[int, float], float]] = (),
) -> Problem:
    """A problem written row by row.

    Parameters
    ----------
    links : sequence of (slot, source, weight, clauses)
    permits : sequence of (weight, merged, into, clauses)
        ``merged`` and ``into`` are -1 unless the permit is a merge.
    limits : sequence of (permit → weight, limit)
    """
    tools, many = len(kept_weight), len(clauses)
    weights = sparse.lil_array((len(limits), len(permits)))
    for row, (counted, _) in enumerate(limits):
        for permit, value in counted.items():
            weights[row, permit] = value
    return Problem(
        tool=np.array(tool, dtype=np.int64),
        collected_weight=np.array(collected_weight, dtype=float),
        kept_weight=np.array(kept_weight, dtype=float),
        closable=np.array(closable if closable is not None else [False] * tools, dtype=bool),
        only_merged=np.array(only_merged if only_merged is not None else [False] * tools, dtype=bool),
        slot=np.array([link[0] for link in links], dtype=np.int64),
        source=np.array([link[1] for link in links], dtype=np.int64),
        link_weight=np.array([link[2] for link in links], dtype=float),
        clauses=table(clauses, len(permits)),
        link_needs=table([link[3] for link in links], many),
        end_needs=table(end_needs if end_needs is not None else [[]] * tools, many),
        permit_needs=table([permit[3] for permit in permits], many),
        permit_weight=np.array([permit[0] for permit in permits], dtype=float),
        merged=np.array([permit[1] for permit in permits], dtype=np.int64),
        into=np.array([permit[2] for permit in permits], dtype=np.int64),
        limits=sparse.csr_array(weights),
        limit=np.array([maximum for _, maximum in limits], dtype=float),
    )
