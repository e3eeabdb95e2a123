"""Trust, control, efficiency: when and on what proof hours are asked, and whether their use is known.

These are descriptors of tools, read off three columns of an inventory. They do not say that an
authority trusts or distrusts, nor that a tool is worth its hours: a document may serve the person
followed as much as a control, a declaration may be checked afterwards, and a use that nobody wrote
down is unknown, not absent. Each number goes with its formula in :func:`triptych`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.use import STATUSES, known_use
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

TIMINGS = ("ex_ante", "continuous", "ex_post", "unknown")
PROOFS = ("declaration", "document", "third_party_attestation", "inspection", "unknown")
STANCES = ("trust", "control", "advance", "unknown")
_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
_AUTHORITY = [f"authority_h_per_year{b}" for b in _BOUNDS]
_SPLIT = {use: f"{use}_h_per_year" if use == "none_found" else f"{use}_use_h_per_year" for use in STATUSES}


def stances(inv: Inventory) -> pd.DataFrame:
    """How each tool binds: by its timing, its proof and its instrument.

    Returns
    -------
    DataFrame
        One row per obligation: ``obligation_id``, ``timing`` and ``proof`` (``unknown`` where the
        inventory says nothing) and ``stance``:

        - ``control``: an authorisation asked before, whatever its proof; or a document, an
          attestation by a third party or an inspection, whatever its timing;
        - ``trust``: a declaration, continuous or after the fact;
        - ``advance``: a declaration before the fact that no authorisation hangs on;
        - ``unknown``: the timing or the proof that would decide is unknown.

    Examples
    --------
    >>> import burden as bd
    >>> stances(bd.example("four-tools"))["stance"].value_counts().to_dict()
    {'control': 2, 'trust': 2}
    """
    rows = inv.obligations[["obligation_id", "timing", "proof", "instrument"]]
    timing, proof = (rows[c].astype(object).fillna("unknown") for c in ("timing", "proof"))
    before = timing == "ex_ante"
    declared = proof == "declaration"
    chosen = [
        (before & (rows["instrument"] == "authorisation")) | proof.isin(PROOFS[1:4]),
        declared & timing.isin(["continuous", "ex_post"]),
        declared & before,
    ]
    stance = np.select([c.to_numpy(dtype=bool) for c in chosen], ["control", "trust", "advance"], "unknown")
    return pd.DataFrame(
        {"obligation_id": rows["obligation_id"], "timing": timing, "proof": proof, "stance": stance}, dtype="str"
    )


def profile(
    inv: Inventory, ptf: Portfolio, *, by: str | Sequence[str], built: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Hours a year by timing and proof, with those of the authority and those whose use is known.

    Parameters
    ----------
    by : str or sequence of str
        Columns of the units or of the obligations: ``required_by_id``, ``silo_id``,
        ``operator_id``, ``instrument``…; none gives the whole portfolio.
    built : DataFrame, optional
        A ledger of the same inventory and portfolio, kept apart by the units' columns named
        here, such as :func:`burden.analysis.explain.traced_ledger` gives; worked out when absent.

    Returns
    -------
    DataFrame
        One row per group × ``timing`` × ``proof`` that occurs there: ``hours_per_year`` of the one
        who answers and ``authority_h_per_year`` with their bounds; the former split into
        ``observed_use_h_per_year``, ``stated_use_h_per_year``, ``none_found_h_per_year`` and
        ``unknown_use_h_per_year`` (see :mod:`burden.analysis.use`); ``group_h_per_year``, the
        hours of the group, and ``share`` of them; ``obligations``, and ``rows`` and ``rows_unmeasured`` of
        the one who answers, at the grain of the ledger. One-off hours are left out.

    Raises
    ------
    KeyError
        If a column exists neither in the units nor in the obligations.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> profile(inv, ptf, by="silo_id")[["timing", "proof", "share"]].round(2).to_numpy().tolist()
    [['ex_post', 'declaration', 0.4], ['ex_post', 'document', 0.6]]
    """
    by = _columns(by)
    rows = _classed(inv, ptf, by, built)
    cells = _summed(rows, [*by, "timing", "proof"])
    whole = cells.groupby(by, dropna=False)["hours_per_year"] if by else cells["hours_per_year"]
    total = whole.transform("sum", min_count=1) if by else whole.sum(min_count=1)
    cells = cells.assign(group_h_per_year=total)
    cells["share"] = (cells["hours_per_year"] / cells["group_h_per_year"]).where(cells["group_h_per_year"] > 0)
    return _ordered(cells, by)


