"""Who is audited: units with their type, their tags and their quantities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from burden.model.cells import folded, plain, to_plain
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import text
from burden.model.records import Record
from burden.model.schema import Column

FIXED = {
    "unit_id": "structure",
    "operator_id": "organisme gestionnaire",
    "actor_id": "acteur",
    "name": "nom",
    "territory": "territoire",
    "tags": "caractéristiques",
    "exempt_obligation_ids": "obligations écartées",
    "evidence": "degré de preuve",
    "source_id": "source",
    "note": "remarque",
}
"""Columns that are not quantities, with the French header that is read as well."""

UNITS_LIMIT = 1_000_000
"""Most units that published numbers are made into; the national register has 45,000."""

_REQUIRED = ("unit_id", "operator_id", "actor_id")
_LISTS = ("tags", "exempt_obligation_ids")
_LIST = Column("portfolio", "list", "list", "", False, None, None, "", "", "", "", (), "", "", "budget|cpom")
_QUANTITY = Column("portfolio", "quantity", "number", "", False, 0.0, None, "", "", "", "", (), "", "", "12")


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Units under audit, one row each; ``ptf.units`` is a frame of your own.

    Every column that is not fixed is the quantity of a population of the inventory (``person``,
    ``staff``, ``serious_incident`` …); an empty cell is an unknown number, not zero.
    """

    name: str
    frame: pd.DataFrame = field(repr=False)

    @property
    def units(self) -> pd.DataFrame:
        """One row a unit: the fixed columns, then one column per population."""
        return self.frame.copy(deep=False)

    @property
    def populations(self) -> list[str]:
        """The populations that the portfolio gives a number for."""
        return [str(c) for c in self.frame if c not in FIXED]


def portfolio_from_frame(name: str, frame: pd.DataFrame) -> Portfolio:
    """A portfolio from a table in memory; ``tags`` and exemptions are joined by ``|``.

    Returns
    -------
    Portfolio
        Read-only; a column that is not a fixed one is a population.

    Raises
    ------
    InventoryError
        If a required column is missing, a unit stands twice, or a quantity is negative.

    Examples
    --------
    >>> units = pd.DataFrame({"unit_id": ["u"], "operator_id": ["o"], "actor_id": ["mecs"], "person": [60]})
    >>> portfolio_from_frame("one home", units).populations
    ['person']
    """
    faults = [
        Finding(
            "missing column",
            "error",
            Place(name, column=column),
            text("the column '{column}' is missing.", column=column),
            text("Add it; a portfolio needs {columns}.", columns=", ".join(_REQUIRED)),
        )
        for column in _REQUIRED
        if column not in frame
    ]
    if faults:
        raise InventoryError(faults)
    units = _typed(frame)
    faults = _unit_faults(name, units)
    if faults:
        raise InventoryError(faults)
    return Portfolio(name, units)


def _too_many_units(name: str) -> Finding:
    return Finding(
        "units", "error", Place(name, column="establishment"),
        text("the numbers come to more than {limit} establishments.", limit=UNITS_LIMIT),
        text("Correct the number, or split the portfolio."),
    )  # fmt: skip


def portfolio_from_counts(name: str, counts: pd.DataFrame) -> Portfolio:
    """A portfolio from published totals: one unit per establishment, with the mean of its type.

    Each unit is its own operator, so nothing is counted as asked twice of one organisation. A
    type whose number of establishments is unknown has no unit.

    Parameters
    ----------
    counts : DataFrame
        One row per type of actor: ``actor_id``, ``establishment`` (their number), totals of
        populations, and any fixed column of a portfolio.

    Returns
    -------
    Portfolio
        As many units as there are establishments.

    Examples
    --------
    >>> counts = pd.DataFrame({"actor_id": ["mecs"], "establishment": [2.0], "place": [88.0]})
    >>> portfolio_from_counts("two homes", counts).units[["unit_id", "place"]].to_numpy().tolist()
    [['mecs-1', 44.0], ['mecs-2', 44.0]]
    """
    known = counts[counts["establishment"].notna()]
    if known["establishment"].sum() > UNITS_LIMIT:
        raise InventoryError([_too_many_units(name)])
    each = known["establishment"].astype("int64").to_numpy()
    units = known.iloc[np.repeat(np.arange(len(known)), each)].reset_index(drop=True)
    totals = [str(c) for c in units if c not in FIXED and c != "establishment"]
    units[totals] = units[totals].astype("float64").div(units.pop("establishment").astype("float64"), axis=0)
    ids = units["actor_id"] + "-" + (units.groupby("actor_id").cumcount() + 1).astype("str")
    return portfolio_from_frame(name, units.assign(unit_id=ids, operator_id=ids))


