from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from burden.model.findings import Finding, InventoryError
from burden.sources import describe, read, read_partial, write_workbook

TABLES = ("authorities", "actors", "obligations", "duties", "concepts", "requests")

Faults = Callable[[Path], tuple[Finding, ...]]
Spoil = Callable[[str, str, str], None]


def set_descriptor(folder: Path, **properties: object) -> None:
    path = folder / "datapackage.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps(known | properties), encoding="utf-8")


@pytest.fixture
def split(folder: Path) -> Path:
    """The toy in two folders: vocabulary in one, the rest in another that includes it."""
    common = folder.parent / "common"
    common.mkdir()
    for table in ("authorities", "concepts", "silos", "populations"):
        (folder / f"{table}.csv").rename(common / f"{table}.csv")
    (folder / "datapackage.json").unlink()
    set_descriptor(folder, title="Outils", includes=["../common"])
    describe(folder)
    describe(common)
    return folder


def test_the_toy_is_read_with_all_its_rows(folder: Path) -> None:
    inv = read(folder)
    assert {t: len(inv[t]) for t in TABLES} == {
        "authorities": 4,
        "actors": 1,
        "obligations": 4,
        "duties": 4,
        "concepts": 11,
        "requests": 22,
    }


def test_name_is_the_title_of_the_package_or_the_folder_or_as_given(folder: Path) -> None:
    titled = read(folder).name
    (folder / "datapackage.json").unlink()
    assert (titled, read(folder).name, read(folder, name="Mine").name) == (
        "Quatre outils (exemple inventé)",
        "four-tools",
        "Mine",
    )


def test_places_are_short(folder: Path) -> None:
    assert read(folder).place("obligations", 1).text().render() == "four-tools/obligations.csv, line 3"


def test_portfolio_of_the_folder_is_not_a_table(folder: Path) -> None:
    assert (folder / "portfolio.csv").exists()
    assert read_partial(folder)[1] == ()


def test_file_with_its_french_name(folder: Path) -> None:
    (folder / "requests.csv").rename(folder / "Demandes.CSV")
    set_descriptor(folder, resources=[])
    assert len(read(folder).requests) == 22


def test_office_file_in_latin_1_with_semicolons_and_french_headers(folder: Path) -> None:
    (folder / "silos.csv").write_bytes(
        "Champs de politique;;\r\n\r\nPolitique;Nom;Nom anglais\r\n elderly ;Personnes âgées ;\r\n;;\r\n".encode(
            "latin-1"
        )
    )
    assert read(folder).silos.iloc[0, :2].tolist() == ["elderly", "Personnes âgées"]


def test_missing_obligations_is_one_fault(folder: Path, faults: Faults) -> None:
    (folder / "obligations.csv").unlink()
    set_descriptor(folder, resources=[])
    (finding,) = faults(folder)
    assert finding.render() == (
        "four-tools: the required table 'obligations' is missing. "
        "Add obligations.csv, or include the folder that holds it."
    )


