"""Modes of allocation side by side: who funds, in what form, under what contract and controls."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from burden.model.inventory import Inventory

AT_HOME = ("yes", "partly")
"""Help given at home, wholly or in part: the family of services compared first."""

FACETS = (
    "funder_ids", "pricing_authority_ids", "tariff_form", "price_unit", "cpom", "opening",
    "budget_cycle", "control_authority_ids", "evaluation",
)  # fmt: skip
"""What two modes are compared on."""

_VALUES = ["value_low", "value", "value_high"]
_COLUMNS = [
    "allocation_id", "name_fr", "name_en", "silo_id", "actor_id", "at_home", "funder_ids",
    "paid_by_person", "pricing_authority_ids", "tariff_form", "other_tariff_form", "price_unit",
    "value_kind", *_VALUES, "year", "contract_fr", "cpom", "opening", "budget_cycle",
    "control_authority_ids", "evaluation", "obligations", "obligation_ids", "legal_base_fr", "evidence",
]  # fmt: skip


def modes(
    inv: Inventory,
    *,
    at_home: Sequence[str] | None = AT_HOME,
    silos: Sequence[str] | None = None,
    functions: Sequence[str] | None = None,
) -> pd.DataFrame:
    """How each service of a family is paid for, opened, controlled and evaluated.

    Parameters
    ----------
    at_home : sequence of str, optional
        Keep the modes of help given at home to this extent (``yes``, ``partly``, ``no``); every
        mode when None.
    silos : sequence of str, optional
        Keep these policies.
    functions : sequence of str, optional
        Keep the modes that pay for a service of one of these functions.

    Returns
    -------
    DataFrame
        One row per mode, policy after policy in the order of the inventory: what
        ``allocations`` says, the value in its latest year (euros per ``price_unit``, NaN when
        unknown), and ``obligations``, the number of obligations the mode brings with it. A list
        (``funder_ids``…) is joined by ``|``.

    Raises
    ------
    KeyError
        If a policy or a function is not in the inventory.

    Examples
    --------
    >>> from burden.model.inventory import from_frames
    >>> rows = {"allocation_id": ["A"], "name_fr": ["aide"], "at_home": ["yes"], "evidence": ["text"]}
    >>> modes(from_frames("one", {"allocations": pd.DataFrame(rows)}))["obligations"].tolist()
    [0]
    """
    frame = inv.allocations
    if at_home is not None:
        frame = frame[frame["at_home"].isin(list(at_home))]
    if silos is not None:
        _known(silos, inv.silos["silo_id"], "policy")
        frame = frame[frame["silo_id"].isin(list(silos))]
    if functions is not None:
        frame = frame[frame["allocation_id"].isin(paying_for(inv, functions)["allocation_id"])]
    counted = frame["obligation_ids"].map(lambda ids: len(listed(ids))).astype("int64")
    order = {s: i for i, s in enumerate(inv.silos["silo_id"])}
    place = frame["silo_id"].map(order).fillna(len(order))
    frame = frame.assign(obligations=counted, place=place).sort_values("place", kind="stable")
    return frame[_COLUMNS].reset_index(drop=True)


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """How many ways the modes of a comparison have, facet by facet.

    Parameters
    ----------
    frame : DataFrame
        What :func:`modes` gives.

    Returns
    -------
    DataFrame
        One row per facet, the most varied first: ``facet``, ``ways`` (different values),
        ``stated`` (modes that state one), ``modes``.

    Examples
    --------
    >>> one = {f: ["a", "b", ""] for f in FACETS}
    >>> spread(pd.DataFrame(one))["ways"].unique().tolist()
    [2]
    """
    rows = []
    for facet in FACETS:
        said = frame[facet].fillna("")
        said = said[said != ""]
        rows.append((facet, int(said.nunique()), len(said), len(frame)))
    result = pd.DataFrame(rows, columns=["facet", "ways", "stated", "modes"])
    return result.sort_values("ways", ascending=False, kind="stable").reset_index(drop=True)


def values(inv: Inventory) -> pd.DataFrame:
    """What one unit of each mode is worth, in every year known.

    Returns
    -------
    DataFrame
        One row per mode and year, and one for a mode without any value: ``allocation_id``,
        ``year`` (missing when the source does not date it), ``latest``, ``value_low``, ``value``,
        ``value_high`` in euros of that year (a value without bounds bounds itself), ``evidence``,
        ``source_id``.
    """
    keys = ["allocation_id", "year", *_VALUES]
    now = inv.allocations[[*keys, "value_evidence", "value_source_id"]]
    now = now.rename(columns={"value_evidence": "evidence", "value_source_id": "source_id"})
    then = inv.other_values[[*keys, "evidence", "source_id"]]
    parts = [p for p in (now.assign(latest=True), then.assign(latest=False)) if len(p)]
    frame = pd.concat(parts, ignore_index=True) if parts else now.assign(latest=True)
    for bound in ("value_low", "value_high"):
        frame[bound] = frame[bound].fillna(frame["value"])
    order = frame["allocation_id"].map({a: i for i, a in enumerate(now["allocation_id"])})
    frame = frame.assign(order=order).sort_values(["order", "year"], kind="stable", na_position="last")
    return frame.drop(columns="order").reset_index(drop=True)


def paying_for(inv: Inventory, functions: Sequence[str] | None = None) -> pd.DataFrame:
    """The services of some functions, or of all, one row per service and mode that pays for it.

    Raises
    ------
    KeyError
        If a function is not in the inventory.
    """
    services = inv.services
    if functions is not None:
        _known(functions, inv.functions["function_id"], "function")
        services = services[services["function_id"].isin(list(functions))]
    exploded = services.assign(allocation_id=services["allocation_ids"].str.split("|")).explode("allocation_id")
    return exploded[exploded["allocation_id"].fillna("") != ""].reset_index(drop=True)


def listed(joined: object) -> list[str]:
    """The identifiers of a list cell.

    Examples
    --------
    >>> listed("a|b"), listed("")
    (['a', 'b'], [])
    """
    return [part for part in str(joined).split("|") if part]


def _known(wanted: Sequence[str], have: pd.Series, what: str) -> None:
    if missing := [w for w in wanted if w not in set(have)]:
        raise KeyError(f"{what} {missing[0]!r} is not in the inventory; it has {sorted(have)}")
