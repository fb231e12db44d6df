"""Bringing the index of wordings up to date from editions.

Editions are appended in more ways than one, so the index looks for what it lacks instead of being told: each
reader of it asks `bring_up_to_date` first, which costs one query where nothing is missing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.utils import timezone

from archive.models import Digest, Indexed, Shingle, Wording
from archive.pagecache import Clock, read_clock
from registry.kit.tokens import number_of, shingles, tokens
from registry.models import Edition, Pid

BATCH = 100
IN_A_REQUEST = 2000
"""Records that one reader may have to wait for: some seconds."""
SETTLED = timedelta(minutes=15)
"""After so long no transaction that began before the newest change is still open."""
KEY = "verify:settled:words"
Data = dict[str, Any]


def bring_up_to_date(clock: Clock | None = None) -> int:
    """How many records are still missing from the index, after doing a request’s share of the work."""
    clock = clock or read_clock()
    cache = caches[settings.PAGE_CACHE]
    if cache.get(KEY) == clock.tick:
        return 0
    missing = list(Indexed.objects.missing().values_list("pk", flat=True)[: IN_A_REQUEST + 1])
    try:
        for start in range(0, min(len(missing), IN_A_REQUEST), BATCH):
            index(missing[start : start + BATCH])
    except DatabaseError:  # A long import holds the database, or another process was quicker.
        return Indexed.objects.missing().count()
    if len(missing) > IN_A_REQUEST:
        return Indexed.objects.missing().count()
    if clock.changed_at is None or timezone.now() - clock.changed_at > SETTLED:
        cache.set(KEY, clock.tick)
    return 0


@transaction.atomic
def index(values: list[Any]) -> None:
    """Add what editions of these records the index lacks."""
    list(Pid.objects.select_for_update().filter(pk__in=values).order_by("pk"))
    done = dict(Indexed.objects.filter(pk__in=values).values_list("pk", "edition_number"))
    editions: dict[Any, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.filter(pid__in=values).order_by("pid", "number"):
        if edition.number > done.get(edition.pid_id, 0):
            editions[edition.pid_id].append(edition)
    known = list(Wording.objects.newest_of(editions))
    last = {wording.place: wording for wording in known}
    fresh: list[Wording] = []
    for some in editions.values():
        for edition in some:
            fresh += unfolded(edition, last)
    Wording.objects.bulk_update(known, ["until"], batch_size=BATCH)
    Wording.objects.bulk_create(fresh, batch_size=BATCH)
    Shingle.objects.bulk_create(shingles_of(fresh), batch_size=5 * BATCH)
    digests = (digest for some in editions.values() for edition in some for digest in digests_of(edition))
    Digest.objects.bulk_create(digests, batch_size=BATCH, ignore_conflicts=True)
    Indexed.objects.bulk_create(
        [Indexed(pid_id=pid, edition_number=some[-1].number) for pid, some in editions.items()],
        update_conflicts=True,
        unique_fields=["pid"],
        update_fields=["edition_number"],
    )


def unfolded(edition: Edition, last: dict[Any, Wording]) -> Iterator[Wording]:
    """New wordings of the edition; those that stood in the one before are carried on."""
    for part, segment, key, words in places(edition.data):
        place = (edition.pid_id, part, segment, key)
        before = last.get(place)
        if before and before.words == words and before.until == edition.number - 1:
            before.until = edition.number
            continue
        last[place] = wording = Wording(
            pid_id=edition.pid_id,
            part=part,
            segment=segment,
            key=key,
            words=words,
            since=edition.number,
            until=edition.number,
        )
        yield wording


def places(data: Data) -> Iterator[tuple[str, str, str, str]]:
    """Part, segment of the text, key and words of everything in an edition that somebody may quote."""
    for text in data.get("texts", ()):
        for paragraph in text["paragraphs"]:
            yield Wording.Part.PARAGRAPH.value, text["segment"], paragraph["key"], paragraph["text"]
    if data.get("type") == "commitment":
        if data["quote"]:
            yield Wording.Part.QUOTE.value, "", "", data["quote"]
        yield Wording.Part.SUMMARY.value, "", "", data["summary"]


def shingles_of(wordings: Iterable[Wording]) -> Iterator[Shingle]:
    for wording in wordings:
        content = tokens(wording.words).content
        for number in shingles(content) | {number_of([token]) for token in content}:
            yield Shingle(number=number, wording=wording)


def digests_of(edition: Edition) -> Iterator[Digest]:
    """The edition’s own, that of its file, and of each text with and without the newline that editors of text add."""
    sums = [("", edition.sha256), ("", hashlib.sha256(edition.as_file()).hexdigest())]
    for text in edition.data.get("texts", ()):
        words = text_of(text)
        for ending in ("", "\n"):
            sums.append((text["segment"], hashlib.sha256(f"{words}{ending}".encode()).hexdigest()))
    for segment, sha256 in sums:
        yield Digest(sha256=sha256, pid_id=edition.pid_id, edition_number=edition.number, segment=segment)


def text_of(text: Data) -> str:
    """A text as a plain file: its paragraphs with a blank line between them."""
    return "\n\n".join(paragraph["text"] for paragraph in text["paragraphs"])


@transaction.atomic
def clear() -> None:
    """Forget the index, to make it anew."""
    for model in (Shingle, Digest, Wording, Indexed):
        model.objects.all().delete()
    caches[settings.PAGE_CACHE].delete(KEY)
