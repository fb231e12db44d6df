"""Servers that only read, since their database is a hot standby of PostgreSQL.

They answer all that readers ask. What would be written is refused, so that a proxy that sends it to the wrong server
is found out, and nobody takes it for stored.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive.pages.respond import problem

READ_ONLY_SQL_TRANSACTION = "25006"
"""SQLSTATE by PostgreSQL, appendix A."""


class ReadingServerMiddleware:
    """503 for what cannot be written here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        if not isinstance(fault, DatabaseError):
            return None
        if getattr(fault.__cause__, "sqlstate", None) != READ_ONLY_SQL_TRANSACTION:
            return None
        detail = _(
            "This server answers readers and cannot store anything: nothing was stored. Go back for what you wrote, "
            "and tell the archive’s operator that this address must be sent to the server that writes."
        )
        return problem(request, 503, _("Nothing can be stored here"), detail)
