"""The summary note: findings in sentences, the plan, who must decide what, how sure it is."""

from __future__ import annotations

from burden.model.messages import text
from burden.report.content import Sentence, Table, display
from burden.report.documents.document import Document, Listing, Part
from burden.report.kit.draft import Draft
from burden.report.kit.wording import needs, what
from burden.report.parts import control, evidence, likely, owed, plan, protected, repeats, silos, unknown, use

_FIRST = 5
"""Measures and authorities that the note shows."""


def note(draft: Draft) -> Document:
    """The note, made to hold on two pages before its list of figures."""
    found = _said(draft, (owed, 3), (repeats, 2), (silos, 1), (use, 1), (control, 1), (protected, 1))
    parts = [Part("found", text("What is found"), (Listing(found),))]
    if draft.has_plan:
        parts += [_plan(draft), _deciding(draft)]
    sure = _said(draft, (likely, 1), (evidence, 1), (unknown, 1))
    parts.append(Part("sure", text("How sure this is"), (Listing(sure),)))
    return draft.document("note", text("Summary note on administrative burden"), tuple(parts), depth=0)


def _said(draft: Draft, *wanted: tuple[object, int]) -> tuple[Sentence, ...]:
    """The first sentences of some parts of the audit."""
    said: list[Sentence] = []
    for part, count in wanted:
        blocks = part.findings(draft.reading)  # type: ignore[attr-defined]
        said += [b for b in blocks if isinstance(b, Sentence)][:count]
    return tuple(said)


def _plan(draft: Draft) -> Part:
    frame = draft.table("plan_measures").head(_FIRST)
    shown = frame.assign(what=what(draft, frame), needs=needs(frame, draft.language))
    columns = {
        "measure": text("Number"), "what": text("Measure"), "saved": text("Hours saved a year"), "p10": text("P10"),
        "p90": text("P90"), "needs": text("Needs"),
    }  # fmt: skip
    table = Table(
        "first-measures", text("The measures that save most"), display(shown, columns, draft.language),
        text("All of them, with the texts to amend, are in {file}.", file="recommendations"),
    )  # fmt: skip
    return Part("plan", text("What could go"), (Listing(_said(draft, (plan, 9))), table))


def _deciding(draft: Draft) -> Part:
    """Who holds what, by what would be lost without them."""
    refused = draft.table("plan_refusals").head(_FIRST)
    acts = draft.table("plan_acts")
    amended = acts.assign(who=acts["amended_by_id"].str.split("|")).explode("who").groupby("who").size()
    opened = draft.table("plan_gateways")
    exchanges = opened["from_authority_id"].value_counts().add(opened["to_authority_id"].value_counts(), fill_value=0)
    shown = refused.assign(
        who=[draft.name("authorities", a) for a in refused["refused"]],
        texts=refused["refused"].map(amended).fillna(0), exchanges=refused["refused"].map(exchanges).fillna(0),
    )  # fmt: skip
    columns = {
        "who": text("Who"), "texts": text("Texts to amend"), "exchanges": text("Exchanges to agree to"),
        "hangs_on_it": text("Hours that hang on it"), "lost": text("Hours lost if it refuses"),
    }  # fmt: skip
    table = Table("deciding", text("Who must decide"), display(shown, columns, draft.language))
    return Part("deciding", text("Who must decide what"), (table,))
