"""Which authority plays a role (pricing, authorising) for the units at hand."""

from __future__ import annotations

from collections.abc import Mapping

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
    reaches every authority that plays it. A role that nothing settles stays as it is.

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
    return with_tables(inv, {"obligations": obligations, "recipients": _resolved(inv.recipients, known)})


def _resolved(recipients: pd.DataFrame, known: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    players = recipients["authority_id"].map(lambda a: known.get(a, (a,)))
    resolved = recipients.assign(authority_id=players).explode("authority_id")
    return resolved.drop_duplicates(["obligation_id", "authority_id"])
