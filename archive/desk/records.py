"""What each record of an exchange file would do, found by storing it in a transaction that is taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DataError, IntegrityError, transaction

from archive.desk import patch
from archive.desk.check import Checker, mark_of
from archive.desk.facts import faults, is_list_of
from archive.desk.patch import Mapping
from archive.desk.read import derived_pid, from_yaml, plain_record
from archive.desk.row import Row
from archive.exchange.errors import ExchangeError
from archive.exchange.export import Exporter
from archive.exchange.fragments import SECTIONS, Fragment
from archive.exchange.load import Load
from archive.exchange.references import KEYS
from archive.models import RowState
from meetings.models import Meeting, Statement
from registry.kit import pids
from registry.kit.text import plain_words
from registry.models import Path, Pid, Source

logger = logging.getLogger(__name__)
ORDER = tuple(SECTIONS)
RECORD = "record"
"""The name under which an editor's correction of a whole record stands."""


class RecordChecker:
    """Checks the records of exchange files, all of one import together, since they refer to one another."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def check(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Each row with what it would do. Holds all of them: an exchange file is in memory as a whole."""
        mine = list(rows)
        opened = [(row, data) for row in mine if (data := self.open(row)) is not None]
        stored = Stored(
            [(section, data) for row, data in opened if (section := row.cells[0]["section"]) != "sources"]
        )
        for row, data in opened:
            self.identify(row, data, stored)
        for section in ORDER:
            some = [row for row in mine if row.fragment and row.fragment.section == section and row.is_sound]
            self.compare(section, some)
        self.rehearse([row for row in mine if row.is_taken or row.state == RowState.CHANGED])
        yield from mine

    def open(self, row: Row) -> Mapping | None:
        """The record, as it was brought or as the editor corrected it; None, and errors, where it is not sound."""
        cell = row.cells[0]
        data = cell["data"]
        if RECORD in row.corrections:
            try:
                data = plain_record(from_yaml(row.corrections[RECORD]))
            except ValueError as error:
                row.fail(RECORD, f"is not readable as YAML: {error}")
                return None
            if not isinstance(data, dict):
                row.fail(RECORD, "is no mapping. Write a field a line: “start: '2022-12-24'”.")
                return None
        data = {key: value for key, value in data.items() if key != "outcomes"}
        for name, message in self.misshapen(cell["section"], data):
            row.fail(name, message)
        return data if row.is_sound else None

    def identify(self, row: Row, data: Mapping, stored: Stored) -> None:
        """Give the record the pid it has or gets."""
        cell = row.cells[0]
        if cell["section"] != "sources":
            pid = data.get("pid") or stored.pid_of(cell["section"], data)
            pid = pid or derived_pid(cell["section"], cell["scope"], data)
            data = {"pid": pid, **{k: v for k, v in data.items() if k != "pid"}}
            row.pid = str(data["pid"])
            if not pids.is_valid(row.pid):
                row.fail("pid", f"“{row.pid}” is not a permanent id. Leave it out for a new record.")
        row.title = name_of(cell["section"], data)
        row.fragment = Fragment("", cell["section"], data, cell["scope"])

    def misshapen(self, section: str, data: Mapping) -> Iterator[tuple[str, str]]:
        """Values that no field of the record holds, and names that are no text."""
        yield from faults(SECTIONS[section], data)
        for name in ("pid", "path", "state"):
            if not isinstance(data.get(name, ""), str):
                yield name, "write it as text, in quotation marks."
        if "meetings" in data and not is_list_of(data["meetings"], str):
            yield "meetings", "write a list, one address a line after a hyphen."

    def compare(self, section: str, rows: list[Row]) -> None:
        """Say of each what is new or changed, and which stored record it may be."""
        shape = SECTIONS[section]
        if section == "sources":
            self.compare_sources(rows)
            return
        mine = {row.pid: row for row in rows}
        kinds = dict(Pid.objects.filter(pk__in=mine).values_list("pk", "kind"))
        current: dict[str, Mapping] = {}
        stored = shape.model._base_manager.filter(pk__in=mine)
        for record, data in Exporter(public=False).records(shape, stored, "pk"):
            current[record.pk], mine[record.pk].seen = data, mark_of(record, data)
        like = self.resembling(section, rows)
        for row in rows:
            if kinds.get(row.pid, shape.model._meta.model_name) != shape.model._meta.model_name:
                row.fail("pid", f"{row.pid} is a {kinds[row.pid]}. Leave the pid out for a new record.")
                continue
            fragment = row.fragment
            assert fragment is not None
            self.checker.conclude(
                row,
                section,
                fragment.data,
                current.get(row.pid),
                fragment.scope,
                likes_of(section, fragment),
                like,
            )
            if section == "meetings" and row.is_taken:
                self.checker.coming[path_of(fragment.data)] = row.pid
                self.checker.scopes[row.pid] = fragment.scope

    def compare_sources(self, rows: list[Row]) -> None:
        for row in rows:
            data = row.fragment.data if row.fragment else {}
            if not data.get("key"):
                row.fail("key", "every source needs a key: letters, digits and hyphens.")
                continue
            known = self.checker.directory.rows[Source].get(data["key"])
            if known is None:
                continue
            before = Exporter(public=False).columns(SECTIONS["sources"], known, {})
            row.difference = patch.difference(SECTIONS["sources"], before, data)
            row.state = RowState.CHANGED if row.difference else RowState.SAME

    def resembling(self, section: str, rows: list[Row]) -> dict[tuple[Any, ...], Any]:
        datas = [row.fragment.data for row in rows if row.fragment]
        if section == "meetings":
            return Meeting.objects.resembling(
                {one.get("start") for one in datas}, {one.get("ordinal") for one in datas}
            )
        if section == "statements":
            return Statement.objects.resembling({one.get("date") for one in datas}, set())
        return {}

    def rehearse(self, rows: list[Row]) -> None:
        """Store each in a transaction that is taken back; what is refused is said at its row."""
        by_pid = {(row.fragment.section, row.pid or row.title): row for row in rows if row.fragment}
        with transaction.atomic():
            load = Load([row.fragment for row in rows if row.fragment], by=None, note="", overwrite=True)
            for section in ORDER:
                mine = [row for (one, _pid), row in by_pid.items() if one == section]
                self.rehearse_section(load, section, mine)
            transaction.set_rollback(True)

    def rehearse_section(self, load: Load, section: str, rows: list[Row]) -> None:
        if section == "sources":
            attempt_each(rows, lambda row: load.source(row.fragment))
            return
        shape = SECTIONS[section]
        attempt_each(rows, lambda row: load.store_together([row.fragment], shape))
        attempt_each([row for row in rows if row.is_sound], lambda row: load.refer([row.fragment], shape))


