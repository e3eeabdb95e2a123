from __future__ import annotations

from collections.abc import Callable

import numpy as np

from burden.model import schema
from burden.model.completeness import completeness, evidence_counts
from burden.model.inventory import Inventory, from_frames

Sound = Callable[..., Inventory]


def test_every_column_of_every_table_has_a_row_in_order() -> None:
    table = completeness(from_frames("empty", {}))
    expected = [(t.table, c) for t in schema.tables().values() for c in t.columns]
    assert list(table[["table", "column"]].itertuples(index=False, name=None)) == expected


def test_a_table_without_rows_has_no_share() -> None:
    table = completeness(from_frames("empty", {}))
    assert table["rows"].unique().tolist() == [0]
    assert table["filled_share"].isna().all()


def test_filled_cells_are_counted_by_column(sound: Sound) -> None:
    table = completeness(sound(requests=[{"label_fr": "b", "complexity": None}])).set_index(["table", "column"])
    assert table.loc[("requests", "complexity"), ["rows", "filled", "filled_share"]].tolist() == [2, 1, 0.5]


def test_an_empty_list_is_not_filled(sound: Sound) -> None:
    table = completeness(sound()).set_index(["table", "column"])
    assert table.loc[("duties", "required_tags"), "filled"] == 0


def test_false_and_zero_are_filled(sound: Sound) -> None:
    inv = sound(obligations={"protected": False, "usual_share": 0})
    table = completeness(inv).set_index(["table", "column"])
    assert table.loc["obligations"].loc[["protected", "usual_share"], "filled"].tolist() == [1, 1]


def test_the_required_columns_are_marked() -> None:
    table = completeness(from_frames("empty", {}))
    assert table.query("table == 'silos'")["required"].tolist() == [True, True, False]


def test_a_sound_inventory_has_every_required_cell(sound: Sound) -> None:
    table = completeness(sound()).query("required and rows > 0")
    assert (table["filled_share"] == 1).all()


def test_rows_are_counted_by_evidence_from_the_surest(sound: Sound) -> None:
    rows = [{"label_fr": "b", "evidence": "recalled"}, {"label_fr": "c"}, {"label_fr": "d", "evidence": None}]
    counts = evidence_counts(sound(requests=rows)).query("table == 'requests'")
    assert counts[["evidence", "rows"]].to_numpy().tolist() == [["text", 2], ["recalled", 1], ["", 1]]


def test_every_row_of_a_table_with_evidence_is_counted_once(sound: Sound) -> None:
    inv = sound()
    totals = evidence_counts(inv).groupby("table")["rows"].sum()
    assert {t: int(n) for t, n in totals.items()} == {t: len(inv[t]) for t in totals.index}


def test_both_tables_come_out_the_same_twice(sound: Sound) -> None:
    inv = sound()
    assert completeness(inv).equals(completeness(inv))
    assert np.array_equal(evidence_counts(inv), evidence_counts(inv))
