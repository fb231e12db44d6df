"""The picture that stands for a record where its address is shared: `/card/<pid>@<edition>[~paragraph].png`."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.formats import card as cards
from archive.formats.reference import Reference
from archive.pages import tombstones
from archive.pages.cited import cited
from archive.redirects import see_other

SUFFIX = ".png"
KEPT = 30 * 24 * 60 * 60
"""Seconds that a card drawn stays in the cache."""


def card(request: HttpRequest, name: str) -> HttpResponseBase:
    """The card of this edition, drawn once; without a number 303 to that of the current edition."""
    if not name.lower().endswith(SUFFIX):
        raise Http404
    found = cited(name[: -len(SUFFIX)])
    if not isinstance(found, Reference):
        return tombstones.tombstone(request, found)
    if name != f"{found.short}{SUFFIX}":
        return see_other(f"/card/{found.short}{SUFFIX}")
    response = HttpResponse(drawn(found), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def drawn(reference: Reference) -> bytes:
    """The card from the cache, where it lies under what it says: an edition that was altered by law has another."""
    words = cards.words_of(reference)
    pictures, key = caches[settings.PAGE_CACHE], f"card:{words.digest}"
    picture: bytes | None = pictures.get(key)
    if picture is None:
        picture = cards.draw(words)
        pictures.set(key, picture, KEPT)
    return picture
