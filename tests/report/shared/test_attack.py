import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from burden.report.shared.attack import exposed, protected, reach, shown_numbers
from burden.report.shared.cells import NEVER_SHOWN, Cells, Rule, cells, folded
from burden.report.shared.hiding import hidden_cells
from tests.report.shared.rows import Unit, contributions, portfolios

_RULE = Rule(at_least=3)
SQUARE = [
    *(Unit(o, "home", "17", 10) for o in "AB"),
    *(Unit(o, a, t, 10) for o in "CDEF" for a, t in (("home", "33"), ("service", "17"), ("service", "33"))),
]
"""Two types in two territories; two operators alone run the homes of one."""


def _never(found: Cells) -> set[int]:
    return set(found.frame.index[found.frame["table"] == NEVER_SHOWN])


def _square(*hidden: tuple[str, str], persons: int = 10) -> tuple[Cells, set[int]]:
    found = cells(contributions([unit._replace(persons=persons) for unit in SQUARE]), _RULE)
    crossed = found.frame[found.frame["table"] == "by_actor_territory"]
    at = {(a, t): int(i) for i, a, t in zip(crossed.index, crossed["actor_id"], crossed["territory"], strict=True)}
    return found, _never(found) | {at[h] for h in hidden}


def _number(found: Cells, actor: str, territory: str, measure: str = "hours_per_year") -> int:
    frame = found.frame
    where = (frame["table"] == "by_actor_territory") & (frame["actor_id"] == actor) & (frame["territory"] == territory)
    of_cell = found.numbers["cell"].isin(frame.index[where]) & (found.numbers["measure"] == measure)
    return int(np.flatnonzero(of_cell)[0])


def test_a_cell_hidden_alone_is_worked_out_by_subtraction() -> None:
    found, hidden = _square(("home", "17"))
    known = reach(found, shown_numbers(found, hidden), _number(found, "home", "17"))
    assert (known.low, known.high) == pytest.approx((1.0, 1.0))


def test_a_rectangle_hides_its_corners() -> None:
    found, hidden = _square(("home", "17"), ("home", "33"), ("service", "17"), ("service", "33"))
    known = reach(found, shown_numbers(found, hidden), _number(found, "home", "17"))
    assert known.width > 0.5


def test_a_cell_shown_in_the_rectangle_gives_it_away() -> None:
    found, hidden = _square(("home", "17"), ("home", "33"), ("service", "17"))
    assert _number(found, "home", "17") in exposed(found, shown_numbers(found, hidden), 0.5)


def test_the_inventory_gives_away_what_no_table_shows() -> None:
    """Hours that are all per unit tell the units: they are attacked though no table shows them."""
    found, hidden = _square(("home", "17"), persons=0)
    assert _number(found, "home", "17", "units") in exposed(found, shown_numbers(found, hidden), 0.5)


@given(portfolios)
@settings(max_examples=20, deadline=None)
def test_the_truth_is_always_in_reach(units: list[Unit]) -> None:
    found = cells(folded(contributions(units), 3), _RULE)
    shown = shown_numbers(found, hidden_cells(found, _RULE))
    for number in np.flatnonzero(~shown)[:6]:
        known = reach(found, shown, int(number))
        assert known.low <= 1 + 1e-6
        assert known.high >= 1 - 1e-6


def _width_without_shortcut(found: Cells, shown: np.ndarray, number: int) -> float:
    """The attack once more, each number on its own, without the units that must be there or be whole."""
    wanted = found.shares[[number]].toarray().ravel()
    seen = found.shares[np.flatnonzero(shown)]
    least, most = (
        linprog(s * wanted, A_eq=seen, b_eq=np.ones(seen.shape[0]), bounds=(0, None), method="highs") for s in (1, -1)
    )
    assert least.status == 0
    return float("inf") if most.status != 0 else -most.fun - least.fun


@given(portfolios)
@settings(max_examples=20, deadline=None)
def test_no_sensitive_number_is_brought_into_a_narrow_range(units: list[Unit]) -> None:
    found = cells(folded(contributions(units), 3), _RULE)
    shown = shown_numbers(found, hidden_cells(found, _RULE))
    assert not shown[protected(found)].any()
    widths = [_width_without_shortcut(found, shown, n) for n in protected(found)]
    assert min(widths, default=1.0) >= _RULE.width_share - 1e-6
