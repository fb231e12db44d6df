"""A statement, its texts and its paragraphs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.address import Address
from archive.formats.reference import Reference
from archive.pages.found import Found
from archive.pages.respond import problem, respond
from archive.redirects import see_other
from archive.texts import first_with, paragraph_of, place_of, text_in
from meetings import overview, spoken
from meetings.models import IssuerState
from registry.kit import diff, segments
from registry.models import Edition

Data = dict[str, Any]


def statement(request: HttpRequest, found: Found) -> HttpResponseBase:
    """The statement with one of its texts, or one paragraph alone."""
    text = text_in(found.edition, found.address.text)
    if found.address.paragraph:
        return paragraph(request, found, text)
    if found.address.text and text is None:
        return other_text(request, found)
    return respond(
        request,
        "statements/statement.html",
        partial(beside, found, text),
        data=found.edition.as_json(),
        reference=found.reference,
    )


def beside(found: Found, text: Data | None) -> Data:
    """What the page alone shows beside the edition."""
    commitments = list(overview.commitments_in(found.pid.value))
    wanted, now = found.address.text, current(found)
    return found.context(
        issuer=issuer_says(found.edition, now),
        text=text,
        commitments=commitments,
        by_paragraph=by_paragraph(commitments, text),
        contents=found.data["contents_printed"].splitlines(),
        around=overview.statements_around(found.pid.value, found.data["date"], found.data["dialogue"]["id"]),
        before=spoken.statement_before(found.pid.value) if text else None,
        canonical=kept_as(found, now, wanted, None) if wanted else f"/{found.pid.path}/",
    )


def current(found: Found) -> Edition:
    """The edition that stands today; one query where another is shown."""
    if found.is_current or found.is_preview:
        return found.edition
    return Edition.objects.get(pid=found.pid, number=found.pid.edition_number)


def issuer_says(shown: Edition, now: Edition) -> list[Data]:
    """What the issuer did with its statement, as this edition tells it, and as today’s does where that is other."""
    states = dict.fromkeys([shown.data["issuer_state"], now.data["issuer_state"]])
    tellers = {edition.data["issuer_state"]: edition for edition in (now, shown)}
    return [
        {
            "state": state,
            "note": tellers[state].data["issuer_state_note"],
            "is_since": tellers[state] is not shown,
            "edition": tellers[state].number,
        }
        for state in states
        if state != IssuerState.IN_FORCE
    ]


def kept_as(found: Found, now: Edition, segment: str, key: str | None) -> str:
    """The address that search engines keep of a part: today’s, or its edition’s where it stands no more."""
    edition = None if text_in(now, segment, key) else found.address.edition
    return str(Address(found.pid.path or "", edition, segment, key))


def by_paragraph(commitments: list[Any], text: Data | None) -> dict[str, list[Any]]:
    """Commitments by the key of the paragraph of this text that holds their words."""
    found: dict[str, list[Any]] = {}
    for commitment in commitments:
        paragraph = commitment.paragraph
        if text and paragraph and paragraph.text.segment == text["segment"]:
            found.setdefault(paragraph.key, []).append(commitment)
    return found


def other_text(request: HttpRequest, found: Found) -> HttpResponseBase:
    """No text in that language: the edition that had one, our summary for the time being, or 404 with what is held."""
    earlier = edition_with(found, None)
    if earlier:
        return gone(request, found, *earlier)
    summary = segments.of_summary(found.address.text or "")
    if text_in(found.edition, summary):
        return see_other(str(replace(found.address, text=summary)))
    if later := edition_since(found):
        return not_yet(request, found, later)
    held = ", ".join(one["segment"] for one in found.data["texts"]) or _("none")
    return problem(
        request,
        404,
        _("This text is not held"),
        _("Texts of this statement in the archive: %(held)s.") % {"held": held},
        pid=found.pid,
    )


def paragraph(request: HttpRequest, found: Found, text: Data | None) -> HttpResponseBase:
    """One paragraph with its neighbours, its history, and the commitments in it."""
    key = found.address.paragraph or ""
    if found.address.text is None:
        named = text_in(found.edition, None, key)
        if named:
            return see_other(str(replace(found.address, text=named["segment"])))
    place = place_of(text, key) if text else None
    if text is None or place is None:
        earlier = edition_with(found, key)
        if earlier:
            return gone(request, found, *earlier)
        if text is None and found.address.text:
            return other_text(request, found)
        if later := edition_since(found):
            return not_yet(request, found, later)
        raise Http404
    data = {
        "statement": {"id": found.pid.value, "title": found.data["title"]},
        "text": {name: text[name] for name in ("segment", "language", "kind")},
        "paragraph": text["paragraphs"][place],
        "edition": found.edition.about(),
    }
    return respond(
        request,
        "statements/paragraph.html",
        partial(beside_paragraph, found, text, place),
        data=data,
        reference=found.reference,
    )


def beside_paragraph(found: Found, text: Data, place: int) -> Data:
    """What the page of one paragraph alone shows beside the edition."""
    paragraphs, key, now = text["paragraphs"], text["paragraphs"][place]["key"], current(found)
    commitments = by_paragraph(list(overview.commitments_in(found.pid.value)), text)
    return found.context(
        issuer=issuer_says(found.edition, now),
        text=text,
        paragraph=paragraphs[place],
        before=paragraphs[place - 1] if place else None,
        after=paragraphs[place + 1] if place + 1 < len(paragraphs) else None,
        commitments=commitments.get(key, []),
        versions=versions(found, text["segment"], key),
        canonical=kept_as(found, now, text["segment"], key),
    )


def versions(found: Found, segment: str, key: str) -> list[tuple[Edition, diff.Words]]:
    """Editions in which the paragraph's words changed, oldest first, with the difference; one query."""
    changed: list[tuple[Edition, diff.Words]] = []
    last: str | None = None
    for edition in Edition.objects.of(found.pid):
        standing = paragraph_of(text_in(edition, segment, key), key)
        words = standing["text"] if standing else None
        if words != last:
            changed.append((edition, diff.words(last or "", words or "")))
        last = words
    return changed


