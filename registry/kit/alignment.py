"""Which piece of one text answers to which of another, and which of them moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from registry.kit.tokens import tokens

LEAST_ALIKE = 0.4


@dataclass(frozen=True)
class Pair:
    """Places in the left and the right text, None where there is no partner. `likeness` is from 0 to 1."""

    left: int | None
    right: int | None
    likeness: float | None = None
    is_moved: bool = False


def by_key(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Pieces with the same key are partners; keys are unique within a text."""
    places = {key: place for place, key in enumerate(right)}
    return arranged({at: (places[key], None) for at, key in enumerate(left) if key in places}, left, right)


def by_likeness(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The most alike are partners first, down to `LEAST_ALIKE`; of equals, those that stand in the same order."""
    found = sorted(
        ((score, -abs(a - b), a, b) for (a, b), score in scores(left, right).items()),
        key=lambda one: (-one[0], -one[1], one[2], one[3]),
    )
    partners: dict[int, tuple[int, float | None]] = {}
    taken: set[int] = set()
    for score, _distance, a, b in found:
        if score >= LEAST_ALIKE and a not in partners and b not in taken:
            partners[a] = (b, score)
            taken.add(b)
    return arranged(partners, left, right)


def likeness(left: str, right: str) -> float:
    """The share of words the two have in common, counted as often as they occur (Dice’s coefficient)."""
    a, b = Counter(tokens(left).content), Counter(tokens(right).content)
    return dice(a, b)


def dice(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def scores(left: Sequence[str], right: Sequence[str]) -> dict[tuple[int, int], float]:
    """Likeness of each two pieces that share two words in a row; the others have none to speak of."""
    cut_left, cut_right = [tokens(text).content for text in left], [tokens(text).content for text in right]
    holding: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for b, content in enumerate(cut_right):
        for two in twos(content):
            holding[two].add(b)
    counted = [Counter(content) for content in cut_right]
    found: dict[tuple[int, int], float] = {}
    for a, content in enumerate(cut_left):
        words = Counter(content)
        for b in set().union(*(holding.get(two, ()) for two in twos(content))):
            found[a, b] = dice(words, counted[b])
    return found


def twos(content: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(content[place : place + 2]) for place in range(max(len(content) - 1, 1))}


def arranged(
    partners: dict[int, tuple[int, float | None]], left: Sequence[str], right: Sequence[str]
) -> list[Pair]:
    """All pieces of both texts: the left’s in their order, those of the right alone where they stand there."""
    order = [(a, partners[a][0]) for a in sorted(partners)]
    kept = in_order([b for _a, b in order])
    in_place = {a for place, (a, _b) in enumerate(order) if place in kept}
    taken = {b for b, _score in partners.values()}
    pairs: list[Pair] = []
    next_right = 0
    for a in range(len(left)):
        b, score = partners.get(a, (None, None))
        if b is not None and a in in_place:
            pairs += [Pair(None, lone) for lone in range(next_right, b) if lone not in taken]
            next_right = b + 1
        pairs.append(Pair(a, b, score, is_moved=b is not None and a not in in_place))
    return pairs + [Pair(None, lone) for lone in range(next_right, len(right)) if lone not in taken]


def in_order(values: Sequence[int]) -> set[int]:
    """Places of a longest rising subsequence: what kept its order, so that the fewest are said to have moved."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for place, value in enumerate(values):
        at = bisect_left(ends, value)
        before.append(places[at - 1] if at else None)
        ends[at : at + 1] = [value]
        places[at : at + 1] = [place]
    kept: set[int] = set()
    place_: int | None = places[-1] if places else None
    while place_ is not None:
        kept.add(place_)
        place_ = before[place_]
    return kept
