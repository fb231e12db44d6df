"""Counts that pictures are drawn from; each a fixed number of queries however much there is."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Substr

from dialogues.models import Dialogue, Membership, Track
from meetings.models import (
    AgendaItem,
    Commitment,
    CommitmentLink,
    Delegation,
    Format,
    Meeting,
    MeetingPlace,
    Status,
)
from registry.kit import sorting
from registry.models import NameKey, State
from registry.models.record import count_of

FAR = (Format.ONLINE, Format.TELEPHONE)
"""Forms of meeting that need no place."""


def with_agenda_count(meetings: QuerySet[Any]) -> QuerySet[Any]:
    return meetings.annotate(agenda_count=count_of(AgendaItem.objects.all(), "meeting"))


def outcomes(dialogue: str | None = None) -> QuerySet[Any]:
    """Public outcomes about any topic, of one dialogue where its pid is given."""
    return on_topics(Commitment.objects.public(), dialogue)


def on_topics(outcomes: QuerySet[Any], dialogue: str | None = None) -> QuerySet[Any]:
    found = outcomes.filter(topics__pid__state=State.PUBLIC)
    return found.filter(meeting__track__dialogue=dialogue) if dialogue else found


def outcomes_by_topic(dialogue: str | None = None) -> dict[tuple[str, int], int]:
    """How many public outcomes are about a topic (its pid) in a year; one query."""
    dated = outcomes(dialogue).filter(meeting__start__isnull=False).order_by()
    counted = (
        dated.annotate(year=Substr("meeting__start", 1, 4))
        .values("topics", "year")
        .annotate(count=Count("pk", distinct=True))
    )
    return {(row["topics"], int(row["year"])): row["count"] for row in counted}


def undated_outcomes(dialogue: str | None = None) -> int:
    """Public outcomes about a topic that no dated meeting made; one query."""
    found = outcomes(dialogue).filter(Q(meeting__isnull=True) | Q(meeting__start__isnull=True))
    return found.order_by().values("pk").distinct().count()


def held(dialogue: str | None = None) -> QuerySet[Any]:
    """Public meetings that were held, of one dialogue where its pid is given."""
    found = Meeting.objects.public().filter(status=Status.HELD)
    return found.of_dialogue(dialogue) if dialogue else found


def held_in_cities(dialogue: str | None = None) -> list[dict[str, Any]]:
    """(country code and name, city as named then and now) with `count` of meetings held there; one query."""
    places = MeetingPlace.objects.filter(meeting__in=held(dialogue).order_by().values("pk"))
    names = {"code": F("country__code"), "name": F("country__name")}
    counted: QuerySet[Any] = places.order_by().values("city", "city_now", **names)
    return sorted(counted.annotate(count=Count("meeting", distinct=True)), key=by_place)


def held_in_countries(dialogue: str | None = None) -> dict[str, int]:
    """Meetings held in each country, by its code; one query."""
    places = MeetingPlace.objects.filter(
        meeting__in=held(dialogue).order_by().values("pk"), country__isnull=False
    )
    counted = places.order_by().values("country__code").annotate(count=Count("meeting", distinct=True))
    return {row["country__code"]: row["count"] for row in counted}


def held_anywhere(dialogue: str | None = None) -> dict[str, int]:
    """All meetings held; those with a place, with several, far from any, and of unknown place; one query."""
    counted = held(dialogue).order_by().annotate(place_count=count_of(MeetingPlace.objects.all(), "meeting"))
    nowhere = Q(place_count=0)
    return dict(
        counted.aggregate(
            held=Count("pk"),
            placed=Count("pk", filter=Q(place_count__gt=0)),
            several=Count("pk", filter=Q(place_count__gt=1)),
            online=Count("pk", filter=nowhere & Q(format__in=FAR)),
            unknown=Count("pk", filter=nowhere & ~Q(format__in=FAR)),
        )
    )


def cities() -> list[dict[str, Any]]:
    """Each country and city in which a public meeting was held or was to be held, once, by their names; one query."""
    places = MeetingPlace.objects.filter(meeting__pid__state=State.PUBLIC, country__isnull=False)
    names = {"code": F("country__code"), "name": F("country__name")}
    found: QuerySet[Any] = places.order_by().values("city", "city_now", **names).distinct()
    return sorted(found, key=by_place)


def by_place(row: dict[str, Any]) -> list[str]:
    return [sorting.key(row[name] or "") for name in ("name", "city", "city_now")]


def memberships() -> list[dict[str, Any]]:
    """Which public country belongs, or once belonged, to which public dialogue, each pair once; one query."""
    public = Membership.objects.filter(
        dialogue__pid__state=State.PUBLIC, country__pid__state=State.PUBLIC
    ).order_by()
    names = {"code": F("country__code"), "name": F("country__name"), "path": F("country__pid__path")}
    return list(public.values("dialogue", **names).distinct())


def are_members(*codes: str) -> bool:
    """Whether each of these countries is public and belongs, or once belonged, to a public dialogue; one query."""
    public = Membership.objects.filter(dialogue__pid__state=State.PUBLIC, country__pid__state=State.PUBLIC)
    return public.filter(country__code__in=codes).aggregate(n=Count("country", distinct=True))["n"] == len(
        set(codes)
    )


def shared_dialogues(codes: list[str]) -> QuerySet[Any]:
    """Public dialogues to which every one of these countries belongs, with their memberships, ended ones too."""
    found = Dialogue.objects.public().joined_by(codes)
    asked = Membership.objects.filter(country__code__in=codes).select_related("country")
    ordered = asked.order_by(NameKey("country__name"), "country__pk", F("start").asc(nulls_first=True), "pk")
    return found.prefetch_related(Prefetch("memberships", ordered)).order_by(NameKey("name"), "pk")


def series() -> QuerySet[Any]:
    """Tracks of public dialogues with the count of their public meetings, those without any left out."""
    counted = Track.objects.filter(dialogue__pid__state=State.PUBLIC).annotate(
        meeting_count=count_of(Meeting.objects.public(), "track")
    )
    return (
        counted.filter(meeting_count__gt=0)
        .select_related("dialogue__pid")
        .order_by(NameKey("dialogue__name"), "dialogue__pk", "number", NameKey("code"))
    )


def best_attended() -> str | None:
    """The path of the dialogue of which most delegations are recorded; one query."""
    public = {"meeting__pid__state": State.PUBLIC, "meeting__track__dialogue__pid__state": State.PUBLIC}
    counted = Delegation.objects.filter(**public).order_by().values("meeting__track__dialogue__pid__path")
    most = (
        counted.annotate(count=Count("pk"))
        .order_by("-count", NameKey("meeting__track__dialogue__pid__path"))
        .first()
    )
    return most["meeting__track__dialogue__pid__path"] if most else None


def most_taken_up() -> Commitment | None:
    """The public commitment most often taken up by others; one query."""
    public = CommitmentLink.objects.filter(
        target__pid__state=State.PUBLIC, commitment__pid__state=State.PUBLIC
    )
    most = public.order_by().values("target").annotate(count=Count("pk")).order_by("-count", "target")
    found: Commitment | None = Commitment.objects.public().filter(pk__in=most.values("target")[:1]).first()
    return found
