"""Every public address that was ever published, from the ledger of paths and the editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.formats.exports import exports_for
from registry.models import Pid

ALWAYS = ("html", "json")


def every_address() -> Iterator[tuple[Pid, list[str]]]:
    """Each record that ever was public, with all its addresses: paths, ids, editions, texts and paragraphs.

    Every address comes in every form it is offered in, with its query; two queries more for some records at a time.
    """
    for pid in Pid.objects.ever_published():
        yield pid, list(dict.fromkeys(addresses(pid)))


def addresses(pid: Pid) -> Iterator[str]:
    """Those of one record, which was loaded by `ever_published()`."""
    paths = [entry.path for entry in pid.paths.all()]
    record_forms = (*ALWAYS, *exports_for(pid.kind))
    names = [pid.value]
    for edition in pid.editions.all():
        names.append(f"{pid.value}@{edition.number}")
        places = [f"/{path}{at}" for path in paths for at in ("", f"@{edition.number}")]
        for text in edition.data.get("texts", ()):
            names += [
                f"{pid.value}{at}~{one['key']}"
                for at in ("", f"@{edition.number}")
                for one in text["paragraphs"]
            ]
            places += [f"{place}/{rest}" for place in places[: 2 * len(paths)] for rest in beneath(text)]
        for place in places:
            yield from in_forms(f"{place}/", record_forms)
    for path in paths:
        yield from in_forms(f"/{path}/history/", ALWAYS)
        if pid.kind == "commitment":
            yield from in_forms(f"/{path}/chain/", ALWAYS)
    for name in dict.fromkeys(names):
        yield from in_forms(f"/id/{name}", record_forms)
        yield f"/embed/{name}/"


def beneath(text: dict[str, Any]) -> list[str]:
    """A text's address beneath its statement, and those of its paragraphs."""
    return [text["segment"], *(f"{text['segment']}/~{one['key']}" for one in text["paragraphs"])]


def in_forms(address: str, forms: tuple[str, ...]) -> Iterator[str]:
    """The address as a page, and with `?format=` for every other form."""
    return (address if form == "html" else f"{address}?format={form}" for form in forms)
