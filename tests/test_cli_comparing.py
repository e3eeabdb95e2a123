"""`burden compare`, as a user starts it."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import burden as bd
from burden import cli
from burden.cli.terminal import read_versions
from burden.model.inventory import with_tables

ROOT = Path(__file__).parent.parent
TOY = ROOT / "inventories" / "examples" / "four-tools"
PORTFOLIO = ["--portfolio", str(TOY / "portfolio.csv")]


def burden(*arguments: str | Path, expect: int = 0) -> Result:
    run = CliRunner().invoke(cli.app, [str(a) for a in arguments])
    assert run.exit_code == expect, run.output
    return run


@pytest.fixture
def later(tmp_path: Path, toy: bd.Inventory) -> Path:
    obligations = toy.obligations
    obligations.loc[obligations["obligation_id"] == "TDB", "period"] = "P2Y"
    bd.write(with_tables(toy, {"obligations": obligations}), tmp_path / "later")
    return tmp_path / "later"


def test_two_inventories_are_compared_and_the_later_audit_written(later: Path, tmp_path: Path) -> None:
    run = burden("compare", TOY, later, *PORTFOLIO, "-o", tmp_path / "audit", "--format", "csv", "--lang", "en")
    printed, _, told = run.stdout.partition("The report is")
    moves = pd.read_csv(io.StringIO(printed))
    assert moves[["obligation_id", "kind", "amount", "reasons"]].to_numpy().tolist() == [
        ["TDB", "real", -0.5, "period"]
    ]
    assert "real 0.50 less and 0.00 more" in run.stderr
    assert str(tmp_path / "audit" / "report.html") in told
    page = (tmp_path / "audit" / "report.html").read_text(encoding="utf-8")
    assert "What changed since the earlier version" in page

    same = burden("compare", tmp_path / "audit", tmp_path / "audit", "--lang", "en")
    assert "burden.hours" in same.stdout
    assert "give the two inventories" in same.stderr


def test_the_faults_of_both_versions_and_of_the_portfolio_are_said_each_once(tmp_path: Path) -> None:
    run = burden(
        "compare", tmp_path / "one", tmp_path / "two", "--portfolio", tmp_path / "none.csv", "--lang", "en", expect=1
    )
    assert [run.stderr.count(name) > 0 for name in ("one", "two", "none.csv")] == [True, True, True]
    assert run.stderr.count("none.csv") == 1


def test_one_portfolio_serves_an_earlier_inventory_that_counts_less(
    later: Path, tmp_path: Path, toy: bd.Inventory, toy_portfolio: bd.Portfolio
) -> None:
    counted = pd.concat([toy.populations, toy.populations.assign(population_id="call")], ignore_index=True)
    bd.write(with_tables(bd.read(later), {"populations": counted}), tmp_path / "more")
    toy_portfolio.units.assign(call=[3]).to_csv(tmp_path / "portfolio.csv", index=False)
    read = read_versions(TOY, tmp_path / "more", None, tmp_path / "portfolio.csv")
    assert [ptf.populations for _, ptf in read] == [["establishment"], ["establishment", "call"]]
    with pytest.raises(bd.InventoryError, match="'call' is not a population of the inventory"):
        read_versions(TOY, tmp_path / "more", tmp_path / "portfolio.csv", tmp_path / "portfolio.csv")


def test_without_a_portfolio_it_is_asked_for(later: Path) -> None:
    run = burden("compare", TOY, later, "--lang", "en", expect=1)
    assert "it is not said who is audited. Give the portfolio of the later version." in run.stderr


def test_an_audit_and_an_inventory_are_not_compared(later: Path, tmp_path: Path) -> None:
    (tmp_path / "audit.json").write_text("{}", encoding="utf-8")
    run = burden("compare", tmp_path, later, "--lang", "en", expect=1)
    assert str(later / "audit.json") in run.stderr.replace("\n", "")
    assert "there is no audit here" in run.stderr


def test_two_audits_write_no_third(tmp_path: Path) -> None:
    (tmp_path / "audit.json").write_text("{}", encoding="utf-8")
    run = burden("compare", tmp_path, tmp_path, "-o", tmp_path / "new", "--lang", "en", expect=1)
    assert "Leave --output out, or give the two inventories." in run.stderr
    assert not (tmp_path / "new").exists()
