"""What a reference such as `25hxwjjb@2~p4` cites: a record, one of its editions, a text or a paragraph of it."""

from __future__ import annotations

from django.http import Http404

from archive.address import edition_of_merged, survivor_of
from archive.formats.reference import Reference
from archive.pages.ids import REFERENCE
from archive.texts import text_in
from registry.kit import pids
from registry.models import Edition, Pid, State


def cited(text: str) -> Reference | Pid:
    """What it cites, or the pid alone where the record was withdrawn.

    Without a number the current edition is cited. Raises Http404 for what was never published, for an edition
    that does not exist and for a text or paragraph that does not stand in it.
    """
    match = REFERENCE.fullmatch(text.lower())
    if not match or not pids.looks_like(match["pid"]):
        raise Http404
    found = Pid.objects.find(pids.normalise(match["pid"]))
    if found is None or not found.was_published:
        raise Http404
    number = int(match["edition"]) if match["edition"] else None
    segment, key = match["text"], match["paragraph"]
    number = edition_of_merged(found, number, segment or key)
    pid = survivor_of(found, number)
    if pid.state == State.WITHDRAWN:
        return pid
    edition = Edition.objects.of(pid).numbered(number or pid.edition_number)
    if edition is None:
        raise Http404
    if not (segment or key):
        return Reference(pid, edition)
    named = text_in(edition, segment, key)
    if named is None:
        raise Http404
    return Reference(pid, edition, named["segment"], key)
