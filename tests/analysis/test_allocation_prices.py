from __future__ import annotations

from typing import Any

import pytest

import burden as bd
from burden.analysis.allocation.refusals import OF_KIND, OF_UNIT, REFUSALS
from burden.model import schema
from tests.analysis.allocation_rows import mode, service, told


def price(**cells: Any) -> dict[str, Any]:
    (row,) = bd.allocation.hour_prices(told(mode("A", **cells))).to_dict("records")
    return {str(k): v for k, v in row.items()}


def test_the_price_of_an_hour_is_itself() -> None:
    assert (price()["eur_per_h"], price()["refused"]) == (20.0, "")


def test_a_full_time_year_is_1607_hours() -> None:
    assert price(price_unit="fte_year", value=32140.0)["eur_per_h"] == 20.0


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"value_kind": "supplement"}, "supplement"),
        ({"value_kind": "ceiling", "price_unit": "plan_month"}, "ceiling"),
        ({"value_kind": "part_of_cost", "price_unit": "fte_year"}, "part_of_cost"),
        ({"price_unit": "day"}, "day"),
        ({"price_unit": "place_year", "value": None}, "place"),
        ({"price_unit": None}, "unit_unknown"),
        ({"value": None}, "no_value"),
        ({"value": None, "tariff_form": "free_price"}, "free_price"),
        ({"value_kind": None}, "kind_unknown"),
    ],
)
def test_what_cannot_be_an_hour_is_refused_with_its_reason(cells: dict[str, Any], reason: str) -> None:
    row = price(**cells)
    assert row["refused"] == reason
    assert row["eur_per_h_low"] != row["eur_per_h_low"]


def test_a_free_price_with_a_value_is_a_price() -> None:
    assert price(tariff_form="free_price")["refused"] == ""


def test_two_bounds_without_a_central_value_are_kept() -> None:
    row = price(value=None, value_low=4.59, value_high=6.89)
    assert (row["eur_per_h_low"], row["eur_per_h_high"], row["refused"]) == (4.59, 6.89, "")


def test_every_year_is_a_row_in_euros_of_that_year() -> None:
    other = [{"allocation_id": "A", "year": 2022, "value": 19.0, "evidence": "text"}]
    found = bd.allocation.hour_prices(told(mode("A"), other_values=other))
    assert found[["year", "eur_per_h"]].to_numpy().tolist() == [[2022, 19.0], [2024, 20.0]]


def test_only_the_functions_asked_are_named() -> None:
    both = [service("S", "F1", allocation_ids="A"), service("T", "F2", allocation_ids="A")]
    inv = told(mode("A"), services=both)
    assert bd.allocation.hour_prices(inv)["function_ids"].tolist() == ["F1|F2"]
    assert bd.allocation.hour_prices(inv, functions=["F2"])["function_ids"].tolist() == ["F2"]


def test_every_unit_of_price_is_an_hour_or_has_a_reason() -> None:
    from burden.analysis.allocation.prices import HOURS_IN_UNIT

    assert {*HOURS_IN_UNIT, *OF_UNIT} == set(schema.codes("price_unit"))


def test_every_kind_of_value_is_a_price_or_has_a_reason() -> None:
    assert {"price", "floor_price", "compensation", *OF_KIND} == set(schema.codes("value_kind"))


def test_every_reason_has_a_sentence() -> None:
    assert {*OF_UNIT.values(), *OF_KIND.values()} <= set(REFUSALS)
