from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, procedures, title_of
from tests.figures.call_rows import NAMES
from tests.figures.call_rows import procedures as rows


def test_the_title_compares_those_with_as_many_candidates() -> None:
    assert title_of(procedures(rows(), labels={"call": "a call", "grant": "a grant"}, language="en")) == (
        "With 4 candidates, choosing takes from 30\u00a0h (a grant) to 240\u00a0h (a call)"
    )


def test_with_other_numbers_of_candidates_the_title_does_not_name_one() -> None:
    table = rows()
    table.loc[table["procedure"] == "grant", "candidates"] = 5
    assert title_of(procedures(table, labels={}, language="en")).startswith("For the same award, choosing takes")


def test_one_procedure_alone_is_said() -> None:
    table = rows()
    ax = procedures(table[table["procedure"] == "call"], labels={"call": "a call"}, language="en")
    assert title_of(ax) == "Choosing by a call takes 240\u00a0h"


def test_the_heaviest_procedure_comes_first_with_its_candidates() -> None:
    ax = procedures(rows(), labels={"call": "a call"}, language="en")
    assert [t.get_text() for t in ax.get_yticklabels()] == [
        "a call\n4 candidates", "grant\n4 candidates", "renewal\n1 candidate",
    ]  # fmt: skip


def test_each_bar_has_the_parts_of_each_party() -> None:
    ax = procedures(rows(), labels={})
    widths = [[p.get_width() for p in bars] for bars in ax.containers]  # type: ignore[attr-defined]
    assert widths == [[40, 5, 1], [120, 15, 0], [80, 10, 14]]


def test_hours_that_miss_lines_are_marked() -> None:
    said = {t.get_text() for t in procedures(rows(), labels={}, language="en").texts}
    assert {"≥\u00a0240\u00a0h (likely 192–360\u00a0h)", "30\u00a0h (likely 24–45\u00a0h)"} <= said


def test_an_unknown_procedure_is_named_in_the_note() -> None:
    ax = procedures(rows(), labels={"lottery": "a lottery"}, language="en")
    assert "Not drawn, as the hours of a file are not known: a lottery." in alt_text(ax)


def test_nothing_known_is_said() -> None:
    table = rows()
    ax = procedures(table[table["procedure"] == "lottery"], labels={}, language="en")
    assert alt_text(ax).startswith("Nothing to show: the duration of none")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_names_stay_legible(language: str, illegible: Callable[[Axes], list[str]]) -> None:
    assert illegible(procedures(rows(), labels=NAMES, language=language)) == []
