from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from burden.analysis.uncertainty import Assumptions, draws
from burden.analysis.uncertainty.together import by_operator, stacked, together
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import asks, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios

FEW = Assumptions(draws=200)
UNSURE = {"minutes_low": 6.0, "minutes_high": 600.0}
INV = inventory([obligation("A"), obligation("B")], [asks("A", "days", **UNSURE), asks("B", "days", **UNSURE)])
ONE = portfolio({"unit_id": "a"})
TWO = portfolio({"unit_id": "a"}, {"unit_id": "b"})


@settings(max_examples=4, deadline=None)
@given(inventories(), portfolios())
def test_one_portfolio_is_drawn_as_it_is_alone(inv: Inventory, ptf: Portfolio) -> None:
    alone = draws(inv, ptf, assumed=FEW)
    found = together(inv, {"it": ptf}, assumed=FEW).to_numpy()
    np.testing.assert_allclose(found, alone.to_numpy() if len(alone) else 0.0, rtol=1e-4, atol=1e-4)


def test_twice_the_units_are_twice_each_draw() -> None:
    drawn = together(INV, {"one": ONE, "two": TWO}, assumed=FEW)
    np.testing.assert_allclose(drawn.loc["two"], 2 * drawn.loc["one"], rtol=1e-5)


def test_the_errors_of_an_obligation_do_not_depend_on_the_others_added_up() -> None:
    parts = [together(INV, {"one": ONE}, obligations=[o], assumed=FEW) for o in ("A", "B")]
    np.testing.assert_allclose(parts[0] + parts[1], together(INV, {"one": ONE}, assumed=FEW), rtol=1e-4)


def test_a_number_that_is_a_hypothesis_is_not_drawn() -> None:
    spread = [{"applies_to": "quantity", "low_factor": 0.5, "high_factor": 2.0, "evidence": "assumed"}]
    inv = inventory([obligation("A", per="cpom")], [asks("A", "days")], spreads=spread)
    ptf = portfolio({"cpom": 1.0, "evidence": "assumed"})
    loose, held = (together(inv, {"it": ptf}, certain=c, assumed=FEW).loc["it"] for c in ((), ("cpom",)))
    assert held.tolist() == pytest.approx([1.0] * 200)
    assert loose.std() > 0.1


def test_a_number_beside_a_hypothesis_is_drawn() -> None:
    spread = [{"applies_to": "quantity", "low_factor": 0.5, "high_factor": 2.0, "evidence": "assumed"}]
    inv = inventory([obligation("A", per="cpom")], [asks("A", "days", population_id="person")], spreads=spread)
    ptf = portfolio({"cpom": 1.0, "person": 10.0, "evidence": "assumed"})
    assert together(inv, {"it": ptf}, certain=["cpom"], assumed=FEW).loc["it"].std() > 1.0


def test_operators_are_kept_apart() -> None:
    ptf = portfolio({"operator_id": "x"}, {"operator_id": "y"}, {"operator_id": "y"})
    drawn = by_operator(INV, ptf, assumed=FEW)
    np.testing.assert_allclose(drawn.loc["y"], 2 * drawn.loc["x"], rtol=1e-5)


def test_stacked_portfolios_keep_their_units() -> None:
    whole, case_of = stacked({"one": ONE, "two": TWO})
    assert len(whole.units) == 3
    assert sorted(case_of.values()) == ["one", "two"]
