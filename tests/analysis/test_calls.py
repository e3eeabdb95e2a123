"""The cost of competition: a call worked by hand, and what holds for every call."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import burden as bd
from burden.analysis import calls
from burden.analysis.calls import Step
from burden.model.inventory import Inventory, with_tables
from tests.analysis.call_rows import STEPS, TERMS, call, item, work
from tests.analysis.inventories import obligation

PARTIES = ["winners", "losers", "authority", "total"]


BY_HAND = call()


@pytest.fixture
def inv() -> Inventory:
    return BY_HAND


def by_party(found: pd.DataFrame, column: str) -> list[float]:
    return [float(found.loc[found["party"] == p, column].item()) for p in PARTIES]


def total(found: pd.DataFrame, column: str) -> float:
    return by_party(found, column)[-1]


# One file


def test_the_hours_of_a_file_and_of_its_examination(inv: Inventory) -> None:
    found = calls.file_hours(inv, "APPLY").set_index(["each", "party"])
    assert found["hours"].to_dict() == {("file", "candidate"): 10.0, ("file", "authority"): 2.0}
    assert found["eur"].to_dict() == {("file", "candidate"): 400.0, ("file", "authority"): 60.0}


def test_what_is_counted_per_call_is_apart_from_what_is_counted_per_authority(inv: Inventory) -> None:
    # The yearly calendar of 15 h is the file of PUBLISH; the specifications of 5 h are of each call.
    found = calls.file_hours(inv, "PUBLISH").set_index("each")
    assert found["hours"].to_dict() == {"call": 5.0, "file": 15.0}
    assert found["party"].unique().tolist() == ["authority"]


def test_a_file_of_a_kind_of_call_takes_what_is_counted_per_call_of_any_kind() -> None:
    inv = call(
        obligations=[obligation("MORE", period="event", per="answered_here")],
        requests=[item("MORE", "project", 60), item("MORE", "days", 30, population_id="answered", label_fr="all")],
    )
    assert calls.file_hours(inv, "MORE")["hours"].tolist() == [1.5]


def test_what_is_counted_per_person_is_in_no_file() -> None:
    inv = call(requests=[item("APPLY", "days", 30, population_id="person", label_fr="each")])
    found = calls.file_hours(inv, "APPLY").set_index(["each", "party"])
    assert found.loc[("other", "candidate"), "hours"] == 0.5
    assert found.loc[("file", "candidate"), "hours"] == 10.0


def test_twelve_items_of_an_hour_are_a_file_of_twelve_hours() -> None:
    inv = call(
        obligations=[obligation("TWELVE", period="event", per="answered")],
        requests=[item("TWELVE", "days", 60, label_fr=f"item {i}") for i in range(12)],
    )
    assert calls.file_hours(inv, "TWELVE")["hours"].item() == 12.0


def test_work_without_a_duration_is_counted_and_not_zero() -> None:
    inv = call(activities=[work("APPLY", None, side="respondent", activity="meeting")])
    found = calls.file_hours(inv, "APPLY").set_index("party")
    assert found.loc["candidate", ["hours", "rows_unmeasured"]].tolist() == [10.0, 1]


def test_a_file_of_which_nothing_is_known_has_unknown_hours() -> None:
    inv = call(
        obligations=[obligation("SILENT", period="event", per="answered")], requests=[item("SILENT", "days", None)]
    )
    assert math.isnan(calls.file_hours(inv, "SILENT")["hours"].item())
    found = calls.cost(inv, "SILENT", candidates=3, awards=1, **TERMS)
    assert [math.isnan(h) for h in by_party(found, "hours")] == [True, True, False, True]


def test_what_is_read_once_for_all_is_in_no_file() -> None:
    inv = call(activities=[work("APPLY", 90, side="respondent", activity="familiarisation", one_off=True)])
    assert calls.file_hours(inv, "APPLY").set_index("party").loc["candidate", "hours"] == 10.0


def test_the_rows_behind_a_file(inv: Inventory) -> None:
    found = calls.file_lines(inv, "APPLY")
    assert found[["line", "what", "party", "h"]].values.tolist() == [
        ["item", "project", "candidate", 10.0], ["activity", "checking", "authority", 2.0],
    ]  # fmt: skip


def test_an_obligation_that_is_not_there_is_refused(inv: Inventory) -> None:
    with pytest.raises(KeyError, match="'NONE' is not in the inventory"):
        calls.file_hours(inv, "NONE")


# One call


def test_six_candidates_for_one_award(inv: Inventory) -> None:
    # Each 10 h + 1 h; the authority 5 h, 6 × 2 h and 6 × ½ h.
    found = calls.cost(inv, STEPS, candidates=6, awards=1, **TERMS)
    assert by_party(found, "hours") == [11.0, 55.0, 20.0, 86.0]


def test_their_euros(inv: Inventory) -> None:
    # 66 h at 40 €, 20 h at 30 €.
    found = calls.cost(inv, STEPS, candidates=6, awards=1, **TERMS)
    assert by_party(found, "eur") == [440.0, 2_200.0, 600.0, 3_240.0]


def test_what_the_competition_eats_of_the_amount(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=6, awards=1, **TERMS)
    assert total(found, "share_of_amount") == pytest.approx(0.1)


def test_the_share_of_those_who_lose(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=6, awards=1, **TERMS)
    assert by_party(found, "share_of_hours")[1] == pytest.approx(55 / 86)


def test_hours_per_award_and_per_year_of_an_award(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=6, awards=2, **TERMS)
    assert total(found, "hours_per_award") == pytest.approx(43.0)
    assert total(found, "hours_per_award_year") == pytest.approx(21.5)


def test_only_those_heard_take_the_time_of_a_hearing(inv: Inventory) -> None:
    # The winner and two others: 2 × 1 h less for the losers, … 3 × 1 h and 3 × ½ h less in all.
    found = calls.cost(inv, STEPS, candidates=6, awards=1, shortlisted=3, **TERMS)
    assert by_party(found, "hours") == [11.0, 52.0, 18.5, 81.5]


def test_what_follows_from_the_award_is_apart(inv: Inventory) -> None:
    # Two reports a year for two years, for each of two winners.
    found = calls.cost(inv, STEPS, candidates=6, awards=2, **TERMS)
    assert by_party(found, "award_hours") == [8.0, 0.0, 0.0, 8.0]


def test_hours_of_a_file_may_be_given_instead_of_those_of_the_inventory(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=2, awards=1, file_hours=(5, 20, 30), file_eur_per_h=50, **TERMS)
    assert by_party(found, "hours")[:2] == [21.0, 21.0]
    assert by_party(found, "eur")[0] == 20 * 50 + 40
    assert total(found, "file_h") == 20


def test_a_given_file_without_a_price_has_no_cost(inv: Inventory) -> None:
    found = calls.cost(inv, "APPLY", candidates=2, awards=1, file_hours=(5, 20, 30), **TERMS)
    assert math.isnan(by_party(found, "eur")[0])


def test_the_arguments_come_back_as_columns(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=6, awards=1, shortlisted=3, **TERMS)
    told = found[["candidates", "awards", "shortlisted", "amount_eur", "duration_years"]].drop_duplicates()
    assert told.values.tolist() == [[6, 1, 3, 32_400, 2]]


def test_an_unknown_amount_leaves_an_unknown_share(inv: Inventory) -> None:
    found = calls.cost(inv, STEPS, candidates=6, awards=1, amount_eur=math.nan, duration_years=1)
    assert math.isnan(total(found, "share_of_amount"))


def test_a_step_that_the_inventory_lacks_is_named(inv: Inventory) -> None:
    found = calls.cost(inv, [*STEPS, Step("VISIT", "award")], candidates=6, awards=1, **TERMS)
    assert found["absent_ids"].unique().tolist() == ["VISIT"]


@pytest.mark.parametrize(
    "wrong",
    [{"candidates": 1, "awards": 2}, {"candidates": 3, "awards": 1, "shortlisted": 4},
     {"candidates": 3, "awards": 2, "shortlisted": 1}, {"candidates": 0, "awards": 0}],
)  # fmt: skip
def test_numbers_that_do_not_fit_are_refused(inv: Inventory, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="awards must not exceed those heard"):
        calls.cost(inv, STEPS, **wrong, **TERMS)  # type: ignore[arg-type]


def test_a_step_is_for_something_known() -> None:
    with pytest.raises(ValueError, match="'applicant' is not one of call, candidate"):
        Step("APPLY", "applicant")  # type: ignore[arg-type]


# What holds for every call

sizes = st.tuples(st.integers(1, 20), st.integers(0, 20), st.integers(0, 20)).map(
    lambda t: (t[0], min(t[1], t[0]), max(min(t[1], t[0]), min(t[2], t[0])))
)
"""Candidates, awards, candidates heard."""
minutes = st.tuples(st.integers(0, 60), st.integers(60, 200), st.integers(200, 999))


def uncertain(bounds: tuple[int, int, int]) -> Inventory:
    low, central, high = bounds
    return call(
        obligations=[obligation("LONG", period="event", per="answered")],
        requests=[item("LONG", "project", central, minutes_low=low, minutes_high=high, minutes_evidence="assumed")],
        activities=[work("LONG", 60, minutes_low=30, minutes_high=90, minutes_evidence="assumed")],
    )


@settings(deadline=None, max_examples=5)
@given(sizes)
def test_the_whole_is_winners_losers_and_authority(size: tuple[int, int, int]) -> None:
    number, awards, heard = size
    found = calls.cost(BY_HAND, STEPS, candidates=number, awards=awards, shortlisted=heard, **TERMS)
    for column in ("hours", "eur", "award_hours"):
        assert sum(by_party(found, column)[:3]) == pytest.approx(total(found, column))


@settings(deadline=None, max_examples=5)
@given(minutes)
def test_a_single_candidate_loses_nothing(bounds: tuple[int, int, int]) -> None:
    found = calls.cost(uncertain(bounds), "LONG", candidates=1, awards=1, **TERMS)
    assert [by_party(found, c)[1] for c in ("hours", "hours_high", "hours_p90", "eur")] == [0, 0, 0, 0]


@settings(deadline=None, max_examples=5)
@given(minutes)
def test_the_cost_grows_with_the_candidates(bounds: tuple[int, int, int]) -> None:
    found = calls.curve(uncertain(bounds), "LONG", candidates=range(1, 6), awards=1, **TERMS)
    for column in ("hours_low", "hours", "hours_p50", "eur"):
        grown = found.loc[found["party"] == "total", column].diff().dropna()
        assert (grown > 0).all()


@settings(deadline=None, max_examples=5)
@given(minutes)
def test_draws_lie_between_the_bounds_in_order(bounds: tuple[int, int, int]) -> None:
    found = calls.cost(uncertain(bounds), "LONG", candidates=4, awards=1, **TERMS)
    ladder = found[["hours_low", "hours_p10", "hours_p50", "hours_p90", "hours_high"]].to_numpy(dtype=float)
    # The draws are in single precision.
    assert (ladder[:, 1:] >= ladder[:, :-1] * (1 - 1e-5)).all()


@settings(deadline=None, max_examples=5)
@given(minutes)
def test_those_who_lose_spend_what_those_who_win_spend(bounds: tuple[int, int, int]) -> None:
    # The same form takes them the same time, whatever that time is: errors do not cancel.
    found = calls.cost(uncertain(bounds), "LONG", candidates=5, awards=1, **TERMS)
    won, lost, *_ = by_party(found, "hours_p90")
    assert lost == pytest.approx(4 * won, rel=1e-5)


def test_other_names_change_no_number() -> None:
    inv = uncertain((10, 90, 600))
    renamed = {"LONG": "a-1", "HEAR": "zz"}
    named_there = ("obligations", "duties", "requests", "activities")
    tables = {t: inv[t].replace({"obligation_id": renamed}) for t in named_there}
    other = with_tables(inv, tables)
    steps = (Step("LONG"), Step("HEAR", "shortlisted"))
    new = tuple(Step(renamed[s.obligation_id], s.each) for s in steps)
    once, again = (calls.cost(i, s, candidates=5, awards=1, **TERMS) for i, s in ((inv, steps), (other, new)))
    pd.testing.assert_frame_equal(once.drop(columns="procedure"), again.drop(columns="procedure"))


# Break-even


def test_the_amount_under_which_a_call_costs_more_than_it_allocates(inv: Inventory) -> None:
    # 5 h × 30 € + 6 × (10 h × 40 € + 2 h × 30 €) + 6 × (1 h × 40 € + ½ h × 30 €) = 150 + 2,760 + 330.
    found = calls.break_even_amount(inv, STEPS, candidates=6, awards=1)
    parts = found[["fixed_eur", "per_candidate_eur", "per_shortlisted_eur", "amount_eur"]]
    assert parts.values.tolist() == [[150, 460, 55, 3_240]]


def test_the_curve_of_a_call_for_one_award(inv: Inventory) -> None:
    # 150 € + n × 515 €.
    found = calls.curve(inv, STEPS, candidates=range(1, 5), awards=1, **TERMS)
    assert found.loc[found["party"] == "total", "eur"].tolist() == [665, 1_180, 1_695, 2_210]


@settings(deadline=None, max_examples=5)
@given(sizes)
def test_at_the_break_even_amount_the_competition_eats_all_of_it(size: tuple[int, int, int]) -> None:
    number, awards, heard = size
    amount = calls.break_even_amount(BY_HAND, STEPS, candidates=number, awards=awards, shortlisted=heard)
    found = calls.cost(
        BY_HAND, STEPS, candidates=number, awards=awards, shortlisted=heard, duration_years=1,
        amount_eur=float(amount["amount_eur"].item()),
    )  # fmt: skip
    assert total(found, "share_of_amount") == pytest.approx(1.0)


def test_the_number_of_candidates_from_which_a_call_costs_what_it_allocates(inv: Inventory) -> None:
    found = calls.break_even_candidates(inv, STEPS, amount_eur=3_240)
    assert found["candidates"].item() == pytest.approx(6.0)


def test_that_number_when_three_are_heard(inv: Inventory) -> None:
    # (3,240 − 150 − 3 × 55) / 460.
    found = calls.break_even_candidates(inv, STEPS, amount_eur=3_240, shortlisted=3)
    assert found["candidates"].item() == pytest.approx(2_925 / 460)


def test_no_candidate_is_too_few_for_an_amount_below_the_call_itself(inv: Inventory) -> None:
    assert calls.break_even_candidates(inv, STEPS, amount_eur=100)["candidates"].item() == 0


# Other ways


def test_a_letter_first_then_three_files(inv: Inventory) -> None:
    # Winner 2 h + 10 h + 1 h; losers 5 × 2 h + 2 × 11 h; authority 5 h + 6 × ½ h + 3 × 2 h + 3 × ½ h.
    found = calls.two_stage(
        inv, STEPS, candidates=6, shortlisted=3, awards=1, letter_share=0.2, letter_reading_share=0.25, **TERMS
    )
    assert by_party(found[found["case"] == "two_stage"], "hours") == [13.0, 32.0, 15.5, 60.5]
    assert total(found[found["case"] == "two_stage"], "saved_hours") == pytest.approx(81.5 - 60.5)


@settings(deadline=None, max_examples=5)
@given(st.integers(1, 10), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]))
def test_a_letter_saves_when_it_is_shorter_than_the_files_it_spares(heard: int, letter: float) -> None:
    found = calls.two_stage(
        BY_HAND, "APPLY", candidates=10, shortlisted=heard, awards=1, letter_share=letter, letter_reading_share=letter,
        **TERMS,
    )  # fmt: skip
    saved = total(found[found["case"] == "two_stage"], "saved_hours")
    assert saved == pytest.approx(12 * (10 - 10 * letter - heard))


def test_a_share_above_one_is_refused(inv: Inventory) -> None:
    with pytest.raises(ValueError, match=r"letter_share is 1\.5"):
        calls.two_stage(
            inv, STEPS, candidates=6, shortlisted=3, awards=1, letter_share=1.5, letter_reading_share=0, **TERMS
        )


def test_one_file_for_three_funders(inv: Inventory) -> None:
    # Half of the file common: 0.5 + 3 × 0.5 files instead of 3; hearings stay three.
    found = calls.shared_file(
        inv, STEPS, funders=3, candidates=2, awards=1, common_share=0.5, joint_examination_share=1.0, **TERMS
    )
    today, shared = (by_party(found[found["case"] == c], "hours") for c in ("today", "shared_file"))
    assert today == [33.0, 33.0, 3 * (5 + 4 + 1), 96.0]
    assert shared == [23.0, 23.0, 3 * (5 + 1) + 4, 68.0]


def test_a_file_shared_with_nobody_saves_nothing(inv: Inventory) -> None:
    found = calls.shared_file(
        inv, STEPS, funders=1, candidates=2, awards=1, common_share=0.5, joint_examination_share=0.5, **TERMS
    )
    assert total(found[found["case"] == "shared_file"], "saved_eur") == 0


def test_a_longer_award_needs_fewer_calls_a_year(inv: Inventory) -> None:
    found = calls.longer_award(
        inv, STEPS, years_today=1, years_then=4, candidates=6, awards=1, amount_eur_per_year=10_000
    )
    assert found.loc[found["party"] == "total", "eur_per_year"].tolist() == [3_240, 810]
    assert found.loc[found["party"] == "total", "share_of_amount"].tolist() == pytest.approx([0.324, 0.081])


# Procedures

WAYS: dict[str, tuple[Step, ...]] = {
    "call": STEPS, "plain": (Step("APPLY"),), "nothing": (Step("GONE"),), "half": (Step("GONE"), Step("HEAR", "award")),
}  # fmt: skip


def test_each_procedure_has_its_own_steps_and_candidates(inv: Inventory) -> None:
    found = calls.procedures(inv, candidates={"call": 6, "plain": 1}, awards=1, steps=WAYS, **TERMS)
    whole = found[found["party"] == "total"].set_index("procedure")
    assert whole["hours"].to_dict() == {"call": 86.0, "plain": 12.0}
    assert whole["obligation_ids"].to_dict() == {"call": "PUBLISH|APPLY|HEAR|REPORT", "plain": "APPLY"}


def test_a_procedure_without_a_file_has_unknown_hours(inv: Inventory) -> None:
    found = calls.procedures(inv, candidates={"half": 3, "nothing": 3}, awards=1, steps=WAYS, **TERMS)
    assert found["procedure"].unique().tolist() == ["half"]
    assert found["hours"].isna().all()


def test_a_procedure_without_steps_is_refused(inv: Inventory) -> None:
    with pytest.raises(KeyError, match="no steps are known for 'lottery'"):
        calls.procedures(inv, candidates={"lottery": 3}, awards=1, steps=WAYS, **TERMS)


def test_a_threshold_is_what_a_text_of_one_of_the_steps_states() -> None:
    bases = [
        {"legal_base_id": "b", "citation": "art. 1", "level": "decree", "note": "Seuil : sous 100 euros."},
        {"legal_base_id": "c", "citation": "art. 2", "level": "decree", "note": "Lu."},
    ]
    inv = call(obligations=[obligation("SMALL", period="event", per="answered", legal_base_ids="b|c")],
               legal_bases=bases)  # fmt: skip
    found = calls.thresholds(inv, steps={"small": (Step("SMALL"),), "call": STEPS})
    assert found[["procedure", "citation", "threshold_fr"]].values.tolist() == [["small", "art. 1", "sous 100 euros."]]


# Real calls


def real_call(name: str, **told: Any) -> dict[str, Any]:
    return {"call_id": name, "name_fr": name, "obligation_id": "APPLY", **told}


def test_what_a_real_call_cost() -> None:
    # Ten files of 10 h at 40 € and 2 h at 30 € for 46,000 €: 4,600 €.
    inv = call(calls=[real_call("k", candidates=10, awards=2, amount_eur=46_000.0)])
    found = calls.observed(inv).iloc[0]
    assert (found["hours"], found["eur"], found["share_of_amount"]) == (120.0, 4_600.0, pytest.approx(0.1))
    assert (found["candidates_per_award"], found["success_share"], found["amount_per_award_eur"]) == (5, 0.2, 23_000)
    assert found["losers_share"] == pytest.approx(80 / 120)


def test_the_file_at_which_a_real_call_would_cost_what_it_allocates() -> None:
    # (46,000 − 10 × 60) / 10 files / 40 €.
    inv = call(calls=[real_call("k", candidates=10, awards=2, amount_eur=46_000.0)])
    assert calls.observed(inv)["break_even_file_h"].item() == pytest.approx(113.5)


def test_a_real_call_takes_the_steps_of_the_procedure_it_opens() -> None:
    # 5 h more for the call, 1 h and half an hour for each hearing; no report, which follows.
    inv = call(calls=[real_call("k", candidates=10, awards=2)])
    assert calls.observed(inv, steps={"call": STEPS})["hours"].item() == 140.0


def test_without_a_number_of_candidates_nothing_is_worked_out() -> None:
    found = calls.observed(call(calls=[real_call("k", awards=2, amount_eur=46_000.0)])).iloc[0]
    assert found[["hours", "share_of_amount", "candidates_per_award"]].isna().all()


def test_without_a_number_of_awards_the_losers_are_unknown() -> None:
    found = calls.observed(call(calls=[real_call("k", candidates=10)])).iloc[0]
    assert found["hours"] == 120.0
    assert math.isnan(found["losers_hours"])


def test_a_call_that_no_tool_answers_is_left_out_and_counted() -> None:
    inv = call(calls=[real_call("k", candidates=10), {"call_id": "towns", "name_fr": "towns", "candidates": 9}])
    assert calls.observed(inv)["call_id"].tolist() == ["k"]
    assert calls.untied(inv)["call_id"].tolist() == ["towns"]


# The repository's inventories


def test_every_step_of_the_procedures_is_an_obligation(real: bd.Inventory) -> None:
    found = calls.procedure_steps(real)
    assert found.loc[~found["present"], "obligation_id"].tolist() == []


def test_every_procedure_has_known_hours_on_both_sides(real: bd.Inventory) -> None:
    numbers = {p: 1 if p in calls.WITHOUT_RIVALS else 4 for p in calls.PROCEDURES}
    found = calls.procedures(real, candidates=numbers, awards=1, amount_eur=math.nan, duration_years=1)
    sides = found[found["party"].isin(["winners", "authority"])]
    assert sorted(sides["procedure"].unique()) == sorted(calls.PROCEDURES)
    assert (sides["hours"] > 0).all()


def test_every_real_call_with_candidates_has_a_cost(real: bd.Inventory) -> None:
    found = calls.observed(real)
    assert (found.loc[found["candidates"].notna(), "hours_p50"] > 0).all()


def test_the_thresholds_that_the_texts_state(real: bd.Inventory) -> None:
    found = calls.thresholds(real).groupby("procedure")["citation"].agg(list).to_dict()
    assert found == {
        "concession": ["CCP, art. R. 3126-1"], "extension": ["CASF, art. D. 313-2"],
        "grant": ["Décret n° 2001-495 du 6 juin 2001, art. 1er"],
        "tender": ["CCP, art. R. 2123-1, 3°", "CCP, art. R. 2122-8"],
    }  # fmt: skip
