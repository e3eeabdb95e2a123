"""Two audits compared from what they wrote: where the inventories are gone, their bundles still tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.report.before_after import differ, written_side_by_side

_MARK = "audit.json"
_TOOLS = "tables/obligations.csv"
_NAMED = ["obligation_id", "name_fr", "name_en"]
_AGAIN = text("Give the folder of an audit as `burden audit` writes it.")


@dataclass(frozen=True, eq=False)
class SideBySide:
    """What two bundles tell: differences, whose causes (real, scope, re-estimate) they do not tell.

    Attributes
    ----------
    figures : DataFrame
        The headline figures (see :func:`burden.report.before_after.side_by_side`).
    tools : DataFrame
        One row per tool owed in either: ``obligation_id``, ``name_fr``, ``name_en``, ``change``
        (``added``, ``removed``: owed in one only; ``changed``: other hours; ``same``), ``before``,
        ``after`` (hours).
    doubts : tuple of Finding
        Why the two may not be of the same.
    """

    figures: pd.DataFrame
    tools: pd.DataFrame
    doubts: tuple[Finding, ...]


def is_bundle(folder: str | Path) -> bool:
    """Whether a folder is the bundle of an audit.

    Returns
    -------
    bool
        Whether the file of its key figures is there.
    """
    return (Path(folder) / _MARK).is_file()


def compare_bundles(before: str | Path, after: str | Path) -> SideBySide:
    """Two bundles side by side.

    Returns
    -------
    SideBySide
        Their figures and their tools, before and after.

    Raises
    ------
    InventoryError
        If one of them is no bundle, or lacks what is compared.
    """
    read = [_read(Path(folder)) for folder in (before, after)]
    if faults := [fault for _, _, found in read for fault in found]:
        raise InventoryError(faults)
    (old, then, _), (new, now, _) = read
    figures = [{f["id"]: f for f in told["figures"]} for told in (old, new)]
    return SideBySide(written_side_by_side(*figures), _tools(then, now), tuple(_doubts(old, new, Path(after))))


def _read(folder: Path) -> tuple[dict[str, Any], pd.DataFrame, list[Finding]]:
    faults, told, tools = [], {}, pd.DataFrame()
    try:
        told = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        told["figures"][0]["id"]
    except OSError:
        fault = text("there is no audit here.")
        faults.append(Finding("missing file", "error", Place(str(folder / _MARK)), fault, _AGAIN))
    except (ValueError, LookupError, TypeError):
        fault = text("the file does not hold the key figures of an audit.")
        faults.append(Finding("unreadable", "error", Place(str(folder / _MARK)), fault, _AGAIN))
    try:
        tools = pd.read_csv(folder / _TOOLS, dtype=dict.fromkeys(_NAMED, "str"))[[*_NAMED, "hours_per_year"]]
    except OSError:
        faults.append(Finding("missing file", "error", Place(str(folder / _TOOLS)), text("it is not there."), _AGAIN))
    except (ValueError, LookupError):
        fault = text("the file does not hold the tools of an audit.")
        faults.append(Finding("unreadable", "error", Place(str(folder / _TOOLS)), fault, _AGAIN))
    return told, tools, faults


def _tools(then: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    both = then.merge(now, on="obligation_id", how="outer", suffixes=("_then", "_now"), indicator=True)
    change = both["_merge"].map({"left_only": "removed", "right_only": "added", "both": "same"}).astype("str")
    before, after = both["hours_per_year_then"], both["hours_per_year_now"]
    moved = [differ(b, a) for b, a in zip(before, after, strict=True)]
    names = {n: both[f"{n}_now"].fillna(both[f"{n}_then"]) for n in ("name_fr", "name_en")}
    return pd.DataFrame({
        "obligation_id": both["obligation_id"], **names,
        "change": change.mask((change == "same") & pd.Series(moved, index=both.index), "changed"),
        "before": before.where(change != "added", 0.0), "after": after.where(change != "removed", 0.0),
    })  # fmt: skip


def _doubts(old: dict[str, Any], new: dict[str, Any], folder: Path) -> Iterator[Finding]:
    then, now = _focus(old), _focus(new)
    for what, differs, fault in (
        ("portfolio", old.get("portfolio") != new.get("portfolio"),
         text("the audit is of the portfolio '{now}', the earlier one of '{then}'.",
              now=new.get("portfolio"), then=old.get("portfolio"))),
        ("focus", None not in (then, now) and then != now,
         text("the audit looks at '{now}', the earlier one at '{then}'.",
              now=now or text("everything"), then=then or text("everything"))),
        ("burden", old.get("burden") != new.get("burden"),
         text("the audit was written by version {now} of the program, the earlier one by {then}.",
              now=new.get("burden"), then=old.get("burden"))),
    ):  # fmt: skip
        if differs:
            remedy = text("Part of the difference may come from that.")
            yield Finding("other audit", "warning", Place(str(folder / _MARK), column=what), fault, remedy)


def _focus(told: dict[str, Any]) -> str | None:
    """What an audit is narrowed to, nothing where it is not; unknown of one that does not say."""
    inputs = told.get("inputs")
    return inputs.get("focus") if isinstance(inputs, dict) else None
