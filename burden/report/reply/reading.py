"""Read forms that came back: what each reply would change, and every fault of every form at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from openpyxl.utils import get_column_letter

from burden.model.cells import did_you_mean, folded, plain
from burden.model.findings import Finding, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.model.records import Record
from burden.report.reply.agreement import contradictions, row_faults
from burden.report.reply.corrections import column_named, correctable, read_value, standing
from burden.report.reply.form import AGREEMENTS, MORE, READ_ME, SHEETS, Sheet, coded, in_every_language
from burden.report.reply.identifiers import Row, measure_row, rows_of, shown_state, state_of
from burden.report.reply.preface import Preface, preface_of
from burden.report.reply.said import Said
from burden.report.reply.word_reading import read_word_rows
from burden.sources.formulas import formulas
from burden.sources.headers import records_below_header
from burden.sources.rows import shown
from burden.sources.workbook import Sheet as ReadSheet
from burden.sources.workbook import read_workbook_rows

SUFFIXES = (".xlsx", ".ods", ".docx")
"""Forms that are read; one with macros is not."""


@dataclass(frozen=True, eq=False)
class Read:
    """What forms say.

    Attributes
    ----------
    said : tuple of Said
        Every reply, form by form; one that could not be read has a ``fault``.
    findings : tuple of Finding
        Everything wrong or doubtful: an error where something could not be read.
    """

    said: tuple[Said, ...]
    findings: tuple[Finding, ...] = field(repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be put right before anything is written."""
        return tuple(f for f in self.findings if f.severity == "error")


@dataclass(frozen=True, eq=False)
class _Known:
    """What replies are read against."""

    inv: Inventory
    ptf: Portfolio
    rows: Mapping[str, Row]
    state: str


def read_forms(paths: Iterable[str | Path], inv: Inventory, ptf: Portfolio, *, language: str = "fr") -> Read:
    """What filled forms say, each reply beside what stands in the inventory.

    Parameters
    ----------
    paths : iterable of path
        Forms, .xlsx, .ods or .docx.
    inv, ptf : Inventory, Portfolio
        Those that the forms were written from: a line that has changed since is a fault.
    language : str
        Of the fault that is kept with a reply that could not be read.

    Returns
    -------
    Read
        All replies and all findings; a form without any reply is a finding too.
    """
    known = _Known(inv, ptf, rows_of(inv, ptf), state_of(inv))
    said: list[Said] = []
    findings: list[Finding] = []
    for path in map(Path, paths):
        found, faults = _read_form(path, known)
        said += found
        findings += faults
    said, repeated = _once(said)
    findings += [*repeated, *contradictions(said)]
    return Read(tuple(_with_faults(said, findings, language)), tuple(findings))


def _read_form(path: Path, known: _Known) -> tuple[list[Said], list[Finding]]:
    if path.suffix.lower() not in SUFFIXES:
        return [], [_not_a_form(path.name)]
    if not path.is_file():
        missing = text("there is no such file."), text("Correct the path.")
        return [], [Finding("file", "error", Place(str(path)), *missing)]
    if path.suffix.lower() == ".docx":
        sheets, findings = read_word_rows(path, path.name)
    else:
        sheets, findings = read_workbook_rows(path, path.name)
        findings += _formula_faults(path)
    if not sheets:
        return [], findings
    preface, faults = preface_of(sheets, path.name, known.inv, known.ptf)
    findings += faults
    said: list[Said] = []
    for sheet in sheets:
        spec = _sheet_named(sheet.name)
        if spec is not None:
            found, faults = _read_sheet(sheet, spec, preface, known)
            said += found
            findings += faults
        elif folded(sheet.name) not in in_every_language(READ_ME) and any(r.filled() for r in sheet.rows):
            findings.append(_unknown_sheet(sheet))
    findings += _of_the_form(path.name, preface, said, known)
    return said, findings


def _not_a_form(file: str) -> Finding:
    return Finding(
        "file", "error", Place(file), text("a form is read as .xlsx, .ods or .docx, without macros."),
        text("Open it where it was filled in and save it as .xlsx, .ods or .docx."), value=file,
    )  # fmt: skip


