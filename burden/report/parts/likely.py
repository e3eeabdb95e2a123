"""How sure the totals are, which findings keep their rank, and what to measure next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import uncertainty
from burden.figures.narrowing import TODAY
from burden.model.messages import Text, text
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

_NEXT = 5
_LIKELY = "P50 of the draws; low is P10, high is P90"


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Likely ranges, ranks and what would narrow them; none where no hour is known."""
    inv, ptf = audited.borne, audited.portfolio
    if not known["totals"]["hours_per_year"].sum() > 0:
        return {}
    total = uncertainty.ranges(inv, ptf).assign(of="respondent", measure="hours_per_year")
    other = uncertainty.ranges(inv, ptf, side="authority").assign(of="authority", measure="hours_per_year")
    euros = uncertainty.ranges(inv, ptf, measure="cost_eur_per_year").assign(
        of="respondent", measure="cost_eur_per_year"
    )
    return {
        "likely_totals": pd.concat([total, other, euros], ignore_index=True),
        "likely_by_authority": uncertainty.ranges(inv, ptf, by=["required_by_id"]),
        "ranks": uncertainty.ranks(inv, ptf),
        "contributions": uncertainty.contributions(inv, ptf),
        "measure_next": uncertainty.measure_next(inv, ptf, count=_NEXT),
        "sensitivity": uncertainty.sensitivity(inv, ptf),
    }


