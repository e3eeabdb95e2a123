"""Plans of 150, 1,000 and 5,000 obligations: the search of the package, and the same model given to HiGHS whole.

``python -m tests.benchmarks.plan`` checks that both had the same problem, that what they found can be done
and that neither is below what the other has proven, then prints times, gaps and memory. A gap is always
against the best bound that is known, the solver's own being too poor to say anything.
"""

from __future__ import annotations

import sys
import time

from burden.simplify.planning import exact
from burden.simplify.planning.exact import Found, Progress
from burden.simplify.planning.problem import faults, weight
from burden.simplify.planning.search import search
from tests.benchmarks.measured import fresh, peak_mb, say
from tests.benchmarks.plan_problem import checksum, problem

ME = "tests.benchmarks.plan"
SIZES = {150: 60, 1_000: 60, 5_000: 150}
"""Obligations, and seconds that each alternative is given."""


def by_package(obligations: int, seconds: float) -> None:
    _report("search", obligations, seconds)


def by_highs(obligations: int, seconds: float) -> None:
    _report("exact", obligations, seconds)


def _report(way: str, obligations: int, seconds: float) -> None:
    made = problem(obligations)
    held, began, seen = peak_mb(), time.perf_counter(), []

    def look(progress: Progress) -> bool:
        seen.append((time.perf_counter() - began, progress.best, progress.bound))
        return False

    found: Found = (search if way == "search" else exact.solve)(made, seconds=seconds, watch=look)
    spent = time.perf_counter() - began
    seen.append((spent, found.best, found.bound))
    say(
        problem=checksum(made), links=len(made.slot), today=made.today, seconds=spent, stopped=found.stopped,
        best=found.best, bound=found.bound, held_mb=held, mb=peak_mb(),
        faults=len(faults(made, found.choice)), differs=abs(weight(made, found.choice) - found.best),
        first=next((at for at, best, _ in seen if best < 0.999 * made.today), None),
        within={share: next((at for at, best, bound in seen if best - bound <= share * best), None)
                for share in (0.05, 0.01, 0.002)},
    )  # fmt: skip


def compared(obligations: int, seconds: float) -> None:
    ours, plain = (fresh(ME, way, obligations, seconds) for way in ("by_package", "by_highs"))
    bound = max(ours["bound"], plain["bound"])
    if ours["problem"] != plain["problem"] or ours["faults"] or plain["faults"]:
        sys.exit(f"not equal: {ours} {plain}")
    if min(ours["best"], plain["best"]) < bound * (1 - 1e-9):
        sys.exit(f"below what is proven: {ours} {plain}")
    print(f"{obligations} obligations, {ours['links']} links, problem {ours['problem']}, {seconds} s each")
    for name, way in (("search", ours), ("plain HiGHS", plain)):
        at = {share: "never" if v is None else f"{v:.1f} s" for share, v in way["within"].items()}
        first = "none" if way["first"] is None else f"{way['first']:.1f} s"
        print(
            f"  {name}: first plan {first}; own gap ≤ 5 % {at['0.05']}, ≤ 1 % {at['0.01']}, ≤ 0.2 % {at['0.002']}; "
            f"after {way['seconds']:.0f} s {way['stopped']}, {way['best']:.0f} of {way['today']:.0f}, "
            f"own gap {1 - way['bound'] / way['best']:.2%}, from the best bound {1 - bound / way['best']:.2%}, "
            f"peak {way['mb']:.0f} MB of which {way['held_mb']:.0f} the problem"
        )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        for size, given in SIZES.items():
            compared(size, given)
    else:
        {f.__name__: f for f in (by_package, by_highs)}[sys.argv[1]](int(sys.argv[2]), float(sys.argv[3]))
