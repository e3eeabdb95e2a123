from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build, obligations_and_concepts, of_actor, of_authority, owed_by, required_by
from burden.model.inventory import Inventory


def of_kind(graph: nx.MultiDiGraph, kind: str) -> set[str]:
    return {n.split(":")[1] for n, k in graph.nodes(data="kind") if k == kind}


def test_an_actor_has_the_duties_of_its_more_general_types(graph: nx.MultiDiGraph) -> None:
    assert of_kind(of_actor(graph, "mecs"), "obligation") == {"BUD", "ACC", "SUR", "INC"}


def test_a_general_type_has_not_the_duties_of_its_special_types(graph: nx.MultiDiGraph) -> None:
    assert of_kind(of_actor(graph, "essms"), "obligation") == {"BUD", "ACC"}


def test_with_a_portfolio_a_general_type_has_the_duties_of_its_units(graph_of_units: nx.MultiDiGraph) -> None:
    assert of_kind(of_actor(graph_of_units, "essms"), "obligation") == {"BUD", "ACC", "SUR", "INC"}


def test_an_actor_is_shown_with_texts_authorities_and_concepts(graph: nx.MultiDiGraph) -> None:
    view = of_actor(graph, "aemo")
    assert of_kind(view, "legal_base") == {"L1", "D1"}
    assert of_kind(view, "authority") == {"dept", "ars", "crip", "judge"}
    assert of_kind(view, "concept") == {"siret", "capacity", "staff", "costs", "balance", "facts"}
    assert of_kind(view, "actor") == {"aemo", "essms"}


def test_a_view_keeps_the_relations_among_its_nodes(graph: nx.MultiDiGraph) -> None:
    view = of_actor(graph, "aemo")
    assert view.has_edge("authority:dept", "authority:ars", "may_pass")
    assert view.has_edge("authority:crip", "authority:dept", "belongs_to")


def test_a_view_does_not_change_with_the_graph(make: Callable[..., Inventory]) -> None:
    graph = build(make())
    view = of_actor(graph, "aemo")
    graph.remove_node("obligation:INC")
    assert "obligation:INC" in view


def test_an_authority_has_what_it_requires_or_receives(graph: nx.MultiDiGraph) -> None:
    assert of_kind(of_authority(graph, "dept", below=False), "obligation") == {"BUD", "ACC", "INC"}
    assert of_kind(of_authority(graph, "ars", below=False), "obligation") == {"BUD"}


def test_an_authority_counts_those_that_belong_to_it(graph: nx.MultiDiGraph) -> None:
    assert of_kind(of_authority(graph, "gov"), "obligation") == {"CSE", "SUR"}
    assert of_kind(of_authority(graph, "gov"), "authority") == {"gov", "drees"}


def test_an_authority_alone_leaves_out_those_below(graph: nx.MultiDiGraph) -> None:
    assert of_kind(of_authority(graph, "gov", below=False), "obligation") == {"CSE"}


def test_what_an_actor_owes_says_where_it_comes_from(graph: nx.MultiDiGraph) -> None:
    table = owed_by(graph, "mecs").set_index("obligation")
    assert table.index.tolist() == ["ACC", "BUD", "INC", "SUR"]
    assert table["inherited"].tolist() == [True, True, False, False]
    assert table["through"].tolist() == ["essms", "essms", "mecs", "mecs"]
    assert table.loc["BUD", ["required_by", "legal_bases", "recipients", "concepts"]].tolist() == [
        "dept", "L1|D1", "ars|dept", 4,
    ]  # fmt: skip


def test_with_a_portfolio_what_an_actor_owes_has_its_units(graph_of_units: nx.MultiDiGraph) -> None:
    table = owed_by(graph_of_units, "mecs").set_index("obligation")
    assert table["units"].to_dict() == {"ACC": 2, "BUD": 1, "INC": 2, "SUR": 1}
    assert table["units_unknown"].to_dict() == {"ACC": 0, "BUD": 0, "INC": 0, "SUR": 1}


def test_without_a_portfolio_there_are_no_units(graph: nx.MultiDiGraph) -> None:
    assert "units" not in owed_by(graph, "mecs")


def test_an_actor_without_duties_owes_an_empty_table(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    graph = build(make(duties=tables["duties"].query("actor_id != 'operator'")))
    assert owed_by(graph, "operator").empty


def test_what_an_authority_requires_names_only_its_own_side(graph: nx.MultiDiGraph) -> None:
    table = required_by(graph, "dept").set_index("obligation")
    assert table["recipients"].to_dict() == {"ACC": "dept", "BUD": "dept", "INC": "crip"}
    assert table["actors"].to_dict() == {"ACC": "essms", "BUD": "essms", "INC": "aemo|mecs"}


def test_a_wrong_name_is_met_with_the_nearest(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(KeyError, match="no actor 'mec': did you mean 'mecs'"):
        of_actor(graph, "mec")


def test_obligations_and_concepts_are_bipartite(graph: nx.MultiDiGraph) -> None:
    both = obligations_and_concepts(graph)
    assert nx.is_bipartite(both)
    assert both.number_of_edges() == 14
    assert sum(side == 0 for _, side in both.nodes(data="bipartite")) == 5


def test_a_circle_of_parents_ends(make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]) -> None:
    actors = tables["actors"].assign(parent_id=["mecs", "essms", "essms", None])
    view = of_actor(build(make(actors=actors)), "essms")
    assert of_kind(view, "obligation") == {"BUD", "ACC", "SUR", "INC"}
