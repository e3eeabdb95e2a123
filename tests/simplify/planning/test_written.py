"""Plans on disk: read as written, and refused with every fault where they were altered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import burden as bd
from burden.model.findings import InventoryError
from burden.simplify import verify
from burden.simplify.planning.written import read_plan, write_plan


@pytest.fixture(scope="module")
def whole(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> bd.simplify.Proposal:
    return bd.simplify.plan(toy, toy_portfolio)


@pytest.fixture
def written(whole: bd.simplify.Proposal, tmp_path: Path) -> Path:
    return write_plan(whole, tmp_path / "plan")


def altered(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    after = re.sub(old, new, before, count=1)
    assert after != before
    path.write_text(after, encoding="utf-8")
    return folder


def test_a_number_that_is_none_is_said_with_its_place(written: Path) -> None:
    altered(written, "measures.csv", r"0\.\d+", "0.0x")
    with pytest.raises(InventoryError, match=r"measures\.csv, line 2, column 'saved': '0\.0x' is not a number"):
        read_plan(written)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"years": 5.0', '"years": "five"'),
        ('"reuse": "harmonise"', '"reuse": "some"'),
        ('"max_acts": null', '"max_acts": [1]'),
        ('"max_acts": null', '"max_acts": true'),
        ('"sides": null', '"sides": {"respondent": "1"}'),
        ('"without": \\[\\]', '"without": "ars"'),
        ('"gap": 0.0', '"gap": "0"'),
        ('"today": [0-9.]+', '"today": 1e999'),
        ('"stopped": "optimal"', '"stopped": 1'),
        ('"terms"', '"terme"'),
    ],
)
def test_terms_of_another_kind_are_refused(written: Path, old: str, new: str) -> None:
    altered(written, "plan.json", old, new)
    with pytest.raises(InventoryError, match=r"plan\.json"):
        read_plan(written)


@pytest.mark.parametrize("column", ["concept_id", "label_fr", "obligation_id", "source_label_fr"])
def test_a_plan_that_names_what_the_inventory_lacks_is_refused(
    whole: bd.simplify.Proposal, toy: bd.Inventory, toy_portfolio: bd.Portfolio, written: Path, column: str
) -> None:
    items = whole.items.astype(object)
    items.loc[items["source_kind"] == "obligation", column] = "elsewhere"
    items.to_csv(written / "items.csv", index=False)
    with pytest.raises(InventoryError, match=r"items\.csv, line 2, .*elsewhere.*' is not in this inventory"):
        verify(read_plan(written), toy, toy_portfolio)


def test_a_text_that_a_spreadsheet_would_run_is_read_as_it_was(whole: bd.simplify.Proposal, written: Path) -> None:
    assert read_plan(written).items["label_fr"].tolist() == whole.items["label_fr"].tolist()


def test_an_earlier_plan_is_replaced_and_anything_else_is_left_alone(
    whole: bd.simplify.Proposal, written: Path, tmp_path: Path
) -> None:
    (written / "old.csv").write_text("old", encoding="utf-8")
    assert not (write_plan(whole, written) / "old.csv").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("work", encoding="utf-8")
    with pytest.raises(InventoryError, match="not a plan"):
        write_plan(whole, tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_everything_wrong_with_a_plan_is_said_at_once(written: Path) -> None:
    (written / "acts.csv").unlink()
    (written / "plan.json").write_text(json.dumps([]), encoding="utf-8")
    (written / "plan.toml").write_text("=", encoding="utf-8")
    with pytest.raises(InventoryError) as caught:
        read_plan(written)
    assert {f.place.file for f in caught.value.findings} == {"acts.csv", "plan.json", "plan.toml"}
