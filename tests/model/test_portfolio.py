from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from burden.model.findings import InventoryError
from burden.model.inventory import Inventory
from burden.model.portfolio import (
    Portfolio,
    column_named,
    portfolio_findings,
    portfolio_from_counts,
    portfolio_from_frame,
    read_units,
)
from burden.model.records import Record

Units = Callable[..., Portfolio]
KEYS = {"unit_id": "u", "operator_id": "asso", "actor_id": "mecs"}


def read(**cells: str) -> Portfolio:
    return read_units("p", "p.csv", [Record("p.csv", 2, {**KEYS, **cells})])


def faults(**cells: str) -> list[str]:
    with pytest.raises(InventoryError) as raised:
        read(**cells)
    return [f.render() for f in raised.value.findings]


def test_a_frame_taken_from_a_portfolio_is_ones_own(units: Units) -> None:
    ptf = units({"person": 3})
    taken = ptf.units
    taken["person"] = 9.0
    assert ptf.units["person"].tolist() == [3.0]


def test_every_other_column_is_a_population(units: Units) -> None:
    assert units({"person": 3, "note": "x", "staff": 2}).populations == ["person", "staff"]


def test_an_empty_number_is_unknown(units: Units) -> None:
    assert units({"person": None}).units["person"].isna().all()


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(InventoryError) as raised:
        portfolio_from_frame("p", pd.DataFrame({"unit_id": ["u"]}))
    assert [f.place.column for f in raised.value.findings] == ["operator_id", "actor_id"]


def test_a_unit_that_stands_twice_is_refused(units: Units) -> None:
    with pytest.raises(InventoryError, match="the unit 'u' stands twice"):
        units({"unit_id": "u"}, {"unit_id": "u"})


def test_a_negative_number_is_refused_with_its_unit(units: Units) -> None:
    with pytest.raises(InventoryError, match="column 'person': the unit 'u1' has a negative number"):
        units({"person": 1}, {"person": -1})


def test_a_unit_without_a_type_is_refused(units: Units) -> None:
    with pytest.raises(InventoryError, match="line 2, column 'actor_id': the cell is empty"):
        units({}, {"actor_id": None})


def test_cells_of_an_office_are_read() -> None:
    unit = read(tags=" budget ; cpom;", person="1\u202f234,5", staff="").units.iloc[0]
    assert (unit["tags"], unit["person"]) == ("budget|cpom", 1234.5)
    assert pd.isna(unit["staff"])


@pytest.mark.parametrize("raw", ["-3", "dix", "nan", "inf", "1.2.3"])
def test_what_is_not_a_number_of_zero_or_more_is_refused(raw: str) -> None:
    assert faults(person=raw)[0].startswith(f"p.csv, line 2, column 'person': '{raw}' is not a number of zero or more.")


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    assert len(faults(person="x", staff="y", unit_id=" ")) == 3


@pytest.mark.parametrize(
    ("header", "column"),
    [("Structure", "unit_id"), ("ORGANISME GESTIONNAIRE", "operator_id"), ("caracteristiques", "tags"),
     ("Serious incident", "serious_incident"), ("exempt_obligation_ids", "exempt_obligation_ids")],
)  # fmt: skip
def test_a_header_is_known_whatever_its_writing(header: str, column: str) -> None:
    assert column_named(header) == column


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"actor_id": "x"}, "actor_id"), ({"tags": "x"}, "tags"), ({"x": 1}, "x"),
     ({"exempt_obligation_ids": "x"}, "exempt_obligation_ids")],
)  # fmt: skip
def test_what_the_inventory_does_not_know_is_an_error(
    sound: Callable[..., Inventory], units: Units, cells: dict, column: str
) -> None:
    found = [f for f in portfolio_findings(sound(), units(cells)) if f.severity == "error"]
    assert [(f.place.column, f.value) for f in found] == [(column, "x")]


@pytest.mark.parametrize(("kind", "warned"), [("operator", False), ("public_authority", False), ("professional", True)])
def test_an_operator_without_a_row_of_its_own_is_reported(
    sound: Callable[..., Inventory], units: Units, kind: str, warned: bool
) -> None:
    inv = sound(actors=[{"actor_id": "body", "kind": kind}])
    found = portfolio_findings(inv, units({}, {"actor_id": "body"}))
    assert [f.check for f in found] == ["operator without a row"] * warned


def test_published_counts_become_one_unit_per_establishment() -> None:
    counts = pd.DataFrame({"actor_id": ["mecs"], "establishment": [4.0], "place": [100.0], "tags": ["budget"]})
    units = portfolio_from_counts("counts", counts).units
    assert units["place"].tolist() == [25.0] * 4
    assert units["operator_id"].nunique() == 4


def test_a_type_whose_number_is_unknown_has_no_unit() -> None:
    counts = pd.DataFrame({"actor_id": ["mecs", "fam"], "establishment": [1.0, None], "place": [10.0, 5.0]})
    assert portfolio_from_counts("counts", counts).units["actor_id"].tolist() == ["mecs"]


def test_a_type_is_one_name_and_no_list_of_them(sound: Callable[..., Inventory], units: Units) -> None:
    found = portfolio_findings(sound(), units({"actor_id": "|"}))
    assert [f.value for f in found if f.severity == "error"] == ["|"]
