"""Each fault of a choice is seen, and lean and completed choices are as worked by hand.

Tool 0 (slots 0 and 1) can end; tool 1 (slot 2) only by merge 1 into tool 0; tool 2 (slots 3 and 4) stays.
Slot 0 can be taken from slot 3 under act 0, slot 1 from slot 4 freely; slot 2 moves with merge 1.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from burden.simplify.planning.problem import Choice, completed, faults, lean, nothing, problem_of, weight

PROBLEM = problem_of(
    [0, 0, 1, 2, 2],
    [2.0, 3.0, 4.0, 5.0, 6.0],
    [10.0, 20.0, 30.0],
    closable=[True, True, False],
    only_merged=[False, True, False],
    links=[(0, 3, 0.0, [0]), (1, 4, 0.0, []), (2, -1, 1.5, [1]), (1, 3, 0.5, [])],
    clauses=[[0], [1]],
    end_needs=[[0], [], []],
    permits=[(0.25, -1, -1, []), (0.5, 1, 0, [0])],
    limits=[({0: 1.0, 1: 1.0}, 2.0)],
)


def chosen(collected: str, link: list[int], kept: str, permits: str) -> Choice:
    """A choice written in zeros and ones."""
    return Choice(*(np.array([c == "1" for c in row]) if isinstance(row, str) else np.array(row, dtype=np.int64)
                    for row in (collected, link, kept, permits)))  # fmt: skip


MERGED = chosen("11011", [-1, -1, 2, -1, -1], "101", "11")
ENDED = chosen("00111", [0, 1, -1, -1, -1], "011", "10")


@pytest.mark.parametrize("choice", [MERGED, ENDED, nothing(PROBLEM)], ids=["merged", "ended", "nothing"])
def test_what_can_be_done_has_no_fault(choice: Choice) -> None:
    assert faults(PROBLEM, choice) == []


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        (chosen("01111", [-1] * 5, "111", "00"), "slot neither collected nor served: 0"),
        (chosen("01111", [1, -1, -1, -1, -1], "111", "00"), "link of another slot: 0"),
        (chosen("10110", [-1, 1, -1, -1, -1], "111", "00"), "source not collected: 1"),
        (chosen("11111", [-1] * 5, "011", "10"), "slot collected by a tool that ends: 0"),
        (chosen("11111", [-1] * 5, "110", "00"), "tool that may not end: 2"),
        (chosen("11011", [-1, -1, 2, -1, -1], "101", "10"), "tool that may only be merged: 1"),
        (chosen("00011", [0, 1, 2, -1, -1], "001", "11"), "merge into a tool that ends: 1"),
        (chosen("11111", [-1] * 5, "111", "11"), "merge of a tool that stays: 1"),
        (chosen("01111", [0, -1, -1, -1, -1], "111", "00"), "link without what it needs: 0"),
        (chosen("00111", [0, 1, -1, -1, -1], "011", "00"), "end without what it needs: 0"),
        (chosen("11011", [-1, -1, 2, -1, -1], "101", "01"), "permit without what it needs: 1"),
    ],
    ids=lambda value: value.split(":")[0].replace(" ", "-") if isinstance(value, str) else "",
)
def test_fault_is_seen(choice: Choice, fault: str) -> None:
    assert fault in faults(PROBLEM, choice)


def test_limit_exceeded_is_seen() -> None:
    tighter = replace(PROBLEM, limit=np.array([1.0]))
    assert faults(tighter, MERGED) == ["limit exceeded: 0"]


def test_weight_is_that_of_what_is_left() -> None:
    assert weight(PROBLEM, MERGED) == 2 + 3 + 5 + 6 + 10 + 30 + 1.5 + 0.25 + 0.5


def test_completed_takes_the_lightest_link() -> None:
    choice = completed(PROBLEM, ENDED.collected, ENDED.kept, ENDED.permits)
    assert choice.link.tolist() == [0, 1, -1, -1, -1]


def test_completed_takes_another_link_where_the_lightest_has_no_source() -> None:
    collected = np.array([True, False, True, True, False])
    choice = completed(PROBLEM, collected, np.ones(3, bool), np.zeros(2, bool))
    assert (choice.link.tolist(), choice.collected.tolist()) == ([-1, 3, -1, -1, -1], [True, False, True, True, True])


def test_completed_keeps_the_tool_of_what_nothing_serves() -> None:
    choice = completed(PROBLEM, ENDED.collected, np.array([False, True, True]), np.zeros(2, bool))
    assert (choice.collected[0], choice.kept[0]) == (True, True)


def test_lean_gives_up_an_idle_permit() -> None:
    idle = replace(nothing(PROBLEM), permits=np.array([True, False]))
    assert lean(PROBLEM, idle).permits.tolist() == [False, False]


def test_lean_keeps_what_a_used_merge_needs() -> None:
    assert lean(PROBLEM, MERGED).permits.tolist() == [True, True]


def test_lean_keeps_what_an_end_needs() -> None:
    assert lean(PROBLEM, ENDED).permits.tolist() == [True, False]


def test_lean_gives_up_one_of_two_ways() -> None:
    either = problem_of(
        [0, 1], [1.0, 1.0], [0.0, 0.0],
        links=[(0, 1, 0.0, [0])], clauses=[[0, 1]], permits=[(0.0, -1, -1, []), (0.0, -1, -1, [])],
    )  # fmt: skip
    choice = Choice(np.array([False, True]), np.array([0, -1]), np.ones(2, bool), np.ones(2, bool))
    assert lean(either, choice).permits.tolist() == [True, False]


def test_lean_collects_what_weighs_nothing() -> None:
    light = replace(PROBLEM, collected_weight=np.array([2.0, 0.0, 4.0, 5.0, 6.0]))
    choice = chosen("10111", [-1, 1, -1, -1, -1], "111", "00")
    assert lean(light, choice).collected.tolist() == [True] * 5
