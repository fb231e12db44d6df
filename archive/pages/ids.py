"""Permanent ids: `/id/<pid>[@edition][/text][~paragraph]`, and the box that finds a record by what was pasted."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.address import Address, edition_of_merged, survivor_of, written
from archive.formats.identifiers import is_our_naan
from archive.harvest import memento
from archive.pages import times, tombstones
from archive.pages.respond import problem
from archive.redirects import see_other
from archive.texts import first_with, text_in
from archive.verify.escapes import plain
from registry.kit import pids, segments
from registry.models import Edition, Pid, State

REFERENCE = re.compile(
    r"(?P<pid>[^@~/]+)(?:@(?P<edition>[1-9][0-9]{0,5}))?"
    r"(?:/(?P<text>[a-z]{2,3}(?:-[a-z0-9]{1,8})*)(?=[/~]|$))?(?:/?~(?P<paragraph>[a-z0-9-]+))?/?"
)
PART = r"(?:/[a-z]{2,3}(?:-[a-z0-9]{1,8})*(?![\w-]))?(?:/?~[a-z0-9-]+)?"
PASTED_ID = re.compile(
    rf"(?:/id/|ark:/?(?P<naan>[0-9a-z-]+)/)(?P<marked>[^\s/?#,;]+{PART})"
    rf"|\b(?P<bare>[0-9a-z]{{4}}-?[0-9a-z]{{4}}(?:@[1-9][0-9]{{0,5}})?{PART})(?=$|[\s.,;)])",
    re.I,
)

AROUND = ".,;:!?'\"”’»)]}>"
"""Punctuation that follows an address in a footnote, and that programs take for a part of it."""


def identifier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """303 to where the record stands today, its edition, text and paragraph kept; query kept."""
    match = REFERENCE.fullmatch(reference.rstrip(AROUND).lower())
    if not match or not pids.looks_like(match["pid"]):
        raise Http404
    value = pids.normalise(match["pid"])
    pid = Pid.objects.find(value)
    if pid is None or not pid.was_published:
        return unknown(request, value)
    if pid.state == State.WITHDRAWN:
        return tombstones.tombstone(request, pid)
    edition = int(match["edition"]) if match["edition"] else None
    edition = edition_of_merged(pid, edition, match["text"] or match["paragraph"])
    owner = survivor_of(pid, edition)
    text = match["text"] or (text_with(pid, edition, match["paragraph"]) if match["paragraph"] else None)
    original = f"/id/{written(pid, None, match['text'], match['paragraph'])}"
    asked = Address(
        pid.path or "", int(match["edition"]) if match["edition"] else None, text, match["paragraph"]
    )
    then = times.at_another_time(request, replace(asked, text=match["text"]), pid, original)
    if then is not None:
        return then
    shown = text_shown(owner, edition, text) if match["text"] and text else text
    address = replace(asked, path=owner.path or "", edition=edition, text=shown)
    response = see_other(str(address), request.META.get("QUERY_STRING", ""))
    if not asked.edition and shown == text and (text or not match["paragraph"]):
        response["Link"] = ", ".join(memento.own_links(original))
    return response


def text_with(pid: Pid, number: int | None, key: str) -> str | None:
    """The text with the paragraph, in this edition, else in today's or the last that had it; one query."""
    editions = Edition.objects.of(pid)
    asked = filter(None, [editions.numbered(number)]) if number else editions.before(pid.edition_number + 1)
    found = first_with(asked, None, key)
    return str(found[1]["segment"]) if found else None


def text_shown(pid: Pid, number: int | None, text: str) -> str:
    """The text asked for, or our summary in its language where there is none up to this edition; two queries at most.

    The page of the text would lead there.
    """
    number, summary = number or pid.edition_number, segments.of_summary(text)
    editions = Edition.objects.of(pid)
    edition = editions.numbered(number)
    if edition is None or text_in(edition, text) or not text_in(edition, summary):
        return text
    return text if first_with(editions.before(number), text, None) else summary


def unknown(request: HttpRequest, value: str) -> HttpResponseBase:
    """404: no such record, and where the check character shows a slip, the nearest that exist."""
    if pids.is_valid(value):
        raise Http404
    return problem(
        request,
        404,
        _("That id is mistyped"),
        _("The last character of “%(pid)s” does not match the seven before it.") % {"pid": value},
        nearest=Pid.objects.near(value),
    )


def find(request: HttpRequest) -> HttpResponseBase:
    """`/id/?q=`: an id, one of our addresses, or a footnote that holds one."""
    pasted = plain(request.GET.get("q", "")).strip()[:4000]
    if not pasted:
        return problem(
            request, 200, _("Find a record by its id"), _("Paste an id, an address or a footnote."), find=True
        )
    match = PASTED_ID.search(pasted)
    is_ours = match is None or match["naan"] is None or is_our_naan(match["naan"])
    if match and is_ours:
        return see_other(f"/id/{(match['marked'] or match['bare']).rstrip(AROUND)}")
    path = path_in(pasted)
    if is_ours and re.fullmatch(r"/[a-z0-9@~-][a-z0-9@~/-]*", path):
        return see_other(path if path.endswith("/") else f"{path}/")
    return problem(
        request,
        404,
        _("No id or address was found in that"),
        _("An id has eight letters and digits, such as the one after /id/ in a footnote."),
        find=True,
        pasted=pasted,
    )


def path_in(pasted: str) -> str:
    """The path of an address with its host or without; none where the host is broken, as “http://[” is."""
    try:
        parts = urlsplit(pasted if "//" in pasted else f"//{pasted.lstrip('/')}")
    except ValueError:
        return ""
    return parts.path if "." in parts.netloc or ":" in parts.netloc else f"/{parts.netloc}{parts.path}"
