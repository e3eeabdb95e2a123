"""What is asked twice: by how many, of whom, and the hours of the repeats.

Not to be confused with ``networkx.bipartite.node_redundancy``, which counts pairs of neighbours
joined by a third node: it is another measure under the same word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from burden.analysis.askings import REUSES, Reuse, items
from burden.analysis.exclusion import compatible
from burden.analysis.ledger import occurrences
from burden.analysis.once import Once, Tally, once
from burden.analysis.overlaps import overlapping_pairs
from burden.model.inventory import EVIDENCE_LADDER, Inventory, select
from burden.model.periods import per_year
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles


def incidence(inv: Inventory, *, identifiers: bool = False) -> tuple[sparse.csr_array, list[str], list[str]]:
    """The obligation × concept table.

    Returns
    -------
    tuple
        A 0/1 sparse array, the obligations of its rows and the concepts of its columns.

    Examples
    --------
    >>> import burden as bd
    >>> table, tools, concepts = incidence(bd.example("four-tools"), identifiers=True)
    >>> table.shape, int(table.sum())
    ((4, 11), 22)
    """
    asked = items(inv, identifiers=identifiers)[["obligation_id", "concept_id"]].drop_duplicates()
    tools = list(inv.obligations["obligation_id"])
    concepts = list(dict.fromkeys(asked["concept_id"]))
    rows = asked["obligation_id"].map({o: i for i, o in enumerate(tools)}).to_numpy()
    columns = asked["concept_id"].map({c: i for i, c in enumerate(concepts)}).to_numpy()
    table = sparse.csr_array((np.ones(len(asked)), (rows, columns)), shape=(len(tools), len(concepts)))
    return table, tools, concepts


def sets(inv: Inventory, *, identifiers: bool = False) -> pd.Series:
    """Redundancy of the lists of items themselves, whoever they fall on.

    ::

        R   = 1 − |union of items| / Σ |items of o|
        R_f = 1 − Σ_i max_o f_o / Σ_o f_o · |items of o|

    Returns
    -------
    Series
        ``obligations``, ``items_asked`` (Σ), ``items_distinct``, ``redundancy`` (R),
        ``redundancy_by_frequency`` (R_f), ``asked_twice_share`` (of the distinct items),
        ``obligations_per_item``.

    Examples
    --------
    >>> import burden as bd
    >>> sets(bd.example("four-tools"), identifiers=True)["redundancy"].item()
    0.5
    """
    table, tools, _ = incidence(inv, identifiers=identifiers)
    period = inv.obligations["period"]
    rate = period.map({p: per_year(p) for p in period.unique()}).to_numpy(dtype=float)
    per_item = table.sum(axis=0)
    asked, distinct = float(table.sum()), float(table.shape[1])
    weighted = sparse.csr_array(sparse.diags_array(rate) @ table)
    freshest = weighted.max(axis=0).sum() if distinct and len(tools) else 0.0
    total = weighted.sum()
    return pd.Series(
        {
            "obligations": float((table.sum(axis=1) > 0).sum()),
            "items_asked": asked,
            "items_distinct": distinct,
            "redundancy": 1 - distinct / asked if asked else np.nan,
            "redundancy_by_frequency": 1 - freshest / total if total else np.nan,
            "asked_twice_share": float((per_item >= 2).mean()) if distinct else np.nan,
            "obligations_per_item": asked / distinct if distinct else np.nan,
        }
    )


def summary(inv: Inventory, ptf: Portfolio, *, identifiers: bool = False) -> pd.DataFrame:
    """How much of what the portfolio is asked repeats, at three counting units.

    Returns
    -------
    DataFrame
        One row per class of reuse (each includes the ones before it) × counting unit (``items``,
        ``items × frequency``, ``hours``): ``today``, ``once`` and ``redundancy``. For hours,
        ``once`` keeps the dearest asking (cautious) and ``once_low`` the cheapest, so the
        redundancy runs from ``redundancy`` to ``redundancy_high``.
    """
    tallied = once(inv, ptf, identifiers=identifiers)
    rows = []
    for reuse, tally in _monotone(tallied):
        for unit, today, dear, cheap in (
            ("items", tally.items, tally.items_once, tally.items_once),
            ("items × frequency", tally.deliveries, tally.deliveries_once, tally.deliveries_once),
            ("hours", tally.hours, tally.hours_once_high, tally.hours_once_low),
        ):
            rows.append((reuse, unit, today.sum(), dear.sum(), cheap.sum()))
    frame = pd.DataFrame(rows, columns=["reuse", "counting_unit", "today", "once", "once_low"])
    frame["redundancy"] = 1 - frame["once"] / frame["today"].replace(0, np.nan)
    frame["redundancy_high"] = 1 - frame["once_low"] / frame["today"].replace(0, np.nan)
    return frame.assign(unmeasured=tallied.unmeasured)


def _monotone(tallied: Once) -> Iterator[tuple[Reuse, Tally]]:
    """Tallies in order; today is the same for all, and a wider class never saves less.

    What a wider class takes for one item of a form (two dates of one number, to be agreed on) stays
    several items of today: they are no repeat of one another.
    """
    narrower: Tally | None = None
    for reuse, tally in tallied.tallies.items():
        narrower = tally if narrower is None else _saving_more(narrower, tally)
        yield reuse, narrower


def _saving_more(narrower: Tally, wider: Tally) -> Tally:
    given = {}
    for today, once_given in (
        ("items", "items_once"),
        ("deliveries", "deliveries_once"),
        ("hours", "hours_once_low"),
        ("hours", "hours_once_high"),
    ):
        saved = getattr(wider, today) - getattr(wider, once_given)
        given[once_given] = np.minimum(getattr(narrower, once_given), getattr(narrower, today) - saved)
    return replace(narrower, **given)


def repeated(inv: Inventory, ptf: Portfolio, *, reuse: Reuse = "harmonise", identifiers: bool = False) -> pd.DataFrame:
    """Information asked more than once of the same subject: how often, by whom, at what cost.

    Parameters
    ----------
    reuse : str
        Widest class of reuse counted: ``same`` (today), ``derivable`` (by summing) or
        ``harmonise`` (after agreement on perimeter, unit or date).

    Returns
    -------
    DataFrame
        One row per actor type × concept, most hours of repeats first: ``asked_per_year``,
        ``repeats_per_year``, ``hours_per_year``, ``repeat_h_per_year`` (cautious) and
        ``repeat_h_per_year_high`` (bold), ``obligations``, ``authorities`` and the
        ``obligation_ids`` and ``authority_ids`` that ask it of this type. What is asked about an
        operator stands on the operator's row.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> repeated(inv, ptf).iloc[0]["concept_id"]
    'ftes'
    """
    tallied = once(inv, ptf, identifiers=identifiers, reuses=REUSES[: REUSES.index(reuse) + 1])
    tally = dict(_monotone(tallied))[reuse]
    repeats = tally.deliveries - tally.deliveries_once
    # A difference of two sums is a repeat only beyond what rounding leaves.
    rows, columns = np.nonzero(repeats > 1e-9 * tally.deliveries)
    frame = pd.DataFrame(
        {
            "actor_id": np.array(tallied.actors, dtype=object)[rows],
            "concept_id": np.array(tallied.concepts, dtype=object)[columns],
            "asked_per_year": tally.deliveries[rows, columns],
            "repeats_per_year": repeats[rows, columns],
            "hours_per_year": tally.hours[rows, columns],
            "repeat_h_per_year": (tally.hours - tally.hours_once_high)[rows, columns],
            "repeat_h_per_year_high": (tally.hours - tally.hours_once_low)[rows, columns],
        }
    )
    by = ["actor_id", "concept_id"]
    asked = tallied.askings.merge(frame[by], on=by)
    frame = frame.merge(_askers(inv, asked, by), on=by, how="left")
    order = ["repeat_h_per_year", "repeats_per_year", *by]
    return frame.sort_values(order, ascending=[False, False, True, True]).reset_index(drop=True)


def askers(inv: Inventory, ptf: Portfolio | None = None) -> pd.DataFrame:
    """Who asks for the same thing.

    With a portfolio, only the obligations that fall on one of its units.

    Returns
    -------
    DataFrame
        One row per concept: ``obligations``, ``authorities`` and their identifiers joined by
        ``|``. The authorities are the recipients, and the one that requires where none is known.
    """
    asked = inv.requests[["obligation_id", "concept_id"]].drop_duplicates()
    if ptf is not None:
        asked = asked[asked["obligation_id"].isin(borne(inv, ptf))]
    return _askers(inv, asked, ["concept_id"])


def _askers(inv: Inventory, asked: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Obligations and authorities behind some askings, counted and named by group."""
    reached = asked.merge(recipients_of(inv), on="obligation_id")
    tools = _named(asked, by, "obligation_id").rename(columns={"count": "obligations"})
    authorities = _named(reached, by, "authority_id").rename(columns={"count": "authorities"})
    result = tools.merge(authorities, on=by, how="left").fillna({"authorities": 0, "authority_ids": ""})
    columns = [*by, "obligations", "authorities", "obligation_ids", "authority_ids"]
    return result[columns].astype({"authorities": "int64"})


