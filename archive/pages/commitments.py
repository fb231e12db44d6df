"""A commitment and its chain."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.pages.found import Found
from archive.pages.respond import respond
from meetings.chains import CommitmentChain


def commitment(request: HttpRequest, found: Found) -> HttpResponseBase:
    """The edition, and how others took it up, which is said live beside it."""
    chain = CommitmentChain(found.pid.value)
    later = [
        (step, link) for step, links in chain.steps for link in links if link.target_id == found.pid.value
    ]
    context = found.context(chain=chain, later=later)
    return respond(
        request, "commitments/commitment.html", context, data=found.as_json(), reference=found.reference
    )
