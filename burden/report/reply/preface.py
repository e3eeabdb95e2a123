"""What the first sheet of a form says: whose it is, of which inventory, who replies and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from burden.model import schema
from burden.model.cells import did_you_mean, folded, plain, read_cell
from burden.model.findings import Finding, Place
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.report.reply.addressees import operators
from burden.report.reply.form import HEADER, READ_ME, coded, in_every_language
from burden.sources.workbook import Sheet


@dataclass(frozen=True)
class Preface:
    """What a form says of itself; what it does not say is empty."""

    who: str = ""
    state: str = ""
    portfolio: str = ""
    given_by: str = ""
    date: str = ""


def preface_of(sheets: Sequence[Sheet], file: str, inv: Inventory, ptf: Portfolio) -> tuple[Preface, list[Finding]]:
    """The preface of a form, and what is wrong with it."""
    first = next((s for s in sheets if folded(s.name) in in_every_language(READ_ME)), None)
    if first is None:
        fault = text("the file is not a form: its first sheet is missing.")
        remedy = text("Send back the form that was received, with all its sheets.")
        return Preface(), [Finding("not a form", "error", Place(file), fault, remedy)]
    labels = coded(HEADER)
    said: dict[str, tuple[str, int]] = {}
    for row in first.rows:
        if len(row.cells) > 1 and (code := labels.get(folded(row.cells[0]))):
            said.setdefault(code, (plain(row.cells[1]), row.line))
    written, line = said.get("date", ("", 0))
    date, faults = read_day(written, Place(first.file, line or None, "date"))
    who, unknown = _who(*said.get("who", ("", 0)), first.file, inv, ptf)
    words = {code: said.get(code, ("", 0))[0] for code in ("state", "portfolio", "given_by")}
    return Preface(who=who, date=date, **words), [*unknown, *faults]


def read_day(written: str, place: Place) -> tuple[str, list[Finding]]:
    """A day as offices write it, in ISO form; nothing of what is no day, and the fault."""
    value, faults = read_cell(schema.tables()["estimates"].columns["date"], written, place)
    return ("" if value is None else str(value)), faults


def _who(written: str, line: int, file: str, inv: Inventory, ptf: Portfolio) -> tuple[str, list[Finding]]:
    known = [*inv.authorities["authority_id"], *operators(ptf)]
    if written in known:
        return written, []
    fault = text("the form is of '{who}', which is neither an authority nor an operator.", who=written)
    remedy = did_you_mean(written, known, text("Put back the identifier that the form had when it was sent."))
    return written, [Finding("unknown body", "error", Place(file, line or None, "who"), fault, remedy, value=written)]