def _named(frame: pd.DataFrame, by: list[str], column: str) -> pd.DataFrame:
    """How many different values a column has in each group, and which, joined by ``|``."""
    pairs = frame[[*by, column]].drop_duplicates().sort_values([*by, column], ignore_index=True)
    start = np.flatnonzero(~pairs.duplicated(by))
    bounds = [*start.tolist(), len(pairs)]
    names = pairs[column].tolist()
    joined = ["|".join(names[a:b]) for a, b in pairwise(bounds)]
    groups = pairs.loc[start, by].reset_index(drop=True)
    groups["count"] = np.diff(bounds)
    groups[f"{column}s"] = pd.Series(joined, dtype="str")
    return groups


def recipients_of(inv: Inventory, *, audiences: bool = False) -> pd.DataFrame:
    """Authorities that each obligation reaches.

    What is only kept at disposal reaches nobody until somebody asks: then the authority that
    requires it stands alone.

    Parameters
    ----------
    audiences : bool
        Internal bodies and persons as well, who are no authorities.

    Returns
    -------
    DataFrame
        ``obligation_id`` and ``authority_id``, one row per pair.
    """
    required = inv.obligations[["obligation_id", "required_by_id"]]
    required = required.rename(columns={"required_by_id": "authority_id"}).dropna()
    sent = inv.recipients[inv.recipients["mode"] != "on_request"]
    known = sent[["obligation_id", "authority_id"]]
    alone = required[~required["obligation_id"].isin(known["obligation_id"])]
    both = pd.concat([known, alone], ignore_index=True).drop_duplicates()
    if audiences:
        return both
    level = both["authority_id"].map(inv.authorities.set_index("authority_id")["level"])
    return both[~level.isin(["internal", "public"])].reset_index(drop=True)


