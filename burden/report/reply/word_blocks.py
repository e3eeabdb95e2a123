"""What a Word document says, block by block: headings, paragraphs, rows of tables, remarks in its margin.

Read from its XML: pandoc takes half a minute for a form of a thousand lines. Tracked changes that
are still open are read as if they were accepted: that is what their writer wants.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading (\d)")
_AROUND = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})
"""Elements that only stand around others."""
_SILENT = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "tcPr", "trPr", "Fallback"})
_SPACES = frozenset({"tab", "br", "cr", "p"})
_ASKED = frozenset({"choose an item.", "choisissez un élément."})
"""What Word shows in a list from which nothing was chosen."""
_MARGINS = ("word/comments.xml", "word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True)
class Heading:
    """A heading of some level."""

    level: int
    words: str


@dataclass(frozen=True)
class Rows:
    """A table: the words of its cells, row by row."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Rows | str
"""A paragraph is its words."""


@dataclass(frozen=True)
class Content:
    """The blocks of a document, and its comments and notes."""

    blocks: tuple[Block, ...]
    margins: tuple[str, ...]


def word_content(path: Path) -> Content:
    """Read a document that :func:`burden.sources.archive.archive_fault` let pass.

    Raises
    ------
    Exception
        Whatever XML raises of what is a zip and no document.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        levels = _levels(ElementTree.fromstring(archive.read("word/styles.xml"))) if "word/styles.xml" in names else {}
        body = next(e for e in ElementTree.fromstring(archive.read("word/document.xml")) if _name(e) == "body")
        margins = [ElementTree.fromstring(archive.read(name)) for name in _MARGINS if name in names]
    said = (_words(note) for root in margins for note in root)
    return Content(tuple(_blocks(body, levels)), tuple(words for words in said if words.strip()))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None) -> str:
    """The ``val`` of an element, whatever its namespace."""
    found = element.attrib.items() if element is not None else ()
    return next((value for key, value in found if key.rpartition("}")[2] == "val"), "")


def _inner(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names."""
    for name in path:
        element = next((e for e in element if _name(e) == name), None) if element is not None else None
    return element


def _levels(styles: Element) -> dict[str, int]:
    """The level of each style of heading: its name is English in whatever language Word writes."""
    found = {}
    for style in styles:
        if match := _HEADING.fullmatch(_value(_inner(style, "name")).casefold()):
            identifier = next((v for k, v in style.attrib.items() if k.rpartition("}")[2] == "styleId"), "")
            found[identifier] = int(match[1])
    return found


def _children(element: Element) -> Iterator[Element]:
    """Elements of an element, those that only stand around others opened."""
    for child in element:
        if _name(child) in _AROUND:
            yield from _children(child)
        elif _name(child) not in _SILENT:
            yield child


def _blocks(body: Element, levels: Mapping[str, int]) -> Iterator[Block]:
    for element in _children(body):
        if _name(element) == "tbl":
            yield Rows(tuple(_rows(element)))
        elif _name(element) == "p":
            level = levels.get(_value(_inner(element, "pPr", "pStyle")))
            yield Heading(level, _words(element)) if level else _words(element)


def _rows(table: Element) -> Iterator[tuple[str, ...]]:
    for row in _children(table):
        if _name(row) == "tr" and _inner(row, "trPr", "del") is None:
            yield tuple(_words(cell) for cell in _children(row) if _name(cell) == "tc")


def _words(element: Element) -> str:
    """The words of an element, paragraphs and lines apart."""
    name = _name(element)
    if name in _SILENT:
        return ""
    if name == "t":
        return element.text or ""
    if name == "noBreakHyphen":
        return "-"
    said = "".join(_words(child) for child in element)
    if name == "sdt" and _inner(element, "sdtPr", "showingPlcHdr") is not None and said.strip().casefold() in _ASKED:
        return ""
    return f"{said} " if name in _SPACES else said
