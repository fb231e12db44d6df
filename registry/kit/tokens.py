"""Words as quotations are compared: cut into tokens, made even, each with its place in the text.

Even means: compatibility forms as their plain ones (Unicode NFKC), one case, one kind of dash, no quotation marks,
no spaces. A number with its separators, a hyphenated word and a negation with an apostrophe are one token, so that
“nuclear” is never found in “non-nuclear”, “100” in “1,100”, nor “can” in “can’t”.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry.kit.diff import CHARACTERS

LETTER = rf"[^\W{CHARACTERS}]"
TOKEN = re.compile(
    rf"[{CHARACTERS}][ﾞﾟ]?"
    rf"|\d++(?:[.,٫٬]\d++)*+(?!{LETTER})"
    rf"|{LETTER}+(?:(?:[-‐‑]|['’ʼ](?![sS]\b)){LETTER}+)*"
    r"|\S"
)
QUOTATION_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』｢｣〝〞〟′″ʼ`´＂＇")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | {"〜": "~", "～": "~", "’": "'", "ʼ": "'"})
LEAST_WORDS = 4
LEAST_CHARACTERS = 12
WORD_SHINGLE, WORD_WINDOW = 3, 2
CHARACTER_SHINGLE, CHARACTER_WINDOW = 4, 5


@dataclass(frozen=True)
class Tokens:
    """A text cut into tokens: `even` as they are compared, `spans` where each stands in `text`."""

    text: str
    even: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.even)

    def cut(self, start: int, end: int) -> str:
        """The text from the first to the last of these tokens, as it is written."""
        return self.text[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Tokens that are words, numbers or characters: punctuation left out."""
        return tuple(token for token in self.even if token[0].isalnum() or token[-1].isalnum())

    @cached_property
    def joined(self) -> str:
        return "\x1f" + "\x1f".join(self.even) + "\x1f"

    def places_of(self, other: Tokens) -> Iterator[int]:
        """Each place at which the other's tokens stand here one after another."""
        at = self.joined.find(other.joined) if other.even else -1
        while at >= 0:
            yield self.joined.count("\x1f", 0, at)
            at = self.joined.find(other.joined, at + 1)


def clean(text: str) -> str:
    """NFC, without what copying leaves unseen: soft hyphens, zero-width spaces, marks of direction."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf").strip()


def tokens(text: str) -> Tokens:
    """The text, cleaned, as tokens; quotation marks are none."""
    text = clean(text)
    found = [match for match in TOKEN.finditer(text) if match[0] not in QUOTATION_MARKS]
    return Tokens(text, tuple(even(match[0]) for match in found), tuple(match.span() for match in found))


def even(token: str) -> str:
    """One token as it is compared. Superscripts stay apart from digits: 10² is not 102, and 1½ is not 11/2."""
    if not token.isascii():
        token = unicodedata.normalize("NFKC", "".join(map(kept_apart, token)))
    return token.translate(DASHES).casefold().strip()


def kept_apart(character: str) -> str:
    kind = unicodedata.decomposition(character).partition(">")[0]
    if kind == "<super":
        return "^" + character
    return f" {character} " if kind in ("<fraction", "<circle") else character


def is_character(token: str) -> bool:
    """Whether this is a character of a script that is written without spaces."""
    return len(token) == 1 and re.match(rf"[{CHARACTERS}]", token) is not None


def is_enough(content: Sequence[str]) -> bool:
    """Whether these tokens are enough to tell where they are from: four words or twelve characters, in a row."""
    characters = sum(map(is_character, content))
    if len(content) - characters < LEAST_WORDS and characters < LEAST_CHARACTERS:
        return False
    return any(len(run) >= width for run, width in runs(content))


def shingles(content: Sequence[str]) -> set[int]:
    """Numbers that stand for runs of tokens, chosen by winnowing (Schleimer, Wilkerson, Aiken: SIGMOD 2003).

    Texts that have four words, or eight characters, in a row in common have a number in common.
    """
    return {number for run, width in runs(content) for number in chosen(run, width)}


def certain_shingles(content: Sequence[str]) -> set[int]:
    """Those of the shingles that every text has which holds this one; some where `is_enough`.

    A run that is shorter than its window may have another number chosen where it goes on.
    """
    return {number for run, width in runs(content) if len(run) >= width for number in chosen(run, width)}


def every_shingle(content: Sequence[str]) -> set[int]:
    """None chosen away: to find what is near."""
    return {number for run, _width in runs(content) for number in run}


def chosen(run: list[int], width: int) -> set[int]:
    """The least number in each window."""
    return {min(run[place : place + width]) for place in range(max(len(run) - width, 0) + 1)}


def runs(content: Sequence[str]) -> Iterator[tuple[list[int], int]]:
    """Numbers of neighbouring shingles of one script, with the width of their window; never an empty run."""
    is_one = [is_character(token) for token in content]
    for size, width, wanted in (
        (WORD_SHINGLE, WORD_WINDOW, False),
        (CHARACTER_SHINGLE, CHARACTER_WINDOW, True),
    ):
        run: list[int] = []
        for place in range(len(content) - size + 1):
            if any(is_one[place : place + size]) == wanted:
                run.append(number_of(content[place : place + size]))
            elif run:
                yield run, width
                run = []
        if run:
            yield run, width


def number_of(shingle: Sequence[str]) -> int:
    """64 bits, signed, the same on every machine."""
    digest = hashlib.blake2b("\x1f".join(shingle).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
