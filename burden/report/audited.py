"""What an audit looks at: who is audited, what falls on them today, and what does not."""

from __future__ import annotations

from dataclasses import dataclass

from burden.analysis import redundancy
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio


@dataclass(frozen=True, eq=False)
class Audited:
    """What every part of an audit measures; each takes of it what its question needs.

    Attributes
    ----------
    portfolio : Portfolio
        Who is audited.
    borne : Inventory
        The obligations that fall on the portfolio today, roles resolved.
    whole : Inventory
        All of them, roles resolved: at another size, under another regime or through another
        procedure the portfolio would bear some that it does not bear today.
    """

    portfolio: Portfolio
    borne: Inventory
    whole: Inventory


def audited(inv: Inventory, ptf: Portfolio) -> Audited:
    """What an audit of a portfolio looks at.

    Examples
    --------
    >>> import burden as bd
    >>> found = audited(bd.example("four-tools"), bd.example_portfolio("four-tools"))
    >>> len(found.borne.obligations), len(found.whole.obligations)
    (4, 4)
    """
    whole = with_roles_resolved(inv, ptf)
    return Audited(ptf, _borne(whole, ptf), whole)


def _borne(inv: Inventory, ptf: Portfolio) -> Inventory:
    """The obligations that fall on the portfolio, and what is about them alone."""
    return select(inv, obligation=redundancy.borne(inv, ptf))
