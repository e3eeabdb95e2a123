"""Ledger lines gathered into cells that share all their factors, each with its quantiles.

A cell is one obligation for one type of respondent, its minutes from one basis. Within a cell the
lines move together, so the cell has one quantile function: the sum of those of its lines.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis import ledger
from burden.analysis.lines import lines
from burden.analysis.uncertainty import pert, spread
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
MEASURES = ("hours_per_year", "cost_eur_per_year")
_FACTORS = ["obligation_id", "actor_id", "quantity_evidence", "counted", "from_table", "priced"]
_WHOLE = ("operator", "establishment")


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells in the order of their groups.

    Attributes
    ----------
    groups : DataFrame
        One row per group asked for, with ``central``, ``rows``, ``rows_unmeasured`` and
        ``rows_without_range``.
    group : array of int, shape (cells,)
        Group of each cell.
    obligation : array of int, shape (cells,)
        Place of the cell's obligation in the inventory that numbers the draws.
    respondent : array of int, shape (cells,)
        Type of respondent, as a place in ``respondents``.
    respondents : list of str
        The types of respondent that are present.
    respondent_number : array of int, shape (respondents,)
        Place of each in the inventory that numbers the draws.
    from_table : array of bool, shape (cells,)
        Whether the minutes come from the standard times.
    quantity : array of int, shape (cells,)
        Row of ``quantity_values`` that multiplies the cell; −1 where the number is certain.
    quantity_respondent : array of int, shape (quantity_values,)
        Type of respondent whose number it is, as a place in ``respondents``.
    quantity_values, price_values : array of float
        Quantiles of the multiples of quantities, and of the cost of an hour.
    priced : array of bool, shape (cells,)
        Whether the cost of an hour multiplies the cell.
    values : array of float, shape (cells, scores)
        Quantiles of the measure.
    """

    groups: pd.DataFrame
    group: Integers
    obligation: Integers
    respondent: Integers
    respondents: list[str]
    respondent_number: Integers
    from_table: npt.NDArray[np.bool_]
    quantity: Integers
    quantity_respondent: Integers
    quantity_values: Floats
    price_values: Floats
    priced: npt.NDArray[np.bool_]
    values: Floats


def cells(
    inv: Inventory,
    ptf: Portfolio,
    by: Sequence[str],
    measure: str,
    side: str | None,
    *,
    numbered_as: Inventory | None = None,
    certain: Collection[str] = (),
) -> Cells:
    """Gather the ledger into cells.

    Parameters
    ----------
    numbered_as : Inventory, optional
        Inventory whose obligations and actors number the draws, ``inv`` itself when absent; those
        that it does not have come after. What two cases numbered as one have in common has the
        same draws in both, whatever else is in them.
    certain : collection of str
        Populations whose numbers are certain, and are not drawn; those of operators and
        establishments always are.

    Raises
    ------
    ValueError
        If the measure is neither hours nor euros.
    KeyError
        If a column to group by does not exist.
    """
    if measure not in MEASURES:
        raise ValueError(f"{measure!r} is not one of {', '.join(MEASURES)}")
    frame = _frame(inv, ptf, by, side, certain)
    frame = frame.assign(priced=(frame["line"] != "external") & (measure == "cost_eur_per_year"))
    triple, weight = _nothing_is_known(*_amounts(inv, frame, measure))
    known = ~np.isnan(weight * triple[:, 1])
    groups, of_line = _groups(frame, by, triple, weight, known)
    frame, triple, weight, of_line = frame[known], triple[known], weight[known], of_line[known]
    keys = frame[_FACTORS].assign(group=of_line)
    of_cell = keys.groupby(["group", *_FACTORS], sort=True).ngroup().to_numpy().astype(np.int64)
    first = pd.Series(np.arange(len(frame))).groupby(of_cell).first().to_numpy()
    values = _summed(of_cell, len(first), triple, weight)
    return _assembled(inv, numbered_as or inv, groups, keys.iloc[first], values)


def _frame(
    inv: Inventory, ptf: Portfolio, by: Sequence[str], side: str | None, certain: Collection[str]
) -> pd.DataFrame:
    """Lines with their occurrences, for each type of respondent and evidence of its quantities."""
    unit_by = [c for c in by if c in ledger.UNIT_COLUMNS and c != "actor_id"]
    often = ledger.occurrences(inv, ptf, by=[*unit_by, "actor_id", "evidence"])
    often = often.rename(columns={"evidence": "quantity_evidence"})
    effort = lines(inv)
    effort = effort[effort["side"] == side] if side else effort
    frame = often.merge(effort, on=["obligation_id", "population_id"], sort=False)
    missing = [c for c in by if c not in frame]
    if unknown := [c for c in missing if c not in inv.obligations]:
        raise KeyError(f"no column {unknown[0]!r} to group by")
    frame = frame.merge(inv.obligations[["obligation_id", *missing]], on="obligation_id", sort=False)
    populations = inv.populations
    held = populations["grain"].isin(_WHOLE) | populations["population_id"].isin(set(certain))
    return frame.assign(
        quantity_evidence=frame["quantity_evidence"].fillna(""),
        counted=~frame["population_id"].isin(populations.loc[held, "population_id"]),
        from_table=frame["minutes_basis"] == "assumed",
    )


