"""How complete an inventory is: cells filled by column, rows by evidence."""

from __future__ import annotations

import pandas as pd

from burden.model import schema
from burden.model.inventory import Inventory


def completeness(inv: Inventory) -> pd.DataFrame:
    """How many cells of each column are filled.

    Returns
    -------
    DataFrame
        One row per table and column, in the order of the schema: ``table``, ``column``,
        ``required``, ``rows``, ``filled``, ``filled_share`` (NaN in a table without rows). An
        empty list is not filled.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> silos = pd.DataFrame({"silo_id": ["a", "b"], "name_fr": ["A", "B"], "name_en": ["A", None]})
    >>> completeness(from_frames("two", {"silos": silos})).query("table == 'silos'")["filled"].tolist()
    [2, 2, 1]
    """
    rows = []
    for table, spec in schema.tables().items():
        frame = inv[table]
        filled = frame.notna() & ~frame.isin([""])
        rows += [(table, c.column, c.required, len(frame), int(filled[c.column].sum())) for c in spec.columns.values()]
    result = pd.DataFrame(rows, columns=["table", "column", "required", "rows", "filled"])
    return result.assign(filled_share=result["filled"] / result["rows"].where(result["rows"] > 0))


def evidence_counts(inv: Inventory) -> pd.DataFrame:
    """How sure the rows of each table are.

    Returns
    -------
    DataFrame
        One row per table that has rows and step of evidence that some of them carry, from the
        surest: ``table``, ``evidence``, ``rows``. Rows without evidence have an empty step.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> evidence_counts(from_frames("empty", {})).columns.tolist()
    ['table', 'evidence', 'rows']
    """
    steps = [*schema.codes("evidence"), ""]
    rows = []
    for table, spec in schema.tables().items():
        if "evidence" in spec.columns:
            known = inv[table]["evidence"].fillna("").value_counts()
            ordered = sorted(known.index, key=lambda e: (steps.index(e) if e in steps else len(steps), e))
            rows += [(table, evidence, int(known[evidence])) for evidence in ordered]
    return pd.DataFrame(rows, columns=["table", "evidence", "rows"])
