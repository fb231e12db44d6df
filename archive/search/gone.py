"""Records that a search would find had they not been taken away, for feeds that tell of it."""

from __future__ import annotations

from archive.search.entries import drawn, names_of
from archive.search.expression import Expression, holds
from archive.search.writer import context_of
from registry.models import Edition, Pid

NEWEST = 500
"""Of the records taken away, so many are looked at."""


def matching(expression: Expression) -> set[str]:
    """Pids of records withdrawn or merged that were called so and marked so; four queries.

    Their words are not asked: who may not read them could else guess them.
    """
    editions = list(Edition.objects.current_of(Pid.objects.taken_away(NEWEST)))
    context = context_of(editions)
    return {
        edition.pid_id
        for edition in editions
        for one in drawn(edition, context)
        if holds(expression, f"{names_of(one.lexemes)} {one.marks} ")
    }
