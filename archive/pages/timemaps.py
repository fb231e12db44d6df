"""TimeGates and TimeMaps of records (RFC 7089)."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from archive import address as addresses
from archive import forms
from archive.address import Address, written
from archive.harvest import memento
from archive.pages import ids, tombstones
from archive.pages.respond import as_json, unknown_form
from archive.pages.times import Subject, bad_accept_datetime, negotiated
from archive.redirects import moved
from registry.kit import pids
from registry.models import Pid, State

TIMEMAP_FORMS = ("link", "json")


def timegate(request: HttpRequest, address: str) -> HttpResponseBase:
    """302 to the edition current at Accept-Datetime, or to the newest without one (RFC 7089, section 4).

    Of a text or paragraph 404 where that edition has it not; without a time the last edition that has it.
    """
    subject = look_up(address)
    elsewhere = answered_elsewhere(request, subject, "/timegate")
    if elsewhere is not None:
        return elsewhere
    asked = request.headers.get("Accept-Datetime")
    try:
        bound = memento.end_of_accept_datetime(asked) if asked is not None else timezone.now()
    except ValueError:
        return bad_accept_datetime(request)
    subject = subject.speaking_before(bound)
    if subject.pid.state == State.WITHDRAWN:
        return tombstones.tombstone(request, subject.pid)
    answer = negotiated(request, subject, bound)
    if answer is None:
        raise Http404
    return answer


def timemap(request: HttpRequest, address: str) -> HttpResponseBase:
    """Every edition with when it was published, as application/link-format or JSON; of a text or paragraph
    those in which it stands; of a merged record also the TimeMaps of those that spoke for it since."""
    form = forms.chosen(request, TIMEMAP_FORMS)
    if form is None:
        return unknown_form(request, TIMEMAP_FORMS)
    subject = look_up(address)
    elsewhere = answered_elsewhere(request, subject, "/timemap")
    if elsewhere is not None:
        return elsewhere
    numbers = memento.standing_in(subject.pid, subject.address)
    found = memento.mementos(subject.pid, subject.address, numbers)
    if not found:
        raise Http404
    since = [pid for pid, _at in subject.successors() if pid.state != State.WITHDRAWN]
    further = [subject.addressed(pid) for pid in since]
    if form == "json":
        response: HttpResponse = as_json(memento.timemap_data(subject.original, found, further))
    else:
        response = HttpResponse(
            memento.timemap(subject.original, found, further),
            content_type=f"{memento.LINK_FORMAT}; charset=utf-8",
        )
    response["Link"] = ", ".join(memento.own_links(subject.original))
    return response


def look_up(text: str) -> Subject:
    """The record that an address from the root, or one of ours in full, leads to. Raises Http404."""
    for prefix in (settings.SITE_URL, settings.SITE_URL.replace("://", ":/")):
        text = text.removeprefix(prefix)
    trimmed = text.strip("/").lower()
    if trimmed.startswith("id/"):
        return look_up_id(trimmed.removeprefix("id/"))
    found = addresses.find(trimmed)
    if found is None or found[0].edition or found[0].view:
        raise Http404
    address, pid = found
    if not pid.was_published or ((address.text or address.paragraph) and pid.kind != "statement"):
        raise Http404
    return Subject(str(address), address, pid)


def look_up_id(reference: str) -> Subject:
    match = ids.REFERENCE.fullmatch(reference)
    if not match or match["edition"] or not pids.looks_like(match["pid"]):
        raise Http404
    pid = Pid.objects.find(pids.normalise(match["pid"]))
    if pid is None or not pid.was_published:
        raise Http404
    key = match["paragraph"]
    original = f"/id/{written(pid, None, match['text'], key)}"
    return Subject(original, Address(pid.path or "", None, match["text"], key), pid)


def answered_elsewhere(request: HttpRequest, subject: Subject, room: str) -> HttpResponseBase | None:
    """A tombstone where the record was withdrawn, 301 where it moved or the address is not written as it should."""
    if subject.pid.state == State.WITHDRAWN:
        return tombstones.tombstone(request, subject.pid)
    right = f"{room}{subject.addressed(subject.pid)}"
    full = (f"{room}/{settings.SITE_URL}", f"{room}/{settings.SITE_URL.replace('://', ':/')}")
    return None if request.path == right or request.path.startswith(full) else moved(request, right)
