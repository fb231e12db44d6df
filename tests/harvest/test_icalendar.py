"""Meetings and deadlines as iCalendar (RFC 5545), read by icalendar and vobject."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest
import vobject
from django.test import Client

from archive.formats import icalendar as writing
from meetings.models import Commitment, Meeting, MeetingPlace, ScheduleChange
from registry.models import Pid
from tests.makers import commitment, corrected, country, dialogue, meeting, published

pytestmark = pytest.mark.django_db


def read(reader: Client, address: str) -> tuple[Any, list[Any]]:
    """The calendar and its components, after both libraries have read it and every line was looked at."""
    answer = reader.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    content = answer.content if not answer.streaming else answer.getvalue()
    check_lines(content)
    vobject.readOne(content.decode()).validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    assert calendar.subcomponents
    assert all(not component.errors for component in calendar.subcomponents)
    return calendar, calendar.subcomponents


def check_lines(content: bytes) -> None:
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()


def test_every_meeting_is_read_by_both_libraries(reader: Client) -> None:
    for pid in Pid.objects.filter(kind="meeting", state="public"):
        _calendar, (component,) = read(reader, f"/{pid.path}/?format=ics")
        assert component["UID"] == f"{pid.pk}@127.0.0.1"
        held = Meeting.objects.get(pk=pid.pk)
        is_dated = held.start is not None and len(held.start) == 10
        assert component.name == ("VEVENT" if is_dated else "VJOURNAL")
        if is_dated:
            assert component["DTSTART"].dt.isoformat() == held.start
            assert (component["DTEND"].dt - date.fromisoformat(held.end or held.start)).days == 1


def test_a_meeting_of_one_day_ends_the_next(reader: Client) -> None:
    _calendar, (event,) = read(reader, "/ca-jad/2022/fm-9/?format=ics")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2022, 12, 24), date(2022, 12, 25))
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CONFIRMED", 0, "TRANSPARENT")
    assert event["SUMMARY"] == "9th Foreign Ministers’ Meeting – Central Asia plus Japan"
    assert event["LOCATION"] == "Iikura House (飯倉公館), Tokyo, Japan"
    assert event["URL"] == "http://127.0.0.1:8000/ca-jad/2022/fm-9/"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt


def test_the_postponed_summit_stands_as_cancelled_on_its_day(reader: Client) -> None:
    _calendar, (event,) = read(reader, "/ca-jad/2024/summit-08-09/?format=ics")
    assert (event["STATUS"], event["DTSTART"].dt) == ("CANCELLED", date(2024, 8, 9))
    assert event["SUMMARY"].startswith("Postponed: ")
    assert "Postponed, 9 August 2024, Astana, Kazakhstan" in event["DESCRIPTION"]


@pytest.mark.parametrize(
    ("status", "said", "word"),
    [
        ("held", "CONFIRMED", ""),
        ("announced", "TENTATIVE", "Announced: "),
        ("rescheduled", "TENTATIVE", "Rescheduled: "),
        ("postponed", "CANCELLED", "Postponed: "),
        ("cancelled", "CANCELLED", "Cancelled: "),
    ],
)
def test_each_status_has_its_word(reader: Client, status: str, said: str, word: str) -> None:
    made = published(meeting(published(dialogue()), status=status))
    _calendar, (event,) = read(reader, f"/{made.pid.path}/?format=ics")
    assert event["STATUS"] == said
    assert event["SUMMARY"] == f"{word}1st Foreign Ministers’ Meeting – Example Dialogue"


def test_each_correction_raises_the_sequence(reader: Client) -> None:
    made = published(meeting(published(dialogue()), start="2031-03-04", status="announced"))
    ScheduleChange.objects.create(
        meeting=made, kind="rescheduled", start="2031-03-04", reason="A strike; the port, shut."
    )
    corrected(made, start="2031-05-06", end="2031-05-08", status="rescheduled")
    corrected(made, status="cancelled")
    _calendar, (event,) = read(reader, "/xx-dialogue/2031/fm-1/?format=ics")
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CANCELLED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 5, 6), date(2031, 5, 9))
    assert "Rescheduled, 4 March 2031: A strike; the port, shut." in event["DESCRIPTION"]
    _calendar, (then,) = read(reader, "/xx-dialogue/2031/fm-1@2/?format=ics")
    assert (then["SEQUENCE"], then["STATUS"]) == (1, "TENTATIVE")


@pytest.mark.parametrize("start", ["2005-05", "2005", None])
def test_a_date_not_known_to_the_day_is_put_on_no_day(reader: Client, start: str | None) -> None:
    made = published(meeting(published(dialogue()), start=start))
    _calendar, (entry,) = read(reader, f"/{made.pid.path}/?format=ics")
    assert entry.name == "VJOURNAL"
    assert "DTSTART" not in entry
    words = {"2005-05": "Date: May 2005", "2005": "Date: 2005", None: "Date: date not known"}
    assert words[start] in entry["DESCRIPTION"]


def test_a_dialogues_calendar_says_how_many_it_leaves_out(reader: Client) -> None:
    held = Meeting.objects.public().filter(track__dialogue__code="ca-jad")
    dated = [one for one in held if one.start and len(one.start) == 10]
    calendar, events = read(reader, "/ca-jad/?format=ics")
    assert len(events) == len(dated) == 38
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Central Asia plus Japan"
    assert calendar["DESCRIPTION"] == "14 are left out whose day is not known."
    assert {event["UID"] for event in events} == {f"{one.pk}@127.0.0.1" for one in dated}
    page = reader.get("/ca-jad/").content.decode()
    assert '<a href="/ca-jad/?format=ics" type="text/calendar">iCalendar</a>' in page


def test_an_empty_calendar_is_still_valid(reader: Client) -> None:
    published(dialogue())
    _calendar, (entry,) = read(reader, "/xx-dialogue/?format=ics")
    assert entry.name == "VJOURNAL"
    assert entry["DESCRIPTION"] == "Nothing is recorded here that is known to the day."


def test_deadlines_come_with_the_filters_of_the_list(reader: Client) -> None:
    calendar, events = read(reader, "/commitments/?format=ics")
    known = Commitment.objects.public().exclude(deadline=None)
    assert {event["UID"] for event in events} == {
        f"{one.pk}@127.0.0.1" for one in known if len(one.deadline) == 10
    }
    assert {event["DTSTART"].dt for event in events} == {date(2017, 6, 5), date(2011, 3, 31)}
    assert all(event["SUMMARY"].startswith("Due: ") for event in events)
    assert calendar["DESCRIPTION"] == "1 is left out whose day is not known."
    held = published(meeting(published(dialogue())))
    published(commitment(held, "To build a bridge; and, soon, a road.", deadline="2032-02-29"))
    _calendar, (event,) = read(reader, "/commitments/?dialogue=xx-dialogue&format=ics")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2032, 2, 29), date(2032, 3, 1))
    assert event["SUMMARY"] == "Due: To build a bridge; and, soon, a road"


def test_long_words_of_many_octets_are_folded_between_characters(reader: Client) -> None:
    name = "外務大臣会合" * 30 + "\\ ; , \u2028 😀" * 10
    made = meeting(published(dialogue()))
    MeetingPlace.objects.create(meeting=made, venue=name[:240], city="Tōkyō", country=published(country()))
    published(made)
    _calendar, (event,) = read(reader, f"/{made.pid.path}/?format=ics")
    assert event["LOCATION"] == f"{name[:240]}, Tōkyō, Examplia"


def test_a_fold_counts_octets() -> None:
    line = "SUMMARY:" + "é" * 40
    assert writing.folded(line) == "SUMMARY:" + "é" * 33 + "\r\n " + "é" * 7 + "\r\n"
    assert writing.folded("X" * 75) == "X" * 75 + "\r\n"
    assert writing.folded("X" * 76) == "X" * 75 + "\r\n X\r\n"


def test_the_last_day_of_the_calendar_has_no_day_after(reader: Client) -> None:
    assert writing.whole_days("9999-12-31", None) is None
    assert writing.whole_days("2024-02-28", "2024-02-29") == (date(2024, 2, 28), date(2024, 2, 29))
