"""What stands where a record was withdrawn."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.pages.respond import respond
from registry.models import Pid, Tombstone


def tombstone(request: HttpRequest, pid: Pid) -> HttpResponseBase:
    """410 with what the record was, when, by which role and why it went, and what replaces it."""
    stone = Tombstone.objects.speaking_for(pid)
    stone.pid = pid
    return respond(
        request, "tombstone.html", {"tombstone": stone, "pid": pid}, data=stone.as_data(), status=410
    )
