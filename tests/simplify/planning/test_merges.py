"""What may become part of what: one pair of tools a rule, the first asking one thing more than the second."""

from __future__ import annotations

import pandas as pd
import pytest

from burden.model.inventory import Inventory
from burden.simplify.planning.demands import Demands
from burden.simplify.planning.merges import endings, merges, moved
from burden.simplify.planning.plan import faced
from tests.analysis.inventories import Row, asks, duty, portfolio
from tests.simplify.planning.rows import BOTH, concept, demanded, home, received, rules, tool

PAIRS: dict[str, tuple[Row, Row]] = {
    "alike": ({}, {}),
    "more often": ({}, {"period": "P6M"}),
    "less often": ({}, {"period": "P2Y"}),
    "at events": ({"period": "event"}, {"period": "event"}),
    "counted otherwise": ({}, {"per": "operator"}),
    "same deadline": ({"deadline": "N+1:04-30"}, {"deadline": "N+1:04-30"}),
    "another deadline": ({"deadline": "N+1:04-30"}, {"deadline": "N+1:06-30"}),
    "deadline not known": ({"deadline": "N+1:04-30"}, {}),
    "before and after": ({"timing": "ex_ante"}, {"timing": "ex_post"}),
    "reaches more": ({}, {}),
    "reaches others": ({}, {}),
    "personal": ({}, {}),
    "personal reaches more": ({}, {}),
    "falls on some": ({}, {}),
    "protected": ({"protected": True}, {}),
    "into protected": ({}, {"protected": True}),
    "more of its own": ({}, {}),
    "inspected": ({"proof": "inspection"}, {}),
}
FIT = {"alike", "more often", "same deadline", "deadline not known", "reaches more", "personal"}


