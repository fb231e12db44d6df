"""The public archive as flat tables: a model each, its columns read from the model.

A row beneath a record is told apart by its record's id and what else its key names; no number that a database
gives appears, so that a release is the same whichever database it came from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import models

from dialogues import models as standing
from meetings import models as dated
from registry.models import Claim, Edition, Pid, Record, Source, State
from registry.models.fields import PartialDateField

CHUNK = 500
OF_THE_DATABASE = {"id", "pid", "created_at", "changed_at", "created_by", "changed_by"}
COMPOSED: dict[str, dict[str, str]] = {
    "Meeting.track": {"dialogue": "track__dialogue", "track": "track__code"},
    "Tenure.office": {"office": "office__title", "office_country": "office__country"},
    "Commitment.agenda_item": {"agenda_item": "agenda_item__number"},
    "Commitment.paragraph": {
        "paragraph_language": "paragraph__text__language",
        "paragraph_text": "paragraph__text__kind",
        "paragraph": "paragraph__key",
    },
    "Text.read_in": {"read_in": "read_in__key"},
}
"""References to what has no id of its own: the columns that tell it apart, and where they are read."""


@dataclass(frozen=True)
class Column:
    """A column: `lookup` is where its value is read from a row, `field` the model's field it comes from."""

    name: str
    lookup: str
    field: Any
    is_key: bool = False

    @property
    def is_list(self) -> bool:
        return bool(self.field.many_to_many)

    @property
    def refers_to(self) -> str:
        """The table in whose `id` (of sources: `key`) the value stands, or empty."""
        model = self.field.related_model
        if model is None and self.lookup.endswith("__key") and self.field.model is Source:
            return "sources"
        return next((table.name for table in TABLES if table.model is model and model is not Edition), "")

    @property
    def names_record(self) -> bool:
        model = self.field.related_model
        return bool(model and issubclass(model, Record | Pid))

    @property
    def type(self) -> str:
        """string, integer, boolean, date (EDTF level 0), datetime or list."""
        if self.is_list:
            return "list"
        if isinstance(self.field, PartialDateField):
            return "date"
        kinds = (
            (models.BooleanField, "boolean"),
            (models.DateTimeField, "datetime"),
            (models.IntegerField, "integer"),
        )
        return next((name for kind, name in kinds if isinstance(self.field, kind)), "string")

    @property
    def values(self) -> list[tuple[str, str]]:
        """Each code it may hold, with its words."""
        choices = getattr(self.field, "choices", None) or []
        return [(str(code), str(words)) for code, words in choices if code not in ("", None)]


@dataclass(frozen=True)
class Table:
    """The public rows of a model; `root` is the lookup to the record above, `keys` the columns that tell rows apart."""

    name: str
    model: type[models.Model]
    root: str = ""
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def meaning(self) -> str:
        """The first sentence of the model's description."""
        return (self.model.__doc__ or "").strip().splitlines()[0]

    @property
    def is_record(self) -> bool:
        return issubclass(self.model, Record)

    @cached_property
    def columns(self) -> list[Column]:
        columns = self.record_columns() if self.is_record else []
        columns += [
            Column(name, lookup, field_of(self.model, lookup), is_key=True)
            for name, lookup in self.keys.items()
        ]
        named = {column.name for column in columns}
        return columns + [column for column in self.own_columns() if column.name not in named]

    def record_columns(self) -> list[Column]:
        field = Pid._meta.get_field
        return [
            Column("id", "pk", field("value"), is_key=True),
            Column("url", "pid__path", field("path")),
            Column("title", "pid__title", field("title")),
            Column("edition", "pid__edition_number", field("edition_number")),
        ]

    def own_columns(self) -> Iterator[Column]:
        """What the model says itself, then its lists of keys."""
        parent = self.root.split("__")[0]
        kept_back = OF_THE_DATABASE | {parent} | KEPT_BACK.get(self.model, set())
        for one in self.model._meta.concrete_fields:
            composed = COMPOSED.get(f"{self.model.__name__}.{one.name}")
            if composed:
                for name, lookup in composed.items():
                    yield Column(name, lookup, field_of(self.model, lookup))
            elif one.name not in kept_back:
                yield Column(one.name, one.name, one)
        for one in self.model._meta.many_to_many:
            if one.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
                yield Column(one.name, one.name, one)

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def key(self) -> list[str]:
        """The columns that tell rows apart; none where one of them may be empty."""
        columns = [column for column in self.columns if column.is_key]
        may_be_empty = any(
            column.field.null or column.field.blank for column in columns if column.lookup != "pk"
        )
        return [] if may_be_empty else [column.name for column in columns]

    def rows(self, public: set[str]) -> Iterator[list[Any]]:
        """Values of every public row in the order of `columns`; `public` are the ids that stand in public."""
        plain = [column.lookup for column in self.columns if not column.is_list]
        found = self.queryset().values_list("pk", *plain).iterator(chunk_size=CHUNK)
        lists = [column for column in self.columns if column.is_list]
        while some := list(islice(found, CHUNK)):
            keys = {column.name: list_keys(column, [pk for pk, *_values in some], public) for column in lists}
            for pk, *values in some:
                row = self.row(pk, iter(values), keys, public)
                if row is not None:
                    yield row

    def row(
        self, pk: Any, values: Iterator[Any], keys: dict[str, dict[Any, list[Any]]], public: set[str]
    ) -> list[Any] | None:
        """One row; None where something it is about is not public."""
        row: list[Any] = []
        for column in self.columns:
            value = keys[column.name].get(pk, []) if column.is_list else next(values)
            if column.names_record and not column.is_list and value is not None and value not in public:
                if column.is_key:
                    return None
                value = None
            if column.lookup == "pid__path":
                value = f"{settings.SITE_URL}/{value}/"
            row.append(value.isoformat() if hasattr(value, "isoformat") else value)
        return row

    def queryset(self) -> Any:
        rows = self.model._base_manager.order_by("pk")
        if self.model is Source:
            return rows.order_by("key")
        root = "pid" if self.is_record else self.root
        if not self.is_record and not issubclass(field_of(self.model, root).related_model, Pid):
            root += "__pid"
        return rows.filter(**{f"{root}__state": State.PUBLIC}).order_by(f"{root}__value", "pk")


