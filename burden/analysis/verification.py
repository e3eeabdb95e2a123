"""How sure each silo's rows are, and what is worth reading again first."""

from __future__ import annotations

import pandas as pd

from burden.model import schema
from burden.model.inventory import EVIDENCE_LADDER, Inventory


def evidence_by_silo(inv: Inventory) -> pd.DataFrame:
    """Rows by silo and evidence.

    Returns
    -------
    DataFrame
        One row per silo × table (``obligations``, ``requests``): one column per step of the
        evidence ladder, and their ``total``.

    Examples
    --------
    >>> import burden as bd
    >>> evidence_by_silo(bd.example("four-tools"))["total"].tolist()
    [4, 22]
    """
    silo = inv.obligations.set_index("obligation_id")["silo_id"]
    parts = []
    for table in ("obligations", "requests"):
        rows = inv[table]
        counted = pd.crosstab(rows["obligation_id"].map(silo), rows["evidence"])
        counted = counted.reindex(columns=list(EVIDENCE_LADDER), fill_value=0).rename_axis(None, axis=1)
        parts.append(counted.assign(total=counted.sum(axis=1), table=table).rename_axis("silo_id").reset_index())
    frame = pd.concat(parts, ignore_index=True).sort_values(["silo_id", "table"], kind="stable")
    return frame[["silo_id", "table", *EVIDENCE_LADDER, "total"]].reset_index(drop=True)


def verify_first(inv: Inventory) -> pd.DataFrame:
    """Obligations not read in force, those that weigh most on the measures first.

    An obligation whose items are asked elsewhere too makes or unmakes repeats: the more of them,
    the sooner its text is worth reading.

    Returns
    -------
    DataFrame
        ``obligation_id``, ``name_fr``, ``silo_id``, ``evidence``, ``item_list``, ``shared_items``
        (concepts that another obligation asks as well), ``legal_bases`` to read.
    """
    asked = inv.requests[["obligation_id", "concept_id"]].drop_duplicates()
    askers = asked.groupby("concept_id")["obligation_id"].transform("nunique")
    shared = asked[askers > 1].groupby("obligation_id").size()
    weak = inv.obligations[(inv.obligations["evidence"] != "text") | (inv.obligations["item_list"] != "complete")]
    cited = dict(zip(inv.legal_bases["legal_base_id"], inv.legal_bases["citation"], strict=True))
    frame = weak[["obligation_id", "name_fr", "silo_id", "evidence", "item_list"]].assign(
        shared_items=weak["obligation_id"].map(shared).fillna(0).astype("int64"),
        legal_bases=[" ; ".join(cited.get(b, b) for b in bases.split("|") if b) for bases in weak["legal_base_ids"]],
    )
    return frame.sort_values(["shared_items", "obligation_id"], ascending=[False, True]).reset_index(drop=True)


def inventory_summary(inv: Inventory, *, most: int = 15) -> str:
    """Both tables as Markdown, for the README of a folder of inventories.

    Examples
    --------
    >>> import burden as bd
    >>> inventory_summary(bd.example("four-tools")).splitlines()[0].startswith("| politique")
    True
    """
    silos = dict(zip(inv.silos["silo_id"], inv.silos["name_fr"], strict=True))
    names = {c: schema.code_name("evidence", c, "fr") for c in EVIDENCE_LADDER}
    tables = {t: schema.tables()[t].name_fr for t in ("obligations", "requests")}
    sure = evidence_by_silo(inv)
    sure = sure.assign(silo_id=sure["silo_id"].map(silos), table=sure["table"].map(tables))
    sure = sure.rename(columns={"silo_id": "politique", "table": "lignes", "total": "ensemble", **names})
    first = verify_first(inv).head(most)[["obligation_id", "name_fr", "evidence", "shared_items", "legal_bases"]]
    first = first.assign(evidence=first["evidence"].map(names)).rename(
        columns={
            "obligation_id": "obligation", "name_fr": "nom", "evidence": "degré de preuve",
            "shared_items": "informations partagées", "legal_bases": "textes à relire",
        }
    )  # fmt: skip
    return f"{_markdown(sure)}\n\n{_markdown(first)}"


def _markdown(frame: pd.DataFrame) -> str:
    lines = [list(map(str, frame.columns)), ["---"] * frame.shape[1], *frame.astype(str).to_numpy().tolist()]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
