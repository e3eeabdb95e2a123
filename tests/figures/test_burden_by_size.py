from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, burden_by_size, title_of
from tests.figures import size_rows

NBSP = "\u00a0"


@pytest.fixture
def sizes() -> pd.DataFrame:
    return size_rows.curve()


def test_the_title_sets_the_small_against_today(sizes: pd.DataFrame, labels: dict[str, str]) -> None:
    # 80 h for 10 staff; 360 h for 100, of which 60 do not depend on size.
    assert title_of(burden_by_size(sizes, labels=labels, language="en")) == (
        f"80{NBSP}h a year for 10 members of staff at a size of 10, against 36{NBSP}h at today's 100 members of "
        "staff: 17% of today's hours do not depend on size"
    )


def test_a_threshold_is_named_with_the_hours_of_its_step(sizes: pd.DataFrame, labels: dict[str, str]) -> None:
    ax = burden_by_size(sizes, labels=labels, language="en")
    assert f"From 50 on: {labels['B']} (10{NBSP}h a year)." in alt_text(ax)
    assert "50" in {t.get_text() for t in ax.texts}


def test_a_step_that_is_not_drawn_on_both_sides_has_no_hours(sizes: pd.DataFrame, labels: dict[str, str]) -> None:
    ax = burden_by_size(sizes.drop(1), labels=labels, language="en")
    assert f"From 50 on: {labels['B']}." in alt_text(ax)


def test_what_stops_is_said_to(sizes: pd.DataFrame, labels: dict[str, str]) -> None:
    sizes["stops"], sizes["starts"] = sizes["starts"], ""
    assert f"From 50 on, no longer: {labels['B']}." in alt_text(burden_by_size(sizes, labels=labels, language="en"))


def test_the_line_goes_through_the_hours(sizes: pd.DataFrame) -> None:
    ax = burden_by_size(sizes, labels={})
    heights = [np.asarray(line.get_ydata(), dtype=float).tolist() for line in ax.lines]
    assert pytest.approx([80.0, 40.0, 42.0, 36.0]) in heights
    assert pytest.approx([50.0, 10.0, 12.0, 6.0]) in heights


def test_the_band_goes_from_the_lowest_to_the_highest(sizes: pd.DataFrame) -> None:
    (band,) = burden_by_size(sizes, labels={}).collections
    corners = band.get_paths()[0].vertices
    assert corners[:, 1].min() == pytest.approx(18.0)
    assert corners[:, 1].max() == pytest.approx(240.0)


def test_what_is_not_measured_is_counted(sizes: pd.DataFrame) -> None:
    said = alt_text(burden_by_size(sizes, labels={}, language="en"))
    assert "2 lines without a known duration are left out of the hours." in said


@pytest.mark.parametrize(("population", "said"), [("place", "1 place"), ("person", "1 person supported"),
                                                  ("household", "1 (ménages)")])  # fmt: skip
def test_size_may_be_counted_in_something_else(sizes: pd.DataFrame, population: str, said: str) -> None:
    table = sizes.assign(population_id=population, each=1.0)
    ax = burden_by_size(table, labels={"household": "ménages"}, language="en")
    assert f"for {said} at a size of 10" in title_of(ax)


def test_one_size_has_no_comparison(sizes: pd.DataFrame) -> None:
    ax = burden_by_size(sizes.tail(1), labels={}, language="en")
    assert title_of(ax) == f"36{NBSP}h a year for 10 members of staff, at a size of 100"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_near_thresholds_and_long_names_stay_legible(
    sizes: pd.DataFrame, labels: dict[str, str], language: str, illegible: Callable[[Axes], list[str]]
) -> None:
    more = [sizes.iloc[[2]].assign(factor=0.5 + i / 50, size=50.0 + 2 * i, starts=t) for i, t in enumerate("ACD", 1)]
    table = pd.concat([sizes, *more]).sort_values("factor")
    assert illegible(burden_by_size(table, labels=labels, language=language)) == []


def test_an_unknown_size_is_said(sizes: pd.DataFrame) -> None:
    unknown = sizes.assign(size=np.nan, hours_each=np.nan)
    assert alt_text(burden_by_size(unknown, labels={}, language="en")) == (
        "Nothing to show: the size of this structure is not known."
    )


def test_no_known_duration_is_said(sizes: pd.DataFrame) -> None:
    ax = burden_by_size(sizes.assign(hours_each=np.nan), labels={}, language="en")
    assert alt_text(ax) == "Nothing to show: the duration of none of the 2 lines is known."


def test_no_row_is_said(sizes: pd.DataFrame) -> None:
    assert alt_text(burden_by_size(sizes.head(0), labels={}, language="en")) == (
        "Nothing to show: the table has no row."
    )
