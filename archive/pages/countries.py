"""A country in the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from archive.pages.found import Found
from archive.pages.respond import respond
from dialogues.models import Membership, Minister
from meetings import overview
from meetings.matrix import CAME
from meetings.models import Commitment, Meeting

SHOWN = 12


def country(request: HttpRequest, found: Found) -> HttpResponseBase:
    """The edition, with dialogues, attendance, people and commitments as they stand today."""
    return respond(
        request,
        "countries/country.html",
        lambda: beside(found),
        data=found.as_json(),
        reference=found.reference,
    )


def beside(found: Found) -> dict[str, Any]:
    """What the page alone shows beside the edition."""
    pid = found.pid.value
    delegations = list(overview.delegations_of(pid))
    came = sum(delegation.presence in CAME for delegation in delegations)
    commitments = Commitment.objects.public().naming(actors=pid)
    return found.context(
        memberships=Membership.objects.of_country(pid),
        delegations=delegations,
        came=came,
        stayed_away=len(delegations) - came,
        hosted=Meeting.objects.public().hosted_by(pid).for_list().newest_first(),
        ministers=Minister.objects.public().of_country(pid),
        commitments=commitments.for_list().newest_first()[:SHOWN],
        commitment_count=commitments.count(),
    )
