from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from burden.figures import alt_text, critical_size, title_of
from tests.figures.contract_rows import MOST, curve


def said(ax: Axes) -> str:
    return " ".join(t.get_text().replace("\n", " ") for t in ax.texts)


def test_the_title_says_from_how_many_services_each_contract_pays() -> None:
    assert title_of(critical_size(curve(), language="en")) == (
        "CPOM, documents limited: fewer hours from 4 services on, surely from 5. "
        "CPOM, every document kept: never fewer hours, up to 6 services"
    )


def test_each_contract_is_drawn_by_how_far_it_lies_from_none() -> None:
    law = critical_size(curve(), language="en").lines[0]
    assert np.asarray(law.get_ydata()).tolist() == [17.0, 9.0, 1.0, -7.0, -15.0, -23.0]


def test_a_dot_marks_where_it_begins_to_pay_and_none_where_it_never_does() -> None:
    dots = [line for line in critical_size(curve(), language="en").lines if line.get_marker() == "o"]
    assert [np.ravel(dot.get_xydata()).tolist() for dot in dots] == [[4.0, -7.0]]


def test_the_band_is_the_range_of_the_difference() -> None:
    band = critical_size(curve(), language="en").collections[0].get_paths()[0].vertices
    assert (band[:, 1].min(), band[:, 1].max()) == (-31.0, 25.0)


def test_the_operator_audited_is_marked() -> None:
    assert "here: 3 services" in said(critical_size(curve(), language="en", own=3))
    assert "here:" not in said(critical_size(curve(), language="en", own=MOST + 1))


def test_the_names_given_stand_beside_the_curves() -> None:
    labels = {"law": "A light contract", "practice": "A heavy one", "without": "Nothing"}
    words = said(critical_size(curve(), labels=labels, language="en"))
    assert "A light contract: fewer hours from 4 services on" in words
    assert "A heavy one: never fewer hours" in words


def test_what_is_assumed_and_what_nobody_timed_is_under_the_figure() -> None:
    note = alt_text(critical_size(curve(), language="en"))
    assert "Durations are assumed." in note
    assert "Meetings, which nobody has timed, are in no curve" in note


def test_the_words_for_those_who_do_not_see_it_give_the_hours_of_each_case() -> None:
    note = alt_text(critical_size(curve(), language="en", own=5))
    assert "Hours a year for 5 services: No contract, 50\u00a0h" in note
    assert "CPOM, documents limited, 35\u00a0h" in note


def test_curves_close_to_one_another_have_names_apart(illegible: Callable[[Axes], list[str]]) -> None:
    close = curve()
    contracts = close["case"] != "without"
    close.loc[contracts, ["difference_p10", "difference_p50", "difference_p90"]] *= 0.01
    assert illegible(critical_size(close, language="en", own=2)) == []


def test_one_service_is_enough_for_a_figure(illegible: Callable[[Axes], list[str]]) -> None:
    assert illegible(critical_size(curve()[lambda f: f["services"] == 1], language="en")) == []


def test_no_curve_is_said_to_be_none() -> None:
    assert "othing" in alt_text(critical_size(pd.DataFrame(columns=curve().columns), language="en"))
