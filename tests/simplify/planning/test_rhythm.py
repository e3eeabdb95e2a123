"""How often each unit is asked something."""

from __future__ import annotations

import pytest

from burden.analysis.askings import items
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify.planning.rhythm import Rhythm
from tests.analysis.inventories import Row, asks, duty, portfolio
from tests.simplify.planning.rows import rules, tool

STAFF = {"grain": "staff_member", "population_id": "staff"}


def asked(more: Row | None = None, due: Row | None = None, **facets: object) -> Inventory:
    return rules([tool("BUD", **(more or {}))], [asks("BUD", "days", **facets)], [duty("BUD", **(due or {}))])


def rates(inv: Inventory, ptf: Portfolio) -> tuple[list[float] | None, list[float]]:
    """How often the item is demanded of each, and how often it is surely given."""
    rhythm, row = Rhythm(inv, ptf), items(inv).to_dict("records")[0]
    demanded = rhythm.demanded(row)
    return None if demanded is None else demanded.tolist(), rhythm.given(row).tolist()


@pytest.mark.parametrize(
    ("more", "times"), [({}, 1.0), ({"period": "P6M"}, 2.0), ({"period": "P2Y"}, 0.5)], ids=str
)  # fmt: skip
def test_a_home_is_asked_as_often_as_it_falls_due(more: Row, times: float) -> None:
    assert rates(asked(more), portfolio({})) == ([times], [times])


def test_a_home_on_which_it_does_not_fall_is_not_asked() -> None:
    assert rates(asked(due={"actor": "mecs"}), portfolio({}, {"actor_id": "ehpad"})) == ([1.0, 0.0], [1.0, 0.0])


def test_what_falls_on_a_half_is_demanded_and_not_surely_given() -> None:
    assert rates(asked(due={"share": 0.5}), portfolio({})) == ([1.0], [0.0])


def test_a_number_that_is_not_known_is_neither_demanded_nor_given_for_sure() -> None:
    assert rates(asked(**STAFF), portfolio({"staff": None})) == (None, [0.0])


def test_a_number_that_one_home_does_not_know_is_not_known_of_all() -> None:
    assert rates(asked(**STAFF), portfolio({"staff": None}, {"staff": 12.0})) == (None, [0.0, 1.0])


@pytest.mark.parametrize(("staff", "demanded"), [(0.0, [0.0]), (12.0, None)])
def test_a_duty_that_is_not_known_matters_where_there_are_members(staff: float, demanded: list[float] | None) -> None:
    sized = {"threshold_population_id": "person", "threshold_minimum": 50}
    assert rates(asked(due=sized, **STAFF), portfolio({"staff": staff})) == (demanded, [0.0])


def test_members_are_asked_where_there_are_any() -> None:
    assert rates(asked(**STAFF), portfolio({"staff": 12.0}, {"staff": 0.0})) == ([1.0, 0.0], [1.0, 0.0])


def test_what_is_due_once_has_no_rhythm() -> None:
    assert rates(asked({"period": "once"}), portfolio({}))[0] is None


def test_what_falls_on_the_operator_is_asked_of_each_home() -> None:
    both = portfolio({}, {}, {"actor_id": "operator"})
    assert rates(asked(due={"actor": "operator"}), both) == ([1.0, 1.0, 0.0], [1.0, 1.0, 0.0])


def test_what_the_operator_has_beyond_its_homes_is_its_own() -> None:
    both = portfolio({"staff": 3.0}, {"actor_id": "operator", "staff": 5.0})
    assert rates(asked(due={"actor": "operator"}, **STAFF), both) == ([1.0, 1.0], [1.0, 1.0])


def test_what_is_about_the_operator_is_counted_once() -> None:
    about = {"grain": "operator", "population_id": "establishment"}
    assert rates(asked(**about), portfolio({}, {}, {"operator_id": "other"})) == ([1.0, 1.0], [1.0, 1.0])


@pytest.mark.parametrize(
    ("own", "into", "covered"),
    [
        ({}, {}, True),
        ({}, {"period": "P6M"}, True),
        ({}, {"period": "P2Y"}, False),
        ({"period": "event"}, {"period": "event"}, False),
        ({}, {"share": 0.5}, False),
        ({"share": 0.5}, {}, True),
        ({}, {"actor": "mecs"}, False),
        ({"actor": "mecs"}, {}, True),
    ],
    ids=str,
)
def test_whether_one_obligation_covers_another(own: Row, into: Row, covered: bool) -> None:
    due = {"actor", "share"}
    rows = {"OWN": own, "INTO": into}
    inv = rules(
        [tool(n, **{k: v for k, v in r.items() if k not in due}) for n, r in rows.items()],
        [asks(n, "days") for n in rows],
        [duty(n, **{k: v for k, v in r.items() if k in due}) for n, r in rows.items()],
    )
    assert Rhythm(inv, portfolio({}, {"actor_id": "ehpad"})).covered("OWN", "INTO") is covered
