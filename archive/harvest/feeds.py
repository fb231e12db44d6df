"""Atom (RFC 4287) and JSON Feed 1.1 of what was published, corrected and taken away.

`?format=atom` and `?format=feed` at the address of a page give the feed of what the page shows. An entry is an
edition, so each correction is a new entry with its public note; its id is the permanent address of that edition.
What was withdrawn or merged leaves the feed, which says so: in Atom by tombstones (RFC 6721) of its entries, in JSON
Feed by an entry. `before` leads to older pages (RFC 5005, section 3).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import forms
from archive.formats.reference import Reference
from archive.harvest.xml import Xml, document, element
from archive.search.fields import ONE_OF_KIND
from registry.kit.text import WHOLE_NUMBER
from registry.models import Change, Edition, Verb

PAGE_SIZE = 50
ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Feed:
    """What a feed is called, the page it is of, and the changes it tells, asked for when they are needed.

    `id` is a permanent address where the page is a record's, else the page's own. The feed of what `words` find does
    not name what was taken away: it tells of all that the words may have found.
    """

    title: str
    id: str
    changes: Callable[[], Any]
    words: bool = False


@dataclass(frozen=True)
class Entry:
    """An edition as a feed tells of it, or what was taken away: `reference` is then None, and with `is_nameless` no
    word of it is told."""

    change: Change
    reference: Reference | None
    is_nameless: bool = False

    @property
    def record_url(self) -> str:
        return f"{settings.SITE_URL}/id/{self.change.pid_id}"

    @property
    def id(self) -> str:
        return f"{self.record_url}@{self.change.edition_number}"

    @property
    def title(self) -> str:
        pattern = {
            Verb.CORRECT: _("Corrected: %(title)s"),
            Verb.RESTORE: _("Restored: %(title)s"),
            Verb.WITHDRAW: _("Withdrawn: %(title)s"),
            Verb.MERGE: _("Merged into another record: %(title)s"),
        }.get(Verb(self.change.verb), "%(title)s")
        return pattern % {"title": self.name}

    @property
    def name(self) -> str:
        """What the record is called; a meeting with its dialogue, since many are the ninth."""
        if self.reference is None and self.is_nameless:
            return f"{ONE_OF_KIND[self.change.pid.kind]} {self.change.pid_id}"
        if self.reference is None:
            return str(self.change.pid.title)
        institution = self.reference.institution if self.reference.kind == "meeting" else None
        return ", ".join(filter(None, [self.reference.title, institution]))

    @property
    def summary(self) -> str:
        return self.change.note or (self.reference.description if self.reference else "") or self.title


def answer(request: HttpRequest, feed: Feed, form: str) -> HttpResponse:
    """A page of the feed in the form asked for; two queries. Raises BadParameter where `before` is no number."""
    asked = request.GET.getlist("before")
    if asked and (len(asked) > 1 or not WHOLE_NUMBER.fullmatch(asked[0])):
        raise forms.BadParameter(
            "before", _("It is the number of a change, as a link to older entries gives it.")
        )
    changes = feed.changes().that_readers_follow().with_edition_keys()
    changes = changes.before(int(asked[0])) if asked else changes.newest_first()
    found = list(changes[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    older = page[-1].pk if len(found) > PAGE_SIZE else None
    entries = list(entries_of(page, feed))
    clock = getattr(request, "clock", None)
    updated = page[0].at if page else getattr(clock, "changed_at", None) or timezone.now()
    write = {"atom": atom, "feed": json_feed}[form]
    content = write(feed, entries, updated, Addresses(request, form, older))
    return HttpResponse(content, content_type=forms.content_type(forms.media_type(form)))


class Addresses:
    """The addresses of a feed's page: of itself, of the first and the older page, and of the page for people."""

    def __init__(self, request: HttpRequest, form: str, older: int | None) -> None:
        query = request.GET.copy()
        for name in ("format", "page", "before"):
            query.pop(name, None)
        said, start = query.urlencode(), f"{settings.SITE_URL}{request.path}?"
        self.page = f"{settings.SITE_URL}{request.path}" + (f"?{said}" if said else "")
        self.first = f"{start}{said}{'&' if said else ''}format={form}"
        self.older = f"{self.first}&before={older}" if older else None
        before = request.GET.get("before")
        self.own = f"{self.first}&before={before}" if before else self.first


