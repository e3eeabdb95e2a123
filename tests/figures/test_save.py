from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from burden import figures


@pytest.fixture
def written(hours: pd.DataFrame, labels: dict[str, str], tmp_path: Path) -> tuple[Path, Path]:
    ax = figures.burden_by_authority(hours, labels=labels, language="en")
    return figures.save(ax, tmp_path / "v1.2-burden")


def test_a_dot_in_the_name_stays(written: tuple[Path, Path]) -> None:
    assert [p.name for p in written] == ["v1.2-burden.svg", "v1.2-burden.png"]


def test_the_svg_has_no_date(written: tuple[Path, Path]) -> None:
    assert "dc:date" not in written[0].read_text(encoding="utf-8")


def test_letters_of_the_svg_are_outlines(written: tuple[Path, Path]) -> None:
    assert "<text" not in written[0].read_text(encoding="utf-8")


def test_the_svg_holds_its_alternative_text(written: tuple[Path, Path]) -> None:
    assert "Stacked bars of the hours a year" in written[0].read_text(encoding="utf-8")


def test_the_png_holds_its_alternative_text(written: tuple[Path, Path]) -> None:
    with Image.open(written[1]) as image:
        assert "Stacked bars of the hours a year" in image.info["Description"]


def test_the_png_is_two_thousand_pixels_wide(written: tuple[Path, Path]) -> None:
    with Image.open(written[1]) as image:
        assert image.width == 2000


def test_a_figure_with_nothing_to_show_is_written_too(
    hours: pd.DataFrame, labels: dict[str, str], tmp_path: Path
) -> None:
    ax = figures.burden_by_authority(hours.head(0), labels=labels)

    assert all(p.stat().st_size for p in figures.save(ax, tmp_path / "empty"))


def test_saving_leaves_the_figure_to_be_laid_out_again(
    hours: pd.DataFrame, labels: dict[str, str], tmp_path: Path
) -> None:
    ax = figures.burden_by_authority(hours, labels=labels)
    engine = ax.figure.get_layout_engine()
    figures.save(ax, tmp_path / "first")

    assert engine is not None
    assert ax.figure.get_layout_engine() is engine
