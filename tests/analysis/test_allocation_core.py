from __future__ import annotations

import burden as bd
from tests.analysis.allocation_rows import mode, service, told

SERVICES = [
    service("S", "F1", silo_id="elderly", name_fr="ménage", structure_fr="SAD", allocation_ids="A"),
    service("T", "F1", silo_id="disability", name_fr="vie domestique", structure_fr="SAVS",
            allocation_ids="B", funder_ids="departement|ars", price_unit="day", mapping_status="agreed"),
    service("U", "F1", silo_id="elderly", name_fr="ménage", structure_fr="OSCAR", allocation_ids="A"),
    service("V", "F2", silo_id=None, structure_fr="MJPM"),
]  # fmt: skip
MODES = [mode("A", silo_id="elderly"), mode("B", silo_id="disability", price_unit="day", value=None, year=None)]


def test_a_function_counts_policies_structures_names_and_prices() -> None:
    core = bd.allocation.common_core(told(*MODES, services=SERVICES)).set_index("function_id")
    counts = ["silos", "structures", "services", "funders", "modes", "priced", "agreed"]
    assert core.loc["F1", counts].tolist() == [2, 3, 3, 2, 2, 1, 1]
    assert core.loc["F1", "names_fr"] == "ménage|vie domestique"
    assert core.loc["F1", "price_units"] == "hour|day"


def test_a_service_outside_every_policy_is_no_policy() -> None:
    core = bd.allocation.common_core(told(*MODES, services=SERVICES)).set_index("function_id")
    assert core.loc["F2", ["silos", "services", "modes"]].tolist() == [0, 1, 0]


def test_the_most_shared_function_comes_first() -> None:
    assert bd.allocation.common_core(told(*MODES, services=SERVICES))["function_id"].tolist() == ["F1", "F2"]


def test_a_function_without_a_service_is_there_with_zero() -> None:
    core = bd.allocation.common_core(told(*MODES, services=SERVICES[:1])).set_index("function_id")
    assert core.loc["F2", ["silos", "services", "modes"]].tolist() == [0, 0, 0]


def test_a_function_is_paid_by_each_of_its_modes() -> None:
    paid = bd.allocation.function_prices(told(*MODES, services=SERVICES))
    rows = paid[["function_id", "allocation_id", "structure_fr", "price_unit"]].to_numpy().tolist()
    assert rows == [["F1", "A", "SAD|OSCAR", "hour"], ["F1", "B", "SAVS", "day"]]
    assert paid["value"].tolist()[0] == 20.0
    assert paid["value"].isna().tolist() == [False, True]
