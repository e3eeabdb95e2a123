"""What the kit holds: every document, every measure, every tool, every change; nothing written over."""

import json
import re
from pathlib import Path

import docx
import pandas as pd
import pytest

from burden.model.findings import InventoryError
from burden.report.audit import Audit
from burden.report.kit.changes import changes
from burden.report.kit.draft import draft
from burden.report.kit.figures import LEAST_H, with_kit_figures
from burden.report.kit.report import report
from burden.report.kit.write import write_kit
from burden.report.trace import rows_behind

pytestmark = pytest.mark.xdist_group("report")


def headings(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.style and p.style.name.startswith("Heading")]


def test_a_kit_has_every_document_in_every_format(kit: Path) -> None:
    found = {p.name for p in (kit / "fr").glob("*.*")}
    names = {"note", "report", "recommendations", "tools", "changes"}
    assert {f"{name}.{form}" for name in names for form in ("docx", "pdf")} <= found
    assert any(name.startswith("operator-") for name in found)


def test_each_measure_above_the_threshold_has_its_record(kit: Path) -> None:
    measures = pd.read_csv(kit / "tables" / "plan_measures.csv")
    heavy = set(measures.loc[measures["saved"] >= LEAST_H, "measure"])
    titles = headings(kit / "fr" / "recommendations.docx")
    assert {t.split("\u00a0:")[0] for t in titles if re.match(r"M\d+\u00a0:", t)} == heavy


def test_each_tool_has_its_record(kit: Path) -> None:
    owed = pd.read_csv(kit / "tables" / "obligations.csv")["obligation_id"]
    titles = " ".join(headings(kit / "fr" / "tools.docx"))
    assert [o for o in owed if f"({o})" not in titles] == []


def test_the_list_has_one_change_per_item_tool_text_and_exchange(audited: Audit) -> None:
    tables = audited.tables
    ended = tables["plan_measures"]["kind"].isin(["merge", "end"]).sum()
    expected = len(tables["plan_items"]) + ended + len(tables["plan_acts"]) + len(tables["plan_gateways"])
    found = changes(tables)
    assert len(found) == expected
    assert found["change"].is_unique


def test_the_lists_of_machines_say_the_same(kit: Path) -> None:
    told = json.loads((kit / "changes.json").read_text("utf-8"))["changes"]
    assert [row["change"] for row in told] == pd.read_csv(kit / "changes.csv")["change"].tolist()


def test_the_rows_behind_a_figure_of_the_kit_are_found(kit: Path) -> None:
    said, rows = rows_behind(kit, "measure.M1.saved")
    assert "h" in said
    assert rows["measure"].tolist() == ["M1"]


def test_the_report_leaves_out_no_section_of_the_audit(audited: Audit) -> None:
    drawn = draft(with_kit_figures(audited), "en")
    assert {s.id for s in drawn.sections} <= {p.id for p in report(drawn).parts}


def test_the_note_holds_on_two_pages_before_its_list_of_figures(kit: Path) -> None:
    content = (kit / "fr" / "note.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) <= 4


def test_no_document_writes_over_another_folder(audited: Audit, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InventoryError):
        write_kit(audited, tmp_path, languages=["fr"], formats=["docx"])
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
