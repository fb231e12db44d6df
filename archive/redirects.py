"""Redirects with the right status and caching."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

REVALIDATE = "public, max-age=0, must-revalidate"


def see_other(address: str, query: str = "") -> HttpResponse:
    """303: the answer stands at another address today (RFC 9110, section 15.4.4)."""
    response = HttpResponseRedirect(f"{address}?{query}" if query else address)
    response.status_code = 303
    response["Cache-Control"] = REVALIDATE
    return response


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """301 with the query kept; paragraphs are part of the path."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = REVALIDATE
    return response
