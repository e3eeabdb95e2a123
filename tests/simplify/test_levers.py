from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import burden as bd
from burden.model.findings import InventoryError
from burden.simplify import levers
from tests.analysis.inventories import portfolio
from tests.simplify.rows import home, tools


def hours(case: levers.Case) -> float:
    return float(bd.ledger.totals(*case)["hours_per_year"].item())


def test_today_takes_these_hours() -> None:
    # BUD 3, ACC 2, CALL 2 × 10, GRANT 1.
    assert hours((tools(), home())) == 26.0


@pytest.mark.parametrize(
    ("lever", "given", "left"),
    [
        (levers.drop, {"obligation": "BUD"}, 23.0),
        (levers.drop, {"obligation": "BUD", "concepts": ["project"]}, 25.0),
        (levers.merge, {"obligation": "ACC", "into": "BUD"}, 25.0),
        (levers.share, {"obligation": "ACC", "concepts": ["days"], "source": "BUD"}, 25.0),
        (levers.share, {"obligation": "BUD", "concepts": ["days"], "source": "ars"}, 25.0),
        (levers.lengthen, {"obligation": "BUD", "period": "P3Y"}, 24.0),
        (levers.align, {"obligation": "BUD", "deadline": "N+1:06-30"}, 26.0),
        (levers.recognise, {"obligation": "BUD", "by": "ACC", "coverage": 0.5}, 24.5),
        (levers.sample, {"obligation": "CALL", "share": 0.1}, 8.0),
        (levers.threshold, {"obligation": "BUD", "population": "person", "minimum": 50.0}, 23.0),
        (levers.afterwards, {"obligation": "BUD"}, 26.0),
        (levers.harmonise, {"concept": "ftes", "like": "BUD", "obligations": ["ACC"]}, 26.0),
        (levers.contract, {"units": ["u0"], "add": ["cpom"]}, 25.0),
        (levers.instead, {"obligation": "CALL", "by": "GRANT"}, 8.0),
    ],
)
def test_what_is_left_once_a_lever_is_pulled(
    lever: Callable[..., levers.Case], given: dict[str, Any], left: float
) -> None:
    assert hours(lever(tools(), home(), **given)) == pytest.approx(left)


def test_no_lever_edits_what_it_is_given() -> None:
    inv, ptf = tools(), home()
    levers.merge(inv, ptf, obligation="ACC", into="BUD")
    levers.contract(inv, ptf, units=["u0"], add=["cpom"])
    assert bd.difference(inv, tools()).empty
    assert ptf.units.equals(home().units)


def test_a_merged_tool_reaches_the_recipients_of_both() -> None:
    merged, _ = levers.merge(tools(), home(), obligation="ACC", into="BUD")
    assert set(merged.recipients["authority_id"]) == {"ars", "departement"}


def test_an_item_with_other_facets_stays_apart_in_a_merger() -> None:
    merged, _ = levers.merge(tools(), home(), obligation="ACC", into="BUD")
    asked = merged.requests[merged.requests["obligation_id"] == "BUD"]
    assert sorted(asked["label_fr"]) == ["days", "ftes", "ftes (ACC)", "project"]


def test_harmonised_items_have_the_same_facets() -> None:
    agreed, _ = levers.harmonise(tools(), home(), concept="ftes", like="BUD", obligations=["ACC"])
    asked = agreed.requests[agreed.requests["concept_id"] == "ftes"]
    assert asked["reference_period"].nunique() == 1


def test_grouped_operators_are_one() -> None:
    two = portfolio({"unit_id": "a", "operator_id": "x"}, {"unit_id": "b", "operator_id": "y"})
    _, one = levers.group(tools(), two, operators=["x", "y"], into="z")
    assert one.units["operator_id"].tolist() == ["z", "z"]


@pytest.mark.parametrize(
    ("lever", "given", "said"),
    [
        (levers.drop, {"obligation": "BUDG"}, "Did you mean 'BUD'"),
        (levers.drop, {"obligation": "ACC", "concepts": ["project"]}, "does not ask for 'project'"),
        (levers.share, {"obligation": "BUD", "concepts": ["project"], "source": "ACC"}, "does not have 'project'"),
        (levers.lengthen, {"obligation": "BUD", "period": "anual"}, "'anual' is not a period"),
        (levers.align, {"obligation": "BUD", "deadline": "30 June"}, "'30 June' is not a deadline"),
        (levers.sample, {"obligation": "BUD", "share": 2.0}, "2.0 is not a share"),
        (levers.threshold, {"obligation": "BUD", "population": "persons", "minimum": 1.0}, "Did you mean 'person'"),
    ],
)
def test_a_lever_that_does_not_fit_says_why(lever: Callable[..., Any], given: dict[str, Any], said: str) -> None:
    with pytest.raises(InventoryError, match=said):
        lever(tools(), home(), **given)
