"""Checks of a portfolio under an inventory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from burden.model.checks import PORTFOLIO_CHECKS, findings, name
from burden.model.findings import Finding
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Sound = Callable[..., Inventory]
Units = Callable[..., Portfolio]

BY_NAME = {name(c): c for c in PORTFOLIO_CHECKS}
TAGS = [
    {"tag_id": "budget", "name_fr": "budget", "regime": "financial"},
    {"tag_id": "eprd", "name_fr": "EPRD", "regime": "financial"},
    {"tag_id": "cpom", "name_fr": "CPOM"},
]
POPULATIONS = [
    {"population_id": "person", "name_fr": "personnes", "grain": "person"},
    {"population_id": "child", "name_fr": "enfants", "grain": "person", "parent_id": "person"},
    {"population_id": "baby", "name_fr": "bébés", "grain": "person", "parent_id": "child"},
]
ASSOCIATION = [{"actor_id": "association", "name_fr": "Association", "kind": "operator"}]
ASSO = {"actor_id": "association", "unit_id": "asso"}


def said(check: str, inv: Inventory, ptf: Portfolio) -> list[str]:
    found: list[Finding] = list(BY_NAME[check](inv, ptf))
    assert all(f.remedy.render() for f in found)
    return [f.fault.render() for f in found]


def test_tags_of_one_regime_on_one_unit_are_an_error(sound: Sound, units: Units) -> None:
    ptf = units({"tags": "budget|cpom"}, {"tags": "eprd|budget"}, {"tags": "eprd|budget"})
    assert said("regime of units", sound(tags=TAGS), ptf) == [
        "2 units have tags that exclude one another: eprd, budget (first: u1)."
    ]


def test_a_source_that_is_not_in_the_inventory_is_reported(sound: Sound, units: Units) -> None:
    inv, ptf = sound(actors=ASSOCIATION), units(ASSO, {"source_id": "nowhere"}, {"source_id": "casf"})
    assert said("vocabulary of units", inv, ptf) == ["'nowhere' is not in the inventory."]


def test_a_part_larger_than_its_whole_is_doubtful(sound: Sound, units: Units) -> None:
    ptf = units({"person": 5, "child": 5}, {"person": 5, "child": 6}, {"person": None, "child": 6})
    assert said("larger than its whole", sound(populations=POPULATIONS), ptf) == [
        "1 unit has more of 'child' than of 'person' (first: u1)."
    ]


def test_a_part_is_compared_beyond_an_unknown_one(sound: Sound, units: Units) -> None:
    ptf = units({"person": 5, "child": None, "baby": 6})
    assert len(said("larger than its whole", sound(populations=POPULATIONS), ptf)) == 1


@pytest.mark.parametrize(
    ("stated", "parts", "wrong"),
    [(15, (10, 5), False), (14, (10, 5), True), (16, (10, 5), True), (None, (10, 5), False),
     (12, (10, None), False), (9, (10, None), True), (0.3, (0.1, 0.2), False), (7, (None, None), False)],
)  # fmt: skip
def test_an_operator_total_is_the_sum_of_its_units(
    sound: Sound, units: Units, stated: float | None, parts: tuple[float | None, ...], wrong: bool
) -> None:
    inv = sound(actors=ASSOCIATION, populations=POPULATIONS)
    ptf = units({**ASSO, "person": stated}, *({"person": p} for p in parts))
    expected = ["'person' of 1 operator is not the sum of its units (first: asso)."]
    assert said("operator totals", inv, ptf) == expected * wrong


def test_units_without_the_number_an_obligation_counts_are_counted(sound: Sound, units: Units) -> None:
    inv = sound(populations=POPULATIONS, obligations={"population_id": "person"})
    ptf = units({"person": 3}, {"person": None}, {"person": None})
    assert said("missing quantities", inv, ptf) == ["2 units do not say how many of 'person' they have: unmeasured."]


def test_a_number_that_only_an_item_counts_is_missed_too(sound: Sound, units: Units) -> None:
    inv = sound(populations=POPULATIONS, requests={"population_id": "child"})
    assert said("missing quantities", inv, units({})) == ["1 unit does not say how many of 'child' it has: unmeasured."]


def test_a_number_is_not_missed_where_the_obligation_does_not_fall(sound: Sound, units: Units) -> None:
    inv = sound(tags=TAGS, populations=POPULATIONS, obligations={"population_id": "person"},
                duties={"required_tags": "cpom"})  # fmt: skip
    assert said("missing quantities", inv, units({"tags": ""})) == []


def test_units_of_unknown_size_are_counted_per_obligation(sound: Sound, units: Units) -> None:
    inv = sound(populations=POPULATIONS, duties={"threshold_population_id": "person", "threshold_minimum": 50})
    ptf = units({"person": None}, {"person": 60}, {"person": None})
    assert said("undecided duties", inv, ptf) == ["whether 'BUD' falls on 2 units cannot be told."]


def test_units_that_owe_nothing_are_counted(sound: Sound, units: Units) -> None:
    ptf = units({}, {"exempt_obligation_ids": "BUD"})
    assert said("units without duty", sound(), ptf) == ["no obligation falls on 1 unit (first: u1)."]


def test_every_check_of_units_runs_on_a_sound_portfolio(sound: Sound, units: Units) -> None:
    inv = sound(actors=ASSOCIATION, duties=[{"actor_id": "association"}])
    found = [f.render() for f in findings(inv, portfolio=units({**ASSO, "establishment": 1}, {}))]
    assert found == []


def test_units_that_name_nothing_known_stop_the_checks_that_need_them(sound: Sound, units: Units) -> None:
    found = findings(sound(), portfolio=units({"actor_id": "unknown"}))
    assert [f.check for f in found if f.severity == "error"] == ["reference"]


def test_an_empty_portfolio_has_no_finding(sound: Sound, units: Units) -> None:
    none = Portfolio("none", units({}).units.head(0))
    assert findings(sound(), portfolio=none) == ()


def test_an_operator_may_have_events_of_its_own(sound: Sound, units: Units) -> None:
    letter = {"population_id": "letter", "name_fr": "courriers", "grain": "event"}
    inv = sound(actors=ASSOCIATION, populations=[letter])
    assert said("operator totals", inv, units({**ASSO, "letter": 9}, {"letter": 1})) == []