def _of(case: str, number: int) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Obligations A and B of a case, their items, whom they reach, on whom they fall."""
    own, other = (f"{letter}{number}" for letter in "AB")
    first, second = PAIRS[case]
    requests = [asks(own, f"c{number}"), asks(other, f"c{number}"), asks(own, f"own{number}")]
    if case == "more of its own":
        requests.append(asks(own, f"more{number}"))
    reached = {"reaches more": ("ars", "caf"), "personal reaches more": ("ars", "caf"), "reaches others": ("caf",)}
    falls = duty(other, "mecs") if case == "falls on some" else duty(other)
    tools = [tool(own, **first), tool(other, **second)]
    return tools, requests, received(other, *reached.get(case, ("ars",))), [duty(own), falls]


@pytest.fixture(scope="module")
def inv() -> Inventory:
    parts = [_of(case, number) for number, case in enumerate(PAIRS)]
    tools, requests, recipients, duties = ([row for part in parts for row in part[i]] for i in range(4))
    private = [f"c{n}" for n, case in enumerate(PAIRS) if case.startswith("personal")]
    asked = list(dict.fromkeys(r["concept_id"] for r in requests))
    concepts = [concept(name, personal=name in private) for name in asked]
    return rules(tools, requests, duties, concepts=concepts, recipients=recipients)


@pytest.fixture(scope="module")
def found(inv: Inventory) -> pd.DataFrame:
    both = portfolio({}, {"actor_id": "ehpad"})
    return merges(faced(inv, both)[0], both, demanded(inv, both))


def ways(found: pd.DataFrame, number: int) -> set[tuple[str, str]]:
    pairs = set(found[["obligation_id", "into"]].itertuples(index=False, name=None))
    return {(o, into) for o, into in pairs if o[1:] == str(number)}


@pytest.mark.parametrize(("number", "case"), [(n, c) for n, c in enumerate(PAIRS) if c in FIT])
def test_a_tool_can_become_part_of_one_that(found: pd.DataFrame, number: int, case: str) -> None:
    assert (f"A{number}", f"B{number}") in ways(found, number), case


@pytest.mark.parametrize(("number", "case"), [(n, c) for n, c in enumerate(PAIRS) if c not in FIT])
def test_a_tool_cannot_become_part_of_one_that(found: pd.DataFrame, number: int, case: str) -> None:
    assert (f"A{number}", f"B{number}") not in ways(found, number), case


def test_the_smaller_one_can_become_part_of_the_larger(found: pd.DataFrame) -> None:
    assert ways(found, 0) == {("A0", "B0"), ("B0", "A0")}


def test_the_share_asked_already_is_told(found: pd.DataFrame) -> None:
    shares = found.set_index(["obligation_id", "into"])["shared_share"]
    assert (shares["A0", "B0"], shares["B0", "A0"]) == (0.5, 1.0)


ENDINGS: dict[str, tuple[Row, bool, bool]] = {
    "is plain": ({}, True, False),
    "has a list read in part": ({"item_list": "partial"}, True, True),
    "has a list from memory": ({"item_list": "recalled"}, True, True),
    "takes a document as proof": ({"proof": "document"}, True, False),
    "takes the word of another as proof": ({"proof": "third_party_attestation"}, False, False),
    "is inspected": ({"proof": "inspection"}, False, False),
    "does not say what it takes as proof": ({"proof": None}, False, False),
    "is protected": ({"protected": True}, False, False),
    "may be protected": ({"protected": None}, False, False),
    "asks a protected item": ({}, False, False),
    "asks nothing that takes time": ({}, False, False),
    "is kept at disposal": ({}, False, False),
    "fills a register": ({}, False, False),
}
"""Obligations by what there is to say of each, whether they may end, and whether only within another."""


@pytest.fixture(scope="module")
def ended() -> pd.DataFrame:
    case = {name: f"o{number}" for number, name in enumerate(ENDINGS)}
    kept, fills = case["is kept at disposal"], case["fills a register"]
    untimed = "asks nothing that takes time"
    special = {"asks a protected item": {"protected": True}, untimed: {"concept_id": "siret"}}
    requests = [asks(o, "days", None if n == untimed else 60.0) | special.get(n, {}) for n, o in case.items()]
    inv = rules(
        [tool(case[name], **more) for name, (more, *_) in ENDINGS.items()],
        requests,
        concepts=[concept("days"), concept("siret", "identifier", "no")],
        recipients=received(kept, "ars", mode="on_request"),
        holdings=[{"authority_id": "ars", "concept_id": "days", "register": "R", "filled_by_ids": fills,
                   "status": "operational"}],
    )  # fmt: skip
    return endings(faced(inv, home())[0], demanded(inv, home())).set_index("obligation_id")


@pytest.mark.parametrize(("number", "case"), list(enumerate(ENDINGS)))
def test_whether_an_obligation_may_end_that(ended: pd.DataFrame, number: int, case: str) -> None:
    assert tuple(ended.loc[f"o{number}", ["closable", "only_merged"]]) == ENDINGS[case][1:]


def test_an_item_that_moves_takes_what_it_does_there() -> None:
    # Half an hour once a year; twice a year in the other one.
    inv = rules([tool("YEAR"), tool("TERM", period="P6M")], [asks("YEAR", "days", 30.0), asks("TERM", "staff")])
    assert after_moving(inv, demanded(inv, home())) == [1.0]


def test_an_item_that_nobody_timed_moves_for_nothing() -> None:
    inv = rules([tool("YEAR"), tool("TERM", period="P6M")], [asks("YEAR", "days", None), asks("TERM", "staff")])
    assert after_moving(inv, demanded(inv, home())) == [0.0]


def test_an_item_that_moves_to_where_nobody_is_asked_takes_nothing() -> None:
    asked = [asks("YEAR", "days", 30.0), asks("TERM", "staff")]
    inv = rules([tool("YEAR"), tool("TERM", period="P6M")], asked, [duty("YEAR")])
    assert after_moving(inv, demanded(inv, home())) == [0.0]


def after_moving(inv: Inventory, found: Demands) -> list[float]:
    pairs = pd.DataFrame({"obligation_id": ["YEAR"], "into": ["TERM"]})
    return [float(w) for w in moved(inv, home(), found, pairs, "hours_per_year", BOTH)["weight"]]