class Stored:
    """The pids of stored records by path and by key, of those that some records name; a query a kind at most."""

    def __init__(self, records: list[tuple[str, Mapping]]) -> None:
        nameless = [(section, data) for section, data in records if not data.get("pid")]
        paths = {path_of(data) for _section, data in nameless}
        self.by_path = dict(Path.objects.filter(path__among=paths).values_list("path", "pid"))
        wanted: dict[str, set[str]] = {}
        for section, data in nameless:
            if key := natural_key(section, data):
                wanted.setdefault(section, set()).add(key)
        self.by_key = {section: self.keyed(section, keys) for section, keys in wanted.items()}

    def keyed(self, section: str, keys: set[str]) -> dict[str, str]:
        model = SECTIONS[section].model
        found = model._base_manager.filter(**{f"{KEYS[model]}__among": keys})
        return dict(found.values_list(KEYS[model], "pk"))

    def pid_of(self, section: str, data: Mapping) -> str | None:
        """That of the record at this path, else of the one with this key; None where there is none."""
        known = self.by_path.get(path_of(data))
        return known or self.by_key.get(section, {}).get(natural_key(section, data))


def path_of(data: Mapping) -> str:
    return str(data.get("path", "")).strip("/")


def natural_key(section: str, data: Mapping) -> str:
    """What the record is known by in exchange files; empty where that is its path alone."""
    return str(data.get(KEYS.get(SECTIONS[section].model, "")) or "")


def attempt_each(rows: list[Row], act: Any) -> None:
    """Do it for each row; a refusal becomes the row's error, by its field."""
    for row in rows:
        try:
            with transaction.atomic():
                act(row)
        except ExchangeError as error:
            row.fail(error.field or RECORD, error.message)
        except IntegrityError as error:
            row.fail(RECORD, f"breaks a rule of the record: {error}")
        except (TypeError, AttributeError, KeyError, ValueError, OverflowError, DataError) as error:
            # Values of every shape end here; the log tells them from a fault of ours.
            logger.warning("Row %s of an import is not stored", row.number, exc_info=True)
            row.fail(RECORD, f"is not as the exchange format has it: {error}")


def likes_of(section: str, fragment: Fragment) -> list[tuple[Any, ...]]:
    data = fragment.data
    if section == "meetings":
        place = (fragment.scope, data.get("track"))
        return [
            (*place, kind, data[name])
            for kind, name in (("number", "ordinal"), ("date", "start"))
            if data.get(name)
        ]
    if section == "statements":
        return [(fragment.scope, plain_words(str(data.get("title_printed", ""))), data.get("date"))]
    return []


def name_of(section: str, data: Mapping) -> str:
    """What a person calls the record."""
    names = ("title_printed", "sort_name", "name", "summary", "path", "key", "code", "slug", "pid")
    return next((str(data[name]) for name in names if data.get(name)), section)
