from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burden.model.periods import Deadline, is_period, parse_deadlines, per_year, years


@pytest.mark.parametrize(
    ("period", "length"),
    [("P1Y", 1), ("P5Y", 5), ("P18M", Fraction(3, 2)), ("P1Y6M", Fraction(3, 2)), ("P73D", Fraction(1, 5))],
)
def test_years_of_a_duration_worked_by_hand(period: str, length: Fraction) -> None:
    assert years(period) == length


@pytest.mark.parametrize("wrong", ["", "P", "P0Y", "P0Y0M", "1Y", "P1y", "PT1H", "P1M1Y", "annual", "P１Y", " P1Y"])
def test_what_is_not_a_duration_above_zero_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        years(wrong)


@given(st.integers(1, 500), st.sampled_from("YMWD"))
def test_occurrences_a_year_are_the_inverse_of_the_length(number: int, unit: str) -> None:
    period = f"P{number}{unit}"
    assert per_year(period) * float(years(period)) == pytest.approx(1)


@given(st.integers(1, 1000))
def test_twelve_months_make_a_year(number: int) -> None:
    assert years(f"P{12 * number}M") == years(f"P{number}Y")


@given(st.text(alphabet="P0123456789YMWDT-eventonc", max_size=12))
def test_what_is_a_period_has_a_number_a_year(value: str) -> None:
    if is_period(value):
        assert per_year(value) >= 0
    else:
        with pytest.raises(ValueError, match="is not a period"):
            per_year(value)


def test_once_recurs_never_and_an_event_once_per_event() -> None:
    assert (per_year("once"), per_year("event")) == (0.0, 1.0)


@given(st.integers(-9, 9), st.dates())
def test_a_day_is_read_back_with_its_year(offset: int, day: object) -> None:
    month, number = day.month, day.day  # type: ignore[attr-defined]
    rule = f"N{offset:+d}:{month:02d}-{number:02d}" if offset else f"N:{month:02d}-{number:02d}"
    assert parse_deadlines(rule) == (Deadline(offset, month, number),)


def test_several_dates_keep_their_order() -> None:
    days = [(d.month, d.day, d.anchor + d.delay) for d in parse_deadlines("N:04-30|N:02-29|term-P6M|event+PT48H")]
    assert days == [(4, 30, ""), (2, 29, ""), (None, None, "term-P6M"), (None, None, "event+PT48H")]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "N:02-30",
        "N:13-01",
        "N:00-10",
        "N:4-30",
        "31/10",
        "event",
        "event+P",
        "event+PT",
        "N:04-30|",
        "N1:04-30",
    ],
)
def test_a_rule_that_names_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"not a deadline|does not exist"):
        parse_deadlines(wrong)
