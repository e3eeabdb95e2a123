"""The strongest text behind a tool, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import legal_force
from burden.model import schema
from burden.model.inventory import Inventory
from tests.analysis.inventories import asks, inventory, obligation, portfolio

LEVELS = list(schema.codes("legal_level"))
BASES = [
    {"legal_base_id": level, "citation": level, "level": level, "amended_by_id": "ars"} for level in LEVELS
] + [{"legal_base_id": "practice-2", "citation": "p", "level": "local_practice", "amended_by_id": "departement",
      "evidence": "recalled"}]  # fmt: skip


def citing(*cited: str, **more: Any) -> Inventory:
    """Tools A, B, … that cite these bases, an hour a year each."""
    names = "ABCDEF"[: len(cited)]
    return inventory(
        [obligation(o, legal_base_ids=c, **more) for o, c in zip(names, cited, strict=True)],
        [asks(o, "days") for o in names],
        legal_bases=BASES,
    )


def test_the_strongest_of_several_bases() -> None:
    frame = legal_force.strongest_level(citing("circular|decree|law", "local_practice|convention"))
    assert frame["level"].tolist() == ["law", "convention"]


def test_citing_nothing_is_unknown_not_none() -> None:
    first = legal_force.strongest_level(citing("")).iloc[0]
    assert first[["level", "legal_base_ids", "cited", "amended_by_ids"]].tolist() == ["unknown", "", 0, ""]


def test_who_can_change_what_a_tool_rests_on() -> None:
    first = legal_force.strongest_level(citing("local_practice|practice-2")).iloc[0]
    assert first[["legal_base_ids", "cited", "amended_by_ids", "legal_evidence"]].tolist() == [
        "local_practice|practice-2", 2, "ars|departement", "recalled",
    ]  # fmt: skip


@given(cited=st.permutations(LEVELS), kept=st.integers(1, len(LEVELS)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_citation_changes_no_level(cited: list[str], kept: int) -> None:
    found = legal_force.strongest_level(citing("|".join(cited[:kept])))["level"].iloc[0]
    assert found == min(cited[:kept], key=LEVELS.index)


@pytest.mark.parametrize("level", LEVELS)
def test_law_and_regulation_are_required_and_the_rest_is_not(level: str) -> None:
    found = legal_force.not_legally_required(citing(level), portfolio({}))
    assert len(found) == (level in ("circular", "convention", "local_practice"))


def test_one_text_that_binds_is_enough() -> None:
    assert legal_force.not_legally_required(citing("circular|order"), portfolio({})).empty


def test_a_tool_that_cites_nothing_is_not_among_them() -> None:
    assert legal_force.not_legally_required(citing(""), portfolio({})).empty


def test_the_heaviest_first_with_their_hours() -> None:
    inv = inventory(
        [obligation("A", legal_base_ids="circular"), obligation("B", legal_base_ids="convention", period="P1M")],
        [asks("A", "days", minutes_high=120.0), asks("B", "ftes")],
        legal_bases=BASES,
    )
    frame = legal_force.not_legally_required(inv, portfolio({}, {}))
    assert frame["obligation_id"].tolist() == ["B", "A"]
    assert frame[["hours_per_year", "hours_per_year_high"]].to_numpy().tolist() == [[24.0, 24.0], [2.0, 4.0]]


def test_a_tool_that_falls_on_nobody_is_left_out() -> None:
    inv = citing("circular", per="incident")
    assert legal_force.not_legally_required(inv, portfolio({"incident": 0})).empty


def test_unmeasured_tools_stay_with_unknown_hours() -> None:
    inv = inventory([obligation("A", legal_base_ids="circular")], [asks("A", "days", None)], legal_bases=BASES)
    row = legal_force.not_legally_required(inv, portfolio({})).iloc[0]
    assert row["rows_unmeasured"] == 1
    assert row[["hours_per_year"]].isna().all()


def test_hours_by_level_from_the_strongest_unknown_last() -> None:
    frame = legal_force.by_level(citing("", "circular", "law", "law"), portfolio({}))
    assert frame[["level", "obligations", "hours_per_year", "share"]].to_numpy().tolist() == [
        ["law", 2, 2.0, 0.5], ["circular", 1, 1.0, 0.25], ["unknown", 1, 1.0, 0.25],
    ]  # fmt: skip
