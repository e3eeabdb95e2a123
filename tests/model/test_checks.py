"""Each check finds its fault at its place, in an inventory that is sound but for one change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.model import schema
from burden.model.checks import CHECKS, PORTFOLIO_CHECKS, check, check_list, findings, name
from burden.model.findings import Finding
from burden.model.inventory import Inventory, from_frames, with_tables

Sound = Callable[..., Inventory]
Changes = dict[str, Any]

BASE_2 = {"legal_base_id": "l313-1", "citation": "CASF, art. L. 313-1", "level": "law"}
PERSON = {"population_id": "person", "name_fr": "personnes", "grain": "person"}
ADMISSION = {"population_id": "admission", "name_fr": "admissions", "grain": "event"}
ASSOCIATION = {"actor_id": "association", "name_fr": "Association", "kind": "operator"}
BUDGET_TAG = {"tag_id": "budget", "name_fr": "budget", "regime": "financial"}
EPRD_TAG = {"tag_id": "eprd", "name_fr": "EPRD", "regime": "financial"}
FLOW = {"concept_id": "days", "name_fr": "journées", "additive": "flow"}
COMPETENCE = {
    "role_id": "government", "actor_id": "essms", "authority_id": "departement", "evidence": "recalled",
}  # fmt: skip
ESTIMATE = {"estimate_id": "e1", "obligation_id": "BUD", "side": "respondent", "respondent": "p1", "minutes": 10,
            "evidence": "elicited"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A change to the sound inventory, and where the check then finds a fault."""

    check: str
    changes: Changes
    place: str = ""
    severity: str = ""

    def __str__(self) -> str:
        return f"{self.check}: {self.changes}"


def at(check: str, severity: str, place: str, **changes: Any) -> Case:
    return Case(check, changes, place, severity)


def fine(check: str, **changes: Any) -> Case:
    return Case(check, changes)


