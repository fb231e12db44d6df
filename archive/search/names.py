"""Names as they sound, whatever the script and the romanisation: Hayashi, Hayasi and Хаяси are one.

A key is rough on purpose: it is held against names of people, countries and dialogues alone. Cyrillic is read as
Polivanov's system writes Japanese and as GOST R 52535.1 writes Russian, then both are worn down to the same sounds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.search.analyser import folded, plain
from archive.search.expression import ANYTHING
from archive.search.fields import NAME

LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфхъыьэ", "abvgdeziiklmnoprstufh", strict=False)),
    "ъ": "",
    "ы": "i",
    "ь": "",
    "э": "e",
    "ё": "yo",
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "yu",
    "я": "ya",
    "ә": "a",
    "ғ": "g",
    "қ": "k",
    "ң": "n",
    "ө": "o",
    "ұ": "u",
    "ү": "u",
    "һ": "h",
    "і": "i",
    "ӣ": "i",
    "ӯ": "u",
    "ҳ": "h",
    "ҷ": "zh",
}
WORN = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("'", ""),
        ("shch|sch|sh", "s"),
        ("tch|ch|ts|tz", "t"),
        ("dzh|zh|dj|dz|j", "z"),
        ("kh|x", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("w", "v"),
        ("y", "i"),
        ("i+(?=[aeou])", ""),
        ("ou|oo|oh(?![aeiou])", "o"),
        (r"(.)\1+", r"\1"),
    )
]
SHORTEST = 3
"""Sounds of a key; shorter ones would be anybody's."""


def called(lexemes: str) -> list[str]:
    """Marks of what an entry is called: by them it is found among all whose text has these words.

    Its names are what stands before two separators in a row.
    """
    names, _ended, _text = lexemes.partition(f" {ANYTHING} {ANYTHING} ")
    return [f"{NAME}{lexeme}" for lexeme in sorted({*names.split()} - {ANYTHING})]


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """How a word sounds, or nothing where it is too short or of a script that has no letters."""
    lower = unicodedata.normalize("NFKC", word).lower()
    sounds = folded("".join(LETTERS.get(letter, letter) for letter in lower))
    for pattern, sound in WORN:
        sounds = pattern.sub(sound, sounds)
    sounds = plain(sounds)
    return sounds if len(sounds) >= SHORTEST and sounds.isascii() and not sounds.isdigit() else ""
