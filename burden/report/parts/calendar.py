"""When the work falls: dated deadlines, the weeks they fill, what falls due together."""

from __future__ import annotations

from functools import partial

import pandas as pd

from burden import figures as charts
from burden.analysis import calendar
from burden.figures import days
from burden.model.messages import plural_text, text
from burden.report.audited import Audited
from burden.report.content import Block, Chart, Reading, Section, Sentence, Table, display
from burden.report.key_figures import KeyFigure, Rows, Tables, figure_of
from burden.report.names import names_of_operators

REFERENCE_YEAR = 2027
"""The calendar year that an audit looks at: stated, so that an audit does not depend on its day."""

_SHOWN = 25
_WHY = {
    "": text("its rule gives a day"),
    "event": text("counted from an event or a term"),
    "no_deadline": text("no deadline in the inventory"),
    "too_few_days": text("more deliveries than its rule has days"),
}


def tables(audited: Audited, _: Tables) -> dict[str, pd.DataFrame]:
    """Deliveries of the reference year, its weeks and its collisions; none where nothing is due."""
    due = calendar.deliveries(audited.borne, audited.portfolio, year=REFERENCE_YEAR)
    if due.empty:
        return {}
    return {
        "deliveries": due,
        "dating": calendar.by_dating(due),
        "weekly_load": calendar.weekly_load(due),
        "collisions": calendar.collisions(due),
    }


def key_figures(found: Tables) -> list[KeyFigure]:
    """The key figures on the calendar."""
    if "deliveries" not in found:
        return []
    due, load = found["deliveries"], found["weekly_load"]
    numbers = [
        figure_of("calendar.year", text("year of these deadlines").template, REFERENCE_YEAR, "year",
                  "a stated year", Rows("deliveries"), "year"),
        figure_of("calendar.lead",
                  text("working days before a deadline over which its work is spread").template,
                  float(due["lead_days"].iloc[0]), "working_days", "an assumption", Rows("deliveries"),
                  "days"),
        figure_of("calendar.deadlines", text("dated deadlines of the year").template,
                  float(load["deadlines"].sum()), "deadlines", "distinct operator × obligation × due date",
                  Rows("deliveries", {"dating": ("dated",)}), "deadlines",
                  unmeasured=int(load["deadlines_unmeasured"].sum())),
        figure_of("calendar.once", text("hours made once, in no week").template,
                  float(found["totals"]["once_h"].iloc[0]), "h", "sum of once_h",
                  Rows("ledger", {"side": ("respondent",)}), "hours"),
    ]  # fmt: skip
    return numbers + _dated(found["dating"]) + _weeks(load) + _collision(found["collisions"])


def _dated(dating: pd.DataFrame) -> list[KeyFigure]:
    known = float(dating["hours"].sum())
    dated = dating[dating["dating"] == "dated"]
    rows = Rows("deliveries", {"dating": ("dated",)})
    low, hours, high = (float(dated[h].sum()) for h in ("hours_low", "hours", "hours_high"))
    return [
        figure_of("calendar.dated_hours", text("hours before dated deadlines").template, hours, "h",
                  "sum of hours of dated deliveries", rows, "hours", low=low, high=high,
                  unmeasured=int(dated["unmeasured"].sum())),
        figure_of("calendar.dated_share", text("share of the hours that can be dated").template,
                  hours / known if known else float("nan"), "share", "hours of dated deliveries / hours",
                  Rows("deliveries"), "hours", unmeasured=int(dating["unmeasured"].sum())),
    ]  # fmt: skip


def _weeks(load: pd.DataFrame) -> list[KeyFigure]:
    """The busiest week and the median one, all operators together."""
    bounds = ["total_h_low", "total_h", "total_h_high"]
    weeks = load[load["working_days"] > 0].groupby("week")[bounds].sum(min_count=1).reset_index()
    if not weeks["total_h"].max() > 0:
        return []
    # On a tie the last, where the deadline is; rounded, as sums in another order differ by a hair.
    heaviest = weeks.assign(hours=weeks["total_h"].round(6)).sort_values(["hours", "week"]).iloc[-1]
    rows = Rows("weekly_load", {"week": (heaviest["week"].strftime("%Y-%m-%d"),)})
    median = weeks[bounds].median()
    return [
        figure_of("calendar.busiest_day", text("Monday of the busiest week").template,
                  _day_number(heaviest["week"]), "day", "the week with most hours", rows, "days"),
        figure_of("calendar.busiest_hours", text("hours of the busiest week").template,
                  float(heaviest["total_h"]), "h", "hours before deadlines + hours without a date", rows,
                  "hours",
                  low=float(heaviest["total_h_low"]), high=float(heaviest["total_h_high"])),
        figure_of("calendar.median_hours", text("hours of the median week").template,
                  float(median["total_h"]), "h", "median of the weeks that have a working day",
                  Rows("weekly_load"), "hours",
                  low=float(median["total_h_low"]), high=float(median["total_h_high"])),
    ]  # fmt: skip


