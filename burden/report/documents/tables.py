"""A table as readers get it: columns as wide as their words need, numbers to the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.messages import text
from burden.report.content import Table
from burden.report.documents.nodes import Node, attributes, cell, link, paragraph, plain, span, styled, table, words
from burden.report.documents.sentences import breakable, inlines, leads_somewhere
from burden.report.documents.typography import typeset

Ems = npt.NDArray[np.float64]

CRAMPED = 7
"""Columns from which a table takes a page turned on its side if a row would be too tall on an upright one."""
_TALLEST = 7

_NUMBER = re.compile(r"[-−]?[\d\s.,\u00a0\u202f/–]*\d[\d\s.,\u00a0\u202f/–]*\s?(%|€|h)?")
_WORD = re.compile(r"[ \t\n/\u200b]|(?<!\d)-")
_LONGEST, _PADDING, _STEP = 11.0, 1.15, 0.5
_BLANK, _SPACE = 5.0, 0.3
_BOLD, _RAGGED, _EVEN = 1.08, 1.1, 1e-9
_EMS = {
    letter: width
    for letters, width in {
        "'’ijl|": 0.22, " !,./:;I[]ft()-\u00a0\u202f": 0.3, "r": 0.33, "\u200b\u0300\u0301\u0302\u0308\u0327": 0.0,
        "Jcksvxyz": 0.5, "ABEKPSVXYC&": 0.68, "DHNRUwT": 0.72, "GOQM": 0.8, "mW%": 0.88, "—…": 1.0,
    }.items()
    for letter in letters
}  # fmt: skip
UPRIGHT_ROOM, SMALL_ROOM, TURNED_ROOM = 59.0, 67.0, 102.0
"""Ems that a line of a table holds, by its page and type."""


def is_wide(found: Table, *, small: bool = False) -> bool:
    """Whether a table takes a page turned on its side: its words do not fit an upright one, or make tall rows."""
    frame = found.frame.astype("str")
    least, texts = _measured(frame)
    room = SMALL_ROOM if small else UPRIGHT_ROOM
    if least.sum() > room:
        return True
    columns = zip(frame.columns, _widths(least, texts, room) - _PADDING, strict=True)
    return len(least) >= CRAMPED and any(
        _wrapped(_words(value), width) > _TALLEST for name, width in columns for value in frame[name]
    )


def table_node(found: Table, language: str, *, form: str, small: bool = False) -> Node:
    """A table in pandoc's tree."""
    frame = found.frame.astype("str")
    numeric = [_is_numeric(frame.iloc[:, i], language) for i in range(frame.shape[1])]
    align = ["AlignRight" if n else "AlignLeft" for n in numeric]
    wide = is_wide(found, small=small)
    size = "Small table" if small or wide else "Table"
    styles = [f"{size} text right" if n else f"{size} text" for n in numeric]
    heads = [f"{size} heading right" if n else f"{size} heading" for n in numeric]
    head = [_cell(str(c), language, style, form) for c, style in zip(frame.columns, heads, strict=True)]
    rows = [
        [_cell(value, language, style, form) for value, style in zip(row, styles, strict=True)]
        for row in frame.itertuples(index=False, name=None)
    ]
    room = TURNED_ROOM if wide else SMALL_ROOM if small else UPRIGHT_ROOM
    columns = list(zip(align, column_widths(frame, room), strict=True))
    # OpenDocument would set the head of each row in bold.
    return table(f"table-{found.id}", inlines(found.caption, language), head, rows, columns, heads=int(form != "odt"))


def _cell(value: str, language: str, style: str, form: str) -> list[object]:
    said = _said(value, language)
    return cell([styled([paragraph(said)], style)]) if form in ("docx", "odt") else cell([plain(said)])


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
    # A word among numbers says why there is none: it stands with them.
    return 2 * sum(bool(_NUMBER.fullmatch(v)) for v in values) > len(values)


def column_widths(frame: pd.DataFrame, room: float = UPRIGHT_ROOM) -> list[float]:
    """Shares of the width: no word is cut while there is room, and the rest goes where it shortens the table most.

    Parameters
    ----------
    room : float
        Ems that a line of the table holds.

    Examples
    --------
    >>> column_widths(pd.DataFrame({"name": ["a long sentence about a tool"], "hours": ["12"]}))
    [0.7..., 0.2...]
    """
    widths = _widths(*_measured(frame), room)
    return [float(width) for width in widths / widths.sum()]


def _measured(frame: pd.DataFrame) -> tuple[Ems, Ems]:
    """The longest word of each column, and the length of each cell, heads first."""
    # Heads are set in bold.
    heads = [[word * _BOLD for word in _words(str(name))] for name in frame.columns]
    cells = [[_words(str(v)) for v in frame.iloc[:, i]] for i in range(len(heads))]
    longest = [max([*head, *(max(words) for words in column)]) for head, column in zip(heads, cells, strict=True)]
    # What is left blank is to be filled in by hand.
    longest = [max(word, _BLANK) if column and not any(map(sum, column)) else word
               for word, column in zip(longest, cells, strict=True)]  # fmt: skip
    lengths = [[_line(words) for words in (head, *column)] for head, column in zip(heads, cells, strict=True)]
    return np.clip(longest, 1, _LONGEST) + _PADDING, np.array(lengths).T


def _words(value: str) -> list[float]:
    return [ems(word) for word in _WORD.split(_shown(value))]


def _wrapped(words: Sequence[float], width: float) -> int:
    """How many lines words take."""
    lines, filled = 1, -_SPACE
    for word in words:
        filled += _SPACE + word
        if filled > width:
            lines, filled = lines + (filled > word), word
    return lines


def _line(words: Sequence[float]) -> float:
    return sum(words) + _SPACE * (len(words) - 1)


def _widths(least: Ems, texts: Ems, room: float) -> Ems:
    widths = least.copy()
    for _ in range(int((room - least.sum()) / _STEP)):
        wider = widths + np.eye(len(widths)) * _STEP
        # The mean of high power is close to the tallest cell, and falls when one of several tall cells does.
        heights = [(_lines(texts, tried) ** 4).sum(axis=1) ** 0.25 for tried in wider]
        totals = np.array([height.sum() for height in heights])
        if totals.max() - totals.min() < _EVEN:
            break
        widths = wider[totals.argmin()]
    return widths


def _lines(texts: Ems, widths: Ems) -> Ems:
    """How many lines each cell takes, a little more than its length since words do not fill a line."""
    filled = texts / (widths - _PADDING)
    return np.where(filled > 1, filled * _RAGGED, 1.0)


def ems(word: str) -> float:
    """Width of a word in the type of tables, in ems of its size.

    Examples
    --------
    >>> round(ems("mesure"), 2), round(ems("illi"), 2)
    (3.39, 0.88)
    """
    return sum(_EMS.get(letter, 0.56) for letter in unicodedata.normalize("NFD", word))
