"""A country in the archive."""

from __future__ import annotations

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
    pid = found.pid.value
    delegations = list(overview.delegations_of(pid))
    came = sum(delegation.presence in CAME for delegation in delegations)
    commitments = Commitment.objects.public().naming(actors=pid)
    context = found.context(
        memberships=Membership.objects.of_country(pid),
        delegations=delegations,
        came=came,
        stayed_away=len(delegations) - came,
        hosted=Meeting.objects.public().hosted_by(pid).for_list().newest_first(),
        ministers=Minister.objects.public().of_country(pid),
        commitments=commitments.for_list().newest_first()[:SHOWN],
        commitment_count=commitments.count(),
    )
    return respond(
        request, "countries/country.html", context, data=found.as_json(), reference=found.reference
    )
