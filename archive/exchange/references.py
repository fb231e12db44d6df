"""Natural keys of the exchange format, and the rows they name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from dialogues.models import Country, Dialogue, Minister, Office, Topic, Track
from meetings.models import AgendaItem, Commitment, Meeting, Paragraph, Statement
from registry.kit import pids
from registry.models import Pid, Source

KEYS: dict[type[models.Model], str] = {
    Country: "code",
    Commitment: "key",
    Dialogue: "code",
    Minister: "slug",
    Source: "key",
    Topic: "slug",
}


DATED: tuple[type[models.Model], ...] = (Meeting, Statement, Commitment)
"""Kinds of which an archive holds more than memory should."""


def key_of(row: Any) -> Any:
    """The natural key under which `Directory.find` finds the row again; reads what `paths_to_key` selects."""
    if type(row) in KEYS:
        return getattr(row, KEYS[type(row)])
    if isinstance(row, Meeting | Statement):
        return row.pid.path or row.pk
    if isinstance(row, Office):
        return {"title": row.title, **({"country": row.country.code} if row.country else {})}
    if isinstance(row, Paragraph):
        return f"{row.text.segment}/{row.key}"
    if isinstance(row, Pid):
        return row.path if row.path and row.kind in ("meeting", "statement") else row.value
    return row.code if isinstance(row, Track) else row.key


class Recent:
    """Records by natural key, read when they are asked for; the last `KEPT` of them are held.

    What is not public yet is not found by its path, so that what is held under one is kept.
    """

    KEPT = 2000

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.rows: OrderedDict[str, Any] = OrderedDict()
        self.coming: dict[str, Any] = {}
        self.missing: set[str] = set()
        """Keys last asked for of which there is no record."""

    def read(self, keys: Iterable[str]) -> None:
        """Hold those of these that exist, with one query for all that are not held."""
        unknown = {key for key in keys if key and key not in self.rows and key not in self.coming}
        self.missing = unknown
        if not unknown:
            return
        rows: Any = self.model._default_manager.select_related("pid")
        if self.model is Commitment:
            for row in rows.filter(key__in=unknown):
                self[row.key] = row
            return
        for row in rows.filter(Q(pid__path__in=unknown) | Q(pk__in=unknown)):
            self[row.pk if row.pk in unknown else row.pid.path] = row

    def get(self, key: str) -> Any:
        if key not in self.rows and key not in self.missing and isinstance(key, str):
            self.read([key])
        return self.rows.get(key) or self.coming.get(key)

    def __getitem__(self, key: str) -> Any:
        row = self.get(key)
        if row is None:
            raise KeyError(key)
        return row

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __setitem__(self, key: str, row: Any) -> None:
        self.rows[key] = row
        self.missing.discard(key)
        self.rows.move_to_end(key)
        if len(self.rows) > self.KEPT:
            oldest, held = self.rows.popitem(last=False)
            if oldest not in (held.pk, held.pid.path, getattr(held, "key", None)):
                self.coming[oldest] = held


class Directory:
    """Rows by natural key: those of the database, and those that this load has added."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], Any] = {
            model: {getattr(row, key): row for row in model._default_manager.all()}
            for model, key in KEYS.items()
            if model not in DATED
        }
        for model in DATED:
            self.rows[model] = Recent(model)
        self.offices = {(office.title, office.country_id): office for office in Office.objects.all()}
        self.tracks: dict[tuple[str, str], Track] = {}
        self.agendas: dict[str, dict[str, AgendaItem]] = {}
        self.paragraphs: dict[str, dict[str, Paragraph]] = {}

    def add(self, row: models.Model, key: str) -> None:
        self.rows[type(row)][key] = row

    def find(self, model: type[models.Model], key: Any, scope: models.Model | None) -> Any:
        """The row of the model that the key names; `scope` is the record it is named in. Raises LookupError."""
        if model in self.rows:
            return self.rows[model][key]
        finders: dict[Any, Callable[[Any, Any], Any]] = {
            AgendaItem: self.agenda_item,
            Office: self.office,
            Paragraph: self.paragraph,
            Pid: self.pid,
            Track: self.track,
        }
        return finders[model](key, scope)

    def read_parts(self, meetings: Iterable[Any], statements: Iterable[Any]) -> None:
        """Hold the agendas of these meetings and the paragraphs of these statements, and no others; two queries."""
        self.agendas = {meeting.pk: {} for meeting in meetings}
        self.paragraphs = {statement.pk: {} for statement in statements}
        if self.agendas:
            for item in AgendaItem.objects.filter(meeting__in=self.agendas):
                self.agendas[item.meeting_id][item.key] = item
        if self.paragraphs:
            parts = Paragraph.objects.filter(text__statement__in=self.paragraphs)
            for paragraph in parts.select_related("text"):
                self.paragraphs[paragraph.text.statement_id][key_of(paragraph)] = paragraph

    def agenda_item(self, key: str, scope: Any) -> AgendaItem:
        meeting: Any = scope.meeting if isinstance(scope, Commitment) else scope
        if meeting.pk not in self.agendas:
            self.read_parts([meeting], [])
        return self.agendas[meeting.pk][key]

    def office(self, key: dict[str, str], _scope: Any) -> Office:
        country = self.rows[Country][key["country"]] if key.get("country") else None
        known = (key["title"], country.pk if country else None)
        if known not in self.offices:
            self.offices[known] = Office.objects.create(title=key["title"], country=country)
        return self.offices[known]

    def paragraph(self, key: str, scope: Any) -> Paragraph:
        if scope.statement.pk not in self.paragraphs:
            self.read_parts([], [scope.statement])
        return self.paragraphs[scope.statement.pk][key]

    def pid(self, key: str, _scope: Any) -> Pid:
        for model in (Meeting, Statement):
            if key in self.rows[model]:
                return self.rows[model][key].pid
        if not pids.is_valid(key):
            raise LookupError(key)
        return Pid.objects.get(pk=key)

    def track(self, key: str, scope: Any) -> Track:
        if (scope.pk, key) not in self.tracks:
            tracks = Track.objects.filter(dialogue=scope).select_related("dialogue")
            self.tracks |= {(scope.pk, track.code): track for track in tracks}
        return self.tracks[scope.pk, key]
