"""The report of a shared bundle: what is hidden first, then the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from burden.model.messages import Text, text
from burden.report.content import SHOWN, Block, Section, Sentence, Table, cell
from burden.report.names import names
from burden.report.sections import method
from burden.report.shared import statement
from burden.report.shared.cells import MEASURED, NOT_STATED, OTHER, TABLES

if TYPE_CHECKING:
    from burden.report.shared.run import Shared

TITLE = text("Burden of required tools: what may be shared")
_CAPTIONS = {
    "totals": text("All operators"),
    "by_actor": text("Hours by type of structure"),
    "by_authority": text("Hours by authority that requires"),
    "by_obligation": text("Hours by tool"),
    "by_territory": text("Hours by territory"),
    "by_actor_territory": text("Hours by type of structure and territory"),
    "by_actor_authority": text("Hours by type of structure and authority that requires"),
}
_HEADERS = {
    "actor_id": text("Type of structure"), "territory": text("Territory"), "required_by_id": text("Required by"),
    "obligation_id": text("Tool"), "units": text("Units"), "hours_per_year": text("Hours a year"),
    "hours_per_year_low": text("Low"), "hours_per_year_high": text("High"), "unmeasured": text("Lines not measured"),
}  # fmt: skip
_NAMED = {"actor_id": "actors", "required_by_id": "authorities", "obligation_id": "obligations"}


def sections(shared: Shared, language: str) -> tuple[Section, ...]:
    """The statement of what was hidden, then what is shared."""
    figure = shared.figures
    said: tuple[Block, ...] = (
        Sentence(text(
            "{operators} operators spend about {hours} hours a year on the tools that they owe; the {tools} tools "
            "named here ask for {items} items, {concepts} of them distinct.",
            operators=figure["shared.operators"], hours=figure["shared.hours"], tools=figure["shared.obligations"],
            items=figure["shared.items"], concepts=figure["shared.concepts"],
        )),
    )  # fmt: skip
    hours = tuple(_table(shared, table, language) for table in _CAPTIONS)
    return (
        Section("hidden", text("What is hidden"), _sentences(statement.rules(shared.rule, shared.counts))),
        Section("left-out", text("What is left out"), _sentences(statement.LEFT_OUT)),
        Section("inferred", text("What can still be inferred"), _sentences(statement.inferences())),
        Section("hours", text("What is owed, and to whom"), (*said, *hours)),
        Section("asked", text("What is asked by several tools"), (_askers(shared, language),)),
        method(),
    )


def _sentences(texts: list[Text] | tuple[Text, ...]) -> tuple[Block, ...]:
    return tuple(Sentence(t) for t in texts)


def _table(shared: Shared, table: str, language: str) -> Table:
    frame, known = shared.tables[table], names(shared.inventory, language)
    away = text("hidden").render(language)
    aside = {OTHER: text("others").render(language), NOT_STATED: text("not stated").render(language)}
    shown = {}
    for column in TABLES[table]:
        named = _NAMED.get(column)
        labels = [aside.get(v) or (known.of(named, v) if named else str(v)) for v in frame[column]]
        shown[_HEADERS[column].render(language)] = labels
    for column in (*MEASURED[table], "unmeasured"):
        values = zip(frame[column], frame["hidden"], strict=True)
        shown[_HEADERS[column].render(language)] = [away if h else cell(v, language) for v, h in values]
    file = text("As data in {file}.", file=f"tables/{table}.csv")
    return Table(table.replace("_", "-"), _CAPTIONS[table], pd.DataFrame(shown, dtype="str"), file)


def _askers(shared: Shared, language: str) -> Table:
    known = names(shared.inventory, language)
    frame = shared.tables["askers"].sort_values("obligations", ascending=False, kind="stable").head(SHOWN)
    shown = pd.DataFrame(
        {
            text("Information").render(language): [known.of("concepts", c) for c in frame["concept_id"]],
            text("Tools").render(language): [cell(v, language) for v in frame["obligations"]],
            text("Authorities").render(language): [cell(v, language) for v in frame["authorities"]],
        },
        dtype="str",
    )
    file = text("All of them are in {file}.", file="tables/askers.csv")
    return Table("askers", text("Information that most tools ask for"), shown, file)