CASES = [
    at("duplicate key", "error", "silos.csv 3 silo_id", silos=[{"name_fr": "x"}]),
    at("reference", "error", "duties.csv 2 actor_id", duties={"actor_id": "zz"}),
    at("hierarchy", "error", "authorities.csv 2 parent_id", authorities={"parent_id": "departement"}),
    fine("hierarchy", authorities={"parent_id": "government"}),
    at("cell", "error", "obligations.csv 2 period", obligations={"period": "anual"}),
    at("cell", "error", "obligations.csv 2 period", obligations={"period": None}),
    at("cell", "error", "obligations.csv 2 deadline", obligations={"deadline": "N:02-30"}),
    at("cell", "error", "requests.csv 2 unit", requests={"unit": "furlong"}),
    at("cell", "error", "duties.csv 2 share", duties={"share": 1.5}),
    at("cell", "error", "requests.csv 2 minutes", requests={"minutes": float("inf")}),
    at("cell", "error", "tariffs.csv 2 year", tariffs={"year": 24}),
    at("bounds", "error", "requests.csv 2 minutes", requests={"minutes": 5, "minutes_low": 6}),
    at("bounds", "error", "obligations.csv 2 external_eur",
       obligations={"external_eur": 5, "external_eur_high": 4}),
    at("bounds", "error", "activities.csv 2 minutes", activities={"minutes_low": 5, "minutes_high": 4}),
    fine("bounds", requests={"minutes_low": 5, "minutes": 5, "minutes_high": 5}),
    at("bounds without value", "warning", "tariffs.csv 2 eur_per_h",
       tariffs={"eur_per_h": None, "eur_per_h_low": 9}),
    at("number without evidence", "warning", "requests.csv 2 minutes_evidence", requests={"minutes": 5}),
    at("number without evidence", "warning", "obligations.csv 2 external_evidence",
       obligations={"external_eur": 5}),
    fine("number without evidence", requests={"minutes": 5, "minutes_evidence": "measured"}),
    at("evidence of fact", "warning", "duties.csv 2 evidence", duties={"evidence": "assumed"}),
    fine("evidence of fact", activities={"evidence": "assumed"}),
    at("text without source", "warning", "concepts.csv 2 source_id", concepts={"source_id": None}),
    fine("text without source", concepts={"source_id": None, "evidence": "recalled"}),
    at("source without address", "note", "sources.csv 2 url", sources={"url": None}),
    at("validity", "warning", "obligations.csv 2 valid_to",
       obligations={"valid_from": "2022-01-01", "valid_to": "2021-12-31"}),
    at("validity", "warning", "legal_bases.csv 2 version_read",
       legal_bases={"valid_to": "2010-01-01", "version_read": "2011-01-01"}),
    fine("validity",
         legal_bases={"valid_to": "2010-01-01", "version_read": "2011-01-01", "evidence": "old_text"}),
    at("population within", "error", "populations.csv 3 grain",
       populations=[{**PERSON, "parent_id": "establishment"}]),
    at("feed of itself", "warning", "feeds.csv 2 to_obligation_id",
       feeds=[{"from_obligation_id": "BUD", "to_obligation_id": "BUD", "evidence": "recalled"}]),
    at("exchange of nothing", "warning", "exchanges.csv 2 from_authority_id", exchanges=[
        {"from_authority_id": "government", "to_authority_id": "departement", "concept_id": "capacity",
         "status": "lawful", "evidence": "recalled"}]),
    fine("exchange of nothing", exchanges=[
        {"from_authority_id": "departement", "to_authority_id": "government", "concept_id": "capacity",
         "status": "lawful", "evidence": "recalled"}]),
    fine("exchange of nothing", authorities=[{"authority_id": "pricing", "level": "role"}],
         recipients={"authority_id": "pricing"}, obligations={"required_by_id": "pricing"},
         competences=[{**COMPETENCE, "role_id": "pricing"}], exchanges=[
        {"from_authority_id": "departement", "to_authority_id": "government", "concept_id": "capacity",
         "status": "lawful", "evidence": "recalled"}]),
    at("asked by nobody", "note", "holdings.csv 2 concept_id", concepts=[FLOW], holdings=[
        {"authority_id": "departement", "concept_id": "days", "register": "r", "status": "operational",
         "evidence": "recalled"}]),
    at("unused", "note", "tags.csv 2 tag_id", tags=[BUDGET_TAG]),
    at("unused", "note", "concepts.csv 3 concept_id", concepts=[FLOW]),
    fine("unused", tags=[BUDGET_TAG, EPRD_TAG], duties={"required_tags": "budget", "excluded_tags": "eprd"}),
    at("obligation without legal base", "warning", "obligations.csv 2 legal_base_ids",
       obligations={"legal_base_ids": ""}),
    at("obligation without duty", "warning", "obligations.csv 3 obligation_id",
       obligations=[{"obligation_id": "CA"}]),
    at("obligation without request", "note", "obligations.csv 3 obligation_id",
       obligations=[{"obligation_id": "CA"}]),
    at("obligation without recipient", "note", "obligations.csv 3 obligation_id",
       obligations=[{"obligation_id": "CA"}]),
    fine("obligation without recipient", obligations=[{"obligation_id": "CA", "channel": "kept_available"}]),
    at("ended legal bases", "warning", "obligations.csv 2 legal_base_ids",
       legal_bases={"valid_to": "2020-01-01"}),
    at("ended legal bases", "warning", "obligations.csv 2 legal_base_ids",
       legal_bases={"valid_to": "2020-01-01"}, obligations={"valid_to": "2020-01-02"}),
    fine("ended legal bases", legal_bases={"valid_to": "2020-01-01"}, obligations={"valid_to": "2020-01-01"}),
    fine("ended legal bases", legal_bases=[{**BASE_2, "valid_to": "2020-01-01"}],
         obligations={"legal_base_ids": "l313-1|r314-3"}),
    at("surer than its texts", "warning", "obligations.csv 2 evidence",
       legal_bases={"evidence": "secondary"}),
    fine("surer than its texts", legal_bases=[{**BASE_2, "evidence": "recalled"}],
         obligations={"legal_base_ids": "l313-1|r314-3"}),
    at("level of citation", "warning", "legal_bases.csv 2 level", legal_bases={"level": "law"}),
    at("level of citation", "warning", "legal_bases.csv 2 level",
       legal_bases={"citation": "Loi n° 2002-2, art. 22"}),
    at("level of citation", "warning", "legal_bases.csv 2 level",
       legal_bases={"citation": "Arrêté du 9 mai 2006"}),
    at("level of citation", "warning", "legal_bases.csv 2 level",
       legal_bases={"citation": "Article L313-1 du CASF"}),
    fine("level of citation", legal_bases={"citation": "Décret pris pour l'application de l'art. L. 313-1"}),
    fine("level of citation", legal_bases={"citation": "CASF, art. L. 313-1 et R. 314-3"}),
    fine("level of citation", legal_bases={"citation": "CASF, art. D. 312-203"}),
    fine("level of citation", legal_bases={"citation": "CPOM (CASF, art. L. 313-11)", "level": "convention"}),
    at("amended by", "note", "legal_bases.csv 2 amended_by_id", legal_bases={"amended_by_id": None}),
    at("amended by", "warning", "legal_bases.csv 2 amended_by_id",
       legal_bases={"amended_by_id": "departement"}),
    fine("amended by", legal_bases={"amended_by_id": "departement", "level": "local_practice"}),
    at("protection without reason", "warning", "obligations.csv 2 protected_reason_fr",
       obligations={"protected": True}),
    at("protection without reason", "warning", "obligations.csv 2 protected_reason_fr",
       obligations={"protected": False, "protected_reason_fr": "sécurité"}),
    at("exclusive tags", "error", "duties.csv 2 required_tags",
       tags=[BUDGET_TAG, EPRD_TAG], duties={"required_tags": "budget|eprd"}),
    at("exclusive tags", "error", "duties.csv 2 required_tags",
       tags=[BUDGET_TAG], duties={"required_tags": "budget", "excluded_tags": "budget"}),
    fine("exclusive tags", tags=[BUDGET_TAG, EPRD_TAG],
         duties={"required_tags": "budget", "excluded_tags": "eprd"}),
    at("threshold", "error", "duties.csv 2 threshold_minimum",
       duties={"threshold_population_id": "establishment", "threshold_minimum": 5, "threshold_maximum": 5}),
    at("threshold", "error", "duties.csv 2 threshold_population_id", duties={"threshold_maximum": 5}),
    at("threshold", "warning", "duties.csv 2 threshold_minimum",
       duties={"threshold_population_id": "establishment"}),
    at("share zero", "warning", "duties.csv 2 share", duties={"share": 0}),
    at("duty of more general", "warning", "duties.csv 3 actor_id", duties=[{"actor_id": "mecs"}]),
    at("duty of more general", "warning", "duties.csv 3 actor_id",
       duties=[{"actor_id": "mecs", "territories": "59"}]),
    fine("duty of more general", actors=[{"actor_id": "ehpad"}], duties=[{"actor_id": "ehpad"}]),
    at("counted per operator", "warning", "duties.csv 2 actor_id", populations={"grain": "operator"}),
    at("role", "note", "authorities.csv 4 authority_id",
       authorities=[{"authority_id": "pricing", "level": "role"}]),
    at("role", "warning", "competences.csv 2 role_id", competences=[COMPETENCE]),
    at("role", "warning", "competences.csv 2 authority_id",
       authorities={"level": "role"}, competences=[COMPETENCE]),
    fine("role", authorities=[{"authority_id": "pricing", "level": "role"}],
         competences=[{**COMPETENCE, "role_id": "pricing"}]),
    at("actor without duty", "note", "actors.csv 4 actor_id", actors=[ASSOCIATION]),
    fine("actor without duty", duties={"actor_id": "mecs"}),
    at("event of what lasts", "warning", "obligations.csv 2 population_id", obligations={"period": "event"}),
    at("event of what lasts", "note", "obligations.csv 2 population_id",
       obligations={"period": "event", "population_id": "person"}, populations=[PERSON]),
    fine("event of what lasts", obligations={"period": "event", "population_id": "admission"},
         populations=[ADMISSION]),
    at("duration of events", "warning", "obligations.csv 2 period",
       obligations={"population_id": "admission"}, populations=[ADMISSION]),
    fine("duration of events", obligations={"period": "event", "population_id": "admission"},
         populations=[ADMISSION]),
    at("due dates", "warning", "obligations.csv 2 deadline", obligations={"period": "P6M"}),
    at("due dates", "warning", "obligations.csv 2 deadline", obligations={"deadline": "N:04-30|N:10-31"}),
    at("due dates", "warning", "obligations.csv 2 deadline", obligations={"period": "event"}),
    fine("due dates", obligations={"period": "P6M", "deadline": "N:04-30|N:10-31"}),
    fine("due dates", obligations={"period": "P5Y"}),
    fine("due dates", obligations={"period": "P1M", "deadline": "event+P15D"}),
    at("usual effort", "warning", "obligations.csv 2 usual_share", obligations={"usual_share": 1}),
    at("surer than its list", "warning", "requests.csv 2 evidence", obligations={"item_list": "recalled"}),
    at("surer than its list", "note", "obligations.csv 2 item_list", requests={"evidence": "recalled"}),
    at("finer than counted", "warning", "requests.csv 2 grain", requests={"grain": "person"}),
    fine("finer than counted", requests={"grain": "person", "population_id": "person"}, populations=[PERSON]),
    fine("finer than counted", requests={"grain": "operator"}),
    at("counted otherwise", "warning", "requests.csv 2 grain",
       requests={"grain": "staff_member", "population_id": "person"}, populations=[PERSON]),
    fine("counted otherwise", requests={"grain": "person", "population_id": "admission"},
         populations=[ADMISSION]),
    at("unit of kind", "warning", "requests.csv 2 unit", requests={"unit": "eur"}),
    at("unit of kind", "warning", "requests.csv 2 unit", concepts={"kind": "amount"},
       requests={"unit": "document"}),
    fine("unit of kind", requests={"unit": "unspecified"}),
    at("sum of what does not add", "warning", "requests.csv 2 unit", requests={"unit": "text"}),
    at("sum of what does not add", "warning", "requests.csv 2 unit", requests={"unit": "percent"}),
    at("sum of what does not add", "warning", "concepts.csv 2 additive", concepts={"kind": "document"}),
    fine("sum of what does not add", concepts={"additive": "no"}, requests={"unit": "percent"}),
    at("forecast after the fact", "warning", "requests.csv 2 reference_period",
       obligations={"timing": "ex_post"}, requests={"reference_period": "forecast_year"}),
    fine("forecast after the fact", requests={"reference_period": "forecast_year"}),
    at("difficult identifier", "warning", "requests.csv 2 complexity",
       concepts={"kind": "identifier"}, requests={"complexity": "high"}),
    at("repeated slot", "note", "requests.csv 3 concept_id", requests=[{"label_fr": "Capacité (rappel)"}]),
    fine("repeated slot", requests=[{"label_fr": "Capacité réalisée", "reference_period": "realised_year"}]),
    at("label of two concepts", "note", "requests.csv 3 label_fr", concepts=[FLOW],
       obligations=[{"obligation_id": "CA"}],
       requests=[{"obligation_id": "CA", "concept_id": "days", "label_fr": "capacite AUTORISEE"}]),
    fine("label of two concepts", obligations=[{"obligation_id": "CA"}], requests=[{"obligation_id": "CA"}]),
    at("four to six activities", "note", "obligations.csv 3 obligation_id",
       obligations=[{"obligation_id": "CA"}]),
    fine("four to six activities", activities=[{"activity": "meeting"}, {"activity": "archiving"}]),
    at("four to six activities", "note", "obligations.csv 2 obligation_id",
       activities=[{"activity": a} for a in ("meeting", "archiving", "calculations")]),
    at("activity without time", "note", "activities.csv 6 minutes", activities=[{"activity": "meeting"}]),
    at("activity without time", "note", "activities.csv 2 minutes", activities={"complexity": None}),
    at("activity without time", "warning", "activities.csv 2 side", activities={"side": "authority"}),
    fine("activity without time", activities=[{"activity": "meeting", "minutes": 60}]),
    at("items without time", "note", "obligations.csv 2 obligation_id", requests={"complexity": "high"}),
    fine("items without time", requests={"complexity": None}, concepts={"kind": "identifier"}),
    fine("items without time", requests={"complexity": None, "minutes": 5}),
    at("grade without tariff", "warning", "tariffs.csv staff_grade", requests={"staff_grade": "director"}),
    at("work without grade", "note", "requests.csv staff_grade", requests={"staff_grade": None}),
    at("long item", "warning", "requests.csv 2 minutes", requests={"minutes": 481}),
    fine("long item", requests={"minutes": 480}),
    at("harder is shorter", "warning", "standard_times.csv 8 minutes", standard_times=[
        {"activity": "checking", "complexity": "high", "minutes": 4}]),
    fine("harder is shorter", standard_times=[{"activity": "checking", "complexity": "high", "minutes": 5}]),
    at("estimate of nothing", "warning", "estimates.csv 2 concept_id", estimates=[ESTIMATE]),
    at("estimate of nothing", "warning", "estimates.csv 2 concept_id", estimates=[
        {**ESTIMATE, "concept_id": "capacity", "activity": "checking"}]),
    at("estimate of nothing", "warning", "estimates.csv 2 concept_id", concepts=[FLOW], estimates=[
        {**ESTIMATE, "concept_id": "days"}]),
    at("estimate of nothing", "warning", "estimates.csv 2 concept_id", estimates=[
        {**ESTIMATE, "concept_id": "capacity", "side": "authority"}]),
    at("estimate of nothing", "warning", "estimates.csv 2 activity", estimates=[
        {**ESTIMATE, "activity": "checking", "side": "authority"}]),
    fine("estimate of nothing", estimates=[{**ESTIMATE, "concept_id": "capacity"}]),
    fine("estimate of nothing", estimates=[{**ESTIMATE, "activity": "checking"}]),
]  # fmt: skip

