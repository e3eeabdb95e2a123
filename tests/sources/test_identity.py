"""What is written is read back alike, whatever the texts and numbers in it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from burden.model import schema
from burden.model.cells import to_plain
from burden.model.inventory import Inventory, from_frames
from burden.sources import read, write, write_workbook

ODD = [
    '"',
    '""',
    ",",
    ";",
    "a,b;c\td|e",
    "un\ndeux",
    "un\n\ndeux",
    "'x'",
    "=1+1",
    "+33",
    "-",
    "@x",
    "#N/A",
    "#",
    "_x0041_",
    "_x005F_",
    "00123",
    "12",
    "1e5",
    "1,5",
    "NA",
    "nan",
    "null",
    "None",
    "oui",
    "TRUE",
    "2025-01-01",
    "œuvre – « cité » …",
    "été",
    "𝔘𝔫𝔦",
    "a < b & c > d",
    "]]>",
    "&amp;",
    "%",
    "\\",
    "\\n",
    "sep=;",
    "P1Y",
]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12)
PERIODS = st.sampled_from(["P1Y", "P6M", "P1M", "P2W", "event", "once"])
DEADLINES = st.sampled_from(["N-1:10-31", "N+1:04-30|N:06-30", "event+P8D"])


def values(column: schema.Column, ids: Mapping[str, list[str]]) -> st.SearchStrategy[object]:
    if column.refers_to:
        known = st.sampled_from(ids[column.refers_to[0]])
        if column.type == "list":
            return st.lists(known, max_size=2, unique=True).map("|".join)
        return known
    simple: dict[str, st.SearchStrategy[object]] = {
        "boolean": st.booleans(),
        "period": PERIODS,
        "deadline": DEADLINES,
        "list": st.sampled_from(["", "177", "59|62"]),
        "identifier": st.sampled_from(["a-1", "b_2", "C.3"]),
        "date": st.dates().map(pd.Timestamp),
        "integer": st.integers(int(column.minimum or 0), int(column.maximum or 9)),
        "number": st.floats(column.minimum, column.maximum or 1e300),
    }
    if column.code_list:
        return st.sampled_from(list(schema.codes(column.code_list)))
    if column.type in simple:
        return simple[column.type]
    return (
        (TEXT | st.sampled_from(ODD))
        .map(lambda x: to_plain(column, x))
        .filter(lambda x: bool(x) and to_plain(column, x) == x and "Ã" not in x and "â€" not in x)
    )


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    ids = {
        t: [f"{t}-{i}" for i in range(draw(st.integers(1, 2)))]
        for t, spec in schema.tables().items()
        if len(spec.primary_key) == 1
    }
    frames = {}
    for table, spec in schema.tables().items():
        own = ids.get(table)
        rows = []
        for i in range(len(own) if own else draw(st.integers(0, 2))):
            row = {}
            for column in spec.columns.values():
                if own and column.column == spec.primary_key[0]:
                    row[column.column] = own[i]
                elif column.required or column.default or draw(st.booleans()):
                    row[column.column] = draw(values(column, ids))
            rows.append(row)
        frame = pd.DataFrame(rows, columns=list(spec.columns), dtype=object)
        frames[table] = frame[~frame[list(spec.primary_key)].fillna("").duplicated()]
    return from_frames("généré", frames)


def assert_same(inv: Inventory, back: Inventory) -> None:
    for table in schema.tables():
        pd.testing.assert_frame_equal(inv[table], back[table], check_exact=True, obj=table)


# An inventory is too large to be shrunk in a useful time; the assertion names the table and column.
unhurried = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@unhurried
@given(inv=inventories())
def test_folder(inv: Inventory) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        back = read(write(inv, Path(scratch) / "out"))
    assert_same(inv, back)
    assert back.name == inv.name


@pytest.mark.parametrize(("suffix", "language"), [("xlsx", "fr"), ("ods", "en")])
@unhurried
@given(inv=inventories())
def test_workbook(inv: Inventory, suffix: str, language: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        back = read(write_workbook(inv, Path(scratch) / f"out.{suffix}", language=language))
    assert_same(inv, back)
