from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burden.model import schema
from burden.model.findings import InventoryError, Place
from burden.model.inventory import (
    Inventory,
    at_least,
    dangling_references,
    difference,
    frames,
    from_frames,
    merge,
    more_general,
    obligations_on,
    select,
    with_tables,
)

Sound = Callable[..., Inventory]

SECOND = [{"obligation_id": "CA", "instrument": "accounts", "silo_id": "elderly", "evidence": "recalled"}]
ELDERLY = [{"silo_id": "elderly", "name_fr": "personnes âgées"}]


@pytest.fixture
def two(sound: Sound) -> Inventory:
    """A budget on every establishment, accounts on children's homes only, the one feeding the other."""
    return sound(
        silos=ELDERLY,
        obligations=SECOND,
        duties=[{"obligation_id": "CA", "actor_id": "mecs", "evidence": "recalled"}],
        requests=[
            {"obligation_id": "CA"},
            {"label_fr": "Places installées", "evidence": "recalled"},
        ],
        recipients=[{"obligation_id": "CA"}],
        feeds=[{"from_obligation_id": "BUD", "to_obligation_id": "CA", "evidence": "text"}],
        uses=[{"obligation_id": o, "use": "payment", "known_by": "stated", "evidence": "text"} for o in ("BUD", "CA")],
    )


def silos(**names: str) -> dict[str, pd.DataFrame]:
    return {"silos": pd.DataFrame({"silo_id": list(names), "name_fr": list(names.values())})}


def test_a_frame_taken_from_an_inventory_is_ones_own(sound: Sound) -> None:
    inv = sound()
    taken = inv.obligations
    taken.loc[0, "period"] = "P9Y"
    assert inv.obligations["period"].tolist() == ["P1Y"]


def test_an_absent_table_is_empty_with_its_columns(sound: Sound) -> None:
    assert list(sound().exchanges) == list(schema.tables()["exchanges"].columns)


def test_a_misspelt_table_is_guessed(sound: Sound) -> None:
    with pytest.raises(AttributeError, match="no table 'obligation': did you mean 'obligations'"):
        sound().obligation  # noqa: B018


def test_a_row_knows_where_it_came_from(sound: Sound) -> None:
    assert sound().place("activities", 2, "side") == Place("activities.csv", 4, "side")


def test_a_table_in_memory_has_places_too() -> None:
    assert from_frames("mine", silos(a="A", b="B")).place("silos", 1) == Place("mine/silos", 2)


def test_a_key_that_stands_twice_is_refused() -> None:
    rows = pd.DataFrame({"silo_id": ["a", "a"], "name_fr": ["A", "B"]})
    with pytest.raises(InventoryError, match="'a' already stands at mine/silos, line 1"):
        from_frames("mine", {"silos": rows})


def test_every_fault_is_raised_at_once() -> None:
    feeds = pd.DataFrame({"from_obligation_id": ["x", "y"], "to_obligation_id": ["z", "z"]})
    with pytest.raises(InventoryError) as raised:
        from_frames("mine", {"feeds": feeds})
    assert sorted(f.value for f in raised.value.findings) == ["x", "y", "z", "z"]


def test_a_reference_to_nothing_is_guessed(sound: Sound) -> None:
    (found,) = dangling_references(sound(duties={"actor_id": "esms"}))
    assert found.render() == ("duties.csv, line 2, column 'actor_id': 'esms' is not in actors. Did you mean 'essms'?")


def test_each_member_of_a_list_is_a_reference(sound: Sound) -> None:
    inv = sound(obligations={"legal_base_ids": "r314-3|zzz|yyyy"})
    assert [f.value for f in dangling_references(inv)] == ["zzz", "yyyy"]


def test_tables_without_rows_are_left_out_of_the_frames(sound: Sound) -> None:
    assert "exchanges" not in frames(sound())


def test_changed_rows_keep_their_places(sound: Sound) -> None:
    inv = sound()
    some = inv.activities.iloc[[3, 1]]
    assert [with_tables(inv, {"activities": some}).place("activities", i).line for i in (0, 1)] == [5, 3]


def test_a_new_row_has_no_place_of_another(sound: Sound) -> None:
    inv = sound()
    more = pd.concat([inv.silos, pd.DataFrame({"silo_id": ["new"], "name_fr": ["N"]})], ignore_index=True)
    assert with_tables(inv, {"silos": more}).place("silos", 1) == Place("small", None)


def test_a_row_repeated_under_one_index_has_its_place_twice(sound: Sound) -> None:
    inv = sound()
    twice = pd.concat([inv.silos, inv.silos])
    assert [with_tables(inv, {"silos": twice}).place("silos", i).line for i in (0, 1)] == [2, 2]


def test_a_change_leaves_the_inventory_as_it_was(sound: Sound) -> None:
    inv = sound()
    with_tables(inv, {"duties": inv.duties.head(0)})
    assert len(inv.duties) == 1


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ({"silo": "elderly"}, ["CA"]),
        ({"silo": ["elderly", "child-protection"]}, ["BUD", "CA"]),
        ({"instrument": "budget"}, ["BUD"]),
        ({"obligation": "CA"}, ["CA"]),
        ({"actor": "essms"}, ["BUD"]),
        ({"actor": "mecs"}, ["BUD", "CA"]),
        ({"evidence": "secondary"}, ["BUD"]),
        ({"actor": "mecs", "silo": "elderly"}, ["CA"]),
    ],
)
def test_a_selection_keeps_the_obligations_that_answer(two: Inventory, question: dict, kept: list[str]) -> None:
    assert select(two, **question).obligations["obligation_id"].tolist() == kept


