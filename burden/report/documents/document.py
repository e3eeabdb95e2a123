"""What a document is made of, beside the blocks of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from burden.model.messages import Text
from burden.report.content import Chart, Section, Sentence, Table
from burden.report.key_figures import KeyFigure


@dataclass(frozen=True)
class Cited:
    """A sentence with the sources that it stands on, as footnotes.

    Attributes
    ----------
    sources : tuple of str
        Identifiers of sources; the document must know them.
    """

    sentence: Sentence
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """Sentences as a list."""

    items: tuple[Sentence | Cited, ...]


@dataclass(frozen=True)
class Facts:
    """What a record says, head by head."""

    rows: tuple[tuple[Text, tuple[Sentence | Cited, ...]], ...]


@dataclass(frozen=True)
class Signature:
    """Lines for whoever checks a document to fill in by hand."""

    lines: tuple[Text, ...]


DocumentBlock = Sentence | Table | Chart | Cited | Listing | Facts | Signature


@dataclass(frozen=True)
class Part:
    """A titled part at some depth: 1 is a chapter.

    Attributes
    ----------
    new_page : bool
        Whether it begins a page.
    small : bool
        Whether its tables are set in smaller type, as in an annex.
    """

    id: str
    title: Text
    blocks: tuple[DocumentBlock, ...]
    level: int = 1
    new_page: bool = False
    small: bool = False

    @classmethod
    def of(cls, section: Section, *, level: int = 1) -> Part:
        """A section of the audit as a part of a document."""
        return cls(section.id, section.title, section.blocks, level)


@dataclass(frozen=True, eq=False)
class Document:
    """A document in one language.

    Attributes
    ----------
    id : str
        Name of its files.
    figures : mapping of str to KeyFigure
        Figures that its sentences may print.
    sources : DataFrame
        ``source_id``, ``citation``, ``url``, ``date_read`` of what its footnotes may cite.
    contents : bool
        Whether it has a table of contents.
    """

    id: str
    title: Text
    subtitle: Text
    language: str
    parts: tuple[Part, ...]
    figures: Mapping[str, KeyFigure] = field(repr=False)
    sources: pd.DataFrame = field(repr=False)
    contents: bool = True
    contents_depth: int = 2

    @property
    def locale(self) -> str:
        """Language and country, as documents declare them."""
        return {"fr": "fr-FR", "en": "en-GB"}[self.language]
