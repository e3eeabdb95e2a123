from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from burden.figures import alt_text, pareto_curve, title_of

Labels = dict[str, str]
NBSP = "\u00a0"


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def test_the_title_says_how_few_make_half(hours: pd.DataFrame, labels: Labels) -> None:
    # 120 h of 200; one of the five has no known hours.
    assert title_of(pareto_curve(hours, labels=labels, language="en")) == (
        f"1 obligation of 4 makes 60% of the 200{NBSP}h a year that are known"
    )


def test_the_title_in_french(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(pareto_curve(hours, labels=labels)) == (
        f"1 obligation sur 4 fait 60{NBSP}% des 200{NBSP}h par an connues"
    )


def test_the_curve_runs_from_nothing_to_all(hours: pd.DataFrame, labels: Labels) -> None:
    curve = pareto_curve(hours, labels=labels).lines[1]
    assert np.asarray(curve.get_ydata()).tolist() == [0.0, 0.6, 0.75, 0.9, 1.0]


def test_the_heaviest_are_named_with_their_share(hours: pd.DataFrame, labels: Labels) -> None:
    words = " ".join(said(pareto_curve(hours, labels=labels, language="en")))
    assert "Compte administratif de clôture (15%)" in words


def test_no_more_are_named_than_asked(hours: pd.DataFrame, labels: Labels) -> None:
    words = " ".join(said(pareto_curve(hours, labels=labels, language="en", named=1)))
    assert "Compte administratif" not in words


def test_names_are_apart_however_close_their_points(labels: Labels) -> None:
    heavy = pd.DataFrame({"obligation_id": list("ABCDE"), "hours_per_year": [1000.0, 1.0, 1.0, 1.0, 1.0]})
    ax = pareto_curve(heavy, labels=labels, language="en")
    heights = sorted(t.get_position()[1] for t in ax.texts if "%" in t.get_text())
    assert len(heights) == 5
    assert min(np.diff(heights)) > 0.05


def test_the_note_says_how_uneven_it_is(hours: pd.DataFrame, labels: Labels) -> None:
    # 20, 30, 30, 120 of 200: 2 × (20 + 60 + 90 + 480) / (4 × 200) − 5 / 4 = 0.375.
    note = alt_text(pareto_curve(hours, labels=labels, language="en"))
    assert "Half of the hours: 1; four fifths: 3. Gini index: 0.4" in note


def test_what_is_not_on_the_curve_is_counted(hours: pd.DataFrame, labels: Labels) -> None:
    note = alt_text(pareto_curve(hours, labels=labels, language="en"))
    assert "1 obligation without any known duration is not on the curve." in note
    assert "3 lines without a known duration are left out of the hours." in note


def test_a_table_ranked_before_gives_the_same_curve(hours: pd.DataFrame, labels: Labels) -> None:
    ranked = hours.assign(share=0.0, cumulative_share=0.0, rank=1)
    assert title_of(pareto_curve(ranked, labels=labels)) == title_of(pareto_curve(hours, labels=labels))


def test_no_row_is_said() -> None:
    assert alt_text(pareto_curve(pd.DataFrame(), labels={}, language="en")) == "Nothing to show: the table has no row."


def test_no_known_hour_is_said(hours: pd.DataFrame) -> None:
    assert "the duration of the only line is not known" in alt_text(
        pareto_curve(hours.tail(1), labels={}, language="en")
    )