def is_operator(inv: Inventory, rows: pd.DataFrame) -> pd.Series:
    """Whether each row stands for an operator itself rather than for one of its services.

    Parameters
    ----------
    rows : DataFrame
        Units of a portfolio, or anything else with an ``actor_id``.

    Examples
    --------
    >>> import burden as bd
    >>> types = pd.DataFrame({"actor_id": ["association", "home"], "kind": ["operator", "establishment"]})
    >>> inv = bd.from_frames("by hand", {"actors": types.assign(name_fr="—", evidence="text")})
    >>> is_operator(inv, pd.DataFrame({"actor_id": ["home", "association"]})).tolist()
    [False, True]
    """
    kind = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    return rows["actor_id"].map(kind) == "operator"


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    rows = pd.RangeIndex(len(frame))
    fixed = {column: _words(column, frame, rows) for column in FIXED}
    # Held as one array: whatever is done to all of the numbers is done once.
    given = frame[[c for c in frame if c not in FIXED]]
    numbers = given.to_numpy(dtype="float64", na_value=np.nan)
    quantities = pd.DataFrame(numbers, index=rows, columns=given.columns)
    return pd.concat([pd.DataFrame(fixed, index=rows), quantities], axis=1)


def _words(column: str, frame: pd.DataFrame, rows: pd.RangeIndex) -> Any:
    """The cells of a fixed column; an empty list is a known, empty one."""
    if column not in frame:
        return pd.Series("" if column in _LISTS else None, index=rows, dtype="str").array
    words = frame[column].astype("str")
    return (words.fillna("") if column in _LISTS else words).array


def _unit_faults(name: str, units: pd.DataFrame) -> list[Finding]:
    findings = [
        Finding(
            "duplicate key",
            "error",
            Place(name, column="unit_id"),
            text("the unit '{value}' stands twice.", value=value),
            text("Keep one of the two rows, or give one another identifier."),
            value=value,
        )
        for value in units.loc[units["unit_id"].duplicated(), "unit_id"].dropna()
    ]
    findings += [
        Finding(
            "cell",
            "error",
            Place(name, int(str(row)) + 1, column),
            text("the cell is empty and must not be."),
            text("Write an identifier."),
        )
        for column in _REQUIRED
        for row in units.index[units[column].isna()]
    ]
    quantities = units[[c for c in units if c not in FIXED]]
    for row, column in zip(*np.nonzero(quantities.to_numpy() < 0), strict=True):
        findings.append(
            Finding(
                "cell",
                "error",
                Place(name, column=str(quantities.columns[column])),
                text("the unit '{unit}' has a negative number.", unit=units["unit_id"].iloc[row]),
                text("Correct the number, or leave the cell empty if it is unknown."),
            )
        )
    return findings


def read_units(name: str, file: str, records: Iterable[Record]) -> Portfolio:
    """A portfolio from rows of text: units, or published counts by type where no unit is named.

    Raises
    ------
    InventoryError
        With every fault of every cell.
    """
    findings: list[Finding] = []
    rows = []
    for record in records:
        row: dict[str, object] = {}
        for header, raw in record.cells.items():
            place = Place(file, record.line, header)
            row[header], faults = _unit_cell(header, raw, place)
            findings += faults
        rows.append(row)
    if findings:
        raise InventoryError(findings)
    frame = pd.DataFrame(rows)
    of_units = "unit_id" in frame or not {"actor_id", "establishment"} <= set(frame)
    return portfolio_from_frame(name, frame) if of_units else portfolio_from_counts(name, frame)


