"""What changed between two versions, as tables of the bundle.

``versions_compared``
    One row per version: ``version`` (``before``, ``after``), ``inventory``, ``portfolio``, ``units``.
``versions_summary``
    One row per measure × kind: ``measure`` (``hours``, ``eur``, both of those who answer,
    ``authority_hours``), the columns of :func:`burden.analysis.change.by_kind`, the known totals
    ``before`` and ``after``, and the rows that neither holds.
``versions_moves``
    The rows of :func:`burden.analysis.change.between`, with their ``measure``.
``versions_tools``
    One row per tool owed in either version: its names, ``change`` (:data:`CHANGES`), hours of those who
    answer ``before`` and ``after``.
``versions_unknown``
    What :func:`burden.analysis.change.unknowns` gives.
``versions_rows``
    The rows and cells that differ (:func:`burden.model.inventory.difference`) under those tools.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from burden.analysis import change, ledger, redundancy
from burden.model import schema
from burden.model.inventory import Inventory, difference
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio

Version = tuple[Inventory, Portfolio]

MEASURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "hours": ("hours_per_year", "respondent"),
        "eur": ("cost_eur_per_year", "respondent"),
        "authority_hours": ("hours_per_year", "authority"),
    }
)
"""What is compared: a measure of the ledger, of one side of the counter."""

CHANGES: Mapping[str, Text] = MappingProxyType(
    {
        "added": text("new in the inventory"),
        "removed": text("no longer in the inventory"),
        "begins": text("begins to fall on those audited"),
        "ceases": text("ceases to fall on those audited"),
        "changed": text("changed"),
        "same": text("unchanged"),
    }
)
"""What becomes of a tool."""

_UNMEASURED = ["rows_unmeasured_before", "rows_unmeasured_after"]
_ROUNDING = 1e-9


def change_tables(then: Version, now: Version) -> dict[str, pd.DataFrame]:
    """Every table on what changed, from the two versions as they are narrowed."""
    owed = [set(redundancy.borne(*version)) for version in (then, now)]
    moves = _moves(then, now, owed[0] | owed[1])
    rows = _rows(then[0], now[0], owed[0] | owed[1])
    return {
        "versions_compared": _compared(then, now),
        "versions_summary": _summary(then, now, moves),
        "versions_moves": moves,
        "versions_tools": _tools(then, now, owed, {*moves["obligation_id"], *rows["obligation_id"]}),
        "versions_unknown": change.unknowns(then, now),
        "versions_rows": rows,
    }


def _compared(then: Version, now: Version) -> pd.DataFrame:
    rows = [(v, inv.name, ptf.name, len(ptf.units)) for v, (inv, ptf) in (("before", then), ("after", now))]
    return pd.DataFrame(rows, columns=["version", "inventory", "portfolio", "units"])


def _moves(then: Version, now: Version, owed: set[str]) -> pd.DataFrame:
    every, parts = change.every_between(then, now), []
    for name, (measure, side) in MEASURES.items():
        found = every[(every["measure"] == measure) & (every["side"] == side) & every["obligation_id"].isin(owed)]
        largest = found[["before", "after"]].abs().max(axis=1)
        amount = found["amount"].where(found["amount"].abs() > _ROUNDING * largest, 0.0)
        # A reason that moves nothing is said once, with the hours of those who answer.
        kept = (amount != 0) | (name == "hours")
        parts.append(found.assign(amount=amount, measure=name)[kept])
    frame = pd.concat(parts, ignore_index=True)
    return frame.drop(columns="side")


def _summary(then: Version, now: Version, moves: pd.DataFrame) -> pd.DataFrame:
    totals = [ledger.totals(*version, by=["side"]).set_index("side") for version in (then, now)]
    parts = []
    for name, (measure, side) in MEASURES.items():
        if not any(side in sums.index for sums in totals):
            continue
        kinds = change.by_kind(moves[moves["measure"] == name])
        known = [sums[measure].get(side) for sums in totals]
        missing = [int(sums["rows_unmeasured"].get(side, 0)) for sums in totals]
        given = dict(zip(["before", "after", *_UNMEASURED], [*known, *missing], strict=True))
        if all(pd.isna(value) for value in known):
            # What neither version knows has not moved by nothing: it is not known.
            kinds = kinds.assign(less=float("nan"), more=float("nan"), amount=float("nan"))
        parts.append(kinds.assign(measure=name, **given))
    columns = ["measure", "kind", "less", "more", "amount", "tools", "before", "after", *_UNMEASURED]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns].astype({"before": "float64", "after": "float64"})


def _rows(old: Inventory, new: Inventory, owed: set[str]) -> pd.DataFrame:
    """What differs in the rows that say something of one tool."""
    of_tools = [t for t, spec in schema.tables().items() if spec.primary_key[0] == "obligation_id"]
    kept = [
        Inventory(inv.name, {t: inv.records[t] for t in of_tools if t in inv.records}) for inv in (old, new)
    ]  # fmt: skip
    frame = difference(*kept)
    frame.insert(0, "obligation_id", frame["key"].str.split(" · ").str[0])
    return frame[frame["obligation_id"].isin(owed)].reset_index(drop=True)


def _tools(then: Version, now: Version, owed: list[set[str]], differing: set[str]) -> pd.DataFrame:
    inventories = [inv.obligations.set_index("obligation_id") for inv, _ in (then, now)]
    hours = [_hours(version) for version in (then, now)]
    rows = []
    for tool in sorted(owed[0] | owed[1]):
        there = [tool in frame.index for frame in inventories]
        named = inventories[1 if there[1] else 0].loc[tool]
        became = _change([tool in o for o in owed], there, tool in differing)
        values = [sums.get(tool) if tool in o else 0.0 for sums, o in zip(hours, owed, strict=True)]
        rows.append((tool, named["name_fr"], named["name_en"], became, *values))
    frame = pd.DataFrame(rows, columns=["obligation_id", "name_fr", "name_en", "change", "before", "after"])
    return frame.astype({"before": "float64", "after": "float64"})


def _hours(version: Version) -> dict[str, float]:
    sums = ledger.totals(*version, by=["obligation_id", "side"])
    own = sums[sums["side"] == "respondent"]
    return dict(zip(own["obligation_id"], own["hours_per_year"], strict=True))


def _change(owed: list[bool], there: list[bool], differs: bool) -> str:
    if all(owed):
        return "changed" if differs else "same"
    if owed[0]:
        return "ceases" if there[1] else "removed"
    return "begins" if there[0] else "added"
