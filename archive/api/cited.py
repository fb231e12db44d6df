"""What is cited, held against the record: /verify/ and /compare/ described, and the JSON Schema of their answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive.api.parts import (
    format_parameter,
    in_path,
    list_format,
    operation,
    problem_of,
    streamed,
    with_503,
)
from archive.api.schemas import (
    ADDRESS,
    MOMENT,
    NEAR,
    PID,
    TEXT,
    TOMBSTONE,
    TRUTH,
    WHOLE,
    Schema,
    many,
    maybe,
    named,
    one_of,
    thing,
)
from archive.formats.language import COMPARED as COMPARED_ROWS
from archive.models import Wording
from archive.verify.kinds import Differing, Judgement, VerdictKind
from meetings.alignment import WHATS
from meetings.models import IssuerState
from registry.models import State

SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
RUN: Schema = {
    "type": "array",
    "description": "what became of the words: same, removed or added; then the words",
    "prefixItems": [{"type": "string", "enum": ["same", "removed", "added"]}, TEXT],
    "items": False,
}
REFERENCE: Schema = {
    "type": "string",
    "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{8}(@[1-9][0-9]{0,5})?$",
    "description": "an id or id@edition; also id@edition/text/~paragraph, or an address of this archive",
}
PASTED: Schema = {"type": "string", "pattern": "^[^\\u0000]*$"}
ASKED: dict[str, Schema] = {
    "sha256": SHA256,
    "length": WHOLE,
    "archive": thing(change=WHOLE, changed_at=maybe(MOMENT), version=TEXT),
}
STANDING_PLACE = thing(
    id=PID,
    kind=TEXT,
    state=one_of(State),
    title=TEXT,
    part=one_of(Wording.Part),
    text=maybe(TEXT),
    language=TEXT,
    paragraph=maybe(TEXT),
    own_words=TRUTH,
    editions={"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 2},
    current_edition=WHOLE,
    stands=TRUTH,
    survivor=maybe(PID),
    url=ADDRESS,
    today=maybe(many(RUN)),
    gone=TRUTH,
)
TOLD_SINCE: dict[str, Schema] = {
    "locator": maybe(TEXT),
    "issuer_state": maybe(one_of(IssuerState)),
    "issuer_state_note": TEXT,
    "issuer_state_since": maybe(thing(edition=WHOLE, published_at=MOMENT)),
    "rests_on": maybe(NEAR),
}
"""The paragraph’s number, and what the issuer did; receipts that were kept before these were told lack them."""
PLACE: Schema = {**STANDING_PLACE, "properties": {**STANDING_PLACE["properties"], **TOLD_SINCE}}
WITHDRAWN_PLACE = thing(id=PID, kind=TEXT, state={"const": "withdrawn"}, title=TEXT, url=ADDRESS)
VERDICT = thing(
    passage=TEXT,
    verdict=one_of(VerdictKind),
    count=WHOLE,
    is_more=TRUTH,
    places=many({"anyOf": [PLACE, WITHDRAWN_PLACE]}),
    difference=many(RUN),
    changes=many({"type": "string", "enum": ["number", "negation", "words"]}),
    likeness=maybe(SHARE),
    omission_marked=TRUTH,
    parts=many(named("Verdict")),
)
KEPT_VERDICT = thing(**{**VERDICT["properties"], "sha256": SHA256, "parts": many(named("KeptVerdict"))})
VERDICTS: dict[str, Schema] = {
    "counts": thing(**dict.fromkeys(VerdictKind.values, WHOLE)),
    "unchecked": WHOLE,
}
OPINION = thing(
    written=TEXT,
    judgement=one_of(Judgement),
    also=many(one_of(Judgement)),
    detail=TEXT,
    record=maybe(
        thing(
            id=PID,
            title=TEXT,
            edition=WHOLE,
            current_edition=WHOLE,
            text=maybe(TEXT),
            paragraph=maybe(TEXT),
            locator=maybe(TEXT),
            words=maybe(TEXT),
            permanent=ADDRESS,
            url=ADDRESS,
        )
    ),
    updated=maybe(TEXT),
    current=maybe(TEXT),
    differs=many(one_of(Differing)),
    difference=many(RUN),
    fields=many(thing(field=TEXT, then=maybe(TEXT), now=maybe(TEXT))),
    nearest=many(NEAR),
    tombstone=maybe(TOMBSTONE),
)
PARAGRAPH = thing(key=TEXT, number=WHOLE, text=TEXT, locator=TEXT)
COMPARED = thing(
    id=PID,
    type=TEXT,
    title=TEXT,
    edition=named("Edition"),
    current_edition=WHOLE,
    text=maybe(TEXT),
    language=maybe(TEXT),
    paragraph=maybe(TEXT),
    reference=TEXT,
    permanent=ADDRESS,
    url=ADDRESS,
)
ROW = thing(
    what={"type": "string", "enum": list(WHATS)},
    moved=TRUTH,
    likeness=maybe(SHARE),
    a=maybe(PARAGRAPH),
    b=maybe(PARAGRAPH),
    difference=many(RUN),
)
COUNTS = thing(**dict.fromkeys([*WHATS, "moved"], WHOLE))
OTHER_TEXT = thing(
    text=TEXT,
    language=TEXT,
    what={"type": "string", "enum": ["same", "changed", "only_a", "only_b"]},
    counts=maybe(COUNTS),
    url=ADDRESS,
)
FILE: Schema = {"type": "object", "properties": {"what": TEXT}, "required": ["what"]}
HOW_TO_ASK: Schema = {"type": "object", "description": "what to send", "required": ["url"]}

COMPONENTS: dict[str, Schema] = {
    "Verdict": VERDICT,
    "KeptVerdict": KEPT_VERDICT,
    "Verification": thing(**ASKED, **VERDICTS, passages=many(named("Verdict"))),
    "Receipt": thing(
        id=TEXT,
        url=ADDRESS,
        made_at=MOMENT,
        **ASKED,
        text=maybe(TEXT),
        **VERDICTS,
        passages=many(named("KeptVerdict")),
    ),
    "Examination": thing(
        **ASKED,
        counts=thing(**dict.fromkeys(Judgement.values, WHOLE)),
        is_more=TRUTH,
        references=many(OPINION),
        updated=TEXT,
    ),
    "Comparison": thing(
        a=COMPARED,
        b=COMPARED,
        url=ADDRESS,
        aligned_by=maybe({"type": "string", "enum": ["key", "likeness", "pair"]}),
        counts=maybe(COUNTS),
        show=maybe({"type": "string", "enum": [*WHATS, "moved"]}),
        rows=many(ROW),
        other_texts=many(OTHER_TEXT),
        fields=many(thing(field=TEXT, a=maybe(TEXT), b=maybe(TEXT), what=TEXT)),
    ),
    "File": thing(sha256=SHA256, count=WHOLE, results=many(FILE)),
}


def cited_paths() -> dict[str, Any]:
    """What is cited, held against the record."""
    two_forms = format_parameter(("html", "json"))
    sides = [{"name": side, "in": "query", "required": True, "schema": REFERENCE} for side in ("a", "b")]
    show = {"name": "show", "in": "query", "schema": {"type": "string", "enum": ["", *WHATS, "moved"]}}
    compare = operation(
        _("Two beside each other"), named("Comparison"), [*sides, show, list_format(COMPARED_ROWS)]
    )
    compare = streamed(compare, COMPARED_ROWS)
    compare["responses"]["410"] = problem_of(_("a side was withdrawn; the detail says which and why"))
    key = in_path("id", {"type": "string", "pattern": "^[0-9bcdfghjkmnpqrstvwxz]{12}$"}, "")
    receipt = operation(_("A verification that was kept"), named("Receipt"), [key, two_forms])
    file = operation(
        _("Which file of the archive has this SHA-256"),
        named("File"),
        [in_path("sha256", SHA256, ""), two_forms],
    )
    return {
        "/compare/": {"get": compare},
        "/verify/": pasted(_("Is this what was said?"), "Verification", keeps=True),
        "/verify/citations/": pasted(_("What became of the references in these footnotes?"), "Examination"),
        "/verify/receipts/{id}/": {"get": receipt},
        "/verify/{sha256}/": {"get": with_503(file)},
    }


def pasted(summary: str, name: str, *, keeps: bool = False) -> dict[str, Any]:
    """GET for a short text, POST for a long one, which is no more than a GET with a body."""
    text = {"name": "text", "in": "query", "schema": PASTED}
    schema = {"anyOf": [named(name), HOW_TO_ASK]}
    get = with_503(operation(summary, schema, [text, format_parameter(("html", "json"))]))
    fields: dict[str, Schema] = {"text": {"type": "string", "minLength": 1, "maxLength": 200_000}}
    post = with_503(operation(summary, named(name), []))
    del post["responses"]["304"]
    post["responses"]["413"] = problem_of(_("longer than a text may be"))
    if keeps:
        fields["keep"] = {"type": "boolean", "description": _("true for a receipt, which is public")}
        kept = {"content": {"application/json": {"schema": named("Receipt")}}}
        post["responses"]["201"] = {"description": _("verified and kept; Location has its address"), **kept}
    body = {"type": "object", "properties": fields, "required": ["text"], "additionalProperties": False}
    post["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return {"get": get, "post": post}
