"""Language through time: topics from meeting to meeting, the lexicon of verbs, phrases, described."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive.api.parts import (
    in_path,
    list_format,
    moved_and_gone,
    operation,
    page_parameter,
    streamed,
    with_503,
)
from archive.api.schemas import (
    ADDRESS,
    DATE,
    DIALOGUE_WORDS,
    MOMENT,
    PID,
    TEXT,
    TOPIC_WORDS,
    TRUTH,
    WHOLE,
    Schema,
    many,
    maybe,
    one_of,
    row_schema,
    thing,
)
from archive.formats.language import ACROSS, STEPS, USES, VERBS
from meetings import spoken
from meetings.language import GAPS, MARKS
from meetings.models import CommitmentVerb, Strength

EDITION = thing(sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, published_at=MOMENT)
SUBJECT: dict[str, Schema] = {
    "topic": thing(id=PID, name=TEXT),
    "topics": many(TOPIC_WORDS),
    "lexicon": maybe(EDITION),
    "is_cut": TRUTH,
    "count": WHOLE,
}
IN_ONE = thing(
    **SUBJECT,
    dialogue=DIALOGUE_WORDS,
    outcomes=WHOLE,
    counts=thing(**dict.fromkeys((*MARKS, *GAPS), WHOLE)),
    results=many(row_schema(STEPS)),
)
EVERYWHERE = thing(
    **SUBJECT,
    countries=many(TEXT),
    strongest=many(
        thing(
            dialogue=TEXT,
            year=WHOLE,
            count=WHOLE,
            id=PID,
            verb=one_of(CommitmentVerb),
            strength=one_of(Strength),
        )
    ),
    results=many(row_schema(ACROSS)),
)
LEXICON = thing(
    edition=maybe(EDITION),
    scale=many(thing(strength=one_of(Strength), outcomes=WHOLE)),
    count=WHOLE,
    results=many(row_schema(VERBS)),
)
PLACE = thing(date=maybe(DATE), title=TEXT, url=ADDRESS)
COUNTED = thing(id=PID, code=TEXT, name=TEXT, count=WHOLE)
LIVES = thing(
    phrases=many(
        thing(
            phrase=TEXT,
            uses=WHOLE,
            texts=WHOLE,
            is_cut=TRUTH,
            first=maybe(PLACE),
            last=maybe(PLACE),
            undated=WHOLE,
            years=many(thing(year=WHOLE, count=WHOLE, url=TEXT)),
            dialogues=many(COUNTED),
            countries=many(COUNTED),
            shorter=many(thing(phrase=TEXT, uses=WHOLE)),
        )
    ),
    year=maybe(WHOLE),
    count=WHOLE,
    page=WHOLE,
    pages=WHOLE,
    next=maybe(TEXT),
    previous=maybe(TEXT),
    results=many(row_schema(USES)),
)
HOW_TO_ASK: Schema = thing(q=TEXT, url=ADDRESS, count={"const": 0}, results={"type": "array", "maxItems": 0})
PHRASE: Schema = {
    "type": "string",
    "maxLength": 200,
    "pattern": "^([^\\u0000]*[A-Za-z0-9][^\\u0000]*)?$",
    "description": "exact words; of any script",
}
YEAR: Schema = {"anyOf": [{"type": "integer", "minimum": 1900, "maximum": 2199}, {"const": ""}]}


def language_paths() -> dict[str, Any]:
    """What is offered of dialogues and countries is read from the archive."""
    slug = in_path("slug", {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, "energy")
    dialogues = {"type": "string", "enum": ["", *(one.code for one in spoken.dialogues_of([]))]}
    countries = {"type": "array", "items": {"type": "string", "enum": [one.code for one in spoken.members()]}}
    topic = operation(
        _("What was said on a topic, from meeting to meeting or across dialogues"),
        {"anyOf": [IN_ONE, EVERYWHERE]},
        [
            slug,
            {"name": "dialogue", "in": "query", "allowEmptyValue": True, "schema": dialogues},
            {"name": "country", "in": "query", "explode": True, "schema": countries},
            list_format(STEPS),
        ],
    )
    topic["responses"] |= moved_and_gone()
    phrases = {"type": "array", "items": PHRASE, "maxItems": 4}
    lives = operation(
        _("A phrase’s life: how often in each year, and where"),
        {"anyOf": [LIVES, HOW_TO_ASK]},
        [
            {"name": "q", "in": "query", "explode": True, "schema": phrases},
            {"name": "year", "in": "query", "allowEmptyValue": True, "schema": YEAR},
            page_parameter(),
            list_format(USES),
        ],
    )
    verbs = operation(_("The lexicon of verbs"), LEXICON, [list_format(VERBS)])
    return {
        "/topics/{slug}/language/": {"get": streamed(topic, STEPS)},
        "/lexicon/": {"get": streamed(verbs, VERBS)},
        "/phrases/": {"get": with_503(streamed(lives, USES))},
    }
