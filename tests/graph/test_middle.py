from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build, in_the_middle
from burden.model.inventory import Inventory, from_frames


def test_every_authority_is_counted(graph: nx.MultiDiGraph) -> None:
    table = in_the_middle(graph).set_index("authority")
    assert table["required"].to_dict() == {
        "gov": 1, "drees": 1, "dept": 3, "crip": 0, "ars": 0, "judge": 0, "cse": 0,
    }  # fmt: skip
    assert table["received"].to_dict() == {
        "gov": 0, "drees": 1, "dept": 2, "crip": 1, "ars": 1, "judge": 1, "cse": 1,
    }  # fmt: skip


def test_the_authority_that_ties_most_comes_first(graph: nx.MultiDiGraph) -> None:
    assert in_the_middle(graph)["authority"].iloc[0] == "dept"


def test_betweenness_of_a_bridge_is_worked_by_hand(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    # essms – ACC – dept – BUD – essms is a square: of its two opposite pairs, (ACC, BUD) has two
    # shortest paths, one through dept. Ten nodes are in the graph: 9 · 8 / 2 = 36 pairs.
    obligations = tables["obligations"].query("obligation_id in ('BUD', 'ACC')")
    inv = make(
        obligations=obligations,
        duties=tables["duties"].query("obligation_id in ('BUD', 'ACC')"),
        actors=tables["actors"].query("actor_id == 'essms'"),
        feeds=tables["feeds"].iloc[:0],
        asked={},
        reached={"BUD": "dept"},
    )
    table = in_the_middle(build(inv)).set_index("authority")
    assert table["betweenness"]["dept"] == pytest.approx(0.5 / 36)


def test_an_audience_is_marked(graph: nx.MultiDiGraph) -> None:
    table = in_the_middle(graph)
    assert table.loc[table["audience"], "authority"].tolist() == ["cse"]


def test_a_sample_of_all_nodes_is_exact(graph: nx.MultiDiGraph) -> None:
    assert in_the_middle(graph, sample=10_000).equals(in_the_middle(graph))


def test_a_sample_is_the_same_for_the_same_seed(graph: nx.MultiDiGraph) -> None:
    assert in_the_middle(graph, sample=4, seed=1).equals(in_the_middle(graph, sample=4, seed=1))


def test_a_sample_of_nothing_is_refused(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(ValueError, match="a sample of 0 nodes"):
        in_the_middle(graph, sample=0)


def test_concepts_do_not_tie_authorities(graph: nx.MultiDiGraph) -> None:
    without = graph.copy()
    without.remove_nodes_from([n for n, k in graph.nodes(data="kind") if k == "concept"])
    assert isinstance(without, nx.MultiDiGraph)
    assert in_the_middle(without).equals(in_the_middle(graph))


def test_an_empty_inventory_has_nobody_in_the_middle() -> None:
    assert in_the_middle(build(from_frames("empty", {}))).empty
