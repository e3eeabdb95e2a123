"""The cells that a shared bundle may show, who makes each, and which say too much of too few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import sparse

from burden.analysis import ledger
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles

HOURS = tuple(f"hours_per_year{bound}" for bound in ledger.BOUNDS)
MEASURES = ("units", *HOURS)
OTHER = "other"
"""Stands for the labels that too few operators have."""
NOT_STATED = "not_stated"
NEVER_SHOWN = "profiles"
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "totals": (),
        "by_actor": ("actor_id",),
        "by_authority": ("required_by_id",),
        "by_obligation": ("obligation_id",),
        "by_territory": ("territory",),
        "by_actor_territory": ("actor_id", "territory"),
        "by_actor_authority": ("actor_id", "required_by_id"),
        NEVER_SHOWN: ("type", "profile", "population_id"),
    }
)
"""The tables that are shared and what their rows are: whatever is not here is not shared."""
_CENTRAL = ("hours_per_year",)
MEASURED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "totals": MEASURES,
        "by_actor": MEASURES,
        "by_authority": HOURS,
        "by_obligation": HOURS,
        "by_territory": _CENTRAL,
        "by_actor_territory": _CENTRAL,
        "by_actor_authority": _CENTRAL,
        NEVER_SHOWN: ("units", "hours_per_year"),
    }
)
"""What each shows. Every further measure of a cell is one more equation for who wants its neighbours."""
LABELS = ("actor_id", "territory", "required_by_id", "obligation_id")
_OF_TOOLS = {"required_by_id", "obligation_id"}
_ALIKE = ("operator", "establishment")
"""Populations of which a unit counts one: who knows them knows the units."""


@dataclass(frozen=True)
class Rule:
    """When a cell says too much.

    Attributes
    ----------
    at_least : int
        Operators that a cell must cover; 1 hides nothing.
    dominance_share : float
        The largest share of a cell that one operator may make.
    width_share : float
        Width, as a share of its value, of the narrowest range into which a reader may bring a
        hidden number.
    """

    at_least: int = 5
    dominance_share: float = 0.85
    width_share: float = 0.5


@dataclass(frozen=True, eq=False)
class Cells:
    """Every cell of every shared table, before anything is hidden.

    Attributes
    ----------
    frame : DataFrame
        One row a cell: ``table``, the labels (``type`` where none was folded), ``operators``, the
        measures, ``unmeasured`` (lines of tools that lack a figure for some unit), ``sensitive``.
    numbers : DataFrame
        One row per measure of a cell that is above zero: ``cell``, ``measure``, ``value`` and
        whether it is ``ever_shown``.
    shares : sparse array, shape (numbers, quantities)
        What share of each number comes from each quantity of the portfolio. Shares of a row sum
        to 1.
    """

    frame: pd.DataFrame
    numbers: pd.DataFrame = field(repr=False)
    shares: sparse.csr_array = field(repr=False)


def contributions(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """What each operator brings to the hours and to the number of units.

    Returns
    -------
    DataFrame
        One row per operator × labels × line, or per operator × labels for units:
        ``operator_id``, the labels, the measures, ``line`` and ``quantity``, the number of the
        portfolio that the row is proportional to. The inventory is public: whoever knows one row
        of a quantity knows the others.
    """
    # The ledger groups units by any of their columns; their names are not needed here.
    marked = Portfolio(ptf.name, ptf.units.assign(name=profiles(inv, ptf).of_unit.astype("str")))
    by = ["operator_id", "actor_id", "territory", "name"]
    built = ledger.build(inv, marked, by=by)
    own = built[built["side"] == "respondent"]
    required = inv.obligations.set_index("obligation_id")["required_by_id"]
    own = own.assign(
        units=np.nan,
        required_by_id=own["obligation_id"].map(required).astype("str").fillna(NOT_STATED),
        line=own["obligation_id"] + "/" + own["line"] + "/" + own["what"].astype("str"),
        population_id=own["population_id"].where(~own["population_id"].isin(_ALIKE), "unit"),
    )
    units = marked.units.groupby(by, dropna=False).size().astype("float64").rename("units").reset_index()
    rows = pd.concat([own, units.assign(population_id="unit")], ignore_index=True)
    rows["territory"] = rows["territory"].fillna(NOT_STATED)
    rows["quantity"] = rows.groupby(["actor_id", "territory", "name", "population_id"]).ngroup()
    # Sums, and with them the cells hidden, must not hang on who comes first.
    rows = rows.sort_values(["quantity", "line", "hours_per_year", "units"], kind="stable", ignore_index=True)
    rows = rows.assign(type=rows["actor_id"]).rename(columns={"name": "profile"})
    return rows[["operator_id", "type", "profile", "population_id", *LABELS, *MEASURES, "line", "quantity"]]


def folded(rows: pd.DataFrame, at_least: int) -> pd.DataFrame:
    """The contributions, with labels that fewer operators have all called :data:`OTHER`."""
    rows = rows.copy()
    for label in LABELS:
        rows[label] = rows[label].where(~rows[label].isin(_too_few(rows, label, at_least)), OTHER)
    return rows


def _too_few(rows: pd.DataFrame, label: str, at_least: int) -> set[str]:
    """Labels of too few operators, and as many more as it takes for them to stand together."""
    of_label = rows.groupby(label)["operator_id"].agg(set)
    few, together = set[str](), set[str]()
    for name, operators in sorted(of_label.items(), key=lambda item: (len(item[1]), item[0])):
        if len(operators) >= at_least and (not few or len(together) >= at_least):
            break
        few.add(str(name))
        together |= operators
    return few


def cells(rows: pd.DataFrame, rule: Rule) -> Cells:
    """Sum contributions into the cells of every shared table."""
    frames, numbers, shares, start = [], [], [], 0
    width = int(rows["quantity"].max()) + 1 if len(rows) else 0
    for table, key in TABLES.items():
        part = rows[rows["obligation_id"].notna()] if _OF_TOOLS & set(key) else rows
        group = part.groupby(list(key)).ngroup().to_numpy() if key else np.zeros(len(part), dtype=np.int64)
        part = part.assign(cell=group + start)
        frame = _summed(part, list(key), rule)
        frames.append(frame.assign(table=table))
        for measure in _attacked(table):
            known = frame[measure] > 0
            values = frame.loc[known, measure]
            told = pd.DataFrame({"cell": values.index, "measure": measure, "value": values.to_numpy()})
            numbers.append(told.assign(ever_shown=table != NEVER_SHOWN and measure in MEASURED[table]))
            shares.append(_shares(part, measure, values, width))
        start += len(frame)
    frame = pd.concat(frames)
    told = frame.reindex(columns=["table", *LABELS, "type", "operators", *MEASURES, "unmeasured", "sensitive"])
    return Cells(told, pd.concat(numbers, ignore_index=True), sparse.csr_array(sparse.vstack(shares)))


def _attacked(table: str) -> list[str]:
    """What is shown of a table, and the units of each cell: a reader knows that there is one at least."""
    return [m for m in MEASURES if m in MEASURED[table] or (m == "units" and not _OF_TOOLS & set(TABLES[table]))]


def _summed(part: pd.DataFrame, key: list[str], rule: Rule) -> pd.DataFrame:
    """The cells of one table, indexed by cell."""
    grouped = part.groupby("cell")
    frame = grouped[list(MEASURES)].sum(min_count=1).join(grouped[key].first())
    frame["operators"] = grouped["operator_id"].nunique()
    lacking = part[part["hours_per_year"].isna() & part["line"].notna()]
    frame["unmeasured"] = lacking.groupby("cell")["line"].nunique().reindex(frame.index, fill_value=0)
    largest = part.groupby(["cell", "operator_id"])[list(MEASURES)].sum().groupby("cell").max()
    dominated = (largest > rule.dominance_share * frame[list(MEASURES)]).any(axis=1)
    few = frame["operators"] < rule.at_least
    return frame.assign(sensitive=(few | dominated) & (rule.at_least > 1))


def _shares(part: pd.DataFrame, measure: str, values: pd.Series, width: int) -> sparse.csr_array:
    """One row per value: the share that each quantity makes of it."""
    summed = part[part["cell"].isin(values.index)].groupby(["cell", "quantity"])[measure].sum()
    at = values.index.get_indexer(summed.index.get_level_values("cell"))
    made = summed.to_numpy() / values.to_numpy()[at]
    columns = summed.index.get_level_values("quantity").to_numpy()
    found: sparse.csr_array = sparse.csr_array((made, (at, columns)), shape=(len(values), width))
    found.eliminate_zeros()
    return found
