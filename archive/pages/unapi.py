"""unAPI (version 1): the way in which Zotero and its like take a record, or choose among those of a list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import forms
from archive.formats.elements import document, element
from archive.formats.reference import Reference
from archive.formats.unapi import formats
from archive.pages import tombstones
from archive.pages.cited import cited
from archive.pages.respond import problem

PARAMETERS = ("id", "format")


def unapi(request: HttpRequest) -> HttpResponseBase:
    """The forms offered, where no record is named; those of one record (300); or a record in one of them."""
    fault = misunderstood(request)
    if fault:
        return problem(request, 400, _("That request is not understood"), fault)
    identifier, name = request.GET.get("id"), request.GET.get("format")
    if identifier is None:
        return offered()
    found = cited(identifier)
    if not isinstance(found, Reference):
        return tombstones.tombstone(request, found)
    if name is None:
        return offered(identifier)
    chosen = formats().get(name)
    if chosen is None:
        detail = _("This record comes as %(forms)s.") % {"forms": ", ".join(formats())}
        return problem(request, 406, _("That form is not offered here"), detail)
    response = HttpResponse(chosen.write(found), content_type=forms.content_type(chosen.media_type))
    page = found.edition_url if "@" in identifier else found.page_url
    response["Link"] = f'<{page}>; rel="describes"; type="text/html"'
    return response


def misunderstood(request: HttpRequest) -> str | None:
    """What is wrong with the parameters, in a sentence; None where nothing is."""
    for name, values in request.GET.lists():
        if name not in PARAMETERS:
            return _("“%(name)s” is no parameter here; “id” and “format” are.") % {"name": name}
        if len(values) > 1:
            return _("“%(name)s” is given more than once.") % {"name": name}
    return None


def offered(identifier: str | None = None) -> HttpResponse:
    """The list of forms: 200, or of one record 300 (unAPI, version 1)."""
    listed = [
        element("format", attributes={"name": name, "type": one.media_type, "docs": one.docs or None})
        for name, one in formats().items()
    ]
    content = document(element("formats", *listed, attributes={"id": identifier}))
    return HttpResponse(content, content_type="application/xml", status=300 if identifier else 200)
