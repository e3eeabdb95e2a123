"""What is asked twice: hand-worked cases of each rule, then what must hold for any inventory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import redundancy
from burden.analysis.askings import REUSES, Reuse
from burden.model.inventory import Inventory, frames, from_frames, select, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

Row = dict[str, Any]
REPEATS = ["asked_per_year", "repeats_per_year"]
HOURS = ["hours_per_year", "repeat_h_per_year", "repeat_h_per_year_high"]


def repeats(inv: Inventory, ptf: Portfolio, reuse: Reuse = "same") -> list[list[float]]:
    """Asked and repeated a year, row by row."""
    return redundancy.repeated(inv, ptf, reuse=reuse)[REPEATS].to_numpy().tolist()  # type: ignore[no-any-return]


def two_tools(first: Row, second: Row, **tables: Any) -> Inventory:
    """Tools A and B, both yearly and per establishment, that ask for days."""
    return inventory(
        [obligation("A"), obligation("B")], [asks("A", "days") | first, asks("B", "days") | second], **tables
    )


# --- same --------------------------------------------------------------------------------------


def test_the_same_asked_by_two_tools_repeats_once() -> None:
    assert repeats(two_tools({}, {}), portfolio({})) == [[2, 1]]


def test_statutes_sent_with_the_budget_of_each_of_eight_services_are_seven_repeats() -> None:
    inv = inventory([obligation("BUD")], [asks("BUD", "project", grain="operator")])
    ptf = portfolio({"actor_id": "association"}, *[{}] * 8)
    assert repeats(inv, ptf) == [[8, 7]]


def test_statutes_sent_by_the_operator_as_well_repeat_once_more() -> None:
    inv = inventory(
        [obligation("BUD"), obligation("SEAT", per="operator")],
        [asks(o, "project", grain="operator") for o in ("BUD", "SEAT")],
        [duty("BUD"), duty("SEAT", "operator")],
    )
    ptf = portfolio({"actor_id": "association"}, *[{}] * 8)
    assert repeats(inv, ptf) == [[9, 8]]


def test_what_repeats_about_an_operator_stands_under_its_own_type() -> None:
    inv = inventory([obligation("BUD")], [asks("BUD", "project", grain="operator")])
    frame = redundancy.repeated(inv, portfolio({"actor_id": "association"}, {}, {}), reuse="same")
    assert frame[["actor_id", *REPEATS]].to_numpy().tolist() == [["association", 2, 1]]


def test_an_operator_without_a_row_of_its_own_still_repeats() -> None:
    inv = inventory([obligation("BUD")], [asks("BUD", "project", grain="operator")])
    frame = redundancy.repeated(inv, portfolio(*[{}] * 8))
    assert frame[["actor_id", "repeats_per_year"]].to_numpy().tolist() == [["operator", 7]]


def test_an_establishment_is_asked_once_whatever_the_form_is_counted_per() -> None:
    # 12 children, a yearly form each that also asks the capacity of the home, which the budget asks.
    inv = inventory(
        [obligation("CHILD", per="person"), obligation("BUD")], [asks("CHILD", "ftes"), asks("BUD", "ftes")]
    )
    assert repeats(inv, portfolio({"person": 12})) == [[13, 12]]


def test_an_establishment_that_counts_none_gives_nothing() -> None:
    # Two forms that ask the capacity, one per incident and one per admission: five of each here, none there.
    inv = inventory(
        [obligation("INC", per="incident"), obligation("ADM", per="admission")],
        [asks("INC", "ftes"), asks("ADM", "ftes")],
    )
    assert repeats(inv, portfolio({"incident": 5, "admission": 5}, {"incident": 0, "admission": 0})) == [[10, 9]]


def test_two_establishments_do_not_repeat_one_another() -> None:
    inv = inventory([obligation("A")], [asks("A", "days")])
    assert repeats(inv, portfolio({}, {})) == []


@pytest.mark.parametrize("facet", ["reference_period", "perimeter", "unit"])
def test_another_facet_is_not_the_same(facet: str) -> None:
    other = {"reference_period": "forecast_year", "perimeter": "activity", "unit": "hours"}[facet]
    assert repeats(two_tools({}, {facet: other}), portfolio({})) == []


@pytest.mark.parametrize("facet", ["reference_period", "perimeter", "unit"])
def test_a_facet_that_both_leave_open_is_not_the_same(facet: str) -> None:
    inv = two_tools({facet: "unspecified"}, {facet: "unspecified"})
    assert repeats(inv, portfolio({})) == []


def test_what_is_asked_on_the_date_of_each_request_is_not_the_same() -> None:
    inv = two_tools({"reference_period": "request_date"}, {"reference_period": "request_date"})
    assert repeats(inv, portfolio({})) == []


def test_a_facet_left_open_repeats_after_agreement() -> None:
    inv = two_tools({"perimeter": "unspecified"}, {"perimeter": "unspecified"})
    assert repeats(inv, portfolio({}), "harmonise") == [[2, 1]]


def test_the_shares_of_two_recipients_are_not_the_same() -> None:
    share = {"perimeter": "recipient_share"}
    reached = [{"obligation_id": "A", "authority_id": "ars"}, {"obligation_id": "B", "authority_id": "departement"}]
    assert repeats(two_tools(share, share, recipients=reached), portfolio({})) == []
    assert repeats(two_tools({}, {}, recipients=reached), portfolio({})) == [[2, 1]]
    assert repeats(two_tools(share, share), portfolio({})) == [[2, 1]]


def test_the_share_of_the_same_recipients_is_the_same_in_whatever_order_they_are_listed() -> None:
    share = {"perimeter": "recipient_share"}
    reached = [{"obligation_id": o, "authority_id": a} for o, a in (("A", "ars"), ("A", "departement"))]
    reached += [{"obligation_id": "B", "authority_id": a} for a in ("departement", "ars")]
    assert repeats(two_tools(share, share, recipients=reached), portfolio({})) == [[2, 1]]


@pytest.mark.parametrize(("requiring", "expected"), [("ars", [[2, 1]]), ("departement", []), (None, [])])
def test_a_share_without_recipients_is_of_who_requires_it_if_that_is_known(
    requiring: str | None, expected: list[list[float]]
) -> None:
    tools = [obligation("A", required_by_id=requiring and "ars"), obligation("B", required_by_id=requiring)]
    inv = inventory(tools, [asks(o, "days", perimeter="recipient_share") for o in ("A", "B")])
    assert repeats(inv, portfolio({})) == expected


def test_slots_of_one_form_are_not_a_repeat() -> None:
    inv = inventory([obligation("A")], [asks("A", "days"), asks("A", "days", label_fr="again")])
    assert repeats(inv, portfolio({}), "harmonise") == []


def test_persons_in_a_form_counted_per_establishment_stand_alone() -> None:
    inv = two_tools({"grain": "person"}, {"grain": "person"})
    assert repeats(inv, portfolio({"person": 5}), "harmonise") == []


def test_exclusive_regimes_make_no_repeat() -> None:
    inv = inventory(
        [obligation("BUDGET"), obligation("EPRD")],
        [asks("BUDGET", "days"), asks("EPRD", "days")],
        [duty("BUDGET", required_tags="budget"), duty("EPRD", required_tags="eprd")],
    )
    assert repeats(inv, portfolio({"tags": "budget"}, {"tags": "eprd"})) == []


def test_what_a_share_of_the_units_owes_is_no_repeat() -> None:
    inv = two_tools({}, {}, duties=[duty("A"), duty("B", share=0.5)])
    assert repeats(inv, portfolio({})) == []


def test_an_exempt_unit_has_no_repeat() -> None:
    assert repeats(two_tools({}, {}), portfolio({"exempt_obligation_ids": "B"})) == []


# --- how often ---------------------------------------------------------------------------------


def test_the_freshest_rate_stays() -> None:
    # 12 a month and 1 a year: the yearly one is the repeat.
    inv = inventory([obligation("M", period="P1M"), obligation("Y")], [asks("M", "days"), asks("Y", "days")])
    assert repeats(inv, portfolio({})) == [[13, 1]]


def test_hours_run_from_the_dearest_to_the_cheapest_asking_kept() -> None:
    # Today 12 × 10 min + 60 min = 3 h. Cheapest kept: 12 × 10 min = 2 h. Dearest kept: 12 × 60 min
    # is more than asking both, so all 3 h.
    inv = inventory([obligation("M", period="P1M"), obligation("Y")], [asks("M", "days", 10), asks("Y", "days", 60)])
    rows = redundancy.repeated(inv, portfolio({}), reuse="same")
    assert rows[HOURS].to_numpy().tolist() == [pytest.approx([3, 0, 1])]


def test_part_of_a_population_adds_only_what_it_is_asked_more_often() -> None:
    # 10 children a year, 4 of them under two each month: 10 + 48 asked; 10 + 4 × 11 given.
    inv = inventory(
        [obligation("ALL", per="person"), obligation("BABY", per="under_2", period="P1M")],
        [asks(o, "days", grain="person") for o in ("ALL", "BABY")],
    )
    assert repeats(inv, portfolio({"person": 10, "under_2": 4})) == [[58, 4]]


def test_two_parts_of_a_population_are_never_the_same_members() -> None:
    inv = inventory(
        [obligation("COURT", per="judicial"), obligation("BABY", per="under_2")],
        [asks(o, "days", grain="person") for o in ("COURT", "BABY")],
    )
    assert repeats(inv, portfolio({"person": 10, "judicial": 8, "under_2": 8})) == []


def test_parts_that_overlap_never_exceed_what_is_asked() -> None:
    # 10 + 8 + 8 asked yearly, the parts overlap by 6 at least; each part repeats the whole.
    inv = inventory(
        [obligation("ALL", per="person"), obligation("COURT", per="judicial"), obligation("BABY", per="under_2")],
        [asks(o, "days", grain="person") for o in ("ALL", "COURT", "BABY")],
    )
    assert repeats(inv, portfolio({"person": 10, "judicial": 8, "under_2": 8})) == [[26, 16]]


def test_members_of_one_unit_owed_by_it_and_by_its_operator_repeat() -> None:
    inv = inventory(
        [obligation("OWN", per="person"), obligation("SEAT", per="person")],
        [asks(o, "days", grain="person") for o in ("OWN", "SEAT")],
        [duty("OWN"), duty("SEAT", "operator")],
    )
    # The operator counts 9: the 4 and 3 of its units and 2 of its head office.
    ptf = portfolio({"actor_id": "association", "person": 9}, {"person": 4}, {"person": 3})
    rows = redundancy.repeated(inv, ptf, reuse="same").set_index("actor_id")
    assert rows.loc["mecs", REPEATS].tolist() == [14, 7]
    assert "association" not in rows.index


def test_an_answer_that_lasts_is_given_once_a_year_whatever_the_events() -> None:
    inv = inventory(
        [obligation("INC", per="incident", period="event"), obligation("Y")],
        [asks(o, "project", reference_period="permanent") for o in ("INC", "Y")],
    )
    assert repeats(inv, portfolio({"incident": 5})) == [[6, 5]]


def test_half_an_event_a_year_asks_what_lasts_half_as_often() -> None:
    # One incident every second year: 0.5 + 0.2 asked; 0.5 given, as a fifth of a year is less fresh.
    inv = inventory(
        [obligation("INC", per="incident", period="event"), obligation("Y", period="P5Y")],
        [asks(o, "project", reference_period="permanent") for o in ("INC", "Y")],
    )
    assert repeats(inv, portfolio({"incident": 0.5}, {"incident": 0.5})) == [pytest.approx([1.4, 0.4])]


def test_an_answer_of_the_moment_is_given_at_each_event() -> None:
    inv = inventory(
        [obligation("A", per="incident", period="event"), obligation("B", per="incident", period="event")],
        [asks(o, "project", reference_period="event") for o in ("A", "B")],
    )
    assert repeats(inv, portfolio({"incident": 5})) == [[10, 5]]


def test_what_is_told_at_events_stays_apart_from_what_is_told_of_them_once_a_year() -> None:
    # Two forms at each of five incidents; a yearly form for each of three persons, which is told once.
    tools = [obligation(o, per="incident", period="event") for o in ("A", "B")] + [obligation("YEAR", per="person")]
    inv = inventory(tools, [asks(o, "project", reference_period="event") for o in ("A", "B", "YEAR")])
    assert repeats(inv, portfolio({"incident": 5, "person": 3})) == [[13, 7]]


def test_answers_at_other_events_are_other_answers() -> None:
    inv = inventory(
        [obligation("A", per="incident", period="event"), obligation("B", per="admission", period="event")],
        [asks(o, "project", reference_period="event") for o in ("A", "B")],
    )
    assert repeats(inv, portfolio({"incident": 5, "admission": 5}), "harmonise") == []


def test_events_of_two_units_about_their_operator_are_other_answers() -> None:
    inv = inventory(
        [obligation("A", per="incident", period="event"), obligation("B", per="incident", period="event")],
        [asks(o, "project", grain="operator", reference_period="event") for o in ("A", "B")],
        [duty("A", "mecs"), duty("B", "ehpad")],
    )
    ptf = portfolio({"incident": 3}, {"actor_id": "ehpad", "incident": 2})
    assert repeats(inv, ptf, "harmonise") == []


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize("grain", ["establishment", "operator"])
def test_what_is_asked_once_and_for_all_does_not_count(grain: str, share: float) -> None:
    inv = inventory(
        [obligation("A", period="once"), obligation("B", period="once")],
        [asks("A", "days", grain=grain), asks("B", "days", grain=grain)],
        [duty("A", share=share), duty("B", share=share)],
    )
    assert redundancy.summary(inv, portfolio({}))["today"].tolist() == [0] * 9


# --- derivable and to harmonise ----------------------------------------------------------------

MONTHS = {"reference_period": "realised_month"}


@pytest.fixture
def months_and_year() -> list[Row]:
    return [obligation("M", period="P1M"), obligation("Y")]


def test_the_year_of_a_flow_is_the_sum_of_its_months(months_and_year: list[Row]) -> None:
    inv = inventory(months_and_year, [asks("M", "days", **MONTHS), asks("Y", "days")])
    assert repeats(inv, portfolio({}), "derivable") == [[13, 1]]


def test_the_year_of_a_stock_is_not(months_and_year: list[Row]) -> None:
    inv = inventory(months_and_year, [asks("M", "ftes", **MONTHS), asks("Y", "ftes")])
    assert repeats(inv, portfolio({}), "derivable") == []


def test_what_does_not_add_up_is_never_derived(months_and_year: list[Row]) -> None:
    inv = inventory(months_and_year, [asks("M", "project", **MONTHS), asks("Y", "project")])
    assert repeats(inv, portfolio({}), "derivable") == []


def test_months_are_not_derived_from_the_year(months_and_year: list[Row]) -> None:
    inv = inventory(months_and_year, [asks("M", "days"), asks("Y", "days", **MONTHS)])
    assert repeats(inv, portfolio({}), "derivable") == []


def test_a_year_in_another_unit_is_not_derived(months_and_year: list[Row]) -> None:
    inv = inventory(months_and_year, [asks("M", "days", unit="hours", **MONTHS), asks("Y", "days")])
    assert repeats(inv, portfolio({}), "derivable") == []


@pytest.mark.parametrize(("per", "expected"), [("person", [[6, 1]]), ("under_2", [])])
def test_a_total_is_derived_from_the_list_of_all_members_only(per: str, expected: list[list[float]]) -> None:
    inv = inventory(
        [obligation("LIST", per=per), obligation("Y")], [asks("LIST", "days", grain="person"), asks("Y", "days")]
    )
    assert repeats(inv, portfolio({"person": 5, "under_2": 5}), "derivable") == expected


def test_a_total_is_not_derived_from_the_list_of_another_home() -> None:
    # Five of staff in one home and nobody in the other, whose total is given all the same.
    inv = inventory(
        [obligation("LIST", per="staff"), obligation("Y")],
        [asks("LIST", "days", grain="staff_member"), asks("Y", "days")],
    )
    assert repeats(inv, portfolio({"staff": 5}, {"staff": 0}), "derivable") == [[7, 1]]


def test_a_total_asked_more_often_than_the_list_is_not_derived() -> None:
    inv = inventory(
        [obligation("LIST", per="person"), obligation("M", period="P1M")],
        [asks("LIST", "days", grain="person"), asks("M", "days")],
    )
    assert repeats(inv, portfolio({"person": 5}), "harmonise") == []


def test_the_year_of_one_part_is_not_derived_from_the_months_of_another() -> None:
    tools = [obligation("M", period="P1M", per="judicial"), obligation("Y", per="under_2")]
    inv = inventory(tools, [asks("M", "days", grain="person", **MONTHS), asks("Y", "days", grain="person")])
    assert repeats(inv, portfolio({"person": 9, "judicial": 4, "under_2": 5}), "derivable") == []


def test_the_year_of_a_part_is_derived_from_the_months_of_all() -> None:
    tools = [obligation("M", period="P1M", per="person"), obligation("Y", per="under_2")]
    inv = inventory(tools, [asks("M", "days", grain="person", **MONTHS), asks("Y", "days", grain="person")])
    assert repeats(inv, portfolio({"person": 9, "under_2": 5}), "derivable") == [[9 * 12 + 5, 5]]


def test_an_operators_value_is_not_derived_from_its_units() -> None:
    inv = inventory(
        [obligation("UNIT"), obligation("SEAT", per="operator")],
        [asks("UNIT", "days"), asks("SEAT", "days", grain="operator")],
        [duty("UNIT"), duty("SEAT", "operator")],
    )
    assert repeats(inv, portfolio({"actor_id": "association"}, {}, {}), "harmonise") == []


# --- what is unknown ---------------------------------------------------------------------------


def unmeasured(inv: Inventory, ptf: Portfolio) -> int:
    return int(redundancy.summary(inv, ptf)["unmeasured"].iloc[0])


def test_a_threshold_with_an_unknown_size_is_unmeasured() -> None:
    sized = duty("B", threshold_population_id="person", threshold_minimum=50)
    inv = two_tools({}, {}, duties=[duty("A"), sized])
    assert (unmeasured(inv, portfolio({})), repeats(inv, portfolio({}))) == (1, [])


@pytest.mark.parametrize("grain", ["person", "establishment", "operator"])
def test_an_unknown_number_is_unmeasured_however_many_units_lack_it(grain: str) -> None:
    inv = inventory([obligation("A", per="person")], [asks("A", "days", grain=grain)])
    assert unmeasured(inv, portfolio({}, {}, {"person": 3})) == 1


def test_an_unknown_time_repeats_without_hours() -> None:
    inv = two_tools({"minutes": None}, {"minutes": None})
    rows = redundancy.repeated(inv, portfolio({}), reuse="same")
    assert rows[[*REPEATS, "hours_per_year"]].to_numpy().tolist() == [[2, 1, 0]]
    assert unmeasured(inv, portfolio({})) == 2


# --- tables ------------------------------------------------------------------------------------


def test_summary_of_two_tools_that_share_one_of_three_items() -> None:
    # A asks days (60 min) and ftes (30 min), B asks days (60 min): 3 items, 2.5 h; without the
    # repeat 2 items, 1.5 h.
    inv = inventory([obligation("A"), obligation("B")], [asks("A", "days"), asks("A", "ftes", 30), asks("B", "days")])
    rows = redundancy.summary(inv, portfolio({})).set_index(["reuse", "counting_unit"])
    assert rows.loc["same", ["today", "once"]].to_numpy().tolist() == [[3, 2], [3, 2], [2.5, 1.5]]
    assert rows.loc[("same", "hours"), "redundancy"] == pytest.approx(1 - 1.5 / 2.5)


def test_the_cheapest_asking_that_stays_saves_most() -> None:
    # An hour in A, half an hour in B: 1.5 h; A stays, cautiously, and half an hour goes, or B, and an hour goes.
    rows = redundancy.summary(two_tools({}, {"minutes": 30.0}), portfolio({}))
    shares = rows[rows["counting_unit"] == "hours"].iloc[0][["redundancy", "redundancy_high"]].tolist()
    assert shares == pytest.approx([1 / 3, 2 / 3])


def test_one_item_asked_once_has_a_redundancy_and_it_is_none() -> None:
    rows = redundancy.summary(inventory([obligation("A")], [asks("A", "days")]), portfolio({}))
    assert rows[["today", "redundancy", "redundancy_high"]].to_numpy().tolist() == [[1, 0, 0]] * 9


def test_repeated_names_the_tools_and_authorities_that_ask_this_type() -> None:
    inv = inventory(
        [obligation("A"), obligation("B"), obligation("C", required_by_id="departement")],
        [asks(o, "days") for o in ("A", "B", "C")],
        [duty("A"), duty("B", "mecs"), duty("C", "ehpad")],
        recipients=[
            {"obligation_id": "A", "authority_id": "departement"},
            {"obligation_id": "A", "authority_id": "works_council"},
        ],
    )
    rows = redundancy.repeated(inv, portfolio({}, {"actor_id": "ehpad"})).set_index("actor_id")
    assert rows.loc["mecs", ["obligation_ids", "authority_ids"]].tolist() == ["A|B", "ars|departement"]
    assert rows.loc["ehpad", ["obligation_ids", "authority_ids"]].tolist() == ["A|C", "departement"]
    assert rows.loc["ehpad", ["obligations", "authorities"]].tolist() == [2, 1]


def test_askers_of_a_portfolio_leave_out_what_falls_on_nobody() -> None:
    inv = inventory(
        [obligation("A"), obligation("B")], [asks("A", "days"), asks("B", "days")], [duty("A"), duty("B", "ehpad")]
    )
    assert redundancy.askers(inv)["obligation_ids"].tolist() == ["A|B"]
    assert redundancy.askers(inv, portfolio({}))["obligation_ids"].tolist() == ["A"]


@pytest.mark.parametrize(("incidents", "borne"), [(2, ["A"]), (0, []), (None, ["A"])])
def test_what_happens_to_nobody_is_not_borne_but_what_may_happen_is(incidents: float | None, borne: list[str]) -> None:
    inv = inventory([obligation("A", per="incident", period="event")], [asks("A", "days")])
    assert redundancy.borne(inv, portfolio({"incident": incidents})) == borne


def test_what_occurs_for_one_of_its_items_is_borne() -> None:
    inv = inventory([obligation("A")], [asks("A", "days", population_id="incident")])
    assert redundancy.borne(inv, portfolio({"incident": 0})) == ["A"]


def test_what_may_fall_on_some_unit_is_borne() -> None:
    sized = duty("A", threshold_population_id="person", threshold_minimum=50)
    inv = inventory([obligation("A"), obligation("B")], [], [sized, duty("B", "ehpad")])
    assert redundancy.borne(inv, portfolio({})) == ["A"]


def test_who_requires_it_stands_alone_where_it_is_only_kept_at_disposal() -> None:
    inv = inventory(
        [obligation("KEPT"), obligation("SENT"), obligation("TOLD")],
        [],
        recipients=[
            {"obligation_id": "KEPT", "authority_id": "departement", "mode": "on_request"},
            {"obligation_id": "SENT", "authority_id": "departement"},
            {"obligation_id": "TOLD", "authority_id": "works_council"},
        ],
    )
    sent = [["SENT", "departement"], ["KEPT", "ars"]]
    assert redundancy.recipients_of(inv).to_numpy().tolist() == sent
    told = [sent[0], ["TOLD", "works_council"], sent[1]]
    assert redundancy.recipients_of(inv, audiences=True).to_numpy().tolist() == told


def test_repeats_stand_by_hours_then_number_then_name() -> None:
    # One repeat of project takes two hours; one of days and one of ftes an hour; two of talk and one of free nothing.
    inv = inventory(
        [obligation("A"), obligation("B"), obligation("M", period="P1M")],
        [asks(o, c, m) for o in ("A", "B") for c, m in (("ftes", 60), ("days", 60), ("project", 120))]
        + [asks(o, "free", 0) for o in ("A", "B")]
        + [asks(o, "talk", 0) for o in ("A", "B", "M")],
        concepts=[
            {"concept_id": c, "kind": "quantity", "additive": "no"} for c in ("days", "ftes", "project", "free", "talk")
        ],
    )
    rows = redundancy.repeated(inv, portfolio({}), reuse="same")
    assert rows["concept_id"].tolist() == ["project", "days", "ftes", "talk", "free"]


@pytest.mark.parametrize("tools", [["A"], []])
def test_sets_of_nothing_have_no_redundancy(tools: list[str]) -> None:
    rows = redundancy.sets(inventory([obligation(t) for t in tools], []))
    assert rows[["obligations", "items_asked", "items_distinct"]].tolist() == [0, 0, 0]
    assert rows[["redundancy", "redundancy_by_frequency", "asked_twice_share", "obligations_per_item"]].isna().all()


def test_what_nobody_is_known_to_ask_has_no_authority() -> None:
    rows = redundancy.askers(inventory([obligation("A", required_by_id=None)], [asks("A", "days")]))
    columns = ["obligations", "authorities", "obligation_ids", "authority_ids"]
    assert rows[columns].to_numpy().tolist() == [[1, 0, "A", ""]]


def test_identifiers_are_apart() -> None:
    inv = inventory([obligation("A"), obligation("B")], [asks("A", "siret"), asks("B", "siret")])
    assert redundancy.repeated(inv, portfolio({})).empty
    assert redundancy.repeated(inv, portfolio({}), identifiers=True)["repeats_per_year"].tolist() == [1]


def test_sets_leave_identifiers_out() -> None:
    inv = inventory([obligation("A"), obligation("B")], [asks("A", "siret"), asks("A", "days"), asks("B", "days")])
    rows = redundancy.sets(inv)
    assert rows[["obligations", "items_asked", "items_distinct", "redundancy"]].tolist() == [2, 2, 1, 0.5]


def test_names_and_numbers_are_no_overlap_unless_they_are_counted() -> None:
    inv = inventory([obligation("A"), obligation("B")], [asks("A", "siret"), asks("A", "days"), asks("B", "siret")])
    counted = {"identifiers": True}
    assert (redundancy.incidence(inv)[2], redundancy.incidence(inv, **counted)[2]) == (["days"], ["siret", "days"])
    assert (len(redundancy.overlap(inv)), len(redundancy.overlap(inv, **counted))) == (0, 1)
    assert redundancy.containment(inv)["items"].tolist() == [1, 0]
    assert redundancy.containment(inv, **counted)["items"].tolist() == [2, 1]


def test_overlap_leaves_out_pairs_that_no_unit_owes_together() -> None:
    inv = inventory(
        [obligation("BUDGET"), obligation("EPRD")],
        [asks("BUDGET", "days"), asks("EPRD", "days")],
        [duty("BUDGET", required_tags="budget"), duty("EPRD", required_tags="eprd")],
    )
    assert (len(redundancy.overlap(inv)), len(redundancy.overlap(inv, exclusive=True))) == (0, 1)


def test_the_most_alike_pairs_come_first_then_those_that_share_most_then_by_name() -> None:
    # X and Y share two items of two, A, B and C one of one, LONG one of two, and one of three.
    asked = {"C": ["days"], "B": ["days"], "A": ["days"], "LONG": ["days", "ftes"],
             "X": ["ftes", "project"], "Y": ["ftes", "project"]}  # fmt: skip
    inv = inventory([obligation(o) for o in asked], [asks(o, c) for o, cs in asked.items() for c in cs])
    pairs = redundancy.overlap(inv)
    assert list(pairs) == ["a", "b", "shared", "jaccard", "overlap", "containment_a_b", "containment_b_a"]
    assert pairs[["a", "b"]].to_numpy().tolist() == [
        ["X", "Y"], ["B", "A"], ["C", "A"], ["C", "B"], ["A", "LONG"], ["B", "LONG"], ["C", "LONG"],
        ["LONG", "X"], ["LONG", "Y"],
    ]  # fmt: skip


def test_overlap_of_three_items_and_two_of_them() -> None:
    # a = {days, ftes, project}, b = {days, ftes}: 2 shared of 3; b is contained in a.
    inv = inventory(
        [obligation("A"), obligation("B")],
        [asks("A", c) for c in ("days", "ftes", "project")] + [asks("B", c) for c in ("days", "ftes")],
    )
    columns = ["shared", "jaccard", "overlap", "containment_a_b", "containment_b_a"]
    row = redundancy.overlap(inv)[columns].iloc[0].tolist()
    assert row == pytest.approx([2, 2 / 3, 1, 2 / 3, 1])


def test_containment_counts_what_only_one_asks() -> None:
    inv = inventory(
        [obligation("A"), obligation("B"), obligation("EMPTY")],
        [asks("A", "days"), asks("A", "project"), asks("A", "ftes"), asks("B", "days")],
    )
    rows = redundancy.containment(inv).set_index("obligation_id")
    assert rows.loc[["A", "B"], "answered_elsewhere_share"].tolist() == pytest.approx([1 / 3, 1])
    assert rows["unique_concept_ids"].tolist() == ["ftes|project", "", ""]
    assert rows[["items", "unique_items"]].dtypes.tolist() == ["int64", "int64"]
    assert rows[["items", "unique_items"]].to_numpy().tolist() == [[3, 2], [1, 0], [0, 0]]
    assert pd.isna(rows.loc["EMPTY", "answered_elsewhere_share"])


def test_by_evidence_counts_only_rows_as_sure() -> None:
    inv = two_tools({}, {"evidence": "recalled"})
    rows = redundancy.by_evidence(inv, portfolio({})).set_index(["evidence", "reuse"])
    assert rows.loc[("text", "same"), ["today", "redundancy", "requests"]].tolist() == [1, 0, 1]
    assert rows.loc[("recalled", "same"), ["today", "redundancy", "requests"]].tolist() == [2, 0.5, 2]


# --- any inventory -----------------------------------------------------------------------------


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_redundancy_is_a_share(inv: Inventory, ptf: Portfolio) -> None:
    rows = redundancy.summary(inv, ptf)
    shares = rows[["redundancy", "redundancy_high"]].stack().dropna()
    assert shares.between(-1e-9, 1).all()


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_a_wider_class_of_reuse_saves_no_less(inv: Inventory, ptf: Portfolio) -> None:
    rows = redundancy.summary(inv, ptf).pivot(index="counting_unit", columns="reuse", values="redundancy")
    ordered = rows[list(REUSES)].dropna()
    assert (ordered.diff(axis=1).iloc[:, 1:] >= -1e-9).all(axis=None)


@given(inv=inventories(), ptf=portfolios(), seed=st.integers(0, 9))
@settings(max_examples=5, deadline=None)
def test_renaming_and_reordering_change_no_total(inv: Inventory, ptf: Portfolio, seed: int) -> None:
    renamed = from_frames("renamed", {t: _renamed(f).sample(frac=1, random_state=seed) for t, f in frames(inv).items()})
    units = ptf.units.assign(
        unit_id="x" + ptf.units["unit_id"], operator_id="x" + ptf.units["operator_id"],
        exempt_obligation_ids=ptf.units["exempt_obligation_ids"].str.replace("o", "z"),
    )  # fmt: skip
    columns = ["today", "once", "once_low", "unmeasured"]
    before = redundancy.summary(inv, ptf)[columns].to_numpy()
    after = redundancy.summary(renamed, portfolio_from_frame("renamed", units))[columns].to_numpy()
    assert after.tolist() == [pytest.approx(row) for row in before.tolist()]


def _renamed(frame: pd.DataFrame) -> pd.DataFrame:
    columns: Sequence[str] = [c for c in ("obligation_id",) if c in frame]
    return frame.assign(**{c: frame[c].str.replace("o", "z") for c in columns})


@given(inv=inventories(), ptf=portfolios())
@settings(max_examples=5, deadline=None)
def test_a_unit_under_one_regime_repeats_nothing_of_the_other(inv: Inventory, ptf: Portfolio) -> None:
    duties = inv.duties.drop_duplicates("obligation_id").reset_index(drop=True)
    regime = ["budget" if i % 2 else "eprd" for i in range(len(duties))]
    parted = with_tables(inv, {"duties": duties.assign(required_tags=regime, excluded_tags="")})
    budget_units = portfolio_from_frame("budget", ptf.units.assign(tags="budget"))
    budget_only = select(parted, obligation=duties["obligation_id"][1::2].tolist())
    columns = ["today", "once", "once_low"]
    both, one = (redundancy.summary(i, budget_units)[columns].to_numpy() for i in (parted, budget_only))
    assert both.tolist() == [pytest.approx(row) for row in one.tolist()]
