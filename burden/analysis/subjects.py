"""Whom information is about: groups of operators and of units that are asked the same.

A *stream* is an obligation with what it is counted per and what its items are about. A *cohort*
holds groups of subjects; in each, every subject is asked the same streams at the same rate.
What only a share of the units owes is ``fixed``: which of them is not known, so none of it can be
shown to repeat.

What is about an operator adds up over the operator and its units. What is told anew at each event
is about the events: an answer of one event is none to another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis.askings import COARSE, rates
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio, is_operator
from burden.model.profiles import Profiles, profiles

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
STREAM = ["obligation_id", "population_id", "subject", "lasting"]
_BLOCK = 512


@dataclass(frozen=True, eq=False)
class Streams:
    """Streams of an inventory as arrays, in the order of ``table``.

    ``coarse`` streams are about one operator or establishment, the others about members or events.
    An obligation counted per nothing known has the last population, whose number is unknown.
    """

    table: pd.DataFrame
    obligation: Integers
    population: Integers
    per_year: Floats
    coarse: Booleans
    of_operator: Booleans


@dataclass(frozen=True, eq=False)
class Cohort:
    """Groups of subjects and which streams each is asked.

    Attributes
    ----------
    actor : array of int, shape (groups,)
        Type of the subjects, a row of the actor types.
    heads : array of float, shape (groups,)
        Operators or units in the group.
    members : array of float, shape (groups, populations)
        Members that they count, unknown numbers left out.
    asked : array of bool, shape (streams, groups)
        Whether all the subjects of a group are asked a stream.
    counted : array of float, shape (groups, columns)
        Of one body, what a stream counts, at most one: who counts less than one is asked less.
    column : array of int, shape (streams,)
        Column of ``counted`` that a stream reads.
    """

    actor: Integers
    heads: Floats
    members: Floats
    asked: Booleans
    counted: Floats
    column: Integers


@dataclass(eq=False)
class Today:
    """Sums per actor type × stream, over all subjects.

    ``deliveries`` could be repeats, ``fixed`` are kept whatever happens; ``items`` and ``times``
    count the subjects of the former, and subjects × their yearly rate; ``fixed_items`` those of the
    latter; ``unknown`` says whether some deliveries are not known.
    """

    deliveries: Floats
    fixed: Floats
    items: Floats
    fixed_items: Floats
    times: Floats
    unknown: Booleans


@dataclass(frozen=True, eq=False)
class Subjects:
    """All subjects of a portfolio: what they are asked today, and in groups.

    ``units`` are grouped by what their duties ask, ``told_apart`` also by the numbers that decide
    whether they are asked; ``settled`` says of which populations the number decides nothing more.
    """

    actors: list[str]
    today: Today
    operators: Cohort
    units: Cohort
    told_apart: Cohort
    settled: Booleans


def streams(inv: Inventory, askings: pd.DataFrame) -> Streams:
    """The distinct streams of some askings."""
    table = askings[STREAM].drop_duplicates().reset_index(drop=True)
    position = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
    populations = {p: i for i, p in enumerate(inv.populations["population_id"])}
    coarse = (table["subject"].isin(COARSE) & table["lasting"]).to_numpy(dtype=bool)
    numbers = [populations.get(p, len(populations)) for p in table["population_id"]]
    return Streams(
        table=table,
        obligation=table["obligation_id"].map(position).to_numpy(dtype=np.int64),
        population=np.array(numbers, dtype=np.int64),
        per_year=rates(inv).reindex(table["obligation_id"]).to_numpy(dtype=float),
        coarse=coarse,
        of_operator=coarse & (table["subject"] == "operator").to_numpy(dtype=bool),
    )


def subjects(inv: Inventory, ptf: Portfolio, flow: Streams, nested: Iterable[str]) -> Subjects:
    """Operators and units of a portfolio, in groups that are asked the same.

    Parameters
    ----------
    nested : iterable of str
        Populations whose number decides what else is asked anew.
    """
    units = _units(inv, ptf)
    position = {p: i for i, p in enumerate(inv.populations["population_id"])}
    chosen = {position[p] for p in nested if p in position}
    chosen |= set(flow.population[flow.coarse & ~flow.of_operator].tolist())
    decisive = np.array(sorted(chosen), dtype=np.int64)
    operators, today = _about_operators(units, flow)
    members = _members(units)
    alike = _alike(units, flow)
    plain = _grouped(units, members, flow, alike, [])
    _add_units(today, members, plain, flow)
    states = [pd.factorize(np.minimum(members.number[:, p], 1.0))[0].astype(np.int64) for p in decisive]
    settled = np.ones(units.quantity.shape[1], dtype=bool)
    settled[decisive] = [_constant(state, plain.group) for state in states]
    apart = [state for p, state in zip(decisive, states, strict=True) if not settled[p]]
    told_apart = _grouped(units, members, flow, alike, apart) if apart else plain
    return Subjects(units.actors, today, operators, plain.cohort, told_apart.cohort, settled)


@dataclass(frozen=True, eq=False)
class _Units:
    """Units of a portfolio as arrays; ``own_row`` is the unit that is the operator itself, or -1."""

    actors: list[str]
    actor: Integers
    is_operator: Booleans
    operator: Integers
    own_row: Integers
    quantity: Floats
    known: Profiles


def _units(inv: Inventory, ptf: Portfolio) -> _Units:
    known = profiles(inv, ptf)
    units = ptf.units
    actors = sorted({*units["actor_id"].unique(), "operator"})
    actor = pd.Categorical(units["actor_id"], categories=actors).codes.astype(np.int64)
    own = is_operator(inv, units).to_numpy(dtype=bool)
    operator = pd.factorize(units["operator_id"])[0].astype(np.int64)
    own_row = np.full(operator.max(initial=-1) + 1, -1, dtype=np.int64)
    own_row[operator[own]] = np.flatnonzero(own)
    counted = known.quantities.to_numpy(dtype=float)
    quantity = np.column_stack([counted, np.full(len(counted), np.nan)])
    return _Units(actors, actor, own, operator, own_row, quantity, known)


def _matrix(rows: Integers, columns: Integers, values: Floats, shape: tuple[int, int]) -> sparse.csr_array:
    """Sums of the values by row and column, as a sparse matrix."""
    return sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=shape))


def _row_numbers(rows: Floats) -> Integers:
    """The same number for equal rows."""
    # Zero and minus zero are equal numbers but different bytes.
    seen: dict[bytes, int] = {}
    return np.array([seen.setdefault(row.tobytes(), len(seen)) for row in rows + 0.0], dtype=np.int64)


def distinct(codes: Iterable[npt.NDArray[np.integer]], length: int) -> tuple[Integers, Integers]:
    """Number of each row, rows of equal codes alike, and the first row of each number."""
    combined = np.zeros(length, dtype=np.int64)
    for code in codes:
        shifted = code.astype(np.int64) - int(code.min(initial=0))
        combined = pd.factorize(combined * (shifted.max(initial=0) + 1) + shifted)[0].astype(np.int64)
    _, first = np.unique(combined, return_index=True)
    return combined, first.astype(np.int64)


def _constant(state: Integers, group: Integers) -> bool:
    first = np.unique(group, return_index=True)[1]
    return bool((state == state[first][group]).all())


# --- about operators ---------------------------------------------------------------------------


def _about_operators(units: _Units, flow: Streams) -> tuple[Cohort, Today]:
    at = np.flatnonzero(flow.of_operator)
    full, fixed, unknown = _counted_by_operators(units, flow, at)
    label = np.where(units.own_row >= 0, units.actor[units.own_row], units.actors.index("operator"))
    counted = np.minimum(full, 1.0)
    group, first = distinct([label, _row_numbers(counted)], len(label))
    heads = np.bincount(group, minlength=len(first)).astype(float)
    asked = np.zeros((len(flow.table), len(first)), dtype=bool)
    asked[at] = (full[first] > 0).T & (flow.per_year[at] > 0)[:, None]
    column = np.zeros(len(flow.table), dtype=np.int64)
    column[at] = np.arange(len(at))
    members = np.zeros((len(first), units.quantity.shape[1]))
    cohort = Cohort(label[first], heads, members, asked, counted[first], column)
    today = _nothing(len(units.actors), len(flow.table))
    of_label = _matrix(label, np.arange(len(label)), np.ones(len(label)), (len(units.actors), len(label)))
    rate = flow.per_year[at]
    today.deliveries[:, at] = of_label @ full * rate
    today.fixed[:, at] = of_label @ fixed * rate
    today.items[:, at] = of_label @ (full > 0).astype(float) * (rate > 0)
    today.fixed_items[:, at] = of_label @ (fixed > 0).astype(float) * (rate > 0)
    today.times[:, at] = of_label @ counted * rate
    today.unknown[:, at] = of_label @ unknown > 0
    return cohort, today


def _nothing(actors: int, streams_known: int) -> Today:
    deliveries, fixed, items, fixed_items, times = (np.zeros((actors, streams_known)) for _ in range(5))
    return Today(deliveries, fixed, items, fixed_items, times, np.zeros((actors, streams_known), dtype=bool))


def _counted_by_operators(units: _Units, flow: Streams, at: Integers) -> tuple[Floats, Floats, Floats]:
    """Members counted per operator × stream: all of them concerned, a share of them, not known."""
    shape = (len(units.own_row), len(units.known.applies))
    full, fixed, unknown = (np.zeros((shape[0], len(at))) for _ in range(3))
    for population in np.unique(flow.population[at]):
        here = np.flatnonzero(flow.population[at] == population)
        share = units.known.applies[:, flow.obligation[at[here]]]
        number, untold = units.quantity[:, population], np.isnan(share).astype(float)
        sums = _matrix(units.operator, units.known.of_unit, np.nan_to_num(number), shape)
        full[:, here] = sums @ (share == 1).astype(float)
        fixed[:, here] = sums @ np.where((share > 0) & (share < 1), share, 0.0)
        unknown[:, here] = sums @ untold
        if (gap := np.isnan(number)).any():
            gaps = _matrix(units.operator, units.known.of_unit, gap.astype(float), shape)
            unknown[:, here] += gaps @ (untold + (share > 0))
    return full, fixed, unknown


# --- about units and their members -------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Members:
    """Members of each unit, and where its own duties or those of its operator miss a number."""

    number: Floats
    own_missing: Booleans
    above_missing: Booleans


def _members(units: _Units) -> _Members:
    """An operator's total counts the members of its units; what exceeds them is its own."""
    quantity, operator, own = units.quantity, units.operator, units.is_operator
    total = np.full((len(units.own_row), quantity.shape[1]), np.nan)
    has_row = units.own_row >= 0
    total[has_row] = quantity[units.own_row[has_row]]
    below = np.flatnonzero(~own)
    adding = _matrix(operator[below], below, np.ones(len(below)), (len(total), len(quantity)))
    rest = np.maximum(total - adding @ np.nan_to_num(quantity), 0.0)
    number = np.nan_to_num(np.where(own[:, None], rest[operator], quantity))
    missing, no_total = np.isnan(quantity), np.isnan(total)[operator]
    return _Members(number, missing & ~own[:, None], no_total & (missing | own[:, None]))


