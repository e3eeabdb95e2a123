from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

import burden as bd
from burden.figures import alt_text, plan_front, title_of
from burden.simplify.planning.front import LEVELS
from tests.figures.plan_rows import front

NBSP = "\u00a0"
Illegible = Callable[[Axes], list[str]]


def said(ax: Axes) -> set[str]:
    return {t.get_text().replace("\n", " ") for t in ax.texts}


def test_the_title_says_how_few_texts_give_half() -> None:
    assert title_of(plan_front(front(), language="en")) == (
        f"1 text of 3 gives 65% of the 100{NBSP}h a year that can be saved; without a law, 30%"
    )


def test_the_title_in_french() -> None:
    assert title_of(plan_front(front())) == (
        f"1 texte sur 3 donne 65{NBSP}% des 100{NBSP}h par an que l'on peut économiser\u202f; sans loi, 30{NBSP}%"
    )


def test_where_half_takes_no_text_the_title_says_so() -> None:
    table = front().assign(saved=100.0, bound_saved=100.0)
    assert title_of(plan_front(table, language="en")) == (
        f"Without a single text, 100% of the 100{NBSP}h a year that can be saved"
    )


def test_levels_may_reach_further_than_the_texts_allowed() -> None:
    table = front()[lambda f: (f["by"] == "level") | (f["allowed"] == "0")]
    assert "Without a single text, 5% of the 100" in title_of(plan_front(table, language="en"))


def test_the_steps_rise_at_each_number_of_texts() -> None:
    steps = plan_front(front()).lines[0]
    assert steps.get_drawstyle() == "steps-post"
    assert np.asarray(steps.get_xydata()).tolist() == [[0, 5], [1, 65], [2, 90], [3, 100]]


def test_what_is_not_proven_is_drawn_over_its_point_alone() -> None:
    bars = plan_front(front()).collections[0]
    assert [segment.tolist() for segment in bars.get_segments()] == [[[1, 65], [1, 80]]]  # type: ignore[attr-defined]


def test_what_is_not_proven_is_said() -> None:
    proven = front().assign(bound_saved=lambda f: f["saved"])
    assert "not proven" in alt_text(plan_front(front(), language="en"))
    assert "not proven" not in alt_text(plan_front(proven, language="en"))


def test_the_points_are_named_beside_the_steps() -> None:
    words = said(plan_front(front(), language="en"))
    assert {f"1 text: 65{NBSP}h (65%)", f"2 texts: 90{NBSP}h (90%)", f"3 texts: 100{NBSP}h (100%)"} <= words


def test_each_level_has_its_bar_and_its_saving() -> None:
    ax = plan_front(front(), language="en")
    assert {"nothing", "decrees as well", f"30{NBSP}h (30%)", f"2{NBSP}h (2%)"} <= said(ax)
    lengths = [bar.get_width() for bar in ax.patches[1::2]]  # type: ignore[attr-defined]
    assert lengths[3] / lengths[4] == pytest.approx(0.3)


def test_every_level_of_the_front_has_a_name() -> None:
    table = pd.DataFrame({"by": "level", "allowed": list(LEVELS), "saved": 1.0, "bound_saved": 1.0, "gateways": 0})
    ax = plan_front(pd.concat([front().head(4), table]), language="en")
    assert len(ax.patches) == 2 * len(LEVELS)


def test_exchanges_are_counted_for_those_who_do_not_see_it() -> None:
    assert f"2 texts and 2 exchanges, 90{NBSP}h" in alt_text(plan_front(front(), language="en"))


def test_the_law_is_only_said_to_excuse_arguably() -> None:
    assert "arguably" in alt_text(plan_front(front(), language="en"))


def test_a_text_of_unknown_level_is_told_apart() -> None:
    table = front()
    table.loc[table["allowed"] == "law", ["saved", "bound_saved"]] = 40.0
    assert "whose level is not known" in alt_text(plan_front(table, language="en"))


def test_euros_are_written_as_euros() -> None:
    ax = plan_front(front(), measure="cost_eur_per_year", language="en")
    assert "the €100 a year" in title_of(ax)
    assert ax.get_ylabel() == "Euros saved a year"


def test_without_levels_the_curve_has_the_whole_width() -> None:
    ax = plan_front(front().head(4), language="en")
    assert ax.get_xlim() == (0, 3)
    assert "On the right" not in alt_text(ax)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("saved", [[0, 0, 0, 100.0], [99.0, 99.2, 99.6, 100.0], [100.0, 100.0, 100.0, 100.0]])
def test_points_close_to_one_another_stay_legible(saved: list[float], language: str, illegible: Illegible) -> None:
    table = front()
    table.loc[table["by"] == "acts", ["saved", "bound_saved"]] = np.array([saved, saved]).T
    assert illegible(plan_front(table, language=language)) == []


def test_a_plan_that_needs_no_text_is_one_point(illegible: Illegible) -> None:
    ax = plan_front(front().head(1), language="en")
    assert f"0 texts: 5{NBSP}h (100%)" in said(ax)
    assert illegible(ax) == []


def test_no_saving_is_said() -> None:
    ax = plan_front(front().assign(saved=0.0, bound_saved=0.0), language="en")
    assert alt_text(ax) == "Nothing to show: nothing can be saved under the limits set."


def test_no_row_is_said() -> None:
    assert alt_text(plan_front(pd.DataFrame(), language="en")) == "Nothing to show: the table has no row."


def test_the_front_of_a_real_plan_is_drawn(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    table = bd.simplify.front(bd.simplify.plan(toy, toy_portfolio))
    assert title_of(plan_front(table, language="en"))
