"""What does not depend on size, what small structures bear of it, and where duties start."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from burden import figures as charts
from burden.analysis import size
from burden.model.inventory import Inventory
from burden.model.messages import Text, text
from burden.model.portfolio import Portfolio
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import UNITS, KeyFigure, Rows, Tables, figure_of

EACH = 10.0
"""Members for which hours are given."""

UNDER, TIMES_RARER, SIZES = 50.0, 2.0, (10.0, 25.0, 49.0)
"""The scenario of a regime in proportion to size: below how many staff, how much rarer, at which sizes."""

_SHOWN = 25
_POPULATIONS = ("staff", "place", "person")


def tables(audited: Audited, known: Tables) -> dict[str, pd.DataFrame]:
    """Hours by size; nothing where no hour is known, no curve where no size is."""
    # Other sizes have other duties, some of which do not fall on the portfolio today.
    inv, ptf = audited.whole, audited.portfolio
    whole = size.fixed_and_variable(inv, ptf, by=[], built=known["ledger"])
    if whole.empty or not whole["hours_per_year"].iloc[0] > 0:
        return {}
    by_unit = size.per_place(inv, ptf)
    found = {
        "burden_by_size": by_unit,
        "unknown_sizes": size.unknown_sizes(by_unit),
        "fixed_and_variable": whole,
        "thresholds": _named(inv, size.thresholds(inv, ptf)),
    }
    chosen = _structure(by_unit)
    if chosen is None:
        return found
    unit, population = chosen
    found["size_curve"] = size.curve(inv, ptf, unit, per=population, each=EACH)
    if population == "staff":
        due = set(known["ledger"]["obligation_id"])
        found |= _scenario(inv, ptf, found["size_curve"], due)
    return found


def _named(inv: Inventory, found: pd.DataFrame) -> pd.DataFrame:
    """With the names of the obligations, some of which fall on nobody today."""
    return found.merge(inv.obligations[["obligation_id", "name_fr", "name_en"]], on="obligation_id", how="left")


def _structure(by_unit: pd.DataFrame) -> tuple[str, str] | None:
    """The operator with most hours, else the unit, whose size is known; and what it is counted in."""
    for level in ("operator", "unit"):
        rows = by_unit[(by_unit["level"] == level) & by_unit["unit_id"].notna() & (by_unit["hours_per_year"] > 0)]
        for population in _POPULATIONS:
            sized = rows[rows[population] > 0].sort_values("hours_per_year", ascending=False, kind="stable")
            if len(sized):
                return str(sized["unit_id"].iloc[0]), population
    return None


def _scenario(inv: Inventory, ptf: Portfolio, curve: pd.DataFrame, due: set[str]) -> dict[str, pd.DataFrame]:
    """Activity reports due less often below a size, at several sizes of the structure; empty where there is none."""
    tools = inv.obligations[inv.obligations["obligation_id"].isin(due)]
    yearly = (tools["instrument"] == "activity_report") & (tools["period"] == "P1Y")
    # What nobody examined may have to stay.
    lighter = list(tools.loc[yearly & ~tools["protected"].fillna(True).astype(bool), "obligation_id"])
    if not lighter:
        return {}
    unit = str(curve["unit_id"].iloc[0])
    today = float(curve.loc[curve["factor"] == 1.0, "size"].iloc[0])
    copies = size.at_sizes(inv, ptf, unit, [s / today for s in sorted({*SIZES, today})])
    changed = size.proportionate(inv, copies, obligations=lighter, under=UNDER, times_rarer=TIMES_RARER, each=EACH)
    told = changed.drop(columns="operator_id").assign(
        unit_id=unit, obligations=len(lighter), obligation_ids="|".join(lighter), under=UNDER, times_rarer=TIMES_RARER
    )
    return {"proportionate": told}


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on size."""
    if "fixed_and_variable" not in found:
        return []
    row, rows = found["fixed_and_variable"].iloc[0], Rows("fixed_and_variable")
    unmeasured = int(row["fixed_unmeasured"])
    formula = "hours counted per operator, establishment, contract or call"
    numbers = [
        figure_of("size.fixed_hours", text("hours a year that do not depend on size").template, row["fixed_h"], "h",
                  formula, rows, "hours", low=float(row["fixed_h_low"]), high=float(row["fixed_h_high"]),
                  unmeasured=unmeasured),
        figure_of("size.fixed_share", text("share of the hours that does not depend on size").template,
                  row["fixed_share"], "share", f"{formula} / hours", rows, "hours", low=float(row["fixed_share_low"]),
                  high=float(row["fixed_share_high"]), unmeasured=unmeasured),
    ]  # fmt: skip
    if "size_curve" in found:
        numbers += _curve_figures(found["size_curve"])
    return numbers + _threshold_figures(found) + _scenario_figures(found)


