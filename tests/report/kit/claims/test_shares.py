"""Shares that add up, percentages that say of what: the rules, case by case, in both languages."""

import pytest

from burden.report.kit.claims.shares import unbalanced, without_whole
from tests.report.kit.claims.saying import figure, saying

USE = {
    f"use.{name}": figure(f"use.{name}", value) for name, value in {"seen": 0.26, "said": 0.51, "none": 0.23}.items()
}
OTHERS = {
    "top.share": figure("top.share", 0.66, formula="heaviest / hours"),
    "late.draws": figure("late.draws", 0.5, counted="draws"),
}
FIGURES = {**USE, **OTHERS}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Les heures se répartissent en 26 % d'usage constaté, 51 % d'usage annoncé et 18 % d'inconnu."),
        ("fr", "Les heures se répartissent en [26 %](use.seen) d'usage constaté et [51 %](use.said) d'usage annoncé."),
        ("fr", "60 % des heures sont déclarées, le reste, 30 %, est contrôlé."),
        ("fr", "60 % des heures sont déclarées ; les 30 % restants sont contrôlés."),
        ("fr", "60 % des heures vont à l'ARS, 30 % au département et 15 % à la CNAM."),
        ("fr", "Les heures se partagent entre 33,3 % pour l'un, 33,3 % pour l'autre et 33,2 % pour le dernier."),
        ("en", "The hours are split into 26% observed, 51% stated and 18% unknown."),
        ("en", "60% of the hours are declared; the remaining 30% are inspected."),
        ("en", "60% of the hours go to one, 30% to another and 15% to the last."),
        ("en", "60% of hours go to one, 30% of hours to another and 15% of the hours to the last."),
    ],
)  # fmt: skip
def test_parts_of_a_whole_that_do_not_make_it_are_doubted(language: str, said: str) -> None:
    (claim,) = unbalanced(saying(said, FIGURES), language)
    assert "not 100%" in claim.fault.render("en")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Les heures se répartissent en 33 % d'usage constaté, 33 % d'usage annoncé et 33 % d'inconnu."),
        ("fr", "99 % des heures sont supposées et se répartissent en [26 %](use.seen) d'usage constaté, "
               "[51 %](use.said) d'usage annoncé et [23 %](use.none) d'inconnu."),
        ("fr", "Les heures se répartissent en 60 % (de 20 % à 80 %) ici et 40 % (de 20 % à 80 %) là."),
        ("fr", "48 % des heures sont demandées deux fois, 60 % des outils n'ont pas d'usage connu et 20 % des textes."),
        ("fr", "60 % des heures vont à l'ARS, 50 % au département et 15 % à la CNAM : ces parts se recoupent."),
        ("fr", "26 % des heures servent un usage constaté et 51 % un usage annoncé."),
        ("fr", "La part passe de 60 % à 70 %, contre 50 % ailleurs."),
        ("en", "Of the hours, 26% serve a use and 51% another; of 23% nothing is known."),
        ("en", "The hours are split into 60% declared and 40% inspected."),
        ("en", "[66%](top.share) of the hours are heavy, [51%](use.said) stated and [50%](late.draws) late."),
    ],
)  # fmt: skip
def test_what_makes_a_whole_or_claims_none_is_not_doubted(language: str, said: str) -> None:
    assert [c.value for c in unbalanced(saying(said, FIGURES), language)] == []


@pytest.mark.parametrize(
    ("language", "said", "lead"),
    [
        ("fr", "L'autorité la plus demandeuse (<Conseil départemental>) en demande [51 %](use.said).", ""),
        ("fr", "Le dernier ajoute 1 % (de 0 % à 9 %), soit peu.", ""),
        ("fr", "Les outils en retard font [50 %](late.draws) en 300 heures.", ""),
        ("fr", "<Part des heures> : 48 %, ce qui est trop.", ""),
        ("en", "Documents alone make [51%](use.said); the others follow.", ""),
        ("fr", "Le plus demandeur est l'ARS (79 %).", ""),
        ("en", "It is 48%, which is high.", ""),
        ("en", "48 per cent is high.", ""),
    ],
)
def test_a_percentage_of_nothing_is_doubted(language: str, said: str, lead: str) -> None:
    claim = next(without_whole(saying(said, FIGURES, lead), language))
    assert "of what is not said" in claim.fault.render("en")


@pytest.mark.parametrize(
    ("language", "said", "lead"),
    [
        ("fr", "48 % des heures sont demandées deux fois.", ""),
        ("fr", "Ces outils prennent [51 %](use.said) du temps de travail, et [23 %](use.none) vont aux autres.", ""),
        ("fr", "Sur les 12 000 heures, [26 %](use.seen) servent un usage.", ""),
        ("fr", "La part des répétitions va de 16 % à 19 %.", ""),
        ("fr", "Jusqu'à 94 % d'entre elles sont communes.", ""),
        ("fr", "La fourchette se réduirait de 65 %.", ""),
        ("fr", "Cela demande 12 % de moins.", ""),
        ("fr", "Un défaut est vu avec une chance de 50 % (de 30 % à 80 %).", ""),
        ("fr", "Un quart (24 %) des heures y passe.", ""),
        ("fr", "[26 %](use.seen) servent un usage constaté.", "Parmi les heures de ceux qui répondent :"),
        ("fr", "[26 %](use.seen)", "Répétitions"),
        ("fr", "Sur 111 outils, 52 (47 %) sont sans usage connu.", ""),
        ("fr", "Près d'un tiers des outils (31 %) sont demandés deux fois.", ""),
        ("en", "48% of the hours are asked twice.", ""),
        ("en", "One in three tools is late (33%).", ""),
        ("en", "In [50%](late.draws) of the draws it is there.", ""),
        ("en", "The likely range would narrow by 65%.", ""),
        ("en", "The share that repeats runs from 16% to 19%.", ""),
        ("en", "It takes 12% fewer.", ""),
        ("en", "Of the hours, [26%](use.seen) serve a use; for [23%](use.none) nobody wrote one down.", ""),
    ],
)  # fmt: skip
def test_a_percentage_of_something_is_not_doubted(language: str, said: str, lead: str) -> None:
    assert [c.value for c in without_whole(saying(said, FIGURES, lead), language)] == []
