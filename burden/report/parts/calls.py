"""Real calls: how many files for an award, what choosing costs, what published studies say of a file."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from burden.analysis import calls
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

HOURS_PER_DAY = 7.0
"""A working day of the legal 35-hour week (code du travail, art. L. 3121-27)."""
_DRAWS = ("p10", "p50", "p90")


@dataclass(frozen=True)
class _Study:
    """Working days of one file in a published study."""

    source_id: str
    name: Text
    low_days: float
    days: float
    high_days: float


STUDIES = (
    _Study("herbert-2013", text("research grant, Australia 2012: writing one file"), 28, 34, 38),
    _Study("commission-marches-2011", text("public contract, European Union 2011: one bidder, by country"),
           10, math.nan, 43),
    _Study("commission-marches-2011", text("public contract, European Union 2011: the buyer, by country"),
           11, math.nan, 68),
)  # fmt: skip
"""Read in an abstract and on slides; for comparison, and in none of the figures."""


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Calls and files; nothing where the portfolio's tools answer no call that is known."""
    inv = audited.borne
    found = calls.observed(inv)
    if found.empty:
        return {}
    return {
        "calls": found,
        "calls_untied": calls.untied(inv),
        "files": _files(inv),
        "published_files": _studies(inv),
    }


def _files(inv: Inventory) -> pd.DataFrame:
    """Hours of one file of each procedure, both sides."""
    steps = calls.procedure_steps(inv)
    applying = steps[steps["present"] & (steps["each"] == "candidate")]
    parts = [
        calls.file_hours(inv, str(row["obligation_id"])).assign(
            procedure=row["procedure"], obligation_id=row["obligation_id"]
        )
        for _, row in applying.iterrows()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["procedure", "party"])


