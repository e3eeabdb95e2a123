"""What the controls of one unit have in common, and what recognising one for another would save."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from burden.analysis.coverage.controls import ALIKE
from burden.analysis.coverage.criteria import coverages
from burden.analysis.coverage.stacks import stack
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

_BOUNDS = ("_low", "", "_high")
_SIDES = ("respondent_h", "authority_h")
_HOURS = [f"{side}{b}" for side in _SIDES for b in _BOUNDS]
_PROOFS = ("declaration", "document", "third_party_attestation", "inspection")
"""From the weakest to the strongest."""
_EXTERNAL = [f"external_eur{b}" for b in _BOUNDS]


def in_common(inv: Inventory, ptf: Portfolio, *, years: float = 5, by: Sequence[str] = ALIKE) -> pd.DataFrame:
    """How much of each control of one unit another control of that unit looks at too.

    ::

        common_share = Σ_k min(coverage_k, best other coverage_k) / Σ_k coverage_k

    over the criteria k of the control: the parts looked at are the same as far as they can be. The
    low bound takes them to be as different as they can be; the high one lets all of the others
    together look at different parts. Hours are shared out between criteria in proportion to what
    the control covers of each (see :func:`~burden.analysis.coverage.controls.on_criteria`).

    Parameters
    ----------
    years : float
        Length of the pile.
    by : sequence of str
        Columns of the units that tell which are alike.

    Returns
    -------
    DataFrame
        The rows of :func:`~burden.analysis.coverage.stacks.stack`, with ``common`` and ``alone``
        (criteria that another control of the unit looks at, and that none does; missing where
        nobody wrote down its criteria), ``common_ids`` and ``alone_ids``, ``common_share`` and
        ``common_respondent_h`` and ``common_authority_h`` (hours over the years on what is looked
        at twice), with bounds.

    Examples
    --------
    >>> import burden as bd
    >>> in_common(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    by = list(by)
    piled = stack(inv, ptf, years=years, by=by)
    seen = coverages(inv)
    rows = piled[[*by, "obligation_id"]].merge(seen[seen["coverage"] > 0], on="obligation_id", sort=False)
    rows = _with_others(rows, by)
    shares = _common_shares(rows, [*by, "obligation_id"])
    found = piled.merge(shares, on=[*by, "obligation_id"], how="left", sort=False)
    written = found["criteria"].notna()
    for name in ("common", "alone"):
        found[name] = found[name].fillna(0).where(written).astype("Int64")
        found[f"{name}_ids"] = found[f"{name}_ids"].fillna("").astype("str")
    for side in _SIDES:
        for bound in _BOUNDS:
            found[f"common_{side}{bound}"] = found[f"{side}{bound}"] * found[f"common_share{bound}"]
    return found


def _with_others(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """For each control and criterion, the most that one other control covers, and all others together."""
    keys = [*by, "criterion_id"]
    grouped = rows.groupby(keys, sort=False, dropna=False)
    told = rows.assign(controls=grouped["obligation_id"].transform("size"))
    for bound in _BOUNDS:
        column = f"coverage{bound}"
        most = grouped[column].transform("max")
        rank = grouped[column].rank(method="first", ascending=False)
        # The best other of the one that covers most is the second.
        seconds = rows.assign(second=rows[column].where(rank == 2.0)).groupby(keys, sort=False, dropna=False)
        second = seconds["second"].transform("max").where(told["controls"] > 1, 0.0)
        told[f"best{bound}"] = most.where(rank != 1.0, second)
    told["together_high"] = (grouped["coverage_high"].transform("sum") - rows["coverage_high"]).clip(upper=1.0)
    return told


def _common_shares(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Criteria in common and alone, and the share of the control that is in common."""
    apart = (rows["coverage_low"] + rows["best_low"] - 1.0).clip(lower=0.0).where(rows["best_low"] > 0, 0.0)
    rows = rows.assign(
        part_low=apart, part=np.minimum(rows["coverage"], rows["best"]),
        part_high=np.minimum(rows["coverage_high"], rows["together_high"]),
        shared=rows["criterion_id"].where(rows["controls"] > 1), own=rows["criterion_id"].where(rows["controls"] == 1),
    )  # fmt: skip
    grouped = rows.groupby(keys, sort=False, dropna=False)
    told = pd.DataFrame({"common": grouped["shared"].count(), "alone": grouped["own"].count()})
    told["common_ids"] = grouped["shared"].agg(lambda ids: "|".join(ids.dropna()))
    told["alone_ids"] = grouped["own"].agg(lambda ids: "|".join(ids.dropna()))
    for bound in _BOUNDS:
        whole = grouped[f"coverage{bound}"].sum()
        told[f"common_share{bound}"] = grouped[f"part{bound}"].sum() / whole.where(whole > 0)
    central = told["common_share"]
    told["common_share_low"] = np.minimum(told["common_share_low"].fillna(0.0), central)
    told["common_share_high"] = np.maximum(told["common_share_high"], central)
    return told.reset_index()


def recognition_savings(inv: Inventory, ptf: Portfolio, *, years: float = 5, by: Sequence[str] = ALIKE) -> pd.DataFrame:
    """What one unit and its controllers would save if one control stood for another where both look.

    ::

        saved = hours of the one recognised × answered_share × times_share
        answered_share = Σ_k min(coverage_of_k, coverage_by_k) / Σ_k coverage_of_k
        times_share = min(1, times that ``by`` comes / times that ``of`` comes)

    The low bound takes the parts looked at to be as different as they can be; the high one lets
    one look of ``by`` stand for every look of ``of`` over the years. It is the most that
    recognition could save, not a plan: the pairs do not add up, a control also has its powers and
    its independence, and what ``by`` does not look at (``left``) must still be looked at.

    Returns
    -------
    DataFrame
        One row per group of units × ordered pair with something in common, most hours saved first:
        the ``by`` columns, ``of`` (recognised), ``by_id`` (that stands for it), ``criteria`` of
        ``of``, ``answered`` (of them that ``by_id`` looks at), ``left`` and ``left_ids`` (that it
        does not), ``answered_share`` with bounds, ``times_share``, ``saved_respondent_h`` and
        ``saved_authority_h`` over the years with bounds, ``saved_external_eur`` likewise,
        ``protected`` (missing where nobody said), ``weaker_proof`` (whether ``by_id`` rests on a
        weaker proof, a declaration being weaker than a document, an attestation by a third party
        and an inspection; missing where one of them is not known), ``rows_unmeasured`` of ``of``.

    Examples
    --------
    >>> import burden as bd
    >>> recognition_savings(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    by = list(by)
    piled = stack(inv, ptf, years=years, by=by)
    seen = coverages(inv)
    rows = piled[[*by, "obligation_id"]].merge(seen[seen["coverage"] > 0], on="obligation_id", sort=False)
    pairs = _pairs(rows, by)
    asked = piled[[*by, "obligation_id", "occurrences", *_HOURS, *_EXTERNAL, "rows_unmeasured"]]
    asked = asked.rename(columns={"obligation_id": "of", "occurrences": "times_of"})
    stands = piled[[*by, "obligation_id", "occurrences"]]
    stands = stands.rename(columns={"obligation_id": "by_id", "occurrences": "times_by"})
    found = pairs.merge(asked, on=[*by, "of"], sort=False).merge(stands, on=[*by, "by_id"], sort=False)
    found = _with_savings(found)
    protected = dict(zip(inv.obligations["obligation_id"], inv.obligations["protected"], strict=True))
    found["protected"] = pd.array([protected[o] for o in found["of"]], dtype="boolean")
    found["weaker_proof"] = _weaker(inv, found)
    ordered = found.sort_values("saved_respondent_h", ascending=False, kind="stable", na_position="last")
    return ordered[[*by, *_SAVINGS]].reset_index(drop=True)


_SAVINGS = [
    "of", "by_id", "criteria", "answered", "left", "left_ids", *(f"answered_share{b}" for b in _BOUNDS),
    "times_share", *(f"saved_{side}{b}" for side in (*_SIDES, "external_eur") for b in _BOUNDS),
    "protected", "weaker_proof", "rows_unmeasured",
]  # fmt: skip


def _weaker(inv: Inventory, found: pd.DataFrame) -> pd.Series:
    """Whether the control that would stand for the other rests on a weaker proof."""
    strength = {proof: place for place, proof in enumerate(_PROOFS)}
    proof = inv.obligations.set_index("obligation_id")["proof"].map(strength)
    of, by = (found[c].map(proof).astype("Float64") for c in ("of", "by_id"))
    return by < of


def _pairs(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Ordered pairs of controls of one group of units that look at a criterion in common."""
    keys = [*by, "of", "by_id"]
    of = rows.drop(columns="evidence").rename(columns={"obligation_id": "of"})
    others = rows.drop(columns="evidence").rename(columns={"obligation_id": "by_id"})
    met = of[[*by, "of"]].drop_duplicates().merge(others[[*by, "by_id"]].drop_duplicates(), on=by)
    met = met[met["of"] != met["by_id"]]
    every = met.merge(of, on=[*by, "of"]).merge(
        others, on=[*by, "by_id", "criterion_id"], how="left", suffixes=("_of", "_by")
    )
    by_low, by_mid, by_high = (every[f"coverage{b}_by"].fillna(0.0) for b in _BOUNDS)
    every = every.assign(
        part_low=(every["coverage_low_of"] + by_low - 1.0).clip(lower=0.0).where(by_low > 0, 0.0),
        part=np.minimum(every["coverage_of"], by_mid), part_high=np.minimum(every["coverage_high_of"], by_high),
        missed=every["criterion_id"].where(by_mid == 0),
    )  # fmt: skip
    grouped = every.groupby(keys, sort=True, dropna=False)
    told = pd.DataFrame({"criteria": grouped.size(), "left": grouped["missed"].count()})
    told["answered"] = told["criteria"] - told["left"]
    told["left_ids"] = grouped["missed"].agg(lambda ids: "|".join(ids.dropna()))
    for bound in _BOUNDS:
        whole = grouped[f"coverage{bound}_of"].sum()
        told[f"answered_share{bound}"] = grouped[f"part{bound}"].sum() / whole.where(whole > 0)
    central = told["answered_share"]
    told["answered_share_low"] = np.minimum(told["answered_share_low"].fillna(0.0), central)
    told["answered_share_high"] = np.maximum(told["answered_share_high"], central)
    return told[told["answered"] > 0].reset_index()


def _with_savings(found: pd.DataFrame) -> pd.DataFrame:
    """Hours and euros of the one recognised, where the other looks and as often as it comes."""
    times = (found["times_by"] / found["times_of"].where(found["times_of"] > 0)).clip(upper=1.0)
    told = found.assign(times_share=times)
    for bound in _BOUNDS:
        # At most, one look of the other stands for all of those over the years.
        often = times.where(times.isna(), 1.0) if bound == "_high" else times
        share = told[f"answered_share{bound}"] * often
        for measure in (*_SIDES, "external_eur"):
            told[f"saved_{measure}{bound}"] = told[f"{measure}{bound}"] * share
    return told
