from __future__ import annotations

from typing import Any

import pytest

import burden as bd
from burden.model.portfolio import Portfolio
from tests.analysis.allocation_rows import mode, told, two_homes
from tests.analysis.inventories import duty, obligation, portfolio

FUNDED = {"obligation_ids": "BUD", "volume_population_id": "person", "units_per_member_year": 100.0}


def row(ptf: Portfolio | None = None, *, tables: dict[str, Any] | None = None, **cells: Any) -> dict[str, Any]:
    inv = told(mode("A", **{**FUNDED, **cells}), **(tables or {}))
    (found,) = bd.allocation.hours_per_1000_eur(inv, ptf or two_homes()).to_dict("records")
    return {str(k): v for k, v in found.items()}


def test_hours_for_each_thousand_euros() -> None:
    # Two homes, one hour each; 40 persons × 100 hours × 20 € = 80,000 €.
    found = row()
    assert (found["eur_per_year"], found["hours_per_year"]) == (80_000.0, 2.0)
    assert found["h_per_1000_eur"] == pytest.approx(0.025)
    assert (found["refused"], found["bound"], found["units"]) == ("", "", 2)


def test_the_fewest_hours_meet_the_most_money() -> None:
    # 1 to 4 hours on 40,000 € to 160,000 €.
    found = row(value_low=10.0, value_high=40.0)
    assert found["h_per_1000_eur_low"] == pytest.approx(1 / 160)
    assert found["h_per_1000_eur_high"] == pytest.approx(4 / 40)


def test_bounds_without_a_central_value_give_bounds() -> None:
    found = row(value=None, value_low=10.0, value_high=40.0)
    assert found["refused"] == ""
    assert found["h_per_1000_eur"] != found["h_per_1000_eur"]
    assert found["h_per_1000_eur_high"] == pytest.approx(0.1)


@pytest.mark.parametrize(("kind", "bound"), [("floor_price", "at_most"), ("ceiling", "at_least"), ("part_of_cost", "")])
def test_a_floor_and_a_ceiling_bound_the_hours(kind: str, bound: str) -> None:
    assert row(value_kind=kind)["bound"] == bound


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"actor_id": None}, "no_actor"),
        ({"actor_id": "ehpad"}, "no_unit"),
        ({"value": None}, "no_value"),
        ({"value_kind": "point_value"}, "point_value"),
        ({"value_kind": None}, "kind_unknown"),
        ({"volume_population_id": None}, "no_volume_rule"),
        ({"units_per_member_year": None}, "no_volume_rule"),
        ({"volume_population_id": "staff"}, "volume_unknown"),
        ({"value": 0.0}, "no_money"),
        ({"obligation_ids": ""}, "no_obligation"),
    ],
)
def test_what_is_missing_is_the_reason_of_the_refusal(cells: dict[str, Any], reason: str) -> None:
    found = row(**cells)
    assert found["refused"] == reason
    assert found["h_per_1000_eur"] != found["h_per_1000_eur"]


def test_one_unit_that_does_not_know_its_volume_makes_it_unknown() -> None:
    assert row(portfolio({"person": 10.0}, {}))["refused"] == "volume_unknown"


def test_hours_that_nobody_knows_are_refused_not_zero() -> None:
    untimed = [{"obligation_id": "BUD", "activity": "checking", "side": "respondent"}]
    assert row(tables={"activities": untimed})["refused"] == "no_hours"


def test_known_zeros_beside_untimed_lines_are_no_zero() -> None:
    lines = [
        {"obligation_id": "BUD", "activity": "checking", "side": "respondent", "minutes": 0.0},
        {"obligation_id": "BUD", "activity": "calculations", "side": "respondent"},
    ]
    assert row(tables={"activities": lines})["refused"] == "no_hours"


@pytest.mark.parametrize(
    ("kind", "bound"), [("price", "at_least"), ("ceiling", "at_least"), ("floor_price", "undetermined")]
)
def test_hours_that_miss_a_line_are_at_least_so_many(kind: str, bound: str) -> None:
    lines = [
        {"obligation_id": "BUD", "activity": "checking", "side": "respondent", "minutes": 60.0},
        {"obligation_id": "BUD", "activity": "calculations", "side": "respondent"},
    ]
    found = row(value_kind=kind, tables={"activities": lines})
    assert (found["bound"], found["rows_unmeasured"]) == (bound, 1)


def test_the_mode_of_a_general_type_counts_its_special_types() -> None:
    assert row(actor_id="essms")["units"] == 2


def test_what_falls_on_the_operator_is_apart() -> None:
    ptf = portfolio({"person": 40.0}, {"unit_id": "op", "actor_id": "operator"})
    both = [duty("BUD"), duty("BUD", "operator")]
    due = [obligation("BUD", per="establishment")]
    found = row(ptf, tables={"duties": both, "obligations": due})
    assert found["hours_per_year"] == 1.0


def test_the_hours_of_the_operator_are_not_in_the_ratio() -> None:
    ptf = portfolio({"person": 40.0}, {"unit_id": "op", "actor_id": "operator"})
    tables: dict[str, Any] = {
        "obligations": [obligation("BUD"), obligation("CON", per="operator")],
        "duties": [duty("BUD"), duty("CON", "operator")],
        "activities": [
            {"obligation_id": o, "activity": "checking", "side": "respondent", "minutes": 60.0 * n}
            for n, o in enumerate(("BUD", "CON"), 1)
        ],
    }
    found = row(ptf, tables=tables, obligation_ids="BUD|CON")
    assert (found["hours_per_year"], found["operator_h_per_year"]) == (1.0, 2.0)
    assert (found["obligations"], found["obligations_counted"]) == (2, 1)


def test_the_side_of_the_authority_is_not_in_the_hours() -> None:
    assert row()["hours_per_year_low"] == 1.0
