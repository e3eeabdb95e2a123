"""How a stock of requirements or a burden moves: counts over time, two audits, reviews, bridges, cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from burden.analysis.between import between, every_between, unknowns
from burden.model.inventory import Inventory

__all__ = ["KINDS", "between", "bridge", "by_kind", "cuts", "every_between", "requirements", "review", "unknowns"]

KINDS = ("scope", "real", "re-estimate")


def requirements(inv: Inventory, *, on: Sequence[str]) -> pd.DataFrame:
    """Requirements in force on each date: one requested item is one requirement.

    This is the way Canada counts its administrative burden baseline (Public Services and
    Procurement Canada, 2022–2023). An obligation without ``valid_from`` was always there.

    Returns
    -------
    DataFrame
        One row per date: ``date``, ``obligations``, ``requirements``, ``change`` since the date
        before.
    """
    asked = inv.requests.groupby("obligation_id").size()
    obligations = inv.obligations
    rows = []
    for date in on:
        day = pd.Timestamp(date)
        begun = obligations["valid_from"].isna() | (obligations["valid_from"] <= day)
        over = obligations["valid_to"].notna() & (obligations["valid_to"] < day)
        current = obligations.loc[begun & ~over, "obligation_id"]
        rows.append((day, len(current), int(asked.reindex(current).fillna(0).sum())))
    frame = pd.DataFrame(rows, columns=["date", "obligations", "requirements"])
    return frame.assign(change=frame["requirements"].diff())


def review(decisions: Mapping[str, int], *, total: int) -> pd.DataFrame:
    """What a review decided on a stock; what it did not decide is ``undecided``.

    Returns
    -------
    DataFrame
        One row per decision: ``decision``, ``count``, ``share`` of the total.

    Raises
    ------
    ValueError
        If more was decided than there was.

    Examples
    --------
    >>> review({"scrapped": 75, "kept": 188}, total=197 + 108)["count"].tolist()
    [75, 188, 42]
    """
    left = total - sum(decisions.values())
    if left < 0:
        raise ValueError(f"{sum(decisions.values())} decisions on a stock of {total}")
    counts = {**decisions, "undecided": left}
    frame = pd.DataFrame({"decision": list(counts), "count": list(counts.values())})
    return frame.assign(share=frame["count"] / total if total else np.nan)


def bridge(before: float, steps: Sequence[tuple[str, str, float]]) -> pd.DataFrame:
    """From one measurement to the next, real change and re-estimates apart.

    Parameters
    ----------
    before : float
        The earlier measurement.
    steps : sequence of (label, kind, amount)
        ``kind`` is ``real``, ``re-estimate`` (another method, better data) or ``scope``.

    Returns
    -------
    DataFrame
        ``label``, ``kind``, ``amount`` and the running ``level``; then one row per kind with its
        subtotal as ``amount`` and the final level.

    Raises
    ------
    ValueError
        If a kind is none of the three.

    Examples
    --------
    >>> steps = [("mean to median", "re-estimate", -66), ("wages and cases", "real", 16)]
    >>> bridge(335, steps)["level"].tolist()
    [335.0, 269.0, 285.0, 285.0, 285.0]
    """
    if wrong := [kind for _, kind, _ in steps if kind not in KINDS]:
        raise ValueError(f"{wrong[0]!r} is not one of {', '.join(KINDS)}")
    frame = pd.DataFrame([("before", "", 0.0), *steps], columns=["label", "kind", "amount"])
    frame["level"] = before + frame["amount"].cumsum()
    subtotals = frame[frame["kind"] != ""].groupby("kind")["amount"].sum().reindex(KINDS).dropna()
    totals = pd.DataFrame(
        {
            "label": "total",
            "kind": subtotals.index,
            "amount": subtotals.to_numpy(),
            "level": frame["level"].iloc[-1],
        }
    )
    return pd.concat([frame, totals], ignore_index=True)


def by_kind(moved: pd.DataFrame) -> pd.DataFrame:
    """What moved, kind by kind: what is less and what is more stay apart, as one may hide the other.

    Parameters
    ----------
    moved : DataFrame
        What :func:`between` gives.

    Returns
    -------
    DataFrame
        One row per kind, whether anything is of it or not: ``kind``, ``less`` and ``more`` (both from
        zero up), ``amount`` (more than before, or less where negative), ``tools`` that moved.

    Examples
    --------
    >>> rows = [("A", "real", -3.0), ("B", "real", 1.0)]
    >>> kinds = by_kind(pd.DataFrame(rows, columns=["obligation_id", "kind", "amount"]))
    >>> kinds[["less", "more", "amount"]].to_numpy().tolist()
    [[0.0, 0.0, 0.0], [3.0, 1.0, -2.0], [0.0, 0.0, 0.0]]
    """
    amounts = moved["amount"].astype("float64")
    parts = {
        "less": (-amounts).clip(lower=0) + 0.0,
        "more": amounts.clip(lower=0),
        "amount": amounts,
        "tools": amounts.ne(0),
    }
    summed = pd.DataFrame(parts).groupby(moved["kind"]).sum()
    return summed.reindex(KINDS, fill_value=0).astype({"tools": "int64"}).rename_axis("kind").reset_index()


def cuts(frame: pd.DataFrame, *, burden: str, cut: str) -> pd.DataFrame:
    """Planned cuts as a share of the burden, row by row, and each row's share of all burden.

    Returns
    -------
    DataFrame
        The rows with ``cut_share`` and ``burden_share`` added.

    Examples
    --------
    >>> rows = pd.DataFrame({"burden": [200.0, 100.0], "cut": [50.0, 10.0]})
    >>> cuts(rows, burden="burden", cut="cut")["cut_share"].tolist()
    [0.25, 0.1]
    """
    return frame.assign(cut_share=frame[cut] / frame[burden], burden_share=frame[burden] / frame[burden].sum())
