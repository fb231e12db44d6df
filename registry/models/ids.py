"""Permanent ids and the ledger of every public path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.kit import pids
from registry.models.prepared import Prepared

NEAREST = 5
"""Records that are offered for a mistyped id."""


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLIC = "public", _("public")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another record")


class PidManager(models.Manager):  # type: ignore[type-arg]
    def mint(self, kind: str, value: str = "") -> Pid:
        """Store a new draft pid for a record of the given kind; `value` only for data that brings its own."""
        if value:
            return self.get_or_create(value=value, kind=kind)[0]
        while True:
            pid, is_new = self.get_or_create(value=pids.mint(), defaults={"kind": kind})
            if is_new:
                return pid

    def find(self, value: str) -> Pid | None:
        """The pid with its survivor, whatever its state; one query."""
        return self.select_related("survivor").filter(pk=value).first()

    def find_all(self, values: Iterable[str]) -> dict[str, Pid]:
        """These pids with their survivors, whatever their state; one query."""
        return {pid.value: pid for pid in self.select_related("survivor").filter(pk__in=list(values))}

    def ever_published(self) -> Iterator[Pid]:
        """Each pid that ever stood in public, with its paths and editions; read in pieces."""
        found = self.filter(published_at__isnull=False).prefetch_related("paths", "editions").order_by("pk")
        return found.iterator(chunk_size=50)

    def public_among(self, values: list[str]) -> models.QuerySet[Pid]:
        return self.filter(pk__in=values, state=State.PUBLIC).order_by("pk")

    def near(self, typed: str) -> list[Pid]:
        """The records that were ever public whose id is one slip away from what was typed; one query."""
        return self.near_all([typed])[typed]

    def near_all(self, typed: Iterable[str]) -> dict[str, list[Pid]]:
        """The same for each of these; one query, none where there are none."""
        slips = {one: pids.candidates(one) for one in typed}
        wanted = frozenset(pid for some in slips.values() for pid in some)
        near = self.filter(pk__among=wanted, published_at__isnull=False) if slips else ()
        found = {pid.value: pid for pid in near}
        return {one: [found[pid] for pid in some if pid in found][:NEAREST] for one, some in slips.items()}

    def paths_under(self, paths: Iterable[str], most: int) -> list[str]:
        """Where public records stand beneath these paths, `most` at most of each; one query, none beneath none."""
        public = self.filter(state=State.PUBLIC).order_by("path")
        first = [
            models.Q(pk__in=public.filter(path__startswith=f"{path}/").values("pk")[:most]) for path in paths
        ]
        found = self.filter(models.Q(*first, _connector=models.Q.OR)) if first else self.none()
        return [path for path in found.values_list("path", flat=True) if path]

    def public_at(self, paths: Iterable[str]) -> dict[str, Pid]:
        """The public record at each of these paths where one stands today; one query, none where there are none."""
        wanted = frozenset(paths)
        found = self.filter(path__among=wanted, state=State.PUBLIC) if wanted else ()
        return {pid.path or "": pid for pid in found}

    def taken_away(self, most: int) -> models.QuerySet[Pid]:
        """Records withdrawn or merged, those published last first; `most` at most."""
        gone = self.filter(state__in=[State.WITHDRAWN, State.MERGED]).order_by("-published_at", "pk")
        return self.filter(pk__in=list(gone.values_list("pk", flat=True)[:most]))

    def withdrawn_among(self, values: Iterable[str]) -> set[str]:
        """Those of these whose record stands withdrawn; one query."""
        return set(self.filter(pk__in=list(values), state=State.WITHDRAWN).values_list("pk", flat=True))

    def public_paths(self) -> models.QuerySet[Pid, tuple[str, str, datetime]]:
        """(pid, path, when last changed) of the public records, by pid; one query."""
        log: Any = self.model._meta.get_field("changes").related_model
        last = log.objects.filter(pid=models.OuterRef("pk")).order_by("-pk").values("at")[:1]
        public = self.filter(state=State.PUBLIC).annotate(changed_at=models.Subquery(last)).order_by("pk")
        return public.values_list("pk", "path", "changed_at")

    def standing_at(self, names: Iterable[str]) -> dict[str, Pid]:
        """The public record at each of these paths, or with this pid, whatever it was renamed or merged to."""
        wanted = set(names)
        found = {pid.value: pid for pid in self.filter(pk__in=wanted).select_related("survivor")}
        for path in Path.objects.filter(path__in=wanted).select_related("pid__survivor"):
            found[path.path] = path.pid
        standing = {name: pid.survivor or pid for name, pid in found.items()}
        return {name: pid for name, pid in standing.items() if pid.is_public}

    def public_of_kind(self, kind: str) -> models.QuerySet[Pid]:
        return self.filter(kind=kind, state=State.PUBLIC).order_by("path")

    def kinds_of(self, values: Iterable[str]) -> dict[str, str]:
        """The kind of each of these; one query."""
        return dict(self.filter(pk__in=list(values)).values_list("pk", "kind"))

    def directory(self, values: set[str]) -> dict[str, Pid]:
        """Where the given pids are found today and what they are called, in one query."""
        return self.in_bulk(list(values))

    def labels(self, values: Iterable[str]) -> dict[str, tuple[str, str, str]]:
        """(kind, path, title) of those of these that are public; one query, for hundreds."""
        return {pid: (kind, path, title) for pid, kind, path, title in LABELS.rows(frozenset(values))}


class Pid(models.Model):
    """An opaque permanent id, never reused, with where its record stands today.

    A pid is minted with a draft and public from first publication on. `path`, `state`, `title` and
    `edition_number` are written by registry.verbs alone. Popolo `id`; schema.org `identifier`;
    Akoma Ntoso FRBRWork `FRBRthis`.
    """

    value = models.CharField(max_length=pids.LENGTH, primary_key=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    path = models.CharField(max_length=255, unique=True, null=True, blank=True)
    title = models.TextField(blank=True)
    edition_number = models.PositiveIntegerField(default=0)
    survivor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_pids")
    minted_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PidManager()

    class Meta:
        indexes = [models.Index(fields=["kind", "state"], name="pid_counts_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="pid_public_has_path_and_edition",
                condition=models.Q(state__in=[State.DRAFT, State.IN_REVIEW], edition_number=0)
                | models.Q(
                    state__in=[State.PUBLIC, State.WITHDRAWN, State.MERGED],
                    path__isnull=False,
                    edition_number__gt=0,
                    published_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="pid_merged_has_survivor",
                condition=models.Q(state=State.MERGED, survivor__isnull=False)
                | (~models.Q(state=State.MERGED) & models.Q(survivor__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLIC

    @property
    def was_published(self) -> bool:
        return self.published_at is not None

    def get_absolute_url(self) -> str:
        return f"/{self.path}/" if self.path else f"/id/{self.value}"

    def as_data(self) -> dict[str, str]:
        """What it is called and where it stands, or stood, as public JSON."""
        url = f"{settings.SITE_URL}{self.get_absolute_url()}"
        return {"id": self.value, "title": self.title, "state": self.state, "url": url}


class Path(models.Model):
    """One public path, for ever: an append-only ledger guarded by database triggers.

    Several paths may lead to one pid; the one it answers at is `Pid.path`, the others redirect there.
    """

    path = models.CharField(max_length=255, unique=True)
    pid = models.ForeignKey(Pid, models.PROTECT, related_name="paths")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.path


class WithdrawalReason(models.TextChoices):
    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")
    DUPLICATE = "duplicate", _("duplicate of another record")
    LEGAL = "legal", _("legal obligation")
    PERSONAL_DATA = "personal_data", _("protection of personal data")
    SOURCE_UNRELIABLE = "source_unreliable", _("its source proved unreliable")


class TombstoneManager(models.Manager):  # type: ignore[type-arg]
    def speaking_for(self, pid: Pid) -> Tombstone:
        """The newest tombstone of a withdrawn record, with what replaces it; one query."""
        return self.speaking_for_all([pid.value])[pid.value]

    def speaking_for_all(self, withdrawn: Iterable[str]) -> dict[str, Tombstone]:
        """The same of each of these; one query."""
        found = self.select_related("pid", "replaced_by").filter(pid__in=list(withdrawn)).order_by("pk")
        return {stone.pid_id: stone for stone in found}


class Tombstone(models.Model):
    """What stands where a record was withdrawn: what it was, when, by which role, why, what replaces it.

    Append-only; the newest one speaks while the record is withdrawn.
    """

    pid = models.ForeignKey(Pid, models.PROTECT, related_name="tombstones")
    title = models.TextField()
    reason = models.CharField(max_length=20, choices=WithdrawalReason)
    note = models.TextField()
    role = models.CharField(max_length=40)
    replaced_by = models.ForeignKey(Pid, models.PROTECT, null=True, blank=True, related_name="replaces")
    withdrawn_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TombstoneManager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pid_id}: {self.title}"

    def as_data(self) -> dict[str, Any]:
        """The tombstone as public JSON: plain strings and null."""
        return {
            "id": self.pid_id,
            "type": "tombstone",
            "kind": self.pid.kind,
            "title": self.title,
            "reason": self.reason,
            "note": self.note,
            "by": self.role,
            "withdrawn_at": self.withdrawn_at.isoformat(),
            "replaced_by": self.replaced_by_id,
            "cited_as": f"{settings.SITE_URL}/id/{self.pid_id}",
        }


LABELS = Prepared(
    lambda values: Pid.objects.filter(value__among=values, state=State.PUBLIC).values_list(
        "pk", "kind", "path", "title"
    )
)
