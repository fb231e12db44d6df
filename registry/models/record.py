"""What every public record has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from registry.models.ids import Pid, State
from registry.models.source import OFFICIAL_KINDS


def count_of(rows: models.QuerySet[Any], outer: str) -> Coalesce:
    """How many of these rows refer to the outer query's record by the field `outer`, as an annotation."""
    counted = (
        rows.order_by()
        .filter(**{outer: models.OuterRef("pk")})
        .values(outer)
        .annotate(count=models.Count("pk", distinct=True))
    )
    return Coalesce(models.Subquery(counted.values("count")), 0)


class RecordQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def public(self) -> Self:
        return self.filter(pid__state=State.PUBLIC)

    def ever_public(self) -> Self:
        """Public ones, and those that were and are withdrawn or merged: what deletions are told of."""
        return self.filter(pid__published_at__isnull=False)

    def with_support(self) -> Self:
        """With `support` by the sources of the record itself: the annotation that says what `support_of` says."""
        its: Any = self.model._meta.get_field("sources").remote_field.through._default_manager
        name = self.model._meta.model_name
        mine = its.filter(**{str(name): models.OuterRef("pk")})
        return self.annotate(
            source_count=count_of(its.all(), str(name)),
            support=models.Case(
                models.When(
                    models.Exists(mine.filter(source__kind__in=OFFICIAL_KINDS)), then=models.Value("official")
                ),
                models.When(source_count__gt=1, then=models.Value("several")),
                models.When(source_count=1, then=models.Value("single")),
                default=models.Value("general"),
            ),
        )

    def resting_on(self, support: str) -> Self:
        return self.with_support().filter(support=support)

    def for_data(self) -> Self:
        """With everything `as_data()` reads, so that it makes no query of its own."""
        return self.select_related("pid", *self.model.DATA_SELECT).prefetch_related(
            "pid__claims__sources", *self.model.DATA_PREFETCH
        )


class RecordManager(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> RecordQuerySet:
        queryset: RecordQuerySet = super().get_queryset().select_related("pid")
        return queryset

    def draft(self, *, pid: str = "", **facts: Any) -> Any:
        """Store a new draft with its freshly minted pid and return it."""
        return self.create(pid=Pid.objects.mint(self.model._meta.model_name, pid), **facts)


class Record(models.Model):
    """A thing with a permanent id, a public path and editions.

    Concrete records say what they are (`as_data`), where they stand (`wanted_path`), which other records
    print their words (`quoting`) and what they stand on (`FOUNDATIONS`).
    """

    DATA_SELECT: ClassVar[tuple[str, ...]] = ()
    DATA_PREFETCH: ClassVar[tuple[Any, ...]] = ()
    PATH_PREFETCH: ClassVar[tuple[str, ...]] = ()
    """What `wanted_path()` reads."""
    FOUNDATIONS: ClassVar[tuple[tuple[str, str, Any], ...]] = ()
    """What must be public before it is: the field, how a query names that record, the sentence that says so."""

    pid = models.OneToOneField(
        Pid, models.PROTECT, primary_key=True, related_name="%(class)s", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = RecordManager()

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        return self.pid.state

    def get_absolute_url(self) -> str:
        return self.pid.get_absolute_url()

    def as_data(self) -> dict[str, Any]:
        """The record's whole public description: plain dicts, lists, strings, whole numbers, booleans, null."""
        raise NotImplementedError

    def wanted_path(self) -> str:
        """The path its facts ask for, without slashes at the ends."""
        raise NotImplementedError

    def proposed_path(self) -> str:
        """The path it would get today; may query for names taken."""
        return self.wanted_path()

    @classmethod
    def quoting(cls, pks: Iterable[Any]) -> Iterable[Record]:
        """Records whose own description prints words of one of these; makes queries."""
        return ()

    def claims_data(self) -> list[dict[str, Any]]:
        return [claim.as_data() for claim in self.pid.claims.all()]


def record_models() -> dict[str, type[Record]]:
    """Every concrete record model by its kind, which is its model name."""
    return {
        model._meta.model_name: model
        for model in apps.get_models()
        if issubclass(model, Record) and model._meta.model_name
    }


def record_of(pid: Pid) -> Record:
    """The record a pid names; one query."""
    record: Record = record_models()[pid.kind].objects.get(pk=pid.value)
    return record


def sources_data(*facts: Iterable[Any]) -> list[dict[str, Any]]:
    """Each source used by any of the given facts (which have prefetched `sources`), once, by key."""
    sources = {source.key: source for group in facts for fact in group for source in fact.sources.all()}
    return [sources[key].as_data() for key in sorted(sources)]
