from __future__ import annotations

import pytest

from burden.model.findings import Finding, InventoryError, Place, finding_table
from burden.model.messages import text

FAULT = Finding(
    "cell", "error", Place("obligations.csv", 14, "period"),
    text("'{value}' is not a period.", value="anual"), text("Write P1Y."), value="anual",
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("o.csv", 14, "period"), "o.csv, line 14, column 'period'"),
        (Place("o.csv", 14), "o.csv, line 14"),
        (Place("o.csv", column="period"), "o.csv, column 'period'"),
        (Place("{odd}.csv"), "{odd}.csv"),
    ],
)
def test_a_place_says_what_is_known_of_it(place: Place, said: str) -> None:
    assert place.text().render() == said


def test_a_sheet_with_a_french_name_has_french_columns() -> None:
    place = Place("mine.xlsx [politiques]", 3, "silo_id")
    assert place.text().render("en") == "mine.xlsx [politiques], line 3, column 'politique'"


@pytest.mark.parametrize(("language", "column"), [("fr", "périodicité"), ("en", "period")])
def test_a_sheet_of_one_name_has_the_columns_of_the_reader(language: str, column: str) -> None:
    assert column in Place("mine.xlsx [obligations]", 3, "period").text().render(language)


def test_a_csv_file_has_the_columns_of_the_schema() -> None:
    assert "period" in Place("obligations.csv", 3, "period").text().render("fr")


def test_a_finding_says_place_fault_and_remedy() -> None:
    assert FAULT.render() == "obligations.csv, line 14, column 'period': 'anual' is not a period. Write P1Y."


def test_a_finding_without_remedy_ends_with_its_fault() -> None:
    assert Finding("cell", "note", Place("o.csv"), text("empty.")).render() == "o.csv: empty."


def test_an_error_says_all_its_faults() -> None:
    error = InventoryError([FAULT, FAULT])
    assert str(error).splitlines() == [FAULT.render()] * 2


def test_the_table_has_one_row_per_finding() -> None:
    table = finding_table([FAULT])
    assert table.loc[0].tolist() == [
        "error", "cell", "obligations.csv", 14, "period", "anual", "'anual' is not a period.", "Write P1Y.",
    ]  # fmt: skip


def test_an_unknown_line_is_missing_and_not_zero() -> None:
    assert finding_table([Finding("c", "note", Place("o.csv"), text("x"))])["line"].isna().all()


def test_no_finding_gives_a_table_with_the_same_types() -> None:
    assert finding_table([])["line"].dtype == finding_table([FAULT])["line"].dtype
