from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection

from burden.figures import alt_text, controls_on_criteria, title_of

Labels = dict[str, str]
NBSP, THIN = "\u00a0", "\u202f"


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def areas(ax: Axes) -> list[float]:
    return sorted(float(c.get_sizes()[0]) for c in ax.collections if isinstance(c, PathCollection))


def test_the_title_counts_the_criteria_that_several_look_at(covers: pd.DataFrame) -> None:
    ax = controls_on_criteria(covers, labels={"staff": "Staff"}, language="en")
    assert title_of(ax) == "1 criterion of 3 is looked at by two controls or more; “Staff” by 2"


def test_the_title_in_french(covers: pd.DataFrame) -> None:
    assert title_of(controls_on_criteria(covers, labels={"staff": "Effectifs"})) == (
        f"1 critère sur 3 est examiné par deux contrôles ou plus{THIN}; «{THIN}Effectifs{THIN}» par 2"
    )


def test_where_no_two_look_at_the_same_the_title_says_so(covers: pd.DataFrame) -> None:
    assert title_of(controls_on_criteria(covers.iloc[[0, 2, 3]], labels={}, language="en")) == (
        "None of the 2 criteria is looked at by two controls"
    )


def test_discs_are_as_large_as_what_is_covered(covers: pd.DataFrame) -> None:
    _, small, half, most = areas(controls_on_criteria(covers, labels={}))
    assert most / half == pytest.approx(0.8 / 0.5)
    assert small < half


def test_numbers_are_per_cent_and_a_ring_has_none(covers: pd.DataFrame) -> None:
    words = said(controls_on_criteria(covers, labels={}, language="en"))
    assert {"80", "50", "5"} <= set(words)
    assert "0" not in words


def test_the_last_row_counts_the_controls_that_look(covers: pd.DataFrame) -> None:
    words = said(controls_on_criteria(covers, labels={}, language="en"))
    first = words.index("Controls that look at it") + 1
    assert words[first : first + 2] == ["2", "1"]


def test_a_control_that_only_cites_is_not_drawn(covers: pd.DataFrame) -> None:
    assert "C" not in said(controls_on_criteria(covers, labels={}, language="en"))


def test_judgements_are_said_to_be_judgements(covers: pd.DataFrame) -> None:
    # Three coverages of five are assumed.
    assert "60% of these coverages are judgements" in alt_text(controls_on_criteria(covers, labels={}, language="en"))


def test_what_is_left_out_is_counted(covers: pd.DataFrame) -> None:
    ax = controls_on_criteria(covers, labels={}, language="en", most=1, criteria=1)
    assert "controls that look at less (1), criteria that fewer look at (1)" in alt_text(ax)
    assert "2" in said(ax)


def test_the_limit_of_the_measure_is_said(covers: pd.DataFrame) -> None:
    assert "two controls may look at different parts" in alt_text(
        controls_on_criteria(covers, labels={}, language="en")
    )


def test_no_criterion_is_said(covers: pd.DataFrame) -> None:
    assert alt_text(controls_on_criteria(covers.tail(2), labels={}, language="en")) == (
        "Nothing to show: no control has a criterion written down."
    )
