"""A sentence as inlines: its numbers link to their figure, its names are marked as such."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from burden.model.messages import Text
from burden.report.content import Sentence
from burden.report.documents.document import Cited, Document
from burden.report.documents.nodes import Node, attributes, link, note, paragraph, span, words
from burden.report.documents.typography import typeset
from burden.report.key_figures import KeyFigure

FIGURE_STYLE, NAME_STYLE = "Key figure", "Name"
BOUNDS: Mapping[str, str] = {"value": "", "low": "-low", "high": "-high", "unmeasured": "-missing"}
_LONGEST_BOOKMARK = 40


def anchor(prefix: str, identifier: str, bound: str = "value") -> str:
    """Where a link to a figure or to a source lands; a long one is shortened, as Word requires.

    Examples
    --------
    >>> anchor("figure", "burden.hours", "low")
    'figure-burden.hours-low'
    """
    name = f"{prefix}-{identifier}{BOUNDS[bound]}"
    if len(name) <= _LONGEST_BOOKMARK:
        return name
    return f"{prefix}-{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def inlines(said: Text, language: str) -> list[Node]:
    """A text with its values as nodes."""
    nodes: list[Node] = []
    for literal, name, _, _ in Formatter().parse(said.template_in(language)):
        nodes += words(typeset(literal, language))
        if name is not None:
            nodes += _value(said.values[name], language)
    return _tied(nodes)


def _value(value: Any, language: str) -> list[Node]:
    if isinstance(value, KeyFigure):
        return [key_figure(value, "value", language)]
    if isinstance(value, tuple):
        return [key_figure(value[0], value[1], language)]
    if isinstance(value, Text):
        return inlines(value, language)
    said = typeset(str(value), language)
    return [span(words(said), attributes("", ["name"], custom_style=NAME_STYLE))] if said else []


def _tied(nodes: list[Node]) -> list[Node]:
    """Words that follow one another without a space are one word, so that no line breaks there."""
    tied: list[Node] = []
    for node in nodes:
        if tied and node["t"] == tied[-1]["t"] == "Str":
            tied[-1] = {"t": "Str", "c": tied[-1]["c"] + node["c"]}
        else:
            tied.append(node)
    return tied


def key_figure(figure: KeyFigure, bound: str, language: str) -> Node:
    """A number that leads to its figure."""
    attr = attributes("", ["key-figure"], custom_style=FIGURE_STYLE, figure=figure.id, bound=bound)
    shown = span(words(shown_in(figure, language, bound)), attr)
    return link([shown], f"#{anchor('figure', figure.id, bound)}", figure.name.render(language))


def shown_in(figure: KeyFigure, language: str, bound: str) -> str:
    """A figure, a bound of it, or the number of lines that it leaves out, as readers see it."""
    return str(figure.unmeasured) if bound == "unmeasured" else figure.shown(language, bound)


def sentence(said: Sentence | Cited, document: Document) -> list[Node]:
    """A sentence, with its sources as footnotes."""
    if isinstance(said, Sentence):
        return inlines(said.text, document.language)
    nodes = inlines(said.sentence.text, document.language)
    return nodes + [note([paragraph(source(document, s))]) for s in dict.fromkeys(said.sources)]


def source(document: Document, identifier: str) -> list[Node]:
    """A source as a footnote says it, with its address; its identifier where the document does not know it."""
    rows = document.sources[document.sources["source_id"] == identifier]
    citation, address = (rows[c].iloc[0] if len(rows) else "" for c in ("citation", "url"))
    nodes = words(typeset(str(citation or identifier), document.language))
    if isinstance(address, str) and address:
        shown = breakable(address)
        nodes += [*words(", "), *([link(shown, address)] if leads_somewhere(address) else shown)]
    return [span(nodes, attributes("", ["source"], source=identifier))]


def leads_somewhere(address: str) -> bool:
    """Whether an address may be a link: one of the web, and none that would run when it is clicked.

    Examples
    --------
    >>> leads_somewhere("https://www.legifrance.gouv.fr"), leads_somewhere("javascript:alert(1)")
    (True, False)
    """
    return address.startswith(("https://", "http://")) and " " not in address


def breakable(address: str) -> list[Node]:
    """An address that may break after its signs."""
    return [{"t": "Str", "c": soft(address)}]


def soft(word: str) -> str:
    """A word without spaces that may break after its signs."""
    return re.sub(r"(?<=[/?&=_.:>-])(?=[^/])", "\u200b", word)
