"""Nodes of pandoc's document tree, as JSON: text goes in as data and never as markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Node = dict[str, Any]
_PLAIN: Mapping[str, Any] = {}


def attributes(identifier: str = "", classes: Sequence[str] = (), **given: str) -> list[Any]:
    """An identifier, classes and attributes; ``_`` of a name stands for ``-``."""
    return [identifier, list(classes), [[name.replace("_", "-"), value] for name, value in given.items()]]


def words(said: str) -> list[Node]:
    """A text as words and spaces; spaces that do not break stay within a word."""
    nodes: list[Node] = []
    for piece in re.split(r"([ \t\n]+)", said):
        if piece.strip(" \t\n"):
            nodes.append({"t": "Str", "c": piece})
        elif piece:
            nodes.append({"t": "Space"})
    return nodes


def span(inlines: list[Node], attr: list[Any]) -> Node:
    """Words with an identifier or a style."""
    return {"t": "Span", "c": [attr, inlines]}


def link(inlines: list[Node], target: str, title: str = "") -> Node:
    """A link; ``#name`` stays within the document."""
    return {"t": "Link", "c": [attributes(), inlines, [target, title]]}


def note(blocks: list[Node]) -> Node:
    """A footnote."""
    return {"t": "Note", "c": blocks}


def paragraph(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def plain(inlines: list[Node]) -> Node:
    """Words that stand in a cell or an item."""
    return {"t": "Plain", "c": inlines}


def styled(blocks: list[Node], style: str, *classes: str) -> Node:
    """Blocks in a named paragraph style."""
    return {"t": "Div", "c": [attributes("", classes, custom_style=style), blocks]}


def header(level: int, identifier: str, inlines: list[Node]) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attributes(identifier), inlines]}


def bullets(items: list[list[Node]]) -> Node:
    """A list."""
    return {"t": "BulletList", "c": items}


def definitions(rows: list[tuple[list[Node], list[Node]]]) -> Node:
    """Terms, each with the blocks that say it."""
    return {"t": "DefinitionList", "c": [[term, [said]] for term, said in rows]}


def raw(form: str, source: str) -> Node:
    """What only one format can say."""
    return {"t": "RawBlock", "c": [form, source]}


def caption(inlines: list[Node]) -> list[Any]:
    """What stands over a table or under a figure."""
    return [None, [plain(inlines)]]


def picture(identifier: str, file: str, alternative: list[Node], said: list[Node], *, width: str) -> Node:
    """A figure: its file, its alternative text, its caption."""
    image = {"t": "Image", "c": [attributes(width=width), alternative, [file, ""]]}
    return {"t": "Figure", "c": [attributes(identifier), caption(said), [plain([image])]]}


def cell(blocks: list[Node], align: str = "AlignDefault") -> list[Any]:
    """A cell of a table."""
    return [attributes(), {"t": align}, 1, 1, blocks]


def table(
    identifier: str,
    said: list[Node],
    head: Sequence[list[Any]],
    rows: Sequence[Sequence[list[Any]]],
    columns: Sequence[tuple[str, float]],
    *,
    heads: int = 1,
) -> Node:
    """A table whose first columns head its rows.

    Parameters
    ----------
    head, rows : sequence
        Cells made by :func:`cell`.
    columns : sequence of (str, float)
        Alignment, and share of the width.
    """
    spec = [[{"t": align}, {"t": "ColWidth", "c": share}] for align, share in columns]
    heading = [attributes(), [[attributes(), list(head)]]]
    body = [[attributes(), heads, [], [[attributes(), list(row)] for row in rows]]]
    return {"t": "Table", "c": [attributes(identifier), caption(said), spec, heading, body, [attributes(), []]]}
