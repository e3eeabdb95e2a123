"""What is missing, so that nobody takes its absence for zero."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of


def tables(_: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Lines that are in no total."""
    ledger = known["ledger"]
    return {"unmeasured": ledger[ledger["hours_per_year"].isna()].reset_index(drop=True)}


def key_figures(found: Tables) -> list[KeyFigure]:
    """How much is missing."""
    read = found["obligations"]["item_list"] == "complete"
    return [
        figure_of("unknown.lines", text("lines without a duration or a number").template,
            len(found["unmeasured"]), "lines", "lines of the ledger whose hours are unknown",
            Rows("unmeasured"), "lines"),
        figure_of("unknown.lists", text("obligations whose list of items was not read in full").template,
            float((~read).sum()), "obligations", "obligations with a partial or recalled list of items",
            Rows("obligations", {"item_list": ("partial", "recalled")}), "obligations"),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What is not known, in a sentence."""
    figure = reading.figure
    return [
        Sentence(text(
            "What is not known: {lines} lines have no duration or no number and are in no total; the list of "
            "items of {lists} tools was not read in full.",
            lines=figure("unknown.lines"), lists=figure("unknown.lists"),
        )),
    ]  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
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
        .head(SHOWN)
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
    section = Section(
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
    return (section,)
