"""A country in the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.browse import browsing_by
from archive.pages.found import Found
from dialogues.models import Membership, Minister
from meetings import overview
from meetings.matrix import CAME
from meetings.models import Commitment, Meeting
from meetings.orders import at_meetings

SHOWN = 12


def beside(found: Found, request: HttpRequest) -> dict[str, Any]:
    """The edition, with dialogues, attendance, people and commitments as they stand today."""
    pid = found.pid.value
    browse = browsing_by(request, at_meetings("meeting"))
    delegations = list(browse.arrange(overview.delegations_of(pid)))
    came = sum(delegation.presence in CAME for delegation in delegations)
    commitments = Commitment.objects.public().naming(actors=pid)
    return found.context(
        memberships=Membership.objects.of_country(pid),
        browse=browse,
        delegations=delegations,
        came=came,
        stayed_away=len(delegations) - came,
        hosted=Meeting.objects.public().hosted_by(pid).for_list().newest_first(),
        ministers=Minister.objects.public().of_country(pid),
        commitments=commitments.for_list().newest_first()[:SHOWN],
        commitment_count=commitments.count(),
    )
