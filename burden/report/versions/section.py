"""The section of the report on what changed since the earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

import pandas as pd

from burden import figures as charts
from burden.figures.what_changed import KIND_NAMES
from burden.model.messages import Text, text
from burden.report import before_after
from burden.report.content import SHOWN, Block, Chart, Reading, Section, Sentence, Table, cell, display
from burden.report.key_figures import UNITS
from burden.report.versions.changes import CHANGES
from burden.report.versions.figures import MEASURE_NAMES

REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "tool_removed": text("tool no longer in the inventory"),
        "tool_added": text("tool new in the inventory"),
        "units": text("other units"),
        "period": text("period"),
        "population": text("what it is counted per"),
        "legal_bases": text("legal bases"),
        "duties": text("on whom it falls"),
        "items": text("items asked"),
        "activities": text("activities"),
        "quantities": text("numbers concerned"),
        "minutes": text("minutes"),
        "evidence": text("how sure the minutes are"),
        "staff_grades": text("staff grades"),
        "payments": text("payments to others"),
        "standard_times": text("standard times"),
        "tariffs": text("hourly costs"),
    }
)
"""What a reader calls the reasons of :func:`burden.analysis.change.between`."""
_CAPTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "scope": text("Scope, tool by tool"),
        "real": text("Real change, tool by tool"),
        "re-estimate": text("Re-estimates, tool by tool"),
    }
)


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no earlier version was given."""
    if "versions_summary" not in reading.audit.tables:
        return ()
    blocks: list[Block] = [_versions(reading)]
    if _same(reading):
        blocks.append(Sentence(text(
            "Nothing that is counted differs between the two: the same tools, units, periods and minutes."
        )))  # fmt: skip
    else:
        blocks += [*_sentences(reading), *_chart(reading), _summary(reading), *_tools(reading)]
        blocks += [table for kind in _CAPTIONS for table in _moves(reading, kind)]
        blocks += _unknown(reading)
    blocks.append(_headline(reading))
    return (Section("versions", text("What changed since the earlier version"), tuple(blocks)),)


def _same(reading: Reading) -> bool:
    same = (reading.table("versions_tools")["change"] == "same").all()
    return bool(same and reading.table("versions_moves").empty and reading.table("versions_unknown").empty)


def _versions(reading: Reading) -> Sentence:
    then, now = reading.table("versions_compared").to_dict("records")
    return Sentence(text(
        "The earlier version is the inventory “{then}” for “{before}”; the later one, which the rest of this report is "
        "about, is the inventory “{now}” for “{after}”.",
        then=then["inventory"], before=then["portfolio"], now=now["inventory"], after=now["portfolio"],
    ))  # fmt: skip


def _sentences(reading: Reading) -> list[Block]:
    """Each kind in a sentence of its own: their sum is no saving."""
    figure = reading.figure
    tools = text(
        "New in the inventory: {added} tools. No longer in it: {removed}. Falling on those audited now and not before: "
        "{begins}; before and no longer: {ceases}. Owed in both versions and changed, in hours or in words: {changed}.",
        **{c: figure(f"versions.tools.{c}") for c in CHANGES if c != "same"},
    )  # fmt: skip
    if "versions.hours.before" not in reading.audit.figures:
        return [Sentence(tools)]

    def parts(kind: str) -> dict[str, object]:
        return {side: figure(f"versions.hours.{kind}.{side}") for side in ("less", "more")}

    return [Sentence(t) for t in (
        text(
            "Answering took {before} hours a year that were known in the earlier version, and takes {after} in the "
            "later one. The difference is not a saving, nor a new burden: {scope} h come from the scope, {real} from "
            "what really changed, {re_estimate} from estimating otherwise (less where negative).",
            before=figure("versions.hours.before"), after=figure("versions.hours.after"),
            scope=figure("versions.hours.scope"), real=figure("versions.hours.real"),
            re_estimate=figure("versions.hours.re-estimate"),
        ),
        tools,
        text(
            "Scope: the tools and units that are in one version only make {less} h a year less and {more} h more. A "
            "tool that is no longer in the inventory may have been abolished, left out or given another identifier: it "
            "does not say which.",
            **parts("scope"),
        ),
        text(
            "Real change: for the tools and units of both versions, other duties, periods, items, activities or "
            "numbers concerned make {less} h a year less and {more} h more, at the minutes of the earlier version.",
            **parts("real"),
        ),
        text(
            "Re-estimate: other minutes, or numbers that became known, make {less} h a year less and {more} h more. "
            "Nothing need have changed for those who answer: none of this is time saved, nor time added.",
            **parts("re-estimate"),
        ),
        *_known(reading),
    )]  # fmt: skip


def _known(reading: Reading) -> list[Text]:
    figure, found = reading.figure, []
    if figure("versions.known.lines").value:
        found.append(text(
            "Lines whose hours were not known before and are known now: {lines}. They now count for {hours} h a "
            "year, which were there before and not seen.",
            lines=figure("versions.known.lines"), hours=figure("versions.known.hours"),
        ))  # fmt: skip
    if figure("versions.unknown.lines").value:
        found.append(text(
            "Lines whose hours were known before and no longer are: {lines}. The {hours} h a year that they "
            "counted for are not gone: they are no longer known.",
            lines=figure("versions.unknown.lines"), hours=figure("versions.unknown.hours"),
        ))  # fmt: skip
    return found


