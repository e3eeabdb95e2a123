"""Who sits in the middle between those who owe and those who ask."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from burden.graph.walk import AUDIENCE_LEVELS, identifier, of_kind, sources, targets

_RELATIONS = frozenset({"falls_on", "is_a", "requires", "reaches"})


def in_the_middle(graph: nx.MultiDiGraph, *, sample: int | None = None, seed: int = 0) -> pd.DataFrame:
    """Authorities by how much passes through them.

    Betweenness is the share of shortest paths between other nodes that lead through the
    authority (Freeman 1977), on actors, obligations and authorities joined by what falls on whom
    and who requires and receives it, whatever the direction. An authority is high when it ties
    actors, silos or other authorities that nothing else ties.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    sample : int, optional
        Estimate betweenness from so many nodes (Brandes and Pich 2007); exact when left out,
        which takes minutes from 10,000 nodes on.
    seed : int
        Of the choice of the sample.

    Returns
    -------
    DataFrame
        One row per authority, highest betweenness first: ``authority``, ``label``, ``level``;
        ``audience``, whether it is informed only (levels ``internal``, ``public``);
        ``required`` and ``received``, obligations it requires and receives; ``betweenness``,
        from 0 to 1.

    Raises
    ------
    ValueError
        If ``sample`` is not a number above zero.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> in_the_middle(build(bd.example("four-tools")))["required"].sum()
    np.int64(4)
    """
    if sample is not None and sample < 1:
        raise ValueError(f"a sample of {sample} nodes: write a number above zero")
    between = _undirected(graph)
    size = None if sample is None else min(sample, len(between))
    share = nx.betweenness_centrality(between, k=size, seed=seed) if len(between) else {}
    rows = [
        {
            "authority": identifier(a),
            "label": graph.nodes[a]["label"],
            "level": graph.nodes[a]["level"],
            "audience": graph.nodes[a]["level"] in AUDIENCE_LEVELS,
            "required": len(targets(graph, a, "requires")),
            "received": len(sources(graph, a, "reaches")),
            # Sums of fractions in another order differ in the last digits; equal ranks must tie.
            "betweenness": round(share[a], 12),
        }
        for a in of_kind(graph, "authority")
    ]
    columns = ["authority", "label", "level", "audience", "required", "received", "betweenness"]
    order = ["betweenness", "received", "required", "authority"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def _undirected(graph: nx.MultiDiGraph) -> nx.Graph:
    between = nx.Graph()
    for kind in ("actor", "obligation", "authority"):
        between.add_nodes_from(of_kind(graph, kind))
    between.add_edges_from((u, v) for u, v, k in graph.edges(keys=True) if k in _RELATIONS)
    return between
