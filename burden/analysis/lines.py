"""What one occurrence of each obligation takes: its items, its activities, what is paid to others."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.model.inventory import Inventory

Floats = npt.NDArray[np.float64]
_MINUTES = ["minutes_low", "minutes", "minutes_high"]
_EXTERNAL = ["external_eur_low", "external_eur", "external_eur_high"]

COLUMNS = [
    "obligation_id", "line", "row", "what", "label_fr", "side", "population_id", "one_off", "complexity",
    "staff_grade", *_MINUTES, "minutes_basis", "evidence", "number_evidence",
    *_EXTERNAL,
]  # fmt: skip
_NUMBERS = {"row": "int64", **dict.fromkeys([*_MINUTES, *_EXTERNAL], "float64")}


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
    parts = [_items(inv), _activities(inv), _external(inv)]
    population = dict(zip(inv.obligations["obligation_id"], inv.obligations["population_id"], strict=True))
    frame = pd.concat([p.reindex(columns=COLUMNS) for p in parts if len(p)] or [_none()], ignore_index=True)
    # An inventory without items has no label: it is still a column of words.
    frame["label_fr"] = frame["label_fr"].astype("str")
    own = frame["population_id"]
    frame["population_id"] = own.where(own.notna(), frame["obligation_id"].map(population))
    frame["one_off"] = frame["one_off"].astype("boolean").fillna(False).astype(bool)
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
    pair = ["obligation_id", "population_id"]
    pairs = pd.concat([inv.obligations[pair], inv.requests[pair]], ignore_index=True)
    # A line that says nothing is counted as its obligation, as every activity is.
    return pairs.dropna().drop_duplicates(ignore_index=True)


def _none() -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype=_NUMBERS.get(c, "str")) for c in COLUMNS})


def _items(inv: Inventory) -> pd.DataFrame:
    concepts = inv.concepts
    kind = dict(zip(concepts["concept_id"].to_numpy(), concepts["kind"].to_numpy(), strict=True))
    items = inv.requests.rename(columns={"concept_id": "what"})
    items = items.assign(row=np.arange(len(items)), line="item", side="respondent", standard="obtaining_data")
    items = _with_standard_minutes(inv, items)
    free = (items["what"].map(kind) == "identifier") & (items["minutes_basis"] != "given")
    basis = items["minutes_basis"].mask(free, "identifier")
    return items.assign(**items[_MINUTES].mask(free, 0.0), minutes_basis=basis)


def _activities(inv: Inventory) -> pd.DataFrame:
    activities = inv.activities.rename(columns={"activity": "what"})
    activities = activities.assign(row=np.arange(len(activities)), line="activity", standard=activities["what"])
    return _with_standard_minutes(inv, activities)


def _external(inv: Inventory) -> pd.DataFrame:
    obligations = inv.obligations.assign(row=np.arange(len(inv.obligations)))
    paid = obligations[obligations[_EXTERNAL].notna().any(axis=1)]
    paid = paid[["obligation_id", "row", "external_evidence", *_EXTERNAL]]
    paid = paid.rename(columns={"external_evidence": "evidence"})
    completed = _completed(paid[_EXTERNAL].to_numpy(dtype="float64"))
    paid = paid.assign(**{column: completed[:, i] for i, column in enumerate(_EXTERNAL)})
    # Work is another line: what is paid to others takes no minutes of the one who answers.
    fixed: dict[str, Any] = {"line": "external", "what": "external", "side": "respondent", "minutes_basis": "given"}
    return paid.assign(number_evidence=paid["evidence"], **fixed, **dict.fromkeys(_MINUTES, 0.0))


def _with_standard_minutes(inv: Inventory, rows: pd.DataFrame) -> pd.DataFrame:
    assumed = _standard_minutes(inv, rows)
    given = rows[_MINUTES].to_numpy(dtype="float64")
    is_given = ~np.isnan(given).all(axis=1)
    minutes = _completed(np.where(is_given[:, None], given, assumed))
    basis = np.where(is_given, "given", np.where(np.isnan(assumed[:, 1]), "none", "assumed"))
    return rows.assign(
        **{m: minutes[:, i] for i, m in enumerate(_MINUTES)},
        minutes_basis=pd.Series(basis, rows.index),
        number_evidence=rows["minutes_evidence"].where(is_given, "assumed"),
    )


def _standard_minutes(inv: Inventory, rows: pd.DataFrame) -> Floats:
    """Low, central and high standard minutes of each row; NaN where there are none."""
    standard = inv.standard_times
    keys = zip(*(standard[c].to_numpy() for c in ("activity", "side", "complexity")), strict=True)
    place = {key: row for row, key in enumerate(keys)}
    wanted = zip(*(rows[c].to_numpy() for c in ("standard", "side", "complexity")), strict=True)
    minutes = np.vstack([standard[_MINUTES].to_numpy(dtype="float64"), np.full((1, len(_MINUTES)), np.nan)])
    return np.asarray(minutes[[place.get(key, -1) for key in wanted]])


def _completed(given: Floats) -> Floats:
    """Without bounds a value bounds itself; bounds without a value leave the value unknown."""
    low, central, high = given.T
    return np.column_stack([np.where(np.isnan(low), central, low), central, np.where(np.isnan(high), central, high)])
