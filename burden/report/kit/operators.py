"""A file per operator: everything that it owes, by authority, its calendar, its hours, its repeats, to be checked."""

from __future__ import annotations

import pandas as pd

from burden.figures.days import full_day
from burden.model.messages import text
from burden.report.content import Sentence, Table, display
from burden.report.documents.document import Document, Part, Signature
from burden.report.kit.draft import Draft
from burden.report.kit.rhythm import deadline_name, period_name
from burden.report.kit.wording import named
from burden.report.names import names_of_operators

MOST = 20
"""Operators up to which each has a file; more are not documents to be signed one by one."""

_HOURS = ["hours_low", "hours", "hours_high"]


def operators(draft: Draft) -> list[Document]:
    """A file per operator; none where there are too many, or where nothing is due."""
    if "deliveries" not in draft.audit.tables:
        return []
    due = draft.table("deliveries")
    names = sorted(due["operator_id"].dropna().unique())
    return [_file(draft, str(o), due[due["operator_id"] == o]) for o in names] if len(names) <= MOST else []


def _file(draft: Draft, operator: str, due: pd.DataFrame) -> Document:
    parts = [_opening(draft, operator), *_by_authority(draft, due), _calendar(draft, due), _repeats(draft, operator)]
    parts.append(_signing(draft))
    title = text("What {operator} owes", operator=_name(draft, operator))
    return draft.document(f"operator-{operator}", title, tuple(p for p in parts if p.blocks), depth=1)


def _name(draft: Draft, operator: str) -> str:
    return names_of_operators(draft.audit.portfolio, [operator])[0]


def _opening(draft: Draft, operator: str) -> Part:
    hours = draft.figure(f"operator.{operator}.hours")
    said = [Sentence(text(
        "{operator} owes {tools} tools. Answering takes about {hours} hours in {year} (from {low} to {high}), at times "
        "that are mostly standard times; {lines} lines without a duration or a number are left out.",
        operator=_name(draft, operator), tools=draft.figure(f"operator.{operator}.tools"), hours=hours,
        low=(hours, "low"), high=(hours, "high"), lines=(hours, "unmeasured"), year=draft.figure("calendar.year"),
    ))]  # fmt: skip
    said.append(Sentence(text(
        "This file is to be checked by those who know: strike out what is not asked, add what is missing, write the "
        "time that it really takes. An unknown is not a zero."
    )))  # fmt: skip
    return Part("reading", text("How to read this file"), tuple(said))


def _by_authority(draft: Draft, due: pd.DataFrame) -> list[Part]:
    """A table per authority, heaviest first; the last columns are left to be filled in."""
    summed = due.groupby(["required_by_id", "obligation_id"], dropna=False)[_HOURS].sum(min_count=1).reset_index()
    total = summed.groupby("required_by_id")["hours"].sum().sort_values(ascending=False, kind="stable")
    facts = draft.audit.inventory.obligations.set_index("obligation_id")
    parts = []
    for authority in total.index:
        own = summed[summed["required_by_id"] == authority].sort_values("hours", ascending=False, kind="stable")
        row = facts.loc[own["obligation_id"]]
        shown = own.assign(
            tool=[draft.name("obligations", o) for o in own["obligation_id"]],
            often=[period_name(p, draft.language) for p in row["period"]],
            deadline=[deadline_name(d, draft.language) if isinstance(d, str) and d else "" for d in row["deadline"]],
            right="☐", real="",
        )  # fmt: skip
        parts.append(Part(f"owed-{authority}", text("{authority}", authority=draft.name("authorities", authority)),
                          (_owed(draft, str(authority), shown),), level=2))  # fmt: skip
    heading = Part("owed", text("What is owed, authority by authority"), (_how_many(total),))
    return [heading, *parts]


def _how_many(total: pd.Series) -> Sentence:
    del total
    return Sentence(text("Authorities come by the hours that they ask for, those whose hours are not known last."))


def _owed(draft: Draft, authority: str, shown: pd.DataFrame) -> Table:
    columns = {
        "tool": text("Tool"), "often": text("How often"), "deadline": text("Deadline"), "hours": text("Hours a year"),
        "hours_low": text("Low"), "hours_high": text("High"), "right": text("Right"), "real": text("Real time"),
    }  # fmt: skip
    caption = text("Owed to: {authority}", authority=draft.name("authorities", authority))
    return Table(f"owed-{authority}", caption, display(shown, columns, draft.language))


def _calendar(draft: Draft, due: pd.DataFrame) -> Part:
    dated = due[due["dating"] == "dated"]
    keys = ["due", "obligation_id"]
    rows = dated.groupby(keys)[_HOURS].sum(min_count=1).reset_index().sort_values(keys)
    shown = rows.assign(
        day=[full_day(d.date(), draft.language) for d in rows["due"]],
        tool=[draft.name("obligations", o) for o in rows["obligation_id"]],
    )
    columns = {"day": text("Day"), "tool": text("Tool"), "hours": text("Hours"), "hours_low": text("Low"),
               "hours_high": text("High")}  # fmt: skip
    if rows.empty:
        return Part("calendar", text("Calendar"), ())
    table = Table("calendar", text("Dated deadlines"), display(shown, columns, draft.language),
                  text("What has no date in the inventory, or follows an event, is not here."))  # fmt: skip
    return Part("calendar", text("Calendar"), (table,))


def _repeats(draft: Draft, operator: str) -> Part:
    """What is asked of its types of structure more than once."""
    units = draft.audit.portfolio.units
    actors = set(units.loc[units["operator_id"] == operator, "actor_id"])
    frame = draft.table("repeated")
    frame = frame[(frame["repeats_per_year"] > 0) & frame["actor_id"].isin(actors)].head(40)
    if frame.empty:
        return Part("repeats", text("Asked more than once"), ())
    shown = frame.assign(
        what=[draft.name("concepts", c) for c in frame["concept_id"]],
        who=[draft.name("actors", a) for a in frame["actor_id"]],
        by=[named(draft, "authorities", a.split("|")) for a in frame["authority_ids"]],
    )
    columns = {
        "what": text("Information"), "who": text("Asked of"), "repeats_per_year": text("Repeats"),
        "repeat_h_per_year": text("Hours of repeats (cautious)"), "by": text("Recipients"),
    }  # fmt: skip
    note = text("All structures of these types in the portfolio together. A repeat is not said to be useless.")
    table = Table("repeated", text("Asked more than once of the same subject"),
                  display(shown, columns, draft.language), note)  # fmt: skip
    return Part("repeats", text("Asked more than once"), (table,))


def _signing(draft: Draft) -> Part:
    del draft
    lines = (text("Checked by (name and role):"), text("On:"), text("Missing from this file:"), text("Signature:"))
    return Part("signing", text("Checked and signed"), (Signature(lines),))
