"""What somebody’s reference names: an id, an address of ours, an edition, a text, a paragraph.

`25hxwjjb`, `25hxwjjb@2~p4`, `25hxwjjb@2/ja`, `25hxwjjb@2/ja/~p4`, `ca-jad/2022/fm-9@1/`, each with or without our
host, `/id/` or `/ark:<NAAN>/` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from archive import address as addresses
from archive.address import Address
from archive.formats.identifiers import is_our_naan
from archive.texts import first_with, paragraph_of, text_in
from archive.verify.escapes import plain
from archive.verify.records import Gathered, Records
from registry.kit import pids
from registry.models import Edition, Pid, State, Tombstone

Data = dict[str, Any]
LONGEST = 500
HOST = re.compile(r"(?:https?:)?//([^/?#]+)", re.I)
ARK = r"ark:/?[0-9a-z-]+"
BY_ID = re.compile(
    rf"(?:(?:id|{ARK})/)?"
    r"(?P<pid>[^@~/]+)(?:@(?P<edition>[1-9][0-9]{0,5}))?"
    r"(?:/(?P<text>[a-z]{2,3}(?:-[a-z0-9]{1,8})*))?(?:/?~(?P<paragraph>[a-z0-9-]+))?/?"
)


class Unfound(Exception):
    """The reference leads nowhere: `code` says how, `status` is the one its page answers with."""

    def __init__(self, code: str, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.code, self.status, self.detail = code, status, detail
        self.nearest: list[Pid] = more.get("nearest", [])
        self.tombstone: Tombstone | None = more.get("tombstone")
        self.pid: Pid | None = more.get("pid")
        self.stood: Address | None = more.get("stood")
        """Where the paragraph stood last."""
        self.path: str | None = more.get("path")
        """The address at which nothing stands."""


@dataclass(frozen=True)
class Reference:
    """A reference as it was read: by id or by address, before anything is looked up."""

    written: str
    pid: str | None = None
    path: str | None = None
    edition: int | None = None
    text: str | None = None
    paragraph: str | None = None


@dataclass(frozen=True)
class Cited:
    """What a reference names today. `named` is the record it was written for, `pid` the one that answers."""

    reference: Reference
    named: Pid
    pid: Pid
    edition: Edition
    text: Data | None = None
    paragraph: Data | None = None
    was_moved: bool = False
    is_pinned: bool = field(default=False)

    @property
    def is_merged(self) -> bool:
        return self.named.state == State.MERGED

    @property
    def is_current(self) -> bool:
        return self.pid.state == State.PUBLIC and self.edition.number == self.pid.edition_number

    def with_text(self, wanted: Iterable[str]) -> Cited:
        """The same with a text: its own, the first of the wanted ones that it has, or that which it names by none."""
        found = (text_in(self.edition, name) for name in (*wanted, None))
        return self if self.text else replace(self, text=next(filter(None, found), None))

    @property
    def address(self) -> Address:
        """Where exactly this stands."""
        segment = self.text["segment"] if self.text else None
        key = self.paragraph["key"] if self.paragraph else None
        return Address(self.pid.path or "", self.edition.number, segment, key)

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.address}"

    @property
    def permanent(self) -> str:
        """The address to print: by id, with the text where an id with this paragraph leads to another."""
        key = self.paragraph["key"] if self.paragraph else None
        number = f"{self.pid.value}@{self.edition.number}"
        is_named = key and self.text is text_in(self.edition, key=key)
        return f"{settings.SITE_URL}/id/" + (f"{number}~{key}" if is_named else self.pinned)

    @property
    def pinned(self) -> str:
        """The shortest reference that names the same for ever: `25hxwjjb@2/ja/~p4`."""
        parts = [f"{self.pid.value}@{self.edition.number}"]
        parts += [self.text["segment"]] if self.text else []
        parts += [f"~{self.paragraph['key']}"] if self.paragraph else []
        return "/".join(parts)


def host() -> str:
    """Our name, as a pattern, without the `www.` that may stand before it."""
    return re.escape(urlsplit(settings.SITE_URL).netloc.removeprefix("www."))


def without_host(text: str) -> str | None:
    """The address from the root on; None where it is another site’s."""
    own = re.match(rf"(?:(?:https?:)?//)?(?:www\.)?{host()}(?=[/?#]|$)", text, re.I)
    return text[own.end() :] if own else None if HOST.match(text) else text


def is_our_ark(text: str) -> bool:
    """False for an ARK that another archive named."""
    ark = re.match(r"/?ark:/?([0-9a-z-]+)", text, re.I)
    return ark is None or is_our_naan(ark[1])


def read(written: str) -> Reference:
    """Raises Unfound, 400, for what is neither an id nor an address of ours."""
    there = without_host(written.strip())
    text = plain(re.split(r"[?#]", there or "")[0]).strip("/ ").lower()
    if there is None or len(written.strip()) > LONGEST or not is_our_ark(text):
        detail = _("“%(text)s” is no address of this archive.")
        raise Unfound("not_ours", 400, detail % {"text": written.strip()[:80]})
    match = BY_ID.fullmatch(text)
    is_marked = text.startswith(("id/", "ark:"))
    if match and (is_marked or pids.looks_like(match["pid"])):
        if not pids.looks_like(match["pid"]):
            raise Unfound("unknown", 404, _("“%(text)s” is no id.") % {"text": match["pid"]})
        number = int(match["edition"]) if match["edition"] else None
        return Reference(
            written, pids.normalise(match["pid"]), None, number, match["text"], match["paragraph"]
        )
    if not re.fullmatch(r"[a-z0-9@~/-]+", text):
        detail = _("“%(text)s” is neither an id nor an address of this archive.")
        raise Unfound("not_understood", 400, detail % {"text": written.strip()[:80]})
    return Reference(written, path=text)


def resolve(written: str, records: Records | None = None) -> Cited:
    """What the reference names today; raises Unfound where it names nothing. Some five queries, unless `records` were
    gathered before."""
    records = records or Records()
    reference = read(written)
    find = by_id if reference.pid else by_path
    return standing(reference, *find(reference, records), records)


def gathered(written: Iterable[str]) -> Gathered:
    """All that these references lead to; what is none is passed over."""
    found = [one for one in map(readable, written) if one]
    ids = [(one.pid, beneath(one)) for one in found if one.pid]
    return Gathered(ids, [one.path for one in found if one.path])


def readable(written: str) -> Reference | None:
    try:
        return read(written)
    except Unfound:
        return None


def beneath(reference: Reference) -> Address:
    """What a reference by id names of its record."""
    return Address("", reference.edition, reference.text, reference.paragraph)


def standing(reference: Reference, named: Pid, address: Address, was_moved: bool, records: Records) -> Cited:
    """What stands at this address of the record named, which was loaded with its survivor; raises Unfound."""
    if not named.was_published:
        raise unknown(reference, records)
    pid, number = addresses.edition_meant(named, address)
    if pid.state == State.WITHDRAWN:
        raise withdrawn(pid, records)
    edition = records.edition(pid, number)
    if edition is None:
        detail = _("“%(title)s” has %(count)s editions so far, no edition %(number)s.")
        counted = {"title": pid.title, "count": pid.edition_number, "number": number}
        raise Unfound("no_such_edition", 404, detail % counted, pid=pid)
    edition.pid = pid
    text, paragraph = held(pid, edition, address, records)
    return Cited(
        reference=reference,
        named=named,
        pid=pid,
        edition=edition,
        text=text,
        paragraph=paragraph,
        was_moved=was_moved,
        is_pinned=bool(address.edition),
    )


def withdrawn(pid: Pid, records: Records) -> Unfound:
    """The record was withdrawn: what it was, when and why."""
    stone = records.tombstone(pid)
    detail = _("“%(title)s” was withdrawn on %(day)s: %(reason)s. %(note)s") % {
        "title": stone.title,
        "day": stone.withdrawn_at.date().isoformat(),
        "reason": stone.get_reason_display(),
        "note": stone.note,
    }
    return Unfound("withdrawn", 410, detail, tombstone=stone, pid=pid)


def by_id(reference: Reference, records: Records) -> tuple[Pid, Address, bool]:
    pid = records.pid(reference.pid or "")
    if pid is None:
        raise unknown(reference, records)
    return pid, beneath(reference), False


def by_path(reference: Reference, records: Records) -> tuple[Pid, Address, bool]:
    path = reference.path or ""
    found = records.address(path)
    if found is None or (found[0].text and found[1].kind != "statement"):
        raise unknown(reference, records)
    address, pid = found
    try:
        moved = addresses.moved_to(address, pid)
    except Http404 as error:
        raise unknown(reference, records) from error
    is_elsewhere = not path.startswith(address.path)
    return pid, address, is_elsewhere or (moved is not None and pid.state == State.PUBLIC)


def unknown(reference: Reference, records: Records) -> Unfound:
    """Nothing stands there; of a mistyped id, which records it may have meant. A draft is nothing."""
    if reference.pid and not pids.is_valid(reference.pid):
        near = records.near(reference.pid)
        detail = _("“%(pid)s” is mistyped: its last character does not match the seven before it.")
        return Unfound("mistyped", 404, detail % {"pid": reference.pid}, nearest=near)
    said = reference.pid or f"/{reference.path}/"
    detail = _("Nothing stands at “%(text)s” in this archive.") % {"text": said}
    return Unfound("unknown", 404, detail, path=reference.path)


def held(pid: Pid, edition: Edition, address: Address, records: Records) -> tuple[Data | None, Data | None]:
    """The text and the paragraph of the edition that the address names; None where it names none."""
    if not (address.text or address.paragraph):
        return None, None
    if address.text and not text_in(edition, address.text):
        segments = ", ".join(one["segment"] for one in edition.data.get("texts", ())) or _("none")
        detail = _("Edition %(number)s of “%(title)s” has no text “%(text)s”; it has: %(held)s.") % {
            "number": edition.number,
            "title": pid.title,
            "text": address.text,
            "held": segments,
        }
        raise Unfound("no_such_text", 404, detail, pid=pid)
    text = text_in(edition, address.text, address.paragraph)
    if text is None:
        raise gone(pid, edition, address, records)
    return text, paragraph_of(text, address.paragraph)


def gone(pid: Pid, edition: Edition, address: Address, records: Records) -> Unfound:
    """A paragraph that stands there no more, with the last edition before in which it did; or never stood."""
    standing = first_with(records.before(pid, edition.number), address.text, address.paragraph)
    words = {"key": address.paragraph, "title": pid.title, "number": edition.number}
    if standing is None:
        detail = _("“%(title)s” has no paragraph %(key)s in edition %(number)s.")
        return Unfound("no_such_paragraph", 404, detail % words, pid=pid)
    last = standing[0].number
    detail = _("Paragraph %(key)s stood in “%(title)s” until edition %(number)s.")
    stood = Address(pid.path or "", last, address.text, address.paragraph)
    return Unfound("paragraph_gone", 404, detail % {**words, "number": last}, pid=pid, stood=stood)
