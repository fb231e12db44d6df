"""Meetings and deadlines as iCalendar (RFC 5545).

Only what is known to the day is put on one: a date known to the month or the year stands on no day, and the
calendar says how many were left out. What was postponed or cancelled stays on the day it was planned for, as
cancelled, so that a calendar that had it learns of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.formats.reference import Reference
from archive.words import WORDS
from registry.kit import edtf

MEDIA_TYPE = "text/calendar"
LINE_OCTETS = 75
STATUSES = {
    "held": "CONFIRMED",
    "announced": "TENTATIVE",
    "rescheduled": "TENTATIVE",
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
Lines = list[str]


def meeting_calendar(reference: Reference) -> bytes:
    """A calendar of one meeting; of one whose day is not known, a journal entry without a date."""
    return calendar([meeting_component(reference)], name=reference.title)


def calendar(components: Sequence[Lines], *, name: str, left_out: int = 0) -> bytes:
    """An iCalendar object. One without any component would not be valid: it then says in a journal entry why."""
    parts = [part for part in components if part]
    said = unplaced(left_out) if left_out else ""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{text(settings.SITE_NAME)}//{settings.VERSION}//EN"]
    head += ["CALSCALE:GREGORIAN", *named(name, said)]
    if not parts:
        parts = [empty(name, said or _("Nothing is recorded here that is known to the day."))]
    lines = [*head, *(line for part in parts for line in part), "END:VCALENDAR"]
    return "".join(folded(line) for line in lines).encode()


def named(name: str, description: str) -> Iterator[str]:
    """The calendar's name and description as RFC 7986 has them, and as most programs read them."""
    for prefix in ("", "X-WR-CAL"):
        yield f"{prefix}NAME:{text(name)}"
        if description:
            yield f"{prefix}{'DESC' if prefix else 'DESCRIPTION'}:{text(description)}"


def unplaced(count: int) -> str:
    return ngettext(
        "%(n)s is left out whose day is not known.", "%(n)s are left out whose day is not known.", count
    ) % {"n": count}


def meeting_component(reference: Reference) -> Lines:
    """The meeting as an all-day event from its first to its last day."""
    data = reference.data
    word = "" if data["status"] == "held" else str(WORDS["status"][data["status"]]).capitalize()
    summary = f"{reference.title} – {data['dialogue']['name']}"
    days = whole_days(data["start"], data["end"])
    place = "; ".join(place_words(one) for one in data["places"])
    said = [reference.genre, data["time_printed"], *reasons(reference), *undated(reference, days)]
    return component(
        reference,
        days,
        summary=f"{word}: {summary}" if word else summary,
        description=[one for one in said if one],
        location=place or ("" if data["format"] == "in_person" else str(WORDS["format"][data["format"]])),
        status=STATUSES[data["status"]],
    )


def deadline_component(reference: Reference) -> Lines:
    """The day by which a commitment is to be kept."""
    data = reference.data
    days = whole_days(data["deadline"], None)
    said = [data["summary"], ", ".join(reference.issuers), (reference.meeting or {}).get("title", "")]
    return component(
        reference,
        days,
        summary=_("Due: %(title)s") % {"title": reference.title},
        description=[one for one in said if one],
        location="",
        status="CONFIRMED",
    )


def component(
    reference: Reference,
    days: tuple[date, date] | None,
    *,
    summary: str,
    description: list[str],
    location: str,
    status: str,
) -> Lines:
    """A VEVENT, or a VJOURNAL where there is no day; revised as often as the record was."""
    kind = "VEVENT" if days else "VJOURNAL"
    stamped = moment(reference.edition.published_at)
    lines = [
        f"BEGIN:{kind}",
        f"UID:{reference.pid.value}@{host()}",
        f"DTSTAMP:{stamped}",
        f"CREATED:{moment(reference.pid.published_at or reference.edition.published_at)}",
        f"LAST-MODIFIED:{stamped}",
        f"SEQUENCE:{reference.edition.number - 1}",
    ]
    if days:
        first, last = days
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"]
        lines += [f"STATUS:{status}", "TRANSP:TRANSPARENT"]
    lines += [f"LOCATION:{text(location)}"] if location and days else []
    lines += [
        f"SUMMARY:{text(summary)}",
        "DESCRIPTION:" + text("\n".join([*description, reference.current_url])),
        f"CATEGORIES:{text(reference.genre)}",
        f"URL:{reference.page_url}",
        f"END:{kind}",
    ]
    return lines


def empty(name: str, said: str) -> Lines:
    stamped = moment(datetime.now(UTC))
    return [
        "BEGIN:VJOURNAL",
        f"UID:empty@{host()}",
        f"DTSTAMP:{stamped}",
        f"SUMMARY:{text(name)}",
        f"DESCRIPTION:{text(said)}",
        "END:VJOURNAL",
    ]


def whole_days(start: str | None, end: str | None) -> tuple[date, date] | None:
    """The first and last day, where the first is known to the day and there is a day after the last."""
    first = edtf.parse(start) if start else None
    if first is None or first.precision != "day":
        return None
    last = edtf.parse(end) if end else first
    finish = last.latest if last.precision == "day" else first.latest
    return (first.earliest, finish) if finish < date.max else None


def undated(reference: Reference, days: tuple[date, date] | None) -> Iterable[str]:
    """When it was, in the words of the record, where no day can say it."""
    if days is None:
        yield _("Date: %(date)s") % {"date": edtf.display(reference.data["start"], reference.data["end"])}


def reasons(reference: Reference) -> Iterator[str]:
    """What was announced of its date and place, in order."""
    for change in reference.data["schedule_changes"]:
        said = [str(WORDS["schedule_change"][change["kind"]]).capitalize()]
        said += [edtf.display(change["start"], change["end"])] if change["start"] else []
        yield ": ".join(filter(None, [", ".join(filter(None, [*said, change["place"]])), change["reason"]]))


def place_words(place: dict[str, dict[str, str] | str | None]) -> str:
    country = place["country"]
    name = country["name"] if isinstance(country, dict) else None
    return ", ".join(str(one) for one in (place["venue"], place["city"], name) if one)


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """A TEXT value (RFC 5545, section 3.3.11): backslash, semicolon, comma and line ends escaped."""
    clean = CONTROL.sub("", value.replace("\r\n", "\n"))
    for character, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(character, escaped)
    return clean


def folded(line: str) -> str:
    """The line in pieces of 75 octets at most, cut between characters, each with CRLF (section 3.1)."""
    pieces, piece, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += character
        octets += size
    return "\r\n".join([*pieces, piece]) + "\r\n"
