from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import ledger
from burden.analysis.grouping import compare_grouping, groupings
from burden.analysis.thresholds import thresholds_crossed
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.model.reshape import grouped, resized, split
from tests.analysis.contract_rows import association, budget_and_contract
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

TOOLS = [
    obligation("STATUTES", per="operator"), obligation("FILE", per="person"), obligation("LARGE", per="operator"),
]  # fmt: skip
DUTIES = [
    duty("STATUTES", "operator"), duty("FILE"),
    duty("LARGE", "operator", threshold_population_id="staff", threshold_minimum=50.0),
]  # fmt: skip
INV = inventory(TOOLS, [asks("STATUTES", "days"), asks("FILE", "days"), asks("LARGE", "days", 120.0)], DUTIES)
TWO = portfolio(
    {"unit_id": "one", "operator_id": "one", "actor_id": "association", "staff": 30.0},
    {"unit_id": "a", "operator_id": "one", "person": 10.0},
    {"unit_id": "two", "operator_id": "two", "actor_id": "association", "staff": 40.0},
    {"unit_id": "b", "operator_id": "two", "person": 20.0},
)


def cells(frame: pd.DataFrame, column: str) -> dict[str, float]:
    own = frame[frame["side"] == "respondent"]
    return dict(zip(own["case"], own[column], strict=True))


def test_statutes_once_less_and_the_duty_of_large_operators_once_more() -> None:
    # Two statutes of one hour become one; at 70 staff the duty from 50 on takes two.
    found = compare_grouping(INV, TWO, ["one", "two"])
    assert cells(found, "hours_per_year") == pytest.approx({"apart": 2.0, "grouped": 1.0 + 2.0})
    assert cells(found, "all_hours_per_year") == pytest.approx({"apart": 32.0, "grouped": 33.0})


def test_the_difference_is_drawn_with_common_errors() -> None:
    found = compare_grouping(INV, TWO, ["one", "two"])
    row = found[(found["case"] == "grouped") & (found["side"] == "respondent")].iloc[0]
    assert row[["difference_p10", "difference_p90"]].tolist() == pytest.approx([1.0, 1.0], abs=1e-4)


def test_counterparts_are_pairs_of_an_operator_and_an_authority() -> None:
    found = compare_grouping(INV, TWO, ["one", "two"])
    assert cells(found, "pairs") == {"apart": 2, "grouped": 1}
    assert cells(found, "authorities") == {"apart": 1, "grouped": 1}


def test_what_merging_takes_once_is_unknown_and_not_nothing() -> None:
    merging = cells(compare_grouping(INV, TWO, ["one", "two"]), "merging_h")
    assert merging["apart"] == 0.0
    assert np.isnan(merging["grouped"])


def test_two_contracts_become_one() -> None:
    inv = budget_and_contract()
    rows = [association(2).units.assign(operator_id=o, unit_id=lambda f, o=o: o + f["unit_id"]) for o in ("x", "y")]
    both = portfolio_from_frame("both", pd.concat(rows, ignore_index=True))
    found = compare_grouping(inv, both, ["x", "y"], with_cpom="law")
    assert cells(found, "hours_per_year") == pytest.approx(
        {"apart": 4.0, "grouped": 4.0, "apart_law": 2.4, "grouped_law": 1.2}
    )
    assert cells(found, "operator_hours_per_year")["grouped_law"] == pytest.approx(1.2)


def test_only_the_operators_named_are_compared() -> None:
    third = portfolio({"unit_id": "three", "operator_id": "three", "actor_id": "association"}).units
    more = portfolio_from_frame("three", pd.concat([TWO.units, third], ignore_index=True))
    pd.testing.assert_frame_equal(
        compare_grouping(INV, more, ["one", "two"]), compare_grouping(INV, TWO, ["one", "two"])
    )


@pytest.mark.parametrize("operators", [["one"], ["one", "one"], []])
def test_fewer_than_two_operators_are_no_group(operators: list[str]) -> None:
    with pytest.raises(ValueError, match="two operators or more"):
        groupings(INV, TWO, operators)


def crossed(before: Portfolio, after: Portfolio, inv: Inventory = INV) -> list[tuple[str, str]]:
    found = thresholds_crossed(inv, before, after)
    return list(zip(found["obligation_id"], found["direction"], strict=True))


def test_a_threshold_that_only_the_group_reaches_is_named() -> None:
    after = grouped(INV, TWO, ["one", "two"], into="both")
    found = thresholds_crossed(INV, TWO, after).iloc[0]
    named = found[["obligation_id", "population_id", "minimum", "direction"]].tolist()
    assert named == ["LARGE", "staff", 50.0, "starts"]
    assert found[["size_before", "size_after", "unit_ids_after"]].tolist() == [40.0, 70.0, "both"]


def test_a_threshold_that_no_part_reaches_stops() -> None:
    whole = grouped(INV, TWO, ["one", "two"], into="both")
    assert crossed(whole, split(INV, whole, "both", {"one": ["a"], "two": ["b"]})) == [("LARGE", "stops")]


def test_a_duty_on_two_that_falls_on_one_falls_on_fewer() -> None:
    large = resized(TWO, 2.0, populations=["staff"])
    assert crossed(large, grouped(INV, large, ["one", "two"], into="both")) == [("LARGE", "fewer")]


def test_a_size_that_becomes_unknown_is_named() -> None:
    units = TWO.units
    units.loc[units["unit_id"] == "one", "staff"] = np.nan
    assert crossed(TWO, portfolio_from_frame("unknown", units)) == [("LARGE", "unknown")]


def test_nothing_is_named_where_nothing_moves() -> None:
    assert crossed(TWO, resized(TWO, 0.5)) == []


@settings(max_examples=3, deadline=None)
@given(inventories(), portfolios(unknown=False))
def test_a_split_never_takes_fewer_hours_unless_a_threshold_that_stops_is_named(inv: Inventory, ptf: Portfolio) -> None:
    kind = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    units = ptf.units
    own = units[units["actor_id"].map(kind) == "operator"]
    for operator in own["operator_id"].unique():
        of_it = units[units["operator_id"] == operator]
        below = [u for u in of_it["unit_id"] if u not in set(own["unit_id"])]
        after = split(inv, ptf, operator, {"left": below[::2], "right": below[1::2]})
        moved = thresholds_crossed(inv, ptf, after)
        named = set(moved.loc[moved["direction"].isin(["stops", "fewer", "other", "unknown"]), "obligation_id"])
        sums = [ledger.totals(inv, p, by=["obligation_id"]).set_index("obligation_id") for p in (ptf, after)]
        then, now = (of_tool["hours_per_year"] for of_tool in sums)
        unnamed = then[~then.index.isin(named)].fillna(0.0)
        assert (now.reindex(unnamed.index).fillna(0.0) >= unnamed - 1e-9).all()
