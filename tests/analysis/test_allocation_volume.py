from __future__ import annotations

from typing import Any

import pytest

import burden as bd
from burden.model.portfolio import Portfolio
from tests.analysis.allocation_rows import mode, told, two_homes
from tests.analysis.inventories import duty, obligation, portfolio

FUNDED = {"obligation_ids": "BUD", "volume_population_id": "person", "units_per_member_year": 100.0}
HELP = 1_000.0
"""Ten persons give it."""


def row(
    ptf: Portfolio | None = None, *, tables: dict[str, Any] | None = None, say: dict[str, float] | None = None,
    **cells: Any,
) -> dict[str, Any]:  # fmt: skip
    inv = told(mode("A", **{**FUNDED, **cells}), **(tables or {}))
    ptf = ptf or portfolio({"person": 10.0})
    (found,) = bd.allocation.same_volume(inv, ptf, hours_of_help=HELP, told=say or {}).to_dict("records")
    return {str(k): v for k, v in found.items()}


def by_person(minutes: float | None = 6.0) -> dict[str, Any]:
    """An hour for a home and six minutes a person."""
    effort = [
        {"obligation_id": o, "activity": "checking", "side": "respondent", "minutes": m}
        for o, m in (("BUD", 60.0), ("PER", minutes))
    ]
    return {"obligations": [obligation("BUD"), obligation("PER", per="person")], "activities": effort}


def test_what_grows_with_volume_grows_and_the_rest_stays() -> None:
    # 40 persons give 4,000 hours; at 1,000 they are ten: an hour and ten times six minutes.
    found = row(portfolio({"person": 40.0}), tables=by_person(), obligation_ids="BUD|PER")
    assert (found["help_h_today"], found["volume_basis"]) == (4_000.0, "text")
    assert (found["hours_per_year"], found["fixed_h"]) == (pytest.approx(2.0), 1.0)
    assert found["h_per_1000_h"] == pytest.approx(2.0)


def test_several_units_are_each_brought_to_the_volume() -> None:
    found = row(two_homes(), tables=by_person(), obligation_ids="BUD|PER")
    assert (found["units"], found["hours_per_year"]) == (2, pytest.approx(2.0))


def test_bounds_are_those_of_the_hours() -> None:
    found = row()
    assert (found["hours_per_year_low"], found["hours_per_year_high"]) == (0.5, 2.0)


def test_a_full_time_year_is_a_number_of_hours() -> None:
    assert row(price_unit="fte_year", units_per_member_year=1.0)["help_h_today"] == 16_070.0


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"actor_id": None}, "no_actor"),
        ({"actor_id": "ehpad"}, "no_unit"),
        ({"price_unit": "day_or_measure"}, "day_or_measure"),
        ({"price_unit": None}, "unit_unknown"),
        ({"volume_population_id": None}, "no_volume_rule"),
        ({"volume_population_id": "staff"}, "volume_unknown"),
        ({"obligation_ids": ""}, "no_obligation"),
    ],
)
def test_what_is_missing_is_the_reason_of_the_refusal(cells: dict[str, Any], reason: str) -> None:
    found = row(**cells)
    assert found["refused"] == reason
    assert found["hours_per_year"] != found["hours_per_year"]


def test_a_volume_of_nothing_is_refused() -> None:
    assert row(portfolio({"person": 0.0}))["refused"] == "no_money"


def test_a_value_is_not_needed() -> None:
    assert row(value=None)["refused"] == ""


def test_what_the_room_says_stands_for_what_no_text_says() -> None:
    found = row(say={"A": 500.0}, tables=by_person(), price_unit="day_or_measure", obligation_ids="BUD|PER")
    # Ten persons give 500 hours: twenty of them give 1,000.
    assert (found["volume_basis"], found["refused"], found["hours_per_year"]) == ("told", "", pytest.approx(3.0))


def test_what_is_told_of_several_units_is_shared_out() -> None:
    assert row(two_homes(), say={"A": 500.0}, price_unit="day")["help_h_today"] == 500.0


def test_a_unit_that_does_not_know_its_volume_is_left_out_and_counted() -> None:
    found = row(portfolio({"person": 10.0}, {}))
    assert (found["units"], found["units_unknown"], found["hours_per_year"]) == (1, 1, 1.0)


def test_what_falls_on_the_operator_is_left_out() -> None:
    ptf = portfolio({"person": 10.0}, {"unit_id": "op", "actor_id": "operator"})
    tables = {
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


def test_hours_that_miss_a_line_are_at_least_so_many() -> None:
    found = row(tables=by_person(None), obligation_ids="BUD|PER")
    assert (found["bound"], found["rows_unmeasured"], found["hours_per_year"]) == ("at_least", 1, 1.0)


def test_hours_that_nobody_knows_are_refused_not_zero() -> None:
    assert row(tables=by_person(None), obligation_ids="PER")["refused"] == "no_hours"


def test_a_volume_of_nothing_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="above zero"):
        bd.allocation.same_volume(told(mode("A", **FUNDED)), two_homes(), hours_of_help=0.0)


def test_a_mode_that_is_not_there_cannot_be_told() -> None:
    with pytest.raises(KeyError, match="mode 'B'"):
        row(say={"B": 1.0})


def test_no_mode_gives_no_row() -> None:
    assert bd.allocation.same_volume(told(), two_homes(), hours_of_help=1.0).empty
