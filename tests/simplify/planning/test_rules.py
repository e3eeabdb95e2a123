from __future__ import annotations

import pytest

from burden.model import schema
from burden.model.inventory import Inventory
from burden.simplify.planning.rules import ADMINISTRATIONS, BINDING, GATEWAY_LEVELS, NOT_DECLARED, acts, gateway_level
from tests.analysis.inventories import asks
from tests.simplify.planning.rows import TEXTS, rules, tool


@pytest.fixture(scope="module")
def inv() -> Inventory:
    """BUD rests on two texts, PLAN on none that is known, ACC on one that nobody is named for."""
    unnamed = {"legal_base_id": "note", "citation": "Note", "level": "circular"}
    tools = [
        tool("BUD", legal_base_ids="law|order"),
        tool("PLAN", legal_base_ids=""),
        tool("ACC", legal_base_ids="note", required_by_id="caf"),
    ]
    return rules(tools, [asks("BUD", "days")], legal_bases=[*TEXTS, unnamed])


@pytest.mark.parametrize(
    ("giver", "receiver", "personal", "level"),
    [
        ("ars", "departement", False, "convention"),
        ("ars", "departement", True, "decree"),
        ("caf", "pricing", True, "decree"),
        ("court", "ars", False, "convention"),
        ("court", "ars", True, "law"),
        ("ars", "court", True, "law"),
        ("ars", "persons", True, "law"),
    ],
)
def test_a_gateway_takes_an_act_of_this_level(
    inv: Inventory, giver: str, receiver: str, personal: bool, level: str
) -> None:
    assert gateway_level(inv, giver, receiver, personal=personal) == level


@pytest.mark.parametrize(
    ("code_list", "named"),
    [
        ("authority_level", set(ADMINISTRATIONS)),
        ("instrument", set(NOT_DECLARED)),
        ("legal_level", {*BINDING, *GATEWAY_LEVELS.values()}),
    ],
)
def test_the_rules_name_codes_of_the_schema(code_list: str, named: set[str]) -> None:
    assert named <= set(schema.codes(code_list))


def texts(inv: Inventory, obligation: str) -> list[list[str]]:
    found = acts(inv)
    columns = ["legal_base_id", "level", "amended_by_id"]
    return [[str(v) for v in row] for row in found.loc[found["obligation_id"] == obligation, columns].to_numpy()]


def test_every_text_of_an_obligation_is_listed_with_who_amends_it(inv: Inventory) -> None:
    assert texts(inv, "BUD") == [["law", "law", "court"], ["order", "order", "ars"]]


def test_an_obligation_that_cites_no_text_rests_on_one_that_is_unknown(inv: Inventory) -> None:
    assert texts(inv, "PLAN") == [["unknown:PLAN", "unknown", "ars"]]


def test_a_text_that_nobody_is_named_for_is_for_who_requires_the_obligation(inv: Inventory) -> None:
    assert texts(inv, "ACC") == [["note", "circular", "caf"]]
