"""From where each item may be taken: one piece of information a rule, all asked of one home."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from burden.model.inventory import Inventory
from burden.simplify.planning.demands import Demands, known_to, sent_to, weighed
from tests.analysis.inventories import Row, asks, duty, portfolio
from tests.simplify.planning.rows import (
    BOTH,
    concept,
    demanded,
    home,
    meeting,
    reason,
    received,
    rules,
    sources,
    tool,
    two_tools,
)

PERSON = {"grain": "person", "population_id": "person"}
YOUNG = {"grain": "person", "population_id": "under_2"}
STAFF = {"grain": "staff_member", "population_id": "staff"}
MONTH = {"reference_period": "realised_month"}
EVENT = {"reference_period": "event"}
NOT_SAID = {"unit": "unspecified"}
KINDS = [
    concept("stock", additive="stock"), concept("no_sum", additive="no"), concept("filled", "text", "no"),
    concept("amount", "amount"), concept("status", "status", "no"), concept("undated", "status", "no"),
    concept("aged", "status", "no"), concept("planned", "status", "no"), concept("elsewhere", "status", "no"),
    concept("status_at_event", "status", "no"), concept("number", "identifier", "no"),
    concept("timed", "identifier", "no"),
]  # fmt: skip
HELD = {"authority_id": "ars", "register": "R", "grain": "establishment", "period": "P1Y", "status": "operational"}


def _asked_twice(name: str, other: str = "TWIN", own: Row | None = None, elsewhere: Row | None = None) -> list[Row]:
    return [asks("YEAR", name, **(own or {})), asks(other, name, **(elsewhere or {}))]


@pytest.fixture(scope="module")
def asked() -> Inventory:
    """YEAR and TWIN are yearly tools for the ARS; every other one is as its name says."""
    names = {
        "YEAR": {}, "TWIN": {}, "RARE": {"period": "P2Y"}, "OFTEN": {"period": "P6M"},
        "ONCE": {"period": "once"}, "EVENT": {"period": "event", "per": "incident"}, "SOME": {}, "HALF": {},
        "KEPT": {}, "GUARDED": {"protected": True}, "DOUBTFUL": {"protected": None},
    }  # fmt: skip
    requests = [
        *_asked_twice("same"), *_asked_twice("other_unit", elsewhere={"unit": "days"}),
        *_asked_twice("not_said", own=NOT_SAID, elsewhere=NOT_SAID),
        *_asked_twice("month", elsewhere=MONTH), *_asked_twice("stock", elsewhere=MONTH),
        *_asked_twice("added_up", elsewhere=PERSON), *_asked_twice("no_sum", elsewhere=PERSON),
        *_asked_twice("part", own=PERSON, elsewhere=YOUNG), *_asked_twice("operators", elsewhere={"grain": "operator"}),
        *_asked_twice("rare", "RARE"), *_asked_twice("often", "OFTEN"), *_asked_twice("once", "ONCE"),
        *_asked_twice("event", "EVENT"), *_asked_twice("some", "SOME"), *_asked_twice("half", "HALF"),
        *_asked_twice("kept", "KEPT"), *_asked_twice("item", own={"protected": True}),
        *_asked_twice("uncounted", own=STAFF, elsewhere=STAFF),
        *_asked_twice("guarded", "GUARDED"), *_asked_twice("guarded_unit", "GUARDED", {"unit": "days"}),
        *_asked_twice("doubtful", "DOUBTFUL"), *_asked_twice("doubtful_unit", "DOUBTFUL", {"unit": "days"}),
        asks("GUARDED", "either"), asks("TWIN", "either"), asks("OFTEN", "either", unit="days"),
        *_asked_twice("filled"), asks("YEAR", "alone"), asks("YEAR", "number", None), asks("YEAR", "timed", 5.0),
        asks("TWIN", "number", None), asks("TWIN", "timed", 5.0),
        *(asks("YEAR", name) for name in ("amount", "status", "undated", "aged", "planned", "elsewhere")),
        asks("EVENT", "status_at_event", **EVENT),
    ]  # fmt: skip
    known = {c["concept_id"] for c in KINDS}
    others = [concept(n) for n in dict.fromkeys(r["concept_id"] for r in requests) if n not in known]
    held = {"filled": {"filled_by_ids": "YEAR"}, "amount": {}, "status": {}, "undated": {"period": None},
            "aged": {"period": "P3Y"}, "planned": {"status": "planned"}, "elsewhere": {"grain": "person"},
            "status_at_event": {}}  # fmt: skip
    due = [duty(n) for n in names if n not in ("SOME", "HALF")]
    return rules(
        [tool(name, **more) for name, more in names.items()], requests,
        [*due, duty("SOME", "mecs"), duty("HALF", share=0.5)],
        concepts=[*KINDS, *others], recipients=received("KEPT", "ars", mode="on_request"),
        holdings=[HELD | {"concept_id": name} | more for name, more in held.items()],
    )  # fmt: skip


@pytest.fixture(scope="module")
def found(asked: Inventory) -> Demands:
    """A children's home and a home for the elderly, of ten persons each, one of them under two years."""
    numbers = {"person": 10.0, "under_2": 1.0, "incident": 2.0, "staff": None}
    return demanded(asked, portfolio(numbers, numbers | {"actor_id": "ehpad"}))


