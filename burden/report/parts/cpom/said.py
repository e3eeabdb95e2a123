"""Whether the promise of the contract holds, and what would change the answer."""

from __future__ import annotations

from burden.model.messages import Text, text
from burden.report.content import Block, Reading, Sentence

_SURE, _UNSURE = 0.9, 0.1


def findings(reading: Reading) -> list[Block]:
    """Whether the promise holds, and what would change the answer: two sentences."""
    if "cpom.law.spared" not in reading.audit.figures:
        return []
    return [Sentence(_promise(reading)), Sentence(_what_would_change(reading))]


def _sign(reading: Reading, case: str) -> str:
    chance = reading.figure(f"cpom.{case}.less").value
    return "less" if chance >= _SURE else "more" if chance <= _UNSURE else "unclear"


def _promise(reading: Reading) -> Text:
    figure = reading.figure
    law, practice = figure("cpom.law.spared"), figure("cpom.practice.added")
    kept = figure("cpom.practice.spared")
    named = {"operator": _name(reading), "services": figure("cpom.services"), "limited": law, "low": (law, "low"),
             "high": (law, "high"), "share": figure("cpom.law.share")}  # fmt: skip
    signs = _sign(reading, "law"), _sign(reading, "practice")
    if signs == ("less", "less"):
        return text(
            "CPOM, with assumed durations: for {operator} and its {services} services the promise holds. A contract "
            "that limits the yearly documents, as the law allows, spares {limited} hours a year (from {low} to "
            "{high}; about {share} of all its hours); one that keeps them all spares {kept} (from {kept_low} to "
            "{kept_high}).",
            **named, kept=kept, kept_low=(kept, "low"), kept_high=(kept, "high"),
        )  # fmt: skip
    if signs == ("less", "more"):
        return text(
            "CPOM, with assumed durations: for {operator} and its {services} services the promise holds only if the "
            "contract limits the yearly documents, as the law allows: it then spares {limited} hours a year (from "
            "{low} to {high}; about {share} of all its hours), and adds {added} (from {added_low} to {added_high}) if "
            "it keeps them all, as contracts often do.",
            **named, added=practice, added_low=(practice, "low"), added_high=(practice, "high"),
        )  # fmt: skip
    if signs[0] == "less":
        return text(
            "CPOM, with assumed durations: for {operator} and its {services} services the promise holds surely only if "
            "the contract limits the yearly documents, as the law allows: it then spares {limited} hours a year (from "
            "{low} to {high}; about {share} of all its hours); if it keeps them all, as contracts often do, it may "
            "take {fewer} fewer or {more} more.",
            **named, fewer=(kept, "high"), more=(practice, "high"),
        )  # fmt: skip
    return _not_kept(reading, named, signs[0])


def _not_kept(reading: Reading, named: dict[str, object], sign: str) -> Text:
    added, spared = reading.figure("cpom.law.added"), reading.figure("cpom.law.spared")
    who = {k: named[k] for k in ("operator", "services")}
    if sign == "more":
        return text(
            "CPOM, with assumed durations: for {operator} and its {services} services the promise does not hold. Even "
            "a contract that limits the yearly documents as far as the law allows adds {added} hours a year (from "
            "{low} to {high}).",
            **who, added=added, low=(added, "low"), high=(added, "high"),
        )  # fmt: skip
    return text(
        "CPOM, with assumed durations: for {operator} and its {services} services nobody can say whether the promise "
        "holds. Even a contract that limits the yearly documents as far as the law allows may take {fewer} hours a "
        "year fewer or {more} more.",
        **who, fewer=(spared, "high"), more=(added, "high"),
    )  # fmt: skip


def _what_would_change(reading: Reading) -> Text:
    figure, known = reading.figure, reading.audit.figures
    said = {
        "tried": figure("cpom.tried"), "limit": figure("cpom.law.spared"),
        "before": figure("cpom.without.authorities"), "after": figure("cpom.law.authorities"),
    }  # fmt: skip
    law, practice = known.get("cpom.law.from"), known.get("cpom.practice.from")
    if law is None:
        return text(
            "What would change the answer is a lighter contract, not more services: none of these pays up to {tried} "
            "services; the operator would deal with {after} authorities, against {before} without.",
            **{k: v for k, v in said.items() if k != "limit"},
        )  # fmt: skip
    if practice is None:
        return text(
            "What would change the answer is less the number of services (limited documents pay from {law} on, kept "
            "ones never do up to {tried}) than what the contract asks for, and meetings, which nobody has timed: they "
            "would undo the saving beyond {limit} hours a year; the operator would deal with {after} authorities, "
            "against {before} without.",
            **said, law=law,
        )  # fmt: skip
    return text(
        "What would change the answer is the number of services (limited documents pay from {law} on, kept ones from "
        "{practice} on), what the contract asks for, and meetings, which nobody has timed: they would undo the saving "
        "beyond {limit} hours a year; the operator would deal with {after} authorities, against {before} without.",
        **{k: v for k, v in said.items() if k != "tried"}, law=law, practice=practice,
    )  # fmt: skip


def _name(reading: Reading) -> str:
    operator = str(reading.table("cpom_cases")["operator_id"].iloc[0])
    units = reading.audit.portfolio.units
    named = units.loc[(units["unit_id"] == operator) & units["name"].notna(), "name"]
    return reading.joined([str(named.iloc[0]) if len(named) else operator])


def limits(reading: Reading) -> list[Block]:
    """What is assumed, what is not counted, and whether the operator has the choice."""
    said = [
        text(
            "Assumed: the durations; that a contract which limits the documents asks for none of those that the law "
            "lets it drop; its two meetings in five years, which only the national model for elderly people sets. That "
            "contracts keep every document is told from the field, not measured."
        ),
        text(
            "Not counted: meetings of the negotiation and of the follow-up ({lines} lines without a duration), "
            "amendments other than of the tariff, the number of indicators, contracts that are the price of an "
            "allowance. Accounts, approval of investments and the budget in force stay due under every contract.",
            lines=(reading.figure("cpom.law.hours"), "unmeasured"),
        ),
    ]  # fmt: skip
    cases = reading.table("cpom_cases")
    if not cases.loc[cases["case"] == "without", "lawful"].all():
        said.append(text(
            "Here the law makes the contract mandatory for some services: no contract is what they would owe, not what "
            "they may choose."
        ))  # fmt: skip
    return [Sentence(s) for s in said]
