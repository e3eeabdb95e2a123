from __future__ import annotations

import pytest

from burden.sources import example, example_portfolio


def test_toy_has_the_items_of_the_hand_worked_golden() -> None:
    requests = example("four-tools").requests
    items = requests.groupby("obligation_id")["concept_id"].apply(set).to_dict()
    assert items == {
        "CPOM": {"siret", "capacity", "activity", "ftes", "budget", "quality"},
        "ERRD": {"siret", "budget", "balance", "ftes", "activity"},
        "TDB": {"siret", "capacity", "activity", "ftes", "absent", "gmp"},
        "ES": {"siret", "capacity", "ftes", "staff", "residents"},
    }


def test_toy_has_the_periods_of_the_hand_worked_golden() -> None:
    obligations = example("four-tools").obligations
    assert dict(zip(obligations["obligation_id"], obligations["period"], strict=True)) == {
        "CPOM": "P1Y",
        "ERRD": "P1Y",
        "TDB": "P1Y",
        "ES": "P4Y",
    }


def test_toy_portfolio_is_one_unit_that_all_tools_fall_on() -> None:
    units = example_portfolio("four-tools").units
    assert set(units["actor_id"]) == set(example("four-tools").duties["actor_id"])
    assert len(units) == 1


@pytest.mark.parametrize("name", ["three-tools", "../common", ""])
def test_unknown_example_names_those_there_are(name: str) -> None:
    with pytest.raises(KeyError, match="four-tools"):
        example(name)
