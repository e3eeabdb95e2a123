"""Plans of one saving: the one with the fewest and lowest acts, the fewest gateways, the surest sources."""

from __future__ import annotations

import pytest

from burden.model import schema
from burden.simplify import Plan, plan
from burden.simplify.planning.rules import UNKNOWN
from burden.simplify.planning.tidy import EFFORT
from tests.analysis.inventories import Row, asks
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.rows import home, received, rules, tool


def of_two_sources(first: Row, second: Row, asked: Row | None = None, **tables: list[Row]) -> Plan:
    """FIRST and SECOND ask each month what ASKED needs once a year; both of them ask a protected item."""
    inv = rules(
        [tool("ASKED", proof="inspection"), tool("FIRST", period="P1M"), tool("SECOND", period="P1M")],
        [asks("ASKED", "days", **(asked or {})), asks("FIRST", "days", **{"protected": True, **first}),
         asks("SECOND", "days", **{"protected": True, **second})],
        **tables,
    )  # fmt: skip
    return plan(inv, home())


def test_the_same_is_preferred_to_what_must_be_harmonised() -> None:
    found = of_two_sources({"unit": "days"}, {})
    assert found.items["source_id"].tolist() == ["SECOND"]


def test_the_same_is_preferred_to_what_can_be_derived() -> None:
    found = of_two_sources({"reference_period": "realised_month"}, {})
    assert found.items["source_id"].tolist() == ["SECOND"]


def test_what_passes_already_is_preferred_to_a_gateway() -> None:
    found = of_two_sources({}, {}, recipients=received("FIRST", "caf"))
    assert (found.items["source_id"].tolist(), len(found.gateways)) == (["SECOND"], 0)


def test_one_gateway_is_preferred_to_two() -> None:
    # ASKED goes to two authorities: the CAF would have to tell both.
    recipients = [*received("ASKED", "ars", "departement"), *received("FIRST", "caf")]
    found = of_two_sources({}, {}, recipients=recipients)
    assert found.gateways[["from_authority_id", "to_authority_id"]].to_numpy().tolist() == [["ars", "departement"]]


@pytest.mark.parametrize(
    ("first", "second", "amended"),
    [("law", "decree", "decree"), ("order", "custom", "custom"), ("", "order", "order")],
)
def test_the_lower_act_is_preferred(first: str, second: str, amended: str) -> None:
    # The unit differs: one of the two adopts that of the other.
    inv = rules(
        [tool("FIRST", legal_base_ids=first), tool("SECOND", legal_base_ids=second)],
        [asks("FIRST", "days", unit="days"), asks("SECOND", "days")],
    )
    found = plan(inv, home(), max_acts={"eu_law": 0})
    assert found.acts["legal_base_id"].tolist() == [amended]


def test_one_act_is_preferred_to_two() -> None:
    # Either A and B adopt the unit of C, or B and C that of A, or A and C that of B: all save the same.
    inv = rules(
        [tool("A"), tool("B"), tool("C", legal_base_ids="custom|order")],
        [asks("A", "days", unit="days"), asks("B", "days", unit="hours"), asks("C", "days")],
    )
    assert plan(inv, home()).acts["legal_base_id"].tolist() == ["order"]


def test_the_saving_stays(worked: Case) -> None:
    found = worked[0]
    assert found.summary["saved"] == pytest.approx(14.0)


def test_every_level_of_an_act_has_an_effort() -> None:
    assert set(EFFORT) == {*schema.codes("legal_level"), UNKNOWN}
