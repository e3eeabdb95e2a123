from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.graph import build, counterparts, impact, in_the_middle, owed_by
from burden.model import schema
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory, frames, from_frames, select, with_tables
from burden.model.portfolio import Portfolio, portfolio_from_frame


def relation_counts(graph: nx.MultiDiGraph) -> dict[str, int]:
    return pd.Series([k for _, _, k in graph.edges(keys=True)]).value_counts().to_dict()


def test_each_row_is_one_node_of_its_kind(graph: nx.MultiDiGraph) -> None:
    kinds = pd.Series(dict(graph.nodes(data="kind"))).value_counts().to_dict()
    assert kinds == {"legal_base": 2, "obligation": 5, "actor": 4, "authority": 7, "concept": 7}


def test_each_relation_has_its_edges(graph: nx.MultiDiGraph) -> None:
    # asks: 4 + 4 (staff twice in one tool is one edge) + 4 + 1 + 1; one exchange of three is barred.
    assert relation_counts(graph) == {
        "founds": 5, "falls_on": 6, "requires": 5, "reaches": 7, "asks": 14,
        "holds": 2, "may_pass": 2, "feeds": 1, "is_a": 2, "belongs_to": 2,
    }  # fmt: skip


def test_several_requests_of_one_concept_are_one_edge_with_their_number_and_labels(graph: nx.MultiDiGraph) -> None:
    edge = graph.edges["obligation:ACC", "concept:staff", "asks"]
    assert (edge["count"], edge["labels"]) == (2, "staff 1 | staff 2")


