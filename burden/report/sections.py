"""The sections of an audit report, findings first, method last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from burden.model.messages import Text, text
from burden.report.audit import Audit
from burden.report.charts import charts
from burden.report.content import Block, Reading, Section, Sentence, Table, display
from burden.report.headline import FEW
from burden.report.names import name_of_audited, name_of_focus, names
from burden.report.parts import PARTS

_SHOWN = 15
"""Rows that a table of the report shows; the bundle has them all."""


def sections(audit: Audit, language: str) -> tuple[Section, ...]:
    """The report of an audit, in one language."""
    reading = Reading(audit, language, names(audit.inventory, language))
    drawn = charts(reading)
    return (
        findings(reading),
        owed(reading, drawn),
        repeats(reading, drawn),
        *between_silos(reading),
        *(section for part in PARTS for section in part.sections(reading)),
        certainty(reading, drawn),
        unknown(reading),
        method(),
        sources(reading),
    )


def _said(template: Text) -> Sentence:
    return Sentence(template)


def findings(reading: Reading) -> Section:
    """What a reader must remember, in sentences built from key figures."""
    figure = reading.figure
    heaviest = [reading.names.of("obligations", o) for o in reading.table("obligations")["obligation_id"].head(FEW)]
    blocks: list[Block] = []
    if reading.audit.focus:
        focus = name_of_focus(reading.audit.inventory, reading.audit.focus, reading.language)
        blocks.append(_said(text("This audit looks at {focus} alone.", focus=focus)))
    blocks += [
        _said(text(
            "{who} owes {obligations} different tools, which must reach {authorities} recipients among the "
            "authorities.",
            who=name_of_audited(reading.audit.portfolio),
            obligations=figure("owed.obligations"), authorities=figure("owed.authorities"),
        )),
        _said(text(
            "Answering takes about {hours} hours a year (from {hours_low} to {hours_high}), the time of "
            "{etpt} full-time posts. {assumed} of these hours rest on standard times, not on a measurement: "
            "they say what is heavy and what is light, not how many minutes.",
            hours=figure("burden.hours"), hours_low=(figure("burden.hours"), "low"),
            hours_high=(figure("burden.hours"), "high"), etpt=figure("burden.etpt"),
            assumed=figure("burden.assumed_share"),
        )),
        _said(text(
            "The heaviest tools, {tools}, make {share} of these hours.",
            tools=reading.joined(heaviest), share=figure("burden.top_share"),
        )),
        *_repeat_findings(reading),
        *_silo_findings(reading),
        *(block for part in PARTS for block in part.findings(reading)),
        _said(text(
            "On the texts read in force alone ({sure} tools of {obligations}), the share that repeats runs "
            "from {sure_share} to {sure_high}; on all rows, from {all_share} to {all_high}.",
            sure=figure("evidence.text.obligations"), obligations=figure("owed.obligations"),
            sure_share=(figure("evidence.text.share"), "low"), sure_high=(figure("evidence.text.share"), "high"),
            all_share=(figure("evidence.recalled.share"), "low"),
            all_high=(figure("evidence.recalled.share"), "high"),
        )),
        _said(text(
            "What is not known: {lines} lines have no duration or no number and are in no total; the list of "
            "items of {lists} tools was not read in full.",
            lines=figure("unknown.lines"), lists=figure("unknown.lists"),
        )),
    ]  # fmt: skip
    return Section("findings", text("Findings"), tuple(blocks))


def _repeat_findings(reading: Reading) -> list[Block]:
    figure = reading.figure
    repeated = reading.table("repeated")
    if not (repeated["repeats_per_year"] > 0).any():
        return [_said(text("No piece of information is asked more than once of the same subject."))]
    most = _most_repeated(reading, 3)
    return [
        _said(text(
            "{concepts} pieces of information are asked more than once of the same child, service or "
            "organisation; those whose repeats take longest are {most}.",
            concepts=figure("repeats.concepts"), most=reading.joined(most),
        )),
        _said(text(
            "If each were given once, {same} hours a year would go with the facets as they stand (up to "
            "{same_high} if the shortest answer is kept), and from {harmonise} to {harmonise_high} hours once "
            "perimeters, units and dates are agreed. This is a ceiling, not a plan.",
            same=figure("repeats.same.hours"), same_high=(figure("repeats.same.hours"), "high"),
            harmonise=figure("repeats.harmonise.hours"),
            harmonise_high=(figure("repeats.harmonise.hours"), "high"),
        )),
    ]  # fmt: skip


def _silo_findings(reading: Reading) -> list[Block]:
    shared = reading.table("across_silos")
    if shared.empty:
        return []
    figure = reading.figure
    widest = figure("silos.widest_authorities").rows.where["concept_id"][0]
    return [
        _said(text(
            "In {silos} silos, {shared} pieces of information are asked in two or more of them; the most widespread, "
            "{widest}, goes to {authorities} recipients.",
            silos=figure("silos.count"), shared=figure("silos.concepts"),
            widest=reading.joined([reading.names.of("concepts", widest)]),
            authorities=figure("silos.widest_authorities"),
        ))
    ]  # fmt: skip


def between_silos(reading: Reading) -> tuple[Section, ...]:
    """What several silos ask for, under which labels; nothing where there is one silo."""
    frame = reading.table("across_silos").head(_SHOWN)
    if frame.empty:
        return ()
    frame = frame.assign(
        name=[reading.names.of("concepts", c) for c in frame["concept_id"]],
        fields=[", ".join(reading.names.several("silos", s)) for s in frame["silo_ids"]],
        called=[_some(labels.split("|")) for labels in frame["labels"]],
    )
    columns = {
        "name": text("Information"), "fields": text("Silos"), "obligations": text("Tools"),
        "authorities": text("Recipients"), "called": text("Called"),
    }  # fmt: skip
    table = Table(
        "silos", text("One piece of information, many labels"), display(frame, columns, reading.language),
        text("All of them are in {file}.", file="tables/across_silos.csv"),
    )  # fmt: skip
    return (Section("between-silos", text("Between silos"), (table,)),)


def _some(labels: list[str], most: int = 4) -> str:
    return " ; ".join(labels[:most]) + (" …" if len(labels) > most else "")


def _most_repeated(reading: Reading, count: int) -> list[str]:
    repeated = reading.table("repeated").groupby("concept_id", sort=False)["repeat_h_per_year"].sum()
    heaviest = repeated.sort_values(ascending=False, kind="stable").head(count)
    return [reading.names.of("concepts", c) for c in heaviest.index]


def owed(reading: Reading, drawn: Mapping[str, Block]) -> Section:
    """What is owed, to whom, how often and how heavy."""
    return Section(
        "owed",
        text("What is owed, and to whom"),
        (
            drawn["burden_by_authority"],
            drawn["load_on_actor"],
            _heaviest_table(reading),
            _counterparts_table(reading),
        ),
    )


def _heaviest_table(reading: Reading) -> Table:
    frame = reading.table("obligations").head(_SHOWN)
    frame = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        authority=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        kind=[reading.code("instrument", i) for i in frame["instrument"]],
        certainty=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "name": text("Tool"), "kind": text("Instrument"), "authority": text("Required by"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"), "rows_unmeasured": text("Lines not measured"),
        "certainty": text("Evidence"),
    }  # fmt: skip
    return Table(
        "heaviest",
        text("The heaviest tools"),
        display(frame, columns, reading.language),
        text("All of them are in {file}.", file="tables/obligations.csv"),
    )


def _counterparts_table(reading: Reading) -> Table:
    present = set(reading.audit.portfolio.units["actor_id"])
    frame = reading.table("counterparts")
    frame = frame[frame["actor"].isin(present)]
    frame = frame.assign(name=[reading.names.of("actors", a) for a in frame["actor"]])
    columns = {
        "name": text("Who"), "obligations": text("Tools"), "authorities": text("Authorities"),
        "requiring": text("that require"), "receiving": text("that receive"),
    }  # fmt: skip
    return Table(
        "counterparts", text("Counterparts of each type of structure"), display(frame, columns, reading.language)
    )


def repeats(reading: Reading, drawn: Mapping[str, Block]) -> Section:
    """What is asked twice, by whom, and which tools overlap."""
    return Section(
        "repeats",
        text("What is asked more than once"),
        (
            drawn["repeated_information"],
            _repeated_table(reading),
            _redundancy_table(reading),
            drawn["overlap_matrix"],
            drawn["tool_sets"],
            _unique_table(reading),
        ),
    )


def _repeated_table(reading: Reading) -> Table:
    frame = reading.table("repeated")
    frame = frame[frame["repeats_per_year"] > 0].head(_SHOWN)
    frame = frame.assign(
        name=[reading.names.of("concepts", c) for c in frame["concept_id"]],
        who=[reading.names.of("actors", a) for a in frame["actor_id"]],
        by=[", ".join(reading.names.several("authorities", a)) for a in frame["authority_ids"]],
    )
    columns = {
        "name": text("Information"), "who": text("Asked of"), "obligations": text("Tools"),
        "asked_per_year": text("Times asked a year"), "repeats_per_year": text("Repeats"),
        "repeat_h_per_year": text("Hours of repeats (cautious)"),
        "repeat_h_per_year_high": text("Hours of repeats (bold)"), "by": text("Recipients"),
    }  # fmt: skip
    return Table("repeated", text("The most repeated information"), display(frame, columns, reading.language))


def _redundancy_table(reading: Reading) -> Table:
    frame = reading.table("redundancy")
    classes = {
        "same": text("the same as asked elsewhere"),
        "derivable": text("… or worked out by adding up"),
        "harmonise": text("… or after an agreement on definitions"),
    }
    units = {
        "items": text("items"), "items × frequency": text("items × frequency"), "hours": text("hours"),
    }  # fmt: skip
    frame = frame.assign(
        reuse=[classes[r].render(reading.language) for r in frame["reuse"]],
        counting_unit=[units[u].render(reading.language) for u in frame["counting_unit"]],
    )
    columns = {
        "reuse": text("Reuse"), "counting_unit": text("Counted in"), "today": text("Today"),
        "once": text("Given once"), "redundancy": text("Redundancy"), "redundancy_high": text("At most"),
    }  # fmt: skip
    return Table(
        "redundancy", text("Redundancy by class of reuse and counting unit"),
        display(frame, columns, reading.language, shares=("redundancy", "redundancy_high")),
    )  # fmt: skip


def _unique_table(reading: Reading) -> Table:
    frame = reading.table("containment")
    frame = frame[frame["items"] > 0].sort_values(["answered_elsewhere_share", "items"], ascending=False, kind="stable")
    frame = frame.head(_SHOWN)
    frame = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        alone=[", ".join(reading.names.several("concepts", c)) for c in frame["unique_concept_ids"]],
    )
    columns = {
        "name": text("Tool"), "items": text("Items"), "answered_elsewhere_share": text("Also asked elsewhere"),
        "unique_items": text("Asked only here"), "alone": text("Which"),
    }  # fmt: skip
    return Table(
        "unique",
        text("Tools whose content is mostly asked elsewhere"),
        display(frame, columns, reading.language, shares=("answered_elsewhere_share",)),
        text("Asked elsewhere does not mean useless: see the classes of reuse above."),
    )


def certainty(reading: Reading, drawn: Mapping[str, Block]) -> Section:
    """What stands on verified rows."""
    frame = reading.table("redundancy_by_evidence")
    frame = frame[frame["reuse"] == "harmonise"]
    frame = frame.assign(step=[reading.code("evidence", e) for e in frame["evidence"]])
    columns = {
        "step": text("At least this sure"), "obligations": text("Tools"), "requests": text("Items"),
        "redundancy": text("Redundancy of hours"), "redundancy_high": text("At most"),
    }  # fmt: skip
    table = Table(
        "ladder", text("From verified rows only to all rows"),
        display(frame, columns, reading.language, shares=("redundancy", "redundancy_high")),
    )  # fmt: skip
    return Section("certainty", text("How sure this is"), (drawn["evidence_range"], table))


def unknown(reading: Reading) -> Section:
    """What is missing, so that nobody takes its absence for zero."""
    frame = reading.table("unmeasured")
    reasons = (
        frame["minutes"]
        .isna()
        .map({True: text("no duration").render(reading.language), False: text("no number").render(reading.language)})
    )
    counted = (
        frame.assign(reason=reasons)
        .groupby(["obligation_id", "reason"], sort=False)
        .size()
        .rename("lines")
        .reset_index()
        .sort_values("lines", ascending=False, kind="stable")
        .head(_SHOWN)
    )
    counted["name"] = [reading.names.of("obligations", o) for o in counted["obligation_id"]]
    columns = {"name": text("Tool"), "reason": text("What is missing"), "lines": text("Lines")}
    found = Counter(f.severity for f in reading.audit.findings)
    severities = pd.DataFrame(
        {
            "severity": [text("errors"), text("warnings"), text("notes")],
            "count": [found[s] for s in ("error", "warning", "note")],
        }
    )
    severities["severity"] = [t.render(reading.language) for t in severities["severity"]]
    return Section(
        "unknown",
        text("What we do not know"),
        (
            Table("unmeasured", text("Lines left out of the totals"), display(counted, columns, reading.language),
                  text("All of them are in {file}.", file="tables/unmeasured.csv")),
            Table("findings", text("What the checks found in the inventory"),
                  display(severities, {"severity": text("Severity"), "count": text("Count")}, reading.language),
                  text("Each with its place and remedy in {file}.", file="tables/findings.csv")),
        ),
    )  # fmt: skip


def method() -> Section:
    """How it was worked out, and where it stops."""
    return Section(
        "method",
        text("Method and limits"),
        tuple(
            _said(t)
            for t in (
                text(
                    "Standard Cost Model: number concerned × times a year × minutes / 60, item by item and "
                    "activity by activity; euros are hours × hourly cost. Each figure has an identifier that "
                    "leads to its formula and rows in audit.json."
                ),
                text(
                    "Minutes come from the German table of standard times wherever nobody measured them: an "
                    "assumption for France. The range takes every line at its lowest, then at its highest: it is "
                    "wider than what is likely."
                ),
                text(
                    "The hourly cost is the French average of all sectors; overheads and what the structure "
                    "would do anyway are not known and left out of account."
                ),
                text(
                    "Two requests are the same when subject, concept, reference period, perimeter and unit are "
                    "the same. What a text does not settle is never the same: it is at best to be harmonised. "
                    "Names and numbers that identify are left out. Two exclusive regimes never make a repeat."
                ),
                text(
                    "Hours of repeats keep the dearest asking (cautious) or the cheapest (bold), at the freshest "
                    "rate demanded. Nothing here says that a repeat is useless: protection, contradictory "
                    "procedure and second looks have their reasons."
                ),
                text(
                    "A file sent to several recipients is prepared once. Where a text binds an authority and a "
                    "service for one file, whoever is audited is counted the whole file. Quantities come from the "
                    "portfolio, whose rows say whether they are published or given as an example."
                ),
            )
        ),
    )


def sources(reading: Reading) -> Section:
    """What the audited rows cite."""
    frame = reading.table("sources")
    columns = {
        "citation": text("Source"), "url": text("Address"), "date_read": text("Read on"), "rows": text("Rows"),
    }  # fmt: skip
    shown = frame.assign(
        url=frame["url"].fillna(""),
        date_read=frame["date_read"].dt.strftime("%Y-%m-%d").astype("str").fillna(""),
    )
    table = Table("sources", text("Sources cited by the rows of this audit"), display(shown, columns, reading.language))
    return Section("sources", text("Sources"), (table,))
