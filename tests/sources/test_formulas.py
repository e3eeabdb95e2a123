from pathlib import Path

import odfdo
import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from burden.sources.formulas import alive, formulas, inert


def test_a_formula_of_an_open_document_is_found_where_it_stands(tmp_path: Path) -> None:
    document = odfdo.Document("ods")
    document.body.clear()
    table = odfdo.Table("Tools")
    table.append_row(odfdo.Row(width=2, repeated=3))
    row = odfdo.Row()
    row.append_cell(odfdo.Cell(None, repeated=2))
    row.append_cell(odfdo.Cell(2, formula="of:=1+1"))
    table.append_row(row)
    document.body.append(table)
    document.save(tmp_path / "form.ods")
    assert formulas(tmp_path / "form.ods") == [("Tools", 4, 3, "of:=1+1")]


def test_a_formula_of_a_workbook_is_found_and_a_text_that_looks_like_one_is_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Tools"
    book.active["B3"] = "=1+1"
    book.active["C3"] = "=1+1"
    book.active["C3"].data_type = "s"
    book.save(tmp_path / "form.xlsx")
    assert formulas(tmp_path / "form.xlsx") == [("Tools", 3, 2, "=1+1")]


def test_what_is_no_workbook_has_no_formula(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"no workbook")
    assert formulas(tmp_path / "form.xlsx") == []


@given(st.text(max_size=20))
def test_a_text_made_inert_is_read_as_it_was(word: str) -> None:
    assert alive(inert(word)) == word


@given(st.text(alphabet="'=+-@\t\r1", max_size=6))
def test_an_inert_text_begins_with_nothing_that_runs(word: str) -> None:
    assert not inert(word).startswith(("=", "+", "-", "@", "\t", "\r"))
