import shutil
from pathlib import Path

import pandas as pd
import pytest

import burden as bd
from burden.analysis.silos import across_silos, instruments_by_silo, silos_of_obligations


@pytest.fixture(scope="module")
def five() -> bd.Portfolio:
    return bd.read_portfolio(Path(__file__).parents[2] / "inventories/portfolios/five-silo-association.csv")


def test_a_common_obligation_is_asked_in_the_silo_of_each_unit(real: bd.Inventory, five: bd.Portfolio) -> None:
    silos = silos_of_obligations(real, five)
    of_incident = set(silos.loc[silos["obligation_id"] == "FR-QUA-06", "silo_id"])
    assert {"child-protection", "elderly", "disability"} <= of_incident


def test_an_obligation_of_one_silo_stays_in_it(real: bd.Inventory, five: bd.Portfolio) -> None:
    silos = silos_of_obligations(real, five)
    assert set(silos.loc[silos["obligation_id"] == "FR-ENF-02", "silo_id"]) == {"child-protection"}


def test_information_of_one_silo_is_left_out(real: bd.Inventory, five: bd.Portfolio) -> None:
    assert (across_silos(real, five)["silos"] >= 2).all()


def test_headcount_is_asked_across_silos(real: bd.Inventory, five: bd.Portfolio) -> None:
    assert "fte_by_qualification" in set(across_silos(real, five)["concept_id"])


def test_every_obligation_stands_in_one_cell_of_instrument_and_silo(real: bd.Inventory) -> None:
    assert instruments_by_silo(real).to_numpy().sum() == len(real.obligations)


def test_adding_a_silo_is_adding_a_folder(root: Path, tmp_path: Path) -> None:
    sixth = tmp_path / "inventories"
    (sixth / "youth").mkdir(parents=True)
    shutil.copytree(root / "inventories/common", sixth / "common")
    tables = {
        "silos": {"silo_id": ["youth"], "name_fr": ["jeunesse"]},
        "actors": {"actor_id": ["youth_centre"], "name_fr": ["Maison des jeunes"], "kind": ["establishment"],
                   "silo_id": ["youth"], "evidence": ["recalled"]},
        "obligations": {"obligation_id": ["YOUTH-1"], "name_fr": ["Rapport annuel"], "silo_id": ["youth"],
                        "instrument": ["activity_report"], "required_by_id": ["departement"],
                        "period": ["P1Y"], "population_id": ["establishment"],
                        "item_list": ["recalled"], "evidence": ["recalled"]},
        "duties": {"obligation_id": ["YOUTH-1"], "actor_id": ["youth_centre"], "evidence": ["recalled"]},
        "requests": {"obligation_id": ["YOUTH-1"], "label_fr": ["Fréquentation"], "concept_id": ["activity_volume"],
                     "grain": ["establishment"], "reference_period": ["realised_year"], "perimeter": ["whole"],
                     "unit": ["persons"], "complexity": ["simple"], "evidence": ["recalled"]},
    }  # fmt: skip
    for table, columns in tables.items():
        pd.DataFrame(columns).to_csv(sixth / "youth" / f"{table}.csv", index=False)
    (sixth / "youth/datapackage.json").write_text('{"name": "youth", "includes": ["../common"]}', encoding="utf-8")
    inv = bd.read(sixth)
    assert "youth" in set(inv.obligations["silo_id"])
    assert bd.select(inv, silo="youth").requests["concept_id"].tolist() == ["activity_volume"]
