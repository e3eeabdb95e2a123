"""The problem as a mixed-integer model, solved by HiGHS: best found so far, and a proven bound.

::

    min  Σ kept·x + Σ collected·y + Σ link·z + Σ permit·g
    y_p + Σ_l z_l ≥ 1                 every slot is collected or served
    z_l ≤ y_source(l)                 from what is collected
    y_p ≤ x_tool(p)                   by a tool that is kept
    Σ_{l of p needing c} z_l ≤ Σ g    under a clause c that holds
    1 − x_o ≤ Σ g                     and so for the end of a tool
    g ≤ Σ g'                          and for a permit that needs others
    M + x_merged ≤ 1,  M ≤ x_into     a merge ends one tool and keeps the other
    Σ w·g ≤ limit

Links between each slot and its source are kept apart, which makes the relaxation strong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from burden.simplify.planning.problem import (
    Booleans,
    Choice,
    Floats,
    Integers,
    Problem,
    completed,
    faults,
    lean,
    nothing,
    weight,
)


@dataclass(frozen=True, eq=False)
class Model:
    """Columns (x, y, z, g), and rows ``matrix @ columns ≥ low``.

    Attributes
    ----------
    row_slot, row_clause : array of int
        Slot and clause that a row is about; -1 where it is about none.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Booleans
    matrix: sparse.csr_array
    low: Floats
    row_slot: Integers
    row_clause: Integers


@dataclass(frozen=True)
class Progress:
    """Where a search stands: seconds spent, weight of the best choice so far, proven bound."""

    seconds: float
    best: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the best weight that is not proven to be needed."""
        return max(0.0, (self.best - self.bound) / self.best) if self.best > 0 else 0.0


@dataclass(frozen=True, eq=False)
class Found:
    """A choice, what it weighs, and the weight below which none can be."""

    choice: Choice
    best: float
    bound: float
    stopped: str

    @property
    def gap(self) -> float:
        """Share of the weight that is not proven to be needed."""
        return Progress(0.0, self.best, self.bound).gap


Watch = Callable[[Progress], bool]
"""Told where a search stands; it says whether to stop."""


@dataclass(frozen=True, eq=False)
class _Columns:
    """Where the columns of each kind begin."""

    collected: int
    link: int
    permit: int
    end: int


def columns_of(problem: Problem) -> _Columns:
    """Where the columns of each kind begin: tools kept, slots collected, links, permits."""
    tools, slots, links = len(problem.kept_weight), len(problem.tool), len(problem.slot)
    return _Columns(tools, tools + slots, tools + slots + links, tools + slots + links + len(problem.permit_weight))


def model(problem: Problem) -> Model:
    """Columns and rows of the mixed-integer model."""
    at = columns_of(problem)
    rows = _Rows(at.end)
    _serve(problem, at, rows)
    _allow(problem, at, rows)
    _limit(problem, at, rows)
    _end(problem, at, rows)
    cost = np.concatenate([problem.kept_weight, problem.collected_weight, problem.link_weight, problem.permit_weight])
    lower, integer = np.zeros(at.end), np.ones(at.end, dtype=bool)
    lower[: at.collected] = ~problem.closable
    linked = np.zeros(len(problem.tool), dtype=bool)
    linked[problem.slot] = True
    lower[at.collected : at.link] = ~linked
    # Given the others, the lightest link of each slot settles itself.
    integer[at.link : at.permit] = False
    slot, clause = np.concatenate(rows.slot), np.concatenate(rows.clause)
    matrix = sparse.csr_array(sparse.vstack(rows.blocks))
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return Model(cost, lower, np.ones(at.end), integer, matrix, np.concatenate(rows.low), slot, clause)


_Part = tuple[npt.NDArray[np.integer], npt.NDArray[np.integer], float | Floats]
"""Row, column and coefficient of some entries."""


class _Rows:
    """Rows of a model, gathered block by block."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.blocks: list[sparse.coo_array] = []
        self.low: list[Floats] = []
        self.slot: list[Integers] = []
        self.clause: list[Integers] = []

    def add(
        self,
        low: float | Floats,
        parts: Sequence[_Part],
        *,
        count: int,
        slot: Integers | None = None,
        clause: Integers | None = None,
    ) -> None:
        """Rows of at least ``low``, from parts of (row, column, coefficient)."""
        row = np.concatenate([p[0] for p in parts])
        column = np.concatenate([p[1] for p in parts])
        value = np.concatenate([np.broadcast_to(p[2], len(p[0])) for p in parts])
        self.blocks.append(sparse.coo_array((value, (row, column)), shape=(count, self.columns)))
        self.low.append(np.array(np.broadcast_to(low, count), dtype=float))
        none = np.full(count, -1, dtype=np.int64)
        self.slot.append(none if slot is None else slot)
        self.clause.append(none if clause is None else clause)


