"""Verbs about what would change, as a user starts them."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import burden as bd
from burden import cli
from burden.cli.planning import _watching
from burden.simplify.planning.exact import Progress

ROOT = Path(__file__).parent.parent
TOY = ROOT / "inventories" / "examples" / "four-tools"


@pytest.fixture
def toy() -> list[str]:
    return [str(TOY), "--portfolio", str(TOY / "portfolio.csv")]


def burden(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


def test_plan_says_what_it_saves_and_that_it_was_verified(toy: list[str]) -> None:
    run = burden("plan", *toy)
    assert run.exit_code == 0
    assert "replayed and verified" in run.stderr


def test_a_written_plan_is_verified_again(toy: list[str], tmp_path: Path) -> None:
    burden("plan", *toy, "--output", str(tmp_path / "plan"))
    assert burden("verify", *toy, str(tmp_path / "plan")).exit_code == 0


def test_a_plan_that_claims_more_is_not_verified(toy: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    burden("plan", *toy, "--output", str(folder))
    told = json.loads((folder / "plan.json").read_text())
    told["summary"]["saved"] += 1.0
    (folder / "plan.json").write_text(json.dumps(told))
    assert burden("verify", *toy, str(folder)).exit_code == 1


def test_every_missing_file_of_a_plan_is_named_at_once(toy: list[str], tmp_path: Path) -> None:
    said = burden("verify", *toy, str(tmp_path)).stderr
    assert all(name in said for name in ("plan.toml", "plan.json", "items.csv", "measures.csv"))


def test_a_limit_that_is_none_is_said(toy: list[str]) -> None:
    run = burden("plan", *toy, "--max-acts", "decree=two")
    assert "'decree=two' is not a limit" in run.stderr


def test_a_level_may_be_limited(toy: list[str]) -> None:
    assert burden("plan", *toy, "--max-acts", "decree=0", "--max-acts", "law=0").exit_code == 0


def test_a_class_of_reuse_that_is_none_is_said(toy: list[str]) -> None:
    assert "no class of reuse 'all'" in burden("plan", *toy, "--reuse", "all").stderr


def test_a_plan_applied_as_a_scenario_is_an_inventory(toy: list[str], tmp_path: Path) -> None:
    burden("plan", *toy, "--output", str(tmp_path / "plan"))
    burden("scenario", "apply", toy[0], str(tmp_path / "plan" / "plan.toml"), *toy[1:], "-o", str(tmp_path / "new"))
    today = len(bd.read(TOY).requests)
    assert len(bd.read(tmp_path / "new").requests) < today


def test_scenarios_are_compared_in_the_reader_s_language(toy: list[str], tmp_path: Path) -> None:
    burden("plan", *toy, "--output", str(tmp_path / "plan"))
    run = burden("scenario", "compare", *toy, str(tmp_path / "plan" / "plan.toml"), "--lang", "fr", "-f", "csv")
    assert "au lieu de le demander" in run.stdout


def test_ctrl_c_asks_the_search_to_stop() -> None:
    with _watching() as watch:
        signal.raise_signal(signal.SIGINT)
        assert watch(Progress(1.0, 10.0, 5.0))


def test_ctrl_c_interrupts_again_once_the_search_is_over() -> None:
    before = signal.getsignal(signal.SIGINT)
    with _watching():
        pass
    assert signal.getsignal(signal.SIGINT) is before