def _curve_figures(curve: pd.DataFrame) -> list[KeyFigure]:
    """The structure at its smallest and today."""
    drawn = curve[curve["hours_each"].notna()]
    if drawn.empty:
        return []
    population = str(drawn["population_id"].iloc[0])
    rows = Rows("size_curve", {"unit_id": (str(drawn["unit_id"].iloc[0]),)})
    numbers = [
        figure_of("size.each", text("members for which hours are given").template, float(drawn["each"].iloc[0]),
                  population, "parameter", rows, population)
    ]  # fmt: skip
    now = int(np.argmin(np.abs(drawn["factor"].to_numpy() - 1.0)))
    for name, row in {"small": drawn.iloc[0], "now": drawn.iloc[now]}.items():
        numbers += [
            figure_of(f"size.{name}", text("size of the structure").template, row["size"], population,
                      "size today × factor", rows, population),
            figure_of(f"size.{name}_hours", text("hours a year for so many members").template, row["hours_each"], "h",
                      "hours a year × members / size", rows, "hours", low=float(row["hours_each_low"]),
                      high=float(row["hours_each_high"]), unmeasured=int(row["rows_unmeasured"])),
        ]  # fmt: skip
    return numbers


def _threshold_figures(found: Tables) -> list[KeyFigure]:
    """How many duties start with size, and the heaviest step for the structure of the curve."""
    starting = _starting(found)
    if starting.empty:
        return []
    unit = str(starting["unit_id"].iloc[0])
    steps = _steps(starting)
    top = steps.sort_values("step_h", ascending=False, kind="stable").iloc[0]
    rows = Rows("thresholds", {"unit_id": (unit,), "limit": (str(top["limit"]),)})
    return [
        figure_of("thresholds.duties", text("duties that start at a number of staff").template,
                  starting["obligation_id"].nunique(), "obligations", "duties with a threshold", Rows("thresholds"),
                  "obligations"),
        figure_of("thresholds.limit", text("size of the heaviest step").template, top["limit"], "staff", "threshold",
                  rows, "staff"),
        figure_of("thresholds.step", text("hours a year of the heaviest step").template, top["step_h"], "h",
                  "hours of what starts there, at that size", rows, "hours", low=float(top["step_h_low"]),
                  high=float(top["step_h_high"]), unmeasured=int(top["rows_unmeasured"])),
    ]  # fmt: skip


def _starting(found: Tables) -> pd.DataFrame:
    """What starts at a number of staff for the structure of the curve, else for the first that may bear it."""
    rows = found["thresholds"]
    rows = rows[(rows["way"] == "starts") & (rows["population_id"] == "staff") & rows["step_h"].notna()]
    drawn = str(found["size_curve"]["unit_id"].iloc[0]) if "size_curve" in found else ""
    units = list(rows["unit_id"])
    chosen = drawn if drawn in units else (units or [""])[0]
    return rows[rows["unit_id"] == chosen]


def _steps(found: pd.DataFrame) -> pd.DataFrame:
    """All that starts at one size together."""
    hours = ["step_h_low", "step_h", "step_h_high", "rows_unmeasured"]
    return found.groupby("limit", as_index=False)[hours].sum()


