from hypothesis import given, settings

from burden.report.shared.cells import NEVER_SHOWN, Rule, cells, folded
from burden.report.shared.hiding import hidden_cells
from tests.report.shared.rows import Unit, contributions, portfolios
from tests.report.shared.test_attack import SQUARE


def _hidden(units: list[Unit], at_least: int) -> set[tuple[str, str, str]]:
    found = cells(contributions(units), Rule(at_least=at_least))
    rows = found.frame.loc[sorted(hidden_cells(found, Rule(at_least=at_least)))]
    rows = rows[rows["table"] != NEVER_SHOWN].fillna("")
    return set(zip(rows["table"], rows["actor_id"], rows["territory"], strict=True))


def test_others_are_hidden_so_that_a_sensitive_one_stays_hidden() -> None:
    hidden = {(a, t) for table, a, t in _hidden(SQUARE, 3) if table == "by_actor_territory"}
    assert ("home", "17") in hidden
    assert len(hidden) == 4


def test_nothing_is_hidden_where_every_cell_has_enough_operators() -> None:
    units = [Unit(o, a, t, 10) for o in "ABCD" for a in ("home", "service") for t in ("17", "33")]
    assert _hidden(units, 3) == set()


@given(portfolios)
@settings(max_examples=20, deadline=None)
def test_what_is_sensitive_is_hidden_always(units: list[Unit]) -> None:
    rule = Rule(at_least=4)
    found = cells(folded(contributions(units), 4), rule)
    assert set(found.frame.index[found.frame["sensitive"]]) <= hidden_cells(found, rule)


@given(portfolios)
@settings(max_examples=10, deadline=None)
def test_one_operator_at_least_hides_nothing(units: list[Unit]) -> None:
    assert _hidden(units, 1) == set()
