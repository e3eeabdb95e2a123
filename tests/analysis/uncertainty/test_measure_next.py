from __future__ import annotations

import tracemalloc
from typing import Any

import pytest

from burden.analysis.uncertainty import Assumptions, measure_next, ranges
from burden.model.inventory import Inventory
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.uncertainty.rows import FEW, SPREADS, TARIFFS, ranged, timed

HOME = portfolio({"person": 10.0, "evidence": "assumed"})
EVEN = Assumptions(draws=2_000, table_share=0.0, respondent_share=1.0)
"""Every error is shared, and so drawn evenly over its distribution."""
# From one to three, one most likely: a PERT of mean 8/6 and of quantiles 1 + 2 × (1 − (1 − p)^(1/5)).
ONE_TO_THREE: dict[str, Any] = {"evidence": "assumed", "low_factor": 1.0, "high_factor": 3.0}
P10, P90 = (1 + 2 * (1 - (1 - p) ** 0.2) for p in (0.1, 0.9))


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


def counted(low: float, central: float, high: float) -> Inventory:
    """One tool for each of ten persons, more or less."""
    return ranged((low, central, high), per="person", spreads=[{"applies_to": "quantity", **ONE_TO_THREE}])


def test_a_time_that_is_measured_is_still_multiplied_by_a_number_that_is_not() -> None:
    # (60 + 4 × 60 + 660) / 6 = 160 minutes: 80 / 3 hours for ten persons.
    frame = measure_next(counted(60, 60, 660), HOME, assumed=EVEN)
    assert frame["input"].tolist() == ["time", "number"]
    assert frame.loc[0, ["p10", "p90"]].tolist() == pytest.approx([80 / 3 * P10, 80 / 3 * P90], rel=1e-3)


def test_a_number_that_is_counted_still_multiplies_a_time_that_is_not() -> None:
    frame = measure_next(counted(60, 60, 120), HOME, assumed=EVEN)
    assert frame["input"].tolist() == ["number", "time"]
    # From one to two hours, one most likely: half the reach of the number.
    hours = [10 * 8 / 6 * (1 + (quantile - 1) / 2) for quantile in (P10, P90)]
    assert frame.loc[0, ["p10", "p90"]].tolist() == pytest.approx(hours, rel=1e-3)


@pytest.mark.parametrize("longest", [120, 660])
def test_a_time_and_its_number_both_measured_leave_the_product_of_their_means(longest: int) -> None:
    last = measure_next(counted(60, 60, longest), HOME, assumed=EVEN).iloc[-1]
    hours = 10 * (300 + longest) / 6 / 60 * 8 / 6
    assert last[["p10", "p90"]].tolist() == pytest.approx([hours, hours], rel=1e-3)
    assert last["width_share"] == pytest.approx(0.0, abs=1e-6)


def test_a_number_alone_that_varies_is_all_there_is_to_measure() -> None:
    frame = measure_next(counted(60, 60, 60), HOME, assumed=FEW)
    assert frame[["input", "input_id"]].values.tolist() == [["number", "mecs"]]
    assert frame["width_share"].item() == pytest.approx(0.0, abs=1e-6)


def test_the_range_left_never_widens_where_times_and_what_is_counted_vary() -> None:
    per = {"A": "person", "B": "person", "C": "establishment", "D": "staff", "E": "person"}
    due = [duty(tool, "essms") for tool in "AD"] + [duty("B", "mecs"), duty("C", "ehpad"), duty("E", "ehpad")]
    times = [timed(tool, 5.0, 10.0 + 10 * i, 100.0 + 50 * i) for i, tool in enumerate(per)]
    inv = inventory([obligation(t, per=p) for t, p in per.items()], times, due, spreads=SPREADS)
    ptf = portfolio({"person": 10.0, "staff": 4.0, "evidence": "assumed"},
                    {"actor_id": "ehpad", "person": 30.0, "staff": 6.0, "evidence": "assumed"})  # fmt: skip
    left = measure_next(inv, ptf, count=99, assumed=FEW)["width_share"]
    assert len(left) == 7
    assert left.is_monotonic_decreasing
    assert left.iloc[-1] == pytest.approx(0.0, abs=1e-6)


def test_the_cost_of_an_hour_stays_drawn_once_the_hours_are_measured() -> None:
    inv = ranged((60.0, 60.0, 660.0), tariffs=TARIFFS, spreads=[{"applies_to": "tariff", **ONE_TO_THREE}])
    frame = measure_next(inv, HOME, measure="cost_eur_per_year", assumed=EVEN)
    # 160 minutes at 50 € an hour.
    assert frame[["p10", "p90"]].values.tolist() == [pytest.approx([400 / 3 * P10, 400 / 3 * P90], rel=1e-3)]


def test_the_draws_of_all_obligations_are_never_held_at_once() -> None:
    inv, many = ranged(*[(1.0, 10.0, 100.0)] * 100), Assumptions(draws=10_000)
    tracemalloc.start()
    measure_next(inv, HOME, count=1, assumed=many)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * many.draws * 4 / 2


def test_nothing_is_worth_measuring_where_nothing_varies() -> None:
    certain = inventory([obligation("T")], [timed("T", 60, 60, 60)])
    assert measure_next(certain, HOME, assumed=FEW).empty
