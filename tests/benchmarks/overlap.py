"""Exact overlap above one half of 10,000 obligations of 45 items: the package and its peers.

``python -m tests.benchmarks.overlap`` checks that all give the same pairs, then prints ratios.
"""

from __future__ import annotations

import hashlib
import sys
from math import log

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from burden.analysis.overlaps import overlapping_pairs
from tests.benchmarks.measured import fresh, peak_mb, say, timed

ME = "tests.benchmarks.overlap"
ITEMS_EACH, THRESHOLD = 45, 0.5
Integers = npt.NDArray[np.int64]


def table(rows: int, seed: int = 5) -> sparse.csr_array:
    """Families of ten variants of one form; popular items are in many forms."""
    rng = np.random.default_rng(seed)
    items = rows // 2
    weight = 1.0 / np.arange(1, items + 1) ** 0.6
    weight /= weight.sum()
    drawn: list[Integers] = []
    for _ in range(rows // 10):
        form = rng.choice(items, ITEMS_EACH, replace=False, p=weight)
        for changed in rng.integers(0, 30, 10):
            new = np.concatenate([form[changed:], rng.choice(items, 2 * changed, p=weight)])
            drawn.append(pd.unique(new)[:ITEMS_EACH])
    sizes = [len(d) for d in drawn]
    indices, start = np.concatenate(drawn), np.concatenate([[0], np.cumsum(sizes)])
    made = sparse.csr_array((np.ones(len(indices)), indices, start), shape=(rows, items))
    made.sort_indices()
    return made


def digest(a: Integers, b: Integers, shared: Integers) -> str:
    """The same for the same pairs with the same numbers of shared items."""
    order = np.lexsort((b, a))
    rows = np.column_stack([a[order], b[order], shared[order]]).astype("int64")
    return f"{len(rows)}:{hashlib.sha256(rows.tobytes()).hexdigest()[:12]}"


def above(size: Integers, a: Integers, b: Integers, shared: Integers) -> tuple[Integers, Integers, Integers]:
    kept = (a < b) & (shared >= THRESHOLD * (size[a] + size[b] - shared))
    return a[kept], b[kept], shared[kept]


def by_package(rows: int) -> None:
    made = table(rows)
    held = peak_mb()
    seconds, pairs = timed(lambda: overlapping_pairs(made, threshold=THRESHOLD), repeat=3)
    found = digest(*(pairs[c].to_numpy() for c in ("a", "b", "shared")))
    say(seconds=seconds, mb=peak_mb(), held_mb=held, pairs=found)


def by_scipy(rows: int) -> None:
    made = table(rows)
    size = made.sum(axis=1).astype("int64")

    def product() -> tuple[Integers, Integers, Integers]:
        shared = sparse.coo_array(made @ made.T)
        return above(size, shared.row, shared.col, shared.data.astype("int64"))

    seconds, pairs = timed(product)
    say(seconds=seconds, mb=peak_mb(), pairs=digest(*pairs))


def long(made: sparse.csr_array) -> pd.DataFrame:
    rows = sparse.coo_array(made)
    return pd.DataFrame({"tool": rows.row.astype("int64"), "item": rows.col.astype("int64")})


def by_pandas(rows: int) -> None:
    made = table(rows)
    size, asked = made.sum(axis=1).astype("int64"), long(made)

    def merged() -> tuple[Integers, Integers, Integers]:
        pairs = asked.merge(asked, on="item")
        pairs = pairs[pairs["tool_x"] < pairs["tool_y"]]
        shared = pairs.groupby(["tool_x", "tool_y"]).size().reset_index(name="shared")
        return above(size, *(shared[c].to_numpy() for c in ("tool_x", "tool_y", "shared")))

    seconds, found = timed(merged)
    say(seconds=seconds, mb=peak_mb(), pairs=digest(*found))


def by_duckdb(rows: int) -> None:
    import duckdb

    made = table(rows)
    size = made.sum(axis=1).astype("int64")
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("asked", long(made))
    connection.register("sized", pd.DataFrame({"tool": np.arange(rows), "size": size}))
    query = f"""
        SELECT p.a, p.b, p.shared FROM (
            SELECT x.tool AS a, y.tool AS b, count(*) AS shared
            FROM asked x JOIN asked y ON x.item = y.item AND x.tool < y.tool GROUP BY x.tool, y.tool
        ) p JOIN sized s ON s.tool = p.a JOIN sized t ON t.tool = p.b
        WHERE p.shared >= {THRESHOLD} * (s.size + t.size - p.shared)
    """
    seconds, found = timed(lambda: connection.execute(query).df())
    say(seconds=seconds, mb=peak_mb(), pairs=digest(*(found[c].to_numpy() for c in ("a", "b", "shared"))))


def main(rows: int = 10_000) -> None:
    peers = {n: fresh(ME, n, rows) for n in ("by_package", "by_scipy", "by_duckdb", "by_pandas")}
    if len({p["pairs"] for p in peers.values()}) != 1:
        sys.exit(f"not equal: {peers}")
    ours = peers["by_package"]["seconds"]
    print(f"{rows} × {ITEMS_EACH}, pairs {peers['by_package']['pairs']}")
    for name, peer in peers.items():
        print(f"{name}: {peer['seconds']:.2f} s, {peer['mb']:.0f} MB, ratio {peer['seconds'] / ours:.1f}")
    larger = fresh(ME, "by_package", 3 * rows)
    print(f"{3 * rows} rows: {larger['seconds']:.2f} s, {larger['mb']:.0f} MB, "
          f"growth exponent {log(larger['seconds'] / ours) / log(3):.2f}")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        {f.__name__: f for f in (by_package, by_scipy, by_pandas, by_duckdb)}[sys.argv[1]](int(sys.argv[2]))
