"""The operators of a portfolio as one: what it would save, what it would cost once, which thresholds it crosses."""

from __future__ import annotations

import pandas as pd

from burden.analysis import grouping
from burden.analysis.cpom import covered
from burden.analysis.thresholds import thresholds_crossed
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio, is_operator
from burden.report.audited import Audited
from burden.report.content import Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

MOST_OPERATORS = 10
CONTRACT = "law"
_SURE, _UNSURE = 0.9, 0.1
_DRAWN = "P50 of the difference with the operators apart, common draws; low is P10, high is P90"
_CASES = {
    "apart": text("Apart"),
    "grouped": text("As one"),
    "apart_law": text("Apart, each under a contract that limits the documents"),
    "grouped_law": text("As one, under one such contract"),
}
_DIRECTIONS = {
    "starts": text("starts"), "stops": text("stops"), "more": text("falls on more"), "fewer": text("falls on fewer"),
    "other": text("falls on others"), "unknown": text("unknown"),
}  # fmt: skip


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Two operators or more as one; nothing where there is one, or too many to be grouped."""
    # As one, operators may cross a threshold that none of them reaches today.
    inv, ptf = audited.whole, audited.portfolio
    operators = _operators(inv, ptf)
    if not 2 <= len(operators) <= MOST_OPERATORS:
        return {}
    compared = grouping.compare_grouping(inv, ptf, operators, with_cpom=CONTRACT)
    both = grouping.groupings(inv, ptf, operators)
    crossed = thresholds_crossed(inv, both[grouping.APART], both[grouping.GROUPED])
    names = inv.obligations[["obligation_id", "name_fr", "name_en"]]
    return {
        "grouping": compared.assign(operator_ids="|".join(operators)),
        "grouping_thresholds": crossed.merge(names, on="obligation_id", how="left"),
    }


def _operators(inv: Inventory, ptf: Portfolio) -> list[str]:
    """Operators with a row of their own and a service that a contract could cover."""
    own = ptf.units.loc[is_operator(inv, ptf.units), "operator_id"].drop_duplicates()
    return [str(o) for o in own if covered(inv, ptf, str(o))] if len(own) <= MOST_OPERATORS else []


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on grouping."""
    if "grouping" not in found:
        return []
    own = found["grouping"][found["grouping"]["side"] == "respondent"]
    by_case = {str(row["case"]): row for row in own.to_dict("records")}
    numbers = [
        figure_of("grouping.operators", text("operators grouped").template, by_case["apart"]["operators"], "operators",
                  "operators with services that a contract could cover", Rows("grouping"), "operators"),
        figure_of("grouping.starting", text("tools that start with size").template,
                  (found["grouping_thresholds"]["direction"] == "starts").sum(), "obligations",
                  "duties with a threshold that fall on nobody apart and on the group",
                  Rows("grouping_thresholds", {"direction": ("starts",)}), "obligations"),
    ]  # fmt: skip
    for case, row in by_case.items():
        rows = Rows("grouping", {"case": (case,), "side": ("respondent",)})
        numbers.append(figure_of(
            f"grouping.{case}.hours", text("hours a year of every tool").template, row["all_hours_per_year"], "h",
            "hours of every tool", rows, "hours",
        ))  # fmt: skip
        if case != "apart":
            numbers.append(figure_of(
                f"grouping.{case}.spared", text("hours a year that grouping spares").template, -row["difference_p50"],
                "h", f"minus {_DRAWN}", rows, "hours", low=-row["difference_p90"], high=-row["difference_p10"],
                unmeasured=int(row["rows_unmeasured"]),
            ))  # fmt: skip
            numbers.append(figure_of(
                f"grouping.{case}.added", text("hours a year that grouping adds").template, row["difference_p50"], "h",
                _DRAWN, rows, "hours", low=row["difference_p10"], high=row["difference_p90"],
                unmeasured=int(row["rows_unmeasured"]),
            ))  # fmt: skip
    return numbers


def findings(reading: Reading) -> list[Block]:
    """What grouping would save, and what nobody knows of it: one sentence."""
    if "grouping.grouped.spared" not in reading.audit.figures:
        return []
    return [Sentence(_finding(reading))]


