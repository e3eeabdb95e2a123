import math
from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build, families
from burden.model.inventory import Inventory, from_frames

TWO_BLOCKS = {
    "BUD": "siret costs balance",
    "ACC": "siret costs balance capacity",
    "SUR": "siret staff residents",
    "CSE": "siret staff residents",
    "INC": "siret facts",
}


@pytest.fixture
def blocks(make: Callable[..., Inventory]) -> pd.DataFrame:
    return families(build(make(asked=TWO_BLOCKS)))


def test_obligations_that_share_concepts_are_one_family(blocks: pd.DataFrame) -> None:
    members = blocks.groupby("family")["obligation"].agg(sorted).tolist()
    assert members == [["ACC", "BUD"], ["CSE", "SUR"], ["INC"]]


def test_concepts_of_the_family_only_characterise_it(blocks: pd.DataFrame) -> None:
    assert blocks.groupby("family")["shared"].first().tolist() == ["balance|costs", "residents|staff", ""]


def test_a_concept_that_one_member_asks_characterises_nothing(make: Callable[..., Inventory]) -> None:
    found = families(build(make(asked={"BUD": "costs facts", "ACC": "costs"})))
    assert found["shared"].iloc[0] == "costs"


def test_cohesion_is_the_mean_overlap_of_the_pairs(blocks: pd.DataFrame) -> None:
    first, second, alone = blocks.groupby("family")["cohesion"].first()
    assert (first, second) == pytest.approx((2 / 3, 1.0))
    assert math.isnan(alone)


def test_identifiers_tie_nothing_unless_asked_for(make: Callable[..., Inventory]) -> None:
    asked = dict.fromkeys(TWO_BLOCKS, "siret")
    graph = build(make(asked=asked))
    assert families(graph)["family"].nunique() == 5
    assert families(graph, identifiers=True)["family"].nunique() == 1


def test_identifiers_are_not_counted_unless_asked_for(make: Callable[..., Inventory]) -> None:
    graph = build(make(asked=TWO_BLOCKS))
    assert families(graph).set_index("obligation")["concepts"]["BUD"] == 2
    assert families(graph, identifiers=True).set_index("obligation")["concepts"]["BUD"] == 3


def test_the_same_seed_gives_the_same_table(graph: nx.MultiDiGraph) -> None:
    assert families(graph, seed=3).equals(families(graph, seed=3))


def test_every_obligation_has_one_family(graph: nx.MultiDiGraph) -> None:
    assert sorted(families(graph)["obligation"]) == ["ACC", "BUD", "CSE", "INC", "SUR"]


def test_an_inventory_without_obligations_has_no_family() -> None:
    assert families(build(from_frames("empty", {}))).empty
