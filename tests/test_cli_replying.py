"""Verbs of the contradictory procedure, as a user starts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import burden as bd
from burden import cli
from tests.report.reply.filling import filled
from tests.report.reply.word_filling import filled_word

ROOT = Path(__file__).parent.parent
TOY = ROOT / "inventories" / "examples" / "four-tools"
PORTFOLIO = ["--portfolio", str(TOY / "portfolio.csv")]
MINUTES = {"column": "minutes", "value": "12", "evidence": "timed"}


def burden(*arguments: str | Path, expect: int = 0) -> Result:
    run = CliRunner().invoke(cli.app, [str(a) for a in arguments])
    assert run.exit_code == expect, run.output
    return run


@pytest.fixture
def form(tmp_path: Path) -> Path:
    burden("reply", "forms", TOY, *PORTFOLIO, "--only", "drees", "-o", tmp_path / "replies", "--lang", "en")
    return tmp_path / "replies" / "drees.xlsx"


def read(form: Path, *more: str, expect: int = 0) -> Result:
    layer = form.parent.parent / "layer"
    return burden(
        "reply", "read", form, "--inventory", TOY, *PORTFOLIO, "-o", layer, "--lang", "en", *more, expect=expect
    )


def test_from_forms_to_the_report(form: Path, tmp_path: Path) -> None:
    said = read(filled(form, ("requests/ES/ETP", MINUTES))).stdout
    assert "drees-1" in said
    assert "1 accepted" in burden("reply", "decide", "--layer", tmp_path / "layer", "--accept", "drees-1").stdout
    applied = burden(
        "reply", "apply", TOY, *PORTFOLIO, "--layer", tmp_path / "layer", "-o", tmp_path / "audit",
        "--corrected", tmp_path / "corrected", "--lang", "en",
    ).stdout  # fmt: skip
    assert "burden.hours" in applied
    assert "Contradictory procedure" in (tmp_path / "audit/report.html").read_text(encoding="utf-8")
    requests = bd.read(tmp_path / "corrected").requests.set_index(["obligation_id", "label_fr"])
    assert requests.loc[("ES", "ETP"), "minutes"] == 12.0


def test_faults_are_all_said_and_nothing_is_written(form: Path, tmp_path: Path) -> None:
    wrong = {**MINUTES, "value": "1:30"}
    run = read(filled(form, ("requests/ES/ETP", wrong), ("requests/ES/Effectif", wrong)), expect=1)
    assert run.stderr.count("hours and minutes") == 2
    assert "nothing was written" in run.stderr
    assert not (tmp_path / "layer").exists()


def test_faulty_replies_are_kept_when_asked(form: Path) -> None:
    run = read(filled(form, ("requests/ES/ETP", {**MINUTES, "value": "1:30"})), "--keep-faulty")
    assert "unread" in run.stdout


def test_an_empty_form_is_said_to_be(form: Path) -> None:
    assert "the form holds no reply" in read(form).stderr


def test_forms_show_the_figures_of_an_audit(tmp_path: Path) -> None:
    burden("audit", TOY, *PORTFOLIO, "-o", tmp_path / "audit")
    run = burden("reply", "forms", TOY, *PORTFOLIO, "--audit", tmp_path / "audit", "-o", tmp_path / "replies")
    assert run.stdout.startswith("5 forms")


def test_a_form_filled_in_word_is_read(form: Path) -> None:
    assert "drees-1" in read(filled_word(form.with_suffix(".docx"), ("requests/ES/ETP", MINUTES))).stdout


def test_a_format_that_no_form_has_is_refused(tmp_path: Path) -> None:
    burden("reply", "forms", TOY, *PORTFOLIO, "-o", tmp_path / "replies", "--formats", "pdf", expect=2)
    assert not (tmp_path / "replies").exists()


def test_an_audit_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "audit").mkdir()
    run = burden(
        "reply", "forms", TOY, *PORTFOLIO, "--audit", tmp_path / "audit", "-o", tmp_path / "r", "--lang", "en", expect=1
    )
    assert "there is no audit here" in run.stderr
