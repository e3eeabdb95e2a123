"""The words of the tables and of the reports, in French and in English."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from burden.model import schema

_COLUMNS = ("kind", "name_fr", "name_en", "definition_fr", "definition_en", "elsewhere_fr", "elsewhere_en")


def glossary() -> pd.DataFrame:
    """The terms of the field, the tables and the values of the closed lists.

    Returns
    -------
    DataFrame
        One row per term, table or code: ``kind`` (``term``, ``table``, or the closed list), its name in
        both languages and, for terms and tables, one sentence that defines it; ``elsewhere_fr`` and
        ``elsewhere_en`` are what the field calls a term, where that is another word.

    Examples
    --------
    >>> glossary().query("name_en == 'exchange'")["name_fr"].item()
    'échange'
    """
    rows = [*_terms(), *_tables(), *_codes()]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _terms() -> Iterator[tuple[str, ...]]:
    for term in schema.terms():
        yield "term", *(term[f"{part}_{lang}"] for part in ("name", "definition", "field") for lang in ("fr", "en"))


def _tables() -> Iterator[tuple[str, ...]]:
    for table in schema.tables().values():
        yield "table", table.name_fr, table.table, table.description_fr, table.description, "", ""


def _codes() -> Iterator[tuple[str, ...]]:
    columns = [c for t in schema.tables().values() for c in t.columns.values()]
    for name in dict.fromkeys(c.code_list for c in columns if c.code_list):
        for code in schema.codes(name).values():
            yield name, code.name_fr, f"{code.name_en} ({code.code})", "", "", "", ""
