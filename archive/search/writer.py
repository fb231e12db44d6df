"""Keeping the index true to the record, in the transaction in which the record changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from archive.models import Champion, FacetSet, Lexeme, SearchEntry, SearchText
from archive.search import beginnings, champions, neighbours, postings, spelling
from archive.search.engines import engine_of, newest
from archive.search.entries import Context, Drawn, drawn
from archive.search.expression import Word, any_of, lexemes_in
from archive.search.fields import GROUPS, MEETING
from archive.search.names import called
from archive.search.rows import Row
from registry.models import Edition, Pid

BATCH = 200
BESIDE = (neighbours.PAIR, beginnings.BEGUN)
EVERY = 2**31
"""Entries that nobody has more of."""
ROWS = 2_000
Progress = Callable[[str, int, int], None]
"""Told of what, how many are done, and of how many."""


def index(pids: Iterable[str]) -> None:
    """Bring entries of these records up to date, and of those whose entries say something of them."""
    changed = list(dict.fromkeys(pids))
    own = set(changed)
    for start in range(0, len(changed), BATCH):
        some = changed[start : start + BATCH]
        beside = [pid for pid in found_with(some) if pid not in own]
        for place in range(0, len(beside), BATCH):
            write(beside[place : place + BATCH])
        write(some)


def found_with(pids: Sequence[str]) -> list[str]:
    """Records whose entries say something of these: what was said at a meeting, what is on a topic; four queries."""
    kinds = Pid.objects.kinds_of(pids)
    asked = [Word(f"{MEETING}{pid}") for pid, kind in kinds.items() if kind == "meeting"]
    asked += [Word(GROUPS["topic"].mark(pid)) for pid, kind in kinds.items() if kind == "topic"]
    if not asked:
        return []
    expression = any_of(*asked)
    counts = Lexeme.objects.counts(lexemes_in(expression))
    return sorted(SearchEntry.objects.pids_of(newest(expression, EVERY, counts))) if counts else []


def write(pids: Sequence[str], *, is_indexed: bool = True) -> None:
    """Entries of these records as their current editions have them, none where they are not public."""
    wanted = {(one.pid, one.part): (one, edition) for one, edition in drawn_of(pids)}
    standing = {
        (entry.pid_id, entry.text.part): entry
        for entry in SearchEntry.objects.filter(pid__in=pids).select_related("text", "place", "subject")
    }
    same = {
        place for place, entry in standing.items() if place in wanted and is_same(entry, wanted[place][0])
    }
    with transaction.atomic():
        remove([entry for place, entry in standing.items() if place not in same])
        renumber([(standing[place], wanted[place][1]) for place in same])
        add([found for place, found in wanted.items() if place not in same], is_indexed=is_indexed)


def drawn_of(pids: Sequence[str]) -> Iterator[tuple[Drawn, int]]:
    """What should stand in the index for each of these that is public, with the number of its edition."""
    editions = list(Edition.objects.current_of(Pid.objects.public_among(list(pids))))
    context = context_of(editions)
    for edition in editions:
        for one in drawn(edition, context):
            yield one, edition.number


def context_of(editions: Sequence[Edition]) -> Context:
    """What entries of these editions need of other records; two queries."""
    if not editions:
        return Context()
    meetings = {one["id"] for edition in editions for one in meetings_of(edition.data)}
    known = Edition.objects.current_by_pid(meetings)
    held = {pid: edition.data for pid, edition in known.items() if edition.pid.is_public}
    return Context(held, broader_topics())


def broader_topics() -> dict[str, str]:
    """The broader topic of each, as the editions have it that are public now; one query."""
    editions = Edition.objects.current_of_kind("topic")
    return {edition.pid_id: edition.data["broader"]["id"] for edition in editions if edition.data["broader"]}


def meetings_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The meetings whose attendance the entries of a statement or commitment are marked with."""
    if data["type"] == "statement":
        found: list[dict[str, Any]] = data["meetings"]
        return found
    return [data["meeting"]] if data["type"] == "commitment" and data["meeting"] else []


def is_same(entry: SearchEntry, one: Drawn) -> bool:
    text = entry.text
    stored = (text.title, text.words, text.lexemes, text.number, text.language, entry.marks)
    wanted = (one.title, one.words, one.lexemes, one.number, one.language, f"{one.place} {one.subject}")
    return stored == wanted and entry.day == one.day


