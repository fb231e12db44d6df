"""Attendance and offices, described, and the JSON Schema of their answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive import forms
from archive.api.parts import (
    browse_parameters,
    format_parameter,
    in_path,
    moved_and_gone,
    operation,
    streamed,
)
from archive.api.schemas import (
    COUNTRY_WORDS,
    DATE,
    DIALOGUE_WORDS,
    PERIOD,
    PID,
    TEXT,
    TRACK_WORDS,
    WHOLE,
    Schema,
    many,
    maybe,
    named,
    row_name,
    row_schema,
    thing,
)
from archive.formats.attendance import ATTENDANCE, FORMS, OFFICES
from archive.formats.rows import RowForm
from archive.harvest.further import LABELS
from archive.pages.attendance import EVERY_SORT
from dialogues.models import Country, Dialogue
from meetings.appearances import COUNTS
from meetings.matrix import PRESENCES, RANK_ORDER
from registry.kit.years import FIRST_YEAR, LAST_YEAR
from registry.models import NameKey

EMPTY: Schema = {"type": "string", "maxLength": 0}
SEGMENT: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
TOTALS = thing(
    meetings=WHOLE,
    **dict.fromkeys(PRESENCES, WHOLE),
    ranks=thing(**dict.fromkeys(RANK_ORDER, WHOLE)),
)
OF_MINISTER = thing(**dict.fromkeys(COUNTS, WHOLE))
ROWS: dict[str, Schema] = {"count": WHOLE, "results": many(named(row_name(ATTENDANCE)))}


def components() -> dict[str, Schema]:
    meeting = thing(id=PID, title=TEXT, series=TEXT, **PERIOD, totals=named("AttendanceTotals"))
    country = thing(**COUNTRY_WORDS["properties"], role=maybe(TEXT), totals=named("AttendanceTotals"))
    dialogue = thing(**DIALOGUE_WORDS["properties"], totals=named("AttendanceTotals"))
    theirs = thing(**DIALOGUE_WORDS["properties"], totals=OF_MINISTER)
    return {
        **{row_name(form): row_schema(form) for form in FORMS},
        "AttendanceTotals": TOTALS,
        "AttendanceMatrix": thing(
            dialogue=thing(id=PID, title=TEXT),
            track=maybe(thing(**TRACK_WORDS)),
            totals=named("AttendanceTotals"),
            countries=many(country),
            meetings=many(meeting),
            **ROWS,
        ),
        "CountryAttendance": thing(
            country=COUNTRY_WORDS, totals=named("AttendanceTotals"), dialogues=many(dialogue), **ROWS
        ),
        "MinisterAttendance": thing(
            minister=thing(id=PID, name=TEXT), totals=OF_MINISTER, dialogues=many(theirs), **ROWS
        ),
        "Offices": thing(
            on=maybe(DATE),
            told_for=maybe(TEXT),
            count=WHOLE,
            offices=WHOLE,
            results=many(named(row_name(OFFICES))),
        ),
    }


def paths() -> dict[str, Any]:
    dialogue, code = in_path("dialogue", SEGMENT, "ca-jad"), in_path("code", SEGMENT, "kz")
    person = [in_path("id", PID, ""), in_path("slug", SEGMENT, "")]
    every = [rank(), presence(), repeated("country", codes(Country), _("code of a country")), *span(), sort()]
    dialogues = repeated("dialogue", codes(Dialogue), _("code of a dialogue"))
    of_track = [dialogue, in_path("track", SEGMENT, "fm"), *every]
    return {
        "/{dialogue}/attendance/": described(_("Who came to a dialogue"), "AttendanceMatrix", [dialogue, *every]),
        "/{dialogue}/{track}/attendance/": described(_("Who came to a series"), "AttendanceMatrix", of_track),
        "/countries/{code}/attendance/": described(
            _("Who represented a country"), "CountryAttendance",
            [code, rank(), presence(), dialogues, *span(), *browse_parameters(ATTENDANCE)],
        ),
        "/ministers/{id}/{slug}/attendance/": described(
            _("Where a minister came, and who stood in"), "MinisterAttendance",
            [*person, rank(), dialogues, *span(), *browse_parameters(ATTENDANCE)],
        ),
        "/offices/": described(
            _("Offices, and who held them on a day"), "Offices", [*office_parameters(), *browse_parameters(OFFICES)],
            OFFICES, is_followed=False,
        ),
    }  # fmt: skip


def described(
    summary: str,
    schema: str,
    parameters: list[dict[str, Any]],
    form: RowForm = ATTENDANCE,
    *,
    is_followed: bool = True,
) -> dict[str, Any]:
    offered = (*forms.LIST_FORMS, *(LABELS if is_followed else ()))
    found = operation(summary, named(schema), [*parameters, format_parameter(offered)])
    if is_followed:
        content = found["responses"]["200"]["content"]
        content |= {forms.FURTHER_TYPES[name]: {"schema": body(name)} for name in LABELS}
        found["responses"] |= moved_and_gone()
    return {"get": streamed(found, form)}


def body(form: str) -> Schema:
    return {"type": "object"} if form == "feed" else TEXT


def repeated(name: str, values: list[str], description: str) -> dict[str, Any]:
    """A parameter that may be given several times: one of them is enough."""
    items = {"type": "string", "enum": ["", *values]}
    said = _("%(what)s; given again, one of them") % {"what": description}
    schema = {"type": "array", "items": items}
    return {
        "name": name,
        "in": "query",
        "description": said,
        "style": "form",
        "explode": True,
        "schema": schema,
    }


def rank() -> dict[str, Any]:
    return repeated("rank", list(RANK_ORDER), _("a rank that came"))


def presence() -> dict[str, Any]:
    return repeated("presence", list(PRESENCES), _("how a country was there, or that nothing says so"))


def codes(model: type[Country] | type[Dialogue]) -> list[str]:
    return list(model.objects.public().order_by(NameKey("code")).values_list("code", flat=True))


def span() -> list[dict[str, Any]]:
    year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    return [
        {"name": name, "in": "query", "description": said, "allowEmptyValue": True, "schema": {"anyOf": [year, EMPTY]}}
        for name, said in (("since", _("meetings of this year and later")), ("until", _("meetings up to this year")))
    ]  # fmt: skip


def sort() -> dict[str, Any]:
    said = _("members first, by name, by meetings attended, by rank sent; - reverses")
    schema = {"type": "string", "enum": ["", *EVERY_SORT]}
    return {"name": "sort", "in": "query", "description": said, "allowEmptyValue": True, "schema": schema}


def office_parameters() -> list[dict[str, Any]]:
    partial = {"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"}
    day = {"type": "string", "format": "date", "pattern": "^[1-9]"}
    words = {"type": "string", "maxLength": 200, "pattern": "^[^\\u0000]*$"}
    asked: list[tuple[str, Schema, str]] = [
        ("on", {"anyOf": [day, partial, EMPTY]}, _("a day, a month or a year: who held each office then")),
        ("country", {"type": "string", "enum": ["", *codes(Country)]}, _("code of a country")),
        ("q", words, _("words of an office or of a holder’s name")),
    ]
    return [
        {"name": name, "in": "query", "description": said, "allowEmptyValue": True, "schema": schema}
        for name, schema, said in asked
    ]
