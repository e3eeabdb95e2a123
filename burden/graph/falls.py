"""Which obligation falls on which type of actor, under which conditions, on how many units."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from burden.graph.nodes import Plain
from burden.graph.rows import Row, grouped, surest
from burden.model.inventory import Inventory, more_general, with_tables
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles

_PAIR = ["obligation_id", "actor_id"]


def conditions(duties: Iterable[Row]) -> str:
    """Conditions of the duties of one obligation on one actor; empty when one has none.

    ``&`` joins what must hold together, ``|`` what suffices, ``!`` stands for *not*.
    """
    said = [_condition(duty) for duty in duties]
    return "" if "" in said else " | ".join(sorted(said))


def _condition(duty: Row) -> str:
    def parts(column: str) -> list[str]:
        return [p for p in str(duty[column]).split("|") if p]

    said = parts("required_tags") + [f"!{t}" for t in parts("excluded_tags")]
    if places := parts("territories"):
        said.append(f"territory={','.join(places)}")
    for column, sign in (("threshold_minimum", ">="), ("threshold_maximum", "<")):
        limit = duty[column]
        if isinstance(limit, float):
            said.append(f"{duty['threshold_population_id']}{sign}{limit:g}")
    return " & ".join(said)


def falls_on(inv: Inventory, portfolio: Portfolio | None) -> list[tuple[str, str, dict[str, Plain]]]:
    """Obligation, actor and what is known of the duty.

    Without a portfolio: the types that the duties name. With one: the own types of the units on
    which a duty falls or may fall, with the number of both, and the types that the duties name.
    """
    if portfolio is None:
        return [
            (o, a, _duty_attributes(duties) | {"through": a}) for (o, a), duties in grouped(inv.duties, *_PAIR).items()
        ]
    return _falls_on_units(inv, portfolio)


def _duty_attributes(duties: list[Row]) -> dict[str, Plain]:
    said = conditions(duties)
    return {"conditional": bool(said), "conditions": said, "evidence": surest(duties)}


def _falls_on_units(inv: Inventory, portfolio: Portfolio) -> list[tuple[str, str, dict[str, Plain]]]:
    through = _through(inv, portfolio)
    duties_of = grouped(inv.duties, *_PAIR)
    edges = []
    for o, a, concerned, unknown in _unit_counts(inv, portfolio).itertuples(index=False):
        named = through[o, a]
        duties = [duty for t in named for duty in duties_of[o, t]]
        counts: dict[str, Plain] = {"units": int(concerned), "units_unknown": int(unknown)}
        edges.append((str(o), str(a), _duty_attributes(duties) | {"through": "|".join(named)} | counts))
    return edges


def _through(inv: Inventory, portfolio: Portfolio) -> dict[tuple[str, str], list[str]]:
    """For each obligation and type of unit, the types named by the duties that reach the units."""
    duties = inv.duties
    present = {t for a in portfolio.units["actor_id"].unique() for t in more_general(inv, str(a))}
    found: dict[tuple[str, str], list[str]] = {}
    for named in sorted(set(duties["actor_id"]) & present):
        alone = with_tables(inv, {"duties": duties[duties["actor_id"] == named]})
        for o, a in _unit_counts(alone, portfolio)[_PAIR].itertuples(index=False):
            found.setdefault((o, a), []).append(named)
    return found


def _unit_counts(inv: Inventory, portfolio: Portfolio) -> pd.DataFrame:
    """Obligation × own type of unit: units concerned, units of which it is unknown."""
    found = profiles(inv, portfolio)
    _, first = np.unique(found.of_unit, return_index=True)
    types = portfolio.units["actor_id"].to_numpy()[first]
    counts = np.bincount(found.of_unit, minlength=len(first))[:, None]
    columns = pd.Index(inv.obligations["obligation_id"], name="obligation_id")
    tables = {
        name: pd.DataFrame(mask * counts, columns=columns).groupby(pd.Index(types, name="actor_id")).sum()
        for name, mask in (("units", found.applies > 0), ("units_unknown", np.isnan(found.applies)))
    }
    long = pd.DataFrame({name: table.stack() for name, table in tables.items()}).reset_index()
    return long.loc[long["units"] + long["units_unknown"] > 0, [*_PAIR, "units", "units_unknown"]]
