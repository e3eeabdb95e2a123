"""Who reads what is collected: outcomes that never change, items and reports that nobody reads."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import pandas as pd

from burden.analysis.use.known import ITEM, RANK, known_use, of_tools, rows_of
from burden.model import schema
from burden.model.inventory import Inventory

QUASI_AUTOMATIC = 0.1
"""Share of outcomes changed up to which a use is called quasi-automatic: a convention."""

AUDIENCES = ("internal", "public")
"""Levels of recipients that are not authorities."""


def quasi_automatic(inv: Inventory, *, limit: float = QUASI_AUTOMATIC) -> pd.DataFrame:
    """Uses whose outcome almost never changes: what is asked hardly ever makes a difference.

    Returns
    -------
    DataFrame
        One row per use of which at most ``limit`` of the outcomes differ from the usual one
        because of the tool, the lowest first: ``obligation_id``, ``concept_id`` (empty for the
        whole tool), ``use``, ``reader_id``, ``outcome_change_share``, ``date``, ``evidence``,
        ``source_id``, ``protected``. A share that nobody measured is not low; what protects people
        may change few outcomes and matter in each.
    """
    rows = rows_of(inv)
    rows = rows[rows["outcome_change_share"] <= limit]
    kept = dict(zip(inv.obligations["obligation_id"], is_protected(inv.obligations), strict=True))
    rows = rows.assign(protected=rows["obligation_id"].map(kept).astype(bool))
    columns = [*ITEM, "use", "reader_id", "outcome_change_share", "date", "evidence", "source_id", "protected"]
    ordered = rows.sort_values(["outcome_change_share", "obligation_id"], kind="stable")
    return ordered[columns].reset_index(drop=True)


def items_without_reader(inv: Inventory, *, identifiers: bool = False) -> pd.DataFrame:
    """Items that nobody is known to read.

    Neither the item nor its tool has a known use, and no recipient of the tool is known to use
    that piece of information, from whatever tool. What goes to the persons concerned, the public or
    a council of the organisation is theirs to read, and is left out.

    Returns
    -------
    DataFrame
        One row per obligation × concept: ``obligation_id``, ``concept_id``, ``label_fr`` (several
        joined by ``|``), ``recipients`` joined by ``|``, ``known_use`` (``none_found`` or
        ``unknown``), ``protected``. Identifiers are left out: they say whose answer it is.
    """
    requests = inv.requests[inv.requests["concept_id"].notna()]
    if not identifiers:
        names = inv.concepts.loc[inv.concepts["kind"] == "identifier", "concept_id"]
        requests = requests[~requests["concept_id"].isin(names)]
    requests = requests.assign(known_use=known_use(inv, requests.assign(line="item", what=requests["concept_id"])))
    unread = requests[requests["known_use"].isin(["none_found", "unknown"])]
    unread = unread[~unread["obligation_id"].isin(_with_an_audience(inv))]
    reached = inv.recipients.groupby("obligation_id")["authority_id"].agg(list).to_dict()
    readers = _readers_of_concepts(inv)
    rows = unread.groupby(ITEM, sort=False).agg(
        label_fr=("label_fr", "|".join), known_use=("known_use", "first"), protected=("protected", "any")
    )
    rows = rows.reset_index()
    recipients = [reached.get(o, []) for o in rows["obligation_id"]]
    pairs = zip(rows["concept_id"], recipients, strict=True)
    read = pd.Series([bool(readers.get(c, set()) & set(r)) for c, r in pairs], rows.index, dtype=bool)
    rows = rows.assign(recipients=["|".join(r) for r in recipients])[~read]
    return rows[[*ITEM, "label_fr", "recipients", "known_use", "protected"]].reset_index(drop=True)


def _with_an_audience(inv: Inventory) -> set[str]:
    """Tools that reach somebody who is not an authority: persons, the public, councils."""
    audiences = inv.authorities.loc[inv.authorities["level"].isin(AUDIENCES), "authority_id"]
    return set(inv.recipients.loc[inv.recipients["authority_id"].isin(audiences), "obligation_id"])


def _readers_of_concepts(inv: Inventory) -> dict[object, set[str]]:
    """Authorities that use a piece of information, a role standing for all who may play it."""
    rows = rows_of(inv)
    known = rows[rows["concept_id"].notna() & rows["reader_id"].notna() & (rows["known_use"] != "none_found")]
    players = inv.competences.groupby("role_id")["authority_id"].agg(set).to_dict()
    return {
        concept: {a for reader in readers for a in ({reader} | players.get(reader, set()))}
        for concept, readers in known.groupby("concept_id")["reader_id"]
    }


def read_only_by_reports(inv: Inventory) -> pd.DataFrame:
    """Tools without a known use of their own that another report takes up, and where that leads.

    What goes to the persons concerned, the public or a council of the organisation has readers.

    Returns
    -------
    DataFrame
        One row per obligation that feeds another and has no known use: ``obligation_id``,
        ``known_use`` (``none_found`` or ``unknown``), ``to_obligation_ids`` that take it up,
        ``end_obligation_ids`` at the end of the chain, ``leads_to`` (the strongest status along
        the chain: ``none_found`` and ``unknown`` mean that the chain of reports ends nowhere
        known), ``evidence`` (weakest of the links taken up first).
    """
    feeds = inv.feeds
    feeds = feeds[feeds["from_obligation_id"] != feeds["to_obligation_id"]]
    network = nx.DiGraph(list(zip(feeds["from_obligation_id"], feeds["to_obligation_id"], strict=True)))
    status = of_tools(rows_of(inv))
    evidence = feeds.groupby("from_obligation_id")["evidence"].agg(weakest)
    rows, read = [], _with_an_audience(inv)
    for obligation in dict.fromkeys(o for o in feeds["from_obligation_id"] if o not in read):
        own = status.get(obligation, "unknown")
        if own in ("none_found", "unknown"):
            along = nx.descendants(network, obligation) - {obligation}
            best = min((status.get(o, "unknown") for o in along), key=RANK.__getitem__, default="unknown")
            ends = "|".join(sorted(_ends(network.subgraph(along))))
            to = "|".join(sorted(network.successors(obligation)))
            rows.append((obligation, own, to, ends, best, evidence[obligation]))
    columns = ["obligation_id", "known_use", "to_obligation_ids", "end_obligation_ids", "leads_to", "evidence"]
    return pd.DataFrame(rows, columns=columns)


def _ends(along: nx.DiGraph) -> set[str]:
    """Where chains end; reports that feed each other in a circle end together."""
    circles = nx.condensation(along)
    return {o for n in circles if circles.out_degree(n) == 0 for o in circles.nodes[n]["members"]}


def weakest(evidence: pd.Series) -> str:
    """The least sure step among those given; empty where none is.

    Examples
    --------
    >>> weakest(pd.Series(["text", "recalled", "secondary"]))
    'recalled'
    """
    order: Mapping[str, int] = {code: i for i, code in enumerate(schema.codes("evidence"))}
    return max((str(e) for e in evidence.dropna()), key=lambda e: order.get(e, len(order)), default="")


def is_protected(frame: pd.DataFrame) -> pd.Series:
    """Rows of obligations or requests that are said to be protected; silence is no."""
    return frame["protected"].fillna(False).astype(bool)


def protected(inv: Inventory) -> pd.DataFrame:
    """What stays whatever it costs, and why.

    Returns
    -------
    DataFrame
        One row per protected obligation (``concept_id`` empty), then one per protected item:
        ``obligation_id``, ``concept_id``, ``label_fr``, ``reason_fr``, ``evidence``, ``source_id``.
        An item has the reason of its obligation where that one is protected; else it is not known.
    """
    columns = [*ITEM, "label_fr", "reason_fr", "evidence", "source_id"]
    tools = inv.obligations[is_protected(inv.obligations)]
    tools = tools.assign(reason_fr=tools["protected_reason_fr"], label_fr=None, concept_id=None)
    items = inv.requests[is_protected(inv.requests)]
    reasons = dict(zip(tools["obligation_id"], tools["protected_reason_fr"], strict=True))
    items = items.assign(reason_fr=items["obligation_id"].map(reasons))
    parts = [part[columns].astype("str") for part in (tools, items) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype="str")
