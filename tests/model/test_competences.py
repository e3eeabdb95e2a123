from __future__ import annotations

from collections.abc import Callable

import pytest

from burden.model.competences import roles, with_roles_resolved
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio

Units = Callable[..., Portfolio]


@pytest.fixture
def priced(sound: Callable[..., Inventory]) -> Inventory:
    """A budget required by, and sent to, whoever prices: two authorities for children's homes."""
    pricing = {"role_id": "pricing_authority", "actor_id": "mecs", "evidence": "recalled"}
    return sound(
        authorities=[{"authority_id": "pricing_authority"}],
        obligations={"required_by_id": "pricing_authority"},
        recipients={"authority_id": "pricing_authority"},
        competences=[{**pricing, "authority_id": a} for a in ("departement", "government")],
    )


def test_a_role_is_played_by_the_authorities_of_the_actors_at_hand(priced: Inventory, units: Units) -> None:
    assert roles(priced, units({})) == {"pricing_authority": ("departement", "government")}


def test_a_role_that_no_competence_settles_stays(priced: Inventory, units: Units) -> None:
    resolved = with_roles_resolved(priced, units({"actor_id": "essms"}))
    assert resolved.obligations["required_by_id"].tolist() == ["pricing_authority"]


def test_what_a_role_requires_is_required_by_the_first_who_plays_it(priced: Inventory, units: Units) -> None:
    assert with_roles_resolved(priced, units({})).obligations["required_by_id"].tolist() == ["departement"]


def test_what_reaches_a_role_reaches_all_who_play_it(priced: Inventory, units: Units) -> None:
    recipients = with_roles_resolved(priced, units({})).recipients
    assert recipients["authority_id"].tolist() == ["departement", "government"]


def test_a_competence_of_a_general_type_holds_for_the_special_one(
    sound: Callable[..., Inventory], units: Units
) -> None:
    inv = sound(competences=[{"role_id": "departement", "actor_id": "essms", "authority_id": "government",
                              "evidence": "recalled"}])  # fmt: skip
    assert roles(inv, units({})) == {"departement": ("government",)}
