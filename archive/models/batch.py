"""Imports of editors: the files brought, every row of them with what it would do, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Pid, State, record_models


class Stage(models.TextChoices):
    COLUMNS = "columns", _("columns to be named")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, nothing stored")
    STORING = "storing", _("being stored")
    STORED = "stored", _("stored")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class RowState(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("the same")
    DUPLICATE = "duplicate", _("possible duplicate")
    ERROR = "error", _("error")


class Decision(models.TextChoices):
    TAKE = "take", _("a record of its own: take it")
    SKIP = "skip", _("leave it out")


def pieces(rows: models.QuerySet, key: str = "pk", size: int = 200) -> Iterator[list[Any]]:
    """The rows in the order of a unique column, some at a time, though rows are written meanwhile."""
    last: Any = None
    ordered = rows.order_by(key)
    while some := list((ordered if last is None else ordered.filter(**{f"{key}__gt": last}))[:size]):
        last = getattr(some[-1], key)
        yield some


class Batch(models.Model):
    """One import under a name: checked as often as wanted, stored once and whole, and undone as a whole."""

    name = models.CharField(max_length=120, unique=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.COLUMNS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    check_number = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text=_("rows by what they would do"))
    publishes = models.BooleanField(default=True)
    skips_errors = models.BooleanField(default=False)
    note = models.TextField(blank=True, help_text=_("the public note of records that change"))
    undo_note = models.TextField(blank=True, help_text=_("the public note of undoing it"))
    fault = models.TextField(blank=True, help_text=_("why the last step did not end well"))
    stored_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether a step was begun and has not ended."""
        return self.stage in (Stage.CHECKING, Stage.STORING, Stage.UNDOING)

    def read_anew(self) -> None:
        """Have the files read again at the next check; what was corrected in rows is gone."""
        self.check_number, self.counts, self.stage = 0, {}, Stage.COLUMNS
        self.save(update_fields=["check_number", "counts", "stage"])
        self.rows.all().delete()

    def leave_step(self) -> None:
        """Go back to where the import stood before a step that was interrupted, of which nothing was stored."""
        before = {Stage.STORING: Stage.CHECKED, Stage.UNDOING: Stage.STORED}
        again = Stage.CHECKED if self.check_number else Stage.COLUMNS
        self.stage, self.fault = before.get(Stage(self.stage), again), ""
        self.save(update_fields=["stage", "fault"])

    def count_rows(self) -> None:
        """Count anew what the rows would do."""
        states = self.checked_rows().order_by().values_list("state").annotate(models.Count("pk"))
        self.counts = dict(states)
        self.save(update_fields=["counts"])

    def titles_of(self, pids: list[str]) -> dict[str, str]:
        """What the rows called these records."""
        rows = self.checked_rows().filter(pid__in=pids).exclude(title="")
        return dict(rows.values_list("pid", "title"))

    def checked_rows(self) -> BatchRowQuerySet:
        """The rows of the newest check that ended, in the order of the files."""
        rows: BatchRowQuerySet = self.rows.filter(check_number=self.check_number).order_by("number")
        return rows


class BatchFile(models.Model):
    """A file as it was brought."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text=_("in bytes"))
    file = models.FileField(upload_to="imports/")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_file_numbered")]

    def __str__(self) -> str:
        return self.name


class BatchTable(models.Model):
    """One table of a file, or its records where it is an exchange file: what its rows are, and its columns."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="tables")
    file = models.ForeignKey(BatchFile, models.PROTECT, related_name="tables")
    number = models.PositiveSmallIntegerField(help_text=_("among all tables of the batch"))
    place = models.PositiveSmallIntegerField(help_text=_("among the tables of its file"))
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=12, blank=True, help_text=_("empty until it is known; “-” is left out")
    )
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict, help_text=_("the place of each column known, by its name"))
    is_known = models.BooleanField(default=False, help_text=_("whether every column has been given its name"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_table_numbered")]

    def __str__(self) -> str:
        return self.name

    def unused(self) -> list[str]:
        """Headers whose column is not read."""
        used = set(self.mapping.values())
        return [name for place, name in enumerate(self.header) if name and place not in used]


class BatchRowQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def in_state(self, state: str) -> Self:
        return self.filter(state=state)

    def to_store(self) -> Self:
        """Rows that would change the archive, unless they are left out."""
        alive = models.Q(state__in=[RowState.NEW, RowState.CHANGED]) & ~models.Q(decision=Decision.SKIP)
        return self.filter(alive | models.Q(state=RowState.DUPLICATE, decision=Decision.TAKE))

    def of_public_records(self) -> Self:
        """Rows that change what is, or was, public."""
        unpublished = [State.DRAFT, State.IN_REVIEW]
        return self.filter(pid__in=Pid.objects.exclude(state__in=unpublished).values("pk"))

    def in_the_way(self) -> Self:
        """Rows with errors that were not left out one by one."""
        return self.filter(state=RowState.ERROR).exclude(decision=Decision.SKIP)


class BatchRow(models.Model):
    """A row of a file, with what the check of this number found."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows")
    table = models.ForeignKey(BatchTable, models.PROTECT, related_name="rows")
    check_number = models.PositiveIntegerField()
    number = models.PositiveIntegerField(help_text=_("among all rows of the batch"))
    line = models.PositiveIntegerField(help_text=_("in its file, as a person sees it"))
    cells = models.JSONField(help_text=_("as they were read; of an exchange file the record"))
    corrections = models.JSONField(default=dict, help_text=_("what the editor wrote instead, by column"))
    decision = models.CharField(max_length=4, choices=Decision, blank=True)
    state = models.CharField(max_length=10, choices=RowState)
    title = models.TextField(blank=True)
    problems = models.JSONField(default=list)
    difference = models.JSONField(default=list)
    twin = models.TextField(blank=True, help_text=_("what a possible duplicate resembles"))
    twin_pid = models.CharField(max_length=8, blank=True)
    pid = models.CharField(max_length=8, blank=True)
    section = models.CharField(max_length=12, blank=True)
    scope = models.CharField(max_length=255, blank=True)
    fragment = models.JSONField(null=True, help_text=_("what would be loaded"))
    seen = models.CharField(max_length=60, blank=True, help_text=_("its record as it was when checked"))

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "check_number", "number"], name="batch_row_numbered")
        ]
        indexes = [
            models.Index(fields=["batch", "check_number", "state", "number"], name="batch_rows_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.table.name}, line {self.line}"

    def decided(self) -> str:
        """What the editor said of the row, in words."""
        return str(self.get_decision_display()) if self.decision else ""


class BatchRecord(models.Model):
    """What a batch did to one record, for the report and for undoing it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records")
    pid = models.ForeignKey(Pid, models.PROTECT, related_name="+")
    section = models.CharField(max_length=12)
    scope = models.CharField(max_length=255, blank=True)
    is_new = models.BooleanField()
    before = models.JSONField(null=True, help_text=_("the record as the exchange format had it"))
    mark_after = models.CharField(max_length=60, blank=True, help_text=_("by which a later change is told"))
    kept = models.BooleanField(default=False, help_text=_("not undone, since it was changed again since"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "pid"], name="batch_record_once")]

    def __str__(self) -> str:
        return self.pid_id

    @property
    def admin_url(self) -> str:
        """Where an editor finds the record."""
        model = record_models()[self.pid.kind]
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[self.pid_id])


class Columns(models.Model):
    """What the columns of files with this header were said to be, so that it is asked once."""

    shape = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the header"))
    kind = models.CharField(max_length=12)
    mapping = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.mapping)}"

    def as_mapping(self) -> dict[str, Any]:
        return dict(self.mapping)
