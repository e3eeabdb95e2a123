"""What a report says of the calendar, on tools written by hand."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pandas as pd
import pytest

from burden.analysis import ledger
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.report.audit import Audit
from burden.report.content import Block, Chart, Reading, Sentence, Table
from burden.report.key_figures import KeyFigure, by_id
from burden.report.names import names
from burden.report.parts import calendar as part
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.report.parts_by_hand import alone


@pytest.fixture
def tools() -> Inventory:
    """A and B on 30 April, 10 h each; C without a day, 254 h: one for each working day of 2027."""
    return inventory(
        [obligation("A", deadline="N+1:04-30"), obligation("B", deadline="N:04-30"), obligation("C")],
        [asks("A", "days", 600), asks("B", "days", 600), asks("C", "days", 254 * 60)],
    )


def tables(inv: Inventory, ptf: Portfolio) -> dict[str, pd.DataFrame]:
    return {**alone(part, inv, ptf), "totals": ledger.totals(inv, ptf)}


def figures(inv: Inventory) -> dict[str, KeyFigure]:
    return by_id(part.key_figures(tables(inv, portfolio({}))))


def reading(inv: Inventory, language: str = "en") -> Reading:
    ptf = portfolio({})
    known = Audit(inv, ptf, figures(inv), tables(inv, ptf), nx.MultiDiGraph(), ())
    return Reading(known, language, names(inv, language))


def sentences(blocks: list[Block]) -> list[str]:
    said = []
    for block in blocks:
        assert isinstance(block, Sentence)
        values = {
            k: v.shown("en") if isinstance(v, KeyFigure) else v[0].shown("en", v[1])
            for k, v in block.text.values.items()
        }
        said.append(replace(block.text, values=values).render("en"))
    return said


def test_the_figures_of_the_year(tools: Inventory) -> None:
    found = {i: f.value for i, f in figures(tools).items()}
    assert found["calendar.deadlines"] == 2
    assert found["calendar.dated_hours"] == 20
    assert found["calendar.dated_share"] == pytest.approx(20 / 274)
    assert found["calendar.median_hours"] == pytest.approx(5)
    assert found["calendar.busiest_hours"] == pytest.approx(15)
    assert found["calendar.collision_tools"] == 2


def test_the_busiest_of_two_weeks_alike_is_that_of_the_deadline(tools: Inventory) -> None:
    assert figures(tools)["calendar.busiest_day"].shown("en") == "26 April"


def test_every_figure_leads_to_rows(tools: Inventory) -> None:
    known = tables(tools, portfolio({})) | {"ledger": ledger.build(tools, portfolio({}))}
    assert all(len(f.rows.of(known)) for f in figures(tools).values())


def test_the_busiest_week_is_the_sum_of_the_rows_it_names(tools: Inventory) -> None:
    busiest = figures(tools)["calendar.busiest_hours"]
    rows = busiest.rows.of(tables(tools, portfolio({})))
    assert rows["total_h"].sum() == pytest.approx(busiest.value)


def test_the_findings_say_the_deadlines_the_collision_and_the_busiest_week(
    tools: Inventory,
) -> None:
    said = sentences(part.findings(reading(tools)))
    assert said[0].startswith("In 2027, 2 deadlines have a date, for 7% of the hours.")
    assert said[1].startswith("On 30 April, 2 tools fall due at once for 1 recipients: 20 hours of work")
    assert "the busiest week is that of 26 April: 15 hours (from 15 to 15), against 5 in the median week" in said[2]


def test_without_a_dated_tool_only_that_is_said() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    said = sentences(part.findings(reading(inv)))
    assert len(said) == 1
    assert "0%" in said[0]


def test_nothing_due_gives_nothing() -> None:
    inv = inventory([obligation("A", period="once")], [asks("A", "days")])
    assert alone(part, inv, portfolio({})) == {}
    assert part.key_figures({}) == []
    nothing = Audit(inv, portfolio({}), {}, {}, nx.MultiDiGraph(), ())
    bare = Reading(nothing, "en", names(inv, "en"))
    assert (part.findings(bare), part.sections(bare)) == ([], ())


def test_the_section_has_a_chart_its_tables_and_its_limits(tools: Inventory) -> None:
    (section,) = part.sections(reading(tools))
    assert [type(b) for b in section.blocks] == [Chart, Table, Table, Table, Sentence, Sentence]


def test_a_day_is_shown_in_each_language(tools: Inventory) -> None:
    day = figures(tools)["calendar.collision_day"]
    assert (day.shown("fr"), day.shown("en"), day.value) == ("30 avril", "30 April", 20270430)
