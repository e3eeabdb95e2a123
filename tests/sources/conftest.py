from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from burden.model.findings import Finding, InventoryError
from burden.sources import read

INVENTORIES = Path(__file__).parents[2] / "inventories"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy inventory, to be spoilt."""
    return shutil.copytree(INVENTORIES / "examples" / "four-tools", tmp_path / "four-tools")


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], None]:
    """Replace the first occurrence of a text in one file of the toy inventory."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def faults() -> Callable[[Path], tuple[Finding, ...]]:
    """Every fault that reading a path raises."""

    def raised(path: Path) -> tuple[Finding, ...]:
        with pytest.raises(InventoryError) as caught:
            read(path)
        return caught.value.findings

    return raised
