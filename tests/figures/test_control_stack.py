from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, control_stack, title_of
from tests.figures import size_rows

NBSP = "\u00a0"


@pytest.fixture
def piled() -> pd.DataFrame:
    return size_rows.stack()


def draw(table: pd.DataFrame, labels: dict[str, str] | None = None, language: str = "en", **more: int) -> Axes:
    return control_stack(table, actor="MECS", labels=labels or {}, language=language, **more)


def test_the_title_counts_controls_and_hours_in_common(piled: pd.DataFrame) -> None:
    # 75 of 160 h; D is not timed.
    assert title_of(draw(piled)) == (
        f"MECS: in 5 years 4 controls and evaluations, ≥{NBSP}160{NBSP}h, up to 47% of them on what another control "
        "looks at too"
    )


def widths(ax: Axes) -> list[list[float]]:
    """Lengths of the parts of each bar, from the first part to the last."""
    parts = [[p.get_width() for p in container] for container in ax.containers]  # type: ignore[attr-defined]
    return [list(bar) for bar in zip(*parts, strict=True)]


def test_a_bar_is_parted_in_common_alone_and_not_written_down(piled: pd.DataFrame) -> None:
    assert widths(draw(piled)) == [[75.0, 25.0, 0.0], [0.0, 50.0, 0.0], [0.0, 0.0, 10.0]]


def test_hours_have_their_range_and_a_mark_where_a_line_is_missing(piled: pd.DataFrame) -> None:
    said = {t.get_text() for t in draw(piled).texts}
    assert {f"≥{NBSP}100{NBSP}h (50–300{NBSP}h)", f"50{NBSP}h (25–150{NBSP}h)"} <= said


def test_how_often_and_on_how_many_criteria(piled: pd.DataFrame) -> None:
    said = {t.get_text() for t in draw(piled).texts}
    assert {"1 time; 4 criteria, 3 in common", "5 times; 2 criteria, 0 in common",
            "0.5 times; criteria not written down"} <= said  # fmt: skip


def test_euros_and_hours_of_the_authorities_are_apart(piled: pd.DataFrame, labels: dict[str, str]) -> None:
    said = alt_text(draw(piled, labels))
    assert f"Paid to others, apart: €7,000–10,000 ({labels['B']})." in said
    assert f"Not in the bars: 50{NBSP}h of the authorities." in said


def test_what_is_beyond_the_most_is_counted(piled: pd.DataFrame) -> None:
    said = alt_text(draw(piled, most=1))
    assert f"Not drawn: 3 controls with 60{NBSP}h." in said


def test_the_heaviest_comes_first_whatever_the_order(piled: pd.DataFrame, labels: dict[str, str]) -> None:
    ax = draw(piled.iloc[::-1], labels)
    assert ax.get_yticklabels()[0].get_text().replace("\n", " ").startswith("Propositions budgétaires")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_many_controls_stay_legible(
    piled: pd.DataFrame, labels: dict[str, str], language: str, illegible: Callable[[Axes], list[str]]
) -> None:
    assert illegible(draw(pd.concat([piled] * 5), labels, language)) == []


def test_no_control_is_said(piled: pd.DataFrame) -> None:
    assert alt_text(draw(piled.head(0))) == "Nothing to show: no control falls on this structure."


def test_no_known_duration_is_said(piled: pd.DataFrame) -> None:
    ax = draw(piled.assign(respondent_h=np.nan, common_respondent_h=np.nan))
    assert alt_text(ax).startswith("Nothing to show: the duration of none of the")
