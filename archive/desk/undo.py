"""Undoing an import: what it brought is withdrawn or, if never public, removed; what it changed is as it was before.

What somebody changed again since is left as it is, and said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.desk.check import marks_of
from archive.desk.review import Progress
from archive.desk.store import Refused
from archive.exchange.errors import ExchangeError
from archive.exchange.fragments import SECTIONS, Fragment
from archive.exchange.load import Load
from archive.exchange.rows import delete_rows
from archive.exchange.shapes import Shape
from archive.models import Batch, BatchRecord, Imported, Stage, pieces
from meetings.models import Commitment, StatementMeeting
from registry import verbs
from registry.models import Claim, State, WithdrawalReason

CHUNK = 200
ORDER = ("outcomes", "statements", "meetings", "dialogue", "ministers", "topics", "countries")
"""What refers to others before what it refers to."""


def undo(batch: Batch, note: str, progress: Progress) -> None:
    """Take the import back in one transaction; `note` is public. Raises Refused where something stands in the way."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.stage == Stage.UNDONE:
            return
        if not note.strip():
            raise Refused(_("Say in the note for the public why it is undone."))
        try:
            Undoing(batch, note, progress).run()
        except (ValidationError, ExchangeError, models.ProtectedError) as error:
            raise Refused(_("It cannot be undone: %(why)s") % {"why": words_of(error)}) from error
        batch.stage, batch.undone_at, batch.fault = Stage.UNDONE, timezone.now(), ""
        batch.save(update_fields=["stage", "undone_at", "fault"])


def words_of(error: Exception) -> str:
    if isinstance(error, models.ProtectedError):
        return ", ".join(str(row) for row in list(error.protected_objects)[:3]) + _(
            " refer to what it brought."
        )
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


class Undoing:
    def __init__(self, batch: Batch, note: str, progress: Progress) -> None:
        self.batch, self.note, self.progress = batch, note, progress
        self.total, self.done = batch.records.count(), 0

    def run(self) -> None:
        BatchRecord.objects.filter(pk__in=list(self.changed_since())).update(kept=True)
        self.withdraw()
        self.remove()
        self.give_back()
        kept = self.batch.records.filter(kept=True).values("pid")
        Imported.objects.filter(pid__in=self.batch.records.exclude(pid__in=kept).values("pid")).delete()

    def chunks(self, **conditions: Any) -> Iterator[tuple[str, list[BatchRecord]]]:
        for section in ORDER:
            rows = self.batch.records.select_related("pid").order_by("pk")
            rows = rows.filter(section=section, kept=False, **conditions)
            for some in pieces(rows):
                yield section, some
                self.done += len(some)
                self.progress(_("records taken back"), self.done, self.total)

    def changed_since(self) -> Iterator[int]:
        """What is said of them, or their edition, is another than after the import."""
        for section in ORDER:
            for some in pieces(self.batch.records.filter(section=section)):
                marks = marks_of(section, [one.pid_id for one in some])
                yield from (one.pk for one in some if marks.get(one.pid_id) != one.mark_after)

    def give_back(self) -> None:
        """Store what was changed as it was before, and publish that."""
        load = Load([], by=self.batch.by, note=self.note, overwrite=True)
        public: list[tuple[Any, list[str]]] = []
        for section, records in self.chunks(is_new=False):
            shape = SECTIONS[section]
            fragments = [Fragment("", section, record.before or {}, record.scope) for record in records]
            load.store_together(fragments, shape)
            load.refer(fragments, shape)
            public.append((shape.model, [one.pid_id for one in records if one.pid.state == State.PUBLIC]))
        verbs.publish_many(public[::-1], by=self.batch.by, note=self.note)
        gone = [
            (SECTIONS[s].model, [r.pid_id for r in some if was_withdrawn(r)])
            for s, some in self.chunks(is_new=False)
        ]
        self.withdraw_all(gone)

    def withdraw(self) -> None:
        """Withdraw what is new and public."""
        found = [
            (SECTIONS[section].model, [record.pid_id for record in records])
            for section, records in self.chunks(is_new=True, pid__state=State.PUBLIC)
        ]
        self.withdraw_all(found)
        # What is withdrawn must not keep a part of its meeting from going back to what it was.
        for model, pks in found:
            if model is Commitment:
                Commitment.objects.filter(pk__in=pks).update(agenda_item=None, paragraph=None)

    def withdraw_all(self, kinds: list[tuple[Any, list[str]]]) -> None:
        reason = WithdrawalReason.ENTERED_IN_ERROR
        if any(pks for _kind, pks in kinds):
            verbs.withdraw_many(kinds, by=self.batch.by, reason=reason, note=self.note)

    def remove(self) -> None:
        """Delete what is new and was never public, with the rows beneath it; first what refers to its own kind."""
        for section, records in self.chunks(is_new=True, pid__published_at__isnull=True):
            let_go(SECTIONS[section], [record.pid_id for record in records])
        for section, records in self.chunks(is_new=True, pid__published_at__isnull=True):
            pks = [record.pid_id for record in records]
            shape = SECTIONS[section]
            StatementMeeting.objects.filter(statement__in=pks).delete()
            Claim.objects.filter(about__in=pks).delete()
            delete_rows(shape, shape.model._base_manager.filter(pk__in=pks))


def let_go(shape: Shape, pks: list[str]) -> None:
    """Take back what records say of others of their kind."""
    fields = {field.name: field for field in shape.model._meta.concrete_fields}
    references = {name: None for name in shape.later if name in fields}
    if references:
        shape.model._base_manager.filter(pk__in=pks).update(**references)
    for name in set(shape.later) & set(shape.children):
        child = shape.children[name]
        delete_rows(child, child.model._base_manager.filter(**{f"{child.parent}__in": pks}))


def was_withdrawn(record: BatchRecord) -> bool:
    """Whether the import brought the record back from where it had been withdrawn to."""
    return bool((record.before or {}).get("state") == State.WITHDRAWN and record.pid.state == State.PUBLIC)
