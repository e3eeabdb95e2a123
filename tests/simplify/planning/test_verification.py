"""The replay of a plan: it holds, and every lie told about the district's plan is found by its check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

import burden as bd
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify import Plan, plan, verify
from burden.simplify.planning.changes import ITEMS, MEASURES
from burden.simplify.planning.formulation import Terms
from burden.simplify.planning.plan import Proposal, faced
from burden.simplify.planning.verification import CHECKS, Verification
from burden.simplify.planning.written import TABLES
from burden.simplify.scenario import Scenario, Step
from tests.analysis.inventories import Row, asks, duty
from tests.simplify.planning.conftest import REAL, Case
from tests.simplify.planning.district import asked, district, register
from tests.simplify.planning.rows import concept, home, meeting, received, rules, tool


def told(found: Plan, table: str, column: str, value: object, **where: str) -> Plan:
    """Other words in one column of a table of the plan."""
    frame = getattr(found, table).astype({column: "object"})
    frame.loc[_where(frame, where), column] = value
    return replace(found, **{table: frame})


def without(found: Plan, table: str, **where: str) -> Plan:
    """A table of the plan without some rows."""
    frame = getattr(found, table)
    return replace(found, **{table: frame[~_where(frame, where)]})


def _where(frame: pd.DataFrame, where: dict[str, str]) -> pd.Series:
    chosen = pd.Series(True, index=frame.index)
    for column, known in where.items():
        chosen &= frame[column] == known
    assert chosen.any()
    return chosen


def dropping(found: Plan, obligation: str, *concepts: str) -> Plan:
    """One more lever, which the tables of the plan do not tell."""
    step = Step("drop", {"obligation": obligation, "concepts": concepts})
    return replace(found, scenario=replace(found.scenario, steps=(*found.scenario.steps, step)))


def of_saving(found: Plan) -> Plan:
    summary = found.summary.copy()
    summary[["today", "after", "saved"]] = [20.5, 7.5, 17.0]
    return told(replace(found, summary=summary), "measures", "saved", 8.0, obligation_id="ACC")


def of_serving(found: Plan) -> Plan:
    wrong = without(dropping(found, "BUD", "days"), "items", obligation_id="GUARD")
    wrong = told(wrong, "items", "register", "SIRENE", source_kind="register")
    return told(wrong, "items", "source_id", "BUD", source_kind="moved")


def of_likeness(found: Plan) -> Plan:
    wrong = told(found, "items", "source_label_fr", "staff", obligation_id="ACC", label_fr="days")
    wrong = told(wrong, "items", "reuse", "same", obligation_id="SUR")
    return told(wrong, "items", "reuse", "derivable", obligation_id="CARE")


def of_freshness(found: Plan) -> Plan:
    return told(found, "items", "source_id", "GUARD", obligation_id="ACC", label_fr="days")


def of_passing(found: Plan) -> Plan:
    wrong = without(found, "gateways", to_authority_id="caf")
    return told(wrong, "gateways", "personal", False, level="decree")


def of_protection(found: Plan) -> Plan:
    return told(found, "items", "reuse", "harmonise", obligation_id="GUARD")


def of_texts(found: Plan) -> Plan:
    wrong = without(without(found, "acts", legal_base_id="custom"), "acts", legal_base_id="order")
    wrong = told(wrong, "acts", "level", "circular", legal_base_id="decree")
    return told(wrong, "gateways", "level", "convention", level="decree")


def of_limits(found: Plan) -> Plan:
    terms = Terms(
        max_acts={"all": 1, "decree": 0}, max_gateways={"all": 2, "convention": 1}, without=("caf", "departement"),
        transition={"gateway": 2.0, "merge": 1.0, "decree": 1.0}, max_transition=7.0,
    )  # fmt: skip
    return replace(found, terms=terms)


LIES: dict[str, tuple[Callable[[Plan], Plan], list[str]]] = {
    "saving": (
        of_saving,
        ["19.5 instead of 20.5 (today)", "5.5 instead of 7.5 (after)", "14 instead of 17 (saved)",
         "14 instead of 15 (measures)"],
    ),
    "served": (
        of_serving,
        ["nothing serves it any more", "its source is asked no more: BUD", "no register holds it: ars",
         "it is not asked there: BUD"],
    ),
    "alike": (
        of_likeness, ["days ≠ staff", "not the same in every facet", "it cannot be added up from there"],
    ),
    "fresh": (of_freshness, ["less often in GUARD"]),
    "passes": (of_passing, ["nothing passes it to caf", "nothing passes it to departement"]),
    "protected": (of_protection, ["its definition would change"]),
    "texts": (
        of_texts,
        ["custom is not in the list", "order is not in the list", "decree is not a circular that caf can amend",
         "ars > departement: decree, not convention"],
    ),
    "limits": (
        of_limits,
        ["acts, all: 2 > 1", "acts, decree: 1 > 0", "gateways, all: 3 > 2", "gateways, convention: 2 > 1",
         "without: 2 > 0", "transition: 8 > 7"],
    ),
}  # fmt: skip
"""What is told otherwise for each check, and what it finds."""


def test_the_plan_holds(worked: Case) -> None:
    assert verify(*worked).holds


def test_the_saving_is_that_of_the_ledger(worked: Case) -> None:
    assert verify(*worked).saved == pytest.approx(14.0)


def test_a_rounding_beyond_the_sixth_digit_is_no_lie(worked: Case) -> None:
    found, inv, ptf = worked
    summary = found.summary.copy()
    summary[["today", "after", "saved"]] = [19.5 + 5e-6, 5.5 + 2e-6, 14 + 5e-6]
    found = told(replace(found, summary=summary), "measures", "saved", 7 + 5e-6, obligation_id="ACC")
    assert verify(found, inv, ptf).holds


@pytest.fixture(scope="module")
def lied(worked: Case) -> Callable[[str], Verification]:
    """The replay of the plan that lies about what a check looks at."""
    found, inv, ptf = worked
    return cache(lambda check: verify(LIES[check][0](found), inv, ptf))


def test_every_check_is_lied_to() -> None:
    assert set(LIES) == set(CHECKS)


@pytest.mark.parametrize(("check", "detail"), [(c, d) for c, (_, details) in LIES.items() for d in details])
def test_a_lie_is_found(lied: Callable[[str], Verification], check: str, detail: str) -> None:
    faults = lied(check).faults
    assert detail in set(faults.loc[faults["check"] == check, "detail"])


@pytest.mark.parametrize("check", ["saving", "alike", "passes", "texts", "limits"])
def test_a_lie_about_one_thing_is_found_by_its_check_alone(lied: Callable[[str], Verification], check: str) -> None:
    assert set(lied(check).faults["check"]) - ({"texts"} if check == "passes" else set()) == {check}


def test_every_check_says_how_much_it_looked_at(lied: Callable[[str], Verification]) -> None:
    assert lied("limits").checks.set_index("check")["looked_at"].to_dict() == {
        "saving": 1, "served": 13, "alike": 8, "fresh": 8, "passes": 8, "protected": 8, "texts": 6, "limits": 6
    }  # fmt: skip


def test_every_check_counts_its_faults(lied: Callable[[str], Verification]) -> None:
    assert lied("limits").checks.set_index("check")["faults"].to_dict() == dict.fromkeys(CHECKS, 0) | {"limits": 6}


@pytest.mark.parametrize(
    ("table", "column", "lines"),
    [
        ("items", "label_fr", [*range(2, 10)]),
        ("items", "concept_id", [*range(2, 10)]),
        ("items", "source_label_fr", [3, 4, 5, 6, 8, 9]),
        ("measures", "obligation_id", [*range(2, 8)]),
        ("gateways", "from_authority_id", [2, 3, 4]),
        ("gateways", "to_authority_id", [2, 3, 4]),
    ],
)
def test_what_the_inventory_does_not_have_is_told_line_by_line(
    worked: Case, table: str, column: str, lines: list[int]
) -> None:
    found, inv, ptf = worked
    with pytest.raises(InventoryError) as raised:
        verify(told(found, table, column, "nowhere"), inv, ptf)
    said = [(f.place.file, f.place.line, f.place.column, f.value) for f in raised.value.findings]
    assert said == [(f"{table}.csv", line, column, "nowhere") for line in lines]


def sent(*guard: str, mode: str | None = None) -> list[Row]:
    """Recipients, those of GUARD as told."""
    return [*received("ACC", "departement"), *received("SUR", "caf"), *received("CARE", "departement"),
            *received("GUARD", *guard, mode=mode)]  # fmt: skip


BARRED = {"from_authority_id": "ars", "to_authority_id": "caf", "concept_id": "staff", "status": "barred"}
CHANGED: dict[str, Callable[[], Inventory]] = {
    "first": lambda: district(
        {"ACC": {"protected": True}}, requests=asked(BUD_names={"unit": "unspecified"}),
        holdings=[register(status="planned"), register(concept_id="days", filled_by_ids="GUARD")],
    ),
    "second": lambda: district(
        {"ACC": {"protected": None}}, holdings=[register(grain="person")], exchanges=[BARRED],
        requests=asked(BUD_days={"reference_period": "forecast_year"}),
    ),
    "third": lambda: district(
        {"ACC": {"proof": "inspection"}, "REP": {"period": "P2Y"},
         "SUR": {"protected": True, "legal_base_ids": "decree|law"}},
        holdings=[register(period=None)], recipients=sent("ars", "court"),
    ),
    "fourth": lambda: district(
        {"ACC": {"item_list": "partial"}, "BUD": {"period": "P3Y"},
         "CARE": {"instrument": "cpom", "legal_base_ids": "law"}},
        holdings=[register(period="P4Y")], requests=asked(SUR_staff={"protected": True}),
        recipients=sent("ars", mode="on_request"),
    ),
    "fifth": lambda: district({"BUD": {"period": "event", "per": "incident"}}),
    "sixth": lambda: district(duties=[duty(o, share=0.5 if o == "BUD" else 1.0) for o in
                                      ("BUD", "ACC", "SUR", "PLAN", "REP", "GUARD", "CARE", "BOOK")]),
}  # fmt: skip


def texts_of(found: Plan, inv: Inventory) -> list[str]:
    faults = verify(found, inv, home()).faults
    return [str(d) for d in faults.loc[faults["check"] == "texts", "detail"]]


def test_what_is_the_same_in_a_declaration_takes_no_text_but_its_definition_does(worked: Case) -> None:
    inv = district({"CARE": {"legal_base_ids": "law"}})
    harmonised = told(worked[0], "measures", "reuse", "harmonise", obligation_id="CARE")
    assert (texts_of(worked[0], inv), texts_of(harmonised, inv)) == ([], ["law is not in the list"])


def test_a_court_among_administrations_takes_a_text(worked: Case) -> None:
    inv = district({"CARE": {"legal_base_ids": "law"}}, recipients=[*sent("ars"), *received("CARE", "court")])
    assert texts_of(worked[0], inv) == ["law is not in the list"]


def test_a_total_that_is_told_too_low_is_found(worked: Case) -> None:
    found, inv, ptf = worked
    low = replace(found, summary=found.summary.copy())
    low.summary["today"] = 18.5
    assert verify(low, inv, ptf).faults["detail"].tolist() == ["19.5 instead of 18.5 (today)"]


def test_only_what_has_a_price_counts_in_the_transition(worked: Case) -> None:
    found, inv, ptf = worked
    assert verify(replace(found, terms=Terms(transition={"merge": 1.0}, max_transition=1.0)), inv, ptf).holds


def test_each_merge_counts_in_the_transition() -> None:
    # PLAN and PROJECT, of which not all is known, become part of REP; one merge is allowed.
    inv = rules(
        [tool("PLAN", item_list="partial"), tool("PROJECT", item_list="partial"), tool("REP")],
        [asks(t, "days") for t in ("PLAN", "PROJECT", "REP")],
        activities=[meeting("PLAN", 600.0), meeting("PROJECT", 600.0)],
    )
    found = replace(plan(inv, home()), terms=Terms(transition={"merge": 1.0}, max_transition=1.0))
    assert verify(found, inv, home()).faults["detail"].tolist() == ["transition: 2 > 1"]


FAULTS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "the register is only planned": ("first", ("served", "BUD", "capacity", "no register holds it: ars")),
    "it fills a register": ("first", ("served", "GUARD", "days", "it fills a register")),
    "the source does not say its unit": ("first", ("alike", "CARE", "names", "not the same in every facet")),
    "what ends is protected": ("first", ("protected", "ACC", "", "a protected obligation ends")),
    "the register is about persons": ("second", ("served", "BUD", "capacity", "no register holds it: ars")),
    "the source has another period": ("second", ("alike", "ACC", "days", "not the same in every facet")),
    "the exchange is barred": ("second", ("passes", "SUR", "staff", "nothing passes it to caf")),
    "what ends may be protected": ("second", ("protected", "ACC", "", "a protected obligation ends")),
    "the register says not when": (
        "third", ("alike", "BUD", "capacity", "a register does not say that it is the same")
    ),
    "what it becomes part of comes less often": ("third", ("fresh", "PLAN", "visits", "less often in REP")),
    "it goes to another as well": ("third", ("passes", "GUARD", "days", "nothing passes it to court")),
    "what ends is inspected": ("third", ("protected", "ACC", "", "it is more than its items")),
    "a definition is protected": ("third", ("protected", "SUR", "staff", "its definition would change")),
    "another text is in force": ("third", ("texts", "SUR", "", "law is not in the list")),
    "the source comes less often": ("fourth", ("fresh", "ACC", "days", "less often in BUD")),
    "the register is renewed less often": (
        "fourth", ("fresh", "BUD", "capacity", "the register is renewed less often")
    ),
    "it is kept at disposal": ("fourth", ("passes", "GUARD", "days", "it is sent to nobody")),
    "an item is protected": ("fourth", ("protected", "SUR", "staff", "a protected item goes")),
    "what ends asks more": ("fourth", ("protected", "ACC", "", "what else it asks is not known")),
    "it is no declaration": ("fourth", ("texts", "CARE", "", "law is not in the list")),
    "the source comes with an event": ("fifth", ("fresh", "ACC", "days", "its source only comes with an event")),
    "the source is asked of a half": ("sixth", ("fresh", "ACC", "days", "less often in BUD")),
}  # fmt: skip
"""What no longer holds, once something else is true of the inventory."""


@pytest.fixture(scope="module")
def outdated(worked: Case) -> Callable[[str], set[tuple[str, ...]]]:
    """The faults of the plan on an inventory that changed since."""

    def faults(name: str) -> set[tuple[str, ...]]:
        found = verify(worked[0], CHANGED[name](), home(incident=1.0)).faults
        return set(found.itertuples(index=False, name=None))

    return cache(faults)


@pytest.mark.parametrize("case", FAULTS)
def test_a_plan_no_longer_holds_once(outdated: Callable[[str], set[tuple[str, ...]]], case: str) -> None:
    inventory, fault = FAULTS[case]
    assert fault in outdated(inventory)


def written(inv: Inventory, ptf: Portfolio, *taken: Row, dropped: Sequence[Row] = ()) -> Proposal:
    """A proposal written by hand, of items and of nothing else; it says nothing of hours, nor of what it only drops."""
    frames = {t: pd.DataFrame(columns=list(c)) for t, c in TABLES.items()} | {
        "items": pd.DataFrame(taken, columns=ITEMS), "measures": pd.DataFrame(columns=MEASURES)
    }  # fmt: skip
    hours = bd.ledger.totals(*faced(inv, ptf))["hours_per_year"].item()
    summary = pd.Series({"today": hours, "after": hours, "saved": 0.0})
    header = dict.fromkeys(("title_fr", "title_en", "author", "reference", "limits_fr", "limits_en"), "")
    steps = tuple(
        Step("drop", {"obligation": r["obligation_id"], "concepts": [r["concept_id"]]}) for r in (*taken, *dropped)
    )
    scenario = Scenario("written", **header, steps=steps)
    return Proposal(Terms(), summary, **frames, scenario=scenario, stopped="asked")


def details(inv: Inventory, ptf: Portfolio, *taken: Row, dropped: Sequence[Row] = ()) -> list[str]:
    """Faults of a proposal written by hand, but for its hours."""
    faults = verify(written(inv, ptf, *taken, dropped=dropped), inv, ptf).faults
    return [str(d) for d in faults.loc[faults["check"] != "saving", "detail"]]


def from_tool(obligation: str, concept: str, source: str, reuse: str = "same") -> Row:
    return {"obligation_id": obligation, "label_fr": concept, "concept_id": concept, "source_kind": "obligation",
            "source_id": source, "source_label_fr": concept, "register": "", "reuse": reuse}  # fmt: skip


def from_register(obligation: str, concept: str) -> Row:
    row = from_tool(obligation, concept, "ars")
    return row | {"source_kind": "register", "source_label_fr": "", "register": "FINESS"}


def test_a_proposal_written_by_hand_holds_as_well() -> None:
    inv = rules([tool("BUD"), tool("ACC")], [asks("BUD", "days"), asks("ACC", "days")])
    assert details(inv, home(), from_tool("BUD", "days", "ACC")) == []


@pytest.mark.parametrize(("said", "holds"), [(5e-7, True), (1.5e-6, False)])
@pytest.mark.parametrize("table", ["summary", "measures"])
def test_a_saving_of_nothing_is_told_to_the_sixth_digit(table: str, said: float, holds: bool) -> None:
    inv = rules([tool("BUD")], [asks("BUD", "days")])
    found = written(inv, home())
    if table == "summary":
        found.summary["saved"] = said
    else:
        row = {"measure": "M1", "kind": "share", "obligation_id": "BUD", "reuse": "same", "saved": said}
        found = replace(found, measures=pd.DataFrame([row], columns=MEASURES))
    assert verify(found, inv, home()).holds is holds


def across(**tables: Any) -> Inventory:
    """BUD, for the département, and ACC, for the ARS, ask the same."""
    tools = [tool("BUD"), tool("ACC")]
    return rules(tools, [asks("BUD", "days"), asks("ACC", "days")], recipients=received("BUD", "departement"), **tables)


PASSED = {"from_authority_id": "ars", "to_authority_id": "departement", "concept_id": "days"}


@pytest.mark.parametrize(
    ("status", "faults"),
    [("operational", []), ("lawful", []), ("planned", ["nothing passes it to departement"])],
)
def test_an_exchange_that_can_be_used_is_enough(status: str, faults: list[str]) -> None:
    inv = across(exchanges=[{**PASSED, "status": status}])
    assert details(inv, home(), from_tool("BUD", "days", "ACC")) == faults


def test_a_gateway_leads_to_no_audience() -> None:
    inv = rules(
        [tool("BUD"), tool("ACC")], [asks("BUD", "days"), asks("ACC", "days")], recipients=received("BUD", "persons")
    )
    opened = {"from_authority_id": "ars", "to_authority_id": "persons", "personal": False, "level": "convention"}
    found = replace(written(inv, home(), from_tool("BUD", "days", "ACC")), gateways=pd.DataFrame([opened]))
    faults = verify(found, inv, home()).faults
    assert faults.loc[faults["check"] == "passes", "detail"].tolist() == ["nothing passes it to persons"]


def test_two_items_do_not_serve_each_other() -> None:
    inv = rules([tool("BUD"), tool("ACC")], [asks("BUD", "days"), asks("ACC", "days")])
    both = (from_tool("BUD", "days", "ACC"), from_tool("ACC", "days", "BUD"))
    assert details(inv, home(), *both) == ["its source is asked no more: ACC", "its source is asked no more: BUD"]


def with_a_name() -> Inventory:
    """BUD and ACC ask the same number of days and the same name, which nobody timed."""
    names = concept("siret", "identifier", "no")
    requests = [asks(t, c, m) for t in ("BUD", "ACC") for c, m in (("days", 60.0), ("siret", None))]
    return rules([tool("BUD"), tool("ACC")], requests, concepts=[concept("days"), names])


def test_a_name_goes_with_what_is_given_elsewhere() -> None:
    name, days = (from_tool("BUD", c, "ACC") for c in ("siret", "days"))
    assert details(with_a_name(), home(), days, dropped=[name]) == []


def test_what_takes_time_does_not_go_with_what_is_given_elsewhere() -> None:
    name, days = (from_tool("BUD", c, "ACC") for c in ("siret", "days"))
    assert details(with_a_name(), home(), name, dropped=[days]) == ["nothing serves it any more"]


def test_a_name_that_is_said_to_be_taken_from_elsewhere_must_be_there() -> None:
    both = (from_tool("BUD", "siret", "ACC"), from_tool("ACC", "siret", "BUD"))
    gone = ["its source is asked no more: ACC", "its source is asked no more: BUD"]
    assert details(with_a_name(), home(), *both) == gone


def test_what_is_told_at_an_event_is_not_told_before() -> None:
    # An event that takes place needs its own account, however often the year is told.
    inv = rules(
        [tool("INCIDENT", period="event", per="incident"), tool("YEAR")],
        [asks("INCIDENT", "days", reference_period="event"), asks("YEAR", "days")],
    )
    taken = from_tool("INCIDENT", "days", "YEAR", "harmonise")
    assert "about others, or about some of them only" in details(inv, home(incident=1.0), taken)


def test_a_register_does_not_know_of_an_event_in_time() -> None:
    inv = rules(
        [tool("INCIDENT", period="event", per="incident")],
        [asks("INCIDENT", "capacity", reference_period="event")],
        concepts=[concept("capacity", "status", "no")],
        holdings=[register(period="P1M")],
    )
    taken = from_register("INCIDENT", "capacity")
    assert details(inv, home(incident=1.0), taken) == ["a register does not know of the event in time"]


def test_a_register_knows_at_an_event_what_lasts_for_the_year() -> None:
    inv = rules(
        [tool("INCIDENT", period="event", per="incident")],
        [asks("INCIDENT", "capacity")],
        concepts=[concept("capacity", "status", "no")],
        holdings=[register()],
    )
    assert details(inv, home(incident=1.0), from_register("INCIDENT", "capacity")) == []


def test_a_source_does_not_copy_from_what_it_serves_at_one_event() -> None:
    inv = rules(
        [tool(t, period="event", per="incident") for t in ("FIRST", "COPY")],
        [asks("FIRST", "days"), asks("COPY", "days")],
        feeds=[{"from_obligation_id": "FIRST", "to_obligation_id": "COPY"}],
    )
    taken = from_tool("FIRST", "days", "COPY")
    assert details(inv, home(incident=1.0), taken) == ["its source copies from it at the same event"]


def test_a_register_of_an_amount_is_not_the_same() -> None:
    inv = rules([tool("BUD")], [asks("BUD", "capacity")], holdings=[register()])
    said = "a register does not say that it is the same"
    assert details(inv, home(), from_register("BUD", "capacity")) == [said]


@pytest.mark.parametrize("name", REAL)
def test_a_real_plan_holds(real_plan: Callable[[str], Case], name: str) -> None:
    assert verify(*real_plan(name)).faults.empty
