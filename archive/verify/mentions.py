"""References to this archive inside a text: found, told from dates and words, and written anew in their own style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404
from django.urls import resolve as resolve_url

from archive.address import Address, written
from registry.kit import pids
from registry.models import Pid
from registry.paths import RECORD_ROOMS, RESERVED

TEXT = r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*"
ID = r"[0-9a-z]{4}-?[0-9a-z]{4}"
PART = rf"(?:@[1-9][0-9]{{0,5}})?(?:/{TEXT}(?![\w-]))?(?:/?~[a-z0-9-]+)?"
WITHIN_ADDRESS = r"[^\s<>\"“”„«»「」『』()\[\]{}|\\^`。、，；：！？（）]"
BY_ID = re.compile(r"/?(?:id|ark:/?[0-9a-z-]+)/", re.I)
END = ".,;:!?’'\""


@dataclass(frozen=True)
class Mention:
    """A reference as it is written at `start`; `is_certain` where it cannot be anything else than one of ours."""

    written: str
    start: int
    is_certain: bool

    @property
    def end(self) -> int:
        return self.start + len(self.written)

    @property
    def host(self) -> str:
        found = re.match(rf"https?://{host()}", self.written, re.I)
        return found[0] if found else ""

    def rewritten(self, pid: Pid, address: Address) -> str:
        """Another reference in the style of this one: by id behind what stands before it, bare, or by path.

        `address` says edition, text and paragraph; its path is that of the record.
        """
        rest = self.written[len(self.host) :]
        by_id = BY_ID.match(rest)
        is_named = address.text and re.search(rf"/{address.text}(?=$|/)", rest)
        behind = written(pid, address.edition, address.text if is_named else None, address.paragraph)
        if by_id:
            return f"{self.host}{by_id[0]}{behind}"
        if pids.looks_like(re.split(r"[@~/]", rest)[0]):
            return behind
        path = str(address)
        path = path if rest.startswith("/") else path.removeprefix("/")
        return self.host + (path if rest.endswith("/") else path.removesuffix("/"))

    def with_id(self, value: str) -> str:
        """The same with its mistyped id put right."""
        return re.sub(rf"(^|/){ID}(?=$|[@~/])", rf"\g<1>{value}", self.written, count=1, flags=re.I)


def host() -> str:
    return re.escape(urlsplit(settings.SITE_URL).netloc)


def pattern() -> re.Pattern[str]:
    """Our addresses; ids behind `/id/` or an ark; paths; bare ids. What stands in others’ addresses is not ours."""
    return re.compile(
        rf"(?P<url>https?://{host()}(?:/{WITHIN_ADDRESS}*)?)"
        rf"|(?<![\w/.:@-])(?P<short>/?(?:id|ark:/?[0-9a-z-]+)/{ID}{PART})"
        rf"|(?<![\w/.:@-])(?P<path>/?[a-z0-9-]+(?:/[a-z0-9-]+)+{PART}(?:/[a-z0-9-]+)*(?:/~[a-z0-9-]+)?/?)"
        rf"|(?<![\w/.:@~-])(?P<bare>{ID}{PART})(?![\w@~-])",
        re.I,
    )


def mentions(text: str) -> Iterator[Mention]:
    """Everything that may be a reference to a record of ours."""
    for match in pattern().finditer(text):
        written = match[0].rstrip(END)
        if match["url"] and not names_record(written):
            continue
        if (match["path"] and not is_path(written)) or (match["bare"] and not is_id(written)):
            continue
        is_certain = bool(match["url"] or match["short"] or re.search("[@~]", written))
        yield Mention(written, match.start(), is_certain)


def names_record(url: str) -> bool:
    """Whether one of our addresses is that of a record, and not of a list or a file."""
    path = unquote(urlsplit(url).path)
    try:
        name = resolve_url(path if path.endswith("/") else f"{path}/").url_name
    except Resolver404:
        return False
    return name in ("record", "id") or path.startswith("/ark:")


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
