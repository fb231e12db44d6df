"""What else can be searched where nothing is found: nearer spellings, less asked, what was not understood said anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice, product

from archive.models import Lexeme
from archive.search import spelling
from archive.search.analyser import WORD, stem
from archive.search.clauses import Clause, How
from archive.search.fields import GROUPS
from archive.search.numerals import month_of
from archive.search.pieces import plainly
from archive.search.query import Understood
from archive.search.state import State

MOST = 6
"""Searches that are offered."""
MOST_CORRECTED = 3
MOST_SPELLINGS = 4
"""Spellings of a phrase that are tried: its words together tell which of several near ones was meant."""


class Way(StrEnum):
    """How another search differs: best first."""

    INSTEAD = "instead"
    UNQUOTED = "unquoted"
    WITHOUT = "without"
    WITHOUT_GROUP = "without_group"
    ANY = "any"
    EVERY = "every"


@dataclass(frozen=True)
class Wider:
    """Another search with the number of its hits; `part` or `group` are what it leaves out, or is of."""

    way: Way
    state: State
    part: Clause | None = None
    group: str = ""
    parts: tuple[Clause, ...] = ()
    """The conditions of the other search."""
    count: int = 0


Count = Callable[[State], tuple[Understood, int]]
"""How a search is understood, and the number of its hits."""


def spelt(state: State, understood: Understood) -> Iterator[State]:
    """The state with each word that is nowhere as it may be meant: words as the nearest, in phrases any near one."""
    words = [
        (match.start(), match[0], one.how == How.PHRASE)
        for part in understood.parts
        for one in part.wanted()
        if one.how in (How.WORD, How.PHRASE)
        for match in WORD.finditer(understood.text, one.start, one.end)
        if not match["run"] and not month_of(match[0]) and not (one.field and match.start() == one.start)
    ]
    known = Lexeme.objects.counts({stem(word) for _start, word, _within in words})
    unknown = [one for one in words if stem(one[1]) not in known][:MOST_CORRECTED]
    several = []
    for _start, word, is_within in unknown:
        near = spelling.meant(word)
        several.append((near if is_within else near[:1]) or [word])
    for chosen in islice(product(*several), MOST_SPELLINGS):
        text = understood.text
        for (start, word, _within), other in reversed(list(zip(unknown, chosen, strict=True))):
            text = f"{text[:start]}{other}{text[start + len(word) :]}"
        if text != understood.text:
            yield state.asking(text)


def wider(searches: Iterable[tuple[State, Understood]], count: Count) -> list[Wider]:
    """Searches near to the first of these, and to others that may be meant, which find something; best first."""
    tried = list(searches)
    near = chain.from_iterable(nearer(*one, is_typed=place == 0) for place, one in enumerate(tried))
    found = counted(near, count)
    found = found or counted(chain.from_iterable(any_word(*one) for one in tried), count)
    return found or counted(every(*tried[0]), count)


def counted(several: Iterable[Wider], count: Count) -> list[Wider]:
    """Those that find something, each search once; only the first few are asked."""
    different = {one.state.address: one for one in reversed(list(several)) if not one.state.is_empty}
    asked = list(reversed(different.values()))[:MOST]
    found = []
    for one in asked:
        understood, hits = count(one.state)
        found.append(replace(one, parts=tuple(understood.parts), count=hits))
    order = list(Way)

    def place(one: Wider) -> tuple[int, int]:
        return order.index(one.way), 0 if one.way == Way.INSTEAD else one.count

    return sorted((one for one in found if one.count), key=place)


def nearer(state: State, understood: Understood, *, is_typed: bool) -> Iterator[Wider]:
    """What was not understood said anew, phrases as their words, without one condition.

    What is left of a search that was not typed is said whole.
    """
    text = understood.text
    for fault in understood.faults:
        for meant in fault.instead:
            yield Wider(Way.INSTEAD, state.asking(f"{text[: fault.start]}{meant}{text[fault.end :]}"))
    phrases = [one for part in understood.parts for one in part.wanted() if one.how == How.PHRASE]
    for phrase in sorted(phrases, key=lambda one: -one.start):
        words = plainly(text[phrase.start : phrase.end])
        text = f"{text[: phrase.start]}{words}{text[phrase.end :]}"
    if phrases:
        yield Wider(Way.UNQUOTED if is_typed else Way.INSTEAD, state.asking(text))
    way = Way.WITHOUT if is_typed else Way.INSTEAD
    for part in understood.parts if len(understood.parts) > 1 or state.chosen else ():
        yield Wider(way, state.asking(understood.without(part)), part)
    for name, values in state.chosen.items():
        if values and is_typed:
            yield Wider(Way.WITHOUT_GROUP, state.without(name), group=name)


def any_word(state: State, understood: Understood) -> Iterator[Wider]:
    """Any of several plain words, with all else that is asked: years and fields are no alternatives."""
    plain = [part for part in understood.parts if part.is_plain and part.how != How.YEAR]
    rest = [part.text for part in understood.parts if part not in plain]
    if len(plain) > 1:
        either = " OR ".join(part.text for part in plain)
        yield Wider(Way.ANY, state.asking(" ".join([f"({either})", *rest]) if rest else either))


def every(state: State, understood: Understood) -> Iterator[Wider]:
    """All there is of what a field should have named."""
    for fault in understood.faults:
        for name in fault.groups:
            kind = GROUPS[name].records or "commitment"
            yield Wider(Way.EVERY, State("", {"type": (kind,)}, density=state.density), group=kind)
