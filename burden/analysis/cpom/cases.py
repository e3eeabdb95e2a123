"""One operator without a contract and with one: a portfolio for each case, and the tools that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.cpom.contract import covered, lawful, of_operator, with_contract, without_contract
from burden.analysis.uncertainty.together import stacked
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

WITHOUT, TODAY = "without", "today"

_OWED = ["obligation_id", "population_id", "actor_id"]
_OFTEN = ["occurrences_per_year", "occurrences_once"]


@dataclass(frozen=True, eq=False)
class Cases:
    """The operator alone in each case, worked out once for whatever compares them.

    Attributes
    ----------
    operator : str
        Whose contract it is.
    portfolios : mapping of str to Portfolio
        Its units: ``without`` a contract, ``today`` where it has one, and under each variant.
    covered : tuple of str
        Units that the contract covers.
    touched : tuple of str
        Tools in which the cases differ (:func:`touched`).
    lawful : bool
        Whether the operator may do without a contract.
    """

    operator: str
    portfolios: Mapping[str, Portfolio]
    covered: tuple[str, ...]
    touched: tuple[str, ...]
    lawful: bool


def cases(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variants: Sequence[str] = ("law", "practice"),
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
    contracts: int = 1,
) -> Cases:
    """The operator alone: without a contract, as it is today if it has one, and under each variant.

    Parameters
    ----------
    variants : sequence of str
        Contracts compared (:data:`~burden.analysis.cpom.VARIANTS`).
    silos, units, contracts
        See :func:`~burden.analysis.cpom.with_contract`.

    Returns
    -------
    Cases
        The portfolio of each case by name, with the units that the contract covers.

    Raises
    ------
    KeyError, ValueError
        See :func:`~burden.analysis.cpom.with_contract`.
    """
    own = of_operator(ptf, operator)
    kept = None if units is None else list(units)
    fields = None if silos is None else list(silos)
    found = {WITHOUT: without_contract(inv, own, operator)}
    if any("cpom" in tags.split("|") for tags in own.units["tags"]):
        found[TODAY] = own
    for variant in variants:
        found[variant] = with_contract(
            inv, own, operator, variant=variant, silos=fields, units=kept, contracts=contracts
        )  # fmt: skip
    inside = covered(inv, own, operator, silos=fields, units=kept)
    return Cases(operator, found, tuple(inside), touched(inv, found), lawful(inv, own, operator, units=kept))


def touched(inv: Inventory, portfolios: Mapping[str, Portfolio]) -> tuple[str, ...]:
    """Obligations that are owed more often, less often or by another type in one of the portfolios.

    Returns
    -------
    tuple of str
        In the order of the inventory; the difference between the portfolios lies in them alone.
    """
    if len(portfolios) < 2:
        return ()
    owed = _owed(inv, portfolios)
    first, *others = (owed.xs(name, axis=1, level="portfolio").to_numpy(dtype=float) for name in portfolios)
    moved = np.zeros(len(owed), dtype=bool)
    for one in others:
        moved |= ~np.isclose(one, first).all(axis=1)
    found = set(owed.index[moved].get_level_values("obligation_id"))
    return tuple(str(o) for o in inv.obligations["obligation_id"] if o in found)


def _owed(inv: Inventory, portfolios: Mapping[str, Portfolio]) -> pd.DataFrame:
    """How often each type of respondent owes each obligation, and how many units do not know how often.

    The columns of each portfolio side by side, zero where it does not owe it.
    """
    whole, portfolio_of = stacked(portfolios)
    due = ledger.occurrences(inv, whole, by=["operator_id", "actor_id"])
    unknown = due["units"].where(due["quantity"].isna(), 0.0)
    due = due.assign(unknown=unknown, portfolio=due["operator_id"].map(portfolio_of), **due[_OFTEN].fillna(0.0))
    sums = due.groupby([*_OWED, "portfolio"])[["unknown", *_OFTEN]].sum().astype("float64")
    columns = pd.MultiIndex.from_product([["unknown", *_OFTEN], list(portfolios)], names=[None, "portfolio"])
    return pd.DataFrame(sums.unstack("portfolio", fill_value=0.0)).reindex(columns=columns, fill_value=0.0)
