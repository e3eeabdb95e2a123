"""Where a contract is mandatory, a condition, encouraged, optional or unknown, silo by silo."""

from __future__ import annotations

import pandas as pd

from burden.model.inventory import Inventory, at_least, more_general

STRENGTH = ("mandatory", "condition", "encouraged", "optional", "none")
"""Places of a contract, from the strongest."""


def rules(inv: Inventory) -> pd.DataFrame:
    """Place of the contract in each silo, as the modes of allocation have it.

    ``none`` says that no contract is known in that mode, not that the law bars one: article
    L. 313-11 of the CASF opens it to every establishment and service of article L. 312-1.

    Returns
    -------
    DataFrame
        One row per silo × place of the contract, the strongest first: ``silo_id`` (NaN where the
        mode is common), ``cpom``, ``modes`` (rows of ``allocations``), ``actor_ids`` and
        ``allocation_ids`` joined by ``|``, ``evidence`` of the least sure of them.

    Examples
    --------
    >>> import burden as bd
    >>> rules(bd.example("four-tools")).empty
    True
    """
    known = inv.allocations[inv.allocations["cpom"].notna()]
    rows = []
    for (silo, place), modes in known.groupby(["silo_id", "cpom"], sort=False, dropna=False):
        rows.append((
            silo, place, len(modes), "|".join(dict.fromkeys(modes["actor_id"].dropna())),
            "|".join(modes["allocation_id"]), _least_sure(modes),
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=["silo_id", "cpom", "modes", "actor_ids", "allocation_ids", "evidence"])
    silos = {s: i for i, s in enumerate(inv.silos["silo_id"])}
    strength = frame["cpom"].map({c: i for i, c in enumerate(STRENGTH)})
    order = pd.DataFrame({"silo": frame["silo_id"].map(silos), "strength": strength}).astype("float64")
    return frame.iloc[order.sort_values(["silo", "strength"], kind="stable").index].reset_index(drop=True)


def _least_sure(modes: pd.DataFrame) -> str:
    """The step of evidence below which no row stands."""
    for step in ("text", "old_text", "secondary", "recalled"):
        if len(at_least(modes, step)) == len(modes):
            return step
    return "recalled"


def rule_of(inv: Inventory, actor: str) -> tuple[str, str]:
    """Place of the contract for a type of structure, and the budget cycle that goes with it.

    That of the nearest type that modes of allocation name; the strongest where they differ.

    Returns
    -------
    tuple of str
        Place (one of :data:`STRENGTH`, empty when no mode is known) and budget cycle.
    """
    modes = inv.allocations[inv.allocations["cpom"].isin(STRENGTH)]
    for kind in more_general(inv, actor):
        own = modes[modes["actor_id"] == kind]
        if len(own):
            strongest = min(own["cpom"], key=STRENGTH.index)
            cycle = own.loc[own["cpom"] == strongest, "budget_cycle"].dropna()
            return str(strongest), str(cycle.iloc[0]) if len(cycle) else ""
    return "", ""
