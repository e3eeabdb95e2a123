"""A portfolio without the names of those audited."""

from __future__ import annotations

import pandas as pd

from burden.model.portfolio import Portfolio, portfolio_from_frame

_SAID = ("name", "evidence", "source_id", "note")
"""Columns that may name an operator in words."""
_IDENTIFIERS = ("unit_id", "operator_id")


def pseudonymised(ptf: Portfolio) -> Portfolio:
    """The portfolio under pseudonyms, its words and its own name removed.

    Units and operators are numbered in the order of their types, territories, tags and numbers, so
    that neither pseudonyms nor order owe anything to the identifiers or to the file; no key is kept.
    A unit that is its own operator stays so. Types, tags, territories and numbers stay: an operator
    can be recognised by them, so that what comes out is pseudonymous, not anonymous.

    Examples
    --------
    >>> import burden as bd
    >>> pseudonymised(bd.example_portfolio("four-tools")).units[["unit_id", "operator_id"]].to_numpy().tolist()
    [['operator-1', 'operator-1']]
    """
    units = ptf.units.drop(columns=list(_SAID))
    told = units.drop(columns=list(_IDENTIFIERS)).assign(own=units["unit_id"] == units["operator_id"])
    content = told.groupby([str(c) for c in told], dropna=False).ngroup()
    of_operator = {str(o): sorted(c) for o, c in content.groupby(units["operator_id"])}
    operators = {o: n for n, o in enumerate(sorted(of_operator, key=of_operator.__getitem__), 1)}
    rank = pd.DataFrame({"content": content, "operator": units["operator_id"].map(operators)})
    units = units.loc[rank.sort_values(["content", "operator"]).index].reset_index(drop=True)
    pseudonyms = {o: f"operator-{n}" for o, n in operators.items()}
    others = [u for u in units["unit_id"] if u not in operators]
    of_unit = pseudonyms | {u: f"unit-{n}" for n, u in enumerate(others, 1)}
    renamed = units.assign(unit_id=units["unit_id"].map(of_unit), operator_id=units["operator_id"].map(pseudonyms))
    return portfolio_from_frame("portfolio", renamed)