def _day_number(day: pd.Timestamp) -> float:
    return float(day.strftime("%Y%m%d"))


def _collision(collisions: pd.DataFrame) -> list[KeyFigure]:
    """The day on which most tools fall due for one operator."""
    if collisions.empty:
        return []
    largest = collisions.iloc[0]
    rows = Rows("collisions", {"due": (largest["due"].strftime("%Y-%m-%d"),),
                               "operator_id": (str(largest["operator_id"]),)})  # fmt: skip
    low, hours, high = (float(largest[h]) for h in ("hours_low", "hours", "hours_high"))
    return [
        figure_of("calendar.collision_day", text("day on which most tools fall due").template,
                  _day_number(largest["due"]), "day", "the day with most distinct tools of one operator",
                  rows, "days"),
        figure_of("calendar.collision_tools", text("tools that fall due on one day").template,
                  float(largest["obligations"]), "obligations", "distinct tools of that day", rows,
                  "obligations"),
        figure_of("calendar.collision_authorities", text("recipients of the tools of one day").template,
                  float(largest["authorities"]), "authorities", "distinct recipients of that day", rows,
                  "authorities"),
        figure_of("calendar.collision_hours", text("hours of the tools of one day").template, hours, "h",
                  "sum of hours of that day's deliveries", rows, "hours", low=low, high=high,
                  unmeasured=int(largest["unmeasured"])),
    ]  # fmt: skip


def findings(reading: Reading) -> list[Block]:
    """What the calendar says, in sentences."""
    known = reading.audit.figures
    if "calendar.year" not in known:
        return []
    blocks: list[Block] = [
        Sentence(plural_text(
            "In {year}, {deadlines} deadline has a date, for {share} of the hours. The rest counts from "
            "events or has no deadline: nobody can say in which weeks it falls.",
            "In {year}, {deadlines} deadlines have a date, for {share} of the hours. The rest counts from "
            "events or has no deadline: nobody can say in which weeks it falls.",
            int(known["calendar.deadlines"].value),
            year=known["calendar.year"], deadlines=known["calendar.deadlines"],
            share=known["calendar.dated_share"],
        ))
    ]  # fmt: skip
    if "calendar.collision_day" in known:
        blocks.append(_collision_finding(reading))
    if "calendar.busiest_day" in known and known["calendar.dated_hours"].value > 0:
        blocks.append(_week_finding(reading))
    return blocks


def _collision_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    hours = figure("calendar.collision_hours")
    return Sentence(text(
        "On {day}, {tools} tools fall due at once for {authorities} recipients: {hours} hours of work (from "
        "{low} to {high}) for one date.",
        day=figure("calendar.collision_day"), tools=figure("calendar.collision_tools"),
        authorities=figure("calendar.collision_authorities"),
        hours=hours, low=(hours, "low"), high=(hours, "high"),
    ))  # fmt: skip


def _week_finding(reading: Reading) -> Sentence:
    figure = reading.figure
    hours = figure("calendar.busiest_hours")
    return Sentence(text(
        "If the work is done over the {lead} working days before each deadline, which is an assumption, the "
        "busiest week is that of {day}: {hours} hours (from {low} to {high}), against {median} in the median "
        "week. As what has no date is spread evenly, real weeks vary more.",
        lead=figure("calendar.lead"), day=figure("calendar.busiest_day"),
        hours=hours, low=(hours, "low"), high=(hours, "high"), median=figure("calendar.median_hours"),
    ))  # fmt: skip


def sections(reading: Reading) -> tuple[Section, ...]:
    """The section; nothing where nothing is due."""
    if "deliveries" not in reading.audit.tables:
        return ()
    blocks: list[Block] = [_weeks_chart(reading), *_deadlines_table(reading), *_collisions_table(reading)]
    blocks += [_dating_table(reading), *_limits(reading)]
    return (Section("calendar", text("When the work falls"), tuple(blocks)),)


