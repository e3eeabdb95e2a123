"""The toy of four tools, with identifiers counted as the hand-worked numbers do."""

from __future__ import annotations

import pytest

import burden as bd
from burden.model.inventory import Inventory
from burden.model.portfolio import Portfolio


@pytest.fixture(scope="session")
def four_tools() -> Inventory:
    return bd.example("four-tools")


@pytest.fixture(scope="session")
def one_home() -> Portfolio:
    return bd.example_portfolio("four-tools")
