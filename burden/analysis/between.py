"""From one audit to the next: what is scope, what really changed, what is only estimated otherwise.

Each difference is split by substitution, in this order, so that the three sum to the whole::

    scope        what is on one side only: tools added or removed, units added or removed
    real         for the tools and units on both sides: duties, periods, requests, activities and
                 quantities of afterwards, still at the minutes of before
    re-estimate  the minutes, hourly costs and payments of afterwards instead of those of before

The order matters where both change at once: a tool asked twice as often, each time twice as long,
counts its second half of the extra hours in the re-estimate. What was unknown on one side (a number
of persons, a duration) and is known on the other is a re-estimate: nothing need have changed there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.lines import lines
from burden.model.inventory import Inventory, difference, with_tables
from burden.model.portfolio import FIXED, Portfolio, portfolio_from_frame
from burden.model.profiles import quantities
from burden.model.records import empty

Audited = tuple[Inventory, Portfolio]
Reasons = list[tuple[str, str, str]]
MEASURES = ("hours_per_year", "cost_eur_per_year")
"""What may be split."""

_MINUTES = ["minutes_low", "minutes", "minutes_high"]
_EXTERNAL = ["external_eur_low", "external_eur", "external_eur_high"]
_UNMEASURED = ["rows_unmeasured_before", "rows_unmeasured_after"]
_COLUMNS = ["obligation_id", "kind", "amount", "reasons", "since", "before", "after", *_UNMEASURED]
_KEYS = {"requests": ["obligation_id", "label_fr"], "activities": ["obligation_id", "activity", "side"]}
_LINE_KEYS = {"requests": ["obligation_id", "label_fr"], "activities": ["obligation_id", "what", "side"]}
_NO_REASON = ("note", "evidence", "source_id")
_REASONS = {
    ("obligations", "period"): ("real", "period"),
    ("obligations", "population_id"): ("real", "population"),
    ("obligations", "legal_base_ids"): ("real", "legal_bases"),
    ("requests", "population_id"): ("real", "population"),
    ("activities", "one_off"): ("real", "activities"),
    **{("obligations", c): ("re-estimate", "payments") for c in _EXTERNAL},
    **{(t, c): ("re-estimate", "minutes") for t in _KEYS for c in (*_MINUTES, "complexity")},
    **{(t, "minutes_evidence"): ("re-estimate", "evidence") for t in _KEYS},
    **{(t, "staff_grade"): ("re-estimate", "staff_grades") for t in _KEYS},
}
_ROWS = {"duties": "duties", "requests": "items", "activities": "activities"}


def between(
    before: Audited, after: Audited, *, measure: str = "hours_per_year", side: str = "respondent"
) -> pd.DataFrame:
    """What moved between two audits, tool by tool and kind by kind.

    Parameters
    ----------
    before, after : (Inventory, Portfolio)
        Whole inventories rather than what falls on the portfolio: a tool that ceases to fall on
        it has changed, and was not removed.
    measure : str
        ``hours_per_year`` or ``cost_eur_per_year``.
    side : str
        ``respondent`` or ``authority``.

    Returns
    -------
    DataFrame
        One row per obligation × kind that moved or has a reason to: ``obligation_id``, ``kind``
        (``scope``, ``real``, ``re-estimate``), ``amount`` (they sum to the difference of the known
        totals), ``reasons`` joined by ``|`` (what differs and may have moved it), ``since`` (when a
        legal base newly cited, or the tool, came into force; empty where the change has no date),
        ``before``, ``after`` (known totals of the tool), ``rows_unmeasured_before``,
        ``rows_unmeasured_after``. Tool, kind and amount are steps of
        :func:`burden.analysis.change.bridge`.

    Raises
    ------
    KeyError
        If the measure is neither.

    Examples
    --------
    >>> import burden as bd
    >>> audited = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> between(audited, audited).empty
    True
    """
    if measure not in MEASURES:
        raise KeyError(f"no measure {measure!r}; there are {', '.join(MEASURES)}")
    found = every_between(before, after)
    own = (found["measure"] == measure) & (found["side"] == side)
    return found.loc[own, _COLUMNS].reset_index(drop=True)


def every_between(before: Audited, after: Audited) -> pd.DataFrame:
    """What moved, for each measure and each side of the counter, worked out at once.

    Returns
    -------
    DataFrame
        ``measure``, ``side`` and the columns of :func:`between`, whose rows stand below one another.
    """
    steps, differing = _steps(before, after), _row_reasons(before[0], after[0])
    parts = [
        _moved(before, after, _stages(before, after, steps, measure, side), differing).assign(
            measure=measure, side=side
        )
        for measure in MEASURES
        for side in ("respondent", "authority")
    ]
    return pd.concat(parts, ignore_index=True)[["measure", "side", *_COLUMNS]]


def _moved(before: Audited, after: Audited, stages: pd.DataFrame, differing: Reasons) -> pd.DataFrame:
    amounts = {
        "scope": (stages["after"] - stages["before"]) - (stages["common_after"] - stages["common_before"]),
        "real": stages["substituted"] - stages["common_before"],
        "re-estimate": stages["common_after"] - stages["substituted"],
    }
    parts = [pd.DataFrame({"kind": kind, "amount": amount}) for kind, amount in amounts.items()]
    frame = pd.concat(parts).sort_index(kind="stable").reset_index()
    frame = frame.merge(_reasons(before, after, stages, differing), on=["obligation_id", "kind"], how="left")
    frame["reasons"] = frame["reasons"].astype("str").fillna("")
    frame = frame.merge(stages[["before", "after", *_UNMEASURED]].reset_index(), on="obligation_id")
    frame["since"] = frame["obligation_id"].map(_since(before[0], after[0])).where(frame["kind"] == "real")
    frame["since"] = frame["since"].astype("datetime64[s]")
    moved = (frame["amount"].abs() > 1e-9 * frame[["before", "after"]].abs().max(axis=1)) | (frame["reasons"] != "")
    return frame.loc[moved, _COLUMNS]


def unknowns(before: Audited, after: Audited, *, side: str = "respondent") -> pd.DataFrame:
    """Lines on both sides, for units on both sides, whose hours were unknown on one side only.

    Returns
    -------
    DataFrame
        One row per line: ``obligation_id``, ``line``, ``what`` (the label of an item, the code of an
        activity), ``became`` (``known`` or ``unknown``), ``before``, ``after``: the hours a year that
        are known of it, some where it is known for some of the units, NaN where for none.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> requests = inv.requests
    >>> requests.loc[1, "minutes"] = float("nan")
    >>> earlier = with_tables(inv, {"requests": requests})
    >>> unknowns((earlier, ptf), (inv, ptf))[["obligation_id", "became"]].to_numpy().tolist()
    [['CPOM', 'known']]
    """
    units = set(before[1].units["unit_id"]) & set(after[1].units["unit_id"])
    then, now = (_hours_of_lines(inv, _only(ptf, units), side) for inv, ptf in (before, after))
    both = then.add_suffix("_before").join(now.add_suffix("_after"), how="inner")
    both["became"] = np.where(both["unknown_after"], "unknown", "known")
    changed = both[both["unknown_before"] != both["unknown_after"]]
    found = changed.rename(columns={"hours_before": "before", "hours_after": "after"}).reset_index()
    return found[["obligation_id", "line", "what", "became", "before", "after"]]


def _hours_of_lines(inv: Inventory, ptf: Portfolio, side: str) -> pd.DataFrame:
    """Known hours of each line, and whether some of it is unknown."""
    built = ledger.build(inv, ptf, by=[])
    built = built[built["side"] == side]
    named = built["label_fr"].where(built["line"] == "item", built["what"])
    keyed = built.assign(what=named, unknown=built["hours_per_year"].isna())
    of_line = keyed.groupby(["obligation_id", "line", "what"])
    return pd.DataFrame({"hours": of_line["hours_per_year"].sum(min_count=1), "unknown": of_line["unknown"].any()})


def _steps(before: Audited, after: Audited) -> dict[str, pd.DataFrame]:
    """Totals of each tool and side at each step of the substitution."""
    (old, old_portfolio), (new, new_portfolio) = before, after
    units = set(old_portfolio.units["unit_id"]) & set(new_portfolio.units["unit_id"])
    first, last = _only(old_portfolio, units), _only(new_portfolio, units)
    timed = _at_minutes_of(old, new)
    then, known = _quantities_of((old, first), (new, last))
    totals = {
        "before": (old, old_portfolio),
        "common_before": (old, first),
        "duties": (timed, then),
        "substituted": (timed, known),
        "common_after": (new, last),
        "after": (new, new_portfolio),
    }
    return {step: ledger.totals(*audited, by=["obligation_id", "side"]) for step, audited in totals.items()}


def _stages(before: Audited, after: Audited, steps: dict[str, pd.DataFrame], measure: str, side: str) -> pd.DataFrame:
    """Known totals of each tool at each step of the substitution, and its unmeasured rows.

    A tool that has no known total at a step has zero there: it moves by what became known.
    """
    old, new = (set(inv.obligations["obligation_id"]) for inv, _ in (before, after))
    totals = {step: f[f["side"] == side].set_index("obligation_id") for step, f in steps.items()}
    frame = pd.DataFrame({step: sums[measure] for step, sums in totals.items()})
    frame = frame.reindex(sorted(old | new)).fillna(0.0)
    frame.loc[~frame.index.isin(old & new), list(totals)[1:-1]] = 0.0
    for column, step in zip(_UNMEASURED, ("before", "after"), strict=True):
        frame[column] = totals[step]["rows_unmeasured"].reindex(frame.index).fillna(0).astype("int64")
    return frame.rename_axis("obligation_id")


def _only(ptf: Portfolio, units: set[str]) -> Portfolio:
    frame = ptf.units
    return portfolio_from_frame(ptf.name, frame[frame["unit_id"].isin(units)].reset_index(drop=True))


def _at_minutes_of(old: Inventory, new: Inventory) -> Inventory:
    """The new inventory at the minutes, grades, hourly costs and payments of the old one.

    A line that is new keeps its own minutes; all minutes are written out, so that no standard time
    stands in for what was unknown.
    """
    changed = {table: _retimed(old, new, table) for table in _KEYS}
    obligations = new.obligations
    paid = old.obligations.set_index("obligation_id")[_EXTERNAL].reindex(obligations["obligation_id"])
    known = obligations["obligation_id"].isin(old.obligations["obligation_id"])
    for column in _EXTERNAL:
        there = pd.Series(paid[column].to_numpy(), index=obligations.index)
        obligations[column] = obligations[column].mask(known, there)
    changed |= {"obligations": obligations, "standard_times": empty("standard_times"), "tariffs": old.tariffs}
    return with_tables(new, changed)


def _retimed(old: Inventory, new: Inventory, table: str) -> pd.DataFrame:
    frame, keys = new[table], _LINE_KEYS[table]
    written = [*_MINUTES, "staff_grade"]
    line = {"requests": "item", "activities": "activity"}[table]
    own, earlier = (_lines_of(inv, line, keys)[written] for inv in (new, old))
    at = pd.MultiIndex.from_frame(frame[_KEYS[table]].astype(object))
    both = at.isin(earlier.index)
    for column in written:
        now, then = own[column].reindex(at), earlier[column].reindex(at)
        frame[column] = pd.Series(now.where(~both, then).to_numpy(), index=frame.index)
    return frame


def _lines_of(inv: Inventory, line: str, keys: list[str]) -> pd.DataFrame:
    every = lines(inv)
    kept = every[every["line"] == line]
    return kept.set_index(pd.MultiIndex.from_frame(kept[keys].astype(object)))


def _quantities_of(old: Audited, new: Audited) -> tuple[Portfolio, Portfolio]:
    """The units of afterwards with the numbers of before, and with those known on both sides."""
    units = new[1].units.set_index("unit_id", drop=False)
    then, now = (quantities(inv, ptf).set_axis(ptf.units["unit_id"]) for inv, ptf in (old, new))
    then = then.reindex(index=now.index, columns=now.columns)
    for population in set(new[0].populations["population_id"]) - set(old[0].populations["population_id"]):
        then[population] = now[population]
    fixed = units[[c for c in units if c in FIXED]]
    both = now.where(now.notna() & then.notna(), then)
    first, second = (portfolio_from_frame(new[1].name, fixed.join(q).reset_index(drop=True)) for q in (then, both))
    return first, second


def _since(old: Inventory, new: Inventory) -> dict[str, pd.Timestamp]:
    """When each tool, or the last of the legal bases that it newly cites, came into force."""
    dates = dict(zip(new.legal_bases["legal_base_id"], new.legal_bases["valid_from"], strict=True))
    cited = dict(zip(old.obligations["obligation_id"], old.obligations["legal_base_ids"], strict=True))
    begun = dict(zip(old.obligations["obligation_id"], old.obligations["valid_from"], strict=True))
    found: dict[str, pd.Timestamp] = {}
    rows = new.obligations[["obligation_id", "legal_base_ids", "valid_from"]]
    for obligation, bases, start in rows.itertuples(index=False, name=None):
        if obligation not in cited:
            continue
        newly = set(bases.split("|")) - set(cited[obligation].split("|")) - {""}
        known = [dates[b] for b in newly if pd.notna(dates.get(b))]
        if pd.notna(start) and start != begun[obligation]:
            known.append(start)
        if known:
            found[obligation] = max(known)
    return found


def _reasons(before: Audited, after: Audited, stages: pd.DataFrame, differing: Reasons) -> pd.DataFrame:
    """What differs, by tool and kind: ``reasons`` joined by ``|``."""
    old, new = (set(inv.obligations["obligation_id"]) for inv, _ in (before, after))
    found = [(o, "scope", "tool_removed") for o in sorted(old - new)]
    found += [(o, "scope", "tool_added") for o in sorted(new - old)]
    common = old & new
    units = [set(ptf.units["unit_id"]) for _, ptf in (before, after)]
    if units[0] != units[1]:
        beyond = (stages["before"] - stages["common_before"]).ne(stages["after"] - stages["common_after"])
        found += [(o, "scope", "units") for o in stages.index[beyond] if o in common]
    found += [r for r in differing if r[0] in common]
    counted = ~np.isclose(stages["substituted"], stages["duties"])
    found += [(o, "real", "quantities") for o in stages.index[counted] if o in common]
    priced = ~np.isclose(stages["common_after"], stages["substituted"])
    shared = [t for t in ("standard_times", "tariffs") if not before[0][t].equals(after[0][t])]
    found += [(o, "re-estimate", t) for t in shared for o in stages.index[priced] if o in common]
    frame = pd.DataFrame(found, columns=["obligation_id", "kind", "reasons"]).drop_duplicates()
    return frame.groupby(["obligation_id", "kind"])["reasons"].agg("|".join).reset_index()


def _row_reasons(old: Inventory, new: Inventory) -> Reasons:
    """Tool, kind and reason, from the rows that differ."""
    changed = difference(_compared(old), _compared(new))[["table", "key", "change", "column"]]
    found = []
    for table, key, change, column in changed.itertuples(index=False, name=None):
        obligation = key.split(" · ")[0]
        if (table, column) in _REASONS:
            found.append((obligation, *_REASONS[table, column]))
        elif table in _ROWS and (change != "changed" or (table == "duties" and column not in _NO_REASON)):
            found.append((obligation, "real", _ROWS[table]))
    return found


def _compared(inv: Inventory) -> Inventory:
    """The tables in which a reason may stand."""
    return Inventory(inv.name, {t: inv.records[t] for t in ("obligations", *_ROWS) if t in inv.records})
