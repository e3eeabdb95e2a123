"""From an inventory, perhaps with a portfolio, to its graph."""

from __future__ import annotations

import networkx as nx

from burden.graph.edges import edges
from burden.graph.nodes import nodes
from burden.model.competences import with_roles_resolved
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory, dangling_references
from burden.model.portfolio import Portfolio


def build(inv: Inventory, *, portfolio: Portfolio | None = None) -> nx.MultiDiGraph:
    """The graph of an inventory: nodes ``"kind:id"``, edges keyed by their relation.

    ==========  ==========  ==========  =====================================================
    from        relation    to          attributes
    ==========  ==========  ==========  =====================================================
    legal_base  founds      obligation  ``rank`` in the order of importance
    obligation  falls_on    actor       ``conditional``, ``conditions``, ``through``, ``evidence``
    authority   requires    obligation
    obligation  reaches     authority   ``mode``
    obligation  asks        concept     ``count`` of requests, ``labels``, ``grains``, ``evidence``
    authority   holds       concept     ``registers`` and their ``statuses``, ``evidence``
    authority   may_pass    authority   ``concepts``, their ``statuses``, ``legal_bases``, ``evidence``
    obligation  feeds       obligation  ``evidence``
    authority   plays       authority   the role it plays for ``actors``, ``evidence``
    actor       is_a        actor       towards the more general type
    authority   belongs_to  authority   towards the authority it comes under
    ==========  ==========  ==========  =====================================================

    Every node has ``kind``, ``label`` and ``label_en``; every attribute is a text, a number or a
    yes-or-no. An unknown text is ``""``, an unknown number or yes-or-no is absent. Where several
    rows make one edge, ``evidence`` is the surest of them.

    Parameters
    ----------
    inv : Inventory
    portfolio : Portfolio, optional
        Then *falls_on* leads to the own type of units that the obligation falls on (``units``) or
        may fall on, a deciding size being unknown (``units_unknown``); ``through`` says which
        types the duties name. Actors have ``units`` of their own type, and ``units_below`` with
        those of more special types. Roles (pricing authority) give way to the authorities that
        play them for these units.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes by kind and identifier, edges by source, target and relation: the same inventory
        gives the same order. ``graph.graph`` holds the ``name`` of the inventory and of the
        ``portfolio`` (``""`` without one).

    Raises
    ------
    InventoryError
        If a row names another that is not there.
    KeyError
        If the portfolio has a type of actor that the inventory has not.

    Examples
    --------
    >>> import burden as bd
    >>> graph = build(bd.example("four-tools"))
    >>> sorted(n for n, kind in graph.nodes(data="kind") if kind == "obligation")
    ['obligation:CPOM', 'obligation:ERRD', 'obligation:ES', 'obligation:TDB']
    """
    if faults := dangling_references(inv):
        raise InventoryError(faults)
    if portfolio is not None:
        inv = with_roles_resolved(inv, portfolio)
    graph = nx.MultiDiGraph(name=inv.name, portfolio=portfolio.name if portfolio else "")
    graph.add_nodes_from(nodes(inv, portfolio))
    graph.add_edges_from(edges(inv, portfolio))
    return graph
