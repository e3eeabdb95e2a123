"""What respondents say together: the median where they agree, everyone's answer in any case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import estimates, ledger
from burden.analysis.lines import lines
from burden.model.inventory import Inventory, difference
from tests.analysis.inventories import Row, asks, inventory, obligation, portfolio


def said(*minutes: float, concept: str | None = "days", activity: str | None = None, **more: Any) -> list[Row]:
    """Answers of as many people about the item *days* of A, unless said otherwise."""
    return [
        {"estimate_id": f"{concept}-{activity}-{i}", "obligation_id": "A", "concept_id": concept, "minutes": m,
         "activity": activity, "side": "respondent", "respondent": f"p{i}", **more}
        for i, m in enumerate(minutes)
    ]  # fmt: skip


def room(answers: Sequence[Row], **item: Any) -> Inventory:
    """A asks *days* at an unknown time and *ftes* in an hour; a meeting takes an unknown time."""
    meeting = {"obligation_id": "A", "activity": "meeting", "side": "respondent"}
    return inventory(
        [obligation("A"), obligation("B")],
        [asks("A", "days", None, **item), asks("A", "ftes"), asks("B", "days", None)],
        activities=[meeting, {**meeting, "side": "authority"}], estimates=list(answers),
    )  # fmt: skip


def minutes(inv: Inventory, what: str = "days") -> list[float]:
    """Low, central and high minutes of a line of A."""
    frame = lines(inv)
    row = frame[(frame["obligation_id"] == "A") & (frame["what"] == what) & (frame["side"] == "respondent")].iloc[0]
    return [float(row[f"minutes{b}"]) for b in ("_low", "", "_high")]


def test_people_who_agree_give_the_median() -> None:
    row = estimates.combined(room(said(10, 10, 10, 10, 30))).iloc[0]
    assert row[["minutes", "minutes_low", "minutes_high", "status"]].tolist() == [10.0, 10.0, 30.0, "estimate"]


def test_people_who_do_not_agree_give_not_enough_data_and_keep_their_answers() -> None:
    # Median 10, deviations 0, 5, 8, 10, 40: their median 8 is 0.8 of 10.
    row = estimates.combined(room(said(10, 20, 50, 2, 5))).iloc[0]
    assert row[["status", "answers", "respondents"]].tolist() == ["not_enough_data", "2|5|10|20|50", 5]
    assert row["dispersion"] == 0.8
    assert str(row["minutes"]) == "nan"


def test_someone_who_answers_again_counts_once_with_the_latest() -> None:
    first = said(60, 20, date="2026-03-01")
    again = [r | {"estimate_id": "x", "minutes": 30.0, "date": "2026-03-02"} for r in first[:1]]
    row = estimates.combined(room([*again, *first])).iloc[0]
    assert row[["answers", "respondents", "earlier_answers"]].tolist() == ["20|30", 2, 1]


def test_items_activities_and_sides_are_apart() -> None:
    answers = [
        *said(10), *said(20, concept=None, activity="meeting"),
        *[r | {"estimate_id": "z"} for r in said(40, concept=None, activity="meeting", side="authority")],
    ]  # fmt: skip
    frame = estimates.combined(room(answers))
    assert frame[["concept_id", "activity", "side", "minutes"]].fillna("").to_numpy().tolist() == [
        ["", "meeting", "authority", 40.0], ["", "meeting", "respondent", 20.0], ["days", "", "respondent", 10.0],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "names", [{"concept": None}, {"concept": "days", "activity": "meeting"}], ids=["neither", "both"]
)
def test_an_answer_about_neither_or_both_counts_for_nothing(names: dict[str, Any]) -> None:
    assert estimates.combined(room(said(10, **names))).empty


def test_fewer_people_than_wanted_are_not_enough_data() -> None:
    assert estimates.combined(room(said(10, 12)), minimum=3)["status"].tolist() == ["not_enough_data"]


@given(st.lists(st.floats(0, 500), min_size=1, max_size=7), st.randoms())
@settings(max_examples=5, deadline=None)
def test_the_order_of_answers_changes_nothing(answers: list[float], random: Any) -> None:
    shuffled = said(*answers)
    random.shuffle(shuffled)
    one, other = (estimates.combined(room(a)) for a in (said(*answers), shuffled))
    assert one.equals(other)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=7))
@settings(max_examples=5, deadline=None)
def test_an_estimate_is_one_that_answers_hold(answers: list[float]) -> None:
    row = estimates.combined(room(said(*answers))).iloc[0]
    assert (row["minutes_low"], row["minutes_high"]) == (min(answers), max(answers))
    assert row["status"] == "not_enough_data" or min(answers) <= row["minutes"] <= max(answers)


def test_agreed_minutes_replace_those_of_the_item_from_lowest_to_highest_answer() -> None:
    assert minutes(estimates.with_estimates(room(said(10, 14, 12)))) == [10.0, 12.0, 14.0]


def test_agreed_minutes_are_elicited() -> None:
    changed = difference(inv := room(said(10, 14, 12)), estimates.with_estimates(inv))
    assert changed.set_index("column")["after"]["minutes_evidence"] == "elicited"


def test_one_person_alone_gives_no_range() -> None:
    after = estimates.with_estimates(room(said(12))).requests.iloc[0]
    assert after["minutes"] == 12.0
    assert after[["minutes_low", "minutes_high"]].isna().all()


def test_an_activity_takes_its_own_agreed_minutes() -> None:
    after = estimates.with_estimates(room(said(20, 30, concept=None, activity="meeting")))
    assert minutes(after, "meeting") == [20.0, 25.0, 30.0]


def test_people_who_do_not_agree_change_nothing() -> None:
    inv = room(said(10, 20, 50, 2, 5), complexity="simple")
    assert difference(inv, estimates.with_estimates(inv)).empty


def test_what_was_measured_stays_measured() -> None:
    inv = room(said(10, concept="ftes"))
    measured = inventory(
        [obligation("A")], [asks("A", "ftes", 60.0, minutes_evidence="measured")], estimates=said(10, concept="ftes")
    )
    assert minutes(estimates.with_estimates(inv), "ftes")[1] == 10.0
    assert minutes(estimates.with_estimates(measured), "ftes")[1] == 60.0


def test_an_item_asked_under_two_labels_is_not_shared_out() -> None:
    twice = inventory(
        [obligation("A")], [asks("A", "days", None), asks("A", "days", None, label_fr="journées")], estimates=said(10)
    )
    assert estimates.combined(twice)["rows"].tolist() == [2]
    assert difference(twice, estimates.with_estimates(twice)).empty


def test_the_same_information_elsewhere_is_left_alone() -> None:
    after = estimates.with_estimates(room(said(10)))
    assert lines(after).query("obligation_id == 'B'")["minutes"].isna().all()


def test_nobody_s_answer_is_lost() -> None:
    inv = room(said(10, 14, 12))
    assert estimates.with_estimates(inv).estimates.equals(inv.estimates)


def test_a_row_still_knows_where_it_came_from() -> None:
    inv = room(said(10))
    assert estimates.with_estimates(inv).place("requests", 1) == inv.place("requests", 1)


def test_the_hours_follow_the_estimate() -> None:
    # 12 minutes, once a year, in two homes, beside an hour of the other item.
    inv = estimates.with_estimates(room(said(10, 14, 12)))
    sums = ledger.totals(inv, portfolio({}, {}), by=["obligation_id"]).set_index("obligation_id")
    assert sums.loc["A", "hours_per_year"] == pytest.approx(2 * (12 + 60) / 60)
