import networkx as nx
import pytest

from burden.graph.walk import downwards, node_of, owed, upwards


def test_upwards_goes_from_the_nearest(graph: nx.MultiDiGraph) -> None:
    assert upwards(graph, "authority:crip", "belongs_to") == ["authority:crip", "authority:dept"]


def test_downwards_goes_from_the_nearest(graph: nx.MultiDiGraph) -> None:
    assert downwards(graph, "actor:essms", "is_a") == ["actor:essms", "actor:aemo", "actor:mecs"]


def test_owed_names_the_type_that_bears_the_duty(graph: nx.MultiDiGraph) -> None:
    assert owed(graph, "actor:aemo") == {
        "obligation:ACC": ["actor:essms"],
        "obligation:BUD": ["actor:essms"],
        "obligation:INC": ["actor:aemo"],
    }


def test_a_name_without_a_near_one_is_refused_plainly(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(KeyError, match="no actor 'zzz'"):
        node_of(graph, "actor", "zzz")
