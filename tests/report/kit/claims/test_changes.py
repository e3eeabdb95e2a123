"""A change that adds up what really changed and what is only better known."""

import math

import pytest

from burden.report.kit.claims.changes import mixed_changes
from tests.report.kit.claims.saying import figure, saying


def doubted(said: str, real: float = -300.0, re_estimate: float = 80.0) -> list[str]:
    values = {"before": 1000.0, "after": 780.0, "change": -220.0, "real": real, "re-estimate": re_estimate}
    figures = {f"versions.{part}": figure(f"versions.{part}", value, "h") for part, value in values.items()}
    return [claim.value for claim in mixed_changes(saying(said, figures), figures)]


@pytest.mark.parametrize(
    "said",
    [
        "Les heures baissent de [220](versions.change).",
        "Les heures passent de [1 000](versions.before) à [780](versions.after).",
        "The hours fell by [220](versions.change), of which [300](versions.real) are real.",
    ],
)
def test_a_change_given_as_one_is_doubted(said: str) -> None:
    assert len(doubted(said)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Moins [220](versions.change) : [300](versions.real) réelles, [80](versions.re-estimate) réestimées.",
        "The real change is [300](versions.real) hours.",
        "There were [1,000](versions.before) hours.",
    ],
)  # fmt: skip
def test_parts_given_apart_are_not_doubted(said: str) -> None:
    assert doubted(said) == []


def test_a_change_that_is_all_real_is_not_doubted() -> None:
    assert doubted("Les heures baissent de [220](versions.change).", re_estimate=0.0) == []


def test_an_unknown_part_is_not_taken_for_none() -> None:
    assert len(doubted("Les heures baissent de [220](versions.change).", re_estimate=math.nan)) == 1
