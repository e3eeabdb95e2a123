"""What a cell may hold, whatever its row came from: a file has been read, a notebook has not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from burden.model import schema
from burden.model.cells import did_you_mean
from burden.model.checks.rows import at_rows
from burden.model.findings import Finding
from burden.model.inventory import EVIDENCE_LADDER, Inventory
from burden.model.messages import text
from burden.model.periods import is_period, parse_deadlines

_FACTS = ("obligations", "duties", "requests", "legal_bases")
_EVIDENCE_OF = {
    "requests": ("minutes", "minutes_evidence"),
    "activities": ("minutes", "minutes_evidence"),
    "obligations": ("external_eur", "external_evidence"),
}


def cell(inv: Inventory) -> Iterator[Finding]:
    """A cell is empty that must not be, or holds what its column does not allow."""
    for table, spec in schema.tables().items():
        frame = inv[table]
        for column in spec.columns.values() if len(frame) else ():
            yield from _empty(inv, column, frame)
            yield from _not_a_code(inv, column, frame)
            yield from _out_of_range(inv, column, frame)
            yield from _unreadable(inv, column, frame)


def _empty(inv: Inventory, column: schema.Column, frame: pd.DataFrame) -> list[Finding]:
    rows = frame[frame[column.column].isna()] if column.required else frame.head(0)
    return at_rows(
        inv, column.table, rows, column.column, check="cell", severity="error",
        said=lambda _: (
            text("the cell is empty and must not be."),
            text("Write a value, for instance {example}.", example=column.example),
        ),
    )  # fmt: skip


def _not_a_code(inv: Inventory, column: schema.Column, frame: pd.DataFrame) -> list[Finding]:
    if not column.code_list:
        return []
    choices, cells = list(schema.codes(column.code_list)), frame[column.column]
    return at_rows(
        inv, column.table, frame[cells.notna() & ~cells.isin(choices)], column.column,
        check="cell", severity="error",
        said=lambda r: (
            text("'{value}' is not a code of this list.", value=(value := getattr(r, column.column))),
            did_you_mean(value, choices, text("Write one of: {codes}.", codes=schema.choices(column.code_list))),
        ),
    )  # fmt: skip


def _out_of_range(inv: Inventory, column: schema.Column, frame: pd.DataFrame) -> list[Finding]:
    if column.type not in ("number", "integer"):
        return []
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    cells = frame[column.column].astype("float64")
    return at_rows(
        inv, column.table, frame[(cells < low) | (cells > high) | np.isinf(cells)], column.column,
        check="cell", severity="error",
        said=lambda r: (
            text("{value} is outside of {low} to {high}.",
                 value=f"{getattr(r, column.column):g}", low=f"{low:g}", high=f"{high:g}"),
            text("Correct the number, or leave the cell empty if it is unknown."),
        ),
    )  # fmt: skip


def _unreadable(inv: Inventory, column: schema.Column, frame: pd.DataFrame) -> list[Finding]:
    if column.type not in ("period", "deadline"):
        return []
    readable = is_period if column.type == "period" else _is_deadline
    cells = frame[column.column].dropna()
    wrong = [value for value in cells.unique() if not readable(value)]
    return at_rows(
        inv, column.table, frame[frame[column.column].isin(wrong)], column.column,
        check="cell", severity="error",
        said=lambda r: (
            text("'{value}' is not a period.", value=r.period),
            text("Write P1Y, P6M, P1M, event or once."),
        ) if column.type == "period" else (
            text("'{value}' is not a deadline.", value=r.deadline),
            text("Write N-1:10-31, N+1:04-30 or event+P8D, with a day that exists."),
        ),
    )  # fmt: skip


def _is_deadline(rule: str) -> bool:
    try:
        return bool(parse_deadlines(rule))
    except ValueError:
        return False


def bounds(inv: Inventory) -> Iterator[Finding]:
    """A low value is above the central one, or a high value below it."""
    for table, low, central, high in _bounded():
        yield from _out_of_order(inv, table, low, central, high)


def _out_of_order(inv: Inventory, table: str, low: str, central: str, high: str) -> list[Finding]:
    frame = inv[table]
    wrong = (frame[low] > frame[central]) | (frame[central] > frame[high]) | (frame[low] > frame[high])
    return at_rows(
        inv, table, frame[wrong], central, check="bounds", severity="error",
        said=lambda r: (
            text("low, central and high are not in order: {values}.",
                 values=" · ".join(f"{getattr(r, column):g}" for column in (low, central, high))),
            text("Write them so that low ≤ central ≤ high."),
        ),
    )  # fmt: skip


def bounds_without_value(inv: Inventory) -> Iterator[Finding]:
    """Bounds are given without a central value: the row stays unmeasured."""
    for table, low, central, high in _bounded():
        frame = inv[table]
        bare = frame[central].isna() & (frame[low].notna() | frame[high].notna())
        yield from at_rows(
            inv, table, frame[bare], central, check="bounds without value", severity="warning",
            said=lambda _: (
                text("bounds are given without a central value: the row counts as unmeasured."),
                text("Write the central value between them."),
            ),
        )  # fmt: skip


def _bounded() -> Iterator[tuple[str, str, str, str]]:
    for table, spec in schema.tables().items():
        for column in spec.columns:
            if f"{column}_low" in spec.columns:
                yield table, f"{column}_low", column, f"{column}_high"


def number_without_evidence(inv: Inventory) -> Iterator[Finding]:
    """Minutes or euros are given without saying how sure they are."""
    for table, (number, evidence) in _EVIDENCE_OF.items():
        yield from _unrated(inv, table, number, evidence)


def _unrated(inv: Inventory, table: str, number: str, evidence: str) -> list[Finding]:
    frame = inv[table]
    return at_rows(
        inv, table, frame[frame[number].notna() & frame[evidence].isna()], evidence,
        check="number without evidence", severity="warning",
        said=lambda r: (
            text("nothing says how sure the number {value} is.", value=f"{getattr(r, number):g}"),
            text("Write measured, survey, elicited, literature or assumed."),
        ),
    )  # fmt: skip


def evidence_of_fact(inv: Inventory) -> Iterator[Finding]:
    """A fact carries the evidence of a number: no audit restricted by evidence would keep it."""
    for table in _FACTS:
        frame = inv[table]
        known = frame["evidence"].isin(list(schema.codes("evidence")))
        yield from at_rows(
            inv, table, frame[known & ~frame["evidence"].isin(EVIDENCE_LADDER)], "evidence",
            check="evidence of fact", severity="warning",
            said=lambda r: (
                text("'{value}' is the evidence of a number, and this row states a fact.", value=r.evidence),
                text("Write text, old_text, secondary or recalled."),
            ),
        )  # fmt: skip


def text_without_source(inv: Inventory) -> Iterator[Finding]:
    """A row is said to be read in a text, and names no source."""
    for table, spec in schema.tables().items():
        if not {"evidence", "source_id"} <= set(spec.columns):
            continue
        frame = inv[table]
        yield from at_rows(
            inv, table, frame[frame["evidence"].isin(["text", "old_text"]) & frame["source_id"].isna()],
            "source_id", check="text without source", severity="warning",
            said=lambda _: (
                text("the row is said to be read in a text, and names no source."),
                text("Name the source that was read, or write recalled."),
            ),
        )  # fmt: skip


def source_without_address(inv: Inventory) -> list[Finding]:
    """A source has no public address."""
    sources = inv.sources
    return at_rows(
        inv, "sources", sources[sources["url"].isna()], "url",
        check="source without address", severity="note",
        said=lambda r: (
            text("the source '{source}' has no public address.", source=r.source_id),
            text("Write it if there is one, so that a reader can check."),
        ),
    )  # fmt: skip


def validity(inv: Inventory) -> Iterator[Finding]:
    """A validity ends before it begins, or a text read in force was read outside of it."""
    for table in ("obligations", "legal_bases"):
        frame = inv[table]
        yield from at_rows(
            inv, table, frame[frame["valid_to"] < frame["valid_from"]], "valid_to",
            check="validity", severity="warning",
            said=lambda r: (
                text("the last day in force, {end}, is before the first, {start}.",
                     end=r.valid_to.date(), start=r.valid_from.date()),
                text("Correct one of the two dates."),
            ),
        )  # fmt: skip
    bases = inv.legal_bases
    outside = (bases["version_read"] < bases["valid_from"]) | (bases["version_read"] > bases["valid_to"])
    yield from at_rows(
        inv, "legal_bases", bases[(bases["evidence"] == "text") & outside], "version_read",
        check="validity", severity="warning",
        said=lambda r: (
            text("the version of {date} was not in force, and the evidence says that it was.",
                 date=r.version_read.date()),
            text("Write old_text, or correct the dates."),
        ),
    )  # fmt: skip
