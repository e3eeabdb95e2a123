"""Ways to break files: each takes the files of a folder as bytes, and a draw of its own."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from hypothesis import strategies as st

Files = dict[str, bytes]
Table = list[list[str]]
Breaking = Callable[[Files, Random], None]

ODD = (
    "",
    " ",
    "NaN",
    "nan",
    "None",
    "NA",
    "inf",
    "-inf",
    "1e308",
    "1e999",
    "-0",
    "-0.0",
    "-1",
    "0",
    "0,5",
    "1 234,5",
    "9" * 40,
    "9" * 5000,
    "1e-320",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "31/02/2025",
    "2025-13-01",
    "P0D",
    "P1Y",
    "P9999999Y",
    "-P1Y",
    "PT1S",
    "event",
    "once",
    "true",
    "maybe",
    "text",
    "=1+1",
    "'=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+33",
    "a;b",
    "a|b",
    "|",
    "||",
    "\u202eesrever",
    "عربى",
    "ا|ب",
    "\ufeff",
    "\u200b",
    "a\nb",
    "a\r\nb",
    "a\tb",
    '"',
    '""',
    "'",
    "\\",
    "{",
    "{0}",
    "{value}",
    "%s",
    "<script>alert(1)</script>",
    "&amp;",
    "]]>",
    "x" * 10_000,
    "x" * 200_000,
    "\x07",
    "\x00",
    "é",
    "e\u0301",
    "𝔘",
    "N+1:02-29",
    "N:13-45",
    "ERRD",
    "CPOM",
    "ars",
    "siret",
    "establishment",
    "elderly",
    "essms",
    "operator",
    "person",
)
"""What stands in cells that nobody expected."""


def table_of(content: bytes) -> Table:
    """The rows of a CSV file; none of one that is broken too far already."""
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8", "replace"))))
    except csv.Error:
        return []


def bytes_of(table: Table, delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", delimiter=delimiter).writerows(table)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _on_table(change: Callable[[Table, Random], None]) -> Breaking:
    def breaking(files: Files, draw: Random) -> None:
        name = draw.choice(sorted(n for n in files if n.endswith(".csv")))
        table = table_of(files[name])
        if table and table[0]:
            change(table, draw)
            files[name] = bytes_of(table)

    return breaking


def _on_bytes(change: Callable[[bytes, Random], bytes]) -> Breaking:
    def breaking(files: Files, draw: Random) -> None:
        name = draw.choice(sorted(files))
        files[name] = change(files[name], draw)

    return breaking


def _drop_row(table: Table, draw: Random) -> None:
    del table[draw.randrange(len(table))]


def _twice_row(table: Table, draw: Random) -> None:
    table.insert(draw.randrange(len(table) + 1), list(draw.choice(table)))


def _drop_column(table: Table, draw: Random) -> None:
    at = draw.randrange(len(table[0]))
    for row in table:
        del row[at : at + 1]


def _twice_column(table: Table, draw: Random) -> None:
    at = draw.randrange(len(table[0]))
    for row in table:
        row.append(row[at] if at < len(row) else "")


def _rename_column(table: Table, draw: Random) -> None:
    table[0][draw.randrange(len(table[0]))] = draw.choice((*ODD, *table[0]))


def _swap_cells(table: Table, draw: Random) -> None:
    (a, b), (c, d) = _cell(table, draw), _cell(table, draw)
    table[a][b], table[c][d] = table[c][d], table[a][b]


def _odd_cell(table: Table, draw: Random) -> None:
    row, column = _cell(table, draw)
    table[row][column] = draw.choice(ODD)


def _odd_column(table: Table, draw: Random) -> None:
    at, value = draw.randrange(len(table[0])), draw.choice(ODD)
    for row in table[1:]:
        row[at : at + 1] = [value]


def _key_for_reference(table: Table, draw: Random) -> None:
    """Self references and cycles: a key of the table where a reference stands."""
    references = [n for n, c in enumerate(table[0]) if c.endswith(("_id", "_ids"))][1:]
    if references and len(table) > 1:
        row = draw.choice(table[1:])
        at = draw.choice(references)
        row[at : at + 1] = [draw.choice(table[1:])[0]]


def _parent(table: Table, draw: Random) -> None:
    """A parent for every row, in whatever order."""
    if "parent_id" not in table[0]:
        table[0].append("parent_id")
    at = table[0].index("parent_id")
    for row in table[1:]:
        row.extend([""] * (at + 1 - len(row)))
        row[at] = draw.choice(table[1:])[0]


def _feeds(files: Files, draw: Random) -> None:
    """Tools that feed one another in a circle."""
    table = table_of(files["obligations.csv"])
    if table and table[0] and "feeds_ids" not in table[0]:
        table[0].append("feeds_ids")
        for row in table[1:]:
            row.extend([""] * (len(table[0]) - 1 - len(row)) + [draw.choice(table)[0]])
        files["obligations.csv"] = bytes_of(table)


def _cell(table: Table, draw: Random) -> tuple[int, int]:
    row = draw.choice([n for n, r in enumerate(table) if r] or [0])
    return row, draw.randrange(len(table[row]))


def _descriptor(files: Files, draw: Random) -> None:
    said = {
        "includes": draw.choice(
            [
                ".",
                "..",
                ["."],
                ["../inventory"],
                ["../.."],
                ["/etc"],
                [""],
                [1],
                [None],
                {"a": 1},
                ["x" * 5000],
                ["\0"],
                ["a/../.."],
            ]
        ),
        "title": draw.choice([None, 1, "\ud800", "{x}", "x" * 10_000, ["a"], "=1+1"]),
        "resources": draw.choice([None, 1, [{}], [{"path": "../a.csv"}], [{"path": 1}], [{"path": "\0"}], []]),
    }
    kept = draw.sample(sorted(said), draw.randint(1, 3))
    files["datapackage.json"] = json.dumps({k: said[k] for k in kept}).encode()


def _encode(content: bytes, draw: Random) -> bytes:
    encoding = draw.choice(["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252", "utf-32", "utf-7", "cp037"])
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def _delimit(content: bytes, draw: Random) -> bytes:
    return bytes_of(table_of(content), draw.choice(";\t| :"))


def _truncate(content: bytes, draw: Random) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def _flip(content: bytes, draw: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 8) if content else 0):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _insert(content: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(ODD).encode("utf-8", "surrogatepass") + content[at:]


def _remove_file(files: Files, draw: Random) -> None:
    if len(files) > 1:
        del files[draw.choice(sorted(files))]


def _rename_file(files: Files, draw: Random) -> None:
    files[draw.choice(["calls.csv", "x.csv", "holdings.csv", "sources.csv", "obligations.xlsx"])] = files[
        draw.choice(sorted(files))
    ]


OF_BYTES: tuple[Breaking, ...] = tuple(
    map(_on_bytes, (_encode, _truncate, _flip, _insert, lambda _content, _draw: b""))
)
OF_TABLES: tuple[Breaking, ...] = (
    *map(
        _on_table,
        (
            _drop_row, _twice_row, _drop_column, _twice_column, _rename_column, _swap_cells, _odd_cell, _odd_cell,
            _odd_cell, _odd_cell, _odd_column, _odd_column, _key_for_reference, _key_for_reference, _parent,
        ),
    ),
    _on_bytes(_delimit), _remove_file, *OF_BYTES,
)  # fmt: skip
OF_INVENTORIES: tuple[Breaking, ...] = (*OF_TABLES, *OF_TABLES, _descriptor, _feeds, _rename_file)


_BARE = ("nan", "inf", "1e308", "-0", "{}", "[]", "null", "true")
_REFERENCES = (
    b"A1",
    b"XFD1048576",
    b"A0",
    b"1048577",
    b"-1",
    b"0",
    b"99999999999",
    b"e",
    b"s",
    b"n",
    b"str",
    b"b",
    b"",
)
_ELEMENTS = re.compile(
    rb"<(\w+:)?(c|row|table-cell|table-row|table|sheet)\b[^>]*?(/>|>.{0,500}?</(\w+:)?\2>)", re.DOTALL
)


def _odd_word(content: bytes, draw: Random) -> bytes:
    """Another word between quotes, or another number."""
    written = content.decode("utf-8", "replace")
    found = list(re.finditer(r'"[^"\n]*"|(?<== )-?[\d.]+|\b[a-z_]{3,}\b', written))
    if not found:
        return content
    at = draw.choice(found)
    nested = "[" * draw.choice([1, 9, 99_999])
    odd = draw.choice(ODD)
    others = [odd, f'"{odd}"', json.dumps(odd), draw.choice(found)[0], nested, *_BARE]
    other = draw.choice(others)
    return (written[: at.start()] + other + written[at.end() :]).encode("utf-8", "surrogatepass")


def _move_line(content: bytes, draw: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        lines.insert(draw.randrange(len(lines)), draw.choice(lines))
        del lines[draw.randrange(len(lines))]
    return b"".join(lines)


OF_OBJECTS: tuple[Breaking, ...] = (*OF_BYTES, *map(_on_bytes, (_odd_word, _odd_word, _odd_word, _move_line)))


def _xml_text(content: bytes, draw: Random) -> bytes:
    """Another value in a cell."""
    found = list(re.finditer(rb"(?<=>)[^<>]+(?=</)", content))
    if not found:
        return content
    at = draw.choice(found)
    other = escape(draw.choice(ODD)).encode()
    return content[: at.start()] + other + content[at.end() :]


def _xml_attribute(content: bytes, draw: Random) -> bytes:
    found = list(re.finditer(rb'(?<==")[^"<>]*(?=")', content))
    if not found:
        return content
    at = draw.choice(found)
    other = draw.choice(
        [b"A1", b"XFD1048576", b"-1", b"0", b"99999999999", b"e", b"s", b"n", b"str", b"b", b"", b"A0", b"1048577"]
    )
    return content[: at.start()] + other + content[at.end() :]


def _xml_element(content: bytes, draw: Random) -> bytes:
    """An element twice, or gone."""
    found = list(
        re.finditer(
            rb"<(\w+:)?(c|row|table-cell|table-row|table|sheet)\b[^>]*?(/>|>.{0,500}?</(\w+:)?\2>)", content, re.DOTALL
        )
    )
    if not found:
        return content
    at = draw.choice(found)
    return content[: at.start()] + at[0] * draw.choice([0, 2, 5]) + content[at.end() :]


def _on_parts(change: Callable[[bytes, Random], bytes]) -> Breaking:
    """Sheets rather than styles."""

    def breaking(files: Files, draw: Random) -> None:
        sheets = sorted(
            n for n in files if "sheet" in n.lower() or "haredS" in n or n in ("content.xml", "xl/workbook.xml")
        )
        name = draw.choice([*sheets, *sheets, *sorted(files)]) if files else ""
        if name:
            files[name] = change(files[name], draw)

    return breaking


OF_WORKBOOKS: tuple[Breaking, ...] = (
    *map(_on_parts, (_truncate, _flip, _xml_text, _xml_text, _xml_text, _xml_attribute, _xml_attribute, _xml_element)),
    _remove_file,
)  # fmt: skip


def breakings(ways: tuple[Breaking, ...]) -> st.SearchStrategy[list[tuple[Breaking, int]]]:
    """A few ways to break, composed, each with the seed of its draw."""
    return st.lists(st.tuples(st.sampled_from(ways), st.integers(0, 2**32)), min_size=1, max_size=4)


def broken(files: Files, composed: list[tuple[Breaking, int]]) -> Files:
    """The files once broken; those given stay whole."""
    changed = dict(files)
    for breaking, seed in composed:
        breaking(changed, Random(seed))
    return changed
