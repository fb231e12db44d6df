"""Drafts as they would be published, for editors only."""

from __future__ import annotations

from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from archive.address import Address
from archive.pages.found import Found
from archive.pages.records import PAGES
from registry.kit import canonical
from registry.models import Edition, Pid, record_models


@staff_member_required
def preview(request: HttpRequest, value: str) -> HttpResponseBase:
    """The record's page from its facts of this moment, frozen nowhere."""
    pid = Pid.objects.find(value)
    if pid is None or not hasattr(pid, pid.kind):
        raise Http404
    record = record_models()[pid.kind].objects.for_data().get(pk=value)
    content = canonical.dumps(record.as_data())
    edition = Edition(
        pid=pid,
        number=pid.edition_number + 1,
        content=content,
        sha256=canonical.sha256(content),
        published_at=timezone.now(),
        role=getattr(request.user, "role", ""),
    )
    pid.path = pid.path or record.proposed_path()
    response = PAGES[pid.kind](request, Found(Address(pid.path), pid, edition, is_preview=True))
    response["Cache-Control"] = "private, no-store"
    return response
