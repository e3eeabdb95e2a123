"""How sure a plan is: the range of its saving, and how often each measure is in the best plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from burden.analysis.uncertainty import Assumptions, draws
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.simplify.planning.plan import Plan, faced
from burden.simplify.planning.problem import Choice, Problem
from burden.simplify.planning.search import search

Floats = npt.NDArray[np.float64]
_DRAWS = Assumptions(draws=1000)
_LINE = ["obligation_id", "line", "row", "side"]


def robustness(
    plan: Plan, inv: Inventory, ptf: Portfolio, *, solved: int = 100, assumed: Assumptions = _DRAWS
) -> pd.DataFrame:
    """Ranges of what a plan and each of its measures save, and how often each is in the best plan.

    Parameters
    ----------
    solved : int
        Draws for which the best plan is worked out anew, on the same terms.
    assumed : Assumptions
        Draws of the ranges; 1,000 unless told.

    Returns
    -------
    DataFrame
        The whole plan first (``measure`` empty), then one row per measure: ``saved`` at central
        values, ``p10``, ``p50``, ``p90``, and ``survives_share``: in how many of the draws solved
        the best plan takes the items of the measure from the same place (most of what they weigh),
        NaN for the whole.
    """
    before, _ = faced(inv, ptf)
    slots, tools = _drawn(plan, before, ptf, assumed)
    saving = _saving(plan, slots, tools)
    kept = _survivals(plan, slots, tools, min(solved, assumed.draws))
    total = np.sum(list(saving.values()), axis=0) if saving else np.zeros(assumed.draws)
    rows = [{"measure": "", "saved": plan.summary["saved"], **_range(total), "survives_share": np.nan}]
    central = dict(zip(plan.measures["measure"], plan.measures["saved"], strict=True))
    rows += [
        {"measure": m, "saved": central[m], **_range(saving[m]), "survives_share": kept[m]}
        for m in plan.measures["measure"]
    ]
    return pd.DataFrame(rows)


def _drawn(plan: Plan, inv: Inventory, ptf: Portfolio, assumed: Assumptions) -> tuple[Floats, Floats]:
    """Weights of slots and of tools, one column per draw."""
    found = draws(inv, ptf, by=_LINE, measure=plan.terms.measure, side=None, assumed=assumed)
    index = found.index.to_frame(index=False)
    weights = index["side"].map(dict(plan.terms.weights)).fillna(0.0).to_numpy(dtype=float)
    # A line of which nothing is known is left out, as everywhere.
    values = np.nan_to_num(found.to_numpy(dtype=float)) * weights[:, None]
    demands = plan.stated.demands
    place = {row: i for i, row in enumerate(demands.slots["row"])}
    at = index["row"].map(place).where(index["line"] == "item")
    slots = np.zeros((len(demands.slots), assumed.draws))
    of_slot = at.notna().to_numpy()
    slots[at[of_slot].to_numpy(dtype=np.int64)] = values[of_slot]
    tool = index["obligation_id"].map({o: i for i, o in enumerate(demands.tools["obligation_id"])})
    tools = np.zeros((len(demands.tools), assumed.draws))
    np.add.at(tools, tool[~of_slot].to_numpy(dtype=np.int64), values[~of_slot])
    return slots, tools


def _moved(problem: Problem, slots: Floats) -> Floats:
    """What moved items take: they vary as they do where they are today."""
    central = problem.collected_weight[problem.slot]
    ratio = np.divide(problem.link_weight, central, out=np.zeros_like(central), where=central > 0)
    return np.asarray(ratio[:, None] * slots[problem.slot])


def _saving(plan: Plan, slots: Floats, tools: Floats) -> dict[str, Floats]:
    """Draws of what each measure saves."""
    problem, choice = plan.stated.problem, plan.choice
    served = np.flatnonzero(choice.link >= 0)
    moved = _moved(problem, slots)
    place = {o: i for i, o in enumerate(plan.stated.demands.tools["obligation_id"])}
    measure = plan.items["measure"].to_numpy()
    found = {}
    for row in plan.measures.to_dict("records"):
        own = served[measure == row["measure"]]
        saved = slots[own].sum(axis=0) - moved[choice.link[own]].sum(axis=0)
        if row["kind"] in ("end", "merge"):
            saved = saved + tools[place[row["obligation_id"]]]
        found[str(row["measure"])] = saved
    return found


def _survivals(plan: Plan, slots: Floats, tools: Floats, solved: int) -> dict[str, float]:
    problem, moved = plan.stated.problem, _moved(plan.stated.problem, slots)
    kept: dict[str, int] = dict.fromkeys(plan.measures["measure"].astype("str"), 0)
    for draw in range(solved):
        drawn = replace(
            problem, collected_weight=slots[:, draw], kept_weight=tools[:, draw], link_weight=moved[:, draw]
        )  # fmt: skip
        found = search(drawn, start=plan.choice)
        for measure in _surviving(plan, found.choice):
            kept[measure] += 1
    return {measure: number / solved if solved else np.nan for measure, number in kept.items()}


def _surviving(plan: Plan, choice: Choice) -> list[str]:
    """Measures of which most is taken from the same place."""
    served = np.flatnonzero(plan.choice.link >= 0)
    there, here = (_place(plan, c.link[served]) for c in (plan.choice, choice))
    rows = plan.items[["measure"]].assign(weight=plan.stated.problem.collected_weight[served])
    rows["same"] = there == here
    rows["kept"] = rows["same"] * rows["weight"]
    sums = rows.groupby("measure")[["kept", "weight"]].sum()
    return [str(m) for m in sums.index[sums["kept"] > sums["weight"] / 2]]


def _place(plan: Plan, link: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Tool, register or merge that each link takes its item from; nothing where it is collected."""
    links, tool = plan.stated.links, plan.stated.problem.tool
    source, register, permit = (links[c].to_numpy(dtype=np.int64)[link] for c in ("source", "register", "permit"))
    holder = plan.stated.holders
    places = [
        f"{tool[s] if s >= 0 else ''}:{holder[r] if r >= 0 else ''}:{p}" if chosen >= 0 else ""
        for chosen, s, r, p in zip(link, source, register, permit, strict=True)
    ]
    return np.array(places, dtype=object)


def _range(values: Floats) -> dict[str, float]:
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return {"p10": float(low), "p50": float(middle), "p90": float(high)}
