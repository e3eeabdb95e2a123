"""Legal texts as the documents cite them, each with its source as a footnote."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from burden.model.messages import Text, text
from burden.report.content import Sentence
from burden.report.documents.document import Cited
from burden.report.kit.draft import Draft


def cited(draft: Draft, joined: str) -> tuple[Sentence | Cited, ...]:
    """The texts of some identifiers joined by ``|``: citation, level, who can amend it; the source in a note."""
    frame = draft.audit.inventory.legal_bases
    bases = {str(row["legal_base_id"]): row for row in frame.to_dict("records")}
    found: list[Sentence | Cited] = []
    for identifier in dict.fromkeys(i for i in joined.split("|") if i):
        if identifier not in bases:
            found.append(Sentence(text("A text that the inventory does not name: its owner must say which.")))
            continue
        row = bases[identifier]
        said = Sentence(_said(draft, row))
        source = row["source_id"]
        found.append(said if pd.isna(source) else Cited(said, (str(source),)))
    return tuple(found)


def _said(draft: Draft, row: Mapping[Hashable, Any]) -> Text:
    level = draft.reading.code("legal_level", row["level"])
    evidence = draft.reading.code("evidence", row["evidence"])
    if pd.isna(row["amended_by_id"]):
        return text("{citation} ({level}; evidence: {evidence}).", citation=row["citation"], level=level,
                    evidence=evidence)  # fmt: skip
    return text(
        "{citation} ({level}; evidence: {evidence}). Who can amend it: {who}.",
        citation=row["citation"], level=level, evidence=evidence,
        who=draft.name("authorities", row["amended_by_id"]),
    )  # fmt: skip
