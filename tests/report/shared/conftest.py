"""One shared bundle of twelve operators, for all tests of the room."""

from pathlib import Path

import pytest

import burden as bd
from burden.report import shared
from tests.report.shared import many


@pytest.fixture(scope="session")
def inv() -> bd.Inventory:
    return many.inventory()


@pytest.fixture(scope="session")
def ptf() -> bd.Portfolio:
    return many.portfolio()


@pytest.fixture(scope="session")
def found(inv: bd.Inventory, ptf: bd.Portfolio) -> shared.Shared:
    return shared.run(inv, ptf, at_least=3)


@pytest.fixture(scope="session")
def folder(found: shared.Shared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be read only."""
    return found.write(tmp_path_factory.mktemp("shared") / "shared", language="fr").parent
