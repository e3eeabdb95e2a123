"""A form as it is sent to one body, whatever file it is written as: what it says of itself, its sheets, its lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from burden.model.messages import Text, text
from burden.report.reply.addressees import Addressee
from burden.report.reply.draft import Draft
from burden.report.reply.form import MORE, SHEETS, TOOLS, Sheet
from burden.report.reply.identifiers import Row, rows_of, shown_state, state_of
from burden.report.reply.points import Cells, points
from burden.sources.rows import Value, cell_text


@dataclass(frozen=True)
class Sent:
    """A form to be written.

    Attributes
    ----------
    header : mapping of str to Value
        What the first sheet says of the form, by code of :data:`burden.report.reply.form.HEADER`.
    sheets : tuple of (Sheet, tuple of mapping)
        Sheets and their lines: value by code of column, with the identifier and the state of the line.
    """

    addressee: Addressee
    language: str
    header: Mapping[str, Value]
    sheets: tuple[tuple[Sheet, tuple[Cells, ...]], ...] = field(repr=False)

    @property
    def title(self) -> Text:
        """What is written at the top."""
        return text("Reply to the draft report: {name}", name=self.addressee.name)


@dataclass(frozen=True, eq=False)
class Stated:
    """A draft with the rows and the state of its inventory, the same for all its forms."""

    draft: Draft
    rows: Mapping[str, Row]
    state: str

    @classmethod
    def of(cls, draft: Draft) -> Stated:
        """Work out rows and state."""
        return cls(draft, rows_of(draft.inventory, draft.portfolio), state_of(draft.inventory))


def as_it_is(value: object) -> Value:
    """A value as a workbook shows it."""
    same: Value = value  # type: ignore[assignment]
    return same


def sent(stated: Stated, addressee: Addressee, today: dt.date, *, shown: Callable[[object], Value] = as_it_is) -> Sent:
    """The form of one body.

    Parameters
    ----------
    shown : callable
        How a file shows a value; what is read back must be the same.
    """
    draft = stated.draft
    lines = points(draft, addressee)
    header: dict[str, Value] = {
        "who": addressee.id, "inventory": draft.inventory.name, "state": stated.state,
        "portfolio": draft.portfolio.name, "written": today,
    }  # fmt: skip
    sheets = tuple(
        (sheet, tuple(_marked(sheet, cells, stated.rows, shown) for cells in lines.get(sheet.id, [])))
        for sheet in SHEETS
        if sheet is MORE or lines.get(sheet.id)
    )
    return Sent(addressee, draft.language, header, sheets)


def _marked(sheet: Sheet, cells: Cells, rows: Mapping[str, Row], shown: Callable[[object], Value]) -> Cells:
    """A line as a file shows it, with marks of the row and of what is shown, so that a change of either is seen."""
    row = str(cells["row"])
    own = rows[row].state if row in rows else ""
    said = {column.code: shown(cells.get(column.code, "")) for column in sheet.shown}
    return {"row": row, "state": f"{own}-{shown_state(cell_text(v) for v in said.values())}", **said}


def title_of(sheet: Sheet) -> Text:
    """How to fill in a sheet, as it stands above its lines."""
    if sheet is MORE:
        return text(
            "A second correction of a line, or a remark on something that no line shows: copy the identifier of the "
            "line from its first cell, or leave it empty for a remark."
        )
    if sheet is TOOLS:
        return text("{sheet}: reply in the yellow cells; a line left empty says nothing, neither yes nor no.",
                    sheet=sheet.name)  # fmt: skip
    return text("{sheet}: reply in the yellow cells.", sheet=sheet.name)
