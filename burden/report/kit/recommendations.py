"""One record per measure of the plan: what changes, who decides, what is saved and lost, what may be objected."""

from __future__ import annotations

import pandas as pd

from burden.model.messages import Text, plural_text, text
from burden.report.content import Sentence, Table, display
from burden.report.documents.document import Cited, Document, Facts, Part
from burden.report.kit.draft import Draft
from burden.report.kit.figures import LEAST_H
from burden.report.kit.objections import objections
from burden.report.kit.texts import cited
from burden.report.kit.wording import named, needs, register_or_tool, what

Said = tuple[Sentence | Cited, ...]


def recommendations(draft: Draft) -> Document:
    """The records of the measures that save most, and the others in one table."""
    title = text("Recommendations, measure by measure")
    if not draft.has_plan:
        return draft.document("recommendations", title, (_nothing(),))
    frame = draft.table("plan_measures")
    heavy = frame["saved"] >= LEAST_H
    parts = [_opening(draft)]
    parts += [_record(draft, row) for _, row in frame[heavy].iterrows()]
    if (~heavy).any():
        parts.append(_others(draft, frame[~heavy]))
    return draft.document("recommendations", title, tuple(parts))


def _nothing() -> Part:
    said = Sentence(text("As the inventory stands, the plan changes nothing: there is nothing to recommend."))
    return Part("nothing", text("No measure"), (said,))


def _opening(draft: Draft) -> Part:
    figure = draft.figure
    said = text(
        "{records} measures save at least {least} h a year and have a record each; {others} others, which save "
        "{rest} hours in all, are in the last table. Hours are those of both sides of the counter. Measures do not add "
        "up: what is lost if one is refused is beside what it saves.",
        records=figure("kit.records"), least=figure("kit.least"), others=figure("kit.others"),
        rest=figure("kit.others.saved"),
    )  # fmt: skip
    return Part("reading", text("How to read these records"), (Sentence(said),))


def _record(draft: Draft, row: pd.Series) -> Part:
    name = what(draft, pd.DataFrame([row]))[0]
    items = draft.table("plan_items")
    items = items[items["measure"] == row["measure"]]
    rows: list[tuple[Text, Said]] = [
        (text("What changes"), _changes(draft, row, items)),
        (text("For whom"), _whom(draft, row)),
        (text("What it needs"), _needed(draft, row)),
        (text("What each authority still receives, and from where"), _received(draft, row, items)),
        (text("What it saves"), _saved(draft, row)),
        (text("What is lost"), _lost(row)),
        (text("Transition"), _transition(row)),
        (text("Objections, and how they are met"), objections(draft, row, items)),
        (text("Left alone"), _left(draft, row)),
    ]
    title = text("{number}: {measure}", number=row["measure"], measure=name)
    return Part(f"measure-{row['measure']}", title, (Facts(tuple(rows)),), new_page=True)


def _changes(draft: Draft, row: pd.Series, items: pd.DataFrame) -> Said:
    """Each item that is no longer asked where it is today."""
    said = []
    for item in items.to_dict("records"):
        label, source = str(item["label_fr"]), register_or_tool(draft, pd.Series(item))
        there = str(item["source_label_fr"])
        called = text(" (called “{label}” there)", label=there) if there and there != label else Text("")
        said.append(Sentence(text(
            "“{label}” ({concept}) is taken from “{source}”{called}.",
            label=label, concept=draft.name("concepts", item["concept_id"]), source=source, called=called,
        )))  # fmt: skip
    if row["kind"] in ("merge", "end"):
        said.append(Sentence(text("The tool itself is no longer sent: what it asks is given elsewhere.")))
    return tuple(said)


def _whom(draft: Draft, row: pd.Series) -> Said:
    ledger = draft.table("ledger")
    actors = ledger.loc[ledger["obligation_id"] == row["obligation_id"], "actor_id"].dropna().unique()
    return (Sentence(text("{actors}.", actors=named(draft, "actors", list(actors)))),)


def _needed(draft: Draft, row: pd.Series) -> Said:
    """Texts and exchanges; who must decide or agree."""
    texts = cited(draft, row["acts"])
    opened = [
        Sentence(text(
            "An exchange to open: {giver} passes it to {receiver}.",
            giver=draft.name("authorities", pair.split(">")[0]), receiver=draft.name("authorities", pair.split(">")[1]),
        ))
        for pair in row["gateways"].split("|") if pair
    ]  # fmt: skip
    if texts or opened:
        return (*texts, *opened)
    return (Sentence(text(
        "Arguably no text and no new exchange (CRPA, art. L. 113-12 and L. 114-8): the administration has it already "
        "or can get it. The code gives way to special provisions: to be confirmed by whoever requires the tool."
    )),)  # fmt: skip


