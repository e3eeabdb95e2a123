"""What is wrong or doubtful, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from burden.model import schema
from burden.model.messages import Name, Text, text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Place:
    """A file, a line of it, a column; what is unknown stays empty."""

    file: str = ""
    line: int | None = None
    column: str = ""

    def text(self) -> Text:
        """``obligations.csv, line 14, column 'period'``."""
        if self.line is not None and self.column:
            return text(
                "{file}, line {line}, column '{column}'",
                file=self.file,
                line=self.line,
                column=self._header(),
            )
        if self.line is not None:
            return text("{file}, line {line}", file=self.file, line=self.line)
        if self.column:
            return text("{file}, column '{column}'", file=self.file, column=self._header())
        return Text("{file}", {"file": self.file})

    def _header(self) -> Text:
        """The column as a workbook calls it: a sheet with the French name of its table has French headers."""
        sheet = self.file.removesuffix("]").rpartition(" [")[2] if self.file.endswith("]") else ""
        for table in schema.tables().values():
            if sheet in (table.name_fr, table.table) and self.column in table.columns:
                french = table.columns[self.column].label_fr
                # Some tables have one name in both languages: those who read French have most likely written it.
                return Name(self.column if sheet == table.table else french, french=french)
        return Name(self.column, french=self.column)


@dataclass(frozen=True)
class Finding:
    """One fault or doubt: the check that found it, its place, the value, the fault, the remedy."""

    check: str
    severity: Severity
    place: Place
    fault: Text
    remedy: Text = field(default_factory=lambda: Text(""))
    value: Any = None
    related: tuple[Place, ...] = ()

    def render(self, language: str = "en") -> str:
        """One line: place, fault, remedy."""
        said = text("{place}: {fault}", place=self.place.text(), fault=self.fault)
        return f"{said.render(language)} {self.remedy.render(language)}".strip()


def finding_table(findings: Iterable[Finding], *, language: str = "en") -> pd.DataFrame:
    """Findings as a table.

    Returns
    -------
    DataFrame
        One row per finding: ``severity``, ``check``, ``file``, ``line``, ``column``, ``value``,
        ``fault``, ``remedy``.
    """
    columns = ["severity", "check", "file", "line", "column", "value", "fault", "remedy"]
    rows = [
        (
            f.severity,
            f.check,
            f.place.file,
            f.place.line,
            f.place.column,
            "" if f.value is None else str(f.value),
            f.fault.render(language),
            f.remedy.render(language),
        )
        for f in findings
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame["line"] = frame["line"].astype("Int64")
    return frame


class InventoryError(ValueError):
    """Input that cannot be used; carries every fault found, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f.render() for f in self.findings))

    def render(self, language: str = "en") -> str:
        """All faults, one a line."""
        return "\n".join(f.render(language) for f in self.findings)
