"""Whether what a reply says holds together, and whether two replies contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from burden.model.findings import Finding, Place, Severity
from burden.model.messages import Text, text
from burden.report.reply.corrections import CORRECTABLE
from burden.report.reply.identifiers import Row
from burden.report.reply.said import Said


def row_faults(said: Said, row: Row | None, at: Callable[[str], Place]) -> Iterator[Finding]:
    """What is wrong or missing in one reply, its cells being read."""
    for column, severity, fault, remedy in _rules(said, row):
        yield Finding("reply", severity, at(column), fault, remedy, value=said.written)


Rule = tuple[str, Severity, Text, Text]


def _rules(said: Said, row: Row | None) -> Iterator[Rule]:
    """Column, severity, fault and remedy of each rule that a reply breaks."""
    yield from _of_correction(said)
    yield from _of_agreement(said)
    yield from _of_evidence(said)
    if row is None and not said.row and said.column:
        yield (
            "row", "error", text("a correction names no line."),
            text("Copy the identifier of a line of the form."),
        )  # fmt: skip


def _of_correction(said: Said) -> Iterator[Rule]:
    if said.column and not said.written:
        yield (
            "value", "error", text("something is to be corrected, and the correct value is missing."),
            text("Write the value, or an objection without a column to correct."),
        )  # fmt: skip
    if said.written and not said.column:
        yield (
            "column", "error", text("a correct value is given, and what it corrects is not."),
            text("Choose what to correct, or move the text to the objection."),
        )  # fmt: skip


def _of_agreement(said: Said) -> Iterator[Rule]:
    if said.agreement == "yes" and (said.column or said.objection):
        yield (
            "agreement", "error", text("the reply agrees and asks for a change."),
            text("Write partly, or empty the correction and the objection."),
        )  # fmt: skip
    if said.agreement in ("no", "partly") and not (said.column or said.objection):
        yield (
            "objection", "warning", text("the reply disagrees without saying with what."),
            text("Ask for a correction or an objection; it is kept as it is."),
        )  # fmt: skip


def _of_evidence(said: Said) -> Iterator[Rule]:
    if said.column == "protected" and said.new == "true" and not said.evidence:
        yield (
            "evidence", "error", text("nothing says why it is to be protected."),
            text("Write the reason: safety, rights, fraud."),
        )  # fmt: skip
    elif said.column and not (said.evidence or said.source):
        yield (
            "evidence", "note", text("the correction comes without evidence."),
            text("It can be accepted on its word; the report will say so."),
        )  # fmt: skip


def contradictions(said: Iterable[Said]) -> list[Finding]:
    """Replies that give different values for one cell.

    Of one body it is an error, for it to settle. Of two bodies it is the matter of the procedure:
    both are kept, and at most one can be accepted.
    """
    by_cell: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        if one.row and one.column in CORRECTABLE and not CORRECTABLE[one.column].adds:
            by_cell.setdefault((one.row, one.column), []).append(one)
    return [
        _contradiction(first, other)
        for replies in by_cell.values()
        for first, other in combinations(replies, 2)
        if (first.new or first.written) != (other.new or other.written)
    ]


def _contradiction(first: Said, other: Said) -> Finding:
    place, related = Place(other.file, other.line, "value"), Place(first.file, first.line, "value")
    fault = text(
        "'{value}' contradicts '{other_value}' at {other}.",
        value=other.written or other.new, other_value=first.written or first.new, other=related.text(),
    )  # fmt: skip
    if first.who == other.who:
        remedy = text("Ask which of the two holds, and keep one.")
        return Finding("contradiction", "error", place, fault, remedy, value=other.written, related=(related,))
    remedy = text("Both are kept: accept one at most.")
    return Finding("contradiction", "warning", place, fault, remedy, value=other.written, related=(related,))
