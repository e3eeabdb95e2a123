from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import betaincinv, ndtr
from scipy.stats import norm, sobol_indices

from burden.analysis.uncertainty import Assumptions, contributions
from tests.analysis.inventories import inventory, obligation, portfolio
from tests.analysis.uncertainty.rows import SPREADS, ranged, timed

HOME = portfolio({"person": 10.0, "evidence": "assumed"})
MANY = Assumptions(draws=50_000)
TRIPLES = ((10.0, 20.0, 90.0), (30.0, 60.0, 90.0), (1.0, 1.0, 200.0))
Floats = npt.NDArray[np.float64]


def pert(score: Floats, low: float, central: float, high: float) -> Floats:
    place = (central - low) / (high - low)
    return np.asarray(low + (high - low) * betaincinv(1 + 4 * place, 5 - 4 * place, ndtr(score)))


def total(scores: Floats) -> Floats:
    """The model written out again: respondent's, quantity's and three own scores."""
    respondent, quantity, *own = scores
    mixed = [np.sqrt(1 / 3) * respondent + np.sqrt(2 / 3) * o for o in own]
    return pert(quantity, 0.5, 1.0, 2.0) * sum(pert(z, *t) for z, t in zip(mixed, TRIPLES, strict=True))


def test_indices_are_those_of_scipy() -> None:
    inv = inventory(
        [obligation(n, per="person") for n in "ABC"],
        [timed(n, *t) for n, t in zip("ABC", TRIPLES, strict=True)],
        spreads=SPREADS[:1],
    )
    ours = contributions(inv, HOME, assumed=MANY).set_index(["factor", "factor_id"])["variance_share"]
    theirs = sobol_indices(func=total, n=2**13, dists=[norm()] * 5, rng=7).first_order
    order = [("respondent", "mecs"), ("quantity", "mecs"), *(("obligation", n) for n in "ABC")]
    assert ours.reindex(order).tolist() == pytest.approx(theirs.tolist(), abs=0.015)


def test_contributions_add_up_to_the_total() -> None:
    frame = contributions(ranged(*TRIPLES), HOME, assumed=MANY)
    assert frame["variance_share"].sum() == pytest.approx(1.0)
    # Without a multiple the scores do not meet in one product: little is left to explain together.
    assert abs(frame.set_index("factor").loc["jointly", "variance_share"]) < 0.05


def test_the_cost_of_an_hour_counts_in_euros_alone() -> None:
    tables: dict[str, Any] = {
        "spreads": SPREADS[2:3],
        "tariffs": [{"staff_grade": "director", "year": 2024, "eur_per_h": 50.0, "evidence": "assumed"}],
    }
    inv = ranged((59.0, 60.0, 61.0), **tables)
    in_euros = contributions(inv, HOME, measure="cost_eur_per_year", assumed=MANY)
    assert in_euros["factor"].iloc[0] == "hourly_cost"
    assert "hourly_cost" not in set(contributions(inv, HOME, assumed=MANY)["factor"])
