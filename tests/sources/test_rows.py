from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from burden.sources.rows import Value, cell_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (75000000000012.0, "75000000000012"),
        (12, "12"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (np.float64(0.25), "0.25"),
        (date(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 31), "2025-12-31"),
        (pd.Timestamp(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 31, 0, 0, 1), "2025-12-31 00:00:01"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("  as is ", "  as is "),
    ],
)
def test_text_of_a_value(value: Value, expected: str) -> None:
    assert cell_text(value) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_loses_precision(number: float) -> None:
    assert float(cell_text(number)) == number
