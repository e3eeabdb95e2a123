"""One audit of the real association, of some of its tools, and one of the toy, run once for all tests of the room."""

from collections.abc import Callable
from pathlib import Path

import pytest

import burden as bd
from burden.report import drawings
from burden.report.audit import Audit
from burden.report.content import Chart

TOOLS = (
    "FR-ENF-01", "FR-ENF-02", "FR-ENF-05", "FR-ASE-01", "FR-ASE-04", "FR-RH-05", "FR-QUA-02", "FR-QUA-06", "FR-QUA-08",
    "FR-BUD-01", "FR-BUD-04", "FR-BUD-08", "FR-BUD-09", "FR-RGP-01", "FR-CTR-01", "FR-AUT-01", "FR-AUT-09",
    "FR-SUB-01", "FR-CPO-01", "FR-CPO-02", "FR-CPO-04", "FR-CPO-05", "FR-CPO-06", "FR-CPO-07",
)  # fmt: skip
"""The heaviest tool of each instrument, and those of a contract: enough for the report to have every section."""


_DRAWING = drawings.drawing


@pytest.fixture(scope="session")
def audited(real: bd.Inventory, association: bd.Portfolio) -> Audit:
    return bd.audit.run(bd.select(real, obligation=TOOLS), association)


@pytest.fixture(scope="session")
def toy_audit(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> Audit:
    return bd.audit.run(toy, toy_portfolio)


@pytest.fixture(scope="session")
def bundles(
    audited: Audit, tmp_path_factory: pytest.TempPathFactory, sketch: Callable[[Chart, Path], drawings.Drawing]
) -> Callable[[str], Path]:
    """The bundle of the association in a language, written once for all tests; blank charts in the second language."""
    folder, written = tmp_path_factory.mktemp("bundle"), set[str]()

    def bundle_in(language: str) -> Path:
        if language not in written:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(drawings, "drawing", _DRAWING if language == "fr" else sketch)
                audited.write(folder / language, language=language)
            written.add(language)
        return folder / language

    return bundle_in


@pytest.fixture(params=["fr", "en"])
def bundle(request: pytest.FixtureRequest, bundles: Callable[[str], Path]) -> Path:
    return bundles(request.param)


@pytest.fixture(scope="session")
def toy_bundle(toy_audit: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the toy, to be read only."""
    return toy_audit.write(tmp_path_factory.mktemp("toy") / "audit").parent