BY_NAME = {name(c): c for c in CHECKS}


def run(case: Case, sound: Sound) -> list[Finding]:
    return list(BY_NAME[case.check](sound(**case.changes)))


def place(finding: Finding) -> str:
    parts = (finding.place.file, finding.place.line, finding.place.column)
    return " ".join(str(p) for p in parts if p)


@pytest.mark.parametrize("case", [c for c in CASES if c.place], ids=str)
def test_a_check_finds_its_fault_at_its_place(case: Case, sound: Sound) -> None:
    found = [(f.check, f.severity, place(f)) for f in run(case, sound)]
    assert (case.check, case.severity, case.place) in found


@pytest.mark.parametrize("case", [c for c in CASES if not c.place], ids=str)
def test_a_check_leaves_alone_what_is_right(case: Case, sound: Sound) -> None:
    assert [f.render() for f in run(case, sound)] == []


@pytest.mark.parametrize("case", [c for c in CASES if c.place], ids=str)
def test_a_finding_says_what_is_wrong_and_what_to_do(case: Case, sound: Sound) -> None:
    for finding in run(case, sound):
        assert finding.remedy.render()
        assert finding.render().startswith(finding.place.text().render() + ": ")


def test_a_sound_inventory_has_no_finding(sound: Sound) -> None:
    assert [f.render() for f in findings(sound())] == []


