"""Rows of the inventory as nodes, with attributes that every graph format can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from burden.model.inventory import Inventory, more_general
from burden.model.portfolio import Portfolio

Plain: TypeAlias = str | int | float | bool
Node: TypeAlias = tuple[str, dict[str, Plain]]


@dataclass(frozen=True)
class _Kind:
    """One kind of node: the table of its rows, its key, its label, attribute → column."""

    kind: str
    table: str
    key: str
    label: str
    columns: dict[str, str]


def _same(*columns: str) -> dict[str, str]:
    return {c: c for c in columns}


_KINDS = (
    _Kind(
        "legal_base", "legal_bases", "legal_base_id", "citation",
        {"amended_by": "amended_by_id"}
        | _same("level", "valid_from", "valid_to", "version_read", "url", "evidence"),
    ),
    _Kind(
        "obligation", "obligations", "obligation_id", "name_fr",
        {"silo": "silo_id", "population": "population_id", "purpose": "purpose_fr"}
        | _same("instrument", "period", "deadline", "channel", "timing", "proof", "protected")
        | _same("item_list", "evidence"),
    ),
    _Kind(
        "actor", "actors", "actor_id", "name_fr",
        {"actor_kind": "kind", "silo": "silo_id", "evidence": "evidence"},
    ),
    _Kind("authority", "authorities", "authority_id", "name_fr", _same("level", "evidence")),
    _Kind(
        "concept", "concepts", "concept_id", "name_fr",
        {"concept_kind": "kind"} | _same("additive", "personal", "evidence"),
    ),
)  # fmt: skip


def nodes(inv: Inventory, portfolio: Portfolio | None) -> list[Node]:
    """Every node, by kind and identifier.

    An unknown text is ``""``; an unknown number or yes-or-no is left out.
    """
    units = {} if portfolio is None else _unit_counts(inv, portfolio)
    found = [node for kind in _KINDS for node in _nodes_of(inv, kind)]
    return [(name, attributes | units.get(name, {})) for name, attributes in found]


def _nodes_of(inv: Inventory, kind: _Kind) -> list[Node]:
    table = inv[kind.table].sort_values(kind.key)
    columns = {"label": kind.label, "label_en": "name_en"} | kind.columns
    values = pd.DataFrame({a: _plain(table[c]) if c in table else "" for a, c in columns.items()})
    return [
        (f"{kind.kind}:{name}", {"kind": kind.kind} | {str(a): v for a, v in row.items() if not pd.isna(v)})
        for name, row in zip(table[kind.key], values.to_dict("records"), strict=True)
    ]


def _plain(column: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_dtype(column):
        return pd.Series(column.dt.strftime("%Y-%m-%d").fillna(""))
    if pd.api.types.is_bool_dtype(column):
        return column.astype(object)
    return column.fillna("")


def _unit_counts(inv: Inventory, portfolio: Portfolio) -> dict[str, dict[str, Plain]]:
    """Units of each type itself, and with those of its more special types."""
    own = portfolio.units["actor_id"].value_counts().to_dict()
    below = dict.fromkeys(inv.actors["actor_id"], 0)
    for actor, count in own.items():
        for general in more_general(inv, str(actor)):
            below[general] += int(count)
    return {f"actor:{a}": {"units": int(own.get(a, 0)), "units_below": n} for a, n in below.items()}
