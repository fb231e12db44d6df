"""References to this archive inside a text: found, told from dates and words, and written anew in their own style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import Resolver404
from django.urls import resolve as resolve_url

from archive.address import Address, written
from archive.verify.escapes import AT, ESCAPED, TILDE, escaped_as, plain
from archive.verify.references import ARK, host, is_our_ark
from registry.kit import pids
from registry.models import Pid
from registry.paths import RECORD_ROOMS, RESERVED

TEXT = r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*"
ID = r"[0-9a-z]{4}-?[0-9a-z]{4}"
PART = rf"(?:{AT}[1-9][0-9]{{0,5}})?(?:/{TEXT}(?![\w-]))?(?:/?{TILDE}[a-z0-9-]+)?"
WITHIN_ADDRESS = r"[^\s<>\"“”„«»「」『』()\[\]{}|\\^`。、，；：！？（）]"
WITHIN = rf"(?:{ESCAPED}|\\&|{WITHIN_ADDRESS})"
ALONE = r"(?<![\w/.:@-])"
"""What stands in others’ addresses is not ours."""
BEGINS = r"(?<![A-Za-z0-9_/.:@=-])"
"""The same before our own name, which may follow Japanese without a space."""
BY_ID = re.compile(rf"/?(?:id|{ARK})/", re.I)
END = ".,;:!?’'\""
NAMING = frozenset({"record", "id", "ark", "embed", "card", "timegate", "timemap"})
"""Addresses that are of one record."""
CARRYING = {"compare": ("a", "b"), "shelf": ("items",), "oembed": ("url",), "unapi": ("id",)}
"""Addresses that have references in their parameters."""
ROOMS = "embed|card|timegate|timemap"


@dataclass(frozen=True)
class Mention:
    """A reference as it is written at `start`; `is_certain` where it cannot be anything else than one of ours.

    `within` is where the address begins that has several references, such as a comparison.
    """

    written: str
    start: int
    is_certain: bool
    within: int | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.written)

    @property
    def parts(self) -> re.Match[str]:
        """The host and the room before what names the record, and what stands after it."""
        found = parts_pattern().fullmatch(plain(self.written))
        assert found
        return found

    @property
    def reference(self) -> str:
        """What names the record: an id with what stands behind it, or a path; without escapes."""
        named = self.parts["named"]
        return f"id/{named}" if self.parts["shown"] else named

    def rewritten(self, pid: Pid, address: Address) -> str:
        """Another reference in the style of this one: by id behind what stands before it, bare, or by path.

        `address` says edition, text and paragraph; its path is that of the record.
        """
        if self.parts["times"]:  # TimeGates and TimeMaps are of all editions.
            address = replace(address, edition=None)
        named = self.parts["named"]
        by_id = BY_ID.match(named)
        if by_id or self.parts["shown"] or pids.looks_like(re.split(r"[@~/]", named)[0]):
            before = by_id[0].lower() if by_id else ""
            return self.with_named(before + written(pid, address.edition, address.text, address.paragraph))
        path = str(address).removesuffix("/")
        return self.with_named(path if named.startswith("/") else path.removeprefix("/"))

    def with_id(self, value: str) -> str:
        """The same with its mistyped id put right."""
        named = self.parts["named"].lower()
        by_id = BY_ID.match(named)
        before = by_id[0] if by_id else ""
        return self.with_named(before + re.sub(f"^{ID}", value, named[len(before) :]))

    def with_named(self, named: str) -> str:
        """The same about another record, its rooms in lower case as they stand, its escapes kept."""
        parts = self.parts
        room, tail = (parts["room"] or "").lower(), parts["tail"].lower()
        return escaped_as(self.written, f"{parts['host'] or ''}{room}{named}{tail}")


def ours() -> str:
    """Our name in an address, as a pattern."""
    return rf"(?:www\.)?{host()}"


def parts_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<host>(?:(?:https?:)?//)?{ours()}(?=/))?"
        r"(?P<room>(?P<shown>/embed/|(?P<card>/card/))"
        rf"|(?P<times>/(?:timegate|timemap)/(?:https?:/{{1,2}}{ours()}/)?))?"
        r"(?P<named>[^?#]*?)(?P<tail>(?(card)\.png|/?))(?:[?#].*)?",
        re.I | re.S,
    )


def pattern() -> re.Pattern[str]:
    """Our addresses; ids behind `/id/` or an ark; paths; bare ids."""
    carrying = "|".join(CARRYING)
    return re.compile(
        rf"(?P<url>https?://{ours()}(?:/{WITHIN}*)?|{BEGINS}(?://)?{ours()}/{WITHIN}*)"
        rf"|{ALONE}(?P<room>/(?:(?:{ROOMS})/|(?:{carrying})/?\?){WITHIN}+)"
        rf"|{ALONE}(?P<short>/?(?:id|{ARK})/{ID}{PART})"
        rf"|{ALONE}(?P<path>/?[a-z0-9-]+(?:/[a-z0-9-]+)+{PART}(?:/[a-z0-9-]+)*(?:/{TILDE}[a-z0-9-]+)?/?)"
        rf"|(?<![\w/.:@~-])(?P<bare>{ID}{PART})(?![\w@~-])",
        re.I,
    )


def mentions(text: str) -> Iterator[Mention]:
    """Everything that may be a reference to a record of ours."""
    for match in pattern().finditer(text):
        written = match[0].rstrip(END)
        if match["url"] or match["room"]:
            yield from of_address(written, match.start(), is_certain=bool(match["url"]))
            continue
        read = plain(written)
        if (match["path"] and not is_path(read)) or (match["bare"] and not is_id(read)):
            continue
        if match["short"] and not is_our_ark(read):
            continue
        is_certain = bool(match["short"] or re.search("[@~]", read))
        yield Mention(written, match.start(), is_certain)


def of_address(written: str, start: int, is_certain: bool) -> Iterator[Mention]:
    """The records that an address names: one, several in its parameters, or none where it is a list or a file."""
    name = view_of(written)
    if name in NAMING:
        yield Mention(written, start, is_certain or re.search("[@~]", plain(written)) is not None)
    names = "|".join(CARRYING.get(name, ()))
    given = rf"(?:\?|&amp;|\\?&)(?:{names})=((?:{ESCAPED}|[^&#\\])*)"
    for match in re.finditer(given, written) if names else ():
        for one in re.finditer(r"(?:^|,|%2C)((?:(?!,|%2C).)+)", match[1], re.I):
            yield Mention(one[1], start + match.start(1) + one.start(1), True, within=start)


def view_of(written: str) -> str:
    """The name of the view that answers at one of our addresses, with or without our host, in capitals or not."""
    there = re.sub(rf"^(?:(?:https?:)?//)?{ours()}", "", plain(written), flags=re.I)
    path = re.split(r"[?#]", there)[0].lower() or "/"
    try:
        name = resolve_url(path).url_name
        return resolve_url(f"{path}/").url_name or "" if name == "record" and path[-1] != "/" else name or ""
    except Resolver404:
        return ""


def is_path(written: str) -> bool:
    """Whether it may be a record’s path: not a room that holds no records, nor “and/or”."""
    first, _slash, rest = written.strip("/").lower().partition("/")
    return first not in RESERVED and (
        first in RECORD_ROOMS or re.search(r"[0-9@~]|statement", rest) is not None
    )


def is_id(written: str) -> bool:
    """Whether it looks like an id and not like a date, a range of pages or a word."""
    value = re.split(r"[@~/]", written)[0]
    is_pointed = len(written) > len(value)
    return pids.looks_like(value) and (is_pointed or not re.fullmatch(r"[0-9-]+|[a-z-]+", value, re.I))
