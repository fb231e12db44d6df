"""What may be meant by an address that leads nowhere: the records whose addresses are nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from archive.address import readings
from dialogues.models import Track
from registry.kit import pids
from registry.models import Pid
from registry.paths import RECORD_ROOMS

YEAR = re.compile(r"[0-9]{4}|undated")
SECTION = re.compile(r"(?:[0-9]{4}|undated)(?:/statements)?|(?P<track>[a-z0-9-]+)(?:/attendance)?")
MOST = 5
MOST_LOST = 50
"""Addresses of one text for which others are looked for."""
MOST_READ = 2000
LIKE_ROOM, LIKE_PATH = 0.7, 0.75
"""How alike the first word and the rest of two addresses are at least, of 1."""


class Lost(NamedTuple):
    """An address that leads nowhere; `is_certain` where it cannot be anything else than one of ours."""

    path: str
    is_certain: bool

    @property
    def words(self) -> tuple[str, str]:
        """The first word, and the rest without an edition, a text, a paragraph."""
        found = readings(self.path)
        bare = found[-1 if found and found[-1].paragraph else 0].path if found else ""
        first, _slash, rest = bare.partition("/")
        return first, rest

    @property
    def typed(self) -> str | None:
        """The id behind the name of a room, if the address is of that form: `commitments/25hxwjjb/any-slug`."""
        first, rest = self.words
        second = rest.split("/")[0]
        return second if first in RECORD_ROOMS and pids.looks_like(second) else None


class Nearby:
    """The records nearest to addresses that lead nowhere: five queries at most, however many addresses."""

    def __init__(self, lost: Iterable[Lost]) -> None:
        self.lost = list(dict.fromkeys(lost))

    @cached_property
    def dialogues(self) -> dict[str, str]:
        """The id of each dialogue by its path; one query."""
        return {pid.path or "": pid.value for pid in Pid.objects.public_of_kind("dialogue")}

    @cached_property
    def tracks(self) -> dict[tuple[str, str], str]:
        """Those of all dialogues by dialogue and code; one query."""
        return Track.objects.names()

    def is_section(self, path: str) -> bool:
        """Whether it is a page between records: a year, a track or the undated of a dialogue."""
        first, _slash, rest = path.partition("/")
        match = SECTION.fullmatch(rest)
        if first not in self.dialogues or not match:
            return False
        track = match["track"]
        return not track or (self.dialogues[first], track) in self.tracks

    @cached_property
    def nearest(self) -> dict[Lost, list[Pid]]:
        """The public records that are nearest to each; where one differs in the year or a slash alone, no others.

        An address of which it is not certain that it is ours begins with a word of ours, or is that of a record but for
        this word. Behind the name of a room a record ever public is found by its mistyped id.
        """
        paths = {lost: list(islice(self.alike(lost), MOST)) for lost in self.lost if not lost.typed}
        standing = Pid.objects.public_at(path for some in paths.values() for path in some)
        mistyped = Pid.objects.near_all(lost.typed for lost in self.lost if lost.typed)
        found = {lost: [standing[path] for path in some if path in standing] for lost, some in paths.items()}
        for lost in self.lost:
            if lost.typed:
                near = mistyped[lost.typed]
                found[lost] = [pid for pid in near if (pid.path or "").startswith(f"{lost.words[0]}/")]
        return found

    def alike(self, lost: Lost) -> Iterator[str]:
        """The paths that are nearest to an address."""
        first, rest = lost.words
        rooms = self.rooms.get(lost, [])
        same = [path for room in rooms for path in self.beneath[room].get(key(rest), ())]
        yield from same
        if not same and (lost.is_certain or rooms == [first]):
            for room in rooms:
                for one in get_close_matches(key(rest), self.beneath[room], n=MOST, cutoff=LIKE_PATH):
                    yield from self.beneath[room][one]

    @cached_property
    def rooms(self) -> dict[Lost, list[str]]:
        """The dialogues or rooms that each address may lead into, of the first `MOST_LOST` that lead into any."""
        asked = (lost for lost in self.lost if key(lost.words[1]) and not self.is_section(lost.path))
        led = ((lost, self.rooms_like(lost.words[0])) for lost in asked)
        return dict(islice(((lost, rooms) for lost, rooms in led if rooms), MOST_LOST))

    def rooms_like(self, first: str) -> list[str]:
        known = [*self.dialogues, *RECORD_ROOMS]
        return [first] if first in known else get_close_matches(first, known, n=2, cutoff=LIKE_ROOM)

    @cached_property
    def beneath(self) -> dict[str, dict[str, list[str]]]:
        """Paths beneath these by what is left of them without years and slashes; one query."""
        found: dict[str, dict[str, list[str]]] = {room: {} for some in self.rooms.values() for room in some}
        for path in sorted(Pid.objects.paths_under(found, MOST_READ)):
            room, _slash, rest = path.partition("/")
            found[room].setdefault(key(rest), []).append(path)
        return found


def key(rest: str) -> str:
    """What stands behind the first word of a path, without the year and whatever parts the others."""
    return "-".join(part for part in rest.split("/") if part and not YEAR.fullmatch(part))