def _weeks_chart(reading: Reading) -> Chart:
    due = reading.table("deliveries")
    load, peaks = calendar.weekly_load(due, by=()), calendar.peaks(due, by=())
    shown = load[load["working_days"] > 0]
    shown = shown.assign(monday=[days.full_day(w, reading.language) for w in shown["week"]])
    columns = {
        "monday": text("Week of"), "working_days": text("Working days"), "deadlines": text("Deadlines"),
        "dated_h": text("Hours before deadlines"), "spread_h": text("Hours without a date"),
        "total_h": text("Hours"), "total_h_low": text("Low"), "total_h_high": text("High"),
    }  # fmt: skip
    return Chart(
        "weekly_load",
        partial(
            charts.weekly_load,
            load,
            peaks=peaks,
            labels=reading.names.by_table["obligations"],
            language=reading.language,
        ),
        Table("weeks", text("The weeks of the year"), display(shown, columns, reading.language)),
    )


def _deadlines_table(reading: Reading) -> list[Table]:
    due = reading.table("deliveries")
    due = due[due["dating"] == "dated"]
    if due.empty:
        return []
    grouped = due.groupby(["due", "work_by", "obligation_id", "required_by_id"], dropna=False)
    shown = grouped[["occurrences", "hours_low", "hours", "hours_high"]].sum(min_count=1).reset_index()
    shown = shown.sort_values(["due", "hours"], ascending=[True, False], kind="stable").head(_SHOWN)
    shown = shown.assign(
        day=[days.full_day(d, reading.language) for d in shown["due"]],
        by=[days.full_day(d, reading.language) for d in shown["work_by"]],
        name=[reading.names.of("obligations", o) for o in shown["obligation_id"]],
        authority=[reading.names.of("authorities", a) for a in shown["required_by_id"]],
    )
    columns = {
        "day": text("Due"), "by": text("Last working day"), "name": text("Tool"),
        "authority": text("Required by"), "occurrences": text("Deliveries"), "hours": text("Hours"),
        "hours_low": text("Low"), "hours_high": text("High"),
    }  # fmt: skip
    note = text("All of them are in {file}.", file="tables/deliveries.csv")
    return [Table("deadlines", text("Dated deadlines"), display(shown, columns, reading.language), note)]


def _collisions_table(reading: Reading) -> list[Table]:
    shown = reading.table("collisions").head(_SHOWN)
    if shown.empty:
        return []
    shown = shown.assign(
        day=[days.full_day(d, reading.language) for d in shown["due"]],
        operator=names_of_operators(reading.audit.portfolio, shown["operator_id"]),
        tools=[
            text("; ").render(reading.language).join(reading.names.several("obligations", o))
            for o in shown["obligation_ids"]
        ],
        recipients=[", ".join(reading.names.several("authorities", a)) for a in shown["authority_ids"]],
    )
    columns = {
        "operator": text("Operator"), "day": text("Due"), "obligations": text("Tools"),
        "hours": text("Hours"), "hours_low": text("Low"), "hours_high": text("High"), "tools": text("Which"),
        "recipients": text("Recipients"),
    }  # fmt: skip
    caption = text("Deadlines that fall together")
    return [Table("collisions", caption, display(shown, columns, reading.language))]


def _dating_table(reading: Reading) -> Table:
    frame = reading.table("dating")
    shown = frame.assign(why=[_WHY[w].render(reading.language) for w in frame["why_spread"]])
    columns = {
        "why": text("Date"), "obligations": text("Tools"), "hours": text("Hours a year"),
        "hours_low": text("Low"), "hours_high": text("High"), "share": text("Share of the hours"),
        "unmeasured": text("Tools not all measured"),
    }  # fmt: skip
    return Table(
        "dating", text("What can be dated, and why the rest cannot"),
        display(shown, columns, reading.language, shares=("share",)),
    )  # fmt: skip


def _limits(reading: Reading) -> list[Sentence]:
    """What the calendar does not know."""
    figure = reading.figure
    return [
        Sentence(text(
            "The weeks sum to the hours of the year. What falls due every few years takes its yearly mean each "
            "year; what is done once, {once} hours, is in no week.",
            once=figure("calendar.once"),
        )),
        Sentence(text(
            "A deadline on a weekend or a public holiday of metropolitan France keeps its legal date, and its "
            "work ends on the last working day before. School holidays, leave and local public holidays are "
            "not counted: no sourced calendar of them is in the inventory. The year is {year}, whatever the "
            "day of the audit.",
            year=figure("calendar.year"),
        )),
    ]  # fmt: skip
