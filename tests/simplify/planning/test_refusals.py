"""What the district's plan loses without each measure, act or authority, and what stands in for what."""

from __future__ import annotations

import pandas as pd
import pytest

from burden.simplify import plan
from burden.simplify.planning.refusals import refusals
from tests.analysis.inventories import asks
from tests.simplify.planning.conftest import Case
from tests.simplify.planning.rows import home, received, rules, tool


def lost(found: pd.DataFrame) -> dict[str, float]:
    return dict(zip(found["refused"], found["lost"].round(9), strict=True))


@pytest.fixture(scope="module")
def by_measure(worked: Case) -> pd.DataFrame:
    return refusals(*worked)


@pytest.fixture(scope="module")
def by_authority(worked: Case) -> pd.DataFrame:
    return refusals(*worked, by="authority")


def test_hours_lost_without_each_measure(worked: Case, by_measure: pd.DataFrame) -> None:
    # ACC and PLAN that stay can still take their items from elsewhere: only their meetings and visits are lost.
    name = worked[0].measures.set_index("measure")["obligation_id"]
    assert {name[m]: hours for m, hours in lost(by_measure).items()} == {
        "ACC": 5.0, "PLAN": 2.0, "BUD": 1.0, "CARE": 1.0, "GUARD": 1.0, "SUR": 1.0
    }  # fmt: skip


def test_losses_do_not_add_up_to_the_saving(worked: Case, by_measure: pd.DataFrame) -> None:
    assert (by_measure["lost"].sum(), worked[0].summary["saved"]) == (pytest.approx(11.0), pytest.approx(14.0))


def test_what_is_saved_without_it_and_what_is_lost_make_the_whole(worked: Case, by_measure: pd.DataFrame) -> None:
    whole = by_measure["saved"] + by_measure["lost"]
    assert whole.tolist() == pytest.approx([worked[0].summary["saved"]] * len(by_measure))


def test_the_dearest_refusal_comes_first(by_measure: pd.DataFrame) -> None:
    assert by_measure["lost"].is_monotonic_decreasing


def test_what_hangs_on_a_measure_is_what_it_saves(worked: Case, by_measure: pd.DataFrame) -> None:
    saved = worked[0].measures.set_index("measure")["saved"].to_dict()
    assert dict(zip(by_measure["refused"], by_measure["hangs_on_it"], strict=True)) == pytest.approx(saved)


def test_hours_lost_without_each_act(worked: Case) -> None:
    assert lost(refusals(*worked, by="act")) == {"custom": 5.0, "order": 2.0, "decree": 1.0}


def test_hours_lost_without_each_authority(by_authority: pd.DataFrame) -> None:
    # Without the ARS nothing passes from it and the order stays: ACC 7, PLAN 2 and CARE 1.
    assert lost(by_authority) == {"ars": 10.0, "departement": 8.0, "caf": 1.0}


def test_the_way_round_an_authority_is_told(by_authority: pd.DataFrame) -> None:
    # The CAF can have staff from the département, which ACC then goes on telling.
    assert by_authority.set_index("refused")["instead"].to_dict() == {"ars": "SUR<ACC", "departement": "", "caf": ""}


def test_only_those_that_most_hangs_on_are_looked_at_when_asked(worked: Case) -> None:
    assert refusals(*worked, by="act", count=1)["refused"].tolist() == ["custom"]


def test_only_measures_acts_and_authorities_are_refused(worked: Case) -> None:
    with pytest.raises(ValueError, match="'text' is not one of measure, act, authority"):
        refusals(*worked, by="text")


def by_way_of_the_caf() -> Case:
    """ASKED of the ARS each year; the ARS and the CAF have it each month, and nobody holds any register."""
    inv = rules(
        [tool("ASKED"), tool("FIRST", period="P1M"), tool("SECOND", period="P1M")],
        [asks("ASKED", "days"), asks("FIRST", "days", protected=True), asks("SECOND", "days", protected=True)],
        recipients=received("SECOND", "caf"),
    )
    return plan(inv, home()), inv, home()


def test_another_source_stands_in_for_one_that_is_refused() -> None:
    row = refusals(*by_way_of_the_caf()).iloc[0]
    # FIRST is not taken from once it is refused; the obligation ends, or takes its item from SECOND.
    assert (row["lost"], row["instead"]) == (0.0, "ASKED<SECOND")


def test_two_texts_of_one_measure_are_each_all_of_it() -> None:
    inv = rules(
        [tool("ASKED", legal_base_ids="law|decree", proof="inspection"), tool("FIRST", period="P1M")],
        [asks("ASKED", "days", unit="days"), asks("FIRST", "days")],
    )
    found = plan(inv, home())
    assert lost(refusals(found, inv, home(), by="act")) == {"decree": 1.0, "law": 1.0}
