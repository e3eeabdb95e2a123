"""The key figures of an audit, worked out from its tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from burden.analysis import redundancy
from burden.analysis.cost import HOURS_PER_FULL_TIME_YEAR
from burden.analysis.explain import FORMULAS
from burden.model.inventory import EVIDENCE_LADDER, Inventory
from burden.model.messages import text
from burden.model.portfolio import Portfolio
from burden.report.key_figures import KeyFigure, Rows, Tables, by_id, figure_of
from burden.report.names import name_of_audited
from burden.report.parts import PARTS

_LEDGER_OWN = Rows("ledger", {"side": ("respondent",)})
FEW = 5
"""How many of the heaviest obligations a sentence adds up."""


def headline(inv: Inventory, ptf: Portfolio, tables: Tables) -> dict[str, KeyFigure]:
    """Every key figure of an audit, by identifier.

    Parameters
    ----------
    inv : Inventory
        What falls on the portfolio, roles resolved.
    tables : mapping of str to DataFrame
        The tables of the audit.
    """
    figures = [
        *_owed(inv, tables),
        *_burden(tables),
        *_repeats(tables),
        *_between_silos(tables),
        *(figure for part in PARTS for figure in part.key_figures(tables)),
        *_certainty(inv, tables),
    ]
    scope = text("{name}, one year", name=name_of_audited(ptf))
    return by_id(replace(f, scope=scope) for f in figures)


def _owed(inv: Inventory, tables: Tables) -> list[KeyFigure]:
    reached = redundancy.recipients_of(inv)
    owed = Rows("obligations")
    return [
        figure_of("owed.obligations", text("obligations owed").template, len(inv.obligations), "obligations",
            "count of obligations that fall on a unit", owed, "obligations"),
        figure_of("owed.authorities", text("authorities that must be reached").template,
            reached["authority_id"].nunique(), "authorities",
            "distinct recipients, audiences left out", Rows("recipients"), "authorities"),
        figure_of("owed.items", text("items asked").template, float(_set(tables, "items_asked")), "items",
            "sum over obligations of their distinct concepts, identifiers left out",
            Rows("containment"), "items"),
        figure_of("owed.concepts", text("distinct pieces of information").template,
            float(_set(tables, "items_distinct")), "concepts", "size of the union of the lists",
            Rows("askers"), "items"),
    ]  # fmt: skip


def _records(frame: pd.DataFrame, *key: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows of a small table by key."""
    return {tuple(str(row[k]) for k in key): {str(c): v for c, v in row.items()} for row in frame.to_dict("records")}


def _set(tables: Tables, measure: str) -> float:
    return float(tables["sets"].set_index("measure")["value"][measure])


def _burden(tables: Tables) -> list[KeyFigure]:
    totals = tables["totals"].to_dict("records")[0]
    low, central, high = (float(totals[f"hours_per_year{b}"]) for b in ("_low", "", "_high"))
    unmeasured = int(totals["rows_unmeasured"])
    basis = tables["by_basis"].set_index("minutes_basis")["hours_per_year"]
    hours = {"low": low, "high": high, "unmeasured": unmeasured}
    posts = {"low": low / HOURS_PER_FULL_TIME_YEAR, "high": high / HOURS_PER_FULL_TIME_YEAR}
    euros = {b: float(totals[f"cost_eur_per_year_{b}"]) for b in ("low", "high")}
    top = tables["obligations"].head(FEW)
    assumed = float(basis.get("assumed", 0.0)) / central if central else float("nan")
    return [
        figure_of("burden.hours", text("hours a year").template, central, "h",
            FORMULAS["hours_per_year"], _LEDGER_OWN, "hours", **hours),
        figure_of("burden.etpt", text("full-time posts").template, central / HOURS_PER_FULL_TIME_YEAR, "etpt",
            f"hours / {HOURS_PER_FULL_TIME_YEAR}", _LEDGER_OWN, "hours", unmeasured=unmeasured, **posts),
        figure_of("burden.eur", text("cost a year").template, float(totals["cost_eur_per_year"]), "eur",
            FORMULAS["cost_eur_per_year"], _LEDGER_OWN, "hours", unmeasured=unmeasured, **euros),
        figure_of("burden.assumed_share", text("share of hours that rests on standard times").template,
            assumed, "share", "hours of lines whose minutes are assumed / hours", _LEDGER_OWN, "hours"),
        figure_of("burden.top_share", text("share of hours of the heaviest obligations").template,
            float(top["share"].sum()), "share", f"hours of the {FEW} heaviest obligations / hours",
            Rows("ledger", {"side": ("respondent",), "obligation_id": tuple(top["obligation_id"])}), "hours"),
        *_authority_side(tables),
    ]  # fmt: skip


