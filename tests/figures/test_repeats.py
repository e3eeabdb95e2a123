from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from burden.figures import alt_text, repeated_information, title_of

Labels = dict[str, str]
NBSP, THIN = "\u00a0", "\u202f"


def texts(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def test_the_title_counts_what_is_asked_again(repeats: pd.DataFrame, labels: Labels) -> None:
    # 60 + 20 hours, at most 90 + 20.
    assert title_of(repeated_information(repeats, labels=labels, language="en")) == (
        f"2 pieces of information are asked again: 80–110{NBSP}h of repeats a year"
    )


def test_the_title_in_french(repeats: pd.DataFrame, labels: Labels) -> None:
    assert title_of(repeated_information(repeats, labels=labels)) == (
        f"2 informations sont redemandées{NBSP}: 80–110{NBSP}h de répétitions par an"
    )


def test_the_title_gives_the_share_of_those_shown(repeats: pd.DataFrame, labels: Labels) -> None:
    # 60 of 80 hours.
    assert title_of(repeated_information(repeats, labels=labels, language="en", most=1)) == (
        f"1 piece of information of 2 makes 75% of the hours of repeats (60–90{NBSP}h a year)"
    )


def test_rows_of_several_actors_are_summed(repeats: pd.DataFrame, labels: Labels) -> None:
    assert f"60–90{NBSP}h" in texts(repeated_information(repeats, labels=labels))


def test_who_asks_is_named_by_initials(repeats: pd.DataFrame, labels: Labels) -> None:
    assert "3 obligations, 3 authorities: ARS, Conseil départemental, Protection judiciaire de la jeunesse" in texts(
        repeated_information(repeats, labels=labels, language="en")
    )


def test_a_bold_estimate_that_is_not_known_adds_nothing(repeats: pd.DataFrame, labels: Labels) -> None:
    repeats["repeat_h_per_year_high"] = np.nan

    assert f"60{NBSP}h" in texts(repeated_information(repeats, labels=labels))


def test_unknown_hours_are_counted_not_drawn(repeats: pd.DataFrame, labels: Labels) -> None:
    assert "1 repeated item without known hours" in alt_text(
        repeated_information(repeats, labels=labels, language="en")
    )


def test_what_is_not_repeated_is_not_drawn(repeats: pd.DataFrame, labels: Labels) -> None:
    repeats.loc[2, ["repeat_h_per_year", "repeat_h_per_year_high"]] = 0.0

    assert len(repeated_information(repeats, labels=labels).get_yticklabels()) == 1


def test_forty_of_them_are_ten_and_stay_legible(illegible: Callable[[Axes], list[str]]) -> None:
    authorities = {f"a{i}": f"Direction départementale des solidarités n° {i}" for i in range(12)}
    concepts = {f"c{i}": f"nombre de personnes accueillies ou accompagnées, mode {i}" for i in range(40)}
    table = pd.DataFrame(
        {
            "concept_id": list(concepts),
            "repeat_h_per_year": [1e5 / (i + 1) for i in range(40)],
            "repeat_h_per_year_high": [1.4e5 / (i + 1) for i in range(40)],
            "obligations": 12,
            "authorities": 12,
            "authority_ids": "|".join(authorities),
        }
    )

    assert illegible(repeated_information(table, labels=authorities | concepts)) == []


def test_no_repeat_is_said(repeats: pd.DataFrame, labels: Labels) -> None:
    repeats[["repeat_h_per_year", "repeat_h_per_year_high"]] = 0.0

    assert alt_text(repeated_information(repeats, labels=labels, language="en")) == (
        "Nothing to show: no information is asked twice."
    )


def test_unknown_hours_alone_are_said(repeats: pd.DataFrame, labels: Labels) -> None:
    assert alt_text(repeated_information(repeats.tail(1), labels=labels, language="en")) == (
        "Nothing to show: the hours of the repeats are not known."
    )


def test_no_row_is_said(repeats: pd.DataFrame, labels: Labels) -> None:
    assert alt_text(repeated_information(repeats.head(0), labels=labels, language="en")) == (
        "Nothing to show: the table has no row."
    )
