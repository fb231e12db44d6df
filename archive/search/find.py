"""A search from its state to what is found: hits in order, counts, facets, what was understood, what else to try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from archive.models import Lexeme, SearchEntry
from archive.models.search import Shown
from archive.search import beginnings, direct, facets, neighbours, postings, ranking, spelling
from archive.search.analyser import WORD, stem
from archive.search.asking import Asking
from archive.search.clauses import How
from archive.search.expression import ANYTHING, Expression, Phrase, Word, all_of, any_of, lexemes_in
from archive.search.facets import Facet, Labels
from archive.search.fields import GROUPS
from archive.search.matching import Matched, matched
from archive.search.postings import Marked
from archive.search.query import Understood
from archive.search.state import BEST, Places, State
from archive.verify.references import Cited

SHOWN = 10_000
"""Hits that pages lead to and downloads hold, of however many there are."""
PAGE_SIZE = 20
MOST_WIDER = 6
MOST_CORRECTED = 3
ANY_WORD = ""
"""The label of the search for any word instead of all."""


@dataclass(frozen=True)
class Wider:
    """A search that asks for less, with the number of its hits."""

    label: str
    state: State
    count: int


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
        asked = lexemes_in(self.understood.expression)
        return facets.labels_for([*self.facet_counts.values(), self.chosen, asked, *hits])

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


def narrowed(asked: Expression, state: State, places: Places) -> Expression:
    """What is asked, and one of the values chosen of each group."""
    chosen = [places.expression(name, values) for name, values in state.chosen.items() if values]
    return all_of(asked, *chosen)


def find(state: State, places: Places) -> Found:
    """Search; where no word of the query is anywhere, search for what was probably meant."""
    found = searched(state, places)
    if found.count or not state.q:
        return found
    better = meant(state, found.understood)
    if better:
        again = searched(better, places)
        if again.count:
            again.corrected, again.state = better, state
            return again
    found.wider = wider(state, found)
    return found


def searched(state: State, places: Places) -> Found:
    understood = Asking().understand(state.q)
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
    found = Found(state, places, understood, counts, marked, matched(expression, counts, marked))
    found.ordered = found.in_order(state.page * PAGE_SIZE)
    return found


def meant(state: State, understood: Understood) -> State | None:
    """The state with each word that is nowhere replaced by the nearest that is somewhere; phrases as they are."""
    words = [
        (match.start(), match[0])
        for part in understood.parts
        if part.is_plain
        for one in part.wanted()
        if one.how == How.WORD
        for match in WORD.finditer(understood.text, one.start, one.end)
        if not match["run"]
    ]
    known = Lexeme.objects.counts({stem(word) for _start, word in words})
    text, is_changed = understood.text, False
    unknown = [(start, word) for start, word in words if stem(word) not in known][:MOST_CORRECTED]
    for start, word in reversed(unknown):
        near = spelling.meant(word)
        if near:
            text, is_changed = f"{text[:start]}{near[0]}{text[start + len(word) :]}", True
    return state.asking(text) if is_changed else None


def wider(state: State, found: Found) -> list[Wider]:
    """The search without one of its conditions, or with any of its words, where that finds something."""
    parts = found.understood.parts
    tried: list[tuple[str, State, Expression]] = []
    for part in parts if len(parts) > 1 or state.chosen else ():
        others = all_of(*(one.expression for one in parts if one is not part))
        tried.append((part.text, state.asking(found.understood.without(part)), others))
    for name, values in state.chosen.items():
        if values:
            tried.append(
                (
                    f"{GROUPS[name].label}: {', '.join(values)}",
                    state.without(name),
                    found.understood.expression,
                )
            )
    some = []
    for label, less, asked in tried[:MOST_WIDER]:
        if less.is_empty:
            continue
        count = len(matched(narrowed(asked, less, found.places), found.counts, found.marked).slots)
        if count:
            some.append(Wider(label, less, count))
    return sorted(some, key=lambda one: one.count) or any_word(state, found)


def any_word(state: State, found: Found) -> list[Wider]:
    """The search for any of several plain words."""
    plain = [part for part in found.understood.parts if part.is_plain]
    if len(plain) < 2:
        return []
    either = state.asking(" OR ".join(part.text for part in plain))
    asked = any_of(*(part.expression for part in plain))
    count = len(matched(narrowed(asked, state, found.places), found.counts, found.marked).slots)
    return [Wider(ANY_WORD, either, count)] if count else []
