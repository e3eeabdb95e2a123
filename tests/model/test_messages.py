from __future__ import annotations

import pytest

from burden.model.messages import catalogue, plural_text, text


def test_values_are_put_in_their_places() -> None:
    assert text("{a} and {b}", a=1, b="x").render() == "1 and x"


def test_a_sentence_may_be_a_value() -> None:
    assert text("see {place}", place=text("line {n}", n=3)).render() == "see line 3"


def test_braces_in_a_value_are_left_alone() -> None:
    assert text("'{value}'", value="{x}").render() == "'{x}'"


@pytest.mark.parametrize(("number", "said"), [(1, "1 row"), (2, "2 rows"), (0, "0 rows")])
def test_a_number_governs_the_plural(number: int, said: str) -> None:
    assert plural_text("{n} row", "{n} rows", number, n=number).render("en") == said


def test_an_empty_sentence_stays_empty() -> None:
    assert text("").render() == ""


def test_a_language_without_catalogue_is_named() -> None:
    with pytest.raises(ValueError, match="no language 'de': write one of fr, en"):
        catalogue("de")