def _unit_cell(header: str, raw: str, place: Place) -> tuple[object, list[Finding]]:
    if header in FIXED:
        value = to_plain(_LIST, raw) if header in _LISTS else plain(raw)
        if header in _REQUIRED and not value:
            return None, [
                Finding(
                    "cell",
                    "error",
                    place,
                    text("the cell is empty and must not be."),
                    text("Write an identifier."),
                    value=raw,
                )
            ]
        return value or None, []
    number = to_plain(_QUANTITY, raw)
    if not number:
        return None, []
    try:
        value_read = float(number)
    except ValueError:
        value_read = -1.0
    if not 0 <= value_read < float("inf"):
        return None, [
            Finding(
                "cell",
                "error",
                place,
                text("'{value}' is not a number of zero or more.", value=raw[:60]),
                text("Write digits only, or leave the cell empty if it is unknown."),
                value=raw[:60],
            )
        ]
    return value_read, []


def column_named(header: str) -> str:
    """The column that a header of a portfolio file names, whatever its language and case.

    Examples
    --------
    >>> column_named("Organisme gestionnaire"), column_named("Serious incident")
    ('operator_id', 'serious_incident')
    """
    known = {folded(n): c for c, label in FIXED.items() for n in (c, label)}
    return known.get(folded(header), folded(header).replace(" ", "_"))


def known_to(inv: Inventory, ptf: Portfolio) -> Portfolio:
    """The portfolio without the populations that an inventory, such as an earlier one, does not count.

    Examples
    --------
    >>> import burden as bd
    >>> ptf = bd.example_portfolio("four-tools")
    >>> more = portfolio_from_frame(ptf.name, ptf.units.assign(calls=3))
    >>> more.populations, known_to(bd.example("four-tools"), more).populations
    (['establishment', 'calls'], ['establishment'])
    """
    counted = set(inv.populations["population_id"])
    return Portfolio(ptf.name, ptf.frame[[c for c in ptf.frame if c in FIXED or c in counted]])


def _named(cells: pd.Series) -> set[str]:
    return set(cells.str.split("|").explode() if cells.name in _LISTS else cells)


def portfolio_findings(inv: Inventory, ptf: Portfolio) -> list[Finding]:
    """What the inventory does not know of a portfolio: types, tags, populations, operators."""
    units = ptf.units
    # A public authority that owes something itself is its own operator.
    own_row = inv.actors["kind"].isin(["operator", "public_authority"])
    operators = set(inv.actors.loc[own_row, "actor_id"])
    vocabulary = {
        "actor_id": set(inv.actors["actor_id"]),
        "tags": set(inv.tags["tag_id"]),
        "exempt_obligation_ids": set(inv.obligations["obligation_id"]),
    }
    findings = [
        Finding(
            "reference",
            "error",
            Place(ptf.name, column=column),
            text("'{value}' is not in the inventory.", value=value),
            text("Correct it, or add it to the inventory."),
            value=value,
        )
        for column, known in vocabulary.items()
        for value in sorted(_named(units[column]) - known - {""})
    ]
    findings += [
        Finding(
            "reference",
            "error",
            Place(ptf.name, column=p),
            text("'{value}' is not a population of the inventory.", value=p),
            text("Correct the header, or add it to the inventory."),
            value=p,
        )
        for p in ptf.populations
        if p not in set(inv.populations["population_id"])
    ]
    # A unit that is its own operator stands for both; nothing above it is left out.
    alone = units["unit_id"] == units["operator_id"]
    with_own_row = set(units.loc[units["actor_id"].isin(operators) | alone, "operator_id"])
    findings += [
        Finding(
            "operator without a row",
            "warning",
            Place(ptf.name, column="operator_id"),
            text("the operator '{value}' has units but no row of its own.", value=value),
            text("Add a row for it, or what it owes as an operator is left out."),
            value=value,
        )
        for value in sorted(set(units["operator_id"]) - with_own_row)
    ]
    return findings
