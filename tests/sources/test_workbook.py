from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import odfdo
import openpyxl
import pandas as pd
import pytest

from burden.model import schema
from burden.model.findings import Finding, InventoryError
from burden.model.inventory import difference, from_frames
from burden.sources import blank_workbook, read, read_partial, write_workbook
from burden.sources.workbook import read_workbook_rows

Faults = Callable[[Path], tuple[Finding, ...]]
SUFFIXES = pytest.mark.parametrize("suffix", ["xlsx", "ods"])
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def xlsx(path: Path, *rows: tuple[object, ...], sheet: str = "silos", merged: str = "") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


def rezip(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, change(entry.filename, old.read(entry)))
    return target


def cells_of(path: Path) -> list[tuple[str, ...]]:
    sheets, findings = read_workbook_rows(path, path.name)
    assert findings == []
    return [r.cells for r in sheets[0].rows]


@SUFFIXES
@LANGUAGES
def test_toy_written_and_read_is_the_toy(folder: Path, tmp_path: Path, suffix: str, language: str) -> None:
    inv = read(folder)
    assert difference(inv, read(write_workbook(inv, tmp_path / f"x.{suffix}", language=language))).empty


@SUFFIXES
@LANGUAGES
def test_blank_workbook_reads_as_tables_without_rows(tmp_path: Path, suffix: str, language: str) -> None:
    inv, findings = read_partial(blank_workbook(tmp_path / f"blank.{suffix}", language=language))
    assert {f.check for f in findings} == {"no rows"}
    assert all(inv[t].empty for t in schema.tables())


@SUFFIXES
def test_blank_workbook_has_every_table_required_first_between_guidance_and_codes(tmp_path: Path, suffix: str) -> None:
    sheets, _ = read_workbook_rows(blank_workbook(tmp_path / f"b.{suffix}", language="en"), "b")
    assert [s.name for s in sheets] == ["Read me", *schema.tables(), "codes"]


@SUFFIXES
def test_blank_workbook_in_french_has_french_sheets_headers_and_guidance(tmp_path: Path, suffix: str) -> None:
    sheets, _ = read_workbook_rows(blank_workbook(tmp_path / f"b.{suffix}"), "b")
    requests = next(s for s in sheets if s.name == "demandes")
    assert requests.rows[1].cells[:3] == ("obligation", "libellé", "information")
    assert requests.rows[0].cells[0].startswith("# Obligation qui demande.")
    assert "Capacité autorisée" in requests.rows[0].cells[1]


def test_guidance_names_the_sheet_that_an_identifier_stands_on(tmp_path: Path) -> None:
    guidance = openpyxl.load_workbook(blank_workbook(tmp_path / "t.xlsx"))["obligations"][1]
    assert any("Un identifiant de la feuille «\u202fpopulations\u202f»." in cell.value for cell in guidance)


def test_what_the_required_sheets_refer_to_is_required_too(tmp_path: Path) -> None:
    read_me = openpyxl.load_workbook(blank_workbook(tmp_path / "t.xlsx"))["Lisez-moi"]
    required = {row[0] for row in read_me.iter_rows(values_only=True) if row[1] == "obligatoire"}
    assert required == {
        "autorités", "acteurs", "obligations", "assujettissements", "informations", "demandes", "politiques",
        "populations",
    }  # fmt: skip


