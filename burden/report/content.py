"""The content of a report, assembled once whatever the format: sections of sentences, tables, charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import pandas as pd
from babel.lists import format_list
from matplotlib.axes import Axes

from burden.model import schema
from burden.model.messages import Text, text
from burden.report.key_figures import KeyFigure, number
from burden.report.names import Names

if TYPE_CHECKING:
    from burden.report.audit import Audit


SHOWN = 15
"""Rows that a table of the report shows; the bundle has them all."""


@dataclass(frozen=True)
class Sentence:
    """A sentence; its values are key figures, names or words."""

    text: Text


@dataclass(frozen=True, eq=False)
class Table:
    """A table for readers: translated headers, names instead of identifiers."""

    id: str
    caption: Text
    frame: pd.DataFrame
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart in the reader's language, and a table that says the same.

    Attributes
    ----------
    draw : callable
        Draws it: a function of :mod:`burden.figures` with what it takes, so that it is drawn only
        when it is shown, and may be by another process.
    """

    id: str
    draw: Callable[[], Axes]
    table: Table


Block = Sentence | Table | Chart


@dataclass(frozen=True)
class Section:
    """A titled part of a report."""

    id: str
    title: Text
    blocks: tuple[Block, ...]


class _Titled(Protocol):
    @property
    def blocks(self) -> Iterable[object]: ...


def charts_of(parts: Iterable[_Titled]) -> list[Chart]:
    """The charts of some sections, or parts of a document, in order."""
    return [block for part in parts for block in part.blocks if isinstance(block, Chart)]


def cell(value: Any, language: str, *, share: bool = False) -> str:
    """A value in a table for readers; an unknown one is said to be."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return text("unknown").render(language)
    if isinstance(value, bool):
        return (text("yes") if value else text("no")).render(language)
    return number(float(value), language, share=share)


def display(
    frame: pd.DataFrame,
    columns: Mapping[str, Text],
    language: str,
    *,
    shares: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Some columns of a result as a reader sees them.

    Parameters
    ----------
    columns : mapping of str to Text
        Column → header, in the order shown.
    shares : tuple of str
        Columns that hold shares, shown as percentages.

    Returns
    -------
    DataFrame
        Every cell a text.
    """
    shown = {
        header.render(language): [cell(v, language, share=column in shares) for v in frame[column]]
        for column, header in columns.items()
    }
    return pd.DataFrame(shown, dtype="str")


@dataclass(frozen=True, eq=False)
class Reading:
    """An audit as one reader reads it: its language, its names, its figures."""

    audit: Audit
    language: str
    names: Names

    def figure(self, identifier: str) -> KeyFigure:
        """A key figure."""
        return self.audit.figures[identifier]

    def table(self, name: str) -> pd.DataFrame:
        """A result."""
        return self.audit.tables[name]

    def code(self, code_list: str, value: object) -> str:
        """Name of a code."""
        return schema.code_name(code_list, value, self.language)

    def joined(self, parts: list[str]) -> str:
        """Names in a row, each quoted, as the language joins them."""
        quoted = [text("“{name}”", name=part).render(self.language) for part in parts]
        return str(format_list(quoted, locale=self.language))
