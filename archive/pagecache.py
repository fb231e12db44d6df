"""Unchanged pages are answered without rendering: 304 to who has them, stored bytes to who has not.

The archive's clock is the newest row of the change log: public pages depend on public records alone, and
each verb leaves a row. So one small query tells whether a page can have changed, and nothing is ever stale.
An index of search that was made anew or repaired changes pages without a change of the record; its stamp is read along.
So is the newest replay of the ledger, which every page's foot tells.
After an upgrade, or with other settings, nothing is given out that was made before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.translation import get_language

from archive.build import build
from archive.models import Lexeme, LexiconEdition, Release, Replay
from archive.models.search import STAMP
from registry.models import Change, Prepared

Response = TypeVar("Response", bound=HttpResponseBase)

PRIVATE = ("/admin/", "/preview/", "/static/", "/files/")
UNSTORED = ("/oai",)
"""Answers that say when they were given. (So does one to a question about another time: Accept-Datetime.)"""

STARTED = timezone.now()
"""Since when this process has had its code and its settings: for who asks by date alone, no page is older."""


class Replayed(NamedTuple):
    """What the newest replay of the ledger found, which the foot of every page says."""

    kept: int
    asked: int
    on: datetime


class Clock(NamedTuple):
    """The archive's time: the newest change's number, and when a page may last have changed."""

    tick: int
    at: datetime
    changed_at: datetime | None
    replay: Replayed | None = None
    release: int = 0
    """The number of the newest release of the whole."""
    lexicon: datetime | None = None
    """Since when the lexicon of verbs, by which pages mark what grew stronger, has been as it is."""
    search: str = ""
    """The stamp of the newest repair of the index of search."""


def clock_query() -> models.QuerySet[Any, Any]:
    newest = Replay.objects.newest_first()
    replay = [models.Subquery(newest.values(name)[:1]) for name in ("kept", "asked", "finished_at")]
    release = models.Subquery(Release.objects.order_by("-number").values("number")[:1])
    lexicon = models.Subquery(LexiconEdition.objects.newest_first().values("published_at")[:1])
    index = models.Subquery(Lexeme.objects.under(STAMP).order_by("-pk").values("lexeme")[:1])
    return Change.objects.order_by("-pk").values_list("pk", "at", release, lexicon, index, *replay)[:1]


CLOCK = Prepared(clock_query)


def read_clock() -> Clock:
    """One query. Pages that speak of today change at midnight UTC as well."""
    row: Any = next(iter(CLOCK.rows()), (0, *[None] * 7))
    tick, at, released, verbs, stamp, kept, count, finished = row
    replayed = Replayed(kept, count, moment(finished)) if kept is not None else None
    changed, spoken = at and moment(at), verbs and moment(verbs)
    midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    latest = max(one for one in (changed, midnight, replayed and replayed.on, spoken) if one)
    return Clock(tick, latest, changed, replayed, released or 0, spoken, stamp or "")


def moment(stored: datetime) -> datetime:
    """With its zone, without which SQLite hands over what is UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


class PageCacheMiddleware:
    """Conditional requests and stored pages for every anonymous GET of a public address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(PRIVATE):
            return self.get_response(request)
        clock = read_clock()
        request.clock = clock  # type: ignore[attr-defined]
        if request.path in UNSTORED or (request.method == "GET" and "Accept-Datetime" in request.headers):
            return self.get_response(request)
        etag = self._etag(request, clock)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return self._with_validators(HttpResponseNotModified(), etag, clock)
        pages = caches[settings.PAGE_CACHE]
        stored = pages.get(etag)
        if stored is not None:
            content, headers = stored
            response = HttpResponse(content, headers=headers)
        else:
            fresh = self.get_response(request)
            if fresh.status_code != 200:
                patch_vary_headers(fresh, ["Accept"])
                return fresh
            if not isinstance(fresh, HttpResponse):
                return fresh if "ETag" in fresh else self._with_validators(fresh, etag, clock)
            response = fresh
            if not response.cookies and "ETag" not in response:
                pages.set(etag, (response.content, dict(response.items())))
        self._with_validators(response, etag, clock)
        answered: HttpResponseBase | None = get_conditional_response(
            request, etag=etag, last_modified=int(max(clock.at, STARTED).timestamp()), response=response
        )
        return answered or response

    def _etag(self, request: HttpRequest, clock: Clock) -> str:
        parts = (
            build(),
            settings.SITE_NAME,
            settings.SITE_URL,
            settings.ARK_NAAN,
            settings.CONTACT_EMAIL,
            str(clock.tick),
            clock.at.date().isoformat(),
            clock.replay.on.isoformat() if clock.replay else "",
            str(clock.release),
            clock.lexicon.isoformat() if clock.lexicon else "",
            clock.search,
            timezone.now().date().isoformat(),
            request.get_host(),
            request.get_full_path(),
            "" if "format" in request.GET else request.headers.get("Accept", ""),
            get_language() or "",
        )
        digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        return f'"{digest[:32]}"'

    def _with_validators(self, response: Response, etag: str, clock: Clock) -> Response:
        response["ETag"] = etag
        response["Last-Modified"] = http_date(max(clock.at, STARTED).timestamp())
        response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        patch_vary_headers(response, ["Accept"])
        return response
