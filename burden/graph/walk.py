"""Steps along one relation of the graph; what more than one question needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import networkx as nx

from burden.model.cells import nearest

AUDIENCE_LEVELS = frozenset({"internal", "public"})
"""Levels of those who are informed (the person, parents, works council) but are no authority."""


def identifier(node: str) -> str:
    """The identifier in the inventory of a node.

    Examples
    --------
    >>> identifier("actor:mecs")
    'mecs'
    """
    return node.partition(":")[2]


def identifiers(nodes: Iterable[str]) -> str:
    """Identifiers of nodes, sorted and joined by ``|`` as in the tables."""
    return "|".join(sorted(map(identifier, nodes)))


def of_kind(graph: nx.MultiDiGraph, kind: str) -> list[str]:
    """Nodes of one kind, in the order of the graph."""
    return [n for n, k in graph.nodes(data="kind") if k == kind]


def node_of(graph: nx.MultiDiGraph, kind: str, name: str) -> str:
    """The node of an identifier.

    Raises
    ------
    KeyError
        If the graph has no such node; the message names the nearest.
    """
    node = f"{kind}:{name}"
    if node not in graph:
        guess = nearest(name, map(identifier, of_kind(graph, kind)))
        hint = f": did you mean {guess!r}?" if guess else ""
        raise KeyError(f"the graph has no {kind} {name!r}{hint}")
    return node


def sources(graph: nx.MultiDiGraph, node: str, relation: str) -> list[str]:
    """Where the edges of a relation that end at a node come from."""
    return [u for u, _, k in graph.in_edges(node, keys=True) if k == relation]


def targets(graph: nx.MultiDiGraph, node: str, relation: str) -> list[str]:
    """Where the edges of a relation that leave a node lead to."""
    return [v for _, v, k in graph.out_edges(node, keys=True) if k == relation]


def upwards(graph: nx.MultiDiGraph, node: str, relation: str) -> list[str]:
    """A node and all that a relation leads to from it, nearest first."""
    return _closure(node, lambda n: targets(graph, n, relation))


def downwards(graph: nx.MultiDiGraph, node: str, relation: str) -> list[str]:
    """A node and all from which a relation leads to it, nearest first."""
    return _closure(node, lambda n: sources(graph, n, relation))


def _closure(node: str, following: Callable[[str], list[str]]) -> list[str]:
    reached = [node]
    for here in reached:
        # The list grows while it is read: breadth first, and a circle of parents ends.
        reached += [n for n in following(here) if n not in reached]
    return reached


def bearing(graph: nx.MultiDiGraph, actor: str) -> list[str]:
    """Actor nodes whose duties an actor has.

    In an inventory a type inherits the duties of its more general types. With a portfolio the
    duties stand at the own type of each unit, so that a general type has those of its units.
    """
    return (downwards if graph.graph["portfolio"] else upwards)(graph, actor, "is_a")


def owed(graph: nx.MultiDiGraph, actor: str) -> dict[str, list[str]]:
    """Obligations on an actor, each with the actor nodes that it falls on, nearest first."""
    found: dict[str, list[str]] = {}
    for actor_type in bearing(graph, actor):
        for obligation in sources(graph, actor_type, "falls_on"):
            found.setdefault(obligation, []).append(actor_type)
    return {o: found[o] for o in sorted(found)}
