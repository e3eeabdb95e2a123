"""How far the findings hang on what was verified."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import redundancy
from burden.model.inventory import EVIDENCE_LADDER
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of, records


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Redundancy from verified rows only to all rows."""
    return {"redundancy_by_evidence": redundancy.by_evidence(audited.borne, audited.portfolio)}


def key_figures(found: Tables) -> list[KeyFigure]:
    """Redundancy at each step of evidence."""
    ladder = records(found["redundancy_by_evidence"], "evidence", "reuse")
    figures = []
    for step in EVIDENCE_LADDER:
        row = ladder[(step, "harmonise")]
        figures += [
            figure_of(f"evidence.{step}.obligations", text("obligations at least this sure").template,
                float(row["obligations"]), "obligations", f"obligations with evidence up to {step}",
                Rows("obligations"), "obligations"),
            figure_of(f"evidence.{step}.share", text("share of the items' hours that repeats, on these rows").template,
                float(row["redundancy"]), "share", "1 − hours once / hours today",
                Rows("redundancy_by_evidence", {"evidence": (step,)}), "hours",
                low=float(row["redundancy"]), high=float(row["redundancy_high"])),
        ]  # fmt: skip
    return figures


def findings(reading: Reading) -> list[Block]:
    """What stands on verified rows, in a sentence; nothing where nothing is owed."""
    figure = reading.figure
    if not figure("owed.obligations").value:
        return []
    return [
        Sentence(text(
            "On the texts read in force alone ({sure} tools of {obligations}), the share that repeats runs "
            "from {sure_share} to {sure_high}; on all rows, from {all_share} to {all_high}.",
            sure=figure("evidence.text.obligations"), obligations=figure("owed.obligations"),
            sure_share=(figure("evidence.text.share"), "low"), sure_high=(figure("evidence.text.share"), "high"),
            all_share=(figure("evidence.recalled.share"), "low"),
            all_high=(figure("evidence.recalled.share"), "high"),
        )),
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
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
    return (Section("certainty", text("How sure this is"), (_evidence_range(reading), table)),)


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
        partial(charts.evidence_range, frame, language=reading.language),
        Table("evidence-drawn", text("Redundancy by evidence"),
              display(shown, columns, reading.language, shares=("redundancy", "redundancy_high"))),
    )  # fmt: skip
