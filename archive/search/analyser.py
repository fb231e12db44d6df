"""Words as they are searched: one analyser for both engines, so that both find the same.

Latin and Cyrillic words become stems without accents (Snowball English and Russian); scripts that are written
without spaces become pairs of neighbouring characters, and the last character of a run stands alone, so that every
word of one character or more is found in running text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from registry.kit.diff import CHARACTERS
from registry.kit.text import UNDECOMPOSED

WORD = re.compile(rf"(?P<run>[{CHARACTERS}]+)|[^\W_{CHARACTERS}]+(?:['’ʼʻ‘`][^\W_{CHARACTERS}]+)*")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
CHARACTER = re.compile(rf"[{CHARACTERS}]")
APOSTROPHES = re.compile("[’ʼʻ‘`]")
LONGEST = 60
"""Characters of a lexeme; what is longer is cut."""
MOST = 8_000
"""Lexemes of an entry; with their pairs as many again. PostgreSQL keeps no place beyond 16,383."""

ENGLISH, RUSSIAN = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")


class Token(NamedTuple):
    """A lexeme, and from where to where its characters stand in the text."""

    lexeme: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The text's lexemes in order; each has a place of its own."""
    for match in WORD.finditer(text):
        if match["run"]:
            yield from pairs(match[0], match.start())
        elif lexeme := stem(match[0]):
            yield Token(lexeme, *match.span())


def pairs(run: str, offset: int) -> Iterator[Token]:
    """Neighbouring characters of a run, then its last one alone."""
    for place in range(len(run)):
        pair = run[place : place + 2]
        lexeme = plain(unicodedata.normalize("NFKC", pair))
        if lexeme:
            yield Token(lexeme, offset + place, offset + place + len(pair))


def lexemes(text: str) -> list[str]:
    """At most `MOST` lexemes of a text that is stored."""
    return [token.lexeme for token, _number in zip(tokens(text), range(MOST), strict=False)]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word's stem without accents, in small letters; empty where nothing of it can be searched."""
    even = APOSTROPHES.sub("'", unicodedata.normalize("NFKC", word)).lower()
    if CYRILLIC.search(even):
        return plain(folded(RUSSIAN.stemWord(even.replace("ё", "е"))))
    return plain(folded(ENGLISH.stemWord(folded(even))))


@lru_cache(maxsize=50_000)
def unstemmed(word: str) -> str:
    """The beginning of a word as prefixes are held against lexemes."""
    return plain(folded(unicodedata.normalize("NFKC", word).lower()))


def folded(word: str) -> str:
    """Letters without their marks."""
    decomposed = unicodedata.normalize("NFD", word.translate(UNDECOMPOSED))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def plain(lexeme: str) -> str:
    """Letters and digits alone, which both engines keep as they are."""
    return "".join(c for c in lexeme if c.isalnum())[:LONGEST]


def is_character(lexeme: str) -> bool:
    """Whether this is one character of a script that is written without spaces."""
    return len(lexeme) == 1 and CHARACTER.match(lexeme) is not None
