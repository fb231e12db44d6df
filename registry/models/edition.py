"""Editions: records as they were frozen, and the log of every change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.ids import Pid, State

PAIRS = 400
"""Alternatives that a query has at most; SQLite nests a thousand."""


class EditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def of(self, pid: Pid | str) -> EditionQuerySet:
        """Every edition of one record, the first first."""
        return self.filter(pid=pid).order_by("number")

    def before(self, number: int) -> EditionQuerySet:
        """Earlier editions, the newest first."""
        return self.filter(number__lt=number).order_by("-number")

    def after(self, number: int) -> EditionQuerySet:
        """Later editions, the oldest first."""
        return self.filter(number__gt=number).order_by("number")

    def corrections_until(self, number: int) -> EditionQuerySet:
        """Editions that corrected one before, up to this number, the first first; without their content."""
        return self.filter(number__gt=1, number__lte=number).defer("content")

    def numbered(self, number: int) -> Edition | None:
        """The n-th of one record’s editions; one query."""
        return self.filter(number=number).first()

    def current(self) -> EditionQuerySet:
        return self.filter(number=models.F("pid__edition_number"))

    def current_of_kind(self, kind: str) -> EditionQuerySet:
        """The current edition of every public record of a kind, with its pid."""
        public = self.current().filter(pid__kind=kind, pid__state=State.PUBLIC)
        return public.select_related("pid").order_by("pid")

    def citing(self, key: str) -> EditionQuerySet:
        """The current edition of every public record that cites the source with this key; reads all of them."""
        cited = f'"key":{json.dumps(key)}'
        return self.current().filter(pid__state=State.PUBLIC, content__contains=cited)

    def current_of(self, pids: Any) -> EditionQuerySet:
        """The current edition of each of these, with its pid; `pids` may be a query."""
        return self.current().filter(pid__in=pids).select_related("pid").order_by("pid")

    def with_predecessors(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Edition]:
        """Each of these (pid, number) and the edition before it; two queries, none where nothing is wanted."""
        pairs = {(pid, number - step) for pid, number in wanted for step in (0, 1)}
        if not pairs:
            return {}
        rows = self.filter(pid__in={pid for pid, _number in pairs}).values_list("pk", "pid", "number")
        kept = [pk for pk, pid, number in rows if (pid, number) in pairs]
        return {(edition.pid_id, edition.number): edition for edition in self.in_bulk(kept).values()}

    def among(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Edition]:
        """Those of these (pid, number) that there are; a query for `PAIRS` of them, none where nothing is wanted."""
        pairs = [models.Q(pid=pid, number=number) for pid, number in set(wanted)]
        found: dict[tuple[str, int], Edition] = {}
        for start in range(0, len(pairs), PAIRS):
            some = models.Q(*pairs[start : start + PAIRS], _connector=models.Q.OR)
            found |= {(one.pid_id, one.number): one for one in self.filter(some)}
        return found

    def stood_before(self, moment: datetime) -> int | None:
        """Number of the last of one record’s editions that was published before the moment; one query."""
        published = self.filter(published_at__lt=moment).order_by("-number")
        return published.values_list("number", flat=True).first()

    def moments(self, numbers: Iterable[int] | None = None) -> list[tuple[int, datetime]]:
        """(number, when published) of one record’s editions, or of these of them, the first first; one query."""
        wanted = self if numbers is None else self.filter(number__in=set(numbers))
        return list(wanted.order_by("number").values_list("number", "published_at"))

    def current_by_pid(self, pids: Iterable[str]) -> dict[str, Edition]:
        """The current edition of each of these records, with its pid; one query."""
        found = self.current().filter(pid__in=list(pids)).select_related("pid")
        return {edition.pid_id: edition for edition in found}


class Edition(models.Model):
    """A record frozen at publication: its `as_data()` as canonical JSON (RFC 8785), which never changes.

    Akoma Ntoso FRBRExpression; schema.org `version`. Database triggers refuse update and delete.
    """

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["pid", "number"]
        constraints = [
            models.UniqueConstraint(fields=["pid", "number"], name="edition_number_once"),
            models.CheckConstraint(
                name="edition_second_has_note", condition=models.Q(number=1) | ~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pid_id}@{self.number}"

    @cached_property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.content)
        return data

    @property
    def is_current(self) -> bool:
        """Whether no later edition exists; reads `pid`, which the caller has selected."""
        return self.number == self.pid.edition_number

    def about(self) -> dict[str, Any]:
        """What is public about the edition itself, beside its data."""
        return {
            "number": self.number,
            "sha256": self.sha256,
            "published_at": self.published_at.isoformat(),
            "by": self.role,
            "note": self.note,
        }

    def as_json(self) -> dict[str, Any]:
        """The edition, nothing less: its data, and what is about it under `edition`."""
        return {**self.data, "edition": self.about()}

    def as_file(self) -> bytes:
        """The same as `?format=json` sends it, to the byte for ever."""
        return json.dumps(self.as_json(), ensure_ascii=False).encode()


class Verb(models.TextChoices):
    PUBLISH = "publish", _("published")
    CORRECT = "correct", _("corrected")
    WITHDRAW = "withdraw", _("withdrawn")
    RESTORE = "restore", _("restored")
    RENAME = "rename", _("moved")
    MERGE = "merge", _("merged")


class ChangeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def after(self, number: int) -> Self:
        """Later ones than the numbered, the oldest first: how a harvester reads on."""
        return self.filter(pk__gt=number).order_by("pk")

    def before(self, number: int) -> Self:
        """Earlier ones than the numbered, the newest first: how a reader looks back."""
        return self.filter(pk__lt=number).order_by("-pk")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def newest_of_each(self, bound: int) -> Self:
        """The last change of each record up to the numbered one: the log as it stood then."""
        later = Change.objects.filter(pid=models.OuterRef("pid"), pk__gt=models.OuterRef("pk"), pk__lte=bound)
        return self.filter(~models.Exists(later), pk__lte=bound)

    def newest_of(self, pid: Pid | str) -> Change | None:
        """The last change of one record; one query."""
        return self.filter(pid=pid).order_by("-pk").first()

    def successors(self, pid: Pid) -> list[tuple[Pid, datetime]]:
        """What the record was merged into, directly and then by way of others, each with when; one query, and none
        where it stands. `pid` comes with its survivor."""
        if pid.survivor is None:
            return []
        merges = self.filter(verb=Verb.MERGE, pid__survivor=pid.survivor).select_related("pid").order_by("pk")
        newest, found, name = {change.pid_id: change for change in merges}, [], pid.value
        while name in newest:
            at, name = newest[name].at, newest[name].detail["into"]
            found.append((newest[name].pid if name in newest else pid.survivor, at))
        return found

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """From `start` on and before `end`, where given."""
        found = self.filter(at__gte=start) if start else self
        return found.filter(at__lt=end) if end else found

    def about(self, pids: Any) -> Self:
        """Of these records; `pids` may be a query."""
        return self.filter(pid__in=pids)

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        return self.filter(pid__kind__in=kinds)

    def that_readers_follow(self) -> Self:
        """What feeds tell: publications, corrections, withdrawals, merges and what came back."""
        return self.exclude(verb=Verb.RENAME)

    def with_edition_keys(self) -> Self:
        """With its pid, and the key of the edition that stood after it as `edition_key`."""
        frozen = Edition.objects.filter(pid=models.OuterRef("pid"), number=models.OuterRef("edition_number"))
        return self.select_related("pid").annotate(edition_key=models.Subquery(frozen.values("pk")[:1]))

    def first_moment(self) -> datetime | None:
        return self.order_by("pk").values_list("at", flat=True).first()

    def last_moment(self) -> datetime | None:
        return self.order_by("-pk").values_list("at", flat=True).first()

    def newest_number(self) -> int:
        """Number of the newest change, 0 in an empty archive; one query."""
        return self.order_by("-pk").values_list("pk", flat=True).first() or 0


class Change(models.Model):
    """One act of a verb on the public record; its newest row is the archive's clock. Append-only."""

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=10, choices=Verb)
    edition_number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    detail = models.JSONField(default=dict, help_text=_("what is needed to understand or undo the act"))
    at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    @property
    def takes_away(self) -> bool:
        """Whether no record stands after it."""
        return self.verb in (Verb.WITHDRAW, Verb.MERGE)

    def __str__(self) -> str:
        return f"{self.pid_id} {self.verb}"