@dataclass(frozen=True, eq=False)
class _Alike:
    """Distinct rows of shares by which obligations fall, and those of each unit and its operator."""

    shares: Floats
    own: Integers
    above: Integers


def _alike(units: _Units, flow: Streams) -> _Alike:
    """Shares on which streams about units depend; the last row is that of who owes nothing."""
    asked = np.zeros(units.known.applies.shape[1], dtype=bool)
    asked[flow.obligation[~flow.of_operator]] = True
    shares = np.vstack([np.where(asked, units.known.applies, 0.0), np.zeros((1, len(asked)))])
    number = _row_numbers(shares)
    rows = shares[np.unique(number, return_index=True)[1]]
    above_row = units.own_row[units.operator]
    above = np.where(above_row >= 0, units.known.of_unit[above_row], -1)
    own = np.where(units.is_operator, -1, units.known.of_unit)
    return _Alike(rows, number[own], number[above])


@dataclass(frozen=True, eq=False)
class _Grouped:
    """Units in groups: the group of each, the shares of each group, and the groups as a cohort."""

    group: Integers
    shares: tuple[Floats, Floats]
    cohort: Cohort


def _grouped(units: _Units, members: _Members, flow: Streams, alike: _Alike, states: list[Integers]) -> _Grouped:
    group, first = distinct([units.actor, alike.own, alike.above, *states], len(units.actor))
    together = _matrix(group, np.arange(len(group)), np.ones(len(group)), (len(first), len(group)))
    heads = np.bincount(group, minlength=len(first)).astype(float)
    number = together @ members.number
    shares = (alike.shares[alike.own[first]], alike.shares[alike.above[first]])
    falls = ((shares[0] == 1) | (shares[1] == 1)).T
    counts = (number > 0).T
    periodic = (flow.per_year > 0) & ~flow.of_operator
    asked = falls[flow.obligation] & counts[flow.population] & periodic[:, None]
    counted = np.minimum(number / heads[:, None], 1.0)
    return _Grouped(group, shares, Cohort(units.actor[first], heads, number, asked, counted, flow.population))


