"""Folders that lead elsewhere: links and includes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from burden.model.findings import Finding
from burden.sources import folder as folders
from burden.sources import read, read_partial

Faults = Callable[[Path], tuple[Finding, ...]]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A table that stands elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "silos.csv"
    path.write_text("silo_id,name_fr\nsecret,secret\n", encoding="utf-8")
    return path


@pytest.fixture
def inside(folder: Path, tmp_path: Path) -> Path:
    """The toy in a folder of its own, so that what stands beside that folder is elsewhere."""
    (tmp_path / "work").mkdir()
    return Path(shutil.move(folder, tmp_path / "work" / "toy"))


def test_a_linked_folder_is_read_as_the_folder_it_leads_to(inside: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(inside)
    assert len(read(tmp_path / "link").requests) == 22


def test_a_table_that_links_out_of_the_inventory_is_not_followed(inside: Path, secret: Path, faults: Faults) -> None:
    (inside / "silos.csv").unlink(missing_ok=True)
    (inside / "silos.csv").symlink_to(secret)
    found = next(f for f in faults(inside) if f.check == "link")
    assert "leads out of the inventory" in found.render()
    assert not len(read_partial(inside)[0].silos)


def test_a_table_that_links_within_the_inventory_is_read(inside: Path) -> None:
    shutil.move(inside / "requests.csv", inside.parent / "shared.csv")
    (inside / "requests.csv").symlink_to("../shared.csv")
    assert len(read(inside).requests) == 22


def test_a_folder_of_a_collection_that_links_out_is_not_followed(inside: Path, secret: Path) -> None:
    (secret.parent / "datapackage.json").write_text("{}", encoding="utf-8")
    (inside.parent / "other").symlink_to(secret.parent)
    inventory, findings = read_partial(inside.parent)
    assert [f.place.file for f in findings if f.check == "link"] == ["other"]
    assert "secret" not in set(inventory.silos["silo_id"])


@pytest.mark.parametrize("include", ["../../elsewhere", "out", "../../../../../../../../etc"])
def test_an_include_that_leads_out_is_refused(inside: Path, secret: Path, include: str) -> None:
    (inside / "out").symlink_to(secret.parent)
    (inside / "datapackage.json").write_text(json.dumps({"includes": [include]}), encoding="utf-8")
    inventory, findings = read_partial(inside)
    (found,) = [f for f in findings if f.check == "include"]
    assert "leads out of 'work'" in found.fault.render()
    assert "secret" not in set(inventory.silos["silo_id"])


@pytest.mark.parametrize("path", ["../../elsewhere/silos.csv", "/etc/passwd", "x" * 900])
def test_a_resource_is_named_within_its_folder(inside: Path, secret: Path, path: str) -> None:
    assert secret.exists()
    (inside / "datapackage.json").write_text(json.dumps({"resources": [{"path": path}]}), encoding="utf-8")
    assert "does not stand in this folder" in next(
        f.fault.render() for f in read_partial(inside)[1] if f.check == "package"
    )


def test_links_that_go_round_in_circles_are_faults(inside: Path) -> None:
    (inside / "round").symlink_to("round")
    (inside / "silos.csv").unlink(missing_ok=True)
    (inside / "silos.csv").symlink_to("silos.csv")
    (inside / "datapackage.json").write_text('{"includes": ["round"]}', encoding="utf-8")
    assert any(f.check == "include" for f in read_partial(inside)[1])


def test_a_long_chain_of_includes_is_refused(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "INCLUDE_LIMIT", 3)
    for n in range(9):
        (inside.parent / f"n{n}").mkdir()
        (inside.parent / f"n{n}/datapackage.json").write_text(f'{{"includes": ["../n{n + 1}"]}}', encoding="utf-8")
    assert any("or too far" in f.fault.render() for f in read_partial(inside.parent / "n0")[1])


@pytest.mark.parametrize("include", ["x" * 300, "/".join(["y" * 200] * 4), "a" * 2000])
def test_a_path_that_no_file_can_have_is_a_fault(inside: Path, include: str) -> None:
    (inside / "datapackage.json").write_text(json.dumps({"includes": [include]}), encoding="utf-8")
    assert any(f.place.column == "includes" for f in read_partial(inside)[1])
