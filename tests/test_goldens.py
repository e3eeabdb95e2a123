"""Published and worked cases, each through the functions that a user calls."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import burden as bd
from burden.analysis import change, cost, redundancy
from burden.analysis.estimates import typical
from burden.analysis.intents import formal_concepts
from burden.model.inventory import Inventory, frames, from_frames
from burden.model.portfolio import portfolio_from_frame

READ = {"name_fr": "—", "evidence": "text"}


def one_tool(*, period: str, minutes: float, eur_per_h: float = 0.0) -> Inventory:
    """One tool with one item, on one type of establishment."""
    rows: dict[str, list[dict[str, Any]]] = {
        "authorities": [{"authority_id": "asker", "level": "state"}],
        "silos": [{"silo_id": "s"}],
        "populations": [{"population_id": "establishment", "grain": "establishment"}],
        "actors": [{"actor_id": "respondent", "kind": "establishment"}],
        "concepts": [{"concept_id": "c", "kind": "quantity", "additive": "flow", "personal": False}],
        "obligations": [{
            "obligation_id": "tool", "silo_id": "s", "instrument": "statistical_survey", "period": period,
            "required_by_id": "asker", "population_id": "establishment", "item_list": "complete",
        }],
        "duties": [{"obligation_id": "tool", "actor_id": "respondent"}],
        "requests": [{
            "obligation_id": "tool", "label_fr": "all", "concept_id": "c", "grain": "establishment",
            "reference_period": "realised_month", "perimeter": "whole", "unit": "count",
            "minutes": minutes, "staff_grade": "administrative",
        }],
        "tariffs": [{"staff_grade": "administrative", "year": 2025, "eur_per_h": eur_per_h}],
    }  # fmt: skip
    return from_frames("one tool", {t: pd.DataFrame([{**READ, **r} for r in rs]) for t, rs in rows.items()})


def respondents(number: int) -> bd.Portfolio:
    ids = [f"r{i}" for i in range(number)]
    return portfolio_from_frame(
        "respondents", pd.DataFrame({"unit_id": ids, "operator_id": ids, "actor_id": "respondent"})
    )


def test_g1_afcars_hours() -> None:
    inv = one_tool(period="P6M", minutes=3316 * 60)
    assert cost.standard_cost(inv, respondents(52))["hours_per_year"].item() == 344_864


def test_g2_standard_cost_of_a_monthly_statistic_for_one_firm() -> None:
    inv = one_tool(period="P1M", minutes=120, eur_per_h=80)
    assert cost.standard_cost(inv, respondents(1))["cost_eur_per_year"].item() == 1_920


def test_g2_standard_cost_of_a_monthly_statistic_for_all_firms() -> None:
    inv = one_tool(period="P1M", minutes=120, eur_per_h=80)
    assert cost.standard_cost(inv, respondents(10_000))["cost_eur_per_year"].item() == 19_200_000


@pytest.mark.parametrize(
    ("answers", "value"),
    [([10, 10, 10, 10, 30], 10), ([10, 20, 10, 20, 15], 15), ([10, 20, 25, 20, 15], 20)],
)
def test_g3_typical_entity(answers: list[float], value: float) -> None:
    assert typical(answers).value == value


def test_g3_no_estimate_when_answers_scatter() -> None:
    assert not typical([10, 20, 50, 2, 5]).enough


def test_g6_field_count_over_years() -> None:
    begun = {"old": (388, None), "first": (96, None), "y2": (9, "2021-01-01"), "y3": (5, "2022-01-01"),
             "y4": (9, "2023-01-01")}  # fmt: skip
    inv = _counted_fields(begun)
    days = ["2020-06-30", "2021-06-30", "2022-06-30", "2023-06-30"]
    assert change.requirements(inv, on=days)["requirements"].tolist() == [484, 493, 498, 507]


def _counted_fields(begun: dict[str, tuple[int, str | None]]) -> Inventory:
    tables = frames(one_tool(period="P1Y", minutes=1))
    tool, request = tables["obligations"].iloc[[0]], tables["requests"].iloc[[0]]
    tables["obligations"] = pd.concat(
        [tool.assign(obligation_id=o, valid_from=pd.Timestamp(day) if day else pd.NaT)
         for o, (_, day) in begun.items()]
    )  # fmt: skip
    tables["requests"] = pd.concat(
        [request.assign(obligation_id=o, label_fr=f"{o} {i}") for o, (n, _) in begun.items() for i in range(n)]
    )
    tables["duties"] = pd.concat([tables["duties"].assign(obligation_id=o) for o in begun])
    return from_frames("counted", tables)


SECTORS = {
    "burden": [5289.7, 14589.1, 929.1, 1180.6, 939.6, 73.9, 4073.3, 943.5, 216.3, 779.5, 87005.3, 3861.7],
    "cut": [1891.4, 8274.5, 222.6, 242.1, 141.6, 33.4, 1281.8, 154.6, 60.1, 328.1, 26334.2, 748.2],
}


def test_g8_planned_cuts_by_sector() -> None:
    rows = change.cuts(pd.DataFrame(SECTORS), burden="burden", cut="cut")
    published = [36, 57, 24, 21, 15, 45, 31, 16, 28, 42, 30, 19]
    assert [round(100 * s) for s in rows["cut_share"]] == published


def test_g8_two_sectors_hold_most() -> None:
    rows = change.cuts(pd.DataFrame(SECTORS), burden="burden", cut="cut")
    assert rows["burden_share"].nlargest(2).sum() > 0.8


@pytest.mark.parametrize(
    ("times", "periods", "year", "result"),
    [(2, 1, 2012, 60_000.21), (2, 1, 2015, 48_978.04), (0.5, 4, 2012, 61_553.02)],
)
def test_g9_canada_annualised_cost(times: float, periods: int, year: int, result: float) -> None:
    annualised = cost.annualised_cost_canada(
        cost_eur=30, times=times, businesses=1000, periods_per_year=periods, start_year=year
    )
    assert round(annualised, 2) == result


def test_g11_bridge_shows_real_change_and_re_estimate_apart() -> None:
    steps = [("mean to median", "re-estimate", -66.0), ("wages and cases", "real", 16.0)]
    rows = change.bridge(335, steps)
    totals = rows[rows["label"] == "total"].set_index("kind")
    assert rows["level"].iloc[-1] == 285
    assert totals["amount"].to_dict() == {"real": 16, "re-estimate": -66}


def test_g13_review_of_data_returns() -> None:
    rows = change.review({"scrapped": 75, "kept": 188}, total=197 + 108).set_index("decision")
    assert rows["count"].to_dict() == {"scrapped": 75, "kept": 188, "undecided": 42}
    assert rows["count"].sum() == 305
    assert round(100 * rows.loc["scrapped", "share"], 1) == 24.6


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("items_asked", 22),
        ("items_distinct", 11),
        ("redundancy", 0.5),
        ("redundancy_by_frequency", 1 - 9.5 / 18.25),
        ("asked_twice_share", 5 / 11),
        ("obligations_per_item", 2),
        ("obligations", 4),
    ],
)
def test_g19_redundancy_of_the_lists(measure: str, value: float) -> None:
    assert redundancy.sets(bd.example("four-tools"), identifiers=True)[measure] == pytest.approx(value)


@pytest.mark.parametrize(
    ("a", "b", "jaccard"),
    [
        ("CPOM", "ERRD", 4 / 7), ("CPOM", "TDB", 4 / 8), ("CPOM", "ES", 3 / 8),
        ("ERRD", "TDB", 3 / 8), ("ERRD", "ES", 2 / 8), ("TDB", "ES", 3 / 8),
    ],
)  # fmt: skip
def test_g19_jaccard(a: str, b: str, jaccard: float) -> None:
    pairs = redundancy.overlap(bd.example("four-tools"), identifiers=True)
    known = {frozenset(p): j for *p, j in pairs[["a", "b", "jaccard"]].itertuples(index=False)}
    assert known[frozenset((a, b))] == pytest.approx(jaccard)


def test_g19_cpom_answers_four_fifths_of_errd() -> None:
    pairs = redundancy.overlap(bd.example("four-tools"), identifiers=True)
    pair = pairs[(pairs["a"] == "CPOM") & (pairs["b"] == "ERRD")]
    assert pair["containment_b_a"].item() == 0.8


def test_g19_the_rest_answers_five_sixths_of_cpom() -> None:
    rows = redundancy.containment(bd.example("four-tools"), identifiers=True).set_index("obligation_id")
    assert rows.loc["CPOM", "answered_elsewhere_share"] == pytest.approx(5 / 6)
    assert rows.loc["CPOM", "unique_concept_ids"] == "quality"


def test_g19_formal_concepts() -> None:
    concepts = formal_concepts(bd.example("four-tools"), identifiers=True)
    assert len(concepts) == 10
    assert concepts.loc[0, "intent"] == "ftes|siret"
