"""Every address of a record: which record, which edition, and what to answer where it stands no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.translation import gettext as _

from archive import address as addresses
from archive.between import dialogue_above
from archive.harvest import memento
from archive.pages import (
    attendance,
    commitments,
    countries,
    dialogues,
    history,
    language,
    meetings,
    ministers,
    statements,
    times,
    tombstones,
    topics,
    turns,
)
from archive.pages.found import Found
from archive.pages.respond import problem, respond
from archive.redirects import moved
from registry.models import Edition, Pid, State
from registry.paths import RECORD_ROOMS

View = Callable[[HttpRequest, Found], HttpResponseBase]


def shown(template: str, beside: Callable[[Found], dict[str, Any]]) -> View:
    """The page of a record, for which alone what stands beside the edition is asked; its JSON and its exports."""

    def view(request: HttpRequest, found: Found) -> HttpResponseBase:
        return respond(
            request, template, partial(beside, found), data=found.edition.as_json(), reference=found.reference
        )

    return view


def listed(template: str, beside: Callable[[Found, HttpRequest], dict[str, Any]]) -> View:
    """The page of a record beside which stands a list that the address can sort."""

    def view(request: HttpRequest, found: Found) -> HttpResponseBase:
        return shown(template, lambda one: beside(one, request))(request, found)

    return view


PAGES: dict[str, View] = {
    "commitment": shown("commitments/commitment.html", commitments.beside),
    "country": listed("countries/country.html", countries.beside),
    "dialogue": shown("dialogues/dialogue.html", dialogues.beside),
    "meeting": shown("meetings/meeting.html", meetings.beside),
    "minister": listed("ministers/minister.html", ministers.beside),
    "statement": statements.statement,
    "topic": shown("topics/topic.html", topics.beside),
}
VIEWS: dict[tuple[str, str], Callable[[HttpRequest, addresses.Address, Pid], HttpResponseBase]] = {
    **{(addresses.HISTORY, kind): history.history for kind in PAGES},
    (addresses.ATTENDANCE, "country"): turns.of_country,
    (addresses.ATTENDANCE, "dialogue"): attendance.of_dialogue,
    (addresses.ATTENDANCE, "minister"): turns.of_minister,
    ("chain", "commitment"): commitments.chain,
    ("language", "topic"): language.language,
}
"""Views beneath a record, and the kinds of record that have them."""


def record(request: HttpRequest, text: str) -> HttpResponseBase:
    """Whatever stands, stood or moved at this address. `text` has no leading slash."""
    trimmed = text.rstrip("/").lower()
    if len(trimmed) > addresses.LONGEST:
        raise Http404
    found = addresses.look_up(trimmed) or addresses.by_id(trimmed)
    if found is None or not is_offered(*found):
        return section(request, text, trimmed)
    address, pid = found
    then = times.at_another_time(request, address, pid)
    if then is not None:
        return then
    elsewhere = addresses.moved_to(address, pid)
    if elsewhere:
        return moved(request, str(elsewhere))
    if pid.state == State.WITHDRAWN:
        return tombstones.tombstone(request, pid)
    if request.path != str(address):
        return moved(request, str(address))
    if address.view:
        return VIEWS[address.view, pid.kind](request, address, pid)
    return page(request, address, pid)


def is_offered(address: addresses.Address, pid: Pid) -> bool:
    """Whether a record of this kind has what the address names: texts are of statements, views of some kinds."""
    if address.view:
        return (address.view, pid.kind) in VIEWS
    return pid.kind == "statement" or not (address.text or address.paragraph)


def page(request: HttpRequest, address: addresses.Address, pid: Pid) -> HttpResponseBase:
    """The record's page from the edition the address names, or the current one."""
    number = address.edition or pid.edition_number
    edition = Edition.objects.of(pid).numbered(number)
    if edition is None:
        return problem(
            request,
            404,
            _("There is no such edition"),
            _("This record has %(count)s editions so far.") % {"count": pid.edition_number},
            pid=pid,
        )
    edition.pid = pid
    response = PAGES[pid.kind](request, Found(address, pid, edition))
    if response.status_code == 200:
        links, moment = memento.page_headers(pid, address, edition)
        response["Link"] = ", ".join([*filter(None, [response.get("Link")]), *links])
        if moment:
            response["Memento-Datetime"] = moment
        if address.edition and request.GET.get("format") == "json":
            response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def section(request: HttpRequest, text: str, trimmed: str) -> HttpResponseBase:
    """A page between records (a dialogue's year, a track), an address put right, or 404."""
    lower = text.lower()
    for right in (f"{text.rstrip('/')}/", lower, f"{lower.rstrip('/')}/"):
        if resolve(f"/{right}").url_name != "record":
            return moved(request, f"/{right}")
    first, _slash, rest = trimmed.partition("/")
    if first in RECORD_ROOMS:
        found = addresses.by_id(trimmed)
        if found is None or not found[1].was_published:
            raise Http404
        bare = addresses.Address(found[0].path)
        return moved(request, str(found[0] if found[0].view and is_offered(*found) else bare))
    owner = dialogue_above(trimmed)
    if owner:
        response = dialogues.section(request, owner, rest)
        if response is not None:
            canonical = f"/{trimmed}/"
            return response if request.path == canonical else moved(request, canonical)
    elsewhere = addresses.moved_ancestor(trimmed)
    if elsewhere:
        return moved(request, f"/{elsewhere}/")
    raise Http404
