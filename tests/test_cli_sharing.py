"""The verb that writes a shared bundle."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import burden as bd
from burden.cli import app
from tests.report.shared import many

pytestmark = pytest.mark.xdist_group("cli")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    bd.write(many.inventory(), tmp_path / "inventory")
    many.portfolio().units.to_csv(tmp_path / "portfolio.csv", index=False)
    return str(tmp_path / "inventory"), str(tmp_path / "portfolio.csv")


def _share(files: tuple[str, str], *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["share", files[0], "-p", files[1], *more])
    return done.exit_code, done.output


def test_a_shared_bundle_is_written(files: tuple[str, str], tmp_path: Path) -> None:
    code, said = _share(files, "-o", str(tmp_path / "shared"), "--at-least", "3", "--lang", "en")
    assert code == 0, said
    assert "What is hidden" in (tmp_path / "shared/report.html").read_text(encoding="utf-8")


def test_too_few_operators_are_refused_with_a_remedy(files: tuple[str, str], tmp_path: Path) -> None:
    code, said = _share(files, "-o", str(tmp_path / "shared"), "--at-least", "40", "--lang", "en")
    assert code == 1
    assert "Share a portfolio of more operators" in said
    assert not (tmp_path / "shared").exists()


def test_fewer_than_three_operators_are_no_threshold(files: tuple[str, str], tmp_path: Path) -> None:
    assert _share(files, "-o", str(tmp_path / "shared"), "--at-least", "2")[0] == 2
