"""Tables of a call as the figures take them, worked by hand."""

from __future__ import annotations

import math

import pandas as pd


def curve(amount: float = 10_000.0, *, most: int = 10, unmeasured: int = 2, awards: int = 1) -> pd.DataFrame:
    """1,500 € for each candidate, likely between 1,000 and 3,000; half of it by those not chosen."""
    rows = []
    for number in range(1, most + 1):
        for party, each in (("losers", 0.5), ("total", 1.0)):
            rows.append((party, number, awards, amount, 1_000 * each * number, 1_500 * each * number,
                         3_000 * each * number, unmeasured))  # fmt: skip
    columns = ["party", "candidates", "awards", "amount_eur", "eur_p10", "eur_p50", "eur_p90", "rows_unmeasured"]
    return pd.DataFrame(rows, columns=columns)


def procedures() -> pd.DataFrame:
    """A call of 240 h and a grant of 30 h with four candidates, a renewal of 15 h with one, an unknown one."""
    known = {"call": (4, 40.0, 120.0, 80.0, 3), "grant": (4, 5.0, 15.0, 10.0, 0), "renewal": (1, 1.0, 0.0, 14.0, 0),
             "lottery": (4, math.nan, math.nan, math.nan, 1)}  # fmt: skip
    rows = []
    for procedure, (number, winners, losers, authority, unmeasured) in known.items():
        whole = winners + losers + authority
        for party, hours in (("winners", winners), ("losers", losers), ("authority", authority), ("total", whole)):
            rows.append((procedure, party, number, hours, 0.8 * hours, 1.5 * hours, unmeasured))
    return pd.DataFrame(
        rows, columns=["procedure", "party", "candidates", "hours", "hours_p10", "hours_p90", "rows_unmeasured"]
    )


NAMES = {"call": "appel à projets social ou médico-social", "grant": "subvention", "renewal": "renouvellement"}
