"""The history of a record: its editions and what changed between them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.address import Address
from archive.formats.reference import Reference
from archive.harvest.further import of_record
from archive.pages.respond import respond
from registry.kit import diff
from registry.models import Edition, Pid


def history(request: HttpRequest, address: Address, pid: Pid) -> HttpResponseBase:
    """Every edition, newest first, with its word-level differences to the one before; three queries."""
    editions = list(Edition.objects.of(pid))
    steps = [
        (edition, diff.records(editions[place - 1].data, edition.data) if place else [])
        for place, edition in enumerate(editions)
    ]
    context = {
        "pid": pid,
        "address": address,
        "record": editions[-1].data,
        "steps": steps[::-1],
        "changes": pid.changes.exclude(verb__in=["publish", "correct"]).order_by("-pk"),
        "paths": pid.paths.order_by("pk"),
        "canonical": str(address),
    }
    data = {
        "id": pid.value,
        "title": pid.title,
        "count": len(editions),
        "results": [edition.about() for edition in editions],
    }
    further = of_record(Reference(pid, editions[-1]))
    return respond(request, "history.html", context, data=data, further=further)
