"""Small problems from a seed, and their least weight worked out in two other ways than the package's."""

from __future__ import annotations

from itertools import chain, combinations, product

import numpy as np
from scipy.optimize import LinearConstraint, milp

from burden.simplify.planning.problem import Problem, problem_of


def drawn(seed: int, *, slots: int = 5, tools: int = 3, permits: int = 3) -> Problem:
    """A problem with everything that there can be: merges, ends, several needs, limits."""
    rng = np.random.default_rng(seed)
    tool = [*range(tools), *rng.integers(tools, size=slots - tools).tolist()]
    of_permits = []
    for _ in range(permits):
        pair = rng.permutation(tools)[:2].tolist() if rng.random() < 0.4 else [-1, -1]
        of_permits.append((float(rng.integers(3)), *pair))
    clauses = [np.flatnonzero(rng.random(permits) < 0.6).tolist() for _ in range(3)]

    def needs(share: float) -> list[int]:
        return np.flatnonzero(rng.random(len(clauses)) < share).tolist()

    links = []
    for slot, source in product(range(slots), range(-1, slots)):
        if slot != source and rng.random() < (0.4 if source >= 0 else 0.2):
            links.append((slot, source, float(rng.integers(3)), needs(0.3)))
    return problem_of(
        tool,
        rng.integers(0, 9, slots).tolist(),
        rng.integers(0, 9, tools).tolist(),
        closable=(rng.random(tools) < 0.7).tolist(),
        only_merged=(rng.random(tools) < 0.3).tolist(),
        links=links,
        clauses=clauses,
        end_needs=[needs(0.2) for _ in range(tools)],
        permits=[(*permit, needs(0.15)) for permit in of_permits],
        limits=[({p: float(rng.integers(1, 4)) for p in range(permits) if rng.random() < 0.7}, 3.0) for _ in range(2)],
    )


def enumerated(problem: Problem) -> float:
    """The least weight, by trying every set of permits, of kept tools and of collected slots."""
    needs = {k: [set(np.flatnonzero(row).tolist()) for row in getattr(problem, k).toarray()]
             for k in ("link_needs", "end_needs", "permit_needs", "clauses")}  # fmt: skip
    best = float("inf")
    for used in _subsets(len(problem.permit_weight)):
        holds = {c for c, any_of in enumerate(needs["clauses"]) if any_of & used}
        counted = problem.limits @ [float(p in used) for p in range(len(problem.permit_weight))]
        allowed = (counted <= problem.limit).all()
        if not allowed or any(not needs["permit_needs"][p] <= holds for p in used):
            continue
        for kept in _subsets(len(problem.kept_weight)):
            if _ends(problem, used, kept, holds, needs["end_needs"]):
                best = min(best, _serving(problem, used, kept, holds, needs["link_needs"]))
    return best


def _subsets(count: int) -> list[set[int]]:
    return [set(c) for c in chain.from_iterable(combinations(range(count), n) for n in range(count + 1))]


def _ends(problem: Problem, used: set[int], kept: set[int], holds: set[int], needs: list[set[int]]) -> bool:
    merges = [p for p in used if problem.merged[p] >= 0]
    if any(int(problem.merged[p]) in kept or int(problem.into[p]) not in kept for p in merges):
        return False
    over = {int(problem.merged[p]) for p in merges}
    ended = set(range(len(problem.kept_weight))) - kept
    return all(
        problem.closable[t] and needs[t] <= holds and (not problem.only_merged[t] or t in over) for t in ended
    )  # fmt: skip


def _serving(problem: Problem, used: set[int], kept: set[int], holds: set[int], needs: list[set[int]]) -> float:
    fixed = sum(problem.permit_weight[list(used)]) + sum(problem.kept_weight[list(kept)])
    best = float("inf")
    for collected in _subsets(len(problem.tool)):
        if not {int(problem.tool[s]) for s in collected} <= kept:
            continue
        ways: dict[int, float] = {}
        for i, (slot, source) in enumerate(zip(problem.slot.tolist(), problem.source.tolist(), strict=True)):
            if (source < 0 or source in collected) and needs[i] <= holds:
                ways[slot] = min(ways.get(slot, float("inf")), problem.link_weight[i])
        served = [ways.get(s, float("inf")) for s in range(len(problem.tool)) if s not in collected]
        best = min(best, fixed + sum(problem.collected_weight[list(collected)]) + sum(served))
    return float(best)


def by_scipy(problem: Problem) -> float:
    """The least weight by ``scipy.optimize.milp``, all columns whole numbers, needs link by link."""
    kept, slots = len(problem.kept_weight), len(problem.tool)
    links, permits = len(problem.slot), len(problem.permit_weight)
    begin = {"x": 0, "y": kept, "z": kept + slots, "g": kept + slots + links}
    width = kept + slots + links + permits
    rows: list[np.ndarray] = []
    low: list[float] = []

    def at_least(value: float, *terms: tuple[str, int, float]) -> None:
        row = np.zeros(width)
        for kind, number, factor in terms:
            row[begin[kind] + number] += factor
        rows.append(row)
        low.append(value)

    def enough(clause: int) -> list[tuple[str, int, float]]:
        return [("g", int(p), 1.0) for p in np.flatnonzero(problem.clauses.toarray()[clause])]

    for s in range(slots):
        at_least(1, ("y", s, 1), *(("z", int(link), 1) for link in np.flatnonzero(problem.slot == s)))
        at_least(0, ("x", int(problem.tool[s]), 1), ("y", s, -1))
    for link in range(links):
        if problem.source[link] >= 0:
            at_least(0, ("y", int(problem.source[link]), 1), ("z", link, -1))
        for clause in np.flatnonzero(problem.link_needs.toarray()[link]):
            at_least(0, *enough(clause), ("z", link, -1))
    for t in range(kept):
        if not problem.closable[t]:
            at_least(1, ("x", t, 1))
        if problem.only_merged[t]:
            at_least(1, ("x", t, 1), *(("g", int(p), 1) for p in np.flatnonzero(problem.merged == t)))
        for clause in np.flatnonzero(problem.end_needs.toarray()[t]):
            at_least(1, ("x", t, 1), *enough(clause))
    for p in range(permits):
        for clause in np.flatnonzero(problem.permit_needs.toarray()[p]):
            at_least(0, *enough(clause), ("g", p, -1))
        if problem.merged[p] >= 0:
            at_least(-1, ("g", p, -1), ("x", int(problem.merged[p]), -1))
            at_least(0, ("x", int(problem.into[p]), 1), ("g", p, -1))
    for weights, most in zip(problem.limits.toarray(), problem.limit, strict=True):
        at_least(-most, *(("g", p, -w) for p, w in enumerate(weights)))
    cost = np.concatenate(
        [problem.kept_weight, problem.collected_weight, problem.link_weight, problem.permit_weight]
    )  # fmt: skip
    constraint = LinearConstraint(np.array(rows), np.array(low), np.inf)
    return float(milp(cost, integrality=np.ones(width), bounds=(0, 1), constraints=constraint).fun)