def entries_of(changes: list[Any], feed: Feed) -> Iterator[Entry]:
    """What there is to tell, newest first, each edition once; one query."""
    told: set[str] = set()
    wanted = [change.edition_key for change in changes if change.pid.is_public and not change.takes_away]
    editions = Edition.objects.in_bulk(wanted)
    for change in changes:
        reference = None
        if change.takes_away != (not change.pid.is_public):
            continue  # Taken away and back since, or told of by what took it away.
        if not change.takes_away:
            edition = editions[change.edition_key]
            edition.pid = change.pid
            reference = Reference(change.pid, edition)
        entry = Entry(change, reference, feed.words)
        if entry.id not in told:
            told.add(entry.id)
            yield entry


def atom(feed: Feed, entries: list[Entry], updated: datetime, addresses: Addresses) -> bytes:
    links = [
        link("self", addresses.own, forms.media_type("atom")),
        link("alternate", addresses.page, "text/html"),
        link("first", addresses.first, forms.media_type("atom")),
        link("next", addresses.older, forms.media_type("atom")) if addresses.older else None,
        link("license", LICENCE),
    ]
    return document(
        element(
            "feed",
            element("id", feed.id),
            element("title", feed.title),
            element("updated", written(updated)),
            element("author", element("name", settings.SITE_NAME), element("uri", settings.SITE_URL)),
            *links,
            element("generator", "Dialogues", attributes={"version": settings.VERSION}),
            *(part for entry in entries for part in atom_entry(entry)),
            attributes={"xmlns": ATOM, "xmlns:at": TOMBSTONES},
        )
    )


def atom_entry(entry: Entry) -> Iterator[Xml]:
    """The entry, or a tombstone for each entry that the record ever had."""
    moment = written(entry.change.at)
    if entry.reference is None:
        by = element("at:by", element("name", entry.change.role))
        said = element("at:comment", f"{entry.title}. {entry.change.note}")
        for number in range(1, entry.change.edition_number + 1):
            attributes = {"ref": f"{entry.record_url}@{number}", "when": moment}
            yield element("at:deleted-entry", by, said, attributes=attributes)
        return
    yield element(
        "entry",
        element("id", entry.id),
        element("title", entry.title),
        element("updated", moment),
        element("published", written(entry.reference.edition.published_at)),
        link("alternate", entry.reference.edition_url, "text/html"),
        link("related", entry.reference.page_url, "text/html"),
        element("category", attributes={"term": entry.reference.kind, "label": entry.reference.genre}),
        element("summary", entry.summary, attributes={"type": "text"}),
    )


def link(rel: str, href: str, media_type: str | None = None) -> Xml:
    return element("link", attributes={"rel": rel, "type": media_type, "href": href})


def written(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def json_feed(feed: Feed, entries: list[Entry], updated: datetime, addresses: Addresses) -> bytes:
    said: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": addresses.page,
        "feed_url": addresses.own,
        "language": "en",
        "authors": [{"name": settings.SITE_NAME, "url": settings.SITE_URL}],
        "items": [json_item(entry) for entry in entries],
    }
    if addresses.older:
        said["next_url"] = addresses.older
    return json.dumps(said, ensure_ascii=False).encode()


def json_item(entry: Entry) -> dict[str, Any]:
    """An entry; what was taken away has the permanent address of the record as its id."""
    reference = entry.reference
    said: dict[str, Any] = {
        "id": entry.id if reference else entry.record_url,
        "url": reference.edition_url if reference else entry.record_url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": written(reference.edition.published_at if reference else entry.change.at),
        "date_modified": written(entry.change.at),
        "tags": [entry.change.pid.kind],
    }
    said["_dialogues"] = {
        "about": f"{settings.SITE_URL}/api/",
        "id": entry.change.pid_id,
        "verb": str(entry.change.verb),
        "edition": entry.change.edition_number,
        "is_withdrawn": reference is None,
    }
    return said