def triptych(
    inv: Inventory, ptf: Portfolio, *, by: str | Sequence[str], built: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Three descriptors of what is asked: like trust, like control, of known use.

    ::

        trust_share     = hours of declarations, continuous or after the fact / hours
        control_share   = hours of authorisations asked before, documents, attestations,
                          inspections / hours
        known_use_share = hours of the lines whose use is observed or stated by a text / hours

    The first two part the same hours: with ``advance_share`` (declared before the fact) and
    ``unknown_stance_share`` they make one. The third looks at all hours again.
    ``document_share`` is the part of the hours that counts as control by a document alone, neither
    an authorisation, an attestation nor an inspection: records kept for the person followed are
    among them.

    The low bound of a share takes the low hours of its part, the high ones of the rest, and none
    of what is not classed; the high bound the reverse, and all of what is not classed.

    Returns
    -------
    DataFrame
        One row per group, most hours first: hours of the one who answers and
        ``authority_h_per_year`` with bounds, ``authority_h_per_hour`` (hours of the authority for
        one hour asked), the shares (those of the formulas with bounds), ``observed_use_share``,
        ``none_found_share``, ``unknown_use_share``, ``obligations``, ``rows_unmeasured``. A share
        is NaN where no hour of the group is measured or none is classed.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> triptych(inv, ptf, by=[])[["trust_share", "control_share", "known_use_share"]].round(2).to_numpy().tolist()
    [[0.4, 0.6, nan]]
    """
    by = _columns(by)
    rows = _classed(inv, ptf, by, built)
    whole = _summed(rows, by)
    hours = {name: whole[name] for name in _HOURS}
    parts = {s: _part(rows, rows["stance"] == s, by, whole) for s in STANCES}
    uses = {u: _part(rows, rows["known_use"] == u, by, whole) for u in STATUSES}
    used = {h: uses["observed"][h] + uses["stated"][h] for h in _HOURS}
    only_document = (rows["proof"] == "document") & (rows["stance"] == "control") & ~rows["authorises"]
    central = _HOURS[1]
    shares = {
        **_bounded("trust_share", parts["trust"], hours, parts["unknown"]),
        **_bounded("control_share", parts["control"], hours, parts["unknown"]),
        "document_share": _ratio(_part(rows, only_document, by, whole)[central], hours[central]),
        "advance_share": _ratio(parts["advance"][central], hours[central]),
        "unknown_stance_share": _ratio(parts["unknown"][central], hours[central]),
        **_bounded("known_use_share", used, hours, uses["unknown"]),
        "observed_use_share": _ratio(uses["observed"][central], hours[central]),
        "none_found_share": _ratio(uses["none_found"][central], hours[central]),
        "unknown_use_share": _ratio(uses["unknown"][central], hours[central]),
    }
    told = whole[[*by, *_HOURS, *_AUTHORITY]]
    told = told.assign(authority_h_per_hour=_ratio(whole["authority_h_per_year"], hours[central]), **shares)
    told = told.assign(obligations=whole["obligations"], rows_unmeasured=whole["rows_unmeasured"])
    return told.sort_values("hours_per_year", ascending=False, kind="stable").reset_index(drop=True)


def _columns(by: str | Sequence[str]) -> list[str]:
    """The columns of a group; timing and proof part the hours of each group already."""
    named = [by] if isinstance(by, str) else list(by)
    return [c for c in named if c not in ("timing", "proof")]


def _classed(inv: Inventory, ptf: Portfolio, by: list[str], built: pd.DataFrame | None) -> pd.DataFrame:
    """The ledger with the hours of each side apart, and the timing, proof, stance and known use of each line."""
    units = [c for c in by if c in ledger.UNIT_COLUMNS]
    frame = ledger.build(inv, ptf, by=units) if built is None else built
    more = [c for c in by if c not in frame]
    if unknown := [c for c in more if c in units or c not in inv.obligations]:
        raise KeyError(f"no column {unknown[0]!r} to group by; there are {', '.join(map(str, frame))}")
    kept = [c for c in by if c not in more]
    rows = frame[list(dict.fromkeys([*kept, "obligation_id", "side", "line", "what", *_HOURS, "once_h"]))]
    if more:
        rows = rows.merge(inv.obligations[["obligation_id", *more]], on="obligation_id")
    rows = rows.merge(stances(inv), on="obligation_id")
    instrument = dict(zip(inv.obligations["obligation_id"], inv.obligations["instrument"], strict=True))
    authorises = (rows["obligation_id"].map(instrument) == "authorisation") & (rows["timing"] == "ex_ante")
    own = rows["side"] == "respondent"
    sides = {theirs: rows[hours].mask(own) for hours, theirs in zip(_HOURS, _AUTHORITY, strict=True)}
    measured = rows[["hours_per_year", "once_h"]].notna().all(axis=1)
    rows = rows.assign(
        **sides, own=own, authorises=authorises, known_use=known_use(inv, rows),
        rows=own.astype("int64"), rows_unmeasured=(own & ~measured).astype("int64"),
    )  # fmt: skip
    rows[_HOURS] = rows[_HOURS].where(own)
    return rows


def _summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Hours of both sides and by known use, summed by columns; NaN where nothing is known."""
    split = {column: rows["hours_per_year"].where(rows["known_use"] == use, 0.0) for use, column in _SPLIT.items()}
    frame = rows.assign(**split, obligations=rows["obligation_id"])
    counts = {"obligations": "nunique", "rows": "sum", "rows_unmeasured": "sum"}
    keys: list[str] | pd.Series = by or pd.Series(0, index=frame.index)
    grouped = frame.groupby(keys, dropna=False, sort=True)
    sums = grouped[[*_HOURS, *_AUTHORITY, *_SPLIT.values()]].sum(min_count=1)
    sums[list(counts)] = grouped.agg(counts).astype("int64")
    return sums.reset_index(drop=not by)


def _part(rows: pd.DataFrame, mask: pd.Series, by: list[str], whole: pd.DataFrame) -> Mapping[str, pd.Series]:
    """Hours of some tools by group, in the order of the whole; zero where a group has none of them."""
    kept = rows[_HOURS].where(mask, 0.0)
    if not by:
        return {h: pd.Series([kept[h].sum()] * len(whole)) for h in _HOURS}
    sums = kept.groupby([rows[c] for c in by], dropna=False, sort=True)[_HOURS].sum().reset_index(drop=True)
    return {h: sums[h] for h in _HOURS}


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    return (part / whole).where(whole > 0)


def _bounded(
    name: str, part: Mapping[str, pd.Series], whole: Mapping[str, pd.Series], unclassed: Mapping[str, pd.Series]
) -> dict[str, pd.Series]:
    """A share of the hours with its bounds; unknown, from nothing to all, where no hour is classed."""
    low, central, high = _HOURS
    least = part[low] / (part[low] + (whole[high] - part[high]))
    possible = part[high] + unclassed[high]
    most = possible / (possible + (whole[low] - part[low] - unclassed[low]))
    measured = whole[central] > 0
    classed = measured & (whole[central] - unclassed[central] > 1e-12 * whole[central])
    share = (part[central] / whole[central]).where(classed)
    return {
        f"{name}_low": least.where(whole[high] > 0).fillna(0.0).where(measured).clip(0.0, 1.0),
        name: share,
        f"{name}_high": most.where(possible > 0, 0.0).where(measured).clip(0.0, 1.0),
    }


def _ordered(cells: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Heaviest group first, then by timing and proof as a reader goes through them."""
    place = {c: cells[c].map({v: i for i, v in enumerate(order)}) for c, order in
             (("timing", TIMINGS), ("proof", PROOFS))}  # fmt: skip
    keyed = cells.assign(_weight=-cells["group_h_per_year"].fillna(0.0), _timing=place["timing"], _proof=place["proof"])
    ordered = keyed.sort_values(["_weight", *by, "_timing", "_proof"], kind="stable")
    return ordered.drop(columns=["_weight", "_timing", "_proof"]).reset_index(drop=True)
