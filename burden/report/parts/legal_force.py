"""What the law requires, and what rests on a circular, a convention or a practice."""

from __future__ import annotations

import pandas as pd

from burden.analysis import legal_force
from burden.model.messages import plural_text, text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Hours by the strongest text behind each tool; none where no tool cites a text."""
    inv, ptf = audited.borne, audited.portfolio
    levels = legal_force.by_level(inv, ptf)
    if levels.empty or (levels["level"] == legal_force.UNKNOWN).all():
        return {}
    return {
        "legal_levels": levels,
        "legal_force": legal_force.strongest_level(inv),
        "not_legally_required": legal_force.not_legally_required(inv, ptf),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on what the law does not require."""
    if "legal_levels" not in found:
        return []
    levels, soft = found["legal_levels"], found["not_legally_required"]
    low, central, high = (float(soft[f"hours_per_year{b}"].sum(min_count=1)) for b in ("_low", "", "_high"))
    rows = Rows("not_legally_required")
    unmeasured = int(soft["rows_unmeasured"].sum())
    silent = levels.loc[levels["level"] == legal_force.UNKNOWN, "obligations"].sum()
    return [
        figure_of("legal.tools", text("tools that rest on no law, decree or order that is cited").template, len(soft),
                  "obligations", "strongest text cited: circular, convention or local practice", rows, "obligations"),
        figure_of("legal.hours", text("their hours a year").template, central, "h",
                  "hours of these tools", rows, "hours", low=low, high=high, unmeasured=unmeasured),
        figure_of("legal.share", text("their share of the hours").template,
                  central / float(levels["hours_per_year"].sum()), "share", "hours of these tools / hours", rows,
                  "hours", unmeasured=unmeasured),
        figure_of("legal.silent", text("tools that cite no text").template, silent, "obligations",
                  "tools without a legal base", Rows("legal_force", {"level": (legal_force.UNKNOWN,)}),
                  "obligations"),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What does not rest on the law, in sentences; nothing where all of it does."""
    figures = reading.audit.figures
    if "legal.tools" not in figures:
        return []
    figure = reading.figure
    blocks: list[Block] = []
    if figure("legal.tools").value:
        hours = figure("legal.hours")
        blocks.append(Sentence(plural_text(
            "As far as the texts cited here go, {tools} tool rests on no law, decree or order but on a circular, a "
            "convention or a practice: {hours} hours a year (from {low} to {high}), {share} of the hours. Whoever "
            "wrote it can change it.",
            "As far as the texts cited here go, {tools} tools rest on no law, decree or order but on a circular, a "
            "convention or a practice: {hours} hours a year (from {low} to {high}), {share} of the hours. Whoever "
            "wrote them can change them.",
            int(figure("legal.tools").value), tools=figure("legal.tools"), hours=hours,
            low=(hours, "low"), high=(hours, "high"), share=figure("legal.share"),
        )))  # fmt: skip
    if figure("legal.silent").value:
        blocks.append(Sentence(plural_text(
            "{tools} tool cites no text at all: whether the law requires it is not known.",
            "{tools} tools cite no text at all: whether the law requires them is not known.",
            int(figure("legal.silent").value), tools=figure("legal.silent"),
        )))  # fmt: skip
    return blocks


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no tool cites a text."""
    if "legal_levels" not in reading.audit.tables:
        return ()
    blocks: tuple[Block, ...] = (_levels_table(reading),)
    if len(reading.table("not_legally_required")):
        blocks += (_soft_table(reading),)
    return (Section("legal-force", text("What the law requires"), blocks),)


def _level(reading: Reading, level: object) -> str:
    if level == legal_force.UNKNOWN:
        return text("no text cited").render(reading.language)
    return reading.code("legal_level", level)


def _levels_table(reading: Reading) -> Table:
    frame = reading.table("legal_levels")
    shown = frame.assign(strongest=[_level(reading, v) for v in frame["level"]])
    columns = {
        "strongest": text("Strongest text behind the tool"), "obligations": text("Tools"),
        "hours_per_year": text("Hours a year"), "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"),
        "share": text("Share"), "rows_unmeasured": text("Lines not measured"),
    }  # fmt: skip
    return Table(
        "legal-levels", text("Hours by the strongest text behind each tool"),
        display(shown, columns, reading.language, shares=("share",)),
        text("A law that founds a tool does not always settle its content, its period or its form."),
    )  # fmt: skip


def _soft_table(reading: Reading) -> Table:
    frame = reading.table("not_legally_required").head(SHOWN)
    nobody = text("not stated").render(reading.language)
    shown = frame.assign(
        name=[reading.names.of("obligations", o) for o in frame["obligation_id"]],
        strongest=[_level(reading, v) for v in frame["level"]],
        asks=[reading.names.of("authorities", a) for a in frame["required_by_id"]],
        changes=[", ".join(reading.names.several("authorities", a)) or nobody for a in frame["amended_by_ids"]],
        certainty=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns = {
        "name": text("Tool"), "strongest": text("Rests on"), "asks": text("Required by"),
        "changes": text("Can be changed by"), "hours_per_year": text("Hours a year"),
        "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"), "certainty": text("Evidence"),
    }  # fmt: skip
    return Table(
        "not-required", text("Tools that no law, decree or order cited here requires"),
        display(shown, columns, reading.language),
        text("A text that this inventory does not cite may require them. A convention binds those who signed it. All "
             "of them are in {file}.", file="tables/not_legally_required.csv"),
    )  # fmt: skip
