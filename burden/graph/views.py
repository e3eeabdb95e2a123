"""Parts of the graph around one actor or authority; obligations against concepts."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pandas as pd

from burden.graph.walk import (
    bearing,
    downwards,
    identifier,
    identifiers,
    node_of,
    of_kind,
    owed,
    sources,
    targets,
)

_OBLIGATION = ["label", "label_en", "silo", "instrument", "period", "evidence"]


def of_actor(graph: nx.MultiDiGraph, actor: str) -> nx.MultiDiGraph:
    """Everything that falls on an actor and where it comes from, as a graph of its own.

    The actor with its more general types (with a portfolio: its more special types, where the
    units are), the obligations on them, the texts that found these, the authorities that require
    and receive them, the concepts asked, and every relation among all of these.

    Returns
    -------
    networkx.MultiDiGraph
        A copy, free to edit.

    Raises
    ------
    KeyError
        If the graph has no such actor.

    See Also
    --------
    owed_by : the same as a table.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> inv = bd.example("four-tools")
    >>> actor = inv.duties["actor_id"].iloc[0]
    >>> "obligation:CPOM" in of_actor(build(inv), actor)
    True
    """
    node = node_of(graph, "actor", actor)
    return _around(graph, bearing(graph, node), owed(graph, node), actors=False)


def of_authority(graph: nx.MultiDiGraph, authority: str, *, below: bool = True) -> nx.MultiDiGraph:
    """What an authority requires or receives, from whom, on which texts, as a graph of its own.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    authority : str
    below : bool
        Whether the authorities that belong to it count with it.

    Returns
    -------
    networkx.MultiDiGraph
        A copy, free to edit.

    Raises
    ------
    KeyError
        If the graph has no such authority.

    See Also
    --------
    required_by : the same as a table.
    """
    authorities = _authorities(graph, authority, below=below)
    return _around(graph, authorities, _handled(graph, authorities), actors=True)


def _authorities(graph: nx.MultiDiGraph, authority: str, *, below: bool) -> list[str]:
    node = node_of(graph, "authority", authority)
    return downwards(graph, node, "belongs_to") if below else [node]


def _handled(graph: nx.MultiDiGraph, authorities: Iterable[str]) -> list[str]:
    """Obligations that authorities require or receive."""
    return sorted({o for a in authorities for o in targets(graph, a, "requires") + sources(graph, a, "reaches")})


def _around(
    graph: nx.MultiDiGraph, centre: Iterable[str], obligations: Iterable[str], *, actors: bool
) -> nx.MultiDiGraph:
    """The centre, obligations and all they are tied to; of actors or authorities only one side."""
    kept = set(centre)
    for obligation in obligations:
        kept |= {obligation, *sources(graph, obligation, "founds"), *targets(graph, obligation, "asks")}
        if actors:
            kept |= set(targets(graph, obligation, "falls_on"))
        else:
            kept |= {*sources(graph, obligation, "requires"), *targets(graph, obligation, "reaches")}
    # A copy that follows the order of the whole graph, so that it is written alike every time.
    part = graph.__class__(**graph.graph)
    part.add_nodes_from((n, d) for n, d in graph.nodes(data=True) if n in kept)
    part.add_edges_from((u, v, k, d) for u, v, k, d in graph.edges(keys=True, data=True) if u in kept and v in kept)
    return part


def owed_by(graph: nx.MultiDiGraph, actor: str) -> pd.DataFrame:
    """What falls on an actor and where it comes from.

    Returns
    -------
    DataFrame
        One row per obligation, by identifier: ``obligation``, ``label``, ``label_en``, ``silo``,
        ``instrument``, ``period``, ``evidence``; ``through``, the types that the duties name;
        ``inherited``, whether it comes from more general types only; ``conditions`` under which
        it falls (empty when always); ``required_by``, ``legal_bases`` and ``recipients``;
        ``concepts``, how many it asks. With a portfolio also ``units`` that it falls on and
        ``units_unknown``. Identifiers are joined by ``|``.

    Raises
    ------
    KeyError
        If the graph has no such actor.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> inv = bd.example("four-tools")
    >>> actor = inv.duties["actor_id"].iloc[0]
    >>> owed_by(build(inv), actor)["concepts"].tolist()
    [6, 5, 5, 6]
    """
    rows = [
        _described(graph, obligation)
        | _duty(graph, obligation, on, actor)
        | {
            "required_by": identifiers(sources(graph, obligation, "requires")),
            "legal_bases": _ranked_bases(graph, obligation),
            "recipients": identifiers(targets(graph, obligation, "reaches")),
            "concepts": len(targets(graph, obligation, "asks")),
        }
        for obligation, on in owed(graph, node_of(graph, "actor", actor)).items()
    ]
    columns = ["obligation", *_OBLIGATION, "through", "inherited", "conditions"]
    counts = ["units", "units_unknown"] if graph.graph["portfolio"] else []
    return pd.DataFrame(rows, columns=[*columns, *counts, "required_by", "legal_bases", "recipients", "concepts"])


def _described(graph: nx.MultiDiGraph, obligation: str) -> dict[str, object]:
    return {"obligation": identifier(obligation)} | {a: graph.nodes[obligation][a] for a in _OBLIGATION}


def _duty(graph: nx.MultiDiGraph, obligation: str, on: list[str], actor: str) -> dict[str, object]:
    duties = [graph.edges[obligation, a, "falls_on"] for a in on]
    through = {t for d in duties for t in d["through"].split("|")}
    said = {d["conditions"] for d in duties}
    return {
        "through": "|".join(sorted(through)),
        "inherited": actor not in through,
        "conditions": "" if "" in said else " | ".join(sorted(said)),
        "units": sum(d.get("units", 0) for d in duties),
        "units_unknown": sum(d.get("units_unknown", 0) for d in duties),
    }


def _ranked_bases(graph: nx.MultiDiGraph, obligation: str) -> str:
    bases = sources(graph, obligation, "founds")
    bases.sort(key=lambda b: graph.edges[b, obligation, "founds"]["rank"])
    return "|".join(map(identifier, bases))


def required_by(graph: nx.MultiDiGraph, authority: str, *, below: bool = True) -> pd.DataFrame:
    """What an authority requires or receives, and from whom.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    authority : str
    below : bool
        Whether the authorities that belong to it count with it.

    Returns
    -------
    DataFrame
        One row per obligation, by identifier: ``obligation``, ``label``, ``label_en``, ``silo``,
        ``instrument``, ``period``, ``evidence``; ``required_by`` and ``recipients``, those of the
        authority and of the ones below it only; ``actors`` on which it falls; ``legal_bases``;
        ``concepts``, how many it asks. Identifiers are joined by ``|``.

    Raises
    ------
    KeyError
        If the graph has no such authority.
    """
    authorities = set(_authorities(graph, authority, below=below))
    rows = [
        _described(graph, obligation)
        | {
            "required_by": identifiers(authorities & {*sources(graph, obligation, "requires")}),
            "recipients": identifiers(authorities & {*targets(graph, obligation, "reaches")}),
            "actors": identifiers(targets(graph, obligation, "falls_on")),
            "legal_bases": _ranked_bases(graph, obligation),
            "concepts": len(targets(graph, obligation, "asks")),
        }
        for obligation in _handled(graph, authorities)
    ]
    columns = ["required_by", "recipients", "actors", "legal_bases", "concepts"]
    return pd.DataFrame(rows, columns=["obligation", *_OBLIGATION, *columns])


def obligations_and_concepts(graph: nx.MultiDiGraph) -> nx.Graph:
    """Obligations against the concepts they ask, undirected.

    Returns
    -------
    networkx.Graph
        Nodes with ``bipartite`` 0 (obligations) and 1 (concepts), as ``networkx.bipartite``
        expects; edges with the ``count`` of requests and their ``labels``.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> obligations_and_concepts(build(bd.example("four-tools"))).number_of_edges()
    22
    """
    both = nx.Graph(**graph.graph)
    for side, kind in enumerate(("obligation", "concept")):
        both.add_nodes_from((n, graph.nodes[n] | {"bipartite": side}) for n in of_kind(graph, kind))
    both.add_edges_from((u, v, d) for u, v, k, d in graph.edges(keys=True, data=True) if k == "asks")
    return both
