"""Who is asked to reply: the authorities that the findings concern, and the operators."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from burden.model.cells import did_you_mean
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.report.reply.draft import Draft

_NO_AUTHORITY = ("internal", "public", "role")
"""Levels of those who sign no reply: bodies within the operator, persons, roles that nobody plays here."""


@dataclass(frozen=True)
class Addressee:
    """A body that a form is for.

    Attributes
    ----------
    id : str
        Authority, or operator of the portfolio.
    name : str
        What it is called.
    operator : bool
        Whether it is one of the audited rather than an authority.
    requires, receives : frozenset of str
        Obligations; an operator has neither, as it owes them.
    """

    id: str
    name: str
    operator: bool
    requires: frozenset[str] = frozenset()
    receives: frozenset[str] = frozenset()

    @property
    def obligations(self) -> frozenset[str]:
        """Obligations that it requires or receives."""
        return self.requires | self.receives


def addressees(draft: Draft, *, only: Collection[str] = ()) -> list[Addressee]:
    """Who gets a form, authorities first.

    Authorities get one when they require or receive an obligation that falls on the portfolio, or
    would decide or agree on a measure of the plan. The operator gets one when there is only one;
    of several, those that are named.

    Parameters
    ----------
    only : collection of str
        Authorities and operators to keep; all when empty.

    Returns
    -------
    list of Addressee
        Each with its identifier, its name and whether it is an authority.

    Raises
    ------
    InventoryError
        If one of those named is not concerned.
    """
    found = [*_authorities(draft), *_operators(draft)]
    if not only:
        several = sum(a.operator for a in found) > 1
        return [a for a in found if not (several and a.operator)]
    known = {a.id for a in found}
    if missing := [w for w in only if w not in known]:
        raise InventoryError([_not_concerned(w, known) for w in missing])
    return [a for a in found if a.id in only]


def _not_concerned(named: str, known: Collection[str]) -> Finding:
    remedy = did_you_mean(named, known, text("Those concerned are {names}.", names=", ".join(sorted(known))))
    fault = text("no finding concerns '{name}'.", name=named)
    return Finding("addressee", "error", Place(named), fault, remedy, value=named)


def _authorities(draft: Draft) -> list[Addressee]:
    inv = draft.borne
    required = _obligations(inv.obligations, "required_by_id")
    received = _obligations(inv.recipients, "authority_id")
    level = dict(zip(inv.authorities["authority_id"], inv.authorities["level"], strict=True))
    concerned = {*required, *received, *_deciders(draft)}
    none: frozenset[str] = frozenset()
    return [
        Addressee(a, draft.names.of("authorities", a), False, required.get(a, none), received.get(a, none))
        for a in sorted(concerned)
        if level.get(a, "role") not in _NO_AUTHORITY
    ]


def _obligations(frame: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    return {str(a): frozenset(own) for a, own in frame.groupby(column)["obligation_id"]}


def _deciders(draft: Draft) -> set[str]:
    return {a for cell in draft.measures["authority_ids"] for a in str(cell).split("|") if a}


def _operators(draft: Draft) -> list[Addressee]:
    return [Addressee(o, operator_name(draft.portfolio, o), True) for o in operators(draft.portfolio)]


def operators(ptf: Portfolio) -> list[str]:
    """The operators of a portfolio, in its order."""
    return [str(o) for o in dict.fromkeys(ptf.units["operator_id"])]


def operator_name(ptf: Portfolio, operator: str) -> str:
    """The name of an operator: that of its own unit where there is one."""
    units = ptf.units
    own = units[(units["unit_id"] == operator) & (units["operator_id"] == operator)]["name"]
    return str(own.iloc[0]) if len(own) and pd.notna(own.iloc[0]) else operator
