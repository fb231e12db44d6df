"""Rows of attendance and of offices: the same flat mapping for page, JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.formats.rows import ADDRESS, DATE, NUMBER, TEXT, Column, RowForm
from dialogues.models import Minister, Tenure
from dialogues.offices import Held, OfficeOnDay
from meetings import orders
from meetings.matrix import Appearance
from meetings.models import Delegation, Rank
from registry.models import Certainty


class Presence(models.TextChoices):
    """How a country was at a meeting, or that nothing says so."""

    ATTENDED = Delegation.Presence.ATTENDED.value, _("attended")
    REPRESENTED = Delegation.Presence.REPRESENTED.value, _("represented by another")
    EXPECTED = Delegation.Presence.EXPECTED.value, _("expected")
    ABSENT = Delegation.Presence.ABSENT.value, _("absent")
    NOT_RECORDED = Delegation.Presence.NOT_RECORDED.value, _("not recorded")
    NOT_HELD = "not_held", _("the meeting was not held")


class Came(models.TextChoices):
    """Whether the person of a row was there."""

    YES = "yes", _("was there")
    NO = "no", _("named as not attending")
    EXPECTED = "expected", _("expected")
    NOBODY = "nobody", _("nobody is named")


class Basis(models.TextChoices):
    """How far the dates of a tenure tell that it was held on a day."""

    THROUGHOUT = "throughout", _("held then")
    PARTLY = "partly", _("held for a part of that time")
    YEAR = "year", _("probably: the source gives only the year")
    MONTH = "month", _("probably: the source gives only the month")
    START = "start", _("perhaps: when it began is not known")
    UNDATED = "undated", _("not known whether then: no source gives its dates")
    ASKED = "asked", _("not known whether then: the day of the meeting is not known")
    NOT_KNOWN = "not_known", _("not known: no tenure covers that day")
    NOW = "now", _("holds it now; that day has not come")
    NOT_NOW = "not_known_now", _("not known: no tenure covers today, and that day has not come")


def attendance_row(row: Appearance) -> dict[str, Any]:
    cell, one = row.cell, row.delegate
    meeting = cell.meeting
    person = one.minister if one else None
    facts = [fact for fact in (cell.delegation, one) if fact]
    return {
        "country": cell.country.name,
        "country_code": cell.country.code,
        "meeting": meeting.title(),
        "meeting_url": f"{settings.SITE_URL}{meeting.get_absolute_url()}",
        "delegation_url": f"{settings.SITE_URL}{cell.url}",
        "dialogue": meeting.track.dialogue.name,
        "dialogue_code": meeting.track.dialogue.code,
        "series": meeting.track.code,
        "ordinal": meeting.ordinal,
        "start": meeting.start,
        "end": meeting.end,
        "presence": cell.presence,
        "capacity": cell.capacity,
        "came": came(row),
        "name": one.name_printed if one else "",
        "title": one.title_printed if one else "",
        "rank": one.rank if one else "",
        "role": one.role if one else "",
        "presiding": one.presiding if one else "",
        "in_place_of": one.in_place_of if one else "",
        "replaced": names(row.replaced),
        "minister": public_address(person),
        "offices": "; ".join(held.tenure.office.title for held in row.offices),
        "offices_basis": "; ".join(held.basis for held in row.offices),
        "certainty": least_certain(facts),
        "sources": "; ".join(sorted({source.key for fact in facts for source in fact.sources.all()})),
    }


def came(row: Appearance) -> str:
    if row.delegate is None:
        return Came.NOBODY
    if row.delegate.is_absent or row.cell.presence == "absent":
        return Came.NO
    return Came.YES if row.cell.has_come else Came.EXPECTED


def names(replaced: Iterable[Held]) -> str:
    return "; ".join(dict.fromkeys(held.tenure.minister.sort_name for held in replaced))


def public_address(person: Minister | None) -> str:
    """Where the person's page stands, or empty."""
    return f"{settings.SITE_URL}{person.get_absolute_url()}" if person and person.pid.is_public else ""


def least_certain(facts: Iterable[Any]) -> str:
    """Of a delegation and its delegate the less certain; empty where nothing is recorded."""
    return max((fact.certainty for fact in facts), key=tuple(Certainty.values).index, default="")


@dataclass(frozen=True)
class OfficeLine:
    """An office with one tenure, or on a day with none that covers it."""

    office: OfficeOnDay
    tenure: Tenure | None
    basis: str


