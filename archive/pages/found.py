"""A record at the edition asked for, with what its page needs beside the edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from archive.address import Address
from archive.formats.reference import Reference
from registry.kit import pids
from registry.models import Edition, Pid


@dataclass(frozen=True)
class Found:
    """An address that leads to a public record, and the edition it names."""

    address: Address
    pid: Pid
    edition: Edition
    is_preview: bool = False

    @property
    def data(self) -> dict[str, Any]:
        return self.edition.data

    @property
    def is_current(self) -> bool:
        return self.edition.number == self.pid.edition_number

    @cached_property
    def reference(self) -> Reference:
        """What a citation of this page cites."""
        return Reference(self.pid, self.edition, self.address.text, self.address.paragraph)

    @cached_property
    def links(self) -> dict[str, Pid]:
        """Where the records the edition names are found today; one query."""
        return directory(self.data)

    def context(self, **more: Any) -> dict[str, Any]:
        """What every record template takes: record, edition, pid, address, links, sources by key."""
        sources = self.data.get("cited_sources", [])
        return {
            "record": self.data,
            "edition": self.edition,
            "is_current": self.is_current or self.is_preview,
            "is_preview": self.is_preview,
            "pid": self.pid,
            "address": self.address,
            "reference": self.reference,
            "canonical": f"/{self.pid.path}/",
            "links": self.links,
            "source_numbers": {source["key"]: number for number, source in enumerate(sources, 1)},
            **more,
        }


def directory(*data: Any) -> dict[str, Pid]:
    """Pids of every record named anywhere in the data, with their paths and titles of today; one query."""
    return Pid.objects.directory({value for part in data for value in named_pids(part)})


def named_pids(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from named_pids(value)
    elif isinstance(data, list):
        for value in data:
            yield from named_pids(value)
    elif isinstance(data, str) and len(data) == pids.LENGTH and pids.is_valid(data):
        yield data
