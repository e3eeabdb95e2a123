from __future__ import annotations

import pytest

import burden as bd
from burden.simplify import Plan, impact, plan


@pytest.fixture(scope="module")
def found() -> Plan:
    return plan(bd.example("four-tools"), bd.example_portfolio("four-tools"))


def test_every_measure_says_whom_the_items_then_come_from(found: Plan) -> None:
    rows = impact(found, bd.example("four-tools"), bd.example_portfolio("four-tools"))
    assert set(rows["measure"]) == set(found.measures["measure"])


def test_a_use_is_at_stake_where_its_item_is_taken_from_elsewhere(found: Plan) -> None:
    inv = bd.example("four-tools")
    first = found.items.iloc[0]
    use = {"obligation_id": first["obligation_id"], "use": "statistics", "known_by": "stated", "evidence": "assumed"}
    uses = bd.from_frames("x", {**{t: inv[t] for t in inv.records}, "uses": inv.uses.iloc[:0]}).uses
    uses.loc[0, list(use)] = list(use.values())
    used = bd.from_frames("x", {**{t: inv[t] for t in inv.records}, "uses": uses})
    rows = impact(found, used, bd.example_portfolio("four-tools"))
    assert "statistics|stated" in set(rows.loc[rows["effect"] == "use", "detail"])
