from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import alt_text, title_of, what_changed


def drawn(kinds: pd.DataFrame, language: str = "en") -> Axes:
    return what_changed(kinds, before=1200.0, after=1287.0, language=language)


def test_the_title_keeps_real_change_and_re_estimate_apart(moved: pd.DataFrame) -> None:
    assert title_of(drawn(moved)) == (
        "45\u00a0h a year really less, 12\u00a0h really more; 210\u00a0h are only estimated otherwise"
    )


def test_without_real_change_the_title_says_so(moved: pd.DataFrame) -> None:
    still = moved.assign(**{c: moved[c].mask(moved["kind"] == "real", 0.0) for c in ("less", "more")})
    assert title_of(drawn(still)).startswith("No hour really changed: 150\u00a0h a year are another scope")


def test_less_is_left_of_nothing_and_more_is_right(moved: pd.DataFrame) -> None:
    bars = [bar.get_width() for bar in drawn(moved).patches]  # type: ignore[attr-defined]
    assert bars == [-120.0, 30.0, -45.0, 12.0, 0.0, 210.0]


def test_each_end_has_its_value_and_what_moved_by_nothing_says_so(moved: pd.DataFrame) -> None:
    none = moved.assign(**{c: moved[c].mask(moved["kind"] == "scope", 0.0) for c in ("less", "more")})
    said = [t.get_text() for t in drawn(none).texts]
    assert {"−45\u00a0h", "+12\u00a0h", "+210\u00a0h", "0\u00a0h"} <= set(said)


def test_the_note_says_what_was_known_and_that_bars_do_not_add_up(moved: pd.DataFrame) -> None:
    assert "Known before: 1,200\u00a0h a year; known now: 1,290\u00a0h." in alt_text(drawn(moved))
    assert "not to be added up" in alt_text(drawn(moved))


def test_nothing_moved_is_said(moved: pd.DataFrame) -> None:
    assert alt_text(drawn(moved.assign(less=0.0, more=0.0))).startswith("Nothing to show")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_few_and_many_hours_on_one_side_stay_legible(
    moved: pd.DataFrame, language: str, factor: float, illegible: Callable[[Axes], list[str]]
) -> None:
    left = moved.assign(less=(moved["less"] + moved["more"]) * factor, more=0.0)
    assert illegible(drawn(left, language)) == []
