"""The toy with work, texts and a known use, and its forms in English, written anew for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.model.inventory import with_tables
from burden.report import reply


@pytest.fixture(scope="session")
def tools(toy: bd.Inventory) -> bd.Inventory:
    work = pd.DataFrame(
        [
            {"obligation_id": "ERRD", "activity": "checking", "side": "respondent", "minutes": 30.0,
             "minutes_evidence": "assumed", "evidence": "assumed"},
            {"obligation_id": "ERRD", "activity": "formal_check", "side": "authority", "minutes": 60.0,
             "minutes_evidence": "assumed", "evidence": "assumed"},
        ]
    )  # fmt: skip
    texts = pd.DataFrame(
        [{"legal_base_id": "r314", "citation": "CASF, art. R. 314-232", "level": "decree", "evidence": "text"}]
    )
    obligations = toy.obligations
    obligations.loc[obligations["obligation_id"] == "ERRD", ["legal_base_ids", "evidence"]] = ["r314", "text"]
    uses = pd.DataFrame(
        [
            {
                "obligation_id": "ES",
                "use": "statistics",
                "known_by": "stated",
                "reader_id": "drees",
                "evidence": "recalled",
            }
        ]
    )
    tables = {"activities": work, "legal_bases": texts, "obligations": obligations, "uses": uses}
    return with_tables(toy, tables)


@pytest.fixture(scope="session")
def home(toy_portfolio: bd.Portfolio) -> bd.Portfolio:
    return toy_portfolio


@pytest.fixture(scope="session")
def sent(tools: bd.Inventory, home: bd.Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms as they were sent, to be copied and never written in."""
    folder = tmp_path_factory.mktemp("sent") / "forms"
    reply.write_forms(reply.draft(tools, home, language="en"), folder)
    return folder


@pytest.fixture
def forms(sent: Path, tmp_path: Path) -> Callable[[str], Path]:
    """The form of a body, as it was sent."""
    shutil.copytree(sent, tmp_path / "forms")
    return lambda who: tmp_path / "forms" / f"{who}.xlsx"