def test_an_empty_inventory_has_no_finding() -> None:
    assert findings(from_frames("empty", {})) == ()


def test_every_check_has_a_case_that_it_finds() -> None:
    assert {c.check for c in CASES if c.place} == set(BY_NAME)


def test_no_two_checks_share_a_name() -> None:
    assert len({name(c) for c in (*CHECKS, *PORTFOLIO_CHECKS)}) == len(CHECKS) + len(PORTFOLIO_CHECKS)


def test_every_check_says_in_one_sentence_what_it_finds() -> None:
    sentences = check_list()["what"]
    assert sentences[~sentences.str.match(r"[A-Z].{10,100}\.$")].tolist() == []


def test_a_tag_of_one_regime_required_twice_is_no_contradiction(sound: Sound) -> None:
    inv = sound(tags=[BUDGET_TAG], duties={"required_tags": "budget|budget"})
    assert list(BY_NAME["exclusive tags"](inv)) == []


@pytest.mark.parametrize(
    ("column", "general", "special"),
    [
        ("required_tags", "budget", ""),
        ("territories", "59", "62"),
        ("share", 0.5, 1.0),
        ("threshold_minimum", 9, None),
    ],
)
def test_a_special_type_may_owe_what_the_general_one_owes_less_of(
    sound: Sound, column: str, general: Any, special: Any
) -> None:
    inv = sound(tags=[BUDGET_TAG], duties=[{"actor_id": "mecs"}])
    inv = with_tables(inv, {"duties": inv.duties.assign(**{column: [general, special]})})
    assert list(BY_NAME["duty of more general"](inv)) == []


