"""Which entries have a lexeme, as bitmaps of their slots: what hits and facets are counted by without reading them.

A slot is given out once, in the order in which entries are indexed, until the index is made anew. So the bitmaps of one
that was removed need not be found: its slot is taken out of the bitmap of what stands, `ANYTHING`, alone. Marks by
which hits are narrowed are kept of every entry, and in memory; words, pairs and beginnings where many entries have
them, which is chosen when the index is made anew.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from archive.models import Block, Lexeme, MarkPosting, WordPosting
from archive.models.postings import BLOCKS
from archive.search.expression import ANYTHING
from archive.search.fields import group_of
from archive.search.rows import Row

SIZE = 2**16
"""Slots of a block: those of one container of a Roaring bitmap."""
MANY = 1_000
"""Entries with a word from which on it has postings: fewer are found and counted soon enough."""
ROWS = 500

Slots = dict[str, BitMap]


@dataclass(frozen=True)
class Marked:
    """The slots of every mark, as they are in blocks with these tokens."""

    tokens: Mapping[int, int] = field(default_factory=dict)
    slots: Slots = field(default_factory=dict)

    @cached_property
    def by_group(self) -> dict[str, Slots]:
        """Those by which hits are narrowed, by the letter of their group."""
        found: dict[str, Slots] = {}
        for mark, slots in self.slots.items():
            if group := group_of(mark):
                found.setdefault(group.letter, {})[mark] = slots
        return found

    def of(self, mark: str) -> BitMap:
        return self.slots.get(mark) or BitMap()

    @property
    def standing(self) -> BitMap:
        """The slots of all entries that stand in the index."""
        return self.of(ANYTHING)


_known = Marked()


def is_mark(lexeme: str) -> bool:
    return lexeme == ANYTHING or group_of(lexeme) is not None


def marked() -> Marked:
    """The slots of every mark; a query, and one more where blocks have changed since the last."""
    global _known
    known, tokens = _known, dict(BLOCKS.rows())
    if known.tokens != tokens:
        changed = {one for one, token in tokens.items() if known.tokens.get(one) != token}
        _known = known = Marked(tokens, renewed(known, changed, gone=known.tokens.keys() - tokens))
    return known


def renewed(known: Marked, changed: Collection[int], gone: Collection[int]) -> Slots:
    """What was known with these blocks read anew. It is copied, since others may be reading it."""
    found = {mark: slots.copy() for mark, slots in known.slots.items()} if known.tokens else {}
    for block in {*changed, *gone} & known.tokens.keys():
        for slots in found.values():
            slots.remove_range(block * SIZE, (block + 1) * SIZE)
    for mark, _block, slots in MarkPosting.objects.in_blocks(changed):
        found.setdefault(mark, BitMap()).update(BitMap.deserialize(slots))
    return found


def of_words(lexemes: Iterable[str]) -> Slots:
    """The slots of those of these words that have postings, removed entries among them; one query."""
    found: Slots = {}
    for lexeme, slots in WordPosting.objects.among_words(lexemes):
        found.setdefault(lexeme, BitMap()).update(BitMap.deserialize(slots))
    return found


def allot(count: int) -> list[int]:
    """Slots for so many entries that are to be added, given out for good; who adds has the turn (`registry.turns`)."""
    last = Block.objects.order_by("-number").first()
    start = last.number * SIZE + last.used if last else 0
    for block in range(start // SIZE, -(-(start + count) // SIZE)):
        used = min(start + count - block * SIZE, SIZE)
        Block.objects.update_or_create(number=block, defaults={"used": used, "token": token()})
    return list(range(start, start + count))


def token() -> int:
    """By chance, not counted: what a transaction that was undone had written is not taken for what follows it."""
    return secrets.randbits(62)


def add(rows: Sequence[Row]) -> None:
    """Add entries to the bitmaps of their lexemes; a query, and four or more a block."""
    by_block: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for lexeme in set(row.stream.split()):
            by_block[row.slot // SIZE][lexeme].append(row.slot)
    every = {lexeme for lexemes in by_block.values() for lexeme in lexemes}
    kept = WordPosting.objects.kept_among(lexeme for lexeme in every if not is_mark(lexeme))
    for block, lexemes in by_block.items():
        merge(MarkPosting, block, {one: slots for one, slots in lexemes.items() if is_mark(one)})
        merge(WordPosting, block, {one: slots for one, slots in lexemes.items() if one in kept})


def merge(model: Any, block: int, added: Mapping[str, Iterable[int]]) -> None:
    """Add slots to the bitmaps of lexemes in a block."""
    standing = model.objects.filter(block=block, lexeme__among=frozenset(added))
    found = {lexeme: BitMap.deserialize(slots) for lexeme, slots in standing.values_list("lexeme", "slots")}
    new = {lexeme: BitMap(slots) for lexeme, slots in added.items()}
    store(model, block, {lexeme: found.get(lexeme, BitMap()) | slots for lexeme, slots in new.items()})


def store(model: Any, block: int, bitmaps: Mapping[str, BitMap]) -> None:
    model.objects.bulk_create(
        (model(lexeme=lexeme, block=block, slots=slots.serialize()) for lexeme, slots in bitmaps.items()),
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["block", "lexeme"],
        update_fields=["slots"],
    )


def remove(slots: Iterable[int]) -> None:
    """Take these out of what stands."""
    by_block: dict[int, list[int]] = defaultdict(list)
    for slot in sorted(slots):
        by_block[slot // SIZE].append(slot)
    for block, some in by_block.items():
        posting = MarkPosting.objects.get(block=block, lexeme=ANYTHING)
        posting.slots = (BitMap.deserialize(posting.slots) - BitMap(some)).serialize()
        posting.save(update_fields=["slots"])
    Block.objects.filter(number__in=by_block).update(token=token())


def clear() -> None:
    for model in (Block, MarkPosting, WordPosting):
        model.objects.all()._raw_delete(using=model.objects.db)


class Builder:
    """Makes all postings anew, a block at a time, of entries that come in the order of their slots."""

    def __init__(self) -> None:
        self.kept = Lexeme.objects.of_many(MANY)
        self.lexemes: dict[str, list[int]] = defaultdict(list)
        self.block = 0

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.slot // SIZE != self.block:
                self.finish()
                self.block = row.slot // SIZE
            for lexeme in set(row.stream.split()):
                if lexeme in self.kept or is_mark(lexeme):
                    self.lexemes[lexeme].append(row.slot)

    def finish(self) -> None:
        """Store the block."""
        # Not made as small as can be: runs are joined more slowly.
        bitmaps = {lexeme: BitMap(slots, optimize=False) for lexeme, slots in self.lexemes.items()}
        store(MarkPosting, self.block, {one: slots for one, slots in bitmaps.items() if is_mark(one)})
        store(WordPosting, self.block, {one: slots for one, slots in bitmaps.items() if not is_mark(one)})
        self.lexemes.clear()
