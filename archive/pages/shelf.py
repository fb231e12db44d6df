"""Shelves: records and paragraphs collected in the address, compared, cited and exported together.

`/shelf/` takes POST from anybody, to keep a shelf: what is kept is what the form holds, under no name, so there is
no standing of a reader that a foreign page could abuse, and no token or cookie (as at /verify/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive import asked, forms, limits
from archive.formats.citations import STYLES, Citation, cite, lines_of
from archive.formats.exports import EXPORTS
from archive.formats.reference import Reference
from archive.formats.rows import SHELF
from archive.harvest.feeds import Feed
from archive.harvest.further import of_feed
from archive.models import Shelf
from archive.pages.respond import Rows, as_json, form_address, problem, respond
from archive.redirects import moved, see_other
from archive.shelves.address import PARAMETERS, Collected, address_of, collected, is_canonical, style_of
from archive.verify.pasted import Refused
from registry.models import Change

FIRST_STYLE = "chicago-notes"
SHELVES_AN_HOUR = 60
FORMS = ("csv", "json", "jsonl", "bib", "ris", "csl", "txt")
OFFERED = (*forms.for_list(is_citable=True), "txt", "atom", "feed")
NOT_OURS = ("not_ours", "not_understood")
Data = dict[str, Any]


class ShelfRows(Rows):
    """Items of a shelf, which cite what each names: its edition and its paragraph."""

    def references(self) -> Iterator[Reference]:
        return (item.reference for item in self.read() if item.reference)


@csrf_exempt
def shelf(request: HttpRequest) -> HttpResponseBase:
    """What `items` collect; `add` leads to the shelf with more on it; 301 to the canonical address."""
    try:
        if request.method == "POST":
            return keep(request)
        asked.check(request, (*PARAMETERS, "add"))
        style = style_of(request)
        found = collected(request.GET.get("items", ""), request.GET.get("title", ""))
        if "add" in request.GET:
            return see_other(with_added(found, request.GET["add"]))
        if not is_canonical(request, found) and forms.chosen(request, OFFERED):
            kept = {name: request.GET[name] for name in PARAMETERS[2:] if name in request.GET}
            return moved_to(request, address_of(found.written, found.title, **kept))
        return page(request, found, found.address, style)
    except Refused as refused:
        return refusal(request, refused)


def kept(request: HttpRequest, key: str) -> HttpResponseBase:
    """A shelf that somebody kept, for ever with those items."""
    known = Shelf.objects.with_key(key.lower())
    if known is None:
        return problem(request, 404, _("There is no such shelf"), _("Nobody kept a shelf under this."))
    if key != known.key:
        return moved(request, known.get_absolute_url())
    try:
        asked.check(request, ("style", asked.FEED))
        found = collected(known.items, known.title)
        return page(request, found, known.get_absolute_url(), style_of(request), known)
    except Refused as refused:
        return refusal(request, refused)


def moved_to(request: HttpRequest, address: str) -> HttpResponseBase:
    """301 to the same shelf as it is written everywhere."""
    request.META["QUERY_STRING"] = ""
    return moved(request, address)


def with_added(found: Collected, pasted: str) -> str:
    """The address of the shelf with what was pasted, ids or addresses, after what stands on it."""
    more = collected(",".join(re.split(r"[\s,;]+", pasted)), "")
    parts = dict.fromkeys([*found.written, *more.written])
    return collected(",".join(parts), found.title).address


def page(
    request: HttpRequest, found: Collected, address: str, style: str, known: Shelf | None = None
) -> HttpResponseBase:
    rows = ShelfRows(SHELF, found.items, {"txt": lambda: as_text(found.references, style)})
    feed = Feed(
        f"{found.name} – {settings.SITE_NAME}", f"{settings.SITE_URL}{address}", lambda: changes(found)
    )
    chosen = style or FIRST_STYLE
    is_page = forms.chosen(request, OFFERED) == "html"
    context = {
        "shelf": found,
        "kept": known,
        "rows": found.rows() if is_page else [],
        "comparable": [item for item in found.items if item.cited],
        "pin_all": found.pinned(),
        "style": chosen,
        "citations": [cite(reference, chosen) for reference in found.references] if is_page else [],
        "styles": [(name, label, styled(request, name)) for name, label in STYLES.items()],
        "downloads": [(label_of(form), form_address(request, form)) for form in FORMS],
        "canonical": address,
    }
    data = {
        "title": found.title,
        "url": f"{settings.SITE_URL}{address}",
        "kept": known.as_data() if known else None,
        "count": len(found.items),
        "results": [item.as_row() for item in found.items],
    }
    further = of_feed(feed) if found.references or known else {}
    return respond(request, "shelf/shelf.html", context, data=data, rows=rows, further=further)


def styled(request: HttpRequest, name: str) -> str:
    """This shelf with its citations in this style."""
    query = request.GET.copy()
    query.pop("format", None)
    query["style"] = name
    return f"{request.path}?{query.urlencode(safe=',@~/')}#cite"


def label_of(form: str) -> str:
    return EXPORTS[form].label if form in EXPORTS else {"jsonl": "JSON Lines"}.get(form, form.upper())


def as_text(references: list[Reference], style: str) -> Iterator[str]:
    """Each reference in this style, a line each and an empty one between; in every style where none is asked for."""
    for name in [style] if style else STYLES:
        if not style:
            yield f"{STYLES[name]}\n\n"
        for reference in references:
            citation: Citation = cite(reference, name)
            yield "\n".join(lines_of(citation)) + "\n\n"


def changes(found: Collected) -> Any:
    """What the log tells of the records on the shelf."""
    return Change.objects.about({item.pid for item in found.items if item.pid})


def keep(request: HttpRequest) -> HttpResponseBase:
    """303 to the shelf under its short address; for programs 201 with it (RFC 9110, section 15.3.2)."""
    asked.check(request, ())
    unknown = sorted(set(request.POST) - {"items", "title", "csrfmiddlewaretoken"})
    if unknown:
        detail = _("There is no field “%(name)s” here; there are “items” and “title”.")
        raise Refused(400, unknown[0].encode("utf-8", "replace").decode(), detail % {"name": unknown[0]})
    found = collected(request.POST.get("items", ""), request.POST.get("title", ""))
    if not found.items:
        raise Refused(400, "items", _("An empty shelf is not kept: put something on it."))
    strange = [item.written for item in found.items if item.fault and item.fault.code in NOT_OURS]
    if strange:
        detail = _("“%(item)s” is no id or address of this archive: take it off, then keep the shelf.")
        raise Refused(400, "items", detail % {"item": strange[0][:80]})
    wait = limits.seconds_to_wait(request, "shelves", SHELVES_AN_HOUR)
    if wait:
        detail = _(
            "Shelves are kept for ever, so %(n)s an hour is the most. This one’s long address works as well."
        )
        response = problem(request, 429, _("Too many shelves"), detail % {"n": SHELVES_AN_HOUR})
        response["Retry-After"] = str(wait)
        return response
    known, is_new = Shelf.objects.keep(found.text, found.title)
    if forms.chosen(request) != "json":
        return see_other(known.get_absolute_url())
    answer = as_json(known.as_data(), status=201 if is_new else 200)
    answer["Location"] = f"{settings.SITE_URL}{known.get_absolute_url()}"
    return answer


def refusal(request: HttpRequest, refused: Refused) -> HttpResponseBase:
    errors = [{"field": refused.field, "detail": refused.detail}]
    return problem(request, refused.status, _("That is no shelf"), refused.detail, errors=errors)
