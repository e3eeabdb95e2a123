"""The scenarios that come with the inventories, beside the output that was reviewed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.simplify import compare, needs, read_scenario

SCENARIOS = sorted(Path("inventories/scenarios").glob("*.toml"))


@pytest.fixture(scope="session")
def five_silos(real: bd.Inventory) -> tuple[bd.Inventory, bd.Portfolio]:
    ptf = bd.read_portfolio("inventories/portfolios/five-silo-association.csv")
    return bd.with_roles_resolved(real, ptf), ptf


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_a_scenario_saves_what_was_reviewed(path: Path, five_silos: tuple[bd.Inventory, bd.Portfolio]) -> None:
    found = compare(*five_silos, [read_scenario(path)])
    reviewed = pd.read_csv(path.with_suffix(".csv"), keep_default_na=True, dtype={"lever": "str"})
    pd.testing.assert_frame_equal(found.round(1), reviewed.assign(lever=reviewed["lever"].fillna("")), atol=0.11)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_a_scenario_says_what_it_needs(path: Path, real: bd.Inventory) -> None:
    assert len(needs(real, read_scenario(path))) > 0
