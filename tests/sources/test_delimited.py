from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burden.model.findings import Finding
from burden.sources.delimited import read_rows
from burden.sources.rows import CELL_LIMIT, Row


def rows_of(content: bytes | str, *, headings: tuple[str, ...] = ()) -> tuple[list[Row], list[Finding]]:
    data = content.encode() if isinstance(content, str) else content
    return read_rows(io.BytesIO(data), "t.csv", headings=headings)


def cells_of(content: bytes | str, *, headings: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    rows, findings = rows_of(content, headings=headings)
    assert findings == []
    return [r.cells for r in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_encodings_of_offices(encoding: str) -> None:
    assert cells_of("nom;âge\nZoé;7\n".encode(encoding)) == [("nom", "âge"), ("Zoé", "7")]


def test_windows_quotes_and_euro_are_read() -> None:
    assert cells_of("a;b\nl’été;12 €\n".encode("cp1252"))[1] == ("l’été", "12 €")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    content = f"name{delimiter}note\nx{delimiter}y\n"
    assert cells_of(content, headings=("name", "note")) == [("name", "note"), ("x", "y")]


def test_delimiter_is_that_of_the_header_not_of_a_title_full_of_commas() -> None:
    content = "Inventaire, version 2, mars, provisoire\nname;note\nx;a, b, c, d, e\n"
    assert cells_of(content, headings=("name", "note"))[2] == ("x", "a, b, c, d, e")


def test_delimiter_is_that_of_the_header_not_of_lists_in_the_cells() -> None:
    content = "name,tags\nx,a|b|c|d|e|f\n"
    assert cells_of(content, headings=("name", "tags"))[1] == ("x", "a|b|c|d|e|f")


def test_delimiter_declared_as_a_spreadsheet_does() -> None:
    rows, findings = rows_of("sep=;\nname;note\nx;y\n")
    assert ([(r.line, r.cells) for r in rows], findings) == ([(2, ("name", "note")), (3, ("x", "y"))], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert cells_of(f"a,b{end}1,2{end}") == [("a", "b"), ("1", "2")]


def test_line_is_the_physical_one_where_the_row_starts() -> None:
    rows, _ = rows_of('a,b\n"un\ndeux",x\n\n3,4\n')
    assert [r.line for r in rows] == [1, 2, 5]


def test_quotation_marks_inside_bare_text_are_text() -> None:
    assert cells_of('name;n\nFoyer "Les Lilas";3\n')[1] == ('Foyer "Les Lilas"', "3")


def test_space_before_a_quoted_cell_is_dropped() -> None:
    assert cells_of('a,b\n1, "x, y"\n')[1] == ("1", "x, y")


def test_empty_file_is_a_fault() -> None:
    _, (finding,) = rows_of(b"")
    assert finding.render() == "t.csv: the file is empty. Write a header row and rows, or remove the file."


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf\r\n  \r\n", b";;;\n ; \n", b"sep=;\n"])
def test_file_of_blank_lines_is_empty(content: bytes) -> None:
    _, (finding,) = rows_of(content)
    assert "empty" in finding.render()


def test_binary_file_is_a_fault() -> None:
    rows, (finding,) = rows_of(bytes(range(256)))
    assert (rows, finding.fault.render()) == ([], "the file is not text that can be read.")


def test_utf_16_without_mark_is_a_fault() -> None:
    _, (finding,) = rows_of("a;b\n1;2\n".encode("utf-16-le"))
    assert "not text" in finding.render()


def test_bytes_of_no_encoding_are_a_fault() -> None:
    _, (finding,) = rows_of(b"a;b\n\x81\xe9;2\n")
    assert "not text" in finding.render()


@pytest.mark.parametrize("signature", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
def test_workbook_named_csv_is_a_fault(signature: bytes) -> None:
    _, (finding,) = rows_of(signature + b"x" * 100)
    assert "workbook or a document" in finding.render()


def test_text_encoded_twice_is_a_fault_of_its_line() -> None:
    _, (finding,) = rows_of("a;b\nqualitÃ©;2\nrÃ©sultat;3\n")
    assert (finding.place.line, finding.fault.values["value"]) == (2, "Ã©")


def test_unterminated_quote_is_a_fault_and_the_other_rows_stand() -> None:
    rows, (finding,) = rows_of('a,b\n"open,1\nx,2\ny,3\n')
    assert finding.place.line == 2
    assert [(r.line, r.cells) for r in rows] == [(1, ("a", "b")), (3, ("x", "2")), (4, ("y", "3"))]


def test_text_after_a_closing_quote_is_a_fault() -> None:
    rows, (finding,) = rows_of('a,b\n"x" y,1\nz,2\n')
    assert (finding.place.line, finding.value, len(rows)) == (2, '"x" y,1', 2)


def test_quote_closed_by_a_later_quoted_cell_costs_its_own_line_only() -> None:
    rows, findings = rows_of('a,b\n"open,1\nx,"2"\ny,3\n')
    assert [f.place.line for f in findings] == [2]
    assert [r.cells for r in rows][1:] == [("x", "2"), ("y", "3")]


def test_too_many_bad_lines_end_the_reading_and_are_said() -> None:
    _, findings = rows_of("a,b\n" + '"x" y,1\n' * 50)
    assert len(findings) == 21
    assert (findings[-1].place.line, "from here on" in findings[-1].render()) == (22, True)


def test_long_cell_is_a_fault_and_the_next_row_is_read() -> None:
    rows, (finding,) = rows_of("a,b\n" + "x" * (CELL_LIMIT + 1) + ",1\ny,2\n")
    assert finding.place.line == 2
    assert rows[-1].cells == ("y", "2")


@pytest.mark.parametrize("filler", ["x", "x\n"])
def test_cell_of_50_mb_is_a_fault_in_bounded_memory(tmp_path: Path, filler: str) -> None:
    path = tmp_path / "big.csv"
    piece = filler * (1_000_000 // len(filler))
    with path.open("w", encoding="utf-8") as stream:
        stream.write('a,b\n1,2\n"')
        for _ in range(50):
            stream.write(piece)
        stream.write('",3\n')
    tracemalloc.start()
    with path.open("rb") as binary:
        rows, findings = read_rows(binary, "big.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [r.cells for r in rows] == [("a", "b"), ("1", "2")]
    assert (findings[0].place.line, len(str(findings[0].value)) < 100) == (3, True)
    assert "not read" in findings[0].render()
    assert peak < 45_000_000


@given(st.binary(max_size=300))
def test_no_bytes_raise(content: bytes) -> None:
    rows, findings = rows_of(content)
    assert rows or findings


@given(st.text(alphabet='ab"\n\r;,\t| é', max_size=80))
def test_no_text_raises_and_what_is_not_read_is_said(content: str) -> None:
    rows, findings = rows_of(content)
    assert rows or findings


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="Ãâ\ufeff"))


@given(
    st.lists(st.tuples(CELL, st.sampled_from(['x"y', "x\ny", "x;y", "x,y", "x\ty", "x|y"])), min_size=1),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_is_read_alike(table: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("name", "note"), *table])
    cells = cells_of(written.getvalue().encode(encoding), headings=("name", "note"))
    assert cells == [("name", "note"), *table]


def test_a_cell_that_would_drive_the_terminal_is_a_fault() -> None:
    _, findings = read_rows(io.BytesIO(b"a,b\n1,\x1b[2J\n"), "t.csv")
    assert [(f.place.line, f.fault.render()) for f in findings] == [(2, "the text holds the control character U+001B.")]


def test_what_was_made_inert_is_read_as_it_was() -> None:
    rows, _ = read_rows(io.BytesIO(b"a,b\n'=1+1,'so'\n"), "t.csv")
    assert rows[1].cells == ("=1+1", "'so'")
