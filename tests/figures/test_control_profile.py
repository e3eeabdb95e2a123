from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from burden.figures import alt_text, control_profile, title_of
from burden.figures.frame import size_pt
from burden.figures.style import look

Labels = dict[str, str]
NBSP = "\u00a0"


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def test_the_title_says_how_most_is_asked_and_what_is_used(ways: pd.DataFrame, labels: Labels) -> None:
    # 100 h of 200 in one way; 100 h observed, 80 h stated, three lines not measured.
    assert title_of(control_profile(ways, labels=labels, language="en")) == (
        f"50% of the 200{NBSP}h a year that are known are asked in one way: document, continuous; a use was observed "
        "for 50%, only stated by a text for 40%"
    )


def test_the_title_in_french(ways: pd.DataFrame, labels: Labels) -> None:
    assert title_of(control_profile(ways, labels=labels)).startswith(
        f"50{NBSP}% des 200{NBSP}h par an connues sont demandées d'une seule manière{NBSP}: pièce ou document"
    )


def test_no_row_on_use_is_not_no_use(ways: pd.DataFrame, labels: Labels) -> None:
    unknown = ways.assign(
        observed_use_h_per_year=0.0, stated_use_h_per_year=0.0, none_found_h_per_year=0.0,
        unknown_use_h_per_year=ways["hours_per_year"],
    )  # fmt: skip
    ax = control_profile(unknown, labels=labels, language="en")
    assert title_of(ax).endswith("nobody wrote down what they are used for")
    assert said(ax).count("?") == 2


def test_cells_are_shares_of_their_row(ways: pd.DataFrame, labels: Labels) -> None:
    # Département 100 and 20 of 120, ARS all of it.
    assert {"83", "17", "100"} <= set(said(control_profile(ways, labels=labels, language="en")))


def test_hours_that_miss_something_are_marked(ways: pd.DataFrame, labels: Labels) -> None:
    words = said(control_profile(ways, labels=labels, language="en"))
    assert f"≥{NBSP}120{NBSP}h" in words
    assert f"80{NBSP}h" in words


def test_a_use_looked_for_in_vain_is_not_a_known_use(ways: pd.DataFrame, labels: Labels) -> None:
    assert "83%" in said(control_profile(ways, labels=labels, language="en"))


def test_rows_stand_from_the_heaviest(ways: pd.DataFrame, labels: Labels) -> None:
    words = said(control_profile(ways, labels=labels, language="en"))
    assert words.index("Conseil départemental") < words.index("Agence régionale de santé (ARS)")


def test_ways_that_nobody_asks_in_have_no_column(ways: pd.DataFrame, labels: Labels) -> None:
    words = said(control_profile(ways, labels=labels, language="en"))
    assert "attested" not in words
    assert words.count("declared") == 1


def test_a_way_too_small_for_a_column_is_counted_in_the_note(ways: pd.DataFrame, labels: Labels) -> None:
    tiny = ways.assign(hours_per_year=[100.0, 0.1, 80.0, np.nan])
    assert "too small to be drawn: 0.05% of the hours" in alt_text(control_profile(tiny, labels=labels, language="en"))


def test_small_groups_are_put_together(ways: pd.DataFrame, labels: Labels) -> None:
    many = pd.concat([ways.assign(required_by_id=f"a{i}").iloc[[0]] for i in range(6)])
    assert "4 others" in said(control_profile(many, labels=labels, language="en", most=2))


def test_it_may_be_of_silos(ways: pd.DataFrame) -> None:
    silos = ways.rename(columns={"required_by_id": "silo_id"})
    assert "ars" in said(control_profile(silos, labels={}, by="silo_id", language="en"))


def test_the_limit_of_the_measure_is_said(ways: pd.DataFrame, labels: Labels) -> None:
    assert "How a tool asks does not say why" in alt_text(control_profile(ways, labels=labels, language="en"))


@pytest.mark.parametrize("groups", [1, 3, 12])
def test_rows_keep_their_height_however_many_there_are(ways: pd.DataFrame, labels: Labels, groups: int) -> None:
    many = pd.concat([ways.assign(required_by_id=f"a{i}").head(3) for i in range(groups)])
    ax = control_profile(many, labels=labels, most=20)
    with look():
        assert size_pt(ax)[1] == pytest.approx(abs(np.diff(ax.get_ylim())[0]), rel=0.02)


def test_it_is_legible_on_axes_of_another_figure(
    ways: pd.DataFrame, labels: Labels, illegible: Callable[[Axes], list[str]]
) -> None:
    ax = Figure(figsize=(12, 6), layout="constrained").add_subplot()
    with look():
        assert illegible(control_profile(ways, labels=labels, ax=ax)) == []


def test_no_row_is_said() -> None:
    assert alt_text(control_profile(pd.DataFrame(), labels={}, language="en")) == (
        "Nothing to show: the table has no row."
    )


def test_no_known_hour_is_said(ways: pd.DataFrame) -> None:
    assert "the duration of none of the 2 lines is known" in alt_text(
        control_profile(ways.tail(1), labels={}, language="en")
    )
