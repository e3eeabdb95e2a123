"""Plans that several modules look at, each found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import burden as bd
from burden.simplify import Plan, plan
from tests.simplify.planning.district import district
from tests.simplify.planning.rows import home

Case = tuple[Plan, bd.Inventory, bd.Portfolio]
REAL = ("five-silo-association", "home-intervention-association", "departement-child-protection")


@pytest.fixture(scope="session")
def worked() -> Case:
    """The district, worked by hand."""
    inv, ptf = district(), home()
    return plan(inv, ptf), inv, ptf


@pytest.fixture(scope="session")
def real_plan(real: bd.Inventory, root: Path) -> Callable[[str], Case]:
    """The plan of a portfolio that comes with the inventories."""

    @cache
    def found(name: str) -> Case:
        ptf = bd.read_portfolio(root / f"inventories/portfolios/{name}.csv")
        return plan(real, ptf), real, ptf

    return found
