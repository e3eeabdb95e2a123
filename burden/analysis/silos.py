"""Silos side by side: what several of them ask for, and the instruments that only some have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from burden.analysis.redundancy import recipients_of
from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles

_COMMON = "common"


def across_silos(inv: Inventory, ptf: Portfolio, *, identifiers: bool = False) -> pd.DataFrame:
    """Information that several silos ask of the same portfolio, under which labels.

    An obligation common to all establishments is asked in the silo of each unit it falls on.

    Returns
    -------
    DataFrame
        One row per concept asked in at least two silos, most silos first: ``concept_id``,
        ``silos``, ``obligations``, ``authorities``, and ``silo_ids``, ``authority_ids`` and
        ``labels`` joined by ``|``.
    """
    borne = silos_of_obligations(inv, ptf)
    asked = inv.requests[["obligation_id", "concept_id", "label_fr"]]
    if not identifiers:
        named = inv.concepts.loc[inv.concepts["kind"] == "identifier", "concept_id"]
        asked = asked[~asked["concept_id"].isin(named)]
    in_silo = asked.merge(borne, on="obligation_id")
    reached = asked.merge(recipients_of(inv), on="obligation_id").groupby("concept_id")["authority_id"]
    rows = in_silo.groupby("concept_id", sort=True).agg(
        silos=("silo_id", "nunique"),
        obligations=("obligation_id", "nunique"),
        silo_ids=("silo_id", lambda s: "|".join(sorted(set(s)))),
        labels=("label_fr", lambda s: "|".join(sorted(set(s)))),
    )
    rows["authorities"] = reached.nunique().reindex(rows.index).fillna(0).astype("int64")
    rows["authority_ids"] = reached.agg(lambda s: "|".join(sorted(set(s)))).reindex(rows.index).fillna("")
    several = rows[rows["silos"] >= 2].reset_index()
    order = ["silos", "authorities", "obligations", "concept_id"]
    return several.sort_values(order, ascending=[False, False, False, True]).reset_index(drop=True)


def silos_of_obligations(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """In which silos each obligation reaches the portfolio.

    Returns
    -------
    DataFrame
        ``obligation_id`` and ``silo_id``, one row per pair; an obligation of a silo is in that
        one, a common obligation in the silos of the units it falls on.
    """
    known = profiles(inv, ptf)
    silo_of_type = dict(zip(inv.actors["actor_id"], inv.actors["silo_id"], strict=True))
    lineage = {a: more_general(inv, a) for a in ptf.units["actor_id"].unique()}
    silo = ptf.units["actor_id"].map(
        {a: next((s for t in chain if pd.notna(s := silo_of_type.get(t))), None) for a, chain in lineage.items()}
    )
    own = dict(zip(inv.obligations["obligation_id"], inv.obligations["silo_id"], strict=True))
    concerned = np.nan_to_num(known.applies, nan=1.0)[known.of_unit] > 0
    pairs = set()
    for unit_silo in silo.dropna().unique():
        falls = concerned[(silo == unit_silo).to_numpy()].any(axis=0)
        for obligation in inv.obligations.loc[falls, "obligation_id"]:
            field = own[obligation]
            pairs.add((obligation, unit_silo if field in (_COMMON, None) or pd.isna(field) else field))
    return pd.DataFrame(sorted(pairs), columns=["obligation_id", "silo_id"])


def instruments_by_silo(inv: Inventory) -> pd.DataFrame:
    """How many obligations of each instrument each silo has; 0 where it has none.

    Returns
    -------
    DataFrame
        One row per instrument, one column per silo.

    Examples
    --------
    >>> import burden as bd
    >>> instruments_by_silo(bd.example("four-tools")).to_numpy().sum()
    np.int64(4)
    """
    return pd.crosstab(inv.obligations["instrument"], inv.obligations["silo_id"])