def office_lines(
    offices: Iterable[OfficeOnDay], *, is_on_day: bool, is_ahead: bool = False
) -> list[OfficeLine]:
    """Every tenure of each; asked of a day, those that cover it, else those without dates, or that none does.

    Of a day to come (`is_ahead`) the offices are seen from today, and nothing is told as a fact of that day.
    """
    found, nobody = [], Basis.NOT_NOW if is_ahead else Basis.NOT_KNOWN
    for office in offices:
        if not is_on_day:
            found += [OfficeLine(office, tenure, "") for tenure in office.tenures]
            continue
        found += [
            OfficeLine(office, held.tenure, Basis.NOW if is_ahead and held.is_sure else held.basis)
            for held in office.known
        ]
        if not office.known:
            undated = [OfficeLine(office, tenure, Basis.UNDATED) for tenure in office.undated]
            found += undated or [OfficeLine(office, None, nobody)]
    return found


def office_row(line: OfficeLine) -> dict[str, Any]:
    country, tenure = line.office.country, line.tenure
    return {
        "office": line.office.office.title,
        "country": country.name if country else "",
        "country_code": country.code if country else "",
        "name": tenure.minister.sort_name if tenure else "",
        "minister": public_address(tenure.minister) if tenure else "",
        "start": tenure.start if tenure else None,
        "end": tenure.end if tenure else None,
        "acting": "yes" if tenure and tenure.is_acting else "",
        "on_day": line.basis,
        "certainty": tenure.certainty if tenure else "",
    }


ATTENDANCE = RowForm(
    "attendance",
    (
        Column("country", TEXT, _("name of the country or organization")),
        Column("country_code", TEXT, _("its code, last segment of its address")),
        Column("meeting", TEXT, _("title of the meeting")),
        Column("meeting_url", ADDRESS, _("where the meeting stands today")),
        Column("delegation_url", ADDRESS, _("the delegation on the meeting’s page")),
        Column("dialogue", TEXT, _("name of the dialogue")),
        Column("dialogue_code", TEXT, _("the dialogue’s code, first segment of its addresses")),
        Column("series", TEXT, _("code of the series within the dialogue")),
        Column("ordinal", NUMBER, _("number of the meeting in the series"), is_optional=True),
        Column("start", DATE, _("first day, month or year of the meeting"), is_optional=True),
        Column("end", DATE, _("last day, where it is another"), is_optional=True),
        Column("presence", TEXT, _("how the country was there; not recorded is not absent"), Presence),
        Column(
            "capacity", TEXT, _("member, observer, guest or secretariat; empty where nothing is recorded")
        ),
        Column("came", TEXT, _("whether the person of this row was there"), Came),
        Column("name", TEXT, _("the person’s name as printed then, or empty")),
        Column("title", TEXT, _("the person’s title as printed then, or empty")),
        Column(
            "rank", TEXT, _("head, minister, deputy, ambassador, envoy, official, other, unknown; or empty")
        ),
        Column("role", TEXT, _("part the person took; or empty")),
        Column("presiding", TEXT, _("chair, co_chair, host, co_host; or empty")),
        Column("in_place_of", TEXT, _("in whose place the person came, as the source says; or empty")),
        Column("replaced", TEXT, _("who held that office then by the tenures recorded here: our inference")),
        Column("minister", TEXT, _("where the person’s page stands, or empty")),
        Column("offices", TEXT, _("offices the person held on that day; parted by semicolons")),
        Column("offices_basis", TEXT, _("how far the dates of each tell so; parted by semicolons")),
        Column("certainty", TEXT, _("whether it was read in a source; empty where nothing is recorded")),
        Column("sources", TEXT, _("keys of the sources it was read in; parted by semicolons")),
    ),
    attendance_row,
    orders=orders.ATTENDANCE,
)
OFFICES = RowForm(
    "offices",
    (
        Column("office", TEXT, _("title of the office")),
        Column("country", TEXT, _("country or organization whose office it is")),
        Column("country_code", TEXT, _("its code")),
        Column("name", TEXT, _("holder, family name first; empty where none is known for the day")),
        Column("minister", TEXT, _("where the holder’s page stands, or empty")),
        Column("start", DATE, _("since when; empty where not seen"), is_optional=True),
        Column("end", DATE, _("until when; empty where no end was seen"), is_optional=True),
        Column("acting", TEXT, _("yes where the holder was acting")),
        Column(
            "on_day",
            TEXT,
            _(
                "how far the dates tell that it was held on the day asked for, or now if that is to come; else empty"
            ),
        ),
        Column("certainty", TEXT, _("whether the tenure was read in a source; or empty")),
    ),
    office_row,
    orders=orders.OFFICES,
)
FORMS = (ATTENDANCE, OFFICES)
CODES = {
    "rank": Rank,
    "capacity": Delegation.Capacity,
    "on_day": Basis,
    "offices_basis": Basis,
    "certainty": Certainty,
}
"""Columns of codes that may be empty, and their words."""
