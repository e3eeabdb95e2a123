"""What a workbook of ours holds, whatever its format: sheets, headers, guidance, code lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from burden.model import schema
from burden.model.findings import Finding, Place
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.sources.headers import GUIDANCE
from burden.sources.rows import NOT_XML, Value, character, shown

GUIDANCE_SHEETS = frozenset({"lisez moi", "read me", "codes"})
"""Sheets, by folded name, that explain and are not read."""

CODES_SHEET = "codes"
HEADER_LINE = 2
"""Line of the header row; the guidance row stands above it."""

_LONGEST_TEXT = 32_767


@dataclass(frozen=True)
class TableSheet:
    """One table as a sheet: a guidance row, a header row, rows of values."""

    name: str
    columns: tuple[schema.Column, ...]
    guidance: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def table_sheets(inv: Inventory, *, language: str, every: bool) -> list[TableSheet]:
    """The sheets of an inventory, required tables first.

    Parameters
    ----------
    inv : Inventory
        What to write.
    language : str
        ``fr`` or ``en``: of sheet names, headers, guidance and code names.
    every : bool
        Whether optional tables without rows get a sheet too.
    """
    return [
        _table_sheet(spec, inv[table], language)
        for table, spec in schema.tables().items()
        if every or spec.required or len(inv[table])
    ]


def _table_sheet(spec: schema.Table, frame: pd.DataFrame, language: str) -> TableSheet:
    columns = tuple(spec.columns.values())
    values = [[value_shown(c, v, language) for v in frame[c.column].tolist()] for c in columns]
    first, *others = (_guidance(c, language) for c in columns)
    return TableSheet(
        name=sheet_name(spec, language),
        columns=columns,
        guidance=(f"{GUIDANCE} {first}", *others),
        headers=tuple(header(c, language) for c in columns),
        rows=tuple(zip(*values, strict=True)),
    )


def sheet_name(spec: schema.Table, language: str) -> str:
    """Name of the sheet of a table."""
    return spec.name_fr if language == "fr" else spec.table


def header(column: schema.Column, language: str) -> str:
    """Header of a column."""
    return column.label_fr if language == "fr" else column.column


def _guidance(column: schema.Column, language: str) -> str:
    said = [column.description_fr if language == "fr" else column.description]
    if column.refers_to and column.refers_to[0] != column.table:
        target = schema.tables()[column.refers_to[0]]
        said.append(text("An identifier of the sheet '{sheet}'.", sheet=sheet_name(target, language)).render(language))
    if column.required:
        said.append(text("Required.").render(language))
    if column.example:
        given = column.example == "true" if column.type == "boolean" else column.example
        example = value_shown(column, given, language)
        said.append(text("Example: {example}", example=example).render(language))
    return " ".join(said)


def value_shown(column: schema.Column, value: Value, language: str) -> Value:
    """A value as a cell shows it: codes by their name, booleans as words, nothing for unknown."""
    if pd.isna(value):
        return None
    if column.code_list:
        return schema.code_name(column.code_list, value, language)
    if column.type == "boolean" and isinstance(value, bool):
        yes, no = boolean_words(language)
        return yes if value else no
    if column.type == "date" and isinstance(value, pd.Timestamp):
        return value.date()
    return value


def boolean_words(language: str) -> tuple[str, str]:
    """How true and false are written."""
    return ("oui", "non") if language == "fr" else ("true", "false")


def code_rows() -> list[tuple[str, str, str, str]]:
    """Every code of every list that a column uses: list, code, French name, English name."""
    lists = dict.fromkeys(c.code_list for t in schema.tables().values() for c in t.columns.values() if c.code_list)
    return [(c.list, c.code, c.name_fr, c.name_en) for name in lists for c in schema.codes(name).values()]


CODE_HEADERS = ("list", "code", "name_fr", "name_en")


def read_me_name(language: str) -> str:
    """Name of the first sheet."""
    return "Lisez-moi" if language == "fr" else "Read me"


def read_me_rows(sheets: Sequence[TableSheet], language: str) -> list[tuple[str, ...]]:
    """What the first sheet says: how to fill in the others, and what each is for."""
    by_name = {sheet_name(t, language): t for t in schema.tables().values()}
    lines = [
        text("Inventory of required tools"),
        text(
            "One sheet a table, one line a row, below the header row. Sheets may be left empty or removed, "
            "except the required ones."
        ),
        text("Leave a cell empty when the answer is unknown: unknown is not zero."),
        text("Identifiers have letters without accents, digits, - and _; several in one cell are joined by |."),
        text("The names of the closed lists are on the sheet '{sheet}'.", sheet=CODES_SHEET),
    ]
    required, needed = text("required").render(language), _needed()
    return [
        *((line.render(language),) for line in lines),
        (),
        *(
            (
                s.name,
                required if by_name[s.name].table in needed else "",
                by_name[s.name].description_fr if language == "fr" else by_name[s.name].description,
            )
            for s in sheets
        ),
    ]


def _needed() -> set[str]:
    """Tables without whose rows none of the required ones can be filled in."""
    required = [t for t in schema.tables().values() if t.required]
    named = {c.refers_to[0] for t in required for c in t.columns.values() if c.required and c.refers_to}
    return {t.table for t in required} | named


def unwritable(sheets: Sequence[TableSheet], file: str) -> Iterator[Finding]:
    """Texts that a workbook cannot hold: too long, or with control characters."""
    for sheet in sheets:
        for line, row in enumerate(sheet.rows, start=HEADER_LINE + 1):
            for column, value in zip(sheet.columns, row, strict=True):
                if not isinstance(value, str):
                    continue
                place = Place(f"{file} [{sheet.name}]", line, column.column)
                if len(value) > _LONGEST_TEXT:
                    yield Finding(
                        "cell",
                        "error",
                        place,
                        text(
                            "the text has {length} characters; a cell of a workbook holds {limit}.",
                            length=len(value),
                            limit=_LONGEST_TEXT,
                        ),
                        text("Shorten it, or write a folder of CSV files."),
                        value=shown(value),
                    )
                if match := NOT_XML.search(value):
                    yield Finding(
                        "cell",
                        "error",
                        place,
                        text("the text holds the control character {character}.", character=character(match[0])),
                        text("Remove it."),
                        value=repr(shown(value)),
                    )
