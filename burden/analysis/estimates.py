"""What several people's estimates say together, or that they say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from burden.model.inventory import Inventory, with_tables

DISPERSION_LIMIT = 0.5
BETTER = ("measured", "survey")
"""Evidence of minutes that an estimate does not replace."""

COMBINED = [
    "obligation_id", "concept_id", "activity", "side", "minutes", "minutes_low", "minutes_high", "answers",
    "respondents", "earlier_answers", "dispersion", "rows", "status",
]  # fmt: skip
_LINE = COMBINED[:4]
_MINUTES = ["minutes_low", "minutes", "minutes_high"]


@dataclass(frozen=True)
class Estimate:
    """A typical value, or none when the answers are too scattered.

    Attributes
    ----------
    value : float
        The median, NaN when there is no estimate.
    dispersion : float
        Median absolute deviation over the median.
    answers : int
        Number of answers.
    """

    value: float
    dispersion: float
    answers: int

    @property
    def enough(self) -> bool:
        """Whether the answers agree enough to give a value."""
        return not np.isnan(self.value)


def typical(answers: Sequence[float], *, limit: float = DISPERSION_LIMIT) -> Estimate:
    """The typical entity's value: the median, unless the answers scatter too much.

    The EU impact assessment guidelines (SEC(2005)791, box 4) take the typical entity rather than
    the mean, and give no estimate when answers are too far apart. The guard is the median
    absolute deviation over the median, at most ``limit``.

    Returns
    -------
    Estimate
        The median, or NaN where the answers scatter too much, with their scatter and number.

    Raises
    ------
    ValueError
        If there is no answer, or one is negative or missing.

    Examples
    --------
    >>> typical([10, 10, 10, 10, 30]).value
    10.0
    >>> typical([10, 20, 50, 2, 5]).enough
    False
    """
    values = np.asarray(answers, dtype=float)
    if values.size == 0 or np.isnan(values).any() or (values < 0).any():
        raise ValueError("answers must be numbers of zero or more, at least one")
    median = float(np.median(values))
    deviation = float(np.median(np.abs(values - median)))
    dispersion = deviation / median if median else (0.0 if deviation == 0 else np.inf)
    value = median if dispersion <= limit else float("nan")
    return Estimate(value, dispersion, int(values.size))


def combined(inv: Inventory, *, limit: float = DISPERSION_LIMIT, minimum: int = 1) -> pd.DataFrame:
    """What all respondents say together of each item and activity.

    A respondent who answered several times counts once, with the latest answer: the one given
    after a discussion. A respondent may be a group that has agreed on one number.

    Parameters
    ----------
    limit : float
        Dispersion above which the answers say nothing together (see :func:`typical`).
    minimum : int
        Fewer respondents than this are *not enough data*.

    Returns
    -------
    DataFrame
        One row per obligation × item or activity × side: ``obligation_id``, ``concept_id``,
        ``activity``, ``side``, ``minutes`` (the median; NaN when there is no estimate),
        ``minutes_low`` and ``minutes_high`` (lowest and highest answer), ``answers`` (all that
        count, ascending, joined by ``|``), ``respondents``, ``earlier_answers`` that were revised,
        ``dispersion``, ``rows`` (rows of the inventory that it is about: an estimate replaces
        minutes only where this is 1) and ``status``: ``estimate`` or ``not_enough_data``.

    Examples
    --------
    >>> import burden as bd
    >>> combined(bd.example("four-tools")).empty
    True
    """
    said = _answers(inv)
    latest = said.drop_duplicates([*_LINE, "respondent"], keep="last")
    given: dict[object, int] = said.groupby(_LINE).size().to_dict()
    about = _rows_about(inv)
    rows = []
    for key, minutes in latest.groupby(_LINE, sort=True)["minutes"]:
        found = typical(minutes.to_list(), limit=limit)
        enough = found.enough and found.answers >= minimum
        rows.append((
            *key, found.value if enough else np.nan, minutes.min(), minutes.max(),
            "|".join(f"{m:g}" for m in sorted(minutes)), found.answers, given[key] - found.answers,
            found.dispersion, about.get(key, 0), "estimate" if enough else "not_enough_data",
        ))  # fmt: skip
    frame = pd.DataFrame(rows, columns=COMBINED)
    return frame.assign(**{c: frame[c].astype("str").replace("", None) for c in ("concept_id", "activity")})


def _answers(inv: Inventory) -> pd.DataFrame:
    """Answers about one item or one activity of an obligation of the inventory, the latest last."""
    said = inv.estimates
    named = said["concept_id"].notna() != said["activity"].notna()
    said = said[named & said["minutes"].notna() & said["obligation_id"].isin(inv.obligations["obligation_id"])]
    said = said.assign(concept_id=said["concept_id"].fillna(""), activity=said["activity"].fillna(""))
    return said.sort_values("date", kind="stable", na_position="first")


def _rows_about(inv: Inventory) -> dict[object, int]:
    """How many rows of the inventory each item and activity stands on."""
    items = inv.requests[["obligation_id", "concept_id"]].assign(activity="", side="respondent")
    activities = inv.activities[["obligation_id", "activity", "side"]].assign(concept_id="")
    counted = pd.concat([part[_LINE].astype("str") for part in (items, activities)]).groupby(_LINE).size()
    return counted.to_dict()


def with_estimates(inv: Inventory, *, limit: float = DISPERSION_LIMIT, minimum: int = 1) -> Inventory:
    """The inventory with the minutes that respondents agree on enough.

    Minutes become the median of the answers, from the lowest to the highest answer, *elicited*: the
    whole range rather than quartiles, as no respondent is to be overruled by the others and answers
    are few. One respondent alone gives no range: its bounds are left empty. What was measured or
    surveyed stays as it was, and so does an item that a tool asks under several labels: an answer
    about the item does not say how it is shared out. The answers themselves are all kept.

    Parameters
    ----------
    limit, minimum : float, int
        See :func:`combined`.

    Returns
    -------
    Inventory
        A new one; the one given does not change.

    Examples
    --------
    >>> import burden as bd
    >>> inv = bd.example("four-tools")
    >>> bd.difference(inv, with_estimates(inv)).empty
    True
    """
    found = combined(inv, limit=limit, minimum=minimum)
    found = found[(found["status"] == "estimate") & (found["rows"] == 1)]
    alone = found["respondents"] == 1
    found[["minutes_low", "minutes_high"]] = found[["minutes_low", "minutes_high"]].mask(alone)
    items, activities = found[found["concept_id"].notna()], found[found["activity"].notna()]
    changed = {
        "requests": _retimed(inv.requests, items, ["obligation_id", "concept_id"]),
        "activities": _retimed(inv.activities, activities, ["obligation_id", "activity", "side"]),
    }
    return with_tables(inv, {table: frame for table, frame in changed.items() if len(frame)})


def _retimed(frame: pd.DataFrame, found: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Rows with the minutes found for their key, but for those that were measured."""
    agreed = found.set_index(keys)[_MINUTES]
    at = pd.MultiIndex.from_frame(frame[keys].astype(object))
    sure = frame["minutes_evidence"].isin(BETTER) & frame["minutes"].notna()
    retimed = pd.Series(at.isin(agreed.index), index=frame.index) & ~sure
    minutes = agreed.reindex(at).set_axis(frame.index)
    return frame.assign(
        **{m: minutes[m].where(retimed, frame[m]) for m in _MINUTES},
        minutes_evidence=frame["minutes_evidence"].mask(retimed, "elicited"),
    )