def _finding(reading: Reading) -> Text:
    figure = reading.figure
    spared = figure("grouping.grouped.spared")
    said = {
        "operators": figure("grouping.operators"), "all": figure("grouping.apart.hours"),
        "starting": figure("grouping.starting"),
    }  # fmt: skip
    table = reading.table("grouping")
    chance = float(table.loc[(table["case"] == "grouped") & (table["side"] == "respondent"), "less_share"].iloc[0])
    if chance >= _SURE:
        return text(
            "Grouped into one, the {operators} operators would answer in {spared} hours a year less (from {low} to "
            "{high}) of {all}, with assumed durations; {starting} tools would start with size, and what merging itself "
            "takes once has no source.",
            **said, spared=spared, low=(spared, "low"), high=(spared, "high"),
        )  # fmt: skip
    if chance <= _UNSURE and spared.value < 0:
        added = figure("grouping.grouped.added")
        return text(
            "Grouped into one, the {operators} operators would answer in {added} hours a year more (from {low} to "
            "{high}) than their {all}, with assumed durations; {starting} tools would start with size, and what "
            "merging itself takes once has no source.",
            **said, added=added, low=(added, "low"), high=(added, "high"),
        )  # fmt: skip
    return text(
        "Whether the {operators} operators would answer in fewer hours if grouped into one cannot be said for sure, "
        "with assumed durations: their {all} hours a year would change little; {starting} tools would start with size, "
        "and what merging itself takes once has no source.",
        **said,
    )  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where nothing could be grouped."""
    if "grouping.grouped.spared" not in reading.audit.figures:
        return ()
    limit = Sentence(text(
        "Numbers of the operators' own rows (grants, agreements, processing of data) are added up: whether the group "
        "would need fewer is not known. Nothing here counts the time of merging: no source gives it."
    ))  # fmt: skip
    blocks: tuple[Block, ...] = (_cases_table(reading), _thresholds_table(reading), limit)
    return (Section("grouping", text("What grouping the operators would change"), blocks),)


def _cases_table(reading: Reading) -> Table:
    frame = reading.table("grouping")
    other = frame[frame["side"] == "authority"].set_index("case")["all_hours_per_year"]
    own = frame[frame["side"] == "respondent"]
    shown = own.assign(
        what=[_CASES[c].render(reading.language) for c in own["case"]], of_authorities=own["case"].map(other),
    )  # fmt: skip
    columns = {
        "what": text("Case"), "operators": text("Operators"), "all_hours_per_year": text("Hours a year, every tool"),
        "difference_p50": text("Likely difference"), "difference_p10": text("P10"), "difference_p90": text("P90"),
        "less_share": text("Chance of fewer hours"), "operator_hours_per_year": text("of operators"),
        "unit_hours_per_year": text("of services"), "merging_h": text("Merging, once"),
        "obligations": text("Tools, operator by operator"), "pairs": text("Operator and authority pairs"),
        "authorities": text("Authorities"), "of_authorities": text("Hours a year of the authorities"),
    }  # fmt: skip
    shown["less_share"] = shown["less_share"].astype(object).where(shown["case"] != "apart", "")
    return Table(
        "grouping", text("Several operators apart and as one"),
        display(shown, columns, reading.language, shares=("less_share",)),
        text("Hours of operators and of services: of the tools that grouping or the contract touches. Durations are "
             "assumed."),
    )  # fmt: skip


def _thresholds_table(reading: Reading) -> Table:
    frame = reading.table("grouping_thresholds")
    names = frame["name_en"].fillna(frame["name_fr"]) if reading.language == "en" else frame["name_fr"]
    shown = frame.assign(
        tool=names,
        what=[_DIRECTIONS[d].render(reading.language) for d in frame["direction"]],
        counted=[reading.names.of("populations", p) for p in frame["population_id"]],
        limit=frame["minimum"].fillna(frame["maximum"]),
    )
    columns = {
        "tool": text("Tool"), "counted": text("Counted in"), "limit": text("Threshold"), "what": text("What changes"),
        "size_before": text("Largest size apart"), "size_after": text("Size as one"),
        "units_before": text("Structures concerned apart"), "units_after": text("as one"),
    }  # fmt: skip
    return Table("grouping-thresholds", text("Tools whose size threshold grouping crosses"),
                 display(shown, columns, reading.language))  # fmt: skip