def edition_with(found: Found, key: str | None) -> tuple[Edition, Data] | None:
    """The newest earlier edition that had the text asked for, or this paragraph of it, and that text; one query."""
    earlier = Edition.objects.of(found.pid).before(found.edition.number)
    return first_with(earlier, found.address.text, key)


def edition_since(found: Found) -> Edition | None:
    """The first later edition that has the text or the paragraph asked for; one query, none at today’s."""
    if found.is_current:
        return None
    later = Edition.objects.of(found.pid).after(found.edition.number)
    standing = first_with(later, found.address.text, found.address.paragraph)
    return standing[0] if standing else None


def not_yet(request: HttpRequest, found: Found, later: Edition) -> HttpResponseBase:
    """404: the edition had no such text or paragraph yet; since which it stands, and the link there."""
    since = str(replace(found.address, edition=later.number))
    title = (
        _("This paragraph did not stand yet") if found.address.paragraph else _("This text did not stand yet")
    )
    said = _("Edition %(number)s of “%(title)s” has it not; it stands since edition %(since)s: %(address)s")
    words = {"number": found.edition.number, "title": found.data["title"], "since": later.number}
    detail = said % {**words, "address": f"{settings.SITE_URL}{since}"}
    return problem(request, 404, title, detail, pid=found.pid, since=since)


def gone(request: HttpRequest, found: Found, earlier: Edition, text: Data) -> HttpResponseBase:
    """A text or paragraph of an earlier edition: until when it stood, and the link there.

    Its exports are those of the edition in which it stood last.
    """
    key = found.address.paragraph
    stood = replace(found.address, edition=earlier.number, text=text["segment"])
    old = str(stood)
    # The card that other sites are offered: of this edition there is none.
    shown = stood if found.address.edition else found.address
    now = current(found)
    context = found.context(
        old=old,
        old_edition=earlier,
        key=key,
        address=shown,
        stood=stood,
        canonical=old,
        issuer=issuer_says(now, now),
    )
    data = {"gone": True, "stood_until_edition": earlier.number, "url": old}
    reference = Reference(found.pid, earlier, text["segment"], key)
    return respond(request, "statements/gone.html", context, data=data, reference=reference)
