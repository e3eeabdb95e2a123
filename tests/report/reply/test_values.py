import pytest
from hypothesis import given
from hypothesis import strategies as st

from burden.report.reply.values import bounds_of, read_euros, read_minutes, read_number


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("12", "12"), ("12,5", "12.5"), ("12 min", "12"), ("12mn", "12"), ("12 minutes", "12"), ("1 h 30", "90"),
        ("1h30", "90"), ("1 h 30 min", "90"), ("1,5 h", "90"), ("2 heures", "120"), ("1 250", "1250"), ("0", "0"),
        ("12 (5-30)", "12 (5-30)"), ("1 h (30 min – 2 h)", "60 (30-120)"),
    ],
)  # fmt: skip
def test_one_reading_only_is_read(written: str, minutes: str) -> None:
    assert read_minutes(written).plain == minutes


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1:30", "may be hours and minutes"), ("2 j", "counts days"), ("10-15", "is a range"),
        ("1.500", "thousands or decimals"), ("environ 12", "not a number"), ("1 h 75", "not a number"),
        ("1,5 h 20", "not a number"), ("-5", "not a number"), ("12 (15-30)", "not between"), ("12 s", "not a number"),
        ("1/2", "is a range"), ("inf", "not a number"),
    ],
)  # fmt: skip
def test_several_readings_are_refused_and_said_so(written: str, why: str) -> None:
    found = read_minutes(written)
    assert found.plain == ""
    assert found.fault is not None
    assert why in found.fault[0].render("en")


def test_how_it_was_read_is_told_when_it_was_not_plain() -> None:
    note = read_minutes("1 h 30").note
    assert note is not None
    assert note.render("en") == "'1 h 30' was read as 90."


@pytest.mark.parametrize("written", ["12", "12,5", "12 (5-30)", "1 250"])
def test_what_is_plain_needs_no_note(written: str) -> None:
    assert read_minutes(written).note is None


@given(st.decimals(min_value=0, max_value=100_000, places=2))
def test_what_was_read_reads_as_itself(number: object) -> None:
    once = read_minutes(str(number))
    assert read_minutes(once.plain) == type(once)(once.plain)


def test_euros_may_carry_their_sign() -> None:
    assert read_euros("8 500,50 €").plain == "8500.5"


def test_a_number_carries_no_unit() -> None:
    assert read_number("12 places").fault is not None


def test_bounds_stand_in_brackets() -> None:
    assert bounds_of("10 (5-30)") == (5.0, 10.0, 30.0)
