"""The section on the contract: tables, the curve, limits."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd

from burden import figures as charts
from burden.model.messages import text
from burden.report.content import Chart, Reading, Section, Table, display
from burden.report.parts.cpom.measures import CASES
from burden.report.parts.cpom.said import limits


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no contract could be compared."""
    if "cpom_cases" not in reading.audit.tables or "cpom.law.spared" not in reading.audit.figures:
        return ()
    blocks = (
        _cases_table(reading), _chart(reading), _levers_table(reading), _tools_table(reading), _shift_table(reading),
        _rules_table(reading), *limits(reading),
    )  # fmt: skip
    return (Section("cpom", text("What a multi-year contract (CPOM) would change"), blocks),)


def _named(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(what=[CASES[c].render(reading.language) if c in CASES else c for c in frame["case"]])


def _cases_table(reading: Reading) -> Table:
    cases = reading.table("cpom_cases")
    other = cases[cases["side"] == "authority"].set_index("case")
    own = cases[cases["side"] == "respondent"]
    shown = _named(reading, own).assign(
        of_authorities=own["case"].map(other["hours_per_year"]), cycle_once=own["once_h"],
    )  # fmt: skip
    columns = {
        "what": text("Case"), "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"), "difference_p50": text("Likely difference"),
        "difference_p10": text("P10"), "difference_p90": text("P90"), "less_share": text("Chance of fewer hours"),
        "hours_per_cycle": text("Hours in five years"), "cycle_once": text("of which once"),
        "of_authorities": text("Hours a year of the authorities"), "obligations": text("Tools"),
        "authorities": text("Authorities"), "rows_unmeasured": text("Lines without a duration"),
    }  # fmt: skip
    shown["less_share"] = shown["less_share"].astype(object).where(shown["case"] != "without", "")
    return Table(
        "cases", text("One operator without a contract and with one"),
        display(shown, columns, reading.language, shares=("less_share",)),
        text("Hours of the tools that the contract touches; every other tool is the same in each case. Tools and "
             "authorities are all of them. Durations are assumed."),
    )  # fmt: skip


def _chart(reading: Reading) -> Chart:
    curve = reading.table("cpom_curve")
    wide = curve.pivot(index="services", columns="case", values="p50")
    frame = wide.assign(services=wide.index).reset_index(drop=True)
    columns = {"services": text("Services"), **{c: CASES[c] for c in ("without", "law", "practice")}}
    own = int(reading.figure("cpom.services").value)
    return Chart(
        "critical_size",
        partial(charts.critical_size, curve, language=reading.language, own=own),
        Table("services", text("Likely hours a year, by number of services"),
              display(frame, columns, reading.language), text("Durations are assumed; meetings are not counted.")),
    )  # fmt: skip


def _levers_table(reading: Reading) -> Table:
    frame = _named(reading, reading.table("cpom_levers"))
    never = text("never").render(reading.language)
    work = {"1": text("one for all services"), "each": text("as if one for each service")}
    by_authority = text("one for each authority that prices").render(reading.language)
    shown = frame.assign(
        work=[work[c].render(reading.language) if c in work else by_authority for c in frame["contracts"]],
        from_on=[never if math.isnan(n) else f"{n:.0f}" for n in frame["pays_from_likely"]],
    )
    columns = {
        "what": text("Contract"), "work": text("How many contracts"), "difference_p50": text("Likely difference"),
        "difference_p10": text("P10"), "difference_p90": text("P90"), "less_share": text("Chance of fewer hours"),
        "from_on": text("Pays from (services)"),
    }  # fmt: skip
    return Table(
        "levers", text("What would change the answer"),
        display(shown, columns, reading.language, shares=("less_share",)),
        text("Difference with no contract, hours a year. Nobody has timed how the work on a contract grows with the "
             "services it covers: the truth lies between one for all and one for each."),
    )  # fmt: skip


def _tools_table(reading: Reading) -> Table:
    frame = reading.table("cpom_tools")
    wide = frame.pivot(index="obligation_id", columns="case", values="hours_per_year")
    name = frame.drop_duplicates("obligation_id").set_index("obligation_id")
    names = name["name_en"].fillna(name["name_fr"]) if reading.language == "en" else name["name_fr"]
    order = frame["obligation_id"].drop_duplicates()
    present = [c for c in CASES if c in wide]
    owed = {c: set(frame.loc[frame["case"] == c, "obligation_id"]) for c in present}
    not_owed = text("not owed").render(reading.language)
    shown = pd.DataFrame({"name": [str(names[o]) for o in order]})
    for case in present:
        shown[case] = [wide.loc[o, case] if o in owed[case] else not_owed for o in order]
    columns = {"name": text("Tool"), **{c: CASES[c] for c in present}}
    return Table("tools", text("Tools that the contract touches, hours a year"),
                 display(shown, columns, reading.language))  # fmt: skip


def _shift_table(reading: Reading) -> Table:
    frame = reading.table("cpom_shift")
    level = {"operator": text("operator"), "establishment": text("services")}
    side = {"respondent": text("who answers"), "authority": text("authorities")}
    shown = _named(reading, frame).assign(
        at=[level[v].render(reading.language) if v in level else v for v in frame["level"]],
        on=[side[v].render(reading.language) for v in frame["side"]],
        who=["" if pd.isna(g) else reading.code("staff_grade", g) for g in frame["staff_grade"]],
    )
    columns = {
        "what": text("Case"), "on": text("Side"), "at": text("Borne by"), "who": text("Staff"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"),
        "share": text("Share"), "rows_unmeasured": text("Lines without a duration"),
    }  # fmt: skip
    return Table(
        "shift", text("Who carries these tools"), display(shown, columns, reading.language, shares=("share",)),
        text("The inventory says on whom a tool falls, not who in the house does the work; staff is mostly assumed."),
    )  # fmt: skip


def _rules_table(reading: Reading) -> Table:
    frame = reading.table("cpom_rules")
    common = text("common").render(reading.language)
    shown = frame.assign(
        silo=[common if pd.isna(s) else reading.names.of("silos", s) for s in frame["silo_id"]],
        place=[reading.code("cpom_rule", c) for c in frame["cpom"]],
        types=[", ".join(reading.names.several("actors", a)) for a in frame["actor_ids"]],
        proof=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "silo": text("Silo"), "place": text("CPOM"), "types": text("Types of structure"),
        "modes": text("Modes of allocation"), "proof": text("Least sure evidence"),
    }  # fmt: skip
    return Table(
        "rules", text("Where a contract is mandatory, a condition, encouraged or optional"),
        display(shown, columns, reading.language),
        text("None: no contract is known in that mode; the law opens one to every establishment and service that it "
             "authorises."),
    )  # fmt: skip
