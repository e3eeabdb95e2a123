"""10,000 draws over 1,000 and 10,000 obligations: the package and a plain numpy simulation.

``python -m tests.benchmarks.uncertainty`` checks that both give the same range within the error of
the draws, then prints ratios and peak memory, also for ten times as many draws.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from burden.analysis import uncertainty
from burden.model.inventory import Inventory, from_frames
from burden.model.portfolio import Portfolio, portfolio_from_frame
from tests.benchmarks.measured import fresh, peak_mb, say, timed

ME = "tests.benchmarks.uncertainty"
READ = {"name_fr": "—", "evidence": "assumed"}


def named(rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame([{**READ, **r} for r in rows])


def inventory(obligations: int, seed: int = 3) -> tuple[Inventory, Portfolio]:
    """Obligations of three activities each, with minutes low, central and high of their own."""
    rng = np.random.default_rng(seed)
    names = [f"O{i:05d}" for i in range(obligations)]
    minutes = np.sort(rng.lognormal(3.0, 1.0, (obligations * 3, 3)), axis=1)
    activities = named([
        {"obligation_id": names[i // 3], "activity": ("checking", "calculations", "transmitting")[i % 3],
         "side": "respondent", "minutes_low": low, "minutes": central, "minutes_high": high,
         "minutes_evidence": "elicited", "staff_grade": "administrative"}
        for i, (low, central, high) in enumerate(minutes)
    ])  # fmt: skip
    inv = from_frames("drawn", {
        "authorities": named([{"authority_id": "a", "level": "state"}]), "silos": named([{"silo_id": "s"}]),
        "actors": named([{"actor_id": "home", "kind": "establishment"}]),
        "populations": named([{"population_id": "person", "grain": "person"}]),
        "concepts": named([{"concept_id": "c", "kind": "quantity", "personal": False, "additive": "no"}]),
        "obligations": named([{"obligation_id": n, "silo_id": "s", "instrument": "budget", "required_by_id": "a",
                               "period": "P1Y", "population_id": "person", "item_list": "partial"} for n in names]),
        "duties": named([{"obligation_id": n, "actor_id": "home", "share": 1.0} for n in names]),
        "requests": pd.DataFrame(columns=["obligation_id", "label_fr", "concept_id"]), "activities": activities,
    })  # fmt: skip
    return inv, portfolio_from_frame(
        "drawn",
        pd.DataFrame(
            [{"unit_id": "u", "operator_id": "u", "actor_id": "home", "person": 50.0, "evidence": "measured"}]
        ),
    )


def by_package(obligations: int, draws: int) -> None:
    inv, ptf = inventory(obligations)
    assumed = uncertainty.Assumptions(draws=draws)
    held = peak_mb()
    total, found = timed(lambda: uncertainty.ranges(inv, ptf, assumed=assumed))
    each, _ = timed(lambda: uncertainty.ranges(inv, ptf, by=["obligation_id"], assumed=assumed))
    say(seconds=total, each=each, memory=peak_mb() - held, p10=found["p10"].item(), p90=found["p90"].item())


def by_numpy(obligations: int, draws: int) -> None:
    """What a user would write: a beta draw per activity, correlated by adding the same two scores."""
    inv, _ = inventory(obligations)
    held = peak_mb()
    low, central, high = inv.activities[["minutes_low", "minutes", "minutes_high"]].to_numpy(dtype=float).T

    def simulate() -> np.ndarray:
        from scipy.stats import beta, norm

        rng = np.random.default_rng(1)
        shared = rng.standard_normal(draws) * np.sqrt(1 / 3)
        total = np.zeros(draws)
        own = np.sqrt(2 / 3)
        for i in range(obligations):
            chance = norm.cdf(shared + own * rng.standard_normal(draws))
            for k in range(3 * i, 3 * i + 3):
                place = (central[k] - low[k]) / (high[k] - low[k])
                total += low[k] + (high[k] - low[k]) * beta.ppf(chance, 1 + 4 * place, 5 - 4 * place)
        return np.quantile(total * 50 / 60, [0.1, 0.9])

    seconds, found = timed(simulate)
    say(seconds=seconds, memory=peak_mb() - held, p10=found[0], p90=found[1])


def compare() -> None:
    ours, theirs = fresh(ME, "package", 300, 2_000), fresh(ME, "numpy", 300, 2_000)
    for bound in ("p10", "p90"):
        assert abs(ours[bound] / theirs[bound] - 1) < 0.03, (bound, ours, theirs)
    print(f"300 obligations, 2,000 draws: scipy {theirs['seconds'] / ours['seconds']:.0f} times slower")
    for obligations, draws in ((1_000, 10_000), (10_000, 10_000), (1_000, 100_000)):
        found = fresh(ME, "package", obligations, draws)
        print(f"{obligations:,} obligations, {draws:,} draws: total {found['seconds']:.2f} s, "
              f"each obligation {found['each']:.2f} s, {found['memory']:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 1:
        compare()
    else:
        {"package": by_package, "numpy": by_numpy}[sys.argv[1]](*map(int, sys.argv[2:]))
