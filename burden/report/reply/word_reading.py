"""A form that came back as a Word document, as the sheets that a workbook has: one row per line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from burden.model.cells import did_you_mean, folded, plain
from burden.model.findings import Finding, Place
from burden.model.messages import LANGUAGES, Text, text
from burden.report.reply.form import MORE, READ_ME, SHEETS, Sheet, in_every_language
from burden.report.reply.read_me import read_me
from burden.report.reply.sent import title_of
from burden.report.reply.word_blocks import Block, Rows, word_content
from burden.report.reply.word_form import count_of
from burden.sources.archive import archive_fault
from burden.sources.rows import Row, shown, unfit_cells
from burden.sources.workbook import Sheet as ReadSheet

_DAMAGED = (
    text("the file is not a Word document, is damaged, or is locked by a password."),
    text("Open it in a word processor and save it again as .docx."),
)
_NUMBERED = re.compile(r"\s*(\d{1,6})\.")


@dataclass(eq=False)
class _Part:
    """What stands under one heading of the first level, as it is walked through."""

    name: str
    file: str
    spec: Sheet | None
    rows: list[Row] = field(default_factory=list)
    number: int = 0
    count: int = 0
    loose: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_word_rows(path: Path, file: str) -> tuple[list[ReadSheet], list[Finding]]:
    """The parts of a document as sheets of rows of text; line numbers are those of the headings.

    What would be lost is a finding: words outside the cells, under a label that no form has, or a
    line that is no longer there.

    Parameters
    ----------
    path : Path
        A ``.docx`` file.
    file : str
        What the findings call it.
    """
    if fault := archive_fault(path, file, _DAMAGED):
        return [], [fault]
    try:
        content = word_content(path)
    except Exception:
        # What is a zip of XML need not be a document, and may lack any part of one.
        return [], [Finding("file", "error", Place(file), *_DAMAGED)]
    parts = list(_parts(content.blocks, file))
    findings = [f for part in parts for f in (*part.findings, *_left_out(part), *_loose(part))]
    findings += [_outside(file, plain(said)) for said in content.margins]
    findings += [f for part in parts for row in part.rows for f in unfit_cells(row, part.file)]
    return [ReadSheet(part.name, part.file, tuple(part.rows)) for part in parts], findings


def _parts(blocks: Iterable[Block], file: str) -> Iterator[_Part]:
    part = _Part("", file, None)
    for block in blocks:
        if isinstance(block, Rows):
            _read_table(part, block)
        elif isinstance(block, str):
            _read_words(part, plain(block))
        elif block.level == 1:
            yield part
            name = plain(block.words)
            part = _Part(name, f"{file} [{name}]", next((s for s in SHEETS if _names(s.name, name)), None))
            if part.spec is not None:
                part.rows.append(Row(0, tuple(c.label.render("en") for c in part.spec.columns)))
        elif number := _NUMBERED.match(block.words):
            part.number = int(number[1]) - 1
        else:
            _read_words(part, plain(block.words))
    yield part


def _names(words: Text, name: str) -> bool:
    return folded(name) in in_every_language(words)


def _read_words(part: _Part, said: str) -> None:
    """Words outside the cells: those of the form, or somebody's, which no cell keeps."""
    if any(folded(said).startswith(known.rstrip(" 0")) for known in in_every_language(count_of(0))):
        part.count = int(re.sub(r"\D", "", said) or 0)
    elif said and folded(said) not in _own_words(part):
        part.loose.append(said)


def _own_words(part: _Part) -> set[str]:
    own = [title_of(part.spec)] if part.spec else [words[0] for words in read_me(SHEETS) if len(words) == 1]
    return {folded(words.render(language)) for words in own for language in LANGUAGES}


def _read_table(part: _Part, table: Rows) -> None:
    """The lines of a table: one, or several where their headings were deleted and Word joined them."""
    rows = [[plain(cell) for cell in row] for row in table.rows]
    if part.spec is None:
        part.rows += [Row(len(part.rows) + at, tuple(cells)) for at, cells in enumerate(rows, start=1)]
        return
    codes = {word: c.code for c in part.spec.columns for word in in_every_language(c.label)}
    first = codes[folded(part.spec.columns[0].label.render("en"))]
    lines: list[dict[str, str]] = []
    for cells in rows:
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            code = codes.get(folded(label), "")
            if code == first or not lines:
                lines.append({})
                part.number += 1
            if code:
                lines[-1][code] = value
            elif value:
                part.findings.append(_unknown_label(part, label, value))
    for at, line in enumerate(lines, start=part.number - len(lines) + 1):
        part.rows.append(Row(at, tuple(line.get(c.code, "") for c in part.spec.columns)))


def _unknown_label(part: _Part, label: str, value: str) -> Finding:
    assert part.spec is not None
    names = [n for c in part.spec.columns for n in in_every_language(c.label).values()]
    return Finding(
        "label", "error", Place(part.file, part.number, shown(label)),
        text("no cell of a form is called '{label}', so what it holds would be lost: {value}", label=shown(label),
             value=shown(value)),
        did_you_mean(label, names, text("Put back the label that the form had when it was sent.")), value=label,
    )  # fmt: skip


def _left_out(part: _Part) -> Iterator[Finding]:
    """Lines of the form that are no longer there."""
    if part.spec is None or part.spec is MORE:
        return
    there = {row.line for row in part.rows}
    missing = [number for number in range(1, max(part.count, *there) + 1) if number not in there]
    if missing:
        numbers = ", ".join(map(str, missing[:10])) + (", …" if len(missing) > 10 else "")
        yield Finding(
            "left out", "warning", Place(part.file),
            text("lines of the form are missing: {numbers}.", numbers=numbers),
            text("They are taken to say nothing; if a reply stood there, ask for it again."), value=numbers,
        )  # fmt: skip


def _loose(part: _Part) -> Iterator[Finding]:
    for said in part.loose:
        if part.name and (part.spec is not None or _names(READ_ME, part.name)):
            yield _outside(part.file, said)


def _outside(file: str, said: str) -> Finding:
    return Finding(
        "outside", "error", Place(file),
        text("words stand outside the cells of the form, so they would be lost: {words}", words=shown(said)),
        text("Copy them into the cells of the line, or of the last part."), value=said,
    )  # fmt: skip
