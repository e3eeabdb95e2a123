"""What every document of the kit is drawn from: one audit as one reader reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from burden.model.messages import Text, text
from burden.report.audit import Audit
from burden.report.content import Reading, Section
from burden.report.documents.document import Document, Part
from burden.report.key_figures import KeyFigure
from burden.report.kit.figure_list import figure_part
from burden.report.names import name_of_audited, name_of_focus, names
from burden.report.sections import sections


@dataclass(frozen=True, eq=False)
class Draft:
    """An audit with the figures of the kit, in one language.

    Attributes
    ----------
    reading : Reading
        The audit as one reader reads it.
    sections : tuple of Section
        The sections of its report.
    """

    reading: Reading
    sections: tuple[Section, ...] = field(repr=False)

    @property
    def audit(self) -> Audit:
        """The audit itself."""
        return self.reading.audit

    @property
    def language(self) -> str:
        """Language of the documents."""
        return self.reading.language

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan with at least one measure."""
        return len(self.audit.tables.get("plan_measures", ())) > 0

    def figure(self, identifier: str) -> KeyFigure:
        """A key figure."""
        return self.reading.figure(identifier)

    def table(self, name: str) -> pd.DataFrame:
        """A result."""
        return self.reading.table(name)

    def name(self, table: str, identifier: object) -> str:
        """What a row is called."""
        return self.reading.names.of(table, identifier)

    def called(self, table: str, joined: str) -> list[str]:
        """What identifiers joined by ``|`` are called."""
        return self.reading.names.several(table, joined)

    def listed(self, called: list[str]) -> str:
        """Names in a row, quoted."""
        return self.reading.joined(called)

    def subject(self) -> Text:
        """Whom the documents are about, and what they were narrowed to."""
        who = name_of_audited(self.audit.portfolio)
        if not self.audit.focus:
            return Text("{who}", {"who": who})
        focus = name_of_focus(self.audit.inventory, self.audit.focus, self.language)
        return text("{who}: {focus} alone", who=who, focus=focus)

    def document(self, identifier: str, title: Text, parts: tuple[Part, ...], *, depth: int = 2) -> Document:
        """A document that ends with the list of its figures; without contents where depth is 0."""
        figures = self.audit.figures
        closing = figure_part(parts, figures, self.language)
        return Document(
            identifier, title, self.subject(), self.language, (*parts, *closing), figures, self.table("sources"),
            contents=depth > 0, contents_depth=max(depth, 1),
        )  # fmt: skip


def draft(audit: Audit, language: str) -> Draft:
    """Gather what the documents need, in a language.

    Parameters
    ----------
    audit : Audit
        With the figures of the kit (:func:`burden.report.kit.figures.with_kit_figures`).
    """
    return Draft(Reading(audit, language, names(audit.inventory, language)), sections(audit, language))
