from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build, counterparts
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio


def test_each_authority_that_requires_or_receives_counts_once(graph: nx.MultiDiGraph) -> None:
    table = counterparts(graph).set_index("actor")
    assert table["authorities"].to_dict() == {"mecs": 5, "aemo": 4, "essms": 2, "operator": 1}
    assert table.loc["mecs", "authority_ids"] == "ars|crip|dept|drees|judge"


def test_requiring_and_receiving_are_told_apart(graph: nx.MultiDiGraph) -> None:
    row = counterparts(graph).set_index("actor").loc["aemo"]
    assert (row["requiring"], row["receiving"]) == (1, 4)


def test_an_audience_is_no_authority(graph: nx.MultiDiGraph) -> None:
    row = counterparts(graph).set_index("actor").loc["operator"]
    assert (row["authority_ids"], row["audiences"], row["audience_ids"]) == ("gov", 1, "cse")


def test_most_authorities_come_first(graph: nx.MultiDiGraph) -> None:
    assert counterparts(graph)["actor"].tolist() == ["mecs", "aemo", "essms", "operator"]


def test_with_a_portfolio_only_duties_on_units_count(graph_of_units: nx.MultiDiGraph) -> None:
    table = counterparts(graph_of_units).set_index("actor")
    assert table["obligations"].to_dict() == {"mecs": 4, "aemo": 3, "essms": 4, "operator": 1}


@pytest.fixture
def with_role(make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]) -> Inventory:
    """The accounts go to whoever prices: the département for mecs, nobody knows who for aemo."""
    pricing = pd.DataFrame({
        "authority_id": ["pricing"], "name_fr": "tarification", "level": "role", "evidence": "text",
    })  # fmt: skip
    return make(
        authorities=pd.concat([tables["authorities"], pricing], ignore_index=True),
        reached={"ACC": "pricing"},
        competences=pd.DataFrame({
            "actor_id": ["mecs"], "role_id": "pricing", "authority_id": "dept", "evidence": "text",
        }),
    )  # fmt: skip


def test_a_role_counts_as_the_authority_that_plays_it(with_role: Inventory) -> None:
    table = counterparts(build(with_role)).set_index("actor")
    assert table.loc["mecs", "authority_ids"] == "dept|drees"


def test_a_role_that_nobody_is_known_to_play_counts_as_itself(with_role: Inventory) -> None:
    table = counterparts(build(with_role)).set_index("actor")
    assert table.loc["aemo", "authority_ids"] == "dept|pricing"


def test_with_a_portfolio_roles_give_way_in_the_graph(with_role: Inventory, portfolio: Portfolio) -> None:
    graph = build(with_role, portfolio=portfolio)
    assert graph.has_edge("obligation:ACC", "authority:dept", "reaches")
    assert not graph.has_edge("obligation:ACC", "authority:pricing", "reaches")
