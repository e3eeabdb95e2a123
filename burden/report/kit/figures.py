"""Key figures of the kit: of each measure of the plan, of each tool, of each operator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from burden.model.messages import text
from burden.report.audit import Audit
from burden.report.key_figures import KeyFigure, Rows, figure_of
from burden.report.names import name_of_audited

_SAVED = text("hours a year that the measure saves, both sides of the counter").template
_LOST = text("hours a year that the plan loses if this measure is refused").template
_SURVIVES = text("share of the draws in which the measure is in the best plan").template
_TOOL = text("hours a year of the tool, for those who answer").template
_OPERATOR = text("hours of the operator in the calendar year").template
_TOOLS = text("tools that the operator owes").template


LEAST_H = 1.0
"""Hours a year from which a measure has a record of its own."""


def with_kit_figures(audit: Audit) -> Audit:
    """The audit, with the figures that the documents of the kit print beside its own."""
    scope = text("{name}, one year", name=name_of_audited(audit.portfolio))
    own = [*_of_measures(audit), *_of_tools(audit), *_of_operators(audit)]
    added = {figure.id: replace(figure, scope=scope) for figure in own}
    tables = {**audit.tables, "sources": _every_source(audit)}
    return replace(audit, figures={**audit.figures, **added}, tables=tables)


def _every_source(audit: Audit) -> pd.DataFrame:
    """Sources that the audited rows cite, and those that the tables cite beside them."""
    sources = audit.tables["sources"]
    # In the plan, that column says where an item is taken from.
    citing = [f["source_id"] for n, f in audit.tables.items()
              if "source_id" in f and "source_kind" not in f and n != "sources"]  # fmt: skip
    cited = pd.concat([sources["source_id"].head(0), *citing]).dropna()
    counts = cited[~cited.isin(sources["source_id"])].value_counts().rename_axis("source_id").rename("rows")
    more = audit.inventory.sources.merge(counts.reset_index(), on="source_id")
    every = pd.concat([sources, more], ignore_index=True) if len(more) else sources
    return every.sort_values("source_id").reset_index(drop=True)


def _of_measures(audit: Audit) -> list[KeyFigure]:
    if "plan_measures" not in audit.tables:
        return []
    measures, rows = audit.tables["plan_measures"], Rows("plan_measures")
    heavy = measures["saved"] >= LEAST_H
    return [
        figure_of("kit.least", text("hours a year from which a measure has a record of its own").template, LEAST_H, "h",
                  "a stated threshold", rows, "hours"),
        figure_of("kit.records", text("measures that have a record of their own").template, heavy.sum(), "measures",
                  "measures that save at least so much", rows, "measures"),
        figure_of("kit.others", text("measures that have none").template, (~heavy).sum(), "measures",
                  "measures that save less", rows, "measures"),
        figure_of("kit.others.saved", text("hours a year that these save").template,
                  measures.loc[~heavy, "saved"].sum(), "h", "sum of what they save", rows, "hours"),
        *[figure for row in measures.to_dict("records") for figure in _of_measure(row)],
    ]  # fmt: skip


def _of_measure(row: dict[Any, Any]) -> list[KeyFigure]:
    name = str(row["measure"])
    rows = Rows("plan_measures", {"measure": (name,)})
    bounds = {"low": float(row["p10"]), "high": float(row["p90"])}
    numbers = [
        figure_of(f"measure.{name}.saved", _SAVED, row["saved"], "h",
                  "hours of the items taken from elsewhere; low and high: P10 and P90 of common draws", rows, "hours",
                  **bounds),
        figure_of(f"measure.{name}.survives", _SURVIVES, row["survives_share"], "share",
                  "draws in which most of it is taken from the same place / draws solved", rows, "draws"),
    ]  # fmt: skip
    if not pd.isna(row["lost"]):
        numbers.append(
            figure_of(f"measure.{name}.lost", _LOST, row["lost"], "h", "saved by the plan − saved without it", rows,
                      "hours")
        )  # fmt: skip
    return numbers


def _of_tools(audit: Audit) -> list[KeyFigure]:
    found = []
    for row in audit.tables["obligations"].to_dict("records"):
        rows = Rows("ledger", {"side": ("respondent",), "obligation_id": (str(row["obligation_id"]),)})
        low, high = float(row["hours_per_year_low"]), float(row["hours_per_year_high"])
        missing = 0 if pd.isna(row["rows_unmeasured"]) else int(row["rows_unmeasured"])
        found.append(
            figure_of(f"tool.{row['obligation_id']}.hours", _TOOL, row["hours_per_year"], "h",
                      "number × times a year × minutes / 60", rows, "hours", low=low, high=high, unmeasured=missing)
        )  # fmt: skip
    return found


def _of_operators(audit: Audit) -> list[KeyFigure]:
    if "deliveries" not in audit.tables:
        return []
    found = []
    for operator, due in audit.tables["deliveries"].groupby("operator_id"):
        rows = Rows("deliveries", {"operator_id": (str(operator),)})
        low, hours, high = (float(due[h].sum(min_count=1)) for h in ("hours_low", "hours", "hours_high"))
        missing = int(due["lines_unmeasured"].sum())
        found += [
            figure_of(f"operator.{operator}.hours", _OPERATOR, hours, "h", "sum of hours of its deliveries", rows,
                      "hours", low=low, high=high, unmeasured=missing),
            figure_of(f"operator.{operator}.tools", _TOOLS, due["obligation_id"].nunique(), "obligations",
                      "distinct obligations of its deliveries", rows, "obligations"),
        ]  # fmt: skip
    return found