@pytest.mark.parametrize(
    ("name", "source", "reuse"),
    [
        ("same", "TWIN", "same"),
        ("other_unit", "TWIN", "harmonise"),
        ("not_said", "TWIN", "harmonise"),
        ("month", "TWIN", "derivable"),
        ("added_up", "TWIN", "derivable"),
        ("stock", "TWIN", "harmonise"),
        ("often", "OFTEN", "same"),
        ("doubtful", "DOUBTFUL", "same"),
    ],
)
def test_an_item_can_be_taken_from_one_that_is_as_fresh(found: Demands, name: str, source: str, reuse: str) -> None:
    assert sources(found, "YEAR", name) == {source: reuse}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("no_sum", "asked_here_only"),
        ("operators", "asked_here_only"),
        ("alone", "asked_here_only"),
        ("part", "asked_here_only"),
        ("rare", "less_fresh"),
        ("once", "less_fresh"),
        ("event", "less_fresh"),
        ("some", "less_fresh"),
        ("half", "less_fresh"),
        ("kept", "asked_here_only"),
        ("item", "protected"),
        ("uncounted", "not_known_of_whom"),
        ("filled", "fills_register"),
        ("aged", "less_fresh"),
        ("planned", "asked_here_only"),
        ("elsewhere", "asked_here_only"),
    ],
)
def test_an_item_stays_for_its_first_reason(found: Demands, name: str, why: str) -> None:
    assert (reason(found, "YEAR", name), sources(found, "YEAR", name)) == (why, {})


@pytest.mark.parametrize(
    ("obligation", "name", "source"),
    [("RARE", "rare", "YEAR"), ("TWIN", "part", "YEAR"), ("SOME", "some", "YEAR"), ("TWIN", "item", "YEAR"),
     ("GUARDED", "guarded", "YEAR"), ("DOUBTFUL", "doubtful", "YEAR"), ("EVENT", "event", "YEAR")],
)  # fmt: skip
def test_the_fresher_and_fuller_one_serves_the_other(found: Demands, obligation: str, name: str, source: str) -> None:
    assert sources(found, obligation, name) == {source: "same"}


def test_what_falls_on_a_share_is_left_as_it_is(found: Demands) -> None:
    assert reason(found, "HALF", "half") == "not_known_of_whom"


def test_what_is_asked_once_is_left_as_it_is(found: Demands) -> None:
    assert reason(found, "ONCE", "once") == "not_known_of_whom"


def test_what_is_kept_at_disposal_is_not_taken_from_elsewhere(found: Demands) -> None:
    assert reason(found, "KEPT", "kept") == "at_disposal"


@pytest.mark.parametrize("obligation", ["GUARDED", "DOUBTFUL"])
def test_a_tool_that_is_or_may_be_protected_is_not_harmonised(found: Demands, obligation: str) -> None:
    assert reason(found, obligation, f"{obligation.lower()}_unit") == "protected_tool"


