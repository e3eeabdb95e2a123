"""What one file takes, those who apply and those who examine it: lines of the ledger, per step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.askings import larger
from burden.analysis.calls.steps import Step
from burden.analysis.ledger import BOUNDS, hourly_cost
from burden.analysis.lines import lines
from burden.model.inventory import Inventory
from burden.model.periods import per_year

Floats = npt.NDArray[np.float64]
Party = Literal["candidate", "authority"]

EFFORT = [
    "step", "obligation_id", "each", "party", "population_id", "line", "what", "label_fr", "staff_grade",
    "minutes_basis", "number_evidence", "times", *(f"h{b}" for b in BOUNDS), *(f"eur{b}" for b in BOUNDS),
]  # fmt: skip
"""Columns of :func:`effort`."""


def effort(inv: Inventory, steps: Sequence[Step], *, year: int | None = None) -> pd.DataFrame:
    """What one occurrence of each step takes, line by line.

    Work that is done once for all (reading the rules when they are new) is not part of a file.

    Returns
    -------
    DataFrame
        One row per step and line: ``step`` (its place), ``obligation_id``, ``each``, ``party``
        that does the work (what an authority is bound to do, and what is done once for a call, is
        the authority's), ``times`` within one year of the award or one file, ``h`` and ``eur`` of
        one occurrence with bounds, NaN when unknown.
    """
    known = lines(inv)
    known = known[~known["one_off"]]
    parts = [_of_step(inv, known, place, step) for place, step in enumerate(steps)]
    frame = pd.concat(parts, ignore_index=True) if parts else known.iloc[:0]
    frame = _valued(inv, frame, year)
    return frame.reindex(columns=EFFORT)


def _of_step(inv: Inventory, known: pd.DataFrame, place: int, step: Step) -> pd.DataFrame:
    own = inv.obligations.set_index("obligation_id")
    mine = known[known["obligation_id"] == step.obligation_id]
    if mine.empty:
        return mine.assign(step=place, each=step.each, party="", times=1.0)
    counted = [step.population_id] if step.population_id else counted_with_file(inv, step.obligation_id)
    mine = mine[mine["population_id"].isin(counted)]
    by_authority = step.each == "call" or _binds_authorities(inv, step.obligation_id)
    party = np.where(by_authority | (mine["side"] == "authority"), "authority", "candidate")
    rate = per_year(str(own.loc[step.obligation_id, "period"])) if step.each == "award_year" else None
    return mine.assign(step=place, each=step.each, party=party, times=rate or 1.0)


def counted_with_file(inv: Inventory, obligation: str) -> list[str]:
    """Populations whose lines are in each file: the obligation's own, and those it is part of."""
    own = dict(zip(inv.obligations["obligation_id"], inv.obligations["population_id"], strict=True))
    parents = dict(zip(inv.populations["population_id"], inv.populations["parent_id"].fillna(""), strict=True))
    return [own[obligation], *larger(parents, own[obligation])]


def _binds_authorities(inv: Inventory, obligation: str) -> bool:
    """Whether the obligation falls on public authorities alone: their answer is the authority's work."""
    kind = dict(zip(inv.actors["actor_id"], inv.actors["kind"], strict=True))
    bound = inv.duties.loc[inv.duties["obligation_id"] == obligation, "actor_id"]
    return len(bound) > 0 and all(kind[a] == "public_authority" for a in bound)


def _valued(inv: Inventory, frame: pd.DataFrame, year: int | None) -> pd.DataFrame:
    price = hourly_cost(inv, year=year)
    external = frame["line"] == "external"
    for bound in BOUNDS:
        hours = frame[f"minutes{bound}"] / 60.0
        rate = frame["staff_grade"].map(price[f"eur_per_h{bound}"]).astype("float64")
        # What takes no time costs nothing, whoever does it.
        eur = (hours * rate).mask(hours == 0, 0.0)
        frame = frame.assign(**{f"h{bound}": hours, f"eur{bound}": eur.mask(external, frame[f"external_eur{bound}"])})
    return frame


def file_lines(inv: Inventory, obligation_id: str, *, year: int | None = None) -> pd.DataFrame:
    """The lines behind one file of an obligation, its items and the work of both sides.

    Returns
    -------
    DataFrame
        One row per line, as :func:`effort`, with ``each`` of ``file`` (counted with each file),
        ``call`` (counted per call published) or ``other`` (counted per something else, such as a
        person: how many there are in a file is not known, and it is in no file).

    Raises
    ------
    KeyError
        If the obligation is not in the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> file_lines(bd.example("four-tools"), "ES")["each"].unique().tolist()
    ['file']
    """
    if obligation_id not in set(inv.obligations["obligation_id"]):
        raise KeyError(f"obligation {obligation_id!r} is not in the inventory")
    mine = lines(inv)
    counted = mine.loc[mine["obligation_id"] == obligation_id, "population_id"].drop_duplicates()
    own = counted_with_file(inv, obligation_id)
    steps = [Step(obligation_id, "candidate", str(p)) for p in counted]
    frame = effort(inv, steps, year=year)
    grain = dict(zip(inv.populations["population_id"], inv.populations["grain"], strict=True))
    other = ["call" if grain.get(str(p)) == "call" else "other" for p in frame["population_id"]]
    each = np.where(frame["population_id"].isin(own), "file", other)
    return frame.assign(each=each).drop(columns=["step", "times"])


def file_hours(inv: Inventory, obligation_id: str, *, year: int | None = None) -> pd.DataFrame:
    """Hours of one application, of its examination, and of the call itself.

    Returns
    -------
    DataFrame
        One row per ``each`` (``file``, ``call``, ``other``: see :func:`file_lines`) and ``party``
        (``candidate``, ``authority``): ``population_ids`` counted, ``hours`` and ``eur`` with
        bounds, of the lines that are known (NaN when none is), ``rows``, ``rows_unmeasured`` left
        out, ``rows_without_eur`` left out of the euros and ``rows_assumed`` that rest on a
        standard time. The rows behind it are :func:`file_lines`.

    Raises
    ------
    KeyError
        If the obligation is not in the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> file_hours(bd.example("four-tools"), "ES")[["each", "party", "rows"]].values.tolist()
    [['file', 'candidate', 5]]
    """
    frame = file_lines(inv, obligation_id, year=year)
    grouped = frame.groupby(["each", "party"], sort=False)
    sums = grouped[[f"{m}{b}" for m in ("h", "eur") for b in BOUNDS]].sum(min_count=1)
    sums = sums.rename(columns={f"h{b}": f"hours{b}" for b in BOUNDS})
    sums.insert(0, "population_ids", grouped["population_id"].agg(lambda p: "|".join(dict.fromkeys(p))))
    counted = row_kinds(frame).astype("int64").groupby([frame["each"], frame["party"]], sort=False).sum()
    return sums.join(counted).reset_index()


def row_kinds(frame: pd.DataFrame) -> pd.DataFrame:
    """Whether each line of :func:`effort` is timed, priced and assumed, as the rows of a sum are counted.

    Returns
    -------
    DataFrame
        Booleans on the index of ``frame``: ``rows`` (always), ``rows_unmeasured`` that have no
        hours, ``rows_without_eur`` that have hours but no cost, ``rows_assumed`` that rest on a
        standard time.
    """
    unmeasured = frame["h"].isna()
    return pd.DataFrame({
        "rows": unmeasured | True,
        "rows_unmeasured": unmeasured,
        "rows_without_eur": ~unmeasured & frame["eur"].isna(),
        "rows_assumed": frame["minutes_basis"] == "assumed",
    })  # fmt: skip
