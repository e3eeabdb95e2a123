"""A plan on disk: levers, tables and what was allowed, so that another can replay it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import Text, text
from burden.simplify.planning.changes import ITEMS, MEASURES
from burden.simplify.planning.formulation import Terms
from burden.simplify.planning.plan import Proposal
from burden.simplify.scenario import read_scenario, write_scenario
from burden.sources.objects import read_object
from burden.sources.tables import read_table_file, write_table

TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "measures": tuple(MEASURES),
        "items": tuple(ITEMS),
        "acts": ("legal_base_id", "level", "amended_by_id", "measures", "saved"),
        "gateways": ("from_authority_id", "to_authority_id", "personal", "level", "concept_ids", "measures", "saved"),
        "untouched": ("reason", "items", "weight", "share"),
    }
)
"""Tables of a written plan and the columns of each."""

_AGAIN = text("Write the plan again with `burden plan`.")
_NUMBERS = ("items", "saved", "weight", "share")


def write_plan(plan: Proposal, folder: str | Path) -> Path:
    """Write a plan into a folder: ``plan.toml`` (its levers), ``plan.json`` (terms and summary), tables.

    Returns
    -------
    Path
        The folder.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_scenario(plan.scenario, folder / "plan.toml")
    for name in TABLES:
        write_table(getattr(plan, name), folder / f"{name}.csv")
    terms = {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(plan.terms).items()}
    told = {"terms": terms, "summary": plan.summary.to_dict(), "stopped": plan.stopped}
    (folder / "plan.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def read_plan(folder: str | Path) -> Proposal:
    """Read a written plan again.

    Raises
    ------
    InventoryError
        With every file that is missing or cannot be read, and every column that is missing.
    """
    folder = Path(folder)
    faults: list[Finding] = []
    told = _told(folder, faults)
    tables = {name: _table(folder, name, faults) for name in TABLES}
    try:
        scenario = read_scenario(folder / "plan.toml", empty=True)
    except OSError:
        faults.append(_missing("plan.toml"))
    except InventoryError as error:
        faults += error.findings
    if faults:
        raise InventoryError(faults)
    terms = Terms(**told["terms"])
    summary = pd.Series(told["summary"], dtype="float64")
    return Proposal(terms=terms, summary=summary, scenario=scenario, stopped=told["stopped"], **tables)


def _told(folder: Path, faults: list[Finding]) -> dict[str, Any]:
    known = {f.name for f in dataclasses.fields(Terms)}
    try:
        told = read_object(folder / "plan.json")
        if set(told["terms"]) <= known and isinstance(told["summary"], dict) and isinstance(told["stopped"], str):
            told["terms"]["without"] = tuple(told["terms"].get("without", ()))
            return told
        faults.append(_fault("plan.json", text("it does not say the terms and the summary of a plan.")))
    except OSError:
        faults.append(_missing("plan.json"))
    except (ValueError, KeyError, TypeError) as error:
        faults.append(_fault("plan.json", text("it cannot be read: {fault}.", fault=str(error))))
    return {}


def _table(folder: Path, name: str, faults: list[Finding]) -> pd.DataFrame:
    file = f"{name}.csv"
    try:
        frame = read_table_file(folder / file, file, _AGAIN)
    except InventoryError as error:
        faults += error.findings
        return pd.DataFrame()
    if lacking := [c for c in TABLES[name] if c not in frame]:
        faults.append(_fault(file, text("it lacks {columns}.", columns=", ".join(lacking))))
        return frame
    for column in _NUMBERS:
        if column in frame and column in TABLES[name]:
            frame[column] = pd.to_numeric(frame[column])
    if "personal" in frame:
        frame["personal"] = frame["personal"] == "True"
    return frame


def _missing(file: str) -> Finding:
    return _fault(file, text("it is not there."))


def _fault(file: str, fault: Text) -> Finding:
    return Finding("plan", "error", Place(file), fault, _AGAIN)
