"""A national register: ledger totals and repeats, and the totals by exploding every delivery.

``python -m tests.benchmarks.national`` prints times, memory, ratios and work counters.
Five years are five times the yearly deliveries: what falls due does not depend on the year.
"""

from __future__ import annotations

import hashlib
import sys
from math import log

import numpy as np
import pandas as pd

from burden.analysis import cost, redundancy
from burden.analysis.askings import rates
from burden.analysis.lines import lines
from burden.analysis.once import once
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from burden.model.profiles import profiles
from tests.benchmarks import data
from tests.benchmarks.measured import fresh, peak_mb, say, timed

ME = "tests.benchmarks.national"
SIZES = (5_000, 15_000, 45_000)
EXPLODED_UNITS = 250
YEARS = 10  # what falls due every two or five years falls due a whole number of times


def case(units: int, exceptions: float = 0.05) -> tuple[Inventory, Portfolio]:
    inv = data.inventory(1, obligations=150, items=60, concepts=1500)
    return inv, data.portfolio(2, units=units, exceptions=exceptions, obligations=150)


def checksum(inv: Inventory, ptf: Portfolio) -> str:
    raw = inv.requests.to_csv() + inv.duties.to_csv() + ptf.units.to_csv()
    return hashlib.sha256(raw.encode()).hexdigest()[:12]


def by_profiles(units: int, exceptions: float) -> None:
    """What the package does, at one size."""
    inv, ptf = case(units, exceptions)
    held = peak_mb()
    cost_s, totals = timed(lambda: cost.standard_cost(inv, ptf, by=["obligation_id"]), repeat=3)
    summary_s, _ = timed(lambda: redundancy.summary(inv, ptf), repeat=3)
    repeated_s, _ = timed(lambda: redundancy.repeated(inv, ptf, reuse="same"), repeat=3)
    tallied = once(inv, ptf, identifiers=True, reuses=("same",))
    say(
        cost_s=cost_s, summary_s=summary_s, repeated_s=repeated_s, mb=peak_mb(), held_mb=held,
        deliveries=float(tallied.tallies["same"].deliveries.sum()), profiles=len(profiles(inv, ptf).applies),
        rows=int(totals["rows"].sum()), checksum=checksum(inv, ptf), **once(inv, ptf).work,
    )  # fmt: skip


def owed(inv: Inventory, ptf: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a user would explode: who owes what how often in all the years, and the lines of each."""
    known = profiles(inv, ptf)
    position = {p: i for i, p in enumerate(known.quantities.columns)}
    numbers = known.quantities.to_numpy()[:, [position[p] for p in inv.obligations["population_id"]]]
    times = known.applies[known.of_unit] * np.nan_to_num(numbers) * rates(inv).to_numpy() * YEARS
    unit, obligation = np.nonzero(times > 0)
    due = pd.DataFrame({
        "unit": unit, "obligation_id": inv.obligations["obligation_id"].to_numpy()[obligation],
        "times": np.rint(times[unit, obligation]).astype("int64"),
    })  # fmt: skip
    line = lines(inv)[["obligation_id", "minutes"]]
    return due, line.assign(eighths=(line["minutes"] * 8).astype("int64"))


def by_pandas(units: int) -> None:
    """Explode the deliveries of all the years and merge them with the items."""
    due, line = owed(*case(units))

    def total() -> pd.DataFrame:
        dated = due.loc[due.index.repeat(due["times"]), ["unit", "obligation_id"]]
        joined = dated.merge(line[["obligation_id", "eighths"]], on="obligation_id")
        return joined.groupby("obligation_id")["eighths"].agg(["size", "sum"])

    seconds, result = timed(total)
    say(seconds=seconds, mb=peak_mb(), **result["sum"].astype(object).to_dict())


def by_duckdb(units: int) -> None:
    """The same in SQL, on two threads."""
    import duckdb

    due, line = owed(*case(units))
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("due", due)
    connection.register("line", line)
    query = """
        WITH delivery AS (SELECT obligation_id, unnest(range(times)) AS occurrence FROM due)
        SELECT obligation_id, CAST(sum(eighths) AS BIGINT) AS eighths
        FROM delivery JOIN line USING (obligation_id) GROUP BY obligation_id
    """
    seconds, result = timed(lambda: connection.execute(query).df())
    totals = dict(zip(result["obligation_id"], result["eighths"].tolist(), strict=True))
    say(seconds=seconds, mb=peak_mb(), **totals)


def by_ledger(units: int) -> None:
    """The package: hours a year per obligation, as eighths of a minute of all the years."""
    inv, ptf = case(units)
    seconds, frame = timed(lambda: cost.standard_cost(inv, ptf, by=["obligation_id"]), repeat=3)
    frame = frame[frame["hours_per_year"] > 0]
    exact = frame["hours_per_year"] * 60 * 8 * YEARS
    eighths = np.rint(exact).astype("int64")
    if (exact - eighths).abs().max() > 1e-3:
        sys.exit("the ledger does not count whole eighths of a minute")
    totals = dict(zip(frame["obligation_id"], eighths.tolist(), strict=True))
    say(seconds=seconds, mb=peak_mb(), **totals)


def main() -> None:
    measured = {}
    for units in SIZES:
        measured[units] = one = fresh(ME, "by_profiles", units, 0.05)
        print(f"{units:6d} units  " + "  ".join(f"{k}={v:,.3f}" if isinstance(v, float) else f"{k}={v}"
                                               for k, v in one.items()))  # fmt: skip
    small, large = SIZES[0], SIZES[-1]
    for name in ("cost_s", "summary_s", "repeated_s"):
        growth = log(measured[large][name] / measured[small][name]) / log(large / small)
        print(f"growth exponent of {name}: {growth:.2f}")
    print(f"deliveries in five years: {5 * measured[large]['deliveries']:,.0f}")
    all_differ = fresh(ME, "by_profiles", large, 1.0)
    shown = {k: round(v, 3) if isinstance(v, float) else v for k, v in all_differ.items()}
    print("every unit an exception:", shown)
    peers = {n: fresh(ME, n, EXPLODED_UNITS) for n in ("by_ledger", "by_duckdb", "by_pandas")}
    times = {n: (p.pop("seconds"), p.pop("mb")) for n, p in peers.items()}
    if not peers["by_ledger"] == peers["by_duckdb"] == peers["by_pandas"]:
        sys.exit(f"not equal: {peers}")
    print(f"{EXPLODED_UNITS} units, {YEARS} years: eighths of a minute equal for {len(peers['by_ledger'])} tools")
    for name, (seconds, mb) in times.items():
        print(f"{name}: {seconds:.2f} s, {mb:.0f} MB, ratio {seconds / times['by_ledger'][0]:.0f}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        numbers = [float(a) if "." in a else int(a) for a in sys.argv[2:]]
        {f.__name__: f for f in (by_profiles, by_pandas, by_duckdb, by_ledger)}[sys.argv[1]](*numbers)  # type: ignore[operator]
