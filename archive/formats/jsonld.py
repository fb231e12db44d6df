"""JSON-LD 1.1 with the vocabulary of schema.org, as a file and for the head of a page."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from archive.formats import schemaorg, schemaorg_meeting, schemaorg_standing
from archive.formats.reference import Reference
from archive.formats.schemaorg import Node, clean

CONTEXT = "https://schema.org"
KINDS: dict[str, Callable[[Reference], Node]] = {
    "meeting": schemaorg_meeting.meeting,
    "statement": schemaorg.statement,
    "commitment": schemaorg.commitment,
    "dialogue": schemaorg_standing.dialogue,
    "country": schemaorg_standing.country,
    "minister": schemaorg_standing.minister,
    "topic": schemaorg_standing.topic,
}
UNSAFE = ("<", ">", "&", "\u2028", "\u2029")


def describe(reference: Reference) -> Node:
    """The record as one node with its context."""
    return {"@context": CONTEXT, **clean(KINDS[reference.kind](reference))}


def write(reference: Reference) -> str:
    return json.dumps(describe(reference), ensure_ascii=False, indent=1) + "\n"


def embedded(node: Node) -> SafeString:
    """JSON that can stand in a script element of HTML: nothing in it ends the element or begins a comment.

    Those five characters occur in JSON within strings only, where an escape says the same (RFC 8259, section 7).
    """
    data = json.dumps(node, ensure_ascii=False)
    for character in UNSAFE:
        data = data.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(data)
