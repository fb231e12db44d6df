"""A record as one row of a list: the same flat mapping for page, JSON and CSV.

Rows are read from records loaded with their counts, by `for_list()` or meetings.overview; keys are the CSV
header.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from registry.models import Record


def head(record: Record, title: str) -> dict[str, Any]:
    return {"id": record.pk, "title": title, "url": f"{settings.SITE_URL}{record.get_absolute_url()}"}


def meeting_row(meeting: Any) -> dict[str, Any]:
    dialogue = meeting.track.dialogue
    return {
        **head(meeting, meeting.title()),
        "dialogue": dialogue.name,
        "dialogue_code": dialogue.code,
        "series": meeting.track.code,
        "ordinal": meeting.ordinal,
        "start": meeting.start,
        "end": meeting.end,
        "places": "; ".join(
            ", ".join(filter(None, [place.city, place.country.name if place.country else ""]))
            for place in meeting.places.all()
        ),
        "format": meeting.format,
        "status": meeting.status,
        "certainty": meeting.certainty,
        "support": meeting.support,
        "outcomes": meeting.outcome_count,
        "statements": meeting.statement_count,
    }


def commitment_row(commitment: Any) -> dict[str, Any]:
    meeting = commitment.meeting
    return {
        **head(commitment, commitment.title()),
        "summary": commitment.summary,
        "nature": commitment.nature,
        "verb": commitment.verb,
        "strength": commitment.strength,
        "actors": "; ".join(actor.name for actor in commitment.actors.all()),
        "topics": "; ".join(topic.name for topic in commitment.topics.all()),
        "meeting": meeting.title() if meeting else "",
        "meeting_url": f"{settings.SITE_URL}{meeting.get_absolute_url()}" if meeting else "",
        "dialogue": meeting.track.dialogue.name if meeting else "",
        "date": meeting.start if meeting else None,
        "deadline": commitment.deadline,
        "certainty": commitment.certainty,
        "support": commitment.support,
    }


def statement_row(statement: Any) -> dict[str, Any]:
    return {
        **head(statement, statement.title_printed),
        "kind": statement.kind,
        "date": statement.date,
        "dialogue": statement.dialogue.name,
        "act": statement.act,
        "issuer_state": statement.issuer_state,
        "certainty": statement.certainty,
        "support": statement.support,
    }


def minister_row(minister: Any) -> dict[str, Any]:
    return {
        **head(minister, minister.sort_name),
        "western_name": minister.western_name,
        "country": minister.country.name,
        "country_code": minister.country.code,
        "meetings": minister.meeting_count,
    }


def country_row(country: Any) -> dict[str, Any]:
    return {
        **head(country, country.name),
        "code": country.code,
        "kind": country.kind,
        "iso_alpha3": country.iso_alpha3,
        "dialogues": country.dialogue_count,
        "meetings": country.meeting_count,
    }


def topic_row(topic: Any) -> dict[str, Any]:
    return {
        **head(topic, topic.name),
        "slug": topic.slug,
        "broader": topic.broader.name if topic.broader else "",
        "commitments": topic.commitment_count,
    }


def dialogue_row(dialogue: Any) -> dict[str, Any]:
    return {
        **head(dialogue, dialogue.name),
        "code": dialogue.code,
        "founded": dialogue.founded,
        "meetings": dialogue.meeting_count,
        "first_year": dialogue.first_start[:4] if dialogue.first_start else None,
        "last_year": dialogue.last_start[:4] if dialogue.last_start else None,
    }
