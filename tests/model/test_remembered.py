"""What was worked out for an inventory is found again, and goes with it."""

from __future__ import annotations

import gc
import weakref

import pandas as pd
import pytest

import burden as bd
from burden.analysis.lines import lines
from burden.model.profiles import profiles, quantities
from burden.model.remembered import remembered


def test_another_portfolio_is_worked_out_anew() -> None:
    seen: list[str] = []

    @remembered
    def units(inv: bd.Inventory, ptf: bd.Portfolio) -> int:
        seen.append(ptf.name)
        return len(inv.obligations) + len(ptf.units)

    inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    more = bd.Portfolio("more", pd.concat([ptf.units, ptf.units]))
    assert [units(inv, ptf), units(inv, more), units(inv, ptf)] == [5, 6, 5]
    assert seen == [ptf.name, "more"]


def test_nothing_is_held_of_an_inventory_that_is_gone(toy: bd.Inventory) -> None:
    inv = bd.Inventory("another", toy.records)
    lines(inv)
    gone = weakref.ref(inv)
    del inv
    gc.collect()
    assert gone() is None


def test_a_frame_that_its_caller_changes_is_whole_for_the_next(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    mine = lines(toy)
    mine["minutes"] = 0.0
    mine.loc[0, "side"] = "authority"
    counted = quantities(toy, toy_portfolio)
    counted.loc[:, "establishment"] = 99.0
    assert lines(toy)["minutes"].sum() > 0
    assert lines(toy)["side"][0] == "respondent"
    assert quantities(toy, toy_portfolio)["establishment"].max() < 99


def test_a_portfolio_given_by_name_is_never_taken_for_another(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    twice = bd.Portfolio("twice", pd.concat([toy_portfolio.units] * 2, ignore_index=True))
    assert [len(profiles(toy, ptf=ptf).of_unit) for ptf in (toy_portfolio, twice, toy_portfolio)] == [1, 2, 1]


def test_what_is_remembered_takes_nothing_by_name(toy: bd.Inventory) -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        remembered(lambda inv: inv.name)(inv=toy)
