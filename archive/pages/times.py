"""Records as they stood at another time: by Accept-Datetime (RFC 7089) for programs, by `?at=` for people."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from archive.address import Address
from archive.harvest import memento
from archive.pages.respond import problem
from archive.redirects import REVALIDATE, see_other
from registry.models import Change, Edition, Pid, State


class Subject(NamedTuple):
    """What a TimeGate or TimeMap is of: the address asked, from the root, and the record it leads to."""

    original: str
    address: Address
    pid: Pid

    def addressed(self, pid: Pid) -> str:
        """The same address of another record, or of this one where it stands today."""
        if self.original.startswith("/id/"):
            return self.original.replace(self.pid.value, pid.value)
        return str(self.address.at(pid.path or ""))

    def of(self, pid: Pid) -> Subject:
        return Subject(self.addressed(pid), self.address.at(pid.path or ""), pid)

    def successors(self) -> list[tuple[Pid, datetime]]:
        """Which records spoke for this one after it was merged, each with since when; one query where it was.

        None speaks for a text or a paragraph: those records never said its words.
        """
        is_part = self.address.text or self.address.paragraph
        return [] if is_part else Change.objects.successors(self.pid)

    def speaking_before(self, bound: datetime) -> Subject:
        """The record that spoke for this one before the moment: itself, until it was merged."""
        spoke = [pid for pid, since in self.successors() if since < bound]
        return self.of(spoke[-1]) if spoke else self


def negotiated(request: HttpRequest, subject: Subject, bound: datetime) -> HttpResponseBase | None:
    """302 to the edition that stood before the moment, with the links of a TimeGate's answer (RFC 7089, section
    4.2.1); 404 with its TimeMap for a part that this edition has not; None where what is asked for never stood. Two
    queries, of a part three, of a paragraph without its text four.

    Without a moment asked for, a part is that of the last edition in which it stands.
    """
    pid = subject.pid
    numbers = memento.standing_in(pid, subject.address)
    if not numbers:
        return None
    then = Edition.objects.of(pid).stood_before(bound) or 1
    number = memento.standing_at(numbers, then)
    if then not in numbers and request.headers.get("Accept-Datetime"):
        return not_there(request, subject, then)
    shown = {number, *memento.around(number, numbers).values()}
    found = memento.mementos(pid, subject.address, shown)
    target = next(one.url for one in found if one.number == number)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{target}?{query}" if query else target)
    links = [*memento.own_links(subject.original), *memento.memento_links(found, number, numbers)]
    response["Link"] = ", ".join(links)
    response["Cache-Control"] = REVALIDATE
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def not_there(request: HttpRequest, subject: Subject, number: int) -> HttpResponseBase:
    """404 of a text or paragraph that the edition of that time has not, with the TimeMap of those that have it."""
    timemap = f"{settings.SITE_URL}/timemap{subject.original}"
    detail = _("Edition %(number)s stood then, which has it not. These editions have it: %(address)s") % {
        "number": number,
        "address": timemap,
    }
    response = problem(request, 404, _("This part did not stand then"), detail, pid=subject.pid)
    response["Link"] = ", ".join(memento.own_links(subject.original))
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def bad_accept_datetime(request: HttpRequest) -> HttpResponseBase:
    detail = _("Accept-Datetime is written as in HTTP: Thu, 02 May 2024 09:00:00 GMT.")
    response = problem(request, 400, _("That time is not understood"), detail)
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def at_another_time(
    request: HttpRequest, address: Address, pid: Pid, original: str = ""
) -> HttpResponseBase | None:
    """Where a record's own address, or its permanent one (`original`), is asked for as it stood at another time:
    the redirect to the edition of then, or what is wrong with the question; None where it is not asked.

    A HEAD is not negotiated: programs look with it for the TimeGate, which the page's Link header names.
    """
    asked = request.GET.getlist("at")
    header = request.headers.get("Accept-Datetime") if request.method == "GET" else None
    if address.view or pid.state == State.WITHDRAWN or not pid.was_published:
        return None
    if asked:
        return for_people(request, address, pid, asked)
    if header is None or address.edition or (address.path != pid.path):
        return None
    try:
        bound = memento.end_of_accept_datetime(header)
    except ValueError:
        return bad_accept_datetime(request)
    subject = Subject(original or str(address), address, pid).speaking_before(bound)
    return None if subject.pid == pid.survivor else negotiated(request, subject, bound)


def for_people(request: HttpRequest, address: Address, pid: Pid, asked: list[str]) -> HttpResponseBase | None:
    """`?at=` of a day, meaning its end in UTC, or of a moment: 303 to the edition that stood then."""
    if len(asked) > 1 or address.edition:
        detail = _("Give “at” once, and at an address without an edition: %(address)s.")
        where = f"/{pid.path}/?at=2024-05-01"
        return problem(request, 400, _("That time is not understood"), detail % {"address": where}, pid=pid)
    try:
        bound = memento.end_of(asked[0])
    except ValueError:
        detail = _("Write the day as 2024-05-01, or the moment as 2024-05-01T09:00:00Z.")
        return problem(request, 400, _("That time is not understood"), detail, pid=pid)
    spoke = Subject(str(address), address, pid).speaking_before(bound)
    if address.path != pid.path or spoke.pid == pid.survivor:
        return None
    address, pid = spoke.address, spoke.pid
    standing = memento.standing_in(pid, address)
    if not standing:
        return None
    number = Edition.objects.of(pid).stood_before(bound) or 0
    if number < standing[0]:
        return not_yet(request, address, pid, standing[0], asked[0])
    query = request.GET.copy()
    del query["at"]
    return see_other(at_edition(address, pid, number), query.urlencode())


def at_edition(address: Address, pid: Pid, number: int) -> str:
    [found] = memento.mementos(pid, address, [number])
    return found.url.removeprefix(settings.SITE_URL)


def not_yet(request: HttpRequest, address: Address, pid: Pid, number: int, asked: str) -> HttpResponseBase:
    """404: the archive had no such record or part then; since when it has, and the link to its first edition."""
    [(_number, first)] = Edition.objects.of(pid).moments([number])
    first_address = at_edition(address, pid, number)
    if address.text or address.paragraph:
        title = _("This part was not published yet")
        detail = _(
            "It first stood in edition %(number)s, of %(day)s UTC; at %(asked)s it did not stand here yet."
        )
    else:
        title = _("This record was not published yet")
        detail = _(
            "The archive first published this record on %(day)s UTC; at %(asked)s nothing stood here yet."
        )
    said = detail % {"number": number, "day": date_format(first, "j F Y, H:i:s"), "asked": asked}
    return problem(request, 404, title, said, pid=pid, first_edition=first_address)
