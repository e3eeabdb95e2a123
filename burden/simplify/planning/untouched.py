"""What a plan leaves as it is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from burden.model.messages import Text, text
from burden.simplify.planning.demands import REASONS
from burden.simplify.planning.formulation import Formulation
from burden.simplify.planning.problem import Choice

WHY: Mapping[str, Text] = MappingProxyType(
    {
        "taken": text("taken from elsewhere by the plan"),
        **REASONS,
        "cannot_pass": text("asked elsewhere, but cannot pass from there, or nobody may be asked to let it"),
        "source": text("collected here so that others can take it"),
        "not_worth": text("not worth what it needs under the limits set"),
        "beside_items": text("work beside the items: reading, meetings, sending, checking"),
        "ended": text("work beside the items of obligations that end"),
    }
)
"""What becomes of the hours of today."""


def untouched(stated: Formulation, choice: Choice) -> pd.DataFrame:
    """Today's weight by what the plan does with it, and why it does no more.

    Returns
    -------
    DataFrame
        One row per reason, in the order of :data:`WHY`, those without any item or tool left out:
        ``reason``, ``items`` (obligations for work beside items), ``weight``, ``share`` of today's.
    """
    slots, links, problem = stated.demands.slots, stated.links, stated.problem
    served = choice.link >= 0
    at = np.arange(len(slots))
    linked = np.isin(at, links["slot"])
    used = np.isin(at, links["source"].to_numpy()[choice.link[served]])
    given = slots["reason"].to_numpy(dtype=object)
    reason = np.select(
        [served, given != "", ~linked, used], ["taken", given, "cannot_pass", "source"], "not_worth"
    )  # fmt: skip
    rows = pd.DataFrame({"reason": reason, "weight": slots["weight"]})
    beside = pd.DataFrame({"reason": np.where(choice.kept, "beside_items", "ended"), "weight": problem.kept_weight})
    weights = pd.concat([rows, beside]).groupby("reason")["weight"]
    counted = pd.DataFrame({"items": weights.size(), "weight": weights.sum()})
    counted = counted.reindex([r for r in WHY if r in counted.index]).rename_axis("reason").reset_index()
    return counted.assign(share=counted["weight"] / problem.today if problem.today else np.nan)
