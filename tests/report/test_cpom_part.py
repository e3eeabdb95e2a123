"""What a report says of a contract and of grouping, on tools written by hand."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import networkx as nx
import pandas as pd
import pytest

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.report.audit import Audit
from burden.report.content import Block, Chart, Reading, Sentence, Table
from burden.report.key_figures import KeyFigure, by_id
from burden.report.names import names
from burden.report.parts import cpom, grouping
from tests.analysis.contract_rows import association, budget_and_contract
from tests.analysis.inventories import asks, duty, inventory, obligation
from tests.report.parts_by_hand import alone


def reading(part: ModuleType, inv: Inventory, ptf: Portfolio, language: str = "en") -> Reading:
    tables = alone(part, inv, ptf)
    known = Audit(inv, ptf, by_id(part.key_figures(tables)), tables, nx.MultiDiGraph(), ())
    return Reading(known, language, names(inv, language))


def said(blocks: list[Block]) -> list[str]:
    sentences = []
    for block in blocks:
        if isinstance(block, Sentence):
            values = {k: _shown(v) for k, v in block.text.values.items()}
            sentences.append(replace(block.text, values=values).render("en"))
    return sentences


def _shown(value: object) -> object:
    if isinstance(value, KeyFigure):
        return value.shown("en")
    return value[0].shown("en", value[1]) if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def one() -> Reading:
    """Three budgets of one hour: 1.2 h under a light contract, 6 h under one that keeps everything."""
    return reading(cpom, budget_and_contract(), association())


@pytest.fixture(scope="module")
def several() -> Reading:
    return reading(grouping, budget_and_contract(), two(association(2)))


def two(one: Portfolio) -> Portfolio:
    """An operator twice, under two names."""
    rows = [one.units.assign(operator_id=o, unit_id=o + one.units["unit_id"]) for o in ("x", "y")]
    return portfolio_from_frame("both", pd.concat(rows, ignore_index=True))


def test_the_promise_is_told_in_two_sentences(one: Reading) -> None:
    promise, change = said(cpom.findings(one))
    assert promise == (
        "CPOM, with assumed durations: for “op” and its 3 services the promise holds only if the contract limits the "
        "yearly documents, as the law allows: it then spares 1.8 hours a year (from 1.8 to 1.8; about 30% of all its "
        "hours), and adds 3 (from 3 to 3) if it keeps them all, as contracts often do."
    )
    assert "less the number of services (limited documents pay from 2 on, kept ones never do up to 15)" in change
    assert "the operator would deal with 2 authorities, against 1 without" in change


def test_a_contract_that_always_costs_more_does_not_keep_its_promise() -> None:
    inv = budget_and_contract({"CONTRACT": 6000.0})
    promise, change = said(cpom.findings(reading(cpom, inv, association())))
    assert "the promise does not hold" in promise
    assert "a lighter contract, not more services" in change


def test_a_contract_that_always_costs_less_keeps_it() -> None:
    # Three EPRD services without a contract are three budgets and accounts: 6 h; under it, 3 + 1 + 2 or less.
    inv = budget_and_contract({"EPRD": 6.0, "REVIEW": 6.0, "CONTRACT": 6.0})
    promise, _ = said(cpom.findings(reading(cpom, inv, association(tags="eprd"))))
    assert "the promise holds. A contract" in promise


def test_the_figures_lead_to_their_rows(one: Reading) -> None:
    for figure in one.audit.figures.values():
        assert len(figure.rows.of(one.audit.tables)) > 0


def test_each_table_of_the_section_has_rows_and_no_identifier_of_a_case(one: Reading) -> None:
    (section,) = cpom.sections(one)
    tables = [b.table if isinstance(b, Chart) else b for b in section.blocks if isinstance(b, Table | Chart)]
    assert {t.id for t in tables} == {"cases", "services", "levers", "tools", "shift", "rules"}
    for table in tables[:-1]:
        assert len(table.frame) > 0
        assert not {"law", "practice", "limited_yearly"} & set(table.frame.to_numpy().ravel())


def test_what_is_assumed_and_not_counted_is_said(one: Reading) -> None:
    (section,) = cpom.sections(one)
    assumed, uncounted = said(list(section.blocks))
    assert assumed.startswith("Assumed: the durations")
    assert uncounted.startswith("Not counted: meetings")


def test_a_portfolio_without_a_service_to_cover_has_nothing_to_say() -> None:
    nothing = reading(cpom, budget_and_contract(), association(tags=""))
    assert (nothing.audit.tables, nothing.audit.figures) == ({}, {})
    assert (cpom.findings(nothing), cpom.sections(nothing)) == ([], ())


def test_grouping_is_told_in_one_sentence_and_its_price_is_unknown(several: Reading) -> None:
    (sentence,) = said(grouping.findings(several))
    assert "the 2 operators would answer in fewer hours" in sentence
    assert "what merging itself takes once has no source" in sentence


def test_a_duty_that_starts_with_size_makes_the_group_dearer() -> None:
    inv = inventory(
        [obligation("LARGE", per="operator"), obligation("FILE")], [asks("LARGE", "days"), asks("FILE", "days")],
        [duty("LARGE", "operator", threshold_population_id="staff", threshold_minimum=50.0), duty("FILE")],
    )  # fmt: skip
    found = reading(grouping, inv, two(association(1, staff=30.0)))
    (sentence,) = said(grouping.findings(found))
    assert "would answer in 1 hours a year more" in sentence
    assert "1 tools would start with size" in sentence
    assert found.table("grouping_thresholds")["obligation_id"].tolist() == ["LARGE"]


def test_the_table_of_grouping_says_unknown_for_the_price_of_merging(several: Reading) -> None:
    (section,) = grouping.sections(several)
    cases = next(b for b in section.blocks if isinstance(b, Table))
    assert cases.frame["Merging, once"].tolist() == ["0", "unknown", "0", "unknown"]


def test_one_operator_is_no_group() -> None:
    assert alone(grouping, budget_and_contract(), association()) == {}
