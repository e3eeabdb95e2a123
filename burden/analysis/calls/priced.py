"""Hours and euros of rounds: weighted lines, with the draws of the uncertainty room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.calls.effort import row_kinds
from burden.analysis.calls.rounds import AllTimes
from burden.analysis.calls.steps import SELECTION
from burden.analysis.ledger import BOUNDS
from burden.analysis.uncertainty import pert, spread
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.cells import Cells, price_multiples
from burden.analysis.uncertainty.ranges import ranges_of
from burden.model.inventory import Inventory

Floats = npt.NDArray[np.float64]
PARTIES = ("winners", "losers", "authority", "total")
QUANTILES = ("p10", "p50", "p90")
_RESPONDENTS = ["candidate", "authority"]


def priced(inv: Inventory, lines: pd.DataFrame, rounds: Sequence[AllTimes], assumed: Assumptions) -> pd.DataFrame:
    """What rounds take, by party.

    Returns
    -------
    DataFrame
        One row per round and party (winners, losers, authority, total): ``round`` (its place),
        ``party``, ``hours`` and ``eur`` of choosing with bounds and ``_p10``, ``_p50``, ``_p90``,
        ``rows`` behind them with ``rows_unmeasured``, ``rows_without_eur`` and ``rows_assumed``,
        ``award_hours`` and ``award_eur`` that follow from the award, with ``award_rows`` and
        ``award_rows_unmeasured``.
    """
    choosing = lines["each"].isin(SELECTION).to_numpy()
    weight = _weights(lines, rounds)
    frame = pd.DataFrame(
        [(place, party) for place in range(len(rounds)) for party in PARTIES], columns=["round", "party"]
    )
    for measure, column in (("hours", "h"), ("eur", "eur")):
        for bound in BOUNDS:
            each = lines[f"{column}{bound}"].to_numpy(dtype=float)
            frame[f"{measure}{bound}"] = _sums(weight[:, choosing], each[choosing])
        cells = _cells(inv, lines[choosing], weight[:, choosing], column, frame[measure])
        drawn = ranges_of(cells, assumed)
        frame = frame.assign(**{f"{measure}_{q}": drawn[q].to_numpy(dtype=float) for q in QUANTILES})
        for bound in BOUNDS:
            each = lines[f"{column}{bound}"].to_numpy(dtype=float)
            frame[f"award_{measure}{bound}"] = _sums(weight[:, ~choosing], each[~choosing])
    after = _counts(lines[~choosing], weight[:, ~choosing])
    frame = frame.assign(award_rows=after["rows"], award_rows_unmeasured=after["rows_unmeasured"])
    return frame.assign(**_counts(lines[choosing], weight[:, choosing]))


def _weights(lines: pd.DataFrame, rounds: Sequence[AllTimes]) -> Floats:
    """How often each line is done, one row per round and party."""
    by_authority = (lines["party"] == "authority").to_numpy()
    times = lines["times"].to_numpy(dtype=float)
    kinds = lines["each"].tolist()
    rows = []
    for known in rounds:
        winners, losers, authority = np.array([known[k] for k in kinds], dtype=float).reshape(-1, 3).T
        parts = [np.where(by_authority, 0.0, winners), np.where(by_authority, 0.0, losers),
                 np.where(by_authority, authority, 0.0)]  # fmt: skip
        rows += [part * times for part in (*parts, np.sum(parts, axis=0))]
    return np.array(rows, dtype=float).reshape(-1, len(lines))


def _sums(weight: Floats, each: Floats) -> Floats:
    """Sums of what is known; NaN where something is done and nothing of it is known."""
    known = ~np.isnan(each)
    total = weight[:, known] @ each[known]
    nothing_known = (weight > 0).any(axis=1) & ~(weight[:, known] > 0).any(axis=1)
    return np.where(nothing_known, np.nan, total)


def _counts(lines: pd.DataFrame, weight: Floats) -> dict[str, npt.NDArray[np.int64]]:
    """Lines of each kind that are done at all, one number per round and party."""
    done = weight > 0
    return {
        str(name): (done & of_kind.to_numpy()).sum(axis=1).astype(np.int64)
        for name, of_kind in row_kinds(lines).items()
    }


def _cells(inv: Inventory, lines: pd.DataFrame, weight: Floats, column: str, central: pd.Series) -> Cells:
    """Lines of one obligation, one side and one basis move together, whatever the party that adds them."""
    triple, rate = _amounts(inv, lines, column)
    group, line = np.nonzero((weight > 0) & ~np.isnan(triple[:, 1] * rate))
    place = {o: i for i, o in enumerate(inv.obligations["obligation_id"])}
    keys = pd.DataFrame({
        "group": group,
        "obligation": lines["obligation_id"].map(place).to_numpy(dtype=np.int64)[line],
        "respondent": (lines["party"] == "authority").to_numpy(dtype=np.int64)[line],
        "from_table": (lines["minutes_basis"] == "assumed").to_numpy()[line],
        "priced": ((lines["line"] != "external").to_numpy() & (column == "eur"))[line],
    })  # fmt: skip
    of_cell = keys.groupby(list(keys), sort=True).ngroup().to_numpy()
    values = np.zeros((int(of_cell.max(initial=-1)) + 1, pert.SCORES))
    quantiles = pert.quantiles(*triple[line].T) * (weight[group, line] * rate[line])[:, None]
    np.add.at(values, of_cell, quantiles)
    first = keys.iloc[np.unique(of_cell, return_index=True)[1]]
    return Cells(
        groups=pd.DataFrame({"central": central.to_numpy(dtype=float)}),
        group=first["group"].to_numpy(dtype=np.int64),
        obligation=first["obligation"].to_numpy(dtype=np.int64),
        respondent=first["respondent"].to_numpy(dtype=np.int64),
        respondents=_RESPONDENTS,
        respondent_number=np.arange(len(_RESPONDENTS), dtype=np.int64),
        from_table=first["from_table"].to_numpy(dtype=bool),
        quantity=np.full(len(first), -1, dtype=np.int64),
        quantity_respondent=np.empty(0, dtype=np.int64),
        quantity_values=np.empty((0, pert.SCORES)),
        price_values=price_multiples(inv),
        priced=first["priced"].to_numpy(dtype=bool),
        values=values,
    )


def _amounts(inv: Inventory, lines: pd.DataFrame, column: str) -> tuple[Floats, Floats]:
    """Low, central and high of one occurrence, as the draws take them, and the price of an hour."""
    hours = lines[[f"h{b}" for b in BOUNDS]].to_numpy(dtype=float)
    triple = spread.bounded(inv, "minutes", hours, lines["number_evidence"])
    if column == "h":
        return triple, np.ones(len(lines))
    external = (lines["line"] == "external").to_numpy()
    paid = lines[[f"eur{b}" for b in BOUNDS]].to_numpy(dtype=float)
    triple[external] = spread.bounded(inv, "external", paid, lines["number_evidence"])[external]
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(hours[:, 1] > 0, paid[:, 1] / hours[:, 1], 0.0)
    return triple, np.where(external, 1.0, np.where(np.isnan(hours[:, 1]), np.nan, rate))
