"""The controls that pile up on one unit over some years, and how a reform changes the pile."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.analysis.coverage.controls import ALIKE, looks
from burden.analysis.coverage.criteria import coverages
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

_BOUNDS = ("_low", "", "_high")
_YEARLY = {f"{m}{b}": f"{m}_per_year{b}" for m in ("respondent_h", "authority_h", "external_eur") for b in _BOUNDS}
_MEASURES = list(_YEARLY)


def stack(inv: Inventory, ptf: Portfolio, *, years: float = 5, by: Sequence[str] = ALIKE) -> pd.DataFrame:
    """Controls and evaluations that fall on one unit over some years.

    Parameters
    ----------
    years : float
        Length of the pile; five years are the cycle of the quality evaluation (CASF, D. 312-204).
    by : sequence of str
        Columns of the units that tell which are alike.

    Returns
    -------
    DataFrame
        One row per group of units × control, most hours first: ``units`` concerned,
        ``required_by_id``, ``instrument``, ``occurrences`` at one unit over the years,
        ``respondent_h``, ``authority_h`` and ``external_eur`` (paid to others) of one unit over
        the years, with bounds; ``criteria`` that it covers (unknown where ``coverages`` does not
        mention it) and ``criterion_ids``; ``rows_unmeasured``. One-off effort is left out.

    Examples
    --------
    >>> import burden as bd
    >>> stack(bd.example("four-tools"), bd.example_portfolio("four-tools")).empty
    True
    """
    by = list(by)
    rows = looks(inv, ptf, by=by)
    named = inv.obligations[["obligation_id", "required_by_id", "instrument"]]
    rows = rows.merge(named, on="obligation_id", sort=False)
    over = {total: rows[yearly] * years for total, yearly in _YEARLY.items()}
    seen = coverages(inv)
    looked = seen[seen["coverage"] > 0].groupby("obligation_id")["criterion_id"]
    count = looked.size().reindex(seen["obligation_id"].unique(), fill_value=0)
    ids = looked.agg("|".join)
    rows = rows.assign(
        occurrences=rows["occurrences_per_year"] * years, **over,
        criteria=rows["obligation_id"].map(count).astype("Int64"),
        criterion_ids=[str(ids.get(o, "")) for o in rows["obligation_id"]],
    )  # fmt: skip
    first = ["obligation_id", "required_by_id", "instrument", "units", "occurrences"]
    kept = rows[[*by, *first, *_MEASURES, "criteria", "criterion_ids", "rows_unmeasured"]]
    keyed = kept.assign(_weight=-kept["respondent_h"].fillna(0.0))
    return keyed.sort_values([*by, "_weight"], kind="stable").drop(columns="_weight").reset_index(drop=True)


def stack_totals(piled: pd.DataFrame, *, by: Sequence[str] = ALIKE) -> pd.DataFrame:
    """A pile summed by group of units.

    Parameters
    ----------
    piled : DataFrame
        What :func:`stack` gives, with the same ``by``.

    Returns
    -------
    DataFrame
        One row per group: ``controls``, ``authorities`` that require them, ``occurrences``, hours
        and euros with bounds (sums of what is known), ``criteria`` covered by any of them,
        ``without_criteria`` (controls whose criteria nobody wrote down), ``rows_unmeasured``.
    """
    by = list(by)
    grouped = piled.groupby(by, sort=True, dropna=False)
    sums = grouped[["occurrences", *_MEASURES]].sum(min_count=1)
    told = pd.DataFrame({
        "controls": grouped["obligation_id"].nunique(),
        "authorities": grouped["required_by_id"].nunique(),
    }).join(sums)  # fmt: skip
    told["criteria"] = grouped["criterion_ids"].agg(lambda ids: len({c for i in ids for c in i.split("|") if c}))
    told["without_criteria"] = grouped["criteria"].agg(lambda n: int(n.isna().sum()))
    told["rows_unmeasured"] = grouped["rows_unmeasured"].sum()
    return told.reset_index()


def stack_change(
    inv: Inventory, before: Portfolio, after: Portfolio, *, years: float = 5, by: Sequence[str] = ("actor_id",)
) -> pd.DataFrame:
    """The pile before and after a reform: the same units under two regimes.

    The reform of 2022, for one: a portfolio tagged ``evaluation_2002``, and the same one tagged
    ``evaluation_2022``.

    Parameters
    ----------
    by : sequence of str
        Columns of the units that stay the same; their tags do not.

    Returns
    -------
    DataFrame
        One row per group × control: ``required_by_id``, and ``occurrences``, hours, euros and
        ``criteria`` as ``…_before`` and ``…_after``; ``in`` says whether the control stands
        ``before``, ``after`` or in ``both``. What stands on one side only is NaN on the other.
    """
    by = list(by)
    keys = [*by, "obligation_id", "required_by_id"]
    kept = [*keys, "occurrences", *_MEASURES, "criteria"]
    old, new = (stack(inv, p, years=years, by=by)[kept] for p in (before, after))
    both = old.merge(new, on=keys, how="outer", suffixes=("_before", "_after"), indicator="in", sort=True)
    names = {"left_only": "before", "right_only": "after", "both": "both"}
    return both.assign(**{"in": both["in"].astype("str").map(names)})
