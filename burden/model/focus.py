"""One question at a time: the part of an inventory and of a portfolio that a focus names."""

from __future__ import annotations

from burden.model import schema
from burden.model.cells import nearest
from burden.model.inventory import Inventory, more_general, select
from burden.model.portfolio import Portfolio, is_operator, portfolio_from_frame

HOME_INTERVENTION = "home-intervention"
"""The focus on every type of structure that delivers services at home, whatever its silo."""


def focused(inv: Inventory, ptf: Portfolio, focus: str) -> tuple[Inventory, Portfolio]:
    """What a focus keeps: a silo or an instrument keeps obligations, the rest keeps structures.

    Parameters
    ----------
    focus : str
        A silo, an instrument, a type of actor, a common function, or ``home-intervention``.
        For structures, what their operators owe stays as well.

    Raises
    ------
    KeyError
        If the focus names nothing, or no unit of the portfolio.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> focused(inv, ptf, "cpom")[0].obligations["obligation_id"].tolist()
    ['CPOM']
    """
    if focus in set(inv.obligations["silo_id"]):
        return select(inv, silo=focus), ptf
    if focus in schema.codes("instrument"):
        return select(inv, instrument=focus), ptf
    types = actor_types(inv, focus)
    units = ptf.units
    of_type = units["actor_id"].map({a: bool(types & set(more_general(inv, a))) for a in units["actor_id"].unique()})
    kept = units[of_type.astype(bool)]
    if kept.empty:
        raise KeyError(f"no unit of {ptf.name!r} is in the focus {focus!r}")
    operators = is_operator(inv, units) & units["operator_id"].isin(kept["operator_id"])
    narrowed = units[of_type.astype(bool) | operators]
    return inv, portfolio_from_frame(ptf.name, narrowed.reset_index(drop=True))


def actor_types(inv: Inventory, focus: str) -> set[str]:
    """The types of structure that a focus names.

    Raises
    ------
    KeyError
        If it names none, with the nearest name.
    """
    services = inv.services[inv.services["actor_id"].notna()]
    if focus == HOME_INTERVENTION:
        return set(services["actor_id"])
    if focus in set(services["function_id"]):
        return set(services.loc[services["function_id"] == focus, "actor_id"])
    if focus in set(inv.actors["actor_id"]):
        return {focus}
    known = {*inv.actors["actor_id"], *inv.obligations["silo_id"].dropna(), *inv.functions["function_id"]}
    known |= {HOME_INTERVENTION, *schema.codes("instrument")}
    guess = nearest(focus, known)
    raise KeyError(f"no focus {focus!r}" + (f": did you mean {guess!r}?" if guess else ""))
