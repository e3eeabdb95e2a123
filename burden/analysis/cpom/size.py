"""From how many services on, and of what size, a contract takes fewer hours than it spares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from burden.analysis import ledger
from burden.analysis.cpom.cases import TODAY, WITHOUT, Cases, cases, touched
from burden.analysis.cpom.compare import CERTAIN, Floats, differences
from burden.analysis.cpom.contract import VARIANTS, covered, of_operator
from burden.analysis.uncertainty.assumptions import Assumptions
from burden.analysis.uncertainty.together import by_operator
from burden.model.competences import roles
from burden.model.inventory import Inventory, select
from burden.model.portfolio import FIXED, Portfolio, is_operator, portfolio_from_frame
from burden.model.profiles import quantities
from burden.model.reshape import resized, retagged

SIZES = (0.5, 1.0, 2.0)
"""Sizes tried, as multiples of the services of the operator."""

EACH: Literal["each"] = "each"
"""As many contracts as services."""

_DEFAULT = Assumptions()
_SEVERAL, _PRICING = "multi_establishment", "pricing_authority"


def critical_size(
    inv: Inventory,
    found: Cases,
    *,
    services: Sequence[int] = range(1, 16),
    sizes: Sequence[float] = (1.0,),
    contract_each: bool = False,
    side: str = "respondent",
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """Hours a year of the tools that a contract touches, by number of services, with and without.

    A service is the average of those that the contract covers: the same mix, more or fewer of
    them. What weighs on the operator grows with their number where it is counted per service.
    Today's regime is not a case here: what it would be with more services is not known.

    Parameters
    ----------
    found : Cases
        What is compared (:func:`~burden.analysis.cpom.cases`): the contracts, how many of them and
        the services that they cover.
    services : sequence of int
        Numbers of services tried.
    sizes : sequence of float
        Sizes of a service tried, as multiples of its places, persons, staff and events.
    contract_each : bool
        Count the work of the contract once for each service: what it would be if negotiating and
        reviewing took as long for every service. Nobody has timed how it grows.
    side : str
        Side of the counter.

    Returns
    -------
    DataFrame
        One row per size × number of services × case: ``hours_per_year`` (central), ``p10``,
        ``p50``, ``p90``; the difference with ``without`` (``difference``, ``difference_p10`` …,
        common draws) and ``less_share``, the probability that the contract takes fewer hours.

    Raises
    ------
    ValueError
        If a number of services is below one.
    """
    if min(services, default=0) < 1:
        raise ValueError("a contract covers one service at least")
    one = _without_today(inv, found)
    rows: list[dict[str, object]] = []
    for size in sizes:
        rows += _curve(inv, one, size, services, contract_each, side, assumed)
    return pd.DataFrame(rows)


def _without_today(inv: Inventory, found: Cases) -> Cases:
    if TODAY not in found.portfolios:
        return found
    portfolios = {case: one for case, one in found.portfolios.items() if case != TODAY}
    return replace(found, portfolios=portfolios, touched=touched(inv, portfolios))


def _curve(
    inv: Inventory, found: Cases, size: float, services: Sequence[int], each: bool, side: str, assumed: Assumptions
) -> list[dict[str, object]]:
    """Each case for each number of services: its own row and so many average services, added up."""
    cases_known, inside = found.portfolios, found.covered
    frames = [f for case, one in cases_known.items() for f in _parts(inv, case, one, inside, size, services, each)]
    whole = portfolio_from_frame("parts", pd.concat(frames, ignore_index=True))
    central = _central(inv, whole, found.touched, side)
    drawn = by_operator(inv, whole, obligations=found.touched, certain=CERTAIN, side=side, assumed=assumed)
    drawn = drawn.reindex(whole.units["operator_id"].unique(), fill_value=0.0)
    values = dict(zip(drawn.index, drawn.to_numpy(), strict=True))
    rows: list[dict[str, object]] = []
    for number in services:
        own = {c: f"{c}/own/{number}" for c in cases_known}
        units = {c: f"{c}/units/{number > 1}" for c in cases_known}
        times = number / len(inside)
        hours = {c: central.get(own[c], 0.0) + central.get(units[c], 0.0) * times for c in cases_known}
        draws = {c: values[own[c]] + values[units[c]] * times for c in cases_known}
        rows += [_row(case, size, number, hours, draws) for case in cases_known]
    return rows


def _parts(
    inv: Inventory, case: str, ptf: Portfolio, inside: Sequence[str], size: float, services: Sequence[int],
    each: bool,
) -> list[pd.DataFrame]:  # fmt: skip
    """A case cut into its covered units, alone and among several, and its own row for each number of services."""
    frames = []
    for several in (False, True):
        frame = (ptf if several else retagged(ptf, remove=[_SEVERAL])).units
        covered_units = portfolio_from_frame(case, frame[frame["unit_id"].isin(inside)])
        units = resized(covered_units, size)
        mean = quantities(inv, units).mean(skipna=False)
        numbers = [n for n in services if (n > 1) is several]
        frames.append(units.units.assign(operator_id=f"{case}/units/{several}"))
        frames.append(_own(frame[is_operator(inv, frame)], case, mean, numbers, each))
    return [f.assign(unit_id=f["operator_id"] + "/" + f["unit_id"]) for f in frames if len(f)]


def _own(own: pd.DataFrame, case: str, mean: pd.Series, numbers: list[int], each: bool) -> pd.DataFrame:
    """The operator's own row for each number of average services below it."""
    rows = own.iloc[np.repeat(np.arange(len(own)), len(numbers))].reset_index(drop=True)
    number = pd.Series(np.tile(numbers, len(own)), index=rows.index, dtype="float64")
    given = rows[[c for c in rows if c not in FIXED]]
    below = pd.DataFrame(np.outer(number, mean), columns=mean.index).drop(columns="operator", errors="ignore")
    filled = given.reindex(columns=[*below, *(c for c in given if c not in below)]).fillna(below)
    contracts = given["cpom"] if "cpom" in given else number * 0.0
    times = number if each else 1.0
    filled["cpom"], filled["cpom_service"] = contracts * times, number.where(contracts > 0, 0.0)
    filled["establishment"] = number
    if "cpom_renewal" in given:
        filled["cpom_renewal"] = given["cpom_renewal"] * times
    kept = rows[[c for c in rows if c in FIXED]].assign(operator_id=[f"{case}/own/{n:.0f}" for n in number])
    return pd.concat([kept, filled], axis=1)