def test_a_protected_tool_takes_what_is_the_same_from_there_alone(found: Demands) -> None:
    assert sources(found, "GUARDED", "either") == {"TWIN": "same"}


def test_a_number_that_one_home_does_not_know_leaves_the_item_of_all(asked: Inventory) -> None:
    some = demanded(asked, portfolio({"staff": 5.0}, {"staff": None}), reuse="same")
    assert reason(some, "YEAR", "uncounted") == "not_known_of_whom"


def test_a_protected_tool_may_be_a_source_of_what_is_to_be_harmonised(found: Demands) -> None:
    assert sources(found, "YEAR", "guarded_unit") == {"GUARDED": "harmonise"}


def test_protected_tools_are_harmonised_when_it_is_allowed(asked: Inventory) -> None:
    allowed = demanded(asked, home(), harmonise_protected=True)
    assert sources(allowed, "GUARDED", "guarded_unit") == {"YEAR": "harmonise"}


@pytest.mark.parametrize(
    ("name", "row", "reuse"), [("amount", 1, "harmonise"), ("status", 2, "same"), ("undated", 3, "harmonise")]
)
def test_a_register_without_perimeter_or_date_is_only_to_be_harmonised(
    found: Demands, name: str, row: int, reuse: str
) -> None:
    assert sources(found, "YEAR", name) == {f"register {row}": reuse}


def test_a_register_serves_those_who_do_not_fill_it(found: Demands) -> None:
    assert sources(found, "TWIN", "filled") == {"YEAR": "same", "register 0": "same"}


def test_what_is_due_at_an_event_does_not_wait_for_a_register(found: Demands) -> None:
    assert reason(found, "EVENT", "status_at_event") == "less_fresh"


def test_an_identifier_that_nobody_timed_is_no_slot(found: Demands) -> None:
    assert "number" not in set(found.slots["label_fr"])


def test_an_identifier_that_takes_time_is_an_item(found: Demands) -> None:
    assert sources(found, "YEAR", "timed") == {"TWIN": "same"}


@pytest.mark.parametrize(
    ("reuse", "left"), [("same", {"same"}), ("derivable", {"same", "derivable"})]
)  # fmt: skip
def test_only_the_classes_allowed_are_used(asked: Inventory, reuse: str, left: set[str]) -> None:
    assert set(demanded(asked, home(under_2=1.0), reuse=reuse).links["reuse"]) == left


def test_a_personal_share_is_not_that_of_another_recipient() -> None:
    share = {"perimeter": "recipient_share"}
    inv = rules(
        [tool("BUD"), tool("ACC")],
        [asks("BUD", "days", **share), asks("ACC", "days", **share)],
        recipients=received("ACC", "departement"),
    )
    assert sources(demanded(inv, home()), "BUD", "days") == {"ACC": "harmonise"}


def test_a_list_of_staff_does_not_serve_a_home_without_staff() -> None:
    # The list of the other home is no list of this one, whose number is asked all the same.
    inv = rules([tool("YEAR"), tool("LIST", per="staff")], [asks("YEAR", "days"), asks("LIST", "days", **STAFF)])
    assert sources(demanded(inv, portfolio({"staff": 5.0}, {"staff": 4.0})), "YEAR", "days") == {"LIST": "derivable"}
    assert sources(demanded(inv, portfolio({"staff": 5.0}, {"staff": 0.0})), "YEAR", "days") == {}


def test_what_is_asked_of_each_person_serves_a_part_of_them_and_a_part_of_the_part() -> None:
    inv = rules(
        [tool("ALL", per="person"), tool("SOME", per="under_2"), tool("FEW", per="under_1")],
        [asks(o, "days", grain="person") for o in ("ALL", "SOME", "FEW")],
    )
    found = demanded(inv, home(under_2=3.0, under_1=1.0))
    assert sources(found, "FEW", "days") == {"ALL": "same", "SOME": "same"}
    assert sources(found, "SOME", "days") == {"ALL": "same"}
    assert sources(found, "ALL", "days") == {}