def borne(inv: Inventory, ptf: Portfolio) -> list[str]:
    """Obligations that fall on at least one unit of the portfolio, and that do occur there.

    What is counted per something that the portfolio has none of (no tender, no amendment) is not
    borne; what is counted per something unknown is.

    Returns
    -------
    list of str
        Identifiers, in the order of the inventory.
    """
    applies = profiles(inv, ptf).applies
    concerned = np.flatnonzero((np.nan_to_num(applies, nan=1.0) > 0).any(axis=0))
    fallen = inv.obligations["obligation_id"].take(concerned)
    quantity = occurrences(inv, ptf, by=[]).set_index("obligation_id")["quantity"]
    occurs = (quantity.isna() | (quantity > 0)).groupby(level=0).any()
    return [o for o in fallen if occurs.get(o, True)]


def overlap(
    inv: Inventory, *, threshold: float = 0.0, identifiers: bool = False, exclusive: bool = False
) -> pd.DataFrame:
    """Obligations that share information, pair by pair, all pairs exactly.

    Parameters
    ----------
    threshold : float
        Keep pairs whose Jaccard index reaches this value.
    exclusive : bool
        Keep also the pairs that no unit can owe together (budget or EPRD regime).

    Returns
    -------
    DataFrame
        One row per pair that shares an item: ``a``, ``b``, ``shared``, ``jaccard``, ``overlap``
        (shared / smaller list), ``containment_a_b`` (how far b answers a) and
        ``containment_b_a``.

    Examples
    --------
    >>> import burden as bd
    >>> pairs = overlap(bd.example("four-tools"), identifiers=True)
    >>> round(float(pairs.iloc[0]["jaccard"]), 4)
    0.5714
    """
    table, tools, _ = incidence(inv, identifiers=identifiers)
    pairs = overlapping_pairs(table, threshold=threshold)
    names = np.array(tools, dtype=object)
    frame = pairs.assign(a=names[pairs["a"]], b=names[pairs["b"]])
    if not exclusive:
        frame = frame[compatible(inv, frame["a"], frame["b"])]
    order = ["jaccard", "shared", "a", "b"]
    return frame.sort_values(order, ascending=[False, False, True, True]).reset_index(drop=True)


def containment(inv: Inventory, *, identifiers: bool = False) -> pd.DataFrame:
    """How far all the other obligations together answer each one, and what only it asks.

    Returns
    -------
    DataFrame
        One row per obligation: ``items``, ``answered_elsewhere_share``, ``unique_items`` and
        ``unique_concept_ids`` joined by ``|``.

    Examples
    --------
    >>> import burden as bd
    >>> rows = containment(bd.example("four-tools"), identifiers=True).set_index("obligation_id")
    >>> rows.loc["CPOM", "unique_concept_ids"]
    'quality'
    """
    table, tools, concepts = incidence(inv, identifiers=identifiers)
    alone = table.sum(axis=0) == 1
    counts = table.sum(axis=1)
    unique = [
        [concepts[c] for c in table.indices[table.indptr[i] : table.indptr[i + 1]] if alone[c]]
        for i in range(len(tools))
    ]
    own = np.array([len(u) for u in unique], dtype=float)
    # Of no item, no share is answered: 0 / 0 is unknown.
    with np.errstate(invalid="ignore"):
        share = 1 - own / counts
    return pd.DataFrame(
        {
            "obligation_id": tools,
            "items": counts.astype("int64"),
            "answered_elsewhere_share": share,
            "unique_items": own.astype("int64"),
            "unique_concept_ids": ["|".join(sorted(u)) for u in unique],
        }
    )


def by_evidence(inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """The redundancy of hours at each step of the evidence ladder, from verified to all rows.

    Returns
    -------
    DataFrame
        One row per step (``text`` … ``recalled``, each with the surer ones) × class of reuse:
        the columns of :func:`summary` for hours, and ``obligations`` and ``requests`` left.
    """
    parts = []
    for step in EVIDENCE_LADDER:
        part = select(inv, evidence=step)
        rows = summary(part, ptf)
        rows = rows[rows["counting_unit"] == "hours"]
        fallen = borne(part, ptf)
        asked = part.requests["obligation_id"].isin(fallen).sum()
        parts.append(rows.assign(evidence=step, obligations=len(fallen), requests=int(asked)))
    return pd.concat(parts, ignore_index=True)