def test_unknown_period(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("obligations.csv", "P1Y", "anual")
    (finding,) = faults(folder)
    assert finding.render() == (
        "four-tools/obligations.csv, line 2, column 'period': 'anual' is not a period. "
        "Write P1Y, P6M, P1M, event or once."
    )


def test_foreign_key_that_names_nothing(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("requests.csv", "Capacité,capacity,", "Capacité,capacty,")
    (finding,) = faults(folder)
    assert finding.render() == (
        "four-tools/requests.csv, line 3, column 'concept_id': 'capacty' is not in concepts. Did you mean 'capacity'?"
    )


def test_duplicated_identifier(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("concepts.csv", "\nquality,", "\nbudget,")
    findings = faults(folder)
    assert [(f.check, f.place.line, f.value) for f in findings] == [
        ("duplicate key", 7, "budget"),
        ("reference", 7, "quality"),
    ]


def test_misspelt_header(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("obligations.csv", "required_by_id", "requird_by")
    (finding,) = faults(folder)
    assert finding.remedy.render() == "Did you mean 'required_by_id'?"


def test_negative_minutes(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("requests.csv", ",10,", ",-10,")
    (finding,) = faults(folder)
    assert (finding.place.line, finding.place.column, finding.value) == (2, "minutes", "-10")
    assert "below the minimum 0" in finding.render()


def test_31_february(folder: Path, faults: Faults) -> None:
    (folder / "sources.csv").write_text("source_id,citation,date_read\ns,Texte,31/02/2025\n", encoding="utf-8")
    (finding,) = faults(folder)
    assert finding.render() == (
        "four-tools/sources.csv, line 2, column 'date_read': '31/02/2025' is not a date. "
        "Write it as 2025-12-31 or 31/12/2025, with a day that exists."
    )


def test_31_february_in_a_deadline(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("obligations.csv", "purpose_fr", "deadline")
    spoil("obligations.csv", "suivre les objectifs du contrat", "N:02-31")
    findings = faults(folder)
    assert (findings[0].place.line, findings[0].value) == (2, "N:02-31")


def test_empty_file(folder: Path, faults: Faults) -> None:
    (folder / "duties.csv").write_bytes(b"")
    (finding,) = faults(folder)
    assert finding.render().startswith("four-tools/duties.csv: the file is empty.")


def test_binary_file_is_one_fault_without_its_consequences(folder: Path, faults: Faults) -> None:
    (folder / "concepts.csv").write_bytes(bytes(range(256)) * 10)
    (finding,) = faults(folder)
    assert finding.place.file == "four-tools/concepts.csv"


def test_cell_of_50_mb(folder: Path, faults: Faults) -> None:
    with (folder / "silos.csv").open("a", encoding="utf-8") as stream:
        stream.write("x," + "y" * 50_000_000 + ",z\n")
    (finding,) = faults(folder)
    assert (finding.place.line, len(finding.render()) < 500) == (3, True)


def test_all_faults_of_all_files_at_once(spoil: Spoil, folder: Path, faults: Faults) -> None:
    spoil("obligations.csv", "P1Y", "anual")
    spoil("requests.csv", ",10,", ",-10,")
    spoil("concepts.csv", "identifier", "identifiant unique")
    (folder / "duties.csv").write_bytes(b"")
    assert {f.place.file for f in faults(folder)} == {
        f"four-tools/{t}.csv" for t in ("obligations", "requests", "concepts", "duties")
    }


def test_unknown_csv_file(folder: Path, faults: Faults) -> None:
    (folder / "obligation.csv").write_text("a\n1\n", encoding="utf-8")
    (finding,) = faults(folder)
    assert finding.render() == ("four-tools/obligation.csv: no table has this name. Did you mean 'obligations'?")


def test_folder_with_one_misspelt_file_only(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "obligation.csv").write_text("a\n1\n", encoding="utf-8")
    findings = faults(tmp_path)
    assert findings[0].remedy.render() == "Did you mean 'obligations'?"


def test_table_as_a_workbook_in_a_folder_is_a_fault(folder: Path, faults: Faults) -> None:
    (folder / "holdings.xlsx").write_bytes(b"PK")
    (finding,) = faults(folder)
    assert finding.remedy.render() == "Save it as holdings.csv, or move it elsewhere."


def test_lock_files_and_notes_are_no_tables(folder: Path) -> None:
    (folder / ".~lock.obligations.csv#").write_text("x", encoding="utf-8")
    (folder / "~$obligations.csv").write_text("x", encoding="utf-8")
    (folder / "notes.md").write_text("x", encoding="utf-8")
    assert len(read(folder).obligations) == 4


def test_no_such_path(folder: Path, faults: Faults) -> None:
    (finding,) = faults(folder.parent / "four-tool")
    assert finding.remedy.render() == "Did you mean 'four-tools'?"


def test_folder_without_tables(tmp_path: Path, faults: Faults) -> None:
    (finding,) = faults(tmp_path)
    assert "no table and no data package" in finding.render()


def test_folder_that_holds_a_workbook_names_it(tmp_path: Path, folder: Path, faults: Faults) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_workbook(read(folder), elsewhere / "inventaire.xlsx")
    (finding,) = faults(elsewhere)
    assert "inventaire.xlsx" in finding.remedy.render()


def test_csv_file_itself_is_not_an_inventory(folder: Path, faults: Faults) -> None:
    (finding,) = faults(folder / "obligations.csv")
    assert finding.fault.render() == "the file is not a workbook."


def test_partial_result_shows_the_rest(spoil: Spoil, folder: Path) -> None:
    spoil("obligations.csv", "P1Y", "anual")
    inv, findings = read_partial(folder)
    assert inv.obligations["period"].fillna("").tolist() == ["", "P1Y", "P1Y", "P4Y"]
    assert len(findings) == 1


def test_row_without_identifier_is_reported_though_it_cannot_be_shown(spoil: Spoil, folder: Path) -> None:
    spoil("recipients.csv", "TDB,cnsa", ",cnsa")
    inv, findings = read_partial(folder)
    assert len(inv.recipients) == 5
    assert [(f.place.line, f.place.column) for f in findings] == [(6, "obligation_id")]


def test_required_table_without_rows_is_a_warning(folder: Path) -> None:
    for table in ("requests", "recipients"):
        header = (folder / f"{table}.csv").read_text(encoding="utf-8").split("\n")[0]
        (folder / f"{table}.csv").write_text(header + "\n", encoding="utf-8")
    inv, findings = read_partial(folder)
    assert [(f.check, f.severity, f.value) for f in findings] == [("no rows", "warning", "requests")]
    assert read(folder).requests.empty
    assert inv.recipients.empty


def test_includes_are_merged(split: Path) -> None:
    inv = read(split)
    assert (len(inv.concepts), len(inv.obligations), inv.name) == (11, 4, "Outils")
    assert inv.place("concepts", 0).file == "common/concepts.csv"


def test_collection_merges_its_packages_and_reads_common_once(split: Path) -> None:
    inv = read(split.parent)
    assert (len(inv.concepts), len(inv.requests)) == (11, 22)
    assert inv.place("obligations", 0).file == "four-tools/obligations.csv"


def test_collection_leaves_backups_and_other_folders_aside(split: Path) -> None:
    shutil.copytree(split, split.with_name("four-tools.backup"))
    (split.with_name("portfolios")).mkdir()
    assert len(read(split.parent).requests) == 22


def test_collection_says_which_folder_of_tables_is_not_described(split: Path, faults: Faults) -> None:
    (split.parent / "common" / "datapackage.json").unlink()
    (finding,) = faults(split.parent)
    assert finding.place.file == "common"


def test_missing_include(split: Path, faults: Faults) -> None:
    set_descriptor(split, includes=["../comon"])
    findings = faults(split)
    assert findings[0].render() == (
        "four-tools/datapackage.json, column 'includes': '../comon' is not a folder of tables. Did you mean 'common'?"
    )


def test_cycle_of_includes(split: Path, faults: Faults) -> None:
    set_descriptor(split.parent / "common", includes=["../four-tools"])
    (finding,) = faults(split)
    assert (finding.place.file, finding.value) == ("common/datapackage.json", "../four-tools")


def test_folder_included_by_two_others_is_read_once(split: Path) -> None:
    third = split.parent / "third"
    shutil.copytree(split.parent / "common", third)
    (third / "concepts.csv").unlink()
    (third / "datapackage.json").unlink()
    set_descriptor(third, includes=["../common"])
    set_descriptor(split, includes=["../third", "../common"])
    assert len(read(split).concepts) == 11


def test_two_different_rows_under_one_identifier_show_both(split: Path, faults: Faults) -> None:
    (split / "silos.csv").write_text("silo_id,name_fr\nelderly,grand âge\n", encoding="utf-8")
    (finding,) = faults(split)
    assert finding.check == "conflict"
    assert "'personnes âgées' ≠ 'grand âge'" in finding.render() or (
        "'grand âge' ≠ 'personnes âgées'" in finding.render()
    )
    assert {finding.place.file, finding.related[0].file} == {"four-tools/silos.csv", "common/silos.csv"}


def test_first_of_two_conflicting_rows_stands_in_the_partial_result(split: Path) -> None:
    (split / "silos.csv").write_text("silo_id,name_fr\nelderly,grand âge\n", encoding="utf-8")
    assert read_partial(split)[0].silos["name_fr"].tolist() == ["personnes âgées"]


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe{", b"[" * 100_000, b"", b"nul"])
def test_descriptor_that_is_not_json(folder: Path, faults: Faults, content: bytes) -> None:
    (folder / "datapackage.json").write_bytes(content)
    (finding,) = faults(folder)
    assert (finding.check, finding.place.file) == ("package", "four-tools/datapackage.json")


@pytest.mark.parametrize(
    "properties",
    [
        {"includes": "../common"},
        {"includes": [1]},
        {"includes": ["/etc"]},
        {"resources": {}},
        {"resources": [1]},
        {"resources": [{"path": ["a.csv"]}]},
    ],
)
def test_descriptor_of_another_shape(folder: Path, faults: Faults, properties: dict[str, object]) -> None:
    set_descriptor(folder, **properties)
    (finding,) = faults(folder)
    assert finding.check == "package"


def test_file_named_by_the_descriptor_but_absent(folder: Path, faults: Faults) -> None:
    (folder / "recipients.csv").unlink()
    (finding,) = faults(folder)
    assert (finding.value, "does not stand in this folder" in finding.render()) == ("recipients.csv", True)


def test_error_has_one_line_a_fault(spoil: Spoil, folder: Path) -> None:
    spoil("obligations.csv", "P1Y", "anual")
    spoil("requests.csv", ",10,", ",-10,")
    with pytest.raises(InventoryError) as caught:
        read(folder)
    assert len(str(caught.value).splitlines()) == 2
