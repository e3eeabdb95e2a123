"""What a report says of the controls that pile up on one structure, on tools written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import stack as part
from tests.analysis.coverage_rows import controlled
from tests.analysis.inventories import duty, obligation, portfolio
from tests.report.parts_by_hand import alone, drawn, figures, reading, sentences, tables

ONE = portfolio({"tags": "evaluation_2022"})


@pytest.fixture
def tools() -> Inventory:
    """An inspection of k and l, an evaluation of k alone, an hour a year each; another evaluation before 2022."""
    owed = [
        obligation("INS", proof="inspection"),
        obligation("NEW", proof="inspection", external_eur_low=100.0, external_eur_high=200.0,
                   external_evidence="assumed"),
        obligation("OLD", proof="inspection", period="P5Y"),
    ]  # fmt: skip
    duties = [duty("INS"), duty("NEW", required_tags="evaluation_2022"), duty("OLD", required_tags="evaluation_2002")]
    check = [{"obligation_id": "INS", "activity": "checking", "side": "authority", "minutes": 120.0}]
    return controlled(
        {"INS": {"k": 1.0, "l": 1.0}, "NEW": {"k": 1.0}, "OLD": {"k": 1.0}}, tools=owed, duties=duties,
        activities=check, tags=[{"tag_id": t} for t in ("evaluation_2002", "evaluation_2022")],
    )  # fmt: skip


def test_the_pile_of_five_years(tools: Inventory) -> None:
    found = figures(part, tools, ONE)
    assert [found[f"pile.{f}"].value for f in ("years", "controls", "hours", "authority_hours")] == [5, 2, 10, 10]


def test_half_of_the_inspection_and_all_of_the_evaluation_are_in_common(tools: Inventory) -> None:
    found = figures(part, tools, ONE)
    assert (found["pile.common"].value, found["pile.common_share"].value) == (7.5, 0.75)
    assert found["pile.alone"].value == 1


def test_euros_are_apart(tools: Inventory) -> None:
    paid = figures(part, tools, ONE)["pile.paid"]
    assert (paid.low, paid.high) == (500.0, 1000.0)
    said = sentences(part.sections(reading(part, tools, ONE))[0].blocks)
    assert said[0] == (
        "To these hours add, apart, 500 to 1,000 euros paid to others over 5 years, and 10 hours of the authorities."
    )


def test_the_best_recognition_says_what_is_left(tools: Inventory) -> None:
    found = figures(part, tools, ONE)
    # The evaluation recognised by the inspection: all of its five hours.
    assert (found["recognition.saved"].value, found["recognition.left"].value) == (5.0, 0)


def test_a_weaker_proof_does_not_stand_for_a_control() -> None:
    owed = [obligation("INS", proof="inspection"), obligation("SELF", proof="declaration")]
    inv = controlled({"INS": {"k": 1.0}, "SELF": {"k": 1.0}}, tools=owed)
    pair = figures(part, inv, ONE)["recognition.saved"].rows.where
    assert (pair["of"], pair["by_id"]) == (("SELF",), ("INS",))


def test_the_reform_sets_before_against_after(tools: Inventory) -> None:
    found = figures(part, tools, ONE)
    assert (found["reform.before"].value, found["reform.after"].value) == (1.0, 5.0)


def test_without_the_regime_of_before_there_is_no_reform() -> None:
    inv = controlled({"INS": {"k": 1.0}, "NEW": {"k": 1.0}})
    assert not [f for f in figures(part, inv, ONE) if f.startswith("reform.")]


def test_every_figure_leads_to_rows(tools: Inventory) -> None:
    known = tables(part, tools, ONE)
    assert all(len(f.rows.of(known)) for f in figures(part, tools, ONE).values())


def test_the_finding_asks_those_who_control(tools: Inventory) -> None:
    (said,) = sentences(part.findings(reading(part, tools, ONE)))
    assert said.startswith("Over 5 years, 2 controls and evaluations fall on one structure (—) and take it 10 hours")
    assert said.endswith("is a question to those who control.")


def test_an_operator_is_no_structure() -> None:
    inv = controlled({"A": {"k": 1.0}, "B": {"k": 1.0}}, duties=[duty("A", "operator"), duty("B", "operator")])
    assert alone(part, inv, portfolio({"actor_id": "association"})) == {}


def test_without_controls_there_is_nothing() -> None:
    assert part.sections(reading(part, controlled({"A": {"k": 1.0}}, duties=[]), ONE)) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_section_has_its_chart_and_its_tables(tools: Inventory, language: str) -> None:
    (section,) = part.sections(reading(part, tools, ONE, language))
    assert list(drawn(section.blocks)) == ["control-stack", "recognition-savings", "evaluation-reform"]
