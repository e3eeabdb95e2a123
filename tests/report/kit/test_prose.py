"""Which numbers need a figure: the rule, case by case."""

import pytest

from burden.report.kit.prose import unled


@pytest.mark.parametrize(
    "said",
    [
        "art. L. 311-3 et R. 314-17", "art.\u00a0D. 312-204", "en 2022, puis en 1986", "décret n° 2016-1283",
        "P10 et P90", "minutes / 60", "visa 2022X035SA", "p. 12",
    ],
)  # fmt: skip
def test_what_needs_no_figure(said: str) -> None:
    assert unled(said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [("dont 45 heures", ["45"]), ("12\u202f300 h", ["12\u202f300"]), ("48 %", ["48"]), ("3,5 fois", ["3,5"])],
)
def test_what_needs_one(said: str, expected: list[str]) -> None:
    assert unled(said) == expected
