"""What one occurrence of each obligation takes: its items, its activities, what is paid to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory
from burden.model.remembered import remembered

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]
_MINUTES = ["minutes_low", "minutes", "minutes_high"]
_EXTERNAL = ["external_eur_low", "external_eur", "external_eur_high"]

COLUMNS = [
    "obligation_id", "line", "row", "what", "label_fr", "side", "population_id", "one_off", "complexity",
    "staff_grade", *_MINUTES, "minutes_basis", "evidence", "number_evidence",
    *_EXTERNAL,
]  # fmt: skip
_NUMBERS = {"row": "int64", "one_off": "bool", **dict.fromkeys([*_MINUTES, *_EXTERNAL], "float64")}


def lines(inv: Inventory) -> pd.DataFrame:
    """Effort of one occurrence, line by line.

    Minutes that nobody gave come from ``standard_times``: an item takes the standard time of
    *obtaining data*, an activity its own. They are ``assumed``, and the column says so. An
    identifier (a name, a number) takes no time of its own. What has neither is unmeasured.

    Returns
    -------
    DataFrame
        One row per item, per activity and per external payment of each obligation:
        ``line`` (``item``, ``activity``, ``external``), ``row`` (from 0, in ``requests``,
        ``activities`` or ``obligations``), ``what`` (the concept or the activity),
        minutes for one occurrence, ``minutes_basis`` (``given``, ``assumed``, ``identifier``,
        ``none``), how sure the minutes or the euros are (``number_evidence``), euros paid to others
        for one occurrence.

    Examples
    --------
    >>> import burden as bd
    >>> lines(bd.example("four-tools"))["line"].value_counts()["item"].item()
    22
    """
    return _lines(inv).copy(deep=False)


@remembered
def _lines(inv: Inventory) -> pd.DataFrame:
    # Column by column in arrays: a frame for each step would cost more than the work.
    parts = [_items(inv), _activities(inv), _external(inv)]
    columns = {c: np.concatenate([part[c] for part in parts]) for c in COLUMNS}
    frame = pd.DataFrame({c: pd.Series(cells, dtype=_NUMBERS.get(c, "str")) for c, cells in columns.items()})
    population = dict(zip(inv.obligations["obligation_id"], inv.obligations["population_id"], strict=True))
    own = frame["population_id"]
    frame["population_id"] = own.where(own.notna(), frame["obligation_id"].map(population))
    return frame


def counted_per(inv: Inventory) -> pd.DataFrame:
    """What each obligation is counted per, itself and item by item.

    Returns
    -------
    DataFrame
        ``obligation_id`` and ``population_id``, each pair once: first the obligations' own, then
        those of their items.

    Examples
    --------
    >>> import burden as bd
    >>> len(counted_per(bd.example("four-tools")))
    4
    """
    return _counted_per(inv).copy(deep=False)


@remembered
def _counted_per(inv: Inventory) -> pd.DataFrame:
    pair = ["obligation_id", "population_id"]
    pairs = pd.concat([inv.obligations[pair], inv.requests[pair]], ignore_index=True)
    # A line that says nothing is counted as its obligation, as every activity is.
    return pairs.dropna().drop_duplicates(ignore_index=True)


def _columns(rows: pd.DataFrame, **fixed: Any) -> dict[str, Any]:
    """What the rows of a table say of each column of a line, and what is the same for all of them."""
    cells = {c: rows[c].to_numpy() if c in rows else np.full(len(rows), None) for c in COLUMNS if c not in fixed}
    return cells | {c: np.full(len(rows), value) for c, value in fixed.items()}


def _items(inv: Inventory) -> dict[str, Any]:
    requests = inv.requests
    what = requests["concept_id"].to_numpy()
    standard = np.full(len(requests), "obtaining_data"), np.full(len(requests), "respondent")
    items = _columns(requests, line="item", side="respondent", one_off=False) | _minutes(inv, requests, *standard)
    kind = dict(zip(inv.concepts["concept_id"].to_numpy(), inv.concepts["kind"].to_numpy(), strict=True))
    identifies = np.array([kind.get(concept) == "identifier" for concept in what], dtype=bool)
    free = identifies & (items["minutes_basis"] != "given")
    items |= {m: np.where(free, 0.0, items[m]) for m in _MINUTES}
    items["minutes_basis"] = np.where(free, "identifier", items["minutes_basis"])
    return items | {"row": np.arange(len(requests)), "what": what}


def _activities(inv: Inventory) -> dict[str, Any]:
    activities = inv.activities
    what, side = activities["activity"].to_numpy(), activities["side"].to_numpy()
    one_off = activities["one_off"].to_numpy(dtype=bool, na_value=False)
    own = {"row": np.arange(len(activities)), "what": what, "one_off": one_off}
    return _columns(activities, line="activity") | _minutes(inv, activities, what, side) | own


def _external(inv: Inventory) -> dict[str, Any]:
    euros = inv.obligations[_EXTERNAL].to_numpy(dtype="float64")
    row = np.flatnonzero(~np.isnan(euros).all(axis=1))
    paid = inv.obligations[["obligation_id", "external_evidence"]].take(row)
    evidence = paid["external_evidence"].to_numpy()
    # Work is another line: what is paid to others takes no minutes of the one who answers.
    fixed: dict[str, Any] = {"line": "external", "what": "external", "side": "respondent", "minutes_basis": "given"}
    cells = _columns(paid, **fixed, one_off=False, **dict.fromkeys(_MINUTES, 0.0))
    completed = dict(zip(_EXTERNAL, _completed(euros[row]).T, strict=True))
    return cells | completed | {"row": row, "evidence": evidence, "number_evidence": evidence}


def _minutes(inv: Inventory, rows: pd.DataFrame, standard: Words, side: Words) -> dict[str, Any]:
    """Minutes of each row with their basis and their evidence: those given, or the standard ones."""
    assumed = _standard_minutes(inv, zip(standard, side, rows["complexity"].to_numpy(), strict=True))
    given = rows[_MINUTES].to_numpy(dtype="float64")
    is_given = ~np.isnan(given).all(axis=1)
    minutes = _completed(np.where(is_given[:, None], given, assumed))
    return dict(zip(_MINUTES, minutes.T, strict=True)) | {
        "minutes_basis": np.where(is_given, "given", np.where(np.isnan(assumed[:, 1]), "none", "assumed")),
        "number_evidence": np.where(is_given, rows["minutes_evidence"].to_numpy(), "assumed"),
    }


def _standard_minutes(inv: Inventory, wanted: Iterable[tuple[str, str, str]]) -> Floats:
    """Low, central and high standard minutes of each activity, side and complexity; NaN where there are none."""
    standard = inv.standard_times
    keys = zip(*(standard[c].to_numpy() for c in ("activity", "side", "complexity")), strict=True)
    place = {key: row for row, key in enumerate(keys)}
    minutes = np.vstack([standard[_MINUTES].to_numpy(dtype="float64"), np.full((1, len(_MINUTES)), np.nan)])
    return np.asarray(minutes[np.array([place.get(key, -1) for key in wanted], dtype=np.int64)])


def _completed(given: Floats) -> Floats:
    """Without bounds a value bounds itself; bounds without a value leave the value unknown."""
    low, central, high = given.T
    return np.column_stack([np.where(np.isnan(low), central, low), central, np.where(np.isnan(high), central, high)])