def test_a_circle_is_shown_row_by_row(sound: Sound) -> None:
    found = list(BY_NAME["hierarchy"](sound(actors={"parent_id": "mecs"})))
    assert [f.fault.render() for f in found] == [
        "the row is its own ancestor: essms → mecs → essms.",
        "the row is its own ancestor: mecs → essms → mecs.",
    ]


def test_what_hangs_on_a_circle_is_not_part_of_it(sound: Sound) -> None:
    inv = sound(actors={"parent_id": "essms"})
    assert [f.place.line for f in BY_NAME["hierarchy"](inv)] == [2]


def test_an_inventory_without_any_activity_is_told_once(sound: Sound) -> None:
    inv = sound(obligations=[{"obligation_id": "CA"}])
    bare = with_tables(inv, {"activities": inv.activities.head(0)})
    assert len(list(BY_NAME["four to six activities"](bare))) == 1


def test_the_hours_of_a_grade_without_tariff_are_counted(sound: Sound) -> None:
    inv = sound(requests={"staff_grade": "manager"}, activities={"staff_grade": "manager"})
    (found,) = BY_NAME["grade without tariff"](inv)
    assert found.fault.render() == "'manager' has no tariff: the hours of 2 rows have no cost."


def test_references_that_dangle_break_no_other_check(sound: Sound) -> None:
    names = [(t.table, c.column) for t in schema.tables().values() for c in t.columns.values() if c.refers_to]
    inv = sound()
    for table, column in names:
        if len(inv[table]):
            inv = with_tables(inv, {table: inv[table].assign(**{column: "nothing"})})
    assert {f.check for f in findings(inv)} >= {"reference"}


