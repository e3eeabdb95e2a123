from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, narrowing, title_of

LABELS = {"PPE": "Projet pour l'enfant", "mecs": "MECS"}


@pytest.fixture
def steps() -> pd.DataFrame:
    return pd.DataFrame(
        [("today", "", 1000.0, 5000.0), ("time", "PPE", 2000.0, 4000.0), ("number", "mecs", 2500.0, 3500.0)],
        columns=["input", "input_id", "p10", "p90"],
    )


def test_the_title_says_how_far_the_range_narrows(steps: pd.DataFrame) -> None:
    assert title_of(narrowing(steps, labels=LABELS, language="en")) == (
        "2 measurements would narrow the likely range by 75%: from 1,000–5,000\u00a0h to 2,500–3,500\u00a0h a year"
    )


def test_without_anything_to_measure_the_title_gives_the_range(steps: pd.DataFrame) -> None:
    ax = narrowing(steps.head(1), language="en")
    assert title_of(ax) == "The total is likely to be 1,000–5,000\u00a0h a year"


def test_a_time_and_a_number_are_told_apart(steps: pd.DataFrame) -> None:
    names = [t.get_text() for t in narrowing(steps, labels=LABELS, language="en").get_yticklabels()]
    assert names == ["Today", "+ timed: Projet pour l'enfant", "+ counted: MECS"]


def test_an_unknown_range_is_said_in_words() -> None:
    unknown = pd.DataFrame({"input": ["today"], "input_id": [""], "p10": [np.nan], "p90": [np.nan]})
    assert title_of(narrowing(unknown, language="en")) == ""
    assert alt_text(narrowing(unknown, language="en"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_legible(steps: pd.DataFrame, language: str, illegible: Callable[[Axes], list[str]]) -> None:
    assert illegible(narrowing(steps, labels=LABELS, language=language)) == []