def _formula_faults(path: Path) -> list[Finding]:
    try:
        found = formulas(path)
    except Exception:
        # Whatever the file does to this reader, the reader of cells has said it already.
        return []
    return [
        Finding(
            "formula", "error", Place(f"{path.name} [{sheet}]", line, get_column_letter(column)),
            text("the cell holds a formula: {formula}", formula=shown(formula)),
            text("Write its result in its place; a form has no formula."), value=shown(formula),
        )
        for sheet, line, column, formula in found
    ]  # fmt: skip


def _sheet_named(name: str) -> Sheet | None:
    return next((s for s in SHEETS if folded(name) in in_every_language(s.name)), None)


def _unknown_sheet(sheet: ReadSheet) -> Finding:
    names = [n for s in SHEETS for n in in_every_language(s.name).values()]
    remedy = did_you_mean(sheet.name, names, text("Write on the sheets of the form; the last one takes remarks."))
    fault = text("no sheet of a form has this name, so what it says would be lost.")
    return Finding("unknown sheet", "error", Place(sheet.file), fault, remedy, value=sheet.name)


def _of_the_form(file: str, preface: Preface, said: Sequence[Said], known: _Known) -> Iterator[Finding]:
    """What concerns a form as a whole: it is empty, undated, of another state of the inventory."""
    if not said:
        yield Finding(
            "empty form", "warning", Place(file), text("the form holds no reply."),
            text("Ask whether silence was meant; an empty line is not taken for agreement."),
        )  # fmt: skip
        return
    if not preface.date:
        yield Finding(
            "undated", "error", Place(file, column="date"), text("the date of the reply is missing."),
            text("Write it at the top of the form, as 2026-03-31 or 31/03/2026."),
        )  # fmt: skip
    if preface.state and preface.state != known.state:
        yield Finding(
            "another state", "warning", Place(file),
            text("the form was written from another state of the inventory ({theirs}, now {ours}).",
                 theirs=preface.state, ours=known.state),
            text("Replies to lines that have not changed are kept; the others are faults below."),
            value=preface.state,
        )  # fmt: skip


def _read_sheet(sheet: ReadSheet, spec: Sheet, preface: Preface, known: _Known) -> tuple[list[Said], list[Finding]]:
    columns = spec.columns
    names = {word: c.code for c in columns for word in in_every_language(c.label)}
    suggestions = [written for c in columns for written in in_every_language(c.label).values()]
    required = ["row", *(c.code for c in columns if c.reply)]
    records, findings = records_below_header(
        sheet.rows, sheet.file, names, lambda header: names.get(folded(header), ""), suggestions, required
    )
    whole = not findings
    said: list[Said] = []
    for record in records:
        found, faults = _read_record(record, spec, preface, known, check_shown=whole)
        said += [] if found is None else [found]
        findings += faults
    return said, findings


def _read_record(
    record: Record, spec: Sheet, preface: Preface, known: _Known, *, check_shown: bool
) -> tuple[Said | None, list[Finding]]:
    cells = {code: plain(value) for code, value in record.cells.items()}
    at = partial(Place, record.file, record.line)
    faults = list(_written_over(cells, spec, at)) if check_shown else []
    written = {c.code: cells.get(c.code, "") for c in spec.columns if c.reply}
    if not any(written.values()):
        return None, faults
    row, unknown = _row(cells.get("row", ""), spec, known, at)
    faults += unknown
    if row is not None and (state := cells.get("state", "").partition("-")[0]) and row.state not in ("", state):
        faults.append(_changed_since(row, at("row")))
    said = Said(
        who=preface.who, given_by=preface.given_by, date=preface.date, row=cells.get("row", ""),
        agreement=written["agreement"], column=written.get("column", ""), written=written.get("value", ""),
        evidence=written["evidence"], source=written["source"], objection=written["objection"],
        file=record.file, line=record.line,
    )  # fmt: skip
    said, wrong = _coded(said, row, known, at)
    return said, [*faults, *wrong, *row_faults(said, row, at)]


Locate = Callable[[str], Place]


def _written_over(cells: Mapping[str, str], spec: Sheet, at: Locate) -> Iterator[Finding]:
    mark = cells.get("state", "").partition("-")[2]
    if mark and mark != shown_state(cells.get(c.code, "") for c in spec.shown):
        yield Finding(
            "written over", "error", at("row"),
            text("a cell that shows the draft was changed on this line."),
            text("Put it back as it was, and write the correction in the yellow cells."), value=cells.get("row", ""),
        )  # fmt: skip


