"""A choice in the words of the inventory: items, measures, acts to amend, gateways to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from burden.model.inventory import Inventory
from burden.simplify.planning.formulation import Formulation
from burden.simplify.planning.problem import Choice, holding
from burden.simplify.planning.rules import BINDING, UNKNOWN
from burden.simplify.scenario import Scenario, Step

ITEMS = ["measure", "obligation_id", "label_fr", "concept_id", "source_kind", "source_id", "source_label_fr",
         "register", "reuse", "personal", "saved"]  # fmt: skip
MEASURES = ["measure", "kind", "obligation_id", "source_kind", "source_id", "register", "reuse", "items",
            "concept_ids", "saved", "acts", "gateways", "decision", "authority_ids"]  # fmt: skip
_REUSE = {"moved": -1, "same": 0, "derivable": 1, "harmonise": 2}


@dataclass(frozen=True, eq=False)
class Changes:
    """What a plan changes.

    Attributes
    ----------
    items : DataFrame
        One row per item that is no longer collected where it is today: ``measure``,
        ``obligation_id``, ``label_fr`` and ``concept_id`` there; ``source_kind`` (``obligation``,
        ``register``, ``moved``), ``source_id`` (the obligation that has it, or the authority that
        holds the register), ``source_label_fr``, ``register``, ``reuse``, ``personal``, ``saved``.
    measures : DataFrame
        One row per measure, most saved first: ``kind`` (``share``, ``register``, ``end``,
        ``merge``), ``items`` taken and their ``concept_ids``, weakest ``reuse``, ``saved`` a year,
        ``acts`` to amend and ``gateways`` (``from>to``) joined by ``|``, ``decision`` (``none``,
        ``agreement``, ``act``), ``authority_ids`` who must decide or agree.
    acts : DataFrame
        One row per act to amend: ``legal_base_id``, ``level``, ``amended_by_id``, ``measures`` that
        need it, joined by ``|``, and what they save together.
    gateways : DataFrame
        One row per gateway to open: ``from_authority_id``, ``to_authority_id``, ``personal``,
        ``level``, ``concept_ids``, ``measures``, ``saved``.
    """

    items: pd.DataFrame
    measures: pd.DataFrame
    acts: pd.DataFrame
    gateways: pd.DataFrame


def changes(inv: Inventory, stated: Formulation, choice: Choice) -> Changes:
    """Tell what a choice changes."""
    items, slots = _items(inv, stated, choice), np.flatnonzero(choice.link >= 0)
    needed = _needed(stated, choice, slots)
    ended = _ended(stated, choice)
    key = [_key(row, ended) for row in items.to_dict("records")]
    items["measure"], order = pd.factorize(pd.Series(key, dtype=object))
    measures = _measures(stated, choice, items, order, needed, ended)
    renumbered = {old: f"M{new}" for new, old in enumerate(measures["measure"], start=1)}
    measures["measure"] = measures["measure"].map(renumbered).astype("str")
    items["measure"] = items["measure"].map(renumbered).astype("str")
    through = items.assign(permits=pd.Series([sorted(needed[s]) for s in slots.tolist()], dtype=object))
    acts, gateways = _acts(stated, measures), _gateways(stated, measures, through)
    shown = measures.drop(columns="permits")
    return Changes(items[ITEMS].reset_index(drop=True), shown[MEASURES].reset_index(drop=True), acts, gateways)


def ways(inv: Inventory, stated: Formulation, choice: Choice) -> list[tuple[str, str]]:
    """Where obligations take items under a choice: obligation and source, each pair once."""
    items = _items(inv, stated, choice)
    return list(dict.fromkeys(zip(items["obligation_id"], items["source_id"], strict=True)))


def _items(inv: Inventory, stated: Formulation, choice: Choice) -> pd.DataFrame:
    """Items that are no longer collected, in the order of the slots."""
    slots = stated.demands.slots
    gone = np.flatnonzero(choice.link >= 0)
    link = stated.links.take(choice.link[gone]).reset_index(drop=True)
    items = slots.take(gone)[["obligation_id", "label_fr", "concept_id", "personal"]].reset_index(drop=True)
    source, register, permit = (link[c].to_numpy(dtype=np.int64) for c in ("source", "register", "permit"))
    holder, name = (inv.holdings[c].to_numpy(dtype=object) for c in ("authority_id", "register"))
    into = stated.permits["into"].to_numpy(dtype=object)
    tool, label = (slots[c].to_numpy(dtype=object) for c in ("obligation_id", "label_fr"))
    kind = np.select([source >= 0, register >= 0], ["obligation", "register"], "moved")
    places = zip(kind, source, register, permit, strict=True)
    where = [tool[s] if k == "obligation" else holder[r] if k == "register" else into[p] for k, s, r, p in places]
    return items.assign(
        source_kind=kind,
        source_id=where,
        source_label_fr=[label[s] if s >= 0 else "" for s in source],
        register=[name[r] if r >= 0 else "" for r in register],
        reuse=link["reuse"].to_numpy(),
        saved=slots["weight"].to_numpy()[gone] - link["weight"].to_numpy(),
    )


def _ended(stated: Formulation, choice: Choice) -> dict[str, str]:
    """Obligations that end, with the one that each becomes part of, if any."""
    tools = stated.demands.tools["obligation_id"].to_numpy()
    ended = dict.fromkeys(tools[~choice.kept].tolist(), "")
    merged = stated.permits[choice.permits & (stated.permits["kind"] == "merge").to_numpy()]
    return ended | dict(zip(merged["obligation_id"], merged["into"], strict=True))


def _key(item: Mapping[Any, Any], ended: Mapping[str, str]) -> tuple[object, ...]:
    if (obligation := str(item["obligation_id"])) in ended:
        return ("merge" if ended[obligation] else "end", obligation, "obligation", ended[obligation], "")
    kind = "share" if item["source_kind"] == "obligation" else "register"
    return kind, obligation, item["source_kind"], item["source_id"], item["register"]


def _needed(stated: Formulation, choice: Choice, slots: np.ndarray) -> dict[int, set[int]]:
    """Permits in use behind the link of each slot that is served."""
    problem = stated.problem
    in_use = problem.clauses.multiply(choice.permits[None, :].astype(float)).tocsr()
    found: dict[int, set[int]] = {}
    for slot in slots.tolist():
        clauses = _columns(problem.link_needs, int(choice.link[slot]))
        found[slot] = {permit for clause in clauses for permit in _columns(in_use, clause)[:1]}
    assert not len(slots) or bool(holding(problem, choice.permits)[choice.link[slots]].all())
    return found


def _columns(table: Any, row: int) -> list[int]:
    start, end = table.indptr[row], table.indptr[row + 1]
    return [int(c) for c in table.indices[start:end]]


def _measures(
    stated: Formulation,
    choice: Choice,
    items: pd.DataFrame,
    order: pd.Index,
    needed: Mapping[int, set[int]],
    ended: Mapping[str, str],
) -> pd.DataFrame:
    slots = np.flatnonzero(choice.link >= 0)
    kept_weight = dict(zip(stated.demands.tools["obligation_id"], stated.problem.kept_weight, strict=True))
    rows = []
    for number, (kind, obligation, source_kind, source, register) in enumerate(order):
        own = items["measure"] == number
        permits = set().union(*(needed[s] for s in slots[own.to_numpy()]))
        if obligation in ended:
            permits |= _to_end(stated, choice, obligation)
        chosen = items[own]
        saved = float(chosen["saved"].sum()) + (kept_weight[obligation] if obligation in ended else 0.0)
        reuse = max(chosen["reuse"], key=lambda r: _REUSE[r])
        concepts = "|".join(dict.fromkeys(chosen["concept_id"]))
        rows.append(
            {"measure": number, "kind": kind, "obligation_id": obligation, "source_kind": source_kind,
             "source_id": source, "register": register, "reuse": reuse, "items": len(chosen),
             "concept_ids": concepts, "saved": saved, "permits": sorted(permits), **_decision(stated, permits)}
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=[*MEASURES[:10], "permits", *MEASURES[10:]])
    # A plan without measures has columns of words all the same.
    words = dict.fromkeys([c for c in MEASURES if c not in ("measure", "items", "saved")], "str")
    frame = frame.astype(words)
    return frame.sort_values(["saved", "obligation_id"], ascending=[False, True], ignore_index=True)


def _to_end(stated: Formulation, choice: Choice, obligation: str) -> set[int]:
    """Permits that the end of an obligation takes."""
    problem, tools = stated.problem, stated.demands.tools["obligation_id"].tolist()
    clauses = set(_columns(problem.end_needs, tools.index(obligation)))
    merges = choice.permits & (stated.permits["kind"] == "merge").to_numpy()
    for permit in np.flatnonzero(merges & (stated.permits["obligation_id"] == obligation).to_numpy()):
        clauses |= set(_columns(problem.permit_needs, int(permit)))
    return {p for c in clauses for p in _columns(problem.clauses, c) if choice.permits[p]}


def _decision(stated: Formulation, permits: set[int]) -> dict[str, object]:
    used = stated.permits.take(sorted(permits))
    acts, gateways = used[used["kind"] == "act"], used[used["kind"] == "gateway"]
    levels = set(acts["level"]) | set(gateways["level"])
    decision = "act" if levels & {*BINDING, UNKNOWN} else "agreement" if levels else "none"
    return {
        "acts": "|".join(acts["legal_base_id"]),
        "gateways": "|".join(gateways["from_authority_id"] + ">" + gateways["to_authority_id"]),
        "decision": decision,
        "authority_ids": "|".join(dict.fromkeys(a for cell in used["authority_ids"] for a in cell.split("|") if a)),
    }


def _of_permits(stated: Formulation, measures: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Permits in use × measures."""
    pairs = measures[["measure", "saved", "permits"]].explode("permits").dropna(subset="permits")
    pairs = pairs.astype({"permits": "int64"})
    used = stated.permits[stated.permits["kind"] == kind].rename_axis("permits").reset_index()
    return pairs.merge(used, on="permits")


