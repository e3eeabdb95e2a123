import math

import pandas as pd
import pytest

from burden.model.messages import plural_text, text
from burden.report.audit import Audit
from burden.report.key_figures import KeyFigure, Rows, by_id, number

pytestmark = pytest.mark.xdist_group("report")


def figure(identifier: str = "x", value: float = 1.0, unit: str = "h") -> KeyFigure:
    return KeyFigure(identifier, text("hours"), value, unit, "f", Rows("ledger"), "hours", text("all"))


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (7.0, "en", "7"),
        (999.0, "fr", "999"),
        (12345.6, "en", "12,300"),
        (12345.6, "fr", "12\u202f300"),
        (0.05678, "fr", "0,057"),
        (math.nan, "fr", "inconnu"),
    ],
)
def test_a_number_is_shown_as_the_reader_writes_it(value: float, language: str, shown: str) -> None:
    assert number(value, language) == shown


def test_a_share_is_shown_in_whole_points() -> None:
    assert number(0.4795, "fr", share=True) == "48\u00a0%"


def test_two_figures_under_one_identifier_are_refused() -> None:
    with pytest.raises(ValueError, match="two figures"):
        by_id([figure(), figure()])


def test_an_unknown_value_is_null_in_json_not_zero() -> None:
    assert figure(value=math.nan).as_json()["value"] is None


def test_rows_pick_the_values_of_every_column() -> None:
    frame = pd.DataFrame({"a": ["x", "x", "y"], "b": ["1", "2", "1"]})
    assert Rows("t", {"a": ("x",), "b": ("1",)}).of({"t": frame}).index.tolist() == [0]


def test_the_hours_are_the_sum_of_the_rows_they_name(audited: Audit) -> None:
    hours = audited.figures["burden.hours"]
    assert hours.rows.of(audited.tables)["hours_per_year"].sum() == pytest.approx(hours.value)


def test_every_figure_names_a_table_of_the_bundle(audited: Audit) -> None:
    known = {*audited.tables, "recipients"}
    assert {f.rows.table for f in audited.figures.values()} <= known


def test_a_range_holds_its_value(audited: Audit) -> None:
    ranged = [f for f in audited.figures.values() if not math.isnan(f.low)]
    assert ranged
    # Bounds may be known where no central value is.
    assert all(f.low - 1e-9 <= f.value <= f.high + 1e-9 for f in ranged if not math.isnan(f.value))
    assert all(f.low <= f.high for f in ranged)


def test_the_toy_owes_four_tools(toy_audit: Audit) -> None:
    assert toy_audit.figures["owed.obligations"].value == 4


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(0.0, "heure", "hours"), (0.5, "heure", "hours"), (1.0, "heure", "hour"), (1.02, "heure", "hour"),
     (1.9, "heure", "hours"), (1.96, "heures", "hours"), (2.0, "heures", "hours"), (math.nan, "heures", "hours")],
)  # fmt: skip
def test_a_noun_follows_the_number_shown_before_it(value: float, french: str, english: str) -> None:
    said = plural_text(
        "{hours} hour a year for those who answer ({low} to {high}).",
        "{hours} hours a year for those who answer ({low} to {high}).",
        figure(value=value).governs, hours="", low="", high="",
    )  # fmt: skip
    assert [said.render(language).split()[0] for language in ("fr", "en")] == [french, english]
