"""JSON Schema (2020-12) of everything that pages answer as JSON; a test holds every record against it."""

from __future__ import annotations

from typing import Any

from archive.formats.chain_rows import CHAIN
from archive.formats.rows import LISTS, Column, RowForm
from dialogues.models import CountryKind, DialogueNote, Level, Membership, MinisterName, NameOrder
from dialogues.models.country import CountryName
from meetings.models import (
    AgendaItem,
    Authority,
    CommitmentLink,
    CommitmentVerb,
    Delegate,
    Delegation,
    Designation,
    Extent,
    Format,
    IssuerState,
    MeetingName,
    MeetingNote,
    Nature,
    OutcomeState,
    Paragraph,
    Rank,
    ScheduleChange,
    StatementKind,
    Status,
    Strength,
    Text,
)
from registry.models import Certainty, Confidence, SourceKind, State, WithdrawalReason

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
PID: Schema = {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{8}$"}
DATE: Schema = {
    "type": "string",
    "pattern": "^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$",
    "description": "EDTF level 0",
}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def one_of(choices: Any) -> Schema:
    return {"type": "string", "enum": list(choices.values)}


def thing(**properties: Schema) -> Schema:
    """An object with all of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


BASIS: dict[str, Schema] = {
    "certainty": one_of(Certainty),
    "confidence": maybe(one_of(Confidence)),
    "note": TEXT,
    "sources": many(TEXT),
}
PERIOD: dict[str, Schema] = {"start": maybe(DATE), "end": maybe(DATE)}
COUNTRY_WORDS = thing(id=PID, code=TEXT, name=TEXT)
TOPIC_WORDS = thing(id=PID, slug=TEXT, name=TEXT)
DIALOGUE_WORDS = thing(id=PID, code=TEXT, name=TEXT)
TRACK_WORDS: dict[str, Schema] = {"code": TEXT, "name": TEXT, "meeting_name": TEXT, "level": one_of(Level)}
STATEMENT_WORDS = thing(id=PID, title=TEXT, kind=one_of(StatementKind), date=maybe(DATE))
COMMITMENT_WORDS: dict[str, Schema] = {
    "id": PID,
    "title": TEXT,
    "verb": one_of(CommitmentVerb),
    "nature": one_of(Nature),
}
MEETING_WORDS = thing(id=PID, title=TEXT, dialogue=DIALOGUE_WORDS, **PERIOD, place=maybe(TEXT))
PARAGRAPH_REFERENCE = thing(text=TEXT, key=TEXT, start=maybe(WHOLE), end=maybe(WHOLE))
AMOUNT = thing(value=WHOLE, currency=TEXT, qualifier=TEXT, period=TEXT)
CITED = thing(
    key=TEXT,
    publisher=TEXT,
    title=TEXT,
    url=maybe(ADDRESS),
    kind=one_of(SourceKind),
    language=TEXT,
    published=maybe(DATE),
    note=TEXT,
)
CLAIM = thing(field=TEXT, value=TEXT, is_accepted=TRUTH, **BASIS)
EDITION = thing(
    number=WHOLE,
    sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
    published_at=MOMENT,
    by=TEXT,
    note=TEXT,
)


def record(name: str, /, **properties: Schema) -> Schema:
    """A record of this kind: what all of them have, then its own."""
    return thing(
        id=PID, type={"const": name}, title=TEXT, **properties, claims=many(CLAIM), edition=named("Edition")
    )


FACT: dict[str, Schema] = {**BASIS, "cited_sources": many(CITED)}
SAID: dict[str, Schema] = {
    "number": WHOLE,
    "summary": TEXT,
    "quote": TEXT,
    "verb_printed": TEXT,
    "strength": one_of(Strength),
    "extent": one_of(Extent),
    "actors": many(COUNTRY_WORDS),
    "agenda_basis": TEXT,
    "statement": maybe(STATEMENT_WORDS),
    "paragraph": maybe(PARAGRAPH_REFERENCE),
    "place_printed": TEXT,
    "source_sentence": maybe(WHOLE),
    "topics": many(TOPIC_WORDS),
    "deadline": maybe(DATE),
    "amount": maybe(AMOUNT),
}
LINK: dict[str, Schema] = {
    "relation": one_of(CommitmentLink.Relation),
    "target": {"anyOf": [thing(**COMMITMENT_WORDS), thing(id=PID, state=one_of(State))]},
    "asserted_by": one_of(CommitmentLink.AssertedBy),
}
OUTCOME = thing(**COMMITMENT_WORDS, **SAID, agenda_item=maybe(TEXT), links=many(thing(**LINK)), **BASIS)
DELEGATE = thing(
    minister=maybe(PID),
    name=TEXT,
    native_name=TEXT,
    title=TEXT,
    rank=one_of(Rank),
    role=one_of(Delegate.Role),
    presiding=maybe(one_of(Delegate.Presiding)),
    in_place_of=maybe(TEXT),
    is_absent=TRUTH,
    **BASIS,
)

RECORDS: dict[str, Schema] = {
    "Dialogue": record(
        "dialogue",
        code=TEXT,
        names=many(thing(language=TEXT, text=TEXT, **BASIS)),
        abbreviation=TEXT,
        founded=thing(date=maybe(DATE), place=TEXT, country=maybe(COUNTRY_WORDS), by=TEXT, note=TEXT),
        purpose=TEXT,
        coverage_end=TEXT,
        numbers_meetings=TRUTH,
        tracks=many(thing(**TRACK_WORDS, number=WHOLE, held_as_stated=maybe(WHOLE), note=TEXT)),
        members=many(thing(country=COUNTRY_WORDS, role=one_of(Membership.Role), **PERIOD, **BASIS)),
        notes=many(
            thing(
                kind=one_of(DialogueNote.Kind),
                number=WHOLE,
                date=maybe(DATE),
                text=TEXT,
                fixed_at=maybe(PID),
                **BASIS,
            )
        ),
        **FACT,
    ),
    "Country": record(
        "country",
        code=TEXT,
        kind=one_of(CountryKind),
        iso_alpha2=maybe(TEXT),
        iso_alpha3=maybe(TEXT),
        iso_numeric=maybe(TEXT),
        iso_note=TEXT,
        names=many(thing(language=TEXT, form=one_of(CountryName.Form), text=TEXT, **PERIOD, **BASIS)),
        capitals=many(thing(name=TEXT, **PERIOD, **BASIS)),
        members=many(COUNTRY_WORDS),
        member_of=many(COUNTRY_WORDS),
        **FACT,
    ),
    "Minister": record(
        "minister",
        slug=TEXT,
        sort_name=TEXT,
        western_name=TEXT,
        name_order=one_of(NameOrder),
        country=COUNTRY_WORDS,
        honorific=TEXT,
        gender=TEXT,
        gender_basis=TEXT,
        wikidata=maybe(TEXT),
        names=many(thing(kind=one_of(MinisterName.Kind), language=maybe(TEXT), text=TEXT, **BASIS)),
        tenures=many(thing(office=TEXT, country=maybe(COUNTRY_WORDS), is_acting=TRUTH, **PERIOD, **BASIS)),
        **FACT,
    ),
    "Topic": record("topic", slug=TEXT, name=TEXT, definition=TEXT, broader=maybe(TOPIC_WORDS)),
    "Meeting": record(
        "meeting",
        dialogue=DIALOGUE_WORDS,
        track=thing(**TRACK_WORDS),
        ordinal=maybe(WHOLE),
        ordinal_printed=TEXT,
        designation=one_of(Designation),
        names=many(thing(kind=one_of(MeetingName.Kind), language=TEXT, text=TEXT, **BASIS)),
        **PERIOD,
        time_zone=TEXT,
        time_printed=TEXT,
        duration_printed=TEXT,
        format=one_of(Format),
        status=one_of(Status),
        places=many(thing(venue=TEXT, city=TEXT, city_now=TEXT, country=maybe(COUNTRY_WORDS))),
        hosts=many(COUNTRY_WORDS),
        parent=maybe(PID),
        related=many(PID),
        held_alongside=TEXT,
        outcome_state=one_of(OutcomeState),
        schedule_changes=many(
            thing(
                number=WHOLE,
                kind=one_of(ScheduleChange.Kind),
                **PERIOD,
                place=TEXT,
                announced_on=maybe(DATE),
                reason=TEXT,
                **BASIS,
            )
        ),
        agenda_basis=TEXT,
        agenda=many(
            thing(
                key=TEXT,
                number=WHOLE,
                number_printed=TEXT,
                title=TEXT,
                names=many(thing(language=TEXT, text=TEXT)),
                basis=one_of(AgendaItem.Basis),
                summary=TEXT,
                topics=many(TOPIC_WORDS),
                **BASIS,
            )
        ),
        delegations=many(
            thing(
                country=COUNTRY_WORDS,
                capacity=one_of(Delegation.Capacity),
                presence=one_of(Delegation.Presence),
                agenda_items=many(TEXT),
                delegates=many(DELEGATE),
                **BASIS,
            )
        ),
        statements=many(STATEMENT_WORDS),
        outcomes=many(OUTCOME),
        notes=many(thing(kind=one_of(MeetingNote.Kind), number=WHOLE, text=TEXT, **BASIS)),
        **FACT,
    ),
    "Statement": record(
        "statement",
        dialogue=DIALOGUE_WORDS,
        kind=one_of(StatementKind),
        titles=many(thing(language=TEXT, text=TEXT)),
        date=maybe(DATE),
        act=TEXT,
        authority=one_of(Authority),
        issuers=many(COUNTRY_WORDS),
        issuer_state=one_of(IssuerState),
        issuer_state_note=TEXT,
        annex_of=maybe(PID),
        contents_printed=TEXT,
        meetings=many(MEETING_WORDS),
        locations=many(thing(language=TEXT, url=maybe(ADDRESS), note=TEXT)),
        signatures=many(thing(country=COUNTRY_WORDS, by=TEXT)),
        texts=many(
            thing(
                segment=TEXT,
                language=TEXT,
                kind=one_of(Text.Kind),
                read_in=maybe(TEXT),
                paragraphs=many(
                    thing(
                        key=TEXT,
                        number=WHOLE,
                        number_printed=TEXT,
                        kind=one_of(Paragraph.Kind),
                        text=TEXT,
                        topics=many(TOPIC_WORDS),
                    )
                ),
                **BASIS,
            )
        ),
        **FACT,
    ),
    "Commitment": record(
        "commitment",
        key=TEXT,
        nature=one_of(Nature),
        verb=one_of(CommitmentVerb),
        meeting=maybe(MEETING_WORDS),
        **SAID,
        agenda_item=maybe(thing(key=TEXT, number=WHOLE, title=TEXT)),
        links=many(thing(**LINK, **BASIS)),
        **FACT,
    ),
}
TOMBSTONE = thing(
    id=PID,
    type={"const": "tombstone"},
    kind=TEXT,
    title=TEXT,
    reason=one_of(WithdrawalReason),
    note=TEXT,
    by=TEXT,
    withdrawn_at=MOMENT,
    replaced_by=maybe(PID),
    cited_as=TEXT,
)
NEAR = thing(id=PID, title=TEXT, state=one_of(State), url=ADDRESS)
FAULT: Schema = {
    "type": "object",
    "description": "what is at fault: a parameter or a field",
    "properties": {
        "field": TEXT,
        "detail": TEXT,
        "without": {**TEXT, "description": "of a parameter: the same address without it"},
        "nearest": {**TEXT, "description": "of an unknown parameter: the known one that may be meant"},
    },
    "required": ["field", "detail"],
    "additionalProperties": False,
}
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": TEXT,
        "status": WHOLE,
        "title": TEXT,
        "detail": TEXT,
        "errors": many(FAULT),
        "nearest_records": {**many(NEAR), "description": "of a mistyped id: the records that may be meant"},
    },
    "required": ["type", "status", "title", "detail"],
}
LIST_TYPES: dict[str, Schema] = {
    "string": TEXT,
    "integer": WHOLE,
    "number": {"type": "number"},
    "date": DATE,
    "uri": ADDRESS,
    "date-time": MOMENT,
}


def column_schema(column: Column) -> Schema:
    schema = one_of(column.values) if column.values else LIST_TYPES[column.type]
    schema = maybe(schema) if column.is_optional else schema
    return {**schema, "description": str(column.meaning)}


def row_schema(form: RowForm) -> Schema:
    return thing(**{column.name: column_schema(column) for column in form.columns})


def row_name(form: RowForm) -> str:
    return f"{form.name.capitalize()}Row"


def page_schema(form: RowForm) -> Schema:
    """A page of a list; with `page=all` only `results` and `count`."""
    page = {"count": WHOLE, "page": WHOLE, "pages": WHOLE, "next": maybe(TEXT), "previous": maybe(TEXT)}
    return {
        "type": "object",
        "properties": {**page, "results": many(named(row_name(form)))},
        "required": ["count", "results"],
        "additionalProperties": False,
    }


def components() -> dict[str, Schema]:
    """Every schema by name, as the OpenAPI file and the schema of records refer to them."""
    rows = {row_name(form): row_schema(form) for form in (*LISTS, CHAIN)}
    return {**RECORDS, **rows, "Edition": EDITION, "Tombstone": TOMBSTONE, "Problem": PROBLEM}
