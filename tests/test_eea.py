"""Another field, another language, another shape: a real register of someone else."""

from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from tests import eea_inventory

DUMP = Path(__file__).parents[2] / "shared/data/eea_reporting_obligations"
pytestmark = pytest.mark.skipif(not DUMP.is_dir(), reason="the register's dump is not here")


def test_the_200_obligations_become_an_inventory_of_public_functions() -> None:
    assert len(eea_inventory.inventory(DUMP).obligations) == 200


def test_the_script_is_shorter_than_60_lines() -> None:
    assert len(Path(eea_inventory.__file__).read_text(encoding="utf-8").splitlines()) < 60


def test_the_register_is_audited() -> None:
    found = bd.audit.run(eea_inventory.inventory(DUMP), eea_inventory.portfolio(DUMP))
    assert found.figures["owed.obligations"].value == 200


def test_words_find_more_of_the_declared_overlaps_than_listed_parameters() -> None:
    declared = pd.read_csv(DUMP / "declared_overlaps.csv", dtype=str)
    wanted = {
        frozenset(("RA-" + a, "RA-" + b))
        for a, b in zip(declared["obligation_id"], declared["overlaps_with"], strict=True)
    }

    def found(item: str) -> int:
        pairs = bd.redundancy.overlap(eea_inventory.inventory(DUMP, item=item))
        return sum(frozenset(p) in wanted for p in zip(pairs["a"], pairs["b"], strict=True))

    assert found(eea_inventory.LISTED) < found(eea_inventory.WORDS) <= len(wanted)