def _scenario_figures(found: Tables) -> list[KeyFigure]:
    if "proportionate" not in found:
        return []
    frame = found["proportionate"]
    saving = frame[(frame["concerned"] == "yes") & (frame["saved_h"] > 0)]
    if saving.empty:
        return []
    row, rows = saving.iloc[0], Rows("proportionate")
    formula = "hours of these tools / times rarer, below the size"
    return [
        figure_of("proportionate.tools", text("tools made lighter").template, row["obligations"], "obligations",
                  "yearly activity reports not protected", rows, "obligations"),
        figure_of("proportionate.under", text("size below which they are").template, row["under"], "staff", "parameter",
                  rows, "staff"),
        figure_of("proportionate.years", text("years between two of them").template, row["times_rarer"], "years",
                  "parameter", rows, "years"),
        figure_of("proportionate.size", text("size of the structure").template, row["size"], "staff",
                  "size today × factor", rows, "staff"),
        figure_of("proportionate.saved", text("hours a year saved").template, row["saved_h"], "h", formula, rows,
                  "hours", low=float(row["saved_h_low"]), high=float(row["saved_h_high"])),
        figure_of("proportionate.share", text("share of the hours saved").template, row["saved_share"], "share",
                  "hours saved / hours", rows, "hours"),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What small structures bear, in sentences."""
    if "size.small_hours" not in reading.audit.figures:
        return []
    figure = reading.figure
    return [
        Sentence(text(
            "{fixed} hours a year (from {low} to {high}), {share} of the hours known, do not depend on size. They "
            "weigh on the small: made smaller with the same services and contracts, {name} would take {small_hours} "
            "hours a year for {each} {members} at {small}, against {now_hours} at today's {now}.",
            fixed=figure("size.fixed_hours"), low=(figure("size.fixed_hours"), "low"),
            high=(figure("size.fixed_hours"), "high"), share=figure("size.fixed_share"),
            name=_name(reading), small_hours=figure("size.small_hours"), each=figure("size.each"),
            members=UNITS[figure("size.each").unit].render(reading.language), small=figure("size.small"),
            now_hours=figure("size.now_hours"), now=figure("size.now"),
        ))
    ]  # fmt: skip


def _name(reading: Reading) -> str:
    """Name of the structure that the curve is about."""
    unit = str(reading.table("size_curve")["unit_id"].iloc[0])
    return _unit_name(reading, unit)


def _unit_name(reading: Reading, unit: str) -> str:
    units = reading.audit.portfolio.units.set_index("unit_id")
    named = units["name"].get(unit)
    return unit if pd.isna(named) else str(named)


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where no hour is known."""
    if "fixed_and_variable" not in reading.audit.tables:
        return ()
    blocks = (*_chart(reading), *_thresholds(reading), _units(reading), *_scenario_blocks(reading))
    return (Section("size", text("What size changes"), blocks),)


def _chart(reading: Reading) -> list[Block]:
    if "size.small_hours" not in reading.audit.figures:
        return []
    frame = reading.table("size_curve")
    turning = (frame["starts"] != "") | (frame["stops"] != "")
    told = frame[turning | frame["factor"].isin([frame["factor"].min(), 1.0, frame["factor"].max()])]
    columns = {
        "size": text("Size"), "hours_per_year": text("Hours a year"), "hours_each": text("For ten"),
        "hours_each_low": text("Low"), "hours_each_high": text("High"),
        "fixed_each": text("of which does not depend on size"), "obligations": text("Tools"),
    }  # fmt: skip
    table = Table(
        "size-curve", text("The same structure, smaller and larger: {name}", name=_name(reading)),
        display(told, columns, reading.language),
        text("Persons, places, staff and events are multiplied; services, contracts and calls stay as many. Sizes at "
             "which a duty starts are among the rows. All of them are in {file}.", file="tables/size_curve.csv"),
    )  # fmt: skip
    turns = reading.table("thresholds")
    starting = dict(zip(turns["obligation_id"], _names(reading, turns), strict=True))
    labels = {**reading.names.by_table["populations"], **reading.names.by_table["obligations"], **starting}
    return [
        Chart("burden_by_size", partial(charts.burden_by_size, frame, labels=labels, language=reading.language), table)
    ]


def _names(reading: Reading, frame: pd.DataFrame) -> list[str]:
    """Names of obligations in the reader's language, the French one where there is no other."""
    named = frame["name_fr"] if reading.language == "fr" else frame["name_en"].fillna(frame["name_fr"])
    return [str(n) for n in named]


def _thresholds(reading: Reading) -> list[Block]:
    if "thresholds.step" not in reading.audit.figures:
        return []
    figure = reading.figure
    step = figure("thresholds.step")
    sentence = Sentence(text(
        "{duties} duties start at a number of staff. The heaviest step is at {limit}: for {name}, what starts there "
        "takes {hours} hours a year (from {low} to {high}).",
        duties=figure("thresholds.duties"), limit=figure("thresholds.limit"),
        name=_unit_name(reading, step.rows.where["unit_id"][0]), hours=step, low=(step, "low"), high=(step, "high"),
    ))  # fmt: skip
    frame = _starting(reading.audit.tables).head(_SHOWN)
    frame = frame.assign(
        tool=_names(reading, frame),
        proof=[reading.code("evidence", e) for e in frame["evidence"]],
    )
    columns: dict[str, Text] = {
        "limit": text("From"), "tool": text("Tool"), "citation": text("Text"), "proof": text("Evidence"),
        "step_h": text("Hours a year"), "step_h_low": text("Low"), "step_h_high": text("High"),
    }  # fmt: skip
    table = Table(
        "size-thresholds", text("What starts with size, and its hours at that size"),
        display(frame, columns, reading.language),
        text("Staying below is worth so many hours to one that stands at the threshold. What protects staff is among "
             "these duties: the hours say nothing of what would be lost. All structures are in {file}.",
             file="tables/thresholds.csv"),
    )  # fmt: skip
    return [sentence, table]


def _units(reading: Reading) -> Table:
    frame = reading.table("burden_by_size")
    frame = frame[(frame["level"] == "unit") & (frame["hours_per_year"] > 0)].head(_SHOWN)
    frame = frame.assign(
        who=[reading.names.of("actors", a) for a in frame["actor_id"]],
        name=[_unit_name(reading, u) for u in frame["unit_id"]],
    )
    columns = {
        "who": text("Type"), "name": text("Structure"), "place": text("Places"), "person": text("Persons"),
        "staff": text("Staff"), "hours_per_year": text("Hours a year"), "h_per_place": text("For one place"),
        "h_per_person": text("For one person"), "h_per_10_staff": text("For ten staff"),
        "h_per_10_staff_low": text("Low"), "h_per_10_staff_high": text("High"),
        "rows_unmeasured": text("Lines not measured"),
    }  # fmt: skip
    return Table(
        "by-size", text("Hours for a place, a person, ten staff"), display(frame, columns, reading.language),
        text("Only structures of one type compare. Known hours only: where lines are not measured, hours are at least "
             "so many. All structures and operators are in {file}.", file="tables/burden_by_size.csv"),
    )  # fmt: skip


def _scenario_blocks(reading: Reading) -> list[Block]:
    if "proportionate.saved" not in reading.audit.figures:
        return []
    figure = reading.figure
    saved = figure("proportionate.saved")
    sentence = Sentence(text(
        "A scenario, not a proposal: if {tools} yearly activity reports were due every {years} years below {under} "
        "members of staff, the structure made as small as {size} would save {saved} hours a year (from {low} to "
        "{high}), {share} of its hours.",
        tools=figure("proportionate.tools"), years=figure("proportionate.years"), under=figure("proportionate.under"),
        size=figure("proportionate.size"), saved=saved, low=(saved, "low"), high=(saved, "high"),
        share=figure("proportionate.share"),
    ))  # fmt: skip
    columns = {
        "size": text("Staff"), "hours_per_year": text("Hours a year"), "saved_h": text("Saved"),
        "saved_h_low": text("Low"), "saved_h_high": text("High"), "hours_each": text("For ten staff"),
        "after_each": text("For ten staff, lighter"),
    }  # fmt: skip
    table = Table(
        "proportionate", text("A lighter regime below a size, for one structure at several sizes"),
        display(reading.table("proportionate"), columns, reading.language),
        text("Other tools, sizes and rhythms can be tried: the parameters are those of this table alone."),
    )  # fmt: skip
    return [sentence, table]
