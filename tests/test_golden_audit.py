"""The audit that `make audit` writes: its headline figures are those last reviewed.

Where a figure differs because it should, write it into ``tests/golden/five-silo-association.csv``: the
change then shows in the review.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.xdist_group("golden")

ROOT = Path(__file__).parents[1]
BOUNDS = ["value", "low", "high"]


def burden(*words: object) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "burden", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden") / "audit"
    said = burden("audit", "inventories", "-p", "inventories/portfolios/five-silo-association.csv",
                  "--focus", "home-intervention", "-o", folder, "--lang", "en")  # fmt: skip
    assert str(folder / "report.html") in said
    return folder


def test_headline_figures_are_those_last_reviewed(audit: Path) -> None:
    reviewed = pd.read_csv(Path(__file__).parent / "golden/five-silo-association.csv", index_col="figure")
    told = pd.DataFrame(json.loads((audit / "audit.json").read_text(encoding="utf-8"))["figures"])
    found = told.set_index("id").loc[reviewed.index, BOUNDS].astype("float64").rename_axis("figure")
    pd.testing.assert_frame_equal(found, reviewed, rtol=1e-5)


def test_the_audit_says_what_it_was_run_on(audit: Path) -> None:
    told = json.loads((audit / "audit.json").read_text(encoding="utf-8"))
    assert set(told["inputs"]) == {"inventory_sha256", "portfolio_sha256", "focus"}
    assert told["burden"]


def test_a_figure_is_explained_from_the_folder_alone(audit: Path) -> None:
    assert "minutes / 60" in burden("explain", "burden.hours", "--audit", audit)


def test_every_chart_has_its_files(audit: Path) -> None:
    drawn = {p.stem for p in (audit / "figures").glob("*.svg")}
    assert drawn == {p.stem for p in (audit / "figures").glob("*.png")}
    assert len(drawn) > 20
