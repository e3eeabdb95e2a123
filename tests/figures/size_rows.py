"""A structure at four sizes, and the controls of one home, written row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd

_BOUNDS = {"_low": 0.5, "": 1.0, "_high": 3.0}


def curve() -> pd.DataFrame:
    """50 h whatever the size and 3 h for each of 10, 50 (B starts there, 10 h) and 100 staff; 100 is today's."""
    rows = [
        (0.1, 10.0, 80.0, 50.0, ""), (0.5 - 1e-12, 50.0 - 1e-10, 200.0, 50.0, ""), (0.5, 50.0, 210.0, 60.0, "B"),
        (1.0, 100.0, 360.0, 60.0, ""),
    ]  # fmt: skip
    told = pd.DataFrame(rows, columns=["factor", "size", "hours", "fixed", "starts"])
    frame = told[["factor", "size", "starts"]].assign(
        unit_id="op", population_id="staff", each=10.0, stops="", rows_unmeasured=2,
        fixed_share=told["fixed"] / told["hours"],
    )  # fmt: skip
    for bound, factor in _BOUNDS.items():
        frame[f"hours_per_year{bound}"] = told["hours"] * factor
        frame[f"fixed_h{bound}"] = told["fixed"] * factor
        frame[f"hours_each{bound}"] = told["hours"] * factor * 10.0 / told["size"]
        frame[f"fixed_each{bound}"] = told["fixed"] * factor * 10.0 / told["size"]
    return frame


def stack() -> pd.DataFrame:
    """A 100 h, three quarters in common; B 50 h, all alone; C 10 h without criteria; D not timed."""
    rows = [
        ("A", 1.0, 100.0, 40.0, 4, 3, 75.0, np.nan, 1), ("B", 5.0, 50.0, 10.0, 2, 0, 0.0, 7000.0, 0),
        ("C", 0.5, 10.0, 0.0, None, None, np.nan, np.nan, 0), ("D", 1.0, np.nan, np.nan, 1, 1, np.nan, np.nan, 2),
    ]  # fmt: skip
    columns = ["obligation_id", "occurrences", "respondent_h", "authority_h", "criteria", "common",
               "common_respondent_h", "external_eur_low", "rows_unmeasured"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    counted = {c: frame[c].astype("Int64") for c in ("criteria", "common")}
    return frame.assign(
        **counted, respondent_h_low=frame["respondent_h"] / 2, respondent_h_high=frame["respondent_h"] * 3,
        external_eur_high=frame["external_eur_low"] + 3000.0,
    )  # fmt: skip
