"""An operator with and without a multi-year contract: which tags and numbers change, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.analysis.cpom.rules import rule_of
from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame

CYCLE_YEARS = 5
"""Longest term of a contract, before a sixth year (CASF, art. L. 313-11)."""

_BUDGET, _EPRD, _CPOM, _MANDATORY = "budget", "eprd", "cpom", "mandatory_cpom"
_EPRD_CYCLE = "eprd_errd"


@dataclass(frozen=True)
class Variant:
    """What a contract says of yearly documents and of its follow-up.

    Attributes
    ----------
    name : str
        What it is called in tables.
    documents : str
        Tag on the yearly documents of the services that stay under budget.
    others : tuple of str
        Tags on the follow-up of the contract and on how its tariff is updated.
    """

    name: str
    documents: str
    others: tuple[str, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag of the variant."""
        return (self.documents, *self.others)


VARIANTS: Mapping[str, Variant] = MappingProxyType({
    v.name: v
    for v in (
        Variant("law", "cpom_documents_limited", ("cpom_review_midterm",)),
        Variant("practice", "cpom_documents_kept", ("cpom_review_yearly",)),
        Variant("limited_yearly", "cpom_documents_limited", ("cpom_review_yearly",)),
        Variant("kept_midterm", "cpom_documents_kept", ("cpom_review_midterm",)),
        Variant("amended", "cpom_documents_kept", ("cpom_review_yearly", "cpom_yearly_amendment")),
    )
})  # fmt: skip
"""Contracts by name.

``law``: the lightest that the texts allow (CASF, art. R. 314-42, I and R. 314-43; two meetings in
five years as in the model of the order of 3 March 2017). ``practice``: every yearly document kept,
a review every year. The others change one thing at a time; ``amended`` sets the tariff by a yearly
amendment (art. R. 314-40, 3°).
"""


def of_operator(ptf: Portfolio, operator: str) -> Portfolio:
    """The rows of one operator.

    Raises
    ------
    KeyError
        If the operator is not in the portfolio.
    """
    units = ptf.units
    own = units[units["operator_id"] == operator]
    if own.empty:
        raise KeyError(f"operator_id {operator!r} is not in the portfolio")
    # A number that no row gives is as unknown without its column.
    numbers = own[ptf.populations]
    unknown = numbers.columns[numbers.isna().all()]
    return portfolio_from_frame(ptf.name, own.drop(columns=unknown).reset_index(drop=True))


def covered(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
) -> list[str]:
    """Units that a contract of the operator can cover: those under a budget or an EPRD.

    Parameters
    ----------
    silos : iterable of str, optional
        Keep the units of these silos.
    units : iterable of str, optional
        Keep these units.

    Returns
    -------
    list of str
        Identifiers of units.

    Raises
    ------
    KeyError
        If the operator or a unit is not in the portfolio.
    """
    rows = of_operator(ptf, operator).units
    if units is not None and (unknown := [u for u in units if u not in set(rows["unit_id"])]):
        raise KeyError(f"unit_id {unknown[0]!r} is not a unit of {operator!r}")
    priced = [bool({_BUDGET, _EPRD} & set(tags.split("|"))) for tags in rows["tags"]]
    kept = rows[np.array(priced) & ~is_operator(inv, rows)]
    if silos is not None:
        silo = {a: _silo(inv, a) for a in kept["actor_id"].unique()}
        kept = kept[kept["actor_id"].map(silo).isin(set(silos))]
    if units is not None:
        kept = kept[kept["unit_id"].isin(set(units))]
    return [str(u) for u in kept["unit_id"]]


def with_contract(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    variant: str | Variant = "law",
    silos: Iterable[str] | None = None,
    units: Iterable[str] | None = None,
    contracts: int = 1,
) -> Portfolio:
    """The portfolio with the operator under contract, whatever it was under before.

    A service whose type must have a contract with an EPRD (``allocations``) goes under the EPRD;
    one that has an EPRD keeps it; any other keeps its budget, with the documents that the variant
    leaves. The contracts themselves weigh on the row of the operator.

    Parameters
    ----------
    variant : str or Variant
        One of :data:`VARIANTS`, or your own.
    silos, units : iterable of str, optional
        What the contract covers; every unit under a budget or an EPRD when absent.
    contracts : int
        Contracts that cover them: one for all, or one for each authority, say.

    Returns
    -------
    Portfolio
        The whole portfolio, with other tags; the one given does not change.

    Raises
    ------
    KeyError
        If the operator, a unit or the variant does not exist.
    ValueError
        If the operator has no row of its own, or no unit can be covered.

    Examples
    --------
    >>> import burden as bd
    >>> types = pd.DataFrame({"actor_id": ["operator", "home"], "kind": ["operator", "establishment"]})
    >>> inv = bd.from_frames("by hand", {"actors": types.assign(name_fr="—", evidence="text")})
    >>> units = {"unit_id": ["o", "u"], "operator_id": "o", "actor_id": ["operator", "home"], "tags": ["", "budget"]}
    >>> with_contract(inv, portfolio_from_frame("by hand", pd.DataFrame(units)), "o").units["tags"].tolist()
    ['cpom|cpom_documents_limited|cpom_review_midterm', 'budget|cpom|cpom_documents_limited']
    """
    chosen = VARIANTS[variant] if isinstance(variant, str) else variant
    inside = covered(inv, ptf, operator, silos=silos, units=units)
    own = _own_rows(inv, ptf, operator)
    if not inside:
        raise ValueError(f"{operator!r} has no unit under a budget or an EPRD that the contract could cover")
    rows = ptf.units[ptf.units["unit_id"].isin(inside)]
    eprd = {str(u) for u, actor, tags in zip(rows["unit_id"], rows["actor_id"], rows["tags"], strict=True)
            if _under_eprd(inv, str(actor), str(tags))}  # fmt: skip
    mandatory = not lawful(inv, ptf, operator, units=inside)
    more = {_CPOM, *chosen.tags} | ({_MANDATORY} if mandatory else set()) | ({_EPRD} if eprd else set())
    added = {u: {_EPRD, _CPOM} if u in eprd else {_CPOM, chosen.documents} for u in inside} | dict.fromkeys(own, more)
    changed = _tagged(ptf, added, without={u: {_BUDGET} for u in eprd})
    below = of_operator(changed, operator).units.set_index("unit_id")["tags"].drop(own)
    services = sum(_CPOM in tags.split("|") for tags in below)
    numbers = {"cpom": contracts, "cpom_service": services, "cpom_renewal": contracts / CYCLE_YEARS * mandatory}
    return _with_numbers(changed, own, numbers)


