from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from burden.model.findings import Finding, InventoryError
from burden.model.portfolio import Portfolio
from burden.sources import read_portfolio

HEADER = "unit_id;operator_id;actor_id;places;Serious incident\n"


def portfolio(tmp_path: Path, content: str | bytes) -> Portfolio:
    path = tmp_path / "p.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_portfolio(path)


def faults(tmp_path: Path, content: str | bytes) -> list[str]:
    with pytest.raises(InventoryError) as caught:
        portfolio(tmp_path, content)
    findings: tuple[Finding, ...] = caught.value.findings
    return [f.render() for f in findings]


def test_office_file(tmp_path: Path) -> None:
    content = (
        "\ufeffDispositifs 2025\r\n\r\nStructure ;Organisme gestionnaire;Acteur;Caractéristiques;Places;Person\r\n"
        "u1;o;mecs;cpom ; budget;40,5;\r\n".replace("cpom ; budget", '"cpom ; budget"')
    )
    ptf = portfolio(tmp_path, content)
    assert ptf.units[["unit_id", "tags", "places"]].iloc[0].tolist() == ["u1", "cpom|budget", 40.5]
    assert ptf.units["person"].isna().all()
    assert (ptf.name, ptf.populations) == ("p", ["places", "person"])


def test_latin_1(tmp_path: Path) -> None:
    ptf = portfolio(tmp_path, (HEADER.replace("places", "nom") + "u;o;mecs;L'Été;\n").encode("latin-1"))
    assert ptf.units["name"].tolist() == ["L'Été"]


def test_first_sheet_with_rows_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Structures")
    sheet.append(("Association X",))
    sheet.append(("unit_id", "operator_id", "actor_id", "places"))
    sheet.append(("u", "o", "mecs", 12))
    book.save(tmp_path / "p.xlsx")
    assert read_portfolio(tmp_path / "p.xlsx", name="X").units["places"].tolist() == [12.0]


def test_every_faulty_cell_with_its_place(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADER + "u;o;mecs;-3;\nv;;mecs;dix;1\n") == [
        "p.csv, line 2, column 'places': '-3' is not a number of zero or more. "
        "Write digits only, or leave the cell empty if it is unknown.",
        "p.csv, line 3, column 'operator_id': the cell is empty and must not be. Write an identifier.",
        "p.csv, line 3, column 'places': 'dix' is not a number of zero or more. "
        "Write digits only, or leave the cell empty if it is unknown.",
    ]


def test_unit_that_stands_twice_has_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADER + "u;o;mecs;1;\nu;o;mecs;2;\n") == [
        "p.csv, line 3, column 'unit_id': 'u' already stands at p.csv, line 2, column 'unit_id'. "
        "Keep one of the two rows, or give one another identifier."
    ]


def test_missing_column_is_said_once(tmp_path: Path) -> None:
    assert faults(tmp_path, "unit_id;actor_id\nu;mecs\n") == [
        "p.csv, line 1, column 'operator_id': the column 'operator_id' is missing. "
        "Add it to the header row, with a value in every row."
    ]


def test_column_named_twice(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "unit_id;operator_id;actor_id;places;Places\nu;o;a;1;2\n")) == 1


def test_row_longer_than_the_header(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, HEADER + "u;o;mecs;1;2;3\n")
    assert said.startswith("p.csv, line 2: '3' stands in a column without a header.")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf\n", bytes(range(256)), b"PK\x03\x04"])
def test_file_that_cannot_be_read_is_one_fault(tmp_path: Path, content: bytes) -> None:
    assert len(faults(tmp_path, content)) == 1


def test_header_without_units(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADER) == ["p.csv: the portfolio has no unit. Write one row a unit below the header row."]


def test_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "association.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(InventoryError, match=r"Did you mean 'association\.csv'"):
        read_portfolio(tmp_path / "asociation.csv")


def test_a_portfolio_without_units_and_without_numbers_of_establishments_lacks_a_column(tmp_path: Path) -> None:
    assert any("'unit_id' is missing" in said for said in faults(tmp_path, "operator_id,actor_id\na,ehpad\n"))


def test_numbers_of_establishments_that_no_memory_holds_are_a_fault(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, "actor_id,establishment\nehpad,1e12\n")
    assert "more than 1000000 establishments" in said
