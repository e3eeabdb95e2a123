"""A form as a Word document: a heading and a small table per line, the cells of the reply in yellow."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from xml.sax.saxutils import escape

from burden.model.cells import plain
from burden.model.messages import Text, text
from burden.report.documents.formats import pandoc
from burden.report.documents.nodes import Node, header, raw, words
from burden.report.documents.tree import API
from burden.report.documents.typography import typeset
from burden.report.documents.word import finish, reference_docx
from burden.report.reply.corrections import correctable
from burden.report.reply.form import AGREEMENTS, HEADER, MORE, READ_ME, SHEETS, Column, Sheet
from burden.report.reply.points import Cells
from burden.report.reply.read_me import read_me
from burden.report.reply.sent import Sent, title_of
from burden.report.reply.words import exact
from burden.sources.rows import Value, cell_text

MORE_LINES = 6
"""Blank lines of the last part; one can be copied."""

_GRID = (1950, 2869, 1950, 2869)
"""Widths of a line's four columns, twentieths of a point: the page between its margins."""
_HALF_CHARS = 54
"""Longest value that shares a row with another."""
_LABEL, _SHOWN, _REPLY_LABEL, _REPLY = "EEF1F6", "", "FBE3B5", "FFF3D6"
_GREY = "6B7785"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B3B3B3" />'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_BLANK = "\u00a0" * 12
"""What an empty choice shows: spaces, so that reading finds nothing."""


def in_word(value: object, *, language: str) -> Value:
    """A value as the document shows it, a number with all its digits.

    Examples
    --------
    >>> in_word(12.5, language="fr"), in_word("a  b", language="fr")
    ('12,5', 'a b')
    """
    if isinstance(value, float):
        return exact(value, language)
    return plain(_UNPRINTABLE.sub("", str(value)))


def write_word_form(form: Sent, path: Path) -> None:
    """Write a form as a Word document."""
    language = form.language
    title = form.title.render(language)
    blocks = [*_first(form), *[node for sheet, lines in form.sheets for node in _part(sheet, lines, language)]]
    meta = {
        "title": {"t": "MetaInlines", "c": words(title)},
        "lang": {"t": "MetaString", "c": {"fr": "fr-FR", "en": "en-GB"}[language]},
    }
    with tempfile.TemporaryDirectory() as scratch:
        reference = reference_docx(Path(scratch) / "reference.docx")
        content = {"pandoc-api-version": API, "meta": meta, "blocks": blocks}
        pandoc(content, "docx", path, [f"--reference-doc={reference}"], drawings={})
    finish(path, language)


def _first(form: Sent) -> Iterator[Node]:
    """What the form says of itself, and how it is filled in."""
    language = form.language
    yield _heading(1, READ_ME.render(language), "read-me")
    rows = []
    for code, label in HEADER.items():
        reply = code not in form.header
        shown = "" if reply else cell_text(form.header[code])
        pair = (
            _cell(label.render(language), _REPLY_LABEL if reply else _LABEL, 3400),
            _cell(shown, _REPLY if reply else _SHOWN, 6238),
        )
        rows.append(_row(pair))
    yield _table(rows, (3400, 6238), form.title.render(language))
    parts = [sheet for sheet, _ in form.sheets]
    for said in read_me(parts):
        if len(said) == 1:
            yield _words(said[0], language)
    yield _guide([said for said in read_me(parts) if len(said) == 3], language)


def _guide(guide: Sequence[tuple[Text, ...]], language: str) -> Node:
    """What may be corrected, where, how it is written."""
    widths = (2700, 2500, 4438)
    rows = []
    for at, said in enumerate(guide):
        head = at == 0
        cells = [
            _cell(words.render(language), _LABEL if head else _SHOWN, width, bold=head)
            for words, width in zip(said, widths, strict=True)
        ]
        row = _row(cells, heads=head)
        rows.append(row if head else row.replace("<w:keepNext />", ""))
    return _table(rows, widths, guide[0][2].render(language))


def _part(sheet: Sheet, lines: Sequence[Cells], language: str) -> Iterator[Node]:
    """The lines of a sheet, numbered so that a message can name one."""
    yield _heading(1, sheet.name.render(language), sheet.id)
    yield _words(title_of(sheet), language, kept=True)
    if sheet is not MORE:
        yield _words(count_of(len(lines)), language, kept=True)
    for number, cells in enumerate(lines if sheet is not MORE else [{}] * MORE_LINES, start=1):
        title = heading(number, sheet, cells, language)
        yield _heading(2, title, f"{sheet.id}-{number}")
        yield _table(list(_rows(sheet, cells, language)), _GRID, title)


def _words(said: Text, language: str, *, kept: bool = False) -> Node:
    """A paragraph, on the page of what follows where it must be."""
    keep = "<w:keepNext />" if kept else ""
    properties = f'<w:pPr><w:pStyle w:val="BodyText" />{keep}<w:spacing w:before="120" w:after="60" /></w:pPr>'
    return raw("openxml", f"<w:p>{properties}{_run(typeset(said.render(language), language))}</w:p>")


def count_of(lines: int) -> Text:
    """How many lines a part has, so that one taken out is missed."""
    return text("Number of lines: {count}", count=lines)


def heading(number: int, sheet: Sheet, cells: Cells, language: str) -> str:
    """What stands above a line: its number, and what it is about."""
    if sheet is MORE:
        about = text("Another line, or a remark").render(language)
    else:
        named = [str(cells[code]) for code in ("label", "tool", "unit", "population") if code in cells]
        about = " – ".join(named) or str(cells[sheet.shown[0].code])
    return f"{number}. {about}"


