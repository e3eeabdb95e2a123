"""What the district's plan leaves, and the reasons that only limits or barred exchanges give."""

from __future__ import annotations

import pandas as pd
import pytest

from burden.simplify import plan
from burden.simplify.planning.demands import REASONS
from burden.simplify.planning.untouched import WHY
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.rows import home, two_tools


@pytest.fixture(scope="module")
def left(worked: Case) -> pd.DataFrame:
    return worked[0].untouched.set_index("reason")


@pytest.mark.parametrize(
    ("reason", "items", "weight"),
    [("taken", 8, 8.0), ("source", 3, 2.5), ("asked_here_only", 1, 1.0), ("less_fresh", 1, 1.0), ("ended", 2, 7.0),
     ("beside_items", 6, 0.0)],
)  # fmt: skip
def test_hours_by_reason(left: pd.DataFrame, reason: str, items: int, weight: float) -> None:
    assert left.loc[reason, ["items", "weight"]].tolist() == [items, weight]


def test_no_other_reason_is_told(left: pd.DataFrame) -> None:
    assert set(left.index) == {"taken", "source", "asked_here_only", "less_fresh", "ended", "beside_items"}


def test_reasons_stand_in_their_order(left: pd.DataFrame) -> None:
    assert left.index.tolist() == [r for r in WHY if r in left.index]


def test_weights_add_up_to_today(worked: Case, left: pd.DataFrame) -> None:
    assert left["weight"].sum() == pytest.approx(worked[0].summary["today"])


def test_shares_add_up_to_one(left: pd.DataFrame) -> None:
    assert left["share"].sum() == pytest.approx(1.0)


def test_every_reason_why_an_item_stays_is_told_to_the_reader() -> None:
    assert set(REASONS) < set(WHY)


def test_what_the_limits_forbid_is_not_worth_it() -> None:
    left = plan(two_tools(), home(), max_gateways=0).untouched.set_index("reason")
    assert left["items"].to_dict() == {"not_worth": 4, "beside_items": 2}


def test_what_may_not_be_passed_on_cannot_pass() -> None:
    # Nothing of ACC passes either way: it would take the ARS to agree.
    left = plan(two_tools(), home(), without=("ars",)).untouched.set_index("reason")
    assert left["items"].to_dict() == {"cannot_pass": 4, "beside_items": 2}


def test_nothing_has_no_share() -> None:
    left = plan(two_tools(), home(), sides={"authority": 1.0}).untouched
    assert left["share"].isna().all()
