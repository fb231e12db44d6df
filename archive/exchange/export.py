"""Writing the archive as exchange files: what `load` reads, in an order that does not depend on the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from archive.exchange.references import key_of
from archive.exchange.shapes import (
    CLAIMS,
    COUNTRY,
    DIALOGUE,
    MEETING,
    MINISTER,
    OUTCOME,
    STATEMENT,
    TOPIC,
    Shape,
)
from meetings.models import StatementMeeting
from registry.models import Claim, Record, Source, State

CHUNK = 200
BY_PATH = "pid__path"
BASIS = ("certainty", "confidence", "note")
"""How sure a row is comes after what it says."""
Mapping = dict[str, Any]


class Exporter:
    """Turns records into mappings, a fixed number of queries for every `CHUNK` of them.

    `public` leaves out what is not public: drafts, what was withdrawn, and what was merged.
    """

    def __init__(self, *, public: bool) -> None:
        self.public = public

    def sources(self) -> list[Mapping]:
        rows = sorted(Source.objects.all(), key=lambda source: source.key)
        return [self.columns(Shape(Source), row, {}) for row in rows]

    def standing(self) -> Iterator[tuple[str, list[Mapping]]]:
        """The sections that stand in files of their own."""
        for section, shape, order in (
            ("countries", COUNTRY, "code"),
            ("topics", TOPIC, "slug"),
            ("ministers", MINISTER, "slug"),
        ):
            yield section, [data for _row, data in self.records(shape, self.rows(shape), order)]

    def dialogues(self) -> Iterator[tuple[str, Mapping]]:
        """The code and the sections of each dialogue's file."""
        for dialogue, data in self.records(DIALOGUE, self.rows(DIALOGUE), "code"):
            meetings = self.rows(MEETING).filter(track__dialogue=dialogue)
            statements = self.rows(STATEMENT).filter(dialogue=dialogue)
            of_meetings = self.outcomes(meetings, "meeting")
            of_statements = self.outcomes(statements, "statement", meeting__isnull=True)
            yield (
                dialogue.code,
                {
                    "dialogue": data,
                    "meetings": [
                        with_outcomes(data, of_meetings[row.pk])
                        for row, data in self.records(MEETING, meetings, BY_PATH)
                    ],
                    "statements": [
                        with_outcomes(data, of_statements[row.pk])
                        for row, data in self.records(STATEMENT, statements, BY_PATH)
                    ],
                },
            )

    def rows(self, shape: Shape) -> Any:
        rows = shape.model._base_manager.select_related("pid")
        return rows.filter(pid__state=State.PUBLIC) if self.public else rows

    def outcomes(self, parents: Any, parent: str, **conditions: Any) -> dict[str, list[Mapping]]:
        found: dict[str, list[Mapping]] = defaultdict(list)
        rows = self.rows(OUTCOME).filter(**{f"{parent}__in": parents.values("pk")}, **conditions)
        for row, data in self.records(OUTCOME, rows, "nature", "number", "key"):
            found[getattr(row, f"{parent}_id")].append(data)
        return found

    def records(self, shape: Shape, rows: Any, *order: str) -> Iterator[tuple[Any, Mapping]]:
        """Each record with its mapping; sorted here, since databases sort text each in their own way."""
        related = [path for field in references(shape) for path in paths_to_key(field)]
        keys = sorted(rows.values_list(*order, "pk"), key=lambda key: [(part is None, part) for part in key])
        for start in range(0, len(keys), CHUNK):
            wanted = [key[-1] for key in keys[start : start + CHUNK]]
            found = rows.select_related("pid", *related).in_bulk(wanted)
            some = [found[pk] for pk in wanted]
            beneath, lists = self.beneath(shape, some), self.lists(shape, some)
            claims, meetings = self.claims(some), self.meetings(shape, some)
            for row in some:
                state = {} if row.pid.state == State.PUBLIC else {"state": row.pid.state}
                yield (
                    row,
                    {
                        "pid": row.pk,
                        **({"path": row.pid.path} if row.pid.path and shape in (MEETING, STATEMENT) else {}),
                        **state,
                        **self.columns(shape, row, lists),
                        **({"meetings": meetings[row.pk]} if row.pk in meetings else {}),
                        **{name: items for name in shape.children if (items := beneath[name].get(row.pk))},
                        **({"claims": claims[row.pk]} if row.pk in claims else {}),
                    },
                )

    def columns(
        self, shape: Shape, row: Any, lists: dict[str, dict[Any, list[Any]]], place: int = 0
    ) -> Mapping:
        """Columns and lists that say something else than their default; a row's number where it is not its place."""
        data: Mapping = {}
        for field in own_fields(shape):
            value = getattr(row, field.name)
            if field.name == "number" and place:
                if value != place:
                    data["number"] = value
            elif field.is_relation:
                if value is not None:
                    data[field.name] = key_of(value)
            elif value != field.get_default() and value not in (None, ""):
                data[field.name] = value
        for name in lists:
            if keys := lists[name].get(row.pk):
                data[name] = keys
        return data

    def beneath(self, shape: Shape, parents: list[Any]) -> dict[str, dict[Any, list[Mapping]]]:
        """The rows under each parent, by section and parent; their own rows in them."""
        return {name: self.children(child, parents) for name, child in shape.children.items()}

    def children(self, shape: Shape, parents: list[Any]) -> dict[Any, list[Mapping]]:
        order = ["number", "pk"] if is_numbered(shape) else ["pk"]
        related = [path for field in references(shape) for path in paths_to_key(field)]
        rows = list(
            shape.model._base_manager.filter(**{f"{shape.parent}__in": parents})
            .select_related(*related)
            .order_by(*order)
        )
        beneath, lists = self.beneath(shape, rows), self.lists(shape, rows)
        found: dict[Any, list[Mapping]] = defaultdict(list)
        for row in rows:
            items = found[getattr(row, f"{shape.parent}_id")]
            data = self.columns(shape, row, lists, place=len(items) + 1)
            items.append(
                data | {name: some for name in shape.children if (some := beneath[name].get(row.pk))}
            )
        return found

    def lists(self, shape: Shape, rows: list[Any]) -> dict[str, dict[Any, list[Any]]]:
        """For every many-to-many field the keys of each row, in order of the keys."""
        found: dict[str, dict[Any, list[Any]]] = {}
        fields: list[Any] = list(shape.model._meta.many_to_many)
        for field in fields:
            if not field.remote_field.through._meta.auto_created:
                continue
            through = field.remote_field.through
            mine, other = field.m2m_field_name(), field.m2m_reverse_field_name()
            links = through._base_manager.filter(**{f"{mine}__in": rows}).select_related(
                other, *(f"{other}__{path}" for path in paths_of_model(field.related_model))
            )
            keys: dict[Any, list[Any]] = defaultdict(list)
            for link in links:
                keys[getattr(link, f"{mine}_id")].append(key_of(getattr(link, other)))
            found[field.name] = {row: sorted(names) for row, names in keys.items()}
        return found

    def claims(self, records: list[Record]) -> dict[str, list[Mapping]]:
        rows = list(Claim.objects.filter(about__in=[record.pk for record in records]).order_by("pk"))
        lists = self.lists(CLAIMS, rows)
        found: dict[str, list[Mapping]] = defaultdict(list)
        for row in rows:
            found[row.about_id].append(self.columns(CLAIMS, row, lists))
        return found

    def meetings(self, shape: Shape, statements: list[Any]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        if shape is STATEMENT:
            links = StatementMeeting.objects.filter(statement__in=statements).select_related("meeting__pid")
            for link in links.order_by("number", "pk"):
                found[link.statement_id].append(key_of(link.meeting))
        return found


def with_outcomes(data: Mapping, outcomes: list[Mapping]) -> Mapping:
    return data | ({"outcomes": outcomes} if outcomes else {})


def own_fields(shape: Shape) -> Iterable[Any]:
    """The columns that a person writes: neither the parent nor what the archive keeps itself."""
    kept = {"id", "pid", "created_at", "changed_at", "created_by", "changed_by", shape.parent}
    implied = {"dialogue"} if shape is STATEMENT else {"meeting"} if shape is OUTCOME else set()
    fields = [field for field in shape.model._meta.concrete_fields if field.name not in kept | implied]
    return sorted(fields, key=lambda field: field.name in BASIS)


def references(shape: Shape) -> list[Any]:
    return [field for field in own_fields(shape) if field.is_relation]


def paths_to_key(field: Any) -> list[str]:
    return [field.name, *(f"{field.name}__{path}" for path in paths_of_model(field.related_model))]


def paths_of_model(model: Any) -> list[str]:
    """What else must be selected so that `key_of` makes no query."""
    if issubclass(model, Record):
        return ["pid"]
    return {"Paragraph": ["text"], "Office": ["country"]}.get(model.__name__, [])


def is_numbered(shape: Shape) -> bool:
    return any(field.name == "number" for field in shape.model._meta.fields)
