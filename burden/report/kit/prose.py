"""Numbers of the prose: each leads to a figure of ``audit.json``, or is of a kind that needs none.

What needs none, by rule: a year from 1900 to 2100; the number of an article, a page or an annex (after
``art.``, ``L.``, ``R.``, ``D.``, ``A.``, ``n°``, ``p.``, ``§``); a number that is part of a code, such as
``P10``; the operand of a formula (after ``/`` or ``×``); and what stands in a name that comes from
the inventory, unless the name is nothing but a number. Cells of tables come from the tables of the
audit and are not prose; titles, and captions and notes of tables, are labels, whose numbers say how the
table is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from burden.report.documents.sentences import BOUNDS, NAME_STYLE, anchor, shown_in
from burden.report.key_figures import KeyFigure
from burden.report.kit.claims.rounded import is_phrase

_ARTICLE = re.compile(
    r"(?:\b(?:arts?\.?|articles?|LO|[LRDA]\.|n°|No\.?|p\.|pages?|annexes?|chap\.)|§)[\s\u00a0\u202f]*"
    r"(?:[LRDA]\.[\s\u00a0]*)?\d+(?:[-–.]\d+)*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\W\d_][\w.-]*\d[\w.-]*|\d+(?:-\d+)+")
_OPERAND = re.compile(r"[/×]\s*\d+")
_YEAR = re.compile(r"(?<!\d)(?:19\d\d|20\d\d|2100)(?!\d)")
_NUMBER = re.compile(r"\d+(?:[\s\u00a0\u202f.,]\d+)*")
_LABELS = (
    "Table Caption",
    "Image Caption",
    "Title",
    "Subtitle",
    "Table note",
    "TOC Heading",
    "toc 1",
    "toc 2",
    "toc 3",
)


@dataclass(frozen=True)
class Fault:
    """A number of the prose that does not lead where it must.

    Attributes
    ----------
    where : str
        The heading that it stands under, then the sentence.
    number : str
        What is written.
    why : str
        ``no_figure``, ``unknown_figure`` or ``altered``.
    figure, expected : str
        The figure that it claims to be, and what that figure is.
    """

    where: str
    number: str
    why: str
    figure: str = ""
    expected: str = ""


def unled(said: str) -> list[str]:
    """Numbers of a text that need a figure and are not led to one.

    Examples
    --------
    >>> unled("art. L. 311-3, in 2022: P10, and 45 hours of 12,300")
    ['45', '12,300']
    """
    for pattern in (_ARTICLE, _CODE, _OPERAND, _YEAR):
        said = pattern.sub(" ", said)
    return _NUMBER.findall(said)


def faults(blocks: list[Any], figures: Mapping[str, KeyFigure], language: str) -> list[Fault]:
    """Every number of a document's prose that does not lead to what it says.

    Parameters
    ----------
    blocks : list
        Blocks of pandoc's tree.
    """
    known = known_anchors(figures)
    found = []
    for passage in passages(blocks):
        said = _words(passage.inlines)
        where = f"{passage.heading}: {said}" if passage.heading else said
        of_passage = _of_passage(passage.inlines, known, figures, language, label=passage.label)
        found += [_located(fault, where) for fault in of_passage]
    return found


def known_anchors(figures: Mapping[str, KeyFigure]) -> dict[str, tuple[str, str]]:
    """The figure and the bound of it that each link of a document may lead to."""
    return {f"#{anchor('figure', i, b)}": (i, b) for i in figures for b in BOUNDS}


def _located(fault: Fault, where: str) -> Fault:
    return Fault(where[:300], fault.number, fault.why, fault.figure, fault.expected)


@dataclass(frozen=True)
class Passage:
    """A run of words of a document.

    Attributes
    ----------
    heading : str
        What it stands under.
    inlines : list
        Its nodes.
    label : bool
        Whether it is a title, a caption or a note of a table, not prose.
    lead : str
        The paragraph or the term that introduces it, of an item of a list.
    """

    heading: str
    inlines: list[Any]
    label: bool
    lead: str = ""


def passages(blocks: list[Any], heading: str = "", *, label: bool = False, lead: str = "") -> Iterator[Passage]:
    """The runs of words of blocks, each under its heading; cells of tables are left out."""
    before = ""
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Header":
            heading = _words(content[2])
            yield Passage("", content[2], label=True)
        elif kind in ("Para", "Plain"):
            yield Passage(heading, content, label, lead)
            before = _words(content)
        elif kind == "Div":
            style = dict(content[0][2]).get("custom-style", "")
            inner = label or style in _LABELS or "note" in content[0][1]
            yield from passages(content[1], heading, label=inner, lead=lead)
            before = _words(content[1][-1]["c"]) if content[1] and content[1][-1]["t"] in ("Para", "Plain") else ""
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from passages(item, heading, label=label, lead=before or lead)
        elif kind == "DefinitionList":
            for term, said in content:
                yield Passage(heading, term, label=True)
                for item in said:
                    yield from passages(item, heading, label=label, lead=_words(term))
        elif kind == "Figure":
            yield from passages(content[1][1], heading, label=True)


def _of_passage(
    inlines: list[Any], known: Mapping[str, tuple[str, str]], figures: Mapping[str, KeyFigure], language: str, *,
    label: bool,
) -> list[Fault]:  # fmt: skip
    found: list[Fault] = []
    plain: list[str] = []
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Link" and content[2][0].startswith("#figure-"):
            found += _led(_words(content[1]), content[2][0], known, figures, language)
            plain.append(" ")
        elif kind in ("Note", "Image", "Link"):
            plain.append(" ")
        elif kind == "Span" and is_name(content[0]):
            said = _words(content[1])
            plain.append(said if not label and _NUMBER.fullmatch(said.strip(" %€")) else " name ")
        elif kind in ("Span", "Strong", "Emph"):
            inner = content[1] if kind == "Span" else content
            found += _of_passage(inner, known, figures, language, label=label)
            plain.append(" ")
        else:
            plain.append(_words([node]))
    return found + ([] if label else [Fault("", number, "no_figure") for number in unled("".join(plain))])


def is_name(attr: list[Any]) -> bool:
    """Whether a span is marked as a name of the inventory."""
    return "name" in attr[1] or dict(attr[2]).get("custom-style") == NAME_STYLE


def _led(
    said: str, target: str, known: Mapping[str, tuple[str, str]], figures: Mapping[str, KeyFigure], language: str
) -> list[Fault]:
    if target not in known:
        return [Fault("", said, "unknown_figure", target.removeprefix("#figure-"))]
    identifier, bound = known[target]
    expected = shown_in(figures[identifier], language, bound)
    # A rounded phrase that leads to a share is for the guards of claims to judge.
    if _bare(said) == _bare(expected) or (figures[identifier].unit == "share" and is_phrase(said, language)):
        return []
    return [Fault("", said, "altered", identifier, expected)]


def _bare(said: str) -> str:
    return re.sub(r"\s", "", said)


def _words(inlines: list[Any]) -> str:
    """The words of inlines, as text."""
    said = []
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind == "Str":
            said.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            said.append(" ")
        elif kind in ("Span", "Link"):
            said.append(_words(content[1]))
        elif kind in ("Strong", "Emph", "Superscript"):
            said.append(_words(content))
    return "".join(said)


words_of = _words
