"""What stays of askings that meet, when each piece of information is given once.

Runs that depend on one another (a part of a population on the whole, a sum on what it sums) are a
*family*. Of all the groups of subjects, a family sees only which of its few streams each is asked:
a *pattern*. Each pattern is worked out once and weighted with the subjects that show it, so that
the work grows with what is asked, hardly with who is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from burden.analysis.askings import Level
from burden.analysis.subjects import STREAM, Cohort, Streams, Subjects, distinct

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Plan:
    """One class of reuse as arrays, its askings and runs sorted by family.

    Attributes
    ----------
    stream, minutes, run, order : arrays, one value per asking
        ``order`` is its row in the askings of the level.
    coarse, population, parent, concept : arrays, one value per run
        ``parent`` is a run or -1.
    covers : array of int, shape (pairs, 2)
        Run and finer run from which it can be derived, sorted by family.
    asking_start, run_start, cover_start : array of int, shape (families + 1,)
        Bounds of each family.
    """

    stream: Integers
    minutes: Floats
    run: Integers
    order: Integers
    coarse: Booleans
    population: Integers
    parent: Integers
    concept: Integers
    covers: Integers
    asking_start: Integers
    run_start: Integers
    cover_start: Integers


def plan(level: Level, flow: Streams, concepts: Sequence[str]) -> Plan:
    """Number streams, concepts and families of one class of reuse."""
    askings, runs = level.askings, level.runs
    numbered = flow.table.assign(stream=np.arange(len(flow.table)))
    stream = askings[STREAM].merge(numbered, on=STREAM, how="left")["stream"].to_numpy(dtype=np.int64)
    family, order = _families(level)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    run_of = rank[askings["run"].to_numpy()]
    by_run = np.argsort(run_of, kind="stable")
    start = stream[runs["start"].to_numpy()[order]]
    parent = level.parent[order]
    covers = rank[level.covers]
    covers = covers[np.argsort(covers[:, 0], kind="stable")]
    bounds = np.arange(family.max(initial=-1) + 2)
    column = {c: i for i, c in enumerate(concepts)}
    sorted_family = family[order]
    return Plan(
        stream=stream[by_run],
        minutes=askings["minutes"].to_numpy(dtype=float)[by_run],
        run=run_of[by_run],
        order=by_run.astype(np.int64),
        coarse=flow.coarse[start],
        population=flow.population[start],
        parent=np.where(parent >= 0, rank[parent], -1),
        concept=runs["concept_id"].map(column).to_numpy().astype(np.int64)[order],
        covers=covers,
        asking_start=np.searchsorted(sorted_family[run_of[by_run]], bounds),
        run_start=np.searchsorted(sorted_family, bounds),
        cover_start=np.searchsorted(sorted_family[covers[:, 0]], bounds),
    )


def _families(level: Level) -> tuple[Integers, Integers]:
    """Family of each run, and the runs in the order of their families."""
    parts = np.flatnonzero(level.parent >= 0)
    a = np.concatenate([parts, level.covers[:, 0]])
    b = np.concatenate([level.parent[parts], level.covers[:, 1]])
    runs = len(level.runs)
    joined = sparse.csr_array((np.ones(len(a)), (a, b)), shape=(runs, runs))
    family = csgraph.connected_components(joined, directed=False)[1].astype(np.int64)
    return family, np.argsort(family, kind="stable").astype(np.int64)


def met(plan: Plan) -> Booleans:
    """Askings that meet another one, in the order of the plan."""
    sizes = np.diff(plan.asking_start)
    return np.repeat(sizes > 1, sizes)


def kept(plan: Plan, who: Subjects, flow: Streams, concepts: int, known: Seen) -> Floats:
    """Items, deliveries, cheapest and dearest minutes of the askings that meet, given once.

    Parameters
    ----------
    known : dict
        Patterns already looked up for these subjects and streams; those looked up are added.

    Returns
    -------
    array of float, shape (4, actors, concepts)
    """
    sums = np.zeros((4, len(who.actors), concepts))
    families = np.flatnonzero(np.diff(plan.asking_start) > 1)
    of_operator = flow.of_operator[plan.stream[plan.asking_start[families]]]
    settled = _settled(plan, who, flow, families)
    parts = (
        (who.operators, families[of_operator]),
        (who.units, families[~of_operator & settled]),
        (who.told_apart, families[~of_operator & ~settled]),
    )
    for number, (cohort, chosen) in enumerate(parts):
        if len(chosen) and len(cohort.heads):
            seen = _seen(plan, cohort, number, chosen, known)
            _add(sums, plan, seen, cohort, flow)
    return sums


def _settled(plan: Plan, who: Subjects, flow: Streams, families: Integers) -> Booleans:
    """Families of which no number decides more than the duties do."""
    sizes = np.diff(plan.asking_start)
    related = np.repeat(np.diff(plan.run_start) > 1, sizes)
    open_askings = ~who.settled[flow.population[plan.stream]] & (flow.coarse[plan.stream] | related)
    of_asking = np.repeat(np.arange(len(sizes)), sizes)
    settled = np.bincount(of_asking, weights=open_askings, minlength=len(sizes)) == 0
    return np.asarray(settled[families], dtype=bool)


@dataclass(frozen=True, eq=False)
class _Instances:
    """A family in one pattern, many times: its number, a group that shows it, how many show it.

    The group gives the pattern and the actor type; ``weight`` has one value per run.
    """

    family: Integers
    group: Integers
    weight: Floats


Seen = dict[tuple[int, bytes, bytes], tuple[Integers, Floats]]
"""Patterns already looked up: which cohort, which streams, counting whom → groups and weights.

