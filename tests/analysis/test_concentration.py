"""How few make most of it, worked by hand; see test_measures for Gini and Pareto themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from burden.analysis import concentration, ledger
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

HOURS = {"A": 1, "B": 6, "C": 3}


def told(**more: Any) -> Inventory:
    tools = [obligation("A"), obligation("B", required_by_id="departement"), obligation("C")]
    grades = {"A": "director", "B": "professional", "C": None}
    return inventory(
        tools, [asks(t, "days", 60.0 * h, staff_grade=grades[t]) for t, h in HOURS.items()], **more
    )  # fmt: skip


def test_tools_stand_from_the_heaviest_with_their_share() -> None:
    rows = concentration.by_obligation(told(), portfolio({}))
    assert rows[["obligation_id", "share", "cumulative_share"]].to_numpy().tolist() == [
        ["B", 0.6, 0.6], ["C", 0.3, pytest.approx(0.9)], ["A", 0.1, pytest.approx(1.0)],
    ]  # fmt: skip


def test_hours_of_the_authority_are_not_hours_asked() -> None:
    check = {"obligation_id": "A", "activity": "checking", "side": "authority", "minutes": 600.0}
    rows = concentration.by_obligation(told(activities=[check]), portfolio({}))
    assert rows["hours_per_year"].sum() == 10


def test_a_tool_that_never_occurs_is_not_a_light_one() -> None:
    inv = inventory([obligation("A"), obligation("B", per="incident", period="event")],
                    [asks("A", "days"), asks("B", "days")])  # fmt: skip
    assert concentration.by_obligation(inv, portfolio({"incident": 0}))["obligation_id"].tolist() == ["A"]


def test_authorities_stand_from_the_one_that_asks_for_most() -> None:
    rows = concentration.by_requester(told(), portfolio({}))
    assert rows[["required_by_id", "obligations", "hours_per_year"]].to_numpy().tolist() == [
        ["departement", 1, 6.0], ["ars", 2, 4.0],
    ]  # fmt: skip


@pytest.mark.parametrize(("share", "few"), [(0.5, 1), (0.6, 1), (0.61, 2), (0.9, 2), (1.0, 3)])
def test_the_fewest_that_make_a_share(share: float, few: int) -> None:
    assert concentration.fewest(concentration.by_obligation(told(), portfolio({})), share=share) == few


def test_none_make_a_share_of_nothing() -> None:
    assert concentration.fewest(pd.DataFrame({"cumulative_share": []}), share=0.5) == 0


def test_a_summary_says_how_uneven_it_is() -> None:
    row = concentration.summary(concentration.by_obligation(told(), portfolio({}))).iloc[0]
    # (1 × 1 + 2 × 3 + 3 × 6) × 2 / (3 × 10) − 4 / 3 = 1 / 3
    assert row[["known", "make_50", "make_80", "gini"]].tolist() == [3, 1, 2, pytest.approx(1 / 3)]
    assert row["first_share"] == 0.6


def test_posts_taken_from_direct_work_are_those_of_its_grade() -> None:
    rows = concentration.direct_work(told(), portfolio({})).set_index("work")
    assert rows["hours_per_year"].to_dict() == {"direct": 6, "other": 1, "unknown": 3}
    assert rows.loc["direct", "etpt"] == 6 / 1607
    assert rows["share"].to_dict() == {"direct": 0.6, "other": 0.1, "unknown": 0.3}


def test_direct_work_is_that_of_each_operator() -> None:
    rows = concentration.direct_work(told(), portfolio({}, {"operator_id": "other"}, {"operator_id": "other"}))
    direct = rows[rows["work"] == "direct"].set_index("operator_id")["hours_per_year"]
    assert direct.to_dict() == {"op": 6, "other": 12}


def reaching(*, to: list[tuple[str, str]]) -> Inventory:
    recipients = [{"obligation_id": o, "authority_id": a, "mode": "separate"} for o, a in to]
    return told(recipients=recipients)


def test_an_operator_deals_with_those_who_require_or_receive() -> None:
    row = concentration.counterparts(reaching(to=[("A", "departement")]), portfolio({}, {})).iloc[0]
    assert row[["units", "obligations", "requiring", "receiving", "authorities"]].tolist() == [2, 3, 2, 2, 2]


def test_who_is_only_informed_is_no_authority() -> None:
    row = concentration.counterparts(reaching(to=[("A", "works_council")]), portfolio({})).iloc[0]
    assert row["authority_ids"] == "ars|departement"


def test_a_tool_that_never_occurs_brings_no_counterpart() -> None:
    tools = [obligation("A"), obligation("B", per="incident", period="event", required_by_id="departement")]
    inv = inventory(tools, [asks("A", "days"), asks("B", "days")])
    found = [concentration.counterparts(inv, portfolio({"incident": n}))["authorities"].item() for n in (0, 1, None)]
    assert found == [1, 2, 2]


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=4, deadline=None)
def test_every_ranking_keeps_every_hour(inv: Inventory, ptf: Portfolio) -> None:
    sides = ledger.totals(inv, ptf, by=["side"]).set_index("side")["hours_per_year"]
    whole = pytest.approx(float(np.nan_to_num(sides.get("respondent", 0.0))), rel=1e-9)
    assert concentration.by_obligation(inv, ptf)["hours_per_year"].sum() == whole
    assert concentration.by_requester(inv, ptf)["hours_per_year"].sum() == whole
    assert concentration.direct_work(inv, ptf)["hours_per_year"].sum() == whole
