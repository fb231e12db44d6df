"""The record as it stood at another time: Memento (RFC 7089) over a record's editions.

A record's address is the Original Resource (URI-R), an edition's address a Memento (URI-M), `/timegate/` and
`/timemap/` before the address its TimeGate and TimeMap. All of them are kept apart (RFC 7089, pattern 2.1), so
that the page itself does not vary and stays in every cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.http import http_date

from archive.address import Address
from archive.texts import text_in
from registry.models import Edition, Pid

LINK_FORMAT = "application/link-format"
RFC_1123 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?P<fraction>\.[0-9]{1,6})?"
    r"(?P<zone>[Zz]|[+ -][0-9]{2}:[0-9]{2})"
)


class Memento(NamedTuple):
    """One edition's address and when it was published."""

    number: int
    at: datetime
    url: str


def end_of_accept_datetime(value: str) -> datetime:
    """The first moment after the second that an Accept-Datetime header names (RFC 7089, section 2.1.1).

    Raises ValueError where it is not an RFC 1123 date in GMT.
    """
    if not RFC_1123.fullmatch(value):
        raise ValueError(value)
    moment = datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    return _later(moment, timedelta(seconds=1))


def end_of(value: str) -> datetime:
    """The first moment after the day (UTC) or RFC 3339 moment that `?at=` names. Raises ValueError."""
    if DAY.fullmatch(value):
        day = datetime.combine(datetime.strptime(value, "%Y-%m-%d").date(), time(), UTC)
        return _later(day, timedelta(days=1))
    match = MOMENT.fullmatch(value)
    if not match:
        raise ValueError(value)
    # A plus sign in an address that was not encoded arrives as a space.
    zone = match["zone"].replace(" ", "+").upper().replace("Z", "+00:00")
    moment = datetime.fromisoformat(f"{match['day']}T{match['time']}{match['fraction'] or ''}{zone}")
    step = timedelta(microseconds=1) if match["fraction"] else timedelta(seconds=1)
    return _later(moment, step)


def _later(moment: datetime, step: timedelta) -> datetime:
    try:
        return (moment + step).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(moment) from error


def memento_url(pid: Pid, address: Address, number: int) -> str:
    """Where the edition stands: the record's path of today, what is asked of it kept."""
    at_edition = Address(pid.path or "", number, address.text, address.paragraph)
    return f"{settings.SITE_URL}{at_edition}"


def mementos(pid: Pid, address: Address, numbers: Iterable[int] | None = None) -> list[Memento]:
    """The record's editions, or these of them, the first first; one query, and one where a paragraph is asked for
    without its text."""
    found = Edition.objects.of(pid).moments(numbers)
    texts = segments_of_key(pid, address) if address.paragraph and not address.text else {}
    named = ((number, at, replace(address, text=texts.get(number, address.text))) for number, at in found)
    return [Memento(number, at, memento_url(pid, each, number)) for number, at, each in named]


def segments_of_key(pid: Pid, address: Address) -> dict[int, str | None]:
    """By edition, the text in which the paragraph stands there; where it stands no more, that which had it last."""
    found: dict[int, str | None] = {}
    last = None
    for edition in Edition.objects.of(pid).order_by("number"):
        found[edition.number] = last = segment_in(edition, address) or last
    return found


