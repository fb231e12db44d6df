"""A country in the archive."""

from __future__ import annotations

from typing import Any

from archive.pages.found import Found
from dialogues.models import Membership, Minister
from meetings import overview
from meetings.matrix import CAME
from meetings.models import Commitment, Meeting

SHOWN = 12


def beside(found: Found) -> dict[str, Any]:
    """The edition, with dialogues, attendance, people and commitments as they stand today."""
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
