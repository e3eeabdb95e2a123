"""The graph as a file for Gephi, yEd, Cytoscape or a web page."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx

from burden.model.findings import Finding, InventoryError, Place
from burden.model.messages import text
from burden.sources.rows import NOT_XML


def write_graph(graph: nx.Graph, path: str | Path) -> None:
    """Write a graph: ``.graphml``, ``.gexf`` or ``.json`` (node-link), by the end of the name.

    The same graph gives the same bytes. In the two XML formats each edge has an identifier of its
    own, ``source|relation|target``, and its relation as an attribute.

    Parameters
    ----------
    graph : networkx.Graph or networkx.MultiDiGraph
        The graph of an inventory or a view of it.
    path : str or Path

    Raises
    ------
    InventoryError
        If the name of the file ends otherwise.
    """
    path = Path(path)
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        fault = text("'{suffix}' is not a format for graphs.", suffix=path.suffix)
        remedy = text("Write a name that ends in {suffixes}.", suffixes=", ".join(_WRITERS))
        raise InventoryError([Finding("format", "error", Place(str(path)), fault, remedy, path.suffix)])
    path.write_bytes(writer(graph))


def _graphml(graph: nx.Graph) -> bytes:
    stream = io.BytesIO()
    # The writer of the standard library: the bytes must not depend on whether lxml is there.
    nx.write_graphml_xml(_for_xml(graph), stream, edge_id_from_attribute="id")
    return stream.getvalue()


def _gexf(graph: nx.Graph) -> bytes:
    stream = io.BytesIO()
    nx.write_gexf(_for_xml(graph), stream)
    # The day of writing would make two files of one graph differ.
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", stream.getvalue(), count=1)


def _json(graph: nx.Graph) -> bytes:
    data = nx.node_link_data(graph, edges="edges")
    return (json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


_WRITERS: dict[str, Callable[[nx.Graph], bytes]] = {".graphml": _graphml, ".gexf": _gexf, ".json": _json}


def _for_xml(graph: nx.Graph) -> nx.Graph:
    """A copy with an identifier per edge and without the characters that XML forbids."""
    copy = graph.__class__(**_allowed(graph.graph))
    copy.add_nodes_from((n, _allowed(d)) for n, d in graph.nodes(data=True))
    if graph.is_multigraph():
        copy.add_edges_from(
            (u, v, k, _allowed(d) | {"id": f"{u}|{k}|{v}"}) for u, v, k, d in graph.edges(keys=True, data=True)
        )
    else:
        copy.add_edges_from((u, v, _allowed(d) | {"id": f"{u}|{v}"}) for u, v, d in graph.edges(data=True))
    return copy


def _allowed(attributes: dict[str, object]) -> dict[str, object]:
    return {a: NOT_XML.sub("", v) if isinstance(v, str) else v for a, v in attributes.items()}
