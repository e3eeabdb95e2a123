import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from burden.graph import build, obligations_and_concepts, of_actor, write_graph
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory

SUFFIXES = [".graphml", ".gexf", ".json"]


def edges(graph: nx.MultiDiGraph) -> list[tuple[object, ...]]:
    """Edges with their attributes, keyed by relation whatever a format made of the key."""
    own = ("id", "networkx_key", "source", "target")
    return sorted(
        (u, v, d["relation"], sorted((k, x) for k, x in d.items() if k not in own))
        for u, v, d in graph.edges(data=True)
    )


def read(path: Path) -> nx.Graph:
    if path.suffix == ".json":
        return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    return {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}[path.suffix](path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nodes_and_their_attributes_come_back(graph_of_units: nx.MultiDiGraph, tmp_path: Path, suffix: str) -> None:
    write_graph(graph_of_units, tmp_path / f"g{suffix}")
    assert dict(read(tmp_path / f"g{suffix}").nodes(data=True)) == dict(graph_of_units.nodes(data=True))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_edges_and_their_attributes_come_back(graph_of_units: nx.MultiDiGraph, tmp_path: Path, suffix: str) -> None:
    write_graph(graph_of_units, tmp_path / f"g{suffix}")
    assert edges(read(tmp_path / f"g{suffix}")) == edges(graph_of_units)


def test_node_link_gives_the_very_graph_back(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_graph(graph, tmp_path / "g.json")
    back = read(tmp_path / "g.json")
    assert nx.utils.graphs_equal(back, graph)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_parallel_relations_of_two_authorities_both_come_back(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame], tmp_path: Path, suffix: str
) -> None:
    exchanges = tables["exchanges"].iloc[[0]].assign(from_authority_id="crip", to_authority_id="dept")
    graph = build(make(exchanges=exchanges))
    write_graph(graph, tmp_path / f"g{suffix}")
    back = read(tmp_path / f"g{suffix}")
    between = back.get_edge_data("authority:crip", "authority:dept").values()
    assert sorted(d["relation"] for d in between) == ["belongs_to", "may_pass"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_views_are_written_too(graph: nx.MultiDiGraph, tmp_path: Path, suffix: str) -> None:
    for number, view in enumerate((of_actor(graph, "mecs"), obligations_and_concepts(graph))):
        path = tmp_path / f"{number}{suffix}"
        write_graph(view, path)
        assert set(read(path)) == set(view)


@pytest.fixture(scope="module")
def written_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folders written by two processes, in which sets of texts have another order."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from conftest import small_frames\n"
        "from burden.graph import build, write_graph\n"
        "from burden.model.inventory import from_frames\n"
        "graph = build(from_frames('small', small_frames()))\n"
        "for path in sys.argv[2:]: write_graph(graph, path)"
    )
    folders = (tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two"))
    for seed, folder in enumerate(folders, start=1):
        paths = [str(folder / f"g{suffix}") for suffix in SUFFIXES]
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent), *paths],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
        )
    return folders


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_bytes_do_not_depend_on_the_run(written_twice: tuple[Path, Path], suffix: str) -> None:
    one, two = (folder / f"g{suffix}" for folder in written_twice)
    assert one.read_bytes() == two.read_bytes()


def test_a_gexf_file_does_not_tell_the_day(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_graph(graph, tmp_path / "g.gexf")
    assert b"lastmodifieddate" not in (tmp_path / "g.gexf").read_bytes()


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_each_edge_has_an_identifier_of_its_own(graph: nx.MultiDiGraph, tmp_path: Path, suffix: str) -> None:
    write_graph(graph, tmp_path / f"g{suffix}")
    text = (tmp_path / f"g{suffix}").read_text(encoding="utf-8")
    assert text.count('id="obligation:BUD|asks|concept:staff"') == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_french_and_forbidden_characters_can_be_written(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame], tmp_path: Path, suffix: str
) -> None:
    concepts = tables["concepts"].assign(name_fr="Qualité « perçue » & <suivi>\x0b\u2028")
    graph = build(make(concepts=concepts))
    write_graph(graph, tmp_path / f"g{suffix}")
    label = read(tmp_path / f"g{suffix}").nodes["concept:staff"]["label"]
    assert label.startswith("Qualité « perçue » & <suivi>")


def test_writing_does_not_change_the_graph(make: Callable[..., Inventory], tmp_path: Path) -> None:
    graph = build(make())
    before = nx.node_link_data(graph, edges="edges")
    write_graph(graph, tmp_path / "g.graphml")
    assert nx.node_link_data(graph, edges="edges") == before


def test_another_suffix_is_refused_with_the_three(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match=r"'\.png' is not a format.*\.graphml, \.gexf, \.json"):
        write_graph(graph, tmp_path / "g.png")
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_may_be_in_capitals(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_graph(graph, tmp_path / "G.JSON")
    assert json.loads((tmp_path / "G.JSON").read_text(encoding="utf-8"))["multigraph"]
