"""What killed writers leave is completed or cleared away; nobody's folder is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from burden.sources import placing
from burden.sources.placing import placed_file, placed_folder, recovered

STEPS = pytest.mark.parametrize("one_step", [True, False])


@pytest.fixture
def steps(one_step: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not one_step:
        monkeypatch.setattr(placing, "_exchanged", lambda *_: False)


def folder_with(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "a.txt").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "a.txt").read_text(encoding="utf-8")


def place(path: Path, said: str, *, keep: bool) -> None:
    with placed_folder(path, keep=keep) as fresh:
        (fresh / "a.txt").write_text(said, encoding="utf-8")


def leftover(target: Path, *, keep: bool, new: str = "", old: str = "") -> Path:
    """What a writer that was killed while putting in place left."""
    scratch = target.with_name(f".{target.name}-abcdefgh.part")
    scratch.mkdir(parents=True)
    inode = folder_with(scratch / "new", new).stat().st_ino if new else 0
    if old:
        folder_with(scratch / "old", old)
    (scratch / "journal.json").write_text(json.dumps({"new": inode, "keep": keep}), encoding="utf-8")
    return scratch


@STEPS
@pytest.mark.usefixtures("steps")
def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    folder_with(tmp_path / "it", "old")
    place(tmp_path / "it", "new", keep=False)
    assert (content(tmp_path / "it"), len(list(tmp_path.iterdir()))) == ("new", 1)


@STEPS
@pytest.mark.usefixtures("steps")
def test_what_stood_there_is_kept_beside(tmp_path: Path) -> None:
    folder_with(tmp_path / "it", "1")
    place(tmp_path / "it", "2", keep=True)
    place(tmp_path / "it", "3", keep=True)
    names = ("it", "it.backup", "it.backup-2")
    assert [content(tmp_path / n) for n in names] == ["3", "1", "2"]
    assert len(list(tmp_path.iterdir())) == 3


@STEPS
@pytest.mark.usefixtures("steps")
def test_a_failure_while_writing_changes_nothing(tmp_path: Path) -> None:
    folder_with(tmp_path / "it", "old")
    with pytest.raises(ValueError, match="no"), placed_folder(tmp_path / "it", keep=True):
        raise ValueError("no")
    assert (content(tmp_path / "it"), len(list(tmp_path.iterdir()))) == ("old", 1)


def test_a_failure_while_putting_in_place_puts_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_with(tmp_path / "it", "old")
    monkeypatch.setattr(placing, "_exchanged", lambda *_: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="in use"):
        place(tmp_path / "it", "new", keep=True)
    assert (content(tmp_path / "it"), len(list(tmp_path.iterdir()))) == ("old", 1)


@pytest.mark.parametrize("keep", [True, False])
def test_a_reader_completes_what_was_set_aside(tmp_path: Path, keep: bool) -> None:
    leftover(tmp_path / "it", keep=keep, new="new", old="old")
    assert content(recovered(tmp_path / "it")) == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == (["it", "it.backup"] if keep else ["it"])


def test_what_an_exchange_set_aside_is_kept_by_the_next_writer(tmp_path: Path) -> None:
    folder_with(tmp_path / "it", "new")
    scratch = leftover(tmp_path / "it", keep=True)
    folder_with(scratch / "new", "old")
    place(tmp_path / "it", "newest", keep=False)
    assert (content(tmp_path / "it"), content(tmp_path / "it.backup")) == ("newest", "old")


def test_what_was_not_yet_put_in_place_is_cleared_away(tmp_path: Path) -> None:
    folder_with(tmp_path / "it", "old")
    leftover(tmp_path / "it", keep=True, new="half")
    place(tmp_path / "it", "new", keep=False)
    assert (content(tmp_path / "it"), len(list(tmp_path.iterdir()))) == ("new", 1)


def test_a_writer_that_lives_is_left_alone(tmp_path: Path) -> None:
    with placed_folder(tmp_path / "it", keep=False) as fresh:
        (fresh / "a.txt").write_text("slow", encoding="utf-8")
        place(tmp_path / "it", "quick", keep=False)
    assert content(tmp_path / "it") == "slow"


def test_leftovers_of_another_place_are_left_alone(tmp_path: Path) -> None:
    other = leftover(tmp_path / "it-too", keep=True, new="half")
    place(tmp_path / "it", "new", keep=False)
    assert other.exists()


def test_a_linked_folder_is_written_where_it_leads(tmp_path: Path) -> None:
    folder_with(tmp_path / "there/it", "old")
    (tmp_path / "link").symlink_to(tmp_path / "there/it")
    place(tmp_path / "link", "new", keep=False)
    assert content(tmp_path / "there/it") == "new"
    assert (tmp_path / "link").is_symlink()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with placed_file(tmp_path / "a.txt") as fresh:
            fresh.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert content(tmp_path) == "old"
    with placed_file(tmp_path / "a.txt") as fresh:
        fresh.write_text("new", encoding="utf-8")
    assert (content(tmp_path), len(list(tmp_path.iterdir()))) == ("new", 1)
