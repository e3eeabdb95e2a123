"""The district's choice in the words of the inventory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.simplify import Plan, apply, plan, read_scenario
from burden.simplify.planning.changes import ITEMS, MEASURES, ways
from burden.simplify.planning.plan import faced
from burden.simplify.scenario import write_scenario
from tests.analysis.inventories import asks
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.district import SAVED
from tests.simplify.planning.rows import home, hours, meeting, received, rules, tool, two_tools


@pytest.fixture(scope="module")
def found(worked: Case) -> Plan:
    return worked[0]


def of(frame: pd.DataFrame, obligation: str) -> pd.Series:
    return frame[frame["obligation_id"] == obligation].iloc[0]


def test_each_measure_saves_this_by_hand(found: Plan) -> None:
    assert hours(found.measures) == pytest.approx(SAVED)


def test_measures_are_numbered_from_the_one_that_saves_most(found: Plan) -> None:
    assert found.measures["measure"].tolist() == [f"M{n}" for n in range(1, 7)]
    assert found.measures["saved"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("obligation", "kind"),
    [("ACC", "end"), ("PLAN", "merge"), ("BUD", "register"), ("SUR", "share"), ("GUARD", "share")],
)
def test_a_measure_is_of_this_kind(found: Plan, obligation: str, kind: str) -> None:
    assert of(found.measures, obligation)["kind"] == kind


@pytest.mark.parametrize(
    ("obligation", "acts", "gateways"),
    [
        ("ACC", "custom", "ars>departement"),
        ("PLAN", "order", ""),
        ("BUD", "", ""),
        ("SUR", "decree", "ars>caf"),
        ("GUARD", "", ""),
        ("CARE", "", "ars>departement"),
    ],
)
def test_a_measure_needs_these_acts_and_gateways(found: Plan, obligation: str, acts: str, gateways: str) -> None:
    row = of(found.measures, obligation)
    assert (row["acts"], row["gateways"]) == (acts, gateways)


@pytest.mark.parametrize(
    ("obligation", "decision"),
    [("ACC", "agreement"), ("PLAN", "act"), ("BUD", "none"), ("SUR", "act"), ("GUARD", "none"), ("CARE", "act")],
)
def test_a_measure_is_decided_by(found: Plan, obligation: str, decision: str) -> None:
    assert of(found.measures, obligation)["decision"] == decision


@pytest.mark.parametrize(
    ("obligation", "authorities"),
    [("ACC", {"ars", "departement"}), ("PLAN", {"ars"}), ("SUR", {"ars", "caf"}), ("GUARD", set())],
)
def test_these_authorities_must_decide_or_agree(found: Plan, obligation: str, authorities: set[str]) -> None:
    assert {a for a in of(found.measures, obligation)["authority_ids"].split("|") if a} == authorities


def test_the_reuse_of_a_measure_is_its_weakest(found: Plan) -> None:
    weakest = found.measures.set_index("obligation_id")["reuse"].to_dict()
    assert (weakest["SUR"], weakest["PLAN"], weakest["ACC"]) == ("harmonise", "same", "same")


def test_items_say_from_where_they_come(found: Plan) -> None:
    columns = ["obligation_id", "label_fr", "source_kind", "source_id", "source_label_fr", "register", "saved"]
    assert found.items[columns].to_numpy().tolist() == [
        ["BUD", "capacity", "register", "ars", "", "FINESS", 1.0],
        ["ACC", "days", "obligation", "BUD", "days", "", 1.0],
        ["ACC", "staff", "obligation", "BUD", "staff", "", 1.0],
        ["SUR", "staff", "obligation", "BUD", "staff", "", 1.0],
        ["PLAN", "report", "obligation", "REP", "report", "", 1.0],
        ["PLAN", "visits", "moved", "REP", "", "", 0.0],
        ["GUARD", "days", "obligation", "BUD", "days", "", 1.0],
        ["CARE", "names", "obligation", "BUD", "names", "", 1.0],
    ]


def test_every_item_belongs_to_a_measure_of_its_obligation(found: Plan) -> None:
    tool_of = found.measures.set_index("measure")["obligation_id"]
    assert (found.items["measure"].map(tool_of) == found.items["obligation_id"]).all()


def test_a_measure_counts_its_items(found: Plan) -> None:
    assert found.measures["items"].tolist() == found.items["measure"].value_counts()[found.measures["measure"]].tolist()


def test_acts_say_who_amends_them_and_what_hangs_on_them(found: Plan) -> None:
    columns = ["legal_base_id", "level", "amended_by_id", "saved"]
    assert found.acts[columns].to_numpy().tolist() == [
        ["custom", "local_practice", "departement", 7.0],
        ["order", "order", "ars", 3.0],
        ["decree", "decree", "caf", 1.0],
    ]


def test_gateways_say_what_passes_and_at_which_level(found: Plan) -> None:
    columns = ["from_authority_id", "to_authority_id", "personal", "level", "concept_ids", "saved"]
    assert found.gateways[columns].to_numpy().tolist() == [
        ["ars", "departement", False, "convention", "days|staff", 7.0],
        ["ars", "caf", False, "convention", "staff", 1.0],
        ["ars", "departement", True, "decree", "names", 1.0],
    ]


def test_a_gateway_names_only_what_passes_through_it() -> None:
    # BUD takes everything from ACC; days is known to the ARS already through an exchange.
    inv = two_tools(
        recipients=received("ACC", "departement"),
        activities=[meeting("BUD", 300.0)],
        exchanges=[{"from_authority_id": "departement", "to_authority_id": "ars", "concept_id": "days",
                    "status": "lawful"}],
    )  # fmt: skip
    assert plan(inv, home()).gateways["concept_ids"].tolist() == ["staff"]


def test_where_items_are_taken_is_told_without_the_rest(worked: Case) -> None:
    found, inv, ptf = worked
    taken = ways(faced(inv, ptf)[0], found.stated, found.choice)
    assert sorted(taken) == sorted(
        [("BUD", "ars"), ("ACC", "BUD"), ("SUR", "BUD"), ("PLAN", "REP"), ("GUARD", "BUD"), ("CARE", "BUD")]
    )


def test_the_levers_leave_what_the_plan_says(worked: Case) -> None:
    found, inv, ptf = worked
    after = apply(found.scenario, *faced(inv, ptf))
    assert bd.ledger.totals(*after)["hours_per_year"].item() == pytest.approx(found.summary["after"])


def test_the_levers_written_and_read_again_leave_the_same(worked: Case, tmp_path: Path) -> None:
    found, inv, ptf = worked
    again = read_scenario(write_scenario(found.scenario, tmp_path / "plan.toml"))
    after = apply(again, *faced(inv, ptf))
    assert bd.ledger.totals(*after)["hours_per_year"].item() == pytest.approx(found.summary["after"])


def test_levers_share_then_merge_then_drop(found: Plan) -> None:
    order = ["share", "merge", "drop"]
    assert sorted((s.lever for s in found.scenario.steps), key=order.index) == [s.lever for s in found.scenario.steps]


def test_what_only_looks_the_same_moves_beside_it() -> None:
    # PLAN asks for staff in a unit that is not said, as REP does; ten hours of meetings go.
    unsaid = {"unit": "unspecified"}
    inv = rules(
        [tool("PLAN", item_list="partial"), tool("REP")],
        [asks("PLAN", "days"), asks("PLAN", "staff", **unsaid), asks("REP", "days"), asks("REP", "staff", **unsaid)],
        activities=[meeting("PLAN", 600.0)],
    )
    found = plan(inv, home(), reuse="same")
    after = apply(found.scenario, *faced(inv, home()))
    assert bd.ledger.totals(*after)["hours_per_year"].item() == found.summary["after"] == 3.0


def test_two_obligations_that_become_part_of_one_move_their_items_each() -> None:
    inv = rules(
        [tool("PLAN", item_list="partial"), tool("PROJECT", item_list="partial"), tool("REP")],
        [asks(t, "days") for t in ("PLAN", "PROJECT", "REP")] + [asks("PLAN", "staff"), asks("PROJECT", "staff")],
        activities=[meeting("PLAN", 600.0), meeting("PROJECT", 600.0)],
    )
    found = plan(inv, home())
    after = apply(found.scenario, *faced(inv, home()))
    assert bd.ledger.totals(*after)["hours_per_year"].item() == pytest.approx(found.summary["after"])


def test_a_merge_takes_the_texts_of_what_it_becomes_part_of_alone() -> None:
    # PLAN could become part of BIG, as SMALL does, but visits would take twelve hours there and one in REP.
    inv = rules(
        [tool("PLAN", item_list="partial"), tool("REP"), tool("SMALL", item_list="partial", legal_base_ids="custom"),
         tool("BIG", period="P1M", legal_base_ids="decree")],
        [asks("PLAN", "days"), asks("PLAN", "visits"), asks("REP", "days"), asks("SMALL", "staff"),
         asks("BIG", "days"), asks("BIG", "staff")],
        activities=[meeting("PLAN", 600.0), meeting("SMALL", 600.0)],
    )  # fmt: skip
    measures = plan(inv, home()).measures
    assert (of(measures, "PLAN")["source_id"], of(measures, "PLAN")["acts"]) == ("REP", "order")
    assert set(of(measures, "SMALL")["acts"].split("|")) == {"custom", "decree"}


def test_one_of_two_items_about_one_concept_can_be_taken_alone() -> None:
    # BUD asks for the days of two periods, ACC for one of them.
    inv = rules(
        [tool("BUD"), tool("ACC")],
        [
            asks("BUD", "days", label_fr="past"),
            asks("BUD", "days", label_fr="to come", reference_period="forecast_year"),
            asks("ACC", "days", 30.0, protected=True),
        ],
    )
    found = plan(inv, home(), reuse="same")
    after, _ = apply(found.scenario, *faced(inv, home()))
    assert after.requests["label_fr"].tolist() == ["to come", "days"]


@pytest.mark.parametrize("frame", ["measures", "items"])
def test_a_plan_without_changes_has_the_columns_of_one(frame: str) -> None:
    empty = plan(two_tools(), home(), max_acts=0, max_gateways=0)
    assert list(getattr(empty, frame)) == {"measures": MEASURES, "items": ITEMS}[frame]


@pytest.mark.parametrize("name", ["five-silo-association"])
def test_the_items_of_a_real_plan_save_what_their_measures_do(real_plan: Callable[[str], Case], name: str) -> None:
    found = real_plan(name)[0]
    shares = found.measures[found.measures["kind"].isin(["share", "register"])].set_index("measure")["saved"]
    assert found.items.groupby("measure")["saved"].sum()[shares.index].tolist() == pytest.approx(shares.tolist())
