"""Which entries have a lexeme or mark, as bitmaps, kept by `archive.search.postings`.

The slots of entries, numbers from 0 without gaps as they were indexed, are divided into blocks. Bitmaps are serialized
as Roaring bitmaps (https://github.com/RoaringBitmap/RoaringFormatSpec).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from registry.models import Prepared


class Block(models.Model):
    """So many slots of a block are given out. Its token changes with its marks, so that what was read stays known."""

    number = models.PositiveIntegerField(primary_key=True)
    used = models.PositiveIntegerField()
    token = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class PostingManager(models.Manager):  # type: ignore[type-arg]
    def among_words(self, lexemes: Iterable[str]) -> list[tuple[Any, ...]]:
        """(lexeme, slots) of these words and of every block; one query."""
        return WORDS.rows(frozenset(lexemes))

    def kept_among(self, lexemes: Iterable[str]) -> set[str]:
        """Those of these words that have postings; one query."""
        return {lexeme for (lexeme,) in KEPT.rows(frozenset(lexemes))}

    def in_blocks(self, numbers: Iterable[int]) -> list[tuple[Any, ...]]:
        """(lexeme, block, slots) of all in these blocks."""
        return list(self.filter(block__in=list(numbers)).values_list("lexeme", "block", "slots"))


class Posting(models.Model):
    """Slots of one block whose entries have a lexeme."""

    lexeme = models.CharField(max_length=80)
    block = models.PositiveIntegerField()
    slots = models.BinaryField()

    objects = PostingManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.lexeme} {self.block}"


class WordPosting(Posting):
    """Of a word, pair or beginning that many entries have."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lexeme", "block"], name="word_once_a_block")]


class MarkPosting(Posting):
    """Of a mark by which hits are narrowed, or of the mark that every entry has."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["block", "lexeme"], name="mark_once_a_block")]


WORDS = Prepared(
    lambda lexemes: WordPosting.objects.filter(lexeme__among=lexemes).values_list("lexeme", "slots")
)
KEPT = Prepared(
    lambda lexemes: WordPosting.objects.filter(lexeme__among=lexemes).values_list("lexeme").distinct()
)
BLOCKS = Prepared(lambda: Block.objects.values_list("number", "token"))
