"""Behind any figure: the rows, the formula, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from burden.analysis import ledger
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

FORMULAS = {
    "occurrences_per_year": "quantity × period → per year × share",
    "hours_per_year": "quantity × period → per year × share × minutes / 60",
    "cost_eur_per_year": "hours × tariff × (1 + overhead) + occurrences × external_eur",
    "burden_eur_per_year": "cost × (1 − usual_share)",
    "once_h": "quantity × share × minutes / 60, once",
    "once_eur": "once_h × tariff × (1 + overhead) + quantity × share × external_eur, once",
}
"""Formula of each measure of the ledger."""

_TABLES = {"item": "requests", "activity": "activities", "external": "obligations"}
_ORIGIN = ["obligation_id", "line", "what", "label_fr", "side"]


@dataclass(frozen=True, eq=False)
class Explanation:
    """What a figure rests on.

    Attributes
    ----------
    value : float
        Sum of the rows; NaN when none is measured.
    formula : str
        How one row is worked out.
    rows : DataFrame
        The ledger's rows, each with ``file``, ``file_line``, ``row_evidence`` and ``source_id``
        of the inventory row it comes from.
    sources : DataFrame
        The sources cited by those rows and by their obligations.
    legal_bases : DataFrame
        The articles and acts that those obligations rest on.
    """

    value: float
    formula: str
    rows: pd.DataFrame
    sources: pd.DataFrame
    legal_bases: pd.DataFrame


def explain(
    inv: Inventory,
    ptf: Portfolio,
    measure: str = "hours_per_year",
    **where: str | Sequence[str],
) -> Explanation:
    """The rows, formula and sources behind a measure of the ledger.

    Parameters
    ----------
    measure : str
        A measure of the ledger, such as ``hours_per_year``.
    **where : str or sequence of str
        Columns of the ledger or of ``obligations`` and the values kept:
        ``obligation_id="FR-BUD-01"``, ``instrument=["budget", "accounts"]``.

    Returns
    -------
    Explanation
        The value, its formula, the rows that make it and the sources that they rest on.

    Raises
    ------
    KeyError
        If the measure or a column does not exist.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> round(explain(inv, ptf, obligation_id="CPOM").value, 2)
    1.0
    """
    if measure not in FORMULAS:
        raise KeyError(f"no measure {measure!r}; there are {', '.join(FORMULAS)}")
    frame = traced_ledger(inv, ptf)
    for column, wanted in where.items():
        if column not in frame:
            raise KeyError(f"no column {column!r}; there are {', '.join(map(str, frame))}")
        frame = frame[frame[column].isin([wanted] if isinstance(wanted, str) else list(wanted))]
    obligations = inv.obligations[inv.obligations["obligation_id"].isin(frame["obligation_id"])]
    cited = set(frame["source_id"].dropna()) | set(obligations["source_id"].dropna())
    bases = set(obligations["legal_base_ids"].str.split("|").explode())
    return Explanation(
        value=float(frame[measure].sum(min_count=1)),
        formula=FORMULAS[measure],
        rows=frame.reset_index(drop=True),
        sources=inv.sources[inv.sources["source_id"].isin(cited)].reset_index(drop=True),
        legal_bases=inv.legal_bases[inv.legal_bases["legal_base_id"].isin(bases)].reset_index(drop=True),
    )


def traced_ledger(
    inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ("actor_id",), year: int | None = None
) -> pd.DataFrame:
    """The ledger with, on each row, the columns of its obligation and where the row comes from.

    Returns
    -------
    DataFrame
        The ledger's rows with ``silo_id``, ``instrument``, ``required_by_id``, ``file``,
        ``file_line``, ``row_evidence`` and ``source_id``.
    """
    frame = ledger.build(inv, ptf, by=by, year=year)
    kept = inv.obligations[["obligation_id", "silo_id", "instrument", "required_by_id"]]
    frame = frame.drop(columns=[c for c in kept if c != "obligation_id" and c in frame])
    frame = frame.merge(kept, on="obligation_id", how="left")
    return frame.merge(provenance(inv), on=_ORIGIN, how="left")


def provenance(inv: Inventory) -> pd.DataFrame:
    """Where each line of effort is written down.

    Returns
    -------
    DataFrame
        One row per line: its keys, ``file``, ``file_line``, ``row_evidence``, ``source_id``.
    """
    parts = []
    for line, table in _TABLES.items():
        frame = inv[table]
        if frame.empty:
            continue
        places = inv.records[table].places
        frame = frame.assign(
            file=places["file"].to_numpy(),
            file_line=places["line"].to_numpy(),
            row_evidence=frame["evidence"],
            line=line,
        )
        parts.append(_keyed(line, frame)[[*_ORIGIN, "file", "file_line", "row_evidence", "source_id"]])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_ORIGIN)


def _keyed(line: str, frame: pd.DataFrame) -> pd.DataFrame:
    if line == "item":
        return frame.assign(what=frame["concept_id"], side="respondent")
    if line == "activity":
        return frame.assign(what=frame["activity"], label_fr=None)
    paid = frame[frame[["external_eur_low", "external_eur", "external_eur_high"]].notna().any(axis=1)]
    return paid.assign(
        what="external",
        side="respondent",
        label_fr=None,
        source_id=paid["external_source_id"],
        row_evidence=paid["external_evidence"],
    )
