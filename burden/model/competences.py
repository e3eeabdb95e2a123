"""Which authority plays a role (pricing, authorising) for the units at hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from burden.model.inventory import Inventory, more_general, with_tables
from burden.model.portfolio import Portfolio


def roles(inv: Inventory, ptf: Portfolio) -> dict[str, tuple[str, ...]]:
    """Authorities that play each role for the types of actors in the portfolio.

    Returns
    -------
    dict
        Role → authorities, in the order of ``competences``; a role that no competence settles
        for these actors is absent.
    """
    types = {t for actor in ptf.units["actor_id"].unique() for t in more_general(inv, actor)}
    known = inv.competences[inv.competences["actor_id"].isin(types)]
    return {
        str(role): tuple(dict.fromkeys(rows["authority_id"])) for role, rows in known.groupby("role_id", sort=False)
    }


def with_roles_resolved(inv: Inventory, ptf: Portfolio) -> Inventory:
    """The inventory as the portfolio meets it: roles replaced by the authorities that play them.

    What a role requires is required by the first authority that plays it; what reaches a role
    reaches every authority that plays it, which also holds and passes what the role does. A role
    that nothing settles stays as it is.

    Returns
    -------
    Inventory
        A new one; the one given does not change.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> len(with_roles_resolved(inv, ptf).recipients) == len(inv.recipients)
    True
    """
    known = roles(inv, ptf)
    if not known:
        return inv
    obligations = inv.obligations
    first = {role: authorities[0] for role, authorities in known.items()}
    obligations["required_by_id"] = obligations["required_by_id"].replace(first)
    played = {table: _resolved(inv[table], known, table) for table in _PLAYED}
    return with_tables(inv, {"obligations": obligations, **played})


_PLAYED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "recipients": ("authority_id",),
        "holdings": ("authority_id",),
        "exchanges": ("from_authority_id", "to_authority_id"),
    }
)
"""Columns in which an authority stands for those that play its role."""
_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "recipients": ("obligation_id", "authority_id"),
        "holdings": ("authority_id", "concept_id", "register"),
        "exchanges": ("from_authority_id", "to_authority_id", "concept_id"),
    }
)


def _resolved(rows: pd.DataFrame, known: Mapping[str, tuple[str, ...]], table: str) -> pd.DataFrame:
    for column in _PLAYED[table]:
        players = [known.get(a, (a,)) for a in rows[column]]
        rows = rows.assign(**{column: pd.Series(players, index=rows.index, dtype=object)}).explode(column)
        rows[column] = rows[column].astype("str")
    return rows.drop_duplicates(list(_KEYS[table]))