def renumber(pairs: Iterable[tuple[SearchEntry, int]]) -> None:
    """A new edition that says the same in an entry."""
    changed = []
    for entry, number in pairs:
        if entry.edition_number != number:
            entry.edition_number = number
            changed.append(entry)
    SearchEntry.objects.bulk_update(changed, ["edition_number"], batch_size=BATCH)


def remove(entries: Sequence[SearchEntry]) -> None:
    if not entries:
        return
    beside = Beside.kept()
    streams = [(entry.pk, beside.streamed(entry.text.lexemes, entry.marks)) for entry in entries]
    with connection.cursor() as cursor:
        postings.remove(engine_of(connection.vendor).remove(cursor, streams))
    count_lexemes((stream for _pk, stream in streams), -1)
    numbers = [entry.pk for entry in entries]
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        Champion.objects.filter(entry__in=some).delete()
        SearchText.objects.filter(pk__in=some).delete()
        SearchEntry.objects.filter(pk__in=some).delete()


@dataclass(frozen=True)
class Beside:
    """What is indexed beside the words of entries: pairs of these words, and these beginnings."""

    words: Container[str] = frozenset()
    beginnings: Container[str] = frozenset()

    @classmethod
    def kept(cls) -> Beside:
        """As the index has it; two queries."""
        return cls(neighbours.paired(), beginnings.kept())

    def streamed(self, lexemes: str, marks: str) -> str:
        """All that an engine indexes of an entry: lexemes, marks, names, pairs, beginnings."""
        pairs = neighbours.beside(lexemes, self.words)
        return f"{lexemes}{marks} {' '.join(called(lexemes))} {pairs} {beginnings.marks(lexemes, self.beginnings)}"


def add(found: Sequence[tuple[Drawn, int]], *, is_indexed: bool = True) -> None:
    """Store new entries with the numbers of their editions; not indexed where `index_stored` will index all."""
    if not found:
        return
    sets = facet_sets({marks for one, _number in found for marks in (one.place, one.subject)})
    beside = Beside.kept() if is_indexed else Beside()
    entries, texts, streams = [], [], {}
    for pk, one, number in numbered(found):
        place, subject = sets[one.place], sets[one.subject]
        entries.append(
            SearchEntry(pk=pk, pid_id=one.pid, edition_number=number, place_id=place, subject_id=subject)
        )
        texts.append(text_of(pk, one))
        streams[pk] = beside.streamed(one.lexemes, f"{one.place} {one.subject}")
    SearchEntry.objects.bulk_create(entries, batch_size=ROWS)
    SearchText.objects.bulk_create(texts, batch_size=ROWS)
    count_lexemes(streams.values(), 1, spelling.spellings(texts))
    if is_indexed:
        slots = postings.allot(len(streams))
        rows = [Row(pk, slot, stream) for slot, (pk, stream) in zip(slots, streams.items(), strict=True)]
        with connection.cursor() as cursor:
            engine_of(connection.vendor).add(cursor, rows)
        postings.add(rows)
        champions.challenge(texts)


def text_of(entry: int, one: Drawn) -> SearchText:
    return SearchText(
        entry_id=entry,
        part=one.part,
        title=one.title,
        words=one.words,
        number=one.number,
        language=one.language,
        lexemes=one.lexemes,
    )


def numbered(found: Sequence[tuple[Drawn, int]]) -> Iterator[tuple[int, Drawn, int]]:
    """Give each entry the next number of its day."""
    ordered = sorted(found, key=lambda pair: pair[0].day)
    last = SearchEntry.objects.last_numbers([one.day for one, _number in ordered])
    for day, some in groupby(ordered, key=lambda pair: pair[0].day):
        for step, (one, number) in enumerate(some, 1):
            yield last[day] + step, one, number


def facet_sets(wanted: set[str]) -> dict[str, int]:
    """The keys of these sets of marks, stored where they are new."""
    by_digest = {hashlib.sha256(marks.encode()).hexdigest(): marks for marks in wanted}
    FacetSet.objects.bulk_create(
        [FacetSet(pk=int(one[:15], 16), digest=one, marks=marks) for one, marks in sorted(by_digest.items())],
        ignore_conflicts=True,
    )
    found: dict[str, int] = {}
    digests = list(by_digest)
    for start in range(0, len(digests), BATCH):
        some = FacetSet.objects.filter(digest__in=digests[start : start + BATCH])
        found |= {marks: pk for pk, marks in some.values_list("pk", "marks")}
    return found


