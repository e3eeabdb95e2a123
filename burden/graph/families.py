"""Obligations that ask for much the same: communities on shared concepts."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.graph.walk import identifier, of_kind, targets

_NAMED = 5
"""So many concepts, at most, are named to characterise a family."""


def families(graph: nx.MultiDiGraph, *, seed: int = 0, identifiers: bool = False) -> pd.DataFrame:
    """Families of obligations that share concepts.

    Obligations are joined with the weight J(a, b) = |a ∩ b| / |a ∪ b| of their concepts (Jaccard)
    and parted by the method of Louvain (Blondel, Guillaume, Lambiotte, Lefebvre 2008).

    Parameters
    ----------
    graph : networkx.MultiDiGraph
    seed : int
        Of the order in which Louvain visits obligations: the same seed, the same families.
    identifiers : bool
        Whether identifiers (FINESS, SIRET, name) count: they recur everywhere and tie all.

    Returns
    -------
    DataFrame
        One row per obligation, largest family first: ``family`` from 1; its ``size``; its
        ``cohesion``, the mean of J over its pairs (NaN for an obligation alone); ``obligation``,
        ``label``, ``silo``; ``concepts``, how many the obligation asks; ``shared``, up to five
        concepts that at least two of the family ask, and more often than others do, joined by
        ``|``: first where the share asking inside most exceeds the share outside.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.graph import build
    >>> sorted(families(build(bd.example("four-tools")))["obligation"])
    ['CPOM', 'ERRD', 'ES', 'TDB']
    """
    obligations = of_kind(graph, "obligation")
    concepts = [
        c for c in of_kind(graph, "concept")
        if identifiers or graph.nodes[c]["concept_kind"] != "identifier"
    ]  # fmt: skip
    asked = _incidence(graph, obligations, concepts)
    overlap = _jaccard(asked)
    rows = []
    for number, members in enumerate(_communities(overlap, seed), start=1):
        family = {
            "family": number,
            "size": len(members),
            "cohesion": _cohesion(overlap, members),
            "shared": "|".join(identifier(concepts[c]) for c in _characteristic(asked, members)),
        }
        rows += [
            family
            | {
                "obligation": identifier(obligations[m]),
                "label": graph.nodes[obligations[m]]["label"],
                "silo": graph.nodes[obligations[m]]["silo"],
                "concepts": int(asked[[m]].sum()),
            }
            for m in members
        ]
    columns = ["family", "size", "cohesion", "obligation", "label", "silo", "concepts", "shared"]
    return pd.DataFrame(rows, columns=columns)


def _incidence(graph: nx.MultiDiGraph, obligations: list[str], concepts: list[str]) -> sparse.csr_array[Any]:
    column = {c: i for i, c in enumerate(concepts)}
    cells = [
        (row, column[c])
        for row, o in enumerate(obligations)
        for c in targets(graph, o, "asks")
        if c in column
    ]  # fmt: skip
    at = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    return sparse.csr_array((np.ones(len(cells)), at), shape=(len(obligations), len(concepts)))


def _jaccard(asked: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
    """J of every pair that shares a concept, above the diagonal."""
    common = sparse.triu(asked @ asked.T, k=1).tocoo()
    size = asked.sum(axis=1)
    row, column = common.coords
    weights = common.data / (size[row] + size[column] - common.data)
    return sparse.csr_array((weights, (row, column)), shape=common.shape)


def _communities(overlap: sparse.csr_array[Any], seed: int) -> list[list[int]]:
    """Rows by community, largest first. Rows are numbers, so that no order depends on a hash."""
    pairs = overlap.tocoo()
    row, column = pairs.coords
    projection = nx.Graph()
    projection.add_nodes_from(range(overlap.shape[0]))
    projection.add_weighted_edges_from(sorted(zip(row.tolist(), column.tolist(), pairs.data.tolist(), strict=True)))
    found = nx.community.louvain_communities(projection, weight="weight", seed=seed)
    return sorted(map(sorted, found), key=lambda members: (-len(members), members))


def _cohesion(overlap: sparse.csr_array[Any], members: list[int]) -> float:
    pairs = len(members) * (len(members) - 1) / 2
    return float(overlap[members][:, members].sum() / pairs) if pairs else float("nan")


def _characteristic(asked: sparse.csr_array[Any], members: list[int]) -> list[int]:
    """Concepts that mark a family off, the most distinctive first."""
    others = np.setdiff1d(np.arange(asked.shape[0]), members)
    inside, outside = (_share_asking(asked, rows) for rows in (np.array(members), others))
    # Half a row of slack: a share times a number is not always whole again.
    marks = (inside * len(members) > 1.5) & (inside > outside)
    order = np.lexsort((np.arange(len(inside)), outside - inside))
    return [int(c) for c in order if marks[c]][:_NAMED]


def _share_asking(asked: sparse.csr_array[Any], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.asarray(asked[rows].sum(axis=0) / max(len(rows), 1), dtype=np.float64)
