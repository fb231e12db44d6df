"""Is this what was said? Quotations and files held against the record, and receipts of it.

These addresses take POST from anybody: what they answer depends on the text alone, never on who asks, and a
receipt is nobody’s; so there is no standing of a reader that a foreign page could abuse, and no token or cookie.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive import forms, limits
from archive.models import Receipt, Wording
from archive.pagecache import Clock, read_clock
from archive.pages.faults import fault, is_page_wanted, not_ready
from archive.pages.respond import as_json, problem, respond, unknown_form
from archive.redirects import moved, see_other
from archive.verify import receipts
from archive.verify.citations import examine
from archive.verify.files import identify
from archive.verify.index import bring_up_to_date
from archive.verify.pasted import Pasted, Refused, read
from archive.verify.verifier import LONGEST_TEXT, sha256_of
from archive.verify.verifier import verify as verdicts_of

FORMS = ("html", "json")
RECEIPTS_AN_HOUR = 60
SHA256 = re.compile(r"[0-9a-fA-F]{64}")
Data = dict[str, Any]


@csrf_exempt
def verify(request: HttpRequest) -> HttpResponseBase:
    """The verdict on every passage of what was pasted; without any, the form. With `keep`, a receipt."""
    if forms.chosen(request, FORMS) is None:
        return unknown_form(request, FORMS)
    try:
        pasted = read(request, also=frozenset({"sha256"}))
    except Refused as refused:
        return refusal(request, refused)
    if "sha256" in request.GET:
        return typed_digest(request)
    if not pasted.text.strip():
        context = {"examples": examples(), "longest": LONGEST_TEXT, "canonical": "/verify/"}
        return respond(request, "verify/verify.html", context, data=about())
    clock = read_clock()
    if left := bring_up_to_date(clock):
        return not_ready(request, left)
    verdicts = verdicts_of(pasted.text)
    if pasted.keep:
        return kept(request, pasted, verdicts, clock)
    data = {**state(pasted.text, clock), **verdicts}
    context = {"text": pasted.text, "result": data, "longest": LONGEST_TEXT}
    return answer(request, "verify/result.html", context, data, pasted)


def examples() -> list[tuple[str, str]]:
    """Something the record says, the same with a negation put in, and something it says nowhere."""
    said = Wording.objects.example()
    if said is None:
        return []
    words = said.words.split(" ")
    return [
        (_("As it stands"), said.words),
        (_("With a word put in"), " ".join([*words[:3], "not", *words[3:]])),
        (_("Invented"), "The ministers will build a bridge to the moon by the end of the year."),
    ]


@csrf_exempt
def citations(request: HttpRequest) -> HttpResponseBase:
    """What became of each reference in the footnotes that were pasted, and the footnotes put right."""
    if forms.chosen(request, FORMS) is None:
        return unknown_form(request, FORMS)
    try:
        pasted = read(request)
        if pasted.keep:
            raise Refused(400, "keep", _("Receipts are kept of quotations, at /verify/."))
    except Refused as refused:
        return refusal(request, refused)
    context: Data = {"text": pasted.text, "longest": LONGEST_TEXT, "canonical": "/verify/citations/"}
    if not pasted.text.strip():
        context["example"] = Wording.objects.example()
        return respond(request, "verify/citations.html", context, data=about())
    clock = read_clock()
    data = {**state(pasted.text, clock), **examine(pasted.text)}
    return answer(request, "verify/citations.html", {**context, "result": data}, data, pasted)


def about() -> Data:
    """What a program is told that asks without a text."""
    return {
        "send": {"text": "the quotation, footnote or article", "keep": "true for a receipt"},
        "longest": LONGEST_TEXT,
        "url": f"{settings.SITE_URL}/verify/",
    }


def state(text: str, clock: Clock) -> Data:
    """What was asked, and at which state of the archive."""
    changed_at = clock.changed_at.isoformat() if clock.changed_at else None
    return {
        "sha256": sha256_of(text),
        "length": len(text),
        "archive": {"change": clock.tick, "changed_at": changed_at, "version": settings.VERSION},
    }


def answer(
    request: HttpRequest, template: str, context: Data, data: Data, pasted: Pasted
) -> HttpResponseBase:
    """As any page for a GET; the answer to a POST has no address, so no other forms of it are named."""
    if request.method != "POST":
        return respond(request, template, context, data=data)
    return as_json(data) if wants_json(request, pasted) else render(request, template, context)


def wants_json(request: HttpRequest, pasted: Pasted) -> bool:
    """Who sends JSON is answered in it, unless asking for a page."""
    return forms.chosen(request) == "json" or (pasted.is_json and not is_page_wanted(request))


def kept(request: HttpRequest, pasted: Pasted, verdicts: Data, clock: Clock) -> HttpResponseBase:
    """303 to the receipt; for programs 201 with it (RFC 9110, section 15.3.2)."""
    wait = limits.seconds_to_wait(request, "receipts", RECEIPTS_AN_HOUR)
    if wait:
        detail = _(
            "Receipts are kept for ever, so %(n)s an hour is the most. Verify without keeping, or wait."
        )
        response = fault(request, 429, _("Too many receipts"), detail % {"n": RECEIPTS_AN_HOUR})
        response["Retry-After"] = str(wait)
        return response
    receipt = receipts.keep(pasted.text, verdicts, clock)
    if not wants_json(request, pasted):
        return see_other(receipt.get_absolute_url())
    response = as_json(receipt.as_data(), status=201)
    response["Location"] = f"{settings.SITE_URL}{receipt.get_absolute_url()}"
    return response


def receipt(request: HttpRequest, key: str) -> HttpResponseBase:
    found = Receipt.objects.with_key(key)
    if found is None:
        return problem(
            request, 404, _("There is no such receipt"), _("Nobody kept a verification under this.")
        )
    data = receipts.shown(found)
    context = {"receipt": found, "result": data, "canonical": found.get_absolute_url()}
    return respond(request, "verify/receipt.html", context, data=data)


def typed_digest(request: HttpRequest) -> HttpResponseBase:
    """303 to what is known of the hash typed in."""
    typed = request.GET["sha256"].strip()
    if not SHA256.fullmatch(typed):
        detail = _("A SHA-256 is 64 digits and letters from a to f: what “sha256sum file” prints first.")
        errors = [{"field": "sha256", "detail": detail}]
        return problem(request, 400, _("That is not a SHA-256"), detail, errors=errors)
    return see_other(f"/verify/{typed.lower()}/")


def digest(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """Which edition, text, capture or file of a release has this SHA-256; 404 where none has."""
    if sha256 != sha256.lower():
        return moved(request, f"/verify/{sha256.lower()}/")
    if left := bring_up_to_date():
        return not_ready(request, left)
    found = identify(sha256)
    if not found:
        detail = _(
            "No edition, text, capture or file of a release has the SHA-256 %(sum)s. A file changed by one "
            "character, or saved with other line ends, has another one."
        )
        return problem(request, 404, _("No file of this archive"), detail % {"sum": sha256})
    data = {"sha256": sha256, "count": len(found), "results": found}
    context = {"sha256": sha256, "results": found, "canonical": f"/verify/{sha256}/"}
    return respond(request, "verify/digest.html", context, data=data)


def refusal(request: HttpRequest, refused: Refused) -> HttpResponseBase:
    errors = [{"field": refused.field, "detail": refused.detail}]
    return fault(request, refused.status, _("That cannot be verified"), refused.detail, errors)
