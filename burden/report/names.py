"""What the identifiers of an inventory are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from burden import figures
from burden.model import schema
from burden.model.focus import HOME_INTERVENTION
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.model.portfolio import Portfolio

_NAMED = ("authorities", "actors", "obligations", "concepts", "silos", "populations", "tags", "functions")


@dataclass(frozen=True)
class Names:
    """Display names by table; an identifier without a name is shown as it is."""

    by_table: Mapping[str, Mapping[str, str]]

    def of(self, table: str, identifier: object) -> str:
        """Name of one row."""
        if pd.isna(identifier):  # type: ignore[call-overload]
            return ""
        return self.by_table[table].get(str(identifier), str(identifier))

    def several(self, table: str, identifiers: str) -> list[str]:
        """Names of identifiers joined by ``|``."""
        return [self.of(table, i) for i in identifiers.split("|") if i]


def names(inv: Inventory, language: str) -> Names:
    """Names in a language; where there is no English one, the French one stands.

    Examples
    --------
    >>> import burden as bd
    >>> names(bd.example("four-tools"), "en").of("obligations", "nowhere")
    'nowhere'
    """
    return Names({table: figures.labels_of(inv, table, language=language) for table in _NAMED})


def name_of_audited(ptf: Portfolio) -> str:
    """What the audited are called: the operator's own name where there is one, or the portfolio's.

    Examples
    --------
    >>> import burden as bd
    >>> name_of_audited(bd.example_portfolio("four-tools")) != ""
    True
    """
    units = ptf.units
    operators = units[units["unit_id"] == units["operator_id"]]
    if units["operator_id"].nunique() == 1 and operators["name"].notna().any():
        return str(operators["name"].iloc[0])
    return ptf.name


def names_of_operators(ptf: Portfolio, operators: Iterable[object]) -> list[str]:
    """What operators are called in a portfolio; the identifier of one that it does not name.

    Examples
    --------
    >>> import burden as bd
    >>> names_of_operators(bd.example_portfolio("four-tools"), ["elsewhere"])
    ['elsewhere']
    """
    units = ptf.units
    own = units[(units["unit_id"] == units["operator_id"]) & units["name"].notna()]
    named = dict(zip(own["operator_id"], own["name"], strict=True))
    return [str(named.get(o, o)) for o in operators]


def name_of_focus(inv: Inventory, focus: str, language: str) -> str:
    """What a focus is called: the name of the silo, instrument, type of actor or function."""
    if focus == HOME_INTERVENTION:
        return text("home intervention").render(language)
    for table in ("silos", "actors", "functions"):
        found = figures.labels_of(inv, table, language=language).get(focus)
        if found:
            return found
    return schema.code_name("instrument", focus, language)
