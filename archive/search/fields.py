"""What hits are narrowed by: the groups of facets, and how a value is marked on an entry.

A mark is a lexeme that no word can be: `_c_07j40cnj` is the country with that pid. Records are marked by pid, which
stays when they are renamed; in addresses they are named by the last segment of their path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import CommitmentVerb, Strength
from registry.models import Certainty

UNDATED = "undated"
KINDS: dict[str, Any] = {
    "paragraph": _("paragraphs"),
    "commitment": _("commitments"),
    "remark": _("remarks of one party"),
    "background": _("background"),
    "agenda_item": _("agenda items"),
    "meeting": _("meetings"),
    "statement": _("statements"),
    "minister": _("ministers"),
    "country": _("countries"),
    "dialogue": _("dialogues"),
    "topic": _("topics"),
}
ONE_OF_KIND: dict[str, Any] = {
    "paragraph": _("paragraph"),
    "commitment": _("commitment"),
    "remark": _("remark of one party"),
    "background": _("background"),
    "agenda_item": _("agenda item"),
    "meeting": _("meeting"),
    "statement": _("statement"),
    "minister": _("minister"),
    "country": _("country"),
    "dialogue": _("dialogue"),
    "topic": _("topic"),
}
STANDING = ("country", "minister", "dialogue", "topic")
DATED = ("meeting", "statement")


@dataclass(frozen=True)
class Group:
    """A group of facets: its name in addresses, the letter of its marks, and the words of coded values."""

    name: str
    letter: str
    label: Promise | str
    choices: dict[str, Any] | None = None
    records: str = ""
    """The kind of record its values are, if they are records."""

    def mark(self, value: str) -> str:
        return f"_{self.letter}_{value.replace('-', '__')}"

    def value(self, mark: str) -> str:
        return mark[3:].replace("__", "-")


GROUPS = {
    group.name: group
    for group in (
        Group("type", "k", _("Type"), choices=KINDS),
        Group("dialogue", "d", _("Dialogue"), records="dialogue"),
        Group("series", "s", _("Series")),
        Group("year", "y", _("Year")),
        Group("country", "c", _("Country"), records="country"),
        Group("minister", "m", _("Minister"), records="minister"),
        Group("topic", "t", _("Topic"), records="topic"),
        Group("verb", "v", _("Verb"), choices=dict(CommitmentVerb.choices)),
        Group("strength", "g", _("Strength"), choices=dict(Strength.choices)),
        Group("language", "l", _("Language")),
        Group("certainty", "q", _("Certainty"), choices=dict(Certainty.choices)),
    )
}
"""In the order in which pages and addresses have them."""
BY_LETTER = {group.letter: group for group in GROUPS.values()}
MONTH = "_n_"
SOUND = "_x_"
MEETING = "_h_"
"""The mark of what was said at a meeting, which is found by it when the meeting changes."""
NAME = "_z_"
"""Before a lexeme of what an entry is called."""
SUBJECT = frozenset("ktvglqx")
"""Letters of the marks that say what an entry is and is about; the others say where, when and who."""


def marks(**values: Iterable[str] | str | None) -> str:
    """The marks of an entry, sorted, each once, with a space between."""
    found = set()
    for name, some in values.items():
        for value in [some] if isinstance(some, str) else some or ():
            if value:
                found.add(GROUPS[name].mark(value))
    return " ".join(sorted(found))


def group_of(mark: str) -> Group | None:
    """The group a mark belongs to; none for marks that nobody narrows by."""
    return BY_LETTER.get(mark[1:2]) if mark[2:3] == "_" else None


def segment(kind: str, pid: str, path: str | None) -> str:
    """How a record is named in the address of a search."""
    return pid if kind == "minister" else (path or "").rpartition("/")[2]
