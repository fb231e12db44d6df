"""Every wording of the public record, once, and where it stands: what quotations and files are looked up in.

Derived from editions by `archive.verify.index`, and made anew by `manage.py index_words --anew`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from registry.models import Pid, State

CHUNK = 500
"""Numbers a query names at most; SQLite knows a limit."""


class IndexedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def missing(self) -> models.QuerySet[Pid]:
        """Published records with an edition that is not in the index yet."""
        whole = self.filter(pid=OuterRef("pk"), edition_number=OuterRef("edition_number"))
        return Pid.objects.filter(edition_number__gt=0).filter(~Exists(whole)).order_by("pk")


class Indexed(models.Model):
    """Up to which edition a record is in the index."""

    pid = models.OneToOneField(Pid, models.PROTECT, primary_key=True, related_name="+")
    edition_number = models.PositiveIntegerField()

    objects = IndexedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pid_id}@{self.edition_number}"


class WordingQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def sharing(self, numbers: Collection[int], most: int) -> list[tuple[Wording, int]]:
        """Wordings that share most of these shingles with how many, the most first; two queries for 500 numbers."""
        counts: dict[int, int] = {}
        ordered = sorted(numbers)
        for start in range(0, len(ordered), CHUNK):
            rows = Shingle.objects.filter(number__in=ordered[start : start + CHUNK]).values_list("wording")
            for pk, count in rows.annotate(count=Count("pk")).order_by("-count", "-wording")[: 4 * most]:
                counts[pk] = counts.get(pk, 0) + count
        best = sorted(counts, key=lambda pk: (-counts[pk], -pk))[:most]
        found = self.select_related("pid__survivor").in_bulk(best)
        return [(found[pk], counts[pk]) for pk in best if pk in found]

    def standing(self) -> Self:
        """Paragraphs and quotations that stand today in public, with their pids."""
        return (
            self.said().filter(pid__state=State.PUBLIC, until=F("pid__edition_number")).select_related("pid")
        )

    def said(self) -> Self:
        """Paragraphs and quotations of whatever edition, and no words of this archive’s own."""
        return self.filter(part__in=[Wording.Part.PARAGRAPH, Wording.Part.QUOTE])

    def holding(self, numbers: Sequence[int]) -> Self:
        """Those with every one of these shingles, looked up from the first, which should be the rarest."""
        first, *others = numbers
        found = self.filter(pk__in=Shingle.objects.filter(number=first).values("wording"))
        for number in others:
            found = found.filter(Exists(Shingle.objects.filter(number=number, wording=OuterRef("pk"))))
        return found

    def standing_now(self, wordings: Iterable[Wording]) -> dict[tuple[str, str, str, str], Wording]:
        """What stands today at the places of these, by place; one query."""
        pids = {wording.pid_id for wording in wordings}
        current = self.filter(pid__in=pids, until=F("pid__edition_number"))
        return {wording.place: wording for wording in current}

    def example(self) -> Wording | None:
        """A paragraph that stands today, long enough to try the verifier on; one query."""
        standing = self.filter(
            part=Wording.Part.PARAGRAPH, pid__state=State.PUBLIC, until=F("pid__edition_number")
        )
        fit = standing.annotate(length=Length("words")).filter(length__range=(60, 200))
        return fit.order_by("pk").first()

    def two_statements(self) -> list[Pid]:
        """Two public statements of one dialogue, of different meetings, with texts; one query."""
        held = self.filter(pid=OuterRef("pk"), part=Wording.Part.PARAGRAPH)
        public = Pid.objects.filter(kind="statement", state=State.PUBLIC).filter(Exists(held))
        found = list(public.exclude(path__contains="/statements/").order_by("path")[:50])
        for one, other in pairwise(found):
            meetings = [(pid.path or "").rpartition("/")[0] for pid in (one, other)]
            if meetings[0] != meetings[1] and meetings[0].split("/")[0] == meetings[1].split("/")[0]:
                return [one, other]
        return []

    def corrected(self) -> Pid | None:
        """A public record with several editions; one query."""
        public = Pid.objects.filter(state=State.PUBLIC, edition_number__gt=1)
        return public.order_by("-edition_number", "pk").first()

    def newest_of(self, pids: Iterable[Any]) -> Self:
        """The wordings of these records that stand in the newest edition indexed of each."""
        whole = Indexed.objects.filter(pid=OuterRef("pid"), edition_number=OuterRef("until"))
        return self.filter(pid__in=list(pids)).filter(Exists(whole))


class Wording(models.Model):
    """The words of one paragraph, quotation or summary, in the editions in which they stand unbroken."""

    class Part(models.TextChoices):
        PARAGRAPH = "paragraph", _("paragraph")
        QUOTE = "quote", _("quotation")
        SUMMARY = "summary", _("summary in this archive’s words")

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="+")
    part = models.CharField(max_length=9, choices=Part)
    segment = models.CharField(max_length=40, blank=True, help_text=_("of the text, for a paragraph"))
    key = models.CharField(max_length=20, blank=True, help_text=_("of the paragraph"))
    since = models.PositiveIntegerField(help_text=_("first edition"))
    until = models.PositiveIntegerField(help_text=_("last edition, so far"))
    words = models.TextField()

    objects = WordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pid", "part", "segment", "key", "since"], name="wording_once_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pid_id}@{self.until} {self.part} {self.key}"

    @property
    def place(self) -> tuple[str, str, str, str]:
        return (self.pid_id, self.part, self.segment, self.key)


class Shingle(models.Model):
    """A number that stands for a few of the wording’s words in a row, or for one of them."""

    number = models.BigIntegerField()
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="shingles", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["number", "wording"], name="shingle_found_by_number")]

    def __str__(self) -> str:
        return str(self.number)


class Digest(models.Model):
    """The SHA-256 of an edition’s JSON, canonical or as sent, or of one of its texts, for who holds a file of it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    pid = models.ForeignKey(Pid, models.PROTECT, related_name="+")
    edition_number = models.PositiveIntegerField()
    segment = models.CharField(max_length=40, blank=True, help_text=_("of the text; empty for the edition"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pid", "edition_number", "segment", "sha256"], name="digest_once")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
