from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burden.model import schema
from burden.model.cells import did_you_mean, folded, nearest, plain, read_cell, to_plain
from burden.model.findings import Place
from burden.model.messages import text

HERE = Place("requests.csv", 14, "c")
CODED = sorted(
    {(c.code_list, c.table, c.column) for t in schema.tables().values() for c in t.columns.values() if c.code_list}
)


def column(table: str, name: str) -> schema.Column:
    return schema.tables()[table].columns[name]


def value(table: str, name: str, raw: str) -> object:
    read, faults = read_cell(column(table, name), raw, HERE)
    assert faults == []
    return read


def fault(table: str, name: str, raw: str) -> str:
    read, faults = read_cell(column(table, name), raw, HERE)
    assert read is None
    assert [f.place for f in faults] == [HERE]
    return f"{faults[0].fault.render()} {faults[0].remedy.render()}"


@given(st.floats(0, 1e12, allow_nan=False))
def test_a_number_written_with_a_comma_is_read_back(number: float) -> None:
    assert float(value("requests", "minutes", repr(number).replace(".", ","))) == number  # type: ignore[arg-type]


@given(st.integers(1990, 2100))
def test_an_integer_is_read_back(number: int) -> None:
    assert value("tariffs", "year", str(number)) == number


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_date_is_read_back_in_both_writings(day: date) -> None:
    both = {value("obligations", "valid_to", day.strftime(p)) for p in ("%Y-%m-%d", "%d/%m/%Y")}
    assert both == {day}


@pytest.mark.parametrize(("raw", "truth"), [("oui", True), ("VRAI", True), ("1", True), ("Non", False), ("0", False)])
def test_a_boolean_is_read_in_french(raw: str, truth: bool) -> None:
    assert value("obligations", "protected", raw) is truth


@pytest.mark.parametrize(("code_list", "table", "name"), CODED)
def test_every_label_of_a_code_list_reads_as_its_code(code_list: str, table: str, name: str) -> None:
    for code in schema.codes(code_list).values():
        for label in (code.code, code.name_fr, code.name_en.upper()):
            assert value(table, name, f" {label} ") == code.code


@pytest.mark.parametrize("raw", ["budget|cpom", "budget; cpom", " budget | cpom ;", "budget;;cpom"])
def test_a_list_is_read_with_either_separator(raw: str) -> None:
    assert value("duties", "required_tags", raw) == "budget|cpom"


@pytest.mark.parametrize("raw", ["1 234,5", "1\u202f234,5", "1\u00a0234.5"])
def test_a_number_is_read_with_the_spaces_of_an_office(raw: str) -> None:
    assert float(value("requests", "minutes", raw)) == 1234.5  # type: ignore[arg-type]


def test_a_day_from_a_workbook_loses_its_midnight() -> None:
    raw = str(datetime(2025, 12, 31))
    assert value("obligations", "valid_to", raw) == date(2025, 12, 31)


def test_an_empty_cell_is_unknown() -> None:
    assert value("requests", "minutes", "  ") is None


def test_an_empty_cell_takes_the_default_of_its_column() -> None:
    assert float(value("duties", "share", "")) == 1.0  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["dix", "1.234,5", "NaN", "inf", "1e400", "10 min", "--"])
def test_what_is_not_a_finite_number_has_no_value(raw: str) -> None:
    assert "is not a number" in fault("requests", "minutes", raw)


@pytest.mark.parametrize(
    ("table", "name", "raw", "said"),
    [
        ("obligations", "period", "anual", "'anual' is not a period. Write P1Y, P6M, P1M, event or once."),
        ("obligations", "deadline", "N:02-30", "'N:02-30' is not a deadline. Write N-1:10-31, N+1:04-30"),
        ("requests", "unit", "eurs", "'eurs' is not a code of this list. Did you mean 'eur'?"),
        ("obligations", "timing", "zzzz", "Write one of: ex_ante, continuous, ex_post."),
        ("requests", "minutes", "-1", "-1 is below the minimum 0."),
        ("duties", "share", "1,5", "1.5 is above the maximum 1."),
        ("requests", "concept_id", "capacité autorisée", "'capacité autorisée' is not an identifier."),
        ("duties", "required_tags", "a b|c", "'a b|c' is not an identifier."),
        ("obligations", "valid_to", "31/02/2025", "'31/02/2025' is not a date."),
        ("obligations", "protected", "peut-être", "is neither true nor false. Write true or false."),
        ("obligations", "name_fr", " \u00a0", "the cell is empty and must not be. Write a value"),
    ],
)
def test_a_faulty_cell_says_what_is_wrong_and_what_to_do(table: str, name: str, raw: str, said: str) -> None:
    assert said in fault(table, name, raw)


def test_a_long_faulty_value_is_shortened_in_the_message() -> None:
    assert "…" in fault("requests", "unit", "x" * 500)


def test_a_fault_keeps_the_value_as_it_arrived() -> None:
    assert read_cell(column("requests", "minutes"), " dix ", HERE)[1][0].value == " dix "


@given(st.sampled_from([c for t in schema.tables().values() for c in t.columns.values()]), st.text(max_size=30))
def test_any_text_gives_a_value_or_a_fault_and_never_both(column: schema.Column, raw: str) -> None:
    read, faults = read_cell(column, raw, HERE)
    assert not faults or read is None


@given(st.sampled_from([c for t in schema.tables().values() for c in t.columns.values()]), st.text(max_size=30))
def test_the_plain_form_is_its_own_plain_form(column: schema.Column, raw: str) -> None:
    once = to_plain(column, raw)
    assert to_plain(column, once) == once


def test_every_example_of_the_schema_is_a_value_of_its_column() -> None:
    columns = [c for t in schema.tables().values() for c in t.columns.values() if c.example]
    assert [c.column for c in columns if read_cell(c, c.example, HERE)[1]] == []


@given(st.text())
def test_folding_twice_changes_nothing_more(value: str) -> None:
    assert folded(folded(value)) == folded(value)


def test_folding_keeps_ligatures_readable() -> None:
    assert folded("Cœur de métier") == "coeur de metier"


def test_a_byte_order_mark_is_no_part_of_a_text() -> None:
    assert plain("\ufeffobligation_id\n") == "obligation_id"


def test_nothing_is_near_what_is_far() -> None:
    assert nearest("zebra", ["annual", "event"]) == ""


def test_the_advice_stands_when_nothing_is_near() -> None:
    assert did_you_mean("zebra", ["annual"], text("Ask.")).render() == "Ask."
