"""What must be permitted before an item can be taken from elsewhere, and the limits on permits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from burden.model.inventory import Inventory
from burden.simplify.planning.formulation import Formulation, Terms, limited
from burden.simplify.planning.problem import nothing, weight
from tests.analysis.inventories import asks
from tests.simplify.planning.rows import concept, home, needs, received, rules, stated, tool, two_tools

INSTRUMENTS = {"SURVEY": "statistical_survey", "CONTRACT": "cpom", "VISIT": "inspection", "QUALITY": "evaluation"}
TO = {"DEP": ["departement"], "CAF": ["caf"], "COURT": ["court"], "BOTH": ["ars", "departement"],
      "PEOPLE": ["persons"], "PRICING": ["pricing"]}  # fmt: skip
STATUS = {"passes": "operational", "may_pass": "lawful", "will_pass": "planned", "barred": "barred"}
CONCEPTS = [concept("names", personal=True), concept("not_said", personal=None)]


def _inventory() -> Inventory:
    """Every tool asks of the home the same things as ARS, which is for the ARS alone."""
    plain = ["days", "unit", "names", "not_said", *STATUS]
    tools = ["ARS", *TO, *INSTRUMENTS, "SAME", "NO_TEXT", "TWO_TEXTS"]
    asked = {"PEOPLE": ["for_people"], "ARS": [*plain, "for_people"]}
    requests = [
        asks(t, c, unit="days" if c == "unit" and t == "ARS" else "count") for t in tools for c in asked.get(t, plain)
    ]
    texts = {"NO_TEXT": "", "TWO_TEXTS": "law|decree"}
    known = {c["concept_id"] for c in CONCEPTS}
    return rules(
        [tool(t, instrument=INSTRUMENTS.get(t, "budget"), legal_base_ids=texts.get(t, "order")) for t in tools],
        requests,
        concepts=[*CONCEPTS, *(concept(c) for c in [*plain, "for_people"] if c not in known)],
        recipients=[row for t, whom in TO.items() for row in received(t, *whom)],
        exchanges=[
            *(_passes("departement", "ars", name, status) for name, status in STATUS.items()),
            _passes("pricing", "ars", "days", "lawful"),
        ],
        competences=[{"actor_id": "essms", "role_id": "pricing", "authority_id": "caf"}],
    )


def _passes(giver: str, receiver: str, name: str, status: str) -> dict[str, Any]:
    return {"from_authority_id": giver, "to_authority_id": receiver, "concept_id": name, "status": status}


@pytest.fixture(scope="module")
def inv() -> Inventory:
    return _inventory()


@pytest.fixture(scope="module")
def found(inv: Inventory) -> Formulation:
    return stated(inv, home())


@pytest.mark.parametrize(
    ("obligation", "concept", "source", "needed"),
    [
        ("SAME", "days", "ARS", []),
        ("DEP", "days", "BOTH", []),
        ("BOTH", "days", "DEP", [{"departement>ars convention"}]),
        ("ARS", "names", "DEP", [{"departement>ars decree"}]),
        ("ARS", "not_said", "DEP", [{"departement>ars decree"}]),
        ("ARS", "days", "COURT", [{"court>ars convention"}]),
        ("ARS", "names", "COURT", [{"court>ars law"}]),
        ("CAF", "days", "BOTH", [{"ars>caf convention", "departement>caf convention"}]),
        ("BOTH", "days", "COURT", [{"court>ars convention"}, {"court>departement convention"}]),
        ("ARS", "passes", "DEP", []),
        ("ARS", "may_pass", "DEP", []),
        ("ARS", "will_pass", "DEP", [{"departement>ars convention"}]),
        ("DEP", "passes", "ARS", [{"ars>departement convention"}]),
    ],
)
def test_it_takes_a_way_for_the_item_to_pass(
    found: Formulation, obligation: str, concept: str, source: str, needed: list[set[str]]
) -> None:
    assert needs(found, obligation, concept, source) == needed


def test_an_exchange_of_a_role_is_that_of_the_authority_that_plays_it(found: Formulation) -> None:
    assert needs(found, "ARS", "days", "CAF") == []


def test_a_tool_for_a_role_reaches_the_authority_that_plays_it(found: Formulation) -> None:
    assert needs(found, "CAF", "days", "PRICING") == []


def test_a_barred_exchange_is_no_way(found: Formulation) -> None:
    assert needs(found, "ARS", "barred", "DEP") is None


def test_a_barred_exchange_leaves_the_way_through_another_authority(found: Formulation) -> None:
    assert needs(found, "ARS", "barred", "BOTH") == []


def test_a_barred_exchange_bars_one_direction(found: Formulation) -> None:
    assert needs(found, "DEP", "barred", "ARS") == [{"ars>departement convention"}]


def test_nothing_passes_to_persons_through_authorities(found: Formulation) -> None:
    assert needs(found, "PEOPLE", "for_people", "ARS") is None


def test_nothing_passes_from_persons_to_authorities(found: Formulation) -> None:
    assert needs(found, "ARS", "for_people", "PEOPLE") is None


@pytest.mark.parametrize("obligation", INSTRUMENTS)
def test_what_is_no_demand_or_declaration_takes_its_text(found: Formulation, obligation: str) -> None:
    assert needs(found, obligation, "days", "ARS") == [{"order"}]


def test_what_a_court_demands_takes_its_text(found: Formulation) -> None:
    assert needs(found, "COURT", "days", "ARS") == [{"ars>court convention"}, {"order"}]


def test_another_definition_takes_the_text(found: Formulation) -> None:
    assert needs(found, "ARS", "unit", "SAME") == [{"order"}]


def test_every_text_of_a_tool_must_change(found: Formulation) -> None:
    assert needs(found, "TWO_TEXTS", "unit", "ARS") == [{"law"}, {"decree"}]


def test_a_text_that_is_not_known_is_needed_all_the_same(found: Formulation) -> None:
    assert needs(found, "NO_TEXT", "unit", "ARS") == [{"unknown:NO_TEXT"}]


def test_the_act_of_a_text_that_is_not_known_is_of_an_unknown_level(found: Formulation) -> None:
    permits = found.permits.set_index("legal_base_id")
    assert permits.loc["unknown:NO_TEXT", ["level", "authority_ids"]].tolist() == ["unknown", "ars"]


@pytest.fixture(scope="module")
def unasked(inv: Inventory) -> Formulation:
    return stated(inv, home(), without=("departement", "court"))


def test_an_authority_that_is_not_asked_opens_no_gateway(unasked: Formulation) -> None:
    assert needs(unasked, "BOTH", "days", "DEP") is None


def test_another_authority_may_stand_in_for_one_that_is_not_asked(unasked: Formulation) -> None:
    assert needs(unasked, "CAF", "days", "BOTH") == [{"ars>caf convention"}]


def test_an_authority_that_is_not_asked_amends_no_text(unasked: Formulation) -> None:
    assert needs(unasked, "TWO_TEXTS", "unit", "ARS") is None


def test_what_exists_already_needs_nobody_to_be_asked(unasked: Formulation) -> None:
    assert needs(unasked, "ARS", "passes", "DEP") == []


def test_the_permits_of_two_personal_items_are_one(found: Formulation) -> None:
    gateways = found.permits[found.permits["kind"] == "gateway"]
    assert not gateways.duplicated(["from_authority_id", "to_authority_id", "personal"]).any()


def test_the_problem_weighs_what_is_demanded_today(found: Formulation) -> None:
    assert found.problem.today == pytest.approx(len(found.demands.slots))


def test_doing_nothing_weighs_what_today_does(found: Formulation) -> None:
    assert weight(found.problem, nothing(found.problem)) == pytest.approx(found.problem.today)


def test_links_stand_in_the_order_of_those_of_the_problem(found: Formulation) -> None:
    assert (found.links["slot"].to_numpy() == found.problem.slot).all()
    assert (found.links["source"].to_numpy() == found.problem.source).all()


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ({}, []),
        ({"max_acts": 2}, [({"order", "unknown"}, 2.0)]),
        ({"max_acts": {"order": 1, "local_practice": 0}}, [({"order"}, 1.0), ({"local_practice"}, 0.0)]),
        ({"max_gateways": 3}, [({"convention"}, 3.0)]),
        ({"max_gateways": {"convention": 1, "law": 0}}, [({"convention"}, 1.0), (set(), 0.0)]),
        ({"max_acts": 1, "max_gateways": 0}, [({"order", "unknown"}, 1.0), ({"convention"}, 0.0)]),
    ],
    ids=["none", "acts", "acts by level", "gateways", "gateways by level", "both"],
)
def test_a_limit_counts_permits_of_these_levels(
    tools: Formulation, given: Mapping[str, Any], rows: list[tuple[set[str], float]]
) -> None:
    problem = limited(tools, Terms(**given)).problem
    level = tools.permits["level"].to_numpy()
    counted = [set(level[row > 0]) for row in problem.limits.toarray()]
    assert list(zip(counted, problem.limit.tolist(), strict=True)) == rows


@pytest.fixture(scope="module")
def tools() -> Formulation:
    """BUD rests on an order, ACC on a practice, and PLAN on nothing that is known."""
    inv = rules(
        [tool("BUD"), tool("ACC", legal_base_ids="custom"), tool("PLAN", legal_base_ids="")],
        [asks(t, "days", unit=u) for t, u in (("BUD", "count"), ("ACC", "days"), ("PLAN", "hours"))],
        recipients=received("ACC", "departement"),
    )
    return stated(inv, home())


@pytest.fixture(scope="module")
def costly() -> Formulation:
    """BUD for the ARS and ACC for the département; acts and gateways take hours once, over four years."""
    transition = {"order": 10.0, "gateway": 4.0, "merge": 1.0}
    return stated(two_tools(), home(), transition=transition, years=4.0, max_transition=6.0)


def test_a_transition_is_spread_over_the_years(costly: Formulation) -> None:
    permits = costly.permits
    taken = dict(zip(permits["kind"] + " " + permits["level"], costly.problem.permit_weight, strict=True))
    assert taken == {"act order": 2.5, "act local_practice": 0.0, "gateway convention": 1.0}


def test_a_limit_of_the_transition_counts_what_changes_take_once(costly: Formulation) -> None:
    counted = dict(
        zip(costly.permits["kind"] + " " + costly.permits["level"], costly.problem.limits.toarray()[0], strict=True)
    )
    assert counted == {"act order": 10.0, "act local_practice": 0.0, "gateway convention": 4.0}
    assert costly.problem.limit.tolist() == [6.0]


def test_an_end_needs_the_texts_of_the_obligation(costly: Formulation) -> None:
    tool_of = costly.demands.tools["obligation_id"].tolist().index("ACC")
    acts = costly.problem.clauses[costly.problem.end_needs[[tool_of]].nonzero()[1]].nonzero()[1]
    assert costly.permits["legal_base_id"].to_numpy()[acts].tolist() == ["custom"]


def test_other_limits_leave_the_rest_of_the_problem(costly: Formulation) -> None:
    again = limited(costly, Terms(max_acts=0))
    assert np.array_equal(again.problem.collected_weight, costly.problem.collected_weight)
    assert again.links is costly.links


def test_an_obligation_whose_text_nobody_may_be_asked_to_amend_cannot_end() -> None:
    found = stated(two_tools(), home(), without=("departement",))
    assert found.problem.closable.tolist() == [True, False]


def test_a_merge_needs_the_texts_of_both() -> None:
    inv = rules(
        [tool("BUD"), tool("ACC", legal_base_ids="custom")],
        [asks("BUD", "days"), asks("ACC", "days"), asks("ACC", "staff")],
    )
    found = stated(inv, home())
    merge = found.permits.index[found.permits["obligation_id"] == "ACC"].item()
    clauses = found.problem.permit_needs[[merge]].nonzero()[1]
    acts = found.problem.clauses[clauses].nonzero()[1]
    assert set(found.permits["legal_base_id"].to_numpy()[acts]) == {"order", "custom"}