def test_an_inventory_of_one_faulty_row_breaks_no_check() -> None:
    rows = {t.table: pd.DataFrame([dict.fromkeys(t.columns)], dtype=object) for t in schema.tables().values()}
    inv = with_tables(from_frames("odd", {}), rows)
    assert {f.severity for f in findings(inv) if f.check == "cell"} == {"error"}


def test_the_table_has_the_findings_in_order(sound: Sound) -> None:
    inv = sound(duties={"share": 0}, obligations={"usual_share": 1})
    assert check(inv)["check"].tolist() == [f.check for f in findings(inv)] == ["share zero", "usual effort"]


def renamed(inv: Inventory) -> Inventory:
    """The same inventory under other identifiers, which sort the other way round."""
    result = {}
    for table, spec in schema.tables().items():
        frame = inv[table]
        for column in spec.columns.values():
            key = column.column in spec.primary_key and column.type == "identifier"
            if len(frame) and (key or column.refers_to):
                frame[column.column] = frame[column.column].str.replace(r"[^|]+", _mirrored, regex=True)
        result[table] = frame
    return with_tables(inv, result)


def _mirrored(match: Any) -> str:
    return "".join(chr(0x5A - (ord(c) % 26)) for c in match[0])


@settings(max_examples=5)
@given(st.lists(st.sampled_from(CASES), max_size=4))
def test_other_identifiers_change_no_finding(sound: Sound, cases: list[Case]) -> None:
    merged: Changes = {}
    for case in cases:
        for table, change in case.changes.items():
            merged.setdefault(table, change)
    inv = sound(**merged)
    before, after = ([(f.check, f.severity, place(f)) for f in findings(i)] for i in (inv, renamed(inv)))
    assert before == after


def test_each_of_ten_thousand_requests_has_its_findings(sound: Sound) -> None:
    inv = sound()
    obligations = pd.concat([inv.obligations] * 200, ignore_index=True)
    obligations["obligation_id"] = [f"o{i}" for i in range(200)]
    requests = pd.concat([inv.requests] * 10_000, ignore_index=True)
    requests["obligation_id"] = [f"o{i % 200}" for i in range(10_000)]
    requests["label_fr"] = [f"Libellé {i}" for i in range(10_000)]
    many = with_tables(inv, {"obligations": obligations, "requests": requests})
    assert len(findings(many)) > 10_000
