"""A plan on disk: levers, tables and what was allowed, so that another can replay it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pandas as pd

from burden.analysis.askings import Reuse
from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import Text, text
from burden.simplify.planning.changes import ITEMS, MEASURES
from burden.simplify.planning.formulation import Terms
from burden.simplify.planning.plan import Proposal
from burden.simplify.scenario import read_scenario, write_scenario
from burden.sources.in_place import write_in_place
from burden.sources.objects import UnreadableError, read_object
from burden.sources.placing import recovered
from burden.sources.rows import shown
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
_MARK = "plan.json"
_NUMBERS = ("items", "saved", "weight", "share")


def write_plan(plan: Proposal, folder: str | Path) -> Path:
    """Write a plan into a folder: ``plan.toml`` (its levers), ``plan.json`` (terms and summary), tables.

    The folder appears whole or not at all; an earlier plan is replaced, anything else is left alone.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InventoryError
        If the folder holds something else than a plan.
    """
    occupied = text("the folder holds files that are not a plan; nothing was written.")
    return write_in_place(folder, lambda fresh: _write(plan, fresh), mark=_MARK, occupied=occupied)


def _write(plan: Proposal, folder: Path) -> None:
    write_scenario(plan.scenario, folder / "plan.toml")
    for name in TABLES:
        write_table(getattr(plan, name), folder / f"{name}.csv")
    terms = {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(plan.terms).items()}
    told = {"terms": terms, "summary": plan.summary.to_dict(), "stopped": plan.stopped}
    (folder / _MARK).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_plan(folder: str | Path) -> Proposal:
    """Read a written plan again.

    Returns
    -------
    Proposal
        What was written, proof included; nothing is worked out again.

    Raises
    ------
    InventoryError
        With every file that is missing or cannot be read, and every column that is missing.
    """
    folder = recovered(Path(folder))
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
    try:
        told = read_object(folder / "plan.json")
        if _is_plan(told):
            told["terms"]["without"] = tuple(told["terms"].get("without", ()))
            return told
        faults.append(_fault("plan.json", text("it does not say the terms and the summary of a plan.")))
    except OSError:
        faults.append(_missing("plan.json"))
    except UnreadableError as error:
        faults.append(_fault("plan.json", text("it cannot be read: {fault}.", fault=error.fault)))
    return {}


def _is_plan(told: Mapping[str, Any]) -> bool:
    """Whether terms, summary and end are there, each of its kind."""
    terms, summary = told.get("terms"), told.get("summary")
    return (
        isinstance(terms, dict)
        and all(key in _KINDS and _KINDS[key](value) for key, value in terms.items())
        and isinstance(summary, dict)
        and all(value is None or _is_number(value) for value in summary.values())
        and isinstance(told.get("stopped"), str)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _are_numbers(value: object) -> bool:
    return value is None or (isinstance(value, dict) and all(_is_number(v) for v in value.values()))


def _is_limit(value: object) -> bool:
    return _are_numbers(value) or (isinstance(value, int) and _is_number(value))


_LARGEST = 1e15
_KINDS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "reuse": lambda value: value in get_args(Reuse),
        "measure": lambda value: value in ("hours_per_year", "cost_eur_per_year"),
        "sides": _are_numbers,
        "max_acts": _is_limit,
        "max_gateways": _is_limit,
        "without": lambda value: isinstance(value, list) and all(isinstance(v, str) for v in value),
        "transition": _are_numbers,
        "years": _is_number,
        "max_transition": lambda value: value is None or _is_number(value),
        "harmonise_protected": lambda value: isinstance(value, bool),
    }
)
"""What each of the terms may be."""


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
            frame[column] = _numbers(frame[column], file, faults)
    if "personal" in frame:
        frame["personal"] = frame["personal"] == "True"
    return frame


def _numbers(written: pd.Series, file: str, faults: list[Finding]) -> pd.Series:
    numbers = pd.to_numeric(written, errors="coerce").astype("float64")
    for line in written.index[numbers.isna() & (written != "")]:
        fault = text("'{value}' is not a number.", value=shown(written[line]))
        place = Place(file, int(line) + 2, str(written.name))
        faults.append(Finding("plan", "error", place, fault, _AGAIN, value=written[line]))
    return numbers


def _missing(file: str) -> Finding:
    return _fault(file, text("it is not there."))


def _fault(file: str, fault: Text) -> Finding:
    return Finding("plan", "error", Place(file), fault, _AGAIN)
