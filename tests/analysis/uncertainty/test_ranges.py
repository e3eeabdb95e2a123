from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

import burden as bd
from burden.analysis.uncertainty import Assumptions, draws, ranges, sensitivity
from burden.model.inventory import Inventory, select
from burden.model.portfolio import Portfolio
from tests.analysis.inventories import asks, duty, inventory, obligation, portfolio
from tests.analysis.strategies import inventories, portfolios
from tests.analysis.uncertainty.rows import FEW, SPREADS, TARIFFS, ranged, timed

HOME = portfolio({"person": 10.0, "evidence": "assumed"})


def one(inv: Inventory, **options: Any) -> dict[str, Any]:
    (row,) = ranges(inv, HOME, **{"assumed": FEW, **options}).to_dict("records")
    return {str(k): v for k, v in row.items()}


def width(inv: Inventory, **options: Any) -> float:
    row = one(inv, **options)
    return float(row["p90"] - row["p10"])


def test_one_line_has_the_quantiles_of_its_pert() -> None:
    found = one(ranged((60.0, 120.0, 600.0)), assumed=Assumptions(draws=20_000))
    place = 60 / 540
    for name, chance in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        exact = 1 + 9 * beta.ppf(chance, 1 + 4 * place, 5 - 4 * place)
        assert found[name] == pytest.approx(exact, rel=0.02)


def test_what_has_no_range_has_none_in_the_total() -> None:
    found = one(inventory([obligation("T")], [asks("T", "days")]))
    assert (found["p10"], found["central"], found["p90"]) == (1.0, 1.0, 1.0)
    assert found["rows_without_range"] == 1


def test_a_lone_value_takes_the_spread_of_its_evidence() -> None:
    alone = inventory([obligation("T")], [asks("T", "days", minutes_evidence="assumed")], spreads=SPREADS)
    assert width(alone) == pytest.approx(width(ranged((30.0, 60.0, 120.0))), rel=1e-6)


def test_a_number_of_persons_is_as_unsure_as_its_row() -> None:
    counted = inventory([obligation("T", per="person")], [asks("T", "days")], spreads=SPREADS)
    found = one(counted)
    assert 5.0 < found["p10"] < found["central"] < found["p90"] < 20.0


def test_a_number_of_establishments_is_certain() -> None:
    counted = inventory([obligation("T")], [asks("T", "days")], spreads=SPREADS)
    assert width(counted) == 0.0


def test_errors_that_are_shared_do_not_cancel() -> None:
    many = ranged(*[(30.0, 60.0, 120.0)] * 40)
    own = width(many, assumed=replace(FEW, table_share=0.0, respondent_share=0.0))
    shared = width(many, assumed=replace(FEW, respondent_share=1.0, table_share=0.0))
    assert own < 0.25 * shared


def test_the_cases_of_sensitivity_run_from_narrow_to_wide() -> None:
    inv = inventory(
        [obligation(n) for n in ("A", "B", "C")],
        [asks(n, "days", None, complexity="medium") for n in ("A", "B", "C")],
        standard_times=[{"activity": "obtaining_data", "side": "respondent", "complexity": "medium",
                         "minutes_low": 2, "minutes": 10, "minutes_high": 120}],
    )  # fmt: skip
    frame = sensitivity(inv, HOME, assumed=FEW)
    assert frame["case"].tolist() == ["own", "assumed", "shared"]
    assert (frame["p90"] - frame["p10"]).is_monotonic_increasing


def test_an_unmeasured_line_is_counted_and_left_out() -> None:
    inv = inventory([obligation("T")], [timed("T", 30, 60, 90), asks("T", "ftes", None)])
    assert (one(inv)["central"], one(inv)["rows_unmeasured"]) == (1.0, 1)


def test_a_group_whose_lines_are_all_unmeasured_is_unknown() -> None:
    inv = inventory([obligation("A"), obligation("B")], [timed("A", 30, 60, 90), asks("B", "ftes", None)])
    frame = ranges(inv, HOME, by=["obligation_id"], assumed=FEW).set_index("obligation_id")
    assert frame.loc["B", ["central", "p10", "p50", "p90"]].isna().all()


def test_euros_add_the_uncertainty_of_the_cost_of_an_hour() -> None:
    inv = ranged((60.0, 60.0, 60.0), spreads=SPREADS[2:3], tariffs=TARIFFS)
    found = one(inv, measure="cost_eur_per_year")
    assert found["central"] == 50.0
    assert 25.0 < found["p10"] < 50.0 < found["p90"] < 100.0


def test_what_is_paid_to_others_has_no_cost_of_an_hour() -> None:
    paid = obligation("T", external_eur_low=100.0, external_eur=100.0, external_eur_high=100.0)
    inv = inventory([paid], [], tariffs=TARIFFS, spreads=SPREADS[2:3])
    assert width(inv, measure="cost_eur_per_year") == 0.0