def _add_units(today: Today, members: _Members, plain: _Grouped, flow: Streams) -> None:
    """What units and their members are asked, whose numbers add up within a group."""
    group, cohort = plain.group, plain.cohort
    together = _matrix(group, np.arange(len(group)), np.ones(len(group)), (len(cohort.heads), len(group)))
    some, capped, own_missing, above_missing = (
        together @ values
        for values in (
            (members.number > 0).astype(float),
            np.minimum(members.number, 1.0),
            members.own_missing.astype(float),
            members.above_missing.astype(float),
        )
    )
    missing = (own_missing, above_missing)
    for start in range(0, len(cohort.heads), _BLOCK):
        cut = slice(start, start + _BLOCK)
        actor = cohort.actor[cut]
        of_actor = _matrix(actor, np.arange(len(actor)), np.ones(len(actor)), (len(today.items), len(actor)))
        shares = [s[cut] for s in plain.shares]
        numbers = (cohort.members[cut], some[cut], capped[cut])
        _add_block(today, of_actor, shares, [m[cut] for m in missing], numbers, flow)


def _add_block(
    today: Today,
    of_actor: sparse.csr_array,
    shares: list[Floats],
    missing: list[Floats],
    numbers: tuple[Floats, Floats, Floats],
    flow: Streams,
) -> None:
    number, some, capped = (values[:, flow.population] for values in numbers)
    full, fixed = np.zeros(number.shape), np.zeros(number.shape)
    unknown = np.zeros(number.shape, dtype=bool)
    for share_of, gap in zip(shares, missing, strict=True):
        share = np.where(flow.of_operator, 0.0, share_of[:, flow.obligation])
        gaps = gap[:, flow.population] > 0
        full += share == 1
        fixed += np.where((share > 0) & (share < 1), share, 0.0)
        unknown |= np.where(np.isnan(share), (number > 0) | gaps, (share > 0) & gaps)
    periodic = (flow.per_year > 0).astype(float)
    about = np.where(flow.coarse, some, number)
    today.deliveries += of_actor @ (full * number) * flow.per_year
    today.fixed += of_actor @ (fixed * number) * flow.per_year
    today.items += of_actor @ ((full > 0) * about) * periodic
    today.fixed_items += of_actor @ ((fixed > 0) * about) * periodic
    today.times += of_actor @ ((full > 0) * np.where(flow.coarse, capped, number)) * flow.per_year
    today.unknown |= of_actor @ unknown.astype(float) > 0
