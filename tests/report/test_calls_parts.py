"""What a report says of calls and procedures, on tools written by hand."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from burden.model.inventory import Inventory
from burden.report.audit import Audit
from burden.report.content import Reading
from burden.report.key_figures import KeyFigure, by_id
from burden.report.names import names
from burden.report.parts import calls as part
from burden.report.parts import procedures as other
from tests.analysis.call_rows import call, item, work
from tests.analysis.inventories import obligation, portfolio
from tests.report.parts_by_hand import alone, drawn, sentences

ONE = portfolio({})
REAL = [
    {"call_id": "k", "name_fr": "premier", "obligation_id": "FR-SUB-01", "candidates": 10, "awards": 2,
     "amount_eur": 46_000.0},
    {"call_id": "l", "name_fr": "second", "obligation_id": "FR-SUB-01", "candidates": 6, "awards": 2,
     "amount_eur": 138_000.0},
    {"call_id": "m", "name_fr": "communes", "candidates": 6, "awards": 2},
]  # fmt: skip


def grants(real: list[dict[str, object]]) -> Inventory:
    """A grant file of 10 h at 40 € and its examination of 2 h at 30 €; a call for projects of 20 h."""
    return call(
        obligations=[obligation("FR-SUB-01", period="event", per="answered"),
                     obligation("FR-AUT-01", period="event", per="answered")],
        requests=[item("FR-SUB-01", "project", 600), item("FR-AUT-01", "project", 1_200)],
        activities=[work("FR-SUB-01", 120)],
        calls=real,
        sources=[{"source_id": "herbert-2013", "citation": "Herbert et al. (2013)"}],
    )  # fmt: skip


def tables(inv: Inventory) -> dict[str, pd.DataFrame]:
    found = alone(part, inv, ONE)
    return found | alone(other, inv, ONE, found)


def figures(inv: Inventory) -> dict[str, KeyFigure]:
    found = tables(inv)
    return by_id([*part.key_figures(found), *other.key_figures(found)])


def reading(inv: Inventory, language: str = "en") -> Reading:
    audit = Audit(inv, ONE, figures(inv), tables(inv), nx.MultiDiGraph(), ())
    return Reading(audit, language, names(inv, language))


@pytest.fixture(scope="module")
def inv() -> Inventory:
    return grants(REAL)


def test_the_calls_are_counted(inv: Inventory) -> None:
    found = figures(inv)
    assert {n: found[f"calls.{n}"].value for n in ("known", "candidates", "awards", "rivals", "untied", "priced")} == {
        "known": 2, "candidates": 16, "awards": 4, "rivals": 4, "untied": 1, "priced": 2,
    }  # fmt: skip


def test_the_share_of_the_amounts_that_choosing_costs(inv: Inventory) -> None:
    # 16 files of 460 € for 184,000 €; 10 for 46,000 and 6 for 138,000.
    found = figures(inv)
    assert found["calls.share"].value == pytest.approx(16 * 460 / 184_000)
    assert found["calls.share_most"].value == pytest.approx(0.1)
    assert found["calls.share_least"].value == pytest.approx(0.02)


def test_the_days_of_a_file_that_would_use_up_the_amount(inv: Inventory) -> None:
    # (46,000 / 10 − 60) / 40 h of seven hours a day.
    assert figures(inv)["calls.break_even_days"].value == pytest.approx(113.5 / 7)


def test_the_scenario_has_the_rivals_of_the_median_call(inv: Inventory) -> None:
    # Four files of a call for projects, 20 h at 40 €.
    found = figures(inv)
    assert (found["scenario.rivals"].value, found["scenario.amount"].value) == (4, pytest.approx(3_200))
    assert found["scenario.crossing"].value == 29


def test_the_heaviest_and_the_lightest_procedure(inv: Inventory) -> None:
    found = figures(inv)
    assert found["procedures.most"].value == pytest.approx(80)
    assert found["procedures.least"].value == pytest.approx(48)


def test_every_figure_leads_to_rows(inv: Inventory) -> None:
    known = tables(inv)
    assert [f.id for f in figures(inv).values() if not len(f.rows.of(known))] == []


def test_the_finding_says_that_the_hours_are_assumed(inv: Inventory) -> None:
    said = sentences(part.findings(reading(inv)))
    assert said[0].startswith("In 2 real calls that these tools answer, 16 files were received for 4 awards")
    assert "not measured: in the latter call, a file of 16 working days would use up the whole amount." in said[1]


def test_the_scenario_says_that_it_is_one(inv: Inventory) -> None:
    (said,) = sentences(other.findings(reading(inv)))
    assert said.startswith("A scenario, not a measurement: with 4 candidates, as in the median real call")


def test_what_a_call_brings_is_said_not_to_be_measured(inv: Inventory) -> None:
    (section,) = part.sections(reading(inv))
    assert sentences(section.blocks)[-1].startswith("What a call brings by choosing a better project is not measured")


def test_published_studies_stand_beside_and_not_within(inv: Inventory) -> None:
    (section,) = part.sections(reading(inv))
    table = drawn(section.blocks)["published-files"]
    assert table.frame["Source"].tolist()[-1] == "Herbert et al. (2013)"
    assert "34" in table.frame["Working days"].tolist()
    without = grants(REAL)
    without = Inventory(without.name, {t: r for t, r in without.records.items() if t != "sources"})
    assert {i: f.value for i, f in figures(without).items()} == {i: f.value for i, f in figures(inv).items()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_section_has_its_tables(inv: Inventory, language: str) -> None:
    read = reading(inv, language)
    shown = [list(drawn(s.blocks)) for s in (*part.sections(read), *other.sections(read))]
    assert shown == [["real-calls", "published-files"], ["call-cost", "procedures"]]


def test_calls_without_candidates_give_no_scenario() -> None:
    found = tables(grants([{"call_id": "k", "name_fr": "k", "obligation_id": "FR-SUB-01", "awards": 2}]))
    assert "calls" in found
    assert "procedures" not in found


def test_nothing_is_said_without_a_call() -> None:
    inv = grants([])
    assert tables(inv) == {}
    assert figures(inv) == {}
    assert part.sections(reading(inv)) == other.sections(reading(inv)) == ()
    assert part.findings(reading(inv)) == other.findings(reading(inv)) == []
