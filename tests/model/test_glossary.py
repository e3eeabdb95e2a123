"""The glossary says what the tables, the reports and the catalogue say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from burden.model import schema
from burden.model.glossary import glossary

PACKAGE = Path(str(resources.files("burden")))


def _forms(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _sentences() -> Iterator[tuple[str, str]]:
    """Each sentence that a reader meets, in English and in French."""
    with (PACKAGE / "locale/fr/LC_MESSAGES/burden.po").open("rb") as stream:
        for message in read_po(stream, locale="fr"):
            if message.id:
                yield from zip(_forms(message.id), _forms(message.string), strict=True)


def _columns() -> Iterator[tuple[str, str]]:
    for table in schema.tables().values():
        for column in table.columns.values():
            yield column.description, f"{column.label_fr}: {column.description_fr}"


SENTENCES = [(en.casefold(), fr.casefold()) for en, fr in _sentences()]
READ = [*SENTENCES, *((en.casefold(), fr.casefold()) for en, fr in _columns())]
TERMS = schema.terms()


@pytest.mark.parametrize("term", TERMS, ids=lambda t: t["term"])
def test_each_term_is_said_in_the_catalogue_or_the_schema(term: Mapping[str, str]) -> None:
    assert any(term["name_en"].casefold() in english for english, _ in READ)
    assert any(term["name_fr"].casefold() in french for _, french in READ)


def test_a_term_that_stands_alone_has_one_french_name() -> None:
    named = {t["name_en"].casefold(): t["name_fr"].casefold() for t in TERMS}
    others = {(english, french) for english, french in SENTENCES if named.get(english, french) != french}
    assert others == set()


def test_each_term_is_defined_by_one_sentence_in_each_language() -> None:
    definitions = [t[f"definition_{language}"] for t in TERMS for language in ("fr", "en")]
    assert [d for d in definitions if not re.fullmatch(r"[A-ZÀ-Ý1][^.]{20,}\.", d.replace("etc.", "etc"))] == []


def test_each_term_stands_once() -> None:
    for name in ("term", "name_fr", "name_en"):
        assert len({t[name].casefold() for t in TERMS}) == len(TERMS)


def test_the_tables_that_definitions_name_are_tables() -> None:
    english = {name for t in TERMS for name in re.findall(r"`(\w+)`", t["definition_en"])}
    french = {name for t in TERMS for name in re.findall(r"ligne de «\u202f([^»]+)\u202f»", t["definition_fr"])}
    tables = schema.tables()
    assert english <= set(tables)
    assert french == {tables[name].name_fr for name in english}


def test_french_definitions_are_spaced_as_the_catalogue() -> None:
    said = [t[c] for t in TERMS for c in ("name_fr", "field_fr", "definition_fr")]
    assert [s for s in said if re.search(r" [;:?!%»]|«(?!\u202f)|[’\"]|  ", s)] == []


def test_each_table_and_each_code_is_in_the_glossary() -> None:
    frame = glossary()
    assert set(frame.loc[frame["kind"] == "table", "name_en"]) == set(schema.tables())
    timing = frame.loc[frame["kind"] == "timing", ["name_fr", "name_en"]].to_numpy().tolist()
    assert timing[0] == ["avant", "ex ante (ex_ante)"]


def test_nothing_in_the_glossary_lacks_a_name() -> None:
    assert (glossary()[["name_fr", "name_en"]] != "").all(axis=None)
