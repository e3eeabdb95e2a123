"""The charts of an audit report, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from burden import figures
from burden.analysis.askings import items
from burden.analysis.ledger import summed
from burden.model.messages import text
from burden.report.content import Block, Chart, Reading, Table, display

_OVERLAPPING = 20
_TOOLS = 6


def charts(reading: Reading) -> Mapping[str, Block]:
    """Every chart of the report, by name."""
    drawn = (
        _burden_by_authority(reading),
        _load_on_actor(reading),
        _repeated_information(reading),
        _overlap_matrix(reading),
        _tool_sets(reading),
        _evidence_range(reading),
    )
    return {chart.id: chart for chart in drawn}


def _burden_by_authority(reading: Reading) -> Chart:
    frame = reading.table("by_authority")
    shown = _named(reading, frame.sort_values("hours_per_year", ascending=False, kind="stable"))
    columns = {
        "authority": text("Required by"), "kind": text("Instrument"), "obligations": text("Tools"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"),
        "hours_per_year_high": text("High"),
    }  # fmt: skip
    return Chart(
        "burden_by_authority",
        figures.burden_by_authority(frame, labels=reading.names.by_table["authorities"], language=reading.language),
        Table("by-authority", text("Hours by authority and instrument"), display(shown, columns, reading.language)),
    )


def _named(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        authority=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        kind=[reading.code("instrument", i) for i in frame["instrument"]],
    )


def _load_on_actor(reading: Reading) -> Chart:
    """The type of structure that bears most hours."""
    heaviest = reading.table("by_actor").sort_values("hours_per_year", ascending=False, kind="stable")
    actor = heaviest["actor_id"].iloc[0] if len(heaviest) else ""
    ledger = reading.table("ledger")
    own = ledger[(ledger["actor_id"] == actor) & (ledger["side"] == "respondent")]
    frame = summed(own, ["required_by_id", "instrument", "obligation_id"])
    shown = _named(reading, frame.sort_values("hours_per_year", ascending=False, kind="stable"))
    shown = shown.assign(tool=[reading.names.of("obligations", o) for o in shown["obligation_id"]])
    columns = {
        "tool": text("Tool"), "authority": text("Required by"), "kind": text("Instrument"),
        "hours_per_year": text("Hours a year"),
    }  # fmt: skip
    name = reading.names.of("actors", actor)
    return Chart(
        "load_on_actor",
        figures.load_on_actor(
            frame, actor=name, labels=reading.names.by_table["authorities"], language=reading.language
        ),
        Table("load", text("Who asks what: {actor}", actor=name), display(shown, columns, reading.language)),
    )


def _repeated_information(reading: Reading) -> Chart:
    frame = reading.table("repeated")
    labels = {**reading.names.by_table["concepts"], **reading.names.by_table["authorities"]}
    total = frame[frame["repeats_per_year"] > 0].groupby("concept_id", sort=False)
    shown = total[["repeat_h_per_year", "repeat_h_per_year_high", "repeats_per_year"]].sum().reset_index()
    shown = shown.sort_values("repeat_h_per_year", ascending=False, kind="stable").head(_OVERLAPPING)
    shown["name"] = [reading.names.of("concepts", c) for c in shown["concept_id"]]
    columns = {
        "name": text("Information"), "repeats_per_year": text("Repeats"),
        "repeat_h_per_year": text("Hours of repeats (cautious)"),
        "repeat_h_per_year_high": text("Hours of repeats (bold)"),
    }  # fmt: skip
    return Chart(
        "repeated_information",
        figures.repeated_information(frame, labels=labels, language=reading.language),
        Table("repeats-drawn", text("The most repeated information, all structures"),
              display(shown, columns, reading.language)),
    )  # fmt: skip


def _overlap_matrix(reading: Reading) -> Chart:
    frame = reading.table("overlap")
    shown = frame.head(_OVERLAPPING)
    shown = shown.assign(
        first=[reading.names.of("obligations", o) for o in shown["a"]],
        second=[reading.names.of("obligations", o) for o in shown["b"]],
    )
    columns = {
        "first": text("Tool"), "second": text("Other tool"), "shared": text("Items in common"),
        "jaccard": text("Jaccard index"), "containment_a_b": text("Of the first, in the second"),
        "containment_b_a": text("Of the second, in the first"),
    }  # fmt: skip
    return Chart(
        "overlap_matrix",
        figures.overlap_matrix(
            frame, labels=reading.names.by_table["obligations"], language=reading.language
        ),
        Table("overlap", text("Tools that share most"), display(
            shown, columns, reading.language, shares=("jaccard", "containment_a_b", "containment_b_a"))),
    )  # fmt: skip


def _tool_sets(reading: Reading) -> Chart:
    inv = reading.audit.inventory
    asked = items(inv)[["obligation_id", "concept_id"]].drop_duplicates()
    tools = list(reading.table("obligations")["obligation_id"].head(_TOOLS))
    kept = asked[asked["obligation_id"].isin(tools)]
    held = kept.groupby("concept_id", sort=False)["obligation_id"].agg(lambda s: "|".join(sorted(s)))
    counted = held.value_counts().rename("count").rename_axis("tools").reset_index()
    counted["names"] = [" + ".join(reading.names.several("obligations", t)) for t in counted["tools"]]
    columns = {"names": text("Asked by exactly these tools"), "count": text("Pieces of information")}
    return Chart(
        "tool_sets",
        figures.tool_sets(asked, tools=tools, labels=reading.names.by_table["obligations"], language=reading.language),
        Table("sets", text("What the heaviest tools ask in common"), display(counted, columns, reading.language)),
    )


def _evidence_range(reading: Reading) -> Chart:
    frame = reading.table("redundancy_by_evidence")
    shown = frame[frame["reuse"] == "harmonise"]
    shown = shown.assign(step=[reading.code("evidence", e) for e in shown["evidence"]])
    columns = {
        "step": text("At least this sure"), "redundancy": text("Redundancy of hours"),
        "redundancy_high": text("At most"), "obligations": text("Tools"),
    }  # fmt: skip
    return Chart(
        "evidence_range",
        figures.evidence_range(frame, language=reading.language),
        Table("evidence-drawn", text("Redundancy by evidence"),
              display(shown, columns, reading.language, shares=("redundancy", "redundancy_high"))),
    )  # fmt: skip
