"""What stands where a record was withdrawn."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive import forms
from archive.pages.respond import as_json, respond
from registry.models import Pid, Tombstone


def tombstone(request: HttpRequest, pid: Pid) -> HttpResponseBase:
    """410 with what the record was, when, by which role and why it went, and what replaces it.

    Whoever asks for it in a form that it came in once, such as BibTeX, is told as JSON.
    """
    stone = Tombstone.objects.speaking_for(pid)
    stone.pid = pid
    if forms.chosen(request, forms.EVERY_FORM) not in ("html", "json", None):
        return as_json(stone.as_data(), status=410)
    return respond(
        request, "tombstone.html", {"tombstone": stone, "pid": pid}, data=stone.as_data(), status=410
    )
