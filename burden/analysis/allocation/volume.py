"""Administrative hours for the same volume of help, mode by mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.allocation.modes import AT_HOME, listed, modes
from burden.analysis.allocation.money import hours_per_1000_eur, units_of
from burden.analysis.allocation.prices import HOURS_IN_UNIT
from burden.analysis.allocation.refusals import OF_UNIT
from burden.analysis.size.alike import alike
from burden.analysis.size.parts import growing, parts
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio, portfolio_from_frame
from burden.model.profiles import quantities

_BOUNDS = ("_low", "", "_high")
_HOURS = [f"hours_per_year{b}" for b in _BOUNDS]
_NONE_TOLD: Mapping[str, float] = MappingProxyType({})
_COLUMNS = [
    "allocation_id", "name_fr", "name_en", "silo_id", "actor_id", "funder_ids", "price_unit", "value_kind",
    "units", "units_unknown", "help_h_today", "volume_basis", "hours_of_help", *_HOURS, "fixed_h",
    *(f"h_per_1000_h{b}" for b in _BOUNDS), "obligations", "obligations_counted", "operator_h_per_year",
    "rows_unmeasured", "bound", "refused",
]  # fmt: skip


def same_volume(
    inv: Inventory,
    ptf: Portfolio,
    *,
    hours_of_help: float,
    told: Mapping[str, float] = _NONE_TOLD,
    at_home: Sequence[str] | None = AT_HOME,
) -> pd.DataFrame:
    """Administrative hours, of those who answer, for one volume of help under each mode.

    ::

        factor = hours_of_help / hours of help that the unit gives under the mode today
        hours  = Σ hours of the mode's obligations on the unit, its size multiplied by the factor

    A unit of the mode's type is brought to that volume: its places, persons, staff and events are
    multiplied alike, what it has one of stays, thresholds apply by themselves. An obligation that
    several modes share is in the hours of each: modes do not add up. What falls on the operator
    is left out: it serves all units, and no text says how to share it out.

    Parameters
    ----------
    hours_of_help : float
        Hours of help a year.
    told : mapping of str to float, optional
        Mode → hours of help that the portfolio's units give under it in a year, as those in the
        room say, for what the inventory cannot turn into hours; shared out equally between units.
    at_home : sequence of str, optional
        See :func:`burden.analysis.allocation.modes`.

    Returns
    -------
    DataFrame
        One row per mode, policy after policy: ``units`` of its type whose volume is known and
        ``units_unknown``, ``help_h_today`` (hours of help of the former), ``volume_basis``
        (``text`` where a text fixes the hours of the price unit, ``told``, or empty),
        ``hours_per_year`` at that volume with bounds (mean over the units), ``fixed_h`` (of them,
        those that do not depend on volume), ``h_per_1000_h`` (per 1,000 hours of help),
        ``obligations`` of the mode, ``obligations_counted`` that fall on the units (missing where
        no volume is known),
        ``operator_h_per_year`` (of the mode's obligations on operators, today, left out),
        ``rows_unmeasured`` of one unit at most, ``bound`` (``at_least`` where some line has no
        known hours) and ``refused`` (a key of ``REFUSALS``, empty where there is a figure).

    Raises
    ------
    ValueError
        If a volume is not above zero.
    KeyError
        If a mode that is told is not in the inventory.

    Examples
    --------
    >>> import burden as bd
    >>> same_volume(bd.example("four-tools"), bd.example_portfolio("four-tools"), hours_of_help=1_000).empty
    True
    """
    if not hours_of_help > 0 or not all(v > 0 for v in told.values()):
        raise ValueError("a volume of help is above zero")
    if strange := set(told) - set(inv.allocations["allocation_id"]):
        raise KeyError(f"mode {min(strange)!r} is not in the inventory")
    frame = modes(inv, at_home=at_home)
    if frame.empty:
        return pd.DataFrame(columns=_COLUMNS)
    kept, count = alike(ptf)
    one = portfolio_from_frame(ptf.name, kept)
    given = _given(inv, one, frame, count, told)
    frame = frame.merge(_volumes(frame, given), on="allocation_id", how="left", sort=False)
    hours = _hours(inv, one, frame, given[given["help_h"] > 0], hours_of_help)
    frame = frame.merge(hours, on="allocation_id", how="left", sort=False)
    operators = hours_per_1000_eur(inv, ptf)[["allocation_id", "operator_h_per_year"]]
    frame = frame.merge(operators, on="allocation_id", how="left", sort=False)
    return _told(frame, hours_of_help)


def _given(
    inv: Inventory, ptf: Portfolio, frame: pd.DataFrame, count: pd.Series, told: Mapping[str, float]
) -> pd.DataFrame:
    """Hours of help that each unit of the type gives under each mode; NaN where they are not known."""
    columns = [inv.allocations[c] for c in ("allocation_id", "volume_population_id", "units_per_member_year")]
    rule = {a: (population, each) for a, population, each in zip(*columns, strict=True)}
    members = quantities(inv, ptf)
    units = units_of(inv, ptf)
    rows = []
    for mode in frame[["allocation_id", "actor_id", "price_unit"]].to_dict("records"):
        places = np.flatnonzero(units.get(str(mode["actor_id"]), np.zeros(len(members), dtype=bool)))
        many = int(count.iloc[places].sum())
        population, each = rule[str(mode["allocation_id"])]
        in_hours = HOURS_IN_UNIT.get(str(mode["price_unit"]), np.nan)
        for place in places:
            volume = np.nan
            if mode["allocation_id"] in told:
                volume = told[str(mode["allocation_id"])] / many
            elif pd.notna(population):
                volume = float(members[str(population)].iloc[place]) * float(each) * in_hours
            rows.append((mode["allocation_id"], int(place), int(count.iloc[place]), volume))
    given = pd.DataFrame(rows, columns=["allocation_id", "place", "units", "help_h"])
    stated = {a for a, (population, each) in rule.items() if pd.notna(population) and pd.notna(each)}
    return given.assign(told=given["allocation_id"].isin(list(told)), stated=given["allocation_id"].isin(list(stated)))


def _volumes(frame: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Units by mode, those whose volume is known, and the hours of help that they give."""
    known = given["help_h"].notna()
    rows = given.assign(
        every=given["units"], units=given["units"].where(known, 0), units_unknown=given["units"].mask(known, 0),
        help_h_today=given["help_h"] * given["units"],
    )  # fmt: skip
    grouped = rows.groupby("allocation_id")
    told = grouped[["every", "units", "units_unknown"]].sum()
    told["help_h_today"] = grouped["help_h_today"].sum(min_count=1)
    told[["told", "stated"]] = grouped[["told", "stated"]].first()
    found = told.reindex(frame["allocation_id"])
    numbers = found[["every", "units", "units_unknown"]].fillna(0).astype("int64")
    said = found[["told", "stated"]].astype("boolean").fillna(False).astype(bool)
    return found.assign(**{str(c): v for c, v in {**numbers, **said}.items()}).reset_index()


def _hours(
    inv: Inventory, ptf: Portfolio, frame: pd.DataFrame, given: pd.DataFrame, hours_of_help: float
) -> pd.DataFrame:
    """Hours of each mode's obligations on its units, each brought to the volume; the mean over them."""
    lists = {str(a): listed(ids) for a, ids in zip(frame["allocation_id"], frame["obligation_ids"], strict=True)}
    empty = pd.DataFrame(columns=["allocation_id", *_HOURS, "fixed_h", "obligations_counted", "rows_unmeasured"])
    known = set(inv.obligations["obligation_id"])
    asked = [o for o in dict.fromkeys(o for ids in lists.values() for o in ids) if o in known]
    if given.empty or not asked:
        return empty.astype({"rows_unmeasured": "float64", "obligations_counted": "float64"})
    built = ledger.build(select(inv, obligation=asked), _at_volume(inv, ptf, given, hours_of_help), by=["unit_id"])
    own = built[built["side"] == "respondent"]
    mode, place = own["unit_id"].str.split("@", n=1).str[0], own["unit_id"].str.split("@", n=1).str[1]
    due = [o in lists[m] for o, m in zip(own["obligation_id"], mode, strict=True)]
    fixed = own["population_id"].map(parts(inv)) == "fixed"
    own = own.assign(
        allocation_id=mode, place=place.astype("int64"), fixed_h=own["hours_per_year"].where(fixed, 0.0),
        rows_unmeasured=own["hours_per_year"].isna().astype("int64"),
    )[due]  # fmt: skip
    grouped = own.groupby(["allocation_id", "place"])
    each = grouped[[*_HOURS, "fixed_h"]].sum(min_count=1)
    each["rows_unmeasured"] = grouped["rows_unmeasured"].sum()
    each = each.reset_index().merge(given[["allocation_id", "place", "units"]], on=["allocation_id", "place"])
    counted = own.groupby("allocation_id")["obligation_id"].nunique().rename("obligations_counted")
    return _means(each).merge(counted.reset_index(), on="allocation_id", how="left")


def _at_volume(inv: Inventory, ptf: Portfolio, given: pd.DataFrame, hours_of_help: float) -> Portfolio:
    """A copy of a unit for each mode under which it helps, at the size that gives so many hours."""
    units = ptf.units.iloc[given["place"].to_numpy()].reset_index(drop=True)
    scaled = growing(inv, ptf)
    units[scaled] = units[scaled].mul((hours_of_help / given["help_h"]).to_numpy(), axis=0)
    names = (given["allocation_id"] + "@" + given["place"].astype("str")).to_numpy()
    return portfolio_from_frame(ptf.name, units.assign(unit_id=names, operator_id=names))


def _means(each: pd.DataFrame) -> pd.DataFrame:
    """Means over the units of a mode, each counted as often as there are units like it."""
    weighted = each.assign(**{c: each[c] * each["units"] for c in (*_HOURS, "fixed_h")})
    grouped = weighted.groupby("allocation_id")
    # One unit of which nothing is measured makes the mean unknown.
    sums = grouped[[*_HOURS, "fixed_h"]].sum(min_count=1).where(grouped[[*_HOURS, "fixed_h"]].count().eq(
        grouped.size(), axis=0))  # fmt: skip
    means = sums.div(grouped["units"].sum(), axis=0)
    means["rows_unmeasured"] = each.groupby("allocation_id")["rows_unmeasured"].max()
    return means.reset_index()


def _told(frame: pd.DataFrame, hours_of_help: float) -> pd.DataFrame:
    unmeasured = frame["rows_unmeasured"].fillna(0).astype("int64")
    counted = frame["obligations_counted"].fillna(0).astype("int64")
    frame = frame.assign(
        rows_unmeasured=unmeasured, obligations_counted=counted, hours_of_help=float(hours_of_help),
        volume_basis=np.where(frame["help_h_today"].isna(), "", np.where(frame["told"], "told", "text")),
    )  # fmt: skip
    frame["refused"] = _refused(frame)
    given = frame["refused"] == ""
    # Nobody counted them where no unit could be brought to the volume.
    frame["obligations_counted"] = counted.astype("Int64").where(frame["help_h_today"].notna())
    for bound in _BOUNDS:
        hours = frame[f"hours_per_year{bound}"].astype("float64").where(given)
        frame[f"hours_per_year{bound}"] = hours
        frame[f"h_per_1000_h{bound}"] = 1000.0 * hours / hours_of_help
    frame["fixed_h"] = frame["fixed_h"].astype("float64").where(given)
    frame["bound"] = pd.Series(np.where(given & (unmeasured > 0), "at_least", ""), index=frame.index, dtype="str")
    return frame[_COLUMNS]


def _refused(frame: pd.DataFrame) -> pd.Series:
    """The first reason that holds: the type, the unit of price, the volume, then the hours."""
    asked = ~frame["told"]
    unit = frame["price_unit"].fillna("")
    of_unit = unit.map(lambda u: OF_UNIT.get(u, "")).mask(unit == "", "unit_unknown").astype("str")
    conditions = {
        "no_actor": frame["actor_id"].isna(),
        "no_unit": frame["every"] == 0,
        "of_unit": asked & (of_unit != ""),
        "no_volume_rule": asked & ~frame["stated"],
        "volume_unknown": frame["help_h_today"].isna(),
        "no_money": frame["help_h_today"] == 0,
        "no_obligation": frame["obligations_counted"] == 0,
        "no_hours": ~((frame["hours_per_year"] > 0) | (frame["rows_unmeasured"] == 0)),
    }
    why = np.select([c.to_numpy(dtype=bool) for c in conditions.values()], list(conditions), "")
    named = pd.Series(why, index=frame.index, dtype="str")
    return named.mask(named == "of_unit", of_unit)
