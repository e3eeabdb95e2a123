"""What each measure of a plan brings about beside hours: who gets what from whom, what is used for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from burden import graph
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.simplify.planning.demands import known_to, sent_to
from burden.simplify.planning.plan import Proposal, faced

EFFECTS: Mapping[str, Text] = MappingProxyType(
    {
        "received_from": text("is no longer given it directly, and receives it from another"),
        "receives_otherwise": text("has it from another tool that it receives already"),
        "use": text("uses it, and must be able to use it from its new source"),
        "copied": text("copies from what changes"),
        **graph.EFFECTS,
    }
)
"""Effects of a measure, and what they mean for the row."""

COLUMNS = ["measure", "effect", "id", "detail", "concept_ids"]
Row = Mapping[Any, Any]


def impact(plan: Proposal, inv: Inventory, ptf: Portfolio) -> pd.DataFrame:
    """What each measure changes for authorities, uses and other obligations.

    Returns
    -------
    DataFrame
        One row per measure × effect: ``effect`` (one of :data:`EFFECTS`), ``id`` (an authority, the
        obligation, or what the graph says falls), ``detail`` and ``concept_ids`` joined by ``|``:

        - ``received_from`` — authority; whom it then receives the items from;
        - ``receives_otherwise`` — authority; the obligation or register it already has them in;
        - ``use`` — authority that reads (empty when nobody is named); kind of use, and whether it
          was observed or only stated;
        - ``copied`` — obligation that takes from the one that changes; the latter;
        - the effects of :func:`burden.graph.impact`, for an obligation that ends.

    Examples
    --------
    >>> import burden as bd
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> set(impact(bd.simplify.plan(inv, ptf), inv, ptf)["effect"]) <= set(EFFECTS)
    True
    """
    before, ptf = faced(inv, ptf)
    reached, having = sent_to(before), known_to(before)
    network = graph.build(before, portfolio=ptf)
    rows: list[tuple[str, ...]] = []
    for measure in plan.measures.to_dict("records"):
        items = plan.items[plan.items["measure"] == measure["measure"]]
        rows += [(str(measure["measure"]), *row) for row in _passing(plan, reached, having, items)]
        rows += [(str(measure["measure"]), *row) for row in _used(before, items)]
        if measure["kind"] in ("end", "merge"):
            found = graph.impact(network, f"obligation:{measure['obligation_id']}")
            rows += [(str(measure["measure"]), str(e), str(i), str(d), "") for e, i, d in
                     found[["effect", "id", "detail"]].itertuples(index=False, name=None)]  # fmt: skip
        rows += [(str(measure["measure"]), *row) for row in _copied(before, str(measure["obligation_id"]), items)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _passing(
    plan: Proposal,
    reached: Mapping[str, tuple[str, ...]],
    having: Mapping[str, tuple[str, ...]],
    items: pd.DataFrame,
) -> Iterator[tuple[str, str, str, str]]:
    """Whom each authority then has the items from."""
    gateways = set(zip(plan.gateways["from_authority_id"], plan.gateways["to_authority_id"], strict=True))
    for (obligation, kind, source), rows in items.groupby(["obligation_id", "source_kind", "source_id"], sort=False):
        givers = (str(source),) if kind == "register" else having.get(str(source), ())
        concepts = "|".join(dict.fromkeys(rows["concept_id"]))
        for authority in reached.get(str(obligation), ()):
            if authority in givers or kind == "moved":
                yield "receives_otherwise", authority, str(source), concepts
            else:
                opened = [giver for giver in givers if (giver, authority) in gateways]
                yield "received_from", authority, "|".join(opened or givers), concepts


def _used(inv: Inventory, items: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Known uses of the items that are taken from elsewhere."""
    uses = inv.uses
    for obligation, rows in items.groupby("obligation_id", sort=False):
        own = uses[(uses["obligation_id"] == obligation) & (uses["use"] != "none_found")]
        about = own[own["concept_id"].isna() | own["concept_id"].isin(rows["concept_id"])]
        for use in about.to_dict("records"):
            known = f"{use['use']}|{use['known_by']}"
            concept = "" if pd.isna(use["concept_id"]) else str(use["concept_id"])
            yield "use", "" if pd.isna(use["reader_id"]) else str(use["reader_id"]), known, concept


def _copied(inv: Inventory, obligation: str, items: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Obligations that copy from one that changes, when they ask for an item that goes."""
    fed = inv.feeds.loc[inv.feeds["from_obligation_id"] == obligation, "to_obligation_id"]
    asked = inv.requests[inv.requests["obligation_id"].isin(fed) & inv.requests["concept_id"].isin(items["concept_id"])]
    for other, rows in asked.groupby("obligation_id", sort=False):
        yield "copied", str(other), obligation, "|".join(dict.fromkeys(rows["concept_id"]))
