from __future__ import annotations

import pytest

import burden as bd
from burden.simplify.levers import LEVERS
from burden.simplify.scenario import Step
from burden.simplify.sentences import SENTENCES, sentence

GIVEN: dict[str, dict[str, object]] = {
    "drop": {"obligation": "ES"},
    "drop_items": {"obligation": "ES", "concepts": ["staff"]},
    "merge": {"obligation": "ES", "into": "TDB"},
    "share": {"obligation": "ES", "concepts": ["staff"], "source": "TDB"},
    "lengthen": {"obligation": "ES", "period": "P5Y"},
    "align": {"obligation": "ES", "deadline": "N:06-30"},
    "recognise": {"obligation": "ES", "by": "TDB", "coverage": 0.2},
    "sample": {"obligation": "ES", "share": 0.1},
    "threshold": {"obligation": "ES", "population": "staff", "minimum": 50.0},
    "afterwards": {"obligation": "ES"},
    "harmonise": {"concept": "ftes", "like": "TDB", "obligations": ["ES", "ERRD"]},
    "contract": {"units": ["a"], "add": ["cpom"]},
    "group": {"operators": ["a", "b"], "into": "c"},
    "instead": {"obligation": "ES", "by": "TDB"},
}


def _step(case: str) -> Step:
    return Step(case.removesuffix("_items"), GIVEN[case])


def test_every_lever_has_a_sentence() -> None:
    assert set(LEVERS) <= set(SENTENCES)


@pytest.mark.parametrize("case", GIVEN)
def test_a_sentence_is_filled_in(case: str) -> None:
    assert "{" not in sentence(_step(case), bd.example("four-tools"), language="en")


@pytest.mark.parametrize("case", GIVEN)
def test_a_sentence_is_translated(case: str) -> None:
    inv = bd.example("four-tools")
    assert sentence(_step(case), inv, language="fr") != sentence(_step(case), inv, language="en")


def test_a_sentence_names_who_is_concerned() -> None:
    assert "personnes âgées dépendantes" in sentence(_step("drop"), bd.example("four-tools"), language="fr")


def test_a_share_is_said_in_per_cent() -> None:
    assert "20\N{NO-BREAK SPACE}%" in sentence(_step("recognise"), bd.example("four-tools"), language="fr")
