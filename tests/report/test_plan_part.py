"""The recommendations of the report: what can go, the proof, what stays and why."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import plan as part
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables

HOME = portfolio({"person": 10.0})
TEXTS = [{"legal_base_id": "law-1", "citation": "Loi 1", "level": "law", "amended_by_id": "ars"}]


@pytest.fixture(scope="module")
def two() -> Inventory:
    """BUD and ACC go to one authority and ask for days in the same way, an hour each; BUD asks for staff too."""
    return inventory(
        [obligation("BUD", legal_base_ids="law-1", protected=False, instrument="budget"),
         obligation("ACC", legal_base_ids="law-1", protected=False, instrument="accounts")],
        [asks("BUD", "days"), asks("BUD", "ftes"), asks("ACC", "days")],
        [duty("BUD"), duty("ACC")],
        recipients=[{"obligation_id": "BUD", "authority_id": "ars"}, {"obligation_id": "ACC", "authority_id": "ars"}],
        legal_bases=TEXTS,
    )  # fmt: skip


def test_what_is_had_already_needs_no_text(two: Inventory) -> None:
    found = figures(part, two, HOME)
    assert found["plan.nothing.saved"].value == pytest.approx(1.0)


def test_the_plan_says_that_it_is_proven(two: Inventory) -> None:
    said = sentences(part.findings(reading(part, two, HOME)))
    assert any(s.startswith("The plan is proven") for s in said)


def test_no_plan_saves_more_than_the_most(two: Inventory) -> None:
    found = figures(part, two, HOME)
    assert found["plan.saved"].value <= found["plan.most"].value + 1e-9


def test_hours_of_today_are_all_accounted_for(two: Inventory) -> None:
    stays = drawn(part.sections(reading(part, two, HOME))[0].blocks)["plan_untouched"].frame
    assert sum(float(hours) for hours in stays["Hours a year"]) == pytest.approx(3.0)


def test_a_measure_is_told_with_its_tools(two: Inventory) -> None:
    measures = drawn(part.sections(reading(part, two, HOME))[0].blocks)["plan_measures"].frame
    assert "takes" in measures["Measure"].iloc[0]


def test_every_figure_leads_to_rows(two: Inventory) -> None:
    known = tables(part, two, HOME)
    assert all(len(f.rows.of(known)) for f in figures(part, two, HOME).values())


def test_nothing_to_take_from_elsewhere_is_said() -> None:
    one = inventory([obligation("BUD")], [asks("BUD", "days")], [duty("BUD")],
                    recipients=[{"obligation_id": "BUD", "authority_id": "ars"}])  # fmt: skip
    (said,) = sentences(part.findings(reading(part, one, HOME)))
    assert said.startswith("Plan: as the inventory stands, nothing can be asked in fewer places")
