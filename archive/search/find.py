"""A search from its state to what is found: hits in order, counts, facets, what was understood, what else to try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archive.models import Lexeme, SearchEntry
from archive.models.search import Shown
from archive.search import beginnings, direct, facets, neighbours, postings, ranking, ways
from archive.search.asking import Asking
from archive.search.expression import ANYTHING, Expression, Phrase, Word, all_of, lexemes_in
from archive.search.facets import Facet, Labels
from archive.search.fields import GROUPS
from archive.search.matching import Matched, matched
from archive.search.postings import Marked
from archive.search.query import Understood
from archive.search.state import BEST, Places, State
from archive.search.ways import Wider
from archive.verify.references import Cited
from meetings.issuers import resting_on
from meetings.models import IssuerState

SHOWN = 10_000
"""Hits that pages lead to and downloads hold, of however many there are."""
PAGE_SIZE = 20


@dataclass
class Found:
    """What a state finds. `ordered` are the best of the hits as they are shown, as far as this page and further."""

    state: State
    places: Places
    understood: Understood
    counts: Mapping[str, int]
    marked: Marked
    matched: Matched
    ordered: list[int] = field(default_factory=list)
    corrected: State | None = None
    """The state that was searched instead, where the words as typed are nowhere."""
    wider: list[Wider] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.matched.slots)

    @property
    def is_capped(self) -> bool:
        """Whether there are more hits than were counted."""
        return self.matched.is_capped

    @property
    def reached(self) -> int:
        """Hits that pages lead to."""
        return min(self.count, SHOWN)

    @property
    def is_cut(self) -> bool:
        return self.is_capped or self.count > self.reached

    def in_order(self, depth: int) -> list[int]:
        """So many hits at least as they are shown, or all."""
        if self.state.sort != BEST or not self.state.q:
            return self.matched.newest(self.expression, depth, self.counts)
        return ranking.best(self.expression, self.understood.ranked, self.matched, self.counts, depth)

    def every(self) -> list[int]:
        """All that pages lead to, in order."""
        ordered = self.ordered if len(self.ordered) >= self.reached else self.in_order(self.reached)
        return ordered[: self.reached]

    @property
    def expression(self) -> Expression:
        """All that must hold for a hit."""
        return narrowed(self.understood.expression, self.state, self.places)

    def pids(self) -> set[str]:
        """The records of all hits that pages lead to; two queries."""
        return SearchEntry.objects.pids_of(self.every())

    @property
    def pages(self) -> int:
        return max(1, -(-self.reached // PAGE_SIZE))

    @cached_property
    def terms(self) -> list[Word | Phrase]:
        """What is marked in the words of hits."""
        return ranking.shown_terms(self.understood.expression)

    @cached_property
    def hits(self) -> list[Shown]:
        """The entries of the page; one query."""
        start = (self.state.page - 1) * PAGE_SIZE
        shown = self.ordered[start : start + PAGE_SIZE]
        entries = SearchEntry.objects.shown(shown)
        return [entries[number] for number in shown]

    @cached_property
    def issued(self) -> dict[str, str]:
        """What issuers did with the statements of the page, by the pid of each hit; two queries at most."""
        return issuer_states([*self.hits, *self.direct])

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The marks of every value that is chosen."""
        return frozenset(
            mark
            for name, values in self.state.chosen.items()
            for value in values
            for mark in self.places.marks(GROUPS[name], value)
        )

    @cached_property
    def facet_counts(self) -> dict[str, Counter[str]]:
        """Counts by group letter and mark; a few queries for each group that has a choice."""
        found = facets.counted(self.matched.slots, self.marked)
        for name in self.state.chosen:
            group = GROUPS[name]
            rest = narrowed(self.understood.expression, self.state.without(name), self.places)
            own = frozenset(mark for mark in self.chosen if mark[1] == group.letter)
            slots = matched(rest, self.counts, self.marked).slots
            found[group.letter] = facets.counted_within(group, slots, self.marked, own)
        return found

    @cached_property
    def labels(self) -> Labels:
        hits = [entry.marks for entry in [*self.hits, *self.direct]]
        return facets.labels_for([*self.facet_counts.values(), *self.asked, *hits])

    @cached_property
    def labels_asked(self) -> Labels:
        """Those of what is asked alone; two queries."""
        return facets.labels_for(self.asked)

    @property
    def asked(self) -> list[Iterable[str]]:
        """What the query and the groups ask for, as marks and words."""
        return [self.chosen, lexemes_in(self.understood.expression)]

    @cached_property
    def facets(self) -> list[Facet]:
        return facets.facets(self.state, self.facet_counts, self.labels, self.chosen)

    @cached_property
    def direct(self) -> list[Shown]:
        """Records that the query names, on the first page of a search for words."""
        if self.state.page > 1:
            return []
        found = direct.hits(" ".join(part.text for part in self.understood.typed if part.is_plain))
        if self.cited and (own := SearchEntry.objects.of_record(self.cited.pid.value)):
            found = [own, *(one for one in found if one.pid != own.pid)]
        return found

    @cached_property
    def cited(self) -> Cited | None:
        return direct.cited(self.state.q) if self.state.page == 1 else None


def issuer_states(entries: Iterable[Shown]) -> dict[str, str]:
    """By pid, of statements and of commitments taken from one, what its issuer says of it."""
    kinds = {entry.pid: entry.kind for entry in entries}
    known = {pid: IssuerState.IN_FORCE.value for pid, kind in kinds.items() if kind == "statement"}
    return known | {pid: edition.data["issuer_state"] for pid, edition in resting_on(kinds).items()}


def narrowed(asked: Expression, state: State, places: Places) -> Expression:
    """What is asked, and one of the values chosen of each group."""
    chosen = [places.expression(name, values) for name, values in state.chosen.items() if values]
    return all_of(asked, *chosen)


def find(state: State, places: Places) -> Found:
    """Search; where no word of the query is anywhere, search for what was probably meant."""
    asking = Asking()
    found = searched(state, places, asking)
    if found.count or found.cited:
        return found
    tried = [(state, found.understood)]
    for better in ways.spelt(state, found.understood):
        again = searched(better, places, asking)
        if again.count:
            again.corrected, again.state = better, state
            return again
        tried.append((better, again.understood))
    found.wider = ways.wider(tried[:2], lambda other: counted(other, places, asking))
    return found


def counted(state: State, places: Places, asking: Asking) -> tuple[Understood, int]:
    """How a state is understood, and how much it finds."""
    found = matching(state, places, asking)
    return found.understood, found.count


def searched(state: State, places: Places, asking: Asking) -> Found:
    """What a state finds, in order."""
    found = matching(state, places, asking)
    found.ordered = found.in_order(state.page * PAGE_SIZE)
    return found


def matching(state: State, places: Places, asking: Asking) -> Found:
    """What a state finds, in no order yet."""
    understood = asking.understand(state.q)
    asked = understood.expression
    expression = narrowed(asked, state, places)
    every = {
        lexeme
        for name, values in state.chosen.items()
        for lexeme in lexemes_in(places.expression(name, values))
    }
    beside = neighbours.asked_for(understood.ranked) | beginnings.asked_for(understood.ranked)
    counts = Lexeme.objects.counts({ANYTHING, *every, *beside})
    marked = postings.marked()
    return Found(state, places, understood, counts, marked, matched(expression, counts, marked))
