"""The toy and a later version of it: a tool less, a period twice as long, an item that takes longer."""

import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report import versions
from burden.report.versions.comparing import Version


@pytest.fixture(scope="session")
def earlier(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> Version:
    return toy, toy_portfolio


@pytest.fixture(scope="session")
def later(toy: bd.Inventory, toy_portfolio: bd.Portfolio) -> Version:
    """Without CPOM, TDB every two years, and 40 minutes instead of 10 for the staff of ERRD."""
    kept = bd.select(toy, obligation=["ERRD", "TDB", "ES"])
    obligations, requests = kept.obligations, kept.requests
    obligations.loc[obligations["obligation_id"] == "TDB", "period"] = "P2Y"
    requests.loc[(requests["obligation_id"] == "ERRD") & (requests["label_fr"] == "ETP"), "minutes"] = 40.0
    return with_tables(kept, {"obligations": obligations, "requests": requests}), toy_portfolio


@pytest.fixture(scope="session")
def found(earlier: Version, later: Version) -> bd.audit.Audit:
    return versions.compared(earlier, later)
