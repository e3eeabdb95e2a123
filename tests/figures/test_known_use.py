from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, known_use, title_of


def test_the_title_says_what_is_observed_stated_and_not_known(uses: pd.DataFrame) -> None:
    # 60 h observed, 100 h stated, 40 h not known, of 200 h of which one line is not measured.
    assert title_of(known_use(uses, labels={}, language="en")) == (
        "Of the 200\u00a0h a year that are known, 30% serve a use that was observed and 50% one that a text states; "
        "of 20% the use is not known"
    )


def test_none_found_is_said_apart_from_not_known(uses: pd.DataFrame) -> None:
    uses.loc[uses["known_use"] == "stated", "known_use"] = "none_found"
    assert title_of(known_use(uses, labels={}, language="en")).endswith(
        "0% one that a text states; for 50% none was found, of 20% nothing is known"
    )


def test_nothing_known_is_not_nothing_used(uses: pd.DataFrame) -> None:
    ax = known_use(uses.assign(known_use="unknown"), labels={}, language="en")
    assert title_of(ax) == "Of the 200\u00a0h a year that are known, the use of none is known"
    assert "Not known is not unused" in alt_text(ax)


def bars(ax: Axes) -> dict[str, str]:
    """Hatch of each filled bar by colour."""
    return {str(p.get_facecolor()): str(p.get_hatch() or "") for p in ax.patches if p.get_width() > 0}  # type: ignore[attr-defined]


def test_what_is_not_known_is_paper_with_hatches(uses: pd.DataFrame) -> None:
    assert bars(known_use(uses, labels={}))["(1.0, 1.0, 1.0, 1.0)"] == "//"


def test_all_tools_come_first_then_the_heaviest(uses: pd.DataFrame) -> None:
    ax = known_use(uses, labels={}, language="en")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["All tools", "budget", "accounts"]


def test_each_bar_is_whole(uses: pd.DataFrame) -> None:
    ax = known_use(uses, labels={})
    whole: dict[float, float] = {}
    for patch in ax.patches:
        whole[round(patch.get_y(), 3)] = whole.get(round(patch.get_y(), 3), 0.0) + patch.get_width()  # type: ignore[attr-defined]
    assert list(whole.values()) == pytest.approx([1.0, 1.0, 1.0])


def test_a_group_that_misses_lines_is_marked(uses: pd.DataFrame) -> None:
    said = {t.get_text() for t in known_use(uses, labels={}, language="en").texts}
    assert {"≥\u00a0200\u00a0h", "≥\u00a0160\u00a0h", "40\u00a0h"} <= said


def test_authorities_have_their_names(uses: pd.DataFrame, labels: dict[str, str]) -> None:
    table = uses.rename(columns={"instrument": "required_by_id"}).replace({"budget": "departement", "accounts": "pjj"})
    names = [t.get_text() for t in known_use(table, labels=labels).get_yticklabels()]
    assert names[1] == "Conseil départemental"


def test_a_group_without_known_hours_is_counted_in_the_note(uses: pd.DataFrame) -> None:
    ax = known_use(uses, labels={}, language="en")
    assert "1 instrument is not drawn" in alt_text(ax)


def test_what_is_beyond_the_most_is_together(uses: pd.DataFrame) -> None:
    more = pd.DataFrame({
        "instrument": ["grant", "cpom", "billing"], "known_use": "stated", "hours_per_year": [3.0, 2.0, 1.0],
        "rows_unmeasured": 0,
    })  # fmt: skip
    ax = known_use(pd.concat([uses, more]), labels={}, language="en", most=2)
    assert ax.get_yticklabels()[-1].get_text() == "3 other instruments"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_many_groups_stay_legible(language: str, illegible: Callable[[Axes], list[str]]) -> None:
    names = ["budget", "accounts", "cpom", "grant", "billing", "inspection", "evaluation", "activity_report",
             "statistical_survey", "individual_record", "human_resources", "users_rights"]  # fmt: skip
    statuses = ["observed", "stated", "none_found", "unknown"]
    rows = [(n, s, 1.0 + 3 * i * j, 1) for i, n in enumerate(names) for j, s in enumerate(statuses)]
    table = pd.DataFrame(rows, columns=["instrument", "known_use", "hours_per_year", "rows_unmeasured"])
    assert illegible(known_use(table, labels={}, language=language)) == []


def test_no_row_is_said() -> None:
    table = pd.DataFrame(columns=["instrument", "known_use", "hours_per_year"])
    assert alt_text(known_use(table, labels={}, language="en")) == "Nothing to show: the table has no row."


def test_no_known_duration_is_said(uses: pd.DataFrame) -> None:
    ax = known_use(uses.assign(hours_per_year=np.nan), labels={}, language="en")
    assert alt_text(ax).startswith("Nothing to show: the duration of none of the")
