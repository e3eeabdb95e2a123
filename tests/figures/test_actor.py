from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, load_on_actor, title_of

Labels = dict[str, str]
NBSP, THIN = "\u00a0", "\u202f"


def texts(ax: Axes) -> set[str]:
    return {t.get_text() for t in ax.texts}


def test_the_title_says_how_many_ask_and_who_takes_most(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(load_on_actor(hours, actor="MECS", labels=labels, language="en")) == (
        f"MECS: 5 obligations to 4 authorities; Conseil départemental takes 75% of the 200{NBSP}h a year that are known"
    )


def test_the_title_in_french(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(load_on_actor(hours, actor="MECS", labels=labels)) == (
        f"MECS{NBSP}: 5 obligations envers 4 autorités{THIN}; Conseil départemental{NBSP}: 75{NBSP}% des"
        f" 200{NBSP}h par an connues"
    )


def test_one_row_gives_one_obligation_to_one_authority(hours: pd.DataFrame, labels: Labels) -> None:
    assert title_of(load_on_actor(hours.head(1), actor="MECS", labels=labels, language="en")) == (
        f"MECS: 1 obligation to 1 authority, 120{NBSP}h a year"
    )


def test_without_any_hours_the_obligations_still_show(hours: pd.DataFrame, labels: Labels) -> None:
    hours["hours_per_year"] = np.nan

    assert title_of(load_on_actor(hours, actor="MECS", labels=labels, language="en")) == (
        "MECS: 5 obligations to 4 authorities"
    )


def test_an_unknown_duration_is_not_zero(hours: pd.DataFrame, labels: Labels) -> None:
    assert f"?{NBSP}h" in texts(load_on_actor(hours, actor="MECS", labels=labels))


def test_a_sum_that_misses_lines_is_marked(hours: pd.DataFrame, labels: Labels) -> None:
    assert f"≥{NBSP}200{NBSP}h" in texts(load_on_actor(hours, actor="MECS", labels=labels))


def test_an_obligation_on_several_lines_counts_once(hours: pd.DataFrame, labels: Labels) -> None:
    twice = pd.concat([hours.head(1), hours.head(1)])

    assert title_of(load_on_actor(twice, actor="MECS", labels=labels, language="en")).startswith("MECS: 1 obligation")


def test_rows_of_several_actors_are_refused(hours: pd.DataFrame, labels: Labels) -> None:
    hours["actor_id"] = ["mecs", "mecs", "aemo", "mecs", "mecs"]

    with pytest.raises(ValueError, match="rows of 2 actors"):
        load_on_actor(hours, actor="MECS", labels=labels)


def test_forty_authorities_and_seventeen_instruments_stay_legible(
    illegible: Callable[[Axes], list[str]],
) -> None:
    table = pd.DataFrame(
        {
            "required_by_id": [f"a{i % 40}" for i in range(400)],
            "instrument": [f"instrument {i % 17}" for i in range(400)],
            "obligation_id": [f"o{i}" for i in range(400)],
            "hours_per_year": [1e4 + i for i in range(400)],
            "rows_unmeasured": 1,
        }
    )
    labels = {f"a{i}": f"Direction départementale des solidarités, insertion {i}" for i in range(40)}

    assert illegible(load_on_actor(table, actor="Maison d'enfants", labels=labels)) == []


def test_the_others_are_counted(hours: pd.DataFrame, labels: Labels) -> None:
    ax = load_on_actor(hours, actor="MECS", labels=labels, language="en", most=1)

    assert "3 other authorities" in {t.get_text().replace("\n", " ") for t in ax.get_yticklabels()}


def test_no_row_is_said(hours: pd.DataFrame, labels: Labels) -> None:
    ax = load_on_actor(hours.head(0), actor="MECS", labels=labels, language="en")

    assert alt_text(ax) == "Nothing to show: the table has no row."
