"""How few tools and authorities make most of the hours, and what direct work loses."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import concentration
from burden.model.messages import text
from burden.report.audited import Audited
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of
from burden.report.names import names_of_operators

_LEAST_H = 1.0
"""Fewer hours a year are not worth a row."""
_HOURS = [f"hours_per_year{b}" for b in ("_low", "", "_high")]


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Authorities from the heaviest down, concentration, direct work, counterparts of each operator."""
    inv, ptf = audited.borne, audited.portfolio
    tools = known["obligations"]
    if not tools["hours_per_year"].sum() > 0:
        return {}
    requesters = _requesters(known["by_authority"])
    summaries = {"obligation": concentration.summary(tools), "authority": concentration.summary(requesters)}
    return {
        "by_requester": requesters,
        "concentration": pd.concat([s.assign(of=of) for of, s in summaries.items()], ignore_index=True),
        "direct_work": concentration.direct_work(inv, ptf),
        "operator_counterparts": concentration.counterparts(inv, ptf),
    }


def _requesters(by_authority: pd.DataFrame) -> pd.DataFrame:
    """Hours by authority, its instruments together."""
    grouped = by_authority.groupby("required_by_id", dropna=False, sort=True)
    sums = grouped[_HOURS].sum(min_count=1)
    sums[["obligations", "rows_unmeasured"]] = grouped[["obligations", "rows_unmeasured"]].sum()
    return concentration.pareto(sums.reset_index(), value="hours_per_year")


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on concentration."""
    if "concentration" not in found:
        return []
    of = found["concentration"].set_index("of")
    tools = {column: float(of[column]["obligation"]) for column in ("make_50", "make_80", "known", "gini")}
    rows = Rows("obligations")
    first = found["by_requester"].iloc[0]
    numbers = [
        figure_of("concentration.half", text("tools that make half of the hours").template, tools["make_50"],
                  "obligations", "fewest tools whose hours reach half", rows, "obligations"),
        figure_of("concentration.most", text("tools that make four fifths of the hours").template, tools["make_80"],
                  "obligations", "fewest tools whose hours reach four fifths", rows, "obligations"),
        figure_of("concentration.tools", text("tools whose hours are known").template, tools["known"],
                  "obligations", "tools with known hours", rows, "obligations"),
        figure_of("concentration.gini", text("Gini index of the hours of the tools").template, tools["gini"],
                  "index", "2 Σ i·h_i / (n Σ h_i) − (n + 1) / n, hours in rising order", rows, "hours"),
        figure_of("concentration.first_requester", text("share of hours of the heaviest authority").template,
                  first["share"], "share", "hours that it requires / hours",
                  Rows("by_requester", {"required_by_id": (str(first["required_by_id"]),)}), "hours"),
    ]  # fmt: skip
    return numbers + _direct(found["direct_work"]) + _counterparts(found["operator_counterparts"])


def _direct(work: pd.DataFrame) -> list[KeyFigure]:
    direct = work[work["work"] == "direct"]
    if not direct["hours_per_year"].sum() > 0:
        return []
    rows = Rows("direct_work", {"work": ("direct",)})
    low, posts, high = (float(direct[f"etpt{b}"].sum()) for b in ("_low", "", "_high"))
    unmeasured = int(direct["rows_unmeasured"].sum())
    return [
        figure_of("direct.etpt", text("full-time posts taken from direct work").template, posts, "etpt",
                  "hours of educational, social and care staff / 1,607", rows, "hours", low=low, high=high,
                  unmeasured=unmeasured),
        figure_of("direct.share", text("share of hours taken from direct work").template,
                  float(direct["hours_per_year"].sum() / work["hours_per_year"].sum()), "share",
                  "hours of educational, social and care staff / hours", rows, "hours", unmeasured=unmeasured),
    ]  # fmt: skip


def _counterparts(operators: pd.DataFrame) -> list[KeyFigure]:
    if operators.empty:
        return []
    most = operators.iloc[0]
    rows = Rows("operator_counterparts", {"operator_id": (str(most["operator_id"]),)})
    return [
        figure_of("operators.authorities", text("authorities that an operator deals with, at most").template,
                  most["authorities"], "authorities", "distinct authorities that require or receive", rows,
                  "authorities"),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What concentration says, in sentences."""
    known, figure = reading.audit.figures, reading.figure
    if "concentration.half" not in known:
        return []
    first = figure("concentration.first_requester")
    blocks: list[Block] = [
        Sentence(text(
            "Half of the hours come from {half} of the {tools} tools whose hours are known, four fifths from {most}. "
            "The authority that asks for most ({authority}) asks for {share} of them.",
            half=figure("concentration.half"), tools=figure("concentration.tools"), most=figure("concentration.most"),
            authority=reading.names.of("authorities", first.rows.where["required_by_id"][0]), share=first,
        ))
    ]  # fmt: skip
    if "direct.etpt" in known:
        posts = figure("direct.etpt")
        blocks.append(Sentence(text(
            "Answering takes {etpt} full-time posts (from {low} to {high}) from direct work, {share} of the hours: "
            "those of educational, social and care staff, as far as it is known who answers.",
            etpt=posts, low=(posts, "low"), high=(posts, "high"), share=figure("direct.share"),
        )))  # fmt: skip
    return blocks


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no hours are known."""
    if "concentration.half" not in reading.audit.figures:
        return ()
    figure = reading.figure
    limit = Sentence(text(
        "Gini index of the hours of the tools: {gini} (zero if all took the same time, one if one took it all). Each "
        "tool counts once, however many structures it falls on: merging or splitting tools in the inventory changes "
        "the index, not the hours. Tools without known hours are on no curve.",
        gini=figure("concentration.gini"),
    ))  # fmt: skip
    blocks: tuple[Block, ...] = (
        _chart(reading), limit, _requesters_table(reading), _direct_table(reading), _operators_table(reading),
    )  # fmt: skip
    return (Section("concentration", text("Where the hours gather"), blocks),)


def _chart(reading: Reading) -> Chart:
    tools = reading.table("obligations")
    frame = concentration.pareto(tools, value="hours_per_year").head(SHOWN)
    frame = frame.assign(name=[reading.names.of("obligations", o) for o in frame["obligation_id"]])
    columns = {
        "name": text("Tool"), "hours_per_year": text("Hours a year"), "share": text("Share"),
        "cumulative_share": text("Running share"),
    }  # fmt: skip
    shown = display(frame, columns, reading.language, shares=("share", "cumulative_share"))
    drawn = partial(charts.pareto_curve, tools, labels=reading.names.by_table["obligations"], language=reading.language)
    return Chart("pareto_curve", drawn, Table("tools-curve", text("Tools, from the heaviest"), shown))


def _requesters_table(reading: Reading) -> Table:
    frame = reading.table("by_requester").head(SHOWN)
    frame = frame.assign(name=[reading.names.of("authorities", a) for a in frame["required_by_id"]])
    columns = {
        "name": text("Required by"), "obligations": text("Tools"), "hours_per_year": text("Hours a year"),
        "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"), "share": text("Share"),
        "cumulative_share": text("Running share"),
    }  # fmt: skip
    return Table(
        "requesters", text("Authorities, from the heaviest"),
        display(frame, columns, reading.language, shares=("share", "cumulative_share")),
        text("The authority that requires, which is not always the one that wrote the rule."),
    )  # fmt: skip


def _direct_table(reading: Reading) -> Table:
    frame = reading.table("direct_work")
    frame = frame[frame["hours_per_year"] >= _LEAST_H].head(SHOWN)
    work = {
        "direct": text("educational, social and care staff"), "other": text("direction, managers, administration"),
        "unknown": text("nobody said who"),
    }  # fmt: skip
    frame = frame.assign(
        operator=names_of_operators(reading.audit.portfolio, frame["operator_id"]),
        who=[work[w].render(reading.language) for w in frame["work"]],
    )
    columns = {
        "operator": text("Operator"), "who": text("Who answers"), "hours_per_year": text("Hours a year"),
        "etpt": text("Full-time posts"), "etpt_low": text("Low"), "etpt_high": text("High"),
        "share": text("Share"),
    }  # fmt: skip
    return Table(
        "direct-work", text("Full-time posts, by who answers"),
        display(frame, columns, reading.language, shares=("share",)),
        text("A post is 1,607 hours a year. Who answers is mostly an assumption; what they would do instead is not "
             "measured."),
    )  # fmt: skip


def _operators_table(reading: Reading) -> Table:
    frame = reading.table("operator_counterparts").head(SHOWN)
    frame = frame.assign(operator=names_of_operators(reading.audit.portfolio, frame["operator_id"]))
    columns = {
        "operator": text("Operator"), "units": text("Structures"), "obligations": text("Tools"),
        "authorities": text("Authorities"), "requiring": text("that require"), "receiving": text("that receive"),
    }  # fmt: skip
    return Table("operators", text("Counterparts of each operator"), display(frame, columns, reading.language))
