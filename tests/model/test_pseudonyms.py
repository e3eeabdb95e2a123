import pandas as pd
import pytest

import burden as bd
from burden.analysis import ledger
from burden.model.pseudonyms import pseudonymised
from tests.report.shared import many


@pytest.fixture(scope="module")
def named() -> bd.Portfolio:
    return many.portfolio()


def test_no_word_of_the_portfolio_is_left(named: bd.Portfolio) -> None:
    words = {"SIREN", "FINESS", "Durand", "Martin", "lettre", "Confidentielle"}
    left = pseudonymised(named)
    assert not [w for w in words if w in left.name + left.units.to_csv()]


def test_an_operator_that_is_its_own_unit_stays_so(named: bd.Portfolio) -> None:
    units = pseudonymised(named).units
    own = units[units["unit_id"] == units["operator_id"]]
    assert set(own["actor_id"]) == {"association"}
    assert len(own) == units["operator_id"].nunique() == 12


def test_hours_are_those_of_the_named(named: bd.Portfolio) -> None:
    inv = many.inventory()
    by = ["actor_id", "territory"]
    pd.testing.assert_frame_equal(ledger.totals(inv, pseudonymised(named), by=by), ledger.totals(inv, named, by=by))


def test_pseudonyms_owe_nothing_to_the_order_of_the_file(named: bd.Portfolio) -> None:
    turned = bd.portfolio_from_frame("turned", named.units.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(pseudonymised(turned).units, pseudonymised(named).units)
