"""The exchange format as a table: which rows stand under a record, and what tells them apart.

Everything else (names, types, references, allowed values) is read from the models.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models

from archive.models import LexiconVerb, VerbFamily, VerbForms
from dialogues.models import (
    Capital,
    Country,
    CountryName,
    Dialogue,
    DialogueName,
    DialogueNote,
    Membership,
    Minister,
    MinisterName,
    Tenure,
    Topic,
    Track,
)
from meetings.models import (
    AgendaItem,
    AgendaItemName,
    Commitment,
    CommitmentLink,
    Delegate,
    Delegation,
    Meeting,
    MeetingName,
    MeetingNote,
    MeetingPlace,
    Paragraph,
    ScheduleChange,
    Signature,
    Statement,
    StatementLocation,
    StatementTitle,
    Text,
)
from registry.models import Claim


@dataclass(frozen=True)
class Shape:
    """Rows of a model; `parent` is their foreign key upwards, `identity` the fields that tell them apart."""

    model: type[models.Model]
    parent: str = ""
    identity: tuple[str, ...] = ()
    children: dict[str, Shape] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    """Fields that refer to records of the same kind, set when all of them are there."""


CLAIMS = Shape(Claim, "about", ("field", "value"))

COUNTRY = Shape(
    Country,
    children={
        "names": Shape(CountryName, "country", ("language", "form", "text")),
        "capitals": Shape(Capital, "country", ("name", "start")),
    },
    later=("members",),
)
TOPIC = Shape(Topic, later=("broader",))
MINISTER = Shape(
    Minister,
    children={
        "names": Shape(MinisterName, "minister", ("language", "text")),
        "tenures": Shape(Tenure, "minister", ("office", "start")),
    },
)
DIALOGUE = Shape(
    Dialogue,
    children={
        "names": Shape(DialogueName, "dialogue", ("language", "text")),
        "tracks": Shape(Track, "dialogue", ("code",)),
        "memberships": Shape(Membership, "dialogue", ("country", "role", "start")),
        "notes": Shape(DialogueNote, "dialogue", ("kind", "number")),
    },
    later=("notes",),
)
MEETING = Shape(
    Meeting,
    children={
        "names": Shape(MeetingName, "meeting", ("kind", "language")),
        "places": Shape(MeetingPlace, "meeting", ("number",)),
        "notes": Shape(MeetingNote, "meeting", ("kind", "number")),
        "schedule_changes": Shape(ScheduleChange, "meeting", ("number",)),
        "agenda_items": Shape(
            AgendaItem,
            "meeting",
            ("number",),
            children={"names": Shape(AgendaItemName, "item", ("language",))},
        ),
        "delegations": Shape(
            Delegation,
            "meeting",
            ("country",),
            children={"delegates": Shape(Delegate, "delegation", ("number",))},
        ),
    },
    later=("parent", "related"),
)
STATEMENT = Shape(
    Statement,
    children={
        "titles": Shape(StatementTitle, "statement", ("language",)),
        "locations": Shape(StatementLocation, "statement", ("language", "url")),
        "signatures": Shape(Signature, "statement", ("country",)),
        "texts": Shape(
            Text,
            "statement",
            ("language", "kind"),
            children={"paragraphs": Shape(Paragraph, "text", ("key",))},
        ),
    },
    later=("annex_of",),
)
LEXICON = Shape(
    VerbFamily,
    identity=("key",),
    children={
        "verbs": Shape(
            LexiconVerb, "family", ("key",), children={"forms": Shape(VerbForms, "verb", ("language",))}
        )
    },
)
OUTCOME = Shape(
    Commitment,
    children={"links_out": Shape(CommitmentLink, "commitment", ("target", "relation"))},
    later=("links_out",),
)
