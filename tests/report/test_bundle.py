import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import burden as bd
from burden.report.audit import Audit
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
