"""Classes of reuse by their names, and populations that contain others."""

from __future__ import annotations

import re

import pytest

from burden.analysis.askings import REUSES, Reuse, larger, reuse_named


@pytest.mark.parametrize("reuse", REUSES)
def test_a_class_of_reuse_is_found_by_its_name(reuse: Reuse) -> None:
    assert reuse_named(reuse) == reuse


def test_a_class_of_reuse_that_is_none_is_said_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=re.escape("no class of reuse 'sam'; there are same, derivable, harmonise")):
        reuse_named("sam")


@pytest.mark.parametrize(
    ("population", "contained_in"), [("c", ["b", "a"]), ("a", []), ("unheard_of", []), ("own", []), ("x", ["y"])]
)
def test_a_population_is_contained_in_these_nearest_first(population: str, contained_in: list[str]) -> None:
    # One that contains itself, or two that contain each other, are a fault of the inventory, not an endless chain.
    assert larger({"c": "b", "b": "a", "a": "", "own": "own", "x": "y", "y": "x"}, population) == contained_in
