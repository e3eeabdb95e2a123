from __future__ import annotations

from pathlib import Path

import pytest

import burden as bd
from burden.model.findings import InventoryError
from burden.simplify import apply, compare, needs, read_scenario
from burden.simplify.needs import lost
from burden.simplify.scenario import Scenario
from tests.analysis.uncertainty.rows import FEW
from tests.simplify.rows import home, tools

HEADER = """title_fr = "Un seul envoi"
title_en = "Sent once"
author = "Essai"
reference = "Aucune"
limits_fr = "Exemple"
limits_en = "Example"
"""
SHARED = """
[[levers]]
lever = "share"
obligation = "ACC"
concepts = ["days"]
source = "BUD"
"""
LENGTHENED = """
[[levers]]
lever = "lengthen"
obligation = "ACC"
period = "P2Y"
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "once.toml"
    path.write_text(HEADER + SHARED + LENGTHENED, encoding="utf-8")
    return path


@pytest.fixture
def scenario(written: Path) -> Scenario:
    return read_scenario(written)


def test_levers_are_pulled_in_order(scenario: Scenario) -> None:
    # ACC: one item of an hour, every other year.
    after = apply(scenario, tools(), home())
    assert bd.ledger.totals(*after)["hours_per_year"].item() == pytest.approx(24.5)


def test_a_title_is_in_the_language_of_the_reader(scenario: Scenario) -> None:
    assert (scenario.title("fr"), scenario.title("en")) == ("Un seul envoi", "Sent once")


def test_a_scenario_without_a_lever_that_bites_equals_today(tmp_path: Path) -> None:
    path = tmp_path / "nothing.toml"
    path.write_text(HEADER + '[[levers]]\nlever = "sample"\nobligation = "ACC"\nshare = 1.0\n', encoding="utf-8")
    whole = compare(tools(), home(), [read_scenario(path)], assumed=FEW).iloc[0]
    assert (whole["saved_h"], whole["saved_p10"], whole["saved_p90"]) == (0.0, 0.0, 0.0)


def test_joint_and_marginal_savings_are_apart(scenario: Scenario) -> None:
    frame = compare(tools(), home(), [scenario], assumed=FEW).set_index("step")
    # Together 1.5 h; sharing alone 1 h, lengthening alone 1 h; last, half an hour each.
    assert frame["saved_h"].tolist() == pytest.approx([1.5, 1.0, 1.0])
    assert frame["last_h"].dropna().tolist() == pytest.approx([0.5, 0.5])


def test_a_saving_without_uncertainty_has_no_range(scenario: Scenario) -> None:
    whole = compare(tools(), home(), [scenario], assumed=FEW).iloc[0]
    assert [whole[c] for c in ("saved_p10", "saved_p50", "saved_p90")] == pytest.approx([1.5] * 3, abs=1e-5)
    assert whole["saves_share"] == 1.0


def test_the_acts_to_amend_are_those_of_the_tool_that_changes(scenario: Scenario) -> None:
    acts = needs(tools(), scenario)
    assert set(acts.loc[acts["need"] == "act", "legal_base_id"]) == {"custom"}


def test_an_authority_that_no_longer_asks_needs_an_agreement(scenario: Scenario) -> None:
    found = needs(tools(), scenario)
    agreement = found[found["need"] == "agreement"].iloc[0]
    assert (agreement["authority_id"], agreement["other_authority_id"]) == ("ars", "departement")


def test_what_nobody_gives_any_more_is_lost(scenario: Scenario) -> None:
    after, _ = apply(scenario, tools(), home())
    assert lost(tools(), after)[["authority_id", "concept_id"]].to_numpy().tolist() == [["departement", "days"]]
    assert lost(tools(), after, served=[("departement", "days")]).empty


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("title_fr = ", "this is not TOML"),
        (HEADER, "there is no lever"),
        (HEADER.replace("author", "autor") + SHARED, "Did you mean 'author'"),
        (HEADER.replace('author = "Essai"\n', "") + SHARED, "the header lacks 'author'"),
        (HEADER + '[[levers]]\nlever = "shore"\n', "Did you mean 'share'"),
        (HEADER + '[[levers]]\nobligation = "BUD"\n', "the lever has no name"),
        (HEADER + "[[levers]]\nlever = {}\n", "there is no lever '{}'"),
        (HEADER + SHARED.replace("source", "sorce"), "Did you mean 'source'"),
        (HEADER + SHARED.replace('source = "BUD"', ""), "'share' needs 'source'"),
        (HEADER + SHARED.replace('["days"]', '"days"'), "a list of texts"),
    ],
)
def test_a_faulty_scenario_says_what_and_where(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InventoryError, match=said) as raised:
        read_scenario(path)
    assert all(f.place.file == "faulty.toml" for f in raised.value.findings)


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text('[[levers]]\nlever = "drop"\n[[levers]]\nlever = "shore"\n', encoding="utf-8")
    with pytest.raises(InventoryError) as raised:
        read_scenario(path)
    assert len(raised.value.findings) == 8
