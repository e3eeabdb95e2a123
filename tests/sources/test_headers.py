from __future__ import annotations

from collections.abc import Sequence

import pytest

from burden.model import schema
from burden.model.cells import folded
from burden.model.findings import Finding
from burden.model.records import Records
from burden.sources.headers import read_portfolio_records, read_table, table_headings, table_named
from burden.sources.rows import Row

HEADER = ("silo_id", "name_fr", "name_en")


def read(*rows: Sequence[str], table: str = "silos") -> tuple[Records, list[Finding]]:
    return read_table(table, [Row(n, tuple(r)) for n, r in enumerate(rows, start=1)], "t.csv")


def silos(*rows: Sequence[str]) -> list[list[str]]:
    records, findings = read(*rows)
    assert findings == []
    return [[*row] for row in records.frame.fillna("").itertuples(index=False)]


def test_french_labels_name_the_columns() -> None:
    assert silos(("Politique", "NOM", "nom  anglais"), ("a", "b", "c")) == [["a", "b", "c"]]


def test_case_accents_spaces_and_punctuation_of_headers_do_not_matter() -> None:
    assert silos((" Silo-ID ", "Name_FR\u00a0", "name en"), ("a", "b", "c")) == [["a", "b", "c"]]


def test_columns_stand_in_any_order_and_optional_ones_may_be_absent() -> None:
    assert silos(("name_fr", "silo_id"), ("b", "a")) == [["a", "b", ""]]


def test_title_rows_and_empty_rows_above_the_header_are_skipped() -> None:
    rows = silos(("Inventaire 2025", "", ""), (), ("version", "2"), HEADER, ("a", "b", "c"))
    assert rows == [["a", "b", "c"]]


def test_guidance_row_above_the_header_is_skipped() -> None:
    assert silos(("# Identifiant", "Nom", "Nom anglais…"), HEADER, ("a", "b", "c")) == [["a", "b", "c"]]


def test_full_row_above_the_header_is_a_fault() -> None:
    _, (finding,) = read(("x", "y", "z"), HEADER, ("a", "b", "c"))
    assert (finding.place.line, finding.value) == (1, "x")
    assert "above the header row (line 2)" in finding.render()


def test_empty_rows_below_the_header_are_skipped() -> None:
    assert silos(HEADER, ("", "\u00a0 ", ""), ("a", "b", "c"), ()) == [["a", "b", "c"]]


def test_header_repeated_below_is_skipped() -> None:
    assert silos(HEADER, ("a", "b", "c"), HEADER, ("d", "e", "f")) == [["a", "b", "c"], ["d", "e", "f"]]


def test_cells_lose_spaces_around_and_non_breaking_spaces() -> None:
    assert silos(HEADER, (" a ", "protection\u00a0de l'enfance  ", "c")) == [["a", "protection de l'enfance", "c"]]


def test_decimal_commas_and_spaced_thousands() -> None:
    records, findings = read(
        ("staff_grade", "year", "eur_per_h", "evidence"),
        ("encadrement", "2024", "1 234,50", "hypothèse"),
        table="tariffs",
    )
    assert (findings, records.frame["eur_per_h"].tolist()) == ([], [1234.5])


def test_names_of_codes_are_read_as_their_codes() -> None:
    records, _ = read(
        ("staff_grade", "year", "eur_per_h", "evidence"),
        ("encadrement", "2024", "35", "hypothèse"),
        table="tariffs",
    )
    assert records.frame[["staff_grade", "evidence"]].iloc[0].tolist() == ["manager", "assumed"]


def test_misspelt_header_is_a_fault_with_the_nearest_name_and_its_cells_are_read() -> None:
    records, (finding,) = read(("silo_id", "nme_fr"), ("a", "b"))
    assert finding.render() == "t.csv, line 1, column 'nme_fr': no column has this name. Did you mean 'name_fr'?"
    assert records.frame["name_fr"].tolist() == ["b"]


def test_unknown_header_is_a_fault() -> None:
    _, (finding,) = read((*HEADER, "Kilométrage"), ("a", "b", "c", "12"))
    assert finding.remedy.render() == "Correct the header, or remove the column."


def test_misspelt_header_beside_the_right_one_does_not_replace_it() -> None:
    records, (finding,) = read((*HEADER, "name_frr"), ("a", "b", "c", "d"))
    assert (finding.check, records.frame["name_fr"].tolist()) == ("header", ["b"])


def test_same_column_named_twice_is_a_fault() -> None:
    records, (finding,) = read((*HEADER, "politique"), ("a", "b", "c", "d"))
    assert finding.fault.render() == "another header already names the column 'silo_id'."
    assert records.frame["silo_id"].tolist() == ["a"]


def test_missing_required_column_is_one_fault_and_not_one_a_row() -> None:
    records, (finding,) = read(("silo_id",), ("a",), ("b",))
    assert (finding.check, finding.place.line, finding.place.column) == ("missing column", 1, "name_fr")
    assert len(records.frame) == 2


def test_row_longer_than_the_header_is_a_fault() -> None:
    _, (finding,) = read(HEADER, ("a", "b", "c", "lost"))
    assert (finding.place.line, finding.value) == (2, "lost")


def test_empty_cells_beyond_the_header_are_nothing() -> None:
    assert silos(HEADER, ("a", "b", "c", "", " ")) == [["a", "b", "c"]]


def test_value_below_an_empty_header_is_a_fault() -> None:
    _, (finding,) = read(("silo_id", "", "name_fr"), ("a", "lost", "b"))
    assert (finding.check, finding.value) == ("row", "lost")


def test_no_header_among_the_first_rows_is_a_fault() -> None:
    _, (finding,) = read(*[("x", "y", "z")] * 30)
    assert finding.render().startswith("t.csv, line 1: none of the first 20 rows names the columns. Write")


def test_header_alone_is_a_table_without_rows() -> None:
    records, findings = read(HEADER)
    assert (len(records.frame), findings) == (0, [])


def test_duplicated_identifier_shows_both_places_and_the_first_stands() -> None:
    records, (finding,) = read(HEADER, ("a", "b", ""), ("a", "c", ""))
    assert finding.fault.render() == "'a' already stands at t.csv, line 2."
    assert (finding.place.line, records.frame["name_fr"].tolist()) == (3, ["b"])


def test_identical_rows_are_a_fault_too() -> None:
    _, findings = read(HEADER, ("a", "b", ""), ("a", "b", ""))
    assert [f.check for f in findings] == ["duplicate key"]


@pytest.mark.parametrize("table", schema.tables())
def test_no_header_names_two_columns(table: str) -> None:
    for column in schema.tables()[table].columns.values():
        for header in (column.column, column.label_fr, *column.aliases):
            assert table_headings(table)[folded(header)] == column.column


@pytest.mark.parametrize("table", schema.tables())
def test_both_names_of_a_table_are_its_own(table: str) -> None:
    assert table_named(table) == table_named(schema.tables()[table].name_fr) == table


def test_portfolio_header_that_is_not_fixed_names_a_population() -> None:
    rows = [
        Row(1, ("Structure", "organisme gestionnaire", "acteur", "Serious incident")),
        Row(2, ("u", "o", "mecs", "3")),
    ]
    records, findings = read_portfolio_records(rows, "p.csv")
    assert findings == []
    assert records[0].cells == {"unit_id": "u", "operator_id": "o", "actor_id": "mecs", "serious_incident": "3"}
