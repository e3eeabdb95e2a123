"""What the n-th control adds, worked by hand, and what holds whatever the parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis.coverage import Scenario, marginal_detection
from tests.analysis.coverage_rows import bounded, controlled, covers
from tests.analysis.inventories import obligation, portfolio

HALF, NOTHING = Scenario(0.5, 0.5, 0.5), Scenario(0.0, 0.0, 0.0)
TWO = {"A": {"k": 1.0}, "B": {"k": 0.5}}


def scenario(covering: dict[str, Any], **more: Any) -> pd.DataFrame:
    told = {"detection": HALF, "blind_spot": NOTHING, "cycle_years": 1.0, "repeats": "same_look"}
    options = {name: more.pop(name, value) for name, value in told.items()}
    return marginal_detection(controlled(covering, **more), portfolio({"incident": 0.25}), **options)


def test_a_half_look_after_a_full_one_adds_an_eighth() -> None:
    # Half of the faults; then a quarter of the other half.
    rows = scenario(TWO)
    assert rows[["order", "obligation_id", "marginal_detection"]].to_numpy().tolist() == [
        [1, "A", 0.5], [2, "B", 0.125],
    ]  # fmt: skip
    assert rows["detection"].tolist() == [0.5, 0.625]


def test_what_all_controls_miss_no_control_adds() -> None:
    rows = scenario(TWO, blind_spot=Scenario(0.2, 0.2, 0.2))
    assert rows["marginal_detection"].tolist() == pytest.approx([0.4, 0.1])


def test_the_control_that_sees_most_is_first() -> None:
    assert scenario({"A": {"k": 0.2}, "B": {"k": 0.7}})["obligation_id"].tolist() == ["B", "A"]


def test_a_control_that_comes_in_one_cycle_of_four_sees_a_quarter_as_much() -> None:
    rows = scenario({"A": {"k": 1.0}}, tools=[obligation("A", per="incident", period="event")])
    assert (rows["looks_per_cycle"].item(), rows["detection"].item()) == (0.25, 0.125)


def test_a_longer_cycle_brings_rare_controls_in() -> None:
    rows = scenario({"A": {"k": 1.0}}, tools=[obligation("A", period="P5Y")], cycle_years=5.0)
    assert rows["detection"].item() == 0.5


@pytest.mark.parametrize(
    ("period", "repeats", "expected"),
    [("P6M", "same_look", 0.25), ("P6M", "new_look", 1 - 0.75**2), ("P8M", "new_look", 1 - 0.75 * (1 - 0.5 * 0.25))],
)
def test_a_control_that_comes_back_sees_the_same_or_looks_anew(period: str, repeats: str, expected: float) -> None:
    rows = scenario({"A": {"k": 0.5}}, tools=[obligation("A", period=period)], repeats=repeats)
    assert rows["detection"].item() == pytest.approx(expected)


def test_the_price_of_a_point_is_hours_over_points() -> None:
    # An hour for 50 points, then an hour for 12.5.
    assert scenario(TWO)["hours_per_point"].tolist() == pytest.approx([1 / 50, 1 / 12.5])


def test_hours_are_those_of_the_whole_cycle() -> None:
    assert scenario(TWO, cycle_years=5.0)["hours"].tolist() == [5, 5]


def test_a_control_takes_both_sides() -> None:
    check = {"obligation_id": "A", "activity": "checking", "side": "authority", "minutes": 30.0}
    assert scenario({"A": {"k": 1.0}}, activities=[check])["hours"].item() == 1.5


def test_bounds_set_the_least_of_one_control_after_the_most_of_the_others() -> None:
    rows = scenario(TWO, detection=Scenario(0.2, 0.5, 0.8))
    second = rows.iloc[1]
    assert second["marginal_detection_low"] == pytest.approx(0.2 * 0.5 * (1 - 0.8))
    assert second["marginal_detection_high"] == pytest.approx(0.8 * 0.5 * (1 - 0.2))


def test_the_wider_the_blind_spot_the_less_is_seen() -> None:
    row = scenario({"A": {"k": 1.0}}, blind_spot=Scenario(0.0, 0.2, 0.4)).iloc[0]
    assert row[["detection_low", "detection", "detection_high"]].tolist() == pytest.approx([0.3, 0.4, 0.5])


def test_a_control_of_unknown_frequency_comes_last_and_adds_nobody_knows_what() -> None:
    tools = [obligation("A", per="cpom"), obligation("B")]
    rows = scenario({"A": {"k": 1.0}, "B": {"k": 0.5}}, tools=tools)
    assert rows["obligation_id"].tolist() == ["B", "A"]
    assert rows["marginal_detection"].isna().tolist() == [False, True]


def test_a_control_that_only_cites_adds_no_row() -> None:
    assert scenario({"A": {"k": 1.0}, "B": {"k": 0.0}})["obligation_id"].tolist() == ["A"]


def test_the_parameters_stand_on_every_row() -> None:
    rows = scenario(TWO, detection=Scenario(0.2, 0.5, 0.8), blind_spot=Scenario(0.0, 0.1, 0.3, "elicited"))
    shown = rows[["full_look_low", "full_look", "full_look_high", "blind_spot", "cycle_years", "repeats"]]
    assert shown.iloc[1].tolist() == [0.2, 0.5, 0.8, 0.1, 1.0, "same_look"]
    assert rows["parameters_evidence"].unique().tolist() == ["assumed|elicited"]


@pytest.mark.parametrize("values", [(0.5, 0.4, 0.6), (-0.1, 0.0, 0.1), (0.5, 0.6, 1.1), (0.1, float("nan"), 0.2)])
def test_a_scenario_is_of_shares_in_rising_order(values: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="not shares in rising order"):
        Scenario(*values)


def test_a_cycle_of_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="is no cycle"):
        scenario(TWO, cycle_years=0.0)


@given(drawn=covers(tools="ABCD", criteria="kl"))
@settings(max_examples=4, deadline=None)
def test_what_controls_add_is_never_negative_and_adds_up_to_the_whole(drawn: dict[str, Any]) -> None:
    rows = scenario(drawn, blind_spot=Scenario(0.0, 0.1, 0.3))
    for _, chain in rows.groupby("criterion_id"):
        assert (chain["marginal_detection_low"] >= 0).all()
        assert chain["marginal_detection"].sum() == pytest.approx(chain["detection"].iloc[-1])


@given(share=st.sampled_from([0.1, 0.5, 1.0]), number=st.integers(2, 6))
@settings(max_examples=4, deadline=None)
def test_of_equal_controls_each_adds_less_than_the_one_before(share: float, number: int) -> None:
    rows = scenario({f"T{i}": {"k": share} for i in range(number)})
    assert (np.diff(rows["marginal_detection"]) < 0).all()


@given(drawn=covers(tools="AB", criteria="k"), wide=bounded())
@settings(max_examples=4, deadline=None)
def test_wider_parameters_never_narrow_what_is_detected(
    drawn: dict[str, Any], wide: tuple[float, float, float]
) -> None:
    central = wide[1]
    narrow, wider = (scenario(drawn, detection=d) for d in (Scenario(central, central, central), Scenario(*wide)))
    for column in ("detection", "marginal_detection"):
        assert (wider[f"{column}_low"] <= narrow[f"{column}_low"] + 1e-12).all()
        assert (wider[f"{column}_high"] >= narrow[f"{column}_high"] - 1e-12).all()


def test_another_name_changes_nothing_but_the_name() -> None:
    one, other = scenario({"A": {"k": 0.5}, "B": {"k": 0.5}}), scenario({"Z": {"k": 0.5}, "B": {"k": 0.5}})
    pd.testing.assert_frame_equal(one.drop(columns="obligation_id"), other.drop(columns="obligation_id"))
    assert other["obligation_id"].tolist() == ["Z", "B"]
