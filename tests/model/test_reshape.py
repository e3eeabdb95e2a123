from __future__ import annotations

import pytest

import burden as bd
from burden.model.portfolio import Portfolio
from burden.model.reshape import grouped, resized, retagged, split
from tests.analysis.inventories import duty, inventory, obligation, portfolio

INV = inventory([obligation("A")], [], [duty("A")])


@pytest.fixture
def three() -> Portfolio:
    return portfolio(
        {"unit_id": "one", "operator_id": "one", "actor_id": "association", "tags": "cpom", "staff": 20.0, "cpom": 1.0},
        {"unit_id": "a", "operator_id": "one", "tags": "budget", "person": 10.0},
        {"unit_id": "two", "operator_id": "two", "actor_id": "association", "staff": 30.0, "cpom": 1.0},
        {"unit_id": "b", "operator_id": "two", "tags": "budget", "person": 40.0},
    )


def test_only_the_units_named_change_their_tags(three: Portfolio) -> None:
    changed = retagged(three, add=["eprd"], remove=["budget"], units=["a"]).units.set_index("unit_id")["tags"]
    assert changed.to_dict() == {"one": "cpom", "a": "eprd", "two": "", "b": "budget"}


def test_the_portfolio_of_before_is_left_as_it_was(three: Portfolio) -> None:
    retagged(three, add=["eprd"])
    assert three.units["tags"].tolist() == ["cpom", "budget", "", "budget"]


def test_a_unit_that_is_not_there_is_refused(three: Portfolio) -> None:
    with pytest.raises(KeyError, match="unit_id 'c' is not in the portfolio"):
        retagged(three, add=["eprd"], units=["c"])


def test_a_size_multiplies_every_number(three: Portfolio) -> None:
    assert resized(three, 0.5).units["person"].dropna().tolist() == [5.0, 20.0]


def test_a_size_below_zero_is_refused(three: Portfolio) -> None:
    with pytest.raises(ValueError, match="cannot be multiplied by -1"):
        resized(three, -1)


def test_grouped_operators_have_one_row_with_the_sum_of_their_numbers(three: Portfolio) -> None:
    units = grouped(INV, three, ["one", "two"], into="both", quantities={"cpom": 1.0}).units.set_index("unit_id")
    assert units["operator_id"].tolist() == ["both"] * 3
    assert units.loc["both", ["staff", "cpom", "tags"]].tolist() == [50.0, 1.0, "cpom"]


def test_a_number_that_one_does_not_know_is_unknown_to_the_group(three: Portfolio) -> None:
    assert grouped(INV, three, ["one", "two"], into="both").units.set_index("unit_id").loc["both"].isna()["person"]


def test_a_split_operator_has_a_row_for_each_part() -> None:
    whole = portfolio({"unit_id": "op", "actor_id": "association", "staff": 20.0}, {"unit_id": "a"}, {"unit_id": "b"})
    units = split(INV, whole, "op", {"left": ["a"], "right": ["b"]}).units.set_index("unit_id")
    assert units["operator_id"].to_dict() == {"left": "left", "right": "right", "a": "left", "b": "right"}
    assert units["staff"].dropna().tolist() == [10.0, 10.0]


def test_a_unit_left_out_of_every_part_is_refused() -> None:
    whole = portfolio({"unit_id": "op", "actor_id": "association"}, {"unit_id": "a"}, {"unit_id": "b"})
    with pytest.raises(ValueError, match="must be in one part: a, b"):
        split(INV, whole, "op", {"left": ["a"]})


def test_grouping_undoes_a_split() -> None:
    whole = portfolio({"unit_id": "op", "actor_id": "association", "staff": 20.0}, {"unit_id": "a"}, {"unit_id": "b"})
    again = grouped(INV, split(INV, whole, "op", {"x": ["a"], "y": ["b"]}), ["x", "y"], into="op")
    before, after = (bd.ledger.occurrences(INV, p, by=["operator_id"]) for p in (whole, again))
    assert before.equals(after)