def test_what_is_counted_per_nothing_known_is_left_as_it_is() -> None:
    inv = rules([tool("BUD", population_id=None), tool("ACC")], [asks("BUD", "days"), asks("ACC", "days")])
    found = demanded(inv, home())
    assert [reason(found, o, "days") for o in ("BUD", "ACC")] == ["not_known_of_whom", "less_fresh"]


def test_what_is_about_the_operator_serves_what_is_about_it_as_well() -> None:
    inv = rules([tool("BUD"), tool("ACC")], [asks(o, "days", grain="operator") for o in ("BUD", "ACC")])
    found = demanded(inv, home())
    assert [sources(found, o, "days") for o in ("BUD", "ACC")] == [{"ACC": "same"}, {"BUD": "same"}]


def test_what_falls_on_the_operator_serves_its_units() -> None:
    inv = rules(
        [tool("UNIT"), tool("HEAD")],
        [asks("UNIT", "days"), asks("HEAD", "days")],
        [duty("UNIT"), duty("HEAD", "operator")],
    )
    found = demanded(inv, portfolio({}, {"unit_id": "head", "actor_id": "operator"}))
    assert [sources(found, "UNIT", "days"), sources(found, "HEAD", "days")] == [{"HEAD": "same"}, {"UNIT": "same"}]


def test_weights_add_up_to_the_hours_of_today() -> None:
    found = demanded(two_tools(), home())
    assert found.slots["weight"].sum() + found.tools["weight"].sum() == 4.0 + 5.0


def test_a_side_weighs_what_the_user_says() -> None:
    inv = two_tools(activities=[meeting("ACC", 60.0), meeting("ACC", 120.0, side="authority")])
    found = demanded(inv, home(), sides={"respondent": 1.0, "authority": 0.5})
    assert found.tools["weight"].tolist() == [0.0, 2.0]


def test_a_side_that_is_not_named_does_not_count() -> None:
    inv = two_tools(activities=[meeting("ACC", 120.0, side="authority")])
    assert demanded(inv, home(), sides={"respondent": 1.0}).tools["weight"].sum() == 0.0


def test_what_nobody_timed_weighs_nothing_and_is_counted() -> None:
    inv = rules([tool("BUD")], [asks("BUD", "days", None), asks("BUD", "staff", 30.0)])
    slots = demanded(inv, home()).slots
    assert slots[["weight", "unmeasured"]].to_numpy().tolist() == [[0.0, 1], [0.5, 0]]


def test_what_is_beside_the_items_is_in_the_tool() -> None:
    found = demanded(two_tools(), home())
    assert found.tools.set_index("obligation_id")["weight"].to_dict() == {"BUD": 0.0, "ACC": 5.0}


def test_a_concept_that_nobody_said_to_be_impersonal_is_personal() -> None:
    inv = two_tools(concepts=[concept("days", personal=None), concept("staff")])
    assert demanded(inv, home()).slots["personal"].tolist() == [True, False, True, False]


def test_what_is_only_kept_at_disposal_is_sent_to_nobody() -> None:
    inv = two_tools(recipients=received("ACC", "departement", mode="on_request"))
    assert sent_to(inv) == {"BUD": ("ars",)}


def test_a_portfolio_that_is_asked_nothing_has_no_slot() -> None:
    inv = rules([tool("BUD")], [asks("BUD", "days")], [duty("BUD", "ehpad")])
    assert demanded(inv, home()).slots.empty


def test_an_authority_that_bears_an_obligation_has_what_it_asks() -> None:
    actors: list[dict[str, Any]] = [{"actor_id": "departement", "kind": "operator"}]
    inv = rules([tool("PLAN")], [asks("PLAN", "days")], [duty("PLAN", "departement")], actors=actors)
    assert known_to(inv) == {"PLAN": ("ars", "departement")}


def test_unknown_hours_are_counted_and_weigh_nothing() -> None:
    lines = pd.DataFrame({"hours_per_year": [2.0, None], "side": ["authority", "respondent"]})
    assert weighed(lines, "hours_per_year", BOTH)[["weight", "unmeasured"]].to_numpy().tolist() == [[2.0, 0], [0.0, 1]]
