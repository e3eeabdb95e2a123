"""Deadlines as a calendar file that an office calendar can subscribe to."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from icalendar import Alarm, Calendar, Event

from burden.analysis.calendar.deliveries import HOURS
from burden.analysis.calendar.due import DATED
from burden.figures import lettering
from burden.figures.days import full_day
from burden.model import schema
from burden.model.findings import Finding, InventoryError, Place
from burden.model.inventory import Inventory
from burden.model.messages import Text, plural_text, text
from burden.model.periods import years
from burden.report.names import Names, names
from burden.sources.placing import placed_file

_PRODUCT = "-//burden//deadlines//EN"
_DAYS_OF_WARNING = 14


def write_calendar(deliveries: pd.DataFrame, path: str | Path, *, inv: Inventory, language: str = "fr") -> Path:
    """Write the dated deliveries of a year as an iCalendar file (RFC 5545).

    One all-day event per operator × obligation × legal due date, with an alarm two weeks before;
    what is spread over the year has no event. Events keep their identifier from one writing to the
    next, so that a subscription updates them. The same deliveries give the same bytes. The file is
    written beside and put in place once complete; an earlier calendar of this kind is replaced.

    Parameters
    ----------
    deliveries : DataFrame
        What :func:`burden.analysis.calendar.deliveries` gives.
    path : str or Path
        A file that ends in ``.ics``.
    inv : Inventory
        Where the names, legal bases and evidence are.
    language : str
        ``fr`` or ``en``.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InventoryError
        If the name ends otherwise, or the file exists and is not such a calendar.

    Examples
    --------
    >>> import burden as bd
    >>> from burden.analysis import calendar
    >>> from tempfile import TemporaryDirectory
    >>> inv, ptf = bd.example("four-tools"), bd.example_portfolio("four-tools")
    >>> year = calendar.deliveries(calendar.moved(inv, "ERRD", "N+1:04-30"), ptf, year=2027)
    >>> with TemporaryDirectory() as folder:
    ...     written = write_calendar(year, f"{folder}/due.ics", inv=inv).read_bytes()
    >>> written.count(b"BEGIN:VEVENT")
    1
    """
    target = Path(path)
    if faults := _refused(target):
        raise InventoryError(faults)
    with placed_file(target) as fresh:
        fresh.write_bytes(_calendar(deliveries, inv, language).to_ical())
    return target


def _refused(target: Path) -> list[Finding]:
    place = Place(str(target))
    if target.suffix.lower() != ".ics":
        fault = text("'{suffix}' is not the ending of a calendar.", suffix=target.suffix)
        remedy = text("Write a name that ends in .ics.")
        return [Finding("format", "error", place, fault, remedy, target.suffix)]
    if target.exists() and _PRODUCT.encode() not in target.read_bytes():
        fault = text("the file is not a calendar of deadlines; nothing was written.")
        return [Finding("occupied", "error", place, fault, text("Give another name."))]
    return []


def _calendar(deliveries: pd.DataFrame, inv: Inventory, language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    called = text("Deadlines").render(language)
    calendar.add("name", called)
    calendar.add("x-wr-calname", called)
    known = names(inv, language)
    facts = inv.obligations.set_index("obligation_id").to_dict("index")
    cited = dict(zip(inv.legal_bases["legal_base_id"], inv.legal_bases["citation"], strict=True))
    dated = deliveries[deliveries["dating"] == DATED]
    dated = dated.assign(operator_id=dated.get("operator_id", ""))
    several = dated["operator_id"].nunique() > 1
    key = ["due", "operator_id", "obligation_id"]
    for _, rows in dated.groupby(key, sort=True, dropna=False):
        obligation = facts[rows["obligation_id"].iloc[0]]
        event = _event(rows.iloc[0], known, language)
        said = _description(rows, obligation, cited, known, language, several=several)
        event.add("description", said)
        event.add("categories", _categories(obligation, known, language))
        calendar.add_component(event)
    return calendar


def _event(row: pd.Series, known: Names, language: str) -> Event:
    due = row["due"].date()
    name = known.of("obligations", row["obligation_id"])
    event = Event()
    event.add("uid", _identifier(row["operator_id"], row["obligation_id"], due))
    # The day of writing would make two files of one year differ.
    event.add("dtstamp", dt.datetime(int(row["year"]), 1, 1, tzinfo=dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", name)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(days=-_DAYS_OF_WARNING))
    reminder = text("In two weeks: {name}", name=name)
    alarm.add("description", reminder.render(language))
    event.add_component(alarm)
    return event


def _identifier(operator: str, obligation: str, due: dt.date) -> str:
    digest = hashlib.sha256(f"{operator}|{obligation}|{due.isoformat()}".encode()).hexdigest()
    return f"{digest[:32]}@burden"


def _categories(obligation: Mapping[Any, Any], known: Names, language: str) -> list[str]:
    return [
        schema.code_name("instrument", obligation["instrument"], language),
        known.of("silos", obligation["silo_id"]),
    ]


def _description(
    rows: pd.DataFrame,
    obligation: Mapping[Any, Any],
    cited: Mapping[str, str],
    known: Names,
    language: str,
    *,
    several: bool,
) -> str:
    """Authority, structures, legal base, work, evidence: one line each."""
    first = rows.iloc[0]
    said: list[Text | None] = [
        text("Operator: {id}", id=first["operator_id"]) if several else None,
        text("Required by: {name}", name=known.of("authorities", first["required_by_id"])),
        _recipients(known.several("authorities", first["recipient_ids"])),
        _structures(rows, known),
        _legal_bases([cited.get(b, b) for b in obligation["legal_base_ids"].split("|") if b]),
        _years_meant(rows),
        _closed(first, language),
        _now_and_then(obligation["period"], language),
        *_work(rows, language),
        text("Evidence of the obligation: {evidence}",
             evidence=schema.code_name("evidence", obligation["evidence"], language)),
    ]  # fmt: skip
    return "\n".join(line.render(language) for line in said if line)


def _recipients(called: list[str]) -> Text | None:
    return text("Goes to: {names}", names=" ; ".join(called)) if called else None


def _legal_bases(citations: list[str]) -> Text:
    if not citations:
        return text("Legal base: none in the inventory")
    return text("Legal base: {citations}", citations=" ; ".join(citations))


def _structures(rows: pd.DataFrame, known: Names) -> Text | None:
    if "actor_id" not in rows:
        return None
    called = dict.fromkeys(known.of("actors", a) for a in rows["actor_id"])
    return text("Concerns: {names}", names=", ".join(called))


def _years_meant(rows: pd.DataFrame) -> Text:
    meant = sorted({int(y) for y in rows["exercise"]})
    return text("About the year: {years}", years=", ".join(map(str, meant)))


def _closed(row: pd.Series, language: str) -> Text | None:
    """The last working day, where the legal date is not one."""
    if row["work_by"] == row["due"]:
        return None
    day = full_day(row["work_by"], language)
    return text("The day itself is not worked: hand in by {day}.", day=day)


def _now_and_then(period: str, language: str) -> Text | None:
    """What does not come every year may not be due in this one."""
    try:
        length = float(years(period))
    except ValueError:
        return None
    if length <= 1:
        return None
    number = lettering.number(length, language)
    return text("Comes round every {n} years: check whether this is the year.", n=number)


def _work(rows: pd.DataFrame, language: str) -> list[Text | None]:
    low, hours, high = (float(rows[h].sum(min_count=1)) for h in HOURS)
    missing = int(rows["lines_unmeasured"].sum())
    left_out = plural_text(
        "{n} line without a known duration or number is left out.",
        "{n} lines without a known duration or number are left out.",
        missing, n=lettering.number(missing, language),
    )  # fmt: skip
    if hours != hours:  # noqa: PLR0124 - NaN
        return [text("Work: unknown"), left_out if missing else None]
    assumed = float(rows["hours_assumed"].sum())
    share = lettering.share(assumed / hours, language) if hours else ""
    return [
        text("Work: about {hours} ({range})", hours=lettering.hours(hours, language),
             range=lettering.hours_range(low, high, language)),
        text("{share} of these hours rest on standard times, which nobody measured here.", share=share)
        if assumed else None,
        left_out if missing else None,
    ]  # fmt: skip
