"""The scenarios that come with the inventories, beside the output that was reviewed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.simplify import compare, needs, read_scenario

SCENARIOS = sorted(Path("inventories/scenarios").glob("*.toml"))
PORTFOLIOS = {"cpom-home-intervention": "home-intervention-association"}
"""Portfolio on which a scenario is compared, where it is not the association of five silos."""
OF_A_PORTFOLIO = {"cpom-home-intervention"}
"""Scenarios that change a portfolio alone, and no rule."""


def met(real: bd.Inventory, scenario: str) -> tuple[bd.Inventory, bd.Portfolio]:
    """The inventory as the portfolio of a scenario meets it."""
    name = PORTFOLIOS.get(scenario, "five-silo-association")
    ptf = bd.read_portfolio(f"inventories/portfolios/{name}.csv")
    return bd.with_roles_resolved(real, ptf), ptf


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_a_scenario_saves_what_was_reviewed(path: Path, real: bd.Inventory) -> None:
    found = compare(*met(real, path.stem), [read_scenario(path)])
    reviewed = pd.read_csv(path.with_suffix(".csv"), keep_default_na=True, dtype={"lever": "str"})
    pd.testing.assert_frame_equal(found.round(1), reviewed.assign(lever=reviewed["lever"].fillna("")), atol=0.11)


@pytest.mark.parametrize("path", [p for p in SCENARIOS if p.stem not in OF_A_PORTFOLIO], ids=lambda p: p.stem)
def test_a_scenario_says_what_it_needs(path: Path, real: bd.Inventory) -> None:
    assert len(needs(real, read_scenario(path))) > 0


@pytest.mark.parametrize("path", [p for p in SCENARIOS if p.stem in OF_A_PORTFOLIO], ids=lambda p: p.stem)
def test_a_contract_that_the_law_allows_amends_no_text(path: Path, real: bd.Inventory) -> None:
    assert needs(real, read_scenario(path)).empty