def count_lexemes(streams: Iterable[str], step: int, spelt: dict[str, str] | None = None) -> None:
    """Add to, or take from, the number of entries that each lexeme is in."""
    counts = Counter(lexeme for stream in streams for lexeme in set(stream.split()))
    store_counts({lexeme: step * count for lexeme, count in counts.items()}, spelt)
    if step < 0:
        Lexeme.objects.filter(entries__lte=0).delete()


def store_counts(counts: Mapping[str, int], spelt: Mapping[str, str] | None = None) -> None:
    """Add these numbers to those that are stored, in one order always, so that no two writers wait in a circle."""
    spellings = spelt or {}
    rows = [(lexeme, count, spellings.get(lexeme, "")) for lexeme, count in sorted(counts.items())]
    if rows:
        with connection.cursor() as cursor:
            engine_of(connection.vendor).count(cursor, rows)


def index_missing(progress: Progress | None = None) -> int:
    """Repair what the index lacks or has too much of; how many records that were."""
    lacking = SearchEntry.objects.missing().values_list("pk", flat=True)
    pids = list(dict.fromkeys([*SearchEntry.objects.stale(), *lacking]))
    for start in range(0, len(pids), BATCH):
        with transaction.atomic():
            index(pids[start : start + BATCH])
        if progress:
            progress(_("records"), min(start + BATCH, len(pids)), len(pids))
    return len(pids)


@transaction.atomic
def rebuild(progress: Progress | None = None) -> int:
    """Make the index anew from editions; how many records that were."""
    clear()
    pids = list(SearchEntry.objects.missing().values_list("pk", flat=True))
    for start in range(0, len(pids), BATCH):
        write(pids[start : start + BATCH], is_indexed=False)
        if progress:
            progress(_("records"), min(start + BATCH, len(pids)), len(pids))
    index_stored(progress)
    settle()
    return len(pids)


def index_stored(progress: Progress | None = None) -> None:
    """Hand every entry that is stored to an engine that was cleared, with what is frequent now beside it."""
    neighbours.choose()
    beside = Beside(neighbours.paired(), beginnings.wide())
    counts: Counter[str] = Counter()
    with connection.cursor() as cursor:
        engine_of(connection.vendor).fill(
            cursor, counted(told(streamed(beside), _("entries"), progress), counts)
        )
    store_counts(counts)
    builder = postings.Builder()
    for rows in told(streamed(beside), _("entries counted"), progress):
        builder.add(rows)
    builder.finish()


def counted(batches: Iterable[list[Row]], counts: Counter[str]) -> Iterator[list[Row]]:
    """The same rows, with slots that are theirs; the pairs and beginnings in them are added to the counts."""
    for rows in batches:
        postings.allot(len(rows))
        for row in rows:
            beside = (one for one in set(row.stream.split()) if one.startswith(BESIDE))
            counts.update(beside)
        yield rows


def told(batches: Iterable[list[Row]], what: str, progress: Progress | None) -> Iterator[list[Row]]:
    """The same rows; says how far it is."""
    done, total = 0, SearchEntry.objects.count()
    for rows in batches:
        yield rows
        done += len(rows)
        if progress:
            progress(what, done, total)


def streamed(beside: Beside) -> Iterator[list[Row]]:
    """Every entry that is stored as an engine is given it, the oldest in the first slot; some thousands at a time."""
    stored = enumerate(SearchText.objects.streams())
    while some := list(islice(stored, ROWS)):
        yield [
            Row(pk, slot, beside.streamed(lexemes, f"{marks} {more}"))
            for slot, (pk, lexemes, marks, more) in some
        ]


@transaction.atomic
def clear() -> None:
    """Forget the index, to make it anew."""
    with connection.cursor() as cursor:
        engine_of(connection.vendor).clear(cursor)
    postings.clear()
    for model in (Champion, SearchText, SearchEntry, FacetSet, Lexeme):
        model.objects.all()._raw_delete(using=connection.alias)


def settle() -> None:
    """After many changes: make the engine's structure and the lists of champions anew."""
    champions.choose()
    with connection.cursor() as cursor:
        engine_of(connection.vendor).settle(cursor)


__all__ = ["clear", "index", "index_missing", "rebuild", "settle"]
