"""The plan: the least burden that still gives every authority what it is owed, with its proof."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from burden.analysis.askings import Reuse, reuse_named
from burden.analysis.redundancy import borne
from burden.analysis.uncertainty.cells import MEASURES
from burden.model import schema
from burden.model.competences import with_roles_resolved
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio
from burden.model.remembered import remembered
from burden.simplify.planning.changes import changes, scenario_of
from burden.simplify.planning.exact import Found, Watch
from burden.simplify.planning.formulation import ALL, Formulation, Terms, by_level, formulate
from burden.simplify.planning.problem import Choice
from burden.simplify.planning.rules import UNKNOWN
from burden.simplify.planning.search import search
from burden.simplify.planning.tidy import tidied
from burden.simplify.planning.untouched import untouched
from burden.simplify.scenario import Scenario

_TITLES = {
    "title_fr": "Plan de simplification",
    "title_en": "Simplification plan",
    "author": "burden",
    "reference": "Code des relations entre le public et l'administration, art. L. 113-12 et L. 114-8.",
    "limits_fr": "Ne vaut que pour les structures et l'inventaire sur lesquels il a été calculé.",
    "limits_en": "Holds only for the units and the inventory that it was worked out on.",
}


@dataclass(frozen=True, eq=False)
class Proposal:
    """What to change, what it saves, and how far from the least possible it can be at most.

    Attributes
    ----------
    terms : Terms
        What was allowed.
    summary : Series
        ``today``, ``after``, ``saved``, ``bound`` (no plan takes less, a year of its transition
        counted in), ``gap`` (share of what it takes so that is not proven to be needed),
        ``transition`` (what the changes take once), ``added_up`` (every single idea counted as if
        alone), ``unmeasured`` (lines without a weight), all in the unit of the measure, weighed by
        side.
    measures, items, acts, gateways : DataFrame
        See :class:`burden.simplify.planning.changes.Changes`.
    untouched : DataFrame
        What stays, and why: see :func:`burden.simplify.planning.untouched.untouched`.
    scenario : Scenario
        The same as ordered levers.
    stopped : str
        ``optimal``, ``gap``, ``time`` or ``asked``.
    """

    terms: Terms
    summary: pd.Series
    measures: pd.DataFrame
    items: pd.DataFrame
    acts: pd.DataFrame
    gateways: pd.DataFrame
    untouched: pd.DataFrame
    scenario: Scenario
    stopped: str


@dataclass(frozen=True, eq=False)
class Plan(Proposal):
    """A proposal with the problem behind it, for further questions of it.

    Attributes
    ----------
    stated : Formulation
    choice : Choice
    """

    stated: Formulation = field(repr=False)
    choice: Choice = field(repr=False)


def plan(
    inv: Inventory,
    ptf: Portfolio,
    *,
    reuse: Reuse = "harmonise",
    measure: str = "hours_per_year",
    sides: Mapping[str, float] | None = None,
    max_acts: int | Mapping[str, int] | None = None,
    max_gateways: int | Mapping[str, int] | None = None,
    without: Collection[str] = (),
    transition: Mapping[str, float] | None = None,
    years: float = 5.0,
    max_transition: float | None = None,
    harmonise_protected: bool = False,
    seconds: float = np.inf,
    gap: float = 0.0,
    watch: Watch | None = None,
) -> Plan:
    """The least burden that still serves every (authority, information, freshness) demanded today.

    Each obligation is kept, merged into another or ended; each item is collected where it is today
    or taken from a source that is at least as fresh, in an allowed class of reuse, through a way
    that exists or can be opened. Protected obligations and items stay.

    Parameters
    ----------
    reuse : str
        Widest class of reuse allowed: ``same``, ``derivable`` or ``harmonise``.
    measure : str
        ``hours_per_year`` or ``cost_eur_per_year``.
    sides : mapping of str to float, optional
        Weight of ``respondent`` and ``authority``; both count alike when absent.
    max_acts : int or mapping of str to int, optional
        Most acts to amend, in all (law and regulation) or per legal level (``all`` is the whole).
    max_gateways : int or mapping of str to int, optional
        Most gateways to open, in all or per level of the act that opens them.
    without : collection of str
        Authorities that are not to be asked to decide or agree.
    transition : mapping of str to float, optional
        What a change takes once, in the unit of the measure, by legal level of the act, and for a
        ``gateway`` and a ``merge``. Not counted when absent: nobody has published it.
    years : float
        Years over which the transition is spread.
    max_transition : float, optional
        Most that all changes may take once.
    harmonise_protected : bool
        Whether items of protected obligations may be taken from elsewhere after agreeing on another
        definition; unless it is set, only where they are the same already.
    seconds : float
        Time after which the best plan so far is given, with its gap.
    gap : float
        Share of the burden left that needs no proof.
    watch : callable, optional
        Told where the search stands (:class:`burden.simplify.planning.exact.Progress`); returning
        True stops it, with the best plan so far.

    Returns
    -------
    Plan

    Raises
    ------
    ValueError
        If the class of reuse, the measure, a side or a level does not exist.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> found = plan(inv, ptf)
    >>> found.stopped, round(float(found.summary["saved"]), 3)
    ('optimal', 0.375)
    """
    terms = Terms(
        reuse, measure, sides, max_acts, max_gateways, tuple(without), transition, years, max_transition,
        harmonise_protected,
    )  # fmt: skip
    _check(terms)
    inv, ptf = faced(inv, ptf)
    stated = formulate(inv, ptf, terms)
    found = search(stated.problem, seconds=seconds, gap=gap, watch=watch)
    return planned(inv, stated, terms, tidied(stated, found))


def _check(terms: Terms) -> None:
    reuse_named(terms.reuse)
    if terms.measure not in MEASURES:
        raise ValueError(f"{terms.measure!r} is not one of {', '.join(MEASURES)}")
    if unknown := sorted(set(terms.weights) - {"respondent", "authority"}):
        raise ValueError(f"there is no side {unknown[0]!r}; there are respondent and authority")
    known = {ALL, UNKNOWN, *schema.codes("legal_level")}
    for level in (*by_level(terms.max_acts), *by_level(terms.max_gateways)):
        if level not in known:
            raise ValueError(f"there is no level {level!r}; there are {', '.join(sorted(known))}")
    if terms.years <= 0:
        raise ValueError(f"{terms.years} years: the transition is spread over more than none")


def faced(inv: Inventory, ptf: Portfolio) -> tuple[Inventory, Portfolio]:
    """The inventory as the portfolio faces it: its roles resolved, and only what it bears."""
    return _faced(inv, ptf), ptf


@remembered
def _faced(inv: Inventory, ptf: Portfolio) -> Inventory:
    resolved = with_roles_resolved(inv, ptf)
    return select(resolved, obligation=borne(resolved, ptf))


def planned(inv: Inventory, stated: Formulation, terms: Terms, found: Found) -> Plan:
    """The plan that a choice stands for, on the inventory as the portfolio faces it."""
    problem, choice = stated.problem, found.choice
    changed = changes(inv, stated, choice)
    transition = float(problem.permit_weight[choice.permits].sum()) * terms.years
    after = found.best - transition / terms.years
    summary = pd.Series(
        {
            "today": problem.today,
            "after": after,
            "saved": problem.today - after,
            "bound": found.bound,
            "gap": found.gap,
            "transition": transition,
            "added_up": added_up(stated),
            "unmeasured": float(stated.demands.slots["unmeasured"].sum() + stated.demands.tools["unmeasured"].sum()),
        }
    )
    return Plan(
        terms, summary, changed.measures, changed.items, changed.acts, changed.gateways,
        untouched(stated, choice), scenario_of(changed, name="plan", titles=_TITLES), found.stopped, stated, choice,
    )  # fmt: skip


def added_up(stated: Formulation) -> float:
    """What every idea saves when it is counted alone: each item from each of its sources."""
    links, slots = stated.links, stated.demands.slots
    own = links[links["reuse"] != "moved"]
    tool = slots["obligation_id"].to_numpy()
    where = np.where(own["source"] >= 0, tool[own["source"]], "register " + own["register"].astype("str"))
    ideas = pd.DataFrame({"slot": own["slot"].to_numpy(), "where": where}).drop_duplicates()
    return float(slots["weight"].to_numpy()[ideas["slot"]].sum())
