"""What readers' programs may do: read from anywhere, with the methods that read, so many times a minute."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.pagecache import PRIVATE
from archive.pages.respond import problem

WINDOW, HOUR = 60, 60 * 60
METHODS = ("GET", "HEAD", "OPTIONS")
POSTED = frozenset({"/oai", "/verify/", "/verify/citations/", "/shelf/"})
"""Addresses that read with POST as well: OAI-PMH demands it (2.0, section 3.1.1), and others take a text too long for
an address; they write nothing but receipts and shelves, for anybody."""


class ReadingMiddleware:
    """405 for methods that would write; 429 beyond RATE_LIMIT requests a minute, which headers announce.

    RateLimit and RateLimit-Policy are those of draft-ietf-httpapi-ratelimit-headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(PRIVATE):
            return self.get_response(request)
        allowed = (*METHODS, "POST") if request.path in POSTED else METHODS
        if request.method not in allowed:
            detail = _("This address is read with %(methods)s.") % {"methods": ", ".join(allowed)}
            response = problem(request, 405, _("That is not done here"), detail)
            response["Allow"] = ", ".join(allowed)
            return response
        if not settings.RATE_LIMIT:
            return self.get_response(request)
        return self.limited(request)

    def limited(self, request: HttpRequest) -> HttpResponseBase:
        window, elapsed = divmod(int(time.time()), WINDOW)
        used, rest = counted(f"rate:{address(request)}:{window}", WINDOW), WINDOW - elapsed
        if used > settings.RATE_LIMIT:
            detail = _("Wait %(n)s seconds, or take the whole archive at /data/.") % {"n": rest}
            response = problem(request, 429, _("Too many requests"), detail)
            response["Retry-After"] = str(rest)
        else:
            response = self.get_response(request)
        response["RateLimit-Policy"] = f'"minute";q={settings.RATE_LIMIT};w={WINDOW}'
        response["RateLimit"] = f'"minute";r={max(settings.RATE_LIMIT - used, 0)};t={rest}'
        return response


def counted(key: str, seconds: int) -> int:
    """How often this was counted since the first time, which is forgotten after so many seconds."""
    counts = caches["counts"]
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key)
    except ValueError:  # The cache dropped the count between the two calls.
        return 1


def seconds_to_wait(request: HttpRequest, what: str, most: int) -> int:
    """Seconds until this address may do once more what is kept for ever, which is counted; 0 where it may now.

    It may `most` times in each hour of the clock; always where RATE_LIMIT is 0.
    """
    hour, elapsed = divmod(int(time.time()), HOUR)
    used = counted(f"{what}:{address(request)}:{hour}", HOUR)
    return HOUR - elapsed if settings.RATE_LIMIT and used > most else 0


def address(request: HttpRequest) -> str:
    """Whose request it is; behind a proxy that we trust, as the proxy says."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip()[:64] or request.META.get("REMOTE_ADDR", "")
