"""The full report: the sections of the audit as chapters of a report of inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from burden.model.messages import Text, text
from burden.report.content import Section, Sentence
from burden.report.documents.document import Document, Part
from burden.report.kit.draft import Draft

CHAPTERS: Mapping[str, tuple[Text, tuple[str, ...]]] = MappingProxyType(
    {
        "summary": (text("Summary"), ("findings",)),
        "how": (text("Context and method"), ("method",)),
        "inventory": (text("What is owed"), ("owed", "concentration", "likely", "respondents", "calendar")),
        "twice": (text("What is asked more than once"), ("repeats", "between-silos", "grouping")),
        "purpose": (text("What it is for"), ("use", "protected", "legal-force")),
        "controls": (text("Control"), ("control", "criteria", "stack")),
        "silos": (
            text("Allocation between silos"),
            ("allocation", "same-volume", "cpom", "calls", "procedures", "size"),
        ),
        "change": (text("What could change"), ("plan",)),
        "since": (text("What changed since the earlier version"), ("versions",)),
        "limits": (text("Limits"), ("certainty", "unknown")),
        "annexes": (text("Annexes"), ("sources",)),
    }
)
"""Chapters of the report and the sections of the audit that each holds, in order."""


def report(draft: Draft) -> Document:
    """The full report, every section of the audit included."""
    own = {section.id: section for section in draft.sections}
    parts: list[Part] = []
    for identifier, (title, held) in _chapters(own).items():
        chapter = [own[name] for name in held if name in own]
        if chapter:
            parts += _chapter(draft, identifier, title, chapter)
    return draft.document("report", text("Report on administrative burden"), tuple(parts))


def _chapters(own: Mapping[str, Section]) -> dict[str, tuple[Text, tuple[str, ...]]]:
    """The chapters, with one more for whatever none of them names."""
    named = {name for _, held in CHAPTERS.values() for name in held}
    others = tuple(name for name in own if name not in named)
    chapters = dict(CHAPTERS)
    limits = chapters.pop("limits"), chapters.pop("annexes")
    return {**chapters, "others": (text("Further findings"), others), "limits": limits[0], "annexes": limits[1]}


def _chapter(draft: Draft, identifier: str, title: Text, held: list[Section]) -> list[Part]:
    alone = len(held) == 1 and identifier in ("summary", "change", "since")
    if alone:
        return [Part(held[0].id, title, held[0].blocks, new_page=identifier != "summary")]
    opening = (_context(draft),) if identifier == "how" else ()
    # A chapter whose title says what its first section is called says it once.
    parts = [Part(f"chapter-{identifier}", title, opening, new_page=True)]
    for section in held:
        part = Part.of(section, level=2)
        parts.append(replace(part, small=section.id == "sources"))
    return parts


def _context(draft: Draft) -> Sentence:
    """Who was looked at, with what."""
    figure = draft.figure
    return Sentence(text(
        "This report looks at {who}: {obligations} tools that it owes, to {authorities} recipients. It rests on an "
        "inventory of texts and forms, whose rows each carry a source and a degree of evidence, and on times that are "
        "mostly standard times. It was written by a program from key figures: each number leads to its formula, its "
        "rows and their sources, and what is not known is said to be unknown.",
        who=draft.subject(), obligations=figure("owed.obligations"), authorities=figure("owed.authorities"),
    ))  # fmt: skip
