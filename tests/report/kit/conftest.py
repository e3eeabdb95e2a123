"""The kit of the real association, written once; a copy for each test that tampers with it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from burden.report.audit import Audit
from burden.report.kit.write import write_kit


@pytest.fixture(scope="session")
def kit(audited: Audit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be read only."""
    return write_kit(audited, tmp_path_factory.mktemp("kit") / "kit", languages=["fr"], formats=["docx", "pdf"])


@pytest.fixture
def copied(kit: Path, tmp_path: Path) -> Callable[[], Path]:
    return lambda: Path(shutil.copytree(kit, tmp_path / "copy", ignore=shutil.ignore_patterns("*.pdf", "charts")))
