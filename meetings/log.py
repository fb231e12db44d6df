"""The log of changes seen by what the changed records are about: for feeds, harvesters and their sets.

Which records belong together is asked of the records as they stand, withdrawn ones included, so that who follows
a dialogue is told of what it lost.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from dialogues.models import Dialogue, Minister
from meetings.models import Commitment, Meeting, Statement
from registry.models import Change, NameKey

DIALOGUE_CODES = (
    "pid__dialogue__code",
    "pid__meeting__track__dialogue__code",
    "pid__statement__dialogue__code",
    "pid__commitment__meeting__track__dialogue__code",
    "pid__commitment__statement__dialogue__code",
)
"""Where the code of a record's dialogue is found, whatever the record's kind."""


def with_dialogue_codes(changes: QuerySet[Any]) -> QuerySet[Any]:
    """With the code of the dialogue the record stands under as `dialogue_code`, null for standing things."""
    return changes.annotate(dialogue_code=Coalesce(*(F(path) for path in DIALOGUE_CODES)))


def in_dialogue(changes: QuerySet[Any], code: str) -> QuerySet[Any]:
    return with_dialogue_codes(changes).filter(dialogue_code=code)


def dialogue_codes() -> list[tuple[str, str]]:
    """(code, name) of every dialogue that is or was public, by code; one query."""
    return list(Dialogue.objects.ever_public().order_by(NameKey("code")).values_list("code", "name"))


def about(kind: str, pid: str) -> QuerySet[Any]:
    """Changes of what a record's page shows: of a dialogue all beneath it, of a country, minister or topic what
    it took part in, of others the record alone."""
    if kind == "dialogue":
        return in_dialogue(Change.objects.all(), Dialogue.objects.values_list("code", flat=True).get(pk=pid))
    return Change.objects.filter(SCOPES[kind](pid) if kind in SCOPES else Q(pid=pid))


def _among(records: QuerySet[Any]) -> Q:
    return Q(pid__in=records.order_by().values("pk"))


def _of_country(pid: str) -> Q:
    meetings, statements = Meeting.objects.all(), Statement.objects.all()
    return (
        Q(pid=pid)
        | _among(Minister.objects.filter(country=pid))
        | _among(meetings.filter(delegations__country=pid))
        | _among(meetings.filter(hosts=pid))
        | _among(statements.filter(issuers=pid))
        | _among(Commitment.objects.filter(actors=pid))
    )


def _of_minister(pid: str) -> Q:
    return Q(pid=pid) | _among(Meeting.objects.filter(delegations__delegates__minister=pid))


def _of_topic(pid: str) -> Q:
    return (
        Q(pid=pid)
        | _among(Meeting.objects.filter(agenda_items__topics=pid))
        | _among(Statement.objects.filter(texts__paragraphs__topics=pid))
        | _among(Commitment.objects.filter(topics=pid))
    )


SCOPES = {"country": _of_country, "minister": _of_minister, "topic": _of_topic}
