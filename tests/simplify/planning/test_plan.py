"""The district's plan under terms of all kinds, plans drawn at random, and those of real portfolios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import burden as bd
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify import plan, verify
from burden.simplify.planning.formulation import Terms, limited
from burden.simplify.planning.plan import faced
from burden.simplify.planning.search import search
from burden.simplify.planning.written import read_plan, write_plan
from tests.analysis.inventories import asks, duty
from tests.simplify.planning.conftest import REAL, Case
from tests.simplify.planning.rows import (
    backwards,
    concept,
    home,
    meeting,
    received,
    renamed,
    rules,
    tool,
    two_tools,
)
from tests.simplify.planning.strategies import inventories, portfolios

FEW = settings(max_examples=3, deadline=None)


def saved(inv: Inventory, ptf: Portfolio, **terms: Any) -> float:
    return float(plan(inv, ptf, **terms).summary["saved"])


@pytest.mark.parametrize(
    ("name", "value"),
    [("today", 19.5), ("after", 5.5), ("saved", 14.0), ("bound", 5.5), ("gap", 0.0), ("transition", 0.0),
     ("unmeasured", 0.0)],
)  # fmt: skip
def test_the_summary_by_hand(worked: Case, name: str, value: float) -> None:
    assert worked[0].summary[name] == pytest.approx(value)


def test_ideas_added_up_count_what_two_of_them_share(worked: Case) -> None:
    # BUD 3 from ACC and the register, ACC 2, SUR 2, GUARD 2, CARE 1, PLAN 1, REP 0.5; no meeting.
    assert worked[0].summary["added_up"] == pytest.approx(11.5)


def test_the_best_plan_is_proven(worked: Case) -> None:
    assert worked[0].stopped == "optimal"


@pytest.mark.parametrize(
    ("terms", "hours"),
    [
        ({"max_acts": 0}, 11.0),
        ({"max_acts": 1}, 13.0),
        ({"max_acts": {"order": 0}}, 12.0),
        ({"max_acts": {"local_practice": 0}}, 9.0),
        ({"max_acts": {"all": 1, "order": 0}}, 12.0),
        ({"max_gateways": 0}, 5.0),
        ({"max_gateways": 1}, 12.0),
        ({"max_gateways": {"convention": 0}}, 6.0),
        ({"max_gateways": {"decree": 0}}, 13.0),
    ],
    ids=str,
)
def test_hours_saved_under_a_limit(worked: Case, terms: dict[str, Any], hours: float) -> None:
    problem = limited(worked[0].stated, Terms(**terms)).problem
    assert problem.today - search(problem).best == pytest.approx(hours)


@pytest.mark.parametrize(
    ("terms", "hours"),
    [
        ({"max_acts": 0, "max_gateways": 0}, 3.0),
        ({"max_acts": {"order": 0}, "max_gateways": {"convention": 1}}, 11.0),
        ({"without": ("departement",)}, 6.0),
        ({"reuse": "same"}, 13.0),
    ],
    ids=str,
)
def test_hours_saved_on_other_terms(worked: Case, terms: dict[str, Any], hours: float) -> None:
    _, inv, ptf = worked
    assert saved(inv, ptf, **terms) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("terms", "hours", "once"),
    [
        # A gateway takes two hours a year for five years: only that of ACC is worth it.
        ({"transition": {"gateway": 10.0}}, 12.0, 10.0),
        # The merger brings two hours more than taking the report alone.
        ({"transition": {"order": 5.0}}, 14.0, 5.0),
        ({"transition": {"order": 5.0}, "years": 2.0}, 12.0, 0.0),
        ({"transition": {"gateway": 10.0}, "years": 1000.0, "max_transition": 10.0}, 12.0, 10.0),
    ],
    ids=str,
)
def test_hours_saved_and_taken_once(worked: Case, terms: dict[str, Any], hours: float, once: float) -> None:
    _, inv, ptf = worked
    assert plan(inv, ptf, **terms).summary[["saved", "transition"]].tolist() == pytest.approx([hours, once])


@pytest.fixture(scope="module")
def no_text() -> Case:
    inv = two_tools(recipients=[])
    return plan(inv, home(), max_acts=0, max_gateways=0), inv, home()


def test_without_acts_and_gateways_none_is_needed(no_text: Case) -> None:
    found = no_text[0]
    assert (len(found.gateways), set(found.acts["level"])) == (0, {"local_practice"})


@pytest.mark.parametrize(("sides", "hours"), [(None, 4.0), ({"respondent": 1.0, "authority": 0.5}, 3.0)], ids=str)
def test_sides_weigh_what_they_are_given(sides: dict[str, float] | None, hours: float) -> None:
    inv = two_tools(activities=[meeting("ACC", 120.0, side="authority")])
    assert saved(inv, home(), sides=sides) == pytest.approx(hours)


def test_euros_are_weighed_by_who_does_the_work() -> None:
    # ACC costs 30 €; BUD 80 €: BUD ends, as nothing else keeps it.
    inv = rules(
        [tool("BUD"), tool("ACC")],
        [asks("BUD", "days", staff_grade="director"), asks("ACC", "days", staff_grade="administrative")],
        tariffs=[{"staff_grade": "director", "year": 2025, "eur_per_h": 80.0},
                 {"staff_grade": "administrative", "year": 2025, "eur_per_h": 30.0}],
    )  # fmt: skip
    found = plan(inv, home(), measure="cost_eur_per_year")
    assert found.summary[["today", "saved"]].tolist() == pytest.approx([110.0, 80.0])


def test_what_has_no_tariff_is_counted_and_weighs_nothing() -> None:
    found = plan(two_tools(), home(), measure="cost_eur_per_year")
    assert found.summary[["today", "saved", "unmeasured"]].tolist() == [0.0, 0.0, 5.0]


def test_a_protected_tool_is_harmonised_only_when_it_is_allowed() -> None:
    inv = rules(
        [tool("GUARD", protected=True), tool("BUD", period="P6M")],
        [asks("GUARD", "days", unit="days"), asks("BUD", "days")],
    )
    assert [saved(inv, home(), harmonise_protected=allowed) for allowed in (False, True)] == [0.0, 1.0]


def test_a_list_read_in_part_stays_where_it_cannot_be_merged() -> None:
    # ACC takes its items from BUD, and stays for what else it asks; its meeting as well.
    inv = rules(
        [tool("BUD"), tool("ACC", item_list="partial", deadline="N+1:04-30"), tool("END", deadline="N+1:06-30")],
        [asks("BUD", "days", protected=True), asks("ACC", "days"), asks("END", "days", protected=True)],
        recipients=received("ACC", "departement"),
        activities=[meeting("ACC", 300.0)],
    )
    assert saved(inv, home()) == pytest.approx(1.0)


def test_a_list_read_in_full_ends_once_all_of_it_is_taken_from_elsewhere(worked: Case) -> None:
    found = worked[0]
    assert found.measures.loc[found.measures["kind"] == "end", "obligation_id"].tolist() == ["ACC"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"reuse": "similar"}, "no class of reuse 'similar'; there are same, derivable, harmonise"),
        ({"measure": "minutes"}, "'minutes' is not one of"),
        ({"sides": {"citizen": 1.0}}, "there is no side 'citizen'; there are respondent and authority"),
        ({"max_acts": {"laws": 0}}, "there is no level 'laws'"),
        ({"max_gateways": {"decre": 0}}, "there is no level 'decre'"),
        ({"years": 0.0}, "0.0 years: the transition is spread over more than none"),
    ],
    ids=str,
)
def test_terms_that_do_not_exist_are_named(terms: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        plan(two_tools(), home(), **terms)


@pytest.fixture(scope="module")
def unchanged() -> Case:
    """Two obligations that have nothing in common."""
    inv = rules([tool("BUD"), tool("ACC")], [asks("BUD", "days"), asks("ACC", "staff")])
    return plan(inv, home()), inv, home()


def test_a_plan_without_anything_to_change_is_today(unchanged: Case) -> None:
    assert unchanged[0].summary[["today", "after", "saved"]].tolist() == [2.0, 2.0, 0.0]


def test_a_plan_without_anything_to_change_has_no_lever(unchanged: Case) -> None:
    assert unchanged[0].scenario.steps == ()


def test_a_plan_without_anything_to_change_holds(unchanged: Case) -> None:
    assert verify(*unchanged).holds


def test_a_plan_without_anything_to_change_is_written_and_read_again(unchanged: Case, tmp_path: Path) -> None:
    again = read_plan(write_plan(unchanged[0], tmp_path))
    assert (again.scenario.steps, again.summary["saved"]) == ((), 0.0)


def test_a_register_of_a_role_is_held_by_the_authority_that_plays_it() -> None:
    held = {"authority_id": "pricing", "concept_id": "capacity", "register": "R", "grain": "establishment",
            "period": "P1Y", "status": "operational"}  # fmt: skip
    inv = rules(
        [tool("BUD", required_by_id="caf")],
        [asks("BUD", "capacity")],
        concepts=[concept("capacity", "status", "no")],
        holdings=[held],
        competences=[{"actor_id": "essms", "role_id": "pricing", "authority_id": "caf"}],
    )
    found = plan(inv, home(), max_gateways=0)
    assert found.items["source_id"].tolist() == ["caf"]


def test_a_portfolio_that_is_asked_nothing_has_a_plan_of_nothing() -> None:
    inv = rules([tool("BUD")], [asks("BUD", "days")], [duty("BUD", "ehpad")])
    assert plan(inv, home()).summary[["today", "saved"]].tolist() == [0.0, 0.0]


def test_no_time_leaves_everything_as_it_is() -> None:
    found = plan(two_tools(), home(), seconds=0.0)
    assert (found.stopped, found.summary["saved"]) == ("time", 0.0)


def test_other_names_change_no_total(worked: Case) -> None:
    found, inv, ptf = worked
    again = plan(*renamed(inv, ptf, backwards(inv)))
    assert again.summary.tolist() == pytest.approx(found.summary.tolist())


@settings(FEW, max_examples=2)
@given(inv=inventories(), ptf=portfolios())
def test_other_names_change_no_total_of_a_plan_drawn_at_random(inv: Inventory, ptf: Portfolio) -> None:
    again = renamed(inv, ptf, backwards(inv))
    assert plan(*again).summary.tolist() == pytest.approx(plan(inv, ptf).summary.tolist())


@FEW
@given(inv=inventories(), ptf=portfolios())
def test_a_plan_drawn_at_random_is_proven_and_holds(inv: Inventory, ptf: Portfolio) -> None:
    found = plan(inv, ptf)
    assert found.stopped == "optimal"
    assert verify(found, inv, ptf).faults.empty


@FEW
@given(inv=inventories(), ptf=portfolios())
def test_looser_terms_never_save_less(inv: Inventory, ptf: Portfolio) -> None:
    loose = plan(inv, ptf)
    tight = saved(inv, ptf, reuse="same", without=("court",), max_acts=1, max_gateways=1)
    limits: list[dict[str, Any]] = [{"max_acts": 1, "max_gateways": 1}, {"max_acts": 2}]
    between = [loose.summary["today"] - search(limited(loose.stated, Terms(**t)).problem).best for t in limits]
    hours = [0.0, tight, *between, loose.summary["saved"]]
    assert hours == pytest.approx(sorted(hours))


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_is_proven(real_plan: Callable[[str], Case], name: str) -> None:
    assert real_plan(name)[0].stopped == "optimal"


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_saves_something(real_plan: Callable[[str], Case], name: str) -> None:
    assert real_plan(name)[0].summary["saved"] > 0


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_saves_no_more_than_its_ideas_and_what_ends(real_plan: Callable[[str], Case], name: str) -> None:
    found = real_plan(name)[0]
    ended = found.untouched.set_index("reason")["weight"].get("ended", 0.0)
    assert found.summary["saved"] <= found.summary["added_up"] + ended + 1e-6


def test_a_real_plan_without_acts_and_gateways_needs_none(real_plan: Callable[[str], Case]) -> None:
    _, inv, ptf = real_plan("five-silo-association")
    found = plan(inv, ptf, max_acts=0, max_gateways=0)
    assert (len(found.gateways), set(found.acts["level"]) & {"law", "decree", "order", "unknown"}) == (0, set())


def test_what_a_real_plan_leaves_is_in_the_ledger(real_plan: Callable[[str], Case]) -> None:
    found, inv, ptf = real_plan("home-intervention-association")
    today = bd.ledger.totals(*faced(inv, ptf))["hours_per_year"].item()
    assert found.summary["today"] == pytest.approx(today)
