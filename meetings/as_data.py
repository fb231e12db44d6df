"""The public description of dated things: what an edition freezes.

Each function takes a record loaded by `objects.for_data()` and makes no query. Other records are named by
`id` and by the words printed now; drafts are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registry.models.record import sources_data

if TYPE_CHECKING:
    from meetings.models import Commitment, Meeting, Statement

TITLE_LENGTH = 90


def shortened(text: str, length: int = TITLE_LENGTH) -> str:
    """The first words of a text, at most `length` characters, with an ellipsis where it goes on."""
    if len(text) <= length:
        return text.rstrip(".")
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def meeting_data(meeting: Meeting) -> dict[str, Any]:
    statements = [link.statement for link in meeting.statement_links.all() if link.statement.pid.is_public]
    outcomes = sorted(
        (outcome for outcome in meeting.outcomes.all() if outcome.pid.is_public),
        key=lambda outcome: (outcome.nature != "commitment", outcome.nature != "remark", outcome.number),
    )
    delegations = list(meeting.delegations.all())
    return {
        "id": meeting.pk,
        "type": "meeting",
        "title": meeting.title(),
        "dialogue": meeting.track.dialogue.words(),
        "track": meeting.track.words(),
        "ordinal": meeting.ordinal,
        "ordinal_printed": meeting.ordinal_printed,
        "designation": meeting.designation,
        "names": [name.as_data() for name in meeting.names.all()],
        "start": meeting.start,
        "end": meeting.end,
        "time_zone": meeting.time_zone,
        "time_printed": meeting.time_printed,
        "duration_printed": meeting.duration_printed,
        "format": meeting.format,
        "status": meeting.status,
        "places": [place.as_data() for place in meeting.places.all()],
        "hosts": [host.words() for host in meeting.hosts.all()],
        "parent": meeting.parent_id,
        "related": sorted(related.pk for related in meeting.related.all()),
        "held_alongside": meeting.held_alongside,
        "outcome_state": meeting.outcome_state,
        "schedule_changes": [change.as_data() for change in meeting.schedule_changes.all()],
        "agenda_basis": meeting.agenda_basis,
        "agenda": [item.as_data() for item in meeting.agenda_items.all()],
        "delegations": [delegation.as_data() for delegation in delegations],
        "statements": [statement.words() for statement in statements],
        "outcomes": [outcome_data(outcome) for outcome in outcomes],
        "notes": [note.as_data() for note in meeting.notes.all()],
        **meeting.basis(),
        "claims": meeting.claims_data(),
        "cited_sources": sources_data(
            [meeting],
            meeting.names.all(),
            meeting.notes.all(),
            meeting.schedule_changes.all(),
            meeting.agenda_items.all(),
            delegations,
            *(delegation.delegates.all() for delegation in delegations),
            outcomes,
            meeting.pid.claims.all(),
        ),
    }


def outcome_data(outcome: Commitment) -> dict[str, Any]:
    """A commitment or remark as its meeting prints it."""
    return {
        **outcome.words(),
        "number": outcome.number,
        "summary": outcome.summary,
        "quote": outcome.quote,
        "verb_printed": outcome.verb_printed,
        "strength": outcome.strength,
        "extent": outcome.extent,
        "actors": [actor.words() for actor in outcome.actors.all()],
        "agenda_item": outcome.agenda_item.key if outcome.agenda_item else None,
        "agenda_basis": outcome.agenda_basis,
        "statement": outcome.statement.words() if outcome.statement else None,
        "paragraph": paragraph_reference(outcome),
        "place_printed": outcome.place_printed,
        "source_sentence": outcome.source_sentence,
        "topics": [topic.words() for topic in outcome.topics.all()],
        "deadline": outcome.deadline,
        "amount": amount_data(outcome),
        "links": [
            {"relation": link.relation, "target": link.target_words(), "asserted_by": link.asserted_by}
            for link in outcome.links_out.all()
            if link.target.pid.was_published
        ],
        **outcome.basis(),
    }


def paragraph_reference(commitment: Commitment) -> dict[str, Any] | None:
    """Text segment, paragraph key and characters of the words, which address it beneath the statement."""
    paragraph = commitment.paragraph
    if paragraph is None:
        return None
    return {
        "text": paragraph.text.segment,
        "key": paragraph.key,
        "start": commitment.span_start,
        "end": commitment.span_end,
    }


def amount_data(commitment: Commitment) -> dict[str, Any] | None:
    if commitment.amount is None:
        return None
    return {
        "value": commitment.amount,
        "currency": commitment.currency,
        "qualifier": commitment.amount_qualifier,
        "period": commitment.amount_period,
    }


def commitment_data(commitment: Commitment) -> dict[str, Any]:
    links = [link for link in commitment.links_out.all() if link.target.pid.was_published]
    item = commitment.agenda_item
    return {
        "id": commitment.pk,
        "type": "commitment",
        "title": commitment.title(),
        "key": commitment.key,
        "nature": commitment.nature,
        "number": commitment.number,
        "meeting": commitment.meeting.words() if commitment.meeting else None,
        "statement": commitment.statement.words() if commitment.statement else None,
        "paragraph": paragraph_reference(commitment),
        "place_printed": commitment.place_printed,
        "source_sentence": commitment.source_sentence,
        "summary": commitment.summary,
        "quote": commitment.quote,
        "verb": commitment.verb,
        "verb_printed": commitment.verb_printed,
        "strength": commitment.strength,
        "extent": commitment.extent,
        "actors": [actor.words() for actor in commitment.actors.all()],
        "agenda_item": {"key": item.key, "number": item.number, "title": item.title} if item else None,
        "agenda_basis": commitment.agenda_basis,
        "topics": [topic.words() for topic in commitment.topics.all()],
        "deadline": commitment.deadline,
        "amount": amount_data(commitment),
        "links": [link.as_data() for link in links],
        **commitment.basis(),
        "claims": commitment.claims_data(),
        "cited_sources": sources_data([commitment], links, commitment.pid.claims.all()),
    }


def statement_data(statement: Statement) -> dict[str, Any]:
    meetings = [link.meeting for link in statement.meeting_links.all() if link.meeting.pid.is_public]
    texts = list(statement.texts.all())
    return {
        "id": statement.pk,
        "type": "statement",
        "title": statement.title_printed,
        "dialogue": statement.dialogue.words(),
        "kind": statement.kind,
        "titles": [title.as_data() for title in statement.titles.all()],
        "date": statement.date,
        "act": statement.act,
        "authority": statement.authority,
        "issuers": [issuer.words() for issuer in statement.issuers.all()],
        "issuer_state": statement.issuer_state,
        "issuer_state_note": statement.issuer_state_note,
        "annex_of": statement.annex_of_id,
        "contents_printed": statement.contents_printed,
        "meetings": [meeting.words() for meeting in meetings],
        "locations": [location.as_data() for location in statement.locations.all()],
        "signatures": [signature.as_data() for signature in statement.signatures.all()],
        "texts": [text.as_data() for text in texts],
        **statement.basis(),
        "claims": statement.claims_data(),
        "cited_sources": sources_data([statement], texts, statement.pid.claims.all()),
    }
