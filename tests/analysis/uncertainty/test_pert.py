from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import beta

from burden.analysis.uncertainty import pert


@given(st.floats(0, 100), st.floats(0, 1), st.floats(0.01, 1000))
def test_quantiles_are_those_of_the_beta_distribution(low: float, place: float, width: float) -> None:
    found = pert.quantiles(np.array([low]), np.array([low + place * width]), np.array([low + width]))[0]
    exact = low + width * beta.ppf(ndtr(pert.grid()), 1 + 4 * place, 5 - 4 * place)
    assert np.abs(found - exact).max() < 2e-3 * width


def test_a_value_that_is_its_own_bounds_is_certain() -> None:
    assert set(pert.quantiles(np.array([7.0]), np.array([7.0]), np.array([7.0]))[0]) == {7.0}


def test_a_central_value_outside_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="outside its bounds"):
        pert.quantiles(np.array([1.0]), np.array([0.5]), np.array([2.0]))
