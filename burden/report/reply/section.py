"""The section of the final report on the contradictory procedure: what was said, decided and changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from burden.model.messages import Text, plural_text, text
from burden.report import before_after
from burden.report.content import Block, Reading, Section, Sentence, Table, display
from burden.report.reply.corrections import CORRECTABLE
from burden.report.reply.form import AGREEMENTS
from burden.report.reply.identifiers import MEASURE_KEY, MEASURES
from burden.report.reply.said import DECISIONS
from burden.report.reply.words import measure_said


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where nobody was asked to reply."""
    if "replies" not in reading.audit.tables:
        return ()
    blocks: list[Block] = [_counted(reading), *_hours(reading)]
    blocks += [_headline(reading), *_effects(reading), *_measures(reading), *_said(reading)]
    return (Section("replies", text("Contradictory procedure: what was said, and what became of it"), tuple(blocks)),)


def _counted(reading: Reading) -> Sentence:
    figure = reading.figure
    return Sentence(plural_text(
        "{bodies} body replied, in {all} replies: {accepted} accepted, {refused} refused, {pending} not decided yet, "
        "{noted} that ask for nothing, {unread} that could not be read.",
        "{bodies} bodies replied, in {all} replies: {accepted} accepted, {refused} refused, {pending} not decided "
        "yet, {noted} that ask for nothing, {unread} that could not be read.",
        int(figure("replies.bodies").value), bodies=figure("replies.bodies"), all=figure("replies.all"),
        **{decision: figure(f"replies.{decision}") for decision in DECISIONS},
    ))  # fmt: skip


def _hours(reading: Reading) -> list[Block]:
    if "replies.hours_before" not in reading.audit.figures:
        return []
    return [
        Sentence(text(
            "Answering took {before} hours a year in the draft, and takes {after} with the replies that were accepted. "
            "A number given in a reply counts as said by the body that gave it, not as measured; a text that a reply "
            "cites counts as cited, not as read.",
            before=reading.figure("replies.hours_before"), after=reading.figure("replies.hours_after"),
        ))
    ]  # fmt: skip


def _headline(reading: Reading) -> Table:
    shown = before_after.shown(reading, reading.table("replies_headline"))
    return Table("replies_headline", text("Headline figures before and after the replies accepted"),
                 display(shown, before_after.COLUMNS, reading.language))  # fmt: skip


def _effects(reading: Reading) -> list[Block]:
    frame = reading.table("replies_effects")
    if not len(frame):
        return []
    changed = frame[frame["figure"] != ""]
    shown = before_after.shown(reading, changed)
    idle = frame.loc[frame["figure"] == "", ["reply_id"]].assign(name=text("none").render(reading.language))
    shown = pd.concat(
        [shown.assign(reply_id=changed["reply_id"]), idle.assign(before="", after="", change="0", unit="")]
    ).loc[frame.index]
    note = text("Applied one after another in this order, so that the changes add up.")
    columns = {"reply_id": text("Reply"), **before_after.COLUMNS}
    caption = text("What each accepted correction changed")
    return [Table("replies_effects", caption, display(shown, columns, reading.language), note)]


def _measures(reading: Reading) -> list[Block]:
    frame = reading.table("replies_measures")
    if not len(frame):
        return []
    shown = frame.assign(what=[line_said(reading, row) for row in frame["row"]])
    columns = {
        "reply_id": text("Reply"), "what": text("Measure"), "saved": text("Hours saved a year"),
        "lost": text("Hours that the plan loses without it"),
    }  # fmt: skip
    return [Table("replies_measures", text("Measures left out after an objection"),
                  display(shown, columns, reading.language))]  # fmt: skip


def _said(reading: Reading) -> list[Block]:
    """Every reply that asks for something, by what became of it."""
    frame = reading.table("replies")
    frame = frame[frame["decision"] != "noted"]
    if not len(frame):
        return []
    language = reading.language
    order = {decision: rank for rank, decision in enumerate(("accepted", "refused", "pending", "unread"))}
    frame = frame.assign(rank=frame["decision"].map(order)).sort_values("rank", kind="stable")
    shown = frame.assign(
        who=[_who(reading, row) for row in frame.to_dict("records")],
        line=[line_said(reading, str(row)) for row in frame["row"]],
        asked=[_asked(row).render(language) for row in frame.to_dict("records")],
        given=[_joined(row, "evidence", "source") for row in frame.to_dict("records")],
        became=[DECISIONS[str(d)].render(language) for d in frame["decision"]],
        why=[_joined(row, "reason", "fault") for row in frame.to_dict("records")],
    )
    columns = {
        "reply_id": text("Reply"), "who": text("Who, and when"), "line": text("About"), "asked": text("What was said"),
        "given": text("Evidence given"), "became": text("Decision"), "why": text("Why"),
    }  # fmt: skip
    return [Table("replies", text("What was said, accepted, refused, and why"), display(shown, columns, language))]


def _joined(row: dict[Any, Any], *columns: str) -> str:
    return " – ".join(str(row[c]) for c in columns if row[c])


def _who(reading: Reading, row: dict[Any, Any]) -> str:
    name = reading.names.of("authorities", row["who"])
    if name == row["who"]:
        units = reading.audit.portfolio.units
        named = units.loc[units["unit_id"] == name, "name"].dropna()
        name = str(named.iloc[0]) if len(named) else name
    told = text("{name}, {date}", name=name, date=row["date"]).render(reading.language)
    given_by = str(row["given_by"])
    return f"{told} ({given_by})" if given_by else told


def _asked(row: dict[Any, Any]) -> Text:
    """What a reply asks, in a sentence or two."""
    objection = str(row["objection"])
    code = str(row["column"])
    if code not in CORRECTABLE:
        said = AGREEMENTS.get(str(row["agreement"]), Text(""))
        return (
            text("{said}: {objection}", said=said, objection=objection)
            if objection and row["agreement"]
            else (Text("{objection}", {"objection": objection}) if objection else said)
        )
    new = str(row["new"]) or str(row["written"])
    old = str(row["old"])
    label = CORRECTABLE[code].label
    if CORRECTABLE[code].adds:
        change = text("{label}: {new}", label=label, new=new)
    else:
        change = text("{label}: {new} instead of {old}", label=label, new=new, old=old or text("unknown"))
    return text("{change}. {objection}", change=change, objection=objection) if objection else change


def line_said(reading: Reading, row: str) -> str:
    """What the identifier of a line names."""
    about, _, rest = row.partition("/")
    names, language = reading.names, reading.language
    if about == MEASURES and rest.count("/") >= len(MEASURE_KEY) - 1:
        key = dict(zip(MEASURE_KEY, rest.split("/", len(MEASURE_KEY) - 1), strict=True))
        return measure_said(key, names, language)
    first, _, others = rest.partition("/")
    if about == "obligations":
        return names.of("obligations", first)
    if about == "portfolio":
        return f"{first} – {names.of('populations', others)}"
    return f"{names.of('obligations', first)} – {others}" if others else row