def _studies(inv: Inventory) -> pd.DataFrame:
    """What published studies say of a file, for those whose source the inventory has."""
    known = set(inv.sources["source_id"])
    rows = [
        (s.name.render("fr"), s.name.render("en"), s.low_days, s.days, s.high_days, s.source_id)
        for s in STUDIES
        if s.source_id in known
    ]
    return pd.DataFrame(rows, columns=["name_fr", "name_en", "low_days", "days", "high_days", "source_id"])


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on real calls."""
    return [*_counted(found), *_eaten(found["calls"])] if "calls" in found else []


def _counted(found: Tables) -> list[KeyFigure]:
    """How many files for an award, in the calls where both were counted."""
    known = found["calls"]
    known = known[known["candidates_per_award"].notna()]
    if known.empty:
        return []
    files, awards = float(known["candidates"].sum()), float(known["awards"].sum())
    rows = Rows("calls", {"call_id": tuple(map(str, known["call_id"]))})
    lost = float(known["losers_hours"].sum() / known["hours"].sum()) if known["hours"].sum() > 0 else math.nan
    return [
        figure_of("calls.known", text("real calls whose candidates and awards are known").template, len(known),
                  "calls", "rows", rows, "calls"),
        figure_of("calls.candidates", text("files received").template, files, "candidates", "candidates", rows,
                  "files"),
        figure_of("calls.awards", text("files chosen").template, awards, "awards", "awards", rows, "files"),
        figure_of("calls.rivals", text("candidates for one award in the median call").template,
                  float(known["candidates_per_award"].median()), "candidates", "median of candidates / awards", rows,
                  "files"),
        figure_of("calls.losers_share", text("share of the hours borne by those not chosen").template, lost, "share",
                  "hours of those not chosen / hours of all", rows, "hours"),
        figure_of("calls.untied", text("calls that no tool of these answers").template, len(found["calls_untied"]),
                  "calls", "rows", Rows("calls_untied"), "calls"),
    ]  # fmt: skip


def _eaten(observed: pd.DataFrame) -> list[KeyFigure]:
    """What part of the amount the competition costs, in the calls where it can be worked out."""
    known = observed[observed["share_of_amount_p50"].notna()].sort_values("share_of_amount_p50", kind="stable")
    if known.empty:
        return []
    rows = Rows("calls", {"call_id": tuple(map(str, known["call_id"]))})
    amount = float(known["amount_eur"].sum())
    low, middle, high = (float(known[f"eur_{q}"].sum()) / amount for q in _DRAWS)
    numbers = [
        figure_of("calls.priced", text("calls whose amount is known too").template, len(known), "calls", "rows",
                  rows, "calls"),
        figure_of("calls.share", text("share of the amount that choosing costs").template, middle, "share",
                  "sum of the P50 of each call in euros / euros allocated; low of the P10, high of the P90", rows,
                  "hours", low=low, high=high),
    ]  # fmt: skip
    for name, row in (("least", known.iloc[0]), ("most", known.iloc[-1])):
        one = Rows("calls", {"call_id": (str(row["call_id"]),)})
        low, middle, high = (float(row[f"share_of_amount_{q}"]) for q in _DRAWS)
        numbers.append(
            figure_of(f"calls.share_{name}", text("share of the amount that choosing costs").template, middle, "share",
                      "P50 of euros of choosing / euros allocated; low is P10, high is P90", one, "hours",
                      low=low, high=high)
        )  # fmt: skip
    dearest = known.iloc[-1]
    numbers.append(
        figure_of("calls.break_even_days", text("working days of a file that would use up the amount").template,
                  float(dearest["break_even_file_h"]) / HOURS_PER_DAY, "working_days",
                  f"(amount − rest of the cost) / candidates / cost of an hour / {HOURS_PER_DAY:g}",
                  Rows("calls", {"call_id": (str(dearest["call_id"]),)}), "hours")
    )  # fmt: skip
    return numbers


def findings(reading: Reading) -> list[Block]:
    """How many files for an award and what they cost, in sentences."""
    known = reading.audit.figures
    if "calls.known" not in known:
        return []
    figure = reading.figure
    blocks: list[Block] = [
        Sentence(text(
            "In {calls} real calls that these tools answer, {candidates} files were received for {awards} awards; "
            "at the hours assumed, those not chosen bear {losers} of the work of choosing.",
            calls=figure("calls.known"), candidates=figure("calls.candidates"), awards=figure("calls.awards"),
            losers=figure("calls.losers_share"),
        ))
    ]  # fmt: skip
    if "calls.share" in known:
        blocks.append(_share_finding(reading))
    return blocks


def _share_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    share, least, most = figure("calls.share"), figure("calls.share_least"), figure("calls.share_most")
    return Sentence(text(
        "In the {priced} of them whose amount is known, applying and examining cost around {share} of it (from {low} "
        "to {high} eight times in ten), from {least} ({cheap}) to {most} ({dear}). The hours of a file are assumed, "
        "not measured: in the latter call, a file of {days} working days would use up the whole amount.",
        priced=figure("calls.priced"), share=share, low=(share, "low"), high=(share, "high"), least=least, most=most,
        cheap=_call_name(reading, least), dear=_call_name(reading, most), days=figure("calls.break_even_days"),
    ))  # fmt: skip


def _call_name(reading: Reading, figure: KeyFigure) -> str:
    named = reading.table("calls").set_index("call_id")["name_fr"]
    return reading.joined([str(named[figure.rows.where["call_id"][0]])])


def sections(reading: Reading) -> tuple[Section, ...]:
    """Real calls, published studies, and what all this leaves out."""
    if "calls" not in reading.audit.tables:
        return ()
    blocks = (*_calls_table(reading), *_study_blocks(reading), _limits())
    return (Section("calls", text("Choosing by competition"), blocks),)


def _calls_table(reading: Reading) -> list[Block]:
    frame = reading.table("calls")
    frame = frame[frame["candidates"].notna() | frame["amount_eur"].notna()]
    if frame.empty:
        return []
    frame = frame.sort_values(["share_of_amount_p50", "candidates_per_award"], ascending=False, kind="stable")
    shown = frame.head(SHOWN).assign(
        when=["" if pd.isna(y) else str(int(y)) for y in frame.head(SHOWN)["year"]],
        sure=[reading.code("evidence", e) for e in frame.head(SHOWN)["evidence"]],
    )
    columns = {
        "name_fr": text("Call"), "when": text("Year"), "candidates": text("Files"), "awards": text("Chosen"),
        "candidates_per_award": text("Files for one award"), "amount_eur": text("Allocated (€)"),
        "hours_p50": text("Hours of choosing"), "share_of_amount_p50": text("Share of the amount"),
        "share_of_amount_p10": text("P10"), "share_of_amount_p90": text("P90"), "sure": text("Evidence"),
    }  # fmt: skip
    shares = ("share_of_amount_p50", "share_of_amount_p10", "share_of_amount_p90")
    note = text(
        "Files, awards and amounts are those of each call; the hours are those of the tool that answering is, not of "
        "that call, and they are assumed. Calls that no tool here answers, mostly as public bodies answer them, are "
        "left out: {n}.",
        n=len(reading.table("calls_untied")),
    )
    return [Table("real-calls", text("Real calls"), display(shown, columns, reading.language, shares=shares), note)]


def _study_blocks(reading: Reading) -> list[Block]:
    studies, files = reading.table("published_files"), reading.table("files")
    own = files[(files["each"] == "file") & files["hours"].notna()] if len(files) else files
    if studies.empty or own.empty:
        return []
    sides = {"candidate": text("{tool}: applying"), "authority": text("{tool}: examining")}
    ours = pd.DataFrame({
        "name": [
            Text(sides[p].template, {"tool": reading.names.of("obligations", o)}).render(reading.language)
            for p, o in zip(own["party"], own["obligation_id"], strict=True)
        ],
        "low_days": own["hours_low"] / HOURS_PER_DAY, "days": own["hours"] / HOURS_PER_DAY,
        "high_days": own["hours_high"] / HOURS_PER_DAY, "source": text("here, standard times").render(reading.language),
    })  # fmt: skip
    cited = reading.audit.inventory.sources.set_index("source_id")["citation"]
    theirs = studies.assign(
        name=studies["name_en" if reading.language == "en" else "name_fr"], source=studies["source_id"].map(cited)
    )
    shown = pd.concat([ours, theirs[["name", "low_days", "days", "high_days", "source"]]], ignore_index=True)
    days = shown[["low_days", "days", "high_days"]]
    shown[days.columns] = days.replace({np.inf: np.nan})
    columns = {
        "name": text("One file"), "low_days": text("Low (days)"), "days": text("Working days"),
        "high_days": text("High (days)"), "source": text("Source"),
    }  # fmt: skip
    return [
        Table("published-files", text("The work of one file, here and in published studies"),
              display(shown, columns, reading.language),
              text("Days of seven hours. Studies of other fields and countries, for comparison only: none of our "
                   "figures rests on them. Where they say more, ours may be too low."))
    ]  # fmt: skip


def _limits() -> Sentence:
    return Sentence(text(
        "What a call brings by choosing a better project is not measured: a call that costs a part of what it "
        "allocates is worth it if the project chosen is better by as much than the one that would have been funded "
        "without it. Meetings, and the work of an authority outside this audit, are counted only where they were timed."
    ))  # fmt: skip
