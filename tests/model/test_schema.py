from __future__ import annotations

import dataclasses

import frictionless
import pytest

from burden.model import schema

COLUMNS = [c for t in schema.tables().values() for c in t.columns.values()]
REQUIRED = ["authorities", "actors", "obligations", "duties", "concepts", "requests"]


def test_six_tables_are_required() -> None:
    assert [t.table for t in schema.tables().values() if t.required] == REQUIRED


@pytest.mark.parametrize("table", list(schema.tables()))
def test_the_key_of_a_table_is_among_its_columns(table: str) -> None:
    spec = schema.tables()[table]
    assert set(spec.primary_key) <= set(spec.columns)


@pytest.mark.parametrize("table", list(schema.tables()))
def test_a_table_schema_is_accepted_by_frictionless(table: str) -> None:
    descriptor = schema.table_schema(table)
    for field in descriptor["fields"]:
        del field["example"]
    assert frictionless.Schema.from_descriptor(descriptor).field_names == list(schema.tables()[table].columns)


def test_every_foreign_key_names_the_key_of_a_table() -> None:
    targets = [(c.table, c.column, *target) for c in COLUMNS if (target := c.refers_to)]
    assert [t for t in targets if schema.tables()[t[2]].primary_key != (t[3],)] == []


def test_every_code_list_of_a_column_has_codes() -> None:
    assert [c.column for c in COLUMNS if c.code_list and not schema.codes(c.code_list)] == []


def test_every_default_is_read_by_its_type() -> None:
    defaults = {(c.column, c.type, c.default) for c in COLUMNS if c.default}
    assert defaults == {("share", "number", "1"), ("one_off", "boolean", "false")}


def test_no_two_columns_of_a_table_share_a_french_label() -> None:
    labels = [(c.table, c.label_fr) for c in COLUMNS]
    assert len(labels) == len(set(labels))


def test_every_column_is_described_in_both_languages() -> None:
    texts = ("label_fr", "description", "description_fr")
    assert [(c.table, c.column) for c in COLUMNS for t in texts if not getattr(c, t)] == []


def test_a_column_is_read_only() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        COLUMNS[0].type = "number"  # type: ignore[misc]


def test_what_a_grain_is_part_of_is_a_grain() -> None:
    grains = schema.codes("grain")
    assert {c.part_of for c in grains.values() if c.part_of} <= set(grains)


def test_what_is_counted_is_a_grain() -> None:
    assert set(schema.codes("counted_per")) <= set(schema.codes("grain"))


@pytest.mark.parametrize(("language", "name"), [("fr", "équivalents temps plein"), ("en", "full-time equivalents")])
def test_a_code_has_a_name_in_each_language(language: str, name: str) -> None:
    assert schema.code_name("unit", "fte", language) == name


def test_a_code_outside_of_its_list_is_its_own_name() -> None:
    assert schema.code_name("unit", "furlong", "fr") == "furlong"


def test_the_documentation_has_a_row_per_column() -> None:
    assert len(schema.documentation()) == len(COLUMNS)