@pytest.mark.parametrize("table", ["duties", "requests", "recipients", "activities", "uses"])
def test_a_selection_keeps_what_belongs_to_its_obligations(two: Inventory, table: str) -> None:
    assert set(select(two, obligation="CA")[table]["obligation_id"]) <= {"CA"}


def test_a_selection_leaves_the_vocabulary_whole(two: Inventory) -> None:
    assert select(two, obligation="CA").actors.equals(two.actors)


def test_a_feed_stays_only_with_both_its_ends(two: Inventory) -> None:
    assert (len(select(two, obligation="CA").feeds), len(select(two, obligation=["BUD", "CA"]).feeds)) == (
        0,
        1,
    )


def test_a_selection_by_evidence_judges_each_request_on_its_own(two: Inventory) -> None:
    assert select(two, evidence="text").requests["label_fr"].tolist() == ["Capacité autorisée"]


def test_the_last_step_of_the_ladder_keeps_every_fact(two: Inventory) -> None:
    assert len(at_least(two.requests, "recalled")) == len(two.requests)


def test_a_step_that_is_not_on_the_ladder_is_refused(two: Inventory) -> None:
    with pytest.raises(ValueError, match="'measured' is not one of text, old_text"):
        select(two, evidence="measured")


@pytest.mark.parametrize("question", [{"silo": "housing"}, {"obligation": "X"}, {"actor": "X"}])
def test_a_selection_of_what_is_not_there_says_so(two: Inventory, question: dict) -> None:
    with pytest.raises(KeyError, match="is not in the inventory; it has"):
        select(two, **question)


def test_more_general_types_come_nearest_first(sound: Sound) -> None:
    assert more_general(sound(), "mecs") == ["mecs", "essms"]


def test_a_circle_of_types_ends(sound: Sound) -> None:
    assert more_general(sound(actors={"parent_id": "mecs"}), "mecs") == ["mecs", "essms"]


def test_obligations_on_an_actor_include_those_of_its_general_types(two: Inventory) -> None:
    assert obligations_on(two, ["mecs"]) == ["BUD", "CA"]


@settings(max_examples=5)
@given(st.data())
def test_merging_an_inventory_with_parts_of_itself_gives_it_back(two_parts: Inventory, data: st.DataObject) -> None:
    parts = []
    for _ in range(data.draw(st.integers(0, 3))):
        table = data.draw(st.sampled_from(list(frames(two_parts))))
        rows = data.draw(st.sets(st.integers(0, len(two_parts[table]) - 1)))
        parts.append(with_tables(two_parts, {table: two_parts[table].iloc[sorted(rows)]}))
    assert difference(two_parts, merge([two_parts, *parts])).empty


@pytest.fixture(scope="module")
def two_parts(sound: Sound) -> Inventory:
    return sound(silos=ELDERLY, obligations=SECOND)


def test_merging_keeps_the_places_of_the_first(sound: Sound) -> None:
    other = from_frames("other", silos(**{"child-protection": "protection de l'enfance"}, b="B"))
    merged = merge([sound(), other])
    assert [merged.place("silos", i) for i in (0, 1)] == [Place("silos.csv", 2), Place("other/silos", 2)]


def test_merging_nothing_gives_nothing() -> None:
    assert frames(merge([])) == {}


def test_two_rows_under_one_identifier_are_shown_with_what_differs() -> None:
    with pytest.raises(InventoryError) as raised:
        merge([from_frames("one", silos(a="A")), from_frames("two", silos(a="B"))])
    assert str(raised.value) == (
        "two/silos, line 1, column 'silo_id': 'a' differs from one/silos, line 1 (name_fr: 'B' ≠ 'A')."
        " Make the two rows agree, or give one another identifier."
    )


def test_a_conflict_is_shown_even_when_both_inventories_have_one_name() -> None:
    with pytest.raises(InventoryError, match="name_fr: 'B' ≠ 'A'"):
        merge([from_frames("one", silos(a="A")), from_frames("one", silos(a="B"))])


def test_nothing_differs_from_itself(two: Inventory) -> None:
    assert difference(two, two).empty


def test_a_difference_shows_each_changed_cell(sound: Sound) -> None:
    found = difference(sound(), sound(obligations={"period": "P6M"}))
    assert found.to_numpy().tolist() == [["obligations", "BUD", "changed", "period", "P1Y", "P6M"]]


def test_a_difference_shows_an_unknown_that_became_known(sound: Sound) -> None:
    found = difference(sound(), sound(requests={"minutes": 5}))
    assert found[["key", "before", "after"]].to_numpy().tolist() == [["BUD · Capacité autorisée", "", "5.0"]]


def test_a_difference_reversed_removes_what_was_added(two: Inventory, sound: Sound) -> None:
    forth, back = difference(sound(), two), difference(two, sound())
    assert forth["change"].unique().tolist() == ["added"]
    assert back[["table", "key"]].equals(forth[["table", "key"]])
    assert back["change"].unique().tolist() == ["removed"]


def test_a_selection_names_no_obligation_that_is_gone() -> None:
    import burden as bd

    inv = bd.read(Path(__file__).parents[2] / "inventories")
    chosen = bd.select(inv, silo="child-protection")
    named = set(chosen.allocations["obligation_ids"].str.split("|").explode()) - {""}
    assert named <= set(chosen.obligations["obligation_id"])
