"""Whose words these are: the ministers for whom a commitment or a statement counts.

What some countries said, their delegates at the meeting said; what all parties said, all delegates. Where a record says
only that some spoke, and not who, it counts for nobody. The rule for commitments stands here twice, over editions for
the search and over rows for the list, and a test holds one against the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from dialogues.models import Minister
from meetings.matrix import CAME
from meetings.models import Authority, Commitment, Delegate, Extent

Data = dict[str, Any]
CHAIRS = (Delegate.Presiding.CHAIR, Delegate.Presiding.CO_CHAIR)


def delegations(meetings: Iterable[Data]) -> Iterator[Data]:
    """Those that came to these meetings: not who was absent, only expected, or is not recorded."""
    return (one for meeting in meetings for one in meeting["delegations"] if one["presence"] in CAME)


def countries(meetings: Iterable[Data]) -> set[str]:
    return {delegation["country"]["id"] for delegation in delegations(meetings)}


def delegates(meetings: Iterable[Data]) -> Iterator[tuple[str, Data]]:
    """(country, delegate) of the persons who came to these meetings."""
    for delegation in delegations(meetings):
        for delegate in delegation["delegates"]:
            if not delegate["is_absent"]:
                yield delegation["country"]["id"], delegate


def who_came(meetings: Iterable[Data], of: Collection[str] | None = None) -> set[str]:
    """Ministers who came to these meetings, for any of these countries where they are given."""
    return {
        delegate["minister"]
        for country, delegate in delegates(meetings)
        if delegate["minister"] and (of is None or country in of)
    }


def of_commitment(data: Data, meetings: Iterable[Data]) -> set[str]:
    """Who made a commitment or remark at its meeting."""
    actors = {actor["id"] for actor in data["actors"]}
    if actors:
        return who_came(meetings, actors)
    return who_came(meetings) if data["extent"] == Extent.ALL else set()


def made_by(minister: Minister) -> Q:
    """Commitments that `of_commitment` counts for this minister."""
    there = Delegate.objects.filter(
        minister=minister,
        is_absent=False,
        delegation__presence__in=CAME,
        delegation__meeting=OuterRef("meeting"),
    )
    actors = Commitment.actors.through._default_manager
    own = there.filter(
        delegation__country__in=Subquery(actors.filter(commitment=OuterRef(OuterRef("pk"))).values("country"))
    )
    is_joint = Q(extent=Extent.ALL) & ~Exists(actors.filter(commitment=OuterRef("pk")))
    return Q(Exists(own)) | is_joint & Exists(there)


def of_statement(data: Data, meetings: Iterable[Data]) -> set[str]:
    """Who issued a statement at its meetings: its issuers’ delegates, the chair, or all where it is of all."""
    issuers = {issuer["id"] for issuer in data["issuers"]}
    if issuers:
        return who_came(meetings, issuers)
    if data["authority"] == Authority.CHAIR:
        came = (delegate for _country, delegate in delegates(meetings))
        return {one["minister"] for one in came if one["minister"] and one["presiding"] in CHAIRS}
    return who_came(meetings) if data["authority"] == Authority.COLLECTIVE else set()
