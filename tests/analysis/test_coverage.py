"""What tools cover, how far one answers another, what several look at, worked by hand."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import coverage
from tests.analysis.coverage_rows import bounded, controlled, covering, covers
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio


def test_a_criterion_that_is_cited_is_zero_and_one_not_mentioned_is_unknown() -> None:
    table = coverage.covered(controlled({"A": {"k": 0.5, "l": 0.0}, "B": {"l": 1.0}}))
    assert table.loc["l"].tolist() == [0.0, 1.0]
    assert table.loc["k", "A"] == 0.5
    assert np.isnan(table.loc["k", "B"])


def test_coverages_of_tools_that_a_selection_left_out_are_left_out() -> None:
    inv = controlled({"A": {"k": 0.5}, "B": {"k": 1.0}})
    only = type(inv)(inv.name, {**inv.records, "obligations": inventory([obligation("A")], []).records["obligations"]})
    assert coverage.coverages(only)["obligation_id"].tolist() == ["A"]


def test_without_bounds_a_coverage_bounds_itself() -> None:
    row = coverage.coverages(controlled({"A": {"k": 0.5}})).iloc[0]
    assert (row["coverage_low"], row["coverage_high"]) == (0.5, 0.5)


TEN = {
    "A": dict.fromkeys("abcdefghij", 1.0),
    "B": {**dict.fromkeys("abcd", 1.0), **dict.fromkeys("ef", 0.5), "g": 1 / 3},
}
"""Ten criteria: four covered in full by the other, two by half, one by a third, three not."""


def test_four_in_full_two_by_half_one_by_a_third_of_ten_give_533() -> None:
    assert coverage.recognised(controlled(TEN), "A", "B").value == pytest.approx(0.533, abs=5e-4)


def test_a_criterion_that_is_only_cited_counts_for_nothing() -> None:
    cited = {"A": TEN["A"], "B": {**TEN["B"], **dict.fromkeys("hij", 0.0)}}
    found = coverage.recognised(controlled(cited), "A", "B")
    assert (found.value, found.criteria) == (pytest.approx(0.533, abs=5e-4), 10)


def test_where_all_is_covered_in_full_nothing_is_left_to_guess() -> None:
    found = coverage.recognised(controlled(TEN), "A", "B")
    assert (found.low, found.high) == (pytest.approx(found.value), pytest.approx(found.value))


def test_half_of_a_half_may_be_all_the_same_half_or_none_of_it() -> None:
    found = coverage.recognised(controlled({"A": {"k": 0.5}, "B": {"k": 0.5}}), "A", "B")
    assert (found.low, found.value, found.high) == (0, 1, 1)


def test_two_large_parts_have_something_in_common() -> None:
    # At least 0.8 + 0.6 − 1 = 0.4 of the 0.8; at most 0.6 of the 0.8.
    found = coverage.recognised(controlled({"A": {"k": 0.8}, "B": {"k": 0.6}}), "A", "B")
    assert (found.low, found.value, found.high) == pytest.approx((0.5, 0.75, 0.75))


def test_bounds_of_the_coverages_bound_what_is_recognised() -> None:
    found = coverage.recognised(controlled({"A": {"k": 1.0}, "B": {"k": (0.2, 0.5, 0.9)}}), "A", "B")
    assert (found.low, found.value, found.high) == pytest.approx((0.2, 0.5, 0.9))


def test_covering_more_does_not_make_up_for_another_criterion() -> None:
    found = coverage.recognised(controlled({"A": {"k": 0.5, "l": 1.0}, "B": {"k": 1.0}}), "A", "B")
    assert found.value == 0.5


def test_what_a_tool_only_cites_is_none_of_its_criteria() -> None:
    found = coverage.recognised(controlled({"A": {"k": 1.0, "l": 0.0}, "B": {"k": 0.25, "l": 1.0}}), "A", "B")
    assert (found.value, found.criteria) == (0.25, 1)


def test_a_tool_answers_itself() -> None:
    found = coverage.recognised(controlled({"A": {"k": (0.1, 0.5, 0.9)}}), "A", "A")
    assert (found.low, found.value, found.high) == (1, 1, 1)


def test_a_tool_without_criteria_has_nothing_to_recognise() -> None:
    inv = controlled({"B": {"k": 1.0}}, tools=[obligation("A"), obligation("B")])
    assert np.isnan(coverage.recognised(inv, "A", "B").value)


def test_a_tool_that_does_not_exist_is_guessed() -> None:
    with pytest.raises(KeyError, match="did you mean 'VISIT'"):
        coverage.recognised(controlled({"VISIT": {"k": 1.0}}), "VISIT", "VISITE")


@given(drawn=covers())
@settings(max_examples=5, deadline=None)
def test_the_table_of_pairs_says_what_each_pair_does(drawn: dict[str, Any]) -> None:
    inv = controlled(drawn)
    rows = coverage.recognitions(inv).set_index(["of", "by"])
    for of, by in permutations(drawn, 2):
        found = coverage.recognised(inv, of, by)
        if (of, by) in rows.index:
            row = rows.loc[(of, by)]
            values = row[["recognised_low", "recognised", "recognised_high", "criteria"]].tolist()
            assert values == pytest.approx([found.low, found.value, found.high, found.criteria])
        else:
            assert np.isnan(found.high) or found.high == 0


@given(of=bounded(), by=bounded(), widen=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
@settings(max_examples=5, deadline=None)
def test_wider_coverages_never_narrow_what_is_recognised(
    of: tuple[float, float, float], by: tuple[float, float, float], widen: float
) -> None:
    wider = (max(by[0] - widen, 0.0), by[1], min(by[2] + widen, 1.0))
    narrow, wide = (coverage.recognised(controlled({"A": {"k": of}, "B": {"k": b}}), "A", "B") for b in (by, wider))
    if narrow.criteria:
        assert wide.low <= narrow.low <= narrow.value <= narrow.high <= wide.high


def test_a_criterion_that_only_one_looks_at_is_its_own() -> None:
    inv = controlled({"A": {"k": 1.0, "l": 0.5}, "B": {"k": 0.1, "l": 0.0}})
    assert coverage.unique_view(inv, "A")[["criterion_id", "cited_by"]].to_numpy().tolist() == [["l", "B"]]


def test_what_is_only_cited_is_seen_by_nobody() -> None:
    assert coverage.unique_view(controlled({"A": {"k": 0.0}}), "A").empty


def test_controls_are_those_with_criteria_and_those_that_inspect_or_attest() -> None:
    tools = [obligation("A"), obligation("B"), obligation("C", proof="third_party_attestation"),
             obligation("D", instrument="inspection")]  # fmt: skip
    assert coverage.controls(controlled({"A": {"k": 0.5}}, tools=tools)) == ["A", "C", "D"]


def looks_per_year(number: float | None, **facets: Any) -> list[float]:
    inv = controlled({"A": {"k": 1.0}}, tools=[obligation("A", **facets)])
    units = portfolio({"incident": number, "person": number, "cpom": number})
    return [float(n) for n in coverage.looks(inv, units)["looks_per_year"]]


def test_a_control_of_an_establishment_looks_as_often_as_it_is_due() -> None:
    assert looks_per_year(0, period="P6M") == [2]


def test_a_control_per_event_looks_as_often_as_there_are_events() -> None:
    assert looks_per_year(0.2, per="incident", period="event") == [0.2]


def test_a_control_of_persons_looks_at_each_of_them_at_its_period() -> None:
    assert looks_per_year(40, per="person", period="P2Y") == [0.5]


def test_how_often_a_control_comes_is_unknown_where_the_number_is() -> None:
    assert np.isnan(looks_per_year(None, per="incident", period="event")[0])


@pytest.mark.parametrize(("number", "period"), [(0, "event"), (3, "once")])
def test_a_control_that_never_comes_again_is_not_there(number: float, period: str) -> None:
    assert looks_per_year(number, per="incident", period=period) == []


def test_looks_are_means_over_alike_units() -> None:
    inv = controlled({"A": {"k": 1.0}}, tools=[obligation("A", per="incident", period="event")])
    row = coverage.looks(inv, portfolio({"incident": 1}, {"incident": 3}, {})).iloc[0]
    assert (row["units"], row["looks_per_year"], row["respondent_h_per_year"]) == (3, 2, 2)


def overlap(covering: dict[str, Any], **more: Any) -> dict[str, Any]:
    rows = coverage.overlapping_controls(controlled(covering, **more), portfolio({}))
    return {str(k): v for k, v in rows.iloc[0].items()}


THREE = {"A": {"k": 0.6}, "B": {"k": 0.5, "l": 0.5}, "C": {"k": 0.4}, "D": {"k": 0.0}}


def test_tools_that_cite_are_not_tools_that_look() -> None:
    row = overlap(THREE)
    assert (row["controls"], row["cited_only"], row["obligation_ids"]) == (3, 1, "A|B|C")


def test_coverages_that_add_up_beyond_one_look_again_at_that_much() -> None:
    row = overlap(THREE)
    assert (row["coverage_sum"], row["coverage_best"]) == pytest.approx((1.5, 0.6))
    assert (row["excess_over_one"], row["excess_over_best"]) == pytest.approx((0.5, 0.9))


def test_coverages_below_one_together_may_look_at_nothing_twice() -> None:
    assert overlap({"A": {"k": 0.3}, "B": {"k": 0.2}})["excess_over_one"] == 0


def test_hours_of_a_control_are_shared_between_its_criteria() -> None:
    # Two tools of an hour on one criterion, and half of the hour of the third.
    assert overlap(THREE)["respondent_h_per_year"] == pytest.approx(2.5)


def test_a_criterion_of_one_control_does_not_overlap() -> None:
    rows = coverage.overlapping_controls(controlled(THREE), portfolio({}))
    assert rows["criterion_id"].tolist() == ["k"]


def test_controls_of_two_regimes_do_not_overlap_on_one_unit() -> None:
    duties = [duty("A", required_tags="budget"), duty("B", required_tags="eprd")]
    tools = [obligation("A"), obligation("B")]
    inv = inventory(
        tools, [asks("A", "days"), asks("B", "days")], duties, criteria=[{"criterion_id": "k"}],
        coverages=[covering("A", "k", 1.0), covering("B", "k", 1.0)],
    )  # fmt: skip
    units = portfolio({"tags": "budget"}, {"tags": "eprd"})
    assert coverage.overlapping_controls(inv, units).empty
    assert len(coverage.overlapping_controls(inv, units, by=["actor_id"])) == 1


def test_a_control_of_unknown_frequency_is_counted_as_such() -> None:
    tools = [obligation("A", per="incident", period="event"), obligation("B")]
    row = overlap({"A": {"k": 0.5}, "B": {"k": 0.5}}, tools=tools)
    assert (row["controls"], row["looks_per_year"], row["looks_unknown"]) == (2, 1, 1)


@given(drawn=covers())
@settings(max_examples=5, deadline=None)
def test_hours_of_the_criteria_add_up_to_those_of_the_controls(drawn: dict[str, Any]) -> None:
    inv = controlled(drawn)
    rows = coverage.overlapping_controls(inv, portfolio({}), at_least=1)
    looking = coverage.coverages(inv).groupby("obligation_id")["coverage"].sum()
    assert rows["respondent_h_per_year"].sum() == pytest.approx(float((looking > 0).sum()))


@given(drawn=covers())
@settings(max_examples=5, deadline=None)
def test_what_is_looked_at_again_is_at_least_less_than_at_most(drawn: dict[str, Any]) -> None:
    rows = coverage.overlapping_controls(controlled(drawn), portfolio({}))
    assert (rows["excess_over_one"] <= rows["excess_over_best"] + 1e-12).all()
