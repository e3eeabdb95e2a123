"""One record per tool: who asks, on what text, when, how long it takes, what is asked elsewhere, what is known."""

from __future__ import annotations

import pandas as pd

from burden.model.messages import Text, plural_text, text
from burden.report.content import Sentence
from burden.report.documents.document import Cited, Document, Facts, Part
from burden.report.kit.draft import Draft
from burden.report.kit.rhythm import deadline_name, period_name
from burden.report.kit.texts import cited
from burden.report.kit.wording import capitalised, named

Said = tuple[Sentence | Cited, ...]


def tools(draft: Draft) -> Document:
    """The records of all tools, by silo, heaviest first."""
    frame = draft.table("obligations")
    facts = draft.audit.inventory.obligations.set_index("obligation_id")
    order = dict.fromkeys(facts.loc[frame["obligation_id"], "silo_id"])
    parts: list[Part] = []
    for silo in order:
        own = [o for o in frame["obligation_id"] if facts.loc[o, "silo_id"] == silo]
        parts.append(
            Part(f"silo-{silo}", Text("{silo}", {"silo": capitalised(draft.name("silos", silo))}), (), new_page=True)
        )
        parts += [_record(draft, facts.loc[o].rename(o)) for o in own]
    return draft.document("tools", text("Tools, one by one"), tuple(parts))


def _record(draft: Draft, row: pd.Series) -> Part:
    identifier = str(row.name)
    rows: list[tuple[Text, Said]] = [
        (text("Required by"), _sentence(text("{who}.", who=draft.name("authorities", row["required_by_id"])))),
        (text("Owed by"), _whom(draft, identifier)),
        (text("Sent to"), _sent(draft, identifier)),
        (text("Texts"), cited(draft, row["legal_base_ids"]) or _sentence(text("None in the inventory."))),
        (text("How often"), _often(draft, row)),
        (text("Time"), _time(draft, identifier)),
        (text("Known use"), _use(draft, identifier)),
        (text("Protected"), _protected(row)),
        (text("In the plan"), _planned(draft, identifier)),
    ]
    title = text("{tool} ({identifier})", tool=draft.name("obligations", identifier), identifier=identifier)
    return Part(f"tool-{identifier}", title, (Facts(tuple(rows)),), level=2)


def _sentence(said: Text) -> Said:
    return (Sentence(said),)


def _whom(draft: Draft, identifier: str) -> Said:
    ledger = draft.table("ledger")
    actors = ledger.loc[ledger["obligation_id"] == identifier, "actor_id"].dropna().unique()
    return _sentence(text("{actors}.", actors=named(draft, "actors", list(actors)) or "?"))


def _sent(draft: Draft, identifier: str) -> Said:
    reached = draft.table("reached")
    who = reached.loc[reached["obligation_id"] == identifier, "authority_id"].unique()
    if not len(who):
        return _sentence(text("No recipient is known."))
    return _sentence(text("{who}.", who=named(draft, "authorities", list(who))))


def _often(draft: Draft, row: pd.Series) -> Said:
    said = text("{period}.", period=capitalised(period_name(row["period"], draft.language)))
    if pd.isna(row["deadline"]) or not row["deadline"]:
        return _sentence(said)
    return (
        Sentence(said),
        Sentence(text("Deadline: {deadline}.", deadline=deadline_name(str(row["deadline"]), draft.language))),
    )


def _time(draft: Draft, identifier: str) -> Said:
    hours = draft.figure(f"tool.{identifier}.hours")
    if pd.isna(hours.value):
        return _sentence(text("Unknown."))
    said = plural_text(
        "{hours} hour a year for those who answer ({low} to {high}).",
        "{hours} hours a year for those who answer ({low} to {high}).", hours.governs, hours=hours, low=(hours, "low"),
        high=(hours, "high"),
    )  # fmt: skip
    if not hours.unmeasured:
        return _sentence(said)
    missing = plural_text("{lines} line without a duration or a number is left out.",
                          "{lines} lines without a duration or a number are left out.", hours.unmeasured,
                          lines=(hours, "unmeasured"))  # fmt: skip
    return (Sentence(said), Sentence(missing))


def _use(draft: Draft, identifier: str) -> Said:
    from burden.figures.known_use import STATUS_NAMES

    if "use_by_tool" not in draft.audit.tables:
        return _sentence(text("Unknown."))
    rows = draft.table("use_by_tool")
    own = rows[rows["obligation_id"] == identifier]
    if own.empty:
        return _sentence(text("Unknown."))
    return _sentence(
        text("{status}.", status=capitalised(STATUS_NAMES[own["known_use"].iloc[0]].render(draft.language)))
    )


def _protected(row: pd.Series) -> Said:
    if pd.isna(row["protected"]):
        return _sentence(text("Not said in the inventory."))
    if not row["protected"]:
        return _sentence(text("Not protected."))
    if pd.isna(row["protected_reason_fr"]):
        return _sentence(text("Protected; the reason is not stated."))
    return _sentence(text("Protected: {reason}.", reason=row["protected_reason_fr"]))


def _planned(draft: Draft, identifier: str) -> Said:
    if "plan_measures" not in draft.audit.tables:
        return _sentence(text("There is no plan."))
    frame = draft.table("plan_measures")
    own = frame.loc[frame["obligation_id"] == identifier, "measure"]
    if own.empty:
        return _sentence(text("Unchanged."))
    return _sentence(plural_text("Measure {numbers}.", "Measures {numbers}.", len(own), numbers=", ".join(own)))
