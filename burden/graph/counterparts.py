"""With how many authorities an actor has to deal."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from burden.graph.walk import (
    AUDIENCE_LEVELS,
    identifier,
    identifiers,
    of_kind,
    owed,
    sources,
    targets,
    upwards,
)


def counterparts(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Authorities that require or receive something of each actor.

    Persons and bodies who are informed (levels ``internal`` and ``public``: the person, parents,
    works council) are an audience, counted apart from authorities. A role (pricing authority)
    counts as the authorities that play it for the actor, or as itself when nothing says who.

    Returns
    -------
    DataFrame
        One row per actor, most authorities first: ``actor``, ``label``, ``actor_kind``;
        ``obligations`` on it, inherited ones with them; ``requiring``, ``receiving`` and
        ``authorities``, how many require, receive, or do either; ``authority_ids``;
        ``audiences`` and ``audience_ids``. Identifiers are joined by ``|``.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> counterparts(build(bd.example("four-tools")))["obligations"].max()
    np.int64(4)
    """
    columns = [
        "actor", "label", "actor_kind", "obligations", "requiring", "receiving",
        "authorities", "authority_ids", "audiences", "audience_ids",
    ]  # fmt: skip
    rows = [_row(graph, actor) for actor in of_kind(graph, "actor")]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["authorities", "actor"], ascending=[False, True], ignore_index=True)


def _row(graph: nx.MultiDiGraph, actor: str) -> dict[str, object]:
    obligations = owed(graph, actor)
    types = {identifier(a) for a in upwards(graph, actor, "is_a")}
    named = [[a for o in obligations for a in sources(graph, o, "requires")]]
    named += [[a for o in obligations for a in targets(graph, o, "reaches")]]
    requiring, receiving = ({p for a in part for p in _players(graph, a, types)} for part in named)
    audiences = {a for a in requiring | receiving if graph.nodes[a]["level"] in AUDIENCE_LEVELS}
    authorities = (requiring | receiving) - audiences
    return {
        "actor": identifier(actor),
        "label": graph.nodes[actor]["label"],
        "actor_kind": graph.nodes[actor]["actor_kind"],
        "obligations": len(obligations),
        "requiring": len(requiring - audiences),
        "receiving": len(receiving - audiences),
        "authorities": len(authorities),
        "authority_ids": identifiers(authorities),
        "audiences": len(audiences),
        "audience_ids": identifiers(audiences),
    }


def _players(graph: nx.MultiDiGraph, authority: str, types: set[str]) -> set[str]:
    """Authorities that play a role for types of actors; an authority that is no role plays itself."""
    playing = {
        a for a in sources(graph, authority, "plays")
        if types & {*graph.edges[a, authority, "plays"]["actors"].split("|")}
    }  # fmt: skip
    return playing or {authority}
