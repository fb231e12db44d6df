"""Sets of marks by their keys, kept in memory. A key is made from its marks, so that it never comes to mean others."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Mapping

from archive.models import FacetSet
from archive.search.fields import group_of

Marks = tuple[str, ...]
KEPT = 100_000
"""Sets that are kept, some 30 MB; then all are forgotten."""

_known: dict[int, Marks] = {}


def digest(marks: str) -> str:
    return hashlib.sha256(marks.encode()).hexdigest()


def key(digest: str) -> int:
    """The key of the set of marks that has this digest: its first 60 bits."""
    return int(digest[:15], 16)


def marks_of(keys: Collection[int]) -> Mapping[int, Marks]:
    """What can be narrowed by of these sets, perhaps of others beside; one query where some are not yet known."""
    global _known
    known = _known
    missing = [one for one in keys if one not in known]
    if missing:
        if len(known) + len(missing) > KEPT:
            known, missing = {}, list(keys)
        for pk, marks in FacetSet.objects.among(missing):
            known[pk] = tuple(sys.intern(mark) for mark in marks.split() if group_of(mark))
        _known = known
    return known
