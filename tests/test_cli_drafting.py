"""The verbs of the drafting kit, on the toy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from burden.cli import app
from burden.report import drawings
from burden.report.content import Chart

pytestmark = pytest.mark.xdist_group("cli")


@pytest.fixture(scope="module")
def toy_files(root: Path) -> tuple[str, str]:
    toy = root / "inventories" / "examples" / "four-tools"
    return str(toy), str(toy / "portfolio.csv")


@pytest.fixture(scope="module")
def kit(
    toy_files: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    sketch: Callable[[Chart, Path], drawings.Drawing],
) -> Path:
    """Of the toy, compared with itself, with blank charts."""
    inventory, portfolio = toy_files
    folder = tmp_path_factory.mktemp("drafting") / "kit"
    arguments = ["report", inventory, "-p", portfolio, "-o", str(folder), "--lang", "both", "--before", inventory]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawings, "drawing", sketch)
        done = CliRunner().invoke(app, [*arguments, "--formats", "docx,html"])
    assert done.exit_code == 0, done.output
    return folder


def test_a_kit_is_written_in_both_languages_and_holds(kit: Path) -> None:
    assert {p.parent.name for p in kit.glob("*/note.docx")} == {"fr", "en"}
    checked = CliRunner().invoke(app, ["check-report", str(kit)])
    assert (checked.exit_code, checked.output) == (0, "The kit holds.\n")


def test_a_kit_whose_prose_is_doubted_holds_with_a_warning(kit: Path, tmp_path: Path) -> None:
    edited = shutil.copytree(kit, tmp_path / "kit", ignore=shutil.ignore_patterns("charts", "*.docx"))
    note = edited / "en" / "note.html"
    note.write_text(note.read_text("utf-8").replace("</section>", "<p>Most of it is old.</p></section>", 1), "utf-8")
    doubted = CliRunner().invoke(app, ["check-report", str(edited)])
    assert doubted.exit_code == 0, doubted.output
    assert "“Most of” leads to no figure." in doubted.output
    assert "The kit holds; 1 warnings." in doubted.output


def test_the_report_of_a_kit_says_what_changed_since_an_earlier_version(kit: Path) -> None:
    assert "What changed since the earlier version" in (kit / "en" / "report.html").read_text(encoding="utf-8")


def test_a_language_that_does_not_exist_is_refused(toy_files: tuple[str, str], tmp_path: Path) -> None:
    inventory, portfolio = toy_files
    done = CliRunner().invoke(app, ["report", inventory, "-p", portfolio, "-o", str(tmp_path / "k"), "--lang", "de"])
    assert done.exit_code == 2


def test_a_folder_that_is_no_kit_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["check-report", str(tmp_path)])
    assert done.exit_code == 1
    assert "there is no kit here" in done.output