def _amounts(inv: Inventory, frame: pd.DataFrame, measure: str) -> tuple[Floats, Floats]:
    """Low, central and high of one occurrence, and what multiplies them."""
    minutes = frame[["minutes_low", "minutes", "minutes_high"]].to_numpy(dtype="float64")
    triple = spread.bounded(inv, "minutes", minutes, frame["number_evidence"]) / 60.0
    times = frame["occurrences_per_year"].mask(frame["one_off"], 0.0).to_numpy(dtype="float64")
    if measure == "hours_per_year":
        return triple, times
    paid = frame[["external_eur_low", "external_eur", "external_eur_high"]].to_numpy(dtype="float64")
    external = (frame["line"] == "external").to_numpy()
    triple[external] = spread.bounded(inv, "external", paid, frame["number_evidence"])[external]
    rate = frame["staff_grade"].map(ledger.hourly_cost(inv)["eur_per_h"]).to_numpy(dtype="float64")
    # What takes no time costs nothing, whoever does it.
    rate = np.where(external, 1.0, np.where(triple[:, 1] == 0, 0.0, rate))
    return triple, times * rate


def _nothing_is_known(triple: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Nothing, however often, and nothing done of what is unknown, are a known zero, as in the ledger."""
    triple = np.where((weight == 0)[:, None], 0.0, triple)
    return triple, np.where((triple == 0).all(axis=1), 0.0, weight)


def _groups(
    frame: pd.DataFrame, by: Sequence[str], triple: Floats, weight: Floats, known: npt.NDArray[np.bool_]
) -> tuple[pd.DataFrame, Integers]:
    """One row per group with its central value and what it leaves out, and the group of each line."""
    counted = pd.DataFrame(
        {
            "central": np.where(known, weight * triple[:, 1], np.nan),
            "rows": 1,
            "rows_unmeasured": (~known).astype("int64"),
            "rows_without_range": (known & spread.unspread(triple)).astype("int64"),
        },
        index=frame.index,
    )
    if not by:
        total = counted.sum().to_frame().T.assign(central=counted["central"].sum(min_count=1))
        return total.astype(dict.fromkeys(counted.columns[1:], "int64")), np.zeros(len(frame), dtype=np.int64)
    grouped = pd.concat([frame[list(by)], counted], axis=1).groupby(list(by), dropna=False, sort=True)
    return grouped[list(counted)].sum(min_count=1).reset_index(), grouped.ngroup().to_numpy().astype(np.int64)


def _summed(of_cell: Integers, count: int, triple: Floats, weight: Floats) -> Floats:
    """Quantiles of each cell: those of its lines, weighted and added."""
    distinct, of_line = np.unique(triple, axis=0, return_inverse=True)
    weights = sparse.csr_array((weight, (of_cell, of_line.ravel())), shape=(count, len(distinct)))
    return np.asarray(weights @ pert.quantiles(*distinct.T))


def _assembled(
    inv: Inventory, numbered_as: Inventory, groups: pd.DataFrame, keys: pd.DataFrame, values: Floats
) -> Cells:
    place = _places([*numbered_as.obligations["obligation_id"], *inv.obligations["obligation_id"]])
    # By place, so that neither an identifier nor who else is present decides a draw.
    number = _places([*numbered_as.actors["actor_id"], *inv.actors["actor_id"]])
    present = sorted(keys["actor_id"].unique(), key=lambda a: number[a])
    respondent = keys["actor_id"].map({a: i for i, a in enumerate(present)}).to_numpy(dtype=np.int64)
    pairs = keys.assign(respondent=respondent)[["respondent", "quantity_evidence"]]
    counted = keys["counted"].to_numpy()
    distinct = pairs[counted].drop_duplicates().reset_index(drop=True)
    row = {tuple(pair): i for i, pair in enumerate(distinct.itertuples(index=False, name=None))}
    quantity = [
        row[pair] if c else -1 for pair, c in zip(pairs.itertuples(index=False, name=None), counted, strict=True)
    ]
    return Cells(
        groups=groups,
        group=keys["group"].to_numpy(dtype=np.int64),
        obligation=np.array([place[o] for o in keys["obligation_id"]], dtype=np.int64),
        respondent=respondent,
        respondents=[str(a) for a in present],
        respondent_number=np.array([number[a] for a in present], dtype=np.int64),
        from_table=keys["from_table"].to_numpy(dtype=bool),
        quantity=np.asarray(quantity, dtype=np.int64),
        quantity_respondent=distinct["respondent"].to_numpy(dtype=np.int64),
        quantity_values=_multiples(spread.factors(inv, "quantity", distinct["quantity_evidence"])),
        price_values=price_multiples(inv),
        priced=keys["priced"].to_numpy(dtype=bool),
        values=values,
    )


def _places(ids: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(ids))}


def _multiples(factor: Floats) -> Floats:
    return pert.quantiles(factor[:, 0], np.ones(len(factor)), factor[:, 1])


def price_multiples(inv: Inventory) -> Floats:
    """Quantiles of the cost of an hour as a multiple of its central value, one for all grades.

    The widest of the latest tariffs: their errors come from one source and go together.
    """
    latest = inv.tariffs.sort_values("year").groupby("staff_grade").tail(1)
    central = latest["eur_per_h"].to_numpy(dtype="float64")
    triple = np.column_stack([latest["eur_per_h_low"].fillna(latest["eur_per_h"]), central,
                              latest["eur_per_h_high"].fillna(latest["eur_per_h"])])  # fmt: skip
    multiple = spread.bounded(inv, "tariff", triple, latest["evidence"]) / central[:, None]
    widest = np.array([[multiple[:, 0].min(initial=1.0), multiple[:, 2].max(initial=1.0)]])
    return np.asarray(_multiples(widest)[0])
