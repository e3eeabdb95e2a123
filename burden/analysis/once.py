"""Each piece of information given once: what that takes, beside what is asked today.

For one subject and one key, the information is given at the freshest rate that anybody demands.
Where a part of the subjects is asked more often (children under two among the children), only
that part adds the difference; two parts of one whole are never taken to be the same members.
What can be derived from a finer key is not given again, if that one is asked at least as often.

Hours keep the asking that is the dearest (cautious) or the cheapest (bold) of those about the same
subject, and never exceed the time of asking each of them once. An asking whose time is unknown
adds no hours, neither today nor once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis.askings import REUSES, Level, Reuse, items, level
from burden.analysis.patterns import Plan, Seen, kept, met, plan
from burden.analysis.subjects import Streams, Subjects, Today, streams, subjects
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums per actor type × concept, today and with each information once.

    ``items`` counts subjects × askings, ``deliveries`` the same per year, ``hours`` their time;
    ``hours_once_low`` keeps the cheapest asking, ``hours_once_high`` the dearest.
    """

    items: Floats
    items_once: Floats
    deliveries: Floats
    deliveries_once: Floats
    hours: Floats
    hours_once_low: Floats
    hours_once_high: Floats


@dataclass(frozen=True, eq=False)
class Once:
    """Tallies of every class of reuse, and what is needed to read them.

    Attributes
    ----------
    actors, concepts : list of str
        Rows and columns of every tally.
    tallies : dict of str to Tally
        Sums per class of reuse; what recurs zero times a year (``once``) is in none.
    askings : DataFrame
        What each actor type is asked today: ``actor_id``, ``concept_id``, ``obligation_id``.
    unmeasured : int
        Askings (obligation × key of the class *same*) that fall on some subject but whose number
        or time is not known for all of them.
    work : dict of str to int
        How much was evaluated: ``groups`` of subjects, groups ``told_apart`` by their numbers,
        ``streams``, ``askings`` of all classes, ``patterns`` worked out.
    """

    actors: list[str]
    concepts: list[str]
    tallies: dict[Reuse, Tally]
    askings: pd.DataFrame
    unmeasured: int
    work: dict[str, int]


def once(
    inv: Inventory,
    ptf: Portfolio,
    *,
    identifiers: bool = False,
    reuses: tuple[Reuse, ...] = REUSES,
) -> Once:
    """Tally today's askings and the once-only ceiling, per actor type and information.

    Parameters
    ----------
    identifiers : bool
        Count names and numbers too; they recur everywhere and cost nothing.
    reuses : tuple of str
        Classes of reuse to tally.
    """
    requests = items(inv, identifiers=identifiers)
    concepts = list(dict.fromkeys(requests["concept_id"].tolist()))
    levels = {reuse: level(inv, requests, reuse) for reuse in dict.fromkeys(("same", *reuses))}
    flow = streams(inv, levels["same"].askings)
    who = subjects(inv, ptf, flow, _nested(inv, levels))
    plans = {reuse: plan(lv, flow, concepts) for reuse, lv in levels.items()}
    seen: Seen = {}
    tallies = {reuse: _tally(plans[reuse], who, flow, len(concepts), seen) for reuse in reuses}
    return Once(
        actors=who.actors,
        concepts=concepts,
        tallies=tallies,
        askings=_asked(levels["same"].askings, plans["same"], who),
        unmeasured=_unmeasured(plans["same"], who.today),
        work={
            "groups": len(who.operators.heads) + len(who.units.heads),
            "told_apart": len(who.told_apart.heads),
            "streams": len(flow.table),
            "askings": sum(len(plans[reuse].stream) for reuse in reuses),
            "patterns": sum(len(group) for group, _ in seen.values()),
        },
    )


def _nested(inv: Inventory, levels: dict[Reuse, Level]) -> set[str]:
    """Populations on which the rest of a key depends: larger ones, and those summed from."""
    names = set(inv.populations["parent_id"].dropna())
    for lv in levels.values():
        names |= set(lv.runs["population_id"].iloc[np.unique(lv.covers[:, 1])].tolist())
    return names


def _tally(chosen: Plan, who: Subjects, flow: Streams, concepts: int, seen: Seen) -> Tally:
    """Sums per actor type × concept of the askings that meet none, and of those that do."""
    today, minutes = who.today, np.nan_to_num(chosen.minutes)
    column = chosen.concept[chosen.run]
    items_kept, kept_times, cheapest, dearest = kept(chosen, who, flow, concepts, seen)

    def summed(values: Floats, factor: Floats) -> Floats:
        shape = (values.shape[1], concepts)
        into = sparse.csr_array(sparse.coo_array((factor, (chosen.stream, column)), shape=shape))
        return np.asarray(values @ into)

    each, alone = np.ones(len(minutes)), np.where(met(chosen), 0.0, 1.0)
    fixed_items, fixed, fixed_minutes = (
        summed(today.fixed_items, each), summed(today.fixed, each), summed(today.fixed, minutes),
    )  # fmt: skip
    minutes_alone = summed(today.times, minutes * alone) + fixed_minutes
    return Tally(
        items=summed(today.items, each) + fixed_items,
        items_once=summed(today.items, alone) + items_kept + fixed_items,
        deliveries=summed(today.deliveries, each) + fixed,
        deliveries_once=summed(today.times, alone) + kept_times + fixed,
        hours=(summed(today.deliveries, minutes) + fixed_minutes) / 60.0,
        hours_once_low=(minutes_alone + cheapest) / 60.0,
        hours_once_high=(minutes_alone + dearest) / 60.0,
    )


def _asked(askings: pd.DataFrame, chosen: Plan, who: Subjects) -> pd.DataFrame:
    """Which obligations ask which concept of which actor type."""
    falls = (who.today.deliveries + who.today.fixed)[:, chosen.stream] > 0
    rows, columns = np.nonzero(falls)
    named = askings[["concept_id", "obligation_id"]].take(chosen.order[columns])
    named.insert(0, "actor_id", np.array(who.actors, dtype=object)[rows])
    return named.drop_duplicates(ignore_index=True)


def _unmeasured(chosen: Plan, today: Today) -> int:
    asked = (today.deliveries + today.fixed > 0)[:, chosen.stream].any(axis=0)
    unknown = today.unknown[:, chosen.stream].any(axis=0)
    return int(np.count_nonzero(unknown | (asked & np.isnan(chosen.minutes))))
