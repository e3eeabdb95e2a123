"""What the inventories of the repository say about modes of allocation."""

from __future__ import annotations

import pandas as pd
import pytest

import burden as bd
from burden.model import schema

HOME_HELP = ["SC02", "SC03"]
"""Help with essential acts and with household tasks."""


@pytest.fixture(scope="module")
def prices(real: bd.Inventory) -> pd.DataFrame:
    return bd.allocation.hour_prices(real, functions=HOME_HELP)


def test_all_of_the_facts_are_there(real: bd.Inventory) -> None:
    rows = {t: len(real[t]) for t in ("functions", "serafin_codes", "services", "allocations")}
    assert rows == {"functions": 16, "serafin_codes": 107, "services": 95, "allocations": 44}


def test_a_serafin_code_is_part_of_the_code_it_begins_with(real: bd.Inventory) -> None:
    codes = real.serafin_codes.dropna(subset="parent_code")
    assert (codes["serafin_code"].str.rsplit(".", n=1).str[0] == codes["parent_code"]).all()


def test_help_at_home_is_paid_for_in_five_policies(real: bd.Inventory) -> None:
    assert bd.allocation.modes(real)["silo_id"].nunique() == 5


def test_one_hour_of_home_help_has_these_prices_in_2024(prices: pd.DataFrame) -> None:
    of_2024 = prices[(prices["year"] == 2024) & (prices["refused"] == "")].set_index("allocation_id")
    assert of_2024["eur_per_h"].to_dict() == {
        "AL-06": 23.5, "AL-10": 23.5, "AL-11": 19.09, "AL-12": 17.35, "AL-13": 4.59,
    }  # fmt: skip
    assert of_2024.loc["AL-13", "eur_per_h_high"] == 6.89


def test_the_pension_fund_pays_above_the_floor_of_the_same_year(prices: pd.DataFrame) -> None:
    of_2025 = prices[prices["year"] == 2025].set_index("allocation_id")["eur_per_h"]
    assert of_2025["AL-15"] - of_2025["AL-06"] == pytest.approx(2.22)


def test_a_price_that_is_refused_says_why(prices: pd.DataFrame) -> None:
    refused = prices[prices["refused"] != ""].drop_duplicates("allocation_id").set_index("allocation_id")
    assert refused["refused"].to_dict() == {
        "AL-07": "free_price", "AL-08": "supplement", "AL-14": "ceiling", "AL-16": "hour_or_fte",
        "AL-17": "no_value", "AL-24": "day",
    }  # fmt: skip


def test_the_first_assessment_is_the_most_shared_function(real: bd.Inventory) -> None:
    first = bd.allocation.common_core(real).iloc[0]
    assert (first["function_id"], first["silos"], first["structures"]) == ("SC01", 5, 9)


def test_no_mapping_to_a_function_is_agreed_yet(real: bd.Inventory) -> None:
    assert bd.allocation.common_core(real)["agreed"].sum() == 0


def test_the_departement_prices_in_every_policy(real: bd.Inventory) -> None:
    pen = bd.allocation.pen(real).set_index(["authority_id", "role"])
    assert pen.loc[("departement", "prices"), "silos"] == 5


def test_the_hours_for_each_thousand_euros_are_refused_where_no_price_is_known(
    real: bd.Inventory, association: bd.Portfolio
) -> None:
    found = bd.allocation.hours_per_1000_eur(real, association).set_index("allocation_id")
    assert found.loc[["AL-17", "AL-18", "AL-19"], "refused"].tolist() == ["no_value"] * 3
    assert found.loc["AL-36", "refused"] == "no_unit"


def test_every_instrument_calls_for_a_skill(real: bd.Inventory) -> None:
    assert set(real.instrument_skills["instrument"]) == set(schema.codes("instrument"))


def test_what_an_instrument_calls_for_is_an_assumption(real: bd.Inventory) -> None:
    assert set(real.instrument_skills["evidence"]) == {"assumed"}
