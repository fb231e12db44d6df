"""What is searched: derived from editions by `archive.search.writer`, made anew by `manage.py rebuild_index`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.db.models.functions import Left, Length

from registry.models import Pid, Prepared, State

CHUNK = 5_000
"""Values a query names at most."""
STAMP = "_r_"
"""Before the time at which the index was last made anew or repaired: a mark that no entry has."""
PER_DAY = 1_000_000
"""Numbers that the entries of one day may have."""
LISTED = 300
"""Entries of a list of champions."""


class FacetSet(models.Model):
    """The marks of entries that are narrowed by the same things, once: “_k_paragraph _d_qpv83x8t _y_2022”.

    The key is the first 60 bits of the digest, so that a set of marks has the same key whenever it is stored.
    """

    digest = models.CharField(max_length=64, unique=True)
    marks = models.TextField()

    def __str__(self) -> str:
        return self.marks


class SearchEntryQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def missing(self) -> models.QuerySet[Pid]:
        """Public records whose current edition is not in the index."""
        indexed = self.filter(pid=OuterRef("pk"), edition_number=OuterRef("edition_number"))
        return Pid.objects.filter(state=State.PUBLIC).filter(~Exists(indexed)).order_by("pk")

    def stale(self) -> models.QuerySet[Any, Any]:
        """Pids of entries whose record is public no more, or has a newer edition."""
        gone = self.filter(~Q(pid__state=State.PUBLIC) | ~Q(edition_number=F("pid__edition_number")))
        return gone.order_by("pid").values_list("pid", flat=True).distinct()

    def last_numbers(self, days: Iterable[int]) -> dict[int, int]:
        """The highest number given on each of these days; one query a day."""
        found = {}
        for day in set(days):
            within = self.filter(pk__gte=day * PER_DAY, pk__lt=(day + 1) * PER_DAY).order_by("-pk")
            last = within.values_list("pk", flat=True).first()
            found[day] = day * PER_DAY - 1 if last is None else last
        return found

    def pids_of(self, ids: Iterable[int]) -> set[str]:
        """The records of these entries; a query for `CHUNK` of them."""
        wanted = list(ids)
        found: set[str] = set()
        for start in range(0, len(wanted), CHUNK):
            found.update(self.filter(pk__in=wanted[start : start + CHUNK]).values_list("pid", flat=True))
        return found


class SearchEntryManager(models.Manager.from_queryset(SearchEntryQuerySet)):  # type: ignore[misc]
    def shown(self, ids: Iterable[int]) -> dict[int, Shown]:
        """These entries as they are shown; one query."""
        return {row[0]: Shown(*row) for row in ENTRIES.rows(frozenset(ids))}

    def of_record(self, pid: str) -> Shown | None:
        """The entry of the record itself; one query."""
        return next((Shown(*row) for row in OWN_ENTRY.rows(pid)), None)


class Shown(NamedTuple):
    """An entry with its text, its marks and its record, as search shows it."""

    id: int
    pid: str
    kind: str
    path: str | None
    edition_number: int
    part: str
    title: str
    words: str
    number: str
    language: str
    place: str
    subject: str
    issuer_state: str | None = None
    """What the issuer did with the statement, where who shows it has asked."""

    @property
    def day(self) -> int:
        """Its day as yyyymmdd, months and days 00 where they are not known, 0 where nothing is."""
        return self.id // PER_DAY

    @property
    def marks(self) -> list[str]:
        return [*self.place.split(), *self.subject.split()]


SHOWN = (
    *("pk", "pid", "pid__kind", "pid__path", "edition_number"),
    *(f"text__{name}" for name in ("part", "title", "words", "number", "language")),
    *("place__marks", "subject__marks"),
)


class SearchEntry(models.Model):
    """One thing that is found: a record, a paragraph of a statement, an item of an agenda.

    `id` is its day as yyyymmdd (0 where none is known) times 1,000,000 and a number, so that the newest have the
    highest. It is narrow on purpose: counting reads thousands of them.
    """

    id = models.BigIntegerField(primary_key=True)
    pid = models.ForeignKey(Pid, models.PROTECT, related_name="+")
    edition_number = models.PositiveIntegerField()
    place = models.ForeignKey(FacetSet, models.PROTECT, related_name="+", db_index=False)
    """Its marks of where, when and who, which all that was said at a meeting shares."""
    subject = models.ForeignKey(FacetSet, models.PROTECT, related_name="+", db_index=False)
    """Its marks of what it is and what it is about."""

    objects = SearchEntryManager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def day(self) -> int:
        """Its day as yyyymmdd, months and days 00 where they are not known, 0 where nothing is."""
        return self.pk // PER_DAY

    @property
    def marks(self) -> str:
        """All its marks; reads both sets."""
        return f"{self.place.marks} {self.subject.marks}"


class SearchTextManager(models.Manager):  # type: ignore[type-arg]
    def lexemes_of(self, entries: Iterable[int]) -> list[tuple[Any, ...]]:
        """(entry, lexemes) of these; one query."""
        return LEXEMES.rows(frozenset(entries))

    def streams(self) -> Iterable[tuple[int, str, str, str]]:
        """(entry, lexemes, marks of place, of subject) of all, the oldest first; read in pieces."""
        marks = ("entry__place__marks", "entry__subject__marks")
        return self.order_by("pk").values_list("pk", "lexemes", *marks).iterator(chunk_size=CHUNK)

    def names_of(self, entries: Iterable[int]) -> list[tuple[Any, ...]]:
        """(entry, title, words, lexemes, marks of subject) of these; one query."""
        return NAMES.rows(frozenset(entries))


class SearchText(models.Model):
    """What an entry shows, and the lexemes it is found by."""

    entry = models.OneToOneField(SearchEntry, models.PROTECT, primary_key=True, related_name="text")
    part = models.CharField(max_length=80, blank=True)
    """What its address has beyond the record’s: `en/~p4/`, `#a2`."""
    title = models.TextField()
    words = models.TextField()
    number = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=20, blank=True)
    lexemes = models.TextField()

    objects = SearchTextManager()

    def __str__(self) -> str:
        return self.title


class LexemeManager(models.Manager):  # type: ignore[type-arg]
    def counts(self, lexemes: Iterable[str]) -> dict[str, int]:
        """In how many entries each of these is; one query."""
        return dict(COUNTS.rows(frozenset(lexemes)))

    def frequent(self, entries: int) -> set[str]:
        """Words that more entries have than this; one query."""
        words = self.filter(entries__gt=entries).exclude(lexeme__startswith="_")
        return set(words.values_list("lexeme", flat=True))

    def of_many(self, entries: int) -> set[str]:
        """Words, pairs and beginnings that more entries have than this; one query."""
        return set(self.filter(entries__gt=entries).values_list("lexeme", flat=True))

    def frequent_among(self, lexemes: Iterable[str], entries: int) -> list[str]:
        """Those of these that more entries have than this."""
        return [lexeme for lexeme, count in self.counts(lexemes).items() if count > entries]

    def beginning(self, prefix: str, most: int) -> list[str]:
        """Words that begin so, those in most entries first; one query."""
        found = self.filter(lexeme__gte=prefix, lexeme__lt=f"{prefix}\U0010ffff").order_by(
            "-entries", "lexeme"
        )
        return list(found.values_list("lexeme", flat=True)[:most])

    def wide_beginnings(self, length: int, entries: int) -> models.QuerySet[Any, Any]:
        """Beginnings of this length whose words together are in as many entries, each word counted for itself."""
        words = self.exclude(lexeme__startswith="_").annotate(length=Length("lexeme"))
        starts = words.filter(length__gte=length).annotate(start=Left("lexeme", length)).values("start")
        return (
            starts.annotate(total=Sum("entries")).filter(total__gte=entries).values_list("start", flat=True)
        )

    def spelt_like(self, word: str, far: int) -> list[tuple[str, int]]:
        """(spelling, entries) of words that share one of the first two letters and nearly the length; one query."""
        starts = Q()
        for letter in sorted(set(word[:2])):
            starts |= Q(spelling__gte=letter, spelling__lt=f"{letter}\U0010ffff")
        length = Length("spelling")
        near = (
            self.filter(starts).annotate(size=length).filter(size__range=(len(word) - far, len(word) + far))
        )
        return list(near.values_list("spelling", "entries"))

    def stamp(self, at: datetime) -> None:
        """Say that the index was made anew or repaired; it takes the place of what was said before."""
        self.under(STAMP).delete()
        self.create(lexeme=f"{STAMP}{at:%Y%m%d%H%M%S%f}", entries=1)

    def under(self, start: str) -> models.QuerySet[Any]:
        """Marks that begin so, `_n_` or the like."""
        return self.filter(lexeme__gte=start, lexeme__lt=f"{start[:-1]}`")


class Lexeme(models.Model):
    """How many entries have a lexeme or mark, and one spelling of it, for hints."""

    lexeme = models.CharField(max_length=80, primary_key=True)
    entries = models.IntegerField()
    spelling = models.CharField(max_length=60, blank=True, db_index=True)

    objects = LexemeManager()

    def __str__(self) -> str:
        return self.lexeme


class ChampionManager(models.Manager):  # type: ignore[type-arg]
    def least(self, lexemes: Iterable[str], most: int) -> dict[str, float]:
        """What an entry must surpass to be let into the list of each of these; nothing where it is not full."""
        wanted = list(lexemes)
        lists: dict[str, float] = dict.fromkeys(wanted, 0.0)
        for start in range(0, len(wanted), CHUNK):
            some = self.filter(lexeme__in=wanted[start : start + CHUNK]).values("lexeme")
            full = some.annotate(count=Count("pk"), least=Min("impact")).filter(count__gte=most)
            lists |= {row["lexeme"]: row["least"] for row in full}
        return lists

    def impacts_for(self, lexeme: str, most: int) -> list[tuple[Any, ...]]:
        """(entry, how much it says) of the best of one list, at most `LISTED`; one query."""
        return BEST.rows(lexeme)[:most]


class Champion(models.Model):
    """An entry among those that say most of a frequent lexeme."""

    lexeme = models.CharField(max_length=80)
    impact = models.FloatField()
    entry = models.ForeignKey(SearchEntry, models.PROTECT, related_name="+")

    objects = ChampionManager()

    class Meta:
        indexes = [models.Index(fields=["lexeme", "-impact"], name="champions_of_lexeme")]
        constraints = [models.UniqueConstraint(fields=["lexeme", "entry"], name="champion_once")]

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.entry_id}"


ENTRIES = Prepared(lambda ids: SearchEntry.objects.filter(pk__among=ids).values_list(*SHOWN))
OWN_ENTRY = Prepared(
    lambda pid: SearchEntry.objects.filter(pid=pid.exactly, text__part="").values_list(*SHOWN)
)
LEXEMES = Prepared(lambda ids: SearchText.objects.filter(entry__id__among=ids).values_list("pk", "lexemes"))
NAMES = Prepared(
    lambda ids: SearchText.objects.filter(entry__id__among=ids).values_list(
        "pk", "title", "words", "lexemes", "entry__subject__marks"
    )
)
COUNTS = Prepared(lambda lexemes: Lexeme.objects.filter(pk__among=lexemes).values_list("lexeme", "entries"))
BEST = Prepared(
    lambda lexeme: (
        Champion.objects.filter(lexeme=lexeme.exactly)
        .order_by("-impact", "-entry")
        .values_list("entry", "impact")[:LISTED]
    )
)
