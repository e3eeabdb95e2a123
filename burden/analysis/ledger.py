"""The ledger: the one place where the formula of effort stands.

::

    occurrences_per_year = quantity(unit, counted per) × period → per year × share
    hours_per_year       = occurrences × minutes / 60                          per line
    cost_eur_per_year    = hours × tariff × (1 + overhead) + occurrences × external_eur
    burden_eur_per_year  = cost × (1 − usual_share)       what goes beyond business as usual

(Standard Cost Model; see the manual of the SCM network, 2005, for the terms.) One-off effort is
apart, as are the two sides of the counter. Everything else groups what is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis.lines import counted_per, lines
from burden.model.inventory import Inventory
from burden.model.periods import ONCE, per_year
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles

UNIT_COLUMNS = ("actor_id", "operator_id", "unit_id", "territory", "tags")
LINE_COLUMNS = ("line", "what", "label_fr", "side", "complexity", "staff_grade", "minutes_basis", "evidence")
BOUNDS = ("_low", "", "_high")
"""Ends of the names of a measure: its low bound, itself, its high bound."""
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_HELD = 1 << 18
"""Numbers held at once, per array: few enough to stay in the cache."""


def occurrences(inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ("actor_id",)) -> pd.DataFrame:
    """How often each obligation falls due, worked out on profiles.

    Parameters
    ----------
    by : sequence of str
        Unit columns to keep apart, of ``actor_id``, ``operator_id``, ``unit_id``, ``territory``,
        ``tags``; none gives the whole portfolio.

    Returns
    -------
    DataFrame
        One row per group of units × obligation × population counted: the ``by`` columns,
        ``obligation_id``, ``population_id``, ``units`` concerned, ``quantity`` (members counted,
        after the share concerned), ``per_year``, ``occurrences_per_year`` and
        ``occurrences_once``. A quantity that some unit of the group does not know is on a row of
        its own and is NaN.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> occurrences(inv, ptf, by=[])["occurrences_per_year"].tolist()
    [1.0, 1.0, 1.0, 0.25]
    """
    concerned = _members(inv, ptf, counted_per(inv), list(by))
    period = dict(zip(inv.obligations["obligation_id"], inv.obligations["period"], strict=True))
    of_row = concerned["obligation_id"].map(period)
    concerned["per_year"] = of_row.map({p: per_year(p) for p in set(period.values())}).astype("float64")
    once = (of_row == ONCE).to_numpy()
    quantity, rate = (concerned[c].to_numpy(dtype="float64") for c in ("quantity", "per_year"))
    concerned["occurrences_per_year"] = _product(quantity, rate)
    concerned["occurrences_once"] = concerned["quantity"].where(once, 0.0)
    return concerned


def _members(inv: Inventory, ptf: Portfolio, counted: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Members counted, summed per group of units × obligation × population."""
    known = profiles(inv, ptf)
    group, labels = _groups(ptf.units, by)
    position = {o: i for i, o in enumerate(inv.obligations["obligation_id"].to_numpy())}
    obligation = np.array([position[o] for o in counted["obligation_id"].to_numpy()], dtype=np.int64)
    population, names = pd.factorize(counted["population_id"])
    cells = _cells(group, known.of_unit, len(labels))
    members = known.quantities[list(names)].to_numpy(dtype=float)
    found = [
        _found(some, unknown, *counts)
        for some in _portions(population, cells)
        for unknown, counts in enumerate(
            _counts(cells, members, population[some], known.applies[:, obligation[some]])
        )
    ]  # fmt: skip
    group_of, asked, unknown, units, quantity = (np.concatenate(a) for a in zip(*found, strict=True))
    order = np.lexsort((group_of, unknown, population[asked], obligation[asked]))
    frame = labels.take(group_of[order]).reset_index(drop=True)
    frame[["obligation_id", "population_id"]] = counted.take(asked[order]).reset_index(drop=True)
    frame["units"], frame["quantity"] = units[order], quantity[order]
    return frame


def _groups(units: pd.DataFrame, by: list[str]) -> tuple[Integers, pd.DataFrame]:
    """Group of each unit, and the labels of each group."""
    if not by:
        return np.zeros(len(units), dtype=np.int64), pd.DataFrame(index=range(1))
    group = units.groupby(by, sort=False, dropna=False).ngroup().to_numpy().astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    return group, units[by].take(first)


@dataclass(frozen=True, eq=False)
class _Cells:
    """Units gathered by group and profile: only the pairs that exist, in the order of the groups.

    ``of_units`` sums units into cells, ``into_groups`` sums cells into groups; ``profile`` is that
    of each cell.
    """

    profile: Integers
    of_units: sparse.csr_array
    into_groups: sparse.csr_array


