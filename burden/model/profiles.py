"""Units with the same duties are one profile: what is owed is worked out once for each.

A profile is a set of units with the same type, tags and exemptions, in the same territory where a
duty names any, on the same side of every size threshold. ``applies`` says, for profile ×
obligation, which share of the units is concerned: 0, a share, or unknown (NaN) when a size that
decides is unknown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio
from burden.model.remembered import remembered

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Row = Mapping[Hashable, Any]


@dataclass(frozen=True, eq=False)
class Profiles:
    """Profiles of a portfolio under an inventory.

    Attributes
    ----------
    of_unit : array of int, shape (units,)
        Profile of each unit.
    applies : array of float, shape (profiles, obligations)
        Share concerned, in the order of ``inv.obligations``; NaN where unknown.
    quantities : DataFrame, shape (units, populations)
        Number of each population of each unit; NaN where unknown.
    """

    of_unit: Integers
    applies: Floats
    quantities: pd.DataFrame


def profiles(inv: Inventory, ptf: Portfolio) -> Profiles:
    """Work out which obligations fall on which units.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> profiles(inv, ptf).applies.shape
    (1, 4)
    """
    return _profiles(inv, ptf)


@remembered
def _profiles(inv: Inventory, ptf: Portfolio) -> Profiles:
    units = ptf.units
    numbers = quantities(inv, ptf)
    sides = _threshold_sides(inv, numbers)
    # A territory that no duty names makes no difference.
    placed = ["territory"] if (inv.duties["territories"] != "").any() else []
    keys = units[["actor_id", *placed, "tags", "exempt_obligation_ids"]].fillna("")
    codes = [pd.factorize(keys[c])[0] for c in keys]
    codes += [pd.factorize(side, use_na_sentinel=False)[0] for side in sides.values()]
    of_unit, first = _combined(codes)
    representative = units.iloc[first]
    low, high = (np.zeros((len(first), len(inv.obligations))) for _ in range(2))
    side_of_profile = {k: v[first] for k, v in sides.items()}
    column = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
    pairs = list(zip(*(representative[c].to_numpy() for c in ("actor_id", "tags")), strict=True))
    kinds = {pair: i for i, pair in enumerate(dict.fromkeys(pairs))}
    kind = np.array([kinds[pair] for pair in pairs], dtype=np.int64)
    lineage = {actor: set(more_general(inv, actor)) for actor, _ in kinds}
    types = [lineage[actor] for actor, _ in kinds]
    tags = [frozenset(t.split("|")) for _, t in kinds]
    territory = representative["territory"]
    for duty in _duties(inv):
        at = column[duty["obligation_id"]]
        meets = _meets(duty, types, tags)[kind]
        surely, perhaps = _duty_applies(duty, meets, territory, side_of_profile)
        low[:, at] = np.maximum(low[:, at], surely)
        high[:, at] = np.maximum(high[:, at], perhaps)
    applies = np.where(low == high, low, np.nan)
    _exempt(applies, representative, column)
    applies.setflags(write=False)
    of_unit.setflags(write=False)
    return Profiles(of_unit, applies, numbers)


def _combined(codes: list[npt.NDArray[np.intp]]) -> tuple[Integers, Integers]:
    combined = np.zeros(len(codes[0]), dtype=np.int64)
    for code in codes:
        combined = pd.factorize(combined * (code.max(initial=0) + 1) + code)[0].astype(np.int64)
    _, first = np.unique(combined, return_index=True)
    return combined, first.astype(np.int64)


@remembered
def _duties(inv: Inventory) -> list[Row]:
    return [*inv.duties.to_dict("records")]


def _threshold_key(duty: Row) -> tuple[str, float, float]:
    population, low, high = (duty[f"threshold_{n}"] for n in ("population_id", "minimum", "maximum"))
    return (
        "" if pd.isna(population) else str(population),
        -np.inf if pd.isna(low) else float(low),
        np.inf if pd.isna(high) else float(high),
    )


def _threshold_sides(inv: Inventory, numbers: pd.DataFrame) -> dict[tuple[str, float, float], Floats]:
    sides: dict[tuple[str, float, float], Floats] = {}
    for key in dict.fromkeys(_threshold_key(duty) for duty in _duties(inv)):
        if key[0]:
            size = numbers[key[0]].to_numpy()
            within = ((size >= key[1]) & (size < key[2])).astype(float)
            sides[key] = np.where(np.isnan(size), np.nan, within)
    return sides


def _meets(duty: Row, types: list[set[str]], tags: list[frozenset[str]]) -> Floats:
    """Whether a duty falls on each kind of unit, by its type and tags."""
    required, excluded = ({t for t in duty[c].split("|") if t} for c in ("required_tags", "excluded_tags"))
    return np.array(
        [duty["actor_id"] in t and required <= own and not excluded & own for t, own in zip(types, tags, strict=True)],
        dtype=float,
    )


def _duty_applies(
    duty: Row, meets: Floats, territory: pd.Series, sides: dict[tuple[str, float, float], Floats]
) -> tuple[Floats, Floats]:
    """Share of each profile on which a duty falls surely, and perhaps: what is unknown parts them."""
    key = _threshold_key(duty)
    share = meets * float(duty["share"])
    if not key[0] and not duty["territories"]:
        return share, share
    within = sides[key] if key[0] else np.ones(len(meets))
    if duty["territories"]:
        there = territory.isin(duty["territories"].split("|")).astype(float).mask(territory.isna()).to_numpy()
        # Outside for sure is outside, whatever else is unknown.
        within = np.where((within == 0) | (there == 0), 0.0, within * there)
    return share * np.nan_to_num(within, nan=0.0), share * np.nan_to_num(within, nan=1.0)


def _exempt(applies: Floats, representative: pd.DataFrame, column: dict[str, int]) -> None:
    for row, ids in enumerate(representative["exempt_obligation_ids"]):
        # An exemption from an obligation outside a selection has nothing to exempt from here.
        for obligation in set(ids.split("|")) & set(column):
            applies[row, column[obligation]] = 0.0


def quantities(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Number of each population of each unit.

    A unit counts once as itself: an operator as ``operator``, an establishment as
    ``establishment``. An empty number of an operator is the sum over its establishments and
    services where all of them are known. Everything else that is empty is unknown (NaN).

    Returns
    -------
    DataFrame
        One row per unit in the order of the portfolio, one column per population.
    """
    return _quantities(inv, ptf).copy(deep=False)


@remembered
def _quantities(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    units = ptf.units
    kind = units["actor_id"].map(dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True)))
    is_operator, is_establishment = (kind == "operator").to_numpy(), (kind == "establishment").to_numpy()
    numbers = units.reindex(columns=inv.populations["population_id"].tolist()).astype("float64")
    own = {"operator": is_operator, "establishment": is_establishment}
    for population, mask in own.items():
        if population in numbers:
            numbers.loc[mask & numbers[population].isna().to_numpy(), population] = 1.0
    # A professional is counted among the staff of an establishment already.
    totals = numbers[is_establishment].groupby(units["operator_id"][is_establishment]).sum(skipna=False)
    summed = totals.reindex(units["operator_id"]).to_numpy()
    known = numbers.to_numpy()
    filled = np.where(np.isnan(known) & is_operator[:, np.newaxis], summed, known)
    return pd.DataFrame(filled, index=numbers.index, columns=numbers.columns)
