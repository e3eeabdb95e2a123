"""What a report says of use, of what is protected or required, and of answers, on tools written by hand."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from burden.analysis.explain import traced_ledger
from burden.analysis.ledger import summed
from burden.model.inventory import Inventory
from burden.report.audit import Audit
from burden.report.content import Reading, Sentence, Table
from burden.report.html import sentence
from burden.report.key_figures import by_id
from burden.report.names import names
from burden.report.parts import legal_force, protected, respondents, use
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.report.parts_by_hand import alone

PARTS = (use, protected, legal_force, respondents)
TWO_ITEMS = [asks("A", "days"), asks("B", "ftes")]


def reading(part: ModuleType, inv: Inventory, language: str = "en") -> Reading:
    ptf = portfolio({})
    ledger = traced_ledger(inv, ptf)
    known: dict[str, pd.DataFrame] = {"ledger": ledger, "obligations": summed(ledger, ["obligation_id"])}
    known |= alone(part, inv, ptf, known)
    return Reading(
        Audit(inv, ptf, by_id(part.key_figures(known)), known, nx.MultiDiGraph(), ()), language, names(inv, language)
    )


def said(part: ModuleType, inv: Inventory) -> str:
    """The findings in English, figures as a reader reads them."""
    blocks = part.findings(reading(part, inv))
    assert all(isinstance(b, Sentence) for b in blocks)
    return " ".join(sentence(b, "en").striptags() for b in blocks)


def table(part: ModuleType, inv: Inventory, identifier: str) -> Table:
    blocks = [b for s in part.sections(reading(part, inv)) for b in s.blocks]
    return next(b for b in blocks if isinstance(b, Table) and b.id == identifier)


def used(tool: str, **more: Any) -> dict[str, Any]:
    return {"obligation_id": tool, "use": "decision", "known_by": "observed", **more}


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.__name__.rsplit(".")[-1])
def test_a_part_without_anything_to_say_says_nothing(part: ModuleType) -> None:
    inv = inventory([obligation("A"), obligation("B")], TWO_ITEMS)
    assert part.findings(reading(part, inv)) == []
    assert part.sections(reading(part, inv)) == ()


def test_hours_by_what_is_known_of_their_use() -> None:
    inv = inventory([obligation("A"), obligation("B")], TWO_ITEMS, uses=[used("A")])
    assert "50% serve a use that somebody observed and 0% a use that a text states" in said(use, inv)
    assert "of 50% nothing is written down. Not known is not unused." in said(use, inv)


def test_a_question_is_asked_and_nothing_is_judged() -> None:
    inv = inventory([obligation("A"), obligation("B")], TWO_ITEMS, uses=[used("A")])
    assert "This is a question, not a verdict." in said(use, inv)
    assert table(use, inv, "questions").frame["What to ask"].tolist() == ["What do you use it for, and who reads it?"]


def test_what_nothing_is_known_of_comes_before_what_a_text_states() -> None:
    inv = inventory(
        [obligation("A"), obligation("B")], [asks("A", "days", 600.0), asks("B", "ftes")],
        uses=[used("A", known_by="stated")],
    )  # fmt: skip
    assert [q.split()[0] for q in table(use, inv, "questions").frame["What to ask"]] == ["What", "A"]


def test_a_protected_tool_is_not_said_to_change_nothing() -> None:
    def rarely(kept: bool) -> Inventory:
        return inventory(
            [obligation("A", protected=kept)], [asks("A", "days")], uses=[used("A", outcome_change_share=0.05)]
        )

    assert "almost never changes an outcome" in said(use, rarely(False))
    assert "almost never" not in said(use, rarely(True))


def test_a_chain_of_reports_that_leads_nowhere_known() -> None:
    inv = inventory(
        [obligation(o) for o in "ABC"], [*TWO_ITEMS, asks("C", "project")], uses=[used("C")],
        feeds=[{"from_obligation_id": "A", "to_obligation_id": "B"}],
    )  # fmt: skip
    assert "1 tool has no known reader but another report" in said(use, inv)


def test_protected_tools_have_their_hours_and_reason() -> None:
    inv = inventory(
        [obligation("A", protected=True, protected_reason_fr="sécurité de l'enfant"), obligation("B")], TWO_ITEMS
    )
    assert said(protected, inv).startswith("1 tool is protected (safety, rights, fraud): it takes 1 hours a year")
    assert table(protected, inv, "protected-tools").frame["Why it is protected"].tolist() == ["sécurité de l'enfant"]


def test_tools_that_the_law_does_not_require_and_those_that_cite_nothing() -> None:
    bases = [{"legal_base_id": "c", "citation": "c", "level": "circular", "amended_by_id": "ars"}]
    inv = inventory([obligation("A", legal_base_ids="c"), obligation("B")], TWO_ITEMS, legal_bases=bases)
    assert "1 tool rests on no law, decree or order" in said(legal_force, inv)
    assert "1 tool cites no text at all" in said(legal_force, inv)
    assert table(legal_force, inv, "not-required").frame["Rests on"].tolist() == ["circular"]


def answers(*minutes: float) -> Inventory:
    rows = [
        {"estimate_id": f"e{i}", "obligation_id": "A", "concept_id": "days", "side": "respondent",
         "respondent": f"p{i}", "minutes": m}
        for i, m in enumerate(minutes)
    ]  # fmt: skip
    return inventory([obligation("A")], [asks("A", "days")], estimates=rows)


def test_answers_too_far_apart_are_said_not_to_be_enough() -> None:
    inv = answers(10, 20, 50, 2, 5)
    assert "5 answers were collected on how long it takes" in said(respondents, inv)
    row = table(respondents, inv, "estimates").frame.iloc[0]
    assert row[["Answers (minutes)", "Median"]].tolist() == ["2 ; 5 ; 10 ; 20 ; 50", "not enough data"]


def test_answers_that_agree_have_a_median() -> None:
    assert table(respondents, answers(10, 12, 14), "estimates").frame["Median"].tolist() == ["12"]


def felt(count: int) -> Inventory:
    row = {"obligation_id": "A", "actor_id": "mecs", "date": "2026-03-01", "answers": count,
           "learning": 4.0, "compliance": 4.0, "psychological": 4.0}  # fmt: skip
    light = {**row, "obligation_id": "B", "learning": 1.0, "compliance": 1.0, "psychological": 1.0}
    tools = [asks("A", "days"), asks("B", "ftes", 600.0)]
    return inventory([obligation("A", name_fr="Alpha"), obligation("B")], tools, perceptions=[row, light])


def test_a_tool_felt_heavier_than_its_hours_say_is_named() -> None:
    assert said(respondents, felt(5)).endswith("Felt to be heavier than their hours say: “Alpha”.")


def test_too_few_answers_about_a_tool_say_nothing() -> None:
    assert table(respondents, felt(4), "felt").frame["Felt burden"].tolist() == ["not enough data"] * 2


def everything() -> Inventory:
    """A tool that is protected, used, estimated and felt; another that a circular alone founds."""
    bases = [{"legal_base_id": "c", "citation": "c", "level": "circular"}]
    said_of = {"obligation_id": "A", "actor_id": "mecs", "date": "2026-03-01", "answers": 9,
               "learning": 4.0, "compliance": 4.0, "psychological": None}  # fmt: skip
    estimate = {"estimate_id": "e", "obligation_id": "B", "concept_id": "ftes", "side": "respondent",
                "respondent": "p", "minutes": 5.0}  # fmt: skip
    return inventory(
        [obligation("A", protected=True), obligation("B", legal_base_ids="c")], TWO_ITEMS, legal_bases=bases,
        uses=[used("A"), {**used("B"), "use": "none_found", "outcome_change_share": 0.0}],
        perceptions=[said_of], estimates=[estimate],
    )  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.__name__.rsplit(".")[-1])
def test_every_part_is_written_in_both_languages(part: ModuleType, language: str) -> None:
    read = reading(part, everything(), language)
    assert part.findings(read)
    assert not any("{" in sentence(b, language) for b in part.findings(read))
    assert all(b.frame.notna().all(axis=None) for s in part.sections(read) for b in s.blocks if isinstance(b, Table))
