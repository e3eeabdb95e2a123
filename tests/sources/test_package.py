from __future__ import annotations

import json
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from frictionless import system

from burden.model.findings import InventoryError
from burden.model.inventory import Inventory, difference, from_frames
from burden.sources import describe, read, write


def one_silo(name: str = "a") -> Inventory:
    return from_frames("one", {"silos": pd.DataFrame({"silo_id": [name], "name_fr": ["x"]})})


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def descriptor(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


def report_of(folder: Path) -> list[list[object]]:
    with system.use_context(trusted=True):
        report = frictionless.validate(str(folder / "datapackage.json"))
    problems: list[list[object]] = report.flatten(["title", "message"])
    return problems


def test_written_folder_is_a_valid_data_package(folder: Path, tmp_path: Path) -> None:
    assert report_of(write(read(folder), tmp_path / "out")) == []


def test_shipped_package_is_valid(folder: Path) -> None:
    assert report_of(folder) == []


def test_validator_finds_a_reference_that_names_nothing(folder: Path, tmp_path: Path) -> None:
    out = write(read(folder), tmp_path / "out")
    duties = out / "duties.csv"
    duties.write_text(duties.read_text(encoding="utf-8").replace("CPOM,", "CPO,"), encoding="utf-8")
    assert [p[0] for p in report_of(out)] == ["ForeignKey Error"]


def test_descriptor_says_name_title_and_licence(folder: Path, tmp_path: Path) -> None:
    said = descriptor(write(read(folder, name="Mon inventaire"), tmp_path / "Mes outils"))
    assert (said["name"], said["title"]) == ("mes-outils", "Mon inventaire")
    assert said["licenses"][0]["name"] == "etalab-2.0"  # type: ignore[index]


def test_only_required_tables_and_those_with_rows_are_written(tmp_path: Path) -> None:
    out = write(one_silo(), tmp_path / "out")
    assert {p.stem for p in out.glob("*.csv")} == {
        "authorities",
        "actors",
        "obligations",
        "duties",
        "concepts",
        "requests",
        "silos",
    }


def test_folder_with_content_is_not_overwritten(folder: Path) -> None:
    before = snapshot(folder)
    with pytest.raises(InventoryError, match="four-tools: the folder is not empty"):
        write(one_silo(), folder)
    assert snapshot(folder.parent) == {f"four-tools/{k}": v for k, v in before.items()}


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert len(read(write(one_silo(), tmp_path / "out")).silos) == 1


def test_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(InventoryError, match="a file stands in its place"):
        write(one_silo(), tmp_path / "out", overwrite=True)


def test_overwriting_keeps_the_previous_content_beside(folder: Path) -> None:
    before = snapshot(folder)
    write(one_silo(), folder, overwrite=True)
    assert snapshot(folder.with_name("four-tools.backup")) == before
    assert read(folder).silos["silo_id"].tolist() == ["a"]


def test_overwriting_twice_keeps_both_contents(folder: Path) -> None:
    for name in ("a", "b"):
        write(one_silo(name), folder, overwrite=True)
    kept = [read(folder.with_name(f"four-tools.backup{n}")).silos["silo_id"].tolist() for n in ("", "-2")]
    assert kept == [["elderly"], ["a"]]


def test_overwriting_keeps_title_includes_and_files_that_are_no_tables(folder: Path) -> None:
    common = write(one_silo("b"), folder.parent / "common")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor(folder) | {"includes": ["../common"]}), encoding="utf-8")
    (folder / "notes").mkdir()
    (folder / "notes" / "lisez.txt").write_text("à garder", encoding="utf-8")
    write(one_silo(), folder, overwrite=True)
    assert (descriptor(folder)["title"], descriptor(folder)["includes"]) == (
        "Quatre outils (exemple inventé)",
        ["../common"],
    )
    assert {"notes/lisez.txt", "portfolio.csv"} <= set(snapshot(folder))
    assert sorted(read(folder).silos["silo_id"]) == ["a", "b"]
    assert common.exists()


def test_failure_while_writing_leaves_everything_as_it_was(folder: Path) -> None:
    before = snapshot(folder.parent)
    unwritable = from_frames(
        "x",
        {
            "silos": pd.DataFrame(
                {
                    "silo_id": ["a"],
                    "name_fr": pd.Series(["\ud800"], dtype=pd.StringDtype("python", na_value=float("nan"))),
                }
            )
        },
    )
    with pytest.raises(UnicodeEncodeError):
        write(unwritable, folder, overwrite=True)
    assert snapshot(folder.parent) == before


def test_descriptor_that_cannot_be_read_is_not_written_over(folder: Path) -> None:
    (folder / "datapackage.json").write_text("{ my title", encoding="utf-8")
    before = snapshot(folder)
    with pytest.raises(InventoryError, match="not a JSON object"):
        describe(folder)
    with pytest.raises(InventoryError, match="not a JSON object"):
        write(one_silo(), folder, overwrite=True)
    assert snapshot(folder) == before


def test_describe_changes_nothing_but_the_descriptor(folder: Path) -> None:
    before = snapshot(folder)
    (folder / "datapackage.json").write_text('{"title": "T", "keywords": ["x"]}', encoding="utf-8")
    describe(folder)
    assert {k: v for k, v in snapshot(folder).items() if k != "datapackage.json"} == {
        k: v for k, v in before.items() if k != "datapackage.json"
    }
    assert (descriptor(folder)["title"], descriptor(folder)["keywords"]) == ("T", ["x"])


def test_describe_twice_is_describe_once(folder: Path) -> None:
    describe(folder)
    once = snapshot(folder)
    describe(folder)
    assert snapshot(folder) == once


def test_described_schema_has_the_columns_of_the_file_in_their_order(folder: Path) -> None:
    (folder / "silos.csv").write_text("name_fr,silo_id\nâgées,elderly\n", encoding="utf-8")
    describe(folder)
    assert report_of(folder) == []


def test_describe_forgets_a_file_that_is_gone(folder: Path) -> None:
    (folder / "recipients.csv").unlink()
    describe(folder)
    assert read(folder).recipients.empty


def test_package_that_includes_others_is_valid_without_their_rows(folder: Path) -> None:
    (folder / "concepts.csv").rename(folder.parent / "concepts.csv")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor(folder) | {"includes": ["../common"]}), encoding="utf-8")
    describe(folder)
    assert report_of(folder) == []


def test_written_file_is_utf_8_with_commas_and_one_line_end(tmp_path: Path) -> None:
    inv = from_frames(
        "x", {"silos": pd.DataFrame({"silo_id": ["a"], "name_fr": ['l\'été, "ici"'], "name_en": ["=1+1"]})}
    )
    content = (write(inv, tmp_path / "out") / "silos.csv").read_bytes().decode()
    assert content == 'silo_id,name_fr,name_en\na,"l\'été, ""ici""",\'=1+1\n'


def test_toy_written_and_read_is_the_toy(folder: Path, tmp_path: Path) -> None:
    inv = read(folder)
    assert difference(inv, read(write(inv, tmp_path / "out"))).empty