def _heading(level: int, said: str, identifier: str) -> Node:
    return header(level, identifier, words(_UNPRINTABLE.sub("", said)))


def _rows(sheet: Sheet, cells: Cells, language: str) -> Iterator[str]:
    """A line of the form: its identifier, what the draft says, the cells of the reply."""
    columns = {column.code: column for column in sheet.columns}

    def say(code: str) -> str:
        return columns[code].label.render(language)

    if sheet is MORE:
        yield _row([_cell(say("row"), _REPLY_LABEL, _GRID[0]), _cell("", _REPLY, sum(_GRID[1:]), span=3)])
    else:
        quoted = [(say(code), str(cells[code])) for code in ("row", "state")]
        yield _row([
            _cell(said, fill, width, size=13, colour=_GREY)
            for (label, value), at in zip(quoted, (0, 2), strict=True)
            for said, fill, width in ((label, _LABEL, _GRID[at]), (value, _SHOWN, _GRID[at + 1]))
        ])  # fmt: skip
    yield from _facts([(column.label.render(language), str(cells.get(column.code, ""))) for column in sheet.shown])
    yield from _reply(sheet, columns, language)


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the draft says: what it is about, short facts two a row, long ones; what it does not say is left out."""
    said = [(label, value) for label, value in facts if value]
    first, others = said[:1], said[1:]
    if first and len(first[0][1]) <= _HALF_CHARS:
        first, others = [], said
    short = [fact for fact in others if len(fact[1]) <= _HALF_CHARS]
    for label, value in first:
        yield _wide(label, value)
    for left, right in zip_longest(short[::2], short[1::2], fillvalue=("", "")):
        yield _row([
            _cell(*said_in, width)
            for at, (label, value) in ((0, left), (2, right))
            for said_in, width in (((label, _LABEL), _GRID[at]), ((value, _SHOWN), _GRID[at + 1]))
        ])  # fmt: skip
    for label, value in others:
        if len(value) > _HALF_CHARS:
            yield _wide(label, value)


def _wide(label: str, value: str) -> str:
    return _row([_cell(label, _LABEL, _GRID[0]), _cell(value, _SHOWN, sum(_GRID[1:]), span=3)])


def _reply(sheet: Sheet, columns: dict[str, Column], language: str) -> Iterator[str]:
    """The cells of the reply; the last row does not hold on to what follows."""
    abouts = sheet.about or tuple(about for s in SHEETS for about in s.about)
    choices = {
        "agreement": [said.render(language) for said in AGREEMENTS.values()],
        "column": list(dict.fromkeys(c.label.render(language) for about in abouts for c in correctable(about))),
    }

    def pair(code: str, at: int, *, span: int = 1) -> list[str]:
        label = columns[code].label.render(language)
        width = sum(_GRID[at + 1 : at + 1 + span])
        return [
            _cell(label, _REPLY_LABEL, _GRID[at]),
            _cell("", _REPLY, width, span=span, choices=choices.get(code, ()), label=label),
        ]

    if "column" in columns:
        yield _row([*pair("agreement", 0), *pair("column", 2)])
        yield _row([*pair("value", 0), *pair("source", 2)])
    else:
        yield _row([*pair("agreement", 0), *pair("source", 2)])
    yield _row(pair("evidence", 0, span=3), height=420)
    yield _row(pair("objection", 0, span=3), height=420).replace("<w:keepNext />", "")


def _table(rows: Sequence[str], widths: Sequence[int], title: str) -> Node:
    grid = "".join(f'<w:gridCol w:w="{width}" />' for width in widths)
    attribute = _xml(title)
    return raw(
        "openxml",
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa" /><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed" /><w:tblLook w:val="0080" w:firstRow="0" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1" /><w:tblCaption w:val="{attribute}" /></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
    )


def _row(cells: Sequence[str], *, heads: bool = False, height: int = 0) -> str:
    more = f'<w:trHeight w:val="{height}" w:hRule="atLeast" />' if height else ""
    more += "<w:tblHeader />" if heads else ""
    return f"<w:tr><w:trPr><w:cantSplit />{more}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    said: str, fill: str, width: int, *, span: int = 1, size: int = 17, colour: str = "", bold: bool = False,
    choices: Sequence[str] = (), label: str = "",
) -> str:  # fmt: skip
    spans = f'<w:gridSpan w:val="{span}" />' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}" />' if fill else ""
    look = "<w:b />" if bold else ""
    look += f'<w:color w:val="{colour}" />' if colour else ""
    look += f'<w:sz w:val="{size}" /><w:szCs w:val="{size}" />'
    content = _choice(choices, label, look) if choices else _run(said, look) if said else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa" />{spans}{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Tabletext" /><w:keepNext /><w:rPr>{look}</w:rPr></w:pPr>{content}</w:p></w:tc>'
    )


def _run(said: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_xml(said)}</w:t></w:r>'


def _xml(said: str) -> str:
    """Words as they stand in a document, without the signs that none can hold."""
    return escape(_UNPRINTABLE.sub("", said), {'"': "&quot;"})


def _choice(choices: Sequence[str], label: str, look: str) -> str:
    """A list to choose from, in which one may also write."""
    written = [_xml(choice) for choice in choices]
    items = "".join(f'<w:listItem w:displayText="{choice}" w:value="{choice}" />' for choice in written)
    alias = _xml(label)
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{alias}" /><w:showingPlcHdr /><w:comboBox>{items}</w:comboBox></w:sdtPr>'
        f"<w:sdtContent>{_run(_BLANK, look)}</w:sdtContent></w:sdt>"
    )
