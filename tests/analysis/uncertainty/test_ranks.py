from __future__ import annotations

import pytest

from burden.analysis.uncertainty import Assumptions, ranks
from tests.analysis.inventories import portfolio
from tests.analysis.uncertainty.rows import ranged

HOME = portfolio({"evidence": "assumed"})
MANY = Assumptions(draws=20_000, respondent_share=0.0)


def test_ranges_that_do_not_meet_keep_their_rank() -> None:
    frame = ranks(ranged((1.0, 2.0, 3.0), (10.0, 20.0, 30.0)), HOME, top=[1], assumed=MANY)
    assert frame[["obligation_id", "rank", "top_1_share"]].to_numpy().tolist() == [["T1", 1, 1.0], ["T0", 2, 0.0]]


def test_equal_ranges_are_first_half_of_the_time() -> None:
    frame = ranks(ranged((0.0, 20.0, 30.0), (0.0, 20.0, 30.0)), HOME, top=[1], assumed=MANY)
    assert frame["top_1_share"].tolist() == pytest.approx([0.5, 0.5], abs=0.02)


def test_the_shares_of_the_first_k_add_up_to_k() -> None:
    inv = ranged(*[(float(i), float(i + 5), float(i + 40)) for i in range(12)])
    frame = ranks(inv, HOME, top=[5, 10], assumed=MANY)
    assert frame[["top_5_share", "top_10_share"]].sum().tolist() == pytest.approx([5, 10])
