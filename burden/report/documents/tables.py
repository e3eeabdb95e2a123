"""A table as readers get it: columns as wide as their words need, numbers to the right."""

from __future__ import annotations

import math
import re

import pandas as pd

from burden.model.messages import text
from burden.report.content import Table
from burden.report.documents.nodes import Node, attributes, cell, link, paragraph, plain, span, styled, table, words
from burden.report.documents.sentences import breakable, inlines, leads_somewhere
from burden.report.documents.typography import typeset

WIDE = 9
"""Columns from which a table takes a page turned on its side."""
CRAMPED = 7
"""Columns from which it does so if one of its cells is a long text."""
_LONG = 250

_NUMBER = re.compile(r"[-−]?[\d\s.,\u00a0\u202f/–]*\d[\d\s.,\u00a0\u202f/–]*\s?(%|€|h)?")
_WORD = re.compile(r"[ /\u200b]|(?<!\d)-")
_LONGEST, _MOST, _PADDING = 16.0, 30.0, 2.5
UPRIGHT_ROOM, SMALL_ROOM, TURNED_ROOM = 112, 126, 180
"""Letters that a line of a table holds, by its page and type."""


def is_wide(found: Table) -> bool:
    """Whether a table takes a page turned on its side: many columns, or several and a long text."""
    rows, columns = found.frame.shape
    if columns >= WIDE or columns < CRAMPED or not rows:
        return columns >= WIDE
    return max(len(str(v)) for v in found.frame.to_numpy().ravel()) > _LONG


def table_node(found: Table, language: str, *, form: str, small: bool = False) -> Node:
    """A table in pandoc's tree."""
    frame = found.frame.astype("str")
    numeric = [_is_numeric(frame.iloc[:, i], language) for i in range(frame.shape[1])]
    align = ["AlignRight" if n else "AlignLeft" for n in numeric]
    size = "Small table text" if small or is_wide(found) else "Table text"
    head = [_cell(str(c), language, "Table heading", form) for c in frame.columns]
    rows = [
        [_cell(value, language, f"{size} right" if n else size, form) for value, n in zip(row, numeric, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    room = TURNED_ROOM if is_wide(found) else SMALL_ROOM if small else UPRIGHT_ROOM
    columns = list(zip(align, column_widths(frame, room), strict=True))
    # OpenDocument would set the head of each row in bold.
    heads = 0 if form == "odt" else 1
    return table(f"table-{found.id}", inlines(found.caption, language), head, rows, columns, heads=heads)


def _cell(value: str, language: str, style: str, form: str) -> list[object]:
    said = _said(value, language)
    return cell([styled([paragraph(said)], style)]) if form == "docx" else cell([plain(said)])


def _said(value: str, language: str) -> list[Node]:
    """The words of a cell; an address is a link, an anchored cell can be reached."""
    if leads_somewhere(value):
        return [link(breakable(value), value)]
    if value.startswith("\x00"):
        _, name, shown = value.split("\x00")
        return [span(words(typeset(shown, language)), attributes(name))]
    return words(typeset(value, language))


def anchored(name: str, shown: str) -> str:
    """A cell that links can reach."""
    return f"\x00{name}\x00{shown}"


def _shown(value: str) -> str:
    return value.rsplit("\x00", maxsplit=1)[-1]


def _is_numeric(column: pd.Series, language: str) -> bool:
    missing = {text("unknown").render(language), text("not stated").render(language), ""}
    values = [v for v in map(_shown, column) if v not in missing]
    return bool(values) and all(_NUMBER.fullmatch(v) for v in values)


def column_widths(frame: pd.DataFrame, room: int = UPRIGHT_ROOM) -> list[float]:
    """Shares of the width: no word is cut while there is room, and long texts get the rest.

    Parameters
    ----------
    room : int
        Letters that a line of the table holds.

    Examples
    --------
    >>> column_widths(pd.DataFrame({"name": ["a long sentence about a tool"], "hours": ["12"]}))
    [0.78..., 0.21...]
    """
    least, wanted = [], []
    for place, name in enumerate(frame.columns):
        cells = [_shown(str(v)) for v in frame.iloc[:, place]]
        # Heads are set in bold.
        head = max(len(w) for w in _WORD.split(str(name))) * 1.2
        longest = max(head, *(len(w) for c in cells for w in _WORD.split(c))) if cells else head
        lengths = sorted(len(c) for c in cells) or [1]
        least.append(min(longest, _LONGEST) + _PADDING)
        typical = lengths[math.ceil(0.8 * (len(lengths) - 1))]
        # A long text takes more of the width, but less than in proportion.
        wanted.append(max(min(typical, _MOST) + 4 * math.sqrt(max(typical - _MOST, 0)), longest) + _PADDING)
    more = [max(w - low, 0.0) for w, low in zip(wanted, least, strict=True)]
    spare = max(room - sum(least), 0.0)
    share = min(spare / sum(more), 1.0) if sum(more) else 0.0
    needs = [low + share * extra for low, extra in zip(least, more, strict=True)]
    return [need / sum(needs) for need in needs]
