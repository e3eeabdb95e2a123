"""Obligations that may become part of another one, with what their items would take there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.model.inventory import Inventory, with_tables
from burden.model.periods import EVENT, per_year
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles
from burden.simplify.planning.demands import Demands, fillings, weighed
from burden.simplify.planning.rules import REPLACEABLE_PROOFS

SHARED = 0.5
"""Share of its items that the other one must ask already: below it, two forms are merely stapled."""


def endings(inv: Inventory, found: Demands) -> pd.DataFrame:
    """Which obligations may end, and which only within another one.

    An obligation may end when it is known not to be protected and asks for information alone
    (see :data:`burden.simplify.planning.rules.REPLACEABLE_PROOFS`). Where its list of items was
    not read in full, what else it asks must go on being asked: it may only be merged.

    Returns
    -------
    DataFrame
        One row per obligation: ``obligation_id``, ``closable``, ``only_merged``.
    """
    tools = found.tools
    asks = tools["obligation_id"].isin(found.slots["obligation_id"])
    proof = inv.obligations["proof"].isin(REPLACEABLE_PROOFS).to_numpy()
    open_to_it = tools["protected"].eq(False).fillna(False).astype(bool)
    sent = tools["obligation_id"].isin(list(found.reached))
    protected = found.slots.loc[found.slots["protected"], "obligation_id"]
    held = tools["obligation_id"].isin([*protected, *fillings(inv)["obligation_id"]])
    closable = open_to_it & asks & proof & sent & ~held
    return pd.DataFrame(
        {"obligation_id": tools["obligation_id"], "closable": closable, "only_merged": closable & ~tools["complete"]}
    )


def merges(inv: Inventory, ptf: Portfolio, found: Demands) -> pd.DataFrame:
    """Pairs of obligations of which one may become part of the other.

    Both come at a known rhythm and are counted per the same population; the one that stays falls on
    all on whom the other does, at least as often, at the same time and date as far as these are known; it reaches all
    whom the other reaches, and nobody else where personal data would move.

    Returns
    -------
    DataFrame
        One row per pair: ``obligation_id``, ``into``, ``shared_share``.
    """
    slots, links = found.slots, found.links[found.links["source"] >= 0]
    tool = slots["obligation_id"].to_numpy()
    pairs = pd.DataFrame(
        {"obligation_id": tool[links["slot"]], "into": tool[links["source"]], "slot": links["slot"].to_numpy()}
    ).drop_duplicates()
    shared = pairs.groupby(["obligation_id", "into"]).size().rename("shared").reset_index()
    shared["shared_share"] = shared["shared"] / shared["obligation_id"].map(slots["obligation_id"].value_counts())
    shared = shared[shared["shared_share"] >= SHARED]
    may_end = endings(inv, found).set_index("obligation_id")["closable"]
    protected = found.tools.set_index("obligation_id")["protected"].eq(True).fillna(False)
    may, grows = shared["obligation_id"].map(may_end).astype(bool), ~shared["into"].map(protected).astype(bool)
    shared = shared[may & grows]
    fit = _Fit(inv, ptf, found)
    ways = zip(shared["obligation_id"], shared["into"], strict=True)
    fits = np.array([fit(o, into) for o, into in ways], dtype=bool)
    return shared.loc[fits, ["obligation_id", "into", "shared_share"]].reset_index(drop=True)


class _Fit:
    """Whether one obligation can become part of another."""

    def __init__(self, inv: Inventory, ptf: Portfolio, found: Demands) -> None:
        self.rows = inv.obligations.set_index("obligation_id")
        self.place = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
        self.applies = np.nan_to_num(profiles(inv, ptf).applies, nan=0.5)
        self.reached = {obligation: set(authorities) for obligation, authorities in found.reached.items()}
        self.personal = set(found.slots.loc[found.slots["personal"], "obligation_id"])

    def __call__(self, obligation: str, into: str) -> bool:
        own, other = self.rows.loc[obligation], self.rows.loc[into]
        often, as_often = per_year(str(own["period"])), per_year(str(other["period"]))
        # Two things that happen when they happen do not happen together.
        fresh = as_often >= often and EVENT not in (own["period"], other["period"])
        together = all(_agree(own[c], other[c]) for c in ("timing", "deadline"))
        falls = self.applies[:, self.place[obligation]] > 0
        covered = bool((self.applies[falls, self.place[into]] == 1).all())
        same = own["population_id"] == other["population_id"]
        return bool(fresh and together and covered and same and self._reaches(obligation, into))

    def _reaches(self, obligation: str, into: str) -> bool:
        own, other = self.reached.get(obligation, set()), self.reached.get(into, set())
        return bool(own) and (own == other if self.personal & {obligation, into} else own <= other)


def _agree(one: object, other: object) -> bool:
    return bool(pd.isna(one) or pd.isna(other) or one == other)  # type: ignore[call-overload]


def moved(
    inv: Inventory, ptf: Portfolio, found: Demands, pairs: pd.DataFrame, measure: str, sides: Mapping[str, float]
) -> pd.DataFrame:
    """What each item of an obligation would take in the one that it becomes part of.

    Returns
    -------
    DataFrame
        One row per pair × item: ``pair`` (row of ``pairs``), ``slot``, ``weight``.
    """
    slots = found.slots[["row", "obligation_id"]].assign(slot=np.arange(len(found.slots)))
    asked = pairs.assign(pair=np.arange(len(pairs))).merge(slots, on="obligation_id")
    requests = inv.requests
    there = requests.take(asked["row"].to_numpy(dtype=np.int64)).assign(obligation_id=asked["into"].to_numpy())
    widened = with_tables(inv, {"requests": pd.concat([requests, there], ignore_index=True)})
    lines = weighed(ledger.build(widened, ptf, by=[]), measure, sides)
    lines = lines[(lines["line"] == "item") & (lines["row"] >= len(requests))]
    weight = lines.groupby("row")["weight"].sum()
    at = len(requests) + np.arange(len(asked))
    return asked[["pair", "slot"]].assign(weight=weight.reindex(at, fill_value=0.0).to_numpy())
