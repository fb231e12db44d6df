"""Who held which office, and who held it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import asked
from archive.browse import KEPT, Browsing, browsing
from archive.deadlines import today
from archive.formats.attendance import OFFICES, OfficeLine, office_lines
from archive.formats.timeline import Axis
from archive.harvest.further import of_records
from archive.pages.respond import Rows, respond
from dialogues.models import Country, Minister, Tenure
from dialogues.offices import OfficeOnDay, board
from meetings import overview
from registry.kit import sorting
from registry.kit.spans import Days, days

PARAMETERS = ("on", "country", "q")


@dataclass(frozen=True)
class AskedOf:
    """A day, a month or a year asked about, seen from today: what has not come yet is no fact."""

    on: str
    today: date

    @property
    def whole(self) -> Days | None:
        return days(self.on)

    @property
    def is_ahead(self) -> bool:
        """Whether none of it has come: then it is answered for today."""
        return self.whole is not None and self.whole.first > self.today

    @property
    def is_running(self) -> bool:
        """Whether only its beginning has come: then it is answered up to today."""
        return self.whole is not None and self.whole.first <= self.today < self.whole.last

    @property
    def when(self) -> Days | None:
        """The days that the answer is for."""
        if self.is_ahead:
            return Days(self.today, self.today)
        return Days(self.whole.first, self.today) if self.whole and self.is_running else self.whole

    @property
    def told_for(self) -> str | None:
        """The same in EDTF, where it is not what was asked."""
        if self.is_ahead:
            return self.today.isoformat()
        return f"{self.whole.first}/{self.today}" if self.whole and self.is_running else None


@asked.knowing(*PARAMETERS, *KEPT, asked.FEED)
def offices(request: HttpRequest) -> HttpResponseBase:
    """Every office with its holders; with `?on=` who held each then, or of a day to come, who holds it now;
    `country` and `q` narrow.
    """
    on, words = asked.date(request, "on"), asked.words(request, "q")
    given = request.GET.get("country", "")
    code = asked.code(request, "country", overview.codes_of(Country, [given]) if given else ())
    every = list(Tenure.objects.public().by_office())
    shown = of_office([one for one in every if not code or is_of(one, code)], words)
    of = AskedOf(on, today())
    found = sorted(board(shown, of.when), key=lambda office: bool(on) and not office.known)
    axis = Axis(shown, of.today, of.when)
    browse = browsing(request, OFFICES)
    listed = rows_of(found, browse, of)
    lines = [line for line, _row in listed]
    context: dict[str, Any] = {
        "browse": browse,
        "lines": lines,
        "canonical": canonical(on=on, country=code, q=words),
        "chips": chips(countries_of(every), code, words),
        "on": on,
        "of": of,
        "column": of.told_for if of.is_ahead else on,
        "code": code,
        "words": words,
        "countries": countries_of(every),
        "groups": by_country([one for one in found if one.known or not on], lines, axis),
        "not_known": [line for line in lines if on and not line.office.known],
        "ticks": axis.ticks(),
        "band": axis.piece(of.when.first, of.when.last) if of.when else None,
        "office_count": len(found),
        "count": len(lines),
        "named": set(),
        "known_count": sum(1 for office in found if office.known),
    }
    data = {
        "on": on or None,
        "told_for": of.told_for,
        "count": len(lines),
        "offices": len(found),
        "results": [row for _line, row in listed],
    }
    address = f"/offices/?country={code}" if code else "/offices/"
    further = of_records(address, _("Offices"), lambda: Minister.objects.ever_public().in_office(code))
    rows = Rows(OFFICES, lines)
    return respond(request, "offices/offices.html", context, data=data, rows=rows, further=further)


def canonical(**asked_for: str) -> str:
    """The one address of these offices, however they are sorted."""
    query = urlencode({name: value for name, value in asked_for.items() if value})
    return f"/offices/?{query}" if query else "/offices/"


def chips(countries: list[Country], code: str, words: str) -> list[dict[str, str]]:
    """What narrows the page besides the day, for its title."""
    found = [{"label": _("Country"), "value": one.name} for one in countries if one.code == code]
    return [*found, {"label": _("Office or name"), "value": words}] if words else found


def rows_of(found: list[OfficeOnDay], browse: Browsing, of: AskedOf) -> list[tuple[OfficeLine, Any]]:
    """Each line of these offices with its row, as they are sorted."""
    lines = office_lines(found, is_on_day=bool(of.on), is_ahead=of.is_ahead)
    return browse.arrange_rows([(line, OFFICES.to_row(line)) for line in lines])


def is_of(tenure: Tenure, code: str) -> bool:
    return tenure.office.country is not None and tenure.office.country.code == code


def of_office(tenures: list[Tenure], words: str) -> list[Tenure]:
    """All tenures of offices whose title, or one of whose holders, has every one of the words."""
    sought = words.casefold().split()

    def names(tenure: Tenure) -> str:
        return f"{tenure.office.title} {tenure.minister.sort_name} {tenure.minister.western_name}".casefold()

    kept = {one.office_id for one in tenures if all(word in names(one) for word in sought)}
    return [one for one in tenures if one.office_id in kept]


def countries_of(tenures: list[Tenure]) -> list[Country]:
    """Countries with an office here, by name."""
    found = {one.office.country.pk: one.office.country for one in tenures if one.office.country}
    return sorting.in_order(found.values())


def by_country(found: list[OfficeOnDay], lines: list[OfficeLine], axis: Axis) -> list[dict[str, Any]]:
    """Country by country: its offices, each with its lines and bars."""
    of_office: dict[int, list[OfficeLine]] = {}
    for line in lines:
        of_office.setdefault(line.office.office.pk, []).append(line)
    return [
        {
            "country": country,
            "offices": [
                {
                    "office": one.office,
                    "lines": of_office.get(one.office.pk, []),
                    "bars": [bar for tenure in one.tenures if (bar := axis.bar(tenure))],
                }
                for one in its
            ],
        }
        for country, its in groupby(found, key=lambda one: one.country)
    ]
