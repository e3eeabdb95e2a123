"""What a report says of concentration, on tools written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import concentration as part
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables

OPERATOR = portfolio({"unit_id": "op", "actor_id": "association", "name": "Les Tilleuls"}, {})


@pytest.fixture
def tools() -> Inventory:
    """Six hours of educators for the département, three and one of a director for the ARS; one tool not measured."""
    hours = {"A": (6, "professional"), "B": (3, "director"), "C": (1, "director")}
    return inventory(
        [obligation("A", required_by_id="departement"), obligation("B"), obligation("C"), obligation("D")],
        [*(asks(t, "days", 60.0 * h, staff_grade=g) for t, (h, g) in hours.items()), asks("D", "days", None)],
    )


def test_the_figures_on_concentration(tools: Inventory) -> None:
    found = {i: f.value for i, f in figures(part, tools, OPERATOR).items()}
    named = ("half", "most", "tools", "first_requester")
    assert [found[f"concentration.{n}"] for n in named] == [1, 2, 3, 0.6]
    assert found["concentration.gini"] == pytest.approx(1 / 3)


def test_the_figures_on_direct_work(tools: Inventory) -> None:
    found = figures(part, tools, OPERATOR)
    assert found["direct.etpt"].value == pytest.approx(6 / 1607)
    assert found["direct.share"].value == 0.6


def test_every_figure_leads_to_rows(tools: Inventory) -> None:
    known = tables(part, tools, OPERATOR)
    assert all(len(f.rows.of(known)) for f in figures(part, tools, OPERATOR).values())


def test_the_findings(tools: Inventory) -> None:
    few, direct = sentences(part.findings(reading(part, tools, OPERATOR)))
    assert few.startswith("Half of the hours come from 1 of the 3 tools whose hours are known, four fifths from 2.")
    assert "full-time posts" in direct
    assert direct.endswith("as far as it is known who answers.")


def test_an_operator_bears_its_own_name(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, OPERATOR))
    assert drawn(section.blocks)["operators"].frame["Operator"].tolist() == ["Les Tilleuls"]


def test_authorities_stand_with_their_running_share(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, OPERATOR))
    shown = drawn(section.blocks)["requesters"].frame
    assert shown[["Tools", "Share", "Running share"]].to_numpy().tolist() == [["1", "60%", "60%"], ["3", "40%", "100%"]]


def test_the_limit_of_the_index_is_said(tools: Inventory) -> None:
    (section,) = part.sections(reading(part, tools, OPERATOR))
    assert "merging or splitting tools in the inventory changes the index" in sentences(section.blocks)[0]


def test_without_hours_there_is_no_section() -> None:
    inv = inventory([obligation("A")], [asks("A", "days", None)])
    assert figures(part, inv, OPERATOR) == {}
    assert part.sections(reading(part, inv, OPERATOR)) == ()
    assert part.findings(reading(part, inv, OPERATOR)) == []
