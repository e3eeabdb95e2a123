import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import burden as bd
from burden.report.audit import Audit
from burden.report.bundle import write_data
from burden.report.processes import InTurn
from burden.report.trace import read_figures, rows_behind, sources_behind

pytestmark = pytest.mark.xdist_group("report")


def test_a_folder_that_is_no_audit_is_left_alone(toy_audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("work", encoding="utf-8")
    with pytest.raises(bd.InventoryError, match="not an audit"):
        toy_audit.write(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_an_earlier_audit_is_replaced(toy_audit: Audit, toy_bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_bundle, tmp_path / "audit")
    (tmp_path / "audit/tables/old.csv").write_text("old", encoding="utf-8")
    toy_audit.write(tmp_path / "audit")
    assert not (tmp_path / "audit/tables/old.csv").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["audit"]


def test_the_workbook_has_a_sheet_for_each_table(toy_audit: Audit, toy_bundle: Path) -> None:
    sheets = openpyxl.load_workbook(toy_bundle / "tables/tables.xlsx", read_only=True).sheetnames
    assert {t[:31] for t in toy_audit.tables} <= set(sheets)


def test_a_figure_leads_back_to_its_rows(toy_audit: Audit, toy_bundle: Path) -> None:
    said, rows = rows_behind(toy_bundle, "burden.hours")
    assert "minutes / 60" in said
    assert rows["hours_per_year"].astype(float).sum() == pytest.approx(toy_audit.figures["burden.hours"].value)


def test_an_unknown_figure_is_said_with_the_nearest(toy_bundle: Path) -> None:
    with pytest.raises(bd.InventoryError, match=r"Did you mean 'burden\.hours'"):
        rows_behind(toy_bundle, "burden.hour")


def test_a_folder_without_audit_is_said(tmp_path: Path) -> None:
    with pytest.raises(bd.InventoryError, match="no audit here"):
        read_figures(tmp_path)


def test_the_sources_of_the_hours_are_listed(bundles: Callable[[str], Path]) -> None:
    _, rows = rows_behind(bundles("fr"), "burden.hours")
    assert len(sources_behind(bundles("fr"), rows)) > 0


def test_no_text_of_the_tables_runs_in_a_spreadsheet_and_all_are_read_back(toy_audit: Audit, tmp_path: Path) -> None:
    hostile = pd.DataFrame({"obligation_id": ["=1+1", "+2", "'=x", "plain"], "source_id": "@SUM(A1)"})
    write_data(replace(toy_audit, tables={"sources": hostile}), tmp_path, executor=InTurn())
    written = (tmp_path / "tables/sources.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert written == ["'=1+1,'@SUM(A1)", "'+2,'@SUM(A1)", "''=x,'@SUM(A1)", "plain,'@SUM(A1)"]
    sheet = openpyxl.load_workbook(tmp_path / "tables/tables.xlsx")["sources"]
    assert [c.data_type for c in sheet["A"]] == ["s"] * 5
    assert [c.value for c in sheet["A"]][1:] == hostile["obligation_id"].tolist()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[]", "it is not an object"),
        ("{}", "does not say the figures"),
        ('{"figures": [{"id": "a"}]}', "does not say the figures"),
        ("[" * 90_000, "nested too deep"),
    ],
)
def test_a_file_that_is_no_audit_is_said(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "audit.json").write_text(written, encoding="utf-8")
    with pytest.raises(bd.InventoryError, match=said):
        read_figures(tmp_path)


def test_a_figure_leads_to_no_file_outside_the_tables(toy_bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(toy_bundle, tmp_path / "audit")
    (tmp_path / "secret.csv").write_text("a\nb\n", encoding="utf-8")
    told = json.loads((tmp_path / "audit/audit.json").read_text(encoding="utf-8"))
    told["figures"][0]["rows"] = {"table": "../../secret", "where": {}}
    (tmp_path / "audit/audit.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(bd.InventoryError, match=r"tables/secret\.csv: it is not there"):
        rows_behind(tmp_path / "audit", told["figures"][0]["id"])
