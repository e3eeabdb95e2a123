"""Two written audits side by side, and folders that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import burden as bd
from burden.report.versions import compare_bundles, is_bundle

HEADER = "obligation_id,name_fr,name_en,hours_per_year\n"


def bundle(folder: Path, hours: float | None, tools: str, **told: object) -> Path:
    """What a comparison reads of a bundle."""
    (folder / "tables").mkdir(parents=True)
    name = {"en": "hours a year", "fr": "heures par an"}
    figures = [{"id": "burden.hours", "name": name, "value": hours, "unit": "h"}]
    audit = {"burden": "1", "portfolio": "home", **told, "figures": figures}
    (folder / "audit.json").write_text(json.dumps(audit), encoding="utf-8")
    (folder / "tables/obligations.csv").write_text(HEADER + tools, encoding="utf-8")
    return folder


def test_tools_added_removed_and_heavier_are_told_apart(tmp_path: Path) -> None:
    old = bundle(tmp_path / "old", 6.0, "A,a,,1\nB,b,,2\nC,c,,3\n")
    new = bundle(tmp_path / "new", 9.0, "B,b,,4\nC,c,,3\nD,d,,2\n")
    found = compare_bundles(old, new)
    assert found.tools[["obligation_id", "change", "before", "after"]].to_numpy().tolist() == [
        ["A", "removed", 1.0, 0.0], ["B", "changed", 2.0, 4.0], ["C", "same", 3.0, 3.0], ["D", "added", 0.0, 2.0],
    ]  # fmt: skip
    assert found.figures[["before", "after"]].to_numpy().tolist() == [[6.0, 9.0]]
    assert found.doubts == ()


def test_what_was_unknown_and_is_known_has_changed_from_unknown(tmp_path: Path) -> None:
    old, new = bundle(tmp_path / "old", None, "A,a,,\n"), bundle(tmp_path / "new", 1.0, "A,a,,1\n")
    found = compare_bundles(old, new)
    assert found.tools["change"].tolist() == ["changed"]
    assert found.figures["before"].isna().all()
    assert found.tools["before"].isna().all()


def test_another_portfolio_or_program_is_a_doubt(tmp_path: Path) -> None:
    old, new = bundle(tmp_path / "old", 1.0, "A,a,,1\n"), bundle(tmp_path / "new", 1.0, "A,a,,1\n", portfolio="other")
    assert [d.render("en").split(": ", 1)[1] for d in compare_bundles(old, new).doubts] == [
        "the audit is of the portfolio 'other', the earlier one of 'home'. Part of the difference may come from that."
    ]


def test_another_focus_is_a_doubt_where_both_audits_tell_theirs(tmp_path: Path) -> None:
    whole = bundle(tmp_path / "whole", 1.0, "A,a,,1\n", inputs={"focus": ""})
    narrowed = bundle(tmp_path / "narrowed", 1.0, "A,a,,1\n", inputs={"focus": "cpom"})
    silent = bundle(tmp_path / "silent", 1.0, "A,a,,1\n")
    (doubt,) = compare_bundles(whole, narrowed).doubts
    assert "the audit looks at 'cpom', the earlier one at 'everything'." in doubt.render("en")
    assert "l'audit porte sur «\u202fcpom\u202f», le précédent sur «\u202ftout\u202f»." in doubt.render("fr")
    assert compare_bundles(silent, narrowed).doubts == ()


def test_the_faults_of_both_folders_are_all_said(tmp_path: Path) -> None:
    old, new = bundle(tmp_path / "old", 1.0, "A,a,,1\n"), tmp_path / "new"
    (old / "audit.json").write_text("{}", encoding="utf-8")
    (old / "tables/obligations.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(bd.InventoryError) as error:
        compare_bundles(old, new)
    assert [f.check for f in error.value.findings] == ["unreadable", "unreadable", "missing file", "missing file"]


def test_a_bundle_is_known_by_its_key_figures(tmp_path: Path) -> None:
    assert is_bundle(bundle(tmp_path / "old", 1.0, ""))
    assert not is_bundle(tmp_path)
