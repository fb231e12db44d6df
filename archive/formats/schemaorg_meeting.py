"""Meetings as schema.org describes them: events, with who came through roles."""

from __future__ import annotations

from archive.formats.identifiers import permanent
from archive.formats.reference import Data, Reference
from archive.formats.schemaorg import Node, body, clean, defined_terms, head, page, parties, report_type, term
from archive.words import WORDS
from meetings.matrix import CAME
from registry.models import Edition

EVENT_STATUS = {
    "announced": "EventScheduled",
    "held": "EventScheduled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "cancelled": "EventCancelled",
}
ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "telephone": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def meeting(reference: Reference) -> Node:
    data = reference.data
    return {
        **head(reference, "Event"),
        "startDate": data["start"],
        "endDate": data["end"] or data["start"],
        "previousStartDate": previous_starts(data) or earlier_starts(reference),
        "eventStatus": term(EVENT_STATUS[data["status"]]),
        "eventAttendanceMode": term(ATTENDANCE[data["format"]]) if data["format"] in ATTENDANCE else None,
        "location": [place(one) for one in data["places"]] or virtual(data),
        "organizer": [body(data["dialogue"]["id"], data["dialogue"]["name"]), *parties(data["hosts"])],
        "attendee": [role for one in data["delegations"] for role in attendance(one)],
        "superEvent": series(data),
        "recordedIn": [
            {"@type": report_type(one["kind"]), "@id": permanent(one["id"]), "name": one["title"]}
            for one in data["statements"]
        ],
        "about": defined_terms(reference.subjects),
        "keywords": reference.topics,
        "subjectOf": page(reference),
    }


def previous_starts(data: Data) -> list[str]:
    """Dates announced for it and not kept: of a meeting that was put off or cancelled its own date is one."""
    starts = [change["start"] for change in data["schedule_changes"] if change["start"]]
    kept = data["start"] if data["status"] not in ("postponed", "cancelled") else None
    return list(dict.fromkeys(start for start in starts if start != kept))


def earlier_starts(reference: Reference) -> list[str]:
    """Dates under which older editions announced it; one query where there are any. That of an edition which said it
    had been held was an error, and a month within which the day is known since was no other date."""
    if reference.edition.number == 1:
        return []
    now, older = (
        reference.data["start"] or "",
        Edition.objects.of(reference.pid).before(reference.edition.number),
    )
    announced = [one.data["start"] for one in older if one.data["status"] != "held"]
    return list(dict.fromkeys(start for start in announced if start and not now.startswith(start)))


def place(one: Data) -> Node:
    country = one["country"]["name"] if one["country"] else None
    address = clean({"@type": "PostalAddress", "addressLocality": one["city"], "addressCountry": country})
    return {"@type": "Place", "name": one["venue"] or one["city"] or country, "address": address}


def virtual(data: Data) -> Node | None:
    """Where a meeting without a place took place, if it was held at a distance."""
    if data["format"] not in ("online", "telephone"):
        return None
    return {"@type": "VirtualLocation", "name": str(WORDS["format"][data["format"]])}


def attendance(delegation: Data) -> list[Node]:
    """Who came for a country, each through a Role with the title as printed; the country alone where no one
    is named."""
    if delegation["presence"] not in CAME:
        return []
    country = body(delegation["country"]["id"], delegation["country"]["name"])
    capacity = str(WORDS["capacity"][delegation["capacity"]])
    came = [one for one in delegation["delegates"] if not one["is_absent"]]
    roles = [role(one, country, capacity) for one in came]
    return roles or [{"@type": "OrganizationRole", "roleName": capacity, "attendee": country}]


def role(delegate: Data, country: Node, capacity: str) -> Node:
    names = [delegate["title"] or str(WORDS["rank"][delegate["rank"]]), capacity]
    names += [str(WORDS["presiding"][delegate["presiding"]])] if delegate["presiding"] else []
    person = clean(
        {
            "@type": "Person",
            "@id": permanent(delegate["minister"]) if delegate["minister"] else None,
            "name": delegate["name"],
            "alternateName": delegate["native_name"],
            "affiliation": country,
        }
    )
    return {
        "@type": "OrganizationRole",
        "roleName": names,
        "attendee": person if delegate["name"] else country,
    }


def series(data: Data) -> list[Node]:
    """The track it belongs to, and the meeting it is part of."""
    found = [track(data["dialogue"]["id"], data["track"])]
    parent = [{"@type": "Event", "@id": permanent(data["parent"])}] if data["parent"] else []
    return [*found, *parent]


def track(dialogue: str, words: Data) -> Node:
    return {
        "@type": "EventSeries",
        "@id": f"{permanent(dialogue)}#{words['code']}",
        "name": words["name"],
        "organizer": {"@type": "Organization", "@id": permanent(dialogue)},
    }
