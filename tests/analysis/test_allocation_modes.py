from __future__ import annotations

import pytest

import burden as bd
from burden.analysis.allocation.modes import FACETS
from tests.analysis.allocation_rows import mode, service, told


def test_modes_stand_policy_after_policy_in_the_order_of_the_inventory() -> None:
    inv = told(mode("A", silo_id="disability"), mode("B", silo_id="s"), mode("C", silo_id="elderly"))
    assert bd.allocation.modes(inv)["allocation_id"].tolist() == ["B", "C", "A"]


def test_a_mode_outside_every_policy_stands_last() -> None:
    inv = told(mode("A", silo_id=None), mode("B"))
    assert bd.allocation.modes(inv)["allocation_id"].tolist() == ["B", "A"]


def test_help_at_home_comes_first_and_the_rest_when_asked() -> None:
    inv = told(mode("A"), mode("B", at_home="partly"), mode("C", at_home="no"))
    assert bd.allocation.modes(inv)["allocation_id"].tolist() == ["A", "B"]
    assert len(bd.allocation.modes(inv, at_home=None)) == 3


def test_modes_are_kept_by_the_function_of_the_services_they_pay_for() -> None:
    inv = told(
        mode("A"), mode("B"),
        services=[service("S", "F1", allocation_ids="A"), service("T", "F2", allocation_ids="A|B")],
    )  # fmt: skip
    assert bd.allocation.modes(inv, functions=["F1"])["allocation_id"].tolist() == ["A"]
    assert bd.allocation.modes(inv, functions=["F2"])["allocation_id"].tolist() == ["A", "B"]


@pytest.mark.parametrize("asked", [{"functions": ["F9"]}, {"silos": ["nowhere"]}])
def test_what_is_not_in_the_inventory_is_refused_by_name(asked: dict[str, list[str]]) -> None:
    with pytest.raises(KeyError, match="is not in the inventory"):
        bd.allocation.modes(told(mode("A")), **asked)


def test_the_obligations_of_a_mode_are_counted() -> None:
    inv = told(mode("A", obligation_ids="BUD"), mode("B"))
    assert bd.allocation.modes(inv)["obligations"].tolist() == [1, 0]


def test_the_spread_counts_different_ways_and_leaves_out_what_is_not_stated() -> None:
    inv = told(
        mode("A", tariff_form="grant", opening="request"), mode("B", tariff_form="grant"),
        mode("C", tariff_form="day_price"),
    )  # fmt: skip
    ways = bd.allocation.spread(bd.allocation.modes(inv)).set_index("facet")
    assert ways.loc["tariff_form", ["ways", "stated", "modes"]].tolist() == [2, 3, 3]
    assert ways.loc["opening", ["ways", "stated", "modes"]].tolist() == [1, 1, 3]
    assert set(ways.index) == set(FACETS)


def test_values_are_one_row_a_year_and_bound_themselves() -> None:
    other = [{"allocation_id": "A", "year": 2020, "value": 18.0, "evidence": "text"}]
    found = bd.allocation.values(told(mode("A"), mode("B", value=None, year=None), other_values=other))
    assert found[["allocation_id", "latest"]].to_numpy().tolist() == [["A", False], ["A", True], ["B", True]]
    assert found["value_low"].tolist()[:2] == [18.0, 20.0]
    assert found["value_high"].isna().tolist() == [False, False, True]


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    said = [(t.render("en"), t.render("fr")) for t in bd.allocation.REFUSALS.values()]
    assert [english for english, french in said if english == french] == []