def _acts(stated: Formulation, measures: pd.DataFrame) -> pd.DataFrame:
    pairs = _of_permits(stated, measures, "act").rename(columns={"authority_ids": "amended_by_id"})
    by = ["legal_base_id", "level", "amended_by_id"]
    acts = pairs.groupby(by).agg(measures=("measure", "|".join), saved=("saved", "sum")).reset_index()
    return acts.sort_values(["saved", "legal_base_id"], ascending=[False, True], ignore_index=True)


def _gateways(stated: Formulation, measures: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    pairs = _of_permits(stated, measures, "gateway")
    passing = items.explode("permits").groupby(["measure", "permits"])["concept_id"]
    concepts = passing.agg(lambda c: "|".join(dict.fromkeys(c))).rename("concept_ids").reset_index()
    pairs = pairs.merge(concepts.astype({"permits": "int64"}), on=["measure", "permits"])
    by = ["from_authority_id", "to_authority_id", "personal", "level"]
    gateways = pairs.groupby(by).agg(
        concept_ids=("concept_ids", lambda c: "|".join(dict.fromkeys("|".join(c).split("|")))),
        measures=("measure", "|".join),
        saved=("saved", "sum"),
    )
    return gateways.reset_index().sort_values(["saved", *by], ascending=[False, *[True] * 4], ignore_index=True)


def scenario_of(changed: Changes, *, name: str, titles: Mapping[str, str]) -> Scenario:
    """The plan as ordered levers: items taken from elsewhere, then merges, then ends."""
    steps = []
    taken = changed.items[changed.items["source_kind"] != "moved"]
    for (obligation, source), rows in taken.groupby(["obligation_id", "source_id"], sort=False):
        steps.append(
            _step("share", obligation=obligation, source=source, concepts=list(dict.fromkeys(rows["concept_id"])),
                  labels=rows["label_fr"].tolist())
        )  # fmt: skip
    for row in changed.measures[changed.measures["kind"] == "merge"].itertuples():
        # What the plan did not find to be the same is asked there beside what looks the same.
        own = changed.items[(changed.items["measure"] == row.measure) & (changed.items["source_kind"] == "moved")]
        apart = {"apart": own["label_fr"].tolist()} if len(own) else {}
        steps.append(_step("merge", obligation=row.obligation_id, into=row.source_id, **apart))
    for row in changed.measures[changed.measures["kind"] == "end"].itertuples():
        steps.append(_step("drop", obligation=row.obligation_id))
    return Scenario(name, **titles, steps=tuple(steps))


def _step(lever: str, **given: object) -> Step:
    return Step(lever, MappingProxyType(given))