def test_header_is_frozen_in_xlsx(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(blank_workbook(tmp_path / "b.xlsx"))
    assert {s.freeze_panes for s in book.worksheets[1:-1]} == {"A3"}


def test_header_is_frozen_in_ods(tmp_path: Path) -> None:
    settings = odfdo.Document(str(blank_workbook(tmp_path / "b.ods"))).get_part("settings.xml")
    content = settings.serialize().decode()
    assert 'config:name="demandes"' in content
    assert content.count('"VerticalSplitPosition" config:type="int">2<') == len(schema.tables())


def test_drop_down_of_a_code_list_points_at_its_names(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(blank_workbook(tmp_path / "b.xlsx"))
    sheet = book["obligations"]
    at = list(schema.tables()["obligations"].columns).index("instrument") + 1
    letter = openpyxl.utils.get_column_letter(at)
    (rule,) = [v for v in sheet.data_validations.dataValidation if f"{letter}3:" in str(v.sqref)]
    first, last = rule.formula1.split("!")[1].replace("$", "").split(":")
    names = [c[0].value for c in book["codes"][f"{first}:{last}"]]
    assert names == [c.name_fr for c in schema.codes("instrument").values()]


@LANGUAGES
def test_every_name_of_a_drop_down_is_read_back_as_its_code(tmp_path: Path, language: str) -> None:
    grades = list(schema.codes("staff_grade"))
    tariffs = pd.DataFrame({"staff_grade": grades, "year": 2024, "eur_per_h": 35.5, "evidence": "assumed"})
    inv = from_frames("t", {"tariffs": tariffs})
    back, _ = read_partial(write_workbook(inv, tmp_path / "t.xlsx", language=language))
    assert back.tariffs["staff_grade"].tolist() == grades


@SUFFIXES
@pytest.mark.parametrize("value", ["=1+1", "+33 1", "-x", "@SUM(A1)", "#REF!", "_x0041_", "00123", "a\nb", "'a"])
def test_text_stays_text(tmp_path: Path, suffix: str, value: str) -> None:
    inv = from_frames("t", {"silos": pd.DataFrame({"silo_id": ["a"], "name_fr": ["n"], "name_en": [value]})})
    back, findings = read_partial(write_workbook(inv, tmp_path / f"t.{suffix}"))
    assert (back.silos["name_en"].tolist(), [f for f in findings if f.severity == "error"]) == ([value], [])


def test_text_that_looks_like_a_formula_is_stored_as_text(tmp_path: Path) -> None:
    inv = from_frames("t", {"silos": pd.DataFrame({"silo_id": ["a"], "name_fr": ["=1+1"]})})
    cell = openpyxl.load_workbook(write_workbook(inv, tmp_path / "t.xlsx"))["politiques"]["B3"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)


@SUFFIXES
def test_existing_file_is_never_overwritten(folder: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"mine.{suffix}"
    path.write_bytes(b"mine")
    for writing in (lambda: write_workbook(read(folder), path), lambda: blank_workbook(path)):
        with pytest.raises(InventoryError, match="the file exists already"):
            writing()
    assert path.read_bytes() == b"mine"


def test_other_suffix_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match=r"written as \.xlsx or \.ods"):
        write_workbook(read(folder), tmp_path / "x.xls")


@SUFFIXES
@pytest.mark.parametrize("value", ["x" * 32_768, "a\x07b"])
def test_text_that_no_cell_holds_is_a_fault_and_nothing_is_written(tmp_path: Path, suffix: str, value: str) -> None:
    inv = from_frames("t", {"silos": pd.DataFrame({"silo_id": ["a"], "name_fr": [value]})})
    with pytest.raises(InventoryError, match=r"politiques.*line 3, column 'nom'"):
        write_workbook(inv, tmp_path / f"t.{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_typed_cells_become_plain_text(tmp_path: Path) -> None:
    row = (12.0, 0.1, 75000000000012, True, date(2025, 12, 31), datetime(2025, 1, 2, 3, 4, 5), "00123", None)
    assert cells_of(xlsx(tmp_path / "t.xlsx", row, ("x",) * 8))[0] == (
        "12",
        "0.1",
        "75000000000012",
        "true",
        "2025-12-31",
        "2025-01-02 03:04:05",
        "00123",
        "",
    )


def test_line_is_that_of_the_sheet(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", ("Titre",), (), ("silo_id", "name_fr"), (), ("a b", "x"))
    _, findings = read_partial(path)
    assert findings[0].place.text().render() == "t.xlsx [silos], line 5, column 'silo_id'"


def test_merged_title_above_the_header_is_skipped(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", ("Titre",), ("Politique", "Nom"), ("a", "x"), merged="A1:D1")
    assert read_partial(path)[0].silos["silo_id"].tolist() == ["a"]


def test_cells_merged_downwards_hold_their_value_in_each_row_of_xlsx(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "t.xlsx", ("a", "b"), ("x", 1), (None, 2), (None, 3), merged="A2:A4")
    assert cells_of(path)[1:] == [("x", "1"), ("x", "2"), ("x", "3")]


def test_cells_merged_downwards_hold_their_value_in_each_row_of_ods(tmp_path: Path) -> None:
    table = odfdo.Table("silos")
    for values in (["a", "b"], ["x", 1], [None, 2], [None, 3]):
        row = odfdo.Row()
        row.set_values(values)
        table.append_row(row)
    table.set_span((0, 1, 0, 3))
    document = odfdo.Document("ods")
    document.body.clear()
    document.body.append(table)
    document.save(tmp_path / "t.ods")
    assert cells_of(tmp_path / "t.ods")[1:] == [("x", "1"), ("x", "2"), ("x", "3")]


def test_header_merged_over_two_rows_is_read_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "silos"
    for row in (("silo_id", "name_fr"), (None, None), ("a", "x")):
        book.active.append(row)
    book.active.merge_cells("A1:A2")
    book.active.merge_cells("B1:B2")
    book.save(tmp_path / "t.xlsx")
    assert read_partial(tmp_path / "t.xlsx")[0].silos["silo_id"].tolist() == ["a"]


def test_sheet_that_names_no_table_is_a_fault(folder: Path, tmp_path: Path, faults: Faults) -> None:
    path = write_workbook(read(folder), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    book["destinataires"].title = "destinataire"
    book.save(path)
    (finding,) = faults(path)
    assert finding.render() == ("t.xlsx [destinataire]: no table has this name. Did you mean 'destinataires'?")


def test_empty_sheet_of_any_name_is_nothing(folder: Path, tmp_path: Path) -> None:
    path = write_workbook(read(folder), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Feuil2")
    book.save(path)
    assert len(read(path).requests) == 22


def test_missing_sheet_is_a_fault(folder: Path, tmp_path: Path, faults: Faults) -> None:
    path = write_workbook(read(folder), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    del book["assujettissements"]
    book.save(path)
    (finding,) = faults(path)
    assert finding.remedy.render() == "Add a sheet named 'duties' or 'assujettissements'."


def test_error_value_is_a_fault_with_its_cell(tmp_path: Path) -> None:
    _, findings = read_partial(xlsx(tmp_path / "t.xlsx", ("silo_id", "name_fr"), ("a", "#REF!")))
    fault = next(f for f in findings if f.value == "#REF!")
    assert (fault.place.line, fault.place.column) == (2, "B2")


def test_formula_without_a_stored_result_is_a_fault(tmp_path: Path) -> None:
    _, findings = read_partial(xlsx(tmp_path / "t.xlsx", ("silo_id", "name_fr", "name_en"), ("a", "b", "=1+1")))
    assert [f.place.column for f in findings if f.value == "=1+1"] == ["C2"]


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
@pytest.mark.parametrize("content", [b"", bytes(range(256)), b"PK\x03\x04rest", b"a;b\n1;2\n"])
def test_file_that_is_no_workbook(tmp_path: Path, faults: Faults, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (finding,) = faults(tmp_path / name)
    assert "is not a workbook" in finding.render()


@SUFFIXES
def test_truncated_workbook(tmp_path: Path, faults: Faults, suffix: str) -> None:
    path = blank_workbook(tmp_path / f"t.{suffix}")
    path.write_bytes(path.read_bytes()[:-3000])
    assert len(faults(path)) == 1


def test_zip_that_is_no_workbook(tmp_path: Path, faults: Faults) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "damaged" in faults(tmp_path / "t.xlsx")[0].render()


@SUFFIXES
@pytest.mark.parametrize("seed", range(15))
def test_damaged_workbook_never_raises_another_error(folder: Path, tmp_path: Path, suffix: str, seed: int) -> None:
    draw = random.Random(seed)
    whole = write_workbook(read(folder), tmp_path / f"t.{suffix}")

    def damage(name: str, content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(3 if content and name.endswith(".xml") else 0):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        return bytes(changed)

    inv, findings = read_partial(rezip(whole, tmp_path / f"damaged.{suffix}", damage))
    assert findings or len(inv.requests) == 22


def test_cell_in_the_last_corner_is_a_fault_and_not_a_crash(tmp_path: Path, faults: Faults) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "silo_id"
    book.active["XFD1048576"] = "far"
    book.save(tmp_path / "far.xlsx")
    assert "filled far from the others" in faults(tmp_path / "far.xlsx")[0].render()


def test_repeated_cells_of_ods_are_a_fault_and_not_a_crash(tmp_path: Path, faults: Faults) -> None:
    def repeat(name: str, content: bytes) -> bytes:
        if name != "content.xml":
            return content
        return content.replace(
            b"</table:table-row>",
            b'</table:table-row><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            b'table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
            b"</table:table-row>",
            1,
        )

    path = rezip(blank_workbook(tmp_path / "b.ods"), tmp_path / "far.ods", repeat)
    assert "too large" in faults(path)[0].render()


@SUFFIXES
def test_cell_of_50_mb(tmp_path: Path, faults: Faults, suffix: str) -> None:
    def swell(_: str, content: bytes) -> bytes:
        return content.replace(b"Leave", b"x" * 50_000_000 + b"Leave", 1)

    blank = blank_workbook(tmp_path / f"b.{suffix}", language="en")
    path = rezip(blank, tmp_path / f"big.{suffix}", swell)
    assert "a cell holds more than" in faults(path)[0].render()


def test_workbook_that_unpacks_too_large(tmp_path: Path, faults: Faults) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(7):
            archive.writestr(f"xl/media/{n}", bytes(50_000_000))
    assert "too large" in faults(tmp_path / "t.xlsx")[0].render()


def test_two_sheets_of_one_table_are_merged(folder: Path, tmp_path: Path) -> None:
    path = write_workbook(read(folder), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    more = book.create_sheet("silos")
    more.append(("silo_id", "name_fr"))
    more.append(("housing", "logement"))
    book.save(path)
    assert sorted(read(path).silos["silo_id"]) == ["elderly", "housing"]


@pytest.mark.parametrize("language", ["de", ""])
def test_unknown_language_is_refused(tmp_path: Path, language: str) -> None:
    with pytest.raises(ValueError, match="no language"):
        blank_workbook(tmp_path / "b.xlsx", language=language)