def _serve(problem: Problem, at: _Columns, rows: _Rows) -> None:
    slots, links = np.arange(len(problem.tool)), np.arange(len(problem.slot))
    served = [(slots, at.collected + slots, 1.0), (problem.slot, at.link + links, 1.0)]
    rows.add(1.0, served, count=len(slots), slot=slots)
    sourced = np.flatnonzero(problem.source >= 0)
    each, source = np.arange(len(sourced)), at.collected + problem.source[sourced]
    given = [(each, source, 1.0), (each, at.link + sourced, -1.0)]
    rows.add(0.0, given, count=len(each), slot=problem.slot[sourced])
    ending = np.flatnonzero(problem.closable[problem.tool])
    each = np.arange(len(ending))
    kept = [(each, problem.tool[ending], 1.0), (each, at.collected + ending, -1.0)]
    rows.add(0.0, kept, count=len(each), slot=ending)


def _allow(problem: Problem, at: _Columns, rows: _Rows) -> None:
    """Links, ends and permits only where a clause of each need holds."""
    link, need = (n.astype(np.int64) for n in problem.link_needs.nonzero())
    key, row = np.unique(problem.slot[link] * problem.clauses.shape[0] + need, return_inverse=True)
    slot, clause = np.divmod(key, problem.clauses.shape[0]) if len(key) else (key, key)
    asked = [_enough(problem, at, clause), (row, at.link + link, -1.0)]
    rows.add(0.0, asked, count=len(key), slot=slot, clause=clause)
    tool, clause = (n.astype(np.int64) for n in problem.end_needs.nonzero())
    each = np.arange(len(tool))
    rows.add(1.0, [_enough(problem, at, clause), (each, tool, 1.0)], count=len(each), clause=clause)
    permit, clause = (n.astype(np.int64) for n in problem.permit_needs.nonzero())
    each = np.arange(len(permit))
    rows.add(0.0, [_enough(problem, at, clause), (each, at.permit + permit, -1.0)], count=len(each), clause=clause)


def _enough(problem: Problem, at: _Columns, clause: Integers) -> _Part:
    """Row and column of each permit of some clauses, one row a clause."""
    row, permit = problem.clauses[clause].nonzero()
    return row.astype(np.int64), at.permit + permit.astype(np.int64), 1.0


def _limit(problem: Problem, at: _Columns, rows: _Rows) -> None:
    limits = sparse.coo_array(problem.limits)
    row, permit = (i.astype(np.int64) for i in limits.coords)
    rows.add(-problem.limit, [(row, at.permit + permit, -limits.data)], count=len(problem.limit))


def _end(problem: Problem, at: _Columns, rows: _Rows) -> None:
    merge = np.flatnonzero(problem.merged >= 0)
    each, merged, into = np.arange(len(merge)), problem.merged[merge], problem.into[merge]
    rows.add(-1.0, [(each, at.permit + merge, -1.0), (each, merged, -1.0)], count=len(merge))
    rows.add(0.0, [(each, into, 1.0), (each, at.permit + merge, -1.0)], count=len(merge))
    only = np.flatnonzero(problem.only_merged)
    place = np.full(len(problem.kept_weight), -1, dtype=np.int64)
    place[only] = np.arange(len(only))
    within = np.flatnonzero(place[merged] >= 0)
    by_merge = [(np.arange(len(only)), only, 1.0), (place[merged[within]], at.permit + merge[within], 1.0)]
    rows.add(1.0, by_merge, count=len(only))


