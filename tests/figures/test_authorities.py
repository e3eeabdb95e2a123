from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, burden_by_authority, title_of

Labels = dict[str, str]
NBSP, THIN = "\u00a0", "\u202f"


def rows(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.get_yticklabels()]


def many(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "required_by_id": [f"a{i:02}" for i in range(count)],
            "instrument": [("budget", "accounts", "cpom", "grant")[i % 4] for i in range(count)],
            "hours_per_year": [float(count - i) for i in range(count)],
        }
    )


def test_the_title_states_the_share_of_the_first(hours: pd.DataFrame, labels: Labels) -> None:
    # 150 of 200 known hours; the DDETS asks too, of unknown duration.
    assert title_of(burden_by_authority(hours, labels=labels, language="en")) == (
        f"The first of 4 authorities, Conseil départemental, makes 75% of the 200{NBSP}h a year that are known"
    )


def test_the_title_in_french(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(burden_by_authority(hours, labels=labels)) == (
        f"Première des 4 autorités{NBSP}: Conseil départemental, 75{NBSP}% des 200{NBSP}h par an connues"
    )


def test_the_title_counts_the_few_that_make_two_thirds(labels: Labels) -> None:
    # 60 + 50 + 40 of 210 hours.
    table = pd.DataFrame(
        {
            "required_by_id": list("abcdefg"),
            "instrument": "budget",
            "hours_per_year": [60.0, 50.0, 40.0, 20.0, 20.0, 10.0, 10.0],
        }
    )

    assert title_of(burden_by_authority(table, labels=labels, language="en")) == (
        f"3 authorities of 7 make 71% of the 210{NBSP}h a year"
    )


def test_the_title_does_not_count_many_as_few() -> None:
    table = pd.DataFrame({"required_by_id": list("abcd"), "instrument": "budget", "hours_per_year": [10.0] * 4})

    assert title_of(burden_by_authority(table, labels={"a": "Alpha"}, language="en")) == (
        f"The first of 4 authorities, Alpha, makes 25% of the 40{NBSP}h a year"
    )


def test_one_authority_asks_for_all(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(burden_by_authority(hours.head(2), labels=labels, language="en")) == (
        f"One authority asks for all of the 150{NBSP}h a year: Conseil départemental"
    )


def test_hours_of_no_stated_authority_are_not_given_to_one(hours: pd.DataFrame, labels: Labels) -> None:
    table = hours.head(3).assign(required_by_id=["departement", None, None])

    assert title_of(burden_by_authority(table, labels=labels, language="en")) == (
        f"Conseil départemental makes 67% of the 180{NBSP}h a year"
    )


def test_lines_without_a_duration_are_counted_under_the_axes(hours: pd.DataFrame, labels: Labels) -> None:
    assert "3 lines without a known duration" in alt_text(burden_by_authority(hours, labels=labels, language="en"))


def test_an_authority_without_any_duration_is_said(hours: pd.DataFrame, labels: Labels) -> None:
    assert "1 authority is not drawn" in alt_text(burden_by_authority(hours, labels=labels, language="en"))


def test_a_sum_that_misses_lines_is_marked(hours: pd.DataFrame, labels: Labels) -> None:
    said = {t.get_text() for t in burden_by_authority(hours, labels=labels, language="en").texts}

    assert {f"≥{NBSP}20{NBSP}h", f"150{NBSP}h"} <= said


def test_bars_of_one_authority_add_up(hours: pd.DataFrame, labels: Labels) -> None:
    ax = burden_by_authority(hours, labels=labels)
    first = [p.get_width() for p in ax.patches if abs(p.get_y() + p.get_height() / 2) < 1e-9]

    assert sum(first) == pytest.approx(150.0)


def test_the_thin_line_runs_from_low_to_high(hours: pd.DataFrame, labels: Labels) -> None:
    # The PJJ has equal bounds: no line.
    ax = burden_by_authority(hours, labels=labels)
    ranges = [tuple(s[:, 0]) for s in ax.collections[0].get_segments()]

    assert ranges == [(110.0, 240.0), (10.0, 60.0)]


def test_a_missing_bound_draws_no_line(hours: pd.DataFrame, labels: Labels) -> None:
    hours.loc[0, "hours_per_year_low"] = np.nan
    ax = burden_by_authority(hours, labels=labels)

    assert [tuple(s[:, 0]) for s in ax.collections[0].get_segments()] == [(10.0, 60.0)]


def test_forty_authorities_are_eight_and_the_others(labels: Labels) -> None:
    assert rows(burden_by_authority(many(40), labels=labels, language="en"))[-1] == "32 other authorities"


def test_what_is_grouped_is_not_lost(labels: Labels) -> None:
    ax = burden_by_authority(many(40), labels=labels)

    assert sum(p.get_width() for p in ax.patches) == pytest.approx(40 * 41 / 2)


def test_a_single_one_is_not_grouped_as_others(labels: Labels) -> None:
    assert len(rows(burden_by_authority(many(9), labels=labels))) == 9


def test_many_long_names_stay_legible(illegible: Callable[[Axes], list[str]]) -> None:
    long = {f"a{i:02}": f"Direction de l'économie, de l'emploi et du travail, région {i}" for i in range(40)}

    assert illegible(burden_by_authority(many(40), labels=long)) == []


def test_hours_of_a_nation_stay_legible(illegible: Callable[[Axes], list[str]], labels: Labels) -> None:
    table = many(12)
    table["hours_per_year"] *= 1e6
    table["hours_per_year_low"] = table["hours_per_year"] / 2
    table["hours_per_year_high"] = table["hours_per_year"] * 1.05

    assert illegible(burden_by_authority(table, labels=labels)) == []


def test_no_row_is_said(hours: pd.DataFrame, labels: Labels) -> None:
    assert alt_text(burden_by_authority(hours.head(0), labels=labels, language="en")) == (
        "Nothing to show: the table has no row."
    )


def test_no_known_duration_is_said(hours: pd.DataFrame, labels: Labels) -> None:
    hours["hours_per_year"] = np.nan

    assert alt_text(burden_by_authority(hours, labels=labels, language="en")) == (
        "Nothing to show: the duration of none of the 3 lines is known."
    )


def test_the_table_is_not_changed(hours: pd.DataFrame, labels: Labels) -> None:
    before = hours.copy()
    burden_by_authority(hours, labels=labels)

    pd.testing.assert_frame_equal(hours, before)


def test_equal_bounds_need_no_word_about_a_line(hours: pd.DataFrame, labels: Labels) -> None:
    assert "Thin line" not in alt_text(burden_by_authority(hours.iloc[[3]], labels=labels, language="en"))
