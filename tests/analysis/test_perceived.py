"""How heavy tools are felt to be, beside their hours, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import perceived
from burden.model.checks import findings
from burden.model.inventory import Inventory, with_tables
from tests.analysis.inventories import Row, asks, inventory, obligation, portfolio


def felt(tool: str, answers: int, *costs: float | None, actor: str = "mecs", date: str = "2026-03-01") -> Row:
    """What some people answered about a tool on learning, compliance and psychological costs."""
    named = dict(zip(perceived.COSTS, costs, strict=True))
    return {"obligation_id": tool, "actor_id": actor, "date": date, "answers": answers, **named}


def survey(rows: Sequence[Row], minutes: dict[str, float | None] | None = None) -> Inventory:
    """Tools of an item each, of an hour unless said otherwise."""
    timed = minutes if minutes is not None else dict.fromkeys("ABC", 60.0)
    return inventory(
        [obligation(o) for o in timed], [asks(o, "days", m) for o, m in timed.items()], perceptions=list(rows)
    )


def scores(rows: Sequence[Row], **options: Any) -> dict[str, float]:
    frame = perceived.perceived(survey(rows), **options)
    return dict(zip(frame["obligation_id"], frame["score"], strict=True))


def test_the_score_is_the_mean_of_the_three_costs() -> None:
    assert scores([felt("A", 5, 1.0, 2.0, 4.5)]) == {"A": 2.5}


def test_many_answers_weigh_more_than_few() -> None:
    # 9 answers at 2 and 1 at 5.
    assert scores([felt("A", 9, 2.0, 2.0, 2.0), felt("A", 1, 5.0, 5.0, 5.0, actor="ehpad")]) == {"A": 2.3}


def test_too_few_answers_are_not_enough_data() -> None:
    frame = perceived.perceived(survey([felt("A", 4, 5.0, 5.0, 5.0), felt("B", 5, 3.0, 3.0, 3.0)]))
    assert frame[["obligation_id", "status"]].to_numpy().tolist() == [["B", "enough"], ["A", "not_enough_data"]]
    assert frame["score"].isna().tolist() == [False, True]


def test_the_minimum_is_a_choice() -> None:
    assert scores([felt("A", 2, 5.0, 5.0, 5.0)], minimum=2) == {"A": 5.0}


def test_a_missing_cost_leaves_the_score_unknown_and_the_others_known() -> None:
    row = perceived.perceived(survey([felt("A", 20, 4.0, None, 2.0)])).iloc[0]
    assert row["learning"] == 4.0
    assert np.isnan(row["compliance"])
    assert np.isnan(row["score"])
    assert row[["answers", "answers_scored", "status"]].tolist() == [20, 0, "not_enough_data"]


def test_types_of_actor_apart() -> None:
    rows = [felt("A", 5, 2.0, 2.0, 2.0), felt("A", 5, 4.0, 4.0, 4.0, actor="ehpad")]
    frame = perceived.perceived(survey(rows), by=["obligation_id", "actor_id"])
    assert frame[["actor_id", "score"]].to_numpy().tolist() == [["ehpad", 4.0], ["mecs", 2.0]]


def test_first_and_last_date_of_the_answers() -> None:
    rows = [felt("A", 5, 2.0, 2.0, 2.0), felt("A", 5, 4.0, 4.0, 4.0, date="2024-01-31")]
    row = perceived.perceived(survey(rows)).iloc[0]
    assert (row["first_date"], row["last_date"]) == (pd.Timestamp("2024-01-31"), pd.Timestamp("2026-03-01"))


COST = st.floats(1, 5)


@given(st.lists(st.tuples(st.integers(1, 30), COST, COST, COST), min_size=1, max_size=5))
@settings(max_examples=5, deadline=None)
def test_a_score_stays_within_the_answers(rows: list[tuple[int, float, float, float]]) -> None:
    said = [felt("A", n, *costs, date=f"2026-01-0{i + 1}") for i, (n, *costs) in enumerate(rows)]
    score = scores(said, minimum=1)["A"]
    means = [sum(costs) / 3 for _, *costs in rows]
    assert min(means) - 1e-9 <= score <= max(means) + 1e-9


def test_an_answer_beyond_the_range_is_a_fault() -> None:
    lowest, highest = perceived.limits()
    inv = survey([felt("A", 5, lowest, highest, highest + 1)])
    assert [f.place.column for f in findings(inv) if f.check == "cell" and f.place.file.endswith("perceptions")] == [
        "psychological"
    ]


HEAVY, LIGHT = (5.0, 5.0, 5.0), (1.0, 1.0, 1.0)


def test_a_light_tool_felt_heavy_comes_first() -> None:
    inv = survey([felt("A", 5, *LIGHT), felt("B", 5, *HEAVY)], {"A": 600.0, "B": 60.0})
    frame = perceived.gap(inv, portfolio({}))
    assert frame[["obligation_id", "perceived_rank", "hours_rank", "rank_gap"]].to_numpy().tolist() == [
        ["B", 1.0, 2.0, 1.0], ["A", 2.0, 1.0, -1.0],
    ]  # fmt: skip


def test_tools_alike_share_their_rank() -> None:
    inv = survey([felt(o, 5, *HEAVY) for o in "ABC"], {"A": 600.0, "B": 60.0, "C": 60.0})
    frame = perceived.gap(inv, portfolio({})).set_index("obligation_id")
    assert frame["perceived_rank"].tolist() == [2.0, 2.0, 2.0]
    assert frame["hours_rank"].to_dict() == {"A": 1.0, "B": 2.5, "C": 2.5}


def test_only_what_has_both_is_compared() -> None:
    inv = survey([felt("A", 5, *HEAVY), felt("B", 5, *LIGHT), felt("C", 2, *HEAVY)], {"A": 60.0, "B": None, "C": 600.0})
    frame = perceived.gap(inv, portfolio({})).set_index("obligation_id")
    assert frame["status"].to_dict() == {"A": "compared", "B": "hours_unknown", "C": "not_enough_data"}
    assert frame["rank_gap"].dropna().to_dict() == {"A": 0.0}
    assert frame["answers_scored"].to_dict() == {"A": 5, "B": 5, "C": 2}


def test_twelve_times_an_hour_ranks_as_once_twelve_hours() -> None:
    monthly = survey([felt("A", 5, *HEAVY), felt("B", 5, *LIGHT)], {"A": 60.0, "B": 700.0})
    monthly = with_tables(monthly, {"obligations": monthly.obligations.assign(period=["P1M", "P1Y"])})
    yearly = survey([felt("A", 5, *HEAVY), felt("B", 5, *LIGHT)], {"A": 720.0, "B": 700.0})
    pd.testing.assert_frame_equal(*(perceived.gap(i, portfolio({})) for i in (monthly, yearly)))


@pytest.mark.parametrize("table", ["perceived", "gap"])
def test_nobody_asked_is_an_empty_table(table: str) -> None:
    inv = survey([])
    frame = perceived.perceived(inv) if table == "perceived" else perceived.gap(inv, portfolio({}))
    assert frame.empty
    assert "status" in frame
