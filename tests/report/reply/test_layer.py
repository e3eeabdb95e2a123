import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import burden as bd
from burden.report import reply
from burden.report.reply.layer import REPLIES
from tests.report.reply.filling import filled

Forms = Callable[[str], Path]
MINUTES = {"agreement": "partly", "column": "minutes", "value": "12", "evidence": "timed on 20 files"}
TODAY = date(2026, 3, 20)


@pytest.fixture
def written(tools: bd.Inventory, home: bd.Portfolio, forms: Forms, tmp_path: Path) -> Path:
    """A layer with a correction, an agreement and an objection."""
    form = filled(
        forms("drees"), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", {"agreement": "yes"}),
        ("obligations/ES", {"agreement": "no", "objection": "'=The survey is due to end"}),
    )  # fmt: skip
    _write(tools, home, tmp_path / "layer", form)
    return tmp_path / "layer"


def _write(inv: bd.Inventory, ptf: bd.Portfolio, folder: Path, *forms: Path) -> reply.Layer:
    return reply.write_layer(reply.read_forms(forms, inv, ptf), folder, inv, ptf, forms=forms, today=TODAY)


def _rewritten(folder: Path, before: str, after: str) -> Path:
    path = folder / REPLIES
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after), encoding="utf-8")
    return folder


def test_a_layer_reads_as_it_was_written(tools: bd.Inventory, home: bd.Portfolio, forms: Forms, tmp_path: Path) -> None:
    layer = _write(tools, home, tmp_path / "layer", filled(forms("drees"), ("requests/ES/ETP", MINUTES)))
    assert reply.read_layer(tmp_path / "layer").said == layer.said


def test_what_asks_for_nothing_is_noted_and_the_rest_waits(written: Path) -> None:
    decisions = reply.read_layer(written).replies.set_index("row")["decision"].to_dict()
    assert decisions == {
        "requests/ES/ETP": "pending", "requests/ES/Effectif": "noted", "obligations/ES": "pending",
    }  # fmt: skip


def test_a_layer_says_of_what_and_when_it_is_and_keeps_the_forms(written: Path, tools: bd.Inventory) -> None:
    told = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert (told["created"], told["inventory"]) == ("2026-03-20", tools.name)
    assert [r["path"] for r in told["resources"]] == ["replies.csv", "forms/drees.xlsx"]
    assert (written / "forms/drees.xlsx").is_file()


def test_a_text_that_a_spreadsheet_would_run_is_written_so_that_it_does_not(written: Path) -> None:
    assert ",'=The survey" in (written / REPLIES).read_text(encoding="utf-8")
    assert "=The survey is due to end" in set(reply.read_layer(written).replies["objection"])


def test_more_forms_join_a_layer_and_decisions_stay(
    written: Path, tools: bd.Inventory, home: bd.Portfolio, forms: Forms
) -> None:
    reply.save_layer(reply.decide(reply.read_layer(written), accept=["drees-1"], on=TODAY), written)
    later = filled(forms("cnsa"), ("requests/TDB/ETP", MINUTES))
    layer = _write(tools, home, written, forms("drees"), later)
    assert [one.reply_id for one in layer.said] == ["drees-1", "drees-2", "drees-3", "cnsa-1"]
    assert [one.reply_id for one in layer.accepted] == ["drees-1"]
    assert sorted(p.name for p in (written / "forms").iterdir()) == ["cnsa.xlsx", "drees.xlsx"]
    assert written.with_name("layer.backup").is_dir()


def test_decisions_written_by_hand_in_french_are_read(written: Path) -> None:
    _rewritten(written, ",pending,,\n", ",Refusée,,\n")
    with pytest.raises(bd.InventoryError, match="nothing says why"):
        reply.read_layer(written)
    _rewritten(written, ",Refusée,,\n", ",refusée,2026-03-21,déjà compté\n")
    assert set(reply.read_layer(written).replies["decision"]) == {"refused", "noted"}


def test_a_decision_that_does_not_exist_is_said(written: Path) -> None:
    with pytest.raises(bd.InventoryError, match=r"line 2.*'acepted' is not a decision. Did you mean 'accepted'"):
        reply.read_layer(_rewritten(written, ",pending,,\n", ",acepted,,\n"))


def test_a_missing_column_is_said(written: Path) -> None:
    with pytest.raises(bd.InventoryError, match="the column 'reason' is missing"):
        reply.read_layer(_rewritten(written, ",reason\n", ",why\n"))


def test_a_folder_that_is_no_layer_is_left_alone(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(bd.InventoryError, match="not a layer"):
        _write(tools, home, tmp_path / "notes", filled(forms("drees"), ("requests/ES/ETP", MINUTES)))
    assert [p.name for p in (tmp_path / "notes").iterdir()] == ["mine.txt"]


def test_one_fault_and_nothing_is_written(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms, tmp_path: Path
) -> None:
    form = filled(forms("drees"), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", {**MINUTES, "value": "x"}))
    with pytest.raises(bd.InventoryError):
        _write(tools, home, tmp_path / "layer", form)
    assert not (tmp_path / "layer").exists()


def test_faulty_replies_can_be_kept_and_never_accepted(
    tools: bd.Inventory, home: bd.Portfolio, forms: Forms, tmp_path: Path
) -> None:
    form = filled(forms("drees"), ("requests/ES/ETP", MINUTES), ("requests/ES/Effectif", {**MINUTES, "value": "x"}))
    read = reply.read_forms([form], tools, home)
    layer = reply.write_layer(read, tmp_path / "layer", tools, home, keep_faulty=True)
    assert {one.written: one.decision for one in layer.said} == {"12": "pending", "x": "unread"}
    unread = next(one.reply_id for one in layer.said if one.decision == "unread")
    with pytest.raises(bd.InventoryError, match="could not be read"):
        reply.decide(layer, accept=[unread])


def test_a_refusal_says_why(written: Path) -> None:
    with pytest.raises(bd.InventoryError, match="nothing says why"):
        reply.decide(reply.read_layer(written), refuse={"drees-1": ""})


def test_a_reply_that_does_not_exist_cannot_be_decided(written: Path) -> None:
    with pytest.raises(bd.InventoryError, match=r"there is no reply 'dres-1'. Did you mean 'drees-1'\?"):
        reply.decide(reply.read_layer(written), accept=["dres-1"])


def test_a_reply_read_again_with_another_value_is_another_reply(written: Path) -> None:
    layer = reply.read_layer(written)
    assert replace(layer.said[0], new="13").meaning != layer.said[0].meaning