def _authority_side(tables: Tables) -> list[KeyFigure]:
    side = _records(tables["by_side"], "side")
    if ("authority",) not in side:
        return []
    row = side[("authority",)]
    return [
        figure_of("burden.authority_hours", text("hours a year on the authorities' side").template,
            float(row["hours_per_year"]), "h", FORMULAS["hours_per_year"],
            Rows("ledger", {"side": ("authority",)}), "hours",
            low=float(row["hours_per_year_low"]), high=float(row["hours_per_year_high"]),
            unmeasured=int(row["rows_unmeasured"])),
    ]  # fmt: skip


def _repeats(tables: Tables) -> list[KeyFigure]:
    summary = _records(tables["redundancy"], "reuse", "counting_unit")
    repeated = tables["repeated"]
    twice = repeated[repeated["repeats_per_year"] > 0]
    figures = [
        figure_of("repeats.concepts", text("pieces of information asked more than once of one subject").template,
            twice["concept_id"].nunique(), "concepts", "concepts with repeats_per_year > 0",
            Rows("repeated"), "items"),
        figure_of("repeats.sets", text("redundancy of the lists").template, _set(tables, "redundancy"), "share",
            "1 − |union of items| / Σ |items of o|", Rows("containment"), "items"),
    ]  # fmt: skip
    for reuse in ("same", "derivable", "harmonise"):
        row = summary[(reuse, "hours")]
        figures += [
            figure_of(f"repeats.{reuse}.hours", text("hours of repeats a year").template,
                float(row["today"] - row["once"]), "h",
                "hours today − hours with each information given once at the freshest rate",
                Rows("repeated"), "hours",
                low=float(row["today"] - row["once"]), high=float(row["today"] - row["once_low"]),
                unmeasured=int(row["unmeasured"])),
            figure_of(f"repeats.{reuse}.share", text("share of the items' hours that repeats").template,
                float(row["redundancy"]), "share", "1 − hours once / hours today", Rows("repeated"), "hours",
                low=float(row["redundancy"]), high=float(row["redundancy_high"]),
                unmeasured=int(row["unmeasured"])),
        ]  # fmt: skip
    return figures


def _between_silos(tables: Tables) -> list[KeyFigure]:
    shared = tables["across_silos"]
    figures = [
        figure_of("silos.count", text("silos concerned").template, tables["silos"]["silo_id"].nunique(), "silos",
            "distinct silos of the obligations and of the units they fall on", Rows("silos"), "silos"),
        figure_of("silos.concepts", text("pieces of information asked in at least two silos").template,
            len(shared), "concepts", "concepts asked in at least two silos", Rows("across_silos"), "items"),
    ]  # fmt: skip
    if len(shared):
        widest = shared.sort_values(["authorities", "silos"], ascending=False, kind="stable").iloc[0]
        figures.append(
            figure_of("silos.widest_authorities", text("recipients of the most widespread information").template,
                float(widest["authorities"]), "authorities", "distinct recipients of its obligations",
                Rows("across_silos", {"concept_id": (str(widest["concept_id"]),)}), "authorities")
        )  # fmt: skip
    return figures


def _certainty(inv: Inventory, tables: Tables) -> list[KeyFigure]:
    ladder = _records(tables["redundancy_by_evidence"], "evidence", "reuse")
    figures = []
    for step in EVIDENCE_LADDER:
        row = ladder[(step, "harmonise")]
        figures += [
            figure_of(f"evidence.{step}.obligations", text("obligations at least this sure").template,
                float(row["obligations"]), "obligations", f"obligations with evidence up to {step}",
                Rows("obligations"), "obligations"),
            figure_of(f"evidence.{step}.share", text("share of the items' hours that repeats, on these rows").template,
                float(row["redundancy"]), "share", "1 − hours once / hours today",
                Rows("redundancy_by_evidence", {"evidence": (step,)}), "hours",
                low=float(row["redundancy"]), high=float(row["redundancy_high"])),
        ]  # fmt: skip
    read = inv.obligations["item_list"] == "complete"
    figures += [
        figure_of("unknown.lines", text("lines without a duration or a number").template,
            len(tables["unmeasured"]), "lines", "lines of the ledger whose hours are unknown",
            Rows("unmeasured"), "lines"),
        figure_of("unknown.lists", text("obligations whose list of items was not read in full").template,
            float((~read).sum()), "obligations", "obligations with a partial or recalled list of items",
            Rows("obligations", {"item_list": ("partial", "recalled")}), "obligations"),
    ]  # fmt: skip
    return [replace(f, evidence=_weakest(inv)) for f in figures]


def _weakest(inv: Inventory) -> str:
    present = [s for s in EVIDENCE_LADDER if (inv.obligations["evidence"] == s).any()]
    return present[-1] if present else EVIDENCE_LADDER[-1]
