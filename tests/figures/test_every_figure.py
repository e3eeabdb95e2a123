"""What holds for all figures: legible, described, in two languages, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from burden import figures
from burden.figures.frame import figure_of
from burden.figures.style import look

Draw = Callable[[str], Axes]
Illegible = Callable[[Axes], list[str]]


def written(ax: Axes, path: Path) -> bytes:
    """As an SVG file; the PNG file has the same lines."""
    return figures.save(ax, path, formats=["svg"])[0].read_bytes()


_WRITTEN: dict[str, bytes] = {}


@pytest.fixture
def ours(request: pytest.FixtureRequest, draw_anew: Draw, tmp_path: Path) -> bytes:
    """Each figure as written with the settings of the project, once for all tests that compare with it."""
    name = request.node.callspec.params["draw_anew"]
    if name not in _WRITTEN:
        _WRITTEN[name] = written(draw_anew("fr"), tmp_path / "ours")
    return _WRITTEN[name]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_text_is_cut_off_or_over_another(draw: Draw, language: str, illegible: Illegible) -> None:
    assert illegible(draw(language)) == []


@pytest.mark.parametrize("dpi", [72, 200])
def test_stays_legible_at_the_resolution_of_the_files(draw_anew: Draw, dpi: int, illegible: Illegible) -> None:
    ax = draw_anew("fr")
    figure_of(ax).set_dpi(dpi)

    with look():
        assert illegible(ax) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_title_has_a_number(draw: Draw, language: str) -> None:
    assert any(c.isdigit() for c in figures.title_of(draw(language)))


def test_the_alternative_text_begins_with_the_finding(draw: Draw) -> None:
    ax = draw("en")

    assert figures.alt_text(ax).startswith(figures.title_of(ax))


def test_the_alternative_text_says_more_than_the_title(draw: Draw) -> None:
    ax = draw("en")

    assert len(figures.alt_text(ax)) > 1.5 * len(figures.title_of(ax))


def test_french_and_english_differ_in_every_sentence(draw: Draw) -> None:
    french, english = (figures.alt_text(draw(language)) for language in ("fr", "en"))

    assert not set(french.split(". ")) & set(english.split(". "))


def test_the_same_table_gives_the_same_bytes(ours: bytes, draw_anew: Draw, tmp_path: Path) -> None:
    assert ours == written(draw_anew("fr"), tmp_path / "again")


def test_it_draws_on_the_axes_given(labels: dict[str, str], hours: pd.DataFrame) -> None:
    ax = Figure().add_subplot()

    assert figures.burden_by_authority(hours, labels=labels, ax=ax) is ax


def test_the_settings_of_the_session_are_left_alone(draw_anew: Draw) -> None:
    before = dict(mpl.rcParams)
    draw_anew("fr")

    assert dict(mpl.rcParams) == before


def test_the_settings_of_the_session_change_no_figure(ours: bytes, draw_anew: Draw, tmp_path: Path) -> None:
    with mpl.rc_context({"font.size": 22, "axes.facecolor": "black", "text.color": "red"}):
        theirs = written(draw_anew("fr"), tmp_path / "theirs")

    assert theirs == ours


def test_a_dollar_sign_in_a_name_is_not_mathematics(labels: dict[str, str], hours: pd.DataFrame) -> None:
    labels["ars"] = "Agence $x^2$ (100 %)"
    ax = figures.burden_by_authority(hours, labels=labels)

    assert "Agence $x^2$ (100 %)" in {t.get_text().replace("\n", " ") for t in ax.get_yticklabels()}
