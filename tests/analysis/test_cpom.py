from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.analysis import cpom, ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.analysis.contract_rows import association, budget_and_contract

INV = budget_and_contract()
ALLOCATION = {
    "allocation_id": "A", "silo_id": "s", "actor_id": "ehpad", "at_home": "no", "paid_by_person": False,
    "tariff_form": "day_price", "price_unit": "day", "cpom": "mandatory", "budget_cycle": "eprd_errd",
}  # fmt: skip


def tags(ptf: Portfolio) -> dict[str, str]:
    units = ptf.units
    return dict(zip(units["unit_id"], units["tags"], strict=True))


def compared(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    return cpom.compare(inv, cpom.cases(inv, ptf, "op"))


def respondent(frame: pd.DataFrame, column: str) -> dict[str, float]:
    own = frame[frame["side"] == "respondent"]
    return dict(zip(own["case"], own[column], strict=True))


def test_a_contract_adds_tags_and_a_number_and_nothing_else() -> None:
    under = cpom.with_contract(INV, association(), "op")
    assert tags(under)["op"] == "cpom|cpom_documents_limited|cpom_review_midterm"
    assert tags(under)["s0"] == "budget|cpom|cpom_documents_limited"
    assert under.units.set_index("unit_id").loc["op", ["cpom", "cpom_service"]].tolist() == [1.0, 3.0]


def test_taking_the_contract_away_gives_the_tags_of_before() -> None:
    before = association()
    after = cpom.without_contract(INV, cpom.with_contract(INV, before, "op"), "op")
    assert tags(after) == tags(before)


def test_other_operators_stay_as_they_are() -> None:
    other = pd.DataFrame([{"unit_id": "x", "operator_id": "other", "actor_id": "mecs", "tags": "budget"}])
    both = portfolio_from_frame("two", pd.concat([association().units, other], ignore_index=True))
    assert tags(cpom.with_contract(INV, both, "op"))["x"] == "budget"


def test_a_contract_may_cover_some_units_only() -> None:
    under = cpom.with_contract(INV, association(), "op", units=["s1"])
    assert (tags(under)["s0"], tags(under)["s1"]) == ("budget", "budget|cpom|cpom_documents_limited")
    assert under.units.set_index("unit_id").loc["op", "cpom_service"] == 1.0


def test_a_type_that_must_have_a_contract_goes_under_the_eprd() -> None:
    inv = budget_and_contract(allocations=[ALLOCATION])
    units = association().units
    units.loc[units["unit_id"] == "s0", "actor_id"] = "ehpad"
    under = cpom.with_contract(inv, portfolio_from_frame("mixed", units), "op", variant="practice")
    assert tags(under)["s0"] == "cpom|eprd"
    assert {"eprd", "mandatory_cpom"} <= set(tags(under)["op"].split("|"))


def test_where_a_contract_is_mandatory_doing_without_is_no_choice() -> None:
    inv = budget_and_contract(allocations=[ALLOCATION])
    units = association().units
    units.loc[units["unit_id"] == "s0", "actor_id"] = "ehpad"
    mixed = portfolio_from_frame("mixed", units)
    assert not cpom.lawful(inv, mixed, "op")
    assert cpom.lawful(inv, mixed, "op", units=["s1"])


def test_hours_by_hand_without_and_with() -> None:
    # Three budgets; a contract and a mid-term; three budgets, a contract and a review.
    hours = respondent(compared(INV, association()), "hours_per_year")
    assert hours == pytest.approx({"without": 3.0, "law": 1.2, "practice": 6.0})


def test_a_tool_that_is_the_same_in_each_case_is_in_the_whole_only() -> None:
    found = compared(INV, association())
    whole = respondent(found, "all_hours_per_year")
    touched = respondent(found, "hours_per_year")
    assert {c: whole[c] - touched[c] for c in whole} == pytest.approx({"without": 3.0, "law": 3.0, "practice": 3.0})


def test_the_difference_has_a_sign_and_a_probability() -> None:
    found = compared(INV, association())
    medians = respondent(found, "difference_p50")
    assert medians == pytest.approx({"without": 0.0, "law": -1.8, "practice": 3.0}, abs=1e-5)
    shares = respondent(found, "less_share")
    assert (shares["law"], shares["practice"]) == (1.0, 0.0)


def test_a_meeting_that_nobody_timed_is_counted_and_adds_no_hour() -> None:
    meeting = {"obligation_id": "CONTRACT", "activity": "meeting", "side": "respondent"}
    found = compared(budget_and_contract(activities=[meeting]), association())
    assert respondent(found, "rows_unmeasured") == {"without": 0, "law": 1, "practice": 1}
    assert respondent(found, "hours_per_year")["law"] == pytest.approx(1.2)


def test_what_is_done_once_is_spread_over_the_cycle() -> None:
    learning = {"obligation_id": "BUDGET", "activity": "familiarisation", "side": "respondent", "minutes": 30.0,
                "one_off": True}  # fmt: skip
    found = compared(budget_and_contract(activities=[learning]), association())
    assert respondent(found, "once_h_per_year") == pytest.approx({"without": 0.3, "law": 0.0, "practice": 0.3})
    assert respondent(found, "hours_per_cycle")["without"] == pytest.approx(5 * 3.0 + 1.5)


def test_both_sides_of_the_counter_are_apart() -> None:
    check = {"obligation_id": "BUDGET", "activity": "familiarisation", "side": "authority", "minutes": 60.0}
    found = compared(budget_and_contract(activities=[check]), association())
    of_authority = found[found["side"] == "authority"].set_index("case")["hours_per_year"]
    assert of_authority.to_dict() == pytest.approx({"without": 3.0, "law": 0.0, "practice": 3.0})


def test_a_contract_changes_the_tools_and_the_authorities_counted() -> None:
    found = compared(INV, association())
    assert respondent(found, "obligations") == {"without": 2, "law": 3, "practice": 4}
    assert respondent(found, "authorities") == {"without": 1, "law": 2, "practice": 2}


def test_a_contract_that_takes_nothing_away_costs_its_own_cycle() -> None:
    hours = respondent(compared(INV, association()), "hours_per_year")
    assert hours["practice"] - hours["without"] == pytest.approx(1.0 + 2.0)


@settings(max_examples=4, deadline=None)
@given(st.lists(st.sampled_from([0.0, 6.0, 60.0, 600.0]), min_size=5, max_size=5), st.integers(1, 6))
def test_the_two_variants_bracket_those_between(minutes: list[float], services: int) -> None:
    tools = ("BUDGET", "ACCOUNTS", "CONTRACT", "REVIEW", "EPRD")
    given_minutes = dict(zip(tools, minutes, strict=True))
    # A meeting every five years takes no longer than five.
    inv = budget_and_contract(given_minutes | {"MIDTERM": given_minutes["REVIEW"]})
    every = ("law", "limited_yearly", "kept_midterm", "practice")
    found = cpom.cases(inv, association(services), "op", variants=every)
    hours = {case: float(ledger.totals(inv, one)["hours_per_year"].iloc[0]) for case, one in found.portfolios.items()}
    assert all(hours["law"] - 1e-9 <= hours[v] <= hours["practice"] + 1e-9 for v in every)


def test_the_names_of_units_and_operators_change_nothing() -> None:
    units = association().units
    units["unit_id"] = units["unit_id"] + "-renamed"
    units["operator_id"] = "op-renamed"
    renamed = cpom.compare(INV, cpom.cases(INV, portfolio_from_frame("renamed", units), "op-renamed"))
    pd.testing.assert_frame_equal(renamed, compared(INV, association()))


def test_errors_of_one_tool_do_not_blur_the_difference_between_cases() -> None:
    # The budget is unsure by a factor of ten, and is in both cases: the contract adds its three hours all the same.
    inv = budget_and_contract()
    requests = inv.requests
    budget = requests["obligation_id"] == "BUDGET"
    requests.loc[budget, ["minutes_low", "minutes_high"]] = [6.0, 600.0]
    found = compared(with_tables(inv, {"requests": requests}), association())
    practice = found[(found["case"] == "practice") & (found["side"] == "respondent")].iloc[0]
    assert practice[["difference_p10", "difference_p90"]].tolist() == pytest.approx([3.0, 3.0], abs=1e-4)
    law = found[(found["case"] == "law") & (found["side"] == "respondent")].iloc[0]
    assert law["difference_p90"] - law["difference_p10"] > 1.0


def test_today_is_shown_where_the_operator_has_a_contract() -> None:
    under = cpom.with_contract(INV, association(), "op", variant="practice")
    found = compared(INV, under)
    assert respondent(found, "hours_per_year") == pytest.approx(
        {"without": 3.0, "today": 6.0, "law": 1.2, "practice": 6.0}
    )


def test_who_carries_it_adds_up_to_the_whole_and_moves_to_the_operator() -> None:
    carried = cpom.shift(INV, cpom.cases(INV, association(), "op"))
    by_level = carried.groupby(["case", "level"])["hours_per_year"].sum()
    assert by_level.to_dict() == pytest.approx({
        ("without", "establishment"): 3.0, ("law", "operator"): 1.2, ("practice", "establishment"): 3.0,
        ("practice", "operator"): 3.0,
    })  # fmt: skip


def test_tools_one_by_one_are_those_that_the_contract_touches() -> None:
    found = cpom.hours_by_tool(INV, cpom.cases(INV, association(), "op"))
    assert set(found["obligation_id"]) == {"BUDGET", "CONTRACT", "REVIEW", "MIDTERM"}
    assert found.groupby("case")["hours_per_year"].sum().to_dict() == pytest.approx(
        {"without": 3.0, "law": 1.2, "practice": 6.0}
    )


def test_it_pays_from_two_services_on_or_never() -> None:
    # One hour spared by service, for a cycle of 1.2: two services are enough. Nothing spared: never.
    pays = cpom.break_even(cpom.critical_size(INV, cpom.cases(INV, association(), "op"))).set_index("case")
    assert pays.loc["law", ["services", "services_likely", "services_sure"]].tolist() == [2.0, 2.0, 2.0]
    assert pays.loc["practice", ["services", "services_likely", "services_sure"]].isna().all()


def test_the_curve_passes_through_the_operator_itself() -> None:
    curve = cpom.critical_size(INV, cpom.cases(INV, association(4), "op"), services=[4])
    hours = dict(zip(curve["case"], curve["hours_per_year"], strict=True))
    assert hours == pytest.approx(respondent(compared(INV, association(4)), "hours_per_year"))


def test_what_the_operator_has_today_is_not_on_the_curve() -> None:
    under = cpom.with_contract(INV, association(), "op", variant="practice")
    found = cpom.cases(INV, under, "op", variants=["law"])
    assert "ACCOUNTS" not in found.touched
    curve = cpom.critical_size(INV, found, services=[3])
    bare = cpom.critical_size(INV, cpom.cases(INV, association(), "op", variants=["law"]), services=[3])
    pd.testing.assert_frame_equal(curve, bare)


def test_the_cases_say_what_differs_and_what_is_covered() -> None:
    found = cpom.cases(INV, association(), "op", units=["s1"])
    assert (found.touched, found.covered) == (("BUDGET", "CONTRACT", "REVIEW", "MIDTERM"), ("s1",))


def test_a_contract_worked_out_for_each_service_never_pays_here() -> None:
    curve = cpom.critical_size(INV, cpom.cases(INV, association(), "op", variants=["law"]), contract_each=True)
    assert cpom.break_even(curve)["services"].isna().all()
    assert curve.loc[(curve["services"] == 3) & (curve["case"] == "law"), "difference"].tolist() == pytest.approx([0.6])


def test_levers_tell_what_a_lighter_contract_would_do() -> None:
    found = cpom.levers(INV, association(), "op").set_index(["case", "contracts"])
    assert found.loc[("limited_yearly", "1"), "difference"] == pytest.approx(1 + 2 - 3)
    assert found.loc[("kept_midterm", "1"), "difference"] == pytest.approx(1.2)
    assert found.loc[("law", "1"), "pays_from"] == 2.0


def test_a_contract_by_authority_is_tried_where_several_price_the_services() -> None:
    pricing = [{"actor_id": "mecs", "role_id": "pricing_authority", "authority_id": a} for a in ("ars", "departement")]
    role = {"authority_id": "pricing_authority", "level": "role"}
    inv = budget_and_contract(competences=pricing, authorities=[
        {"authority_id": "ars", "level": "ars"}, {"authority_id": "departement", "level": "departement"}, role,
    ])  # fmt: skip
    assert cpom.contract_counts(inv, association(), "op") == [1, 2, "each"]
    found = cpom.levers(inv, association(), "op").set_index(["case", "contracts"])
    assert found.loc[("law", "2"), "difference"] == pytest.approx(2 * 1.2 - 3.0)


def test_size_multiplies_what_is_counted_by_size() -> None:
    inv = budget_and_contract()
    obligations = inv.obligations
    obligations.loc[obligations["obligation_id"] == "BUDGET", "population_id"] = "person"
    by_person = with_tables(inv, {"obligations": obligations})
    units = association().units.assign(person=[None, 2.0, 2.0, 2.0])
    found = cpom.cases(by_person, portfolio_from_frame("sized", units), "op")
    curve = cpom.critical_size(by_person, found, services=[3], sizes=[0.5, 1.0])
    without = curve[curve["case"] == "without"].set_index("size")["hours_per_year"]
    assert without.to_dict() == pytest.approx({0.5: 3.0, 1.0: 6.0})


def test_rules_are_told_silo_by_silo_the_strongest_first() -> None:
    optional = ALLOCATION | {"allocation_id": "B", "actor_id": "mecs", "cpom": "optional", "evidence": "recalled"}
    found = cpom.rules(budget_and_contract(allocations=[optional, ALLOCATION]))
    assert found[["cpom", "actor_ids", "evidence"]].to_numpy().tolist() == [
        ["mandatory", "ehpad", "text"], ["optional", "mecs", "recalled"],
    ]  # fmt: skip


@pytest.mark.parametrize(("change", "error", "said"), [
    ({"operator": "nobody"}, KeyError, "operator_id 'nobody' is not in the portfolio"),
    ({"units": ["s9"]}, KeyError, "unit_id 's9' is not a unit of 'op'"),
    ({"variant": "miracle"}, KeyError, "miracle"),
])  # fmt: skip
def test_what_does_not_exist_is_refused(change: dict[str, object], error: type[Exception], said: str) -> None:
    wanted = {"operator": "op", **change}
    with pytest.raises(error, match=said):
        cpom.with_contract(INV, association(), wanted.pop("operator"), **wanted)  # type: ignore[arg-type]


def test_an_operator_without_a_row_has_nobody_to_bear_the_contract() -> None:
    alone = portfolio_from_frame("alone", association().units.iloc[1:])
    with pytest.raises(ValueError, match="'op' has no row of its own"):
        cpom.with_contract(INV, alone, "op")


def test_a_service_outside_both_regimes_cannot_be_covered() -> None:
    with pytest.raises(ValueError, match="no unit under a budget or an EPRD"):
        cpom.with_contract(INV, association(tags=""), "op")


def test_no_service_is_no_contract() -> None:
    with pytest.raises(ValueError, match="one service at least"):
        cpom.critical_size(INV, cpom.cases(INV, association(), "op"), services=[0])
