"""Formal concepts of the obligation × item table: sets of items that sets of tools all ask for."""

from __future__ import annotations

import pandas as pd

from burden.analysis.redundancy import incidence
from burden.model.inventory import Inventory


def formal_concepts(inv: Inventory, *, identifiers: bool = False) -> pd.DataFrame:
    """Every formal concept, the one with most obligations first.

    A formal concept is a set of obligations (extent) and all the items that each of them asks
    (intent), neither of which can grow without the other shrinking (Ganter and Wille, 1999). The
    first one with a non-empty intent is the core dataset of the tools.

    The number of concepts can double with each obligation: meant for tens of tools.

    Returns
    -------
    DataFrame
        One row per concept: ``obligations``, ``items``, and both sets joined by ``|``.

    Examples
    --------
    >>> import burden as bd
    >>> concepts = formal_concepts(bd.example("four-tools"), identifiers=True)
    >>> len(concepts), concepts.loc[0, "intent"]
    (10, 'ftes|siret')
    """
    table, tools, names = incidence(inv, identifiers=identifiers)
    asks = [frozenset(table.indices[table.indptr[i] : table.indptr[i + 1]].tolist()) for i in range(len(tools))]
    everything = frozenset(range(len(names)))
    intents = {everything}
    for own in asks:
        intents |= {own & other for other in intents}
    rows = []
    for intent in intents:
        extent = [t for t, own in zip(tools, asks, strict=True) if intent <= own]
        rows.append((len(extent), len(intent), "|".join(extent), "|".join(sorted(names[i] for i in intent))))
    frame = pd.DataFrame(rows, columns=["obligations", "items", "extent", "intent"])
    order = frame.sort_values(["obligations", "items", "extent"], ascending=[False, False, True])
    return order.reset_index(drop=True)
