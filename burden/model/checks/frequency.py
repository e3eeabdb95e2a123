"""How often: periods against what is counted, and against due dates."""

from __future__ import annotations

from collections.abc import Iterator

from burden.model.checks.rows import at_rows, values_of
from burden.model.findings import Finding, Severity
from burden.model.inventory import Inventory
from burden.model.messages import plural_text, text
from burden.model.periods import EVENT, ONCE, is_period, parse_deadlines, per_year

_BODIES = ("operator", "establishment", "place")
_MEMBERS = ("person", "staff_member")
_HAPPENINGS = ("event", "call")


def event_of_what_lasts(inv: Inventory) -> Iterator[Finding]:
    """An obligation by event is counted per something that does not happen but lasts."""
    obligations = inv.obligations
    grain = obligations["population_id"].map(values_of(inv, "populations", "grain"))
    by_event = obligations.assign(counted=grain)[obligations["period"] == EVENT]
    levels: tuple[tuple[tuple[str, ...], Severity], ...] = ((_BODIES, "warning"), (_MEMBERS, "note"))
    for grains, severity in levels:
        yield from at_rows(
            inv, "obligations", by_event[by_event["counted"].isin(grains)], "population_id",
            check="event of what lasts", severity=severity,
            said=lambda r: (
                text("'{obligation}' falls due at an event and is counted per '{population}':"
                     " each counts once a year.", obligation=r.obligation_id, population=r.population_id),
                text("Count it per the events of the year (admissions, incidents, calls)."),
            ),
        )  # fmt: skip


def duration_of_events(inv: Inventory) -> list[Finding]:
    """An obligation that recurs or stands once is counted per events, whose number is yearly already."""
    obligations = inv.obligations
    grain = obligations["population_id"].map(values_of(inv, "populations", "grain"))
    wrong = grain.isin(_HAPPENINGS) & obligations["period"].notna() & (obligations["period"] != EVENT)
    return at_rows(
        inv, "obligations", obligations[wrong], "period", check="duration of events", severity="warning",
        said=lambda r: (
            text("the period is {period}, and '{population}' is a number of events a year already.",
                 period=r.period, population=r.population_id),
            text("Write event, or count it per what lasts."),
        ),
    )  # fmt: skip


def due_dates(inv: Inventory) -> list[Finding]:
    """An obligation has not as many dates as occurrences a year, or has dates and no period."""
    obligations = inv.obligations
    dated = obligations[obligations["deadline"].notna() & obligations["period"].notna()]
    dates = [_dates(rule) for rule in dated["deadline"]]
    due = [_due(period) for period in dated["period"]]
    wrong = [0 < n != d for n, d in zip(dates, due, strict=True)]
    return at_rows(
        inv, "obligations", dated.assign(dates=dates, due=due)[wrong], "deadline",
        check="due dates", severity="warning",
        said=lambda r: (
            plural_text("{dates} date is given, and the period {period} makes {due} due.",
                        "{dates} dates are given, and the period {period} makes {due} due.",
                        r.dates, dates=r.dates, period=r.period, due=r.due),
            text("Write one date per occurrence, joined by |, or correct the period."),
        ),
    )  # fmt: skip


def _dates(rule: str) -> int:
    """Days of the calendar in a rule; delays from an event are none, and neither is a faulty rule."""
    try:
        return sum(d.month is not None for d in parse_deadlines(rule))
    except ValueError:
        return 0


def _due(period: str) -> int:
    """Dates that a year of the obligation has: one for what comes every few years or once."""
    if not is_period(period) or period == EVENT:
        return 0
    return 1 if period == ONCE else max(1, round(per_year(period)))


def usual_effort(inv: Inventory) -> list[Finding]:
    """All of an obligation is said to be done anyway: it has no burden."""
    obligations = inv.obligations
    return at_rows(
        inv, "obligations", obligations[obligations["usual_share"] == 1], "usual_share",
        check="usual effort", severity="warning",
        said=lambda r: (
            text("all of '{obligation}' is said to be done anyway: its burden is zero.",
                 obligation=r.obligation_id),
            text("Write the share that would be done without it, or leave it empty if unknown."),
        ),
    )  # fmt: skip
