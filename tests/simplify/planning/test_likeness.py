"""Whether one item gives what another asks, pair by pair."""

from __future__ import annotations

from typing import Any

import pytest

from burden.simplify.planning.likeness import unlike

Row = dict[str, Any]
HOME: Row = {
    "concept_id": "days", "additive": "flow", "subject": "establishment", "grain": "establishment",
    "population_id": "establishment", "reference_period": "realised_year", "perimeter": "whole", "unit": "count",
    "whose": "", "lasting": True,
}  # fmt: skip
PERSON = {"subject": "member", "grain": "person", "population_id": "person"}
YOUNG = PERSON | {"population_id": "under_2"}
MONTH = {"reference_period": "realised_month"}
EVENT = {"population_id": "incident", "reference_period": "event", "lasting": False}
YEAR_AT_EVENT = {"population_id": "incident"}
OTHERS = "about others, or about some of them only"
FACETS = "not the same in every facet"
NO_SUM = "it cannot be added up from there"


def fault(own: Row, source: Row, reuse: str, **both: Any) -> str:
    """Why one item about a home does not give another."""
    return unlike(HOME | both | own, HOME | both | source, reuse, {"under_2": "person", "person": ""})


@pytest.mark.parametrize(
    ("own", "source", "reuse"),
    [
        ({}, {}, "same"),
        (PERSON, PERSON, "same"),
        (YOUNG, PERSON, "same"),
        ({}, {"unit": "days"}, "harmonise"),
        ({}, {"unit": "unspecified"}, "harmonise"),
        ({}, MONTH, "derivable"),
        ({}, PERSON, "derivable"),
        ({}, PERSON | MONTH, "derivable"),
        (PERSON, PERSON | MONTH, "derivable"),
        ({}, PERSON | {"unit": "days"}, "harmonise"),
        (YEAR_AT_EVENT, {}, "same"),
    ],
    ids=str,
)
def test_it_gives_what_is_asked(own: Row, source: Row, reuse: str) -> None:
    assert fault(own, source, reuse) == ""


@pytest.mark.parametrize(
    ("own", "source", "reuse", "why"),
    [
        ({}, {"concept_id": "staff"}, "harmonise", "days ≠ staff"),
        ({}, {"unit": "days"}, "same", FACETS),
        ({}, {"perimeter": "activity"}, "same", FACETS),
        ({}, MONTH, "same", FACETS),
        ({"unit": "unspecified"}, {"unit": "unspecified"}, "same", FACETS),
        ({"reference_period": "request_date"}, {"reference_period": "request_date"}, "same", FACETS),
        (MONTH, {}, "derivable", NO_SUM),
        ({}, {"unit": "days"}, "derivable", NO_SUM),
        ({}, MONTH | {"unit": "days"}, "derivable", NO_SUM),
        ({}, PERSON | {"unit": "unspecified"}, "derivable", NO_SUM),
        ({}, YOUNG, "derivable", NO_SUM),
        (PERSON, {}, "harmonise", NO_SUM),
        ({"grain": "operator", "subject": "operator"}, {}, "harmonise", NO_SUM),
        (PERSON, PERSON | {"grain": "staff_member"}, "harmonise", NO_SUM),
        (PERSON, YOUNG, "harmonise", OTHERS),
        (EVENT, {}, "harmonise", OTHERS),
        ({"subject": "alone"}, {"subject": "alone"}, "harmonise", "nothing else is known to be about the same"),
    ],
    ids=str,
)
def test_it_does_not_give_what_is_asked(own: Row, source: Row, reuse: str, why: str) -> None:
    assert fault(own, source, reuse) == why


@pytest.mark.parametrize(("additive", "why"), [("flow", ""), ("stock", NO_SUM), ("no", NO_SUM)])
def test_months_make_a_year_of_what_flows(additive: str, why: str) -> None:
    assert fault({}, MONTH, "derivable", additive=additive) == why


@pytest.mark.parametrize(("additive", "why"), [("flow", ""), ("stock", ""), ("no", NO_SUM)])
def test_persons_make_a_home_of_what_adds_up(additive: str, why: str) -> None:
    assert fault({}, PERSON, "derivable", additive=additive) == why


@pytest.mark.parametrize(("whose", "why"), [("ars", ""), ("departement", FACETS)])
def test_the_share_of_a_recipient_is_that_of_no_other(whose: str, why: str) -> None:
    assert fault({"whose": "ars"}, {"whose": whose}, "same", perimeter="recipient_share") == why
