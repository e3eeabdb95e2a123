from pathlib import Path

import pandas as pd
import pytest

from burden.model.findings import InventoryError
from burden.model.messages import text
from burden.sources.tables import read_table_file, table_csv, write_table

WORDS = ["=1+1", "'=1+1", "+33 1", "-x", "@SUM(A1)", "l'an", "'a'", "a\nb", 'say "so"', ""]


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    table = pd.DataFrame({"=what": WORDS, "hours": range(len(WORDS))}).astype("str")
    write_table(table, tmp_path / "t.csv")
    pd.testing.assert_frame_equal(read_table_file(tmp_path / "t.csv", "t.csv", text("Correct it.")), table)


def test_no_cell_of_a_written_table_runs_in_a_spreadsheet() -> None:
    cells = [line.split(",")[0] for line in table_csv(pd.DataFrame({"=w": WORDS[:5]})).splitlines()]
    assert all(cell.startswith("'") for cell in cells)


@pytest.mark.parametrize("content", [b"", b"a\n\xe9", b'a,b\n"1,2\n'])
def test_a_table_that_cannot_be_read_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(InventoryError, match=r"t\.csv: it cannot be read"):
        read_table_file(tmp_path / "t.csv", "t.csv", text("Correct it."))
