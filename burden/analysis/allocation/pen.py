"""Who holds the pen: which authority prices, controls, evaluates what, and the skills it takes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.allocation.modes import listed, modes
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio

_ROLES: Mapping[str, str] = {
    "funder_ids": "funds", "pricing_authority_ids": "prices", "control_authority_ids": "controls",
}  # fmt: skip
_HOURS = ["hours_per_year_low", "hours_per_year", "hours_per_year_high"]


def pen(inv: Inventory) -> pd.DataFrame:
    """Which authority funds, prices and controls how many modes, in how many ways.

    Returns
    -------
    DataFrame
        One row per authority × role (``funds``, ``prices``, ``controls``), the most modes first:
        ``modes``, ``shared`` (modes where another authority plays the same role), ``silos`` and
        ``silo_ids``, ``tariff_forms``, ``price_units``, ``budget_cycles``, ``evaluations``
        (numbers of different ones to be mastered), ``allocation_ids``.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> pen(from_frames("none", {})).columns.tolist()[:3]
    ['authority_id', 'role', 'modes']
    """
    every = modes(inv, at_home=None)
    parts = [_played(every, column, role) for column, role in _ROLES.items()]
    held = pd.concat(parts, ignore_index=True)
    grouped = held.groupby(["authority_id", "role"], sort=True)
    counts = grouped.agg(
        modes=("allocation_id", "nunique"), shared=("shared", "sum"), silos=("silo_id", "nunique"),
        silo_ids=("silo_id", _joined), tariff_forms=("tariff_form", "nunique"),
        price_units=("price_unit", "nunique"), budget_cycles=("budget_cycle", "nunique"),
        evaluations=("evaluation", "nunique"), allocation_ids=("allocation_id", _joined),
    )  # fmt: skip
    return counts.reset_index().sort_values("modes", ascending=False, kind="stable").reset_index(drop=True)


def _played(every: pd.DataFrame, column: str, role: str) -> pd.DataFrame:
    players = every[column].map(listed)
    played = every.assign(authority_id=players, shared=players.map(len) > 1, role=role)
    played = played.explode("authority_id")
    return played[played["authority_id"].notna()]


def _joined(ids: pd.Series) -> str:
    return "|".join(dict.fromkeys(ids.dropna()))


def handling(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """How often, and for how many hours, authorities handle what each mode brings with it.

    A tool required by a role is handled, mode by mode, by those who play it there: the pricing
    authority and the funder of the mode, the authority that authorises its type of structure.
    Several of them are joined by ``|``: their hours are not shared out.

    Returns
    -------
    DataFrame
        One row per mode × authorities × what they do (``pen_role``: prices, contracts, controls,
        evaluates…; empty for an instrument that ``instrument_skills`` does not know):
        ``authority_ids``, ``obligations``, ``occurrences_per_year``, ``hours_per_year`` of the
        authority's side with bounds, ``rows_unmeasured``. Only units of the mode's type count. An
        obligation that several modes share is in each of them: modes do not add up. Occurrences
        and hours that nobody knows are NaN.
    """
    due = _due(inv, ptf)
    rows = []
    types = {a: set(more_general(inv, a)) for a in due["actor_id"].unique()}
    for mode in modes(inv, at_home=None).to_dict("records"):
        own = np.array([mode["actor_id"] in types[a] for a in due["actor_id"]], dtype=bool)
        asked = due[own & due["obligation_id"].isin(listed(mode["obligation_ids"])).to_numpy()]
        players = asked["required_by_id"].map(_players(inv, mode))
        players = players.where(players.notna(), asked["required_by_id"])
        rows.append(asked.assign(allocation_id=mode["allocation_id"], authority_ids=players))
    keys = ["allocation_id", "authority_ids", "pen_role"]
    frame = pd.concat(rows, ignore_index=True) if rows else due.assign(allocation_id="", authority_ids="")
    does = _pen_roles(inv)
    frame["pen_role"] = frame["instrument"].map(lambda tool: does.get(tool, "")).astype("str")
    return _handled(frame, keys)


def _players(inv: Inventory, mode: Mapping[Hashable, Any]) -> dict[str, str]:
    """Who plays each role for one mode."""
    players = {"pricing_authority": mode["pricing_authority_ids"], "funder": mode["funder_ids"]}
    if isinstance(mode["actor_id"], str):
        competent = inv.competences[inv.competences["actor_id"].isin(more_general(inv, mode["actor_id"]))]
        for role, rows in competent.groupby("role_id"):
            players.setdefault(str(role), "|".join(dict.fromkeys(rows["authority_id"])))
    return {role: str(ids) for role, ids in players.items() if ids}


def _due(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Obligations due by type of actor, with the hours of the authority's side."""
    often = ledger.occurrences(inv, ptf)
    own = inv.obligations[["obligation_id", "population_id", "instrument", "required_by_id"]]
    often = often.merge(own, on=["obligation_id", "population_id"])
    known = often.groupby(["actor_id", "obligation_id", "instrument", "required_by_id"])
    # A number that some unit does not know is on a row of its own: the sum is then not known.
    times = known["occurrences_per_year"].agg(lambda n: n.sum(skipna=False)).reset_index()
    hours = ledger.totals(inv, ptf, by=["actor_id", "obligation_id", "side"])
    hours = hours[hours["side"] == "authority"][["actor_id", "obligation_id", *_HOURS, "rows_unmeasured"]]
    return times.merge(hours, on=["actor_id", "obligation_id"], how="left")


