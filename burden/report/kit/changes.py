"""Every change of the plan, one row each: the list that machines read, and the digest that people read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from burden.model.messages import Text, text
from burden.report.content import Sentence, Table, display
from burden.report.documents.document import Document, Part
from burden.report.documents.sentences import soft
from burden.report.key_figures import Tables
from burden.report.kit.draft import Draft
from burden.report.kit.wording import named
from burden.report.parts.plan.shown import CLASSES
from burden.sources.tables import write_table

COLUMNS = ["change", "kind", "measure", "obligation_id", "label_fr", "concept_id", "source_kind", "source_id",
           "source_label_fr", "register", "reuse", "legal_base_id", "level", "amended_by_id", "from_authority_id",
           "to_authority_id", "personal", "measures", "saved"]  # fmt: skip
"""Columns of the list; those that a kind of change does not have are empty."""

KINDS: Mapping[str, Text] = {
    "item": text("Items taken from elsewhere"),
    "tool": text("Tools that are no longer sent"),
    "act": text("Texts to amend"),
    "exchange": text("Exchanges to open"),
}
"""Kinds of changes, in the order of the digest."""


def changes(tables: Tables) -> pd.DataFrame:
    """Every change of the plan.

    Returns
    -------
    DataFrame
        One row per item that is no longer asked where it is today (``item``), obligation that is no
        longer sent (``tool``), text to amend (``act``) and exchange to open (``exchange``), with
        ``change``, its identifier, and :data:`COLUMNS`.
    """
    if "plan_measures" not in tables:
        return pd.DataFrame(columns=COLUMNS)
    items, measures = tables["plan_items"], tables["plan_measures"]
    number = items.groupby("measure").cumcount() + 1
    ended = measures[measures["kind"].isin(["merge", "end"])]
    acts, opened = tables["plan_acts"], tables["plan_gateways"]
    lists = [
        items.assign(kind="item", change=items["measure"] + "." + number.astype("str")),
        ended.assign(kind="tool", change=ended["measure"] + ".tool"),
        acts.assign(kind="act", change="act:" + acts["legal_base_id"]),
        opened.assign(kind="exchange", change=exchange_ids(opened)),
    ]
    found = pd.concat([part.reindex(columns=COLUMNS).astype(object) for part in lists], ignore_index=True)
    return found.astype({"saved": "float64"})


def exchange_ids(opened: pd.DataFrame) -> pd.Series:
    """Identifiers of exchanges: two may join the same authorities, with personal data and without."""
    kind = opened["personal"].map({True: "personal", False: "other"})
    return "exchange:" + opened["from_authority_id"] + ">" + opened["to_authority_id"] + ":" + kind


def write_changes(found: pd.DataFrame, folder: Path) -> None:
    """Write the list as ``changes.csv`` and ``changes.json``."""
    write_table(found, folder / "changes.csv")
    rows = [
        {str(k): v for k, v in row.items() if not pd.isna(v) and v != ""} for row in found.to_dict("records")
    ]  # fmt: skip
    written = json.dumps({"changes": rows}, ensure_ascii=False, indent=1)
    (folder / "changes.json").write_text(written + "\n", encoding="utf-8")


def digest(draft: Draft) -> Document:
    """The list as a document: a table per kind of change."""
    found = changes(draft.audit.tables)
    said = Sentence(text(
        "Every change of the plan is below, once, under the identifier that it has in {csv} and {json}. The files were "
        "compared when they were written, and can be compared again with {command}.",
        csv="changes.csv", json="changes.json", command="burden check-report",
    ))  # fmt: skip
    parts = [Part("reading", text("How to read this list"), (said,))]
    for kind, title in KINDS.items():
        rows = found[found["kind"] == kind]
        if len(rows):
            parts.append(Part(f"changes-{kind}", title, (_table(draft, kind, title, rows),), small=True))
    return draft.document("changes", text("All changes of the plan"), tuple(parts), depth=1)


def _table(draft: Draft, kind: str, title: Text, rows: pd.DataFrame) -> Table:
    if kind in ("act", "exchange"):
        rows = rows.assign(change=rows["change"].map(soft))
    shown, columns = {"item": _items, "tool": _tools, "act": _acts, "exchange": _exchanges}[kind](draft, rows)
    head = {"change": text("Change"), **columns, "saved": text("Hours")}
    note = text("Hours of texts and exchanges are those of all the measures that need them: they do not add up.")
    return Table(f"changes-{kind}", title, display(shown, head, draft.language),
                 note if kind in ("act", "exchange") else Text(""))  # fmt: skip


def _items(draft: Draft, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Text]]:
    shown = rows.assign(
        tool=[draft.name("obligations", o) for o in rows["obligation_id"]],
        item=rows["label_fr"],
        origin=[_origin(draft, row) for row in rows.to_dict("records")],
        alike=[CLASSES[r].render(draft.language) for r in rows["reuse"]],
    )
    return shown, {"tool": text("Tool"), "item": text("Item"), "origin": text("Taken from"),
                   "alike": text("Information")}  # fmt: skip


def _origin(draft: Draft, row: Mapping[object, object]) -> str:
    if row["register"]:
        return f"{row['register']} ({draft.name('authorities', row['source_id'])})"
    return draft.name("obligations", row["source_id"])


def _tools(draft: Draft, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Text]]:
    shown = rows.assign(
        tool=[draft.name("obligations", o) for o in rows["obligation_id"]],
        into=[draft.name("obligations", o) for o in rows["source_id"]],
    )
    return shown, {"tool": text("Tool"), "into": text("Becomes part of")}


def _acts(draft: Draft, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Text]]:
    bases = draft.audit.inventory.legal_bases
    citation = dict(zip(bases["legal_base_id"], bases["citation"], strict=True))
    unknown = text("a text that the inventory does not name").render(draft.language)
    shown = rows.assign(
        act=[citation.get(b, unknown) for b in rows["legal_base_id"]],
        rank=[_level(draft, level) for level in rows["level"]],
        who=[named(draft, "authorities", str(a).split("|")) for a in rows["amended_by_id"]],
        numbers=[str(m).replace("|", ", ") for m in rows["measures"]],
    )
    return shown, {"act": text("Text"), "rank": text("Level"), "who": text("Who can amend it"),
                   "numbers": text("Measures")}  # fmt: skip


def _level(draft: Draft, level: object) -> str:
    return text("unknown").render(draft.language) if level == "unknown" else draft.reading.code("legal_level", level)


def _exchanges(draft: Draft, rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Text]]:
    yes, no = text("yes").render(draft.language), text("no").render(draft.language)
    shown = rows.assign(
        giver=[draft.name("authorities", a) for a in rows["from_authority_id"]],
        receiver=[draft.name("authorities", a) for a in rows["to_authority_id"]],
        data=[yes if p else no for p in rows["personal"]],
        rank=[_level(draft, level) for level in rows["level"]],
        numbers=[str(m).replace("|", ", ") for m in rows["measures"]],
    )
    return shown, {"giver": text("From"), "receiver": text("To"), "data": text("Personal data"),
                   "rank": text("Act that opens it"), "numbers": text("Measures")}  # fmt: skip
