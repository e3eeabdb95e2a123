"""What a report says of criteria and controls, on tools written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import criteria as part
from tests.analysis.coverage_rows import controlled
from tests.analysis.inventories import portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables

ONE = portfolio({})


@pytest.fixture
def tools() -> Inventory:
    """Two controls of an hour a year: one sees all of k and l, the other half of k."""
    check = [{"obligation_id": t, "activity": "checking", "side": "authority", "minutes": 60.0} for t in "AB"]
    return controlled({"A": {"k": 1.0, "l": 1.0}, "B": {"k": 0.5}}, activities=check)


def test_the_figures_on_criteria(tools: Inventory) -> None:
    found = figures(part, tools, ONE)
    assert [found[f"criteria.{f}"].value for f in ("looked", "several", "most")] == [2, 1, 2]


def test_the_scenario_is_that_of_the_assumed_chances(tools: Inventory) -> None:
    # d = 0.5, b = 0.1: 0.9 × 0.5, then 0.9 × 0.5 × 0.25.
    found = figures(part, tools, ONE)
    assert found["detection.first"].value == pytest.approx(0.45)
    assert found["detection.last"].value == pytest.approx(0.1125)
    assert found["detection.all"].value == pytest.approx(0.5625)


def test_the_price_of_a_point_is_of_both_sides_over_the_cycle(tools: Inventory) -> None:
    # Five years of two hours, half of them on k, for 45 points; then all ten for 11.25.
    found = figures(part, tools, ONE)
    assert found["detection.first_price"].value == pytest.approx(5 / 45)
    assert found["detection.last_price"].value == pytest.approx(10 / 11.25)


def test_every_figure_leads_to_rows(tools: Inventory) -> None:
    known = tables(part, tools, ONE)
    assert all(len(f.rows.of(known)) for f in figures(part, tools, ONE).values())


def test_the_finding_asks_those_who_control(tools: Inventory) -> None:
    (said,) = sentences(part.findings(reading(part, tools, ONE)))
    assert said.startswith("Of 2 criteria that controls look at, two or more controls of one same type of structure")
    assert said.endswith("is a question to those who control.")


def test_the_scenario_says_that_it_is_one_and_shows_its_parameters(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    said = sentences(section.blocks)[0]
    assert said.startswith("A scenario, not a measurement: if a full look sees a fault with a chance of 50% (from 30%")
    assert "all controls miss 10% of the faults (from 0% to 30%)" in said


def test_each_control_stands_with_the_one_that_looks_at_most_of_it(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    shown = drawn(section.blocks)["recognitions"].frame
    assert shown["Looked at as far"].tolist() == ["25%", "100%"]


def test_controls_that_share_no_criterion_have_no_section() -> None:
    inv = controlled({"A": {"k": 1.0}, "B": {"l": 1.0}})
    assert figures(part, inv, ONE) == {}
    assert part.sections(reading(part, inv, ONE)) == ()
    assert part.findings(reading(part, inv, ONE)) == []


def test_without_hours_there_is_no_price() -> None:
    inv = controlled({"A": {"k": 1.0}, "B": {"k": 0.5}}, requests=[])
    (section,) = part.sections(reading(part, inv, ONE))
    assert "at unknown hours of both sides" in sentences(section.blocks)[0]
