"""A form as a workbook: a sheet per kind of line, protected but where the body replies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from burden.model.messages import Text, text
from burden.report.reply.corrections import correctable
from burden.report.reply.form import AGREEMENTS, HEADER, MORE, READ_ME, SHEETS, Sheet
from burden.report.reply.points import Cells
from burden.report.reply.read_me import read_me
from burden.report.reply.sent import Sent, title_of
from burden.sources.rows import Value
from burden.sources.xlsx import write_cell
from burden.sources.zips import undate

HEADER_LINE = 3
"""Line of the headers of a sheet; what is above says how to fill it in."""
MORE_LINES = 40
"""Blank lines of the last sheet."""

_HEAD = PatternFill("solid", fgColor="DDE5EE")
_REPLY_HEAD = PatternFill("solid", fgColor="FBE3B5")
_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_FACE = "Calibri"
_THIN = Side("hair", color="8899AA")
_SHOWN = NamedStyle("burden shown", font=Font(_FACE, 10), border=Border(bottom=_THIN), alignment=_WRAPPED)
_QUOTED = NamedStyle(
    "burden quoted", font=Font(_FACE, 8, color="6B7785"), border=Border(bottom=_THIN), alignment=_WRAPPED
)
# As text, so that 5-12 does not become a date.
_REPLIED = NamedStyle(
    "burden reply", font=Font(_FACE, 10), fill=PatternFill("solid", fgColor="FFF3D6"),
    border=Border(left=_THIN, right=_THIN, bottom=_THIN), alignment=_WRAPPED, number_format="@",
    protection=Protection(locked=False),
)  # fmt: skip
_FIRST_WIDTHS = (46.0, 34.0, 60.0)
_LINE_PT = 13.0


def write_workbook_form(form: Sent, path: Path) -> None:
    """Write a form as a workbook."""
    _Book(form).write(path)


class _Book:
    """A form as a workbook."""

    def __init__(self, form: Sent) -> None:
        self.form, self.language = form, form.language

    def write(self, path: Path) -> None:
        """Write it."""
        book = openpyxl.Workbook()
        for style in (_SHOWN, _QUOTED, _REPLIED):
            book.add_named_style(copy(style))
        self._write_first(book.active)
        for sheet, lines in self.form.sheets:
            self._write_sheet(book.create_sheet(self._say(sheet.name)), sheet, lines)
        book.properties.title = self._say(text("Reply to the draft report: {name}", name=self.form.addressee.name))
        book.properties.creator = "burden"
        book.save(path)
        undate(path)

    def _say(self, words: Text) -> str:
        return words.render(self.language)

    def _write_first(self, sheet: Worksheet) -> None:
        sheet.title = self._say(READ_ME)
        said = self.form.header
        _write(sheet["A1"], self._say(self.form.title))
        sheet["A1"].font = Font(_FACE, 14, bold=True)
        line = 3
        for code, label in HEADER.items():
            _write(sheet.cell(line, 1), self._say(label))
            _write(sheet.cell(line, 2), said.get(code))
            sheet.cell(line, 1).font = Font(_FACE, 10, bold=True)
            sheet.cell(line, 2).alignment = Alignment(horizontal="left", wrap_text=True)
            if code not in said:
                sheet.cell(line, 2).style = _REPLIED.name
            line += 1
        self._write_words(sheet, line, read_me([spec for spec, _ in self.form.sheets]))
        for letter, width in zip("ABC", _FIRST_WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        _protect(sheet, landscape=False)

    def _write_words(self, sheet: Worksheet, line: int, words: Iterable[tuple[Text, ...]]) -> None:
        """What the first sheet says: a line of one cell runs over the whole width."""
        for line_of_text in words:
            line += 1
            for at, said in enumerate(line_of_text, start=1):
                cell = sheet.cell(line, at)
                _write(cell, self._say(said))
                cell.alignment = _WRAPPED
            widths: tuple[float, ...] = _FIRST_WIDTHS
            if len(line_of_text) == 1:
                sheet.merge_cells(start_row=line, end_row=line, start_column=1, end_column=3)
                widths = (sum(_FIRST_WIDTHS),)
            sheet.row_dimensions[line].height = _height([self._say(said) for said in line_of_text], widths)

    def _write_sheet(self, sheet: Worksheet, spec: Sheet, lines: Sequence[Cells]) -> None:
        columns = spec.columns
        _write(sheet["A1"], self._say(title_of(spec)))
        sheet["A1"].font = Font(_FACE, 12, bold=True)
        for at, column in enumerate(columns, start=1):
            head = sheet.cell(HEADER_LINE, at)
            _write(head, self._say(column.label))
            head.font, head.fill = Font(_FACE, 10, bold=True), _REPLY_HEAD if column.reply else _HEAD
            head.alignment = _WRAPPED
            sheet.column_dimensions[get_column_letter(at)].width = column.width
        sheet.row_dimensions[HEADER_LINE].height = 3 * _LINE_PT
        # The state is for the program; the identifier stays in sight, as it is what people quote.
        sheet.column_dimensions["B"].hidden = True
        count = len(lines) if spec is not MORE else MORE_LINES
        for line, cells in enumerate([*lines, *[{}] * (count - len(lines))], start=HEADER_LINE + 1):
            self._write_line(sheet, line, spec, cells)
        self._add_choices(sheet, spec, HEADER_LINE + count)
        sheet.freeze_panes = sheet.cell(HEADER_LINE + 1, 4 if spec is not MORE else 1)
        sheet.print_title_rows = f"{HEADER_LINE}:{HEADER_LINE}"
        if spec is not MORE:
            sheet.auto_filter.ref = f"A{HEADER_LINE}:{get_column_letter(len(columns))}{HEADER_LINE + count}"
        _protect(sheet, landscape=True)

    def _write_line(self, sheet: Worksheet, line: int, spec: Sheet, cells: Cells) -> None:
        for at, column in enumerate(spec.columns, start=1):
            cell = sheet.cell(line, at)
            open_to_all = column.reply or (spec is MORE and at == 1)
            cell.style = _REPLIED.name if open_to_all else _QUOTED.name if at <= 2 else _SHOWN.name
            _write(cell, cells.get(column.code))
        shown = [cells.get(column.code, "") for column in (*spec.shown, spec.columns[0])]
        widths = [*(column.width for column in spec.shown), spec.columns[0].width * 1.4]
        sheet.row_dimensions[line].height = _height(shown, widths)

    def _add_choices(self, sheet: Worksheet, spec: Sheet, last: int) -> None:
        letters = {c.code: get_column_letter(at) for at, c in enumerate(spec.columns, start=1)}
        offered = {"agreement": [self._say(words) for words in AGREEMENTS.values()]}
        abouts = spec.about or tuple(a for s in SHEETS for a in s.about)
        offered["column"] = list(dict.fromkeys(self._say(c.label) for about in abouts for c in correctable(about)))
        for code, choices in offered.items():
            if code in letters and choices:
                validation = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
                validation.showErrorMessage, validation.error = True, self._say(text("Choose a value of the list."))
                validation.add(f"{letters[code]}{HEADER_LINE + 1}:{letters[code]}{last}")
                sheet.add_data_validation(validation)


def _height(cells: Sequence[object], widths: Sequence[float]) -> float:
    """Height of a line that shows its longest cell whole: not every program works it out by itself."""
    lines = [math.ceil(1.12 * len(str(value)) / width) for value, width in zip(cells, widths, strict=False)]
    return _LINE_PT * max([1, *lines]) + 2


def _write(cell: Cell, value: object) -> None:
    if value is not None and value != "":
        allowed: Value = value  # type: ignore[assignment]
        write_cell(cell, allowed)
        if isinstance(value, float):
            cell.number_format = "#,##0.0#" if not value.is_integer() else "#,##0"


def _protect(sheet: Worksheet, *, landscape: bool) -> None:
    """Locked but for the cells of the reply, without a password: against slips, not against people."""
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, allowed, False)
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if landscape else sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