def _received(draft: Draft, row: pd.Series, items: pd.DataFrame) -> Said:
    """Who receives the tool today still receives its items, through the source."""
    reached = draft.table("reached")
    who = reached.loc[reached["obligation_id"] == row["obligation_id"], "authority_id"].unique()
    concepts = named(draft, "concepts", list(dict.fromkeys(items["concept_id"])))
    source = register_or_tool(draft, row)
    if not len(who):
        return (Sentence(text("No recipient is known.")),)
    return tuple(
        Sentence(text("{authority}: {concepts}, from “{source}”.", authority=draft.name("authorities", a),
                      concepts=concepts, source=source))
        for a in who
    )  # fmt: skip


def _saved(draft: Draft, row: pd.Series) -> Said:
    number = row["measure"]
    saved = draft.figure(f"measure.{number}.saved")
    said = [Sentence(plural_text(
        "{saved} hour a year at central times ({low} to {high} when times vary as they may: one chance in ten of "
        "less, one in ten of more). In {survives} of the draws it is in the best plan.",
        "{saved} hours a year at central times ({low} to {high} when times vary as they may: one chance in ten of "
        "less, one in ten of more). In {survives} of the draws it is in the best plan.",
        saved.governs, saved=saved, low=(saved, "low"), high=(saved, "high"),
        survives=draft.figure(f"measure.{number}.survives"),
    ))]  # fmt: skip
    if f"measure.{number}.lost" in draft.audit.figures:
        lost = draft.figure(f"measure.{number}.lost")
        said.append(Sentence(plural_text(
            "If it is refused, the plan loses {lost} hour, other ways round taken into account.",
            "If it is refused, the plan loses {lost} hours, other ways round taken into account.",
            lost.governs, lost=lost,
        )))  # fmt: skip
    else:
        said.append(Sentence(text("What its refusal would lose was not worked out.")))
    return tuple(said)


def _lost(row: pd.Series) -> Said:
    said = [text("No item: each is still given, by a source that is asked of all and at least as often.")]
    if row["reuse"] == "harmonise":
        said.append(text("Comparison with earlier years, where the definition agreed on differs from the old one."))
    if row["kind"] in ("merge", "end"):
        said.append(text("A separate sending, and whatever the file said beyond its items."))
    said.append(text("A second statement of the same thing, which may have revealed errors."))
    return tuple(Sentence(s) for s in said)


def _transition(row: pd.Series) -> Said:
    said = [text("What the change takes once is not known, and is not counted: nobody has published it.")]
    if row["reuse"] == "harmonise":
        said.append(text("The definition must be agreed on first; until then, the item stays where it is."))
    return tuple(Sentence(s) for s in said)


def _left(draft: Draft, row: pd.Series) -> Said:
    """What is protected in the tool, which the measure does not touch."""
    if "protected" not in draft.audit.tables:
        return (Sentence(text("No protected item is known in this tool.")),)
    kept = draft.table("protected")
    kept = kept[kept["obligation_id"] == row["obligation_id"]]
    labels = [str(label) for label in kept["label_fr"].dropna()]
    said = []
    if kept["concept_id"].isna().any():
        said.append(Sentence(text("The tool is protected: it stays.")))
    if labels:
        said.append(Sentence(text("Protected items: {items}.", items=draft.listed(labels))))
    return tuple(said) or (Sentence(text("No protected item is known in this tool.")),)


def _others(draft: Draft, frame: pd.DataFrame) -> Part:
    shown = frame.assign(
        what=what(draft, frame), needs=needs(frame, draft.language),
        who=[named(draft, "authorities", cell.split("|")) if cell else "" for cell in frame["authority_ids"]],
    )  # fmt: skip
    columns = {
        "measure": text("Number"), "what": text("Measure"), "saved": text("Hours saved a year"), "needs": text("Needs"),
        "who": text("Who must decide or agree"),
    }  # fmt: skip
    table = Table("other-measures", text("Measures that save less"), display(shown, columns, draft.language))
    return Part("others", text("The other measures"), (table,), new_page=True, small=True)
