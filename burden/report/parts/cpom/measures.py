"""The operator with and without a contract: the tables and the key figures."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from burden.analysis import cpom
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio, is_operator
from burden.report.audited import Audited
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of

MOST_SERVICES = 15
_BOUNDS = ("_low", "", "_high")
_DRAWN = "P50 of the difference with no contract, common draws; low is P10, high is P90"
CASES: dict[str, Text] = {
    "without": text("No contract"),
    "today": text("As today"),
    "law": text("Contract that limits the documents"),
    "practice": text("Contract that keeps every document"),
    "limited_yearly": text("Documents limited, review every year"),
    "kept_midterm": text("Documents kept, two meetings in five years"),
    "amended": text("Documents kept, tariff amended every year"),
}


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """With and without a contract, for the operator with most services that one could cover."""
    # A contract brings tools that do not fall on the portfolio today.
    inv, ptf = audited.whole, audited.portfolio
    operator = _operator(inv, ptf)
    if operator is None:
        return {}
    found = cpom.cases(inv, ptf, operator)
    compared = cpom.compare(inv, found)
    if not compared["hours_per_year"].sum() > 0:
        return {}
    own = len(found.covered)
    curves = cpom.curves(inv, ptf, operator, services=sorted({*range(1, MOST_SERVICES + 1), own}))
    curve = curves["1"][curves["1"]["case"].isin(["without", "law", "practice"])].reset_index(drop=True)
    names = inv.obligations[["obligation_id", "name_fr", "name_en"]]
    return {
        "cpom_cases": compared.assign(operator_id=operator, services=own),
        "cpom_curve": curve,
        "cpom_pays_from": cpom.break_even(curve),
        "cpom_levers": cpom.levers_of(curves, services=own),
        "cpom_tools": cpom.hours_by_tool(inv, found).merge(names, on="obligation_id"),
        "cpom_shift": cpom.shift(inv, found),
        "cpom_rules": cpom.rules(inv),
    }


def _operator(inv: Inventory, ptf: Portfolio) -> str | None:
    """The operator with a row of its own and most services under a budget or an EPRD."""
    own = ptf.units.loc[is_operator(inv, ptf.units), "operator_id"].drop_duplicates()
    counts = {str(o): len(cpom.covered(inv, ptf, str(o))) for o in own}
    best = max(counts, key=lambda o: counts[o], default=None)
    return best if best is not None and counts[best] else None


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on the contract."""
    if "cpom_cases" not in found:
        return []
    cases = found["cpom_cases"]
    own = {str(row["case"]): row for row in cases[cases["side"] == "respondent"].to_dict("records")}
    first = own["without"]
    numbers = [
        figure_of("cpom.services", text("services that the contract would cover").template, first["services"],
                  "services", "units under a budget or an EPRD", Rows("cpom_cases"), "services"),
        figure_of("cpom.all_hours", text("hours a year of every tool, no contract").template,
                  first["all_hours_per_year"], "h", "hours of every tool",
                  _where("without"), "hours"),
    ]  # fmt: skip
    for case in [c for c in CASES if c in own]:
        numbers += _case(case, own[case])
        if case != "without":
            spared = (first["hours_per_year"] - own[case]["hours_per_year"]) / first["all_hours_per_year"]
            numbers.append(figure_of(
                f"cpom.{case}.share", text("share of all hours that the contract spares").template, spared, "share",
                "(central hours without − with) / hours of every tool without", _where(case), "hours",
            ))  # fmt: skip
    return numbers + _pays_from(found["cpom_pays_from"])


def _where(case: str) -> Rows:
    return Rows("cpom_cases", {"case": (case,), "side": ("respondent",)})


def _case(case: str, row: Mapping[Hashable, Any]) -> list[KeyFigure]:
    low, hours, high = (float(row[f"hours_per_year{b}"]) for b in _BOUNDS)
    rows = _where(case)
    numbers = [
        figure_of(f"cpom.{case}.hours", text("hours a year of the tools that the contract touches").template, hours,
                  "h", "hours of the tools owed otherwise in one of the cases", rows, "hours", low=low, high=high,
                  unmeasured=int(row["rows_unmeasured"])),
        figure_of(f"cpom.{case}.obligations", text("tools owed").template, row["obligations"], "obligations",
                  "tools that fall on the operator or a unit", rows, "obligations"),
        figure_of(f"cpom.{case}.authorities", text("authorities dealt with").template, row["authorities"],
                  "authorities", "distinct authorities that require or receive", rows, "authorities"),
    ]  # fmt: skip
    if case == "without":
        return numbers
    p10, p50, p90 = (float(row[f"difference_{q}"]) for q in ("p10", "p50", "p90"))
    unmeasured = int(row["rows_unmeasured"])
    return [
        *numbers,
        figure_of(f"cpom.{case}.added", text("hours a year that the contract adds").template, p50, "h", _DRAWN, rows,
                  "hours", low=p10, high=p90, unmeasured=unmeasured),
        figure_of(f"cpom.{case}.spared", text("hours a year that the contract spares").template, -p50, "h",
                  f"minus {_DRAWN}", rows, "hours", low=-p90, high=-p10, unmeasured=unmeasured),
        figure_of(f"cpom.{case}.less", text("chance that the contract takes fewer hours").template,
                  float(row["less_share"]), "share", "share of the draws with fewer hours than no contract", rows,
                  "draws", unmeasured=unmeasured),
    ]  # fmt: skip


def _pays_from(pays: pd.DataFrame) -> list[KeyFigure]:
    """From how many services on, where it ever does; how many were tried."""
    numbers = [
        figure_of("cpom.tried", text("most services tried").template, float(pays["services_tried"].max()), "services",
                  "largest number of services on the curve", Rows("cpom_pays_from"), "services")
    ]  # fmt: skip
    for row in pays.to_dict("records"):
        if not math.isnan(row["services_likely"]):
            numbers.append(figure_of(
                f"cpom.{row['case']}.from", text("services from which the contract takes fewer hours").template,
                row["services_likely"], "services", "fewest from which half of the draws or more have fewer hours",
                Rows("cpom_pays_from", {"case": (str(row["case"]),)}), "services",
            ))  # fmt: skip
    return numbers