def _row(named: str, spec: Sheet, known: _Known, at: Locate) -> tuple[Row | None, list[Finding]]:
    """The row that a line is about; the last sheet may have none."""
    row = known.rows.get(named) or measure_row(known.inv, named)
    if row is not None and (spec is MORE or row.about in spec.about):
        return row, []
    if not named and spec is MORE:
        return None, []
    nearby = [i for i, r in known.rows.items() if not spec.about or r.about in spec.about]
    remedy = did_you_mean(named, nearby, text("Copy the identifier of a line of the form."))
    fault = text("no line is called '{value}' (any more).", value=shown(named))
    return None, [Finding("unknown line", "error", at("row"), fault, remedy, value=named)]


def _changed_since(row: Row, place: Place) -> Finding:
    return Finding(
        "changed since", "error", place,
        text("'{row}' has changed since the form was written: the reply is about something else.", row=row.identifier),
        text("Send a new form, or read this one with the inventory that it was written from."), value=row.identifier,
    )  # fmt: skip


def _coded(said: Said, row: Row | None, known: _Known, at: Locate) -> tuple[Said, list[Finding]]:
    """The reply in the words of the inventory, and what cannot be."""
    faults: list[Finding] = []
    agreement = coded(AGREEMENTS).get(folded(said.agreement), "") if said.agreement else ""
    if said.agreement and not agreement:
        words = (text("'{value}' is not an answer.", value=shown(said.agreement)), text("Write yes, no or partly."))
        faults.append(Finding("cell", "error", at("agreement"), *words, value=said.agreement))
    said = replace(said, agreement=agreement)
    if not said.column or row is None:
        return said, faults
    offered = correctable(row.about)
    code = column_named(said.column)
    if code not in {c.code for c in offered}:
        faults.append(_not_correctable(said.column, [c.label for c in offered], at("column")))
        return said, faults
    said = replace(said, column=code, old=standing(code, row, known.inv, known.ptf))
    if said.written:
        value = read_value(code, said.written, row, known.inv)
        if value.fault:
            faults.append(Finding("cell", "error", at("value"), *value.fault, value=said.written))
        if value.note:
            faults.append(Finding("read as", "note", at("value"), value.note, value=said.written))
        said = replace(said, new=value.plain)
    return said, faults


def _not_correctable(written: str, offered: Sequence[Text], place: Place) -> Finding:
    names = ", ".join(n for words in offered for n in in_every_language(words).values())
    otherwise = text("Write one of: {codes}.", codes=names) if names else text("Write an objection instead.")
    remedy = did_you_mean(written, [n for w in offered for n in in_every_language(w).values()], otherwise)
    fault = text("'{value}' cannot be corrected on this line.", value=shown(written))
    return Finding("cell", "error", place, fault, remedy, value=written)


def _once(said: Sequence[Said]) -> tuple[list[Said], list[Finding]]:
    """Replies that stand twice in one body's forms, kept once."""
    kept: dict[object, Said] = {}
    findings = []
    for one in said:
        first = kept.setdefault((*one.meaning, one.line) if not one.row else one.meaning, one)
        if first is not one:
            findings.append(_twice(one, first))
    return list(kept.values()), findings


def _twice(one: Said, first: Said) -> Finding:
    words = text("the same reply stands at {other} as well.", other=Place(first.file, first.line).text())
    return Finding("twice", "note", Place(one.file, one.line), words, text("It is kept once."), value=one.row)


_OF_A_SHEET = ("missing column", "header", "no header")
_OF_A_FORM = ("date", "who")


def _with_faults(said: Sequence[Said], findings: Sequence[Finding], language: str) -> Iterator[Said]:
    """Each reply with the errors of its line, of its sheet and of its form."""
    errors = [f for f in findings if f.severity == "error"]
    for one in said:
        faults = dict.fromkeys(f.fault.render(language) for f in errors if _reaches(f, one))
        yield replace(one, fault=" ".join(faults))


def _reaches(finding: Finding, said: Said) -> bool:
    """Whether an error makes a reply unreadable."""
    places = (finding.place, *(finding.related if finding.check == "contradiction" else ()))
    if any((p.file, p.line) == (said.file, said.line) for p in places):
        return True
    place = finding.place
    if place.file == said.file:
        return finding.check in _OF_A_SHEET
    form = said.file.partition(" [")[0]
    return place.file.partition(" [")[0] == form and ("[" not in place.file or place.column in _OF_A_FORM)
