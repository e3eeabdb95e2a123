"""Rounded phrases against their share: the rule, case by case, in both languages."""

import pytest

from burden.report.kit.claims.rounded import is_phrase, off_phrases, phrases
from tests.report.kit.claims.saying import figure, saying

FIGURES = {
    **{f"part.p{n}": figure(f"part.p{n}", n / 100) for n in (8, 24, 29, 33, 46, 50, 51, 60, 67, 90)},
    "now.hours": figure("now.hours", 400.0, "h"), "then.hours": figure("then.hours", 205.0, "h"),
    "tools": figure("tools", 12.0, "obligations"),
}  # fmt: skip


def off(said: str, language: str) -> list[str]:
    return [claim.fault.render("en") for claim in off_phrases(saying(said, FIGURES), language)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Un quart des heures ([29 %](part.p29)) est déclaré."),
        ("fr", "[Un tiers](part.p24) des heures est déclaré."),
        ("fr", "Des heures déclarées, [un tiers](part.p24) est contrôlé."),
        ("fr", "La moitié des heures, soit [46 %](part.p46), est déclarée."),
        ("fr", "Près de la moitié des heures ([51 %](part.p51)) est déclarée."),
        ("fr", "Plus de la moitié des heures ([50 %](part.p50)) est déclarée."),
        ("fr", "Plus d'un tiers des heures ([33 %](part.p33)) est déclaré."),
        ("fr", "Moins d'un quart des heures ([29 %](part.p29)) est déclaré."),
        ("fr", "Environ deux tiers des heures ([60 %](part.p60)) sont déclarés."),
        ("fr", "Un outil sur dix ([24 %](part.p24) des outils) est en retard."),
        ("fr", "La majorité des heures ([46 %](part.p46)) est déclarée."),
        ("fr", "Les heures ont triplé : [400](now.hours) h contre [205](then.hours)."),
        ("en", "A quarter of the hours ([29%](part.p29)) is declared."),
        ("en", "Nearly half of the hours ([51%](part.p51)) are declared."),
        ("en", "More than half of the hours ([46%](part.p46)) are declared."),
        ("en", "One tool in ten is late: [24%](part.p24) of them."),
        ("en", "Nine out of ten tools, [67%](part.p67), are late."),
        ("en", "Most of the hours, [46%](part.p46), are declared."),
        ("en", "It takes three times as many hours: [400](now.hours) against [205](then.hours)."),
    ],
)  # fmt: skip
def test_a_phrase_that_its_figure_does_not_bear_is_doubted(language: str, said: str) -> None:
    (fault,) = off(said, language)
    assert "does not say" in fault


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Un quart des heures ([24 %](part.p24)) est déclaré."),
        ("fr", "[Un quart](part.p24) des heures est déclaré, un tiers ([33 %](part.p33)) est contrôlé."),
        ("fr", "Près de la moitié des heures ([46 %](part.p46)) est déclarée."),
        ("fr", "Un peu plus de la moitié des heures ([51 %](part.p51)) est déclarée."),
        ("fr", "Moins d'un tiers des heures ([29 %](part.p29)) est déclaré."),
        ("fr", "Neuf outils sur dix ([90 %](part.p90)) sont en retard."),
        ("fr", "La plupart des heures ([60 %](part.p60)) sont déclarées."),
        ("fr", "Les heures ont presque doublé : [400](now.hours) h contre [205](then.hours)."),
        ("en", "Two thirds of the hours ([67%](part.p67)) are declared."),
        ("en", "About one tool in ten ([8%](part.p8)) is late."),
        ("en", "At least half of the hours ([50%](part.p50)) are declared."),
        ("en", "It takes twice as many hours: [400](now.hours) against [205](then.hours)."),
        ("en", "Half of the hours come from [12](tools) tools, for [400](now.hours) hours."),
    ],
)  # fmt: skip
def test_a_phrase_that_its_figure_bears_is_not_doubted(language: str, said: str) -> None:
    assert off(said, language) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Un tiers des outils n'a pas d'usage connu."), ("fr", "La majorité des outils est ancienne."),
        ("fr", "Les contrôles ont doublé."), ("en", "Nearly half of the tools are old."),
        ("en", "Most of the tools are old."), ("en", "The controls have doubled."),
    ],
)  # fmt: skip
def test_a_phrase_without_any_figure_is_doubted(language: str, said: str) -> None:
    (fault,) = off(said, language)
    assert "leads to no figure" in fault


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "une pièce attestée par un tiers"), ("fr", "un tiers de confiance"), ("fr", "l'attestation d'un tiers"),
        ("fr", "un quart d'heure"), ("fr", "jusqu'à la majorité de l'enfant"), ("fr", "demandé deux fois"),
        ("fr", "une double tarification"), ("fr", "huit fois sur dix"), ("fr", "une chance sur dix"),
        ("fr", "deux réunions sur cinq ans"), ("fr", "un contrôle sur cinq établissements"),
        ("fr", "<Un tiers des places> reste vide"),
        ("fr", "le quart sud-ouest"), ("fr", "deux tiers-lieux"), ("en", "it doubles as a register"),
        ("en", "a third party"), ("en", "a quarter of an hour"), ("en", "the first half of the year"),
        ("en", "asked twice"), ("en", "one chance in ten"), ("en", "two meetings in five years"),
        ("en", "at most of little use"), ("en", "half-yearly"), ("en", "double counting"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_phrase_is_none(language: str, said: str) -> None:
    assert phrases(saying(said).plain, language) == []


def test_the_names_of_the_age_of_majority_are_no_majority() -> None:
    assert phrases("Suivi à la majorité des jeunes confiés", "fr") == []


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [("fr", "près de la moitié", True), ("fr", "un quart", True), ("fr", "48 %", False), ("fr", "un quart des", False),
     ("en", "nearly half", True), ("en", "a third", True), ("en", "the hours", False)],
)  # fmt: skip
def test_words_that_are_a_phrase_and_nothing_else_are_told(language: str, said: str, expected: bool) -> None:
    assert is_phrase(said, language) is expected
