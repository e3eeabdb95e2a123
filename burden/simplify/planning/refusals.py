"""What a plan would lose if one of its measures, acts or authorities were refused, and the way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify.planning.changes import ways
from burden.simplify.planning.formulation import Formulation
from burden.simplify.planning.plan import Plan, faced
from burden.simplify.planning.problem import weight
from burden.simplify.planning.search import search

Booleans = npt.NDArray[np.bool_]
REFUSED = ("measure", "act", "authority")


def refusals(
    plan: Plan, inv: Inventory, ptf: Portfolio, *, by: str = "measure", count: int | None = None
) -> pd.DataFrame:
    """The best plan without each measure, act or authority, everything else allowed as before.

    What a measure brings to the set is what the set loses without it, once another has taken its
    place where one can. These losses do not add up to what the set saves, as two measures may need
    one act, and one may stand in for another.

    Parameters
    ----------
    by : str
        ``measure``, ``act`` or ``authority``.
    count : int, optional
        Only those that the most saving hangs on; all when absent.

    Returns
    -------
    DataFrame
        One row per refusal, dearest first: ``refused`` (identifier), ``hangs_on_it`` (what the
        measures concerned save in the plan), ``saved`` by the best plan without it (a year of the
        transition taken off), ``lost``,
        ``instead`` (where the obligations concerned then take their items, as ``obligation<source``,
        joined by ``|``).

    Raises
    ------
    ValueError
        If ``by`` is none of the three.
    """
    if by not in REFUSED:
        raise ValueError(f"{by!r} is not one of {', '.join(REFUSED)}")
    resolved, _ = faced(inv, ptf)
    own = set(zip(plan.items["obligation_id"], plan.items["source_id"], strict=True))
    rows = []
    for refused, hangs, concerned, stated in _cases(plan, by, count):
        found = search(stated.problem)
        taken = ways(resolved, stated, found.choice)
        saved = stated.problem.today - weight(stated.problem, found.choice)
        instead = [f"{o}<{source}" for o, source in taken if o in concerned and (o, source) not in own]
        rows.append({"refused": refused, "hangs_on_it": hangs, "saved": saved,
                     "lost": plan.summary["today"] - weight(plan.stated.problem, plan.choice) - saved,
                     "instead": "|".join(instead)})  # fmt: skip
    frame = pd.DataFrame(rows, columns=["refused", "hangs_on_it", "saved", "lost", "instead"])
    return frame.sort_values(["lost", "refused"], ascending=[False, True], ignore_index=True)


def _cases(plan: Plan, by: str, count: int | None) -> Iterator[tuple[str, float, set[str], Formulation]]:
    """What is refused, the saving that hangs on it, the obligations concerned, the problem without it."""
    measures, permits = plan.measures, plan.stated.permits
    column = {"measure": "measure", "act": "acts", "authority": "authority_ids"}[by]
    asked = measures.assign(refused=measures[column].str.split("|")).explode("refused")
    asked = asked[asked["refused"] != ""]
    hangs = asked.groupby("refused")["saved"].sum().sort_values(ascending=False, kind="stable")
    concerned = permits["authority_ids"].str.split("|")
    for refused, saved in hangs.head(count or len(hangs)).items():
        obligations = set(asked.loc[asked["refused"] == refused, "obligation_id"])
        if by == "measure":
            stated = _without_measure(plan, str(refused))
        elif by == "act":
            stated = _barring(plan.stated, (permits["legal_base_id"] == refused).to_numpy())
        else:
            barred = [refused in names for names in concerned]
            stated = _barring(plan.stated, np.array(barred, dtype=bool))
        yield str(refused), float(saved), obligations, stated


def _barring(stated: Formulation, permits: Booleans) -> Formulation:
    """The same problem, some permits never given."""
    problem = stated.problem
    limits = sparse.csr_array(sparse.vstack([problem.limits, sparse.csr_array(permits[None, :].astype(float))]))
    return replace(stated, problem=replace(problem, limits=limits, limit=np.append(problem.limit, 0.0)))


def _without_measure(plan: Plan, measure: str) -> Formulation:
    """The same problem without the links of a measure, or without the end of its obligation."""
    stated, problem = plan.stated, plan.stated.problem
    row = plan.measures.set_index("measure").loc[measure]
    tools = stated.demands.tools["obligation_id"].to_numpy()
    if row["kind"] in ("end", "merge"):
        closable = problem.closable & (tools != row["obligation_id"])
        return replace(stated, problem=replace(problem, closable=closable))
    items = plan.items[plan.items["measure"] == measure]
    taken = set(zip(items["obligation_id"], items["label_fr"], strict=True))
    slots, links = stated.demands.slots, stated.links
    own = [pair in taken for pair in zip(slots["obligation_id"], slots["label_fr"], strict=True)]
    chosen = np.asarray(own, dtype=bool)[links["slot"]]
    stays = ~(chosen & (_origins(plan, links) == row["source_id"] + row["register"]))
    smaller = replace(
        problem, slot=problem.slot[stays], source=problem.source[stays], link_weight=problem.link_weight[stays],
        link_needs=problem.link_needs[np.flatnonzero(stays)],
    )  # fmt: skip
    return replace(stated, problem=smaller, links=links[stays].reset_index(drop=True))


def _origins(plan: Plan, links: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Where each link takes its item: an obligation, or the holder of a register and its name."""
    tool = plan.stated.demands.slots["obligation_id"].to_numpy(dtype=object)
    source, register = links["source"].to_numpy(dtype=np.int64), links["register"].to_numpy(dtype=np.int64)
    # What comes from no register has the last place: nothing.
    held = np.append(plan.stated.holders, "")[register]
    return np.asarray(np.where(source >= 0, tool[source], held), dtype=object)
