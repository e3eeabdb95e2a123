"""The least weight found is the one found by enumeration and by another model; bounds are below it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.simplify.planning import bound, exact, greedy, polish, search
from burden.simplify.planning.exact import Found, Progress, columns_of
from burden.simplify.planning.problem import Choice, Problem, faults, nothing, problem_of, weight
from burden.simplify.planning.reduce import Settled, reduced
from tests.simplify.planning.small_problems import by_scipy, drawn, enumerated

SEEDS = range(12)


@pytest.fixture
def as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have small problems searched as large ones are."""
    monkeypatch.setattr(search, "SMALL", -1)


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_is_as_enumerated(seed: int) -> None:
    problem = drawn(seed)
    assert exact.solve(problem).best == pytest.approx(enumerated(problem))


@pytest.mark.parametrize("seed", range(100, 125))
def test_exact_is_as_by_another_model(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    assert exact.solve(problem).best == pytest.approx(by_scipy(problem))


@pytest.mark.parametrize("seed", range(100, 125))
def test_search_is_as_by_another_model(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    assert search.search(problem).best == pytest.approx(by_scipy(problem))


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize("seed", range(200, 210))
def test_search_as_large_is_as_by_another_model(seed: int) -> None:
    problem = drawn(seed, slots=14, tools=5, permits=6)
    found = search.search(problem)
    assert (found.best, found.bound) == (pytest.approx(by_scipy(problem)), pytest.approx(found.best))


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize("seed", range(200, 210))
def test_search_as_large_gives_what_can_be_done(seed: int) -> None:
    problem = drawn(seed, slots=14, tools=5, permits=6)
    assert faults(problem, search.search(problem).choice) == []


@pytest.mark.usefixtures("as_large")
@pytest.mark.parametrize("looks", [0, 1, 3, 10])
@pytest.mark.parametrize("seed", range(200, 206))
def test_stopped_at_any_look_gives_what_can_be_done(seed: int, looks: int) -> None:
    problem, seen = drawn(seed, slots=14, tools=5, permits=6), []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) > looks

    found = search.search(problem, watch=stop)
    assert faults(problem, found.choice) == []
    assert found.bound <= by_scipy(problem) + 1e-6


@pytest.mark.usefixtures("as_large")
def test_no_time_gives_what_can_be_done() -> None:
    problem = drawn(3)
    found = search.search(problem, seconds=0)
    assert (faults(problem, found.choice), found.stopped) == ([], "time")


@pytest.mark.usefixtures("as_large")
def test_the_same_twice() -> None:
    problem = drawn(207, slots=14, tools=5, permits=6)
    one, other = search.search(problem), search.search(problem)
    assert (one.choice.collected == other.choice.collected).all()
    assert (one.choice.permits == other.choice.permits).all()


@pytest.mark.usefixtures("as_large")
def test_progress_is_between_bound_and_best() -> None:
    problem, seen = drawn(207, slots=14, tools=5, permits=6), []

    def look(progress: Progress) -> bool:
        seen.append(progress.bound <= by_scipy(problem) + 1e-6 <= progress.best + 2e-6)
        return False

    search.search(problem, watch=look)
    assert all(seen)


@pytest.mark.usefixtures("as_large")
def test_begins_from_what_is_given() -> None:
    problem = drawn(207, slots=14, tools=5, permits=6)
    best = search.search(problem)
    assert search.search(problem, start=best.choice, seconds=0).best == best.best


@pytest.mark.usefixtures("as_large")
def test_what_cannot_be_done_is_not_begun_from() -> None:
    problem = problem_of([0], [2.0], [1.0])
    wrong = Choice(np.zeros(1, bool), np.full(1, -1), np.ones(1, bool), np.zeros(0, bool))
    assert search.search(problem, start=wrong).best == 3.0


@given(seed=st.integers(0, 10_000), steps=st.sampled_from([0, 8, 80, 400]))
@settings(max_examples=15, deadline=None)
def test_bound_is_below_the_least_weight(seed: int, steps: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    descent = bound.Descent.of(problem)
    descent.step(steps)
    descent.look()
    assert descent.bound <= by_scipy(problem) + 1e-9


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_any_prices_give_a_bound(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    relaxed = bound.relaxation(problem)
    prices = np.random.default_rng(seed).normal(0, 3, len(relaxed.model.low))
    assert bound.bound(relaxed, prices)[0] <= by_scipy(problem) + 1e-9


@pytest.mark.parametrize("seed", range(300, 306))
def test_a_neighbour_of_the_best_is_the_best(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    best = exact.solve(problem)
    found = polish.neighbour(problem, best.choice, np.ones(5, bool), seconds=10, watch=lambda _: False)
    assert weight(problem, found) == pytest.approx(best.best)


def test_bound_comes_near_a_tight_relaxation() -> None:
    two = problem_of([0, 1], [2.0, 3.0], [1.0, 1.0], links=[(0, 1, 0.5, []), (1, 0, 0.0, [])])
    descent = bound.Descent.of(two)
    for _ in range(20):
        descent.step(40)
        descent.look()
    assert descent.bound == pytest.approx(4.0, rel=1e-3)


@pytest.mark.parametrize(
    ("before", "steps", "anew"), [(0, 72, False), (0, 80, True), (400, 120, False), (400, 176, True)]
)
def test_a_descent_averages_anew_after_eighty_steps_or_three_tenths_of_all(before: int, steps: int, anew: bool) -> None:
    descent = bound.Descent.of(drawn(207, slots=14, tools=5, permits=6))
    for count in filter(None, (before, steps)):
        descent.step(count)
        descent.look()
    assert descent.steps == before + steps
    assert bool((descent.average == descent.columns).all()) is anew


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_what_the_bound_decides_is_so_in_the_best(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    best, descent = exact.solve(problem), bound.Descent.of(problem)
    descent.step(200)
    descent.look()
    must, never = bound.decided(descent.relaxation, descent.best_prices, best.best - descent.bound)
    columns = exact.values(problem, best.choice) > 0.5
    assert not (columns & never).any()
    assert not (~columns & must).any()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_reduced_weighs_the_same(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    small = reduced(problem)
    assert exact.solve(small.problem).best + small.constant == pytest.approx(by_scipy(problem))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_lifted_can_be_done(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    small = reduced(problem)
    assert faults(problem, small.lifted(exact.solve(small.problem).choice)) == []


def test_a_slot_without_links_is_left_out() -> None:
    problem = problem_of([0, 1, 1], [2.0, 3.0, 4.0], [1.0, 1.0], closable=[True, True], links=[(0, 1, 0.0, [])])
    small = reduced(problem)
    assert (small.slots.tolist(), small.problem.source.tolist(), small.problem.closable.tolist()) == (
        [0], [-1], [True, False],
    )  # fmt: skip


def test_a_link_beyond_the_limit_is_left_out() -> None:
    problem = problem_of(
        [0, 1], [2.0, 3.0], [1.0, 1.0],
        links=[(0, 1, 0.0, [0])], clauses=[[0]], permits=[(0.0, -1, -1, [])], limits=[({0: 2.0}, 1.0)],
    )  # fmt: skip
    assert len(reduced(problem).links) == 0


def test_a_clause_that_holds_is_left_out() -> None:
    problem = problem_of(
        [0, 1], [2.0, 3.0], [1.0, 1.0],
        links=[(0, 1, 0.0, [0])], clauses=[[0]], permits=[(0.5, -1, -1, [])], limits=[({0: 1.0}, 1.0)],
    )  # fmt: skip
    never = np.zeros(2, dtype=bool)
    small = reduced(problem, Settled(np.ones(1, bool), np.zeros(1, bool), never, never))
    assert (small.problem.link_needs.nnz, small.problem.limit.tolist(), small.constant) == (0, [0.0], 3.5)


def test_a_link_through_a_merge_of_what_may_not_end_is_left_out() -> None:
    problem = problem_of(
        [0, 1], [2.0, 3.0], [1.0, 1.0], links=[(0, 1, 0.0, [0])], clauses=[[0]], permits=[(0.0, 0, 1, [])]
    )
    small = reduced(problem)
    assert (small.slots.tolist(), small.links.tolist(), small.permits.tolist()) == ([], [], [])


def test_what_may_only_be_merged_ends_by_a_merge_that_is_settled() -> None:
    # The second slot (3) is collected and its tool (1) kept, the merge takes 0.5.
    problem = problem_of(
        [0, 1], [2.0, 3.0], [1.0, 1.0],
        closable=[True, False], only_merged=[True, False], links=[(0, 1, 0.0, [])], permits=[(0.5, 0, 1, [])],
    )  # fmt: skip
    served, never = np.array([True, False]), np.zeros(2, dtype=bool)
    small = reduced(problem, Settled(np.ones(1, bool), np.zeros(1, bool), never, served))
    assert exact.solve(small.problem).best + small.constant == pytest.approx(4.5)


def _guessed(problem: Problem, seed: int) -> Choice:
    """A choice rounded from shares drawn at random."""
    share, at = np.random.default_rng(seed).random(columns_of(problem).end), columns_of(problem)
    return greedy.rounded_greedily(
        problem, share[: at.collected], share[at.collected : at.link], share[at.permit :]
    )  # fmt: skip


@given(seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_rounded_greedily_can_be_done(seed: int) -> None:
    problem = drawn(seed, slots=14, tools=5, permits=6)
    assert faults(problem, _guessed(problem, seed)) == []


def test_greedy_takes_from_the_one_that_serves_most() -> None:
    problem = problem_of(
        [0, 1, 2, 3], [1.0, 2.0, 3.0, 3.0], [0.0] * 4,
        links=[(2, 0, 0.0, []), (2, 1, 0.0, []), (3, 1, 0.0, []), (0, 1, 0.0, []), (1, 0, 0.0, [])],
    )  # fmt: skip
    choice = greedy.thinned(problem, nothing(problem))
    assert choice.collected.tolist() == [False, True, False, False]


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_neighbour_is_no_heavier_and_can_be_done(seed: int) -> None:
    problem = drawn(seed, slots=14, tools=5, permits=6)
    begin = _guessed(problem, seed)
    free = np.random.default_rng(seed).random(6) < 0.6
    found = polish.neighbour(problem, begin, free, seconds=10, watch=lambda _: False)
    assert faults(problem, found) == []
    assert weight(problem, found) <= weight(problem, begin)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_settled_slots_can_be_done(seed: int) -> None:
    problem = drawn(seed, slots=14, tools=5, permits=6)
    begin = _guessed(problem, seed)
    for choice in polish.slots_settled(problem, begin, seconds=10, watch=lambda _: False):
        assert faults(problem, choice) == []
        assert weight(problem, choice) <= weight(problem, begin)


def _empty() -> Problem:
    return problem_of([], [], [])


@pytest.mark.parametrize(
    ("problem", "best"),
    [
        (_empty(), 0.0),
        (problem_of([0], [2.0], [1.0]), 3.0),
        (problem_of([0], [2.0], [1.0], closable=[True]), 3.0),
        (problem_of([0], [2.0], [1.0], closable=[True], links=[(0, -1, 0.5, [])]), 0.5),
        (problem_of([], [], [4.0], closable=[True]), 0.0),
        (problem_of([0], [2.0], [1.0], links=[(0, -1, 0.5, [0])], clauses=[[]]), 3.0),
        (problem_of([0], [2.0], [1.0], permits=[(1.0, -1, -1, [])], limits=[({0: 1.0}, 0.0)]), 3.0),
        (problem_of([0], [2.0], [1.0], closable=[True], only_merged=[True], links=[(0, -1, 0.0, [])]), 1.0),
        (problem_of([0], [0.0], [0.0], links=[(0, -1, 0.0, [])]), 0.0),
    ],
    ids=["nothing", "no links", "no way to end", "register", "no slots", "clause of none", "limit of none",
         "only merged", "no weight"],
)  # fmt: skip
@pytest.mark.parametrize("large", [False, True])
def test_problems_that_lack_something(
    problem: Problem, best: float, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(search, "SMALL", -1)
    found: Found = search.search(problem)
    assert (found.best, found.bound, found.stopped) == (pytest.approx(best), pytest.approx(best), "optimal")


@pytest.mark.parametrize("seed", SEEDS)
def test_trivial_bound_is_below_the_least_weight(seed: int) -> None:
    problem = drawn(seed, slots=9, tools=4, permits=5)
    assert exact.trivial(problem) <= by_scipy(problem) + 1e-9


def test_exact_without_time_keeps_what_it_is_given() -> None:
    problem = drawn(3)
    found = exact.solve(problem, seconds=0)
    assert (found.best, found.stopped, faults(problem, found.choice)) == (problem.today, "time", [])


def test_exact_asked_to_stop_gives_what_can_be_done() -> None:
    problem = drawn(5, slots=14, tools=5, permits=6)
    found = exact.solve(problem, watch=lambda _: True)
    assert faults(problem, found.choice) == []
    assert found.bound <= by_scipy(problem) + 1e-6