def own_links(original: str) -> list[str]:
    """Link values of the Original Resource, its TimeGate and its TimeMap; `original` is a path from the root."""
    site = settings.SITE_URL
    return [
        f'<{site}{original}>; rel="original"',
        f'<{site}/timegate{original}>; rel="timegate"',
        f'<{site}/timemap{original}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]


def memento_links(found: list[Memento], current: int, numbers: Sequence[int]) -> Iterator[str]:
    """Link values of the first, previous, next and last memento around the current one, and of itself."""
    places = around(current, numbers)
    for memento in found:
        rel = " ".join([*(name for name, number in places.items() if number == memento.number), "memento"])
        yield f'<{memento.url}>; rel="{rel}"; datetime="{http_date(memento.at.timestamp())}"'


def around(current: int, numbers: Sequence[int]) -> dict[str, int]:
    """Which of these editions are the first, those beside the current one, and the last (RFC 7089, section 2.2)."""
    place = numbers.index(current)
    before, after = numbers[:place][-1:], numbers[place + 1 :][:1]
    return {
        "first": numbers[0],
        **({"prev": before[0]} if before else {}),
        **({"next": after[0]} if after else {}),
        "last": numbers[-1],
    }


def standing_in(pid: Pid, address: Address) -> Sequence[int]:
    """Numbers of the editions in which the text or the paragraph stands, the first first; of a whole record all.

    One query for a part.
    """
    if not (address.text or address.paragraph):
        return range(1, pid.edition_number + 1)
    return [edition.number for edition in Edition.objects.of(pid) if stands_in(edition, address)]


def stands_in(edition: Edition, address: Address) -> bool:
    return segment_in(edition, address) is not None


def segment_in(edition: Edition, address: Address) -> str | None:
    """The text that the address names in this edition; None where it has none."""
    text = text_in(edition, address.text, address.paragraph)
    return str(text["segment"]) if text else None


def standing_at(numbers: Sequence[int], then: int | None) -> int:
    """The last of these editions that was published by the time edition `then` was current, else the first."""
    return max((number for number in numbers if number <= (then or 0)), default=numbers[0])


def page_headers(pid: Pid, address: Address, edition: Edition) -> tuple[list[str], str | None]:
    """What a record's page adds: its Link values, and Memento-Datetime where it is an edition's page; one query.

    A text or a paragraph need not stand in every edition: its TimeMap says in which it does, and the page of an
    edition without it is no memento of it.
    """
    original = str(Address(pid.path or "", None, address.text, address.paragraph))
    links = own_links(original)
    is_part = bool(address.text or address.paragraph)
    if not is_part:
        numbers = standing_in(pid, address)
        found = mementos(pid, address, {edition.number, *around(edition.number, numbers).values()})
        links += memento_links(found, edition.number, numbers)
    is_memento = address.edition and (not is_part or stands_in(edition, address))
    return links, http_date(edition.published_at.timestamp()) if is_memento else None


def timemap(original: str, found: list[Memento], further: Sequence[str] = ()) -> str:
    """The TimeMap as application/link-format (RFC 7089, section 5; RFC 6690).

    `further` are the Original Resources that spoke for this one after its last edition; their TimeMaps are linked.
    """
    first, last = found[0], found[-1]
    own, gate, own_map = own_links(original)
    span = (
        f'; from="{http_date(first.at.timestamp())}"; until="{http_date(last.at.timestamp())}"'
        if found
        else ""
    )
    lines = [own, own_map.replace('rel="timemap"', 'rel="self"') + span, gate]
    for memento in found:
        rel = " ".join(
            [*(["first"] if memento is first else []), *(["last"] if memento is last else []), "memento"]
        )
        lines.append(f'<{memento.url}>; rel="{rel}"; datetime="{http_date(memento.at.timestamp())}"')
    lines += [own_links(other)[-1] for other in further]
    return ",\n".join(lines) + "\n"


def timemap_data(original: str, found: list[Memento], further: Sequence[str] = ()) -> dict[str, object]:
    """The TimeMap as JSON, in the names that Memento aggregators use."""
    site = settings.SITE_URL
    listed = [
        {"datetime": memento.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "uri": memento.url}
        for memento in found
    ]
    return {
        "original_uri": f"{site}{original}",
        "timegate_uri": f"{site}/timegate{original}",
        "timemap_uri": timemap_addresses(original),
        "mementos": {"list": listed, "first": listed[0], "last": listed[-1]},
        "continued_in": [
            {"original_uri": f"{site}{other}", "timemap_uri": timemap_addresses(other)} for other in further
        ],
    }


def timemap_addresses(original: str) -> dict[str, str]:
    address = f"{settings.SITE_URL}/timemap{original}"
    return {"link_format": address, "json_format": f"{address}?format=json"}
