"""Archival Resource Keys: `/ark:<NAAN>/<pid>` beside `/id/<pid>`, and a few words on what one names."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.formats.identifiers import is_our_naan
from archive.formats.reference import Reference
from archive.pages import ids, tombstones
from archive.pages.cited import cited

INFLECTIONS = ("info", "?")


def ark(request: HttpRequest, naan: str, reference: str) -> HttpResponseBase:
    """303 to where the record stands today, as `/id/` does; `?info` and `??` describe it.

    The slash after `ark:` is optional (draft-kunze-ark, section 2.2).
    """
    if not is_our_naan(naan):
        raise Http404
    if request.META.get("QUERY_STRING") not in INFLECTIONS:
        return ids.identifier(request, reference)
    found = cited(reference)
    if not isinstance(found, Reference):
        return tombstones.tombstone(request, found)
    return HttpResponse(electronic_resource_citation(found), content_type="text/plain; charset=utf-8")


def electronic_resource_citation(reference: Reference) -> str:
    """The kernel elements of an ERC (draft-kunze-erc): who, what, when, where, and who keeps it."""
    authors = "; ".join(reference.authors) or reference.container
    said = {
        "who": authors,
        "what": reference.title,
        "when": (reference.issued or "").replace("-", "") or "(:unkn) unknown",
        "where": reference.pinned_url,
        "support-who": reference.container,
        "support-what": "every edition and address is kept for ever",
    }
    return "erc:\n" + "".join(f"{name}: {' '.join(value.split())}\n" for name, value in said.items())
