"""References to the starting data and to small records, for tests of formats."""

from __future__ import annotations

from archive.formats.reference import Reference
from registry.models import Edition, Pid, State

FM9 = "ca-jad/2022/fm-9"
STATEMENT = f"{FM9}/joint-statement"


def reference(path: str, text: str | None = None, paragraph: str | None = None) -> Reference:
    """The current edition of the record at this path."""
    pid = Pid.objects.get(path=path)
    edition = Edition.objects.get(pid=pid, number=pid.edition_number)
    return Reference(pid, edition, text, paragraph)


def every_reference() -> list[Reference]:
    """One to each public record."""
    editions = Edition.objects.current().filter(pid__state=State.PUBLIC).select_related("pid")
    return [Reference(edition.pid, edition) for edition in editions]