def _cells(group: Integers, profile: Integers, groups: int) -> _Cells:
    width = int(profile.max(initial=0)) + 1
    pairs, of_unit = np.unique(group * width + profile, return_inverse=True)
    start = np.searchsorted(pairs, np.arange(groups + 1) * width)
    units, cells = np.arange(len(of_unit)), np.arange(len(pairs))
    return _Cells(
        profile=pairs % width,
        of_units=sparse.csr_array((np.ones(len(units)), (of_unit, units)), shape=(len(cells), len(units))),
        into_groups=sparse.csr_array((np.ones(len(cells)), cells, start), shape=(groups, len(cells))),
    )


def _portions(population: Integers, cells: _Cells) -> Iterator[Integers]:
    """What is counted, population by population, so many at a time that they fit in memory for all cells."""
    size = max(1, _HELD // max(1, len(cells.profile)))
    ordered = np.argsort(population, kind="stable")
    for first in range(0, max(len(ordered), 1), size):
        yield ordered[first : first + size]


def _counts(cells: _Cells, members: Floats, population: Integers, applies: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Units concerned and members counted, per group × what is counted: known ones, then unknown ones."""
    here, column = np.unique(population, return_inverse=True)
    members = members[:, here]
    unknown = np.isnan(members).astype(float)
    total, knowing, not_knowing = (
        (cells.of_units @ values)[:, column] for values in (np.nan_to_num(members), 1.0 - unknown, unknown)
    )
    applies = applies[cells.profile]
    untold = np.isnan(applies).astype(float)
    share = np.nan_to_num(applies)
    falls = (share > 0).astype(float)
    yield cells.into_groups @ (knowing * falls), cells.into_groups @ (total * share)
    units = cells.into_groups @ (knowing * untold + not_knowing * (falls + untold))
    yield units, np.full(units.shape, np.nan)


def _found(
    asked: Integers, unknown: int, units: Floats, quantity: Floats
) -> tuple[Integers, Integers, Integers, Integers, Floats]:
    """Group, place of what is counted, whether unknown, units and members, where some unit is concerned."""
    rows, columns = np.nonzero(units)
    told = np.full(len(rows), unknown, dtype=np.int64)
    return rows, asked[columns], told, units[rows, columns].astype(np.int64), quantity[rows, columns]


def hourly_cost(inv: Inventory, *, year: int | None = None) -> pd.DataFrame:
    """Cost of an hour by staff grade, overhead included, in the year asked or the latest known.

    Returns
    -------
    DataFrame
        Indexed by ``staff_grade``: ``eur_per_h_low``, ``eur_per_h``, ``eur_per_h_high``. A grade
        without a tariff is absent: its hours have no cost, rather than a cost of zero.
    """
    tariffs = inv.tariffs
    if year is not None:
        tariffs = tariffs[tariffs["year"] == year]
    latest = tariffs.sort_values("year").groupby("staff_grade").tail(1).set_index("staff_grade")
    columns = [f"eur_per_h{b}" for b in BOUNDS]
    central = latest["eur_per_h"]
    loaded = 1 + latest["overhead_share"].fillna(0.0)
    return pd.DataFrame({c: latest[c].fillna(central) * loaded for c in columns})


def build(
    inv: Inventory,
    ptf: Portfolio,
    *,
    by: Sequence[str] = ("actor_id", "operator_id"),
    year: int | None = None,
) -> pd.DataFrame:
    """The ledger at its finest grain: units grouped by ``by`` × obligation × line.

    Parameters
    ----------
    by : sequence of str
        Unit columns to keep apart (see :func:`occurrences`).
    year : int, optional
        Year of the tariffs; the latest known when absent.

    Returns
    -------
    DataFrame
        One row per group of units × obligation × line, with occurrences, minutes of one
        occurrence, and ``hours_per_year``, ``cost_eur_per_year``, ``burden_eur_per_year``,
        ``once_h``, ``once_eur``, each also as ``…_low`` and ``…_high``. NaN is unmeasured.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> round(float(build(inv, ptf)["hours_per_year"].sum()), 2)
    3.04
    """
    return _valued(inv, occurrences(inv, ptf, by=by), lines(inv), year)


def totals(inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = (), year: int | None = None) -> pd.DataFrame:
    """The ledger summed by any of its columns, without building its finest grain.

    ``by`` may name unit columns, columns of a line (``side``, ``line``, ``what``,
    ``staff_grade``, ``minutes_basis``…) and columns of ``obligations`` (``silo_id``,
    ``instrument``, ``required_by_id``, ``timing``…).

    Returns
    -------
    DataFrame
        The ``by`` columns, the summed measures with their bounds, ``rows`` summed,
        ``rows_unmeasured`` that have no hours and are in no total, and ``rows_without_eur`` that
        have hours but no cost, for want of a tariff.

    Raises
    ------
    KeyError
        If a column exists in none of the three.
    """
    by = list(by)
    unit_by = [c for c in by if c in UNIT_COLUMNS]
    line_by = [c for c in by if c in LINE_COLUMNS]
    other = [c for c in by if c not in unit_by and c not in line_by]
    if unknown := [c for c in other if c not in inv.obligations]:
        known = sorted({*UNIT_COLUMNS, *LINE_COLUMNS, *inv.obligations})
        raise KeyError(f"no column {unknown[0]!r} to group by; there are {', '.join(known)}")
    frame = _valued(inv, occurrences(inv, ptf, by=unit_by), lines(inv), year)
    missing = [c for c in other if c not in frame]
    if missing:
        frame = frame.merge(inv.obligations[["obligation_id", *missing]], on="obligation_id")
    return summed(frame, by)


def measures(frame: pd.DataFrame) -> list[str]:
    """The measure columns that a ledger frame holds.

    Returns
    -------
    list of str
        In the order of the ledger.
    """
    stems = ("hours_per_year", "cost_eur_per_year", "burden_eur_per_year", "once_h", "once_eur")
    known = {f"{stem}{bound}" for stem in stems for bound in BOUNDS}
    return [str(c) for c in frame if c in known]


def summed(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sum the measures of a ledger by columns, counting what is unmeasured.

    A measure that no row of the group knows is NaN in the sum, not zero. ``rows_unmeasured`` have
    no hours and ``rows_without_eur`` have hours but no cost, for want of a tariff.

    Returns
    -------
    DataFrame
        One row per group: the columns of ``by``, the measures summed, the counts of what is unmeasured.
    """
    by, columns = list(by), measures(frame)
    timed, priced = (
        ~np.isnan(frame[pair].to_numpy(dtype="float64")).any(axis=1)
        for pair in (["hours_per_year", "once_h"], ["cost_eur_per_year", "once_eur"])
    )
    counts = {"rows": timed | True, "rows_unmeasured": ~timed, "rows_without_eur": timed & ~priced}
    counted = frame[[*by, *columns]].assign(**{name: mask.astype("int64") for name, mask in counts.items()})
    if not by:
        sums = counted[columns].sum(min_count=1).to_frame().T
        return sums.assign(**{name: int(mask.sum()) for name, mask in counts.items()})
    grouped = counted.groupby(by, dropna=False, sort=True)
    # What is counted has no gap: one sum does for it and for what may be unknown.
    return grouped.sum(min_count=1).reset_index()


def _product(times: Floats, each: Floats) -> Floats:
    """Nothing, however often, and nothing done of what is unknown, are both a known zero."""
    return np.where((times == 0) | (each == 0), 0.0, times * each)


def _valued(inv: Inventory, often: pd.DataFrame, line: pd.DataFrame, year: int | None) -> pd.DataFrame:
    frame = often.merge(line, on=["obligation_id", "population_id"], how="inner", sort=False)
    usual = dict(zip(inv.obligations["obligation_id"], inv.obligations["usual_share"], strict=True))
    beyond_usual = 1.0 - frame["obligation_id"].map(usual).to_numpy(dtype="float64")
    one_off, external = frame["one_off"].to_numpy(), (frame["line"] == "external").to_numpy()
    recurring = np.where(one_off, 0.0, frame["occurrences_per_year"].to_numpy())
    # What is done once for a recurring obligation is done once for each counted member.
    once = np.where(one_off, frame["quantity"].to_numpy(), frame["occurrences_once"].to_numpy())
    # A grade without a tariff, and a line without a grade, have an unknown price.
    prices = hourly_cost(inv, year=year).reindex(frame["staff_grade"])
    valued: dict[str, Floats] = {}
    for bound in BOUNDS:
        hours = frame[f"minutes{bound}"].to_numpy(dtype="float64") / 60.0
        paid = np.where(external, frame[f"external_eur{bound}"].to_numpy(dtype="float64"), 0.0)
        each = _product(hours, prices[f"eur_per_h{bound}"].to_numpy()) + paid
        cost = _product(recurring, each)
        valued[f"hours_per_year{bound}"] = _product(recurring, hours)
        valued[f"cost_eur_per_year{bound}"] = cost
        # Unknown even at no cost: a burden of zero would say that all of it is business as usual.
        valued[f"burden_eur_per_year{bound}"] = cost * beyond_usual
        valued[f"once_h{bound}"] = _product(once, hours)
        valued[f"once_eur{bound}"] = _product(once, each)
    return pd.concat([frame, pd.DataFrame(valued, index=frame.index)], axis=1)
