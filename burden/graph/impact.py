"""What falls, and who is left without a source, if a text, a tool or an authority's request goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

import networkx as nx
import pandas as pd

from burden.graph.walk import downwards, identifier, identifiers, owed, sources, targets, upwards
from burden.model.cells import nearest
from burden.model.messages import Text, text

EFFECTS: Mapping[str, Text] = MappingProxyType(
    {
        "falls": text("falls"),
        "keeps_another_base": text("keeps another legal base"),
        "loses_only_recipient": text("is received by nobody any more"),
        "keeps_another_recipient": text("is still received by another"),
        "may_no_longer_pass": text("may no longer pass information"),
        "loses_feed": text("loses an obligation that it copied from"),
        "no_longer_asked": text("is no longer asked by any obligation"),
        "loses_only_source": text("loses its only source"),
        "still_held": text("is still held in a register"),
        "still_passed": text("is still passed by another authority"),
        "receives_nothing_more": text("receives nothing more of the actor"),
    }
)
"""Effects in the order of the table, with what they mean for the node of the row."""

_REMOVABLE = ("legal_base", "obligation", "authority")
_Effect = tuple[str, str, str]


def impact(graph: nx.MultiDiGraph, node: str) -> pd.DataFrame:
    """What the removal of a legal base, an obligation or an authority's requests brings about.

    The obligations that rest on a legal base alone fall with it; an obligation falls itself; the
    obligations that an authority requires fall with its requests, and it receives no others.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    node : str
        ``legal_base:…``, ``obligation:…`` or ``authority:…``.

    Returns
    -------
    DataFrame
        One row per effect and node: ``effect``, ``kind``, ``id`` and ``label`` of the node,
        ``detail`` (identifiers joined by ``|``). Effects, with what ``detail`` holds:

        - ``falls`` — obligation; actors that it fell on;
        - ``keeps_another_base`` — obligation; its other legal bases;
        - ``loses_only_recipient`` — obligation that only the authority received; who requires it;
        - ``keeps_another_recipient`` — obligation; its other recipients;
        - ``may_no_longer_pass`` — authority; the one it passed to, then the concepts;
        - ``loses_feed`` — obligation that copied from a fallen one; the fallen ones;
        - ``no_longer_asked`` — concept that only fallen obligations asked; these obligations;
        - ``loses_only_source`` — concept that no other obligation brings to a recipient; that
          recipient, which has no operational register or exchange for it either;
        - ``still_held``, ``still_passed`` — the same, but the recipient has it in a register of
          its own, or from another authority, in operation; the recipient;
        - ``receives_nothing_more`` — authority; the actor of which it gets nothing any more.

        An obligation without a recorded recipient brings its concepts to nobody.

    Raises
    ------
    KeyError
        If the graph has no such node.
    ValueError
        If the node is an actor or a concept.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> found = impact(build(bd.example("four-tools")), "obligation:CPOM")
    >>> found.loc[found["effect"] == "no_longer_asked", "id"].tolist()
    ['quality']
    """
    if node not in graph:
        guess = nearest(node, graph)
        raise KeyError(f"the graph has no node {node!r}" + (f": did you mean {guess!r}?" if guess else ""))
    kind = graph.nodes[node]["kind"]
    if kind not in _REMOVABLE:
        raise ValueError(f"{node!r} is of kind {kind}; what can go is of kind {', '.join(_REMOVABLE)}")
    fallen = _fallen(graph, node)
    found = [("falls", o, identifiers(targets(graph, o, "falls_on"))) for o in fallen]
    if kind == "legal_base":
        found += _without_base(graph, node, fallen)
    if kind == "authority":
        found += _without_recipient(graph, node, fallen)
    found += [*_feeds_lost(graph, fallen), *_no_longer_asked(graph, fallen)]
    found += [*_sources_lost(graph, fallen, gone=node), *_counterparts_lost(graph, fallen, gone=node)]
    order = list(EFFECTS)
    found.sort(key=lambda e: (order.index(e[0]), e[1:]))
    rows = [
        (effect, graph.nodes[n]["kind"], identifier(n), graph.nodes[n]["label"], detail) for effect, n, detail in found
    ]
    return pd.DataFrame(rows, columns=["effect", "kind", "id", "label", "detail"])


def _fallen(graph: nx.MultiDiGraph, node: str) -> set[str]:
    kind = graph.nodes[node]["kind"]
    if kind == "legal_base":
        return {o for o in targets(graph, node, "founds") if sources(graph, o, "founds") == [node]}
    return {node} if kind == "obligation" else set(targets(graph, node, "requires"))


def _without_base(graph: nx.MultiDiGraph, base: str, fallen: AbstractSet[str]) -> list[_Effect]:
    found = [
        ("keeps_another_base", o, identifiers({*sources(graph, o, "founds")} - {base}))
        for o in targets(graph, base, "founds")
        if o not in fallen
    ]
    for giver, taker, relation, exchange in graph.edges(keys=True, data=True):
        if relation == "may_pass":
            pairs = zip(exchange["concepts"].split("|"), exchange["legal_bases"].split("|"), strict=True)
            if barred := [concept for concept, allowed_by in pairs if allowed_by == identifier(base)]:
                found.append(("may_no_longer_pass", giver, "|".join([identifier(taker), *barred])))
    return found


def _without_recipient(graph: nx.MultiDiGraph, authority: str, fallen: AbstractSet[str]) -> list[_Effect]:
    found = []
    for obligation in sources(graph, authority, "reaches"):
        others = {*targets(graph, obligation, "reaches")} - {authority}
        if obligation not in fallen and others:
            found.append(("keeps_another_recipient", obligation, identifiers(others)))
        elif obligation not in fallen:
            who = identifiers(sources(graph, obligation, "requires"))
            found.append(("loses_only_recipient", obligation, who))
    return found


def _feeds_lost(graph: nx.MultiDiGraph, fallen: AbstractSet[str]) -> Iterator[_Effect]:
    for fed in {t for o in fallen for t in targets(graph, o, "feeds")} - fallen:
        yield "loses_feed", fed, identifiers(fallen & {*sources(graph, fed, "feeds")})


def _no_longer_asked(graph: nx.MultiDiGraph, fallen: AbstractSet[str]) -> Iterator[_Effect]:
    for concept in {c for o in fallen for c in targets(graph, o, "asks")}:
        asking = {*sources(graph, concept, "asks")}
        if asking <= fallen:
            yield "no_longer_asked", concept, identifiers(asking)


def _sources_lost(graph: nx.MultiDiGraph, fallen: AbstractSet[str], *, gone: str) -> Iterator[_Effect]:
    for authority in {a for o in fallen for a in targets(graph, o, "reaches")} - {gone}:
        received = {*sources(graph, authority, "reaches")}
        lost, kept = (
            {c for o in part for c in targets(graph, o, "asks")} for part in (received & fallen, received - fallen)
        )
        for concept in lost - kept:
            yield _remaining_source(graph, authority, concept), concept, identifier(authority)


def _remaining_source(graph: nx.MultiDiGraph, authority: str, concept: str) -> str:
    """Which effect the loss of the last obligation has on one concept of one authority."""
    holding = graph.get_edge_data(authority, concept, "holds")
    if holding and "operational" in holding["statuses"].split("|"):
        return "still_held"
    for giver in sources(graph, authority, "may_pass"):
        exchange = graph.edges[giver, authority, "may_pass"]
        pairs = zip(exchange["concepts"].split("|"), exchange["statuses"].split("|"), strict=True)
        if (identifier(concept), "operational") in pairs:
            return "still_passed"
    return "loses_only_source"


def _counterparts_lost(graph: nx.MultiDiGraph, fallen: AbstractSet[str], *, gone: str) -> Iterator[_Effect]:
    for actor in _bearers(graph, fallen):
        obligations = owed(graph, actor).keys()
        before, after = (
            {a for o in part for a in targets(graph, o, "reaches")} for part in (obligations, obligations - fallen)
        )
        for authority in before - after - {gone}:
            yield "receives_nothing_more", authority, identifier(actor)


def _bearers(graph: nx.MultiDiGraph, obligations: AbstractSet[str]) -> set[str]:
    """Actors on which obligations fall, directly or through another type."""
    heirs = upwards if graph.graph["portfolio"] else downwards
    named = {a for o in obligations for a in targets(graph, o, "falls_on")}
    return {heir for a in named for heir in heirs(graph, a, "is_a")}