def _central(inv: Inventory, ptf: Portfolio, tools: Sequence[str], side: str) -> dict[str, float]:
    """Central hours by operator."""
    if not tools:
        return {}
    hours = ledger.totals(select(inv, obligation=list(tools)), ptf, by=["operator_id", "side"])
    hours = hours[(hours["side"] == side) & hours["hours_per_year"].notna()]
    return {str(o): float(h) for o, h in zip(hours["operator_id"], hours["hours_per_year"], strict=True)}


def _row(
    case: str, size: float, number: int, central: Mapping[str, float], drawn: Mapping[str, Floats]
) -> dict[str, object]:
    p10, p50, p90 = np.quantile(drawn[case], [0.1, 0.5, 0.9])
    return {
        "size": size, "services": number, "case": case, "hours_per_year": central[case],
        "p10": p10, "p50": p50, "p90": p90, "difference": central[case] - central[WITHOUT],
        **differences(drawn, case),
    }  # fmt: skip


def break_even(curve: pd.DataFrame) -> pd.DataFrame:
    """Fewest services from which each contract takes fewer hours than none, and stays so.

    Parameters
    ----------
    curve : DataFrame
        What :func:`critical_size` gives.

    Returns
    -------
    DataFrame
        One row per size × contract: ``services`` from which the central hours are fewer,
        ``services_likely`` and ``services_sure`` from which they are so in half and in nine tenths
        of the draws; NaN where it never comes within ``services_tried``.
    """
    rows = []
    for (size, case), one in curve[curve["case"] != WITHOUT].groupby(["size", "case"], sort=False):
        ordered = one.sort_values("services")
        rows.append({
            "size": size, "case": case,
            "services": _from(ordered, ordered["difference"] < 0),
            "services_likely": _from(ordered, ordered["less_share"] > 0.5),
            "services_sure": _from(ordered, ordered["less_share"] >= 0.9),
            "services_tried": int(ordered["services"].max()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _from(ordered: pd.DataFrame, holds: pd.Series) -> float:
    """The first number of services from which something holds for all that follow."""
    lasting = holds.to_numpy()[::-1].cumprod()[::-1].astype(bool)
    return float(ordered["services"].to_numpy()[lasting][0]) if lasting.any() else float("nan")


def levers(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    services: Sequence[int] = range(1, 16),
    silos: Iterable[str] | None = None,
    assumed: Assumptions = _DEFAULT,
) -> pd.DataFrame:
    """What would change the answer: lighter and heavier contracts, one for all, by authority or by service.

    Returns
    -------
    DataFrame
        One row per contract (:data:`~burden.analysis.cpom.VARIANTS`) × ``contracts`` (``1``; as many
        as authorities price the services, where there are several; ``each``, one for each service):
        ``services`` of the operator that it covers, ``difference`` with no contract in hours a year
        with its range and ``less_share`` for that many services, ``documents`` and ``review`` that
        the contract asks for, and ``pays_from``, ``pays_from_likely``: the fewest services from
        which it takes fewer hours.
    """
    fields = None if silos is None else list(silos)
    own = len(covered(inv, ptf, operator, silos=fields))
    tried = sorted({*services, own})
    return levers_of(curves(inv, ptf, operator, services=tried, silos=fields, assumed=assumed), services=own)


def curves(
    inv: Inventory,
    ptf: Portfolio,
    operator: str,
    *,
    services: Sequence[int] = range(1, 16),
    silos: Iterable[str] | None = None,
    assumed: Assumptions = _DEFAULT,
) -> dict[str, pd.DataFrame]:
    """What :func:`critical_size` gives for every contract, by how many of them there are.

    Returns
    -------
    dict of str to DataFrame
        ``1``, as many as authorities price the services where there are several, and ``each``.
    """
    fields = None if silos is None else list(silos)
    counts = contract_counts(inv, ptf, operator, silos=fields)
    found = {
        n: cases(inv, ptf, operator, variants=tuple(VARIANTS), silos=fields, contracts=n) for n in counts if n != EACH
    }
    return {
        str(n): critical_size(
            inv, found[1 if n == EACH else n], services=services, contract_each=n == EACH, assumed=assumed
        )
        for n in counts
    }


def contract_counts(
    inv: Inventory, ptf: Portfolio, operator: str, *, silos: Iterable[str] | None = None
) -> list[int | Literal["each"]]:
    """One contract for all, one for each authority that prices the services where there are several, one each.

    One contract may bind several authorities (CASF, art. L. 313-11); a common budget may not (R. 314-43-1).

    Returns
    -------
    list
        Numbers of contracts; ``each`` is one per service.
    """
    rows = of_operator(ptf, operator).units
    inside = rows[rows["unit_id"].isin(covered(inv, ptf, operator, silos=silos))]
    pricing = roles(inv, portfolio_from_frame(ptf.name, inside)).get(_PRICING, ()) if len(inside) else ()
    return [1, *([len(pricing)] if len(pricing) > 1 else []), EACH]


def levers_of(drawn: Mapping[str, pd.DataFrame], *, services: int) -> pd.DataFrame:
    """The levers of curves already drawn, by how many contracts there are.

    Returns
    -------
    DataFrame
        As :func:`levers`.
    """
    parts = []
    for contracts, curve in drawn.items():
        here = curve[(curve["services"] == services) & (curve["case"] != WITHOUT)]
        from_on = break_even(curve).set_index("case")
        parts.append(here.assign(
            contracts=contracts,
            pays_from=here["case"].map(from_on["services"]),
            pays_from_likely=here["case"].map(from_on["services_likely"]),
        ))  # fmt: skip
    frame = pd.concat(parts, ignore_index=True)
    tags = {name: variant.tags for name, variant in VARIANTS.items()}
    frame["documents"] = ["limited" if "cpom_documents_limited" in tags[c] else "kept" for c in frame["case"]]
    frame["review"] = ["midterm" if "cpom_review_midterm" in tags[c] else "yearly" for c in frame["case"]]
    return frame[[
        "case", "contracts", "documents", "review", "services", "difference", "difference_p10", "difference_p50",
        "difference_p90", "less_share", "pays_from", "pays_from_likely",
    ]]  # fmt: skip