_NAMES: Mapping[str, Text] = {
    "hours": text("likely hours a year"),
    "authority_hours": text("likely hours a year on the authorities' side"),
    "eur": text("likely cost a year"),
}


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on certainty."""
    if "likely_totals" not in found:
        return []
    numbers = []
    for name, row in zip(_NAMES, found["likely_totals"].to_dict("records"), strict=True):
        if pd.notna(row["p50"]):
            where = {"of": (str(row["of"]),), "measure": (str(row["measure"]),)}
            unit = "eur" if name == "eur" else "h"
            numbers.append(
                figure_of(f"likely.{name}", _NAMES[name].template, row["p50"], unit, _LIKELY,
                          Rows("likely_totals", where), "hours", low=row["p10"], high=row["p90"],
                          unmeasured=int(row["rows_unmeasured"]))
            )  # fmt: skip
    return [*numbers, *_rank_figures(found["ranks"]), *_next_figures(found)]


def _rank_figures(ranks: pd.DataFrame) -> list[KeyFigure]:
    """How often the five and the ten heaviest obligations are those of the report."""
    figures = []
    for top in (5, 10):
        first = ranks.head(top)
        rows = Rows("ranks", {"obligation_id": tuple(map(str, first["obligation_id"]))})
        figures.append(
            figure_of(f"ranks.top_{top}", text("draws in which a tool stays among the heaviest").template,
                      float(first[f"top_{top}_share"].mean()), "share",
                      f"mean over the first {top} of the share of draws in which each is among the {top} heaviest; "
                      "low and high are the least and the most sure of them",
                      rows, "draws", low=float(first[f"top_{top}_share"].min()),
                      high=float(first[f"top_{top}_share"].max()))
        )  # fmt: skip
    return figures


def _next_figures(found: Tables) -> list[KeyFigure]:
    following = found["measure_next"]
    if following.empty:
        return []
    last = following.iloc[-1]
    rows = Rows("measure_next")
    return [
        figure_of("next.inputs", text("inputs to measure next").template, len(following), "inputs",
                  "rows", rows, "inputs"),
        figure_of("next.narrowed", text("part of the likely range that they would take away").template,
                  1.0 - float(last["width_share"]), "share", "1 − range left / range today", rows, "hours"),
        figure_of("next.hours", text("hours a year once they are measured").template,
                  (float(last["p10"]) + float(last["p90"])) / 2, "h", "middle of P10 and P90 once measured", rows,
                  "hours", low=float(last["p10"]), high=float(last["p90"])),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """How far the total may be off, in sentences."""
    if "likely.hours" not in reading.audit.figures:
        return []
    figure = reading.figure
    hours = figure("likely.hours")
    blocks: list[Block] = [
        Sentence(text(
            "A tool may take much longer than its standard time and hardly less: with errors drawn between the bounds, "
            "the total is more likely around {likely} hours, and lies between {low} and {high} eight times in ten.",
            likely=hours, low=(hours, "low"), high=(hours, "high"),
        ))
    ]  # fmt: skip
    if "next.inputs" in reading.audit.figures:
        following = reading.table("measure_next").iloc[0]
        blocks.append(Sentence(text(
            "To know more, measure {first} first; with {n} measurements, the likely range would narrow by {share}.",
            first=reading.joined([_input_name(reading, following)]), n=figure("next.inputs"),
            share=figure("next.narrowed"),
        )))  # fmt: skip
    return blocks


def _input_name(reading: Reading, row: pd.Series) -> str:
    table = "obligations" if row["input"] == "time" else "actors"
    return reading.names.of(table, row["input_id"])


def sections(reading: Reading) -> tuple[Section, ...]:
    """Ranges, ranks, what to measure next, and what the draws assume."""
    if "likely_totals" not in reading.audit.tables:
        return ()
    blocks = (
        _narrowing_chart(reading),
        _likely_table(reading),
        _ranks_table(reading),
        _factors_table(reading),
        _sensitivity_table(reading),
    )
    return (Section("likely", text("How far the totals may be off"), blocks),)


def _narrowing_chart(reading: Reading) -> Chart:
    following = reading.table("measure_next")
    today = reading.table("likely_totals").iloc[[0]].assign(input=TODAY, input_id="")
    steps = pd.concat([today, following], ignore_index=True)[["input", "input_id", "p10", "p90"]]
    labels = {**reading.names.by_table["obligations"], **reading.names.by_table["actors"]}
    shown = following.assign(
        do=[_advice(reading, row) for _, row in following.iterrows()],
    )
    columns = {
        "do": text("What to do"), "variance_share": text("Share of the variance"), "p10": text("P10 then"),
        "p90": text("P90 then"), "width_share": text("Range left"),
    }  # fmt: skip
    return Chart(
        "narrowing",
        partial(charts.narrowing, steps, labels=labels, language=reading.language),
        Table("measure-next", text("What to measure next"),
              display(shown, columns, reading.language, shares=("variance_share", "width_share")),
              text("Each row supposes that those above it are measured.")),
    )  # fmt: skip


def _advice(reading: Reading, row: pd.Series) -> str:
    name = _input_name(reading, row)
    if row["input"] == "time":
        said = text(
            "Time “{name}” in a few services: how long one takes, from the first reading to the sending.", name=name
        )
    else:
        said = text("Count over one year what “{name}” has to answer for: persons, events, staff.", name=name)
    return said.render(reading.language)


def _likely_table(reading: Reading) -> Table:
    whole = reading.table("likely_totals").iloc[[0]].assign(name=text("All authorities").render(reading.language))
    each = reading.table("likely_by_authority").sort_values("p50", ascending=False, kind="stable").head(10)
    each = each.assign(name=[reading.names.of("authorities", a) for a in each["required_by_id"]])
    columns = {
        "name": text("Required by"), "central": text("At standard times"), "p10": text("P10"), "p50": text("P50"),
        "p90": text("P90"), "rows_unmeasured": text("Lines not measured"),
        "rows_without_range": text("Lines without a range"),
    }  # fmt: skip
    return Table(
        "likely",
        text("Likely hours a year, by authority"),
        display(pd.concat([whole, each], ignore_index=True), columns, reading.language),
        text("P10: one chance in ten to be below; P50: as likely above as below; P90: one chance in ten to be above."),
    )


def _ranks_table(reading: Reading) -> Table:
    frame = reading.table("ranks").head(10)
    frame = frame.assign(name=[reading.names.of("obligations", o) for o in frame["obligation_id"]])
    columns = {
        "name": text("Tool"), "rank": text("Rank"), "central": text("At standard times"),
        "top_5_share": text("Among the 5 heaviest"), "top_10_share": text("Among the 10 heaviest"),
    }  # fmt: skip
    return Table(
        "ranks", text("Chances that a tool stays among the heaviest"),
        display(frame, columns, reading.language, shares=("top_5_share", "top_10_share")),
    )  # fmt: skip


def _factors_table(reading: Reading) -> Table:
    frame = reading.table("contributions").head(10)
    names = {
        "standard_times": text("the standard times as a whole"),
        "respondent": text("the pace of one type of respondent"),
        "obligation": text("the time of one tool"),
        "quantity": text("a number of persons, events or staff"),
        "hourly_cost": text("the cost of an hour"),
        "jointly": text("several together"),
    }
    frame = frame.assign(
        factor_name=[names[f].render(reading.language) for f in frame["factor"]],
        about=[_about(reading, row) for _, row in frame.iterrows()],
    )
    columns = {
        "factor_name": text("Where the uncertainty comes from"), "about": text("Which"),
        "variance_share": text("Share of the variance"),
    }  # fmt: skip
    return Table(
        "factors",
        text("Where the uncertainty of the total comes from"),
        display(frame, columns, reading.language, shares=("variance_share",)),
    )


def _about(reading: Reading, row: pd.Series) -> str:
    if not row["factor_id"]:
        return ""
    return reading.names.of("obligations" if row["factor"] == "obligation" else "actors", row["factor_id"])


def _sensitivity_table(reading: Reading) -> Table:
    frame = reading.table("sensitivity")
    cases = {
        "own": text("each tool's errors are its own"),
        "assumed": text("a third common to the standard times, a third to the type of respondent"),
        "shared": text("all errors of the standard times are common"),
    }
    frame = frame.assign(name=[cases[c].render(reading.language) for c in frame["case"]])
    columns = {"name": text("If"), "p10": text("P10"), "p50": text("P50"), "p90": text("P90")}
    return Table(
        "sensitivity",
        text("How far the range hangs on what is assumed of the errors"),
        display(frame, columns, reading.language),
        text(
            "Nobody has measured how far errors go together. Numbers without bounds take a range by how sure they are, "
            "an assumption too (table {file} of the inventory).",
            file="spreads.csv",
        ),
    )
