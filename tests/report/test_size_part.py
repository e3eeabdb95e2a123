"""What a report says of size, on tools written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.report.parts import size as part
from tests.analysis.inventories import duty, inventory, obligation, portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables


@pytest.fixture
def tools() -> Inventory:
    """Ten hours a year for the operator, twenty from 50 staff on, an hour a person, a report of four hours."""
    minutes = {"FIX": 600.0, "STF": 1200.0, "PER": 60.0, "REP": 240.0}
    owed = [
        obligation("FIX", per="operator"), obligation("STF", per="operator", legal_base_ids="b"),
        obligation("PER", per="person"), obligation("REP", instrument="activity_report", protected=False),
    ]  # fmt: skip
    threshold = {"threshold_population_id": "staff", "threshold_minimum": 50.0}
    duties = [duty("FIX", "operator"), duty("STF", "operator", **threshold), duty("PER"), duty("REP")]
    check = {"activity": "checking", "side": "respondent"}
    effort = [{"obligation_id": o, "minutes": m, **check} for o, m in minutes.items()]
    bases = [{"legal_base_id": "b", "citation": "art. 50", "level": "law"}]
    return inventory(owed, [], duties, activities=effort, legal_bases=bases)


@pytest.fixture
def hundred() -> Portfolio:
    operator = {"unit_id": "op", "actor_id": "association", "name": "Les Tilleuls"}
    return portfolio(operator, {"unit_id": "a", "staff": 100.0, "person": 66.0})


def test_the_hours_that_do_not_depend_on_size(tools: Inventory, hundred: Portfolio) -> None:
    # 10 + 20 + 4 of 100 h.
    found = figures(part, tools, hundred)
    assert (found["size.fixed_hours"].value, found["size.fixed_share"].value) == (34.0, pytest.approx(0.34))


def test_the_small_are_set_against_today(tools: Inventory, hundred: Portfolio) -> None:
    found = figures(part, tools, hundred)
    # At 10 staff: 10 + 4 + 6.6 h; at 100: a tenth of 100 h.
    assert found["size.small_hours"].value == pytest.approx(20.6)
    assert (found["size.now"].value, found["size.now_hours"].value) == (100.0, pytest.approx(10.0))


def test_the_finding_is_made_of_figures(tools: Inventory, hundred: Portfolio) -> None:
    (said,) = sentences(part.findings(reading(part, tools, hundred)))
    assert said == (
        "34 hours a year (from 34 to 34), 34% of the hours known, do not depend on size. They weigh on the small: made "
        "smaller with the same services and contracts, Les Tilleuls would take 21 hours a year for 10 members of staff "
        "at 10, against 10 at today's 100."
    )


def test_the_heaviest_step_is_that_of_its_threshold(tools: Inventory, hundred: Portfolio) -> None:
    found = figures(part, tools, hundred)
    assert (found["thresholds.limit"].value, found["thresholds.step"].value) == (50.0, pytest.approx(20.0))


def test_thresholds_have_their_article(tools: Inventory, hundred: Portfolio) -> None:
    (section,) = part.sections(reading(part, tools, hundred))
    assert drawn(section.blocks)["size-thresholds"].frame["Text"].tolist() == ["art. 50"]


def test_the_scenario_says_that_it_is_one(tools: Inventory, hundred: Portfolio) -> None:
    (section,) = part.sections(reading(part, tools, hundred))
    # A report of four hours every other year.
    assert sentences(section.blocks)[-1] == (
        "A scenario, not a proposal: if 1 yearly activity reports were due every 2 years below 50 members of staff, "
        "the structure made as small as 10 would save 2 hours a year (from 2 to 2), 10% of its hours."
    )


def test_a_protected_report_is_no_scenario(hundred: Portfolio) -> None:
    kept = inventory(
        [obligation("REP", instrument="activity_report", protected=True)], [],
        activities=[{"obligation_id": "REP", "activity": "checking", "side": "respondent", "minutes": 60.0}],
    )  # fmt: skip
    assert "proportionate" not in tables(part, kept, hundred)


def test_every_figure_leads_to_rows(tools: Inventory, hundred: Portfolio) -> None:
    known = tables(part, tools, hundred)
    assert all(len(f.rows.of(known)) for f in figures(part, tools, hundred).values())


def test_an_unknown_size_leaves_the_hours_without_a_curve(tools: Inventory) -> None:
    unknown = portfolio({"unit_id": "op", "actor_id": "association"}, {"unit_id": "a"})
    found = figures(part, tools, unknown)
    assert "size.fixed_hours" in found
    assert "size.small_hours" not in found
    assert part.findings(reading(part, tools, unknown)) == []


def test_without_hours_there_is_nothing(hundred: Portfolio) -> None:
    untimed = inventory([obligation("A")], [])
    assert part.sections(reading(part, untimed, hundred)) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_section_has_its_chart_and_its_tables(tools: Inventory, hundred: Portfolio, language: str) -> None:
    (section,) = part.sections(reading(part, tools, hundred, language))
    assert list(drawn(section.blocks)) == ["size-curve", "size-thresholds", "by-size", "proportionate"]
