"""One audit of the real association and one of the toy, run once for all tests of the room."""

from pathlib import Path

import pytest

import burden as bd
from burden.report.audit import Audit


@pytest.fixture(scope="session")
def audited(real: bd.Inventory, association: bd.Portfolio) -> Audit:
    return bd.audit.run(real, association)


@pytest.fixture(scope="session")
def toy_audit(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> Audit:
    return bd.audit.run(toy, toy_portfolio)


@pytest.fixture(scope="session", params=["fr", "en"])
def bundle(request: pytest.FixtureRequest, audited: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / request.param
    audited.write(folder, language=request.param)
    return folder