KEPT_BACK: dict[type[models.Model], set[str]] = {Edition: {"content", "by"}}
"""An edition's content is in the records, and an editor is said by role alone."""


def field_of(model: type[models.Model], lookup: str) -> Any:
    """The field at the end of a lookup."""
    field: Any = None
    for step in lookup.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return field


def list_keys(column: Column, rows: list[Any], public: set[str]) -> dict[Any, list[Any]]:
    """For each of these rows the keys of what its list names, in order: ids of public records, keys, numbers."""
    many = column.field
    links = many.remote_field.through._base_manager.filter(**{f"{many.m2m_field_name()}__in": rows})
    other = many.m2m_reverse_field_name()
    key = {Source: f"{other}__key", dated.AgendaItem: f"{other}__number"}.get(many.related_model, other)
    found: dict[Any, list[Any]] = defaultdict(list)
    for row, value in links.values_list(many.m2m_field_name(), key):
        if not column.names_record or value in public:
            found[row].append(value)
    return {row: sorted(values) for row, values in found.items()}


TABLES = (
    Table("dialogues", standing.Dialogue),
    Table("dialogue_names", standing.DialogueName, "dialogue", {"dialogue": "dialogue", "language": "language", "text": "text"}),
    Table("dialogue_notes", standing.DialogueNote, "dialogue", {"dialogue": "dialogue", "kind": "kind", "number": "number"}),
    Table("tracks", standing.Track, "dialogue", {"dialogue": "dialogue", "code": "code"}),
    Table("memberships", standing.Membership, "dialogue", {"dialogue": "dialogue", "country": "country", "number": "number"}),
    Table("countries", standing.Country),
    Table("country_names", standing.CountryName, "country", {"country": "country", "language": "language", "form": "form", "text": "text"}),
    Table("capitals", standing.Capital, "country", {"country": "country", "name": "name", "start": "start"}),
    Table("ministers", standing.Minister),
    Table("minister_names", standing.MinisterName, "minister", {"minister": "minister", "language": "language", "text": "text"}),
    Table("tenures", standing.Tenure, "minister", {"minister": "minister", "office": "office__title", "office_country": "office__country", "start": "start"}),
    Table("topics", standing.Topic),
    Table("meetings", dated.Meeting),
    Table("meeting_names", dated.MeetingName, "meeting", {"meeting": "meeting", "kind": "kind", "language": "language"}),
    Table("meeting_places", dated.MeetingPlace, "meeting", {"meeting": "meeting", "number": "number"}),
    Table("meeting_notes", dated.MeetingNote, "meeting", {"meeting": "meeting", "kind": "kind", "number": "number"}),
    Table("schedule_changes", dated.ScheduleChange, "meeting", {"meeting": "meeting", "number": "number"}),
    Table("agenda_items", dated.AgendaItem, "meeting", {"meeting": "meeting", "number": "number"}),
    Table("agenda_item_names", dated.AgendaItemName, "item__meeting", {"meeting": "item__meeting", "number": "item__number", "language": "language"}),
    Table("delegations", dated.Delegation, "meeting", {"meeting": "meeting", "country": "country"}),
    Table("delegates", dated.Delegate, "delegation__meeting", {"meeting": "delegation__meeting", "country": "delegation__country", "number": "number"}),
    Table("statements", dated.Statement),
    Table("statement_meetings", dated.StatementMeeting, "statement", {"statement": "statement", "meeting": "meeting"}),
    Table("statement_titles", dated.StatementTitle, "statement", {"statement": "statement", "language": "language"}),
    Table("statement_locations", dated.StatementLocation, "statement", {"statement": "statement", "language": "language", "url": "url"}),
    Table("signatures", dated.Signature, "statement", {"statement": "statement", "country": "country"}),
    Table("texts", dated.Text, "statement", {"statement": "statement", "language": "language", "kind": "kind"}),
    Table("paragraphs", dated.Paragraph, "text__statement", {"statement": "text__statement", "language": "text__language", "text_kind": "text__kind", "key": "key"}),
    Table("commitments", dated.Commitment),
    Table("commitment_links", dated.CommitmentLink, "commitment", {"commitment": "commitment", "relation": "relation", "target": "target"}),
    Table("claims", Claim, "about", {"about": "about", "field": "field", "value": "value"}),
    Table("editions", Edition, "pid", {"id": "pid", "number": "number"}),
    Table("sources", Source, "", {"key": "key"}),
)  # fmt: skip


def public_ids() -> set[str]:
    return set(Pid.objects.filter(state=State.PUBLIC).values_list("pk", flat=True))
