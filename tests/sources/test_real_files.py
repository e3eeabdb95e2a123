"""Files as administrations publish them, where they are at hand beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from burden.sources.delimited import read_rows

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def real(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    return path


def test_every_row_of_the_establishment_categories_of_finess_is_read() -> None:
    path = real("finess/categories_etablissement.csv")
    with path.open("rb") as stream:
        rows, findings = read_rows(stream, path.name)
    assert findings == []
    assert {len(r.cells) for r in rows} == {15}
    assert [len(r.cells[0]) for r in rows[1:]] == [3] * (len(rows) - 1)


def test_every_published_csv_is_read_without_a_fault() -> None:
    real("")
    for path in FOLDER.rglob("*.csv"):
        with path.open("rb") as stream:
            rows, findings = read_rows(stream, path.name)
        assert (path.name, findings, len({len(r.cells) for r in rows})) == (path.name, [], 1)