def solve(
    problem: Problem,
    *,
    start: Choice | None = None,
    seconds: float = np.inf,
    gap: float = 0.0,
    nodes: int | None = None,
    watch: Watch | None = None,
) -> Found:
    """The least weight, with the proof of how far from it the choice can be at most.

    Parameters
    ----------
    start : Choice, optional
        A choice to begin from; today's when absent.
    seconds : float
        Time after which the best choice so far is given.
    gap : float
        Share of the weight that needs no proof.
    nodes : int, optional
        Nodes of the search tree after which it ends as if time were over: the same on any machine.
    watch : callable, optional
        Told where the search stands; True stops it, once the solver is between two linear programs.

    Returns
    -------
    Found
        ``stopped`` says why it ended: ``optimal``, ``gap``, ``time`` or ``asked``.
    """
    best = nothing(problem) if start is None or faults(problem, start) else start
    if seconds <= 0:
        return Found(best, weight(problem, best), trivial(problem), "time")
    solver = handed(model(problem))
    solver.setOptionValue("mip_rel_gap", max(gap, 1e-9))
    if np.isfinite(seconds):
        solver.setOptionValue("time_limit", float(seconds))
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    given = highspy.HighsSolution()
    given.col_value = list(values(problem, best))
    solver.setSolution(given)
    asked = _watched(solver, watch, trivial(problem))
    solver.run()
    found = solver.getSolution().col_value
    if len(found):
        choice = lean(problem, rounded(problem, np.asarray(found)))
        lighter = weight(problem, choice) < weight(problem, best)
        best = choice if lighter and not faults(problem, choice) else best
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value, bound = weight(problem, best), max(trivial(problem), solver.getInfo().mip_dual_bound)
    reached = "optimal" if value - bound <= 1e-6 * abs(value) else "gap"
    return Found(best, value, min(bound, value), reached if proven else "asked" if asked else "time")


def trivial(problem: Problem) -> float:
    """A weight below which nothing can be, without any search: what cannot be served or end stays."""
    linked = np.zeros(len(problem.tool), dtype=bool)
    linked[problem.slot] = True
    may = (linked, problem.closable, np.ones(len(problem.slot), dtype=bool), np.ones(len(problem.permit_weight), bool))
    weights = (problem.collected_weight, problem.kept_weight, problem.link_weight, problem.permit_weight)
    return float(sum(np.where(m, np.minimum(w, 0.0), w).sum() for m, w in zip(may, weights, strict=True)))


def _watched(solver: highspy.Highs, watch: Watch | None, least: float) -> list[bool]:
    """Have a search watched; the list is not empty once it was asked to stop."""
    asked: list[bool] = []
    if watch is None:
        return asked

    def look(event: highspy.HighsCallbackEvent) -> None:
        out = event.data_out
        if not asked and watch(Progress(out.running_time, out.mip_primal_bound, max(out.mip_dual_bound, least))):
            asked.append(True)
        if asked:
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)
    return asked


def values(problem: Problem, choice: Choice) -> Floats:
    """A choice as the columns of the model."""
    link = np.zeros(len(problem.slot))
    link[choice.link[choice.link >= 0]] = 1.0
    return np.concatenate(
        [choice.kept.astype(float), choice.collected.astype(float), link, choice.permits.astype(float)]
    )


def rounded(problem: Problem, column: Floats) -> Choice:
    """A choice from the columns of the model."""
    at, many = columns_of(problem), column > 0.5
    return completed(problem, many[at.collected : at.link], many[: at.collected], many[at.permit :])


def handed(made: Model, *, cost: Floats | None = None) -> highspy.Highs:
    """A model handed to HiGHS, at another cost if one is given."""
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(made.cost), len(made.low)
    program.col_cost_ = made.cost if cost is None else cost
    program.col_lower_, program.col_upper_ = made.lower, made.upper
    program.row_lower_, program.row_upper_ = made.low, np.full(len(made.low), np.inf)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = made.matrix.indptr
    program.a_matrix_.index_ = made.matrix.indices
    program.a_matrix_.value_ = made.matrix.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[i] for i in made.integer.astype(int).tolist()]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    return solver