def test_an_edge_from_several_rows_has_the_surest_evidence(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    rows = tables["requests"]
    doubtful = rows.assign(evidence=["recalled" if x == "staff 1" else "secondary" for x in rows["label_fr"]])
    edge = build(make(requests=doubtful)).edges["obligation:ACC", "concept:staff", "asks"]
    assert edge["evidence"] == "secondary"


def test_legal_bases_keep_their_order_of_importance(graph: nx.MultiDiGraph) -> None:
    ranks = [graph.edges[f"legal_base:{b}", "obligation:BUD", "founds"]["rank"] for b in ("L1", "D1")]
    assert ranks == [1, 2]


def test_an_exchange_lists_concepts_statuses_and_bases_in_step(graph: nx.MultiDiGraph) -> None:
    edge = graph.edges["authority:dept", "authority:ars", "may_pass"]
    assert (edge["concepts"], edge["statuses"], edge["legal_bases"]) == ("capacity", "operational", "D1")


def test_a_barred_exchange_is_no_edge(graph: nx.MultiDiGraph) -> None:
    assert not graph.has_edge("authority:dept", "authority:drees", "may_pass")


def test_conditions_of_a_duty_are_said(graph: nx.MultiDiGraph) -> None:
    assert graph.edges["obligation:SUR", "actor:mecs", "falls_on"]["conditions"] == "staff>=50"
    assert graph.edges["obligation:BUD", "actor:essms", "falls_on"]["conditions"] == "budget"


def test_several_conditional_duties_are_alternatives(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    again = tables["duties"].iloc[[0]].assign(required_tags="", excluded_tags="eprd", territories="59|62")
    duties = pd.concat([tables["duties"], again], ignore_index=True)
    edge = build(make(duties=duties)).edges["obligation:BUD", "actor:essms", "falls_on"]
    assert edge["conditions"] == "!eprd & territory=59,62 | budget"


def test_one_duty_without_condition_makes_the_edge_unconditional(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    duties = pd.concat([tables["duties"], tables["duties"].iloc[[0]].assign(required_tags="")])
    edge = build(make(duties=duties)).edges["obligation:BUD", "actor:essms", "falls_on"]
    assert (edge["conditional"], edge["conditions"]) == (False, "")


def test_every_attribute_is_plain(graph: nx.MultiDiGraph, graph_of_units: nx.MultiDiGraph) -> None:
    attributes = [
        attributes
        for g in (graph, graph_of_units)
        for part in (g.nodes(data=True), g.edges(data=True))
        for *_, attributes in part
    ]
    kinds = {type(v) for d in attributes for v in d.values()}
    assert kinds <= {str, int, float, bool}
    assert not any(pd.isna(v) for d in attributes for v in d.values())


def test_an_unknown_yes_or_no_is_absent_and_an_unknown_text_empty(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    obligations = tables["obligations"].assign(protected=[True, False, None, None, None])
    nodes = build(make(obligations=obligations)).nodes
    assert [nodes[f"obligation:{o}"].get("protected") for o in ("BUD", "ACC", "SUR")] == [True, False, None]
    assert nodes["obligation:BUD"]["purpose"] == ""


def test_a_date_is_a_text(make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]) -> None:
    dated = tables["legal_bases"].assign(valid_from=pd.to_datetime(["2002-01-02", None]))
    nodes = build(make(legal_bases=dated)).nodes
    assert [nodes[f"legal_base:{b}"]["valid_from"] for b in ("L1", "D1")] == ["2002-01-02", ""]


def test_a_reference_to_nothing_is_an_error_with_its_place(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame]
) -> None:
    inv = with_tables(make(), {"obligations": tables["obligations"].iloc[1:]})
    with pytest.raises(InventoryError, match="'BUD' is not in obligations"):
        build(inv)


def test_an_empty_inventory_is_an_empty_graph() -> None:
    assert build(from_frames("empty", {})).number_of_nodes() == 0


def test_the_order_of_rows_does_not_change_the_graph(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame], graph: nx.MultiDiGraph
) -> None:
    shuffled = build(make(**{t: f.sample(frac=1, random_state=1) for t, f in tables.items()}))
    assert nx.node_link_data(shuffled, edges="edges") == nx.node_link_data(graph, edges="edges")


def test_actors_count_their_units(graph_of_units: nx.MultiDiGraph) -> None:
    counts = {a: (d["units"], d["units_below"]) for a, d in graph_of_units.nodes(data=True) if "units" in d}
    assert counts == {
        "actor:aemo": (1, 1), "actor:essms": (0, 3), "actor:mecs": (2, 2), "actor:operator": (1, 1),
    }  # fmt: skip


def test_a_duty_leads_to_the_types_of_the_units_it_falls_on(graph_of_units: nx.MultiDiGraph) -> None:
    found = {
        (u.split(":")[1], v.split(":")[1]): (d["units"], d["units_unknown"], d["through"])
        for u, v, k, d in graph_of_units.edges(keys=True, data=True)
        if k == "falls_on"
    }
    assert found == {
        ("BUD", "mecs"): (1, 0, "essms"),
        ("BUD", "aemo"): (1, 0, "essms"),
        ("ACC", "mecs"): (2, 0, "essms"),
        ("ACC", "aemo"): (1, 0, "essms"),
        ("SUR", "mecs"): (1, 1, "mecs"),
        ("INC", "mecs"): (2, 0, "mecs"),
        ("INC", "aemo"): (1, 0, "aemo"),
        ("CSE", "operator"): (1, 0, "operator"),
    }


def test_only_the_duty_that_reaches_the_units_is_named(
    make: Callable[..., Inventory], tables: dict[str, pd.DataFrame], portfolio: Portfolio
) -> None:
    again = tables["duties"].iloc[[0]].assign(actor_id="mecs", required_tags="eprd")
    duties = pd.concat([tables["duties"], again], ignore_index=True)
    edges = build(make(duties=duties), portfolio=portfolio).edges
    through = [edges["obligation:BUD", f"actor:{a}", "falls_on"]["through"] for a in ("mecs", "aemo")]
    assert through == ["essms|mecs", "essms"]


def test_an_exempt_unit_is_not_counted(make: Callable[..., Inventory]) -> None:
    units = pd.DataFrame({
        "unit_id": ["a", "b"], "operator_id": "o", "actor_id": "aemo", "exempt_obligation_ids": ["ACC", ""],
    })  # fmt: skip
    graph = build(make(), portfolio=portfolio_from_frame("two", units))
    assert graph.edges["obligation:ACC", "actor:aemo", "falls_on"]["units"] == 1


def test_a_selection_can_be_built_with_the_whole_portfolio(make: Callable[..., Inventory]) -> None:
    units = pd.DataFrame({
        "unit_id": ["a"], "operator_id": "o", "actor_id": "aemo", "exempt_obligation_ids": ["ACC"],
    })  # fmt: skip
    graph = build(select(make(), obligation="INC"), portfolio=portfolio_from_frame("one", units))
    assert owed_by(graph, "aemo")["obligation"].tolist() == ["INC"]


def renamed(inv: Inventory, orders: dict[str, list[int]]) -> Inventory:
    """The inventory with every identifier of some tables replaced, wherever it is named."""
    names = {
        t: {old: f"n{new}" for old, new in zip(inv[t].iloc[:, 0], order, strict=True)} for t, order in orders.items()
    }
    changed = {}
    for name, table in frames(inv).items():
        for column in schema.tables()[name].columns.values():
            target = column.refers_to[0] if column.refers_to else name
            own_key = (column.column,) == schema.tables()[name].primary_key
            if target in names and (column.refers_to or own_key):
                new = names[target]
                table[column.column] = [
                    x if pd.isna(x) else "|".join(new.get(p, p) for p in x.split("|")) for x in table[column.column]
                ]
        changed[name] = table
    return from_frames(inv.name, changed)


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_renaming_identifiers_changes_no_count(make: Callable[..., Inventory], data: st.DataObject) -> None:
    inv = make()
    tables = ["authorities", "actors", "obligations", "concepts", "legal_bases"]
    orders = {t: data.draw(st.permutations(range(len(inv[t])))) for t in tables}
    other = renamed(inv, orders)
    assert counted(build(other)) == counted(build(inv))


def counted(graph: nx.MultiDiGraph) -> tuple[object, ...]:
    """Everything that is a number, without the names."""
    table = counterparts(graph)
    numbers = table[["obligations", "requiring", "receiving", "authorities", "audiences"]]
    effects = [
        sorted(impact(graph, n)["effect"])
        for n, kind in graph.nodes(data="kind")
        if kind in ("legal_base", "obligation", "authority")
    ]
    middle = in_the_middle(graph)[["required", "received", "betweenness"]]
    return (
        relation_counts(graph),
        sorted(map(tuple, numbers.to_numpy().tolist())),
        sorted(effects),
        sorted(map(tuple, middle.to_numpy().tolist())),
    )
