import numpy as np
import pandas as pd
import pytest

import burden as bd
from burden.analysis import ledger
from burden.report.shared import Shared
from burden.report.shared.cells import OTHER, Cells, Rule, cells, folded
from tests.report.shared.rows import Unit, contributions


def _cell(found: Cells, table: str, **labels: str) -> pd.Series:
    rows = found.frame[found.frame["table"] == table]
    for column, value in labels.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_the_totals_are_those_of_the_ledger(found: Shared, inv: bd.Inventory, ptf: bd.Portfolio) -> None:
    by_type = ledger.totals(inv, ptf, by=["actor_id"]).set_index("actor_id")["hours_per_year"]
    for actor, hours in by_type.items():
        assert _cell(found.cells, "by_actor", actor_id=str(actor))["hours_per_year"] == pytest.approx(hours)
    assert _cell(found.cells, "totals")["units"] == len(ptf.units)


def test_a_cell_of_too_few_operators_is_sensitive_however_many_units() -> None:
    units = [Unit("A", "home", "17", 4)] * 5 + [Unit(o, "home", "33", 4) for o in "ABC"]
    found = cells(contributions(units), Rule(at_least=3))
    assert _cell(found, "by_territory", territory="17")["sensitive"]
    assert not _cell(found, "by_territory", territory="33")["sensitive"]


def test_a_cell_that_one_operator_nearly_makes_is_sensitive() -> None:
    units = [Unit("A", "home", "17", 400), *(Unit(o, "home", "17", 4) for o in "BCD")]
    found = cells(contributions(units), Rule(at_least=3))
    assert _cell(found, "by_obligation", obligation_id="survey")["sensitive"]
    assert not _cell(found, "by_obligation", obligation_id="accounts")["sensitive"]


def test_rare_labels_stand_together_with_as_many_as_it_takes() -> None:
    units = [Unit(o, "home", "17", 4) for o in "ABCDE"]
    units += [Unit("A", "service", "17", 4), *(Unit(o, "school", "17", 4) for o in "BCD")]
    rows = folded(contributions(units), 3)
    assert set(rows["actor_id"]) == {"home", OTHER}
    assert rows.loc[rows["actor_id"] == OTHER, "operator_id"].nunique() >= 3


def test_nothing_is_folded_when_no_label_is_rare() -> None:
    rows = contributions([Unit(o, "home", t, 4) for o in "ABC" for t in ("17", "33")])
    pd.testing.assert_frame_equal(folded(rows, 3), rows)


def test_shares_of_a_number_sum_to_one(found: Shared) -> None:
    assert np.allclose(found.cells.shares.sum(axis=1), 1.0)


def test_one_operator_is_enough_where_one_is_asked() -> None:
    found = cells(contributions([Unit("A", "home", "17", 4)]), Rule(at_least=1))
    assert not found.frame["sensitive"].any()


def test_a_line_without_a_figure_is_counted() -> None:
    rows = contributions([Unit(o, "home", "17", 4) for o in "ABC"])
    rows.loc[(rows["line"] == "survey") & (rows["operator_id"] == "A"), "hours_per_year"] = np.nan
    found = cells(rows, Rule(at_least=3))
    assert _cell(found, "totals")["unmeasured"] == 1
    assert _cell(found, "by_obligation", obligation_id="accounts")["unmeasured"] == 0
