"""What an audit was run on, so that a run can be told from another and done again."""

from __future__ import annotations

import hashlib

import pandas as pd

from burden.model.inventory import Inventory, frames
from burden.model.portfolio import Portfolio


def inputs(inv: Inventory, ptf: Portfolio, focus: str) -> dict[str, str]:
    """Marks of the whole inventory and of the portfolio, and the focus.

    Returns
    -------
    dict of str to str
        ``inventory_sha256`` and ``portfolio_sha256``, which change when a cell does, and ``focus``.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> inputs(inv, ptf, "") == inputs(inv, ptf, "")
    True
    """
    return {
        "inventory_sha256": _mark(frames(inv)),
        "portfolio_sha256": _mark({"units": ptf.units}),
        "focus": focus,
    }


def _mark(tables: dict[str, pd.DataFrame]) -> str:
    digest = hashlib.sha256()
    for name, frame in tables.items():
        digest.update(f"{name}\n{frame.to_csv(index=False, lineterminator=chr(10))}".encode())
    return digest.hexdigest()
