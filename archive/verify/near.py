"""What may be meant by an address that leads nowhere: the records whose addresses are nearest to it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property

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


class Nearby:
    """The addresses that stand today, as far as those asked about lead into them; each read once."""

    def __init__(self) -> None:
        self.left = MOST_LOST
        self.beneath: dict[str, dict[str, list[str]]] = {}

    @cached_property
    def dialogues(self) -> dict[str, str]:
        """The id of each dialogue by its path; one query."""
        return {pid.path or "": pid.value for pid in Pid.objects.public_of_kind("dialogue")}

    def is_section(self, path: str) -> bool:
        """Whether it is a page between records: a year, a track or the undated of a dialogue."""
        first, _slash, rest = path.partition("/")
        match = SECTION.fullmatch(rest)
        if first not in self.dialogues or not match:
            return False
        track = match["track"]
        return not track or Track.objects.find(self.dialogues[first], track) is not None

    def nearest(self, path: str, *, is_certain: bool) -> list[Pid]:
        """The public records that are nearest; where one differs in the year or a slash alone, no others.

        A path of which it is not certain that it is ours begins with a word of ours, or is that of a record but for
        this word.
        """
        found = readings(path)
        bare = found[-1 if found and found[-1].paragraph else 0].path if found else ""
        first, _slash, rest = bare.partition("/")
        if first in RECORD_ROOMS and pids.looks_like(rest.split("/")[0]):
            near = Pid.objects.near(rest.split("/")[0])
            return [pid for pid in near if (pid.path or "").startswith(f"{first}/")]
        known = [*self.dialogues, *RECORD_ROOMS]
        rooms = [first] if first in known else get_close_matches(first, known, n=2, cutoff=LIKE_ROOM)
        if not rooms or not key(rest) or not self.left:
            return []
        self.left -= 1
        same = [path for room in rooms for path in self.under(room).get(key(rest), ())]
        if not same and (is_certain or rooms == [first]):
            same = [path for room in rooms for path in self.alike(room, key(rest))]
        standing = {pid.path: pid for pid in Pid.objects.standing_at(same[:MOST]).values()}
        return [standing[path] for path in same[:MOST] if path in standing]

    def alike(self, room: str, asked: str) -> list[str]:
        known = self.under(room)
        close = get_close_matches(asked, known, n=MOST, cutoff=LIKE_PATH)
        return [path for one in close for path in known[one]]

    def under(self, room: str) -> dict[str, list[str]]:
        """Paths beneath a dialogue or a room by what is left of them without years and slashes; one query."""
        if room not in self.beneath:
            self.beneath[room] = {}
            for path in sorted(Pid.objects.paths_under(room, MOST_READ)):
                self.beneath[room].setdefault(key(path.removeprefix(f"{room}/")), []).append(path)
        return self.beneath[room]


def key(rest: str) -> str:
    """What stands behind the first word of a path, without the year and whatever parts the others."""
    return "-".join(part for part in rest.split("/") if part and not YEAR.fullmatch(part))
