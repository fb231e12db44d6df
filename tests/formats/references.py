"""The records that are cited in tests of every format, by a name that says why."""

from __future__ import annotations

from archive.formats.reference import Reference
from meetings.models import Commitment
from registry.models import Edition, Pid, State
from tests.makers import country, dialogue, meeting, published, statement

FM9 = "ca-jad/2022/fm-9"
STATEMENT = f"{FM9}/joint-statement"
PATHS = {
    "meeting": FM9,
    "statement": STATEMENT,
    "treaty": "china-central-asia/2025/summit-2/treaty",
    "month": "ca-jad/2013/som-7",
    "several days": "ticad/2003/conference-3",
    "no meeting": "quad/2024/statements/20th-anniversary",
    "not named": "mekong-japan/2018/fm-11/overview",
    "postponed": "ca-jad/2024/summit-08-09",
    "dialogue": "ca-jad",
}


def current(pid: Pid, text: str | None = None, paragraph: str | None = None) -> Reference:
    edition = Edition.objects.get(pid=pid, number=pid.edition_number)
    return Reference(pid, edition, text, paragraph)


def by_name(name: str) -> Reference:
    """The record of this name; “remarks” are made on the spot."""
    if name == "paragraph":
        return current(Pid.objects.get(path=PATHS["statement"]), "en-x-summary", "p1")
    if name == "commitment":
        return current(Commitment.objects.get(summary="To cooperate in disarmament.").pid)
    if name == "remarks":
        return remarks()
    return current(Pid.objects.get(path=PATHS[name]))


def remarks(title: str = "Address by Minister Doe", *paragraphs: str) -> Reference:
    land, held = country(), meeting(dialogue())
    said = statement(held, *paragraphs, title=title)
    said.kind, said.authority = "opening_remarks", "one_party"
    said.save()
    said.issuers.set([land])
    published(land, held.track.dialogue, held, said)
    said.pid.refresh_from_db()
    return current(said.pid)


def every() -> list[Reference]:
    """Every public record at its current edition, and the first paragraph of every text."""
    found = [current_of(edition) for edition in Edition.objects.select_related("pid")]
    texts = [
        Reference(one.pid, one.edition, text["segment"], text["paragraphs"][0]["key"])
        for one in found
        for text in one.data.get("texts", ())
    ]
    return found + texts


def current_of(edition: Edition) -> Reference:
    return Reference(edition.pid, edition)


def reference(path: str, text: str | None = None, paragraph: str | None = None) -> Reference:
    """The current edition of the record at this path."""
    return current(Pid.objects.get(path=path), text, paragraph)


def every_reference() -> list[Reference]:
    """One to each public record."""
    editions = Edition.objects.current().filter(pid__state=State.PUBLIC).select_related("pid")
    return [current_of(edition) for edition in editions]
