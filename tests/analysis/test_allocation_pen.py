from __future__ import annotations

import pandas as pd
import pytest

import burden as bd
from tests.analysis.allocation_rows import mode, told, two_homes
from tests.analysis.inventories import obligation

SKILLS = [
    {"instrument": "budget", "skill": "pricing", "pen_role": "prices", "evidence": "assumed"},
    {"instrument": "budget", "skill": "financial_analysis", "pen_role": "prices", "evidence": "assumed"},
]
ROLES = [
    {"authority_id": "ars", "level": "ars"}, {"authority_id": "departement", "level": "departement"},
    {"authority_id": "pricing_authority", "level": "role"}, {"authority_id": "works_council", "level": "internal"},
]  # fmt: skip


def test_an_authority_holds_each_role_in_so_many_modes() -> None:
    inv = told(
        mode("A", price_unit="hour"), mode("B", price_unit="day", silo_id="elderly", funder_ids="ars"),
        mode("C", pricing_authority_ids="ars|departement", at_home="no", price_unit="day"),
    )  # fmt: skip
    pen = bd.allocation.pen(inv).set_index(["authority_id", "role"])
    assert pen.loc[("departement", "prices"), ["modes", "shared", "silos", "price_units"]].tolist() == [3, 1, 2, 2]
    assert pen.loc[("ars", "funds"), "allocation_ids"] == "B"
    assert ("ars", "controls") not in pen.index


def test_a_mode_that_nobody_prices_has_no_pricing_authority() -> None:
    pen = bd.allocation.pen(told(mode("A", pricing_authority_ids="")))
    assert "prices" not in set(pen["role"])


def _handled(**cells: object) -> pd.DataFrame:
    inv = told(
        mode("A", obligation_ids="BUD", **cells), instrument_skills=SKILLS, authorities=ROLES,
        obligations=[obligation("BUD", required_by_id="pricing_authority")],
    )  # fmt: skip
    return bd.allocation.handling(inv, two_homes())


def test_the_pricing_authority_of_the_mode_handles_what_its_role_requires() -> None:
    # Two budgets a year, thirty minutes each on the authority's side.
    (row,) = _handled().to_dict("records")
    assert (row["authority_ids"], row["pen_role"], row["occurrences_per_year"], row["hours_per_year"]) == (
        "departement", "prices", 2.0, 1.0,
    )  # fmt: skip


def test_two_pricing_authorities_are_not_shared_out() -> None:
    found = _handled(pricing_authority_ids="ars|departement")
    assert found[["authority_ids", "hours_per_year"]].to_numpy().tolist() == [["ars|departement", 1.0]]


def test_units_of_another_type_are_not_handled_by_the_mode() -> None:
    assert _handled(actor_id="ehpad").empty


def test_an_instrument_without_a_stated_role_has_none() -> None:
    inv = told(mode("A", obligation_ids="BUD"))
    assert bd.allocation.handling(inv, two_homes())["pen_role"].tolist() == [""]


def test_the_hours_of_a_tool_are_in_each_skill_it_calls_for() -> None:
    found = bd.allocation.skills(told(mode("A"), instrument_skills=SKILLS), two_homes()).set_index("skill")
    assert found["hours_per_year"].to_dict() == {"pricing": 1.0, "financial_analysis": 1.0}
    assert found.loc["pricing", "etpt"] == pytest.approx(1 / 1607)
    assert set(found["evidence"]) == {"assumed"}


def test_a_tool_without_a_stated_skill_is_counted_apart() -> None:
    (row,) = bd.allocation.skills(told(mode("A")), two_homes()).to_dict("records")
    assert (row["skill"], row["hours_per_year"], row["occurrences_per_year"]) == ("", 1.0, 2.0)


def test_hours_of_the_authority_that_nobody_knows_stay_unknown() -> None:
    untimed = [{"obligation_id": "BUD", "activity": "formal_check", "side": "authority"}]
    found = bd.allocation.skills(told(mode("A"), instrument_skills=SKILLS, activities=untimed), two_homes())
    assert found["hours_per_year"].isna().all()
    assert found["rows_unmeasured"].gt(0).all()
