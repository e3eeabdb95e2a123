import pytest

import burden as bd
from burden.model.focus import actor_types, focused


def test_a_silo_keeps_its_obligations_and_every_unit(real: bd.Inventory, association: bd.Portfolio) -> None:
    inv, ptf = focused(real, association, "child-protection")
    assert set(inv.obligations["silo_id"]) == {"child-protection"}
    assert len(ptf.units) == len(association.units)


def test_an_actor_keeps_its_units_and_their_operator(real: bd.Inventory, association: bd.Portfolio) -> None:
    _, ptf = focused(real, association, "mecs")
    assert sorted(ptf.units["actor_id"]) == ["mecs", "nonprofit_operator"]


def test_a_general_type_keeps_its_instances(real: bd.Inventory, association: bd.Portfolio) -> None:
    _, ptf = focused(real, association, "home_intervention_service")
    assert {"aemo_service", "aed_service", "tisf_service"} < set(ptf.units["actor_id"])
    assert "mecs" not in set(ptf.units["actor_id"])


def test_a_focus_that_names_nothing_is_said_with_the_nearest(real: bd.Inventory) -> None:
    with pytest.raises(KeyError, match="did you mean 'mecs'"):
        actor_types(real, "mec")


def test_a_focus_on_nobody_in_the_portfolio_is_said(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> None:
    other = [a for a in toy.actors["actor_id"] if a not in set(toy_portfolio.units["actor_id"])]
    if not other:
        pytest.skip("the toy has one type")
    with pytest.raises(KeyError, match="no unit"):
        focused(toy, toy_portfolio, other[0])


def test_home_intervention_keeps_the_structures_that_serve_at_home(
    real: bd.Inventory, association: bd.Portfolio
) -> None:
    _, ptf = focused(real, association, "home-intervention")
    assert {"aemo_service", "aed_service", "tisf_service"} <= set(ptf.units["actor_id"])
    assert "reception_service" not in set(ptf.units["actor_id"])
