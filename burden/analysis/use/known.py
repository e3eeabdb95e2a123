"""What is known of the use of each tool and item, and of the hours they take."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.analysis import ledger
from burden.analysis.redundancy import borne
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

STATUSES = ("observed", "stated", "none_found", "unknown")
"""What is known of a use, from the strongest."""

HOURS = ("hours_per_year", "hours_per_year_low", "hours_per_year_high")
RANK = {status: rank for rank, status in enumerate(STATUSES)}
ITEM = ["obligation_id", "concept_id"]
_TOOL = ["obligation_id"]


def rows_of(inv: Inventory) -> pd.DataFrame:
    """Rows of ``uses`` about obligations of the inventory, each with its ``known_use``."""
    uses = inv.uses
    uses = uses[uses["obligation_id"].isin(inv.obligations["obligation_id"])]
    return uses.assign(known_use=uses["known_by"].where(uses["use"] != "none_found", "none_found"))


def _strongest(rows: pd.DataFrame, keys: list[str]) -> dict[object, str]:
    """The strongest status by key; rows without the key are left out."""
    known = rows[rows[keys].notna().all(axis=1)]
    ranked = known.assign(rank=known["known_use"].map(RANK)).groupby(keys)["rank"].min()
    return {key: STATUSES[int(rank)] for key, rank in ranked.items()}


def of_tools(rows: pd.DataFrame) -> dict[object, str]:
    """Status of whole tools: an item for which none was found says nothing of the tool."""
    return _strongest(rows[rows["concept_id"].isna() | (rows["known_use"] != "none_found")], _TOOL)


def known_use(inv: Inventory, frame: pd.DataFrame) -> pd.Series:
    """What is known of the use of each line of a ledger.

    Parameters
    ----------
    frame : DataFrame
        Rows with ``obligation_id``, ``line`` and ``what``, as :func:`burden.analysis.lines.lines`
        and the ledger have them.

    Returns
    -------
    Series
        One of :data:`STATUSES` for each row, on the index of the frame.
    """
    rows = rows_of(inv)
    tool = of_tools(rows)
    whole = _strongest(rows[rows["concept_id"].isna()], _TOOL)
    own = _strongest(rows, ITEM)
    keys = zip(frame["obligation_id"], frame["what"], frame["line"] == "item", strict=True)
    found = [
        _of_item(whole.get(obligation), own.get((obligation, what))) if is_item else tool.get(obligation, "unknown")
        for obligation, what, is_item in keys
    ]
    return pd.Series(found, index=frame.index, dtype="str")


def _of_item(whole: str | None, own: str | None) -> str:
    if own == "none_found":
        return own
    return min(own or "unknown", whole or "unknown", key=RANK.__getitem__)


def by_tool(inv: Inventory, ptf: Portfolio | None = None) -> pd.DataFrame:
    """What is known of the use of each tool.

    Parameters
    ----------
    ptf : Portfolio, optional
        Adds the hours a year of those who answer, and keeps the tools that fall on the portfolio.

    Returns
    -------
    DataFrame
        One row per obligation: ``obligation_id``, ``required_by_id``, ``known_use`` (one of
        :data:`STATUSES`), ``uses`` and ``readers`` known, joined by ``|``, ``items_used`` (items
        with a use of their own), ``protected``, and with a portfolio ``hours_per_year`` with its
        bounds and ``rows_unmeasured``, most hours first.

    Examples
    --------
    >>> import burden as bd
    >>> by_tool(bd.example("four-tools"))["known_use"].tolist()
    ['unknown', 'unknown', 'unknown', 'unknown']
    """
    rows = rows_of(inv)
    known = rows[rows["known_use"] != "none_found"]
    status, items = of_tools(rows), known.groupby("obligation_id")["concept_id"].nunique()
    frame = inv.obligations[["obligation_id", "required_by_id", "protected"]]
    frame = frame.assign(
        known_use=[status.get(o, "unknown") for o in frame["obligation_id"]],
        uses=_joined(known, "use", frame["obligation_id"]),
        readers=_joined(known, "reader_id", frame["obligation_id"]),
        items_used=frame["obligation_id"].map(items).fillna(0).astype("int64"),
    )
    columns = ["obligation_id", "required_by_id", "known_use", "uses", "readers", "items_used", "protected"]
    return frame[columns] if ptf is None else _with_hours(inv, ptf, frame[columns])


def _joined(rows: pd.DataFrame, column: str, obligations: pd.Series) -> list[str]:
    found = {key: "|".join(sorted(set(values.dropna()))) for key, values in rows.groupby("obligation_id")[column]}
    return [found.get(obligation, "") for obligation in obligations]


def hours_by_tool(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """Hours a year of those who answer, by tool.

    Returns
    -------
    DataFrame
        One row per obligation that has a line of theirs: ``obligation_id``, ``hours_per_year`` with
        its bounds, ``rows_unmeasured``.
    """
    sums = ledger.totals(inv, ptf, by=["obligation_id", "side"])
    own = sums.loc[sums["side"] == "respondent", ["obligation_id", *HOURS, "rows_unmeasured"]]
    return own.reset_index(drop=True)


def _with_hours(inv: Inventory, ptf: Portfolio, frame: pd.DataFrame) -> pd.DataFrame:
    """Hours of those who answer, on the tools that fall on the portfolio, most first."""
    fallen = frame[frame["obligation_id"].isin(borne(inv, ptf))]
    result = fallen.merge(hours_by_tool(inv, ptf), on="obligation_id", how="left")
    result["rows_unmeasured"] = result["rows_unmeasured"].fillna(0).astype("int64")
    return result.sort_values("hours_per_year", ascending=False, kind="stable").reset_index(drop=True)


def share_of_hours(inv: Inventory, ptf: Portfolio, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Hours a year of those who answer, by what is known of their use.

    Parameters
    ----------
    by : sequence of str
        Columns to keep apart: of the units, of the lines or of ``obligations``
        (see :func:`burden.analysis.ledger.totals`).

    Returns
    -------
    DataFrame
        See :func:`shares`.

    Raises
    ------
    KeyError
        If a column exists in none of them.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> share_of_hours(inv, ptf)["share"].tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    units = [c for c in by if c in ledger.UNIT_COLUMNS]
    frame = ledger.build(inv, ptf, by=units)
    more = [c for c in by if c not in frame]
    if unknown := [c for c in more if c not in inv.obligations]:
        raise KeyError(f"no column {unknown[0]!r} to group by; there are {', '.join(map(str, inv.obligations))}")
    frame = frame.merge(inv.obligations[["obligation_id", *more]], on="obligation_id")
    own = frame[frame["side"] == "respondent"]
    return shares(own.assign(known_use=known_use(inv, own)), by=by)


def shares(frame: pd.DataFrame, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Hours a year and their shares by status of use, from a ledger that has ``known_use``.

    Returns
    -------
    DataFrame
        One row per group × status, every status of :data:`STATUSES` in its order: the ``by``
        columns, ``known_use``, ``hours_per_year`` with its bounds, ``share`` of the known hours of
        the group, ``share_low`` (this status at its lowest, the others at their highest) and
        ``share_high`` (the reverse), ``rows`` and ``rows_unmeasured`` that are in no hours.
    """
    by = list(by)
    groups = frame[by].drop_duplicates().sort_values(by) if by else pd.DataFrame(index=range(1))
    every = groups.merge(pd.DataFrame({"known_use": STATUSES}, dtype="str"), how="cross")
    sums = ledger.summed(frame, [*by, "known_use"])[[*by, "known_use", *HOURS, "rows", "rows_unmeasured"]]
    result = every.merge(sums, on=[*by, "known_use"], how="left")
    nothing = result["rows"].isna()
    result.loc[nothing, [*HOURS, "rows", "rows_unmeasured"]] = 0
    result = result.astype({"rows": "int64", "rows_unmeasured": "int64"})
    keys = [result[c] for c in by] or [pd.Series("", index=result.index)]
    total = result[list(HOURS)].groupby(keys, dropna=False).transform("sum")
    central, low, high = (result[c] for c in HOURS)
    result["share"] = _part(central, total["hours_per_year"] - central)
    result["share_low"] = _part(low, total["hours_per_year_high"] - high)
    result["share_high"] = _part(high, total["hours_per_year_low"] - low)
    return result


def _part(hours: pd.Series, others: pd.Series) -> pd.Series:
    """A share of a whole; unknown where the whole is nothing."""
    whole = hours + others
    return (hours / whole.where(whole > 0)).clip(0.0, 1.0)
