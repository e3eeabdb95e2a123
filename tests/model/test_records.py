from __future__ import annotations

import pandas as pd
import pytest

from burden.model import schema
from burden.model.findings import Place
from burden.model.records import (
    Record,
    Records,
    duplicate_keys,
    empty,
    place_of,
    read_records,
    repeated_keys,
    typed,
    without_duplicates,
)


def silo(line: int, identifier: str, name: str = "x") -> Record:
    return Record("silos.csv", line, {"silo_id": identifier, "name_fr": name})


def test_rows_know_their_file_and_line() -> None:
    records, _ = read_records("silos", [silo(2, "a"), silo(5, "b")])
    assert place_of(records.places, 1, "silo_id") == Place("silos.csv", 5, "silo_id")


def test_a_row_that_came_from_no_file_has_no_line() -> None:
    places = pd.DataFrame({"file": ["scenario"], "line": [0]})
    assert place_of(places, 0) == Place("scenario", None, "")


def test_a_faulty_cell_is_empty_and_its_row_stays() -> None:
    records, faults = read_records("silos", [silo(2, "a", name="")])
    assert records.frame["silo_id"].tolist() == ["a"]
    assert [f.place for f in faults] == [Place("silos.csv", 2, "name_fr")]


def test_a_row_without_its_key_is_reported_and_left_out() -> None:
    records, faults = read_records("silos", [silo(2, ""), silo(3, "b")])
    assert records.frame["silo_id"].tolist() == ["b"]
    assert place_of(records.places, 0).line == 3
    assert [f.place.line for f in faults] == [2]


def test_all_faults_of_all_rows_are_reported_at_once() -> None:
    _, faults = read_records("silos", [silo(2, "é", ""), silo(3, "a b")])
    assert [(f.place.line, f.place.column) for f in faults] == [
        (2, "silo_id"),
        (2, "name_fr"),
        (3, "silo_id"),
    ]


def test_a_fault_that_stands_twice_is_reported_at_both_places() -> None:
    _, faults = read_records("silos", [silo(2, "a b"), silo(3, "a b")])
    assert [f.place for f in faults] == [Place("silos.csv", line, "silo_id") for line in (2, 3)]


def test_no_row_at_all_gives_the_columns() -> None:
    records, faults = read_records("duties", [])
    assert faults == []
    assert records.frame.dtypes.equals(empty("duties").dtypes)


@pytest.mark.parametrize("table", list(schema.tables()))
def test_types_do_not_depend_on_whether_there_are_rows(table: str) -> None:
    row = pd.DataFrame([dict.fromkeys(schema.tables()[table].columns)], dtype=object)
    assert typed(table, row).dtypes.equals(empty(table).dtypes)


def test_an_unknown_number_stays_unknown() -> None:
    frame = typed("requests", pd.DataFrame({"minutes": [None, "3"]}))
    assert frame["minutes"].isna().tolist() == [True, False]


def test_a_list_without_members_is_known_and_empty() -> None:
    assert typed("duties", pd.DataFrame({"required_tags": [None]}))["required_tags"].tolist() == [""]


def test_a_table_in_memory_takes_the_defaults_that_a_file_takes() -> None:
    frame = typed("duties", pd.DataFrame({"obligation_id": ["o", "p"], "share": [None, 0.5]}))
    assert frame["share"].tolist() == [1.0, 0.5]


def test_a_default_that_is_false_is_false_and_not_unknown() -> None:
    assert typed("activities", pd.DataFrame({"obligation_id": ["o"]}))["one_off"].tolist() == [False]


def test_a_truth_without_default_stays_unknown() -> None:
    assert typed("obligations", pd.DataFrame({"obligation_id": ["o"]}))["protected"].isna().all()


def duties(*keys: tuple[str, str, str]) -> Records:
    frame = pd.DataFrame(keys, columns=["obligation_id", "actor_id", "required_tags"])
    places = pd.DataFrame({"file": "duties.csv", "line": range(2, len(keys) + 2)})
    return Records(typed("duties", frame), places)


def test_a_repeated_key_names_the_first_row_that_has_it() -> None:
    records = duties(("o", "a", ""), ("o", "a", "t"), ("o", "a", ""), ("o", "a", ""))
    assert repeated_keys("duties", records.frame) == [(2, 0), (3, 0)]


def test_a_duplicate_shows_both_places() -> None:
    (found,) = duplicate_keys("duties", duties(("o", "a", "t"), ("o", "a", "t")))
    assert found.place == Place("duties.csv", 3, "obligation_id")
    assert found.related == (Place("duties.csv", 2),)
    assert found.fault.render() == "'o · a · t' already stands at duties.csv, line 2."


def test_a_key_with_an_integer_is_compared() -> None:
    tariffs = typed("tariffs", pd.DataFrame({"staff_grade": ["manager"] * 3, "year": [2024, 2025, 2024]}))
    assert repeated_keys("tariffs", tariffs) == [(2, 0)]


def test_without_duplicates_keeps_the_first_of_each() -> None:
    kept = without_duplicates("duties", duties(("o", "a", ""), ("o", "b", ""), ("o", "a", "")))
    assert kept.frame["actor_id"].tolist() == ["a", "b"]
    assert kept.places["line"].tolist() == [2, 3]


def use(line: int, **cells: str) -> Record:
    return Record("uses.csv", line, {"obligation_id": "o", "use": "decision", "known_by": "stated",
                                     "evidence": "text", **cells})  # fmt: skip


def test_a_key_may_leave_empty_what_need_not_be_filled() -> None:
    records, faults = read_records("uses", [use(2), use(3, concept_id="c", reader_id="ars")])
    assert faults == []
    assert records.frame["concept_id"].isna().tolist() == [True, False]


def test_a_faulty_cell_of_a_key_does_not_pass_for_an_empty_one() -> None:
    records, faults = read_records("uses", [use(2, concept_id="a b")])
    assert len(records.frame) == 0
    assert [f.place.column for f in faults] == ["concept_id"]


def test_a_key_with_an_empty_cell_stands_once() -> None:
    records, _ = read_records("uses", [use(2), use(3), use(4, concept_id="c")])
    assert [f.value for f in duplicate_keys("uses", records)] == ["o"]
    assert len(without_duplicates("uses", records).frame) == 2
