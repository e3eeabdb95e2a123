from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes

import burden as bd
from burden.figures import alt_text, plan_measures, title_of
from tests.figures.plan_rows import measures

NBSP = "\u00a0"
LABELS = {"A": "Plan", "B": "Report", "C": "Budget", "D": "Review", "E": "Survey", "ars": "Health agency (HA)"}
Illegible = Callable[[Axes], list[str]]


def said(ax: Axes) -> list[str]:
    return [t.get_text().replace("\n", " ") for t in ax.texts]


def widths(ax: Axes) -> list[list[float]]:
    return [[bar.get_width() for bar in bars] for bars in ax.containers]


def test_the_title_says_how_few_measures_make_most() -> None:
    assert title_of(plan_measures(measures(), labels=LABELS, language="en")) == (
        f"2 measures of 4 save 85% of the 100{NBSP}h a year that the plan saves"
    )


def test_the_title_in_french() -> None:
    assert title_of(plan_measures(measures(), labels=LABELS)) == (
        f"2 mesures sur 4 font 85{NBSP}% des 100{NBSP}h par an que le plan économise"
    )


def test_a_single_measure_is_said() -> None:
    ax = plan_measures(measures().head(1), labels=LABELS, language="en")
    assert title_of(ax) == f"A single measure saves 60{NBSP}h a year"


def test_a_bar_is_parted_by_what_is_lost_without_the_measure() -> None:
    lost, made_up, not_tried = widths(plan_measures(measures(), labels=LABELS))
    assert lost == [60, 5, 0, 0]
    assert made_up == [0, 20, 10]
    assert not_tried == [5]


def test_a_loss_beyond_the_saving_fills_the_bar() -> None:
    table = measures().assign(lost=[75.0, 5.0, -1e-12, 0.0])
    ax = plan_measures(table, labels=LABELS, language="en")
    assert widths(ax)[0] == [60, 5, 0, 0]
    assert f"75{NBSP}h" in said(ax)


def test_the_likely_range_is_a_line_over_the_bar() -> None:
    lines = plan_measures(measures(), labels=LABELS).collections[0].get_segments()  # type: ignore[attr-defined]
    assert [(line[0][0], line[1][0]) for line in lines] == [(50, 200), (20, 40), (8, 30), (4, 9)]


def test_the_columns_say_what_is_lost_and_how_often_the_measure_stays() -> None:
    words = said(plan_measures(measures(), labels=LABELS, language="en"))
    assert words[words.index("Lost if refused") + 1 :][:4] == [f"60{NBSP}h", f"5{NBSP}h", f"0{NBSP}h", "?"]
    assert words[words.index("In the best plan") + 1 :][:4] == ["100%", "90%", "40%", "100%"]


def test_each_kind_of_measure_is_named() -> None:
    words = set(said(plan_measures(measures(), labels=LABELS, language="en")))
    assert {
        "Plan", "2 items from: Report", "1 item from: register “FINESS” (HA)", "becomes part of: Report",
        "ends, as all that it asks is given elsewhere",
    } <= words  # fmt: skip


def test_the_rest_is_summed() -> None:
    ax = plan_measures(measures(), labels=LABELS, language="en", most=2)
    assert "2 other measures" in said(ax)
    assert f"15{NBSP}h" in said(ax)


def test_a_single_measure_left_is_drawn_and_not_summed() -> None:
    words = " ".join(said(plan_measures(measures(), labels=LABELS, language="en", most=3)))
    assert "other measure" not in words


def test_measures_alone_are_enough() -> None:
    bare = measures().drop(columns=["p10", "p90", "survives_share", "lost"])
    ax = plan_measures(bare, labels=LABELS, language="en")
    assert widths(ax) == [[60, 25, 10, 5]]
    assert ax.get_legend() is None
    assert "In the best plan" not in alt_text(ax)


def test_the_words_for_those_who_do_not_see_it_give_every_value() -> None:
    note = alt_text(plan_measures(measures(), labels=LABELS, language="en"))
    assert (
        f"Plan, 2 items from: Report, 60{NBSP}h (50–200{NBSP}h), 60{NBSP}h lost if refused, "
        "in the best plan in 100% of the draws"
    ) in note


def test_euros_are_written_as_euros() -> None:
    words = said(plan_measures(measures(), labels=LABELS, language="en", measure="cost_eur_per_year"))
    assert "€60 (€50–€200)" in words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_names_wrap_and_stay_legible(language: str, illegible: Illegible) -> None:
    long = "Agrément relatif à l'ingénierie sociale, financière et technique ou à l'intermédiation locative"
    ax = plan_measures(measures(), labels=dict.fromkeys("ABCDE", long), language=language)
    assert illegible(ax) == []
    assert "…" not in " ".join(said(ax))


def test_no_saving_is_said() -> None:
    for nothing in (measures().head(0), measures().assign(saved=0.0), pd.DataFrame()):
        ax = plan_measures(nothing, labels=LABELS, language="en")
        assert alt_text(ax) == "Nothing to show: nothing can be saved under the limits set."


def test_the_measures_of_a_real_plan_are_drawn(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    found = bd.simplify.plan(toy, toy_portfolio)
    assert title_of(plan_measures(found.measures, labels={}, language="en"))
