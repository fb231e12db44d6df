"""Records that a search may have found before they were taken away, for feeds that tell of it."""

from __future__ import annotations

from dataclasses import replace

from archive.search.entries import drawn
from archive.search.expression import EVERYTHING, NOTHING, AnyOf, Expression, Not, Phrase, Word, holds
from archive.search.fields import group_of
from archive.search.writer import context_of
from registry.models import Edition, Pid

NEWEST = 500
"""Of the records taken away, so many are looked at."""


def matching(expression: Expression) -> set[str]:
    """Pids of records withdrawn or merged that were marked so, whatever their words; four queries.

    Their words are not asked: who may not read them could else guess them. Who follows a search is told of some that
    it never found, and of all that it did.
    """
    editions = list(Edition.objects.current_of(Pid.objects.taken_away(NEWEST)))
    context, asked = context_of(editions), whatever_words(expression)
    return {
        edition.pid_id
        for edition in editions
        for one in drawn(edition, context)
        if holds(asked, f" {EVERYTHING.lexeme} {one.marks} ")
    }


def whatever_words(node: Expression, said: Expression = EVERYTHING) -> Expression:
    """The expression with its words, sounds and beginnings taken to hold, or beneath a NOT not to."""
    match node:
        case Word(lexeme) if node in (EVERYTHING, NOTHING) or group_of(lexeme):
            return node
        case Word() | Phrase():
            return said
        case AnyOf() if node.beginning:
            return said
        case Not(part):
            return Not(whatever_words(part, NOTHING if said == EVERYTHING else EVERYTHING))
    return replace(node, parts=tuple(whatever_words(part, said) for part in node.parts))
