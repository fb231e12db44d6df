"""Small records for tests; each maker names only what matters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from dialogues.models import Country, Dialogue, Minister, Track
from meetings.models import (
    Commitment,
    CommitmentLink,
    Delegate,
    Delegation,
    Meeting,
    Paragraph,
    Statement,
    StatementMeeting,
    Text,
)
from registry import verbs
from registry.kit.pids import mint
from registry.kit.text import slugify


def country(code: str = "xa", name: str = "Examplia", **facts: Any) -> Country:
    return Country.objects.draft(code=code, name=name, **facts)


def minister(name: str = "DOE Jane", *, of: Country, **facts: Any) -> Minister:
    slug = slugify(name)
    return Minister.objects.draft(slug=slug, sort_name=name, western_name=name, country=of, **facts)


def dialogue(code: str = "xx-dialogue", name: str = "Example Dialogue") -> Dialogue:
    made = Dialogue.objects.draft(code=code, name=name)
    Track.objects.create(
        dialogue=made,
        code="fm",
        name="Foreign Ministers’ Meetings",
        meeting_name="Foreign Ministers’ Meeting",
        level="ministers",
    )
    return made


def meeting(of: Dialogue, ordinal: int | None = 1, start: str | None = "2021-03-04", **facts: Any) -> Meeting:
    return Meeting.objects.draft(track=of.tracks.get(code="fm"), ordinal=ordinal, start=start, **facts)


def statement(
    at: Meeting, *paragraphs: str, title: str = "Joint Statement", language: str = "en"
) -> Statement:
    made = Statement.objects.draft(
        dialogue=at.track.dialogue, kind="joint_statement", title_printed=title, date=at.start
    )
    StatementMeeting.objects.create(statement=made, meeting=at)
    text = Text.objects.create(statement=made, language=language, kind="authentic")
    for number, words in enumerate(paragraphs, 1):
        Paragraph.objects.create(text=text, number=number, key=f"p{number}", words=words)
    return made


def commitment(at: Meeting, summary: str = "To meet every year.", **facts: Any) -> Commitment:
    """Its key is its id, as editors' are: a number of the meeting's would be given twice after a merge."""
    number = 1 + max(at.outcomes.values_list("number", flat=True), default=0)
    pid = mint()
    made = Commitment.objects.draft(
        pid=pid,
        key=pid,
        meeting=at,
        number=number,
        summary=summary,
        verb="agreed",
        strength="agrees",
        **facts,
    )
    return made


def takes_up(
    later: Commitment, earlier: Commitment, relation: str = "repeats", **facts: Any
) -> CommitmentLink:
    """That the later takes up the earlier; public once the later is published."""
    return CommitmentLink.objects.create(commitment=later, target=earlier, relation=relation, **facts)


def attend(
    at: Meeting, country_: Country, who: Minister | None = None, name: str = "", **facts: Any
) -> Delegate:
    delegation = Delegation.objects.create(meeting=at, country=country_, presence="attended")
    return Delegate.objects.create(delegation=delegation, minister=who, name_printed=name, **facts)


def published(*records: Any) -> Any:
    """The records made public together; the first is returned."""
    verbs.publish_all(list(records), by=None)
    return records[0]


@contextmanager
def done_at(moment: datetime) -> Iterator[None]:
    """What verbs do inside happens at this moment."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def corrected(record: Any, note: str = "Put right.", **facts: Any) -> Any:
    """The record with these facts, published again."""
    for name, value in facts.items():
        setattr(record, name, value)
    record.save()
    verbs.publish(record, by=None, note=note)
    return record
