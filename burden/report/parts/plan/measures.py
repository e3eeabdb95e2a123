"""The plan of the portfolio audited, beside what needs no text and what protected tools would add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from burden import simplify
from burden.analysis import ledger
from burden.model.messages import Text, text
from burden.report.audited import Audited
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of
from burden.simplify.planning.rules import BINDING, UNKNOWN

REFUSED = 12
"""Measures, and authorities, whose refusal is worked out."""
SOLVED = 30
"""Draws in which the plan is worked out anew."""
MOST = 0.8
"""Share of the saving that the fewest texts are asked to bring."""

VARIANTS: Mapping[str, Text] = {
    "nothing": text("Without any law, regulation or exchange"),
    "plan": text("The plan"),
    "protected": text("If protected tools may also take another definition"),
}


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """The plan and its proof; nothing where nothing falls on the portfolio."""
    inv, ptf = audited.borne, audited.portfolio
    if not len(inv.requests):
        return {}
    found = simplify.plan(inv, ptf)
    plans = {
        "nothing": simplify.plan(inv, ptf, max_acts=0, max_gateways=0),
        "plan": found,
        "protected": simplify.plan(inv, ptf, harmonise_protected=True),
    }
    likely = simplify.robustness(found, inv, ptf, solved=SOLVED)
    refused = simplify.refusals(found, inv, ptf, count=REFUSED)
    lost = refused.rename(columns={"refused": "measure"})[["measure", "lost", "instead"]]
    replay = simplify.verify(found, inv, ptf)
    measures = found.measures.merge(likely.drop(columns="saved"), on="measure").merge(lost, on="measure", how="left")
    return {
        "plan_variants": pd.DataFrame([_variant(name, plan, likely) for name, plan in plans.items()]),
        "plan_measures": measures,
        "plan_items": found.items,
        "plan_acts": found.acts,
        "plan_gateways": found.gateways,
        "plan_untouched": found.untouched,
        "plan_front": simplify.front(found),
        "plan_refusals": simplify.refusals(found, inv, ptf, by="authority", count=REFUSED),
        "plan_without_text": plans["nothing"].measures,
        "plan_checks": replay.checks,
        "plan_impact": simplify.impact(found, inv, ptf),
        "plan_today": ledger.totals(inv, ptf, by=["required_by_id"]),
        "plan_after": ledger.totals(replay.after, ptf, by=["required_by_id"]),
    }


def _variant(name: str, plan: simplify.Plan, likely: pd.DataFrame) -> dict[str, Any]:
    """One row: what a plan saves and takes; its range where it was drawn."""
    unknown = float("nan")
    return {
        "variant": name,
        **{str(k): v for k, v in plan.summary.items()},
        **{q: likely[q].iloc[0] if name == "plan" else unknown for q in ("p10", "p50", "p90")},
        "measures": len(plan.measures),
        "acts": int(plan.acts["level"].isin([*BINDING, UNKNOWN]).sum()),
        "gateways": len(plan.gateways),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures of the plan."""
    if "plan_variants" not in found:
        return []
    own = {str(row["variant"]): row for row in found["plan_variants"].to_dict("records")}
    plan = own["plan"]
    rows = Rows("plan_variants", {"variant": ("plan",)})
    unmeasured = int(plan["unmeasured"])
    saved = figure_of(
        "plan.saved", text("hours a year that the plan saves, both sides of the counter").template, plan["saved"], "h",
        "hours of today − hours once the plan is applied", rows, "hours", unmeasured=unmeasured,
    )  # fmt: skip
    likely = figure_of(
        "plan.likely", text("hours a year that the plan is likely to save").template, plan["p50"], "h",
        "P50 of common draws of what is no longer asked; low is P10, high is P90", rows, "hours",
        low=plan["p10"], high=plan["p90"], unmeasured=unmeasured,
    )  # fmt: skip
    numbers = [
        saved,
        likely,
        _number("today", text("hours a year today, both sides of the counter"), plan["today"], "h", rows, unmeasured),
        _number("share", text("share of today's hours that the plan saves"), _over(plan["saved"], plan["today"]),
                "share", rows, unmeasured),
        _number("most", text("hours a year that no plan on these terms can exceed"), plan["today"] - plan["bound"], "h",
                rows, unmeasured),
        _number("added_up", text("hours a year if every idea were counted alone"), plan["added_up"], "h", rows, 0),
        _number("measures", text("measures of the plan"), plan["measures"], "measures", rows, 0),
        _number("acts", text("texts that the plan amends"), plan["acts"], "texts", rows, 0),
        _number("gateways", text("exchanges that the plan opens"), plan["gateways"], "exchanges", rows, 0),
    ]  # fmt: skip
    for name in ("nothing", "protected"):
        other = own[name]
        where = Rows("plan_variants", {"variant": (name,)})
        numbers += [
            _number(f"{name}.saved", VARIANTS[name], other["saved"], "h", where, int(other["unmeasured"])),
            _number(f"{name}.measures", VARIANTS[name], other["measures"], "measures", where, 0),
            _number(f"{name}.acts", VARIANTS[name], other["acts"], "texts", where, 0),
        ]
    return [*numbers, *_few(found), *_untouched(found), *_checked(found), *_refused(found, plan)]


