from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from burden.figures import alt_text, title_of, tool_sets

Labels = dict[str, str]


def heights(ax: Axes) -> list[float]:
    return [p.get_height() for p in ax.child_axes[1].patches]


def test_the_title_counts_what_several_ask(requests: pd.DataFrame, labels: Labels) -> None:
    assert title_of(tool_sets(requests, labels=labels, language="en")) == (
        "3 of the 5 pieces of information that these 4 tools ask are asked by several of them"
    )


def test_the_title_in_french(requests: pd.DataFrame, labels: Labels) -> None:
    assert title_of(tool_sets(requests, labels=labels)) == (
        "3 des 5 informations que demandent ces 4 outils sont demandées par plusieurs d'entre eux"
    )


def test_one_tool_has_nothing_in_common(requests: pd.DataFrame) -> None:
    title = title_of(tool_sets(requests, labels={"D": "Bilan"}, language="en", tools=["D"]))

    assert title == "Bilan asks for 1 piece of information"


def test_no_common_information_is_said(requests: pd.DataFrame, labels: Labels) -> None:
    assert title_of(tool_sets(requests, labels=labels, language="en", tools=["A", "D"])) == (
        "These 2 tools have none of their 4 pieces of information in common"
    )


def test_shared_groups_stand_first_the_largest_before(requests: pd.DataFrame, labels: Labels) -> None:
    # A and B: 2; A, B and C: 1; then B alone: 1 and D alone: 1.
    assert heights(tool_sets(requests, labels=labels)) == [2, 1, 1, 1]


def test_repeated_rows_count_once(requests: pd.DataFrame, labels: Labels) -> None:
    assert heights(tool_sets(pd.concat([requests, requests]), labels=labels)) == [2, 1, 1, 1]


def test_a_tool_that_asks_nothing_has_a_row(requests: pd.DataFrame, labels: Labels) -> None:
    ax = tool_sets(requests, labels=labels | {"Z": "Zéro"}, tools=["A", "Z"])

    assert "Zéro\u00a0(0)" in {t.get_text() for t in ax.child_axes[0].get_yticklabels()}


def test_tools_left_out_are_counted(requests: pd.DataFrame, labels: Labels) -> None:
    assert "2 tools that ask less are left out." in alt_text(tool_sets(requests, labels=labels, language="en", most=2))


def test_combinations_left_out_are_counted(requests: pd.DataFrame, labels: Labels) -> None:
    assert "2 smaller combinations (2 of the pieces of information) are not drawn." in alt_text(
        tool_sets(requests, labels=labels, language="en", groups=2)
    )


def test_many_tools_stay_legible(illegible: Callable[[Axes], list[str]]) -> None:
    names = {f"t{i:02}": f"Tableau de bord de la performance des établissements {i}" for i in range(40)}
    table = pd.DataFrame(
        [(t, f"c{c}") for i, t in enumerate(names) for c in range(200) if c % (i + 2) == 0],
        columns=["obligation_id", "concept_id"],
    )

    assert illegible(tool_sets(table, labels=names)) == []


def test_no_row_is_said(requests: pd.DataFrame, labels: Labels) -> None:
    assert alt_text(tool_sets(requests.head(0), labels=labels, language="en")) == (
        "Nothing to show: the table has no row."
    )
