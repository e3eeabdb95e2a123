"""The calendar file, read back with the library that office calendars are tested against."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import icalendar
import pytest

from burden.analysis import calendar
from burden.model.findings import InventoryError
from burden.model.inventory import Inventory
from burden.report.calendar_file import write_calendar
from tests.analysis.inventories import asks, inventory, obligation, portfolio

YEAR = 2027


def told(*, deadline: str | None = "N+1:04-30", **more: Any) -> Inventory:
    bases = [{"legal_base_id": "r1", "citation": "CASF, art. R. 314-49 ; annexe", "level": "decree"}]
    tool = obligation("A", deadline=deadline, legal_base_ids="r1", name_fr="Comptes, « clôture »", **more)
    return inventory([tool], [asks("A", "days", 90)], legal_bases=bases)


def events(
    inv: Inventory, path: Path, *units: dict[str, Any], language: str = "en", year: int = YEAR
) -> list[icalendar.Event]:
    deliv = calendar.deliveries(inv, portfolio(*(units or ({},))), year=year)
    written = write_calendar(deliv, path / "due.ics", inv=inv, language=language)
    read = icalendar.Calendar.from_ical(written.read_bytes())
    return [e for e in read.walk("VEVENT") if isinstance(e, icalendar.Event)]


def said(event: icalendar.Event) -> list[str]:
    return str(event["DESCRIPTION"]).split("\n")


def test_a_deadline_is_an_all_day_event_named_after_its_tool(tmp_path: Path) -> None:
    (event,) = events(told(), tmp_path)
    assert str(event["SUMMARY"]) == "Comptes, « clôture »"
    assert event["DTSTART"].dt == dt.date(2027, 4, 30)
    assert event["DTEND"].dt == dt.date(2027, 5, 1)


def test_the_description_says_authority_base_hours_and_evidence(tmp_path: Path) -> None:
    (event,) = events(told(), tmp_path)
    lines = said(event)
    assert "Legal base: CASF, art. R. 314-49 ; annexe" in lines
    assert "About the year: 2026" in lines
    assert "Work: about 1.5\u00a0h (1.5\u00a0h)" in lines
    assert "Evidence of the obligation: text read in force" in lines
    assert any(line.startswith("Required by: ") for line in lines)


def test_a_deadline_on_a_sunday_says_the_last_working_day(tmp_path: Path) -> None:
    (event,) = events(told(deadline="N-1:10-31"), tmp_path)
    assert event["DTSTART"].dt == dt.date(2027, 10, 31)
    assert "The day itself is not worked: hand in by Friday 29 October 2027." in said(event)


def test_what_comes_every_few_years_says_so(tmp_path: Path) -> None:
    (event,) = events(told(period="P5Y"), tmp_path)
    assert "Comes round every 5 years: check whether this is the year." in said(event)


def test_unknown_work_is_said_to_be_unknown(tmp_path: Path) -> None:
    inv = inventory([obligation("A", deadline="N:06-30")], [asks("A", "days", None)])
    (event,) = events(inv, tmp_path)
    assert {"Work: unknown", "1 line without a known duration or number is left out."} <= set(said(event))


def test_an_alarm_rings_two_weeks_before(tmp_path: Path) -> None:
    (event,) = events(told(), tmp_path)
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(days=-14)


def test_categories_are_the_instrument_and_the_policy(tmp_path: Path) -> None:
    (event,) = events(told(), tmp_path)
    assert "budget" in event["CATEGORIES"].to_ical().decode()


def test_what_has_no_date_has_no_event(tmp_path: Path) -> None:
    assert events(told(deadline="event+P8D"), tmp_path) == []


def test_services_of_one_operator_share_an_event(tmp_path: Path) -> None:
    (event,) = events(told(), tmp_path, {}, {"actor_id": "ehpad"})
    assert "Work: about 3\u00a0h (3\u00a0h)" in said(event)


def test_each_operator_has_its_own_event_and_identifier(tmp_path: Path) -> None:
    found = events(told(), tmp_path, {"operator_id": "x"}, {"operator_id": "y"})
    assert len({str(e["UID"]) for e in found}) == 2
    assert [said(e)[0] for e in found] == ["Operator: x", "Operator: y"]


def test_the_identifier_does_not_depend_on_hours_or_names(tmp_path: Path) -> None:
    (before,) = events(told(), tmp_path)
    (after,) = events(inventory([obligation("A", deadline="N+1:04-30")], [asks("A", "days", 600)]), tmp_path)
    assert before["UID"] == after["UID"]


def test_the_identifier_is_of_its_date(tmp_path: Path) -> None:
    (this,), (next_,) = (events(told(), tmp_path, year=y) for y in (2027, 2028))
    assert this["UID"] != next_["UID"]


def test_the_same_deliveries_give_the_same_bytes(tmp_path: Path) -> None:
    inv = told()
    deliv = calendar.deliveries(inv, portfolio({}), year=YEAR)
    once, again = (write_calendar(deliv, tmp_path / n, inv=inv).read_bytes() for n in ("a.ics", "b.ics"))
    assert once == again
    assert b"DTSTAMP:20270101T000000Z" in once


def test_french_and_english_differ(tmp_path: Path) -> None:
    (french,), (english,) = (events(told(), tmp_path, language=lang) for lang in ("fr", "en"))
    assert "texte lu en vigueur" in str(french["DESCRIPTION"])
    assert "text read in force" in str(english["DESCRIPTION"])


def test_an_earlier_calendar_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    events(told(), tmp_path)
    (event,) = events(told(deadline="N:06-30"), tmp_path)
    assert event["DTSTART"].dt == dt.date(2027, 6, 30)
    assert [p.name for p in tmp_path.iterdir()] == ["due.ics"]


def test_somebody_elses_calendar_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "due.ics").write_text("BEGIN:VCALENDAR\nPRODID:mine\nEND:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(InventoryError, match="nothing was written"):
        events(told(), tmp_path)
    assert "mine" in (tmp_path / "due.ics").read_text(encoding="utf-8")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    inv = told()
    deliv = calendar.deliveries(inv, portfolio({}), year=YEAR)
    with pytest.raises(InventoryError, match=r"ends in \.ics"):
        write_calendar(deliv, tmp_path / "due.csv", inv=inv)


def test_a_whole_portfolio_without_operators_can_be_written(tmp_path: Path) -> None:
    inv = told()
    deliv = calendar.deliveries(inv, portfolio({}), year=YEAR, by=())
    assert write_calendar(deliv, tmp_path / "due.ics", inv=inv).read_bytes().count(b"BEGIN:VEVENT") == 1
