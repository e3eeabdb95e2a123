"""What a report says of modes at the same volume of help, on modes written by hand."""

from __future__ import annotations

import pytest

from burden.model.inventory import Inventory
from burden.report.parts import volume as part
from tests.analysis.allocation_rows import mode, told
from tests.analysis.inventories import obligation, portfolio
from tests.report.parts_by_hand import drawn, figures, reading, sentences, tables

HOME = portfolio({"person": 10.0})
FUNDED = {"volume_population_id": "person", "units_per_member_year": 1_000.0}


@pytest.fixture
def two() -> Inventory:
    """One mode brings an hour, the other four, for the 10,000 hours that the home gives; a third is by the day."""
    effort = [
        {"obligation_id": o, "activity": "checking", "side": "respondent", "minutes": m}
        for o, m in (("BUD", 60.0), ("CON", 240.0))
    ]
    modes = [mode("A", obligation_ids="BUD", **FUNDED), mode("B", obligation_ids="CON", **FUNDED),
             mode("C", price_unit="day", obligation_ids="BUD", **FUNDED),
             mode("D", value_kind="supplement", obligation_ids="BUD", **FUNDED)]  # fmt: skip
    return told(*modes, obligations=[obligation("BUD"), obligation("CON")], activities=effort)


def test_a_supplement_is_no_mode_to_compare(two: Inventory) -> None:
    found = figures(part, two, HOME)
    assert (found["volume.known"].value, found["volume.all"].value) == (2, 3)


def test_the_least_and_the_most(two: Inventory) -> None:
    found = figures(part, two, HOME)
    assert (found["volume.least"].value, found["volume.most"].value) == (1.0, 4.0)


def test_a_refusal_keeps_its_reason(two: Inventory) -> None:
    table = drawn(part.sections(reading(part, two, HOME))[0].blocks)["same-volume"].frame
    assert table["Why there is none"].tolist() == ["", "", "hours of help in a day are not fixed", ""]
    assert table["Tools counted"].tolist() == ["1 / 1", "1 / 1", "", "1 / 1"]


def test_one_mode_alone_does_not_compare() -> None:
    inv = told(mode("A", obligation_ids="BUD", **FUNDED))
    (said,) = sentences(part.sections(reading(part, inv, HOME))[0].blocks)
    assert said.startswith("For 10,000 hours of help a year, modes cannot be compared: 1 of 1")


def test_every_figure_leads_to_rows(two: Inventory) -> None:
    known = tables(part, two, HOME)
    assert all(len(f.rows.of(known)) for f in figures(part, two, HOME).values())


def test_without_a_unit_of_a_mode_there_is_nothing(two: Inventory) -> None:
    assert part.sections(reading(part, two, portfolio({"actor_id": "ehpad"}))) == ()
