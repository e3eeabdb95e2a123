from pathlib import Path

import pytest

import burden as bd
from burden.model.messages import text
from burden.sources.in_place import write_in_place


def _write(folder: Path) -> None:
    (folder / "mark").write_text("new", encoding="utf-8")


def _fail(folder: Path) -> None:
    _write(folder)
    raise OSError("the disk is full")


def test_a_file_in_the_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("work", encoding="utf-8")
    with pytest.raises(bd.InventoryError, match="taken"):
        write_in_place(tmp_path / "out", _write, mark="mark", occupied=text("taken"))
    assert (tmp_path / "out").read_text(encoding="utf-8") == "work"


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mark").write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="full"):
        write_in_place(tmp_path / "out", _fail, mark="mark", occupied=text("taken"))
    assert (tmp_path / "out/mark").read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_in_place(tmp_path / "out", _write, mark="mark", occupied=text("taken"))
    assert (tmp_path / "out/mark").read_text(encoding="utf-8") == "new"
