"""What makes records citable, as JSON Lines: ids, paths, editions, tombstones, the log of changes.

Every line is one row, its keys sorted; a row is named by what it is, never by its number in a database, so that
the files are the same whichever database they came from. Passwords do not leave the archive: an editor comes back
without one and cannot enter until an administrator sets it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models

from archive.exchange import captures
from archive.models import Imported
from dialogues.models import Distinction
from registry.models import Change, Edition, Editor, Pid, Tombstone, record_models
from registry.models import Path as PublicPath

BATCH = 500
OF_RECORDS = ("created_at", "changed_at", "created_by", "changed_by")
EDITOR = ("username", "first_name", "last_name", "email", "is_staff", "is_superuser", "is_active")
TABLES: dict[str, type[models.Model]] = {
    "pids": Pid,
    "paths": PublicPath,
    "editions": Edition,
    "tombstones": Tombstone,
    "changes": Change,
    "distinctions": Distinction,
    "imported": Imported,
}
"""In the order in which they are read: what refers to a row comes after it."""
PUBLIC_TABLES = ("pids", "paths", "editions", "tombstones", "changes")
Line = dict[str, Any]


def columns(model: type[models.Model]) -> list[Any]:
    """The columns that say something: not the number that a database gives a row."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def lines(name: str, *, public: bool) -> Iterator[Line]:
    """Rows of a table in the order in which they were written; public ones name no editor."""
    model = TABLES[name]
    rows = model._default_manager.order_by("pk")
    if public:
        path = "published_at__isnull" if model is Pid else "pid__published_at__isnull"
        rows = rows.filter(**{path: False})
    editors = dict(Editor.objects.values_list("pk", "username"))
    for row in rows.iterator(chunk_size=BATCH):
        yield {field.name: exported(row, field, {} if public else editors) for field in columns(model)}


def exported(row: models.Model, field: Any, editors: dict[Any, str]) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and field.related_model is Editor:
        return editors.get(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def record_lines() -> Iterator[Line]:
    """Who made and last changed each record, and when."""
    editors = dict(Editor.objects.values_list("pk", "username"))
    for _kind, model in sorted(record_models().items()):
        for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
            fields = (row._meta.get_field(name) for name in OF_RECORDS)
            yield {"pid": row.pk, **{field.name: exported(row, field, editors) for field in fields}}


def editor_lines() -> Iterator[Line]:
    for editor in sorted(Editor.objects.all(), key=lambda editor: editor.username):
        yield {name: getattr(editor, name) for name in EDITOR}


def write(folder: Path, *, public: bool) -> None:
    """Every table as a file; without the private ones where only what is public is wanted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PUBLIC_TABLES if public else TABLES:
        write_lines(folder / f"{name}.jsonl", lines(name, public=public))
    if not public:
        write_lines(folder / "editors.jsonl", editor_lines())
        write_lines(folder / "records.jsonl", record_lines())
        write_lines(folder / captures.LEDGER_NAME, captures.lines(folder.parent))


def write_lines(path: Path, rows: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def read_lines(path: Path) -> Iterator[Line]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


class Restoring:
    """Bringing the tables of a folder into an empty archive, the ids before the records, the rest after them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.editors: dict[str, Any] = {}

    def before_records(self) -> None:
        for line in read_lines(self.folder / "editors.jsonl"):
            editor = Editor(**line)
            editor.set_unusable_password()
            editor.save()
        self.editors = dict(Editor.objects.values_list("username", "pk"))
        self.table("pids")

    def after_records(self) -> None:
        for name in TABLES:
            if name != "pids":
                self.table(name)
        for line in read_lines(self.folder / captures.LEDGER_NAME):
            captures.restore(self.folder.parent, line)
        models_of = record_models()
        kinds = dict(Pid.objects.values_list("pk", "kind"))
        for line in read_lines(self.folder / "records.jsonl"):
            model: Any = models_of[kinds[line["pid"]]]
            model._base_manager.filter(pk=line["pid"]).update(
                **{
                    field.attname: self.restored(field, line[field.name])
                    for field in map(model._meta.get_field, OF_RECORDS)
                }
            )

    def table(self, name: str) -> None:
        model = TABLES[name]
        fields: list[Any] = columns(model)

        def make(line: Line) -> models.Model:
            return model(**{field.attname: self.restored(field, line[field.name]) for field in fields})

        rows = (make(line) for line in read_lines(self.folder / f"{name}.jsonl"))
        while some := list(islice(rows, BATCH)):
            model._default_manager.bulk_create(some)

    def restored(self, field: Any, value: Any) -> Any:
        if field.is_relation:
            return self.editors.get(value) if field.related_model is Editor else value
        return field.to_python(value)
