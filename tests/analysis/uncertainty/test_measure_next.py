from __future__ import annotations

import pytest

from burden.analysis.uncertainty import Assumptions, measure_next, ranges
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.analysis.uncertainty.rows import FEW, SPREADS, ranged, timed

HOME = portfolio({"person": 10.0, "evidence": "assumed"})


def test_the_widest_time_comes_first() -> None:
    frame = measure_next(ranged((1.0, 2.0, 3.0), (1.0, 20.0, 300.0), (5.0, 6.0, 40.0)), HOME, assumed=FEW)
    assert frame["input_id"].tolist() == ["T1", "T2", "T0"]


def test_variance_shares_of_all_times_add_up_to_one() -> None:
    frame = measure_next(ranged((1.0, 2.0, 3.0), (1.0, 20.0, 300.0), (5.0, 6.0, 40.0)), HOME, count=9, assumed=FEW)
    assert frame["variance_share"].sum() == pytest.approx(1.0, abs=1e-4)


def test_each_measurement_narrows_what_is_left() -> None:
    inv = ranged(*[(1.0, 10.0 + i, 100.0) for i in range(8)])
    left = measure_next(inv, HOME, count=8, assumed=Assumptions(draws=10_000))["width_share"]
    assert left.is_monotonic_decreasing
    assert left.iloc[-1] == pytest.approx(0.0, abs=1e-6)


def test_the_range_left_is_the_range_once_measured() -> None:
    frame = measure_next(ranged((1.0, 2.0, 3.0), (1.0, 20.0, 300.0)), HOME, count=1, assumed=FEW)
    other = ranges(ranged((1.0, 2.0, 3.0)), HOME, assumed=FEW)
    assert frame["p90"].item() - frame["p10"].item() == pytest.approx((other["p90"] - other["p10"]).item(), rel=1e-3)


def test_a_number_is_worth_counting_where_it_is_what_varies() -> None:
    tools = [obligation(n, per="person") for n in ("A", "B")]
    inv = inventory(tools, [asks(n, "days") for n in ("A", "B")], spreads=SPREADS)
    first = measure_next(inv, HOME, count=1, assumed=FEW)
    assert first[["input", "input_id"]].values.tolist() == [["number", "mecs"]]


def test_nothing_is_worth_measuring_where_nothing_varies() -> None:
    certain = inventory([obligation("T")], [timed("T", 60, 60, 60)])
    assert measure_next(certain, HOME, assumed=FEW).empty
