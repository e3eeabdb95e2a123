"""The table of modes of allocation and the prices of an hour, drawn from a few rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from burden.figures import allocation_modes, alt_text, price_of_an_hour, save, title_of
from burden.figures.frame import figure_of
from burden.figures.style import look

Illegible = Callable[[Axes], list[str]]
LABELS = {"departement": "Conseil départemental", "cnav": "Caisse nationale d'assurance vieillesse (CNAV)",
          "ars": "Agence régionale de santé (ARS)", "elderly": "personnes âgées et aide à domicile",
          "disability": "handicap", "housing": "logement, hébergement et accompagnement"}  # fmt: skip
NBSP = "\u00a0"


@pytest.fixture
def prices() -> pd.DataFrame:
    """A floor in two years, a fund's price, a relative's compensation, and two refused modes."""
    rows = [
        ("A", "SAD habilité", "Home help", "departement", True, "floor_price", 2024, False, 23.5, 23.5, ""),
        ("A", "SAD habilité", "Home help", "departement", True, "floor_price", 2025, True, 24.58, 24.58, ""),
        ("B", "Caisse de retraite", "Pension fund", "cnav", True, "price", 2025, True, 26.8, 26.8, ""),
        ("C", "Aidant familial", "Relative", "departement", False, "compensation", 2024, True, 4.59, 6.89, ""),
        ("D", "SAVS", "SAVS service", "departement", False, "price", pd.NA, True, np.nan, np.nan, "day"),
        ("E", "APA", "APA plan", "departement", True, "ceiling", 2024, True, np.nan, np.nan, "ceiling"),
    ]
    columns = [
        "allocation_id", "name_fr", "name_en", "funder_ids", "paid_by_person", "value_kind", "year", "latest",
        "eur_per_h_low", "eur_per_h_high", "refused",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns).astype({"year": "Int64"})
    return frame.assign(eur_per_h=frame["eur_per_h_low"].mask(frame["allocation_id"] == "C"))


@pytest.fixture
def modes() -> pd.DataFrame:
    row = {
        "at_home": "yes", "pricing_authority_ids": "departement", "funder_ids": "departement",
        "tariff_form": "hourly_tariff", "price_unit": "hour", "opening": "authorisation", "cpom": "none",
        "budget_cycle": "budget_accounts", "control_authority_ids": "departement|ars", "evaluation": "has_5_years",
        "value": 24.58, "value_low": np.nan, "value_high": np.nan, "year": 2025,
    }  # fmt: skip
    rows = [
        {**row, "silo_id": "elderly"}, {**row, "silo_id": "elderly", "tariff_form": "free_price"},
        {**row, "silo_id": "disability", "price_unit": "day", "value": np.nan, "year": np.nan},
        {**row, "silo_id": "housing", "tariff_form": "grant", "evaluation": "unspecified"},
        {**row, "silo_id": None},
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.fixture(params=["prices", "modes"])
def draw(request: pytest.FixtureRequest, prices: pd.DataFrame, modes: pd.DataFrame) -> Callable[[str], Axes]:
    if request.param == "prices":
        return lambda language: price_of_an_hour(prices, labels=LABELS, language=language)
    return lambda language: allocation_modes(modes, labels=LABELS, language=language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("dpi", [72, 200])
def test_no_text_is_cut_off_or_over_another(
    draw: Callable[[str], Axes], language: str, dpi: int, illegible: Illegible
) -> None:
    ax = draw(language)
    figure_of(ax).set_dpi(dpi)
    with look():
        assert illegible(ax) == []


def test_the_same_table_gives_the_same_bytes(draw: Callable[[str], Axes], tmp_path: Path) -> None:
    once = [p.read_bytes() for p in save(draw("fr"), tmp_path / "once", formats=["svg"])]
    assert once == [p.read_bytes() for p in save(draw("fr"), tmp_path / "again", formats=["svg"])]


def test_the_alternative_text_begins_with_the_finding(draw: Callable[[str], Axes]) -> None:
    assert alt_text(draw("fr")).startswith(title_of(draw("fr")))


def test_the_title_compares_prices_within_one_year(prices: pd.DataFrame) -> None:
    # 2025: a fund's price and the floor; 2024: the floor alone, as a compensation is no price.
    assert title_of(price_of_an_hour(prices, labels=LABELS, language="en")) == (
        "2 modes price an hour of this help, from €24.58 to €26.80 in 2025; 2 others give no price per hour"
    )


def test_the_title_in_french(prices: pd.DataFrame) -> None:
    assert title_of(price_of_an_hour(prices, labels=LABELS)) == (
        f"2 modes fixent un prix à l'heure pour cette aide, de 24,58{NBSP}€ à 26,80{NBSP}€ en 2025\u202f; "
        "2 autres n'en donnent pas"
    )


def test_what_a_relative_is_paid_is_no_price_of_the_title(prices: pd.DataFrame) -> None:
    same_year = prices.assign(year=prices["year"].mask(prices["allocation_id"] == "C", 2025))
    ax = price_of_an_hour(same_year, labels=LABELS, language="en")
    assert "from €24.58 to €26.80 in 2025" in title_of(ax)
    assert "What a relative is paid is drawn, and is not counted as a price." in alt_text(ax)


def test_refused_modes_are_listed_by_reason(prices: pd.DataFrame) -> None:
    said = alt_text(price_of_an_hour(prices, labels=LABELS, language="en"))
    assert "hours of help in a day are not fixed: SAVS service." in said
    assert "a ceiling of what may be paid, not a price: APA plan." in said


def test_the_dearest_mode_stands_first_with_who_pays(prices: pd.DataFrame) -> None:
    ax = price_of_an_hour(prices, labels=LABELS)
    first = ax.get_yticklabels()[0].get_text().replace("\n", " ")
    assert first == f"Caisse de retraite payé par{NBSP}: CNAV et la personne"


def test_the_years_of_a_price_are_said(prices: pd.DataFrame) -> None:
    said = {t.get_text() for t in price_of_an_hour(prices, labels=LABELS, language="en").texts}
    assert {"€23.50 (2024) → €24.58 (2025)", "€4.59–6.89 (2024)"} <= said


def test_without_a_price_the_figure_says_so(prices: pd.DataFrame) -> None:
    ax = price_of_an_hour(prices[prices["refused"] != ""], labels=LABELS, language="en")
    assert alt_text(ax) == "Nothing to show: no mode states a price per hour."


def test_the_table_counts_forms_units_and_cycles(modes: pd.DataFrame) -> None:
    assert title_of(allocation_modes(modes, labels=LABELS, language="en")) == (
        "4 ways to pay for help at home in 3 policies: 3 forms of tariff, 2 units of price, 1 budget cycle"
    )


def _said(ax: Axes) -> list[tuple[str, object]]:
    return [(t.get_text().strip(), t.get_fontweight()) for t in ax.texts]


def test_what_three_policies_share_is_bold(modes: pd.DataFrame) -> None:
    said = _said(allocation_modes(modes, labels=LABELS, language="en"))
    assert {weight for words, weight in said if words.startswith("budget by")} == {"bold"}
    assert ("grant", "normal") in said


def test_what_is_unspecified_is_no_common_ground(modes: pd.DataFrame) -> None:
    said = _said(allocation_modes(modes.assign(evaluation="unspecified"), labels=LABELS, language="en"))
    assert "bold" not in {weight for words, weight in said if words.startswith("unspecified")}


def test_a_value_that_is_not_known_is_said_not_left_out(modes: pd.DataFrame) -> None:
    words = [w for w, _ in _said(allocation_modes(modes, labels=LABELS, language="en"))]
    assert "value not known" in words
    assert "€24.58 (hour, 2025) (2)" in words


def test_a_mode_that_nobody_prices_says_so(modes: pd.DataFrame) -> None:
    words = _said(allocation_modes(modes.assign(pricing_authority_ids=""), labels=LABELS, language="en"))
    assert "no authority (2)" in {w for w, _ in words}


def test_modes_outside_every_policy_are_counted_in_the_note(modes: pd.DataFrame) -> None:
    assert "1 mode outside of these policies is not drawn." in alt_text(
        allocation_modes(modes, labels=LABELS, language="en")
    )


def test_modes_of_no_policy_make_no_table(modes: pd.DataFrame) -> None:
    ax = allocation_modes(modes.assign(silo_id=None), labels=LABELS, language="en")
    assert alt_text(ax) == "Nothing to show: no mode belongs to a policy."