def _handled(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    grouped = frame.groupby(keys, sort=True)
    sums = grouped[_HOURS].sum(min_count=1)
    sums.insert(0, "obligations", grouped["obligation_id"].nunique())
    sums.insert(1, "occurrences_per_year", grouped["occurrences_per_year"].sum(min_count=1))
    sums["rows_unmeasured"] = grouped["rows_unmeasured"].sum().astype("int64")
    return sums.reset_index()


def _pen_roles(inv: Inventory) -> dict[str, str]:
    """What an authority does first with each instrument."""
    first = inv.instrument_skills.drop_duplicates("instrument")
    return dict(zip(first["instrument"], first["pen_role"], strict=True))


def skills(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Skills that the authorities' side of a portfolio calls for, to count training needs.

    Instruments call for skills by ``instrument_skills``, an assumption to be discussed. The whole
    hours of a tool are in each skill it calls for: an hour that takes two skills is in both, and
    skills do not add up. A role is the authority that plays it for the portfolio (the first where
    several do).

    Returns
    -------
    DataFrame
        One row per authority × skill, most hours first: ``authority_id``, ``skill`` (empty for
        instruments without a stated skill), ``instruments``, ``obligations`` due,
        ``occurrences_per_year``, ``hours_per_year`` of the authority's side with bounds, ``etpt``
        (full-time years of 1,607 hours), ``rows_unmeasured``, ``evidence`` of the skill.
    """
    due = _due(with_roles_resolved(inv, ptf), ptf).rename(columns={"required_by_id": "authority_id"})
    called = inv.instrument_skills[["instrument", "skill", "evidence"]]
    frame = due.merge(called, on="instrument", how="left")
    frame[["skill", "evidence"]] = frame[["skill", "evidence"]].fillna("").astype("str")
    result = _handled(frame, ["authority_id", "skill", "evidence"])
    tools = frame.groupby(["authority_id", "skill", "evidence"])["instrument"].nunique()
    result["instruments"] = tools.to_numpy()
    result["etpt"] = result["hours_per_year"] / HOURS_PER_FULL_TIME_YEAR
    ordered = result.sort_values("hours_per_year", ascending=False, kind="stable", na_position="last")
    return ordered[
        ["authority_id", "skill", "instruments", "obligations", "occurrences_per_year", *_HOURS, "etpt",
         "rows_unmeasured", "evidence"]
    ].reset_index(drop=True)  # fmt: skip
