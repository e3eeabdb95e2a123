"""A national register and its inventory, from a seed; sizes are arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from burden.model.inventory import Inventory, from_frames
from burden.model.portfolio import Portfolio, portfolio_from_frame

Row = dict[str, Any]
EVENTS = ["admission", "exit", "hire", "serious_incident", "work_accident", "inspection"]
POPULATIONS = {
    "operator": "operator", "establishment": "establishment", "place": "place", "person": "person",
    "person_judicial": "person", "person_under_2": "person", "staff": "staff_member",
    **dict.fromkeys(EVENTS, "event"),
}  # fmt: skip
PARENTS = {"person_judicial": "person", "person_under_2": "person"}
TAGS = {"budget": "financial", "eprd": "financial", "cpom": None, "justice": None, "accommodation": None,
        "subsidised": None}  # fmt: skip
TYPES = [f"type_{i:02d}" for i in range(20)]
TERRITORIES = [f"{i:02d}" for i in range(1, 102)]
READ = {"name_fr": "—", "evidence": "assumed"}


def _named(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame([{**READ, **r} for r in rows])


def inventory(seed: int, *, obligations: int, items: int, concepts: int) -> Inventory:
    """Obligations that ask for items drawn from a common stock, popular ones first."""
    rng = np.random.default_rng(seed)
    names = [f"O{i:04d}" for i in range(obligations)]
    weight = 1.0 / np.arange(1, concepts + 1) ** 0.7
    per = rng.choice(
        ["establishment", "person", "operator", "staff", "person_judicial", "person_under_2", *EVENTS],
        obligations, p=[0.45, 0.15, 0.1, 0.06, 0.04, 0.02, *[0.03] * 6],
    )  # fmt: skip
    period = [
        "event" if p in EVENTS else q
        for p, q in zip(per, rng.choice(["P1Y", "P1M", "P3M", "P2Y", "P5Y"], obligations,
                                        p=[0.55, 0.12, 0.13, 0.1, 0.1]), strict=True)
    ]  # fmt: skip
    tables = {
        "authorities": [{"authority_id": a, "level": "state"} for a in ("a", "b", "c", "d")],
        "silos": [{"silo_id": "s"}],
        "populations": [{"population_id": p, "grain": g, "parent_id": PARENTS.get(p)} for p, g in POPULATIONS.items()],
        "actors": [{"actor_id": "operator", "kind": "operator"}, {"actor_id": "essms", "kind": "establishment"}]
        + [{"actor_id": t, "kind": "establishment", "parent_id": "essms"} for t in TYPES],
        "tags": [{"tag_id": t, "regime": r} for t, r in TAGS.items()],
        "concepts": [
            {"concept_id": f"c{i:05d}", "kind": "identifier" if i % 25 == 0 else "quantity", "personal": False,
             "additive": str(rng.choice(["flow", "stock", "no"]))}
            for i in range(concepts)
        ],
        "obligations": [
            {"obligation_id": n, "silo_id": "s", "instrument": "budget", "required_by_id": "abcd"[i % 4],
             "period": period[i], "population_id": per[i], "item_list": "complete"}
            for i, n in enumerate(names)
        ],
        "duties": [d for i, n in enumerate(names) for d in _duties(rng, n, str(per[i]))],
        "requests": [
            r for i, n in enumerate(names)
            for r in _requests(rng, n, rng.choice(concepts, items, replace=False, p=weight / weight.sum()), str(per[i]))
        ],
        "tariffs": [{"staff_grade": "administrative", "year": 2025, "eur_per_h": 40.0, "overhead_share": 0.25}],
    }  # fmt: skip
    return from_frames("national", {t: _named(rows) for t, rows in tables.items()})


def _duties(rng: np.random.Generator, obligation: str, per: str) -> list[Row]:
    if per == "operator":
        return [{"obligation_id": obligation, "actor_id": "operator"}]
    tags = [str(rng.choice(["", "", "budget", "eprd", "cpom", "justice", "accommodation", "subsidised"]))]
    if rng.random() < 0.4:
        return [{"obligation_id": obligation, "actor_id": "essms", "required_tags": tags[0]}]
    types = rng.choice(TYPES, rng.integers(3, 12), replace=False)
    return [{"obligation_id": obligation, "actor_id": str(t), "required_tags": tags[0]} for t in types]


def _requests(rng: np.random.Generator, obligation: str, drawn: Any, per: str) -> list[Row]:
    member = POPULATIONS[per] if per not in ("operator", "establishment") else "establishment"
    grain = np.where(rng.random(len(drawn)) < 0.6, member, "establishment")
    if per == "operator":
        grain = np.full(len(drawn), "operator")
    grain = np.where(rng.random(len(drawn)) < 0.1, "operator", grain)
    periods = ["realised_year", "realised_month", "december_31", "event", "unspecified"]
    period = rng.choice(periods, len(drawn), p=[0.5, 0.1, 0.2, 0.1, 0.1])
    minutes = rng.integers(1, 16, len(drawn))
    return [
        {"obligation_id": obligation, "label_fr": f"{obligation} {c}", "concept_id": f"c{c:05d}", "grain": g,
         "reference_period": p, "perimeter": "whole", "unit": "count", "minutes": float(m),
         "staff_grade": "administrative"}
        for c, g, p, m in zip(drawn, grain, period, minutes, strict=True)
    ]  # fmt: skip


def portfolio(seed: int, *, units: int, exceptions: float, obligations: int) -> Portfolio:
    """Operators of about five units, each of a type with the tags and sizes usual to it."""
    rng = np.random.default_rng(seed)
    operators = max(units // 6, 1)
    establishments = units - operators
    kind = rng.integers(0, len(TYPES), establishments)
    of_operator = np.sort(rng.integers(0, operators, establishments))
    regime = np.where((kind % 3 == 0) | (rng.random(establishments) < 0.05), "eprd", "budget")
    others = np.array(["cpom", "justice", "accommodation", "subsidised"])
    tags = ["|".join([r, *others[row]]) for r, row in zip(regime, _usual_tags(rng, kind), strict=True)]
    persons = rng.integers(8, 200, establishments)
    below = pd.DataFrame({
        "unit_id": [f"u{i}" for i in range(establishments)],
        "operator_id": [f"op{o}" for o in of_operator],
        "actor_id": [TYPES[k] for k in kind],
        "tags": tags,
        "territory": rng.choice(TERRITORIES, establishments),
        "place": persons, "person": persons,
        "person_judicial": np.where(kind % 4 == 0, persons // 2, 0),
        "person_under_2": np.where(kind % 5 == 0, persons // 10, 0),
        "staff": persons // 2 + 1,
        **{e: rng.poisson(m, establishments) for e, m in
           zip(EVENTS, (25, 24, 8, 1.5, 1.0, 0.7), strict=True)},
    })  # fmt: skip
    above = pd.DataFrame({
        "unit_id": [f"seat{i}" for i in range(operators)], "operator_id": [f"op{i}" for i in range(operators)],
        "actor_id": "operator", "tags": rng.choice(["", "subsidised"], operators),
        "territory": rng.choice(TERRITORIES, operators),
    })  # fmt: skip
    frame = pd.concat([above, below], ignore_index=True)
    # An operator without units has nobody to count.
    alone = ~frame["operator_id"].isin(below["operator_id"])
    counted = [p for p in POPULATIONS if p in frame]
    frame.loc[alone, counted] = 0
    frame["exempt_obligation_ids"] = _exempt(rng, len(frame), exceptions, obligations)
    return portfolio_from_frame("national", frame)


def _usual_tags(rng: np.random.Generator, kind: Any) -> Any:
    usual = np.column_stack([kind % 2 == 0, kind % 4 == 0, kind % 3 != 2, kind % 5 == 1])
    return usual ^ (rng.random(usual.shape) < 0.03)


def _exempt(rng: np.random.Generator, units: int, share: float, obligations: int) -> list[str]:
    exempt = rng.random(units) < share
    return ["|".join(f"O{o:04d}" for o in rng.choice(obligations, 2, replace=False)) if e else "" for e in exempt]
