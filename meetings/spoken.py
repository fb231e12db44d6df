"""Queries of what was said on topics, in which dialogues and at which meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from dialogues.models import Country, Dialogue, Topic
from meetings.models import Commitment, Meeting, Statement, StatementMeeting, Status
from meetings.models.commitment import CommitmentQuerySet
from registry.models import NameKey, State

PUBLIC_PLACE = Q(meeting__pid__state=State.PUBLIC) | Q(meeting=None, statement__pid__state=State.PUBLIC)

PLACES = ("meeting__pid", "meeting__track__dialogue", "statement__pid")


def said_in_public() -> CommitmentQuerySet:
    """Public commitments and remarks of public meetings and statements; background is left out."""
    said: CommitmentQuerySet = Commitment.objects.public().filter(PUBLIC_PLACE).exclude(nature="background")
    return said


def outcomes_on(topics: Iterable[Topic]) -> CommitmentQuerySet:
    """Public commitments and remarks on any of these topics, oldest first."""
    return said_in_public().filter(Exists(about(topics))).select_related(*PLACES).oldest_first()


def outcomes_of(pks: frozenset[str]) -> CommitmentQuerySet:
    """Of the public commitments and remarks these, oldest first."""
    return said_in_public().filter(pid__value__among=pks).select_related(*PLACES).oldest_first()


def ever_on(topics: Iterable[Topic], dialogues: Collection[Any]) -> QuerySet[Any]:
    """Commitments and remarks on any of these topics that are or were public, of these dialogues."""
    return in_dialogues(Commitment.objects.ever_public().filter(Exists(about(topics))), dialogues)


def about(topics: Iterable[Topic]) -> QuerySet[Any]:
    links: Any = Commitment.topics.through
    rows: QuerySet[Any] = links.objects.filter(
        commitment=OuterRef("pk"), topic__in=[topic.pk for topic in topics]
    )
    return rows


def in_dialogues(said: QuerySet[Any], dialogues: Collection[Any]) -> QuerySet[Any]:
    """Of these, what was said at meetings of the dialogues, or in their statements of no meeting."""
    return said.filter(
        Q(meeting__track__dialogue__in=dialogues) | Q(meeting=None, statement__dialogue__in=dialogues)
    )


def sittings_of(dialogue: Any, also: Collection[str]) -> QuerySet[Any]:
    """Dated public meetings that were held, and `also` those of these ids, series by series in order of time.

    `is_known` tells whether an outcome or a text of a statement is held of each.
    """
    outcomes = Commitment.objects.public().filter(meeting=OuterRef("pk")).exclude(nature="background")
    texts = StatementMeeting.objects.filter(
        meeting=OuterRef("pk"), statement__pid__state=State.PUBLIC, statement__texts__isnull=False
    )
    held = Q(status=Status.HELD, start__isnull=False) | Q(pk__in=also)
    meetings = Meeting.objects.public().of_dialogue(dialogue).filter(held).select_related("track__dialogue")
    return meetings.annotate(is_known=Exists(outcomes) | Exists(texts)).by_track()


def dialogues_of(countries: Collection[str]) -> QuerySet[Any]:
    """Public dialogues to which every one of these countries belongs or belonged, by code."""
    return Dialogue.objects.public().joined_by(countries).order_by(NameKey("name"), "pk")


def dialogue_of(commitment: Any) -> str:
    """The pid of the dialogue in which a commitment of `outcomes_on` was made; no query."""
    place = commitment.meeting.track if commitment.meeting else commitment.statement
    return str(place.dialogue_id)


def dialogue_with(code: str) -> Any:
    """The public dialogue with this code, or None; one query."""
    return Dialogue.objects.public().filter(code=code).first()


def members() -> list[Any]:
    """Every public country that belongs or belonged to a public dialogue, with its memberships; two queries."""
    found = Country.objects.public().filter(memberships__dialogue__pid__state=State.PUBLIC).distinct()
    return list(found.order_by(NameKey("name"), "pk").prefetch_related("memberships"))


def verb_counts() -> tuple[dict[str, int], dict[str, int]]:
    """How many public commitments, remarks and background have each kind of verb, and each strength; two queries."""
    said = Commitment.objects.public().order_by()
    by_verb, by_strength = (
        dict(said.values_list(field).annotate(count=Count("pk"))) for field in ("verb", "strength")
    )
    return by_verb, by_strength


def statement_before(statement: str) -> Any:
    """The last statement of the same kind and series, with a text, issued before this one; or None. One query."""
    own = StatementMeeting.objects.filter(statement=statement)
    earlier = Statement.objects.public().filter(
        texts__isnull=False,
        kind=Subquery(Statement.objects.filter(pk=statement).values("kind")),
        meeting_links__meeting__track__in=own.values("meeting__track"),
        date__lt=Subquery(Statement.objects.filter(pk=statement).values("date")),
    )
    return earlier.exclude(pk=statement).order_by("-date", "pk").first()
