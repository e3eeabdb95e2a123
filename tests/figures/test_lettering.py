from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.figures import lettering

NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (1234567.0, "fr", f"1{THIN}230{THIN}000"),
        (1234567.0, "en", "1,230,000"),
        (3.25, "fr", "3,2"),
        (9.96, "en", "10"),
        (0.0, "fr", "0"),
        (0.0123, "en", "0.012"),
    ],
)
def test_number(value: float, language: str, written: str) -> None:
    assert lettering.number(value, language) == written


@pytest.mark.parametrize("language", ["fr", "en"])
@given(value=st.floats(1e-9, 1 - 1e-9))
def test_a_part_is_never_written_as_nothing_or_as_all(language: str, value: float) -> None:
    digits = lettering.share(value, language).rstrip("%" + THIN + NBSP).replace(",", ".")

    assert 0 < float(digits) < 100


@settings(deadline=None)
@given(
    sentence=st.lists(st.text("abcdefghijkl", min_size=1), min_size=1, max_size=12).map(" ".join),
    into_pt=st.floats(40, 400),
)
def test_no_line_is_wider_than_the_width(sentence: str, into_pt: float) -> None:
    lines = lettering.wrapped(sentence, into_pt=into_pt).split("\n")

    assert all(lettering.width_pt(line) <= into_pt for line in lines)


@settings(deadline=None)
@given(words=st.lists(st.text("abcdefghijkl", min_size=1, max_size=8), min_size=1, max_size=12))
def test_no_word_is_lost_where_there_is_room(words: list[str]) -> None:
    assert lettering.wrapped(" ".join(words), into_pt=150).split() == words


def test_what_exceeds_the_lines_ends_in_an_ellipsis() -> None:
    assert lettering.wrapped("un deux trois quatre cinq six", into_pt=60, lines=2).endswith("…")


def test_a_no_break_space_does_not_break() -> None:
    assert f"45{NBSP}%" in lettering.wrapped(f"une part de 45{NBSP}% des heures", into_pt=70).split("\n")[1]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Agence régionale de santé (ARS)", "ARS"),
        ("Caisse nationale des allocations familiales (Cnaf)", "Cnaf"),
        ("Protection judiciaire de la jeunesse (DPJJ, DTPJJ)", "Protection judiciaire de la jeunesse"),
        ("Organisme évaluateur accrédité (COFRAC)", "Organisme évaluateur accrédité"),
        ("Commune (maire)", "Commune (maire)"),
        ("Conseil départemental", "Conseil départemental"),
    ],
)
def test_short(name: str, short: str) -> None:
    assert lettering.short(name) == short


def test_an_unknown_identifier_shows_as_it_is() -> None:
    assert lettering.name_of("dreets", {}, "fr") == "dreets"


def test_a_missing_identifier_is_said_to_be_missing() -> None:
    assert lettering.name_of(float("nan"), {}, "en") == "not stated"


def test_more_names_than_fit_are_counted() -> None:
    names = ["ARS", "CAF", "Conseil départemental", "Préfet", "Inspection du travail"]
    said = lettering.some_of(names, "en", after="5 authorities:", into_pt=150, size=10, lines=2)

    assert said.replace("\n", " ") == "5 authorities: ARS, CAF and 3 others"
