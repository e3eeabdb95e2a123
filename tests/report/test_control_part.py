"""What a report says of trust, control and use, on tools written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import control as part
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables

ONE = portfolio({})


@pytest.fixture
def tools() -> Inventory:
    """Six hours proven by a document, of stated use; three declared after the fact, of observed use; one unknown."""
    return inventory(
        [obligation("A", timing="ex_ante", proof="document"), obligation("C"),
         obligation("B", timing="ex_post", proof="declaration", required_by_id="departement")],
        [asks("A", "days", 360), asks("B", "days", 180), asks("C", "days", 60)],
        uses=[{"obligation_id": "A", "use": "decision", "known_by": "stated"},
              {"obligation_id": "B", "use": "payment", "known_by": "observed"}],
    )  # fmt: skip


def test_the_figures_are_the_shares(tools: Inventory) -> None:
    found = {i: f.value for i, f in figures(part, tools, ONE).items()}
    assert found == pytest.approx({
        "control.trust": 0.3, "control.control": 0.6, "control.document": 0.6,
        "control.observed_use": 0.3, "control.unknown_use": 0.1,
    })  # fmt: skip


def test_a_figure_holds_its_range(tools: Inventory) -> None:
    trust = figures(part, tools, ONE)["control.trust"]
    assert (trust.low, trust.high) == pytest.approx((0.3, 0.4))


def test_every_figure_leads_to_rows(tools: Inventory) -> None:
    known = tables(part, tools, ONE)
    assert all(len(f.rows.of(known)) for f in figures(part, tools, ONE).values())


def test_the_finding_says_how_not_why(tools: Inventory) -> None:
    said = sentences(part.findings(reading(part, tools, ONE)))
    assert said[0].startswith("Of the hours of those who answer, 30% are asked like trust")
    assert said[0].endswith("this says how tools ask, not why.")


def test_the_section_gives_the_range_and_asks_about_use(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    said = sentences(section.blocks)
    assert "like trust from 30% to 40%" in said[0]
    assert "for 10% nobody wrote one down, which is a question to those who ask" in said[0]


def test_each_authority_has_its_row(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    shown = drawn(section.blocks)["triptych"].frame
    assert shown[["Hours a year", "Like trust", "Like control"]].to_numpy().tolist() == [
        ["7", "0%", "86%"], ["3", "100%", "0%"],
    ]  # fmt: skip


def test_the_limit_stands_beside_the_table(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    assert "Neither share is a target." in drawn(section.blocks)["triptych"].note.render("en")


def test_one_silo_alone_is_not_compared(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, ONE))
    assert "triptych-silos" not in drawn(section.blocks)


def test_tools_that_cannot_be_classed_have_no_section() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    assert figures(part, inv, ONE) == {}
    assert part.sections(reading(part, inv, ONE)) == ()
    assert part.findings(reading(part, inv, ONE)) == []
