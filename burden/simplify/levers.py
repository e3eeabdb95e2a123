"""Levers: each takes an inventory and a portfolio and gives new ones.

What a lever touches is protected only by those who use it: a scenario says what it loses (see
:mod:`burden.simplify.needs`). Hours that a lever moves come out of the ledger, not out of the
lever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.model.cells import did_you_mean
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory, select, with_tables
from burden.model.messages import Text, text
from burden.model.periods import is_period, parse_deadlines
from burden.model.portfolio import Portfolio
from burden.model.reshape import grouped, retagged

Case = tuple[Inventory, Portfolio]
_SAME = {
    "requests": ["concept_id", "grain", "reference_period", "perimeter", "unit", "population_id"],
    "recipients": ["authority_id"],
    "duties": ["actor_id", "required_tags", "excluded_tags"],
}
"""What makes a row of one obligation the same as a row of another."""


def drop(
    inv: Inventory, ptf: Portfolio, *, obligation: str, concepts: Iterable[str] = (), labels: Iterable[str] = ()
) -> Case:
    """An obligation is no longer asked, or some of its items no longer are.

    Parameters
    ----------
    concepts : iterable of str
        Items dropped; the whole obligation when empty.
    labels : iterable of str
        Their labels there, where only some of the items about a concept go.

    Raises
    ------
    InventoryError
        If the obligation does not exist, or does not ask for an item.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> drop(inv, ptf, obligation="ES")[0].obligations["obligation_id"].tolist()
    ['CPOM', 'ERRD', 'TDB']
    """
    _known(inv, obligation)
    gone, named = set(concepts), set(labels)
    if not gone:
        return select(inv, obligation=[o for o in inv.obligations["obligation_id"] if o != obligation]), ptf
    _asked(inv, obligation, gone)
    requests = inv.requests
    dropped = (requests["obligation_id"] == obligation) & requests["concept_id"].isin(gone)
    if named:
        dropped &= requests["label_fr"].isin(named)
    return with_tables(inv, {"requests": requests[~dropped]}), ptf


def merge(inv: Inventory, ptf: Portfolio, *, obligation: str, into: str, apart: Iterable[str] = ()) -> Case:
    """An obligation becomes part of another: its own items, recipients and duties move there.

    An item that both ask with the same facets is asked once. The activities of the obligation
    that goes (reading its rules, sending it) go with it.

    Parameters
    ----------
    apart : iterable of str
        Labels of items that are asked there beside those that look the same.

    Raises
    ------
    InventoryError
        If one of the two does not exist.
    """
    _known(inv, obligation)
    _known(inv, into)
    beside = set(apart)
    changed = {table: _moved(inv[table], obligation, into, same, beside) for table, same in _SAME.items()}
    return drop(with_tables(inv, changed), ptf, obligation=obligation)


def _moved(rows: pd.DataFrame, obligation: str, into: str, same: list[str], beside: set[str]) -> pd.DataFrame:
    """Rows of an obligation given to another, unless it has the same already and is not to be beside it."""
    own = rows[rows["obligation_id"] == into]
    coming = rows[rows["obligation_id"] == obligation].assign(obligation_id=into)
    held = set(own[same].astype(object).fillna("").itertuples(index=False, name=None))
    new = [k not in held for k in coming[same].astype(object).fillna("").itertuples(index=False, name=None)]
    named = "label_fr" in coming
    coming = coming[np.array(new, dtype=bool) | (coming["label_fr"].isin(beside) if named else False)]
    if named:
        # Two items of one obligation must not have one label.
        taken = set(own["label_fr"])
        labels = [f"{label} ({obligation})" if label in taken else label for label in coming["label_fr"]]
        coming = coming.assign(label_fr=labels)
    rest = rows[rows["obligation_id"] != obligation]
    return pd.concat([rest, coming], ignore_index=True)


def share(
    inv: Inventory,
    ptf: Portfolio,
    *,
    obligation: str,
    concepts: Iterable[str],
    source: str,
    labels: Iterable[str] = (),
) -> Case:
    """Items are taken from where they are given already: another obligation, or a register.

    Parameters
    ----------
    labels : iterable of str
        Their labels there, where only some of the items about a concept are taken from elsewhere.
    source : str
        The obligation that asks for the items as well, or the authority that holds them.

    Raises
    ------
    InventoryError
        If the obligation does not ask for an item, or the source does not have it.
    """
    wanted = set(concepts)
    _known(inv, obligation)
    _asked(inv, obligation, wanted)
    asked = inv.requests.loc[inv.requests["obligation_id"] == source, "concept_id"]
    held = inv.holdings.loc[inv.holdings["authority_id"] == source, "concept_id"]
    if missing := sorted(wanted - set(asked) - set(held)):
        raise InventoryError(
            [
                _fault(inv, text("'{source}' does not have '{concept}'.", source=source, concept=concept))
                for concept in missing
            ]
        )
    return drop(inv, ptf, obligation=obligation, concepts=wanted, labels=labels)


def lengthen(inv: Inventory, ptf: Portfolio, *, obligation: str, period: str) -> Case:
    """An obligation falls due less often.

    Raises
    ------
    InventoryError
        If the obligation does not exist, or the period is none.
    """
    if not is_period(period):
        raise InventoryError([_fault(inv, text("'{period}' is not a period.", period=period))])
    return _set(inv, obligation, period=period), ptf


def align(inv: Inventory, ptf: Portfolio, *, obligation: str, deadline: str) -> Case:
    """An obligation falls due on another day.

    Raises
    ------
    InventoryError
        If the obligation does not exist, or the deadline is none.
    """
    try:
        parse_deadlines(deadline)
    except ValueError as error:
        raise InventoryError([_fault(inv, text("{fault}.", fault=str(error)))]) from None
    return _set(inv, obligation, deadline=deadline), ptf


def recognise(inv: Inventory, ptf: Portfolio, *, obligation: str, by: str, coverage: float) -> Case:
    """Another obligation stands for part of this one, which is done for the rest only.

    Parameters
    ----------
    by : str
        The obligation that is recognised.
    coverage : float
        Share of this obligation that the other one answers, between 0 and 1
        (see :func:`burden.analysis.coverage.recognised`).

    Raises
    ------
    InventoryError
        If one of the two does not exist, or the coverage is no share.
    """
    _known(inv, by)
    return sample(inv, ptf, obligation=obligation, share=1.0 - coverage)


def sample(inv: Inventory, ptf: Portfolio, *, obligation: str, share: float) -> Case:
    """An obligation falls on a share of those on whom it falls today.

    Raises
    ------
    InventoryError
        If the obligation does not exist, or the share is not between 0 and 1.
    """
    _known(inv, obligation)
    if not 0 <= share <= 1:
        raise InventoryError([_fault(inv, text("{share} is not a share between 0 and 1.", share=share))])
    duties = inv.duties
    chosen = duties["obligation_id"] == obligation
    duties.loc[chosen, "share"] = duties.loc[chosen, "share"] * share
    return with_tables(inv, {"duties": duties}), ptf


def threshold(inv: Inventory, ptf: Portfolio, *, obligation: str, population: str, minimum: float) -> Case:
    """An obligation falls only on those of a certain size.

    Raises
    ------
    InventoryError
        If the obligation or the population does not exist, or a duty has a threshold already.
    """
    _known(inv, obligation)
    if population not in set(inv.populations["population_id"]):
        guess = did_you_mean(population, inv.populations["population_id"], text("Name one of the inventory."))
        raise InventoryError([_fault(inv, text("there is no population '{name}'.", name=population), guess)])
    duties = inv.duties
    chosen = duties["obligation_id"] == obligation
    if duties.loc[chosen, "threshold_population_id"].notna().any():
        raise InventoryError([_fault(inv, text("'{name}' has a threshold already.", name=obligation))])
    duties.loc[chosen, "threshold_population_id"] = population
    duties.loc[chosen, "threshold_minimum"] = minimum
    return with_tables(inv, {"duties": duties}), ptf


def afterwards(inv: Inventory, ptf: Portfolio, *, obligation: str) -> Case:
    """Declared first and checked afterwards: documents are kept at disposal instead of sent.

    Raises
    ------
    InventoryError
        If the obligation does not exist.
    """
    changed = _set(inv, obligation, timing="ex_post", proof="declaration")
    kind = dict(zip(inv.concepts["concept_id"], inv.concepts["kind"], strict=True))
    requests = changed.requests
    sent = (requests["obligation_id"] == obligation) & (requests["concept_id"].map(kind) == "document")
    return with_tables(changed, {"requests": requests[~sent]}), ptf


def harmonise(inv: Inventory, ptf: Portfolio, *, concept: str, like: str, obligations: Iterable[str]) -> Case:
    """Several obligations ask for a piece of information as one of them does.

    Parameters
    ----------
    like : str
        The obligation whose definition the others take: reference period, perimeter, unit.

    Raises
    ------
    InventoryError
        If one of them does not ask for it.
    """
    others = list(obligations)
    for name in [like, *others]:
        _known(inv, name)
        _asked(inv, name, {concept})
    requests = inv.requests
    about = requests["concept_id"] == concept
    model = requests[about & (requests["obligation_id"] == like)].iloc[0]
    for facet in ("reference_period", "perimeter", "unit"):
        requests.loc[about & requests["obligation_id"].isin(others), facet] = model[facet]
    return with_tables(inv, {"requests": requests}), ptf


def contract(
    inv: Inventory,
    ptf: Portfolio,
    *,
    units: Iterable[str],
    add: Iterable[str],
    remove: Iterable[str] = (),
    operator: str = "",
    contracts: float | None = None,
) -> Case:
    """Units pass under another regime, such as a CPOM: their tags change, and their duties with them.

    Parameters
    ----------
    operator : str
        Unit whose number of contracts changes, if any.
    contracts : float
        Its number of contracts in force (population ``cpom``).

    Raises
    ------
    KeyError
        If a unit is not in the portfolio.
    """
    under = retagged(ptf, add=add, remove=remove, units=units)
    if not operator:
        return inv, under
    frame = under.units
    frame.loc[frame["unit_id"] == operator, "cpom"] = contracts
    return inv, Portfolio(ptf.name, frame)


def group(
    inv: Inventory, ptf: Portfolio, *, operators: Iterable[str], into: str, contracts: float | None = None
) -> Case:
    """Several operators become one.

    Raises
    ------
    KeyError
        If an operator is not in the portfolio.
    """
    return inv, grouped(inv, ptf, operators, into=into, quantities=None if contracts is None else {"cpom": contracts})


def instead(inv: Inventory, ptf: Portfolio, *, obligation: str, by: str) -> Case:
    """Another procedure is followed as often as this one was, in its place.

    Raises
    ------
    InventoryError
        If one of the two does not exist.
    """
    _known(inv, obligation)
    _known(inv, by)
    counted = dict(zip(inv.obligations["obligation_id"], inv.obligations["population_id"], strict=True))
    frame = ptf.units
    before, after = counted[obligation], counted[by]
    if before in frame and before != after:
        present = frame[after] if after in frame else pd.Series(0.0, index=frame.index)
        frame[after] = frame[before] + present.fillna(0.0)
        frame[before] = frame[before].where(frame[before].isna(), 0.0)
    return inv, Portfolio(ptf.name, frame)


def _set(inv: Inventory, obligation: str, **cells: str) -> Inventory:
    _known(inv, obligation)
    obligations = inv.obligations
    for column, value in cells.items():
        obligations.loc[obligations["obligation_id"] == obligation, column] = value
    return with_tables(inv, {"obligations": obligations})


def _known(inv: Inventory, obligation: str) -> None:
    ids = inv.obligations["obligation_id"]
    if obligation not in set(ids):
        guess = did_you_mean(obligation, ids, text("Name one of the inventory."))
        raise InventoryError([_fault(inv, text("there is no obligation '{name}'.", name=obligation), guess)])


def _asked(inv: Inventory, obligation: str, concepts: set[str]) -> None:
    asked = set(inv.requests.loc[inv.requests["obligation_id"] == obligation, "concept_id"])
    if missing := sorted(concepts - asked):
        raise InventoryError(
            [
                _fault(
                    inv, text("'{obligation}' does not ask for '{concept}'.", obligation=obligation, concept=concept),
                    did_you_mean(concept, asked, text("Name an item that it asks for.")),
                )
                for concept in missing
            ]
        )  # fmt: skip


def _fault(inv: Inventory, fault: Text, remedy: Text | None = None) -> Finding:
    return Finding("lever", "error", Place(inv.name), fault, remedy or text("Correct the scenario."))


LEVERS: Mapping[str, Callable[..., Case]] = MappingProxyType(
    {
        lever.__name__: lever
        for lever in (
            drop, merge, share, lengthen, align, recognise, sample, threshold, afterwards, harmonise, contract, group,
            instead,
        )
    }
)  # fmt: skip
"""Every lever by the name that a scenario gives it."""
