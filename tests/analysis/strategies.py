"""Random small inventories and portfolios, of whole numbers, in which things do repeat."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import strategies as st

from burden.model.inventory import Inventory, from_frames
from burden.model.portfolio import Portfolio, portfolio_from_frame

Row = dict[str, Any]
READ = {"evidence": "text"}
POPULATIONS: list[Row] = [
    {"population_id": "operator", "grain": "operator"},
    {"population_id": "establishment", "grain": "establishment"},
    {"population_id": "person", "grain": "person"},
    {"population_id": "judicial", "grain": "person", "parent_id": "person"},
    {"population_id": "under_2", "grain": "person", "parent_id": "person"},
    {"population_id": "under_1", "grain": "person", "parent_id": "under_2"},
    {"population_id": "staff", "grain": "staff_member"},
    {"population_id": "admission", "grain": "event"},
    {"population_id": "incident", "grain": "event"},
    {"population_id": "cpom", "grain": "contract"},
]
ACTORS: list[Row] = [
    {"actor_id": "operator", "kind": "operator"},
    {"actor_id": "association", "kind": "operator", "parent_id": "operator"},
    {"actor_id": "essms", "kind": "establishment"},
    {"actor_id": "mecs", "kind": "establishment", "parent_id": "essms"},
    {"actor_id": "ehpad", "kind": "establishment", "parent_id": "essms"},
]
TAGS: list[Row] = [
    {"tag_id": "budget", "regime": "financial"},
    {"tag_id": "eprd", "regime": "financial"},
    {"tag_id": "cpom"},
]
CONCEPTS: list[Row] = [
    {"concept_id": "siret", "kind": "identifier", "additive": "no"},
    {"concept_id": "days", "kind": "quantity", "additive": "flow"},
    {"concept_id": "ftes", "kind": "quantity", "additive": "stock"},
    {"concept_id": "project", "kind": "text", "additive": "no"},
]


def named(rows: list[Row]) -> pd.DataFrame:
    """Rows with the columns that only a reader needs."""
    return pd.DataFrame([{"name_fr": "—", "personal": False, **READ, **r} for r in rows])


@st.composite
def obligation_rows(draw: st.DrawFn, number: int) -> tuple[Row, list[Row], list[Row], list[Row], list[Row]]:
    name = f"o{number}"
    populations = ["establishment", "person", *(str(p["population_id"]) for p in POPULATIONS)]
    obligation = {
        "obligation_id": name, "silo_id": "s", "instrument": draw(st.sampled_from(["budget", "accounts"])),
        "required_by_id": draw(st.sampled_from(["ars", "departement"])), "item_list": "complete",
        "period": draw(st.sampled_from(["P1Y", "P1Y", "P6M", "P1M", "P2Y", "event", "event", "once"])),
        "population_id": draw(st.sampled_from(populations)),
        "usual_share": draw(st.sampled_from([0.0, 0.5, None])),
        "external_eur": draw(st.sampled_from([None, None, 100.0])),
    }  # fmt: skip
    duties = draw(st.lists(duty_rows(name), min_size=1, max_size=3, unique_by=_duty_key))
    requests = draw(st.lists(request_rows(name), min_size=2, max_size=6))
    requests = [r | {"label_fr": f"label {i}"} for i, r in enumerate(requests)]
    activities = draw(st.lists(activity_rows(name), max_size=2, unique_by=lambda a: (a["activity"], a["side"])))
    reached = draw(st.sets(st.sampled_from(["ars", "departement"])))
    recipients = [{"obligation_id": name, "authority_id": a} for a in sorted(reached)]
    return obligation, duties, requests, activities, recipients


def _duty_key(duty: Row) -> tuple[str, str, str]:
    return duty["actor_id"], duty["required_tags"], duty["excluded_tags"]


@st.composite
def duty_rows(draw: st.DrawFn, obligation: str) -> Row:
    sized = draw(st.sampled_from([False, False, False, True]))
    return {
        "obligation_id": obligation,
        "actor_id": draw(st.sampled_from(["operator", "association", "essms", "essms", "essms", "mecs"])),
        "required_tags": draw(st.sampled_from(["", "", "", "", "budget", "eprd", "cpom"])),
        "excluded_tags": draw(st.sampled_from(["", "", "", "cpom", "eprd"])),
        "territories": draw(st.sampled_from(["", "", "", "75"])),
        "threshold_population_id": "person" if sized else None,
        "threshold_minimum": 5.0 if sized else None,
        "share": draw(st.sampled_from([1.0, 1.0, 1.0, 0.5, 0.25])),
    }


@st.composite
def request_rows(draw: st.DrawFn, obligation: str) -> Row:
    years = ["realised_year"] * 4
    periods = [*years, "realised_month", "realised_month", "december_31", "event", "unspecified"]
    return {
        "obligation_id": obligation,
        "concept_id": draw(st.sampled_from(["siret", "days", "days", "days", "ftes", "ftes", "project"])),
        "grain": draw(st.sampled_from(["operator", "establishment", "establishment", "person", "person",
                                       "staff_member", "event", "contract", "unspecified"])),
        "reference_period": draw(st.sampled_from(periods)),
        "perimeter": draw(st.sampled_from(["whole"] * 5 + ["recipient_share", "unspecified"])),
        "unit": "count",
        "population_id": draw(st.sampled_from([None, None, None, "person", "under_2", "establishment"])),
        "staff_grade": draw(st.sampled_from(["director", "manager", None])),
        "complexity": draw(st.sampled_from(["simple", "medium", None])),
        "minutes": draw(st.sampled_from([None, 0.0, 1.0, 6.0, 10.0, 90.0])),
    }  # fmt: skip


@st.composite
def activity_rows(draw: st.DrawFn, obligation: str) -> Row:
    return {
        "obligation_id": obligation,
        "activity": draw(st.sampled_from(["familiarisation", "meeting"])),
        "side": draw(st.sampled_from(["respondent", "authority"])),
        "staff_grade": draw(st.sampled_from(["director", None])),
        "one_off": draw(st.booleans()),
        "minutes": draw(st.sampled_from([None, 30.0])),
        "complexity": draw(st.sampled_from([None, "simple"])),
    }


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """A few obligations that ask for the same few things."""
    drawn = [draw(obligation_rows(i)) for i in range(draw(st.integers(2, 5)))]
    standard = [
        {"activity": a, "side": "respondent", "complexity": "simple", "minutes": m}
        for a, m in (("obtaining_data", 2.0), ("familiarisation", 3.0))
    ]
    frames = {
        "authorities": named([
            {"authority_id": "ars", "level": "ars"}, {"authority_id": "departement", "level": "departement"},
        ]),
        "silos": named([{"silo_id": "s"}]),
        "populations": named(POPULATIONS),
        "actors": named(ACTORS),
        "tags": named(TAGS),
        "concepts": named(CONCEPTS),
        "tariffs": named([
            {"staff_grade": "director", "year": 2024, "eur_per_h": 30.0, "overhead_share": 0.5},
            {"staff_grade": "director", "year": 2025, "eur_per_h": 40.0, "overhead_share": 0.25},
        ]),
        "standard_times": named(standard),
        "obligations": named([o for o, *_ in drawn]),
        "duties": named([d for _, duties, *_ in drawn for d in duties]),
        "requests": named([r for _, _, requests, *_ in drawn for r in requests]),
        "activities": named([a for *_, activities, _ in drawn for a in activities]),
        "recipients": named([r for *_, recipients in drawn for r in recipients]),
    }  # fmt: skip
    return from_frames("random", frames)


@st.composite
def numbers(draw: st.DrawFn, *, unknown: bool) -> dict[str, float | None]:
    """Members of one unit; parts of a population never exceed it."""
    under_1, older, judicial, others = (draw(st.integers(0, 3)) for _ in range(4))
    counted: dict[str, float | None] = {
        "under_1": under_1, "under_2": under_1 + older, "judicial": judicial,
        "person": under_1 + older + judicial + others,
        "staff": draw(st.integers(0, 4)), "admission": draw(st.integers(0, 3)),
        "incident": draw(st.integers(0, 2)), "cpom": draw(st.integers(0, 1)),
    }  # fmt: skip
    if unknown:
        for population in draw(st.sets(st.sampled_from(sorted(counted)), max_size=3)):
            counted[population] = None
    return counted


@st.composite
def portfolios(draw: st.DrawFn, *, unknown: bool = True) -> Portfolio:
    """A few operators with their units, some alike, some without a row of their own."""
    units: list[Row] = []
    for operator in range(draw(st.integers(1, 2))):
        below = draw(st.lists(unit_rows(unknown=unknown), max_size=3))
        below += [below[0]] * draw(st.integers(0, 2)) if below else []
        if draw(st.booleans()) or not below:
            units.append(draw(operator_row(below, unknown=unknown)) | {"operator_id": f"op{operator}"})
        units += [u | {"operator_id": f"op{operator}"} for u in below]
    return portfolio_from_frame("random", pd.DataFrame([u | {"unit_id": f"u{i}"} for i, u in enumerate(units)]))


@st.composite
def unit_rows(draw: st.DrawFn, *, unknown: bool) -> Row:
    regime = draw(st.sampled_from(["budget", "eprd"]))
    return {
        "actor_id": draw(st.sampled_from(["mecs", "ehpad"])),
        "tags": draw(st.sampled_from([regime, f"{regime}|cpom"])),
        "territory": draw(st.sampled_from(["75", "69", None])) if unknown else "75",
        "exempt_obligation_ids": draw(st.sampled_from(["", "", "", "o0", "o1|o2"])),
        **draw(numbers(unknown=unknown)),
    }


@st.composite
def operator_row(draw: st.DrawFn, below: list[Row], *, unknown: bool) -> Row:
    """An operator: its totals are told, with a head office's own, or left to be summed."""
    row: Row = {"actor_id": draw(st.sampled_from(["operator", "association"])), "territory": "75",
                "tags": draw(st.sampled_from(["", "cpom"])), "exempt_obligation_ids": ""}  # fmt: skip
    own = draw(numbers(unknown=False))
    if draw(st.booleans()) and below:
        return row | dict.fromkeys(own)
    totals = {p: sum(u[p] or 0 for u in below) + (n or 0) for p, n in own.items()}
    if unknown and draw(st.booleans()):
        totals["staff"] = None
    return row | totals