def _number(identifier: str, name: Text, value: float, unit: str, rows: Rows, unmeasured: int) -> KeyFigure:
    counted = "hours" if unit in ("h", "share") else unit
    formula = "least weight of the plan's model, replayed on the ledger"
    return figure_of(f"plan.{identifier}", name.template, value, unit, formula, rows, counted, unmeasured=unmeasured)


def _over(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _few(found: Tables) -> list[KeyFigure]:
    """The fewest texts that bring most of the saving."""
    front = found["plan_front"]
    by_acts = front[front["by"] == "acts"]
    enough = by_acts[by_acts["saved"] >= MOST * by_acts["saved"].max()]
    if not len(enough) or not by_acts["saved"].max() > 0:
        return []
    first = enough.iloc[0]
    rows = Rows("plan_front", {"by": ("acts",), "allowed": (str(first["allowed"]),)})
    return [
        _number("few.acts", text("fewest texts, of those tried, that bring most of the saving"), first["acts"], "texts",
                rows, 0),
        _number("few.saved", text("hours a year that these texts save"), first["saved"], "h", rows, 0),
    ]  # fmt: skip


def _untouched(found: Tables) -> list[KeyFigure]:
    """What becomes of the hours of today."""
    numbers = []
    for row in found["plan_untouched"].to_dict("records"):
        rows = Rows("plan_untouched", {"reason": (str(row["reason"]),)})
        name = text("hours a year of today, by what the plan does with them")
        numbers += [
            _number(f"stays.{row['reason']}", name, float(row["weight"]), "h", rows, 0),
            _number(f"stays.{row['reason']}.share", name, float(row["share"]), "share", rows, 0),
        ]
    return numbers


def _checked(found: Tables) -> list[KeyFigure]:
    checks = found["plan_checks"]
    return [
        figure_of("plan.checked", text("items whose source was replayed").template,
                  float(checks.loc[checks["check"] == "served", "looked_at"].sum()), "items",
                  "items asked today, each looked for once the plan is applied",
                  Rows("plan_checks", {"check": ("served",)}), "items"),
        figure_of("plan.faults", text("faults that the replay found").template, float(checks["faults"].sum()), "faults",
                  "faults of every check", Rows("plan_checks"), "faults"),
    ]  # fmt: skip


def _refused(found: Tables, plan: Mapping[Any, Any]) -> list[KeyFigure]:
    """Who, by refusing, would take most of the saving away."""
    refusals = found["plan_refusals"]
    if not len(refusals) or not plan["saved"] > 0:
        return []
    first = refusals.iloc[0]
    rows = Rows("plan_refusals", {"refused": (str(first["refused"]),)})
    return [_number("refused.lost", text("hours a year lost if one authority refuses"), first["lost"], "h", rows, 0)]
