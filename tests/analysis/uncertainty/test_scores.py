from __future__ import annotations

import numpy as np

from burden.analysis.uncertainty import scores


def test_the_same_seed_gives_these_scores_on_any_machine() -> None:
    # Written down once: another machine, library or order must give the same.
    own = [[-0.3008, -0.4333, 0.3302, -0.6131], [2.5182, -1.1718, 0.1456, -0.0109]]
    assert np.allclose(scores.own(1, np.array([0, 5]), 4), own, atol=1e-4)
    assert np.allclose(scores.common(1, 0, 4), [-1.1503, -0.3186, 0.3186, 1.1503], atol=1e-4)


def test_a_factor_has_the_same_scores_whoever_it_is_drawn_with() -> None:
    together = scores.own(3, np.array([2, 9]), 101)
    assert together[1].tolist() == scores.own(3, np.array([9]), 101)[0].tolist()


def test_more_draws_begin_with_the_same_draws() -> None:
    assert scores.own(3, np.array([2]), 1000)[0, :7].tolist() == scores.own(3, np.array([2]), 7)[0].tolist()


def test_another_seed_gives_other_scores() -> None:
    assert scores.own(1, np.array([2]), 50).tolist() != scores.own(2, np.array([2]), 50).tolist()


def test_common_scores_fill_every_slice_of_probability_once() -> None:
    drawn = np.sort(scores.common(4, 1, 1000))
    assert abs(drawn.mean()) < 1e-6
    assert len(np.unique(drawn)) == 1000


def test_own_scores_are_standard_normal() -> None:
    drawn = scores.own(4, np.arange(20), 10_000)
    assert abs(drawn.mean()) < 0.01
    assert abs(drawn.std() - 1) < 0.01