Items asked by the same tools, and most families of two classes of reuse, show the same patterns.
"""


def _seen(plan: Plan, cohort: Cohort, number: int, families: Integers, known: Seen) -> _Instances:
    """The patterns in which a cohort shows each family."""
    fractions = _fractions(cohort)
    subjects = np.vstack([cohort.members.T, cohort.heads])
    found = []
    for family in families:
        stream = plan.stream[plan.asking_start[family] : plan.asking_start[family + 1]]
        runs = slice(plan.run_start[family], plan.run_start[family + 1])
        counting = np.where(plan.coarse[runs], -1, plan.population[runs])
        key = (number, stream.tobytes(), counting.tobytes())
        if key not in known:
            asked = cohort.asked[stream]
            code = _codes(asked, [fractions[c] for c in cohort.column[stream].tolist() if c in fractions])
            known[key] = _shown(cohort.actor, code, asked, subjects, counting.tolist())
        found.append(known[key])
    return _Instances(
        np.repeat(families, [len(group) for group, _ in found]),
        np.concatenate([group for group, _ in found]),
        np.concatenate([weight for _, weight in found]),
    )


def _shown(
    actor: Integers, code: Integers, asked: Booleans, subjects: Floats, counting: list[int]
) -> tuple[Integers, Floats]:
    """A group for each pattern of an actor type in which something is asked, and who shows it.

    ``counting`` is, for each run of the family, the row of ``subjects`` that counts them.
    """
    cell = actor * (int(code.max()) + 1) + code
    shown = np.full(int(cell.max()) + 1, -1, dtype=np.int64)
    some = np.flatnonzero(asked.any(axis=0))
    shown[cell[some]] = some
    cells = np.flatnonzero(shown >= 0)
    counts = {row: np.bincount(cell, weights=subjects[row])[cells] for row in set(counting)}
    return shown[cells], np.column_stack([counts[row] for row in counting]).ravel().astype(float)


def _fractions(cohort: Cohort) -> dict[int, Integers]:
    """Codes of the columns where some body counts less than one."""
    open_columns = np.flatnonzero(((cohort.counted > 0) & (cohort.counted < 1)).any(axis=0))
    return {int(c): np.unique(cohort.counted[:, c], return_inverse=True)[1].astype(np.int64) for c in open_columns}


def _codes(asked: Booleans, parts: list[Integers]) -> Integers:
    """The same code for groups that show the same pattern."""
    packed = np.packbits(asked, axis=0)
    if len(packed) == 1 and not parts:
        return np.asarray(packed[0].astype(np.int64))
    words = np.zeros((asked.shape[1], -(-len(packed) // 8) * 8), dtype=np.uint8)
    words[:, : len(packed)] = packed.T
    numbers = [pd.factorize(word)[0] for word in words.view(np.uint64).T]
    return distinct([*numbers, *parts], asked.shape[1])[0]


@dataclass(frozen=True, eq=False)
class _Unfolded:
    """The askings and runs of every instance one after the other, as one long plan."""

    rate: Floats
    minutes: Floats
    first: Integers
    parent: Integers
    covers: Integers
    concept: Integers
    actor: Integers


def _unfold(plan: Plan, seen: _Instances, cohort: Cohort, flow: Streams) -> _Unfolded:
    asking, of_asking, _ = _ranges(plan.asking_start, seen.family)
    run, of_run, run_offset = _ranges(plan.run_start, seen.family)
    cover, of_cover, _ = _ranges(plan.cover_start, seen.family)
    stream, group = plan.stream[asking], seen.group[of_asking]
    counted = cohort.counted[group, cohort.column[stream]]
    position = plan.run[asking] + run_offset[of_asking]
    parent = plan.parent[run]
    return _Unfolded(
        rate=cohort.asked[stream, group] * flow.per_year[stream] * np.where(flow.coarse[stream], counted, 1.0),
        minutes=plan.minutes[asking],
        first=np.flatnonzero(np.diff(position, prepend=-1)).astype(np.int64),
        parent=np.where(parent >= 0, parent + run_offset[of_run], -1),
        covers=plan.covers[cover] + run_offset[of_cover][:, None],
        concept=plan.concept[run],
        actor=cohort.actor[seen.group[of_run]],
    )


def _ranges(start: Integers, family: Integers) -> tuple[Integers, Integers, Integers]:
    """Positions of all members of each instance, the instance of each, and how far they moved."""
    sizes = np.diff(start)[family]
    instance = np.repeat(np.arange(len(family)), sizes)
    offset = np.cumsum(sizes) - sizes - start[family]
    return np.arange(len(instance)) - offset[instance], instance, offset


def _add(sums: Floats, plan: Plan, seen: _Instances, cohort: Cohort, flow: Streams) -> None:
    """Add what stays of each instance, for all who show it."""
    if not len(seen.family):
        return
    unfolded = _unfold(plan, seen, cohort, flow)
    actors, concepts = sums.shape[1:]
    into = unfolded.actor * concepts + unfolded.concept
    for measure, values in enumerate(_given_once(unfolded)):
        added = np.bincount(into, weights=values * seen.weight, minlength=actors * concepts)
        sums[measure] += added.reshape(actors, concepts)


def _given_once(unfolded: _Unfolded) -> tuple[Floats, Floats, Floats, Floats]:
    """Items, deliveries, cheapest and dearest minutes that one subject of each run is left with."""
    own = _asked_in_runs(unfolded)
    order = _by_depth(unfolded.parent)
    extra = _beyond_the_whole(unfolded, own, order)
    covered = _covered(unfolded, own, extra.whole, order)
    items = _first_given(unfolded, ~covered & (extra.rate > 0), order)
    rate, cheapest, dearest = (np.where(covered, 0.0, values) for values in (extra.rate, extra.cheapest, extra.dearest))
    return items, rate, cheapest, dearest


def _by_depth(parent: Integers) -> list[Integers]:
    """Runs whose parent is already settled, step by step, those without a parent left out."""
    depth = np.zeros(len(parent), dtype=np.int64)
    current = parent.copy()
    while (current >= 0).any():
        depth += current >= 0
        current = np.where(current >= 0, parent[current], -1)
    return [np.flatnonzero(depth == d) for d in range(1, int(depth.max(initial=0)) + 1)]


@dataclass(frozen=True, eq=False)
class _Runs:
    """What is asked in each run about one subject.

    ``rate`` is the freshest, ``minutes`` what asking each of them once takes a year, ``dear`` and
    ``cheap`` the minutes of the dearest and of the cheapest asking.
    """

    rate: Floats
    minutes: Floats
    dear: Floats
    cheap: Floats


def _asked_in_runs(unfolded: _Unfolded) -> _Runs:
    rate, minutes, first = unfolded.rate, unfolded.minutes, unfolded.first
    timed = (rate > 0) & ~np.isnan(minutes)
    return _Runs(
        rate=np.maximum.reduceat(rate, first),
        minutes=np.add.reduceat(rate * np.nan_to_num(minutes), first),
        dear=np.maximum.reduceat(np.where(timed, minutes, 0.0), first),
        cheap=np.minimum.reduceat(np.where(timed, minutes, np.inf), first),
    )


@dataclass(frozen=True, eq=False)
class _Extra:
    """What one subject of each run is given beyond what the larger populations are given.

    ``whole`` is the freshest rate at which it is asked by any run about it.
    """

    rate: Floats
    cheapest: Floats
    dearest: Floats
    whole: Floats


def _beyond_the_whole(unfolded: _Unfolded, own: _Runs, order: list[Integers]) -> _Extra:
    """Runs on larger populations first: what is given about all members is given about a part."""
    rate, dear, cheap = own.rate.copy(), own.dear.copy(), own.cheap.copy()
    cost = np.minimum(rate * dear, own.minutes)
    extra, dearest = rate.copy(), cost.copy()
    for runs in order:
        above = unfolded.parent[runs]
        extra[runs] = np.maximum(rate[runs] - rate[above], 0.0)
        rate[runs] = np.maximum(rate[runs], rate[above])
        dear[runs] = np.maximum(dear[runs], dear[above])
        cheap[runs] = np.minimum(cheap[runs], cheap[above])
        cost[runs] = np.minimum(rate[runs] * dear[runs], cost[above] + own.minutes[runs])
        dearest[runs] = cost[runs] - cost[above]
    cheapest = np.minimum(extra * np.where(np.isinf(cheap), 0.0, cheap), own.minutes)
    return _Extra(extra, cheapest, dearest, rate)


def _covered(unfolded: _Unfolded, own: _Runs, whole: Floats, order: list[Integers]) -> Booleans:
    """Runs that a finer one answers, asked of the same subjects at least as often."""
    covered = np.zeros(len(whole), dtype=bool)
    coarse, fine = unfolded.covers.T
    covered[coarse[(whole[fine] > 0) & (whole[fine] >= own.rate[coarse])]] = True
    for runs in order:
        # A part that is asked no more often than its whole goes where the whole goes.
        above = unfolded.parent[runs]
        covered[runs] |= covered[above] & (own.rate[runs] <= whole[above])
    return covered


def _first_given(unfolded: _Unfolded, given: Booleans, order: list[Integers]) -> Floats:
    """Runs that give an item which no run on a larger population gives."""
    known, items = given.copy(), given.astype(float)
    for runs in order:
        above = unfolded.parent[runs]
        items[runs] *= ~known[above]
        known[runs] |= known[above]
    return items