def _chart(reading: Reading) -> list[Block]:
    frame = reading.table("versions_summary")
    hours = frame[frame["measure"] == "hours"]
    if not (hours[["less", "more"]] > 0).any(axis=None):
        return []
    shown = hours.assign(kind=[KIND_NAMES[k].render(reading.language) for k in hours["kind"]])
    columns = {"kind": text("Kind of change"), "less": text("Hours less"), "more": text("Hours more"),
               "tools": text("Tools")}  # fmt: skip
    before, after = (float(hours[c].iloc[0]) for c in ("before", "after"))
    return [Chart(
        "versions_kinds",
        partial(charts.what_changed, hours, before=before, after=after, language=reading.language),
        Table("versions-kinds", text("Hours less and more, by kind of change"),
              display(shown, columns, reading.language)),
    )]  # fmt: skip


def _summary(reading: Reading) -> Table:
    """From before to after, measure by measure; kinds side by side, never summed."""
    frame, language, rows = reading.table("versions_summary"), reading.language, []
    for measure, kinds in frame.groupby("measure", sort=False):
        amounts = dict(zip(kinds["kind"], kinds["amount"], strict=True))
        first = kinds.iloc[0]
        rows.append({
            "measure": MEASURE_NAMES[str(measure)].render(language),
            "before": cell(first["before"], language), "after": cell(first["after"], language),
            **{kind: before_after.change_shown(float(amounts[kind]), language) for kind in KIND_NAMES},
            "unit": UNITS["eur" if measure == "eur" else "h"].render(language),
        })  # fmt: skip
    columns = {"measure": text("Measure"), "before": text("Before"), **KIND_NAMES, "after": text("After"),
               "unit": text("Unit")}  # fmt: skip
    shown = pd.DataFrame(rows, columns=list(columns))
    return Table("versions_summary", text("From the earlier version to the later one"),
                 display(shown, columns, language))  # fmt: skip


def _tool_names(reading: Reading) -> dict[str, str]:
    """Names of the tools of either version: the later inventory does not have those that went."""
    frame = reading.table("versions_tools")
    names = frame["name_fr"] if reading.language == "fr" else frame["name_en"].fillna(frame["name_fr"])
    return dict(zip(frame["obligation_id"], names, strict=True))


def _tools(reading: Reading) -> list[Block]:
    frame = reading.table("versions_tools")
    frame = frame[frame["change"] != "same"]
    if frame.empty:
        return []
    order = {change: rank for rank, change in enumerate(CHANGES)}
    frame = frame.assign(rank=frame["change"].map(order)).sort_values("rank", kind="stable").head(SHOWN)
    named = _tool_names(reading)
    shown = frame.assign(
        name=[named[o] for o in frame["obligation_id"]],
        became=[CHANGES[c].render(reading.language) for c in frame["change"]],
    )
    columns = {"name": text("Tool"), "became": text("What became of it"), "before": text("Hours before"),
               "after": text("Hours after")}  # fmt: skip
    return [Table("versions_tools", text("Tools added, removed and changed"),
                  display(shown, columns, reading.language), _all("versions_tools"))]  # fmt: skip


def _all(name: str) -> Text:
    return text("All of them are in {file}.", file=f"tables/{name}.csv")


def _moves(reading: Reading, kind: str) -> list[Block]:
    frame, language = reading.table("versions_moves"), reading.language
    frame = frame[(frame["measure"] == "hours") & (frame["kind"] == kind)]
    if frame.empty:
        return []
    frame = frame.sort_values("amount", key=lambda a: -a.abs(), kind="stable").head(SHOWN)
    named = _tool_names(reading)
    shown = frame.assign(
        name=[named[o] for o in frame["obligation_id"]],
        by=[before_after.change_shown(float(a), language) for a in frame["amount"]],
        why=[", ".join(REASONS[r].render(language) for r in reasons.split("|") if r) for reasons in frame["reasons"]],
        date=["" if pd.isna(d) else d.strftime("%Y-%m-%d") for d in frame["since"]],
    )
    columns = {"name": text("Tool"), "by": text("Hours a year"), "why": text("What differs")}
    if kind == "real":
        columns["date"] = text("Since")
    return [Table(f"versions_{kind}", _CAPTIONS[kind], display(shown, columns, language), _all("versions_moves"))]


def _unknown(reading: Reading) -> list[Block]:
    frame = reading.table("versions_unknown").head(SHOWN)
    if frame.empty:
        return []
    named, language = _tool_names(reading), reading.language
    became = {"known": text("known now"), "unknown": text("no longer known")}
    shown = frame.assign(
        name=[named.get(o, o) for o in frame["obligation_id"]],
        line=[w if line == "item" else reading.code("activity", w)
              for line, w in zip(frame["line"], frame["what"], strict=True)],
        state=[became[b].render(language) for b in frame["became"]],
    )  # fmt: skip
    columns = {"name": text("Tool"), "line": text("Line"), "state": text("What became of it"),
               "before": text("Hours before"), "after": text("Hours after")}  # fmt: skip
    return [Table("versions_unknown", text("Lines whose hours are known in one version only"),
                  display(shown, columns, language), _all("versions_unknown"))]  # fmt: skip


def _headline(reading: Reading) -> Table:
    shown = before_after.shown(reading, reading.table("versions_headline"))
    note = text("Scope, real change and re-estimate together: no difference of this table is a saving by itself.")
    return Table("versions_headline", text("Headline figures of the two versions"),
                 display(shown, before_after.COLUMNS, reading.language), note)  # fmt: skip
