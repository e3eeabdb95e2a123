"""The sections of an audit report: findings first, one section or more per part, method last."""

from __future__ import annotations

from dataclasses import replace

from burden.model.messages import text
from burden.report.audit import Audit
from burden.report.content import Block, Reading, Section, Sentence, Table, display
from burden.report.names import name_of_focus, names
from burden.report.parts import PARTS, allocation, cpom, evidence, likely, owed, repeats, unknown
from burden.report.reply import section as replies
from burden.report.versions import section as versions

_WHOLE = (owed, likely, repeats, allocation, cpom, evidence, unknown)
"""Parts all of whose findings stand on the first page; of the others the first finding does."""


def sections(audit: Audit, language: str) -> tuple[Section, ...]:
    """The report of an audit, in one language."""
    reading = Reading(audit, language, names(audit.inventory, language))
    first_page: list[Block] = []
    following: list[Section] = []
    for part in PARTS:
        found, own = part.findings(reading), part.sections(reading)
        leading = len(found) if part in _WHOLE or not own else 1
        first_page += found[:leading]
        following += _opened_by(found[leading:], own)
    since = (*versions.sections(reading), *replies.sections(reading))
    return (_findings(reading, first_page), *following, *since, method(), sources(reading))


def _opened_by(sentences: list[Block], own: tuple[Section, ...]) -> list[Section]:
    """The sections of a part, the first of which begins with what the first page does not say."""
    if not sentences:
        return list(own)
    return [replace(own[0], blocks=(*sentences, *own[0].blocks)), *own[1:]]


def _findings(reading: Reading, found: list[Block]) -> Section:
    """What a reader must remember, in sentences built from key figures."""
    blocks: list[Block] = []
    if reading.audit.focus:
        focus = name_of_focus(reading.audit.inventory, reading.audit.focus, reading.language)
        blocks.append(Sentence(text("This audit looks at {focus} alone.", focus=focus)))
    return Section("findings", text("Findings"), (*blocks, *found))


def method() -> Section:
    """How it was worked out, and where it stops."""
    return Section(
        "method",
        text("Method and limits"),
        tuple(
            Sentence(t)
            for t in (
                text(
                    "Standard Cost Model: number concerned × times a year × minutes / 60, item by item and "
                    "activity by activity; euros are hours × hourly cost. Each figure has an identifier that "
                    "leads to its formula and rows in audit.json."
                ),
                text(
                    "Minutes come from the German table of standard times wherever nobody measured them: an "
                    "assumption for France. The range takes every line at its lowest, then at its highest: it is "
                    "wider than what is likely."
                ),
                text(
                    "The hourly cost is the French average of all sectors; overheads and what the structure "
                    "would do anyway are not known and left out of account."
                ),
                text(
                    "Two requests are the same when subject, concept, reference period, perimeter and unit are "
                    "the same. What a text does not settle is never the same: it is at best to be harmonised. "
                    "Names and numbers that identify are left out. Two exclusive regimes never make a repeat."
                ),
                text(
                    "Hours of repeats keep the dearest asking (cautious) or the cheapest (bold), at the freshest "
                    "rate demanded. Nothing here says that a repeat is useless: protection, contradictory "
                    "procedure and second looks have their reasons."
                ),
                text(
                    "A file sent to several recipients is prepared once. Where a text binds an authority and a "
                    "service for one file, whoever is audited is counted the whole file. Quantities come from the "
                    "portfolio, whose rows say whether they are published or given as an example."
                ),
            )
        ),
    )


def sources(reading: Reading) -> Section:
    """What the audited rows cite."""
    frame = reading.table("sources")
    columns = {
        "citation": text("Source"), "url": text("Address"), "date_read": text("Read on"), "rows": text("Rows"),
    }  # fmt: skip
    shown = frame.assign(
        url=frame["url"].fillna(""),
        date_read=frame["date_read"].dt.strftime("%Y-%m-%d").astype("str").fillna(""),
    )
    table = Table("sources", text("Sources cited by the rows of this audit"), display(shown, columns, reading.language))
    return Section("sources", text("Sources"), (table,))
