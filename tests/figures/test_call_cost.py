from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, call_cost, title_of
from tests.figures.call_rows import curve

Illegible = Callable[[Axes], list[str]]


def texts(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def test_the_title_names_where_cost_and_amount_cross() -> None:
    # 6 × 1,500 € are less than 10,000 €, 7 × 1,500 € are more.
    assert title_of(call_cost(curve(), language="en")) == (
        "From 7 candidates on, choosing costs more than the €10,000 it allocates"
    )


def test_the_crossing_is_named_in_the_drawing() -> None:
    assert "7 candidates" in texts(call_cost(curve(), language="en"))


def test_its_likely_range_is_in_the_note() -> None:
    # 3,000 € reach it at 4 candidates, 1,000 € at 10.
    assert "cross between 4 and 10 candidates" in alt_text(call_cost(curve(), language="en"))


def test_an_amount_beyond_the_curve_is_said_as_a_share() -> None:
    ax = call_cost(curve(30_000.0), language="en")
    assert title_of(ax) == "With 10 candidates, choosing costs 50% of the €30,000 allocated"


def test_an_amount_that_would_flatten_the_curve_is_not_drawn() -> None:
    ax = call_cost(curve(1_000_000.0), language="en")
    assert ax.get_ylim()[1] < 40_000
    assert not any("allocated" in said for said in texts(ax))


def test_without_an_amount_the_title_gives_the_one_that_breaks_even() -> None:
    ax = call_cost(curve(math.nan), language="en")
    assert title_of(ax) == "With 10 candidates, a call for less than €15,000 costs more than it allocates"


def test_the_band_goes_from_the_first_to_the_ninth_tenth() -> None:
    (band,) = call_cost(curve()).collections
    ends = band.get_paths()[0].vertices
    assert (ends[:, 1].min(), ends[:, 1].max()) == (1_000, 30_000)


def test_lines_that_nobody_timed_make_it_cost_more() -> None:
    assert "2 lines without a known duration are left out: the cost is higher." in alt_text(
        call_cost(curve(), language="en")
    )
    assert "left out" not in alt_text(call_cost(curve(unmeasured=0), language="en"))


def test_several_awards_are_named() -> None:
    assert "€10,000 allocated, 3 awards" in texts(call_cost(curve(awards=3), language="en"))


def test_no_row_is_said() -> None:
    assert alt_text(call_cost(curve().head(0), language="en")) == "Nothing to show: the table has no row."


def test_no_known_cost_is_said() -> None:
    table = curve().assign(eur_p50=math.nan)
    assert alt_text(call_cost(table, language="en")) == "Nothing to show: the cost of an hour is not known."


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("amount", [100.0, 7_000.0, 7_600.0, 14_900.0, 40_000.0, math.nan])
def test_names_stay_apart_wherever_the_amount_lies(amount: float, language: str, illegible: Illegible) -> None:
    assert illegible(call_cost(curve(amount), language=language)) == []


def test_one_number_of_candidates_is_drawn(illegible: Illegible) -> None:
    table = curve()
    assert illegible(call_cost(table[table["candidates"] == 3])) == []


def test_the_table_is_left_as_it_was() -> None:
    table = curve()
    before = table.copy()
    call_cost(table)
    pd.testing.assert_frame_equal(table, before)
