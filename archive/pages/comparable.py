"""The way out where two things cannot be compared: what may be meant, and where it is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from archive.address import look_up
from meetings import spoken
from registry.models import Pid, State

ROOMS = ("countries", "topics")
"""Whose records people know by a code alone: kz, energy."""
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
Way = tuple[str, str]


def meant(written: str) -> Pid | None:
    """The public country or topic that is named by its code alone; a query each until one is found."""
    code = written.strip().lower()
    for room in ROOMS if CODE.fullmatch(code) else ():
        found = look_up(f"{room}/{code}")
        if found and found[1].state == State.PUBLIC:
            return found[1]
    return None


def what() -> str:
    """What can be compared, in words."""
    return _(
        "Two statements, texts or paragraphs are compared word by word, two meetings by their outcomes too; two"
        " commitments, dialogues, countries, ministers or topics field by field."
    )


def together(pids: Iterable[Pid]) -> Iterator[Way]:
    """Where two countries, both members of a dialogue here, are told together; two queries for two countries."""
    codes = sorted({(pid.path or "").rpartition("/")[2] for pid in pids if pid.kind == "country"})
    if len(codes) == 2 and {*codes} <= {one.code for one in spoken.members()}:
        yield _("The dialogues to which both belong"), f"/pictures/meets/{codes[0]}/{codes[1]}/"


def ways(pids: list[Pid]) -> list[Way]:
    """Addresses that lead on from these records: both compared, both together, each alone."""
    found: list[Way] = []
    if len({pid.pk for pid in pids}) == 2 and len({pid.kind for pid in pids}) == 1:
        query = urlencode({side: pid.path for side, pid in zip("ab", pids, strict=True)}, safe="/")
        found.append((_("%(a)s and %(b)s, field by field") % titles(pids), f"/compare/?{query}"))
    found += together(pids)
    return found + [(pid.title, pid.get_absolute_url()) for pid in dict.fromkeys(pids)]


def titles(pids: list[Pid]) -> dict[str, str]:
    return {side: pid.title for side, pid in zip("ab", pids, strict=True)}
