"""What measures are called, and what they need, as every document of the kit says it."""

from __future__ import annotations

import pandas as pd
from babel.lists import format_list

from burden.model.messages import text
from burden.report.kit.draft import Draft
from burden.report.parts.plan.shown import DECISIONS, measure_names


def what(draft: Draft, measures: pd.DataFrame) -> list[str]:
    """What each measure does."""
    return measure_names(draft.reading, measures)


def needs(measures: pd.DataFrame, language: str) -> list[str]:
    """Whether each measure needs a text, an agreement, or arguably neither."""
    return [DECISIONS[d].render(language) for d in measures["decision"]]


def register_or_tool(draft: Draft, row: pd.Series) -> str:
    """Where a measure takes its items: a tool, or a register and who holds it."""
    if not row["register"]:
        return draft.name("obligations", row["source_id"])
    return text("{register} ({holder})", register=row["register"],
                holder=draft.name("authorities", row["source_id"])).render(draft.language)  # fmt: skip


def capitalised(said: str) -> str:
    """A name or a phrase as it begins a title or a sentence.

    Examples
    --------
    >>> capitalised("à chaque événement"), capitalised("CPOM")
    ('À chaque événement', 'CPOM')
    """
    return said[:1].upper() + said[1:]


def named(draft: Draft, table: str, identifiers: list[str]) -> str:
    """Names in a row, as the language joins them."""
    return str(format_list([draft.name(table, i) for i in identifiers if i], locale=draft.language))
