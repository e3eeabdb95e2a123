from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.graph import EFFECTS, build, impact
from burden.model.inventory import Inventory, obligations_on, select

SOURCE_EFFECTS = ["loses_only_source", "still_held", "still_passed"]


def pairs(found: pd.DataFrame, *effects: str) -> set[tuple[str, str]]:
    rows = found[found["effect"].isin(effects)]
    return set(zip(rows["id"], rows["detail"], strict=True))


def test_a_text_takes_down_what_rests_on_it_alone(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "legal_base:D1"), "falls") == {("ACC", "essms")}


def test_a_text_leaves_what_has_another_base(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "legal_base:D1"), "keeps_another_base") == {("BUD", "L1")}


def test_a_text_takes_down_the_exchange_it_allows(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "legal_base:D1"), "may_no_longer_pass") == {("dept", "ars|capacity")}


def test_what_falls_with_a_text_takes_its_information_along(graph: nx.MultiDiGraph) -> None:
    found = impact(graph, "legal_base:D1")
    assert pairs(found, "no_longer_asked") == {("balance", "ACC")}
    assert pairs(found, "loses_only_source") == {("balance", "dept")}


def test_a_concept_asked_only_there_loses_its_only_source(graph: nx.MultiDiGraph) -> None:
    assert ("residents", "drees") in pairs(impact(graph, "obligation:SUR"), "loses_only_source")


def test_a_concept_in_an_operational_register_is_still_held(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "obligation:SUR"), "still_held") == {("capacity", "drees")}


def test_a_planned_exchange_is_no_source(graph: nx.MultiDiGraph) -> None:
    assert ("staff", "drees") in pairs(impact(graph, "obligation:SUR"), "loses_only_source")


def test_a_concept_in_an_operational_exchange_is_still_passed(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "obligation:BUD"), "still_passed") == {("capacity", "ars")}


def test_a_barred_register_is_no_source(graph: nx.MultiDiGraph) -> None:
    assert ("staff", "ars") in pairs(impact(graph, "obligation:BUD"), "loses_only_source")


def test_a_concept_that_another_tool_brings_is_not_lost(graph: nx.MultiDiGraph) -> None:
    lost = pairs(impact(graph, "obligation:BUD"), "loses_only_source")
    assert {c for c, authority in lost if authority == "dept"} == {"capacity"}


def test_what_copied_from_a_tool_loses_it(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "obligation:BUD"), "loses_feed") == {("ACC", "BUD")}


def test_an_authority_that_receives_nothing_more_of_an_actor_is_named(graph: nx.MultiDiGraph) -> None:
    found = impact(graph, "obligation:BUD")
    assert pairs(found, "receives_nothing_more") == {("ars", "essms"), ("ars", "mecs"), ("ars", "aemo")}


def test_with_a_portfolio_the_general_type_of_the_units_loses_too(graph_of_units: nx.MultiDiGraph) -> None:
    found = impact(graph_of_units, "obligation:SUR")
    assert pairs(found, "receives_nothing_more") == {("drees", "mecs"), ("drees", "essms")}


def test_the_requests_of_an_authority_fall_with_it(graph: nx.MultiDiGraph) -> None:
    found = impact(graph, "authority:dept")
    assert set(found.loc[found["effect"] == "falls", "id"]) == {"BUD", "ACC", "INC"}


def test_an_authority_that_goes_is_not_said_to_lose(graph: nx.MultiDiGraph) -> None:
    found = impact(graph, "authority:dept")
    assert "dept" not in {d for _, d in pairs(found, *SOURCE_EFFECTS)}
    assert "dept" not in {a for a, _ in pairs(found, "receives_nothing_more")}


def test_a_report_that_only_this_authority_received_is_named(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "authority:cse"), "loses_only_recipient") == {("CSE", "gov")}


def test_a_report_that_another_authority_receives_is_kept(graph: nx.MultiDiGraph) -> None:
    assert pairs(impact(graph, "authority:crip"), "keeps_another_recipient") == {("INC", "judge")}


def test_every_effect_is_explained_in_its_order(graph: nx.MultiDiGraph) -> None:
    nodes = [n for n, k in graph.nodes(data="kind") if k not in ("actor", "concept")]
    for found in (impact(graph, n)["effect"] for n in nodes):
        ranks = found.map(list(EFFECTS).index)
        assert ranks.is_monotonic_increasing


def test_an_actor_cannot_go(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(ValueError, match="of kind actor; what can go is of kind legal_base, obl"):
        impact(graph, "actor:mecs")


def test_a_wrong_node_is_met_with_the_nearest(graph: nx.MultiDiGraph) -> None:
    with pytest.raises(KeyError, match="did you mean 'obligation:BUD'"):
        impact(graph, "obligation:BUDD")


def brought(inv: Inventory) -> set[tuple[str, str]]:
    """Concept × recipient, from the tables."""
    both = inv.requests.merge(inv.recipients, on="obligation_id")
    return set(zip(both["concept_id"], both["authority_id"], strict=True))


def received_of(inv: Inventory) -> set[tuple[str, str]]:
    """Recipient × actor, from the tables."""
    reached = inv.recipients.groupby("obligation_id")["authority_id"].agg(list)
    return {
        (authority, actor)
        for actor in inv.actors["actor_id"]
        for obligation in reached.index.intersection(obligations_on(inv, [actor]))
        for authority in reached[obligation]
    }


def some_of(*names: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(names), unique=True).map(" ".join)


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_impact_agrees_with_removing_the_obligation_from_the_inventory(
    make: Callable[..., Inventory], data: st.DataObject
) -> None:
    obligations = ["BUD", "ACC", "SUR", "INC", "CSE"]
    asked = {o: data.draw(some_of("siret", "capacity", "staff", "costs")) for o in obligations}
    reached = {o: data.draw(some_of("dept", "ars", "drees")) for o in obligations}
    gone = data.draw(st.sampled_from(obligations))
    before = make(asked=asked, reached=reached)
    after = select(before, obligation=[o for o in obligations if o != gone])
    found = impact(build(before), f"obligation:{gone}")
    assert pairs(found, *SOURCE_EFFECTS) == brought(before) - brought(after)
    assert pairs(found, "receives_nothing_more") == received_of(before) - received_of(after)
    assert {c for c, _ in pairs(found, "no_longer_asked")} == (
        set(before.requests["concept_id"]) - set(after.requests["concept_id"])
    )