def test_the_other_side_of_the_counter_is_apart() -> None:
    check = {"obligation_id": "T0", "activity": "checking", "side": "authority", "minutes": 120.0}
    inv = ranged((30.0, 60.0, 90.0), activities=[check])
    assert (one(inv)["central"], one(inv, side="authority")["central"], one(inv, side=None)["central"]) == (1, 2, 3)


def test_groups_add_up_to_the_total_in_every_draw() -> None:
    inv = ranged((30.0, 60.0, 120.0), (10.0, 20.0, 90.0), (1.0, 5.0, 6.0))
    each = draws(inv, HOME, by=["obligation_id"], assumed=FEW)
    assert np.allclose(each.sum(), draws(inv, HOME, assumed=FEW).iloc[0], rtol=1e-5)


def test_a_group_larger_than_a_block_is_added_up_whole() -> None:
    few = Assumptions(draws=1 << 21)
    inv = ranged(*[(30.0, 60.0, 120.0)] * 5)
    assert one(inv, assumed=few)["p50"] == pytest.approx(5.3, abs=0.1)


def test_a_measure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="'hours' is not one of"):
        ranges(ranged((1.0, 2.0, 3.0)), HOME, measure="hours")


def test_a_column_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="no column 'silo'"):
        ranges(ranged((1.0, 2.0, 3.0)), HOME, by=["silo"])


@settings(max_examples=5, deadline=None)
@given(inventories(), portfolios())
def test_the_central_value_is_the_ledger_s(inv: Inventory, ptf: Portfolio) -> None:
    ours = ranges(inv, ptf, by=["obligation_id"], side=None, assumed=Assumptions(draws=8)).set_index("obligation_id")
    theirs = bd.ledger.totals(inv, ptf, by=["obligation_id"]).set_index("obligation_id")["hours_per_year"]
    expected = theirs.reindex(ours.index).to_numpy()
    assert np.allclose(ours["central"].to_numpy(), expected, rtol=1e-9, equal_nan=True)


TRIPLES = st.tuples(*[st.floats(0, 100)] * 3).map(lambda t: tuple(sorted(t)))


@settings(max_examples=5, deadline=None)
@given(TRIPLES, TRIPLES, st.floats(0, 50), st.floats(0, 50))
def test_wider_inputs_never_narrow_the_range(
    a: tuple[float, float, float], b: tuple[float, float, float], down: float, up: float
) -> None:
    wider = (max(0.0, a[0] - down), a[1], a[2] + up)
    assert width(ranged(wider, b)) >= width(ranged(a, b)) - 0.01


@settings(max_examples=5, deadline=None)
@given(TRIPLES)
def test_twelve_times_one_hour_is_once_twelve(triple: tuple[float, float, float]) -> None:
    monthly = inventory([obligation("T", period="P1M")], [timed("T", *triple)])
    yearly = inventory([obligation("T")], [timed("T", *(12 * t for t in triple))])
    assert one(monthly)["p90"] == pytest.approx(one(yearly)["p90"], rel=1e-4, abs=1e-9)


def test_renaming_changes_no_draw() -> None:
    renamed = inventory([obligation("Z"), obligation("A")], [timed("Z", 1, 2, 9), timed("A", 3, 4, 5)])
    plain = inventory([obligation("A"), obligation("B")], [timed("A", 1, 2, 9), timed("B", 3, 4, 5)])
    assert draws(renamed, HOME, assumed=FEW).equals(draws(plain, HOME, assumed=FEW))


def test_doubling_a_number_doubles_its_hours() -> None:
    inv = ranged((30.0, 60.0, 120.0), per="person", spreads=SPREADS)
    once = ranges(inv, portfolio({"person": 10.0, "evidence": "assumed"}), assumed=FEW)
    twice = ranges(inv, portfolio({"person": 20.0, "evidence": "assumed"}), assumed=FEW)
    assert twice["p50"].item() == pytest.approx(2 * once["p50"].item(), rel=1e-5)


@pytest.fixture
def two_types() -> tuple[Inventory, Portfolio]:
    """A children's home owes ``A``, a nursing home ``B``; how long it takes and for how many is unsure."""
    inv = inventory(
        [obligation(o, per="person") for o in "AB"],
        [timed(o, 30.0, 60.0, 120.0) for o in "AB"],
        [duty("A", "mecs"), duty("B", "ehpad")],
        spreads=SPREADS,
    )
    ptf = portfolio(*({"actor_id": a, "person": 10.0, "evidence": "assumed"} for a in ("mecs", "ehpad")))
    return inv, ptf


def test_cases_with_other_respondents_share_the_draws_of_what_they_have_in_common(
    two_types: tuple[Inventory, Portfolio],
) -> None:
    inv, ptf = two_types
    both = draws(inv, ptf, by=["obligation_id"], assumed=FEW).set_axis(["A", "B"])
    alone = draws(select(inv, obligation="B"), ptf, numbered_as=inv, assumed=FEW)
    np.testing.assert_array_equal(alone.iloc[0], both.loc["B"])