def without_contract(inv: Inventory, ptf: Portfolio, operator: str) -> Portfolio:
    """The portfolio with the operator under no contract: each service under its own yearly budget.

    Where the contract is mandatory this is what it would owe, not what it may choose
    (:func:`lawful`). Contracts of another kind (quality allowance of home help, autonomy
    allowance) stay: they are the price of an allowance.

    Returns
    -------
    Portfolio
        The whole portfolio, with other tags; the one given does not change.

    Raises
    ------
    KeyError
        If the operator is not in the portfolio.
    """
    rows = of_operator(ptf, operator).units
    own = _own_rows(inv, ptf, operator, needed=False)
    eprd = {str(u) for u, tags in zip(rows["unit_id"], rows["tags"], strict=True) if _EPRD in tags.split("|")}
    added = {str(u): {_BUDGET} if u in eprd and u not in own else set() for u in rows["unit_id"]}
    bare = _tagged(ptf, added, without={u: {_EPRD} for u in eprd})
    return _with_numbers(bare, own, dict.fromkeys(("cpom", "cpom_service", "cpom_renewal"), 0.0))


def lawful(inv: Inventory, ptf: Portfolio, operator: str, *, units: Sequence[str] | None = None) -> bool:
    """Whether the operator may do without a contract for these units.

    Not where the type of one of them must have one (``allocations``), nor where the portfolio
    says that the operator's contract is mandatory.

    Returns
    -------
    bool
        False where the law wants a contract.
    """
    rows = of_operator(ptf, operator).units
    if any(_MANDATORY in tags.split("|") for tags in rows["tags"]):
        return False
    inside = covered(inv, ptf, operator, units=units)
    types = rows.loc[rows["unit_id"].isin(inside), "actor_id"].unique()
    return all(rule_of(inv, str(a))[0] != "mandatory" for a in types)


def _tagged(ptf: Portfolio, added: Mapping[str, set[str]], *, without: Mapping[str, set[str]]) -> Portfolio:
    """Units with the tags of a contract taken away and others added; the rest as it was."""
    gone = _contract_tags()
    frame = ptf.units
    frame["tags"] = [
        "|".join(sorted((set(tags.split("|")) - {""} - gone - without.get(unit, set())) | added[unit]))
        if unit in added
        else tags
        for unit, tags in zip(frame["unit_id"], frame["tags"], strict=True)
    ]
    return portfolio_from_frame(ptf.name, frame)


def _contract_tags() -> set[str]:
    return {_CPOM, _MANDATORY, *(t for v in VARIANTS.values() for t in v.tags)}


def _under_eprd(inv: Inventory, actor: str, tags: str) -> bool:
    return _EPRD in tags.split("|") or rule_of(inv, actor) == ("mandatory", _EPRD_CYCLE)


def _with_numbers(ptf: Portfolio, units: Sequence[str], numbers: Mapping[str, float]) -> Portfolio:
    frame = ptf.units
    own = frame["unit_id"].isin(units)
    for population, number in numbers.items():
        before = frame[population] if population in frame else pd.Series(np.nan, index=frame.index)
        frame[population] = before.mask(own, float(number))
    return portfolio_from_frame(ptf.name, frame)


def _own_rows(inv: Inventory, ptf: Portfolio, operator: str, *, needed: bool = True) -> list[str]:
    rows = of_operator(ptf, operator).units
    own = [str(u) for u in rows.loc[is_operator(inv, rows), "unit_id"]]
    if needed and not own:
        raise ValueError(f"{operator!r} has no row of its own: the contract would weigh on nobody")
    return own


def _silo(inv: Inventory, actor: str) -> str | None:
    of_type = dict(zip(inv.actors["actor_id"], inv.actors["silo_id"], strict=True))
    return next((str(s) for t in more_general(inv, actor) if pd.notna(s := of_type.get(t))), None)
